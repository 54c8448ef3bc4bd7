package install

import (
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// enablesGateway is the parameter with which a role accepts the traffic of a cloud
// management gateway.
const enablesGateway = "EnableCloudGateway"

// withoutGateway returns the command without the traffic of a cloud management gateway,
// which is let in when the gateway is there.
func withoutGateway(c *Command) *Command {
	if c == nil {
		return nil
	}
	if !slices.ContainsFunc(c.Parameters, letsGatewayIn) {
		return c
	}
	return &Command{Cmdlet: c.Cmdlet, Parameters: slices.DeleteFunc(slices.Clone(c.Parameters), letsGatewayIn)}
}

func letsGatewayIn(p Parameter) bool { return p.Name == enablesGateway }

// gatewaysRun reports whether the cloud management gateways and their connection points are
// there and stay: a role that is added takes their traffic from the beginning, because
// without one that does they lead nowhere.
func (g *graph) gatewaysRun() bool {
	if len(g.gateways) == 0 || g.expands() || g.from != nil && len(g.leavingGateways()) > 0 {
		return false
	}
	return !slices.ContainsFunc(g.gateways, func(gw *model.Gateway) bool { return !g.is(gw.Installed) }) &&
		!slices.ContainsFunc(g.assigned, func(a *assigned) bool { return a.role == gatewayConnection && !a.installed })
}

// gatewayCmdlets let the traffic of a cloud management gateway in.
var gatewayCmdlets = map[string]string{managementPoint: "Set-CMManagementPoint", softwareUpdatePoint: "Set-CMSoftwareUpdatePoint"}

// enableGateway adds the step that lets the traffic of cloud management gateways in, once
// they and their connection points are there.
func (g *graph) enableGateway(a *assigned, command *Command) {
	cmdlet := gatewayCmdlets[a.role]
	if cmdlet == "" || command == nil {
		return
	}
	i := slices.IndexFunc(command.Parameters, letsGatewayIn)
	if i < 0 || command.Parameters[i].Value != true {
		return
	}
	needs := []string{idOf(a.code, a.host, a.role), g.base(a.code)}
	// Clients come through the connection points of the primary site that they are assigned
	// to (CMG hierarchy design, 2022-03-11).
	if len(g.rolesAt(a.code, gatewayConnection)) == 0 {
		for _, siteCode := range g.codes {
			needs = append(needs, readyID(siteCode, gatewayConnection))
		}
	} else {
		needs = append(needs, readyID(a.code, gatewayConnection))
	}
	for _, gw := range g.gateways {
		needs = append(needs, idOf(gateway, gatewayName(gw)))
	}
	g.add(Step{
		ID: idOf(a.code, a.host, a.role, DoEnableGateway), Phase: PhaseCloud, Action: DoEnableGateway, SiteCode: a.code, Server: a.host, Role: a.role,
		Command: &Command{Cmdlet: cmdlet, Parameters: []Parameter{{"SiteSystemServerName", a.host}, {"SiteCode", a.code}, {enablesGateway, true}}},
	}, needs...)
}

// cloudGateways adds the cloud management gateways, after the service connection points
// and before their connection points.
func (g *graph) cloudGateways() {
	var online []string
	for _, siteCode := range g.codes {
		online = append(online, readyID(siteCode, serviceConnectionPoint))
	}
	ids := map[string]string{} // by the name of the gateway
	var all []string
	for _, gw := range g.gateways {
		name, ok := read(&g.reading, gw.Name)
		if !ok || g.is(gw.Installed) && !g.expands() {
			continue
		}
		siteCode, _ := read(&g.reading, gw.SiteCode)
		siteCode = strings.ToUpper(siteCode)
		needs := slices.Clone(online)
		if siteCode != "" {
			needs = append(needs, g.base(siteCode))
		} else {
			for _, c := range g.codes {
				if g.sites[c].Parent.IsNull() {
					needs = append(needs, g.base(c))
				}
			}
		}
		id := g.add(Step{
			ID: idOf(gateway, strings.ToLower(name)), Phase: PhaseCloud, Action: DoCreateGateway, SiteCode: siteCode, Role: gateway, Command: g.newGateway(gw, name),
		}, needs...)
		ids[strings.ToLower(name)] = id
		all = append(all, id)
	}
	for _, a := range g.assigned {
		n := g.byID[idOf(a.code, a.host, a.role)]
		if a.role != gatewayConnection || n == nil {
			continue
		}
		n.Requires = append(n.Requires, online...)
		name, named := read(&g.reading, block(&g.reading, a.GatewayConnection).CloudManagementGateway)
		if id := ids[strings.ToLower(name)]; named && id != "" {
			n.Requires = append(n.Requires, id)
		} else {
			n.Requires = append(n.Requires, all...)
		}
	}
}

// azureEnvironments are the words of the cmdlet for the clouds of Azure.
var azureEnvironments = map[string]string{model.AzurePublic: "AzurePublicCloud", model.AzureUSGovernment: "AzureUSGovernmentCloud"}

// newGateway is the cmdlet that creates a cloud management gateway, with an application of
// the tenant in place of a person (New-CMCloudManagementGateway, 2020-11-20).
func (g *graph) newGateway(gw *model.Gateway, name string) *Command {
	p := &parameters{}
	p.add("ServiceCertPath", placeholderGatewayCertificate)
	p.add("ServiceCertPassword", placeholderGatewayPassword)
	p.add("GroupName", placeholderGatewayGroup)
	p.add("ServerAppClientId", placeholderGatewayApplication)
	p.add("SubscriptionId", placeholderGatewayPlan)
	p.add("ServiceName", name)
	p.translated("EnvironmentSetting", gw.Azure, azureEnvironments)
	optional(p, "VMInstanceCount", gw.VMInstances)
	optional(p, "EnableCloudDPFunction", gw.Content)
	g.open = g.open || p.open
	return p.command("New-CMCloudManagementGateway")
}

// expands reports whether the hierarchy gets a central administration site above an
// installed primary site.
func (g *graph) expands() bool {
	return slices.ContainsFunc(g.codes, func(c string) bool { return g.expandedBy(g.sites[c]) != nil })
}

// providers adds the SMS Providers that Setup does not install with the site.
func (g *graph) providers(s *model.Site) {
	first, ok := read(&g.reading, firstProvider(s))
	hosts, _ := texts(&g.reading, s.ProviderHosts())
	if !ok || g.isSecondary(s) {
		return
	}
	siteCode := code(s)
	passive, _ := read(&g.reading, s.PassiveHost())
	for _, host := range hosts {
		// The installation of a passive site server brings its SMS Provider.
		if host = model.FoldHost(host); host != first && host != passive && !g.runsProvider(siteCode, host) {
			g.add(Step{ID: idOf(siteCode, host, smsProvider), Phase: PhaseProviders, Action: DoAddProvider, SiteCode: siteCode, Server: host, Role: smsProvider},
				g.base(siteCode), g.prepare(siteCode, host))
		}
	}
}

// runsProvider reports whether an SMS Provider is there already, as far as it is known.
func (g *graph) runsProvider(siteCode, host string) bool {
	if g.from == nil || !g.kept(siteCode) {
		return false
	}
	hosts, _ := texts(&g.from.reading, g.from.sites[siteCode].ProviderHosts()) // not that of the passive site server, which goes with it
	return slices.ContainsFunc(hosts, func(h string) bool { return model.FoldHost(h) == host })
}

// hasLibrary reports whether the content library of a site is there already, as far as it
// is known.
func (g *graph) hasLibrary(siteCode, library string) bool {
	if g.from == nil || !g.kept(siteCode) || library == "" {
		return false
	}
	before, ok := read(&g.from.reading, g.from.sites[siteCode].ContentLibraryPath)
	return ok && strings.EqualFold(strings.TrimRight(before, `\`), strings.TrimRight(library, `\`))
}

// passiveStep ends the ids of the steps that add a passive site server.
const passiveStep = "passive_site_server"

// highAvailability adds the remote content library and the passive site server.
func (g *graph) highAvailability(s *model.Site) {
	siteCode := code(s)
	server, _ := read(&g.reading, s.ServerHost())
	passive, okPassive := read(&g.reading, s.PassiveHost())
	if okPassive && g.keepsPassive(g.byCode[siteCode]) {
		okPassive = false
	}
	library, okLibrary := read(&g.reading, s.ContentLibraryPath)
	if okLibrary && g.hasLibrary(siteCode, library) {
		okLibrary = false
		if !okPassive {
			return
		}
	}
	if !okPassive && !okLibrary {
		return
	}
	base := g.base(siteCode)
	needs := []string{base, readyID(siteCode, serviceConnectionPoint)}
	var prepared string
	if okPassive {
		prepared = g.prepare(siteCode, passive)
		needs = append(needs, prepared)
	}
	if (okLibrary || okPassive) && !g.hasLibrary(siteCode, library) {
		share := g.add(Step{ID: idOf(siteCode, "content_library_share"), Phase: PhaseAvailability, Action: DoPrepareShare, SiteCode: siteCode}, needs...)
		p := &parameters{}
		if okLibrary {
			p.add("NewLocation", library)
		} else {
			p.add("NewLocation", placeholderLibrary)
		}
		p.add("SiteCode", siteCode)
		moved := []string{share}
		if g.from == nil && g.is(s.Installed) && !slices.ContainsFunc(g.rolesAt(siteCode, distributionPoint), func(a *assigned) bool { return a.host == server }) {
			moved = append(moved, g.leaveSiteServer(siteCode, server))
		}
		needs = append(needs, g.add(Step{
			ID: idOf(siteCode, "content_library"), Phase: PhaseAvailability, Action: DoMoveLibrary, SiteCode: siteCode, Command: p.command("Move-CMContentLibrary"),
		}, moved...))
	}
	if !okPassive {
		return
	}
	needs = append(needs, g.addSiteSystem(siteCode, passive, PhaseAvailability, needs...))
	p := &parameters{}
	p.add("SiteCode", siteCode)
	p.add("SiteSystemServerName", passive)
	p.required("InstallDirectory", s.InstallDirectory, placeholderInstallDirectory)
	p.add("SourceFilePathOption", "CopySourceFileFromActiveSite")
	if !(&Command{Parameters: p.list}).Known() {
		g.open = true
	}
	added := g.add(Step{
		ID: idOf(siteCode, passiveStep), Phase: PhaseAvailability, Action: DoAddPassive, SiteCode: siteCode, Server: passive, Role: passiveSiteServer,
		Command: p.command("Add-CMPassiveSite"),
	}, needs...)
	g.add(Step{ID: readyID(siteCode, passiveStep), Phase: PhaseAvailability, Action: DoWaitForPassive, SiteCode: siteCode, Server: passive, Role: passiveSiteServer}, added)
}

// leaveSiteServer adds the step that takes the distribution point off a site server
// whose content library moves: an installed site may have one that the design lacks.
func (g *graph) leaveSiteServer(siteCode, server string) string {
	return g.add(Step{
		ID: idOf(siteCode, server, "distribution_point_removed"), Phase: PhaseAvailability, Action: DoRemove, SiteCode: siteCode, Server: server, Role: distributionPoint,
		Command: &Command{Cmdlet: "Remove-CMDistributionPoint", Parameters: []Parameter{{"SiteSystemServerName", server}, {"SiteCode", siteCode}, {"Force", true}}},
	})
}

// clientFacing are the roles that clients find through boundary groups.
var clientFacing = []string{managementPoint, distributionPoint, pullDistributionPoint, softwareUpdatePoint, stateMigrationPoint}

func boundaryGroupID(siteCode, name string) string {
	return idOf(siteCode, BoundaryGroup, strings.ToLower(name))
}

// clients adds what comes when the site systems are there.
func (g *graph) clients(s *model.Site) {
	siteCode := code(s)
	needs := []string{g.base(siteCode), readyID(siteCode, passiveStep)}
	facing := false
	for _, role := range clientFacing {
		needs = append(needs, readyID(siteCode, role))
		facing = facing || g.byID[readyID(siteCode, role)] != nil
	}
	groups := g.groupsOf(g.rolesOf(siteCode))
	if joining := g.joining(siteCode, groups); facing || g.from != nil {
		for _, name := range slices.Sorted(maps.Keys(joining)) {
			needs = append(needs, g.add(Step{
				ID: boundaryGroupID(siteCode, name), Phase: PhaseClients, Action: DoBoundaryGroups, SiteCode: siteCode,
				Command: &Command{Cmdlet: "Set-CMBoundaryGroup", Parameters: []Parameter{{"Name", name}, {"AddSiteSystemServerName", joining[name]}}},
			}, needs...))
		}
	}
	if facing && len(groups) == 0 {
		g.add(Step{ID: idOf(siteCode, "boundary_groups"), Phase: PhaseClients, Action: DoBoundaryGroups, SiteCode: siteCode}, needs...)
	}
	siteType, _ := read(&g.reading, s.Type)
	if siteType != product.Primary || g.is(s.Installed) {
		return
	}
	p := &parameters{}
	p.add("SiteCode", siteCode)
	if mode, ok := read(&p.reading, s.Communication); ok {
		words := map[bool]string{true: "HttpsOnly", false: "HttpsOrHttp"}
		p.add("ClientComputerCommunicationType", words[mode == model.CommunicationHTTPSOnly])
		p.add("UseSmsGeneratedCert", mode == model.CommunicationEnhancedHTTP)
	}
	optional(p, "UsePkiClientCertificate", s.PKICertificates)
	g.open = g.open || p.open
	if len(p.list) > 1 {
		g.add(Step{ID: idOf(siteCode, "client_communication"), Phase: PhaseClients, Action: DoCommunication, SiteCode: siteCode, Command: p.command("Set-CMSite")}, needs...)
	}
	g.add(Step{ID: idOf(siteCode, "clients"), Phase: PhaseClients, Action: DoDeployClients, SiteCode: siteCode},
		append(needs, idOf(siteCode, "boundary_groups"), idOf(siteCode, "client_communication"))...)
}
