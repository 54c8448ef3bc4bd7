package render

import (
	"strings"
	"testing"

	"gopkg.in/ini.v1"
)

func sqlServerOf(t testing.TB, object tree, code string) SQLServerSetup {
	t.Helper()
	setup, err := SQLServer(hierarchy(t, object), code)
	if err != nil {
		t.Fatal(err)
	}
	return setup
}

func TestSQLServer_IsWhatTheDesignSays(t *testing.T) {
	setup := sqlServerOf(t, complete(t), "SEA")
	file, err := ini.LoadSources(windowsINI, []byte(setup.AnswerFile))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"ACTION": `"Install"`, "INSTANCENAME": `"MSSQLSERVER"`, "SQLCOLLATION": `"SQL_Latin1_General_CP1_CI_AS"`, "TCPENABLED": `"1"`,
		"SQLSYSADMINACCOUNTS": `"contoso.com\SEA-CM01$" "contoso.com\SEA-CM02$"`,
	} {
		if got := file.Section("OPTIONS").Key(key).Value(); got != want {
			t.Errorf("%s is %s, expected %s", key, got, want)
		}
	}
	for _, call := range []string{"Set-StaticPort -Instance 'MSSQLSERVER' -Port 1433", "Enable-AvailabilityGroup -Instance 'MSSQLSERVER' -Port 5022"} {
		if !strings.Contains(setup.Script, call) {
			t.Errorf("the script lacks %s", call)
		}
	}
	if strings.Contains(sqlServerOf(t, complete(t), "LON").Script, "\nEnable-AvailabilityGroup") {
		t.Error("an availability group for a site without one")
	}
	for code, why := range map[string]string{"EDI": "Express", "XYZ": "CAS"} {
		if _, err := SQLServer(hierarchy(t, complete(t)), code); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func FuzzSQLServer(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) {
		setup, err := SQLServer(hierarchy(t, anywhere(s)), "PS1")
		if err != nil {
			if !strings.ContainsFunc(s, controls) && !strings.Contains(s, `"`) {
				t.Fatalf("%q is refused: %v", s, err)
			}
			return
		}
		values, sections := readINI(t, setup.AnswerFile)
		want, _ := readINI(t, sqlServerOf(t, anywhere(marker), "PS1").AnswerFile)
		if len(sections) != 1 || len(values) != len(want) {
			t.Fatalf("%q makes %v of %v", s, values, want)
		}
		checkHarmless(t, s, anywhere, func(t testing.TB, object tree) string { return sqlServerOf(t, object, "PS1").Script })
	})
}

func directoryOf(t testing.TB, object tree) (string, error) {
	return ActiveDirectoryScript(hierarchy(t, object))
}

func TestActiveDirectoryScript_NamesEverySiteServer(t *testing.T) {
	script := text(directoryOf)(t, complete(t))
	if want := `Set-Container -Domain 'contoso.com' -Account @('contoso.com\CAS-CM01$', 'contoso.com\EDI-CM01$', 'contoso.com\LON-CM01$', 'contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')`; !strings.Contains(script, want) {
		t.Errorf("the script lacks %s", want)
	}
	object := one()
	object["sites"].(tree)["ps1"].(tree)["site_server"] = "cm01"
	if _, err := directoryOf(t, object); err == nil || !strings.Contains(err.Error(), "cm01") {
		t.Errorf("a site server without a domain: %v", err)
	}
}

func FuzzActiveDirectoryScript(f *testing.F) {
	inDomain := func(s string) tree {
		object := one()
		object["sites"].(tree)["ps1"].(tree)["domain"] = "x" + s + "x"
		return object
	}
	fuzzText(f, func(t *testing.T, s string) {
		if strings.Contains(s, `\`) {
			return // separates the domain from the computer
		}
		checkHarmless(t, s, inDomain, text(directoryOf))
	})
}
