package model

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// The design of a hierarchy is one short line for each element, by a key that says
// which one it is:
//
//	PS1                    child_primary of CAS on cm01.contoso.com, 2603, installed
//	PS1/mp01.contoso.com   distribution_point http pull, management_point https installed
//
// It is made of keys and typed values, so that the difference of two designs reads like
// a change of the design. The rules about changes of a hierarchy read the prior design
// back from it. The line of a site is
//
//	TIER [of PARENT] on SITE-SERVER {, PROPERTY [VALUE...]}
//
// and that of a server is its roles, each with its settings, or a dash for none.
// Values are separated by blanks; what a value holds besides letters, digits and the
// characters of names is written as in an address, %20 for a blank.

// The facts of a site, which a server passes on to its roles, have the same form with
// more properties.

// Properties in the line of a site, in their order. The version stands without a name.
const (
	lineInstalled     = "installed"
	linePassive       = "passive"
	lineProviders     = "sms_providers"
	lineDatabase      = "database"
	lineInstance      = "instance"
	lineAvailability  = "availability_group"
	lineReplicas      = "replicas"
	lineCluster       = "failover_cluster"
	lineNodes         = "nodes"
	lineCollation     = "collation"
	lineClients       = "clients"
	lineLibrary       = "content_library"
	lineCommunication = "client_communication"
	lineDomain        = "domain"
	lineForest        = "forest"
	lineBranch        = "branch"
	linePull          = "pull"
	lineReplica       = "replica"
	lineNoRole        = "-"
)

// Design describes the elements of a hierarchy, each in one line by its key: the code
// of a site, or code and name of a server. It is unknown while a key is; a line is
// unknown while a value in it is.
func (t *Topology) Design() Value[map[string]Value[string]] {
	if t.keysOpen() {
		return Unknown[map[string]Value[string]]()
	}
	lines := map[string]Value[string]{}
	for _, s := range t.Sites {
		code, _ := s.NormalizedCode().Get()
		if _, again := lines[code]; !again {
			lines[code] = s.line(false)
		}
	}
	roles := map[string][]*Assignment{}
	for _, s := range t.Servers {
		if site, ok := s.Site.Get(); ok && !s.standIn {
			if key, ok := serverKeyText(site.NormalizedCode(), s.Host()).Get(); ok {
				roles[key] = nil
			}
		}
	}
	for _, a := range t.Assignments {
		if key, ok := a.ServerKey().Get(); ok {
			roles[key] = append(roles[key], a)
		}
	}
	for key, held := range roles {
		lines[key] = lineOfRoles(held)
	}
	return Known(lines)
}

// keysOpen reports whether the key of an element is not known yet.
func (t *Topology) keysOpen() bool {
	h := t.Hierarchy
	if t.Index.SitesOpen || h.Servers.IsUnknown() || hasUnknown(h.Servers) || h.Assignments.IsUnknown() || hasUnknown(h.Assignments) {
		return true
	}
	for _, s := range t.Servers {
		if _, ok := s.key(); !ok && !s.standIn {
			return true
		}
	}
	return slices.ContainsFunc(t.Assignments, func(a *Assignment) bool { return a.ServerKey().IsUnknown() })
}

func hasUnknown[T any](elements Value[map[string]Value[*T]]) bool {
	known, _ := elements.Get()
	for _, e := range known {
		if e.IsUnknown() {
			return true
		}
	}
	return false
}

// line collects the parts of a line of a design. A value that is not known yet leaves
// the whole line unknown.
type line struct {
	parts   []string
	unknown bool
}

func (l *line) text() Value[string] {
	if l.unknown {
		return Unknown[string]()
	}
	return Known(strings.Join(l.parts, ", "))
}

// add adds a property with the values that are declared, nothing where none is.
func (l *line) add(name string, values ...Value[string]) {
	part := name
	for _, v := range values {
		switch text, ok := v.Get(); {
		case ok:
			part += " " + escaped(text)
		case v.IsUnknown():
			l.unknown = true
		}
	}
	if part != name || len(values) == 0 {
		l.parts = append(l.parts, part)
	}
}

// flag adds the name of a property where it holds.
func (l *line) flag(name string, holds Value[bool]) {
	is, _ := holds.Get()
	l.unknown = l.unknown || holds.IsUnknown()
	if is {
		l.parts = append(l.parts, name)
	}
}

// Facts returns what the roles of a server need to know about its site, in one line. It
// is unknown while a part of it is, and null for a site without a type.
func (s *Site) Facts() Value[string] {
	if s.Type.IsNull() {
		return Null[string]()
	}
	return s.line(true)
}

// line describes a site in the form of a design, or with all facts that its roles need.
func (s *Site) line(facts bool) Value[string] {
	l := &line{}
	tier, ok := s.TierOf().Get()
	l.unknown = !ok
	First := string(tier)
	if parent, ok := s.Parent.Get(); ok {
		code, ok := parent.NormalizedCode().Get()
		l.unknown = l.unknown || !ok
		First += " of " + escaped(code)
	}
	l.unknown = l.unknown || s.Parent.IsUnknown() || s.Server.IsUnknown()
	if host, ok := Folded(s.Server, FoldHost).Get(); ok {
		First += " on " + escaped(host)
	}
	l.parts = append(l.parts, First)
	l.unknown = l.unknown || s.Version.IsUnknown()
	if version, ok := s.Version.Get(); ok {
		l.parts = append(l.parts, escaped(version))
	}
	l.flag(lineInstalled, s.Installed)
	l.add(linePassive, Folded(s.PassiveServer, FoldHost))
	l.hosts(lineProviders, s.Providers)
	l.database(s, facts)
	if facts {
		l.add(lineLibrary, s.ContentLibraryPath)
		l.add(lineCommunication, s.Communication)
		l.add(lineDomain, Folded(s.Domain, FoldHost))
		l.add(lineForest, Folded(s.Forest, FoldHost))
		l.add(lineBranch, s.Branch)
		return l.text()
	}
	total := s.ClientTotal()
	if n, ok := total.Get(); ok {
		l.parts = append(l.parts, lineClients+" "+strconv.FormatInt(n, 10))
	}
	l.unknown = l.unknown || total.IsUnknown()
	return l.text()
}

// hosts adds a list of names where one is declared, an empty one too.
func (l *line) hosts(name string, list Value[[]Value[string]]) {
	known, ok := list.Get()
	l.unknown = l.unknown || list.IsUnknown()
	if !ok {
		return
	}
	names := make([]Value[string], len(known))
	for i, host := range known {
		names[i] = Folded(host, FoldHost)
	}
	l.add(name, names...)
}

// database adds where the site database is, unless it is the default instance on the
// site server.
func (l *line) database(s *Site, facts bool) {
	db, ok := s.Database.Get()
	if !ok {
		l.unknown = l.unknown || s.Database.IsUnknown()
		return
	}
	l.add(lineDatabase, Folded(db.Server, FoldHost))
	l.add(lineInstance, Folded(db.Instance, strings.ToUpper))
	l.flag(lineAvailability, IsDeclared(db.AvailabilityGroup))
	l.flag(lineCluster, IsDeclared(db.FailoverCluster))
	if !facts {
		l.add(lineCollation, db.Collation)
		return
	}
	if group, ok := db.AvailabilityGroup.Get(); ok {
		l.hosts(lineReplicas, group.Replicas)
	}
	if cluster, ok := db.FailoverCluster.Get(); ok {
		l.hosts(lineNodes, cluster.Nodes)
	}
}

// lineOfRoles describes the roles of a server.
func lineOfRoles(held []*Assignment) Value[string] {
	if len(held) == 0 {
		return Known(lineNoRole)
	}
	l := &line{}
	for _, a := range held {
		role, ok := a.Role.Get()
		if !ok {
			return Unknown[string]()
		}
		part := &line{parts: []string{escaped(role)}}
		for _, setting := range a.lineSettings() {
			text, ok := setting.Get()
			if ok {
				part.parts = append(part.parts, escaped(text))
			}
			part.unknown = part.unknown || setting.IsUnknown()
		}
		if d, ok := a.DistributionPoint.Get(); ok {
			part.flag(linePull, d.IsPull())
		}
		part.flag(lineReplica, DeclaredBlock(a.DatabaseReplica()))
		part.flag(lineInstalled, a.Installed)
		l.unknown = l.unknown || part.unknown
		l.parts = append(l.parts, strings.Join(part.parts, " "))
	}
	slices.Sort(l.parts)
	l.parts = slices.Compact(l.parts)
	return l.text()
}

// lineSettings returns the settings of a role that say what kind of it is meant.
func (a *Assignment) lineSettings() []Value[string] {
	if !a.ManagementPoint.IsNull() {
		return []Value[string]{
			BlockSetting(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.Protocol }),
			beyondIntranet(BlockSetting(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.ClientConnections })),
		}
	}
	if !a.DistributionPoint.IsNull() {
		return []Value[string]{
			BlockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[string] { return d.Protocol }),
			beyondIntranet(BlockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[string] { return d.ClientConnections })),
		}
	}
	if !a.SoftwareUpdatePoint.IsNull() {
		return []Value[string]{
			BlockSetting(a.SoftwareUpdatePoint, func(u *SoftwareUpdatePoint) Value[string] { return u.Protocol }),
			beyondIntranet(BlockSetting(a.SoftwareUpdatePoint, func(u *SoftwareUpdatePoint) Value[string] { return u.ClientConnections })),
		}
	}
	return []Value[string]{BlockSetting(a.ServiceConnectionPoint, func(s *ServiceConnectionPoint) Value[string] { return s.Mode })}
}

// beyondIntranet leaves out what nearly every role has.
func beyondIntranet(v Value[string]) Value[string] {
	if v == Known(ConnectionsIntranet) {
		return Null[string]()
	}
	return v
}

// escaped writes a value without blanks, commas, percent signs and control characters.
func escaped(text string) string {
	if !strings.ContainsFunc(text, mustEscape) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if mustEscape(r) {
			fmt.Fprintf(&b, "%%%02X", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func mustEscape(r rune) bool { return r <= ' ' || r == ',' || r == '%' || r == 0x7F }

func unescaped(text string) (string, error) { return url.PathUnescape(text) }

// PriorDesign returns the hierarchy that a recorded one describes: with the sites and
// role assignments of its design, and with what it declares itself. A line that is not
// of the form is an element that is not known. It is nil where no design is recorded.
func PriorDesign(recorded *Hierarchy) *Hierarchy {
	lines, ok := recorded.Design.Get()
	if !ok {
		return nil
	}
	sites, servers, roles := map[string]Value[*Site]{}, map[string]Value[*Server]{}, map[string]Value[*Assignment]{}
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		text, _ := lines[key].Get()
		code, host, isServer := strings.Cut(key, "/")
		if !isServer {
			site, err := parseSiteLine(key, text)
			sites[key] = knownUnless(site, err)
			continue
		}
		servers[key] = Known(&Server{FQDN: Known(host), Site: Known(&Site{Code: Known(code)}), ID: Known(key)})
		held, err := parseRolesLine(code, host, text)
		if err != nil {
			roles[key] = Unknown[*Assignment]()
		}
		for _, a := range held {
			id, _ := a.ID.Get()
			roles[id] = Known(a)
		}
	}
	prior := *recorded
	prior.Sites, prior.Servers, prior.Assignments = Known(sites), Known(servers), Known(roles)
	return &prior
}

func knownUnless[T any](v T, err error) Value[T] {
	if err != nil {
		return Unknown[T]()
	}
	return Known(v)
}

// parentType is the type of the parents of sites, which no line says.
var parentType = map[product.SiteType]product.SiteType{product.Primary: product.CentralAdministration, product.Secondary: product.Primary}

// parseSiteLine reads the line of a site.
func parseSiteLine(code, text string) (*Site, error) {
	parts := strings.Split(text, ", ")
	words, err := wordsOf(parts[0])
	if err != nil {
		return nil, err
	}
	s := &Site{ID: Known(code), Code: Known(code)}
	siteType, ok := map[product.Tier]product.SiteType{
		product.TierCentralAdministration: product.CentralAdministration, product.TierStandAlonePrimary: product.Primary, product.TierChildPrimary: product.Primary, product.TierSecondary: product.Secondary,
	}[product.Tier(words[0])]
	if !ok {
		return nil, fmt.Errorf("%q is not a tier", words[0])
	}
	s.Type, s.Tier = Known(siteType), Known(words[0])
	for words = words[1:]; len(words) >= 2; words = words[2:] {
		switch words[0] {
		case "of":
			s.Parent = Known(&Site{ID: Known(words[1]), Code: Known(words[1]), Type: Known(parentType[siteType])})
		case "on":
			s.Server = Known(words[1])
		}
	}
	db, Declared := &Database{}, false
	for _, part := range parts[1:] {
		words, err := wordsOf(part)
		if err != nil {
			return nil, err
		}
		values := make([]Value[string], len(words)-1)
		for i, w := range words[1:] {
			values[i] = Known(w)
		}
		value := Null[string]()
		if len(values) > 0 {
			value = values[0]
		}
		switch words[0] {
		case lineInstalled:
			s.Installed = Known(true)
		case linePassive:
			s.PassiveServer = value
		case lineProviders:
			s.Providers = Known(values)
		case lineClients:
			n, err := strconv.ParseInt(cmp.Or(strings.Join(words[1:], ""), "0"), 10, 64)
			if err != nil {
				return nil, err
			}
			s.Clients = Known(&ClientCounts{Windows: Known(n)})
		case lineDatabase:
			Declared, db.Server = true, value
		case lineInstance:
			Declared, db.Instance = true, value
		case lineAvailability:
			Declared, db.AvailabilityGroup = true, Known(&AvailabilityGroup{})
		case lineReplicas:
			Declared, db.AvailabilityGroup = true, Known(&AvailabilityGroup{Replicas: Known(values)})
		case lineCluster:
			Declared, db.FailoverCluster = true, Known(&FailoverCluster{})
		case lineNodes:
			Declared, db.FailoverCluster = true, Known(&FailoverCluster{Nodes: Known(values)})
		case lineLibrary:
			s.ContentLibraryPath = value
		case lineCommunication:
			s.Communication = value
		case lineDomain:
			s.Domain = value
		case lineForest:
			s.Forest = value
		case lineBranch:
			s.Branch = value
		case lineCollation:
			Declared, db.Collation = true, value
		default:
			if _, err := product.ParseVersion(words[0]); err != nil {
				return nil, err
			}
			s.Version = Known(words[0])
		}
	}
	if Declared {
		s.Database = Known(db)
	}
	return s, nil
}

// parseRolesLine reads the line of a server.
func parseRolesLine(code, host, text string) ([]*Assignment, error) {
	if text == lineNoRole {
		return nil, nil
	}
	parts := strings.Split(text, ", ")
	list := make([]*Assignment, 0, len(parts))
	for _, part := range parts {
		words, err := wordsOf(part)
		if err != nil {
			return nil, err
		}
		a := &Assignment{
			ID: Known(code + "/" + host + "/" + words[0]), Role: Known(words[0]), SiteCode: Known(code), FQDN: Known(host),
		}
		if slices.Contains(words[1:], lineReplica) {
			a.ManagementPoint = Known(&ManagementPoint{DatabaseReplica: Known(&DatabaseReplica{})})
		}
		if slices.Contains(words[1:], lineInstalled) {
			a.Installed = Known(true)
		}
		list = append(list, a)
	}
	return list, nil
}

// wordsOf splits a part of a line into its values.
func wordsOf(part string) ([]string, error) {
	words := strings.Split(part, " ")
	for i, w := range words {
		text, err := unescaped(w)
		if err != nil {
			return nil, err
		}
		words[i] = text
	}
	return words, nil
}
