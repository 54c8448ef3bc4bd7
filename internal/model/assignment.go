package model

import (
	"reflect"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Assignment is a declared role assignment: one role on one server.
type Assignment struct {
	Element

	ID          Value[string]  `attr:"id"`
	Server      Value[*Server] `attr:"server"`
	Role        Value[string]  `attr:"role"`
	WMIRoleName Value[string]  `attr:"wmi_role_name"`
	Installed   Value[bool]    `attr:"installed"` // null: false

	ManagementPoint         Value[*ManagementPoint]         `attr:"management_point"`
	DistributionPoint       Value[*DistributionPoint]       `attr:"distribution_point"`
	SoftwareUpdatePoint     Value[*SoftwareUpdatePoint]     `attr:"software_update_point"`
	FallbackStatusPoint     Value[*FallbackStatusPoint]     `attr:"fallback_status_point"`
	ServiceConnectionPoint  Value[*ServiceConnectionPoint]  `attr:"service_connection_point"`
	ReportingServicesPoint  Value[*ReportingServicesPoint]  `attr:"reporting_services_point"`
	DataWarehouse           Value[*DataWarehouse]           `attr:"data_warehouse_service_point"`
	EnrollmentPoint         Value[*EnrollmentPoint]         `attr:"enrollment_point"`
	EnrollmentProxyPoint    Value[*EnrollmentProxyPoint]    `attr:"enrollment_proxy_point"`
	CertificateRegistration Value[*CertificateRegistration] `attr:"certificate_registration_point"`
	GatewayConnection       Value[*GatewayConnection]       `attr:"cloud_management_gateway_connection_point"`
	ExchangeConnector       Value[*ExchangeConnector]       `attr:"exchange_server_connector"`

	AcceptedFindings Value[map[string]Value[string]] `attr:"accepted_findings"`
	Unknown          Value[[]Value[string]]          `attr:"unknown"` // attributes that the design does not know

	// What a role assignment says about its server where it does not carry it.
	SiteCode Value[string] `attr:"site_code"`
	FQDN     Value[string] `attr:"fqdn"`

	InstallCommand Value[string] `attr:"install_command"`
	ReportAt       Value[string] `attr:"report_at"` // computed: hierarchy where that reports
}

// Protocols and client connection types of client-facing roles.
const (
	ProtocolHTTP  = "http"
	ProtocolHTTPS = "https"

	ConnectionsIntranet            = "intranet"
	ConnectionsInternet            = "internet"
	ConnectionsInternetAndIntranet = "internet_and_intranet"
)

// Protocols lists the protocols of a client-facing role.
func Protocols() []string { return []string{ProtocolHTTP, ProtocolHTTPS} }

// ClientConnections lists the client connection types.
func ClientConnections() []string {
	return []string{ConnectionsIntranet, ConnectionsInternet, ConnectionsInternetAndIntranet}
}

// ManagementPoint holds the settings of a management point.
type ManagementPoint struct {
	Protocol                  Value[string]           `attr:"protocol"`
	ClientConnections         Value[string]           `attr:"client_connections"`
	AllowMobileDevices        Value[bool]             `attr:"allow_mobile_devices"`
	AllowCMGTraffic           Value[bool]             `attr:"allow_cmg_traffic"`
	DatabaseConnectionAccount Value[string]           `attr:"database_connection_account"`
	DatabaseReplica           Value[*DatabaseReplica] `attr:"database_replica"` // null: none
	BoundaryGroups            Value[[]Value[string]]  `attr:"boundary_groups"`
	TrustsUserForest          Value[bool]             `attr:"trusts_user_forest"` // or is that of the users
	Clients                   Value[int64]            `attr:"clients"`            // of all kinds
	MacOS                     Value[int64]            `attr:"macos"`              // of the clients
	MobileDevices             Value[int64]            `attr:"mobile_devices"`     // of the clients
}

// DatabaseReplica is the replica of the site database that a management point reads.
type DatabaseReplica struct {
	Server       Value[string] `attr:"server"`
	Instance     Value[string] `attr:"instance"` // null: MSSQLSERVER
	DatabaseName Value[string] `attr:"database_name"`
}

// PXE services of a distribution point (attribute pxe).
const (
	PXEWindowsDeploymentServices = "windows_deployment_services"
	PXEResponder                 = "responder"
)

// PXEServices lists the PXE services.
func PXEServices() []string { return []string{PXEWindowsDeploymentServices, PXEResponder} }

// Certificates of a distribution point (attribute certificate).
const (
	CertificateSelfSigned = "self_signed"
	CertificatePKI        = "pki"
)

// Certificates lists the kinds of distribution point certificate.
func Certificates() []string { return []string{CertificateSelfSigned, CertificatePKI} }

// Rate limits of a distribution point (attribute rate_limits).
const (
	RateUnlimited = "unlimited"
	RatePulse     = "pulse_mode"
	RateHourly    = "limited_by_hour"
)

// RateLimits lists the rate limits.
func RateLimits() []string { return []string{RateUnlimited, RatePulse, RateHourly} }

// DistributionPoint holds the settings of a distribution point.
type DistributionPoint struct {
	Protocol          Value[string]                  `attr:"protocol"`
	ClientConnections Value[string]                  `attr:"client_connections"`
	PullSources       Value[map[string]Value[int64]] `attr:"pull_sources"` // FQDN to priority; null: a standard distribution point
	InstallIIS        Value[bool]                    `attr:"install_iis"`  // the site installs IIS where it is missing
	PXE               Value[string]                  `attr:"pxe"`
	PXEResponseDelay  Value[int64]                   `attr:"pxe_response_delay"` // seconds
	ListenOnDHCPPort  Value[bool]                    `attr:"listen_on_dhcp_port"`
	Multicast         Value[*Multicast]              `attr:"multicast"`
	MinimumFreeSpace  Value[int64]                   `attr:"minimum_free_space"` // megabytes

	PrimaryContentDrive   Value[string] `attr:"primary_content_drive"`
	SecondaryContentDrive Value[string] `attr:"secondary_content_drive"`
	PrimaryPackageDrive   Value[string] `attr:"primary_package_drive"`
	SecondaryPackageDrive Value[string] `attr:"secondary_package_drive"`

	AllowPrestagedContent Value[bool]   `attr:"allow_prestaged_content"`
	RateLimits            Value[string] `attr:"rate_limits"`
	Certificate           Value[string] `attr:"certificate"`
	CertificateExpiration Value[string] `attr:"certificate_expiration"` // YYYY-MM-DD
	ConnectedCache        Value[bool]   `attr:"connected_cache"`

	BoundaryGroups Value[[]Value[string]] `attr:"boundary_groups"`
	AllowAnonymous Value[bool]            `attr:"allow_anonymous"`
	Clients        Value[int64]           `attr:"clients"`
	PackageCount   Value[int64]           `attr:"package_count"` // packages and applications on it
}

// Multicast holds the multicast settings of a distribution point.
type Multicast struct {
	MaximumClients     Value[int64]  `attr:"maximum_clients"`
	MinimumSessionSize Value[int64]  `attr:"minimum_session_size"` // clients
	SessionStartDelay  Value[int64]  `attr:"session_start_delay"`  // minutes
	UDPPortStart       Value[int64]  `attr:"udp_port_start"`
	UDPPortEnd         Value[int64]  `attr:"udp_port_end"`
	ConnectionAccount  Value[string] `attr:"connection_account"`
}

// Sources that a software update point synchronizes with (attribute synchronization_source).
const (
	SyncMicrosoftUpdate = "microsoft_update"
	SyncUpstreamWSUS    = "upstream_wsus"
	SyncParentSite      = "parent_site"
	SyncNone            = "none"
)

// SynchronizationSources lists the synchronization sources.
func SynchronizationSources() []string {
	return []string{SyncMicrosoftUpdate, SyncUpstreamWSUS, SyncParentSite, SyncNone}
}

// Web sites that WSUS can use (attribute wsus_website).
const (
	WSUSDefaultWebsite = "default"
	WSUSCustomWebsite  = "custom"
)

// WSUSWebsites lists the web sites that WSUS can use.
func WSUSWebsites() []string { return []string{WSUSDefaultWebsite, WSUSCustomWebsite} }

// SoftwareUpdatePoint holds the settings of a software update point.
type SoftwareUpdatePoint struct {
	Protocol              Value[string] `attr:"protocol"`
	ClientConnections     Value[string] `attr:"client_connections"`
	AllowCMGTraffic       Value[bool]   `attr:"allow_cmg_traffic"`
	SynchronizationSource Value[string] `attr:"synchronization_source"`
	NetworkLoadBalanced   Value[bool]   `attr:"network_load_balanced"`
	WSUSConnectionAccount Value[string] `attr:"wsus_connection_account"`
	WSUSDatabaseServer    Value[string] `attr:"wsus_database_server"`
	WSUSDatabaseInstance  Value[string] `attr:"wsus_database_instance"`
	WSUSWebsite           Value[string] `attr:"wsus_website"`
	HTTPPort              Value[int64]  `attr:"http_port"`
	HTTPSPort             Value[int64]  `attr:"https_port"`
	UseProxy              Value[bool]   `attr:"use_proxy"`                                // of its server
	UseProxyForRules      Value[bool]   `attr:"use_proxy_for_automatic_deployment_rules"` // of its server
	ExistingWSUS          Value[string] `attr:"existing_wsus"`                            // before the role is added
}

// What a WSUS server was used for before it gets the software update point
// (attribute existing_wsus).
const (
	ExistingWSUSNone       = "none"
	ExistingWSUSStandAlone = "stand_alone"
	ExistingWSUSReplica    = "replica"
)

// ExistingWSUSUses lists what a WSUS server was used for before.
func ExistingWSUSUses() []string {
	return []string{ExistingWSUSNone, ExistingWSUSStandAlone, ExistingWSUSReplica}
}

// FallbackStatusPoint holds the settings of a fallback status point.
type FallbackStatusPoint struct {
	Clients Value[int64] `attr:"clients"`
}

// Modes of a service connection point (attribute mode).
const (
	ModeOnline  = "online"
	ModeOffline = "offline"
)

// ServiceConnectionModes lists the modes of a service connection point.
func ServiceConnectionModes() []string { return []string{ModeOnline, ModeOffline} }

// ServiceConnectionPoint holds the settings of a service connection point.
type ServiceConnectionPoint struct {
	Mode Value[string] `attr:"mode"`
}

// ReportingServicesPoint holds the settings of a reporting services point.
type ReportingServicesPoint struct {
	DatabaseServer       Value[string] `attr:"database_server"` // FQDN of the report server database
	ReportServerInstance Value[string] `attr:"report_server_instance"`
	FolderName           Value[string] `attr:"folder_name"`
	Account              Value[string] `attr:"account"` // with which reports read the site database
}

// DataWarehouse holds the settings of a data warehouse service point.
type DataWarehouse struct {
	DatabaseServer Value[string] `attr:"database_server"` // FQDN of the data warehouse database
	RetentionDays  Value[int64]  `attr:"retention_days"`
	Account        Value[string] `attr:"account"` // with which reports read the data warehouse
}

// EnrollmentPoint holds the settings of an enrollment point.
type EnrollmentPoint struct {
	DatabaseConnectionAccount Value[string] `attr:"database_connection_account"`
}

// EnrollmentProxyPoint holds the settings of an enrollment proxy point.
type EnrollmentProxyPoint struct {
	EnrollmentPoint   Value[string] `attr:"enrollment_point"` // FQDN
	ClientConnections Value[string] `attr:"client_connections"`
}

// Certificates that a certificate registration point requests (attribute request_type).
const (
	RequestSCEP = "scep"
	RequestPFX  = "pfx"
)

// CertificateRequests lists the certificates that a certificate registration point
// requests.
func CertificateRequests() []string { return []string{RequestSCEP, RequestPFX} }

// CertificateRegistration holds the settings of a certificate registration point.
type CertificateRegistration struct {
	RequestType               Value[string] `attr:"request_type"`
	NDESServer                Value[string] `attr:"ndes_server"` // FQDN
	DatabaseConnectionAccount Value[string] `attr:"database_connection_account"`
}

// GatewayConnection holds the settings of a cloud management gateway connection point.
type GatewayConnection struct {
	CloudManagementGateway Value[string] `attr:"cloud_management_gateway"` // service name
	ClientCertificate      Value[bool]   `attr:"client_authentication_certificate"`
}

// ExchangeConnector holds the settings of an Exchange Server connector.
type ExchangeConnector struct {
	Organization Value[string] `attr:"organization"`
}

// Accepted returns the findings that the element accepts, with the reasons, by rule id.
func (a *Assignment) Accepted() Value[map[string]Value[string]] { return a.AcceptedFindings }

// Label names the element in a sentence.
func (a *Assignment) Label() string {
	role := "a role that is not known yet"
	if key, ok := a.Role.Get(); ok {
		role = product.RoleName(key)
	}
	if host, ok := a.Host().Get(); ok {
		return role + " on " + host
	}
	return role + " on a server that is not known yet"
}

// CatalogRole returns the catalog entry of the assigned role, nil when it is not known
// or not in the catalog.
func (a *Assignment) CatalogRole() *product.Role {
	key, ok := a.Role.Get()
	if !ok {
		return nil
	}
	return product.RoleOf(key)
}

// DeclaredServer returns the assignment's server, or an empty one that leaves every rule
// about it undecided.
func (a *Assignment) DeclaredServer() *Server {
	if s, ok := a.Server.Get(); ok {
		return s
	}
	return undecidedServer
}

// DeclaredSite returns the site of the assignment's server, or an empty one that leaves
// every rule about it undecided.
func (a *Assignment) DeclaredSite() *Site {
	if s, ok := a.DeclaredServer().Site.Get(); ok {
		return s
	}
	return UndecidedSite
}

// Host returns the normalized name of the server that holds the role.
func (a *Assignment) Host() Value[string] { return a.DeclaredServer().Host() }

// Stand-ins for a reference that is not known: every attribute that has a default
// is unknown, so that no rule takes the default for a fact.
var (
	UndecidedSite = &Site{
		Code: Unknown[string](), Type: Unknown[product.SiteType](), Server: Unknown[string](), Version: Unknown[string](),
		Tier: Unknown[string](), Parent: Unknown[*Site](), PassiveServer: Unknown[string](),
		Providers: Unknown[[]Value[string]](), ContentLibraryPath: Unknown[string](), Database: Unknown[*Database](),
		Branch: Unknown[string](), Installed: Unknown[bool](), ClientPorts: Unknown[*ClientPorts](),
	}
	undecidedServer = &Server{FQDN: Unknown[string](), Site: Unknown[*Site](), Proxy: Unknown[*Proxy](), OperatingSystem: Unknown[string]()}
)

// noDistributionPoint are settings that nobody declared. Nothing writes to it.
var noDistributionPoint = &DistributionPoint{}

// IsPull reports whether a distribution point is a pull-distribution point.
func (d *DistributionPoint) IsPull() Value[bool] {
	if d.PullSources.IsUnknown() {
		return Unknown[bool]()
	}
	return Known(d.PullSources.IsKnown())
}

// DeclaredDistributionPoint returns the declared settings of a distribution point, or
// empty ones: every setting of them then reads as the product's default.
func (a *Assignment) DeclaredDistributionPoint() Value[*DistributionPoint] {
	return a.DistributionPoint.OrDefault(noDistributionPoint)
}

// Settings lists the names of the settings blocks in which something is known, in the order
// of the documentation. Each is named like its role. Any other may turn out to be none:
// Terraform writes a dynamic block whose for_each is not known yet with all its arguments
// unknown, and without arguments as an empty one.
func (a *Assignment) Settings() []string {
	var blocks []string
	for i, block := range a.settings() {
		if holds(block) {
			blocks = append(blocks, settingsBlocks[i])
		}
	}
	return blocks
}

// holds reports whether a value is there and, of a block, has a value that is known.
func holds(v encodable) bool {
	if v.IsNull() || v.IsUnknown() {
		return false
	}
	block := reflect.ValueOf(v.known())
	if block.Kind() != reflect.Pointer {
		return true
	}
	for i := range block.Elem().NumField() {
		if v, ok := block.Elem().Field(i).Interface().(encodable); ok && holds(v) {
			return true
		}
	}
	return false
}

// settingsBlocks are the names of the settings blocks, in the order of the documentation.
var settingsBlocks = [...]string{
	product.RoleManagementPoint, product.RoleDistributionPoint, product.RoleSoftwareUpdatePoint, product.RoleFallbackStatusPoint,
	product.RoleServiceConnectionPoint, product.RoleReportingServicesPoint, product.RoleDataWarehouse, product.RoleEnrollmentPoint,
	product.RoleEnrollmentProxyPoint, product.RoleCertificateRegistration, product.RoleGatewayConnection, product.RoleExchangeConnector,
}

// settings are the settings blocks, in the order of settingsBlocks.
func (a *Assignment) settings() [len(settingsBlocks)]encodable {
	return [...]encodable{
		&a.ManagementPoint, &a.DistributionPoint, &a.SoftwareUpdatePoint, &a.FallbackStatusPoint, &a.ServiceConnectionPoint, &a.ReportingServicesPoint,
		&a.DataWarehouse, &a.EnrollmentPoint, &a.EnrollmentProxyPoint, &a.CertificateRegistration, &a.GatewayConnection, &a.ExchangeConnector,
	}
}

// IsSetting reports whether an attribute of a settings block is something that the product
// holds, and not a figure of a plan or a fact about what is around the role: those no step
// sets, and no export tells.
func IsSetting(attribute string) bool {
	return !slices.Contains([]string{"clients", "macos", "mobile_devices", "package_count", "trusts_user_forest", "existing_wsus"}, attribute)
}

// Whereabouts says, for a message, what the assignment is and which site its server
// belongs to.
func (a *Assignment) Whereabouts() string {
	code, _ := a.DeclaredSite().NormalizedCode().Get()
	return a.Label() + " is at site " + code
}
