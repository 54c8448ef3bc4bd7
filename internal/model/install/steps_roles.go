package install

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// phaseOf places the roles that are not further ones.
var phaseOf = map[string]string{
	managementPoint: PhaseRoles, distributionPoint: PhaseRoles, softwareUpdatePoint: PhaseSoftwareUpdates,
	reportingServicesPoint: PhaseReporting, dataWarehouse: PhaseReporting,
	serviceConnectionPoint: PhaseSites, gatewayConnection: PhaseCloud,
}

// role adds the steps of a role assignment.
func (g *graph) role(a *assigned) {
	if a.installed && !g.comesBack(a) {
		return
	}
	r, ok := recipes[a.role]
	if !ok {
		return // it cannot be added any more
	}
	s := Step{ID: idOf(a.code, a.host, a.role), Phase: g.phaseOfRole(a), Action: DoAddRole, SiteCode: a.code, Server: a.host, Role: a.role}
	command, unknown := commandOf(a.role, a.Assignment)
	if unknown || command != nil && !command.Known() {
		g.open = true
		return
	}
	s.Command = command
	if !g.gatewaysRun() {
		s.Command = withoutGateway(command)
	}
	accounts := g.register(accountsIn(s.Command, g.registrar(a.code)))
	if a.own {
		// The setup of the site brings it.
		if s.Command != nil {
			s.Action = DoChangeRole
			g.add(s, append(accounts, g.base(a.code))...)
		}
	} else {
		g.add(s, append(accounts, g.requirementsOf(a, r)...)...)
		g.add(Step{ID: readyID(a.code, g.kindOf(a)), Phase: s.Phase, Action: DoWaitForRoles, SiteCode: a.code, Role: a.role}, s.ID)
	}
	if !g.gatewaysRun() {
		g.enableGateway(a, command)
	}
	g.connectedCache(a)
}

// connectedCache adds the step that turns on Connected Cache, which the cmdlet that adds a
// distribution point does not (Set-CMDistributionPoint, 2021-12-16).
func (g *graph) connectedCache(a *assigned) {
	if a.role != distributionPoint || !orDefault(&g.reading, block(&g.reading, a.DistributionPoint).ConnectedCache, false) {
		return
	}
	g.add(Step{
		ID: idOf(a.code, a.host, a.role, "connected_cache"), Phase: PhaseFurtherRoles, Action: DoConnectedCache, SiteCode: a.code, Server: a.host, Role: a.role,
		Command: &Command{Cmdlet: "Set-CMDistributionPoint", Parameters: []Parameter{
			{"SiteSystemServerName", a.host}, {"SiteCode", a.code}, {"EnableDoinc", true}, {"AgreeDoincLicense", placeholderCacheLicense},
		}},
	}, idOf(a.code, a.host, a.role), g.base(a.code), readyID(a.code, g.kindOf(a)))
}

// kindOf is the role, with pull-distribution points apart: they come after management
// points, and these after the other distribution points.
func (g *graph) kindOf(a *assigned) string {
	if a.role == distributionPoint {
		if pull, _ := read(&g.reading, block(&g.reading, a.DistributionPoint).IsPull()); pull {
			return pullDistributionPoint
		}
	}
	return a.role
}

func (g *graph) phaseOfRole(a *assigned) string {
	phase, ok := phaseOf[a.role]
	switch {
	case !ok:
		return PhaseFurtherRoles
	case phase == PhaseRoles && g.isSecondary(a.site):
		return PhaseSecondarySites
	default:
		return phase
	}
}

// comesBack reports whether an installed role is removed before an expansion, and added
// again after it: also one on the computer of the passive site server, which has none
// when it gets that part again.
func (g *graph) comesBack(a *assigned) bool {
	parent := g.parentOf(a.site)
	if parent == nil || g.expandedBy(parent) != a.site {
		return false
	}
	passive, ok := read(&g.reading, a.site.PassiveHost())
	return slices.Contains(leaveBeforeExpansion, a.role) || ok && passive == a.host
}

// requirementsOf returns what comes before a role is added, and adds what is only there
// because of it.
func (g *graph) requirementsOf(a *assigned, r *recipe) []string {
	setup := g.base(a.code)
	if a.role == serviceConnectionPoint {
		setup = g.settled(a.code)
	}
	needs := []string{setup}
	if r.anywhere {
		return append(needs, readyID(a.code, managementPoint))
	}
	prepared := g.prepare(a.code, a.host)
	needs = append(needs, g.siteSystem(a, setup, prepared))
	if passive, ok := read(&g.reading, a.site.PassiveHost()); ok && passive == a.host {
		needs = append(needs, readyID(a.code, passiveStep))
	}
	parent := g.parentOf(a.site)
	switch a.role {
	case managementPoint:
		needs = append(needs, readyID(a.code, distributionPoint))
	case distributionPoint:
		needs = append(needs, g.pullRequirements(a)...)
	case softwareUpdatePoint:
		wsus := g.add(Step{ID: idOf(a.code, a.host, "wsus"), Phase: PhaseSoftwareUpdates, Action: DoPrepareWSUS, SiteCode: a.code, Server: a.host, Role: a.role}, prepared)
		needs = append(needs, wsus)
		if parent != nil {
			needs = append(needs, readyID(code(parent), softwareUpdatePoint))
		} else {
			g.configureUpdates(a)
		}
	case reportingServicesPoint:
		needs = append(needs, g.add(Step{ID: idOf(a.code, a.host, "report_server"), Phase: PhaseReporting, Action: DoPrepareReports, SiteCode: a.code, Server: a.host, Role: a.role}, prepared))
	case dataWarehouse:
		// It is not to be the first role of its server, and its reports need the other role.
		needs = append(needs, readyID(a.code, reportingServicesPoint))
		for _, other := range g.assigned {
			if other.host == a.host && other.code == a.code && other.role != a.role {
				needs = append(needs, idOf(other.code, other.host, other.role))
			}
		}
	case enrollmentProxyPoint:
		needs = append(needs, readyID(a.code, enrollmentPoint))
	}
	if parent != nil && g.comesBack(a) {
		needs = append(needs, g.base(code(parent)))
	}
	return needs
}

// siteSystem adds the step that makes a prepared computer a site system server. Setup
// makes the site server one.
func (g *graph) siteSystem(a *assigned, setup, prepared string) string {
	if server, ok := read(&g.reading, a.site.ServerHost()); ok && server == a.host {
		return prepared
	}
	phase := PhaseRoles
	switch {
	case g.isSecondary(a.site):
		phase = PhaseSecondarySites
	case a.role == serviceConnectionPoint:
		phase = PhaseSites
	}
	return g.addSiteSystem(a.code, a.host, phase, setup, prepared)
}

// addSiteSystem adds the step for a computer that may hold several roles. It belongs to
// the phase of the first one.
func (g *graph) addSiteSystem(siteCode, host, phase string, after ...string) string {
	c := g.newSiteSystem(siteCode, host)
	return g.add(Step{
		ID: idOf(siteCode, host, "site_system"), Phase: phase, Action: DoAddSiteSystem, SiteCode: siteCode, Server: host, Command: c,
	}, append(g.register(accountsIn(c, g.registrar(siteCode))), after...)...)
}

// newSiteSystem is the cmdlet that makes a computer a site system server.
func (g *graph) newSiteSystem(siteCode, host string) *Command {
	p := &parameters{}
	p.add("SiteSystemServerName", host)
	p.add("SiteCode", siteCode)
	s := g.servers[host]
	if s == nil {
		s = &model.Server{}
	}
	optional(p, "PublicFqdn", s.InternetFQDN)
	if account, ok := read(&p.reading, s.InstallationAccount); ok {
		p.add("AccountName", account)
	} else {
		p.add("UseSiteServerAccount", true)
	}
	optional(p, "FdmOperation", s.SiteServerInitiates)
	if proxy, ok := read(&p.reading, s.Proxy); ok {
		p.add("EnableProxy", true)
		p.required("ProxyServerName", proxy.Server, Placeholder{Name: "ProxyServerName", Purpose: "the name of the proxy server"})
		p.add("ProxyServerPort", orDefault(&p.reading, proxy.Port, model.DefaultProxyPort))
	}
	g.open = g.open || p.open
	return p.command("New-CMSiteSystemServer")
}

// pullRequirements returns what a pull-distribution point comes after: the management
// points of its site, and its sources.
func (g *graph) pullRequirements(a *assigned) []string {
	sources, ok := pullSources(&g.reading, block(&g.reading, a.DistributionPoint))
	if !ok {
		return nil
	}
	var needs []string
	if !g.isSecondary(a.site) {
		needs = append(needs, readyID(a.code, managementPoint))
	}
	for _, source := range sources {
		for _, other := range g.assigned {
			if other.host != source.host || other.role != distributionPoint {
				continue
			}
			if other.own {
				needs = append(needs, g.base(other.code))
			}
			needs = append(needs, idOf(other.code, other.host, other.role))
		}
	}
	return needs
}

// synchronizations are the words of the cmdlet for the sources of software updates.
var synchronizations = map[string]string{
	model.SyncMicrosoftUpdate: "SynchronizeFromMicrosoftUpdate",
	model.SyncUpstreamWSUS:    "SynchronizeFromAnUpstreamDataSourceLocation",
	model.SyncNone:            "DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource",
}

// configureUpdates adds the settings of the software update points of a top-level site,
// which are those of the hierarchy.
func (g *graph) configureUpdates(a *assigned) {
	p := synchronizationOf(&g.reading, a)
	if p == nil {
		return
	}
	g.add(Step{
		ID: idOf(a.code, "software_update_point_component"), Phase: PhaseSoftwareUpdates, Action: DoConfigureUpdates, SiteCode: a.code, Role: a.role,
		Command: p.command("Set-CMSoftwareUpdatePointComponent"),
	}, readyID(a.code, a.role))
}

// synchronizationOf says what the software update points of a top-level site synchronize
// with, nil where the design does not say.
func synchronizationOf(r *reading, a *assigned) *parameters {
	source, ok := read(r, block(r, a.SoftwareUpdatePoint).SynchronizationSource)
	action := synchronizations[source]
	if !ok || action == "" {
		return nil
	}
	p := &parameters{}
	p.add("SiteCode", a.code)
	p.add("SynchronizeAction", action)
	if source == model.SyncUpstreamWSUS {
		p.add("UpstreamSourceLocation", placeholderUpstreamServer)
	}
	return p
}
