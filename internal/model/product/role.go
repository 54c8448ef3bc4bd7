package product

import (
	"slices"
	"strings"
)

// RoleKind says how a role comes to a server.
type RoleKind uint8

// The kinds of roles.
const (
	RoleAssignable   RoleKind = iota + 1 // an administrator assigns it
	RoleRemoved                          // it was assignable once; a rule refuses it with its history
	RoleSetByProduct                     // Setup or the product puts it on a server
	RoleFacet                            // a setting of another role
	RoleCloudService                     // an Azure service, not a role of a server
)

// Keys of roles that rules name.
const (
	RoleManagementPoint         = "management_point"
	RoleDistributionPoint       = "distribution_point"
	RoleSoftwareUpdatePoint     = "software_update_point"
	RoleStateMigrationPoint     = "state_migration_point"
	RoleFallbackStatusPoint     = "fallback_status_point"
	RoleReportingServicesPoint  = "reporting_services_point"
	RoleServiceConnectionPoint  = "service_connection_point"
	RoleDataWarehouse           = "data_warehouse_service_point"
	RoleEndpointProtection      = "endpoint_protection_point"
	RoleAssetIntelligence       = "asset_intelligence_synchronization_point"
	RoleEnrollmentPoint         = "enrollment_point"
	RoleEnrollmentProxyPoint    = "enrollment_proxy_point"
	RoleCertificateRegistration = "certificate_registration_point"
	RoleGatewayConnection       = "cloud_management_gateway_connection_point"
	RoleCloudDistributionPoint  = "cloud_distribution_point"
	RoleExchangeConnector       = "exchange_server_connector"
	RoleCatalogWebService       = "application_catalog_web_service_point"
	RoleCatalogWebsite          = "application_catalog_website_point"
	RoleOutOfBand               = "out_of_band_service_point"
	RoleHealthValidator         = "system_health_validator_point"
	RoleIntuneConnector         = "windows_intune_connector"
)

// Role is one entry of the role catalog.
type Role struct {
	Key          string
	Name         string // as the console writes it within a sentence
	Abbreviation string // as rule ids use it
	Kind         RoleKind
	// WMIRoleName is the role name in SMS_SCI_SysResUse; empty where the role is no
	// resource of a server.
	WMIRoleName string
	// Tiers are the tiers that the role is supported at.
	Tiers []Tier
	// Because says, in a sentence, why the role belongs to these tiers; empty for a role
	// that is not assigned.
	Because string
	// Deprecation tells that the product gives the role up, nil for one that stays.
	Deprecation *Deprecation
	// Instead tells what to declare in place of a role that cannot be assigned.
	Instead string
	// SetupRule is the id of the rule that says why a role cannot be assigned,
	// where the catalog has one.
	SetupRule string
	Source    Source
}

// Deprecation tells what becomes of a role that the product gives up.
type Deprecation struct {
	Since    Version // the first version that warns of the role
	Removed  Version // the first version that does not support or offer it, 0 when none is known
	Sentence string
	Source   Source
}

// Assignable reports whether a role assignment may name the role: what cannot be
// assigned any more is let through here and refused, with its history, by a rule.
func (r *Role) Assignable() bool { return r.Kind == RoleAssignable || r.Kind == RoleRemoved }

// Supports reports whether the role is supported at a tier.
func (r *Role) Supports(t Tier) bool { return slices.Contains(r.Tiers, t) }

// Sets of tiers that roles are supported at.
var (
	EveryTier    = []Tier{TierCentralAdministration, TierStandAlonePrimary, TierChildPrimary, TierSecondary}
	TopTier      = []Tier{TierCentralAdministration, TierStandAlonePrimary}
	PrimaryTiers = []Tier{TierStandAlonePrimary, TierChildPrimary}
	ClientTiers  = []Tier{TierStandAlonePrimary, TierChildPrimary, TierSecondary}
	UpperTiers   = []Tier{TierCentralAdministration, TierStandAlonePrimary, TierChildPrimary}
)

// roles is the role catalog. The names of the WMI roles are those of the role
// list of Get-CMSiteRole; the tiers come from the article named as the source.
var roles = []Role{
	{Key: "site_server", Name: "site server", Abbreviation: "SS", Kind: RoleSetByProduct, WMIRoleName: "SMS Site Server", Tiers: EveryTier, SetupRule: "ROLE-SITE-SS",
		Instead: "Setup installs the site server with the site. Name it in site_server of the configmgr_site.", Source: SiteSystemRoles.At("Configuration Manager site server")},
	{Key: "site_server_passive", Name: "site server in passive mode", Abbreviation: "SSP", Kind: RoleSetByProduct, WMIRoleName: "SMS Site Server", Tiers: UpperTiers,
		Instead: "Name it in passive_site_server of the configmgr_site.", Source: SiteServerHighAvailability.Source()},
	{Key: "site_system", Name: "site system", Abbreviation: "SYS", Kind: RoleSetByProduct, WMIRoleName: "SMS Site System", Tiers: EveryTier, SetupRule: "ROLE-SITE-SYS",
		Instead: "The product adds it to every server that holds a role. Declare a configmgr_site_system_server.", Source: SiteSystemRoles.At("Configuration Manager site system")},
	{Key: "component_server", Name: "component server", Abbreviation: "CMP", Kind: RoleSetByProduct, WMIRoleName: "SMS Component Server", Tiers: EveryTier, SetupRule: "ROLE-SITE-CMP",
		Instead: "The product adds it to every server that runs the SMS Executive service. There is nothing to declare.", Source: SiteSystemRoles.At("Configuration Manager component site system role")},
	{Key: "site_database_server", Name: "site database server", Abbreviation: "DB", Kind: RoleSetByProduct, WMIRoleName: "SMS SQL Server", Tiers: EveryTier, SetupRule: "ROLE-SITE-DB",
		Instead: "Setup assigns it. Name the computer in the database block of the configmgr_site; without one the site server hosts the database.", Source: SiteSystemRoles.At("Configuration Manager site database server")},
	{Key: "sms_provider", Name: "SMS Provider", Abbreviation: "PROV", Kind: RoleSetByProduct, WMIRoleName: "SMS Provider", Tiers: UpperTiers,
		Instead: "Setup installs it. List the computers in sms_providers of the configmgr_site.", Source: SMSProvider.At("About")},
	{Key: RoleManagementPoint, Name: "management point", Abbreviation: "MP", Kind: RoleAssignable, WMIRoleName: "SMS Management Point", Tiers: ClientTiers,
		Because: "A central administration site serves no clients, and clients find their site through its management points.",
		Source:  SiteSystemRoles.At("Management point")},
	{Key: "device_management_point", Name: "management point for mobile devices and Macs", Abbreviation: "DMP", Kind: RoleFacet, WMIRoleName: "SMS Device Management Point", Tiers: PrimaryTiers,
		Instead: `Assign "management_point" and set allow_mobile_devices = true in its management_point block.`, Source: SiteSystemRolesForClients.At("Management point")},
	{Key: RoleDistributionPoint, Name: "distribution point", Abbreviation: "DP", Kind: RoleAssignable, WMIRoleName: "SMS Distribution Point", Tiers: ClientTiers,
		Because: "A central administration site serves no clients; from version 2111 the cmdlet refuses a distribution point there.",
		Source:  SiteSystemRoles.At("Distribution point")},
	{Key: "pull_distribution_point", Name: "pull-distribution point", Abbreviation: "PDP", Kind: RoleFacet, WMIRoleName: "SMS Distribution Point", Tiers: ClientTiers,
		Instead: `Assign "distribution_point" and list its sources in pull_sources of its distribution_point block.`, Source: PullDistributionPoint.Source()},
	{Key: "multicast_service_point", Name: "multicast service point", Abbreviation: "MCS", Kind: RoleFacet, WMIRoleName: "SMS Multicast Service Point", Tiers: ClientTiers,
		Instead: `Assign "distribution_point" and give its distribution_point block a multicast block.`, Source: DistributionPoints.At("Multicast")},
	{Key: RoleSoftwareUpdatePoint, Name: "software update point", Abbreviation: "SUP", Kind: RoleAssignable, WMIRoleName: "SMS Software Update Point", Tiers: EveryTier, Source: SiteSystemRoles.At("Software update point")},
	{Key: RoleStateMigrationPoint, Name: "state migration point", Abbreviation: "SMP", Kind: RoleAssignable, WMIRoleName: "SMS State Migration Point", Tiers: ClientTiers,
		Because: "User state is stored where the clients are: at primary and secondary sites.",
		Source:  SiteSystemRoles.At("State migration point")},
	{Key: RoleFallbackStatusPoint, Name: "fallback status point", Abbreviation: "FSP", Kind: RoleAssignable, WMIRoleName: "SMS Fallback Status Point", Tiers: PrimaryTiers,
		Because: "Clients are assigned to primary sites, and their fallback status messages go there.",
		Source:  SiteSystemRoles.At("Fallback status point")},
	{Key: RoleReportingServicesPoint, Name: "reporting services point", Abbreviation: "RSP", Kind: RoleAssignable, WMIRoleName: "SMS SRS Reporting Point", Tiers: UpperTiers,
		Because: "Reports read the site database of a central administration or primary site; a secondary site has only a copy of part of the data.",
		Source:  SiteSystemRoles.At("Reporting services point")},
	{Key: RoleServiceConnectionPoint, Name: "service connection point", Abbreviation: "SCP", Kind: RoleAssignable, WMIRoleName: "SMS Dmp Connector", Tiers: TopTier,
		Because: "The hierarchy talks to the cloud service through its top-level site only.",
		Source:  SiteSystemRoles.At("Service connection point")},
	{Key: RoleDataWarehouse, Name: "data warehouse service point", Abbreviation: "DWSP", Kind: RoleAssignable, WMIRoleName: "Data Warehouse Service Point", Tiers: TopTier,
		Because: "The data warehouse copies the database of the top-level site.",
		Source:  DataWarehouse.At("Prerequisites")},
	{Key: RoleEndpointProtection, Name: "Endpoint Protection point", Abbreviation: "EPP", Kind: RoleAssignable, WMIRoleName: "SMS Endpoint Protection Point", Tiers: TopTier,
		Because: "The Endpoint Protection license and defaults are set once for a hierarchy, at its top-level site.",
		Source:  SiteSystemRoles.At("Endpoint Protection point")},
	{Key: RoleAssetIntelligence, Name: "Asset Intelligence synchronization point", Abbreviation: "AISP", Kind: RoleAssignable, WMIRoleName: "AI Update Service Point", Tiers: TopTier,
		Because: "The Asset Intelligence catalog is synchronized once for a hierarchy, at its top-level site.",
		Deprecation: &Deprecation{Since: 2203, Removed: 2603, Sentence: "The Asset Intelligence synchronization point is deprecated, and cannot be added from " +
			"version 2603 on.",
			Source: AssetIntelligenceDeprecation.Source()},
		Source: SiteSystemRoles.At("Asset Intelligence synchronization point")},
	{Key: RoleEnrollmentPoint, Name: "enrollment point", Abbreviation: "EP", Kind: RoleAssignable, WMIRoleName: "SMS Enrollment Server", Tiers: PrimaryTiers,
		Because: "Devices enroll at the primary site that manages them.",
		Deprecation: &Deprecation{Since: 2203, Sentence: "The enrollment point is deprecated with on-premises mobile device management and the client for " +
			"macOS; manage the devices with Microsoft Intune.",
			Source: SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		Source: SiteSystemRoles.At("Enrollment point")},
	{Key: RoleEnrollmentProxyPoint, Name: "enrollment proxy point", Abbreviation: "EPXP", Kind: RoleAssignable, WMIRoleName: "SMS Enrollment Web Site", Tiers: PrimaryTiers,
		Because: "Devices enroll at the primary site that manages them.",
		Deprecation: &Deprecation{Since: 2203, Sentence: "The enrollment proxy point is deprecated with on-premises mobile device management and the client " +
			"for macOS; manage the devices with Microsoft Intune.",
			Source: SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		Source: SiteSystemRoles.At("Enrollment proxy point")},
	{Key: RoleCertificateRegistration, Name: "certificate registration point", Abbreviation: "CRP", Kind: RoleAssignable, WMIRoleName: "SMS Certificate Registration Point", Tiers: UpperTiers,
		Because: "Certificate profiles are served by central administration and primary sites.",
		Deprecation: &Deprecation{Since: 2103, Removed: 2203, Sentence: "The certificate registration point is deprecated, and not supported from version 2203 " +
			"on; use certificate profiles of Microsoft Intune.",
			Source: ResourceAccessDeprecation.Source()},
		Source: SiteSystemRoles.At("Certificate registration point")},
	{Key: RoleGatewayConnection, Name: "cloud management gateway connection point", Abbreviation: "CMGCP", Kind: RoleAssignable, WMIRoleName: "SMS Cloud Proxy Connector", Tiers: PrimaryTiers,
		Because: "The connection point forwards to the management points of its site; placing it at a central administration site is nowhere documented.",
		Source:  CMGHierarchy.Source()},
	{Key: "cloud_management_gateway", Name: "cloud management gateway", Abbreviation: "CMG", Kind: RoleCloudService, Tiers: UpperTiers,
		Instead: "It is an Azure service. Declare it in cloud_management_gateways of the configmgr_hierarchy; what a server carries is the " +
			"cloud_management_gateway_connection_point.", Source: CMGSetup.Source()},
	{Key: RoleCloudDistributionPoint, Name: "cloud distribution point", Abbreviation: "CDP", Kind: RoleRemoved, Tiers: UpperTiers,
		Because: "A cloud distribution point belonged to a central administration or primary site.",
		Instead: "Use a content-enabled cloud management gateway: declare it in cloud_management_gateways of the configmgr_hierarchy.", Source: DeprecatedFeatures.At("Deprecated features")},
	{Key: RoleExchangeConnector, Name: "Exchange Server connector", Abbreviation: "EXC", Kind: RoleAssignable, Tiers: PrimaryTiers,
		Because: "The Exchange Server connector is configured on a primary site, which manages the devices it finds.",
		Source:  ExchangeConnector.At("Install the connector")},
	{Key: RoleCatalogWebService, Name: "Application Catalog web service point", Abbreviation: "ACAT", Kind: RoleRemoved, WMIRoleName: "SMS Application Web Service", Tiers: PrimaryTiers,
		Because: "The Application Catalog served the clients of a primary site.",
		Instead: "Software Center shows user-available applications without it: remove the role.", Source: ApplicationManagement.Source()},
	{Key: RoleCatalogWebsite, Name: "Application Catalog website point", Abbreviation: "ACAT", Kind: RoleRemoved, WMIRoleName: "SMS Portal Web Site", Tiers: PrimaryTiers,
		Because: "The Application Catalog served the clients of a primary site.",
		Instead: "Software Center shows user-available applications without it: remove the role.", Source: ApplicationManagement.Source()},
	{Key: RoleOutOfBand, Name: "out of band service point", Abbreviation: "LEGACY", Kind: RoleRemoved, WMIRoleName: "SMS AMT Service Point",
		Instead: "Current branch has no successor; manage Intel AMT with tools outside Configuration Manager.", Source: DeprecatedFeatures.At("Unsupported and removed features")},
	{Key: RoleHealthValidator, Name: "System Health Validator point", Abbreviation: "LEGACY", Kind: RoleRemoved, WMIRoleName: "SMS System Health Validator",
		Instead: "Network Access Protection was removed from Windows Server and from the product; use compliance policies and conditional access.", Source: DeprecatedFeatures.At("Unsupported and removed features")},
	{Key: RoleIntuneConnector, Name: "Microsoft Intune connector", Abbreviation: "INTUNE", Kind: RoleRemoved,
		Instead: "Manage the devices with Microsoft Intune; cloud features of the site use the service connection point.", Source: DeprecatedFeatures.Source()},
	{Key: "notification_server", Name: "notification server", Abbreviation: "BGB", Kind: RoleSetByProduct, WMIRoleName: "SMS Notification Server", Tiers: ClientTiers,
		Instead: "It comes with every management point. There is nothing to declare.", Source: RoleNames.Source()},
	{Key: "dm_enrollment_service", Name: "DM enrollment service", Abbreviation: "DMES", Kind: RoleSetByProduct, WMIRoleName: "SMS DM Enrollment Service",
		Instead: "The product sets it up itself. There is nothing to declare.", Source: RoleNames.Source()},
	{Key: "microsoft_connected_cache", Name: "Microsoft Connected Cache", Abbreviation: "MCC", Kind: RoleFacet, Tiers: ClientTiers,
		Instead: `Assign "distribution_point" and set connected_cache = true in its distribution_point block.`, Source: ConnectedCache.Source()},
}

var rolesByKey = func() map[string]*Role {
	m := make(map[string]*Role, len(roles))
	for i := range roles {
		m[roles[i].Key] = &roles[i]
	}
	return m
}()

// Roles returns the role catalog in the order of the documentation.
func Roles() []Role { return slices.Clone(roles) }

// RoleOf returns a role of the catalog, nil when there is none with the key.
func RoleOf(key string) *Role { return rolesByKey[key] }

// RoleByKey returns a role of the catalog.
func RoleByKey(key string) (Role, bool) {
	r, ok := rolesByKey[key]
	if !ok {
		return Role{}, false
	}
	return *r, true
}

// RoleName returns the name of a role as the console writes it, and the key
// itself, quoted, for one that is not in the catalog.
func RoleName(key string) string {
	if r, ok := rolesByKey[key]; ok {
		return r.Name
	}
	return `role "` + key + `"`
}

// AssignableRoles lists the keys that a role assignment may name, those of removed
// roles included.
func AssignableRoles() []string {
	var keys []string
	for _, r := range roles {
		if r.Assignable() {
			keys = append(keys, r.Key)
		}
	}
	return keys
}

// alsoCalled has what administrators call a role that is installed with it.
var alsoCalled = map[string]string{
	RoleSoftwareUpdatePoint:    "WSUS",
	RoleReportingServicesPoint: "SSRS",
	RoleGatewayConnection:      "CMG",
}

// NearestRoles returns the assignable roles that a misspelt role may have meant,
// also by the abbreviation that administrators use.
func NearestRoles(name string) []string {
	for _, r := range roles {
		if !r.Assignable() {
			continue
		}
		// Consoles show the name, scripts the one of the SMS Provider.
		for _, other := range []string{r.Abbreviation, r.Name, r.WMIRoleName, alsoCalled[r.Key]} {
			if other != "" && strings.EqualFold(other, strings.TrimSpace(name)) {
				return []string{r.Key}
			}
		}
	}
	return Nearest(name, AssignableRoles())
}

// IsSiteSystemRole reports whether a role is one of a server: connectors and cloud
// services are not.
func (r *Role) IsSiteSystemRole() bool { return r.WMIRoleName != "" }
