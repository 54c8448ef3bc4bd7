package model

// Article identifies a document that a fact was read in.
type Article uint8

// Source is the place a fact was read: an article and, where it has one, a heading.
type Source struct {
	Article Article
	Heading string
}

// in names an article, and optionally one heading, as the source of a fact.
func in(article Article, heading ...string) Source {
	s := Source{Article: article}
	if len(heading) > 0 {
		s.Heading = heading[0]
	}
	return s
}

// Title returns the title of the article with the heading, when there is one.
func (s Source) Title() string {
	title := articles[s.Article].title
	if s.Heading != "" {
		title += ", " + s.Heading
	}
	return title
}

// URL returns the address of the article.
func (s Source) URL() string {
	const learn = "https://learn.microsoft.com/intune/configmgr/"
	path := articles[s.Article].path
	if len(path) > 8 && path[:8] == "https://" {
		return path
	}
	return learn + path
}

// The articles. Most are articles of the Configuration Manager documentation; the
// comment beside each row of the table gives the date of the copy that was read.
const (
	articleSiteSystemRolesForClients Article = iota + 1
	articleHierarchyDesign
	articleSiteSystemRoles
	articleSiteDatabase
	articleSMSProvider
	articleAccounts
	articlePorts
	articleCommunications
	articleEnhancedHTTP
	articlePullDistributionPoint
	articleRemoteContentLibrary
	articleDatabaseReplication
	articleCloudDistributionPoint
	articleConnectedCache
	articleInteroperability
	articleSiteSecurity
	articleContentSecurity
	articleInternationalSupport
	articleFindSiteResources
	articleSizeAndScale
	articleSiteSystemPrerequisites
	articleOperatingSystems
	articleSQLServerVersions
	articleSQLServerConfigurations
	articleActiveDirectoryDomains
	articleWindowsFeatures
	articleVirtualization
	articleRecommendedHardware
	articlePerformanceGuidelines
	articlePerformanceFAQ
	articleWindowsADK
	articleClientOperatingSystems
	articleDeprecatedFeatures
	articleDeprecatedServer
	articleDeprecatedClient
	articleProxySupport
	articlePKICertificates
	articleFundamentals
	articleInstallSiteSystemRoles
	articleAddSiteSystemRoles
	articleRoleOptions
	articleServiceConnectionPoint
	articleSiteServerHighAvailability
	articleHighAvailabilityOptions
	articleDatabaseReplicas
	articleSQLServerCluster
	articleAvailabilityGroup
	articleDistributionPoints
	articleBoundaryGroupManagementPoints
	articleSiteInstallationPrerequisites
	articlePrepareToInstallSites
	articlePrerequisiteChecks
	articleSetupScript
	articleSetupWizard
	articleSecondarySiteWizard
	articleRemoveCentralAdministrationSite
	articleUninstallSites
	articleModifyInfrastructure
	articleUpdates
	articleVersions
	articleDataWarehouse
	articleReportingPrerequisites
	articleReportingPlan
	articleReportingConfiguration
	articleSoftwareUpdatesPlan
	articleSoftwareUpdatesPrerequisites
	articleSoftwareUpdatePoint
	articleSoftwareUpdatesBestPractices
	articleEndpointProtectionPoint
	articleBitLocker
	articleCertificateInfrastructure
	articleResourceAccessDeprecation
	articleOSDeploymentRoles
	articleUserState
	articleOSDeploymentInfrastructure
	articleOnPremisesMDMRoles
	articleOnPremisesMDMPlan
	articleExchangeActiveSync
	articleExchangeConnector
	articleMacClients
	articleInternetBasedClients
	articleClientPrerequisites
	articleClientBestPractices
	articleClientSecurity
	articleCMGPlan
	articleCMGHierarchy
	articleCMGSupport
	articleCMGPerformance
	articleCMGSetup
	articleCMGAuthentication
	articleCMGConfiguration
	articleAssetIntelligenceDeprecation
	articleAssetIntelligence
	articleApplicationManagement
	articleTenantAttach
	articleWhatsNew2409
	articleWhatsNew2503
	articleWhatsNew2509
	articleWhatsNew2603
	articlePowerShell
	articleRoleNames
	articleSysResUse
	articleCmdletParameters
	articleConfigMgrCBDsc
	articleMemlabs
	articleTechnicalPreview
	articleWhatsNew1806
	articleWhatsNew2309
	articleEndpointDefinitions
)

var articles = map[Article]struct{ title, path string }{
	articleSiteSystemRolesForClients:       {"Determine the site system roles for clients", "core/clients/deploy/plan/determine-the-site-system-roles-for-clients"},                           // 2022-01-04
	articleHierarchyDesign:                 {"Design a hierarchy of sites", "core/plan-design/hierarchy/design-a-hierarchy-of-sites"},                                                         // 2021-10-01
	articleSiteSystemRoles:                 {"Plan for site system servers and site system roles", "core/plan-design/hierarchy/plan-for-site-system-servers-and-site-system-roles"},           // 2022-03-29
	articleSiteDatabase:                    {"Plan for the site database", "core/plan-design/hierarchy/plan-for-the-site-database"},                                                           // 2018-03-08
	articleSMSProvider:                     {"Plan for the SMS provider", "core/plan-design/hierarchy/plan-for-the-sms-provider"},                                                             // 2021-07-30
	articleAccounts:                        {"Accounts used in Configuration Manager", "core/plan-design/hierarchy/accounts"},                                                                 // 2024-09-04
	articlePorts:                           {"Ports used in Configuration Manager", "core/plan-design/hierarchy/ports"},                                                                       // 2025-12-08
	articleCommunications:                  {"Communications between endpoints", "core/plan-design/hierarchy/communications-between-endpoints"},                                               // 2021-04-05
	articleEnhancedHTTP:                    {"Enhanced HTTP", "core/plan-design/hierarchy/enhanced-http"},                                                                                     // 2021-08-02
	articlePullDistributionPoint:           {"Use a pull distribution point", "core/plan-design/hierarchy/use-a-pull-distribution-point"},                                                     // 2019-05-06
	articleRemoteContentLibrary:            {"Remote content library", "core/plan-design/hierarchy/remote-content-library"},                                                                   // 2021-08-02
	articleDatabaseReplication:             {"Database replication", "core/plan-design/hierarchy/database-replication"},                                                                       // 2019-08-09
	articleCloudDistributionPoint:          {"Use a cloud based distribution point", "core/plan-design/hierarchy/use-a-cloud-based-distribution-point"},                                       // 2020-04-21
	articleConnectedCache:                  {"Microsoft connected cache", "core/plan-design/hierarchy/microsoft-connected-cache"},                                                             // 2021-12-01
	articleInteroperability:                {"Interoperability between different versions", "core/plan-design/hierarchy/interoperability-between-different-versions"},                         // 2019-05-28
	articleSiteSecurity:                    {"Security and privacy for site administration", "core/plan-design/hierarchy/security-and-privacy-for-site-administration"},                       // 2021-03-26
	articleContentSecurity:                 {"Security and privacy for content management", "core/plan-design/hierarchy/security-and-privacy-for-content-management"},                         // 2021-03-26
	articleInternationalSupport:            {"International support", "core/plan-design/hierarchy/international-support"},                                                                     // 2016-10-06
	articleFindSiteResources:               {"Understand how clients find site resources and services", "core/plan-design/hierarchy/understand-how-clients-find-site-resources-and-services"}, // 2021-03-26
	articleSizeAndScale:                    {"Size and scale numbers", "core/plan-design/configs/size-and-scale-numbers"},                                                                     // 2021-04-05
	articleSiteSystemPrerequisites:         {"Site and site system prerequisites", "core/plan-design/configs/site-and-site-system-prerequisites"},                                             // 2024-03-25
	articleOperatingSystems:                {"Supported operating systems for site system servers", "core/plan-design/configs/supported-operating-systems-for-site-system-servers"},           // 2024-12-19
	articleSQLServerVersions:               {"Support for SQL Server versions", "core/plan-design/configs/support-for-sql-server-versions"},                                                   // 2026-07-28
	articleSQLServerConfigurations:         {"Supported configurations for SQL Server", "core/plan-design/configs/supported-configurations-for-sql-server"},                                   // 2026-07-28
	articleActiveDirectoryDomains:          {"Support for Active Directory domains", "core/plan-design/configs/support-for-active-directory-domains"},                                         // 2019-10-22
	articleWindowsFeatures:                 {"Support for Windows features and networks", "core/plan-design/configs/support-for-windows-features-and-networks"},                               // 2021-07-15
	articleVirtualization:                  {"Support for virtualization environments", "core/plan-design/configs/support-for-virtualization-environments"},                                   // 2020-08-11
	articleRecommendedHardware:             {"Recommended hardware", "core/plan-design/configs/recommended-hardware"},                                                                         // 2020-05-14
	articlePerformanceGuidelines:           {"Site size performance guidelines", "core/plan-design/configs/site-size-performance-guidelines"},                                                 // 2021-04-13
	articlePerformanceFAQ:                  {"Site size performance FAQ", "core/understand/site-size-performance-faq"},                                                                        // 2021-04-16
	articleWindowsADK:                      {"Support for Windows ADK", "core/plan-design/configs/support-for-windows-adk"},                                                                   // 2024-05-29
	articleClientOperatingSystems:          {"Supported operating systems for clients and devices", "core/plan-design/configs/supported-operating-systems-for-clients-and-devices"},           // 2024-05-01
	articleDeprecatedFeatures:              {"Removed and deprecated features", "core/plan-design/changes/deprecated/removed-and-deprecated-cmfeatures"},                                      // 2024-12-04
	articleDeprecatedServer:                {"Removed and deprecated server items", "core/plan-design/changes/deprecated/removed-and-deprecated-server"},                                      // 2024-12-04
	articleDeprecatedClient:                {"Removed and deprecated client items", "core/plan-design/changes/deprecated/removed-and-deprecated-client"},                                      // 2022-01-10
	articleProxySupport:                    {"Proxy server support", "core/plan-design/network/proxy-server-support"},                                                                         // 2026-06-08
	articlePKICertificates:                 {"PKI certificate requirements", "core/plan-design/network/pki-certificate-requirements"},                                                         // 2017-11-20
	articleFundamentals:                    {"Fundamentals of sites and hierarchies", "core/understand/fundamentals-of-sites-and-hierarchies"},                                                // 2016-12-30
	articleInstallSiteSystemRoles:          {"Install site system roles", "core/servers/deploy/configure/install-site-system-roles"},
	articleAddSiteSystemRoles:              {"Add site system roles", "core/servers/deploy/configure/add-site-system-roles"},                                                                        // 2021-07-15
	articleRoleOptions:                     {"Configuration options for site system roles", "core/servers/deploy/configure/configuration-options-for-site-system-roles"},                            // 2022-03-29
	articleServiceConnectionPoint:          {"About the service connection point", "core/servers/deploy/configure/about-the-service-connection-point"},                                              // 2021-10-12
	articleSiteServerHighAvailability:      {"Site server high availability", "core/servers/deploy/configure/site-server-high-availability"},                                                        // 2022-04-11
	articleHighAvailabilityOptions:         {"High availability options", "core/servers/deploy/configure/high-availability-options"},                                                                // 2021-04-05
	articleDatabaseReplicas:                {"Database replicas for management points", "core/servers/deploy/configure/database-replicas-for-management-points"},                                    // 2021-04-27
	articleSQLServerCluster:                {"Use a SQL Server cluster for the site database", "core/servers/deploy/configure/use-a-sql-server-cluster-for-the-site-database"},                      // 2020-10-08
	articleAvailabilityGroup:               {"SQL Server Always On for a highly available site database", "core/servers/deploy/configure/sql-server-alwayson-for-a-highly-available-site-database"}, // 2022-03-25
	articleDistributionPoints:              {"Install and configure distribution points", "core/servers/deploy/configure/install-and-configure-distribution-points"},                                // 2021-07-15
	articleBoundaryGroupManagementPoints:   {"Boundary groups management points", "core/servers/deploy/configure/boundary-groups-management-points"},                                                // 2022-02-16
	articleSiteInstallationPrerequisites:   {"Prerequisites for installing sites", "core/servers/deploy/install/prerequisites-for-installing-sites"},                                                // 2019-07-31
	articlePrepareToInstallSites:           {"Prepare to install sites", "core/servers/deploy/install/prepare-to-install-sites"},                                                                    // 2019-09-18
	articlePrerequisiteChecks:              {"List of prerequisite checks", "core/servers/deploy/install/list-of-prerequisite-checks"},                                                              // 2024-03-28
	articleSetupScript:                     {"Command line script file", "core/servers/deploy/install/command-line-script-file"},                                                                    // 2022-02-16
	articleSetupWizard:                     {"Setup wizard central primary", "core/servers/deploy/install/setup-wizard-central-primary"},                                                            // 2022-05-02
	articleSecondarySiteWizard:             {"Setup wizard secondary", "core/servers/deploy/install/setup-wizard-secondary"},                                                                        // 2022-04-08
	articleRemoveCentralAdministrationSite: {"Remove central administration site", "core/servers/deploy/install/remove-central-administration-site"},                                                // 2021-07-30
	articleUninstallSites:                  {"Uninstall sites and hierarchies", "core/servers/deploy/install/uninstall-sites-and-hierarchies"},                                                      // 2020-04-01
	articleModifyInfrastructure:            {"Modify your infrastructure", "core/servers/manage/modify-your-infrastructure"},                                                                        // 2020-04-01
	articleUpdates:                         {"Updates and servicing", "core/servers/manage/updates"},                                                                                                // 2024-12-04
	articleVersions:                        {"Current branch versions supported", "core/servers/manage/current-branch-versions-supported"},
	articleDataWarehouse:                   {"Data warehouse", "core/servers/manage/data-warehouse"},                                                                                       // 2020-07-14
	articleReportingPrerequisites:          {"Prerequisites for reporting", "core/servers/manage/prerequisites-for-reporting"},                                                             // 2020-04-01
	articleReportingPlan:                   {"Planning for reporting", "core/servers/manage/planning-for-reporting"},                                                                       // 2020-04-01
	articleReportingConfiguration:          {"Configuring reporting", "core/servers/manage/configuring-reporting"},                                                                         // 2020-04-01
	articleSoftwareUpdatesPlan:             {"Plan for software updates", "sum/plan-design/plan-for-software-updates"},                                                                     // 2021-04-05
	articleSoftwareUpdatesPrerequisites:    {"Prerequisites for software updates", "sum/plan-design/prerequisites-for-software-updates"},                                                   // 2023-03-20
	articleSoftwareUpdatePoint:             {"Install a software update point", "sum/get-started/install-a-software-update-point"},                                                         // 2020-11-30
	articleSoftwareUpdatesBestPractices:    {"Software updates best practices", "sum/plan-design/software-updates-best-practices"},                                                         // 2018-07-30
	articleEndpointProtectionPoint:         {"Endpoint Protection site role", "protect/deploy-use/endpoint-protection-site-role"},                                                          // 2017-02-14
	articleBitLocker:                       {"BitLocker management", "protect/plan-design/bitlocker-management"},                                                                           // 2024-12-04
	articleCertificateInfrastructure:       {"Certificate infrastructure", "protect/deploy-use/certificate-infrastructure"},                                                                // 2021-03-26
	articleResourceAccessDeprecation:       {"Resource access deprecation FAQ", "protect/plan-design/resource-access-deprecation-faq"},                                                     // 2022-04-08
	articleOSDeploymentRoles:               {"Prepare site system roles for operating system deployments", "osd/get-started/prepare-site-system-roles-for-operating-system-deployments"},   // 2018-07-30
	articleUserState:                       {"Manage user state", "osd/get-started/manage-user-state"},                                                                                     // 2021-04-05
	articleOSDeploymentInfrastructure:      {"Infrastructure requirements for operating system deployment", "osd/plan-design/infrastructure-requirements-for-operating-system-deployment"}, // 2019-07-05
	articleOnPremisesMDMRoles:              {"Install site system roles for on premises MDM", "mdm/get-started/install-site-system-roles-for-on-premises-mdm"},                             // 2020-01-09
	articleOnPremisesMDMPlan:               {"Plan on premises MDM", "mdm/plan-design/plan-on-premises-mdm"},                                                                               // 2020-01-09
	articleExchangeActiveSync:              {"Manage mobile devices with Exchange ActiveSync", "mdm/deploy-use/manage-mobile-devices-with-exchange-activesync"},                            // 2019-12-31
	articleExchangeConnector:               {"Install configure Exchange connector", "mdm/deploy-use/install-configure-exchange-connector"},                                                // 2019-12-31
	articleMacClients:                      {"Prepare to deploy Mac clients", "core/clients/deploy/prepare-to-deploy-mac-clients"},                                                         // 2018-11-27
	articleInternetBasedClients:            {"Plan internet based client management", "core/clients/manage/plan-internet-based-client-management"},                                         // 2017-05-16
	articleClientPrerequisites:             {"Prerequisites for deploying clients to Windows computers", "core/clients/deploy/prerequisites-for-deploying-clients-to-windows-computers"},   // 2021-11-19
	articleClientBestPractices:             {"Best practices for client deployment", "core/clients/deploy/plan/best-practices-for-client-deployment"},                                      // 2021-03-26
	articleClientSecurity:                  {"Security and privacy for clients", "core/clients/deploy/plan/security-and-privacy-for-clients"},                                              // 2021-05-05
	articleCMGPlan:                         {"Plan cloud management gateway", "core/clients/manage/cmg/plan-cloud-management-gateway"},                                                     // 2022-04-08
	articleCMGHierarchy:                    {"Cloud management gateway: hierarchy design", "core/clients/manage/cmg/overview"},                                                             // 2021-08-02
	articleCMGSupport:                      {"Cloud management gateway: supported configurations", "core/clients/manage/cmg/overview"},                                                     // 2022-07-12
	articleCMGPerformance:                  {"Cloud management gateway: performance and scale", "core/clients/manage/cmg/perf-scale"},                                                      // 2021-08-02
	articleCMGSetup:                        {"Setup cloud management gateway", "core/clients/manage/cmg/setup-cloud-management-gateway"},                                                   // 2020-06-10
	articleCMGAuthentication:               {"Cloud management gateway: plan client authentication", "core/clients/manage/cmg/plan-client-authentication"},                                 // 2021-08-02
	articleCMGConfiguration:                {"Cloud management gateway: configure authentication", "core/clients/manage/cmg/configure-authentication"},                                     // 2021
	articleAssetIntelligenceDeprecation:    {"Asset Intelligence deprecation", "core/clients/manage/asset-intelligence/deprecation"},                                                       // 2022-04-08
	articleAssetIntelligence:               {"Configuring Asset Intelligence", "core/clients/manage/asset-intelligence/configuring-asset-intelligence"},                                    // 2017-02-22
	articleApplicationManagement:           {"Plan for and configure application management", "apps/plan-design/plan-for-and-configure-application-management"},                            // 2021-08-02
	articleTenantAttach:                    {"Tenant attach: prerequisites", "tenant-attach/prerequisites"},                                                                                // 2022-07-11
	articleWhatsNew2409:                    {"What's new in version 2409", "core/plan-design/changes/whats-new-in-version-2409"},
	articleWhatsNew2503:                    {"What's new in version 2503", "core/plan-design/changes/whats-new-in-version-2503"},
	articleWhatsNew2509:                    {"What's new in version 2509", "core/plan-design/changes/whats-new-in-version-2509"},
	articleWhatsNew2603:                    {"What's new in version 2603", "core/plan-design/changes/whats-new-in-version-2603"},
	articlePowerShell:                      {"ConfigurationManager PowerShell module", "https://learn.microsoft.com/powershell/module/configurationmanager/"}, // January 2026
	articleRoleNames:                       {"Get-CMSiteRole", "https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsiterole"},           // 2020-08-25
	articleSysResUse:                       {"SMS_SCI_SysResUse server WMI class", "develop/reference/core/servers/configure/sms_sci_sysresuse-server-wmi-class"},
	articleCmdletParameters:                {"ConfigurationManager module 5.1902, parameter validation (through ConfigMgrCBDsc)", "https://github.com/dsccommunity/ConfigMgrCBDsc"},
	articleConfigMgrCBDsc:                  {"ConfigMgrCBDsc, resource validation (not a Microsoft document)", "https://github.com/dsccommunity/ConfigMgrCBDsc"},
	articleMemlabs:                         {"memlabs, configuration validation (not a Microsoft document)", "https://github.com/vinaypamnani-msft/memlabs"},
	articleTechnicalPreview:                {"Technical preview", "core/get-started/technical-preview"},
	articleWhatsNew1806:                    {"What's new in version 1806", "core/plan-design/changes/whats-new-in-version-1806"},
	articleWhatsNew2309:                    {"What's new in version 2309", "core/plan-design/changes/whats-new-in-version-2309"},
	articleEndpointDefinitions:             {"Endpoint definition updates", "protect/deploy-use/endpoint-definition-updates"},
}
