package limits

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "LIM-FSP-THROTTLE", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A fallback status point passes on 10,000 state messages an hour unless changed",
		Why: "The throttle keeps a large client deployment from flooding the site; one client installation sends about four messages. It can be set to 100 " +
			"to 100,000 messages in 60 to 86,400 seconds, which the console shows as 1 to 1440 minutes.",
		Sources: []product.Source{product.RoleOptions.At("Fallback status point"), product.PowerShell.At("Add-CMFallbackStatusPoint"), product.CmdletParameters.At("Add-CMFallbackStatusPoint")},
	},
	rule.Rule{
		ID: "LIM-ADMINSVC", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "The administration service of an SMS Provider answers 5,000 requests per second",
		Why:     "A single client address gets 200 of them. The SMS Provider itself is limited by the resources of its computer only.",
		Sources: []product.Source{product.SizeAndScale.At("SMS Provider")},
	},
	rule.Rule{
		ID: "LIM-HW-BASIS", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "The published limits presume the recommended hardware and the default settings",
		Why:     "Smaller servers, or settings such as inventory more often than every seven days, lower what a site supports in practice.",
		Sources: []product.Source{product.SizeAndScale.Source(), product.RecommendedHardware.Source()},
	},
	rule.Rule{
		ID: "LIM-LAB", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "A lab of up to 100 clients runs on a small server",
		Why:     "For the site server with its database, two to four cores, 8 to 12 GB of memory and 100 GB of disk space are recommended as a minimum.",
		Sources: []product.Source{product.RecommendedHardware.At("Lab deployments")},
	},
)
