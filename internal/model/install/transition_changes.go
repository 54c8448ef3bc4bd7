package install

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// changeSystems gives site systems that are there the settings of the design.
func (g *graph) changeSystems() {
	for _, host := range slices.Sorted(maps.Keys(g.servers)) {
		was := g.from.servers[host]
		site, ok := read(&g.reading, g.servers[host].Site)
		if was == nil || !ok || !g.kept(code(site)) {
			continue
		}
		siteCode := code(site)
		if before, ok := read(&g.from.reading, was.Site); !ok || code(before) != siteCode || g.byCode[siteCode].Server == host {
			continue
		}
		now := g.newSiteSystem(siteCode, host)
		if old := (&graph{Design: g.from}).newSiteSystem(siteCode, host); !now.Known() || now.Line() == old.Line() {
			continue
		}
		now.Cmdlet = "Set-CMSiteSystemServer"
		g.add(Step{ID: idOf(siteCode, host, siteSystem, "settings"), Phase: PhaseRoles, Action: DoChangeSiteSystem, SiteCode: siteCode, Server: host, Command: now},
			append(g.register(accountsIn(now, g.registrar(siteCode))), g.base(siteCode))...)
	}
}

// opensGateway reports whether a role takes the traffic of gateways.
func opensGateway(r *reading, a *assigned) bool {
	switch a.role {
	case managementPoint:
		return orDefault(r, block(r, a.ManagementPoint).AllowCMGTraffic, false)
	case softwareUpdatePoint:
		return orDefault(r, block(r, a.SoftwareUpdatePoint).AllowCMGTraffic, false)
	}
	return false
}

// changeSite adds the steps that change a site that runs.
func (g *graph) changeSite(s, was *Site) {
	siteCode, ready := s.Code, g.base(s.Code)
	if g.detached(s) {
		g.linked(s.Declared, s.Server, siteRemovedID(was.Parent))
	}
	if g.promoted(was, s) {
		g.add(Step{ID: promotedID(siteCode), Phase: PhaseAvailability, Action: DoPromote, SiteCode: siteCode, Server: s.Server, Role: siteServer})
	}
	step := func(name, action string, command *Command, needs ...string) {
		g.add(Step{ID: idOf(siteCode, name), Phase: PhaseSites, Action: action, SiteCode: siteCode, Command: command}, append(needs, ready)...)
	}
	g.changeCommunication(s, was, step)
	// It moves back to a local folder (remote content library, 2021-08-02).
	if _, remote := read(&g.from.reading, was.Declared.ContentLibraryPath); remote && s.Declared.ContentLibraryPath.IsNull() {
		p := &parameters{}
		p.add("NewLocation", placeholderLocalLibrary)
		p.add("SiteCode", siteCode)
		g.add(Step{ID: idOf(siteCode, "content_library"), Phase: PhaseAvailability, Action: DoMoveLibrary, SiteCode: siteCode, Command: p.command("Move-CMContentLibrary")},
			ready, passiveRemovedID(siteCode))
	}
	before := map[string]int64{}
	for _, port := range g.allClientPorts(was.Declared) {
		before[port.name] = port.number
	}
	for _, port := range g.allClientPorts(s.Declared) {
		if port.number != before[port.name] {
			step("client_port_"+port.name, DoClientPorts, port.command)
		}
	}
	g.changeAccessAccounts(s, was, step)
	g.changeVersion(s, was, step)
	if s.Declared.Database.IsKnown() && was.Declared.Database.IsKnown() && differs(s.Declared.DeclaredDatabase(), was.Declared.DeclaredDatabase()) {
		step("database_change", DoChangeDatabase, nil)
	}
}

// communicationStep ends the ids of the steps that set how clients talk to a site.
const communicationStep = "client_communication"

// changeCommunication sets how clients talk to a site: before its roles allow HTTP, and
// after none of them does where the site accepts HTTPS only.
func (g *graph) changeCommunication(s, was *Site, step func(string, string, *Command, ...string)) {
	now, ok := read(&g.reading, s.Declared.Communication)
	c := g.communication(s.Declared)
	if !ok || c == nil || s.Declared.Communication == was.Declared.Communication {
		return
	}
	var after []string
	if now == model.CommunicationHTTPSOnly {
		for _, a := range g.from.assigned {
			if a.code == s.Code {
				after = append(after, removedID(a.code, a.host, a.role), settingsID(a))
			}
		}
	}
	step(communicationStep, DoCommunication, c, after...)
}

// changeAccessAccounts adds the network access accounts that the site lacks, and takes away
// those that the design does not have.
func (g *graph) changeAccessAccounts(s, was *Site, step func(string, string, *Command, ...string)) {
	now, declared := texts(&g.reading, s.Declared.AccessAccounts)
	before, _ := texts(&g.from.reading, was.Declared.AccessAccounts)
	if !declared {
		return
	}
	without := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(name string) bool {
			return slices.ContainsFunc(other, func(o string) bool { return strings.EqualFold(o, name) })
		})
	}
	added, removed := without(now, before), without(before, now)
	p := &parameters{}
	p.add("SiteCode", s.Code)
	var accounts []Account
	if len(added) > 0 {
		p.add("AddNetworkAccessAccountName", added)
		for _, name := range added {
			accounts = append(accounts, Account{SiteCode: s.Code, Name: name})
		}
	}
	if len(removed) > 0 {
		p.add("RemoveNetworkAccessAccountName", removed)
	}
	if len(p.list) > 1 {
		step("network_access_accounts", DoAccessAccounts, p.command("Set-CMSoftwareDistributionComponent"), g.register(accounts)...)
	}
}

// changeVersion updates a site. Those below the top-level site get the update from it.
func (g *graph) changeVersion(s, was *Site, step func(string, string, *Command, ...string)) {
	read(&g.reading, s.Declared.Version)
	now, ok := s.Declared.EffectiveVersion(product.DefaultVersion).Get()
	before, known := was.Declared.EffectiveVersion(product.DefaultVersion).Get()
	if !ok || !known || now == before || s.Declared.Version.IsNull() || product.CheckUpdate(before, now) != nil {
		return // what the product refuses is told in Refusals
	}
	command := updateCommand(s.Declared)
	if s.Parent != "" {
		command = nil
	}
	step(DoUpdateSite, DoUpdateSite, command, idOf(s.Parent, DoUpdateSite))
}

// Refusals are what the product refuses of the way to the design, so that no step does it,
// a site each: versions that a site that runs cannot be updated to. They are nil where the
// plan begins with nothing.
func (d *Design) Refusals() []Problem {
	if d.from == nil {
		return nil
	}
	var list []Problem
	for _, s := range d.Sites {
		if !d.kept(s.Code) || s.Declared.Version.IsNull() {
			continue
		}
		now, ok := s.Declared.EffectiveVersion(product.DefaultVersion).Get()
		before, known := d.from.Site(s.Code).Declared.EffectiveVersion(product.DefaultVersion).Get()
		if !ok || !known {
			continue
		}
		if err := product.CheckUpdate(before, now); err != nil {
			list = append(list, Problem{Path: s.At.Attr("version"), Message: err.Error()})
		}
	}
	return list
}

// differs reports whether a settings block says something else than another one: what it
// leaves to the product, and what the other one does not know, is no difference, but what
// it has no longer is one where its absence says something.
func differs[T any](now, before model.Value[*T]) bool {
	a, _ := now.Get()
	b, _ := before.Get()
	if a == nil {
		a = new(T)
	}
	if b == nil {
		b = new(T)
	}
	old := model.Encode(b)
	for name, value := range model.Encode(a) {
		switch {
		case name == "boundary_groups" || !model.IsSetting(name): // the groups have steps of their own
		case value == nil && slices.Contains(absent, name):
			if old[name] != nil {
				return true
			}
		case value == nil:
		case !reflect.DeepEqual(value, old[name]):
			return true
		}
	}
	return false
}

// absent are settings whose absence says that there is none.
var absent = []string{"pull_sources", "pxe", "multicast", "database_replica", "availability_group", "failover_cluster"}

// roleDiffers reports whether a role has other settings than the one that is there. The
// blocks of fallback status points and Exchange Server connectors hold none.
func roleDiffers(a, was *model.Assignment) bool {
	return differs(a.ManagementPoint, was.ManagementPoint) || differs(a.DistributionPoint, was.DistributionPoint) ||
		differs(a.SoftwareUpdatePoint, was.SoftwareUpdatePoint) || differs(a.ReportingServicesPoint, was.ReportingServicesPoint) ||
		differs(a.ServiceConnectionPoint, was.ServiceConnectionPoint) || differs(a.EnrollmentPoint, was.EnrollmentPoint) ||
		differs(a.EnrollmentProxyPoint, was.EnrollmentProxyPoint) || differs(a.GatewayConnection, was.GatewayConnection) ||
		differs(a.DataWarehouse, was.DataWarehouse) || differs(a.CertificateRegistration, was.CertificateRegistration)
}

// changeRole adds the steps that give a role that is there its settings.
func (g *graph) changeRole(a, was *assigned) {
	if !roleDiffers(a.Assignment, was.Assignment) {
		return
	}
	opened, opens := opensGateway(&g.from.reading, was), opensGateway(&g.reading, a)
	command := changeOf(a)
	if command != nil && !command.Known() {
		g.open = true
		return
	}
	needs := append(g.register(accountsIn(command, g.registrar(a.code))), g.base(a.code))
	switch a.role {
	case distributionPoint:
		needs = append(needs, g.pullRequirements(a)...)
	case serviceConnectionPoint: // gateways need one that is online
		for _, gw := range g.leavingGateways() {
			needs = append(needs, gatewayRemovedID(gw))
		}
	}
	g.add(Step{
		ID: settingsID(a), Phase: g.phaseOfRole(a), Action: DoChangeRole, SiteCode: a.code, Server: a.host, Role: a.role, Command: command,
	}, needs...)
	if opens && !opened {
		g.openGateway(a)
	}
}

// openGateway lets the traffic of gateways in at a role that is there.
func (g *graph) openGateway(a *assigned) {
	command, _ := commandOf(a.role, a.Assignment)
	g.enableGateway(a, command)
}

// closeGateways keeps the traffic of gateways out: where the design does not let it in
// any more, and for as long as gateways are replaced.
func (g *graph) closeGateways() {
	leaving := g.leavingGateways()
	replaced := len(leaving) > 0
	for _, a := range g.assigned {
		was := g.from.roleAt(a.code, a.host, a.role)
		if !a.installed || was == nil || !g.opensBefore(was) {
			continue
		}
		opens := opensGateway(&g.reading, a)
		if opens && !replaced {
			continue
		}
		g.preferences = append(g.preferences, preference{step: closedID(a), after: g.openings})
		g.add(Step{
			ID: closedID(a), Phase: PhaseCloud, Action: DoDisableGateway, SiteCode: a.code, Server: a.host, Role: a.role,
			Command: &Command{Cmdlet: gatewayCmdlets[a.role], Parameters: []Parameter{{"SiteSystemServerName", a.host}, {"SiteCode", a.code}, {enablesGateway, false}}},
		})
		if opens {
			g.openGateway(a)
			if n := g.byID[idOf(a.code, a.host, a.role, DoEnableGateway)]; n != nil {
				n.Requires = append(n.Requires, closedID(a))
				for _, gw := range leaving {
					n.Requires = append(n.Requires, gatewayRemovedID(gw))
				}
			}
		}
	}
}

// changeOf is the cmdlet that gives a role its settings, nil where it is done by hand.
// Traffic of gateways is let in by a step of its own.
func changeOf(a *assigned) *Command {
	change, ok := changes[a.role]
	if !ok {
		return nil
	}
	p := &parameters{}
	recipes[a.role].place(p, a.Assignment)
	named := len(p.list)
	change.settings(p, a.Assignment)
	p.list = slices.DeleteFunc(p.list, letsGatewayIn)
	if len(p.list) == named && !p.open {
		return nil
	}
	return p.command(change.cmdlet)
}

// updateParameters are the parameters of Set-CMSoftwareUpdatePoint by those of
// Add-CMSoftwareUpdatePoint.
var updateParameters = map[string]string{"WsusSsl": "EnableSsl", "WsusIisPort": "HttpPort", "WsusIisSslPort": "HttpsPort"}

// changes are the cmdlets that change roles, as far as their parameters go. What they
// have no parameter for is done in the console.
var changes = map[string]struct {
	cmdlet   string
	settings func(*parameters, *model.Assignment)
}{
	managementPoint: {"Set-CMManagementPoint", func(p *parameters, a *model.Assignment) {
		managementPointSettings(p, a, "UserName")
		if block(&p.reading, a.ManagementPoint).DatabaseReplica.IsNull() {
			p.add("UseSiteDatabase", true)
		}
	}},
	distributionPoint: {"Set-CMDistributionPoint", func(p *parameters, a *model.Assignment) {
		changedDistributionPoint(p, a)
		if block(&p.reading, a.DistributionPoint).PullSources.IsNull() {
			p.add("EnablePullDP", false)
		}
	}},
	softwareUpdatePoint: {"Set-CMSoftwareUpdatePoint", func(p *parameters, a *model.Assignment) {
		named := len(p.list)
		updateServerParameters(p, block(&p.reading, a.SoftwareUpdatePoint))
		for i := range p.list[named:] { // the cmdlet that adds the role names them otherwise
			if name, ok := updateParameters[p.list[named+i].Name]; ok {
				p.list[named+i].Name = name
			}
		}
	}},
	serviceConnectionPoint: {"Set-CMServiceConnectionPoint", connectionSettings},
}
