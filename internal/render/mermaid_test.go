package render

import (
	"fmt"
	"html"
	"regexp"
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
	for _, number := range []int{5, 8, 9, 57, 500, 1500} {
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
		if few := len(labels) < 8; few != (number > 8) {
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

// TestMermaidDiagram_OfManySites has one node for each site, which names every computer.
func TestMermaidDiagram_OfManySites(t *testing.T) {
	cas := tree{"site_code": "CAS", "site_type": "central_administration", "site_server": "cas01.contoso.com"}
	object := tree{"sites": tree{"cas": cas}, "role_assignments": tree{}}
	for i := range 24 {
		code := fmt.Sprintf("P%02d", i)
		s := tree{"site_code": code, "site_type": "primary", "site_server": "cm-" + code + ".contoso.com", "parent": cas}
		object["sites"].(tree)[code] = s
		object["role_assignments"].(tree)[code] = tree{"role": "management_point", "server": tree{"fqdn": "mp-" + code + ".contoso.com", "site": s}}
	}
	labels, links := readMermaid(t, diagram(t, object))
	if len(labels) != 25 || links < 24 {
		t.Errorf("%d nodes and %d other lines", len(labels), links)
	}
	for _, label := range labels[1:] {
		code := strings.ToLower(label[:3])
		for _, part := range []string{"cm-" + code + ".contoso.com", "mp-" + code + ".contoso.com", "management point"} {
			if !strings.Contains(label, part) {
				t.Errorf("%q lacks %s", label, part)
			}
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
