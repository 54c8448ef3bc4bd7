package softwareupdates

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "SUP-FIRST-IS-SOURCE", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "The first software update point of a site is the source of its others",
		Why:     "All others of the site synchronize with it. When it is lost, an administrator has to remove it and select another as the source.",
		Sources: []product.Source{product.SoftwareUpdatesPlan.At("Determine the software update point infrastructure")},
	},
	rule.Rule{
		ID: "SUP-SHARED-SUSDB", Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title:   "Software update points of one site and forest share a WSUS database",
		Why:     "A client that moves to another WSUS server downloads the catalog of updates again unless both servers use the same database.",
		Fix:     "Give these software update points the same wsus_database_server and wsus_database_instance.",
		Sources: []product.Source{product.SoftwareUpdatesPlan.Source()},
	},
	rule.Rule{
		ID: "SUP-UNTRUSTED", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "A software update point may be in an untrusted forest",
		Why:     "It serves the clients of that forest, which prefer a server of their own. It needs a WSUS server there and the accounts of SRV-UNTRUSTED-SUP.",
		Sources: []product.Source{product.SoftwareUpdatesPlan.At("Software update points in an untrusted forest")},
	},
	rule.Rule{
		ID: "SUP-SECONDARY-SLOW", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "A secondary site may have a software update point",
		Why:     "Its clients scan against the primary site otherwise. One of its own pays off when the link to the primary site is slow.",
		Sources: []product.Source{product.SiteSystemRoles.At("Software update point"), product.SoftwareUpdatesPlan.At("Software update point on a secondary site")},
	},
	rule.Rule{
		ID: "SUP-OBJ-LIMITS", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "A deployment or a configuration baseline has at most 1000 software updates",
		Why:     "An automatic deployment rule that finds more fails. It also has to stay below 580 security scopes.",
		Fix:     "Narrow the criteria of automatic deployment rules, and split large deployments and baselines.",
		Sources: []product.Source{product.SizeAndScale.At("Capacity planning for software updates objects")},
	},
)
