package install

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Connection is a connection that a firewall has to let through, from one end to the
// other. The source is [model.SourcePorts], 2025-12-08, unless a row says otherwise.
type Connection struct {
	// Row is the row of the ports article in the order of its tables, such as c35. Other
	// rows are of the articles that add to it; what no article states is "inferred".
	Row  string
	Kind string
	// Source and Destination are the keys of roles, or client, console, internet and the
	// like. The hosts are computers of the hierarchy, empty where it does not list them.
	Source, SourceHost           string
	Destination, DestinationHost string
	Protocol                     string
	First, Last                  int64
	Purpose                      string
	Endpoint                     string // as of a [Port]
}

// Port is the connection as one of its computers sees it.
func (c Connection) port(peer string) Port {
	return Port{Kind: c.Kind, Protocol: c.Protocol, First: c.First, Last: c.Last, Peer: peer, Purpose: c.Purpose, Endpoint: c.Endpoint}
}

// Connections returns what the computers of the hierarchy have to reach. What a computer
// reaches on itself is left out.
func (d *Design) Connections() []Connection {
	if d.connections == nil {
		n := &network{Design: d, list: []Connection{}}
		for _, siteCode := range d.codes {
			n.site(siteCode)
		}
		n.gatewayTraffic()
		slices.SortFunc(n.list, compareConnections)
		d.connections = slices.Compact(n.list)
	}
	return d.connections
}

func compareConnections(a, b Connection) int {
	return cmp.Or(
		cmp.Compare(a.DestinationHost, b.DestinationHost), cmp.Compare(a.Destination, b.Destination), cmp.Compare(a.Endpoint, b.Endpoint),
		cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.SourceHost, b.SourceHost), cmp.Compare(a.Purpose, b.Purpose), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Kind, b.Kind),
	)
}

// network collects connections.
type network struct {
	*Design
	list []Connection
}

// end is one end of connections: a role or the like, with its computers. Without any, the
// hierarchy does not list them.
type end struct {
	key   string
	hosts []string
	// outside says that it is not one of the computers of the hierarchy.
	outside bool
}

func (n *network) connect(row, kind string, from, to end, entries ...entry) {
	n.reach(row, kind, from, to, "", entries...)
}

func (n *network) reach(row, kind string, from, to end, endpoint string, entries ...entry) {
	sources, destinations := from.hosts, to.hosts
	if from.outside {
		sources = []string{""}
	}
	if to.outside {
		destinations = []string{""}
	}
	for _, destination := range destinations {
		for _, source := range sources {
			if source == destination {
				continue
			}
			for _, e := range entries {
				n.list = append(n.list, Connection{
					Row: row, Kind: kind, Source: from.key, SourceHost: source, Destination: to.key, DestinationHost: destination,
					Protocol: e.protocol, First: e.first, Last: e.last, Purpose: e.purpose, Endpoint: endpoint,
				})
			}
		}
	}
}

func outside(key string) end { return end{key: key, outside: true} }

func on(key string, hosts ...string) end { return end{key: key, hosts: hosts} }

// serversOf returns the active and the passive site server.
func (d *Design) serversOf(s *model.Site) []string {
	var hosts []string
	if host, ok := read(&d.reading, s.ServerHost()); ok {
		hosts = append(hosts, host)
	}
	if host, ok := read(&d.reading, s.PassiveHost()); ok {
		hosts = append(hosts, host)
	}
	return hosts
}

// providersOf returns the computers with an SMS Provider. The installation of a passive
// site server brings one.
func (d *Design) providersOf(s *model.Site) []string {
	hosts, _ := texts(&d.reading, s.ProviderHosts())
	for i := range hosts {
		hosts[i] = model.FoldHost(hosts[i])
	}
	if passive, ok := read(&d.reading, s.PassiveHost()); ok && !slices.Contains(hosts, passive) {
		hosts = append(hosts, passive)
	}
	return hosts
}

// hostsOfRole returns the computers of a site with a role.
func (d *Design) hostsOfRole(siteCode, role string) []string {
	list := d.rolesAt(siteCode, role)
	hosts := make([]string, len(list))
	for i, a := range list {
		hosts[i] = a.host
	}
	return hosts
}

func (n *network) site(siteCode string) {
	s := n.sites[siteCode]
	servers := on(siteServer, n.serversOf(s)...)
	n.database(s, siteCode, servers)
	n.providers(s, servers)
	n.neighbors(s, servers)
	n.standby(s)
	n.connect("c47", KindDomainController, servers, outside(peerDomainController), directoryEntries...)
	if library, ok := read(&n.reading, s.ContentLibraryPath); ok {
		n.connect("c56", KindInbound, servers, on(contentLibraryShare, shareHost(library)...), tcp("SMB, content library", 445))
	}
	if !n.isSecondary(s) {
		n.connect("c54", KindOutbound, servers, outside(peerInternet), tcp("HTTP", 80), tcp("HTTPS", 443))
		n.internet(siteServer, servers.hosts, n.siteServerEndpoints(s))
	}
	for _, a := range n.assigned {
		if a.code == siteCode {
			n.role(a, servers)
		}
	}
	for _, host := range n.computersOf(siteCode) {
		n.connect("own", KindWinRM, outside(peerAutomation), on("computer", host), tcp("WinRM, installation scripts", remotingPort))
		if server := n.servers[host]; server != nil {
			if proxy, ok := read(&n.reading, server.Proxy); ok {
				name, _ := read(&n.reading, proxy.Server)
				n.reach("x19", KindOutbound, on("computer", host), outside(peerProxy), model.FoldHost(name), tcp("HTTP proxy", orDefault(&n.reading, proxy.Port, model.DefaultProxyPort)))
			}
		}
	}
}

// directoryEntries are the ports of domain controllers for site servers and management
// points.
var directoryEntries = []entry{
	udp("LDAP", 389), tcp("LDAP", 389), udp("LDAPS", 636), tcp("LDAPS", 636), tcp("global catalog, LDAP", 3268), tcp("RPC endpoint mapper", 135), dynamicRPC,
}

// sqlPorts are the ports of the site database: of the engine and of Service Broker.
func (d *Design) sqlPorts(s *model.Site) (engine, broker int64) {
	db := block(&d.reading, s.DeclaredDatabase())
	return orDefault(&d.reading, db.Port, model.DefaultSQLPort), orDefault(&d.reading, db.ServiceBrokerPort, model.DefaultServiceBrokerPort)
}

// database adds what reaches the site database: the site servers, whose setup installs
// something there, and what replicates.
func (n *network) database(s *model.Site, siteCode string, servers end) {
	engine, broker := n.sqlPorts(s)
	hosts := n.databaseComputers(s)
	database := on(siteDatabaseServer, hosts...)
	n.connect("c60", KindInbound, servers, database, tcp("SQL Server", engine), tcp("setup of a remote site database, SMB", 445),
		udp("setup of a remote site database, RPC endpoint mapper", 135), tcp("setup of a remote site database, RPC endpoint mapper", 135),
		entry{"setup of a remote site database, RPC, dynamic ports", protocolTCP, dynamicFirst, dynamicLast})
	n.connect("c65", KindInbound, on(smsProvider, n.providersOf(s)...), database, tcp("SQL Server", engine))
	db := block(&n.reading, s.DeclaredDatabase())
	if db.AvailabilityGroup.IsKnown() {
		n.connect("x13", KindInbound, servers, database, tcp("Service Broker", broker))
		n.connect("own", KindAvailability, database, database, tcp("availability group endpoint", mirroringPort))
	}
	for role, row := range databaseRows {
		if hosts := n.hostsOfRole(siteCode, role); len(hosts) > 0 {
			n.connect(row, KindInbound, on(role, hosts...), database, tcp("SQL Server", engine))
		}
	}
}

// providers adds the SMS Providers of a site.
func (n *network) providers(s *model.Site, servers end) {
	if n.isSecondary(s) {
		return
	}
	n.connect("c22", KindInbound, outside(peerConsole), servers, tcp("WMI, finds the SMS Provider", 135))
	hosts := on(smsProvider, n.providersOf(s)...)
	n.connect("c23", KindInbound, outside(peerConsole), hosts, udp("RPC endpoint mapper", 135), tcp("RPC endpoint mapper", 135), dynamicRPC, tcp("administration service, HTTPS", 443))
	n.connect("c62", KindInbound, servers, hosts, managing...)
}

// neighbors adds what sites exchange with the ones above them, in both directions.
func (n *network) neighbors(s *model.Site, servers end) {
	parent, ok := read(&n.reading, s.Parent)
	if !ok {
		return
	}
	above := on(siteServer, n.serversOf(parent)...)
	n.connect("c59", KindInbound, servers, above, tcp("SMB, file-based replication", 445))
	n.connect("c59", KindInbound, above, servers, tcp("SMB, file-based replication", 445))
	ours, theirs := on(siteDatabaseServer, n.databaseComputers(s)...), on(siteDatabaseServer, n.databaseComputers(parent)...)
	n.connect("c68", KindInbound, ours, theirs, n.replication(parent)...)
	n.connect("c68", KindInbound, theirs, ours, n.replication(s)...)
}

func (n *network) replication(s *model.Site) []entry {
	engine, broker := n.sqlPorts(s)
	list := []entry{tcp("database replication", engine), tcp("database replication, Service Broker", broker)}
	if instance, ok := read(&n.reading, s.DatabaseInstance()); ok && instance != model.DefaultInstance && engine != model.DefaultSQLPort {
		list = append(list, udp("SQL Server Browser", browserPort))
	}
	return list
}

// standby adds what a passive site server needs of the active one, and the reverse, since
// they change places.
func (n *network) standby(s *model.Site) {
	servers := n.serversOf(s)
	if len(servers) < 2 {
		return
	}
	active, passive := on(siteServer, servers[0]), on(passiveSiteServer, servers[1])
	n.connect("inferred", KindInbound, active, passive, managing...)
	n.connect("inferred", KindInbound, passive, active, managing...)
}

// role adds the connections of a role: with its site servers, with clients and the roles
// that use it, and with databases.
func (n *network) role(a *assigned, servers end) {
	row, ok := managementRows[a.role]
	if !ok {
		n.connector(a, servers)
		return
	}
	far := on(a.role, a.host)
	n.connect(row.row, KindInbound, servers, far, managedEntries(&n.reading, a.Assignment)...)
	if row.back && !n.siteServerInitiates(a.host) {
		n.connect(row.row, KindInbound, far, servers, row.entries...)
	}
	for _, serving := range servingRows[a.role] {
		if entries := serving.entries(&n.reading, a.Assignment); len(entries) > 0 {
			n.connect(serving.row, KindInbound, n.usersOf(serving.from, a, servers), far, entries...)
		}
	}
	switch a.role {
	case managementPoint:
		n.connect("c34", KindDomainController, far, outside(peerDomainController), directoryEntries...)
		if replica, ok := read(&n.reading, block(&n.reading, a.ManagementPoint).DatabaseReplica); ok {
			n.to(far, databaseReplica, replica.Server, "inferred", "SQL Server, database replica")
		}
	case softwareUpdatePoint:
		server := block(&n.reading, a.SoftwareUpdatePoint).WSUSDatabaseServer
		n.to(far, updateDatabase, server, "inferred", "SQL Server, database of WSUS")
		n.to(servers, updateDatabase, server, "c61", "SQL Server, clean-up of WSUS")
	case dataWarehouse:
		n.to(far, warehouseDatabase, block(&n.reading, a.DataWarehouse).DatabaseServer, "x18", "SQL Server, data warehouse")
	case reportingServicesPoint:
		n.to(far, reportDatabase, block(&n.reading, a.ReportingServicesPoint).DatabaseServer, "inferred", "SQL Server, database of the report server")
		for _, warehouse := range n.rolesAt(a.code, dataWarehouse) {
			n.to(far, warehouseDatabase, block(&n.reading, warehouse.DataWarehouse).DatabaseServer, "inferred", "SQL Server, reports on the data warehouse")
		}
	case certificateRegistration:
		n.authority()
	}
	n.leaving(a)
}

// to adds a connection with the default port of SQL Server on a computer that a role
// names: a design has no other port for it.
func (n *network) to(from end, duty string, host model.Value[string], row, purpose string) {
	if name, ok := read(&n.reading, host); ok {
		n.connect(row, KindInbound, from, on(duty, model.FoldHost(name)), tcp(purpose, model.DefaultSQLPort))
	}
}

// connector adds what an Exchange Server connector, which runs on the site server,
// connects to. A design does not say which of the two it is.
func (n *network) connector(a *assigned, servers end) {
	if a.role == exchangeConnector {
		source := on(exchangeConnector, servers.hosts...)
		n.connect("c31", KindOutbound, source, outside(peerExchangeOnline), tcp("Exchange Online, WinRM over HTTPS", 5986))
		n.connect("c32", KindOutbound, source, outside(peerExchange), tcp("Exchange Server on premises, WinRM over HTTP", remotingPort))
	}
}

// authority adds the issuing certification authority, which only the site server at the
// top of the hierarchy talks to, for certificate profiles.
func (n *network) authority() {
	entries := []entry{udp("RPC endpoint mapper", 135), tcp("RPC endpoint mapper", 135), dynamicRPC}
	for _, siteCode := range n.codes {
		if s := n.sites[siteCode]; s.Parent.IsNull() {
			servers := on(siteServer, n.serversOf(s)...)
			n.connect("c55", KindOutbound, servers, outside(peerCA), entries...)
			n.connect("c55", KindInbound, outside(peerCA), servers, entries...)
		}
	}
}

// siteServerInitiates reports whether the site server opens all connections with a site
// system.
func (d *Design) siteServerInitiates(host string) bool {
	server := d.servers[host]
	return server != nil && d.is(server.SiteServerInitiates)
}

// usersOf returns who uses a role.
func (n *network) usersOf(user string, a *assigned, servers end) end {
	switch user {
	case siteServer:
		return servers
	case distributionPoint, gatewayConnection:
		return on(user, n.hostsOfRole(a.code, user)...)
	case pullDistributionPoint:
		return on(user, n.pulls()[a.host]...)
	case enrollmentProxyPoint:
		var hosts []string
		for _, proxy := range n.assigned {
			if proxy.role != enrollmentProxyPoint {
				continue
			}
			point, named := read(&n.reading, block(&n.reading, proxy.EnrollmentProxyPoint).EnrollmentPoint)
			if named && model.FoldHost(point) == a.host || !named && proxy.code == a.code {
				hosts = append(hosts, proxy.host)
			}
		}
		return on(user, hosts...)
	case softwareUpdatePoint:
		return on(user, n.downstream(a)...)
	default:
		return outside(user)
	}
}

// downstream returns the software update points that synchronize with one: those of the
// sites below, and for the first one of a site the others there.
func (n *network) downstream(a *assigned) []string {
	var hosts []string
	for _, siteCode := range n.codes {
		if n.parentOf(n.sites[siteCode]) == n.sites[a.code] {
			hosts = append(hosts, n.hostsOfRole(siteCode, softwareUpdatePoint)...)
		}
	}
	if own := n.rolesAt(a.code, softwareUpdatePoint); firstInstalled(own) == a {
		hosts = append(hosts, n.hostsOfRole(a.code, softwareUpdatePoint)...)
	}
	return hosts
}

// firstInstalled is the software update point that the others of a site synchronize with:
// one that is installed, else the first one that is added.
func firstInstalled(list []*assigned) *assigned {
	for _, a := range list {
		if a.installed {
			return a
		}
	}
	return list[0]
}

// pulls are the pull-distribution points by the computers that they copy content from.
func (d *Design) pulls() map[string][]string {
	if d.sources == nil {
		d.sources = map[string][]string{}
		for _, a := range d.assigned {
			if a.role != distributionPoint {
				continue
			}
			list, _ := pullSources(&d.reading, block(&d.reading, a.DistributionPoint))
			for _, source := range list {
				d.sources[source.host] = append(d.sources[source.host], a.host)
			}
		}
	}
	return d.sources
}

// shareHost returns the computer of a network path, none where it is not one.
func shareHost(path string) []string {
	rest, ok := strings.CutPrefix(path, `\\`)
	host, _, _ := strings.Cut(rest, `\`)
	if host = model.FoldHost(host); !ok || !hostName.MatchString(host) {
		return nil
	}
	return []string{host}
}

var hostName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
