package install

import (
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Object is an instance of an embedded class of a DSC resource.
type Object []Parameter

// resource is a resource of the module ConfigMgrCBDsc. The source is the schema of the
// resource in [product.DSC], version 4.0.0, and what its code refuses.
type resource struct {
	name     string
	single   bool // one for the computer it runs on: IsSingleInstance is its key
	settings func(*parameters, *model.Assignment)
	further  func(*model.Assignment) []DSC
}

// resources are the roles that the module has a resource for, by their keys.
var resources = map[string]resource{
	managementPoint:        {name: "CMManagementPoint", settings: managementPointProperties},
	distributionPoint:      {name: "CMDistributionPoint", settings: distributionPointProperties, further: furtherDistributionPoint},
	softwareUpdatePoint:    {name: "CMSoftwareUpdatePoint", settings: softwareUpdateProperties},
	fallbackStatusPoint:    {name: "CMFallbackStatusPoint", settings: noSettings},
	reportingServicesPoint: {name: "CMReportingServicePoint", settings: reportingProperties},
	serviceConnectionPoint: {name: "CMServiceConnectionPoint", settings: connectionSettings},
	assetIntelligence:      {name: "CMAssetIntelligencePoint", single: true, settings: noSettings},
}

// dscOf returns the DSC resource of a role, nil where the module has none. It has none for
// the roles of a secondary site: its resources look for the site in the SMS Provider of
// the computer they run on, and a secondary site has none.
func dscOf(key string, a *model.Assignment) *DSC {
	r, ok := resources[key]
	if siteType, _ := a.DeclaredSite().Type.Get(); !ok || siteType == product.Secondary {
		return nil
	}
	d := r.of(a, r.settings)
	if r.further != nil {
		d.Further = r.further(a)
	}
	return &d
}

// of returns the resource with its keys and the given settings.
func (r resource) of(a *model.Assignment, settings func(*parameters, *model.Assignment)) DSC {
	p := &parameters{}
	if r.single {
		p.add("IsSingleInstance", "Yes")
	}
	p.required("SiteCode", a.DeclaredSite().NormalizedCode(), placeholderSiteCode)
	p.required("SiteServerName", a.DeclaredServer().Host(), placeholderServer)
	settings(p, a)
	return DSC{Resource: r.name, Properties: p.list, Open: p.open}
}

// managementPointProperties leave out what the resource refuses: the traffic of a gateway
// without HTTPS or for the intranet alone, and its absence elsewhere.
func managementPointProperties(p *parameters, a *model.Assignment) {
	m := block(&p.reading, a.ManagementPoint)
	p.encrypted("EnableSsl", m.Protocol)
	p.translated("ClientConnectionType", m.ClientConnections, connectionTypes)
	gatewayProperty(p, m.Protocol, m.ClientConnections, m.AllowCMGTraffic)
	optional(p, "Username", m.DatabaseConnectionAccount)
	replica, ok := read(&p.reading, m.DatabaseReplica)
	if !ok {
		return
	}
	if _, named := read(&p.reading, replica.DatabaseName); named && !replica.Server.IsNull() {
		p.add("UseSiteDatabase", false)
		optional(p, "SqlServerFqdn", replica.Server)
		optional(p, "SqlServerInstanceName", replica.Instance)
		optional(p, "DatabaseName", replica.DatabaseName)
	}
}

// gatewayProperty adds whether a role takes the traffic of a gateway, where the resource
// for it accepts that.
func gatewayProperty(p *parameters, protocol, connections model.Value[string], traffic model.Value[bool]) {
	on, ok := read(&p.reading, traffic)
	if !ok {
		return
	}
	intranet := orDefault(&p.reading, connections, model.ConnectionsIntranet) == model.ConnectionsIntranet
	encrypted := orDefault(&p.reading, protocol, "") == model.ProtocolHTTPS
	if on && encrypted && !intranet || !on && connections.IsKnown() && intranet {
		p.add("EnableCloudGateway", on)
	}
}

func distributionPointProperties(p *parameters, a *model.Assignment) {
	d := block(&p.reading, a.DistributionPoint)
	p.translated("ClientCommunicationType", d.Protocol, communicationTypes)
	optional(p, "CertificateExpirationTimeUtc", d.CertificateExpiration)
	optional(p, "MinimumFreeSpaceMB", d.MinimumFreeSpace)
	drives(p, "ContentLibraryLocation", d.PrimaryContentDrive, d.SecondaryContentDrive)
	drives(p, "PackageShareLocation", d.PrimaryPackageDrive, d.SecondaryPackageDrive)
	optional(p, "AllowPreStaging", d.AllowPrestagedContent)
	optional(p, "EnableAnonymous", d.AllowAnonymous)
}

// drives adds where content is kept. The resource takes one letter only, without
// Automatic, which is the default, and a second drive only beside a first one.
func drives(p *parameters, name string, primary, secondary model.Value[string]) {
	first, ok := read(&p.reading, primary)
	if first = strings.ToUpper(strings.TrimSuffix(first, ":")); !ok || len(first) != 1 {
		return
	}
	p.add("Primary"+name, first)
	second, ok := read(&p.reading, secondary)
	if second = strings.ToUpper(strings.TrimSuffix(second, ":")); ok && len(second) == 1 {
		p.add("Secondary"+name, second)
	}
}

// furtherDistributionPoint are the resources that make a distribution point a
// pull-distribution point, and have it answer PXE requests.
func furtherDistributionPoint(a *model.Assignment) []DSC {
	var list []DSC
	d := block(&reading{}, a.DistributionPoint)
	if !d.PullSources.IsNull() {
		list = append(list, resource{name: "CMPullDistributionPoint"}.of(a, func(p *parameters, _ *model.Assignment) {
			sources, ok := pullSources(&p.reading, d)
			if !ok || len(sources) == 0 {
				return
			}
			p.add("EnablePullDP", true)
			objects := make([]Object, len(sources))
			for i, s := range sources {
				rank := s.rank
				if !s.ranked {
					rank = lastRank
				}
				objects[i] = Object{{"SourceDP", s.host}, {"DPRank", rank}}
			}
			p.add("SourceDistributionPoint", objects)
		}))
	}
	if !d.PXE.IsNull() {
		list = append(list, resource{name: "CMPxeDistributionPoint"}.of(a, func(p *parameters, _ *model.Assignment) {
			service, ok := read(&p.reading, d.PXE)
			if !ok {
				return
			}
			p.add("EnablePxe", true)
			p.add("AllowPxeResponse", true)
			if _, multicast := read(&p.reading, d.Multicast); !multicast { // with which the responder is refused
				p.add("EnableNonWdsPxe", service == model.PXEResponder)
			}
			optional(p, "PxeServerResponseDelaySec", d.PXEResponseDelay)
		}))
	}
	return list
}

func softwareUpdateProperties(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.SoftwareUpdatePoint)
	p.encrypted("WsusSsl", s.Protocol)
	if ports := wsusPorts(&p.reading, s); ports.declared {
		p.add("WsusIisPort", ports.http)
		p.add("WsusIisSslPort", ports.https)
	}
	p.translated("ClientConnectionType", s.ClientConnections, connectionTypes)
	on, _ := read(&p.reading, s.AllowCMGTraffic)
	connections := orDefault(&p.reading, s.ClientConnections, model.ConnectionsIntranet)
	if on && orDefault(&p.reading, s.Protocol, "") == model.ProtocolHTTPS && connections != model.ConnectionsIntranet {
		p.add("EnableCloudGateway", true)
	}
	if _, proxied := read(&p.reading, a.DeclaredServer().Proxy); proxied {
		optional(p, "UseProxy", s.UseProxy)
		optional(p, "UseProxyForAutoDeploymentRule", s.UseProxyForRules)
	}
	optional(p, "WsusAccessAccount", s.WSUSConnectionAccount)
}

func reportingProperties(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.ReportingServicesPoint)
	p.required("Username", s.Account, placeholderReportingAccount)
	optional(p, "ReportServerInstance", s.ReportServerInstance)
	optional(p, "FolderName", s.FolderName)
}

// texts returns the known elements of a list in their order.
func texts(r *reading, v model.Value[[]model.Value[string]]) ([]string, bool) {
	list, ok := read(r, v)
	if !ok {
		return nil, false
	}
	all := make([]string, 0, len(list))
	for _, e := range list {
		if text, ok := read(r, e); ok {
			all = append(all, text)
		}
	}
	return all, true
}

// SiteResource is a DSC resource of a site, which runs where its SMS Provider is.
type SiteResource struct {
	SiteCode string
	DSC
}

// Lacking is something of the design that the module cannot make: a role, a setting, or a
// part of a site.
type Lacking struct {
	SiteCode, Server, Role string
	Setting                string // the attribute, empty for the whole of it
	Command                *Command
}

// StateOf returns the resources of the sites in the order in which they depend on each
// other, what is installed included, and what the module has none for.
func (d *Design) StateOf() ([]SiteResource, []Lacking) {
	s := &state{Design: d}
	for _, siteCode := range d.codes {
		s.site(siteCode)
	}
	return s.resources, s.lacking
}

type state struct {
	*Design
	resources []SiteResource
	lacking   []Lacking
}

func (s *state) add(siteCode, name string, p *parameters) {
	s.resources = append(s.resources, SiteResource{siteCode, DSC{Resource: name, Properties: p.list}})
}

func (s *state) lacks(a *assigned, setting string, command *Command) {
	l := Lacking{Setting: setting, Command: command}
	if a != nil {
		l.SiteCode, l.Server, l.Role = a.code, a.host, a.role
	}
	s.lacking = append(s.lacking, l)
}

// site adds the resources of a site: accounts before what names them, site systems before
// roles, roles before boundary groups.
func (s *state) site(siteCode string) {
	site := s.sites[siteCode]
	if s.isSecondary(site) {
		for _, a := range s.assigned {
			if a.code == siteCode && !a.brought {
				command, _ := commandOf(a.role, a.Assignment)
				s.lacks(a, "", command)
			}
		}
		return
	}
	s.accounts(siteCode, site)
	s.settings(siteCode, site)
	s.siteSystems(siteCode, site)
	roles := s.rolesOf(siteCode)
	for _, a := range roles {
		s.role(a)
	}
	s.boundaryGroups(siteCode, roles)
}

func (s *state) accounts(siteCode string, site *model.Site) {
	accounts := map[string]Account{}
	note := func(list ...Account) {
		for _, a := range list {
			if _, known := accounts[a.key()]; !known {
				accounts[a.key()] = a
			}
		}
	}
	names, _ := texts(&s.reading, site.AccessAccounts)
	for _, name := range names {
		note(Account{SiteCode: siteCode, Name: name})
	}
	g := &graph{Design: s.Design, byID: map[string]*node{}}
	for _, a := range s.assigned {
		if s.registrar(a.code) != siteCode {
			continue
		}
		command, _ := commandOf(a.role, a.Assignment)
		note(accountsIn(command, siteCode)...)
		note(accountsIn(g.newSiteSystem(a.code, a.host), siteCode)...)
	}
	for _, key := range slices.Sorted(maps.Keys(accounts)) {
		p := &parameters{}
		p.add("SiteCode", siteCode)
		if a := accounts[key]; a.Placeholder != nil {
			p.add("Account", *a.Placeholder)
		} else {
			p.add("Account", a.Name)
		}
		p.add("AccountPassword", placeholderAccountPassword)
		s.add(siteCode, "CMAccounts", p)
	}
}

// settings are those of the site. The module leaves nearly all of them alone at a central
// administration site.
func (s *state) settings(siteCode string, site *model.Site) {
	g := &graph{Design: s.Design, byID: map[string]*node{}}
	siteType, _ := read(&s.reading, site.Type)
	if c := g.communication(site); c != nil && siteType == product.Primary {
		p := &parameters{}
		encrypted := slices.ContainsFunc(c.Parameters, func(p Parameter) bool { return p.Value == "HttpsOnly" })
		for _, parameter := range c.Parameters {
			if !encrypted || parameter.Name != "UseSmsGeneratedCert" { // which is left alone then
				p.add(parameter.Name, parameter.Value)
			}
		}
		s.add(siteCode, "CMSiteConfiguration", p)
	} else if c != nil {
		s.lacking = append(s.lacking, Lacking{SiteCode: siteCode, Setting: "client_communication", Command: c})
	}
	for _, port := range g.clientPorts(site) {
		s.lacking = append(s.lacking, Lacking{SiteCode: siteCode, Setting: "client_ports." + port.name, Command: port.command})
	}
	if names, ok := texts(&s.reading, site.AccessAccounts); ok && len(names) > 0 {
		p := &parameters{}
		p.add("SiteCode", siteCode)
		p.add("AccessAccounts", names)
		s.add(siteCode, "CMSoftwareDistributionComponent", p)
	}
	for _, part := range []struct {
		attribute string
		declared  bool
	}{
		{"passive_site_server", site.PassiveServer.IsKnown()}, {"content_library_path", site.ContentLibraryPath.IsKnown()},
		{"sms_providers", site.Providers.IsKnown()},
	} {
		if part.declared {
			s.lacking = append(s.lacking, Lacking{SiteCode: siteCode, Setting: part.attribute})
		}
	}
}

// siteSystems are the computers with roles of the site, but for the site server.
func (s *state) siteSystems(siteCode string, site *model.Site) {
	server, _ := read(&s.reading, site.ServerHost())
	g := &graph{Design: s.Design, byID: map[string]*node{}}
	hosts := map[string]bool{}
	if passive, ok := read(&s.reading, site.PassiveHost()); ok {
		hosts[passive] = true
	}
	for _, a := range s.assigned {
		if r := recipes[a.role]; a.code == siteCode && a.host != server && r != nil && !r.anywhere {
			hosts[a.host] = true
		}
	}
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		p := &parameters{}
		for _, parameter := range g.newSiteSystem(siteCode, host).Parameters {
			if parameter.Name == "SiteSystemServerName" {
				parameter.Name = "SiteSystemServer"
			}
			p.add(parameter.Name, parameter.Value)
		}
		s.add(siteCode, "CMSiteSystemServer", p)
	}
}

func (s *state) role(a *assigned) {
	command, _ := commandOf(a.role, a.Assignment)
	resource := dscOf(a.role, a.Assignment)
	if resource == nil {
		s.lacks(a, "", command)
		return
	}
	s.resources = append(s.resources, SiteResource{a.code, DSC{Resource: resource.Resource, Properties: resource.Properties}})
	for _, further := range resource.Further {
		s.resources = append(s.resources, SiteResource{a.code, further})
	}
	if a.role == softwareUpdatePoint && s.sites[a.code].Parent.IsNull() {
		if p := synchronizationOf(&s.reading, a); p != nil {
			s.add(a.code, "CMSoftwareUpdatePointComponent", p)
		}
	}
	for _, setting := range s.lackingSettings(a, resource) {
		s.lacks(a, setting, nil)
	}
}

// lackingSettings are the declared settings of a role that its resource has no property
// for, or refuses.
func (s *state) lackingSettings(a *assigned, resource *DSC) []string {
	var list []string
	note := func(name string, declared bool) {
		if declared {
			list = append(list, name)
		}
	}
	has := func(name string) bool {
		return slices.ContainsFunc(resource.Properties, func(p Parameter) bool { return p.Name == name })
	}
	r := &s.reading
	switch a.role {
	case managementPoint:
		m := block(r, a.ManagementPoint)
		note("allow_mobile_devices", m.AllowMobileDevices.IsKnown())
		note("allow_cmg_traffic", orDefault(r, m.AllowCMGTraffic, false) && !has("EnableCloudGateway"))
		note("database_replica", m.DatabaseReplica.IsKnown() && !has("SqlServerFqdn"))
	case distributionPoint:
		d := block(r, a.DistributionPoint)
		note("client_connections", d.ClientConnections.IsKnown())
		note("install_iis", d.InstallIIS.IsKnown())
		note("listen_on_dhcp_port", d.ListenOnDHCPPort.IsKnown())
		note("multicast", d.Multicast.IsKnown())
		note("rate_limits", d.RateLimits.IsKnown())
		note("certificate", orDefault(r, d.Certificate, "") == model.CertificatePKI)
		note("connected_cache", d.ConnectedCache.IsKnown())
	case softwareUpdatePoint:
		u := block(r, a.SoftwareUpdatePoint)
		note("allow_cmg_traffic", orDefault(r, u.AllowCMGTraffic, false) && !has("EnableCloudGateway"))
		note("use_proxy", orDefault(r, u.UseProxy, false) && !has("UseProxy"))
	}
	return list
}

// boundaryGroups names the groups with their site systems.
func (s *state) boundaryGroups(siteCode string, roles []*assigned) {
	groups := s.groupsOf(roles)
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		p := &parameters{}
		p.add("SiteCode", siteCode)
		p.add("BoundaryGroup", name)
		p.add("SiteSystemsToInclude", groups[name])
		s.add(siteCode, "CMBoundaryGroups", p)
	}
}

// rolesOf returns the roles of a site.
func (d *Design) rolesOf(siteCode string) []*assigned {
	var roles []*assigned
	for _, a := range d.assigned {
		if a.code == siteCode {
			roles = append(roles, a)
		}
	}
	return roles
}

// groupsOf returns the site systems of the boundary groups that roles name.
func (d *Design) groupsOf(roles []*assigned) map[string][]string {
	groups := map[string][]string{}
	for _, a := range roles {
		names, _ := d.boundaryGroups(a)
		for _, name := range names {
			groups[name] = sorted(groups[name], []string{a.host})
		}
	}
	return groups
}

// boundaryGroups returns the boundary groups that a role names for its server, and whether
// it says which those are.
func (d *Design) boundaryGroups(a *assigned) ([]string, bool) {
	switch a.role {
	case managementPoint:
		return texts(&d.reading, block(&d.reading, a.ManagementPoint).BoundaryGroups)
	case distributionPoint:
		return texts(&d.reading, block(&d.reading, a.DistributionPoint).BoundaryGroups)
	}
	return nil, false
}
