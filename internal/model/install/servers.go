package install

import (
	"cmp"
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
	// Roles are the keys of the assigned roles, of what a site puts on the computer
	// (site_server, site_server_passive, sms_provider, site_database_server) and of what
	// sites and roles name there (content_library_share, database_replica_server,
	// wsus_database_server, data_warehouse_database_server, report_database_server). Sorted.
	Roles    []string
	Features []string // Windows features, sorted
	Ports    []Port   // that the computer takes connections on, sorted
	Outbound []Port   // of connections that leave the hierarchy, sorted
	// LocalAdministrators are the accounts that the site needs to be members of the local
	// group Administrators, sorted: computer accounts of site servers, or the site system
	// installation account.
	LocalAdministrators []string
	Certificates        []Certificate // of a public key infrastructure, sorted
	Programs            []Program     // sorted by name
	Accounts            []ServerAccount
	Sizing              Sizing
	SizingSources       []product.Source // the articles that the sizes are from
	// UpdateSetup is the PowerShell line that completes WSUS on the computer, empty where it
	// has no software update point. It needs the variable of [UpdateContent].
	UpdateSetup string
}

// computers returns what is on the computers of the hierarchy, by their names: the site
// systems, what sites put somewhere, and what roles name.
func (d *Design) computers() map[string]*Server {
	if d.hosts != nil {
		return d.hosts
	}
	d.hosts = map[string]*Server{}
	at := func(host, siteCode string, roles ...string) {
		s := d.hosts[host]
		if s == nil {
			s = &Server{FQDN: host}
			d.hosts[host] = s
		}
		if siteCode != "" {
			s.SiteCodes = append(s.SiteCodes, siteCode)
		}
		s.Roles = append(s.Roles, roles...)
	}
	for host, s := range d.servers {
		siteCode := ""
		if site, ok := read(&d.reading, s.Site); ok {
			siteCode, _ = read(&d.reading, site.NormalizedCode())
		}
		at(host, siteCode)
	}
	for _, siteCode := range d.codes {
		s := d.sites[siteCode]
		for host, role := range d.siteServers(s) {
			at(host, siteCode, role)
		}
		for _, host := range d.providersOf(s) {
			at(host, siteCode, smsProvider)
		}
		for _, host := range d.databaseComputers(s) {
			at(host, siteCode, siteDatabaseServer)
		}
		if library, ok := read(&d.reading, s.ContentLibraryPath); ok {
			for _, host := range shareHost(library) {
				at(host, siteCode, contentLibraryShare)
			}
		}
	}
	for _, a := range d.assigned {
		at(a.host, a.code, a.role)
		for duty, host := range d.named(a) {
			at(host, a.code, duty)
		}
	}
	for _, s := range d.hosts {
		s.SiteCodes, s.Roles = sorted(s.SiteCodes), sorted(s.Roles)
	}
	return d.hosts
}

// named returns the computers that the settings of a role name, by what they are for it.
func (d *Design) named(a *assigned) map[string]string {
	hosts := map[string]string{}
	add := func(duty string, v model.Value[string]) {
		if host, ok := read(&d.reading, v); ok {
			hosts[duty] = model.FoldHost(host)
		}
	}
	switch a.role {
	case managementPoint:
		if replica, ok := read(&d.reading, block(&d.reading, a.ManagementPoint).DatabaseReplica); ok {
			add(databaseReplica, replica.Server)
		}
	case softwareUpdatePoint:
		add(updateDatabase, block(&d.reading, a.SoftwareUpdatePoint).WSUSDatabaseServer)
	case dataWarehouse:
		add(warehouseDatabase, block(&d.reading, a.DataWarehouse).DatabaseServer)
	case reportingServicesPoint:
		add(reportDatabase, block(&d.reading, a.ReportingServicesPoint).DatabaseServer)
	}
	return hosts
}

// computersOf returns the computers that a site has something on, sorted.
func (d *Design) computersOf(siteCode string) []string {
	var hosts []string
	for host, s := range d.computers() {
		if slices.Contains(s.SiteCodes, siteCode) {
			hosts = append(hosts, host)
		}
	}
	slices.Sort(hosts)
	return hosts
}

// requirements returns the computers of the hierarchy by their names.
func (d *Design) requirements() []Server {
	hosts := d.computers()
	for host, s := range d.servers {
		if site, ok := read(&d.reading, s.Site); ok {
			d.administrators(hosts[host], site, s)
		}
	}
	for _, siteCode := range d.codes {
		d.siteNeeds(d.sites[siteCode], hosts)
	}
	for _, a := range d.assigned {
		needed, open := featuresOf(a.role, a.Assignment)
		d.open = d.open || open
		hosts[a.host].Features = append(hosts[a.host].Features, needed...)
		hosts[a.host].Certificates = append(hosts[a.host].Certificates, d.certificates(a)...)
	}
	d.sizes(hosts)
	d.programs(hosts)
	d.serverAccounts(hosts)
	d.updateSetups(hosts)
	for _, c := range d.Connections() {
		if s := hosts[c.DestinationHost]; s != nil {
			s.Ports = append(s.Ports, c.port(c.Source))
		}
		if s := hosts[c.SourceHost]; s != nil && c.DestinationHost == "" {
			s.Outbound = append(s.Outbound, c.port(c.Destination))
		}
	}
	list := make([]Server, 0, len(hosts))
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		s := hosts[host]
		s.Features, s.LocalAdministrators = sorted(s.Features), sorted(s.LocalAdministrators)
		slices.SortFunc(s.Certificates, func(a, b Certificate) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Purpose, b.Purpose))
		})
		s.Certificates = slices.Compact(s.Certificates)
		slices.SortFunc(s.Programs, func(a, b Program) int { return cmp.Compare(a.Name, b.Name) })
		slices.SortFunc(s.SizingSources, func(a, b product.Source) int { return cmp.Compare(a.URL(), b.URL()) })
		slices.SortFunc(s.Accounts, func(a, b ServerAccount) int {
			return cmp.Or(cmp.Compare(strings.ToLower(a.Account), strings.ToLower(b.Account)), cmp.Compare(a.Use, b.Use))
		})
		s.Accounts = slices.CompactFunc(s.Accounts, func(a, b ServerAccount) bool { return strings.EqualFold(a.Account, b.Account) && a.Use == b.Use })
		s.Ports, s.Outbound = sortedPorts(s.Ports), sortedPorts(s.Outbound)
		list = append(list, *s)
	}
	return list
}

// siteNeeds adds what a site needs of the computers that no role assignment names.
func (d *Design) siteNeeds(s *model.Site, hosts map[string]*Server) {
	siteCode := code(s)
	needed := siteServerFeatures
	if d.isSecondary(s) {
		needed = secondaryFeatures
	}
	for host := range d.siteServers(s) {
		server := hosts[host]
		server.Features = append(server.Features, needed...)
		if d.remoteUpdates(siteCode, host) {
			server.Features = append(server.Features, wsusConsole...)
		}
		d.administrators(server, s, d.servers[host])
	}
	read(&d.reading, s.Version)
	version, known := s.EffectiveVersion(product.DefaultVersion).Get()
	for _, host := range d.providersOf(s) {
		if known && version <= lastProviderIIS {
			hosts[host].Features = append(hosts[host].Features, providerFeature)
		}
		d.administrators(hosts[host], s, d.servers[host])
	}
	for _, host := range d.databaseComputers(s) {
		d.administrators(hosts[host], s, d.servers[host])
	}
	if library, ok := read(&d.reading, s.ContentLibraryPath); ok {
		for _, host := range shareHost(library) {
			hosts[host].Features = append(hosts[host].Features, shareFeature)
		}
	}
}

// siteServers returns the active and the passive site server with their roles.
func (d *Design) siteServers(s *model.Site) map[string]string {
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
func (d *Design) remoteUpdates(siteCode, host string) bool {
	return slices.ContainsFunc(d.rolesAt(siteCode, softwareUpdatePoint), func(a *assigned) bool { return a.host != host })
}

// databaseComputers returns the computers that hold the site database: the replicas or
// nodes behind a name that several share.
func (d *Design) databaseComputers(s *model.Site) []string {
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

func (d *Design) isSecondary(s *model.Site) bool {
	siteType, _ := read(&d.reading, s.Type)
	return siteType == product.Secondary
}

// administrators adds who has to be a local administrator of a computer of a site: its
// site servers, and the site server of the parent for a secondary one. A site system
// installation account takes their place.
func (d *Design) administrators(s *Server, site *model.Site, server *model.Server) {
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
	parent, ok := read(&d.reading, site.Parent)
	if !ok || d.siteServers(site)[s.FQDN] == "" {
		return
	}
	// The parent of a secondary site installs it. In an expansion, the new central
	// administration site is set up against the primary site server (prerequisites for
	// installing sites, 2024-03-25).
	if d.isSecondary(site) || d.expandedBy(parent) == site {
		d.siteServerAccounts(s, parent)
	}
}

// siteServerAccounts adds the computer accounts of the site servers of a site, but that
// of the computer itself.
func (d *Design) siteServerAccounts(s *Server, site *model.Site) {
	for host := range d.siteServers(site) {
		if host != s.FQDN {
			s.LocalAdministrators = append(s.LocalAdministrators, d.computerAccount(site, host))
		}
	}
}

// computerAccount writes the account of a computer with its domain, that of its name
// unless the site declares another one.
func (d *Design) computerAccount(site *model.Site, host string) string {
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

// ComputerAccount returns the domain of a computer of a site, empty where it is not known,
// and the account of the computer there.
func ComputerAccount(site *model.Site, host string) (domain, account string) {
	account = (&Design{}).computerAccount(site, host)
	domain, _, found := strings.Cut(account, `\`)
	if !found {
		return "", account
	}
	return domain, account
}
