package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Contradiction is a fact that two places of a design state differently about one
// computer or one site.
type Contradiction struct {
	Of        string   // "server mp01.contoso.com" or "site PS1"
	On        Declared // the element that states it second
	At        Path     // the attribute, from that element
	First     Path     // the place that states it first, from the checked resource
	Attribute string   // such as operating_system or proxy.port
	Value     string   // as On has it
	Theirs    string   // as the first place has it
	site      bool
}

// IsAboutSite reports whether the two places describe a site.
func (c *Contradiction) IsAboutSite() bool { return c.site }

// Facts that a server states about itself as a site system of its site. On another
// site they may differ; all others are those of the computer.
var siteSystemFacts = []string{
	"internet_fqdn", "installation_account", "site_server_initiates_connections", "proxy", "site_server_link", "untrusted_forest",
}

// notFacts are the attributes that say which server or site is meant, and those that
// belong to the place and not to what stands there.
var notFacts = []string{"id", "fqdn", "site", "site_code", "site_facts", "report_at", "tier", "parent", "accepted_findings", "unknown"}

// says reports whether a server states a fact as another one does, or whether that one
// leaves it out.
func says[T comparable](s, other Value[T]) bool { return other.IsNull() || s == other }

// saysAll reports whether a server states every fact that another mention of it states.
// It is asked for every role assignment, so that it spares the way over the attributes'
// names.
func (s *Server) saysAll(other *Server) bool {
	return says(s.OperatingSystem, other.OperatingSystem) && says(s.ServerCore, other.ServerCore) &&
		says(s.Domain, other.Domain) && says(s.Forest, other.Forest) && says(s.NetBIOSName, other.NetBIOSName) &&
		says(s.Workgroup, other.Workgroup) && says(s.DomainController, other.DomainController) &&
		says(s.UntrustedForest, other.UntrustedForest) && says(s.PerimeterNetwork, other.PerimeterNetwork) &&
		says(s.DHCPServer, other.DHCPServer) && says(s.ClusterNode, other.ClusterNode) &&
		says(s.SiteServerLink, other.SiteServerLink) && says(s.InternetFQDN, other.InternetFQDN) &&
		says(s.InternetProxy, other.InternetProxy) && says(s.InstallationAccount, other.InstallationAccount) &&
		says(s.SiteServerInitiates, other.SiteServerInitiates) && says(s.OtherSQLApplications, other.OtherSQLApplications) &&
		says(s.ClientSiteCode, other.ClientSiteCode) && says(s.ClientInstalled, other.ClientInstalled) &&
		says(s.Inventory, other.Inventory) && says(s.Proxy, other.Proxy)
}

// saysAll reports whether a site states every fact that another mention of it states, its
// parent aside. It is asked for every reference, and says no where it is not sure.
func (s *Site) saysAll(other *Site) bool {
	return says(s.Type, other.Type) && says(s.Name, other.Name) && says(s.Server, other.Server) && says(s.Version, other.Version) &&
		says(s.Branch, other.Branch) && says(s.PassiveServer, other.PassiveServer) && says(s.InstallDirectory, other.InstallDirectory) &&
		says(s.ContentLibraryPath, other.ContentLibraryPath) && says(s.Communication, other.Communication) &&
		says(s.Domain, other.Domain) && says(s.Forest, other.Forest) && says(s.ParentForestTrust, other.ParentForestTrust) &&
		says(s.SetupMedia, other.SetupMedia) && says(s.UpdateSource, other.UpdateSource) &&
		says(s.PKICertificates, other.PKICertificates) && says(s.Installed, other.Installed) &&
		saysList(s.Providers, other.Providers) && saysList(s.ClientLanguages, other.ClientLanguages) && saysList(s.AccessAccounts, other.AccessAccounts) &&
		saysBlock(s.Database, other.Database) && saysBlock(s.Clients, other.Clients) && saysBlock(s.ClientPorts, other.ClientPorts)
}

func saysList(s, other Value[[]Value[string]]) bool {
	return other.IsNull() || s.IsKnown() && other.IsKnown() && slices.Equal(First(s.Get()), First(other.Get()))
}

func saysBlock[T comparable](s, other Value[*T]) bool {
	return says(s, other) || s.IsKnown() && other.IsKnown() && *First(s.Get()) == *First(other.Get())
}

// merge makes one description of the places that describe a computer: what the first
// one leaves out, it takes from the others. It returns what they contradict.
func (c *computer) merge(host string, checkAll bool) []Contradiction {
	var found []Contradiction
	first := c.server
	for _, other := range c.others() {
		skip := factsApart(first, other)
		for _, d := range differences(factsOf(first, skip), factsOf(other, skip)) {
			found = append(found, Contradiction{
				Of: "server " + host, On: other, At: d.at, First: first.path, Attribute: d.at.String(), Value: d.second, Theirs: d.first,
			})
		}
		c.filled = first.take(other, skip) || c.filled
	}
	// Who states all of it has been checked with all of it.
	first.checked = false
	for _, s := range append([]*Server{first}, c.others()...) {
		if s.ID.IsKnown() && !checkAll && c.alone(s) {
			first.checked = true
		}
	}
	return found
}

// take gives a server the facts that another mention of it states and it does not, and
// reports whether there were any.
func (s *Server) take(other *Server, skip []string) bool {
	declared := *s
	filled := fill(reflect.ValueOf(s).Elem(), reflect.ValueOf(other).Elem(), skip)
	if filled && s.declared == nil {
		s.declared = &declared
	}
	return filled
}

// complete gives another mention of a computer what the first one states by now.
func (c *computer) complete(s *Server) {
	if len(c.others()) > 0 && s != c.server {
		s.take(c.server, factsApart(c.server, s))
	}
}

// factsApart lists the attributes in which two mentions of a computer may differ.
func factsApart(a, b *Server) []string {
	if same, ok := EqualCode(siteCode(a), siteCode(b)).Get(); ok && !same {
		return slices.Concat(notFacts, siteSystemFacts)
	}
	return notFacts
}

// alone reports whether a mention states by itself all that is known of the computer.
func (c *computer) alone(s *Server) bool {
	if s == c.server {
		return !c.filled
	}
	return s.saysAll(c.server)
}

func siteCode(s *Server) Value[string] {
	site, ok := s.Site.Get()
	if !ok {
		return Unknown[string]()
	}
	return site.NormalizedCode()
}

// EqualCode compares two site codes, undecided unless both are known.
func EqualCode(a, b Value[string]) Value[bool] {
	x, okX := a.Get()
	y, okY := b.Get()
	if !okX || !okY {
		return Unknown[bool]()
	}
	return Known(FoldCode(x) == FoldCode(y))
}

// compareSites returns what a mention of a site states otherwise than the first one.
func compareSites(first, other *Site, listed bool, on Declared, at Path) []Contradiction {
	// Two references to one resource carry the same.
	if first.ID.IsKnown() && other.ID.IsKnown() {
		return nil
	}
	found := siteDifferences(first, other, listed, false)
	return statedBy(first, on, found, at.Join)
}

// contradictFacts is compareSites for what the facts that a server carries say of its
// site. They say the tier, so that a site without a parent has none.
func contradictFacts(first, facts *Site, s *Server) []Contradiction {
	return statedBy(first, s, siteDifferences(first, facts, true, true), func(Path) Path { return At("site_facts") })
}

// siteDifferences compares two descriptions of a site. above says whether the first one
// leaves out its parent because it has none, below the same of the other.
func siteDifferences(first, other *Site, above, below bool) []difference {
	var found []difference
	if !first.saysAll(other) {
		found = differences(factsOf(first, notFacts), factsOf(other, notFacts))
	}
	a, b := ParentCode(first), ParentCode(other)
	switch is, ok := EqualCode(a, b).Get(); {
	case ok && !is, above && first.Parent.IsNull() && b.IsKnown(), below && other.Parent.IsNull() && a.IsKnown():
		found = append(found, difference{At("parent"), shownText(a), shownText(b)})
	}
	return found
}

func statedBy(first *Site, on Declared, differences []difference, at func(attribute Path) Path) []Contradiction {
	code, _ := first.NormalizedCode().Get()
	found := make([]Contradiction, len(differences))
	for i, d := range differences {
		found[i] = Contradiction{
			Of: "site " + code, On: on, At: at(d.at), First: first.path, Attribute: d.at.String(), Value: d.second, Theirs: d.first, site: true,
		}
	}
	return found
}

func shownText(v Value[string]) string {
	if text, ok := v.Get(); ok {
		return fmt.Sprintf("%q", text)
	}
	return "not set"
}

// difference is an attribute that two objects state differently.
type difference struct {
	at            Path
	first, second string
}

// factsOf encodes an object without the attributes to skip.
func factsOf[T any](object *T, skip []string) map[string]any {
	tree := map[string]any{}
	value := reflect.ValueOf(object).Elem()
	for name, index := range fieldsOf(value.Type()) {
		if v, ok := value.Field(index).Interface().(encodable); ok && !slices.Contains(skip, name) {
			tree[name] = encodeValue(v)
		}
	}
	return tree
}

// differences compares what both trees state, in the order of the names. What one of
// them leaves out or does not know yet is no difference.
func differences(first, second map[string]any) []difference {
	var list []difference
	for _, name := range slices.Sorted(maps.Keys(first)) {
		a, b := first[name], second[name]
		if a == nil || b == nil {
			continue
		}
		treeA, isTree := a.(map[string]any)
		treeB, alsoTree := b.(map[string]any)
		if isTree && alsoTree {
			for _, d := range differences(treeA, treeB) {
				list = append(list, difference{At(name).Join(d.at), d.first, d.second})
			}
			continue
		}
		textA, okA := statement(a)
		textB, okB := statement(b)
		if okA && okB && !strings.EqualFold(strings.TrimRight(textA, ".\\/"), strings.TrimRight(textB, ".\\/")) {
			list = append(list, difference{At(name), shownStatement(a), shownStatement(b)})
		}
	}
	return list
}

// statement is a known value in a form to compare: lists are compared whatever their
// order.
func statement(value any) (string, bool) {
	switch v := value.(type) {
	case UnknownValue:
		return "", false
	case []any:
		texts := make([]string, len(v))
		for i, entry := range v {
			text, ok := statement(entry)
			if !ok {
				return "", false
			}
			texts[i] = strings.ToLower(strings.TrimRight(text, ".\\/"))
		}
		slices.Sort(texts)
		return strings.Join(texts, "\n"), true
	default:
		return fmt.Sprint(v), true
	}
}

func shownStatement(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case []any:
		texts := make([]string, len(v))
		for i, entry := range v {
			texts[i] = shownStatement(entry)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	default:
		return fmt.Sprint(v)
	}
}

// fill gives an object the facts that another one states and it does not, and reports
// whether there were any.
func fill(target, from reflect.Value, skip []string) bool {
	filled := false
	for name, index := range fieldsOf(target.Type()) {
		if slices.Contains(skip, name) {
			continue
		}
		own, ok := target.Field(index).Interface().(encodable)
		other, alsoOk := from.Field(index).Interface().(encodable)
		switch {
		case !ok || !alsoOk || other.IsNull():
		case own.IsNull(), own.IsUnknown() && !other.IsUnknown():
			target.Field(index).Set(from.Field(index))
			filled = true
		case !own.IsUnknown() && !other.IsUnknown():
			a, b := reflect.ValueOf(own.known()), reflect.ValueOf(other.known())
			if a.Kind() != reflect.Pointer || a.Pointer() == b.Pointer() {
				continue
			}
			whole := reflect.New(a.Type().Elem())
			whole.Elem().Set(a.Elem())
			if fill(whole.Elem(), b.Elem(), nil) {
				target.Field(index).Addr().Interface().(slot).set(whole.Interface())
				filled = true
			}
		}
	}
	return filled
}
