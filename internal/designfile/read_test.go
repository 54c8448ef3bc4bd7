package designfile_test

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// read returns the topology of a design that has to be right.
func read(t *testing.T, text string) map[string]any {
	t.Helper()
	topology, problems := designfile.Read(text, provider.DesignSchema())
	if len(problems) > 0 {
		t.Fatalf("the design is refused:\n%s\n%v", text, problems)
	}
	return topology
}

// at returns a value of a tree by the keys that lead to it.
func at(t *testing.T, tree any, keys ...string) any {
	t.Helper()
	for i, key := range keys {
		object, ok := tree.(map[string]any)
		if !ok {
			t.Fatalf("%s is no object: %v", strings.Join(keys[:i], "."), tree)
		}
		tree = object[key]
	}
	return tree
}

func TestRead(t *testing.T) {
	topology := read(t, `
sites:
  CAS: { site_type: central_administration, name: Contoso, site_server: cas01 }
  ps1:
    site_type: primary
    parent: cas
    name: "Europe: North"
    site_server: ps101
    sms_providers: [ps101, prov.fabrikam.com]
    content_library_path: \\fs01.contoso.com\ContentLibrary
    database: { server: sql01 }
  XT1:
    site_type: secondary
    parent: { site_code: FAR, site_type: primary, version: 2509 }
    name: Branch
    site_server: xt101
servers:
  mp01: { site: PS1, roles: [management_point, distribution_point] }
  dp.fabrikam.com:
    site: ps1
    operating_system: windows_server_2025
    roles:
      distribution_point: { pull_sources: { mp01: 1, dp02: }, protocol: http, installed: true }
      state_migration_point:
    accepted_findings:
      COLO-FSP-DEDICATED: >
        agreed with
        security
  spare: { site: CAS, fqdn: fs01.contoso.com, roles: [] }
hierarchy:
  features: [software_updates]
  package_count: 200
  cloud_management_gateways: { g: { name: GRANITE, site_code: ps1, vm_instances: 2 } }
defaults:
  dns_suffix: contoso.com
  sites:
    every: { client_communication: enhanced_http, database: { port: 1433, edition: standard } }
    primary: { database: { edition: enterprise, instance: CM } }
  servers:
    every: { operating_system: windows_server_2022, server_core: false }
    CAS: { server_core: true }
  roles:
    distribution_point: { protocol: https, minimum_free_space: 100 }
`)
	for _, test := range []struct {
		path string
		want any
	}{
		{"sites.ps1.site_code", "ps1"},
		{"sites.ps1.name", "Europe: North"},
		{"sites.ps1.parent", map[string]any{"site_code": "CAS", "site_type": "central_administration"}},
		{"sites.ps1.sms_providers", []any{"ps101.contoso.com", "prov.fabrikam.com"}},
		{"sites.ps1.content_library_path", `\\fs01.contoso.com\ContentLibrary`},
		{"sites.ps1.database", map[string]any{"server": "sql01.contoso.com", "port": int64(1433), "edition": "enterprise", "instance": "CM"}},
		{"sites.CAS.database", map[string]any{"port": int64(1433), "edition": "standard"}},
		{"sites.CAS.parent", nil},
		{"sites.XT1.parent", map[string]any{"site_code": "FAR", "site_type": "primary", "version": "2509"}},
		{"sites.XT1.client_communication", "enhanced_http"},
		{"site_system_servers.mp01", map[string]any{
			"fqdn": "mp01.contoso.com", "site": map[string]any{"site_code": "ps1"}, "operating_system": "windows_server_2022", "server_core": false,
		}},
		{"site_system_servers.dp~fabrikam~com.operating_system", "windows_server_2025"},
		{"site_system_servers.dp~fabrikam~com.accepted_findings", map[string]any{"COLO-FSP-DEDICATED": "agreed with security"}},
		{"site_system_servers.spare.fqdn", "fs01.contoso.com"},
		{"site_system_servers.spare.server_core", true},
		{"role_assignments.mp01/management_point.role", "management_point"},
		{"role_assignments.mp01/management_point.management_point", nil},
		{"role_assignments.mp01/management_point.server.fqdn", "mp01.contoso.com"},
		{"role_assignments.mp01/distribution_point.distribution_point", map[string]any{"protocol": "https", "minimum_free_space": int64(100)}},
		{"role_assignments.dp~fabrikam~com/distribution_point.distribution_point", map[string]any{
			"protocol": "http", "minimum_free_space": int64(100), "pull_sources": map[string]any{"mp01.contoso.com": int64(1), "dp02.contoso.com": nil},
		}},
		{"role_assignments.dp~fabrikam~com/distribution_point.installed", true},
		{"role_assignments.dp~fabrikam~com/distribution_point.server.accepted_findings", nil},
		{"role_assignments.dp~fabrikam~com/state_migration_point.role", "state_migration_point"},
		{"features", []any{"software_updates"}},
		{"package_count", int64(200)},
		{"cloud_management_gateways.g", map[string]any{"name": "GRANITE", "site_code": "ps1", "vm_instances": int64(2)}},
	} {
		var keys []string
		for _, key := range strings.Split(test.path, ".") {
			keys = append(keys, strings.ReplaceAll(key, "~", "."))
		}
		if got := at(t, topology, keys...); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s is %#v, want %#v", test.path, got, test.want)
		}
	}
	if n := len(topology["role_assignments"].(map[string]any)); n != 4 {
		t.Errorf("there are %d role assignments, want 4", n)
	}
	if problems := model.Decode(new(model.Hierarchy), topology); len(problems) > 0 {
		t.Errorf("the model refuses the topology: %v", problems)
	}
}

// YAML makes numbers, truth values and times of some site codes and names. In a design
// they are what stands there.
func TestStringsStayStrings(t *testing.T) {
	for _, text := range []string{"001", "010", "08A", "1E5", "1e5", "OFF", "off", "Yes", "NO", "y", "0x1", "0o7", "1_0", "1.0", ".5", "+12", "12:30", "2026-10-01", "<<=", "true", "NaN", ".inf"} {
		topology := read(t, fmt.Sprintf(`
sites:
  PS1: { site_type: primary, name: %s, site_server: cm01.contoso.com }
hierarchy:
  retired_site_codes: [%s, PS9]
`, text, text))
		if got := at(t, topology, "sites", "PS1", "name"); got != text {
			t.Errorf("the name %s became %#v", text, got)
		}
		if got := at(t, topology, "retired_site_codes"); !reflect.DeepEqual(got, []any{text, "PS9"}) {
			t.Errorf("the site code %s became %#v", text, got)
		}
	}
	for _, code := range []string{"001", "1E5", "OFF", "1_0", "0x1", "YES", "NaN"} {
		topology := read(t, fmt.Sprintf(`
sites:
  %s: { site_type: primary, name: Contoso, site_server: cm01.contoso.com }
servers:
  mp01.contoso.com: { site: %s, roles: [management_point] }
defaults:
  servers: { %s: { operating_system: windows_server_2022 } }
`, code, code, code))
		if got := at(t, topology, "sites", code, "site_code"); got != code {
			t.Errorf("the site code %s became %#v", code, got)
		}
		if got := at(t, topology, "role_assignments", "mp01.contoso.com/management_point", "server"); !reflect.DeepEqual(got, map[string]any{
			"fqdn": "mp01.contoso.com", "operating_system": "windows_server_2022", "site": map[string]any{"site_code": code},
		}) {
			t.Errorf("the server of site %s is %#v", code, got)
		}
	}
}

// Null in an element says that a default does not apply.
func TestNullOverridesDefault(t *testing.T) {
	topology := read(t, `
sites:
  PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com, passive_site_server: , database: ~ }
servers:
  mp01.contoso.com: { site: PS1, operating_system: null, roles: { management_point: { protocol: } } }
defaults:
  sites: { every: { passive_site_server: cm02.contoso.com, database: { port: 1433 } } }
  servers: { every: { operating_system: windows_server_2022 } }
  roles: { management_point: { protocol: https, client_connections: intranet } }
`)
	for _, path := range [][]string{
		{"sites", "PS1", "passive_site_server"}, {"sites", "PS1", "database"}, {"site_system_servers", "mp01.contoso.com", "operating_system"},
		{"role_assignments", "mp01.contoso.com/management_point", "management_point", "protocol"},
	} {
		if got := at(t, topology, path...); got != nil {
			t.Errorf("%s is %#v, want null", strings.Join(path, "."), got)
		}
	}
	if got := at(t, topology, "role_assignments", "mp01.contoso.com/management_point", "management_point", "client_connections"); got != "intranet" {
		t.Errorf("client_connections is %#v", got)
	}
}

const small = "sites:\n  PS1: { site_type: primary, name: Zürich, site_server: cm01.contoso.com }\n"

func TestEncodings(t *testing.T) {
	in := func(order binary.AppendByteOrder, text string) string {
		var b []byte
		for _, unit := range utf16.Encode([]rune(text)) {
			b = order.AppendUint16(b, unit)
		}
		return base64.StdEncoding.EncodeToString(b)
	}
	want := read(t, small)
	for name, content := range map[string]string{
		"byte order mark":          "\ufeff" + small,
		"base64":                   base64.StdEncoding.EncodeToString([]byte(small)),
		"base64 with a mark":       base64.StdEncoding.EncodeToString([]byte("\ufeff" + small)),
		"UTF-16LE":                 in(binary.LittleEndian, "\ufeff"+small),
		"UTF-16BE":                 in(binary.BigEndian, "\ufeff"+small),
		"UTF-16LE without a mark":  in(binary.LittleEndian, small),
		"UTF-16BE without a mark":  in(binary.BigEndian, small),
		"Windows line ends":        strings.ReplaceAll(small, "\n", "\r\n"),
		"document start":           "%YAML 1.1\n---\n" + small + "...\n",
		"an empty second document": small + "---\n",
	} {
		if got := read(t, content); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	_, problems := designfile.Read(base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(small, "ü", "\xfc"))), provider.DesignSchema())
	if len(problems) != 1 || problems[0].Line != 2 || problems[0].Column != 37 || !strings.Contains(problems[0].Reason, "0xFC") {
		t.Errorf("Windows-1252: %q", problems)
	}
}

// Anchors, aliases and merge keys mean what they mean in YAML.
func TestAliases(t *testing.T) {
	topology := read(t, `
sites:
  PS1: &site { site_type: primary, name: &name Contoso, site_server: cm01.contoso.com }
  PS2: { <<: *site, name: Fabrikam, site_server: cm02.contoso.com }
servers:
  mp01.contoso.com: &web
    site: &code PS1
    operating_system: windows_server_2022
    roles: &roles [management_point, distribution_point]
  mp02.contoso.com:
    <<: [{ operating_system: windows_server_2025 }, *web]
  mp03.contoso.com: { site: *code, roles: *roles }
`)
	for _, test := range []struct {
		path []string
		want any
	}{
		{[]string{"sites", "PS2", "site_type"}, "primary"},
		{[]string{"sites", "PS2", "name"}, "Fabrikam"},
		{[]string{"site_system_servers", "mp02.contoso.com", "operating_system"}, "windows_server_2025"},
		{[]string{"role_assignments", "mp02.contoso.com/distribution_point", "server", "site", "site_code"}, "PS1"},
		{[]string{"role_assignments", "mp03.contoso.com/management_point", "role"}, "management_point"},
	} {
		if got := at(t, topology, test.path...); got != test.want {
			t.Errorf("%s is %#v, want %#v", strings.Join(test.path, "."), got, test.want)
		}
	}
}

// A mistake that several elements get through an alias or a default is told once.
func TestSharedMistakeIsToldOnce(t *testing.T) {
	_, problems := designfile.Read(`
sites:
  PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com }
servers:
  a.contoso.com: { site: PS1, roles: { management_point: &mp { protocol: htps } } }
  b.contoso.com: { site: PS1, roles: { management_point: *mp } }
  c.contoso.com: { site: PS1 }
  d.contoso.com: { site: PS1 }
defaults:
  servers: { every: { operating_system: windows_2022 } }
`, provider.DesignSchema())
	if len(problems) != 2 || problems[0].Line != 5 || problems[1].Line != 10 {
		t.Errorf("got %q, want one problem in line 5 and one in line 10", problems)
	}
}

// Files that are made to cost time are refused in time.
func TestHostileFiles(t *testing.T) {
	var bomb, merges strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	merges.WriteString("m0: &m0 { x: 1 }\n")
	for i := 1; i <= 30; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
		fmt.Fprintf(&merges, "m%d: &m%d { <<: [%s] }\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*m%d, ", i-1), 10), ", "))
	}
	for name, text := range map[string]string{
		"alias bomb":             bomb.String() + strings.Replace(small, "name: Zürich", "name: *a30", 1),
		"alias bomb in a list":   bomb.String() + small + "hierarchy: { features: *a30 }\n",
		"merge bomb":             merges.String() + small + "hierarchy: { <<: *m30 }\n",
		"merge of itself":        small + "hierarchy: &h { <<: *h }\n",
		"merges in a circle":     small + "hierarchy: &h { <<: { <<: { <<: *h } } }\n",
		"alias of itself":        small + "hierarchy: { features: &f [*f] }\n",
		"alias as a key":         small + "hierarchy: { &k features: [], *k : [] }\n",
		"deep nesting":           "sites: " + strings.Repeat("[", 100_000),
		"deep nesting of keys":   "sites: " + strings.Repeat("{ a: ", 100_000),
		"a key that is a list":   "? [a]\n: b\n" + small,
		"a long word":            strings.Repeat("A", 1_000_000),
		"a long line":            "sites: " + strings.Repeat("x", 1_000_000),
		"only a byte order mark": "\ufeff",
		"nothing":                "",
		"null":                   "~",
		"a text":                 "sites",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			topology, problems := designfile.Read(text, provider.DesignSchema())
			if len(problems) == 0 || topology != nil {
				t.Errorf("it is read: %v", topology)
			}
			for _, p := range problems {
				if p.Line < 1 || p.Column < 1 || p.Element == "" || p.Reason == "" || p.Fix == "" {
					t.Errorf("a message needs line, column, element, reason and fix: %#v", p)
				}
				if len(p.String()) > 2000 {
					t.Errorf("a message of %d characters", len(p.String()))
				}
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// The limit of what merge keys bring together is none of what a file says itself.
func TestManyServers(t *testing.T) {
	const count = 10_001
	var text strings.Builder
	text.WriteString(small + "servers:\n")
	for i := range count {
		fmt.Fprintf(&text, "  s%05d.contoso.com: { site: PS1 }\n", i)
	}
	topology, problems := designfile.Read(text.String(), provider.DesignSchema())
	if len(problems) > 0 {
		t.Fatalf("%d problems, the first: %v", len(problems), problems[0])
	}
	if servers, _ := topology["site_system_servers"].(map[string]any); len(servers) != count {
		t.Errorf("%d of %d servers are read", len(servers), count)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(small)
	f.Add("sites:\n  001: {site_type: primary, <<: *x}\nservers: {a: {site: 001, roles: {management_point: {}}}}\n")
	f.Add("\tsites: [")
	f.Add("sites: 1\nservers: {a: {}}")
	f.Add("defaults: {dns_suffix: a, sites: {every: {database: {port: 1}}}}\nsites: {A: {parent: A}}")
	schema := provider.DesignSchema()
	f.Fuzz(func(t *testing.T, text string) {
		topology, problems := designfile.Read(text, schema)
		if (topology == nil) != (len(problems) > 0) {
			t.Fatalf("a topology and problems, or neither: %v, %v", topology, problems)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Element == "" || p.Reason == "" || p.Fix == "" {
				t.Fatalf("a message needs line, column, element, reason and fix: %#v", p)
			}
		}
		if errs := model.Decode(new(model.Hierarchy), topology); len(errs) > 0 {
			t.Fatalf("the model refuses the topology: %v", errs)
		}
	})
}
