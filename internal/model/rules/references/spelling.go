package references

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Names of computers that are not described in the design and differ from those that are
// by a slip of the keyboard. What two people could have named on purpose is let through:
// sql01 and sql02, mp01 and dp01, fs01 and fsp01, na.contoso.com and sa.contoso.com.

// spelling is how a design writes the names of its computers.
type spelling struct {
	topology *model.Topology
	sites    map[string]bool // the computers that sites name, by full name
	// whole is read when a name is not one of a site or of a listed server as it stands.
	whole func() *usedNames
}

// usedNames are all names of the computers of a hierarchy.
type usedNames struct {
	described map[string]bool // by full name
	domains   map[string]bool // the DNS suffixes in use
}

// newSpelling reads how a hierarchy writes the names of what it describes.
func newSpelling(t *model.Topology) *spelling {
	s := &spelling{topology: t, sites: map[string]bool{}}
	for _, site := range t.Sites {
		s.eachOfSite(site, func(host string) { s.sites[host] = true })
	}
	s.whole = sync.OnceValue(s.read)
	return s
}

// describes reports whether the hierarchy has a computer of a full name.
func (s *spelling) describes(host string) bool {
	return s.sites[host] || s.topology.Index.Server(host) != nil && strings.Contains(host, ".") || s.whole().described[host]
}

func (s *spelling) eachOfSite(site *model.Site, visit func(host string)) {
	s.ifFull(site.Server, visit)
	s.ifFull(site.PassiveServer, visit)
	for _, provider := range model.First(site.Providers.Get()) {
		s.ifFull(provider, visit)
	}
}

func (s *spelling) ifFull(v model.Value[string], visit func(host string)) {
	if host, ok := s.topology.FullName(v).Get(); ok && strings.Contains(host, ".") {
		visit(host)
	}
}

func (s *spelling) read() *usedNames {
	used := &usedNames{described: map[string]bool{}, domains: map[string]bool{}}
	computer := func(host string) {
		used.described[host] = true
		used.domains[model.HostDomain(host)] = true
	}
	domain := func(v model.Value[string]) {
		if name, ok := model.Folded(v, model.BareHost).Get(); ok {
			used.domains[name] = true
		}
	}
	for _, site := range s.topology.Sites {
		s.eachOfSite(site, computer)
		domain(site.Domain)
		domain(site.Forest)
	}
	for _, server := range s.topology.Servers {
		s.ifFull(server.FQDN, computer)
		domain(server.Domain)
		domain(server.Forest)
	}
	return used
}

// shortened returns a name and all names that leave out one of its letters.
func shortened(label string) []string {
	keys := []string{label}
	for i := range len(label) {
		keys = append(keys, label[:i]+label[i+1:])
	}
	return keys
}

// intended returns, of names that the design does not describe, those that were probably
// meant to be another one, with that one. It looks once at each computer of the design.
func (s *usedNames) intended(hosts map[string]bool) map[string]string {
	meant := map[string]string{}
	keys := map[string][]string{} // the names in a domain that is in use, by what is left without a letter
	for host := range hosts {
		label, domain := model.HostLabel(host), model.HostDomain(host)
		if s.domains[domain] {
			for _, key := range shortened(label) {
				keys[key] = append(keys[key], host)
			}
			continue
		}
		for _, used := range slices.Sorted(maps.Keys(s.domains)) {
			if meant[host] == "" && slippedDomain(domain, used) {
				meant[host] = label + "." + used
			}
		}
	}
	if len(keys) == 0 {
		return meant
	}
	for other := range s.described {
		label, domain := model.HostLabel(other), model.HostDomain(other)
		for _, key := range shortened(label) {
			for _, host := range keys[key] {
				first := meant[host]
				if model.HostDomain(host) == domain && slippedName(model.HostLabel(host), label) && (first == "" || other < first) {
					meant[host] = other
				}
			}
		}
	}
	return meant
}

// slippedDomain reports whether a DNS suffix is another one with a slip in one label.
func slippedDomain(typed, used string) bool {
	const word = 6
	return oneWordSlipped(strings.Split(typed, "."), strings.Split(used, "."), word)
}

// slippedName reports whether the name of a computer is another one with a slip in one
// word. Digits and hyphens stand between words: in sea-fs01 and sea-fsp01 no word is long
// enough to tell a slip from another abbreviation.
func slippedName(typed, meant string) bool {
	letters := func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return -1
		}
		return r
	}
	if strings.Map(letters, typed) != strings.Map(letters, meant) {
		return false
	}
	const word = 8 // sqlpar and sqlpra may be in Paris and in Prague
	apart := func(r rune) bool { return r < 'a' || r > 'z' }
	return oneWordSlipped(strings.FieldsFunc(typed, apart), strings.FieldsFunc(meant, apart), word)
}

// oneWordSlipped reports whether all words but one are equal, and that one, of some letters
// at least, is a slip.
func oneWordSlipped(typed, meant []string, letters int) bool {
	if len(typed) != len(meant) {
		return false
	}
	differ := -1
	for i := range typed {
		if typed[i] == meant[i] {
			continue
		}
		if differ >= 0 {
			return false
		}
		differ = i
	}
	return differ >= 0 && min(len(typed[differ]), len(meant[differ])) >= letters && slipped(typed[differ], meant[differ])
}

// slipped reports whether a word is another one with two letters swapped, or with a letter
// too many or too few inside: one at either end may be there to tell things apart, as may
// the other letter of two words of one length. Digits number things, and are no slip.
func slipped(typed, meant string) bool {
	if typed == meant || digits(typed) != digits(meant) {
		return false
	}
	if len(typed) == len(meant) {
		return swapped(typed, meant)
	}
	longer, shorter := typed, meant
	if len(longer) < len(shorter) {
		longer, shorter = shorter, longer
	}
	if len(longer) != len(shorter)+1 {
		return false
	}
	for i := 1; i < len(longer)-1; i++ {
		if longer[:i]+longer[i+1:] == shorter {
			return true
		}
	}
	return false
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// misspeltHosts judges the computers that a hierarchy names and does not describe.
func misspeltHosts(c *rule.Check) {
	type place struct {
		on      model.Declared
		site    *model.Site
		mention model.Mention
		host    string
	}
	s := newSpelling(c.Topology)
	var places []place
	hosts := map[string]bool{}
	look := func(on model.Declared, site *model.Site, m model.Mention) {
		switch m.Names {
		case model.NamesSQLHost, model.NamesComputer, model.NamesEnrollmentPoint, model.NamesShare:
		default:
			return
		}
		host, ok := rule.Decided(c, c.Topology.FullName(m.Value))
		// A share may name its server in short. What else is wrong is SRV-FQDN.
		if !ok || s.describes(host) || model.ParseHost(host).Problem != 0 {
			return
		}
		hosts[host] = true
		places = append(places, place{on, site, m, host})
	}
	for _, site := range c.Topology.Sites {
		for _, m := range site.AppendMentions(nil) {
			look(site, site, m)
		}
	}
	var mentions []model.Mention
	for _, a := range c.Topology.Assignments {
		mentions = a.AppendMentions(mentions[:0])
		for _, m := range mentions {
			look(a, a.DeclaredSite(), m)
		}
	}
	c.OpenCount()
	if len(places) == 0 {
		return
	}
	used := s.whole()
	intended := used.intended(hosts)
	for _, p := range places {
		meant := intended[p.host]
		if meant == "" {
			continue
		}
		typed, _ := p.mention.Value.Get()
		// A share is written with its computer.
		write := meant
		if p.mention.Names == model.NamesShare {
			parts := strings.SplitN(typed, `\`, 4) // two backslashes, the computer, the rest
			if len(parts) == 4 {
				write = `\\` + meant + `\` + parts[3]
			}
		}
		what := "is not the name of a computer of the hierarchy"
		if !used.domains[model.HostDomain(p.host)] {
			what = "is in a domain that nothing else of the hierarchy is in"
		}
		c.Violate(rule.Violation{
			On: p.on, At: p.mention.At, Site: p.site,
			Fact:  fmt.Sprintf("%q %s", typed, what),
			Found: fmt.Sprintf("%s = %q. Did you mean %q?", p.mention.At, typed, meant),
			Fix:   fmt.Sprintf("Write %q. If the computer exists under the name that was found, set rule_severities = { %s = \"warning\" } on the provider.", write, c.Rule.ID),
		})
	}
}
