// Package product holds documented facts about Configuration Manager: articles, site types
// and tiers, roles, versions, Windows and SQL Server versions, and numbers. Each fact names
// the article it was read in. The package imports the standard library only.
package product

import "strings"

// Article is a document that facts were read in.
type Article struct{ title, path string }

// Source is the place a fact was read: an article and, where it has one, a heading.
type Source struct {
	Article Article
	Heading string
}

// At names a heading of the article as the source of a fact.
func (a Article) At(heading string) Source { return Source{Article: a, Heading: heading} }

// Source names the article as a whole as the source of a fact.
func (a Article) Source() Source { return Source{Article: a} }

// Title returns the title of the article with the heading, when there is one.
func (s Source) Title() string {
	if s.Heading == "" {
		return s.Article.title
	}
	return s.Article.title + ", " + s.Heading
}

// URL returns the address of the article.
func (s Source) URL() string {
	const learn = "https://learn.microsoft.com/intune/configmgr/"
	if strings.HasPrefix(s.Article.path, "https://") {
		return s.Article.path
	}
	return learn + s.Article.path
}

// The articles. Most are articles of the Configuration Manager documentation, and
// their paths lie below its folder; the comment beside each gives the date of the
// copy that was read.
var (
	SiteSystemRolesForClients       = Article{"Determine the site system roles for clients", "core/clients/deploy/plan/determine-the-site-system-roles-for-clients"}                           // 2022-01-04
	HierarchyDesign                 = Article{"Design a hierarchy of sites", "core/plan-design/hierarchy/design-a-hierarchy-of-sites"}                                                         // 2021-10-01
	SiteSystemRoles                 = Article{"Plan for site system servers and site system roles", "core/plan-design/hierarchy/plan-for-site-system-servers-and-site-system-roles"}           // 2022-03-29
	SiteDatabase                    = Article{"Plan for the site database", "core/plan-design/hierarchy/plan-for-the-site-database"}                                                           // 2018-03-08
	SMSProvider                     = Article{"Plan for the SMS provider", "core/plan-design/hierarchy/plan-for-the-sms-provider"}                                                             // 2021-07-30
	Accounts                        = Article{"Accounts used in Configuration Manager", "core/plan-design/hierarchy/accounts"}                                                                 // 2024-09-04
	Ports                           = Article{"Ports used in Configuration Manager", "core/plan-design/hierarchy/ports"}                                                                       // 2025-12-08
	Communications                  = Article{"Communications between endpoints", "core/plan-design/hierarchy/communications-between-endpoints"}                                               // 2021-04-05
	EnhancedHTTP                    = Article{"Enhanced HTTP", "core/plan-design/hierarchy/enhanced-http"}                                                                                     // 2021-08-02
	PullDistributionPoint           = Article{"Use a pull distribution point", "core/plan-design/hierarchy/use-a-pull-distribution-point"}                                                     // 2019-05-06
	RemoteContentLibrary            = Article{"Remote content library", "core/plan-design/hierarchy/remote-content-library"}                                                                   // 2021-08-02
	DatabaseReplication             = Article{"Database replication", "core/plan-design/hierarchy/database-replication"}                                                                       // 2019-08-09
	ConnectedCache                  = Article{"Microsoft connected cache", "core/plan-design/hierarchy/microsoft-connected-cache"}                                                             // 2021-12-01
	Interoperability                = Article{"Interoperability between different versions", "core/plan-design/hierarchy/interoperability-between-different-versions"}                         // 2019-05-28
	SiteSecurity                    = Article{"Security and privacy for site administration", "core/plan-design/hierarchy/security-and-privacy-for-site-administration"}                       // 2021-03-26
	ContentSecurity                 = Article{"Security and privacy for content management", "core/plan-design/hierarchy/security-and-privacy-for-content-management"}                         // 2021-03-26
	InternationalSupport            = Article{"International support", "core/plan-design/hierarchy/international-support"}                                                                     // 2016-10-06
	FindSiteResources               = Article{"Understand how clients find site resources and services", "core/plan-design/hierarchy/understand-how-clients-find-site-resources-and-services"} // 2021-03-26
	SizeAndScale                    = Article{"Size and scale numbers", "core/plan-design/configs/size-and-scale-numbers"}                                                                     // 2021-04-05
	SiteSystemPrerequisites         = Article{"Site and site system prerequisites", "core/plan-design/configs/site-and-site-system-prerequisites"}                                             // 2026-09-14
	SupportedOperatingSystems       = Article{"Supported operating systems for site system servers", "core/plan-design/configs/supported-operating-systems-for-site-system-servers"}           // 2024-12-19
	SQLServerVersions               = Article{"Support for SQL Server versions", "core/plan-design/configs/support-for-sql-server-versions"}                                                   // 2026-07-28
	SQLServerConfigurations         = Article{"Supported configurations for SQL Server", "core/plan-design/configs/supported-configurations-for-sql-server"}                                   // 2026-07-28
	ActiveDirectoryDomains          = Article{"Support for Active Directory domains", "core/plan-design/configs/support-for-active-directory-domains"}                                         // 2019-10-22
	WindowsFeatures                 = Article{"Support for Windows features and networks", "core/plan-design/configs/support-for-windows-features-and-networks"}                               // 2021-07-15
	Virtualization                  = Article{"Support for virtualization environments", "core/plan-design/configs/support-for-virtualization-environments"}                                   // 2020-08-11
	RecommendedHardware             = Article{"Recommended hardware", "core/plan-design/configs/recommended-hardware"}                                                                         // 2020-05-14
	PerformanceGuidelines           = Article{"Site size performance guidelines", "core/plan-design/configs/site-size-performance-guidelines"}                                                 // 2021-04-13
	PerformanceFAQ                  = Article{"Site size performance FAQ", "core/understand/site-size-performance-faq"}                                                                        // 2021-04-16
	WindowsADK                      = Article{"Support for Windows ADK", "core/plan-design/configs/support-for-windows-adk"}                                                                   // 2026-09-22
	ClientOperatingSystems          = Article{"Supported operating systems for clients and devices", "core/plan-design/configs/supported-operating-systems-for-clients-and-devices"}           // 2024-05-01
	DeprecatedFeatures              = Article{"Removed and deprecated features", "core/plan-design/changes/deprecated/removed-and-deprecated-cmfeatures"}                                      // 2024-12-04
	DeprecatedServer                = Article{"Removed and deprecated server items", "core/plan-design/changes/deprecated/removed-and-deprecated-server"}                                      // 2024-12-04
	DeprecatedClient                = Article{"Removed and deprecated client items", "core/plan-design/changes/deprecated/removed-and-deprecated-client"}                                      // 2022-01-10
	ProxySupport                    = Article{"Proxy server support", "core/plan-design/network/proxy-server-support"}                                                                         // 2026-06-08
	PKICertificates                 = Article{"PKI certificate requirements", "core/plan-design/network/pki-certificate-requirements"}                                                         // 2017-11-20
	Fundamentals                    = Article{"Fundamentals of sites and hierarchies", "core/understand/fundamentals-of-sites-and-hierarchies"}                                                // 2016-12-30
	InstallSiteSystemRoles          = Article{"Install site system roles", "core/servers/deploy/configure/install-site-system-roles"}
	AddSiteSystemRoles              = Article{"Add site system roles", "core/servers/deploy/configure/add-site-system-roles"}                                                                        // 2021-07-15
	RoleOptions                     = Article{"Configuration options for site system roles", "core/servers/deploy/configure/configuration-options-for-site-system-roles"}                            // 2022-03-29
	ServiceConnectionPoint          = Article{"About the service connection point", "core/servers/deploy/configure/about-the-service-connection-point"}                                              // 2021-10-12
	ManagementPointExample          = Article{"Example deployment of a management point", "core/servers/deploy/configure/example-management-point-deployment"}                                       // 2026-05-13
	AzureFAQ                        = Article{"Configuration Manager on Azure FAQ", "core/understand/configuration-manager-on-azure"}                                                                // 2021-07-23
	CMGHierarchyDesign              = Article{"CMG hierarchy design", "core/clients/manage/cmg/plan-hierarchy-design"}                                                                               // 2022-03-11
	SharedWSUSDatabase              = Article{"Shared WSUS database and operating systems (an answer of a product manager)", "https://github.com/MicrosoftDocs/memdocs/issues/3973"}                 // 2023-06-19
	SiteServerHighAvailability      = Article{"Site server high availability", "core/servers/deploy/configure/site-server-high-availability"}                                                        // 2022-04-11
	HighAvailabilityOptions         = Article{"High availability options", "core/servers/deploy/configure/high-availability-options"}                                                                // 2021-04-05
	DatabaseReplicas                = Article{"Database replicas for management points", "core/servers/deploy/configure/database-replicas-for-management-points"}                                    // 2021-04-27
	SQLServerCluster                = Article{"Use a SQL Server cluster for the site database", "core/servers/deploy/configure/use-a-sql-server-cluster-for-the-site-database"}                      // 2020-10-08
	AvailabilityGroup               = Article{"SQL Server Always On for a highly available site database", "core/servers/deploy/configure/sql-server-alwayson-for-a-highly-available-site-database"} // 2022-03-25
	DistributionPoints              = Article{"Install and configure distribution points", "core/servers/deploy/configure/install-and-configure-distribution-points"}                                // 2021-07-15
	BoundaryGroupManagementPoints   = Article{"Boundary groups management points", "core/servers/deploy/configure/boundary-groups-management-points"}                                                // 2022-02-16
	SiteInstallationPrerequisites   = Article{"Prerequisites for installing sites", "core/servers/deploy/install/prerequisites-for-installing-sites"}                                                // 2019-07-31
	PrepareToInstallSites           = Article{"Prepare to install sites", "core/servers/deploy/install/prepare-to-install-sites"}                                                                    // 2019-09-18
	PrerequisiteChecks              = Article{"List of prerequisite checks", "core/servers/deploy/install/list-of-prerequisite-checks"}                                                              // 2026-09-14
	SetupScript                     = Article{"Command line script file", "core/servers/deploy/install/command-line-script-file"}                                                                    // 2022-02-16
	SetupWizard                     = Article{"Setup wizard central primary", "core/servers/deploy/install/setup-wizard-central-primary"}                                                            // 2022-05-02
	SecondarySiteWizard             = Article{"Setup wizard secondary", "core/servers/deploy/install/setup-wizard-secondary"}                                                                        // 2022-04-08
	RemoveCentralAdministrationSite = Article{"Remove central administration site", "core/servers/deploy/install/remove-central-administration-site"}                                                // 2021-07-30
	UninstallSites                  = Article{"Uninstall sites and hierarchies", "core/servers/deploy/install/uninstall-sites-and-hierarchies"}                                                      // 2020-04-01
	ModifyInfrastructure            = Article{"Modify your infrastructure", "core/servers/manage/modify-your-infrastructure"}                                                                        // 2020-04-01
	Updates                         = Article{"Updates and servicing", "core/servers/manage/updates"}                                                                                                // 2026-09-22
	Versions                        = Article{"Current branch versions supported", "core/servers/manage/current-branch-versions-supported"}
	DataWarehouse                   = Article{"Data warehouse", "core/servers/manage/data-warehouse"}                                                                                                                // 2020-07-14
	ReportingPrerequisites          = Article{"Prerequisites for reporting", "core/servers/manage/prerequisites-for-reporting"}                                                                                      // 2020-04-01
	ReportingPlan                   = Article{"Planning for reporting", "core/servers/manage/planning-for-reporting"}                                                                                                // 2020-04-01
	ReportingConfiguration          = Article{"Configuring reporting", "core/servers/manage/configuring-reporting"}                                                                                                  // 2020-04-01
	SoftwareUpdatesPlan             = Article{"Plan for software updates", "sum/plan-design/plan-for-software-updates"}                                                                                              // 2021-04-05
	SoftwareUpdatesPrerequisites    = Article{"Prerequisites for software updates", "sum/plan-design/prerequisites-for-software-updates"}                                                                            // 2023-03-20
	SoftwareUpdatePoint             = Article{"Install a software update point", "sum/get-started/install-a-software-update-point"}                                                                                  // 2020-11-30
	SoftwareUpdatesBestPractices    = Article{"Software updates best practices", "sum/plan-design/software-updates-best-practices"}                                                                                  // 2018-07-30
	EndpointProtectionPoint         = Article{"Endpoint Protection site role", "protect/deploy-use/endpoint-protection-site-role"}                                                                                   // 2017-02-14
	BitLocker                       = Article{"BitLocker management", "protect/plan-design/bitlocker-management"}                                                                                                    // 2024-12-04
	CertificateInfrastructure       = Article{"Certificate infrastructure", "protect/deploy-use/certificate-infrastructure"}                                                                                         // 2021-03-26
	ResourceAccessDeprecation       = Article{"Resource access deprecation FAQ", "protect/plan-design/resource-access-deprecation-faq"}                                                                              // 2022-04-08
	OSDeploymentRoles               = Article{"Prepare site system roles for operating system deployments", "osd/get-started/prepare-site-system-roles-for-operating-system-deployments"}                            // 2018-07-30
	UserState                       = Article{"Manage user state", "osd/get-started/manage-user-state"}                                                                                                              // 2021-04-05
	OSDeploymentInfrastructure      = Article{"Infrastructure requirements for operating system deployment", "osd/plan-design/infrastructure-requirements-for-operating-system-deployment"}                          // 2019-07-05
	OnPremisesMDMRoles              = Article{"Install site system roles for on premises MDM", "https://learn.microsoft.com/previous-versions/troubleshoot/configmgr/install-site-system-roles-for-on-premises-mdm"} // 2020-01-09
	OnPremisesMDMPlan               = Article{"Plan on premises MDM", "mdm/plan-design/plan-on-premises-mdm"}                                                                                                        // 2020-01-09
	ExchangeActiveSync              = Article{"Manage mobile devices with Exchange ActiveSync", "mdm/deploy-use/manage-mobile-devices-with-exchange-activesync"}                                                     // 2019-12-31
	ExchangeConnector               = Article{"Install configure Exchange connector", "mdm/deploy-use/install-configure-exchange-connector"}                                                                         // 2019-12-31
	MacClients                      = Article{"Prepare to deploy Mac clients", "core/clients/deploy/prepare-to-deploy-mac-clients"}                                                                                  // 2018-11-27
	InternetBasedClients            = Article{"Plan internet based client management", "core/clients/manage/plan-internet-based-client-management"}                                                                  // 2017-05-16
	ClientPrerequisites             = Article{"Prerequisites for deploying clients to Windows computers", "core/clients/deploy/prerequisites-for-deploying-clients-to-windows-computers"}                            // 2021-11-19
	ClientSecurity                  = Article{"Security and privacy for clients", "core/clients/deploy/plan/security-and-privacy-for-clients"}                                                                       // 2021-05-05
	CMGPlan                         = Article{"Plan cloud management gateway", "core/clients/manage/cmg/plan-cloud-management-gateway"}                                                                              // 2022-04-08
	CMGHierarchy                    = Article{"Cloud management gateway: hierarchy design", "core/clients/manage/cmg/plan-hierarchy-design"}                                                                         // 2021-08-02
	CMGSupport                      = Article{"Cloud management gateway: supported configurations", "core/clients/manage/cmg/supported-configurations"}                                                              // 2022-07-12
	CMGPerformance                  = Article{"Cloud management gateway: performance and scale", "core/clients/manage/cmg/perf-scale"}                                                                               // 2021-08-02
	CMGSetup                        = Article{"Setup cloud management gateway", "core/clients/manage/cmg/setup-cloud-management-gateway"}                                                                            // 2020-06-10
	CMGAuthentication               = Article{"Cloud management gateway: plan client authentication", "core/clients/manage/cmg/plan-client-authentication"}                                                          // 2021-08-02
	CMGConfiguration                = Article{"Cloud management gateway: configure authentication", "core/clients/manage/cmg/configure-authentication"}                                                              // 2021
	AssetIntelligenceDeprecation    = Article{"Asset Intelligence deprecation", "core/clients/manage/asset-intelligence/deprecation"}                                                                                // 2022-04-08
	AssetIntelligence               = Article{"Configuring Asset Intelligence", "core/clients/manage/asset-intelligence/configuring-asset-intelligence"}                                                             // 2017-02-22
	ApplicationManagement           = Article{"Plan for and configure application management", "apps/plan-design/plan-for-and-configure-application-management"}                                                     // 2021-08-02
	TenantAttach                    = Article{"Tenant attach: prerequisites", "tenant-attach/prerequisites"}                                                                                                         // 2022-07-11
	WhatsNew2409                    = Article{"What's new in version 2409", "core/plan-design/changes/whats-new-in-version-2409"}
	WhatsNew2503                    = Article{"What's new in version 2503", "core/plan-design/changes/whats-new-in-version-2503"}
	WhatsNew2509                    = Article{"What's new in version 2509", "core/plan-design/changes/whats-new-in-version-2509"}
	WhatsNew2603                    = Article{"What's new in version 2603", "core/plan-design/changes/whats-new-in-version-2603"}
	WhatsNew2609                    = Article{"What's new in version 2609", "core/plan-design/changes/whats-new-version-2609"}                    // 2026-09-18
	UpdateChecklist2609             = Article{"Checklist for installing update 2609", "core/servers/manage/checklist-for-installing-update-2609"} // 2026-09-18
	SQLServerLifecycle              = Article{"SQL Server end of support options", "https://learn.microsoft.com/sql/sql-server/end-of-support/sql-server-end-of-support-overview"}
	PowerShell                      = Article{"ConfigurationManager PowerShell module", "https://learn.microsoft.com/powershell/module/configurationmanager/"} // January 2026
	RoleNames                       = Article{"Get-CMSiteRole", "https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsiterole"}           // 2020-08-25
	SysResUse                       = Article{"SMS_SCI_SysResUse server WMI class", "develop/reference/core/servers/configure/sms_sci_sysresuse-server-wmi-class"}
	CmdletParameters                = Article{"ConfigurationManager module 5.1902, parameter validation (through ConfigMgrCBDsc)", "https://github.com/dsccommunity/ConfigMgrCBDsc"}
	ConfigMgrCBDsc                  = Article{"ConfigMgrCBDsc, resource validation (not a Microsoft document)", "https://github.com/dsccommunity/ConfigMgrCBDsc"}
	Memlabs                         = Article{"memlabs, configuration validation (not a Microsoft document)", "https://github.com/vinaypamnani-msft/memlabs"}
	TechnicalPreview                = Article{"Technical preview", "core/get-started/technical-preview"}
	WhatsNew1806                    = Article{"What's new in version 1806", "core/plan-design/changes/whats-new-in-version-1806"}
	WhatsNew2309                    = Article{"What's new in version 2309", "core/plan-design/changes/whats-new-in-version-2309"}
	EndpointDefinitions             = Article{"Endpoint definition updates", "protect/deploy-use/endpoint-definition-updates"}
)
