package render

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

func diagram(t testing.TB, object tree) string {
	t.Helper()
	text, err := MermaidDiagram(hierarchy(t, object))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestMermaidDiagram_Complete(t *testing.T) {
	checkGolden(t, "diagram.mmd", diagram(t, complete(t)))
}

// The lines that a flowchart of this package consists of. An id and a label can hold
// nothing that would make a line another one.
var (
	mermaidIDs    = `[a-zA-Z][a-zA-Z0-9_]*`
	mermaidLabel  = `"(?:[a-zA-Z0-9 ,()·.-]|#[0-9]+;|<br>)*"`
	mermaidNode   = regexp.MustCompile(`^ +` + mermaidIDs + `(?:\[|\[\[|\[\(|\{\{)(` + mermaidLabel + `)(?:\]|\]\]|\)\]|\}\}):::[a-zA-Z]+$`)
	mermaidTitle  = regexp.MustCompile(`^  subgraph ` + mermaidIDs + `\[(` + mermaidLabel + `)\]$`)
	mermaidLink   = regexp.MustCompile(`^ +` + mermaidIDs + ` (?:==>|~~~|<-\.->|-\. content \.->) ` + mermaidIDs + `$`)
	mermaidOther  = regexp.MustCompile(`^(?:%%\{init: \{"flowchart": \{"wrappingWidth": (?:280|420|900)\}\}\}%%|flowchart LR|    direction LR|  end|  (?:style|classDef) ` + mermaidIDs + ` [a-z0-9:#,; -]+)$`)
	mermaidEntity = regexp.MustCompile(`#([0-9]+);`)
)

// readMermaid returns the labels of a flowchart as they are shown, and the number of
// the other lines. A line that is none of those that this package writes is an error.
func readMermaid(t testing.TB, text string) (labels []string, others int) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		m := mermaidNode.FindStringSubmatch(line)
		if m == nil {
			m = mermaidTitle.FindStringSubmatch(line)
		}
		switch {
		case m != nil:
			shown := mermaidEntity.ReplaceAllStringFunc(strings.Trim(m[1], `"`), func(code string) string {
				var number rune
				if _, err := fmt.Sscanf(code, "#%d;", &number); err != nil {
					t.Fatal(err)
				}
				return string(number)
			})
			labels = append(labels, shown)
		case mermaidLink.MatchString(line), mermaidOther.MatchString(line):
			others++
		default:
			t.Fatalf("a line that is not expected: %q", line)
		}
	}
	return labels, others
}

func FuzzMermaidDiagram(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		object := one("management_point")
		object["sites"].(tree)["ps1"].(tree)["name"] = s
		object["role_assignments"].(tree)["a"].(tree)["server"].(tree)["fqdn"] = "a" + s + "z"
		labels, others := readMermaid(t, diagram(t, object))
		harmless, othersHarmless := readMermaid(t, diagram(t, one("management_point")))
		if len(labels) != len(harmless) || others != othersHarmless {
			t.Fatalf("%q makes %d labels and %d other lines, expected %d and %d", s, len(labels), others, len(harmless), othersHarmless)
		}
		if want := "PS1 · " + s + " · stand-alone primary site"; labels[0] != want {
			t.Errorf("the title is shown as %q, expected %q", labels[0], want)
		}
		if want := model.FoldHost("a"+s+"z") + "<br>management point"; labels[1] != want {
			t.Errorf("the server is shown as %q, expected %q", labels[1], want)
		}
	})
}

func TestMermaidID_IsInjective(t *testing.T) {
	ids := map[string]string{}
	for _, name := range append([]string{"a.b", "a__b", "a_b", "a-b", "a_2d.b", "a-.b", "a.-b", "a..b", "a2eb"}, hostile...) {
		id := mermaidID(name)
		if other, taken := ids[id]; taken && other != name {
			t.Errorf("%q and %q both are %q", name, other, id)
		}
		ids[id] = name
	}
}

func TestMermaidText_IsPlainForHTML(t *testing.T) {
	for _, s := range hostile {
		text := mermaidText(s)
		if html.UnescapeString(text) != text || strings.ContainsAny(text, "<>\"'`&*_[]{}:") {
			t.Errorf("%q is written as %q", s, text)
		}
	}
}

func TestMermaidDiagram_OtherNameChangesOnlyItsLines(t *testing.T) {
	for _, to := range []string{"sea-mp09", "aaa-mp01", "zzz-mp01"} {
		before, after := diagram(t, complete(t)), diagram(t, renamed(t, complete(t), "sea-mp01", to))
		checkOthersKept(t, before, after, "sea-mp01", "sea_2dmp01", to, strings.ReplaceAll(to, "-", "_2d"))
	}
}

// checkOthersKept compares what is left of two texts without the lines that hold one
// of the names.
func checkOthersKept(t *testing.T, before, after string, names ...string) {
	t.Helper()
	without := func(text string) string {
		var kept strings.Builder
		removed := 0
		for line := range strings.Lines(text) {
			mentioned := false
			for _, name := range names {
				mentioned = mentioned || strings.Contains(line, name)
			}
			if mentioned {
				removed++
			} else {
				kept.WriteString(line)
			}
		}
		if removed == 0 {
			t.Errorf("no line holds one of %q", names)
		}
		return kept.String()
	}
	if a, b := without(before), without(after); a != b {
		t.Errorf("other lines change too:\n%s\n---\n%s", a, b)
	}
}

func TestMermaidDiagram_KeysDoNotMatter(t *testing.T) {
	if a, b := diagram(t, complete(t)), diagram(t, rekeyed(complete(t))); a != b {
		t.Errorf("other keys of the maps give another diagram:\n%s\n---\n%s", a, b)
	}
}

// branches returns a site with a number of pull-distribution points with two sources each.
func branches(number int) tree {
	object := one("management_point")
	for i := range number {
		object["role_assignments"].(tree)[fmt.Sprint(i)] = tree{
			"role":               "distribution_point",
			"distribution_point": tree{"protocol": "https", "pull_sources": tree{"src1.contoso.com": int64(1), "src2.contoso.com": int64(2)}},
			"server":             tree{"fqdn": fmt.Sprintf("branch-%04d.contoso.com", i), "site": tree{"site_code": "PS1"}},
		}
	}
	for _, name := range []string{"src1", "src2"} {
		object["role_assignments"].(tree)[name] = tree{"role": "distribution_point", "server": tree{"fqdn": name + ".contoso.com", "site": tree{"site_code": "PS1"}}}
	}
	return object
}

func TestMermaidDiagram_StaysWithinWhatMermaidDraws(t *testing.T) {
	for _, number := range []int{2, 3, 9, 57, 500, 1500} {
		text := diagram(t, branches(number))
		labels, _ := readMermaid(t, text)
		links := strings.Count(text, " ~~~ ") + strings.Count(text, ".-> ")
		if len(text) > mermaidSize || links > mermaidLinks {
			t.Errorf("%d branches: %d characters, %d links", number, len(text), links)
		}
		all := strings.Join(labels, "\n")
		for i := range number {
			if name := fmt.Sprintf("branch-%04d.contoso.com", i); strings.Count(all, name) != 1 {
				t.Fatalf("%d branches: %s is shown %d times", number, name, strings.Count(all, name))
			}
		}
		if len(labels) > 8 {
			t.Errorf("%d branches make %d nodes", number, len(labels))
		}
	}
}

func TestMermaidDiagram_NameInAMergedNodeChangesItsNodeOnly(t *testing.T) {
	object := branches(100)
	before, after := diagram(t, object), diagram(t, renamed(t, object, "branch-0050", "branch-0050b"))
	if strings.ReplaceAll(after, "branch-0050b", "branch-0050") != before {
		t.Errorf("more changes than the name:\n%s\n---\n%s", before, after)
	}
}

// manySites returns a central administration site with child primary sites, of which the
// first has secondary sites and the second a connection point of a gateway.
func manySites(primaries, secondaries int) tree {
	cas := tree{"site_code": "CAS", "site_type": "central_administration", "site_server": "cas01.contoso.com"}
	object := tree{"sites": tree{"cas": cas}, "role_assignments": tree{}}
	var first tree
	for i := range primaries {
		code := fmt.Sprintf("P%02d", i)
		s := tree{"site_code": code, "site_type": "primary", "site_server": "cm-" + code + ".contoso.com", "parent": cas}
		object["sites"].(tree)[code] = s
		object["role_assignments"].(tree)[code] = tree{"role": "management_point", "server": tree{"fqdn": "mp-" + code + ".contoso.com", "site": s}}
		switch i {
		case 0:
			first = s
		case 1:
			object["role_assignments"].(tree)["gateway"] = tree{
				"role": "cloud_management_gateway_connection_point", "server": tree{"fqdn": "mp-" + code + ".contoso.com", "site": s},
				"cloud_management_gateway_connection_point": tree{"cloud_management_gateway": "contosocmg"},
			}
		}
	}
	for i := range secondaries {
		code := fmt.Sprintf("S%02d", i)
		object["sites"].(tree)[code] = tree{"site_code": code, "site_type": "secondary", "site_server": "cm-" + code + ".contoso.com", "parent": first}
	}
	return object
}

// Many sites have one node each, which names every computer. Those of one parent that
// nothing hangs on share a group, in columns; the others are linked with their parent.
func TestMermaidDiagram_OfManySites(t *testing.T) {
	text := diagram(t, manySites(16, 8))
	labels, _ := readMermaid(t, text)
	all := "\n" + strings.Join(labels, "\n") + "\n"
	for code := range manySites(16, 8)["sites"].(tree) {
		code = strings.ToUpper(code)
		if n := strings.Count(all, "\n"+code+" ·"); n != 1 {
			t.Errorf("site %s has %d nodes", code, n)
		}
		host := "cm-" + strings.ToLower(code) + ".contoso.com"
		if code != "CAS" && strings.Count(all, host) != 1 {
			t.Errorf("%s is not shown once in\n%s", host, all)
		}
	}
	for _, title := range []string{"14 sites below CAS", "8 sites below P00"} {
		if !strings.Contains(all, "\n"+title+"\n") {
			t.Errorf("there is no group %q in\n%s", title, all)
		}
	}
	var links []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.Contains(line, " ==> ") || strings.Contains(line, "<-.->") {
			links = append(links, line)
		}
	}
	want := []string{"site_CAS ==> below_CAS", "site_P00 ==> below_P00", "site_CAS ==> site_P00", "site_CAS ==> site_P01", "site_P01 <-.-> gateway_contosocmg"}
	if !slices.Equal(links, want) {
		t.Errorf("links %q, expected %q", links, want)
	}
	// Columns: no more rows than a page has room for, and no link that is drawn inside.
	if n := strings.Count(text, "~~~"); n != 14-5+8-4 {
		t.Errorf("%d links put sites beside each other in\n%s", n, text)
	}
	for line := range strings.Lines(diagram(t, manySites(6, 4))) {
		if strings.Contains(line, "subgraph below_") {
			t.Errorf("few sites of a parent share a group: %s", line)
		}
	}
}

// A site with more than a few computers merges those that do the same.
func TestMermaidDiagram_MergesEarly(t *testing.T) {
	for number, merged := range map[int]bool{2: false, 3: true} {
		text := diagram(t, branches(number)) // beside a site server, a management point and two sources
		if got := !strings.Contains(text, "server_PS1_branch"); got != merged {
			t.Errorf("%d branches: merged is %v in\n%s", number, got, text)
		}
	}
}

// TestMermaidDiagram_ShowsEveryComputer looks for computers that only settings name.
func TestMermaidDiagram_ShowsEveryComputer(t *testing.T) {
	for _, object := range []tree{complete(t), branches(3)} {
		labels, _ := readMermaid(t, diagram(t, object))
		all := strings.Join(labels, "\n")
		d, err := newDesign(hierarchy(t, object))
		if err != nil {
			t.Fatal(err)
		}
		for _, server := range d.Plan().Servers {
			if !strings.Contains(all, server.FQDN) {
				t.Errorf("%s, with %v, is not shown", server.FQDN, server.Roles)
			}
		}
	}
}
