package model

import (
	"reflect"
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// saysAll names the attributes of a server and of a site one by one.
func TestSaysAllComparesEveryFact(t *testing.T) {
	everyFactIsCompared(t, (*Server).saysAll)
	everyFactIsCompared(t, (*Site).saysAll)
}

func everyFactIsCompared[T any](t *testing.T, saysAll func(a, b *T) bool) {
	t.Helper()
	kind := reflect.TypeFor[T]()
	for name, index := range fieldsOf(kind) {
		if slices.Contains(notFacts, name) {
			continue
		}
		a, b := new(T), new(T)
		if !saysAll(a, b) {
			t.Fatal("two empty descriptions differ")
		}
		reflect.ValueOf(b).Elem().Field(index).Addr().Interface().(slot).setUnknown()
		if saysAll(a, b) {
			t.Errorf("a %s that leaves out %s states all that one states which has it", kind.Name(), name)
		}
		if !saysAll(b, a) {
			t.Errorf("a %s that has %s does not state what one states that leaves it out", kind.Name(), name)
		}
	}
}

// described are two places that describe one computer, the first of them without facts.
func described(checked bool) *Hierarchy {
	site := func() Value[*Site] { return Known(&Site{Code: Known("PS1")}) }
	listed := &Server{FQDN: Known("mp01.contoso.com"), Site: site()}
	if checked {
		listed.ID = Known("PS1/mp01.contoso.com")
	}
	held := &Server{FQDN: Known("MP01.contoso.com"), Site: site(), Workgroup: Known(true), OperatingSystem: Known("windows_server_2012")}
	third := &Server{FQDN: Known("mp01.contoso.com"), Site: site(), Inventory: Known(&Inventory{DotNetVersion: Known("4.8")})}
	role := func(s *Server, key string) Value[*Assignment] {
		return Known(&Assignment{Role: Known(key), Server: Known(s)})
	}
	return &Hierarchy{
		Sites:   Known(map[string]Value[*Site]{"ps1": Known(&Site{Code: Known("PS1"), ID: Known("PS1")})}),
		Servers: Known(map[string]Value[*Server]{"mp01": Known(listed)}),
		Assignments: Known(map[string]Value[*Assignment]{
			"mp": role(held, "management_point"), "dp": role(third, "distribution_point"),
		}),
	}
}

func TestMentionsOfAComputerAreMerged(t *testing.T) {
	for _, checked := range []bool{false, true} {
		h := described(checked)
		// A hierarchy is looked at more than once; each look begins with what was declared.
		for range 3 {
			topology := ForHierarchy(h, false)
			s := topology.Index.Server("mp01.contoso.com")
			if s.OperatingSystem != Known("windows_server_2012") || s.Workgroup != Known(true) || !s.Inventory.IsKnown() {
				t.Errorf("the first place does not have what the others state: %v, %v", s.OperatingSystem, s.Workgroup)
			}
			if s.Checked() {
				t.Error("nobody reports what the other places add to the server")
			}
			for _, a := range topology.Index.RolesOn("mp01.contoso.com") {
				if a.DeclaredServer().OperatingSystem != Known("windows_server_2012") {
					t.Errorf("the server of %s does not have what another place states", a.Label())
				}
			}
			if n := len(topology.Index.Contradictions); n != 0 {
				t.Errorf("there are %d contradictions", n)
			}
		}
	}
}

// A resource that states everything has checked everything.
func TestMentionsOfACheckedComputerStaySilent(t *testing.T) {
	h := described(true)
	servers, _ := h.Servers.Get()
	s, _ := servers["mp01"].Get()
	s.Workgroup, s.OperatingSystem = Known(true), Known("windows_server_2012")
	s.Inventory = Known(&Inventory{DotNetVersion: Known("4.8"), ADKVersion: Known("10.1.26100.1")})
	if s = ForHierarchy(h, false).Index.Server("mp01.contoso.com"); !s.Checked() {
		t.Error("the server is reported again")
	}
}

func TestContradictionsLastAndAreFoundAgain(t *testing.T) {
	h := described(false)
	servers, _ := h.Servers.Get()
	s, _ := servers["mp01"].Get()
	s.OperatingSystem = Known("windows_server_2022")
	s.Site = Known(&Site{Code: Known("ps1"), Type: Known(product.Secondary)})
	sites, _ := h.Sites.Get()
	site, _ := sites["ps1"].Get()
	site.Type, site.ID = Known(product.Primary), Null[string]()
	for range 3 {
		topology := ForHierarchy(h, false)
		var got []string
		for _, c := range topology.Index.Contradictions {
			got = append(got, c.Of+" "+c.Attribute+" "+c.Theirs+" "+c.Value)
		}
		slices.Sort(got)
		want := []string{`server mp01.contoso.com operating_system "windows_server_2022" "windows_server_2012"`, `site PS1 site_type "primary" "secondary"`}
		if !slices.Equal(got, want) {
			t.Errorf("contradictions: %q, want %q", got, want)
		}
	}
}

// A short name is that of the only computer with this name.
func TestShortNamesMeanTheComputerOfThatName(t *testing.T) {
	h := described(false)
	roles, _ := h.Assignments.Get()
	a, _ := roles["mp"].Get()
	server, _ := a.Server.Get()
	server.FQDN = Known("MP01")
	topology := ForHierarchy(h, false)
	if n := len(topology.Index.RolesOn("mp01.contoso.com")); n != 2 {
		t.Errorf("the computer has %d roles, want 2", n)
	}
	if got := topology.FullName(Known("mp01")); got != Known("mp01.contoso.com") {
		t.Errorf("mp01 is %v", got)
	}
	// Two computers of one name.
	servers, _ := h.Servers.Get()
	servers["other"] = Known(&Server{FQDN: Known("mp01.fabrikam.com"), Site: Known(&Site{Code: Known("PS1")})})
	topology = ForHierarchy(h, false)
	if got := topology.FullName(Known("mp01")); got != Known("mp01") {
		t.Errorf("mp01 is %v, and there are two", got)
	}
}
