package render

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// allOptions give every key that needs no secret.
func allOptions() *SetupOptions {
	return &SetupOptions{
		PrerequisitePath: model.Known(`D:\Prerequisites`), PrerequisitesDownloaded: model.Known(true),
		AdminConsole: model.Known(true), MobileDeviceLanguage: model.Known(false),
		ServerLanguages:   model.Known([]model.Value[string]{model.Known("FRA"), model.Known("DEU")}),
		SoftwareAssurance: model.Known(true), SoftwareAssuranceEnds: model.Known("2027-12-31"), PKICertificates: model.Known(false),
	}
}

// rendered are the texts of a hierarchy by the names of their golden files.
func rendered(t testing.TB, object tree) map[string]string {
	t.Helper()
	texts := map[string]string{
		"install.ps1":   text(installScriptOf)(t, object),
		"data.psd1":     text(dataFileOf)(t, object),
		"inventory.yml": text(inventoryOf)(t, object),
		"diagram.mmd":   diagram(t, object),
		"firewall.csv":  firewallCSV(t, object),
	}
	for _, code := range []string{"CAS", "SEA", "LON"} {
		script, err := SetupScript(hierarchy(t, object), code, allOptions())
		if err != nil {
			t.Fatal(err)
		}
		texts["setup_"+code+".ini"] = script
	}
	return texts
}

func firewallCSV(t testing.TB, object tree) string {
	t.Helper()
	rules, err := FirewallRules(hierarchy(t, object))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, r := range rules {
		if err := w.Write([]string{r.SiteCode, r.Destination, r.Protocol, r.Ports, r.Source, strings.Join(r.SourceServers, ";"), r.Purpose}); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.String()
}

func TestComplete_Golden(t *testing.T) {
	for name, text := range rendered(t, complete(t)) {
		t.Run(name, func(t *testing.T) { checkGolden(t, name, text) })
	}
}

func TestComplete_KeysDoNotMatter(t *testing.T) {
	want, got := rendered(t, complete(t)), rendered(t, rekeyed(complete(t)))
	for name := range want {
		if want[name] != got[name] {
			t.Errorf("other keys of the maps change %s", name)
		}
	}
}

// TestComplete_OtherNameChangesOnlyWhatIsAboutIt renames a computer so that it keeps its
// place in the order, and so that it is the first or the last. Lines may move, but none
// that does not hold the name may change.
func TestComplete_OtherNameChangesOnlyWhatIsAboutIt(t *testing.T) {
	for _, from := range []string{"sea-mp01", "lon-dp01", "cas-sup01", "sea-fsp01"} {
		for _, to := range []string{from + "b", "aaa" + from[3:], "zzz" + from[3:]} {
			before, after := rendered(t, complete(t)), rendered(t, renamed(t, complete(t), from, to))
			for name := range before {
				if a, b := withoutName(before[name], from), withoutName(after[name], to); !slices.Equal(a, b) {
					t.Errorf("%s instead of %s changes other lines of %s:\n%q\n%q", to, from, name, missingFrom(b, a), missingFrom(a, b))
				}
			}
		}
	}
}

// withoutName returns the lines of a text without those that hold a name, sorted. Lists
// on a line of something else are compared without the name.
func withoutName(text, name string) []string {
	id := strings.ReplaceAll(name, "-", "_2d")
	account := strings.ToUpper(name)
	var kept []string
	for line := range strings.Lines(text) {
		if !strings.Contains(line, name) && !strings.Contains(line, id) && !strings.Contains(line, account) {
			kept = append(kept, line)
		}
	}
	slices.Sort(kept)
	return kept
}

func missingFrom(list, from []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(from, s) })
}

// TestInstallScript_RunsEveryStepAfterWhatItRequires reads the steps back.
func TestInstallScript_RunsEveryStepAfterWhatItRequires(t *testing.T) {
	script := text(installScriptOf)(t, complete(t))
	plan := install.ForHierarchy(hierarchy(t, complete(t)))
	var steps [][]string
	list := tokens(t, script)
	for i, tok := range list {
		if tok.text != "Invoke-Step" || list[i+1].text != "-Id" {
			continue
		}
		step := []string{list[i+2].text}
		for j := i; list[j].kind != "end"; j++ {
			if list[j].text == "-Requires" {
				for j += 3; list[j].kind != ")"; j++ {
					if list[j].kind == "string" {
						step = append(step, list[j].text)
					}
				}
				break
			}
		}
		steps = append(steps, step)
	}
	if len(steps) != len(plan.Steps) {
		t.Fatalf("%d steps, expected %d", len(steps), len(plan.Steps))
	}
	done := map[string]bool{}
	for i, step := range steps {
		if step[0] != plan.Steps[i].ID {
			t.Errorf("step %d is %s, expected %s", i, step[0], plan.Steps[i].ID)
		}
		for _, id := range step[1:] {
			if !done[id] {
				t.Errorf("%s comes before %s, which it requires", step[0], id)
			}
		}
		done[step[0]] = true
	}
}

// TestInstallScript_DeclaresWhatItUses looks for variables that nothing sets.
func TestInstallScript_DeclaresWhatItUses(t *testing.T) {
	script := text(installScriptOf)(t, complete(t))
	head, _, _ := strings.Cut(script, "# What the parameters are for")
	_, steps, _ := strings.Cut(script, "\n# prerequisites\n")
	for _, tok := range tokens(t, steps) {
		name, isVariable := strings.CutPrefix(tok.text, "$")
		if tok.kind != "word" || !isVariable || name == "true" || name == "false" {
			continue
		}
		if !strings.Contains(head, "$"+name+",\n") && !strings.Contains(head, "$"+name+"\n)") {
			t.Errorf("$%s is no parameter of the script", name)
		}
	}
}
