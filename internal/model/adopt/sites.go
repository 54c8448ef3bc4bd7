package adopt

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

func itoa(n int) string { return strconv.Itoa(n) }

// siteTypes are the numbers in SMS_Site.Type and SMS_SCI_SiteDefinition.SiteType.
var siteTypes = map[int64]product.SiteType{1: product.Secondary, 2: product.Primary, 4: product.CentralAdministration}

// releaseByBuild finds a version by the build number in SMS_Site.BuildNumber, which is
// also the third part of SMS_Site.Version.
var releaseByBuild = func() map[string]product.Version {
	m := map[string]product.Version{}
	for _, r := range product.Releases() {
		m[r.Build] = r.Version
	}
	return m
}()

// parentCode returns the code of the parent site: known and empty for none. Two rows that
// contradict each other leave it open.
func (s *siteRows) parentCode() (string, bool) {
	code, known := "", false
	for _, v := range []value{of(s.definition, propertyParent), of(s.site, propertyReporting)} {
		switch said := codeOf(v); {
		case v.kind <= kindNull:
		case known && said != code:
			return "", false
		default:
			code, known = said, true
		}
	}
	return code, known
}

// kind returns the type of a site, "" when the export does not say, or says two things.
func (s *siteRows) kind() product.SiteType {
	first, second := typeOf(s.site, propertyType), typeOf(s.definition, propertySiteType)
	switch {
	case first != "" && second != "" && first != second:
		return ""
	case first != "" || second != "":
		return cmp.Or(first, second)
	}
	for _, name := range s.names {
		// The row of the active site server has the type of its site.
		if kind := typeOf(s.hosts[name].setupRow(wmiSiteServer), propertyType); kind != "" {
			return kind
		}
	}
	return ""
}

func typeOf(r *row, name nameID) product.SiteType {
	n, _ := of(r, name).integer()
	return siteTypes[n]
}

// hasOneServer reports whether the two rows of a site name one site server, with or without
// its domain.
func (s *siteRows) hasOneServer() bool {
	first, second := model.FoldHost(of(s.site, propertyServerName).trimmed()), model.FoldHost(of(s.definition, propertySiteServer).trimmed())
	if model.HostDomain(first) == "" || model.HostDomain(second) == "" {
		return first == "" || second == "" || model.HostLabel(first) == model.HostLabel(second)
	}
	return first == second
}

// contradictions notes what the two rows of a site say differently, which is left open, and
// a type that is none.
func (b *builder) contradictions(s *siteRows) {
	differ := func(first, second nameID, what string) {
		b.note(NoteConflict, s.site.String(), "%s is %q, and %s of %s is %q: %s of site %s is left open.", propertyNames.list[first], of(s.site, first).trimmed(),
			propertyNames.list[second], s.definition, of(s.definition, second).trimmed(), what, s.code)
	}
	first, second := typeOf(s.site, propertyType), typeOf(s.definition, propertySiteType)
	if first != "" && second != "" && first != second {
		differ(propertyType, propertySiteType, "the type")
	}
	none := func(r *row, name nameID) {
		if v := of(r, name); v.given() && typeOf(r, name) == "" {
			b.note(NoteUndecided, r.String(), "%s of site %s is %q, which is none of 1 (secondary), 2 (primary) and 4 (central administration), and is passed over.",
				propertyNames.list[name], s.code, v.trimmed())
		}
	}
	none(s.site, propertyType)
	none(s.definition, propertySiteType)
	if !s.hasOneServer() {
		differ(propertyServerName, propertySiteServer, "the site server")
	}
	reporting, parent := of(s.site, propertyReporting), of(s.definition, propertyParent)
	if reporting.kind > kindNull && parent.kind > kindNull && codeOf(reporting) != codeOf(parent) {
		differ(propertyReporting, propertyParent, "the parent")
	}
}

// limit keeps the hierarchy below a site, or makes sure that there is one hierarchy only.
func (b *builder) limit(top string) error {
	top = strings.ToUpper(strings.TrimSpace(top))
	var roots []string
	for _, s := range b.order {
		if code, ok := s.parentCode(); ok && code == "" {
			roots = append(roots, s.code)
		}
	}
	if top == "" {
		if len(roots) > 1 {
			return failure("", "The export holds %d hierarchies: none of the sites %s has a parent. Export each hierarchy by itself, or choose one, as in "+
				"top_level_site_code = %q.", len(roots), strings.Join(roots, ", "), roots[0])
		}
		return nil
	}
	if b.sites[top] == nil {
		codes := slices.Sorted(maps.Keys(b.sites))
		return failure("", "The export has no site %q for top_level_site_code. Its sites are %s.", top, strings.Join(codes, ", "))
	}
	kept := []*siteRows{}
	for _, s := range b.order {
		at := s
		for range len(b.order) {
			code, _ := at.parentCode()
			if at.code == top || b.sites[code] == nil {
				break
			}
			at = b.sites[code]
		}
		if at.code == top {
			kept = append(kept, s)
		} else {
			b.note(NoteUnlisted, "", "The site %s does not belong to the hierarchy of %s, which was chosen, and is left out.", s.code, top)
			delete(b.sites, s.code)
		}
	}
	b.order = kept
	return nil
}

// hierarchy builds the model of everything.
func (b *builder) hierarchy() *model.Hierarchy {
	h := &model.Hierarchy{}
	b.models = make(map[string]*model.Site, len(b.order))
	sites := make(map[string]model.Value[*model.Site], len(b.order))
	for _, s := range b.order {
		site := b.buildSite(s)
		b.models[s.code] = site
		sites[s.code] = model.Known(site)
	}
	hosts, roles := 0, 0
	for _, s := range b.order {
		hosts += len(s.names)
		for _, h := range s.hosts {
			roles += len(h.roles)
		}
	}
	servers := make(map[string]model.Value[*model.Server], hosts)
	assignments := make(map[string]model.Value[*model.Assignment], roles)
	if len(b.rows[classSite])+len(b.rows[classDefinition]) == 0 || b.hasGap(classSite) || b.hasGap(classDefinition) {
		sites[model.Others] = model.Unknown[*model.Site]()
	}
	for _, s := range b.order {
		b.link(s)
	}
	silent := b.sitesWithoutRoles()
	delete(b.rows, classRole) // each computer has its rows, for as long as it needs them
	b.computers(servers, assignments)
	if !b.listed[classRole] || b.foreign || b.hasGap(classRole) || silent {
		servers[model.Others] = model.Unknown[*model.Server]()
		assignments[model.Others] = model.Unknown[*model.Assignment]()
	}
	h.Sites, h.Servers, h.Assignments = model.Known(sites), model.Known(servers), model.Known(assignments)
	b.gateways(h)
	return h
}

// sitesWithoutRoles notes the sites of which no row says what its computers are. Each site
// has at least its site server: their rows are missing.
func (b *builder) sitesWithoutRoles() bool {
	if !b.listed[classRole] || b.foreign || b.hasGap(classRole) {
		return false
	}
	var codes []string
	for _, s := range b.order {
		if len(s.hosts) == 0 {
			codes = append(codes, s.code)
		}
	}
	if len(codes) > 0 {
		b.note(NoteGap, "", "No row of %s is of site %s, and every site has at least the row of its site server: what other servers and roles there are is left "+
			"open. Export with an account that may read all sites.", classRole, strings.Join(codes, ", "))
	}
	return len(codes) > 0
}

func (b *builder) gateways(h *model.Hierarchy) {
	rows := b.rows[classGateway]
	switch {
	case !b.listed[classGateway] || b.hasGap(classGateway):
		h.Gateways = model.Unknown[map[string]model.Value[*model.Gateway]]()
		return
	case len(rows) == 0:
		return
	}
	gateways := make(map[string]model.Value[*model.Gateway], len(rows))
	for i := range rows {
		r := rows[i]
		name := r.get(propertyName).trimmed()
		if name == "" {
			b.note(NoteNotModelled, r.String(), "The cloud management gateway has no name.")
			continue
		}
		gateway := &model.Gateway{Name: model.Known(name), Installed: model.Known(true)}
		if n, ok := r.get(propertyAzure).integer(); ok && n == 1 {
			gateway.Azure = model.Known(model.AzurePublic)
		}
		gateways[strings.ToLower(name)] = model.Known(gateway)
	}
	h.Gateways = model.Known(gateways)
}

// link gives a site its parent.
func (b *builder) link(s *siteRows) {
	site := b.models[s.code]
	code, known := s.parentCode()
	kind, _ := site.Type.Get()
	switch {
	case kind == product.CentralAdministration:
	case !known:
		site.Parent = model.Unknown[*model.Site]()
	case code == "":
	case b.models[code] != nil:
		site.Parent = model.Known(b.models[code])
	default:
		parent := &model.Site{Code: model.Known(code), Type: model.Unknown[product.SiteType]()}
		switch kind {
		case product.Primary:
			parent.Type = model.Known(product.CentralAdministration)
		case product.Secondary:
			parent.Type = model.Known(product.Primary)
		}
		site.Parent = model.Known(parent)
		b.note(NoteUnlisted, "", "The parent %s of site %s is not among the sites of the export: it is referred to by its code only.", code, s.code)
	}
}

func (b *builder) buildSite(s *siteRows) *model.Site {
	site := &model.Site{Code: model.Known(s.code), Installed: model.Known(true), Type: model.Unknown[product.SiteType](), Server: model.Unknown[string]()}
	b.contradictions(s)
	kind := s.kind()
	if kind != "" {
		site.Type = model.Known(kind)
	}
	b.identity(s, site)
	b.siteServers(s, site, kind)
	b.providers(s, site, kind)
	b.database(s, site)
	b.paths(s, site, kind)
	b.components(s, site, kind)
	if host, ok := site.Server.Get(); ok && s.hosts[host] != nil {
		b.domains(s.hosts[host].system, &site.Domain, &site.Forest)
	}
	if s.definition != nil && site.Domain.IsNull() {
		// Some sites have the NetBIOS name here, which is not a DNS name.
		if v := s.definition.get(propertyServerDomain); strings.Contains(v.trimmed(), ".") && isHost(v.trimmed()) {
			site.Domain = model.Known(v.trimmed())
		}
	}
	return site
}

// identity is the name, version and state of a site.
func (b *builder) identity(s *siteRows, site *model.Site) {
	site.Version, site.Branch = model.Unknown[string](), model.Unknown[string]()
	build := ""
	for _, r := range []*row{s.site, s.definition} {
		if r == nil {
			continue
		}
		if v := r.get(propertySiteName); v.given() && site.Name.IsNull() {
			site.Name = model.Known(v.trimmed())
		}
		if v := r.get(propertyBuild); v.given() && build == "" {
			build = buildOf(v)
		}
		version := r.get(propertyVersion)
		if p := r.prop(propFullVersion); p != nil && !version.given() {
			version = p.value1()
		}
		if version.given() && build == "" {
			build = buildOf(version)
		}
	}
	if release, ok := releaseByBuild[build]; ok {
		// The builds of the technical preview branch are other ones.
		site.Version, site.Branch = model.Known(release.String()), model.Null[string]()
	} else if build != "" {
		b.note(NoteUndecided, rowName(s.site, s.definition), "The build %s of site %s belongs to no release that is known, so that the version is left open.", build, s.code)
	}
	if s.site != nil {
		switch n, ok := s.site.get(propertyStatus).integer(); {
		case ok && n == 2:
			b.note(NoteUndecided, s.site.String(), "Site %s is still being set up (Status 2). It is taken for installed.", s.code)
		case ok && n == 3:
			b.note(NoteUndecided, s.site.String(), "The setup of site %s failed (Status 3). It is taken for installed.", s.code)
		}
	}
	if s.definition == nil {
		return
	}
	if p := s.definition.prop(propMedia); p != nil && strings.EqualFold(p.value1().trimmed(), "Cd.latest") {
		site.SetupMedia = model.Known(model.MediaCDLatest) // what baseline media leave there is not sourced
	}
}

// buildOf reads a build number, which may also come as a whole version such as
// 5.00.9106.1000, of which it is the third part.
func buildOf(v value) string {
	if parts := strings.Split(v.trimmed(), "."); len(parts) > 2 {
		return parts[2]
	}
	if n, ok := v.integer(); ok {
		return strconv.FormatInt(n, 10)
	}
	return v.trimmed()
}

func rowName(rows ...*row) string {
	for _, r := range rows {
		if r != nil {
			return r.String()
		}
	}
	return ""
}

// siteServers tells the active from the passive site server.
func (b *builder) siteServers(s *siteRows, site *model.Site, kind product.SiteType) {
	for _, v := range []value{of(s.site, propertyServerName), of(s.definition, propertySiteServer)} {
		if v.given() && site.Server.IsUnknown() && s.hasOneServer() {
			if host := model.FoldHost(v.trimmed()); isHost(host) {
				site.Server = model.Known(b.fullName(host, s))
			} else {
				b.note(NoteNotModelled, rowName(s.site, s.definition), "%q is not the name of a computer, so that the site server of %s is left open.", v.trimmed(), s.code)
			}
		}
	}
	var servers, passive []string
	for _, name := range s.names {
		r := s.hosts[name].setupRow(wmiSiteServer)
		if r == nil {
			continue
		}
		servers = append(servers, name)
		kind, ok := r.get(propertyType).integer()
		status, okStatus := r.get(propertyHAStatus).integer()
		// A passive site server has the type of a server that the site server is not on, and
		// the status 0 where that is written.
		if ok && kind&8 != 0 || okStatus && status == 0 && kind&7 == 0 {
			passive = append(passive, name)
		}
	}
	active, known := site.Server.Get()
	if !known {
		rest := slices.DeleteFunc(slices.Clone(servers), func(name string) bool { return slices.Contains(passive, name) })
		if len(rest) == 1 {
			active, known = rest[0], true
			site.Server = model.Known(active)
		}
	}
	site.PassiveServer = model.Unknown[string]()
	others := slices.DeleteFunc(slices.Clone(servers), func(name string) bool { return name == active })
	switch {
	case kind == product.Secondary:
		site.PassiveServer = model.Null[string]() // it cannot have one
		if len(others) > 0 {
			b.note(NoteUndecided, "", "The secondary site %s has the role %s on %s too, which is not its site server.", s.code, wmiSiteServer, strings.Join(others, ", "))
		}
	case !known || len(servers) == 0:
	case len(others) == 0:
		if slices.Contains(servers, active) && !b.hasGap(classRole) {
			site.PassiveServer = model.Null[string]()
		}
	case len(others) == 1:
		site.PassiveServer = model.Known(others[0])
	default:
		b.note(NoteConflict, "", "Site %s has the role %s on %s and on %s: which of them is the passive site server is not known.", s.code, wmiSiteServer, active, strings.Join(others, ", "))
	}
}

func of(r *row, name nameID) value {
	if r == nil {
		return value{}
	}
	return r.get(name)
}

func (b *builder) providers(s *siteRows, site *model.Site, kind product.SiteType) {
	var hosts []string
	for _, name := range s.names {
		if s.hosts[name].setupRow(wmiProvider) != nil {
			hosts = append(hosts, name)
		}
	}
	switch {
	case kind == product.Secondary:
		if len(hosts) > 0 {
			b.note(NoteNotModelled, "", "The secondary site %s has the role %s on %s. A secondary site has none of its own.", s.code, wmiProvider, strings.Join(hosts, ", "))
		}
	case len(hosts) == 0:
		site.Providers = model.Unknown[[]model.Value[string]]()
	default:
		site.Providers = model.Known(knownList(hosts))
	}
}

func knownList(texts []string) []model.Value[string] {
	list := make([]model.Value[string], len(texts))
	for i, text := range texts {
		list[i] = model.Known(text)
	}
	return list
}

// database is where the site database runs.
func (b *builder) database(s *siteRows, site *model.Site) {
	db := &model.Database{
		Server: model.Unknown[string](), Instance: model.Unknown[string](), Name: model.Unknown[string](), Port: model.Unknown[int64](), ServiceBrokerPort: model.Unknown[int64](),
		AvailabilityGroup: model.Unknown[*model.AvailabilityGroup](), FailoverCluster: model.Unknown[*model.FailoverCluster](),
	}
	site.Database = model.Known(db)
	var hosts []string
	for _, name := range s.names {
		if r := s.hosts[name].setupRow(wmiDatabase); r != nil {
			hosts = append(hosts, name)
			if p := r.prop(propSQLAccount); p != nil && p.value2().given() {
				db.ServiceAccount = model.Known(p.value2().trimmed())
			}
		}
	}
	if d := s.definition; d != nil {
		b.definedDatabase(s, db, d)
	}
	if db.Server.IsUnknown() && len(hosts) == 1 {
		db.Server = model.Known(hosts[0])
	}
	if host, ok := db.Server.Get(); ok && model.Known(host) == site.Server {
		// The name of a computer is not that of a cluster.
		db.FailoverCluster = model.Null[*model.FailoverCluster]()
	}
	if db.Server.IsUnknown() && db.Instance.IsUnknown() && db.Name.IsUnknown() && db.Port.IsUnknown() && db.ServiceBrokerPort.IsUnknown() && db.AvailabilityGroup.IsUnknown() && db.ServiceAccount.IsNull() {
		site.Database = model.Unknown[*model.Database]()
	}
}

func (b *builder) definedDatabase(s *siteRows, db *model.Database, d *row) {
	server := d.get(propertySQLServer)
	if p := d.prop(propSQLFQDN); p != nil && p.value1().given() {
		server = p.value1()
	}
	if server.given() {
		if host := b.fullName(model.FoldHost(server.trimmed()), s); isHost(host) {
			db.Server = model.Known(host)
		} else {
			b.note(NoteNotModelled, d.String(), "%q is not the name of a computer, so that the database server of site %s is left open.", server.trimmed(), s.code)
		}
	}
	if v := d.get(propertySQLDatabase); v.given() {
		instance, name, named := strings.Cut(v.trimmed(), `\`)
		if !named {
			instance, name = "", instance
		}
		db.Name, db.Instance = model.Known(name), model.Null[string]()
		if instance != "" && !strings.EqualFold(instance, model.DefaultInstance) {
			db.Instance = model.Known(instance)
		}
	}
	for _, port := range []struct {
		name nameID
		to   *model.Value[int64]
	}{{propSQLPort, &db.Port}, {propBrokerPort, &db.ServiceBrokerPort}} {
		if p := d.prop(port.name); p != nil {
			if n, ok := p.value().integer(); ok && n > 0 && n < 1<<16 {
				*port.to = model.Known(n)
			}
		}
	}
	if p := d.prop(propPrimaryReplica); p != nil {
		db.AvailabilityGroup = model.Null[*model.AvailabilityGroup]()
		if p.value1().given() {
			// Which group, and which replicas, the rows do not say.
			db.AvailabilityGroup = model.Known(&model.AvailabilityGroup{})
		}
	}
}

// fullName completes a name of one label where exactly one computer of the site, or of the
// export, begins with it.
func (b *builder) fullName(host string, s *siteRows) string {
	if strings.Contains(host, ".") {
		return host
	}
	hosts := b.labels[host]
	if s != nil && len(hosts) > 1 {
		hosts = slices.DeleteFunc(slices.Clone(hosts), func(name string) bool { return s.hosts[name] == nil })
	}
	if len(hosts) == 1 {
		return hosts[0]
	}
	return host
}

// paths are directories of a site.
func (b *builder) paths(s *siteRows, site *model.Site, kind product.SiteType) {
	site.ContentLibraryPath = model.Unknown[string]()
	if kind == product.Secondary {
		site.ContentLibraryPath = model.Null[string]() // the product moves those of other sites only
	}
	if s.site == nil {
		return
	}
	if v := s.site.get(propertyInstallDir); v.given() {
		if path := v.trimmed(); isLocalPath(path) {
			site.InstallDirectory = model.Known(trimPath(path))
		} else {
			b.note(NoteUndecided, s.site.String(), "The installation directory %q of site %s is not a path on a local drive and is left out.", path, s.code)
		}
	}
	v := s.site.get(propertyLibrary)
	switch path := v.trimmed(); {
	case path == "" || kind == product.Secondary:
	case isLocalPath(path):
		site.ContentLibraryPath = model.Null[string]()
	case isUNC(path):
		site.ContentLibraryPath = model.Known(trimPath(path))
	default:
		b.note(NoteUndecided, s.site.String(), "The content library location %q of site %s is neither a local nor a network path and is left open.", path, s.code)
	}
}

func isLocalPath(path string) bool {
	if len(path) < 3 || path[1] != ':' || path[2] != '\\' {
		return false
	}
	c := path[0] | 0x20
	return c >= 'a' && c <= 'z'
}

// trimPath takes the backslash from the end of a directory that is not a root.
func trimPath(path string) string {
	if len(path) == 3 {
		return path
	}
	return strings.TrimRight(path, `\`)
}

func isUNC(path string) bool {
	rest, ok := strings.CutPrefix(path, `\\`)
	if !ok {
		return false
	}
	parts := strings.Split(strings.TrimSuffix(rest, `\`), `\`)
	if len(parts) < 2 {
		return false
	}
	for _, part := range parts {
		if part == "" || strings.ContainsAny(part, `/:*?"<>|`) {
			return false
		}
	}
	return true
}

// States of a site in the property IISSSLState: a number of flags. 31 and 63 are HTTPS
// only; 256 stands for PKI client certificates, 1024 for certificates of the site
// (enhanced HTTP), as ConfigMgrCBDsc and MEMLabs read and write them.
const (
	stateHTTPS       = 31
	stateHTTPSAndCRL = 63
	flagPKI          = 256
	flagEnhancedHTTP = 1024
)

// components are the settings that components of a site hold.
func (b *builder) components(s *siteRows, site *model.Site, kind product.SiteType) {
	// A central administration site has the property too, and no clients that it is about.
	if p := propOf(s.manager, propSSLState); p != nil && kind == product.Primary {
		switch n, ok := p.value().integer(); {
		case !ok || n == 0:
			b.note(NoteUndecided, s.manager.String(), "The value %q of IISSSLState does not say how clients communicate with site %s.", p.value().trimmed(), s.code)
		case n == stateHTTPS || n == stateHTTPSAndCRL:
			site.Communication, site.PKICertificates = model.Known(model.CommunicationHTTPSOnly), model.Known(true)
		case n&flagEnhancedHTTP != 0:
			site.Communication, site.PKICertificates = model.Known(model.CommunicationEnhancedHTTP), model.Known(n&flagPKI != 0)
		default:
			site.Communication, site.PKICertificates = model.Known(model.CommunicationHTTPSOrHTTP), model.Known(n&flagPKI != 0)
		}
	}
	b.clientPorts(s, site, kind)
	if s.software == nil || !s.software.hasLists {
		return
	}
	accounts, _ := s.software.list(listAccounts)
	names := []model.Value[string]{}
	for _, account := range accounts {
		if account.given() {
			names = append(names, model.Known(account.trimmed()))
		}
	}
	site.AccessAccounts = model.Known(names)
}

func propOf(r *row, name nameID) *prop {
	if r == nil {
		return nil
	}
	return r.prop(name)
}

func (b *builder) clientPorts(s *siteRows, site *model.Site, kind product.SiteType) {
	if kind == product.CentralAdministration {
		return // it has no clients
	}
	http, https := propOf(s.control, propPorts), propOf(s.control, propSSLPorts)
	if http == nil && https == nil {
		site.ClientPorts = model.Unknown[*model.ClientPorts]()
		return
	}
	ports := &model.ClientPorts{HTTP: model.Unknown[int64](), HTTPS: model.Unknown[int64](), Notification: model.Unknown[int64]()}
	for _, list := range []struct {
		prop *prop
		to   *model.Value[int64]
	}{{http, &ports.HTTP}, {https, &ports.HTTPS}} {
		if list.prop == nil {
			continue
		}
		numbers := strings.FieldsFunc(list.prop.value1().trimmed(), func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
		if len(numbers) == 0 {
			continue
		}
		n, err := strconv.ParseInt(numbers[0], 10, 64)
		if err != nil || n < 1 || n >= 1<<16 {
			b.note(NoteUndecided, s.control.String(), "%q is not a list of ports, so that they are left open for site %s.", list.prop.value1().trimmed(), s.code)
			continue
		}
		*list.to = model.Known(n)
		if len(numbers) > 1 {
			b.note(NoteNotModelled, s.control.String(), "Site %s has the ports %s: the first one is taken.", s.code, strings.Join(numbers, ", "))
		}
	}
	site.ClientPorts = model.Known(ports)
}

// domains are the domain and the forest of a computer.
func (b *builder) domains(system *row, domain, forest *model.Value[string]) {
	if system == nil {
		return
	}
	for _, place := range []struct {
		name nameID
		to   *model.Value[string]
	}{{propDomain, domain}, {propForest, forest}} {
		p := system.prop(place.name)
		if p == nil || !p.value1().given() {
			continue
		}
		text := p.value1().trimmed()
		if strings.Contains(text, ".") && isHost(text) {
			*place.to = model.Known(model.FoldHost(text))
		} else {
			b.note(NoteUndecided, system.String(), "%q is not the DNS name of a domain and is left out.", text)
		}
	}
}
