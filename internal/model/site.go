package model

import (
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// The site types.
const ()

// The tiers.
const ()

// Site is a declared site. The comments name what null means where it is the
// product's default; every other attribute is undecided when null.
type Site struct {
	Element

	ID      Value[string]           `attr:"id"`
	Code    Value[string]           `attr:"site_code"`
	Type    Value[product.SiteType] `attr:"site_type"`
	Name    Value[string]           `attr:"name"`
	Server  Value[string]           `attr:"site_server"` // FQDN
	Version Value[string]           `attr:"version"`     // null: the default version
	Tier    Value[string]           `attr:"tier"`        // computed; used where parent is not carried
	Branch  Value[string]           `attr:"branch"`      // null: current branch

	Parent             Value[*Site]                    `attr:"parent"`               // null: none
	PassiveServer      Value[string]                   `attr:"passive_site_server"`  // FQDN; null: none
	Providers          Value[[]Value[string]]          `attr:"sms_providers"`        // FQDNs; null: one on the site server
	InstallDirectory   Value[string]                   `attr:"install_directory"`    // local path
	ContentLibraryPath Value[string]                   `attr:"content_library_path"` // UNC; null: local
	Communication      Value[string]                   `attr:"client_communication"`
	Domain             Value[string]                   `attr:"domain"`
	Forest             Value[string]                   `attr:"forest"`
	ParentForestTrust  Value[string]                   `attr:"parent_forest_trust"`
	SetupMedia         Value[string]                   `attr:"setup_media"`
	ClientLanguages    Value[[]Value[string]]          `attr:"client_languages"` // three-letter codes of Setup, such as DEU
	UpdateSource       Value[string]                   `attr:"software_update_source"`
	AccessAccounts     Value[[]Value[string]]          `attr:"network_access_accounts"`
	PKICertificates    Value[bool]                     `attr:"use_pki_client_certificates"` // when available
	Database           Value[*Database]                `attr:"database"`                    // null: local default instance
	Clients            Value[*ClientCounts]            `attr:"clients"`
	ClientPorts        Value[*ClientPorts]             `attr:"client_ports"` // null: the default ports
	Installed          Value[bool]                     `attr:"installed"`    // null: false
	AcceptedFindings   Value[map[string]Value[string]] `attr:"accepted_findings"`
	Unknown            Value[[]Value[string]]          `attr:"unknown"`   // attributes that the design does not know
	ReportAt           Value[string]                   `attr:"report_at"` // computed: hierarchy where that reports

	declaredParent Value[*Site] // the parent before a topology replaced it by the listed site
}

// Client communication modes of a primary site (attribute client_communication).
const (
	CommunicationHTTPSOnly    = "https_only"
	CommunicationEnhancedHTTP = "enhanced_http"
	CommunicationHTTPSOrHTTP  = "https_or_http"
)

// ClientCommunications lists the client communication modes.
func ClientCommunications() []string {
	return []string{CommunicationHTTPSOnly, CommunicationEnhancedHTTP, CommunicationHTTPSOrHTTP}
}

// Branches of the product (attribute branch).
const (
	BranchCurrent          = "current_branch"
	BranchTechnicalPreview = "technical_preview"
)

// Branches lists the branches.
func Branches() []string { return []string{BranchCurrent, BranchTechnicalPreview} }

// Trusts between the forests of a site and its parent (attribute parent_forest_trust).
const (
	TrustTwoWayForest = "two_way_forest"
	TrustExternal     = "external"
	TrustNone         = "none"
)

// ForestTrusts lists the kinds of trust between two forests.
func ForestTrusts() []string { return []string{TrustTwoWayForest, TrustExternal, TrustNone} }

// Installation media of a site (attribute setup_media).
const (
	MediaBaseline = "baseline"
	MediaCDLatest = "cd_latest"
)

// SetupMedia lists the installation media.
func SetupMedia() []string { return []string{MediaBaseline, MediaCDLatest} }

// Where the clients of a site get software updates from (attribute software_update_source).
const (
	UpdatesFromPoint         = "software_update_point"
	UpdatesFromWindowsUpdate = "windows_update"
	UpdatesFromNowhere       = "none"
)

// SoftwareUpdateSources lists where clients get software updates from.
func SoftwareUpdateSources() []string {
	return []string{UpdatesFromPoint, UpdatesFromWindowsUpdate, UpdatesFromNowhere}
}

// Database is where and how the site database runs.
type Database struct {
	Server            Value[string]             `attr:"server"`              // FQDN, cluster name or listener; null: the site server
	Instance          Value[string]             `attr:"instance"`            // null: MSSQLSERVER
	Name              Value[string]             `attr:"name"`                // null: CM_<site code>
	Port              Value[int64]              `attr:"port"`                // TCP; null: 1433
	ServiceBrokerPort Value[int64]              `attr:"service_broker_port"` // TCP; null: 4022
	Edition           Value[string]             `attr:"edition"`
	SQLVersion        Value[string]             `attr:"sql_version"` // 2019, not 15.0
	Collation         Value[string]             `attr:"collation"`
	Authentication    Value[string]             `attr:"authentication"`
	ServiceAccount    Value[string]             `attr:"service_account"`       // of the database engine
	MinimumMemory     Value[int64]              `attr:"minimum_server_memory"` // megabytes
	DataFilePath      Value[string]             `attr:"data_file_path"`        // null: where the instance puts them
	LogFilePath       Value[string]             `attr:"log_file_path"`         // null: where the instance puts them
	AvailabilityGroup Value[*AvailabilityGroup] `attr:"availability_group"`    // null: none
	FailoverCluster   Value[*FailoverCluster]   `attr:"failover_cluster"`      // null: none
	Compatibility     Value[int64]              `attr:"compatibility_level"`   // of the site database, such as 150
	CumulativeUpdate  Value[int64]              `attr:"cumulative_update"`     // of the instance; 0: none
}

// AvailabilityGroup is the Always On availability group of a site database.
type AvailabilityGroup struct {
	Name     Value[string]          `attr:"name"`
	Replicas Value[[]Value[string]] `attr:"replicas"` // FQDNs of the computers
	// Readable and Connections are what every replica is set to.
	Readable    Value[string] `attr:"readable_secondary"`
	Connections Value[string] `attr:"connections_in_primary_role"`
}

// What a secondary replica can be read by (attribute readable_secondary), as SQL Server
// Management Studio names it.
const (
	ReadableYes    = "yes"
	ReadableIntent = "read_intent_only"
	ReadableNo     = "no"
)

// ReadableSecondaries lists what a secondary replica can be read by.
func ReadableSecondaries() []string { return []string{ReadableYes, ReadableIntent, ReadableNo} }

// Connections that a primary replica takes (attribute connections_in_primary_role).
const (
	ConnectionsAll       = "all"
	ConnectionsReadWrite = "read_write"
)

// PrimaryRoleConnections lists the connections that a primary replica may take.
func PrimaryRoleConnections() []string { return []string{ConnectionsAll, ConnectionsReadWrite} }

// FailoverCluster is the Always On failover cluster instance of a site database.
type FailoverCluster struct {
	Nodes         Value[[]Value[string]] `attr:"nodes"`                  // FQDNs of the computers
	SharedVolumes Value[bool]            `attr:"cluster_shared_volumes"` // the database files are on them
}

// Authentication modes of SQL Server (attribute authentication).
const (
	AuthenticationWindows = "windows"
	AuthenticationMixed   = "mixed"
)

// DatabaseAuthentications lists the authentication modes of SQL Server.
func DatabaseAuthentications() []string { return []string{AuthenticationWindows, AuthenticationMixed} }

// Database editions (attribute edition).
const (
	EditionEnterprise = "enterprise"
	EditionStandard   = "standard"
	EditionExpress    = "express"
	EditionDeveloper  = "developer"
	EditionEvaluation = "evaluation"
	EditionWeb        = "web"
)

// DatabaseEditions lists the SQL Server editions.
func DatabaseEditions() []string {
	return []string{EditionEnterprise, EditionStandard, EditionExpress, EditionDeveloper, EditionEvaluation, EditionWeb}
}

// DefaultInstance is the name of SQL Server's default instance, and the default
// ports those that Setup proposes.
const (
	DefaultInstance          = "MSSQLSERVER"
	DefaultSQLPort           = 1433
	DefaultServiceBrokerPort = 4022
	ExpressInstance          = "CONFIGMGRSEC" // the instance that a secondary site's setup creates
)

// Ports that clients connect to, unless a site has others.
const (
	DefaultHTTPPort         = 80
	DefaultHTTPSPort        = 443
	DefaultNotificationPort = 10123
)

// ClientPorts are the TCP ports that the clients of a site connect to.
type ClientPorts struct {
	HTTP         Value[int64] `attr:"http"`         // null: 80
	HTTPS        Value[int64] `attr:"https"`        // null: 443
	Notification Value[int64] `attr:"notification"` // null: 10123
}

// ClientCounts is the number of clients a site is expected to serve.
type ClientCounts struct {
	Windows       Value[int64] `attr:"windows"`
	MacOS         Value[int64] `attr:"macos"`
	MobileDevices Value[int64] `attr:"mobile_devices"` // on-premises MDM

	// Of the Windows clients, those of Windows Embedded with a write filter.
	EmbeddedExceptions   Value[int64] `attr:"windows_embedded_with_exceptions"`    // file-based or unified
	EmbeddedNoExceptions Value[int64] `attr:"windows_embedded_without_exceptions"` // enhanced, or none kept
	Workgroup            Value[int64] `attr:"workgroup"`                           // of the Windows clients, those in no domain
}

// Accepted returns the findings that the element accepts, with the reasons, by rule id.
func (s *Site) Accepted() Value[map[string]Value[string]] { return s.AcceptedFindings }

// Label names the element in a sentence.
func (s *Site) Label() string {
	code, known := s.Code.Get()
	if !known {
		code = "with a code that is not known yet"
	}
	if t, ok := s.Type.Get(); ok {
		return t.Name() + " " + code
	}
	return "site " + code
}

// NormalizedCode returns the normalized site code.
func (s *Site) NormalizedCode() Value[string] { return Folded(s.Code, FoldCode) }

// TierOf derives the tier from the site type and the parent: a computed tier is
// used only where the parent was not carried by the reference.
func (s *Site) TierOf() Value[product.Tier] {
	t, ok := s.Type.Get()
	if !ok {
		return Unknown[product.Tier]()
	}
	switch t {
	case product.CentralAdministration:
		return Known(product.TierCentralAdministration)
	case product.Secondary:
		return Known(product.TierSecondary)
	}
	switch {
	case s.Parent.IsKnown():
		return Known(product.TierChildPrimary)
	case s.Parent.IsUnknown():
		return Unknown[product.Tier]()
	case s.Tier.IsUnknown():
		return Unknown[product.Tier]()
	}
	if tier, ok := s.Tier.Get(); ok && product.Tier(tier) == product.TierChildPrimary {
		return Known(product.TierChildPrimary)
	}
	return Known(product.TierStandAlonePrimary)
}

// HasParent reports whether the site has a parent site.
func (s *Site) HasParent() Value[bool] {
	if s.Parent.IsUnknown() {
		return Unknown[bool]()
	}
	return Known(s.Parent.IsKnown())
}

// Is reports whether the site is of the given type.
func (s *Site) Is(t product.SiteType) Value[bool] {
	got, ok := s.Type.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(got == t)
}

// noDatabase is a database block that nobody declared. Nothing writes to it.
var noDatabase = &Database{}

// DeclaredDatabase returns the declared database, or an empty one: every location
// attribute of it then reads as the product's default.
func (s *Site) DeclaredDatabase() Value[*Database] { return s.Database.OrDefault(noDatabase) }

// DatabaseHost returns the host of the site database: the site server when the
// design names none. With an availability group it is the listener, with a
// failover cluster instance the cluster's network name.
func (s *Site) DatabaseHost() Value[string] {
	db, ok := s.DeclaredDatabase().Get()
	if !ok {
		return Unknown[string]()
	}
	if db.Server.IsNull() {
		return Folded(s.Server, FoldHost)
	}
	return Folded(db.Server, FoldHost)
}

// DatabaseIsVirtual reports whether the database server name is a listener or a
// cluster network name, not a computer.
func (s *Site) DatabaseIsVirtual() Value[bool] {
	db, ok := s.DeclaredDatabase().Get()
	if !ok || db.AvailabilityGroup.IsUnknown() || db.FailoverCluster.IsUnknown() {
		return Unknown[bool]()
	}
	return Known(db.AvailabilityGroup.IsKnown() || db.FailoverCluster.IsKnown())
}

// DatabaseInstance returns the upper-case SQL Server instance name.
func (s *Site) DatabaseInstance() Value[string] {
	db, ok := s.DeclaredDatabase().Get()
	if !ok {
		return Unknown[string]()
	}
	return Folded(db.Instance.OrDefault(DefaultInstance), strings.ToUpper)
}

// ProviderHosts returns the hosts with an SMS Provider of the site. None declared
// means one on the site server; a secondary site has none.
func (s *Site) ProviderHosts() Value[[]Value[string]] {
	if !s.Providers.IsNull() {
		return s.Providers
	}
	t, ok := s.Type.Get()
	switch {
	case !ok:
		return Unknown[[]Value[string]]()
	case t == product.Secondary:
		return Known([]Value[string]{})
	default:
		return Known([]Value[string]{s.Server})
	}
}

// IsSiteServer reports whether a host is the active or the passive site server.
func (s *Site) IsSiteServer(fqdn Value[string]) Value[bool] {
	return Either(EqualHost(s.Server, fqdn), s.IsPassiveServer(fqdn))
}

// IsPassiveServer reports whether a host is the passive site server.
func (s *Site) IsPassiveServer(fqdn Value[string]) Value[bool] {
	if s.PassiveServer.IsNull() {
		return Known(false)
	}
	return EqualHost(s.PassiveServer, fqdn)
}

// ClientTotal returns the number of all clients that the site is declared to
// serve; null when the design gives no number.
func (s *Site) ClientTotal() Value[int64] {
	counts, ok := s.Clients.Get()
	if !ok {
		if s.Clients.IsUnknown() {
			return Unknown[int64]()
		}
		return Null[int64]()
	}
	var total int64
	declared := false
	for _, v := range []Value[int64]{counts.Windows, counts.MacOS, counts.MobileDevices} {
		n, ok := v.Get()
		switch {
		case ok:
			total, declared = total+n, true
		case v.IsUnknown():
			return Unknown[int64]()
		}
	}
	if !declared {
		return Null[int64]()
	}
	return Known(total)
}
