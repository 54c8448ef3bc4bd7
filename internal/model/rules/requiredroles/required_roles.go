package requiredroles

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What the client population and the features need. The rules compare the
// required roles that a hierarchy is given with what it declares; what they are about
// is the decision table of the required roles.

var requiredRoleRules = slices.Concat(
	comparedRules(
		rule.Rule{
			ID: "REQ-MP-ANY", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "A primary site with clients has a management point",
			Why:     "However clients are installed, they are assigned to a site and managed through its management points.",
			Fix:     `Assign role = "management_point" to a server of the site.`,
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Management point")},
		},
		rule.Rule{
			ID: "REQ-PRIMARY-CLIENTS", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title:   "A primary site has a management point for the clients of its secondary sites",
			Why:     "Clients may use the management point of a secondary site as a proxy, but they are assigned to the primary site and register there.",
			Fix:     `Assign role = "management_point" to a server of the primary site.`,
			Sources: []product.Source{product.FindSiteResources.At("Determine assigned management point")},
		},
		rule.Rule{
			ID: "REQ-MP-DEVICE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title: "Macs and enrolled mobile devices have a management point of their primary site that supports them",
			Why: "They need it already for the installation of the client: one that supports mobile devices and accepts connections from the internet. " +
				"Devices of on-premises mobile device management stay on the intranet.",
			Fix:       `Set protocol = "https", allow_mobile_devices = true and client_connections = "internet_and_intranet" in the management_point block.`,
			Sources:   []product.Source{product.SiteSystemRolesForClients.At("Management point"), product.OnPremisesMDMRoles.Source()},
			CoveredBy: rule.AtSite("COMM-MAC-MP"),
		},
		rule.Rule{
			ID: "REQ-MP-DEVICE-SECONDARY", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
			Title: "Macs and mobile devices at a secondary site have a management point of the primary site",
			Why:   "They cannot use the management point of a secondary site, nor one of another primary site.",
			Fix: `Set protocol = "https", allow_mobile_devices = true and client_connections = "internet_and_intranet" in the management_point block at the ` +
				`primary site.`,
			Sources:   []product.Source{product.SiteSystemRolesForClients.At("Management point")},
			CoveredBy: rule.AtSite("COMM-MAC-MP"),
		},
		rule.Rule{
			ID: "REQ-MP-COUNT", Severity: rule.SeverityWarning, Basis: rule.Inferred, Scope: rule.ScopeSite,
			Title: "A site has as many management points as its clients need",
			Why: "One serves up to 25,000 clients, and at its limit of 10,000 either Macs or mobile devices. A primary site may have 15, which " +
				"ROLE-CARD-MP-PRI is about.",
			Fix:     `Assign role = "management_point" to more servers of the site.`,
			Sources: []product.Source{product.SizeAndScale.At("Management point")},
		},
		rule.Rule{
			ID: "REQ-DP-CONTENT", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title: "A site whose clients get software has a distribution point",
			Why: "Applications, packages and software updates come from distribution points, unless a cloud management gateway holds the content or clients " +
				"download updates from Microsoft Update.",
			Fix:     `Assign role = "distribution_point" to a server of the site.`,
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Distribution point"), product.CMGSetup.Source(), product.SoftwareUpdatesPlan.Source()},
		},
		rule.Rule{
			ID: "REQ-DP-OSD", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "A site that deploys operating systems has a distribution point",
			Why:     "The image, and the client in it, is stored on a distribution point and fetched from it.",
			Fix:     `Assign role = "distribution_point" to a server of the site.`,
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Distribution point")},
		},
		rule.Rule{
			ID: "REQ-DP-MOBILE-LEGACY", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "before 2006",
			Title:   "A site with the mobile device legacy client has a distribution point",
			Why:     "That client is installed from a distribution point. Current branch has lost its platforms by version 2006.",
			Fix:     `Assign role = "distribution_point" to a server of the site, or take the devices out of the population.`,
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Distribution point"), product.DeprecatedClient.Source()},
		},
		rule.Rule{
			ID: "REQ-DP-COUNT", Severity: rule.SeverityWarning, Basis: rule.Inferred, Scope: rule.ScopeSite,
			Title:   "A site has as many distribution points as its clients need",
			Why:     "One is planned for up to 4,000 clients.",
			Fix:     `Assign role = "distribution_point" to more servers of the site.`,
			Sources: []product.Source{product.SizeAndScale.At("Distribution point")},
		},
		rule.Rule{
			ID: "REQ-PXE-DP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title: "A site that uses PXE or multicast has a distribution point with it",
			Why: "Computers start from the network at a distribution point with PXE, and images are sent by multicast from one with multicast and Windows " +
				"Deployment Services.",
			Fix:     `Set pxe = "responder" in the distribution_point block, or declare a multicast block there.`,
			Sources: []product.Source{product.OSDeploymentRoles.Source(), product.DistributionPoints.Source(), product.SupportedOperatingSystems.Source()},
		},
		rule.Rule{
			ID: "REQ-FSP-HTTP-RISK", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
			Title:   "There is no fallback status point where its risk outweighs the benefit",
			Why:     "It is a web site with unauthenticated connections in clear text, and the more exposed the more clients are on the internet.",
			Fix:     "Remove the fallback status point.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Fallback status point"), product.ClientSecurity.Source()},
		},
		rule.Rule{
			ID: "REQ-EP-MOBILE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title:   "A site that enrolls mobile devices has an enrollment point and an enrollment proxy point",
			Why:     "Devices enroll through the proxy point, and the enrollment point requests their certificates.",
			Fix:     `Assign "enrollment_point" and "enrollment_proxy_point" to servers of the primary site.`,
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		},
		rule.Rule{
			ID: "REQ-EP-MAC", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title:   "A site that enrolls certificates for Macs has an enrollment point and an enrollment proxy point",
			Why:     "Macs enroll through them, unless their certificates are requested and installed without Configuration Manager.",
			Fix:     `Assign "enrollment_point" and "enrollment_proxy_point" to servers of the primary site, or ask with macos_certificates = "independent".`,
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		},
		rule.Rule{
			ID: "REQ-MDM", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title: "A site with on-premises mobile device management has all roles for it",
			Why: "Devices enroll through an enrollment proxy point and an enrollment point, and need a management point that supports them and a " +
				"distribution point, both over HTTPS. All of it is deprecated.",
			Fix: `Assign the missing roles to servers of the primary site, the management point with protocol = "https" and allow_mobile_devices = true, ` +
				`the distribution point with protocol = "https".`,
			Sources:   []product.Source{product.OnPremisesMDMRoles.Source(), product.OnPremisesMDMPlan.Source()},
			CoveredBy: rule.AtSite("COMM-MAC-MP"),
		},
		rule.Rule{
			ID: "REQ-MAC", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title: "Macs have roles over HTTPS at their primary site",
			Why: "They talk to management points over HTTPS, and get software from distribution points over HTTPS. A management point serves up to 10,000 " +
				"Macs, a hierarchy up to 25,000. The client for macOS left support on 2022-12-31.",
			Fix:       `Set protocol = "https" in the block of a management point, and of a distribution point where Macs get software.`,
			Sources:   []product.Source{product.MacClients.Source(), product.SizeAndScale.Source(), product.SiteSystemRolesForClients.Source(), product.DeprecatedClient.Source()},
			CoveredBy: rule.AtSite("COMM-MAC-MP"),
		},
		rule.Rule{
			ID: "REQ-CMGCP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title: "A hierarchy with a cloud management gateway has the roles behind it",
			Why: "The gateway is set up by a service connection point in online mode, reaches a primary site through a connection point, and passes clients " +
				"on to a management point that accepts its traffic, with HTTPS or enhanced HTTP. A software update point has to accept it where clients scan through " +
				"the gateway.",
			Fix: `Assign "cloud_management_gateway_connection_point" to a server of the primary site, set allow_cmg_traffic = true in the block of a ` +
				`management point, and mode = "online" in that of the service connection point.`,
			Sources:   []product.Source{product.SiteSystemRolesForClients.At("Cloud management gateway connector point"), product.CMGPlan.At("Requirements"), product.SoftwareUpdatesPlan.At("Cloud management gateway")},
			CoveredBy: append(rule.AtSite("CMG-MP", "CMG-SUP"), rule.InHierarchy("CMG-SCP-ONLINE")...),
		},
		rule.Rule{
			ID: "REQ-INTERNET-ALT", Severity: rule.SeverityInfo, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title: "Clients on the internet have a cloud management gateway or roles that the internet can reach",
			Why: "Without a gateway they need a management point, and for content and updates a distribution point and a software update point, of a primary " +
				"site: over HTTPS, with connections from the internet and an internet FQDN.",
			Fix: `Set protocol = "https" and client_connections = "internet_and_intranet" in the block of the role, and internet_fqdn on its server; or ask ` +
				`with cloud_management_gateway = true.`,
			Sources: []product.Source{product.Communications.At("Considerations for client communications from the internet"), product.InternetBasedClients.Source()},
		},
		rule.Rule{
			ID: "REQ-SUP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "A hierarchy that deploys software updates has software update points",
			Why:     "The top-level site synchronizes first, and clients scan at a software update point of their primary site.",
			Fix:     `Assign role = "software_update_point" to a server of the site.`,
			Sources: []product.Source{product.SoftwareUpdatePoint.Source(), product.SoftwareUpdatesPlan.At("Determine the software update point infrastructure"), product.SoftwareUpdatesPrerequisites.Source()},
		},
		rule.Rule{
			ID: "REQ-SMP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "A site that keeps user state on servers has a state migration point",
			Why:     "User state that operating system deployment does not keep on the computer itself is kept there.",
			Fix:     `Assign role = "state_migration_point" to a server of the site.`,
			Sources: []product.Source{product.UserState.Source()},
		},
		rule.Rule{
			ID: "REQ-EPP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "A hierarchy that manages Endpoint Protection has the Endpoint Protection point",
			Why:     "It accepts the license terms and sets the defaults, once, at the top-level site.",
			Fix:     `Assign role = "endpoint_protection_point" to a server of the top-level site.`,
			Sources: []product.Source{product.EndpointProtectionPoint.Source()},
		},
		rule.Rule{
			ID: "REQ-DWSP", Severity: rule.SeverityInfo, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:     "Long-term history has a data warehouse service point, and a reporting services point for its reports",
			Why:       "The warehouse copies the database of the top-level site, and a reporting services point there shows what it holds.",
			Fix:       `Assign "data_warehouse_service_point" and "reporting_services_point" to servers of the top-level site.`,
			Sources:   []product.Source{product.DataWarehouse.Source()},
			CoveredBy: rule.AtSite("DEP-DWSP-RSP"),
		},
		rule.Rule{
			ID: "REQ-RSP-FSP", Severity: rule.SeverityInfo, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "The client deployment reports have a reporting services point and a fallback status point",
			Why:     "They show what clients sent to the fallback status point that they were assigned to during their installation.",
			Fix:     `Assign "reporting_services_point", and "fallback_status_point" on a server of its own, to servers of the primary site.`,
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Reporting services point")},
		},
		rule.Rule{
			ID: "REQ-SCP", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
			Title:   "The top-level site has a service connection point",
			Why:     "Updates of the product come to the console through it. Cloud features need it in online mode.",
			Fix:     `Assign role = "service_connection_point" to a server of the top-level site.`,
			Sources: []product.Source{product.ServiceConnectionPoint.Source(), product.TenantAttach.Source(), product.CMGPlan.Source()},
		},
		rule.Rule{
			ID: "REQ-TENANT-ATTACH", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "from 2002",
			Title:     "A hierarchy with tenant attach has a service connection point in online mode",
			Why:       "Devices and actions travel through it. The administration service comes with the SMS Provider.",
			Fix:       `Assign role = "service_connection_point" to a server of the top-level site, with mode = "online" in its block.`,
			Sources:   []product.Source{product.TenantAttach.At("Prerequisites"), product.SiteSystemPrerequisites.At("SMS Provider server")},
			CoveredBy: rule.InHierarchy("CMG-SCP-ONLINE"),
		},
		rule.Rule{
			ID: "REQ-AISP", Severity: rule.SeverityInfo, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "before 2603",
			Title:   "Synchronizing the Asset Intelligence catalog takes an Asset Intelligence synchronization point",
			Why:     "It belongs to the top-level site, is deprecated, and cannot be added from version 2603 on.",
			Fix:     `Assign role = "asset_intelligence_synchronization_point" to a server of the top-level site.`,
			Sources: []product.Source{product.AssetIntelligence.Source(), product.AssetIntelligenceDeprecation.Source(), product.WhatsNew2603.Source()},
		},
		rule.Rule{
			ID: "REQ-CRP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "before 2203",
			Title: "SCEP and PFX certificate profiles have a certificate registration point",
			Why: "It requests the certificates, for SCEP together with a server of the Network Device Enrollment Service. From version 2203 on it is not " +
				"supported: Microsoft Intune deploys such profiles. Profiles that only distribute a root certificate need none.",
			Fix:     `Assign role = "certificate_registration_point" to a server of the site, or take certificate_profiles out of the features.`,
			Sources: []product.Source{product.CertificateInfrastructure.Source(), product.ResourceAccessDeprecation.Source()},
		},
		rule.Rule{
			ID: "REQ-EXC", Severity: rule.SeverityInfo, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title: "Devices of Exchange Server have an Exchange Server connector",
			Why: "The primary site learns of them through the connector. They need no management point, distribution point, enrollment roles or fallback " +
				"status point.",
			Fix:     `Assign role = "exchange_server_connector" to a server of the primary site.`,
			Sources: []product.Source{product.ExchangeActiveSync.Source(), product.SiteSystemRolesForClients.Source()},
		},
		rule.Rule{
			ID: "REQ-BITLOCKER", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "from 1910",
			Title: "BitLocker management has a reporting services point, and up to 2010 a management point over HTTPS",
			Why: "Recovery keys go to a management point, up to version 2010 over HTTPS only. The recovery audit is a report of the primary site. The portals " +
				"run on any web server.",
			Fix: `Assign role = "reporting_services_point" to a server of the primary site; up to version 2010 set protocol = "https" in the management_point ` +
				`block.`,
			Sources: []product.Source{product.BitLocker.At("Prerequisites")},
		},
	),
	answeredRules(
		rule.Rule{
			ID: "REQ-OS-REMOVED", Severity: rule.SeverityError, Basis: rule.Removed, Scope: rule.ScopeHierarchy,
			Title: "Clients run a platform that the product supports",
			Why: "Linux and UNIX are gone from version 1902, Windows CE 7.0 and Windows 10 Mobile from 2006, the platforms of the mobile device legacy client " +
				"from 1511, and macOS since 2023.",
			Fix:     "Manage these devices with Microsoft Intune, or replace them.",
			Sources: []product.Source{product.DeprecatedClient.Source(), product.ClientOperatingSystems.Source(), product.DeprecatedFeatures.Source()},
			Note:    "configmgr_required_roles warns of such a population and answers all the same; the function lists it in notices.",
		},
		rule.Rule{
			ID: "REQ-EP-DEPR", Severity: rule.SeverityWarning, Basis: rule.Deprecated, Scope: rule.ScopeSite,
			Title:   "Nothing new relies on the enrollment point and the enrollment proxy point",
			Why:     "Both are deprecated together with on-premises mobile device management and the client for macOS, and Windows Server 2025 cannot hold them.",
			Fix:     "Manage these devices with Microsoft Intune.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point"), product.SupportedOperatingSystems.Source()},
			Note:    "configmgr_required_roles warns of such a population and says so among the reasons; the roles themselves are ROLE-LIFE-EP-DEPR.",
		},
		rule.Rule{
			ID: "REQ-CAS-NOROLE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title: "No role that serves clients is required of a central administration site",
			Why: "It has no clients of its own. Management points, distribution points, state migration points, fallback status points and the enrollment " +
				"roles belong to the sites below it.",
			Fix:     "Assign such a role to a server of a primary site.",
			Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a central administration site")},
			Note:    "configmgr_required_roles answers forbidden; a role that is there all the same is ROLE-SITE-MP and the like.",
		},
		rule.Rule{
			ID: "REQ-SECONDARY", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
			Title: "A secondary site has one management point, and no role that belongs to a primary site",
			Why: "Setup puts a management point and a distribution point on its site server. It may have a software update point and a state migration point; " +
				"a fallback status point, reporting services point, enrollment roles and the roles of a hierarchy belong elsewhere.",
			Fix:     "Assign such a role to a server of the primary site.",
			Sources: []product.Source{product.SiteSystemRoles.Source(), product.SizeAndScale.At("Management point"), product.SiteSystemPrerequisites.At("Default site system roles for the secondary site server")},
			Note: "configmgr_required_roles answers forbidden; a role that is there all the same is ROLE-SITE-FSP and the like, a second management point " +
				"ROLE-CARD-MP-SEC.",
		},
	),
	rule.Told(
		rule.Rule{
			ID: "REQ-MP-INSTALL-WINDOWS", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "Windows clients are installed from a distribution point, else from a management point",
			Why:     "For the installation the management point is what is left when no distribution point is available. CCMSetup takes another source with /source.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Management point")},
		},
		rule.Rule{
			ID: "REQ-MP-SOURCE-USE", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title: "CCMSetup with /source keeps the installation away from the site's servers",
			Why: "It is meant for clients on the internet, behind a firewall that blocks the ports, and on slow lines. The clients are managed through a " +
				"management point all the same.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Management point")},
		},
		rule.Rule{
			ID: "REQ-MP-AUTOSELECT", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "Clients choose among several management points by themselves",
			Why:     "They go by forest membership and network location.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Management point"), product.FindSiteResources.Source()},
		},
		rule.Rule{
			ID: "REQ-DP-WINDOWS-INSTALL", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "Windows clients can be installed without a distribution point",
			Why:     "They use one by default, and a management point without it.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Distribution point"), product.ClientPrerequisites.Source()},
		},
		rule.Rule{
			ID: "REQ-DP-MOBILE-ENROLLED", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "Enrolled mobile devices do not install their client from a distribution point",
			Why:     "They get it through enrollment.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Distribution point")},
		},
		rule.Rule{
			ID: "REQ-FSP-CONDITIONS", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
			Title: "A fallback status point is for those for whom four conditions hold",
			Why: "Errors of Windows clients are wanted even when they cannot reach a management point; the client deployment reports are used; there is a " +
				"dedicated server with additional protection; and the benefit outweighs the risk of unauthenticated connections in clear text. Where it does not, " +
				"the role is not installed.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Fallback status point")},
		},
		rule.Rule{
			ID: "REQ-FSP-WINDOWS-ONLY", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "Only Windows computers use a fallback status point",
			Why:     "Macs, mobile devices that Configuration Manager enrolls and devices of the Exchange Server connector do not.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Fallback status point")},
		},
		rule.Rule{
			ID: "REQ-FSP-NOT-HEALTH", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "Client activity and client health need no fallback status point",
			Why:     "Both are monitored through management points.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Fallback status point")},
		},
		rule.Rule{
			ID: "REQ-FSP-UNMANAGED", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "A fallback status point shows Windows computers that are not managed",
			Why:     "They report to it when they cannot reach a management point.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Fallback status point")},
		},
		rule.Rule{
			ID: "REQ-FSP-ASSIGN", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "A fallback status point is installed before the clients",
			Why:     "Clients learn of it while they are installed, those that use certificates of a public key infrastructure only then.",
			Sources: []product.Source{product.ClientSecurity.Source(), product.SiteSecurity.Source()},
		},
		rule.Rule{
			ID: "REQ-RSP-REPORTS", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
			Title:   "Reports help, but no client needs them to be deployed",
			Why:     "Deployments also show in the console and in the log files of the clients.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Reporting services point")},
		},
		rule.Rule{
			ID: "REQ-EP-MAC-INDEP", Basis: rule.Documented, Scope: rule.ScopeSite,
			Title:   "Macs with certificates of their own need no enrollment roles",
			Why:     "Their certificates are then requested and installed independently of Configuration Manager.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		},
		rule.Rule{
			ID: "REQ-EP-EXCHANGE", Basis: rule.Documented, Scope: rule.ScopeSite,
			Title:   "Devices of the Exchange Server connector need no enrollment roles",
			Why:     "They talk to Exchange only.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		},
		rule.Rule{
			ID: "REQ-EP-LEGACY", Basis: rule.Documented, Scope: rule.ScopeSite,
			Title:   "The mobile device legacy client needs no enrollment roles",
			Why:     "It is installed from a distribution point.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		},
		rule.Rule{
			ID: "REQ-WORKGROUP", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "Clients in a workgroup need HTTPS, enhanced HTTP or a network access account",
			Why:     "They cannot show a computer account of the domain, are approved by hand, and find a management point by DNS.",
			Sources: []product.Source{product.Communications.At("Support computers in a workgroup")},
		},
		rule.Rule{
			ID: "REQ-SEED-TERMS", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
			Title:   "The cloud management gateway connector point is the connection point",
			Why:     "Articles use both names for one role.",
			Sources: []product.Source{product.SiteSystemRolesForClients.At("Cloud management gateway connector point")},
		},
	),
)

// comparedRules are those by which a hierarchy is compared with its required roles.
func comparedRules(rules ...rule.Rule) []rule.Rule {
	for i := range rules {
		r := &rules[i]
		r.Hierarchy = lacks
		if r.Severity == rule.SeverityInfo {
			r.Note = "a role that was asked for and is missing is a warning."
		}
	}
	return rules
}

// answeredRules are those that configmgr_required_roles itself tells about.
func answeredRules(rules ...rule.Rule) []rule.Rule {
	for i := range rules {
		rules[i].Enforcement = rule.ToldWithAnswer
	}
	return rules
}
