package model

import "slices"

// The documented rules of groups 1 to 5: sites, the hierarchy, and how many of a role
// there may be. Documented rules are told in the guides; no plan checks them.

var documentedSiteRules = slices.Concat(
	documented(GroupSites,
		Rule{
			ID: "SITE-CODE-REUSE-SEC", Basis: Documented, Scope: ScopeHierarchy,
			Title:   "The code of a former secondary site may be used again",
			Why:     "Codes of central administration and primary sites are used up for good. That of a secondary site is free once the site is gone from the hierarchy and its records are gone from the Active Directory forest.",
			Fix:     "Leave such a code out of retired_site_codes.",
			Sources: []Source{articlePrepareToInstallSites.At("Reuse a site code")},
		},
		Rule{
			ID: "SITE-CODE-SETUP-UNVERIFIED", Basis: Conflict, Scope: ScopeSite,
			Title:   "Setup does not look for reserved or used site codes",
			Why:     "The Setup wizard takes a reserved name, and a code that another site has, without a word; another article knows of a prerequisite check for used codes, for primary sites only. A plan checks both, because a wrong code costs a new installation of the site.",
			Sources: []Source{articleSetupWizard.At("Site and Installation Settings"), articlePrerequisiteChecks.At("Site code in use")},
		},
		Rule{
			ID: "SITE-DBNAME-DEFAULT", Basis: Documented, Scope: ScopeSite,
			Title:   "The site database is named CM_ and the site code unless told otherwise",
			Why:     "Site PS1 gets the database CM_PS1. Setup offers this name and accepts another.",
			Sources: []Source{articleSetupScript.At("DatabaseName"), articleSetupWizard.At("Database Information")},
		},
		Rule{
			ID: "SITE-SETUP-KEYS", Basis: Documented, Scope: ScopeSite,
			Title:   "A setup script installs central administration and primary sites only",
			Why:     "Action is InstallCAS or InstallPrimarySite; SiteCode, SiteName and SMSInstallDir describe the site, SDKServer the SMS Provider, CCARSiteServer the central administration site to join, CloudConnector the service connection point. The database is SQLServerName and DatabaseName, with SQLServerPort (1433 when left out) and SQLSSBPort (4022 when left out). RoleCommunicationProtocol and the keys of management point and distribution point are for primary sites only.",
			Sources: []Source{articleSetupScript.At("Unattended setup script file keys"), articleConfigMgrCBDsc.Source()},
		},
		Rule{
			ID: "SITE-SECONDARY-INSTALL-PATH", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
			Title:   "A secondary site is installed by its parent primary site",
			Why:     "Setup and its scripts have no secondary sites. The parent primary site installs them from its own source files, at the request of the console or of the cmdlet New-CMSecondarySite.",
			Fix:     "Connect the console or PowerShell to the hierarchy, select the parent primary site and create the secondary site there; do not run Setup on the new server.",
			Sources: []Source{articleHierarchyDesign.At("Determine when to use a secondary site"), articleSecondarySiteWizard.Source(), articlePrepareToInstallSites.At("Options for installing different types of sites")},
		},
		Rule{
			ID: "SITE-TYPICAL-DEFAULTS", Basis: Documented, Scope: ScopeSite,
			Title:   "The typical installation puts a stand-alone primary site on one server",
			Why:     "Setup then takes the default folder and the local default instance of SQL Server, and the site server gets a management point and a distribution point. It is made for tests.",
			Sources: []Source{articleSetupWizard.At("Process to install a CAS or primary site"), articlePrepareToInstallSites.At("Options for installing different types of sites")},
		},
	),
	documented(GroupHierarchy,
		Rule{
			ID: "HIER-CAS-SINGLE-CHILD", Basis: Recommended, Scope: ScopeHierarchy,
			Title:   "A central administration site has more than one primary site below it",
			Why:     "Above a single primary site it costs a server, a database and replication, and gives nothing back: a child primary site supports 150,000 devices, a stand-alone one 175,000.",
			Fix:     "Plan a stand-alone primary site, or remove the central administration site if it exists.",
			Sources: []Source{articleHierarchyDesign.At("Determine when to use a primary site"), articleRemoveCentralAdministrationSite.Source(), articleSizeAndScale.At("Client numbers for sites and hierarchies")},
		},
		Rule{
			ID: "HIER-INSTALL-ORDER", Basis: Documented, Scope: ScopeHierarchy,
			Title:   "Sites are installed from the top down and removed from the bottom up",
			Why:     "A child site joins a parent that is there, and a parent is not uninstalled while it has children: central administration site, primary site, secondary site, and back. Terraform keeps this order where a site refers to its parent.",
			Sources: []Source{articleUninstallSites.Source(), articleHierarchyDesign.Source(), articleSecondarySiteWizard.Source()},
		},
		Rule{
			ID: "HIER-EXPAND-MIGRATION", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
			Title:   "A primary site that is being expanded takes part in no migration",
			Why:     "The top-level site does the migrating, and what the primary site has configured for it does not move up. The prerequisite check refuses the expansion as long as there are migration mappings.",
			Fix:     "Under Administration, Migration, finish or delete the migration jobs, stop gathering data and remove the source hierarchy; configure the migration again at the central administration site.",
			Sources: []Source{articleSiteInstallationPrerequisites.At("Stop active migration from another hierarchy"), articlePrerequisiteChecks.At("Active migration mappings on the target primary site")},
		},
		Rule{
			ID: "HIER-EXPAND-SSB", Severity: SeverityError, Basis: Documented, Scope: ScopePair,
			Title:   "The Service Broker ports of both databases are open before an expansion",
			Why:     "The two sites replicate over the SQL Server Service Broker, on TCP 4022 unless changed. No prerequisite check tries the port: a closed one shows up as replication that never starts.",
			Fix:     "Try the port between the two SQL Servers in both directions, for example with Test-NetConnection, and watch Monitoring, Database Replication after Setup.",
			Sources: []Source{articleSiteInstallationPrerequisites.At("Open the SQL Server Service Broker port")},
		},
		Rule{
			ID: "HIER-EXPAND-PERMS", Severity: SeverityError, Basis: Refused, Scope: ScopePair,
			Title:   "The new central administration site has rights on the primary site that it takes over",
			Why:     "Setup changes the primary site: with the computer account of the new site server, which has to be a local administrator there, and for a user who has to be Full Administrator or Infrastructure Administrator at that site. The prerequisite check looks at the computer account.",
			Fix:     "Put the computer account into the Administrators group of the primary site server until the expansion is done, and check the security role of the user who runs Setup.",
			Sources: []Source{articleSiteInstallationPrerequisites.At("Computer account as Administrator"), articleSiteInstallationPrerequisites.At("Installation account permissions"), articlePrerequisiteChecks.At("Central administration site server administrative rights on expand primary site")},
		},
		Rule{
			ID: "HIER-EXPAND-AZURE", Basis: Documented, Scope: ScopeHierarchy,
			Title:   "Azure services are connected again after an expansion",
			Why:     "The connections to a cloud management gateway, to Log Analytics and to the Microsoft Store for Business do not work on by themselves once the primary site has a parent.",
			Fix:     "Renew the secret key of the tenant in the console; where that does not help, remove the Azure service and create it again.",
			Sources: []Source{articleSiteInstallationPrerequisites.At("Known issues with Azure services")},
		},
	),
	documented(GroupCardinality,
		Rule{
			ID: "ROLE-CARD-FSP-MULTI", Basis: Conflict, Scope: ScopeSite,
			Title:   "A site may have several fallback status points",
			Why:     "The article about roles allows several for a site and a hierarchy; the one about high availability lists the role among those without a second instance. They do not stand in for each other: a client knows the one it was given when it was installed.",
			Sources: []Source{articleSiteSystemRoles.At("Fallback status point"), articleHighAvailabilityOptions.At("Options for sites and site system roles that aren't highly available")},
		},
		Rule{
			ID: "ROLE-CARD-EP-MULTI", Basis: Conflict, Scope: ScopeSite,
			Title:   "A primary site may have several enrollment points and enrollment proxy points",
			Why:     "The article about roles allows several; the one about high availability lists both roles among those without a second instance. A plan follows the first.",
			Sources: []Source{articleSiteSystemRoles.At("Enrollment point"), articleSiteSystemRoles.At("Enrollment proxy point"), articleHighAvailabilityOptions.At("Options for sites and site system roles that aren't highly available")},
		},
		Rule{
			ID: "ROLE-CARD-SMP-MULTI", Basis: Documented, Scope: ScopeSite,
			Title:   "A site may have several state migration points",
			Why:     "No number limits them, neither in a site nor in a hierarchy.",
			Sources: []Source{articleSiteSystemRoles.At("State migration point")},
		},
		Rule{
			ID: "ROLE-CARD-RSP-MULTI", Basis: Documented, Scope: ScopeSite,
			Title:   "A central administration or primary site may have several reporting services points",
			Why:     "A second one keeps the reports of the site available when the first is down. A central administration site with distributed views is the exception: it has one only.",
			Sources: []Source{articleSiteSystemRoles.At("Reporting services point"), articleHighAvailabilityOptions.At("Redundancy for important site system roles")},
		},
	),
	documented(GroupLifecycle,
		Rule{
			ID: "ROLE-LIFE-CMG-VMSS", Basis: Documented, Scope: ScopeRole, Versions: "from 2107 (2010 as a pre-release feature)",
			Title:   "A cloud management gateway can be deployed as a virtual machine scale set",
			Why:     "Everybody can from version 2107 on, the Azure US Government cloud from 2111 on. In versions 2010 and 2103 it was a pre-release feature for subscriptions of a cloud solution provider and for stand-alone primary sites.",
			Fix:     `Give new gateways deployment = "virtual_machine_scale_set".`,
			Sources: []Source{articleCMGPlan.Source(), articleDeprecatedFeatures.Source()},
		},
	),
)

// documented completes the documented rules of a group. A rule without a severity
// is context.
func documented(g Group, rules ...Rule) []Rule {
	for i := range rules {
		r := &rules[i]
		r.Group, r.Enforcement = g, DocumentedOnly
		if r.Severity == 0 {
			r.Severity = SeverityInfo
		}
	}
	return rules
}
