package model

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Server is a declared site system server: a computer that holds roles of one site.
type Server struct {
	// What every topology reads and replaces stands together: it is near in memory then.
	Element

	ID   Value[string] `attr:"id"`
	FQDN Value[string] `attr:"fqdn"`
	Site Value[*Site]  `attr:"site"`

	// What a server says about its site where it does not carry it: the code, and the
	// facts as [Site.Facts] writes them.
	SiteCode  Value[string] `attr:"site_code"`
	SiteFacts Value[string] `attr:"site_facts"`
	ReportAt  Value[string] `attr:"report_at"` // computed: hierarchy where that reports

	// readFacts says that the site of the server is what site_facts say.
	readFacts bool

	// standIn says that nobody declared the server: it stands for one that a role
	// assignment names, see [Assignment.standIn].
	standIn bool

	// What a topology replaces: the site by the listed one, and what another place adds to
	// the server. A second topology of the same elements begins with what was declared.
	declaredSite Value[*Site]
	declared     *Server
	// on is the computer in the topology, nil while its name is not known.
	on *computer
	// fullName is the name of the computer where fqdn is a short name and the design has
	// the full one elsewhere, empty otherwise.
	fullName string

	OperatingSystem Value[string] `attr:"operating_system"`
	ServerCore      Value[bool]   `attr:"server_core"`
	Domain          Value[string] `attr:"domain"`
	Forest          Value[string] `attr:"forest"`
	NetBIOSName     Value[string] `attr:"netbios_name"`
	Workgroup       Value[bool]   `attr:"workgroup"`

	DomainController Value[string] `attr:"domain_controller"`
	UntrustedForest  Value[bool]   `attr:"untrusted_forest"`
	PerimeterNetwork Value[bool]   `attr:"perimeter_network"`
	DHCPServer       Value[bool]   `attr:"dhcp_server"`
	ClusterNode      Value[bool]   `attr:"cluster_node"`     // of a Windows Server failover cluster
	SiteServerLink   Value[string] `attr:"site_server_link"` // how it reaches its site server
	InternetFQDN     Value[string] `attr:"internet_fqdn"`    // null: none
	InternetProxy    Value[string] `attr:"internet_proxy"`   // in front of it, on the side of the internet

	InstallationAccount  Value[string]                   `attr:"installation_account"`
	SiteServerInitiates  Value[bool]                     `attr:"site_server_initiates_connections"`
	OtherSQLApplications Value[bool]                     `attr:"other_sql_applications"`
	ClientSiteCode       Value[string]                   `attr:"client_site_code"`
	ClientInstalled      Value[bool]                     `attr:"client_installed"` // the product's client runs on the computer
	Inventory            Value[*Inventory]               `attr:"inventory"`        // what is installed on the computer
	Proxy                Value[*Proxy]                   `attr:"proxy"`            // null: none
	AcceptedFindings     Value[map[string]Value[string]] `attr:"accepted_findings"`
	Unknown              Value[[]Value[string]]          `attr:"unknown"` // attributes that the design does not know
}

// DefaultProxyPort is the TCP port of a proxy server that names none.
const DefaultProxyPort = 80

// Proxy is the proxy server that the roles of a site system server go through.
type Proxy struct {
	Server Value[string] `attr:"server_name"`
	Port   Value[int64]  `attr:"port"` // TCP; null: 80
}

// Kinds of domain controller (attribute domain_controller).
const (
	DomainControllerNone     = "none"
	DomainControllerWritable = "writable"
	DomainControllerReadOnly = "read_only"
)

// DomainControllers lists the kinds of domain controller.
func DomainControllers() []string {
	return []string{DomainControllerNone, DomainControllerWritable, DomainControllerReadOnly}
}

// Network links between a server and its site server (attribute site_server_link).
const (
	LinkFast         = "fast"
	LinkSlow         = "slow"
	LinkNAT          = "nat"
	LinkDirectAccess = "direct_access"
)

// SiteServerLinks lists the network links between a server and its site server.
func SiteServerLinks() []string { return []string{LinkFast, LinkSlow, LinkNAT, LinkDirectAccess} }

// What a proxy web server between the internet and a server does with TLS connections
// (attribute internet_proxy).
const (
	ProxyTunneling = "ssl_tunneling"
	ProxyBridging  = "ssl_bridging"
)

// InternetProxies lists what a proxy web server does with TLS connections.
func InternetProxies() []string { return []string{ProxyTunneling, ProxyBridging} }

// Accepted returns the findings that the element accepts, with the reasons, by rule id.
func (s *Server) Accepted() Value[map[string]Value[string]] { return s.AcceptedFindings }

// Label names the element in a sentence.
func (s *Server) Label() string {
	if fqdn, ok := s.FQDN.Get(); ok {
		return "server " + FoldHost(fqdn)
	}
	return "a server whose name is not known yet"
}

// restore undoes what an earlier topology replaced.
func (s *Server) restore() {
	if declared := s.declared; declared != nil {
		*s = *declared
	}
	s.Site = s.declaredSite.or(s.Site)
	s.declaredSite, s.declared = Null[*Site](), nil
}

// Host returns the normalized host name.
func (s *Server) Host() Value[string] {
	if s.fullName != "" {
		return Known(s.fullName)
	}
	return Folded(s.FQDN, FoldHost)
}

// System returns the system of a server, nil when it is not known.
func (s *Server) System() *product.OperatingSystem {
	key, ok := s.OperatingSystem.Get()
	if !ok {
		return nil
	}
	return product.SystemOf(key)
}

// OsName returns the name of the operating system in a sentence.
func (s *Server) OsName() string {
	if os := s.System(); os != nil {
		return os.Name
	}
	return "an operating system that is not known yet"
}
