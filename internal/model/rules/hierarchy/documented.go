package hierarchy

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "HIER-CAS-SINGLE-CHILD", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title: "A central administration site has more than one primary site below it",
		Why: "Above a single primary site it costs a server, a database and replication, and gives nothing back: a child primary site supports 150,000 " +
			"devices, a stand-alone one 175,000.",
		Fix:     "Plan a stand-alone primary site, or remove the central administration site if it exists.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a primary site"), product.RemoveCentralAdministrationSite.Source(), product.SizeAndScale.At("Client numbers for sites and hierarchies")},
	},
	rule.Rule{
		ID: "HIER-INSTALL-ORDER", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Sites are installed from the top down and removed from the bottom up",
		Why: "A child site joins a parent that is there, and a parent is not uninstalled while it has children: central administration site, primary site, " +
			"secondary site, and back. Terraform keeps this order where a site refers to its parent.",
		Sources: []product.Source{product.UninstallSites.Source(), product.HierarchyDesign.Source(), product.SecondarySiteWizard.Source()},
	},
	rule.Rule{
		ID: "HIER-EXPAND-MIGRATION", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "A primary site that is being expanded takes part in no migration",
		Why: "The top-level site does the migrating, and what the primary site has configured for it does not move up. The prerequisite check refuses the " +
			"expansion as long as there are migration mappings.",
		Fix: "Under Administration, Migration, finish or delete the migration jobs, stop gathering data and remove the source hierarchy; configure the " +
			"migration again at the central administration site.",
		Sources: []product.Source{product.SiteInstallationPrerequisites.At("Stop active migration from another hierarchy"), product.PrerequisiteChecks.At("Active migration mappings on the target primary site")},
	},
	rule.Rule{
		ID: "HIER-EXPAND-SSB", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopePair,
		Title: "The Service Broker ports of both databases are open before an expansion",
		Why: "The two sites replicate over the SQL Server Service Broker, on TCP 4022 unless changed. No prerequisite check tries the port: a closed one " +
			"shows up as replication that never starts.",
		Fix: "Try the port between the two SQL Servers in both directions, for example with Test-NetConnection, and watch Monitoring, Database Replication " +
			"after Setup.",
		Sources: []product.Source{product.SiteInstallationPrerequisites.At("Open the SQL Server Service Broker port")},
	},
	rule.Rule{
		ID: "HIER-EXPAND-PERMS", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopePair,
		Title: "The new central administration site has rights on the primary site that it takes over",
		Why: "Setup changes the primary site: with the computer account of the new site server, which has to be a local administrator there, and for a " +
			"user who has to be Full Administrator or Infrastructure Administrator at that site. The prerequisite check looks at the computer account.",
		Fix: "Put the computer account into the Administrators group of the primary site server until the expansion is done, and check the security role " +
			"of the user who runs Setup.",
		Sources: []product.Source{product.SiteInstallationPrerequisites.At("Computer account as Administrator"), product.SiteInstallationPrerequisites.At("Installation account permissions"), product.PrerequisiteChecks.At("Central administration site server " +
			"administrative rights on expand primary site")},
	},
	rule.Rule{
		ID: "HIER-EXPAND-AZURE", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Azure services are connected again after an expansion",
		Why: "The connections to a cloud management gateway, to Log Analytics and to the Microsoft Store for Business do not work on by themselves once " +
			"the primary site has a parent.",
		Fix:     "Renew the secret key of the tenant in the console; where that does not help, remove the Azure service and create it again.",
		Sources: []product.Source{product.SiteInstallationPrerequisites.At("Known issues with Azure services")},
	},
)
