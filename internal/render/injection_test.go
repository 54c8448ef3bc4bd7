package render

import (
	"errors"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"gopkg.in/ini.v1"
)

// design returns a hierarchy that holds a text wherever one is declared freely, and, in
// host, wherever a computer is named. Its other names sort before and after.
func designWith(text, host string) tree {
	server := func(fqdn string) tree {
		return tree{"fqdn": fqdn, "site": tree{"site_code": "PS1"}, "installation_account": text, "internet_fqdn": host}
	}
	assignments := tree{
		"mp": tree{"role": "management_point", "server": server(host), "management_point": tree{"database_connection_account": text}},
		"dp": tree{"role": "distribution_point", "server": server("x01.contoso.com"), "distribution_point": tree{"pull_sources": tree{host: int64(1)}}},
		"q":  tree{"role": "distribution_point", "server": server(host)},
		"rsp": tree{"role": "reporting_services_point", "server": server(host), "reporting_services_point": tree{
			"account": text, "folder_name": text, "report_server_instance": text, "database_server": host,
		}},
		"dw": tree{"role": "data_warehouse_service_point", "server": server(host), "data_warehouse_service_point": tree{"account": text, "database_server": host}},
		"cp": tree{"role": "cloud_management_gateway_connection_point", "server": server(host), "cloud_management_gateway_connection_point": tree{"cloud_management_gateway": text}},
	}
	ps1 := tree{
		"site_code": "PS1", "site_type": "primary", "name": text, "site_server": "cm01.contoso.com", "install_directory": text,
		"passive_site_server": host, "content_library_path": text, "sms_providers": []any{"cm01.contoso.com", host}, "domain": "contoso.com",
		"database": tree{"server": host, "instance": text, "name": text, "data_file_path": text, "availability_group": tree{"name": text, "replicas": []any{host}}},
	}
	s01 := tree{
		"site_code": "S01", "site_type": "secondary", "name": text, "site_server": "s01.contoso.com", "install_directory": text,
		"parent": tree{"site_code": "PS1", "site_type": "primary"}, "database": tree{"edition": "express", "instance": text},
	}
	return tree{
		"sites": tree{"ps1": ps1, "s01": s01}, "role_assignments": assignments,
		"cloud_management_gateways": tree{"one": tree{"name": text, "site_code": "PS1"}},
	}
}

func text(f func(t testing.TB, object tree) (string, error)) func(testing.TB, tree) string {
	return func(t testing.TB, object tree) string {
		t.Helper()
		s, err := f(t, object)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func installScriptOf(t testing.TB, object tree) (string, error) {
	return InstallScript(hierarchy(t, object), nil)
}
func dataFileOf(t testing.TB, object tree) (string, error) {
	return DSCConfigurationData(hierarchy(t, object))
}
func inventoryOf(t testing.TB, object tree) (string, error) {
	return AnsibleInventory(hierarchy(t, object))
}

func fuzzText(f *testing.F, check func(t *testing.T, s string)) {
	f.Helper()
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, strings.ToValidUTF8(s, "?")) })
}

// anywhere puts a text into every place, and into the middle of the name of a computer.
func anywhere(s string) tree { return designWith("x"+s+"x", "q01."+s+"q.contoso.com") }

func FuzzInstallScript(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) {
		checkHarmless(t, s, anywhere, text(installScriptOf))
		script, _ := installScriptOf(t, anywhere(s))
		for _, r := range script {
			if r > '~' || r < ' ' && r != '\n' {
				t.Fatalf("the script holds %q", r)
			}
		}
	})
}

func FuzzDSCConfigurationData(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) {
		if !strings.ContainsFunc(s, unprintable) {
			checkHarmless(t, s, anywhere, text(dataFileOf))
		} else if _, err := dataFileOf(t, anywhere(s)); err == nil || !strings.Contains(err.Error(), "control character") || strings.ContainsFunc(err.Error(), unprintable) {
			t.Errorf("%q is written into a data file: %v", s, err)
		}
	})
}

func FuzzAnsibleInventory(f *testing.F) {
	read := func(t testing.TB, object tree) *yaml.Node {
		s, err := inventoryOf(t, object)
		if err != nil {
			t.Fatal(err)
		}
		var root yaml.Node
		if err := yaml.Unmarshal([]byte(s), &root); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
		withoutCommands(&root)
		return &root
	}
	fuzzText(f, func(t *testing.T, s string) {
		design := func(s string) tree { return designWith("x"+s+"x", "q01.contoso.com") }
		expectSameYAML(t, read(t, design(marker)), read(t, design(s)), s)
	})
}

// withoutCommands takes out the commands, which quote in a language of their own.
func withoutCommands(node *yaml.Node) {
	for i, nested := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 1 && node.Content[i-1].Value == "command" {
			nested.Value, nested.Tag = "", "!!str"
		}
		withoutCommands(nested)
	}
}

// expectSameYAML compares two documents, with a text in the place of the marker.
func expectSameYAML(t *testing.T, want, got *yaml.Node, hostile string) {
	t.Helper()
	text := strings.ReplaceAll(want.Value, marker, hostile)
	text = strings.ReplaceAll(text, strings.ToLower(marker), hostile)
	if want.Kind != got.Kind || len(want.Content) != len(got.Content) || !strings.EqualFold(got.Value, text) {
		t.Fatalf("%q is read as %q with %d parts, expected %q with %d", hostile, got.Value, len(got.Content), text, len(want.Content))
	}
	if template := strings.Contains(got.Value, "{{") || strings.Contains(got.Value, "{%") || strings.Contains(got.Value, "{#"); got.Kind == yaml.ScalarNode && (got.Tag == "!unsafe") != template {
		t.Fatalf("%q has the tag %s", got.Value, got.Tag)
	}
	if got.Kind == yaml.ScalarNode && got.Tag != "!unsafe" && got.Tag != "!!str" {
		t.Fatalf("%q is not a string, but %s", got.Value, got.Tag)
	}
	for i := range want.Content {
		expectSameYAML(t, want.Content[i], got.Content[i], hostile)
	}
}

// windowsINI are the rules by which Windows reads an .ini file: a value goes up to the end
// of the line, whatever is in it.
var windowsINI = ini.LoadOptions{
	IgnoreInlineComment: true, IgnoreContinuation: true, PreserveSurroundedQuote: true, KeyValueDelimiters: "=",
}

// readINI returns the values by section and key, and how often a section is there.
func readINI(t testing.TB, script string) (values map[string]string, sections []string) {
	t.Helper()
	if lines := strings.Count(script, "\n"); lines != strings.Count(script, "\r\n") || strings.Count(script, "\r") != lines {
		t.Fatalf("not all lines end as Windows ends them: %q", script)
	}
	file, err := ini.LoadSources(windowsINI, []byte(script))
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	values = map[string]string{}
	for _, section := range file.Sections() {
		if section.Name() == ini.DefaultSection {
			if len(section.Keys()) > 0 {
				t.Fatalf("keys without a section: %v", section.KeyStrings())
			}
			continue
		}
		sections = append(sections, section.Name())
		for _, key := range section.Keys() {
			values[section.Name()+"/"+key.Name()] = key.Value()
		}
	}
	return values, sections
}

func FuzzSetupScript(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) {
		script, err := SetupScript(hierarchy(t, anywhere(s)), "PS1", &SetupOptions{})
		if err != nil {
			var refused *Error
			if !errors.As(err, &refused) || !strings.HasPrefix(refused.Path.String(), `sites["ps1"].`) || !strings.ContainsFunc(s, controls) {
				t.Fatalf("%q is refused: %v", s, err)
			}
			return
		}
		if strings.ContainsFunc(s, controls) {
			t.Fatalf("%q is not refused", s)
		}
		harmless, err := SetupScript(hierarchy(t, anywhere(marker)), "PS1", &SetupOptions{})
		if err != nil {
			t.Fatal(err)
		}
		want, sections := readINI(t, harmless)
		got, gotSections := readINI(t, script)
		if len(want) != len(got) || len(sections) != len(gotSections) {
			t.Fatalf("%q makes %d keys in %q, expected %d in %q", s, len(got), gotSections, len(want), sections)
		}
		for key, value := range want {
			value = strings.ReplaceAll(value, strings.ToLower(marker), strings.ToLower(s))
			value = strings.ReplaceAll(value, marker, s)
			if key == "SQLConfigOptions/DatabaseName" { // holds the instance in upper case
				value = strings.ReplaceAll(value, strings.ToUpper(marker), strings.ToUpper(s))
			}
			if !strings.EqualFold(got[key], value) {
				t.Errorf("%s of %q is read as %q, expected %q", key, s, got[key], value)
			}
		}
		if got["Options/SiteName"] != "x"+s+"x" {
			t.Errorf("the name is read as %q, expected %q", got["Options/SiteName"], s)
		}
	})
}

func controls(r rune) bool {
	return r < ' ' || r >= 0x7f && r <= 0x9f || r == '\u2028' || r == '\u2029'
}

func FuzzFirewallRules(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) {
		want, err := FirewallRules(hierarchy(t, anywhere(marker)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := FirewallRules(hierarchy(t, anywhere(s)))
		if err != nil {
			t.Fatal(err)
		}
		if len(want) != len(got) {
			t.Fatalf("%q makes %d rules, expected %d", s, len(got), len(want))
		}
	})
}
