package install

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Port is one port, or a range of ports, that a firewall has to let through to a
// computer.
type Port struct {
	Protocol    string // tcp or udp
	First, Last int64  // equal for a single port
	// Peer is who connects: the key of a role, or client, console, other_site and the
	// like.
	Peer    string
	Purpose string
}

// Range writes the port, or the first and the last one: 443, 49152-65535.
func (p Port) Range() string {
	if p.First == p.Last {
		return strconv.FormatInt(p.First, 10)
	}
	return strconv.FormatInt(p.First, 10) + "-" + strconv.FormatInt(p.Last, 10)
}

func comparePorts(a, b Port) int {
	return cmp.Or(
		cmp.Compare(a.Peer, b.Peer), cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.First, b.First),
		cmp.Compare(a.Last, b.Last), cmp.Compare(a.Purpose, b.Purpose),
	)
}

// sortedPorts sorts ports and leaves out repetitions.
func sortedPorts(ports []Port) []Port {
	slices.SortFunc(ports, comparePorts)
	return slices.Compact(ports)
}

// Who connects, besides roles.
const (
	peerClient   = "client"
	peerConsole  = "console"
	peerOther    = "other_site"
	peerNDES     = "network_device_enrollment_service"
	peerSystems  = "site_system"
	protocolTCP  = "tcp"
	protocolUDP  = "udp"
	dynamicFirst = 49152 // of the dynamic ports of Windows, which RPC uses
	dynamicLast  = 65535
)

// Default ports that are not the clients'.
const (
	wsusHTTPPort      = 8530
	wsusHTTPSPort     = 8531
	multicastFirst    = 63000
	multicastLast     = 64000
	expressUpdatePort = 8005
	dhcpPort          = 67
)

// managed are the ports that the site server uses on every site system of another
// computer.
var managed = []Port{
	{protocolTCP, 135, 135, siteServer, "RPC endpoint mapper"},
	{protocolTCP, 445, 445, siteServer, "SMB"},
	{protocolTCP, dynamicFirst, dynamicLast, siteServer, "RPC, dynamic ports"},
	{protocolUDP, 135, 135, siteServer, "RPC endpoint mapper"},
}

// inbound are the ports of the roles of a server besides the managed ones, by the keys of
// the roles. The ports of clients follow those of the site. The source is
// [product.Ports].
var inbound = map[string]struct {
	fixed  []Port
	design func(*reading, *model.Assignment) []Port
}{
	managementPoint:     {design: managementPointPorts},
	distributionPoint:   {fixed: []Port{{protocolTCP, expressUpdatePort, expressUpdatePort, peerClient, "express updates"}}, design: distributionPointPorts},
	softwareUpdatePoint: {design: softwareUpdatePorts},
	stateMigrationPoint: {
		fixed: []Port{{protocolTCP, 445, 445, peerClient, "user state, SMB"}},
		design: func(r *reading, a *model.Assignment) []Port {
			return webPorts(r, a, model.Null[string](), peerClient, "user state")
		},
	},
	fallbackStatusPoint: {design: func(r *reading, a *model.Assignment) []Port {
		return webPorts(r, a, model.Known(model.ProtocolHTTP), peerClient, "state messages")
	}},
	reportingServicesPoint: {fixed: []Port{
		{protocolTCP, model.DefaultHTTPPort, model.DefaultHTTPPort, peerConsole, "reports, HTTP"},
		{protocolTCP, model.DefaultHTTPSPort, model.DefaultHTTPSPort, peerConsole, "reports, HTTPS"},
	}},
	enrollmentPoint:         {fixed: []Port{{protocolTCP, model.DefaultHTTPSPort, model.DefaultHTTPSPort, enrollmentProxyPoint, "enrollment, HTTPS"}}},
	enrollmentProxyPoint:    {fixed: []Port{{protocolTCP, model.DefaultHTTPSPort, model.DefaultHTTPSPort, peerClient, "enrollment of Macs and mobile devices, HTTPS"}}},
	certificateRegistration: {fixed: []Port{{protocolTCP, model.DefaultHTTPSPort, model.DefaultHTTPSPort, peerNDES, "certificate requests, HTTPS"}}},
	serviceConnectionPoint:  {},
	endpointProtection:      {},
	assetIntelligence:       {},
	gatewayConnection:       {},
	dataWarehouse:           {},
}

// portsOf returns the inbound ports of a role, and whether they are not decided.
func portsOf(key string, a *model.Assignment) ([]Port, bool) {
	entry, ok := inbound[key]
	if !ok {
		return nil, false
	}
	r := &reading{}
	ports := slices.Concat(managed, entry.fixed)
	if entry.design != nil {
		ports = append(ports, entry.design(r, a)...)
	}
	if r.open {
		return nil, true
	}
	return sortedPorts(ports), false
}

// webPorts are the ports that clients of the site use for HTTP and HTTPS: of the given
// protocol, or of both where the design leaves it open.
func webPorts(r *reading, a *model.Assignment, protocol model.Value[string], peer, purpose string) []Port {
	ports := block(r, a.DeclaredSite().ClientPorts)
	used := orDefault(r, protocol, "")
	var list []Port
	if used != model.ProtocolHTTPS {
		port := orDefault(r, ports.HTTP, model.DefaultHTTPPort)
		list = append(list, Port{protocolTCP, port, port, peer, purpose + ", HTTP"})
	}
	if used != model.ProtocolHTTP {
		port := orDefault(r, ports.HTTPS, model.DefaultHTTPSPort)
		list = append(list, Port{protocolTCP, port, port, peer, purpose + ", HTTPS"})
	}
	return list
}

func managementPointPorts(r *reading, a *model.Assignment) []Port {
	protocol := block(r, a.ManagementPoint).Protocol
	notification := orDefault(r, block(r, a.DeclaredSite().ClientPorts).Notification, model.DefaultNotificationPort)
	return slices.Concat(
		webPorts(r, a, protocol, peerClient, "client communication"),
		webPorts(r, a, protocol, distributionPoint, "messages"),
		webPorts(r, a, protocol, gatewayConnection, "clients on the internet"),
		[]Port{{protocolTCP, notification, notification, peerClient, "client notification"}},
	)
}

// pxePorts are the ports of a PXE service, besides that of DHCP.
var pxePorts = []Port{
	{protocolUDP, 68, 68, peerClient, "PXE, DHCP"},
	{protocolUDP, 69, 69, peerClient, "PXE, TFTP"},
	{protocolUDP, 547, 547, peerClient, "PXE, DHCPv6"},
	{protocolUDP, 4011, 4011, peerClient, "PXE, boot information negotiation"},
}

func distributionPointPorts(r *reading, a *model.Assignment) []Port {
	d := block(r, a.DistributionPoint)
	ports := webPorts(r, a, d.Protocol, peerClient, contentPurpose)
	if _, ok := read(r, d.PXE); ok {
		ports = append(ports, pxePorts...)
		if orDefault(r, d.ListenOnDHCPPort, true) {
			ports = append(ports, Port{protocolUDP, dhcpPort, dhcpPort, peerClient, "PXE, DHCP"})
		}
	}
	if m, ok := read(r, d.Multicast); ok {
		ports = append(ports,
			Port{protocolTCP, 445, 445, peerClient, "multicast, SMB"},
			Port{protocolUDP, orDefault(r, m.UDPPortStart, multicastFirst), orDefault(r, m.UDPPortEnd, multicastLast), peerClient, "multicast"},
		)
	}
	return ports
}

// contentPurpose begins the purpose of the ports of content.
const contentPurpose = "content"

// replicationPort is that of a site server for the sites above and below.
var replicationPort = Port{protocolTCP, 445, 445, peerOther, "SMB, file-based replication"}

// siteServerPorts are those of a site server for its site systems.
var siteServerPorts = []Port{
	{protocolTCP, 135, 135, peerSystems, "RPC endpoint mapper"},
	{protocolUDP, 135, 135, peerSystems, "RPC endpoint mapper"},
	{protocolTCP, 445, 445, peerSystems, "SMB"},
	{protocolTCP, dynamicFirst, dynamicLast, peerSystems, "RPC, dynamic ports"},
}

// providerPorts are those of a computer with an SMS Provider.
var providerPorts = slices.Concat(managed, []Port{
	{protocolTCP, 135, 135, peerConsole, "RPC endpoint mapper"},
	{protocolUDP, 135, 135, peerConsole, "RPC endpoint mapper"},
	{protocolTCP, dynamicFirst, dynamicLast, peerConsole, "RPC, dynamic ports"},
	{protocolTCP, model.DefaultHTTPSPort, model.DefaultHTTPSPort, peerConsole, "administration service, HTTPS"},
})

// wsusPort are the ports of a WSUS server, and whether the design says which they are.
type wsusPort struct {
	http, https int64
	declared    bool
}

func wsusPorts(r *reading, s *model.SoftwareUpdatePoint) wsusPort {
	ports := wsusPort{http: wsusHTTPPort, https: wsusHTTPSPort}
	website, ok := read(r, s.WSUSWebsite)
	if ok && website == model.WSUSDefaultWebsite {
		ports = wsusPort{http: model.DefaultHTTPPort, https: model.DefaultHTTPSPort}
	}
	ports.declared = ok || s.HTTPPort.IsKnown() || s.HTTPSPort.IsKnown()
	ports.http = orDefault(r, s.HTTPPort, ports.http)
	ports.https = orDefault(r, s.HTTPSPort, ports.https)
	return ports
}

// softwareUpdatePorts are those of WSUS. With HTTPS it uses the HTTP port as well.
func softwareUpdatePorts(r *reading, a *model.Assignment) []Port {
	s := block(r, a.SoftwareUpdatePoint)
	ports := wsusPorts(r, s)
	protocol := orDefault(r, s.Protocol, "")
	var list []Port
	for _, peer := range []string{peerClient, siteServer, gatewayConnection} {
		list = append(list, Port{protocolTCP, ports.http, ports.http, peer, "software updates, HTTP"})
		if protocol != model.ProtocolHTTP {
			list = append(list, Port{protocolTCP, ports.https, ports.https, peer, "software updates, HTTPS"})
		}
	}
	return list
}
