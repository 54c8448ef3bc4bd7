package dependencies

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "DEP-SUM-RSP", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title:   "Reports on software updates need a reporting services point",
		Why:     "Software updates work without one, but their compliance then shows in the console only.",
		Sources: []product.Source{product.SoftwareUpdatesPrerequisites.Source()},
	},
	rule.Rule{
		ID: "DEP-FSP-RSP", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "Some client deployment reports need a reporting services point and a fallback status point",
		Why:     "They show what clients sent to their fallback status point during installation: clients without one do not appear.",
		Sources: []product.Source{product.SiteSystemRolesForClients.At("Reporting services point")},
	},
	rule.Rule{
		ID: "DEP-RSP-CAS", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title:   "A central administration site has a reporting services point",
		Why:     "Reports there cover all sites of the hierarchy; those of a primary site cover that site.",
		Fix:     `Assign "reporting_services_point" to a server of the central administration site.`,
		Sources: []product.Source{product.ReportingPlan.Source()},
	},
	rule.Rule{
		ID: "DEP-OSD-SUP-RSP", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Operating system deployment uses software update points and reporting services points where it can",
		Why: "Task sequences install updates from a software update point, and a reporting services point shows the reports about deployments. Neither is " +
			"needed to deploy an operating system.",
		Sources: []product.Source{product.OSDeploymentRoles.Source()},
	},
	rule.Rule{
		ID: "DEP-SEC-DEFAULTS", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A new secondary site has a management point and a distribution point on its site server",
		Why: "Both are installed with the site and may be declared or left out. The distribution point can be moved or removed later; the management point " +
			"has its place by ROLE-CARD-MP-SEC.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a secondary site"), product.SiteSystemRoles.At("Distribution point"), product.SiteSystemPrerequisites.At("Default site system roles for the secondary site server")},
	},
	rule.Rule{
		ID: "DEP-PRI-DEFAULTS", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "Setup offers a management point and a distribution point for a new primary site",
		Why:     "They can go on the site server or on another server, or be added after the installation.",
		Sources: []product.Source{product.SetupWizard.At("Site System Roles"), product.SetupScript.Source(), product.SiteInstallationPrerequisites.Source()},
	},
	rule.Rule{
		ID: "DEP-AISP-HWINV", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Asset Intelligence lives on hardware inventory and reports",
		Why: "Its data come from the hardware inventory of clients and show in reports of a reporting services point. The Asset Intelligence " +
			"synchronization point only keeps the catalog up to date.",
		Sources: []product.Source{product.AssetIntelligence.Source()},
	},
	rule.Rule{
		ID: "DEP-DP-MP-STATUS", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "Distribution points report through a management point",
		Why:     "They connect to it on TCP 80 or 443. Pull-distribution points say in this way that content has arrived.",
		Fix:     "Open the port from the distribution points to a management point of the site.",
		Sources: []product.Source{product.Ports.Source(), product.PullDistributionPoint.At("Distribution process")},
	},
	rule.Rule{
		ID: "DEP-EXCH-NONE", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "The Exchange Server connector needs no enrollment roles and no management point",
		Why:     "Its devices talk to Exchange only, and the site learns about them from there.",
		Sources: []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point"), product.ExchangeActiveSync.Source()},
	},
	rule.Rule{
		ID: "DEP-RSP-IMMUTABLE", Basis: rule.Inferred, Scope: rule.ScopeRole,
		Title:   "The instance and the folder of a reporting services point do not change",
		Why:     "Set-CMReportingServicePoint has no parameter for them. Another instance or folder means removing the role and adding it again.",
		Sources: []product.Source{product.ConfigMgrCBDsc.Source(), product.PowerShell.At("Set-CMReportingServicePoint")},
	},
	rule.Rule{
		ID: "DEP-PROXY-ROLES", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "The roles that go online share the proxy settings of their server",
		Why: "They are the Asset Intelligence synchronization point, the Exchange Server connector, the service connection point, the software update " +
			"point, the cloud management gateway connection point and the distribution point with content from the cloud. Management points go online from " +
			"version 2603 on: see COMM-MP-INTERNET-2603.",
		Sources: []product.Source{product.ProxySupport.Source(), product.Accounts.At("Site system proxy server account")},
	},
)
