package cardinality

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "ROLE-CARD-FSP-MULTI", Basis: rule.Conflict, Scope: rule.ScopeSite,
		Title: "A site may have several fallback status points",
		Why: "The article about roles allows several for a site and a hierarchy; the one about high availability lists the role among those without a " +
			"second instance. They do not stand in for each other: a client knows the one it was given when it was installed.",
		Sources: []product.Source{product.SiteSystemRoles.At("Fallback status point"), product.HighAvailabilityOptions.At("Options for sites and site system roles " +
			"that aren't highly available")},
	},
	rule.Rule{
		ID: "ROLE-CARD-EP-MULTI", Basis: rule.Conflict, Scope: rule.ScopeSite,
		Title: "A primary site may have several enrollment points and enrollment proxy points",
		Why: "The article about roles allows several; the one about high availability lists both roles among those without a second instance. A plan " +
			"follows the first.",
		Sources: []product.Source{product.SiteSystemRoles.At("Enrollment point"), product.SiteSystemRoles.At("Enrollment proxy point"), product.HighAvailabilityOptions.At("Options for sites and site system roles " +
			"that aren't highly available")},
	},
	rule.Rule{
		ID: "ROLE-CARD-SMP-MULTI", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "A site may have several state migration points",
		Why:     "No number limits them, neither in a site nor in a hierarchy.",
		Sources: []product.Source{product.SiteSystemRoles.At("State migration point")},
	},
	rule.Rule{
		ID: "ROLE-CARD-RSP-MULTI", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A central administration or primary site may have several reporting services points",
		Why: "A second one keeps the reports of the site available when the first is down. A central administration site with distributed views is the " +
			"exception: it has one only.",
		Sources: []product.Source{product.SiteSystemRoles.At("Reporting services point"), product.HighAvailabilityOptions.At("Redundancy for important site system roles")},
	},
)
