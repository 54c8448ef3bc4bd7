package render

import (
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
		"design.md":     text(documentOf)(t, object),
		"directory.ps1": text(directoryOf)(t, object),
		"sql.ps1":       sqlServerOf(t, object, "SEA").Script,
		"sql.ini":       sqlServerOf(t, object, "SEA").AnswerFile,
		"verify.ps1":    text(verificationOf)(t, object),
		"firewall.csv":  FirewallCSV(rulesOf(t, object)),
		"firewall.ps1":  FirewallScript(rulesOf(t, object)),
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

func rulesOf(t testing.TB, object tree) []FirewallRule {
	t.Helper()
	rules, err := FirewallRules(hierarchy(t, object))
	if err != nil {
		t.Fatal(err)
	}
	return rules
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
			t.Errorf("$%s is not a parameter of the script", name)
		}
	}
}

// standIns are the functions of the script that a step runs in place of a cmdlet.
var standIns = map[string]string{
	install.DoPrepareServer: "Test-Prerequisite", install.DoSetup: "Install-Site", install.DoPrepareWSUS: "Install-Wsus",
	install.DoAddProvider: "Install-Provider", install.DoWaitForRoles: "Wait-Until", install.DoWaitForSite: "Wait-Until",
	install.DoWaitForPassive: "Wait-Until", install.DoBoundaryGroups: "Add-ToBoundaryGroup",
}

// TestInstallScript_CallsWhatTheStepsAre reads from the script which step calls what, with
// which test before it, and compares the calls with the cmdlets of the plan, in order.
func TestInstallScript_CallsWhatTheStepsAre(t *testing.T) {
	plan := install.ForHierarchy(hierarchy(t, complete(t)))
	list := tokens(t, text(installScriptOf)(t, complete(t)))
	next := 0
	for i, tok := range list {
		if tok.text != "Invoke-Step" || list[i+1].text != "-Id" {
			continue
		}
		step := plan.Steps[next]
		next++
		calls, has := map[string]string{}, map[string]bool{}
		depth := 0
		for j := i; list[j].kind != "end" || depth > 0; j++ {
			switch list[j].kind {
			case "{":
				if depth++; depth == 1 {
					calls[list[j-1].text], has[list[j-1].text] = list[j+1].text, true
				}
			case "}":
				depth--
			}
		}
		want := standIns[step.Action]
		switch {
		case want == "" && step.Command != nil:
			want = step.Command.Cmdlet
		case step.Action == install.DoBoundaryGroups && step.Command == nil: // the design names none
			want = ""
		}
		if calls["-Run"] != want {
			t.Errorf("%s calls %q, expected %q", step.ID, calls["-Run"], want)
		}
		// What adds something looks whether it is there; what only sets something need not.
		sets := step.Command != nil && strings.HasPrefix(step.Command.Cmdlet, "Set-")
		if !has["-Test"] && !sets && step.Action != install.DoAvailabilityGroup && step.Action != install.DoBoundaryGroups && step.Action != install.DoDeployClients {
			t.Errorf("%s does not look whether it is done", step.ID)
		}
	}
	if next != len(plan.Steps) {
		t.Errorf("%d steps, expected %d", next, len(plan.Steps))
	}
}
