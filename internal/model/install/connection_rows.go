package install

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Who connects, or is connected to, besides roles and the computers of a site.
const (
	peerClient           = "client"
	peerConsole          = "console"
	peerAutomation       = "automation" // the computer that runs an installation script
	peerNDES             = "ndes_policy_module"
	peerMac              = "mac_client"
	peerMobile           = "mobile_device"
	peerInternet         = "internet"
	peerDomainController = "domain_controller"
	peerCA               = "issuing_ca"
	peerAzure            = "azure"
	peerBlob             = "azure_blob_storage"
	peerGateway          = gateway
	peerUpstream         = "upstream_wsus"
	peerExchangeOnline   = "exchange_online"
	peerExchange         = "exchange_server"
	peerProxy            = "proxy_server"
)

// What a site or a role has on other computers.
const (
	databaseReplica     = "database_replica_server"        // the database replica of a management point
	updateDatabase      = "wsus_database_server"           // the database of WSUS, where it is not on the same computer
	warehouseDatabase   = "data_warehouse_database_server" // the database of a data warehouse service point
	reportDatabase      = "report_database_server"         // the database of a report server
	contentLibraryShare = "content_library_share"          // the file server of a remote content library
)

// entry is what has to be open at the far side of a connection.
type entry struct {
	purpose, protocol string
	first, last       int64
}

func tcp(purpose string, port int64) entry { return entry{purpose, protocolTCP, port, port} }
func udp(purpose string, port int64) entry { return entry{purpose, protocolUDP, port, port} }

// The dynamic ports of Windows, which RPC uses unless the computer narrows the range.
var dynamicRPC = entry{"RPC, dynamic ports", protocolTCP, dynamicFirst, dynamicLast}

// managing is what a site server uses on a site system, and the site system on the site
// server where it connects back.
var managing = []entry{tcp("SMB", 445), udp("RPC endpoint mapper", 135), tcp("RPC endpoint mapper", 135), dynamicRPC}

// managementRows are the connections between a site server and its site systems, by the
// role of the far side, with the row of the ports article (2025-12-08).
var managementRows = map[string]struct {
	row     string
	entries []entry
	// back says that the role connects to the site server as well. A distribution point
	// and a reporting services point send no status.
	back bool
}{
	assetIntelligence:       {"c43", managing, true},
	certificateRegistration: {"c48", managing, true},
	distributionPoint:       {"c46", managing, false},
	gatewayConnection:       {"c49", managing, true},
	endpointProtection:      {"c50", managing, true},
	enrollmentPoint:         {"c51", managing, true},
	enrollmentProxyPoint:    {"c52", managing, true},
	fallbackStatusPoint:     {"c53", managing, true},
	managementPoint:         {"c35", []entry{tcp("RPC endpoint mapper", 135), dynamicRPC, tcp("SMB", 445)}, true},
	reportingServicesPoint:  {"c58", managing, false},
	serviceConnectionPoint:  {"c57", managing, true},
	softwareUpdatePoint:     {"c63", managing, true},
	// The article has no dynamic ports for it.
	stateMigrationPoint: {"c64", []entry{tcp("SMB", 445), udp("RPC endpoint mapper", 135), tcp("RPC endpoint mapper", 135)}, true},
	// The article has no table for it: the rows of site systems apply.
	dataWarehouse: {"inferred", managing, true},
}

// databaseRows are the roles that connect to the site database.
var databaseRows = map[string]string{
	assetIntelligence: "c02", dataWarehouse: "c25", endpointProtection: "c28", enrollmentPoint: "c30", managementPoint: "c36",
	reportingServicesPoint: "c39", serviceConnectionPoint: "c42", stateMigrationPoint: "c69",
	certificateRegistration: "sql", // the list of direct access to the database
}

// serving is what clients and roles reach on a role: from whom, and what.
type serving struct {
	row, from string
	entries   func(r *reading, a *model.Assignment) []entry
}

// fixedEntries are the same whatever the design.
func fixedEntries(list ...entry) func(*reading, *model.Assignment) []entry {
	return func(*reading, *model.Assignment) []entry { return list }
}

// servingRows are the connections that a role takes besides those of its site server.
var servingRows = map[string][]serving{
	managementPoint: {
		{"c12", peerClient, func(r *reading, a *model.Assignment) []entry {
			notification := orDefault(r, block(r, a.DeclaredSite().ClientPorts).Notification, model.DefaultNotificationPort)
			return append(webEntries(r, a, block(r, a.ManagementPoint).Protocol, "client communication"), tcp("client notification", notification))
		}},
		{"c26", distributionPoint, func(r *reading, a *model.Assignment) []entry {
			return webEntries(r, a, block(r, a.ManagementPoint).Protocol, "messages")
		}},
		{"c17", gatewayConnection, func(r *reading, a *model.Assignment) []entry {
			m := block(r, a.ManagementPoint)
			if !orDefault(r, m.AllowCMGTraffic, false) {
				return nil
			}
			return standardWeb(r, a, m.Protocol, "clients on the internet")
		}},
	},
	distributionPoint: {
		{"c07", peerClient, contentEntries},
		{"c08", peerClient, multicastEntries},
		{"c09", peerClient, pxeEntries},
		{"c38", pullDistributionPoint, contentEntries},
		{"x15", peerClient, func(r *reading, a *model.Assignment) []entry {
			if !orDefault(r, block(r, a.DistributionPoint).ConnectedCache, false) {
				return nil
			}
			return []entry{tcp("Connected Cache, HTTP", model.DefaultHTTPPort), tcp("Connected Cache, HTTPS", model.DefaultHTTPSPort)}
		}},
	},
	softwareUpdatePoint: {
		{"c13", peerClient, updateEntries},
		{"c18", gatewayConnection, func(r *reading, a *model.Assignment) []entry {
			if !orDefault(r, block(r, a.SoftwareUpdatePoint).AllowCMGTraffic, false) {
				return nil
			}
			return updateEntries(r, a)
		}},
		{"c63", siteServer, updateEntries},
		{"c67", softwareUpdatePoint, updateEntries},
	},
	stateMigrationPoint: {{"c14", peerClient, func(r *reading, a *model.Assignment) []entry {
		ports := block(r, a.DeclaredSite().ClientPorts)
		return []entry{
			tcp("user state, HTTP", orDefault(r, ports.HTTP, model.DefaultHTTPPort)), tcp("user state, HTTPS", orDefault(r, ports.HTTPS, model.DefaultHTTPSPort)),
			tcp("user state, SMB", 445),
		}
	}}},
	fallbackStatusPoint: {{"c10", peerClient, func(r *reading, a *model.Assignment) []entry {
		return []entry{tcp("state messages, HTTP", orDefault(r, block(r, a.DeclaredSite().ClientPorts).HTTP, model.DefaultHTTPPort))}
	}}},
	reportingServicesPoint: {{"c21", peerConsole, fixedEntries(tcp("reports, HTTP", model.DefaultHTTPPort), tcp("reports, HTTPS", model.DefaultHTTPSPort))}},
	enrollmentPoint:        {{"c29", enrollmentProxyPoint, fixedEntries(tcp("enrollment, HTTPS", model.DefaultHTTPSPort))}},
	enrollmentProxyPoint: {
		{"c33", peerMac, fixedEntries(tcp("enrollment, HTTPS", model.DefaultHTTPSPort))},
		{"c37", peerMobile, fixedEntries(tcp("enrollment, HTTPS", model.DefaultHTTPSPort))},
	},
	certificateRegistration: {{"c24", peerNDES, fixedEntries(tcp("certificate requests, HTTPS", model.DefaultHTTPSPort))}},
}

// managedEntries is what the site server uses on a role: UDP 135 as well on a management
// point for clients on the internet (row x04; the other roles of that row have it always,
// or no setting for such clients).
func managedEntries(r *reading, a *model.Assignment) []entry {
	key := RoleOf(a)
	entries := managementRows[key].entries
	if key == managementPoint && orDefault(r, block(r, a.ManagementPoint).ClientConnections, model.ConnectionsIntranet) != model.ConnectionsIntranet {
		entries = append(slices.Clone(entries), udp("RPC endpoint mapper", 135))
	}
	return entries
}

// webEntries are the ports of clients of the site that a role with the given protocol
// answers on. With enhanced HTTP, a management point or a distribution point that is set
// to HTTP answers on the port of HTTPS too (enhanced HTTP, 2021-12-20); where the site
// only takes HTTPS, so does a role whose protocol is not declared.
func webEntries(r *reading, a *model.Assignment, protocol model.Value[string], purpose string) []entry {
	ports := block(r, a.DeclaredSite().ClientPorts)
	return webOn(r, a, protocol, purpose, ports.HTTP, ports.HTTPS)
}

// standardWeb does so for connections whose ports cannot be set.
func standardWeb(r *reading, a *model.Assignment, protocol model.Value[string], purpose string) []entry {
	return webOn(r, a, protocol, purpose, model.Null[int64](), model.Null[int64]())
}

func webOn(r *reading, a *model.Assignment, protocol model.Value[string], purpose string, plain, encrypted model.Value[int64]) []entry {
	used := orDefault(r, protocol, "")
	mode := ""
	if used != model.ProtocolHTTPS {
		mode = orDefault(r, communicationOf(r, a), "")
	}
	if used == "" && mode == model.CommunicationHTTPSOnly {
		used = model.ProtocolHTTPS
	}
	var list []entry
	if used != model.ProtocolHTTPS {
		list = append(list, tcp(purpose+", HTTP", orDefault(r, plain, model.DefaultHTTPPort)))
	}
	if used != model.ProtocolHTTP || mode == model.CommunicationEnhancedHTTP {
		list = append(list, tcp(purpose+", HTTPS", orDefault(r, encrypted, model.DefaultHTTPSPort)))
	}
	return list
}

// communicationOf is how clients talk to the site of a role: to its parent where it is a
// secondary site.
func communicationOf(r *reading, a *model.Assignment) model.Value[string] {
	s := a.DeclaredSite()
	if siteType, _ := read(r, s.Type); siteType == product.Secondary {
		if parent, ok := read(r, s.Parent); ok {
			s = parent
		}
	}
	return s.Communication
}

func contentEntries(r *reading, a *model.Assignment) []entry {
	return append(webEntries(r, a, block(r, a.DistributionPoint).Protocol, "content"), tcp("express updates", expressUpdatePort))
}

func multicastEntries(r *reading, a *model.Assignment) []entry {
	m, ok := read(r, block(r, a.DistributionPoint).Multicast)
	if !ok {
		return nil
	}
	return []entry{
		tcp("multicast, SMB", 445),
		{"multicast", protocolUDP, orDefault(r, m.UDPPortStart, multicastFirst), orDefault(r, m.UDPPortEnd, multicastLast)},
	}
}

// pxeEntries are those of a PXE service. Beside a DHCP server it leaves that server's
// port alone; only the responder without Windows Deployment Services takes DHCPv6.
func pxeEntries(r *reading, a *model.Assignment) []entry {
	d := block(r, a.DistributionPoint)
	service, ok := read(r, d.PXE)
	if !ok {
		return nil
	}
	list := []entry{udp("PXE, DHCP", 68), udp("PXE, TFTP", 69), udp("PXE, boot information negotiation", 4011)}
	if orDefault(r, d.ListenOnDHCPPort, true) {
		list = append(list, udp("PXE, DHCP", dhcpPort))
	}
	if service == model.PXEResponder {
		list = append(list, udp("PXE, DHCPv6", 547))
	}
	return list
}

// updateEntries are the ports of WSUS. With HTTPS it uses the HTTP port as well.
func updateEntries(r *reading, a *model.Assignment) []entry {
	s := block(r, a.SoftwareUpdatePoint)
	ports := wsusPorts(r, s)
	list := []entry{tcp("software updates, HTTP", ports.http)}
	if orDefault(r, s.Protocol, "") != model.ProtocolHTTP {
		list = append(list, tcp("software updates, HTTPS", ports.https))
	}
	return list
}

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
