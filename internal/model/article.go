package model

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
	articleSiteSystemRolesForClients       = Article{"Determine the site system roles for clients", "core/clients/deploy/plan/determine-the-site-system-roles-for-clients"}                           // 2022-01-04
	articleHierarchyDesign                 = Article{"Design a hierarchy of sites", "core/plan-design/hierarchy/design-a-hierarchy-of-sites"}                                                         // 2021-10-01
	articleSiteSystemRoles                 = Article{"Plan for site system servers and site system roles", "core/plan-design/hierarchy/plan-for-site-system-servers-and-site-system-roles"}           // 2022-03-29
	articleSiteDatabase                    = Article{"Plan for the site database", "core/plan-design/hierarchy/plan-for-the-site-database"}                                                           // 2018-03-08
	articleSMSProvider                     = Article{"Plan for the SMS provider", "core/plan-design/hierarchy/plan-for-the-sms-provider"}                                                             // 2021-07-30
	articleAccounts                        = Article{"Accounts used in Configuration Manager", "core/plan-design/hierarchy/accounts"}                                                                 // 2024-09-04
	articlePorts                           = Article{"Ports used in Configuration Manager", "core/plan-design/hierarchy/ports"}                                                                       // 2025-12-08
	articleCommunications                  = Article{"Communications between endpoints", "core/plan-design/hierarchy/communications-between-endpoints"}                                               // 2021-04-05
	articleEnhancedHTTP                    = Article{"Enhanced HTTP", "core/plan-design/hierarchy/enhanced-http"}                                                                                     // 2021-08-02
	articlePullDistributionPoint           = Article{"Use a pull distribution point", "core/plan-design/hierarchy/use-a-pull-distribution-point"}                                                     // 2019-05-06
	articleRemoteContentLibrary            = Article{"Remote content library", "core/plan-design/hierarchy/remote-content-library"}                                                                   // 2021-08-02
	articleDatabaseReplication             = Article{"Database replication", "core/plan-design/hierarchy/database-replication"}                                                                       // 2019-08-09
	articleCloudDistributionPoint          = Article{"Use a cloud based distribution point", "core/plan-design/hierarchy/use-a-cloud-based-distribution-point"}                                       // 2020-04-21
	articleConnectedCache                  = Article{"Microsoft connected cache", "core/plan-design/hierarchy/microsoft-connected-cache"}                                                             // 2021-12-01
	articleInteroperability                = Article{"Interoperability between different versions", "core/plan-design/hierarchy/interoperability-between-different-versions"}                         // 2019-05-28
	articleSiteSecurity                    = Article{"Security and privacy for site administration", "core/plan-design/hierarchy/security-and-privacy-for-site-administration"}                       // 2021-03-26
	articleContentSecurity                 = Article{"Security and privacy for content management", "core/plan-design/hierarchy/security-and-privacy-for-content-management"}                         // 2021-03-26
	articleInternationalSupport            = Article{"International support", "core/plan-design/hierarchy/international-support"}                                                                     // 2016-10-06
	articleFindSiteResources               = Article{"Understand how clients find site resources and services", "core/plan-design/hierarchy/understand-how-clients-find-site-resources-and-services"} // 2021-03-26
	articleSizeAndScale                    = Article{"Size and scale numbers", "core/plan-design/configs/size-and-scale-numbers"}                                                                     // 2021-04-05
	articleSiteSystemPrerequisites         = Article{"Site and site system prerequisites", "core/plan-design/configs/site-and-site-system-prerequisites"}                                             // 2024-03-25
	articleOperatingSystems                = Article{"Supported operating systems for site system servers", "core/plan-design/configs/supported-operating-systems-for-site-system-servers"}           // 2024-12-19
	articleSQLServerVersions               = Article{"Support for SQL Server versions", "core/plan-design/configs/support-for-sql-server-versions"}                                                   // 2026-07-28
	articleSQLServerConfigurations         = Article{"Supported configurations for SQL Server", "core/plan-design/configs/supported-configurations-for-sql-server"}                                   // 2026-07-28
	articleActiveDirectoryDomains          = Article{"Support for Active Directory domains", "core/plan-design/configs/support-for-active-directory-domains"}                                         // 2019-10-22
	articleWindowsFeatures                 = Article{"Support for Windows features and networks", "core/plan-design/configs/support-for-windows-features-and-networks"}                               // 2021-07-15
	articleVirtualization                  = Article{"Support for virtualization environments", "core/plan-design/configs/support-for-virtualization-environments"}                                   // 2020-08-11
	articleRecommendedHardware             = Article{"Recommended hardware", "core/plan-design/configs/recommended-hardware"}                                                                         // 2020-05-14
	articlePerformanceGuidelines           = Article{"Site size performance guidelines", "core/plan-design/configs/site-size-performance-guidelines"}                                                 // 2021-04-13
	articlePerformanceFAQ                  = Article{"Site size performance FAQ", "core/understand/site-size-performance-faq"}                                                                        // 2021-04-16
	articleWindowsADK                      = Article{"Support for Windows ADK", "core/plan-design/configs/support-for-windows-adk"}                                                                   // 2024-05-29
	articleClientOperatingSystems          = Article{"Supported operating systems for clients and devices", "core/plan-design/configs/supported-operating-systems-for-clients-and-devices"}           // 2024-05-01
	articleDeprecatedFeatures              = Article{"Removed and deprecated features", "core/plan-design/changes/deprecated/removed-and-deprecated-cmfeatures"}                                      // 2024-12-04
	articleDeprecatedServer                = Article{"Removed and deprecated server items", "core/plan-design/changes/deprecated/removed-and-deprecated-server"}                                      // 2024-12-04
	articleDeprecatedClient                = Article{"Removed and deprecated client items", "core/plan-design/changes/deprecated/removed-and-deprecated-client"}                                      // 2022-01-10
	articleProxySupport                    = Article{"Proxy server support", "core/plan-design/network/proxy-server-support"}                                                                         // 2026-06-08
	articlePKICertificates                 = Article{"PKI certificate requirements", "core/plan-design/network/pki-certificate-requirements"}                                                         // 2017-11-20
	articleFundamentals                    = Article{"Fundamentals of sites and hierarchies", "core/understand/fundamentals-of-sites-and-hierarchies"}                                                // 2016-12-30
	articleInstallSiteSystemRoles          = Article{"Install site system roles", "core/servers/deploy/configure/install-site-system-roles"}
	articleAddSiteSystemRoles              = Article{"Add site system roles", "core/servers/deploy/configure/add-site-system-roles"}                                                                        // 2021-07-15
	articleRoleOptions                     = Article{"Configuration options for site system roles", "core/servers/deploy/configure/configuration-options-for-site-system-roles"}                            // 2022-03-29
	articleServiceConnectionPoint          = Article{"About the service connection point", "core/servers/deploy/configure/about-the-service-connection-point"}                                              // 2021-10-12
	articleSiteServerHighAvailability      = Article{"Site server high availability", "core/servers/deploy/configure/site-server-high-availability"}                                                        // 2022-04-11
	articleHighAvailabilityOptions         = Article{"High availability options", "core/servers/deploy/configure/high-availability-options"}                                                                // 2021-04-05
	articleDatabaseReplicas                = Article{"Database replicas for management points", "core/servers/deploy/configure/database-replicas-for-management-points"}                                    // 2021-04-27
	articleSQLServerCluster                = Article{"Use a SQL Server cluster for the site database", "core/servers/deploy/configure/use-a-sql-server-cluster-for-the-site-database"}                      // 2020-10-08
	articleAvailabilityGroup               = Article{"SQL Server Always On for a highly available site database", "core/servers/deploy/configure/sql-server-alwayson-for-a-highly-available-site-database"} // 2022-03-25
	articleDistributionPoints              = Article{"Install and configure distribution points", "core/servers/deploy/configure/install-and-configure-distribution-points"}                                // 2021-07-15
	articleBoundaryGroupManagementPoints   = Article{"Boundary groups management points", "core/servers/deploy/configure/boundary-groups-management-points"}                                                // 2022-02-16
	articleSiteInstallationPrerequisites   = Article{"Prerequisites for installing sites", "core/servers/deploy/install/prerequisites-for-installing-sites"}                                                // 2019-07-31
	articlePrepareToInstallSites           = Article{"Prepare to install sites", "core/servers/deploy/install/prepare-to-install-sites"}                                                                    // 2019-09-18
	articlePrerequisiteChecks              = Article{"List of prerequisite checks", "core/servers/deploy/install/list-of-prerequisite-checks"}                                                              // 2024-03-28
	articleSetupScript                     = Article{"Command line script file", "core/servers/deploy/install/command-line-script-file"}                                                                    // 2022-02-16
	articleSetupWizard                     = Article{"Setup wizard central primary", "core/servers/deploy/install/setup-wizard-central-primary"}                                                            // 2022-05-02
	articleSecondarySiteWizard             = Article{"Setup wizard secondary", "core/servers/deploy/install/setup-wizard-secondary"}                                                                        // 2022-04-08
	articleRemoveCentralAdministrationSite = Article{"Remove central administration site", "core/servers/deploy/install/remove-central-administration-site"}                                                // 2021-07-30
	articleUninstallSites                  = Article{"Uninstall sites and hierarchies", "core/servers/deploy/install/uninstall-sites-and-hierarchies"}                                                      // 2020-04-01
	articleModifyInfrastructure            = Article{"Modify your infrastructure", "core/servers/manage/modify-your-infrastructure"}                                                                        // 2020-04-01
	articleUpdates                         = Article{"Updates and servicing", "core/servers/manage/updates"}                                                                                                // 2024-12-04
	articleVersions                        = Article{"Current branch versions supported", "core/servers/manage/current-branch-versions-supported"}
	articleDataWarehouse                   = Article{"Data warehouse", "core/servers/manage/data-warehouse"}                                                                                       // 2020-07-14
	articleReportingPrerequisites          = Article{"Prerequisites for reporting", "core/servers/manage/prerequisites-for-reporting"}                                                             // 2020-04-01
	articleReportingPlan                   = Article{"Planning for reporting", "core/servers/manage/planning-for-reporting"}                                                                       // 2020-04-01
	articleReportingConfiguration          = Article{"Configuring reporting", "core/servers/manage/configuring-reporting"}                                                                         // 2020-04-01
	articleSoftwareUpdatesPlan             = Article{"Plan for software updates", "sum/plan-design/plan-for-software-updates"}                                                                     // 2021-04-05
	articleSoftwareUpdatesPrerequisites    = Article{"Prerequisites for software updates", "sum/plan-design/prerequisites-for-software-updates"}                                                   // 2023-03-20
	articleSoftwareUpdatePoint             = Article{"Install a software update point", "sum/get-started/install-a-software-update-point"}                                                         // 2020-11-30
	articleSoftwareUpdatesBestPractices    = Article{"Software updates best practices", "sum/plan-design/software-updates-best-practices"}                                                         // 2018-07-30
	articleEndpointProtectionPoint         = Article{"Endpoint Protection site role", "protect/deploy-use/endpoint-protection-site-role"}                                                          // 2017-02-14
	articleBitLocker                       = Article{"BitLocker management", "protect/plan-design/bitlocker-management"}                                                                           // 2024-12-04
	articleCertificateInfrastructure       = Article{"Certificate infrastructure", "protect/deploy-use/certificate-infrastructure"}                                                                // 2021-03-26
	articleResourceAccessDeprecation       = Article{"Resource access deprecation FAQ", "protect/plan-design/resource-access-deprecation-faq"}                                                     // 2022-04-08
	articleOSDeploymentRoles               = Article{"Prepare site system roles for operating system deployments", "osd/get-started/prepare-site-system-roles-for-operating-system-deployments"}   // 2018-07-30
	articleUserState                       = Article{"Manage user state", "osd/get-started/manage-user-state"}                                                                                     // 2021-04-05
	articleOSDeploymentInfrastructure      = Article{"Infrastructure requirements for operating system deployment", "osd/plan-design/infrastructure-requirements-for-operating-system-deployment"} // 2019-07-05
	articleOnPremisesMDMRoles              = Article{"Install site system roles for on premises MDM", "mdm/get-started/install-site-system-roles-for-on-premises-mdm"}                             // 2020-01-09
	articleOnPremisesMDMPlan               = Article{"Plan on premises MDM", "mdm/plan-design/plan-on-premises-mdm"}                                                                               // 2020-01-09
	articleExchangeActiveSync              = Article{"Manage mobile devices with Exchange ActiveSync", "mdm/deploy-use/manage-mobile-devices-with-exchange-activesync"}                            // 2019-12-31
	articleExchangeConnector               = Article{"Install configure Exchange connector", "mdm/deploy-use/install-configure-exchange-connector"}                                                // 2019-12-31
	articleMacClients                      = Article{"Prepare to deploy Mac clients", "core/clients/deploy/prepare-to-deploy-mac-clients"}                                                         // 2018-11-27
	articleInternetBasedClients            = Article{"Plan internet based client management", "core/clients/manage/plan-internet-based-client-management"}                                         // 2017-05-16
	articleClientPrerequisites             = Article{"Prerequisites for deploying clients to Windows computers", "core/clients/deploy/prerequisites-for-deploying-clients-to-windows-computers"}   // 2021-11-19
	articleClientBestPractices             = Article{"Best practices for client deployment", "core/clients/deploy/plan/best-practices-for-client-deployment"}                                      // 2021-03-26
	articleClientSecurity                  = Article{"Security and privacy for clients", "core/clients/deploy/plan/security-and-privacy-for-clients"}                                              // 2021-05-05
	articleCMGPlan                         = Article{"Plan cloud management gateway", "core/clients/manage/cmg/plan-cloud-management-gateway"}                                                     // 2022-04-08
	articleCMGHierarchy                    = Article{"Cloud management gateway: hierarchy design", "core/clients/manage/cmg/overview"}                                                             // 2021-08-02
	articleCMGSupport                      = Article{"Cloud management gateway: supported configurations", "core/clients/manage/cmg/overview"}                                                     // 2022-07-12
	articleCMGPerformance                  = Article{"Cloud management gateway: performance and scale", "core/clients/manage/cmg/perf-scale"}                                                      // 2021-08-02
	articleCMGSetup                        = Article{"Setup cloud management gateway", "core/clients/manage/cmg/setup-cloud-management-gateway"}                                                   // 2020-06-10
	articleCMGAuthentication               = Article{"Cloud management gateway: plan client authentication", "core/clients/manage/cmg/plan-client-authentication"}                                 // 2021-08-02
	articleCMGConfiguration                = Article{"Cloud management gateway: configure authentication", "core/clients/manage/cmg/configure-authentication"}                                     // 2021
	articleAssetIntelligenceDeprecation    = Article{"Asset Intelligence deprecation", "core/clients/manage/asset-intelligence/deprecation"}                                                       // 2022-04-08
	articleAssetIntelligence               = Article{"Configuring Asset Intelligence", "core/clients/manage/asset-intelligence/configuring-asset-intelligence"}                                    // 2017-02-22
	articleApplicationManagement           = Article{"Plan for and configure application management", "apps/plan-design/plan-for-and-configure-application-management"}                            // 2021-08-02
	articleTenantAttach                    = Article{"Tenant attach: prerequisites", "tenant-attach/prerequisites"}                                                                                // 2022-07-11
	articleWhatsNew2409                    = Article{"What's new in version 2409", "core/plan-design/changes/whats-new-in-version-2409"}
	articleWhatsNew2503                    = Article{"What's new in version 2503", "core/plan-design/changes/whats-new-in-version-2503"}
	articleWhatsNew2509                    = Article{"What's new in version 2509", "core/plan-design/changes/whats-new-in-version-2509"}
	articleWhatsNew2603                    = Article{"What's new in version 2603", "core/plan-design/changes/whats-new-in-version-2603"}
	articlePowerShell                      = Article{"ConfigurationManager PowerShell module", "https://learn.microsoft.com/powershell/module/configurationmanager/"} // January 2026
	articleRoleNames                       = Article{"Get-CMSiteRole", "https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsiterole"}           // 2020-08-25
	articleSysResUse                       = Article{"SMS_SCI_SysResUse server WMI class", "develop/reference/core/servers/configure/sms_sci_sysresuse-server-wmi-class"}
	articleCmdletParameters                = Article{"ConfigurationManager module 5.1902, parameter validation (through ConfigMgrCBDsc)", "https://github.com/dsccommunity/ConfigMgrCBDsc"}
	articleConfigMgrCBDsc                  = Article{"ConfigMgrCBDsc, resource validation (not a Microsoft document)", "https://github.com/dsccommunity/ConfigMgrCBDsc"}
	articleMemlabs                         = Article{"memlabs, configuration validation (not a Microsoft document)", "https://github.com/vinaypamnani-msft/memlabs"}
	articleTechnicalPreview                = Article{"Technical preview", "core/get-started/technical-preview"}
	articleWhatsNew1806                    = Article{"What's new in version 1806", "core/plan-design/changes/whats-new-in-version-1806"}
	articleWhatsNew2309                    = Article{"What's new in version 2309", "core/plan-design/changes/whats-new-in-version-2309"}
	articleEndpointDefinitions             = Article{"Endpoint definition updates", "protect/deploy-use/endpoint-definition-updates"}
)
