package install

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// build adds the steps of the hierarchy. What is installed has none; a site that is
// installed still has those for its SMS Providers and its passive site server, of which
// no attribute says whether they are there.
func (g *graph) build() {
	for _, siteCode := range g.codes {
		g.site(g.sites[siteCode])
	}
	for _, a := range g.assigned {
		g.role(a)
	}
	g.cloudGateways()
	for _, siteCode := range g.codes {
		g.accessAccounts(g.sites[siteCode])
		g.providers(g.sites[siteCode])
		g.highAvailability(g.sites[siteCode])
		g.clients(g.sites[siteCode])
	}
	g.transition()
}

// Ids of steps. What is about a computer holds its name, and nothing else does.
func idOf(parts ...string) string {
	id := parts[0]
	for _, p := range parts[1:] {
		id += "/" + p
	}
	return id
}

func readyID(siteCode, role string) string { return idOf(siteCode, role+"_ready") }

const schemaID = "active_directory_schema"

// base is the id of the step after which a site takes roles. An installed site has no
// such step.
func (g *graph) base(siteCode string) string {
	s := g.sites[siteCode]
	switch {
	case s == nil:
		return idOf(siteCode, DoSetup)
	case g.isSecondary(s):
		return idOf(siteCode, "site_ready")
	case g.is(s.Installed):
		return idOf(siteCode, "site_ready") // after an expansion
	case g.needsUpdate(s):
		return idOf(siteCode, DoUpdateSite)
	default:
		return g.configured(s, siteCode)
	}
}

// site adds the steps of the prerequisites of a site and of its setup.
func (g *graph) site(s *model.Site) {
	if g.is(s.Installed) {
		g.relink(s)
		return
	}
	siteType, _ := read(&g.reading, s.Type)
	siteCode := code(s)
	server, _ := read(&g.reading, s.ServerHost())
	needs := []string{
		g.add(Step{ID: idOf(siteCode, "active_directory"), Phase: PhasePrerequisites, Action: DoPrepareDirectory, SiteCode: siteCode, Server: server}, schemaID),
		g.prepare(siteCode, server),
	}
	if !slices.ContainsFunc(g.codes, func(c string) bool { return g.is(g.sites[c].Installed) }) {
		g.add(Step{ID: schemaID, Phase: PhasePrerequisites, Action: DoExtendSchema})
	}
	if siteType == product.Secondary {
		if express, _ := read(&g.reading, expressOf(s)); !express {
			needs = append(needs, g.database(s, siteCode))
		}
		g.secondary(s, siteCode, server, needs)
		return
	}
	needs = append(needs, g.database(s, siteCode))
	if provider, ok := read(&g.reading, firstProvider(s)); ok {
		needs = append(needs, g.prepare(siteCode, provider))
	}
	if parent := g.parentOf(s); parent != nil {
		// The child is installed from the media of the parent, at its version.
		needs = append(needs, g.base(code(parent)))
	}
	if expanded := g.expandedBy(s); expanded != nil && g.from == nil {
		needs = append(needs, g.expansion(expanded)...)
	}
	there := g.add(Step{ID: idOf(siteCode, DoSetup), Phase: PhaseSites, Action: DoSetup, SiteCode: siteCode, Server: server}, needs...)
	if s.Parent.IsKnown() {
		there = g.linked(s, server, there)
	}
	g.configure(s, siteCode, there)
	if g.needsUpdate(s) {
		g.add(Step{ID: idOf(siteCode, DoUpdateSite), Phase: PhaseSites, Action: DoUpdateSite, SiteCode: siteCode, Server: server, Command: updateCommand(s)},
			g.configured(s, siteCode), readyID(siteCode, serviceConnectionPoint))
	}
}

// linked adds the step that waits until a site replicates with its parent, which roles
// and settings come after.
func (g *graph) linked(s *model.Site, server string, after ...string) string {
	return g.add(Step{ID: idOf(code(s), "site_ready"), Phase: PhaseSites, Action: DoWaitForSite, SiteCode: code(s), Server: server}, after...)
}

// relink does so for an installed primary site that gets a central administration site
// above it.
func (g *graph) relink(s *model.Site) {
	if parent := g.parentOf(s); parent != nil && g.expandedBy(parent) == s {
		server, _ := read(&g.reading, s.ServerHost())
		g.linked(s, server, g.base(code(parent)))
	}
}

// updateCommand installs the update that brings a site to its version, by the name that
// the console shows (Install-CMSiteUpdate, 2019-05-05).
func updateCommand(s *model.Site) *Command {
	version, ok := s.EffectiveVersion(product.DefaultVersion).Get()
	if !ok {
		return nil
	}
	return &Command{Cmdlet: "Install-CMSiteUpdate", Parameters: []Parameter{{"Name", "Configuration Manager " + version.String()}, {"Force", true}}}
}

// expressOf reports whether the setup of a secondary site installs SQL Server Express. It
// does not where the design names an instance and leaves the edition open.
func expressOf(s *model.Site) model.Value[bool] {
	express := s.UsesExpress()
	db, ok := s.DeclaredDatabase().Get()
	if express.IsUnknown() && ok && db.Edition.IsNull() && db.Instance.IsKnown() {
		return model.Known(false)
	}
	return express
}

// needsUpdate reports whether a site is installed at another version than the one it is
// to run: there are media of some versions only, and a child primary site gets the
// version of its parent.
func (g *graph) needsUpdate(s *model.Site) bool {
	if _, child := read(&g.reading, s.Parent); child || g.expandedBy(s) != nil {
		return false
	}
	read(&g.reading, s.Version)
	version, ok := s.EffectiveVersion(product.DefaultVersion).Get()
	if !ok {
		return false
	}
	release, known := product.ReleaseOf(version)
	return known && !release.Baseline
}

// prepare adds the step that prepares a computer for what a site puts on it.
func (g *graph) prepare(siteCode, host string) string {
	return g.add(Step{ID: idOf(siteCode, host, DoPrepareServer), Phase: PhasePrerequisites, Action: DoPrepareServer, SiteCode: siteCode, Server: host})
}

// database adds the steps of the site database, and returns the last one.
func (g *graph) database(s *model.Site, siteCode string) string {
	host, _ := read(&g.reading, s.DatabaseHost())
	db := block(&g.reading, s.DeclaredDatabase())
	group, grouped := read(&g.reading, db.AvailabilityGroup)
	cluster, clustered := read(&g.reading, db.FailoverCluster)
	var hosts []string
	switch {
	case grouped:
		hosts, _ = texts(&g.reading, group.Replicas)
	case clustered:
		hosts, _ = texts(&g.reading, cluster.Nodes)
	case host != "":
		hosts = []string{host}
	}
	var prepared []string
	for _, h := range hosts {
		prepared = append(prepared, g.prepare(siteCode, model.FoldHost(h)))
	}
	id := g.add(Step{ID: idOf(siteCode, "database"), Phase: PhasePrerequisites, Action: DoPrepareDatabase, SiteCode: siteCode, Server: host, Role: siteDatabaseServer}, prepared...)
	if grouped {
		id = g.add(Step{ID: idOf(siteCode, "availability_group"), Phase: PhasePrerequisites, Action: DoAvailabilityGroup, SiteCode: siteCode, Server: host, Role: siteDatabaseServer}, id)
	}
	return id
}

// leaveBeforeExpansion are the roles that a stand-alone primary site gives up before it
// gets a central administration site. Those that a child primary site may have come back.
var leaveBeforeExpansion = []string{
	assetIntelligence, gatewayConnection, gateway, dataWarehouse, endpointProtection, serviceConnectionPoint, passiveSiteServer,
}

// gateway is the key of a cloud management gateway, which is not a role of a server.
const gateway = "cloud_management_gateway"

func (g *graph) expansion(primary *model.Site) []string {
	siteCode := code(primary)
	server, _ := read(&g.reading, primary.ServerHost())
	var ids []string
	for _, role := range leaveBeforeExpansion {
		s := Step{ID: idOf(siteCode, role+"_removed"), Phase: PhaseSites, Action: DoRemove, SiteCode: siteCode, Server: server, Role: role}
		if role == gateway {
			g.add(s, idOf(siteCode, gatewayConnection+"_removed"))
		} else {
			g.add(s)
		}
		ids = append(ids, s.ID)
	}
	for _, a := range g.assigned {
		if a.site == primary && a.installed && g.comesBack(a) && !slices.Contains(leaveBeforeExpansion, a.role) {
			ids = append(ids, g.add(Step{
				ID: idOf(siteCode, a.host, a.role+"_removed"), Phase: PhaseSites, Action: DoRemove, SiteCode: siteCode, Server: a.host, Role: a.role,
				Command: removeRole(a),
			}, idOf(siteCode, passiveSiteServer+"_removed")))
		}
	}
	return ids
}

// removeRole is the cmdlet that takes a role off a server (Remove-CMSiteRole, 2020-08-25).
func removeRole(a *assigned) *Command {
	entry, ok := product.RoleByKey(a.role)
	if !ok || entry.WMIRoleName == "" {
		return nil
	}
	return &Command{Cmdlet: "Remove-CMSiteRole", Parameters: []Parameter{
		{"RoleName", entry.WMIRoleName}, {"SiteSystemServerName", a.host}, {"SiteCode", a.code}, {"Force", true},
	}}
}

// secondary adds the setup of a secondary site, which its parent does.
func (g *graph) secondary(s *model.Site, siteCode, server string, needs []string) {
	if parent := g.parentOf(s); parent != nil {
		needs = append(needs, g.base(code(parent)), readyID(code(parent), managementPoint))
	}
	setup := g.add(Step{
		ID: idOf(siteCode, DoSetup), Phase: PhaseSecondarySites, Action: DoNewSecondarySite, SiteCode: siteCode, Server: server, Command: g.newSecondarySite(s),
	}, needs...)
	g.add(Step{ID: idOf(siteCode, "site_ready"), Phase: PhaseSecondarySites, Action: DoWaitForSite, SiteCode: siteCode, Server: server}, setup)
}

// newSecondarySite is the cmdlet that installs a secondary site. The distribution point
// that comes with it has the settings of the one that the design has there.
func (g *graph) newSecondarySite(s *model.Site) *Command {
	p := &parameters{}
	p.required("SecondarySiteCode", s.NormalizedCode(), placeholderSiteCode)
	if parent, ok := read(&p.reading, s.Parent); ok {
		p.required("PrimarySiteCode", parent.NormalizedCode(), placeholderSiteCode)
	}
	p.required("ServerName", s.ServerHost(), placeholderSiteServer)
	p.required("SiteName", s.Name, placeholderSiteName)
	p.required("InstallationFolder", s.InstallDirectory, placeholderInstallDirectory)
	p.add("InstallationSourceFile", &Command{Cmdlet: "New-CMInstallationSourceFile", Parameters: []Parameter{{"CopyFromParentSiteServer", true}}})
	p.add("SqlServerSetting", sqlServerSetting(&p.reading, s))
	d := g.ownDistributionPoint(s)
	if orDefault(&p.reading, d.Protocol, model.ProtocolHTTP) == model.ProtocolHTTPS {
		p.add("Https", true)
	} else {
		p.add("Http", true)
	}
	if orDefault(&p.reading, d.Certificate, model.CertificateSelfSigned) == model.CertificatePKI {
		p.add("ImportCertificate", true)
	} else {
		p.add("CreateSelfSignedCertificate", true)
	}
	certificateParameters(p, d)
	optional(p, "InstallInternetServer", d.InstallIIS)
	contentParameters(p, d, "MinFreeSpaceMB")
	g.open = g.open || p.open
	return p.command("New-CMSecondarySite")
}

// sqlServerSetting says where a secondary site has its database.
func sqlServerSetting(r *reading, s *model.Site) *Command {
	db := block(r, s.DeclaredDatabase())
	p := &parameters{}
	if express, _ := read(r, expressOf(s)); express {
		p.add("CopySqlServerExpressOnSecondarySite", true)
		p.add("SqlServerServicePort", orDefault(r, db.Port, model.DefaultSQLPort))
	} else {
		p.add("UseExistingSqlServerInstance", true)
		if instance, ok := read(r, s.DatabaseInstance()); ok && instance != model.DefaultInstance {
			p.add("InstanceName", instance)
		}
		name := db.Name
		if siteCode, ok := s.NormalizedCode().Get(); ok {
			name = name.OrDefault("CM_" + siteCode)
		}
		p.required("SiteDatabaseName", name, placeholderSiteCode)
	}
	p.add("SqlServerServiceBrokerPort", orDefault(r, db.ServiceBrokerPort, model.DefaultServiceBrokerPort))
	return p.command("New-CMSqlServerSetting")
}

// ownDistributionPoint returns the settings that the design has for the distribution
// point of a secondary site server.
func (g *graph) ownDistributionPoint(s *model.Site) *model.DistributionPoint {
	for _, a := range g.rolesAt(code(s), distributionPoint) {
		if a.own {
			return block(&g.reading, a.DistributionPoint)
		}
	}
	return &model.DistributionPoint{}
}
