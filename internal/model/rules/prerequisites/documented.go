package prerequisites

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "PRE-SNAC", Basis: rule.Conflict, Scope: rule.ScopeServer, Versions: "before 2603",
		Title:   "SQL Server Native Client stays installed before version 2603",
		Why:     "Up to version 2509 it may not be uninstalled. The notes on version 2603 say that nothing depends on it any more, while other articles still ask for it.",
		Fix:     "Uninstall it only when all sites run version 2603.",
		Sources: []product.Source{product.SiteSystemPrerequisites.At("SQL Server Native Client for the site server"), product.WhatsNew2603.Source(), product.SiteServerHighAvailability.At("Configurations for the site server in passive mode")},
	},
	rule.Rule{
		ID: "PRE-VCPP", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:   "Each version of the product brings its Visual C++ runtime",
		Why:     "It is Visual C++ 2015-2022 (14.40.33816.0) from version 2503 on, 2015-2019 (14.28.29914.0) from version 2107 on, and 2013 before. For secondary sites the documentation still names 2015-2019.",
		Sources: []product.Source{product.SiteSystemPrerequisites.At("Visual C++ Redistributable for the site server")},
	},
	rule.Rule{
		ID: "PRE-SCHEMA", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "The extension of the Active Directory schema is recommended, not required",
		Why:     "Sites publish to the System Management container once the schema is extended. Each site server needs Full Control of the container, and of two site servers both do.",
		Fix:     "Look at the permissions of System, System Management in Active Directory Users and Computers, and at hman.log of the site.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Active Directory"), product.Communications.Source(), product.FindSiteResources.Source()},
	},
)
