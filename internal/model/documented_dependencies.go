package model

// dependenciesDocumented are the rules of the chapter that are told in the guides and that no
// plan checks.
var dependenciesDocumented = documented(
	Rule{
		ID: "DEP-SUM-RSP", Basis: Recommended, Scope: ScopeHierarchy,
		Title:   "Reports on software updates need a reporting services point",
		Why:     "Software updates work without one, but their compliance then shows in the console only.",
		Sources: []Source{articleSoftwareUpdatesPrerequisites.Source()},
	},
	Rule{
		ID: "DEP-FSP-RSP", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "Some client deployment reports need a reporting services point and a fallback status point",
		Why:     "They show what clients sent to their fallback status point during installation: clients without one do not appear.",
		Sources: []Source{articleSiteSystemRolesForClients.At("Reporting services point")},
	},
	Rule{
		ID: "DEP-RSP-CAS", Basis: Recommended, Scope: ScopeHierarchy,
		Title:   "A central administration site has a reporting services point",
		Why:     "Reports there cover all sites of the hierarchy; those of a primary site cover that site.",
		Fix:     `Assign "reporting_services_point" to a server of the central administration site.`,
		Sources: []Source{articleReportingPlan.Source()},
	},
	Rule{
		ID: "DEP-OSD-SUP-RSP", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "Operating system deployment uses software update points and reporting services points where it can",
		Why:     "Task sequences install updates from a software update point, and a reporting services point shows the reports about deployments. Neither is needed to deploy an operating system.",
		Sources: []Source{articleOSDeploymentRoles.Source()},
	},
	Rule{
		ID: "DEP-SEC-DEFAULTS", Basis: Documented, Scope: ScopeSite,
		Title:   "A new secondary site has a management point and a distribution point on its site server",
		Why:     "Both are installed with the site and may be declared or left out. The distribution point can be moved or removed later; the management point has its place by ROLE-CARD-MP-SEC.",
		Sources: []Source{articleHierarchyDesign.At("Determine when to use a secondary site"), articleSiteSystemRoles.At("Distribution point"), articleSiteSystemPrerequisites.At("Default site system roles for the secondary site server")},
	},
	Rule{
		ID: "DEP-PRI-DEFAULTS", Basis: Documented, Scope: ScopeSite,
		Title:   "Setup offers a management point and a distribution point for a new primary site",
		Why:     "They can go on the site server or on another server, or be added after the installation.",
		Sources: []Source{articleSetupWizard.At("Site System Roles"), articleSetupScript.Source(), articleSiteInstallationPrerequisites.Source()},
	},
	Rule{
		ID: "DEP-AISP-HWINV", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "Asset Intelligence lives on hardware inventory and reports",
		Why:     "Its data come from the hardware inventory of clients and show in reports of a reporting services point. The Asset Intelligence synchronization point only keeps the catalog up to date.",
		Sources: []Source{articleAssetIntelligence.Source()},
	},
	Rule{
		ID: "DEP-DP-MP-STATUS", Basis: Documented, Scope: ScopeSite,
		Title:   "Distribution points report through a management point",
		Why:     "They connect to it on TCP 80 or 443. Pull-distribution points say in this way that content has arrived.",
		Fix:     "Open the port from the distribution points to a management point of the site.",
		Sources: []Source{articlePorts.Source(), articlePullDistributionPoint.At("Distribution process")},
	},
	Rule{
		ID: "DEP-EXCH-NONE", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "The Exchange Server connector needs no enrollment roles and no management point",
		Why:     "Its devices talk to Exchange only, and the site learns about them from there.",
		Sources: []Source{articleSiteSystemRolesForClients.At("Enrollment point and enrollment proxy point"), articleExchangeActiveSync.Source()},
	},
	Rule{
		ID: "DEP-RSP-IMMUTABLE", Basis: Inferred, Scope: ScopeRole,
		Title:   "The instance and the folder of a reporting services point do not change",
		Why:     "Set-CMReportingServicePoint has no parameter for them. Another instance or folder means removing the role and adding it again.",
		Sources: []Source{articleConfigMgrCBDsc.Source(), articlePowerShell.At("Set-CMReportingServicePoint")},
	},
	Rule{
		ID: "DEP-PROXY-ROLES", Basis: Documented, Scope: ScopeRole,
		Title:   "The roles that go online share the proxy settings of their server",
		Why:     "They are the Asset Intelligence synchronization point, the Exchange Server connector, the service connection point, the software update point, the cloud management gateway connection point and the distribution point with content from the cloud. Management points go online from version 2603 on: see COMM-MP-INTERNET-2603.",
		Sources: []Source{articleProxySupport.Source(), articleAccounts.At("Site system proxy server account")},
	},
)
