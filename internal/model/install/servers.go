package install

import (
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Server is what a computer of a hierarchy needs for everything that it holds there.
type Server struct {
	FQDN      string
	SiteCodes []string // sorted; more than one for a computer that serves several sites
	// Roles are the keys of the assigned roles, and of what a site puts on the computer:
	// site_server, site_server_passive, sms_provider and site_database_server. Sorted.
	Roles    []string
	Features []string // Windows features, sorted
	Ports    []Port   // inbound, sorted
	// LocalAdministrators are the accounts that the site needs to be members of the local
	// group Administrators, sorted: computer accounts of site servers, or the site system
	// installation account.
	LocalAdministrators []string
}

// requirements returns the computers of the hierarchy by their names.
func (d *design) requirements() []Server {
	hosts := map[string]*Server{}
	at := func(host, siteCode string) *Server {
		s := hosts[host]
		if s == nil {
			s = &Server{FQDN: host}
			hosts[host] = s
		}
		if siteCode != "" {
			s.SiteCodes = append(s.SiteCodes, siteCode)
		}
		return s
	}
	for host, s := range d.servers {
		siteCode := ""
		if site, ok := read(&d.reading, s.Site); ok {
			siteCode, _ = read(&d.reading, site.NormalizedCode())
			d.administrators(at(host, siteCode), site, s)
			continue
		}
		at(host, siteCode)
	}
	for _, siteCode := range d.codes {
		d.siteComputers(d.sites[siteCode], at)
	}
	for _, a := range d.assigned {
		d.roleNeeds(at(a.host, a.code), a)
	}
	list := make([]Server, 0, len(hosts))
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		s := hosts[host]
		s.SiteCodes, s.Roles, s.Features = sorted(s.SiteCodes), sorted(s.Roles), sorted(s.Features)
		s.LocalAdministrators = sorted(s.LocalAdministrators)
		s.Ports = sortedPorts(s.Ports)
		list = append(list, *s)
	}
	return list
}

// roleNeeds adds what an assigned role needs, on the server and on those it connects to.
func (d *design) roleNeeds(s *Server, a *assigned) {
	s.Roles = append(s.Roles, a.role)
	needed, open := featuresOf(a.role, a.Assignment)
	d.open = d.open || open
	s.Features = append(s.Features, needed...)
	ports, open := portsOf(a.role, a.Assignment)
	d.open = d.open || open
	server, _ := read(&d.reading, a.site.ServerHost())
	for _, p := range ports {
		// A site server does not reach itself through a firewall.
		if p.Peer != siteServer || a.host != server {
			s.Ports = append(s.Ports, p)
		}
	}
	if a.role == distributionPoint && d.isSource(a.host) {
		s.Ports = append(s.Ports, pulledPorts(ports)...)
	}
}

// isSource reports whether a pull-distribution point has a computer among its sources.
func (d *design) isSource(host string) bool {
	if d.sources == nil {
		d.sources = map[string]bool{}
		for _, a := range d.assigned {
			if a.role != distributionPoint {
				continue
			}
			list, _ := pullSources(&d.reading, block(&d.reading, a.DistributionPoint))
			for _, source := range list {
				d.sources[source.host] = true
			}
		}
	}
	return d.sources[host]
}

// pulledPorts are the ports of content that pull-distribution points use like clients.
func pulledPorts(ports []Port) []Port {
	var list []Port
	for _, p := range ports {
		if p.Peer == peerClient && (strings.HasPrefix(p.Purpose, contentPurpose) || p.First == expressUpdatePort) {
			p.Peer = pullDistributionPoint
			list = append(list, p)
		}
	}
	return list
}

// siteComputers adds the computers of a site that no role assignment names.
func (d *design) siteComputers(s *model.Site, at func(host, siteCode string) *Server) {
	siteCode := code(s)
	siteType, _ := read(&d.reading, s.Type)
	secondary := siteType == product.Secondary
	needed := siteServerFeatures
	if secondary {
		needed = secondaryFeatures
	}
	for host, role := range d.siteServers(s) {
		server := at(host, siteCode)
		server.Roles = append(server.Roles, role)
		server.Features = append(server.Features, needed...)
		server.Ports = append(server.Ports, siteServerPorts...)
		if d.replicates(s) {
			server.Ports = append(server.Ports, replicationPort)
		}
		if d.remoteUpdates(siteCode, host) {
			server.Features = append(server.Features, wsusConsole...)
		}
		if !secondary && role == siteServer {
			server.Ports = append(server.Ports, Port{protocolTCP, 135, 135, peerConsole, "where the SMS Provider is, WMI"})
		}
		d.administrators(server, s, d.servers[host])
	}
	providers, _ := texts(&d.reading, s.ProviderHosts())
	for _, host := range providers {
		server := at(model.FoldHost(host), siteCode)
		server.Roles = append(server.Roles, smsProvider)
		server.Ports = append(server.Ports, d.unlessLocal(s, server.FQDN, providerPorts)...)
		read(&d.reading, s.Version)
		if version, ok := s.EffectiveVersion(product.DefaultVersion).Get(); ok && version <= lastProviderIIS {
			server.Features = append(server.Features, providerFeature)
		}
		d.administrators(server, s, d.servers[server.FQDN])
	}
	for _, host := range d.databaseComputers(s) {
		server := at(host, siteCode)
		server.Roles = append(server.Roles, siteDatabaseServer)
		server.Ports = append(server.Ports, d.databasePorts(s, host)...)
		d.administrators(server, s, d.servers[host])
	}
}

// siteServers returns the active and the passive site server with their roles.
func (d *design) siteServers(s *model.Site) map[string]string {
	hosts := map[string]string{}
	if host, ok := read(&d.reading, s.PassiveHost()); ok {
		hosts[host] = passiveSiteServer
	}
	if host, ok := read(&d.reading, s.ServerHost()); ok {
		hosts[host] = siteServer
	}
	return hosts
}

// remoteUpdates reports whether a software update point of the site is on another
// computer than a site server.
func (d *design) remoteUpdates(siteCode, host string) bool {
	return slices.ContainsFunc(d.rolesAt(siteCode, softwareUpdatePoint), func(a *assigned) bool { return a.host != host })
}

// databaseComputers returns the computers that hold the site database: the replicas or
// nodes behind a name that several share.
func (d *design) databaseComputers(s *model.Site) []string {
	db := block(&d.reading, s.DeclaredDatabase())
	var hosts []string
	if group, ok := read(&d.reading, db.AvailabilityGroup); ok {
		hosts, _ = texts(&d.reading, group.Replicas)
	} else if cluster, ok := read(&d.reading, db.FailoverCluster); ok {
		hosts, _ = texts(&d.reading, cluster.Nodes)
	} else if host, ok := read(&d.reading, s.DatabaseHost()); ok {
		hosts = []string{host}
	}
	for i, host := range hosts {
		hosts[i] = model.FoldHost(host)
	}
	return hosts
}

// usesDatabase are the roles that connect to the site database.
var usesDatabase = []string{
	managementPoint, reportingServicesPoint, stateMigrationPoint, endpointProtection, enrollmentPoint, assetIntelligence,
	dataWarehouse, serviceConnectionPoint, certificateRegistration,
}

// databasePorts returns the ports of SQL Server: for the site server and the SMS Provider,
// for the roles that the site has, and for the databases of the sites above and below.
func (d *design) databasePorts(s *model.Site, host string) []Port {
	db := block(&d.reading, s.DeclaredDatabase())
	engine := orDefault(&d.reading, db.Port, model.DefaultSQLPort)
	broker := orDefault(&d.reading, db.ServiceBrokerPort, model.DefaultServiceBrokerPort)
	port := func(peer, purpose string, number int64) Port { return Port{protocolTCP, number, number, peer, purpose} }
	ports := []Port{port(siteServer, "SQL Server", engine)}
	providers, _ := texts(&d.reading, s.ProviderHosts())
	if slices.ContainsFunc(providers, func(provider string) bool { return model.FoldHost(provider) != host }) {
		ports = append(ports, port(smsProvider, "SQL Server", engine))
	}
	for _, role := range usesDatabase {
		for _, a := range d.rolesAt(code(s), role) {
			if a.host != host {
				ports = append(ports, port(role, "SQL Server", engine))
				break
			}
		}
	}
	if d.replicates(s) {
		ports = append(ports, port(peerOther, "database replication", engine), port(peerOther, "database replication, Service Broker", broker))
	}
	return d.unlessLocal(s, host, ports)
}

func (d *design) isSecondary(s *model.Site) bool {
	siteType, _ := read(&d.reading, s.Type)
	return siteType == product.Secondary
}

// replicates reports whether a site has a parent or a child.
func (d *design) replicates(s *model.Site) bool {
	if _, ok := read(&d.reading, s.Parent); ok {
		return true
	}
	return slices.ContainsFunc(d.codes, func(c string) bool { return d.parentOf(d.sites[c]) == s })
}

// unlessLocal leaves out what the site server reaches on its own computer.
func (d *design) unlessLocal(s *model.Site, host string, ports []Port) []Port {
	server, _ := read(&d.reading, s.ServerHost())
	_, passive := read(&d.reading, s.PassiveHost())
	if host != server || passive {
		return ports
	}
	return slices.DeleteFunc(slices.Clone(ports), func(p Port) bool { return p.Peer == siteServer })
}

// administrators adds who has to be a local administrator of a computer of a site: its
// site servers, and the site server of the parent for a secondary one. A site system
// installation account takes their place.
func (d *design) administrators(s *Server, site *model.Site, server *model.Server) {
	if server != nil {
		if account, ok := read(&d.reading, server.InstallationAccount); ok {
			s.LocalAdministrators = append(s.LocalAdministrators, account)
			return
		}
	}
	if listed := d.sites[code(site)]; listed != nil {
		site = listed
	}
	d.siteServerAccounts(s, site)
	if parent, ok := read(&d.reading, site.Parent); ok && d.isSecondary(site) && d.siteServers(site)[s.FQDN] != "" {
		d.siteServerAccounts(s, parent)
	}
}

// siteServerAccounts adds the computer accounts of the site servers of a site, but that
// of the computer itself.
func (d *design) siteServerAccounts(s *Server, site *model.Site) {
	for host := range d.siteServers(site) {
		if host != s.FQDN {
			s.LocalAdministrators = append(s.LocalAdministrators, d.computerAccount(site, host))
		}
	}
}

// computerAccount writes the account of a computer with its domain, that of its name
// unless the site declares another one.
func (d *design) computerAccount(site *model.Site, host string) string {
	name, domain, _ := strings.Cut(host, ".")
	if declared, ok := read(&d.reading, site.Domain); ok {
		domain = strings.ToLower(declared)
	}
	account := strings.ToUpper(name) + "$"
	if domain == "" {
		return account
	}
	return domain + `\` + account
}
