package adopt

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Options say how an export is read.
type Options struct {
	// TopLevelSiteCode limits the topology to the hierarchy below one site. An export of
	// several hierarchies is not read without it.
	TopLevelSiteCode string
}

// Export is a hierarchy as an export has it.
type Export struct {
	// Hierarchy holds the sites by their code, the servers by PS1/fqdn and the role
	// assignments by PS1/fqdn/role, all of them installed. What the export cannot know is
	// unknown; a map that may lack elements holds one under [model.Others].
	Hierarchy *model.Hierarchy
	// Notes are about what was read and has no place there, in the order of the text.
	Notes []Note
}

// Read reads an export: the document of the export script, answers of the AdminService, a
// firewall definition or a graph of ConfigManBearPig, as text or base64. An error says
// what is wrong with the text, and in which row.
func Read(text string, options Options) (*Export, error) {
	plain, err := plainText(text)
	if err != nil {
		return nil, err
	}
	r, err := parse(plain)
	if err != nil {
		return nil, err
	}
	b := &builder{reader: r, sites: map[string]*siteRows{}, repeated: newCounted()}
	if err := b.collect(); err != nil {
		return nil, err
	}
	if err := b.limit(options.TopLevelSiteCode); err != nil {
		return nil, err
	}
	h := b.hierarchy()
	return &Export{Hierarchy: h, Notes: b.reader.notes}, nil
}

// builder turns rows into the model's objects.
type builder struct {
	*reader
	sites map[string]*siteRows // by code
	order []*siteRows          // in the order of the codes
	// labels are the hosts by the first label of their names.
	labels map[string][]string

	groups    map[string]string      // names of boundary groups by id
	members   map[string][]string    // boundary groups by host
	addresses map[string]*row        // by host
	devices   map[string]*row        // by NetBIOS name
	models    map[string]*model.Site // by code

	duplicates int      // rows that are there twice
	repeated   *counted // those without a note of their own
}

// siteRows is what the export says of a site.
type siteRows struct {
	code       string
	site       *row // of SMS_Site
	definition *row // of SMS_SCI_SiteDefinition
	manager    *row // the component SMS_SITE_COMPONENT_MANAGER
	control    *row // the component SMS_MP_CONTROL_MANAGER
	software   *row // the client component Software Distribution
	hosts      map[string]*hostRows
	names      []string // of the hosts, in the order of the rows, sorted later
}

// hostRows is what the export says of a computer of a site.
type hostRows struct {
	name   string
	system *row // SMS Site System
	setup  []*row
	roles  []hostRole
	facets []*row
}

// hostRole is a role that can be assigned, with its row.
type hostRole struct {
	key string
	row *row
}

func (h *hostRows) setupRow(role string) *row {
	for _, r := range h.setup {
		if strings.EqualFold(r.get(propertyRoleName).trimmed(), role) {
			return r
		}
	}
	return nil
}

func (h *hostRows) facet(role string) *row {
	for _, r := range h.facets {
		if strings.EqualFold(r.get(propertyRoleName).trimmed(), role) {
			return r
		}
	}
	return nil
}

// Names of roles that the mapping looks for.
const (
	wmiSiteServer = "SMS Site Server"
	wmiSiteSystem = "SMS Site System"
	wmiDatabase   = "SMS SQL Server"
	wmiProvider   = "SMS Provider"
	wmiMulticast  = "SMS Multicast Service Point"
	wmiDeviceMP   = "SMS Device Management Point"
)

// rolesByWMIName finds a role of the catalog by the name in RoleName, as it is and in
// lower case. The entry of a role that can be assigned comes first.
var rolesByWMIName = func() map[string]product.Role {
	m := map[string]product.Role{}
	for _, role := range product.Roles() {
		if known, ok := m[role.WMIRoleName]; role.WMIRoleName != "" && (!ok || !known.Assignable() && role.Assignable()) {
			m[role.WMIRoleName] = role // most rows are written so
			m[strings.ToLower(role.WMIRoleName)] = role
		}
	}
	return m
}()

func codeOf(v value) string { return strings.ToUpper(v.trimmed()) }

// collect sorts the rows by site and computer.
func (b *builder) collect() error {
	if err := b.collectSites(); err != nil {
		return err
	}
	unlisted := newCounted()
	b.collectRoles(unlisted)
	for _, class := range []string{classComponent, classClient} {
		b.collectComponents(class, unlisted)
	}
	unlisted.each(func(code string, rows []string, n int) {
		b.note(NoteUnlisted, rows[0], "The site %s is not among the sites of the export, so that %s left out: %s.", code, plural(n, "row of it is", "rows of it are"), listed(rows, n))
	})
	b.repeated.each(func(_ string, rows []string, n int) {
		b.note(NoteDuplicate, rows[0], "Besides, %s an earlier one: %s.", plural(n, "row says the same as", "rows say the same as"), listed(rows, n))
	})
	for _, s := range b.sites {
		b.order = append(b.order, s)
	}
	slices.SortFunc(b.order, func(x, y *siteRows) int { return cmp.Compare(x.code, y.code) })
	if len(b.order) == 0 {
		return failure("", "The export has no site: neither rows of SMS_Site or SMS_SCI_SiteDefinition nor roles with a site code. %s", whatIsRead)
	}
	b.labels = map[string][]string{}
	for _, s := range b.order {
		slices.Sort(s.names)
		for _, name := range s.names {
			label, _, _ := strings.Cut(name, ".")
			if !slices.Contains(b.labels[label], name) {
				b.labels[label] = append(b.labels[label], name)
			}
		}
	}
	b.collectGroups()
	return nil
}

func (b *builder) site(code string) *siteRows {
	s := b.sites[code]
	if s == nil {
		s = &siteRows{code: code, hosts: map[string]*hostRows{}}
		b.sites[code] = s
	}
	return s
}

func (b *builder) collectSites() error {
	for _, class := range []string{classSite, classDefinition} {
		rows := b.rows[class]
		for i := range rows {
			r := rows[i]
			code := codeOf(r.get(propertySiteCode))
			if !isSiteCode(code) {
				return failure(r.String(), "The site code is %q. A site has three letters or digits in SiteCode.", code)
			}
			s := b.site(code)
			place := &s.site
			if class == classDefinition {
				place = &s.definition
			}
			switch known := *place; {
			case known == nil:
				*place = r
			case b.foreign && class == classDefinition:
				known.merge(r)
			case known.same(r):
				b.note(NoteDuplicate, r.String(), "It says the same as %s about site %s.", known, code)
			case different(known, r, propertyServerName) || different(known, r, propertySiteServer) || different(known, r, propertyParent) || different(known, r, propertyReporting):
				return failure(r.String(), "Site %s is described twice and differently, in this row and in %s. One export is of one hierarchy: export each by itself.", code, known)
			default:
				b.note(NoteConflict, r.String(), "Site %s is described twice and differently. %s is taken, this row is left out.", code, known)
			}
		}
	}
	return nil
}

// merge takes over what another row of the same site has and this one lacks.
func (r *row) merge(other *row) {
	for _, p := range other.properties {
		if r.get(p.name).kind == kindAbsent {
			r.properties = append(r.properties, p)
		}
	}
}

func different(a, b *row, name nameID) bool {
	x, y := a.get(name), b.get(name)
	return x.kind > kindNull && y.kind > kindNull && !strings.EqualFold(x.trimmed(), y.trimmed())
}

func isSiteCode(code string) bool {
	if len(code) != 3 {
		return false
	}
	for _, c := range []byte(code) {
		if !(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

func (b *builder) collectRoles(unlisted *counted) {
	open := len(b.sites) == 0 // without rows of sites, roles say which there are
	unknown, clouds := newCounted(), newCounted()
	rows := b.rows[classRole]
	fullNames := sync.OnceValue(b.fullNames)
	for i := range rows {
		r := rows[i]
		code := codeOf(r.get(propertySiteCode))
		if !isSiteCode(code) {
			b.note(NoteNotModelled, r.String(), "The row has the site code %q, so that it belongs to no site.", code)
			continue
		}
		if b.sites[code] == nil && !open {
			unlisted.add(code, r)
			continue
		}
		if kind := r.get(propertyNALType); kind.given() && !strings.EqualFold(kind.trimmed(), "Windows NT Server") {
			clouds.add(kind.trimmed(), r)
			continue
		}
		role := r.get(propertyRoleName).trimmed()
		host := r.host()
		if !isHost(host) || role == "" {
			b.note(NoteNotModelled, r.String(), "The row has the role %q and the computer %q, which is not the name of one.", role, r.get(propertyNetworkOS).trimmed())
			continue
		}
		s := b.site(code)
		if !strings.Contains(host, ".") {
			host = cmp.Or(fullNames()[code][host], host)
		}
		h := s.hosts[host]
		if h == nil {
			h = &hostRows{name: host}
			s.hosts[host] = h
			s.names = append(s.names, host)
		}
		if !b.place(h, r, role) {
			unknown.add(role, r)
		}
	}
	unknown.each(func(role string, rows []string, n int) {
		near := ""
		if roles := product.Nearest(role, wmiRoleNames); len(roles) > 0 {
			near = " The nearest known one is " + roles[0] + "."
		}
		b.note(NoteUnknownRole, rows[0], "The role %q is not in the catalog, so that %s left out: %s.%s", role, plural(n, "row with it is", "rows with it are"), listed(rows, n), near)
	})
	clouds.each(func(kind string, rows []string, n int) {
		b.note(NoteNotModelled, rows[0], "A row of the type %q is a service in the cloud and not a site system: a cloud distribution point, or a cloud "+
			"management gateway that serves content. Declare the gateway in cloud_management_gateways. Left out: %s.", kind, listed(rows, n))
	})
}

// fullNames returns the full names of the computers that rows name, by site code.
func (b *builder) fullNames() map[string]model.FullNames {
	names := map[string]model.FullNames{}
	add := func(code, host string) {
		if !isHost(host) {
			return
		}
		if names[code] == nil {
			names[code] = model.FullNames{}
		}
		names[code].Add(host)
	}
	for _, r := range b.rows[classRole] {
		add(codeOf(r.get(propertySiteCode)), r.host())
	}
	for code, s := range b.sites {
		for _, v := range []value{of(s.site, propertyServerName), of(s.definition, propertySiteServer), of(s.definition, propertySQLServer)} {
			add(code, model.FoldHost(v.trimmed()))
		}
		if s.definition != nil {
			if p := s.definition.prop(propSQLFQDN); p != nil {
				add(code, model.FoldHost(p.value1().trimmed()))
			}
		}
	}
	return names
}

// wmiRoleNames are the names of roles that the catalog knows.
var wmiRoleNames = func() []string {
	var list []string
	for _, role := range product.Roles() {
		if role.WMIRoleName != "" && !slices.Contains(list, role.WMIRoleName) {
			list = append(list, role.WMIRoleName)
		}
	}
	return list
}()

// place puts a row with the computer that it is about. It reports whether the role is
// known.
func (b *builder) place(h *hostRows, r *row, name string) bool {
	role, ok := rolesByWMIName[name]
	if !ok {
		role, ok = rolesByWMIName[strings.ToLower(name)]
	}
	if !ok {
		return false
	}
	var known *row
	switch {
	case strings.EqualFold(name, wmiSiteSystem):
		if known = h.system; known == nil {
			h.system = r
		}
	case role.Assignable():
		for _, other := range h.roles {
			if other.key == role.Key {
				known = other.row
			}
		}
		if known == nil {
			h.roles = append(h.roles, hostRole{role.Key, r})
		}
	case role.Kind == product.RoleFacet:
		if known = h.facet(name); known == nil {
			h.facets = append(h.facets, r)
		}
	default:
		if known = h.setupRow(name); known == nil {
			h.setup = append(h.setup, r)
		}
	}
	switch {
	case known == nil:
	case known.same(r):
		b.duplicate(r, "It says the same as %s: %s on %s.", known, name, h.name)
	default:
		b.note(NoteConflict, r.String(), "It and %s describe the role %s on %s differently. That row is taken, this one is left out.", known, name, h.name)
	}
	return true
}

// duplicate notes a row that is there twice. Two answers to one question repeat every row:
// the first few have a note each, the rest share one.
func (b *builder) duplicate(r *row, format string, args ...any) {
	if b.duplicates++; b.duplicates <= namedRows {
		b.note(NoteDuplicate, r.String(), format, args...)
		return
	}
	b.repeated.add(NoteDuplicate, r)
}

func (b *builder) collectComponents(class string, unlisted *counted) {
	rows := b.rows[class]
	for i := range rows {
		r := rows[i]
		code := codeOf(r.get(propertySiteCode))
		s := b.sites[code]
		if s == nil {
			unlisted.add(code, r)
			continue
		}
		var place **row
		switch item := strings.ToUpper(r.get(propertyItemName).trimmed()); {
		case strings.HasPrefix(item, "SMS_SITE_COMPONENT_MANAGER|"):
			place = &s.manager
		case strings.HasPrefix(item, "SMS_MP_CONTROL_MANAGER|"):
			place = &s.control
		case class == classClient && strings.HasPrefix(item, "SOFTWARE DISTRIBUTION"):
			place = &s.software
		default:
			continue // another component: an answer of the AdminService has them all
		}
		switch {
		case *place == nil:
			*place = r
		case (*place).same(r):
			b.duplicate(r, "It says the same as %s.", *place)
		default:
			b.note(NoteConflict, r.String(), "It and %s describe one component of site %s differently. That row is taken, this one is left out.", *place, code)
		}
	}
}

// collectGroups arranges the rows that are about computers by their names.
func (b *builder) collectGroups() {
	b.groups, b.members, b.addresses, b.devices = map[string]string{}, map[string][]string{}, map[string]*row{}, map[string]*row{}
	for i := range b.rows[classGroup] {
		r := b.rows[classGroup][i]
		b.groups[r.get(propertyGroupID).trimmed()] = r.get(propertyName).trimmed()
	}
	for i := range b.rows[classMember] {
		r := b.rows[classMember][i]
		host := hostOfNAL(r.get(propertyServerNALPath).trimmed())
		name := b.groups[r.get(propertyGroupID).trimmed()]
		if host == "" || name == "" {
			b.note(NoteNotModelled, r.String(), "The boundary group %q or the computer %q is not known.", r.get(propertyGroupID).trimmed(), r.get(propertyServerNALPath).trimmed())
			continue
		}
		if !slices.Contains(b.members[host], name) {
			b.members[host] = append(b.members[host], name)
		}
	}
	for i := range b.rows[classAddress] {
		r := b.rows[classAddress][i]
		if host, kind, ok := strings.Cut(strings.ToLower(r.get(propertyItemName).trimmed()), "|"); ok && kind == "ms_lan" {
			b.addresses[model.FoldHost(host)] = r
		}
	}
	for i := range b.rows[classDevice] {
		r := b.rows[classDevice][i]
		name := strings.ToLower(r.get(propertyName).trimmed())
		if known := b.devices[name]; known != nil && !known.same(r) {
			b.note(NoteConflict, r.String(), "It and %s describe a device %q differently: the operating system and client of that computer are left open.", known, name)
			b.devices[name] = &row{}
			continue
		}
		b.devices[name] = r
	}
}

// host returns the name of the computer that a row is about, in lower case.
func (r *row) host() string {
	if v := r.get(propertyNetworkOS); v.given() {
		return model.FoldHost(strings.Trim(v.trimmed(), `\`))
	}
	return hostOfNAL(r.get(propertyNALPath).trimmed())
}

// hostOfNAL returns the computer of a NAL path, such as
// ["Display=\\dp01.contoso.com\"]MSWNET:["SMS_SITE=PS1"]\\dp01.contoso.com\, or of a UNC
// path; "" when it names none.
func hostOfNAL(path string) string {
	if i := strings.LastIndexByte(path, ']'); i >= 0 {
		if rest := path[i+1:]; strings.Trim(rest, `\`) != "" {
			path = rest
		} else if _, display, ok := strings.Cut(path, "="); ok {
			path = display
		}
	}
	path = strings.TrimLeft(path, `\`)
	if i := strings.IndexAny(path, `\"]`); i >= 0 {
		path = path[:i]
	}
	host := model.FoldHost(path)
	if !isHost(host) {
		return ""
	}
	return host
}

// isHost reports whether a text is the name of a computer: labels of letters, digits,
// underscores and inner hyphens.
func isHost(name string) bool {
	if name == "" || len(name) > 255 {
		return false
	}
	for start := 0; start <= len(name); {
		end := strings.IndexByte(name[start:], '.')
		if end < 0 {
			end = len(name) - start
		}
		label := name[start : start+end]
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range []byte(label) {
			if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
				return false
			}
		}
		start += end + 1
	}
	return true
}

// counted collects rows by a reason, so that a thousand rows of one reason are one note.
type counted struct {
	reasons []string
	first   map[string][]string
	number  map[string]int
}

func newCounted() *counted { return &counted{first: map[string][]string{}, number: map[string]int{}} }

const namedRows = 5

func (c *counted) add(reason string, r *row) {
	if c.number[reason] == 0 {
		c.reasons = append(c.reasons, reason)
	}
	if c.number[reason] < namedRows {
		c.first[reason] = append(c.first[reason], r.String())
	}
	c.number[reason]++
}

func (c *counted) each(visit func(reason string, rows []string, n int)) {
	for _, reason := range c.reasons {
		visit(reason, c.first[reason], c.number[reason])
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "one " + one
	}
	return itoa(n) + " " + many
}

// listed names the first of some rows.
func listed(rows []string, n int) string {
	text := strings.Join(rows, ", ")
	if n > len(rows) {
		text += " and " + itoa(n-len(rows)) + " more"
	}
	return text
}
