package provider

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// smallTopology is what a configuration hands to the functions: the resources as they
// are planned.
func smallTopology() tree {
	return tree{
		"sites": hierarchyConfig["sites"], "site_system_servers": hierarchyConfig["site_system_servers"], "role_assignments": hierarchyConfig["role_assignments"],
	}
}

// install calls the function installation.
func (s *server) install(t *testing.T, topology tree) tree {
	t.Helper()
	v, funcErr := s.call(t, "installation", topology, tree{})
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	node, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	return node.(tree)
}

func TestInstallation_Roles(t *testing.T) {
	s := configure(t, nil)
	topology := but(t, smallTopology(), tree{"protocol": "https"}, "role_assignments", "mp01", "management_point")
	got := s.install(t, topology)["roles"].(tree)["PS1/mp01.contoso.com/management_point"].(tree)
	for name, want := range map[string]any{
		"site_code": "PS1", "server": "mp01.contoso.com", "role": "management_point",
		"cmdlet":     "Add-CMManagementPoint",
		"parameters": tree{"SiteSystemServerName": "mp01.contoso.com", "SiteCode": "PS1", "EnableSsl": "true"},
		"command":    "Add-CMManagementPoint -SiteSystemServerName 'mp01.contoso.com' -SiteCode 'PS1' -EnableSsl:$true",
		"dsc":        tree{"resource": "CMManagementPoint", "properties": tree{"SiteCode": "PS1", "SiteServerName": "mp01.contoso.com", "EnableSsl": "true"}},
		"windows_features": []any{
			"BITS", "BITS-IIS-Ext", "NET-Framework-45-Core", "RSAT-Bits-Server", "Web-Default-Doc", "Web-Http-Logging", "Web-ISAPI-Ext",
			"Web-Metabase", "Web-Mgmt-Console", "Web-Static-Content", "Web-WMI", "Web-Windows-Auth",
		},
	} {
		if !reflect.DeepEqual(got[name], want) {
			t.Errorf("%s is %v, expected %v", name, got[name], want)
		}
	}
	want := tree{"kind": "inbound", "protocol": "tcp", "port": "49152-65535", "peer": "site_server", "purpose": "RPC, dynamic ports"}
	if ports := got["inbound_ports"].([]any); !slices.ContainsFunc(ports, func(p any) bool { return reflect.DeepEqual(p, want) }) {
		t.Errorf("the ports lack %v: %v", want, ports)
	}
}

func TestInstallation_Null(t *testing.T) {
	s := configure(t, nil)
	secondary := merged(siteState, tree{"site_code": "SS1", "site_type": "secondary", "site_server": "ss1.contoso.com", "parent": siteState, "tier": "secondary", "id": "SS1"})
	own := tree{"role": "management_point", "server": tree{"fqdn": "ss1.contoso.com", "site": secondary}}
	migration := merged(assignmentState, tree{"role": "state_migration_point"})
	got := s.install(t, tree{"sites": tree{"ps1": siteState, "ss1": secondary}, "site_system_servers": tree{"mp01": serverState}, "role_assignments": tree{"own": own, "smp": migration}})
	roles, sites := got["roles"].(tree), got["sites"].(tree)
	if role := roles["SS1/ss1.contoso.com/management_point"].(tree); role["command"] != nil || role["cmdlet"] != nil || role["parameters"] != nil || role["dsc"] != nil {
		t.Errorf("management point of a secondary site server: %v", role)
	}
	if role := roles["PS1/mp01.contoso.com/state_migration_point"].(tree); role["dsc"] != nil || role["command"] == nil {
		t.Errorf("state migration point: %v", role)
	}
	if site := sites["SS1"].(tree); site["action"] != nil || site["keys"] != nil {
		t.Errorf("secondary site: %v", site)
	}
	if site := sites["PS1"].(tree); site["action"] != "InstallPrimarySite" || site["keys"].(tree)["SiteCode"] != "PS1" {
		t.Errorf("primary site: %v", site)
	}
}

func TestInstallation_StepsAndServers(t *testing.T) {
	got := configure(t, nil).install(t, smallTopology())
	want := tree{
		"id": "PS1/mp01.contoso.com/management_point", "phase": "roles", "action": "add_role", "site_code": "PS1", "server": "mp01.contoso.com", "role": "management_point",
		"requires": []any{"PS1/mp01.contoso.com/site_system", "PS1/update_site"},
		"command":  "Add-CMManagementPoint -SiteSystemServerName 'mp01.contoso.com' -SiteCode 'PS1'",
	}
	if steps := got["steps"].([]any); !slices.ContainsFunc(steps, func(step any) bool { return reflect.DeepEqual(step, want) }) {
		t.Errorf("the steps lack %v: %v", want, steps)
	}
	servers := got["servers"].(tree)
	if got := servers["mp01.contoso.com"].(tree)["local_administrators"]; !reflect.DeepEqual(got, []any{`contoso.com\CM01$`}) {
		t.Errorf("local administrators %v", got)
	}
	mp := servers["mp01.contoso.com"].(tree)
	if got := mp["sizing"].(tree); !reflect.DeepEqual(got["cores"], int64(4)) && !reflect.DeepEqual(got["cores"], float64(4)) || got["sql_memory_percent"] != nil || len(got["references"].([]any)) != 1 {
		t.Errorf("the size of the management point: %v", got)
	}
	if mp["wsus_command"] != nil || len(mp["prerequisites"].([]any)) != 2 || len(mp["accounts"].([]any)) > 0 || len(mp["certificates"].([]any)) > 0 {
		t.Errorf("the management point needs %v", mp)
	}
	for _, p := range mp["prerequisites"].([]any) {
		if reference, _ := p.(tree)["reference"].(string); !strings.HasPrefix(reference, "https://learn.microsoft.com/") {
			t.Errorf("a prerequisite without its article: %v", p)
		}
	}
	if got := servers["cm01.contoso.com"].(tree)["roles"]; !reflect.DeepEqual(got, []any{"site_database_server", "site_server", "sms_provider"}) {
		t.Errorf("roles of the site server %v", got)
	}
}

// TestInstallation_Unknown has an operating system that is not known yet: which Windows
// features a server needs is not decided before it is.
func TestInstallation_Unknown(t *testing.T) {
	s := configure(t, nil)
	for _, path := range [][]string{{"site_system_servers", "mp01", "operating_system"}, {"sites"}, {"role_assignments", "mp01", "fqdn"}} {
		v, funcErr := s.call(t, "installation", but(t, smallTopology(), model.UnknownValue{}, path...), tree{})
		if funcErr != nil || v.IsKnown() {
			t.Errorf("with an unknown %v: %v, %v", path, v, funcErr)
		}
	}
}

func TestInstallation_WhatIsRefused(t *testing.T) {
	s := configure(t, nil)
	for _, c := range []struct {
		name              string
		topology, options any
		argument          int64
		says              string
	}{
		{"misspelt option", smallTopology(), tree{"existin": true}, 1, `An attribute named "existin" is not expected here`},
		{"the resource itself", hierarchyState, tree{}, 0, "The references of a configmgr_hierarchy are write-only"},
		{"nothing", tree{}, tree{}, 0, "sites: The topology needs it"},
		{"no server", but(t, smallTopology(), tree{}, "site_system_servers"), tree{}, 0,
			`role_assignments["mp01"]: management point on mp01.contoso.com is at site PS1, but the map site_system_servers does not list that server. Add it under any key, as in site_system_servers = { "PS1/mp01.contoso.com" = configmgr_site_system_server.mp01 }`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.expectArgumentError(t, "installation", c.argument, c.says, c.topology, c.options)
		})
	}
}

// expectArgumentError calls a function that has to refuse an argument.
func (s *server) expectArgumentError(t *testing.T, name string, argument int64, says string, arguments ...any) {
	t.Helper()
	_, funcErr := s.call(t, name, arguments...)
	switch {
	case funcErr == nil:
		t.Errorf("%s refuses nothing, expected %q", name, says)
	case !strings.Contains(funcErr.Text, says) || funcErr.FunctionArgument == nil || *funcErr.FunctionArgument != argument:
		t.Errorf("%s: %+v, expected %q at argument %d", name, funcErr, says, argument)
	case strings.HasSuffix(funcErr.Text, "."):
		t.Errorf("%s: the text ends with a full stop, Terraform adds another one: %q", name, funcErr.Text)
	}
}

// TestInstallCommand_OfARoleAssignment is the one output that a plan shows.
func TestInstallCommand_OfARoleAssignment(t *testing.T) {
	s := configure(t, nil)
	unknown := model.UnknownValue{}
	secondary := merged(siteState, tree{"site_code": "SS1", "site_type": "secondary", "site_server": "ss1.contoso.com", "parent": siteState, "tier": "secondary", "id": "SS1"})
	for _, c := range []struct {
		name   string
		config tree // added to the smallest configuration
		want   any
	}{
		{"settings", tree{"management_point": tree{"protocol": "https"}}, "Add-CMManagementPoint -SiteSystemServerName 'mp01.contoso.com' -SiteCode 'PS1' -EnableSsl:$true"},
		{"setting not known", tree{"management_point": tree{"protocol": unknown}}, unknown},
		{"setting that is not a parameter", tree{"management_point": tree{"clients": unknown}}, "Add-CMManagementPoint -SiteSystemServerName 'mp01.contoso.com' -SiteCode 'PS1'"},
		{"role not known", tree{"role": unknown}, unknown},
		{"server not known", tree{"server": unknown}, unknown},
		{"nothing to run", tree{"server": tree{"fqdn": "ss1.contoso.com", "site": secondary}}, nil},
	} {
		if got := s.plan(t, "configmgr_role_assignment", merged(assignmentConfig, c.config), nil).object["install_command"]; got != c.want {
			t.Errorf("%s: %v, expected %v", c.name, got, c.want)
		}
	}
}

// TestOutputs_PassThroughADecoder hands whole planned objects, outputs included, to the
// strict decoder of the functions.
func TestOutputs_PassThroughADecoder(t *testing.T) {
	s := configure(t, nil)
	for kind, object := range map[string]any{
		"configmgr_site": new(model.Site), "configmgr_role_assignment": new(model.Assignment), "configmgr_hierarchy": new(model.Hierarchy),
	} {
		if errors := model.Decode(object, s.plan(t, kind, configs[kind], nil).object); len(errors) > 0 {
			t.Errorf("%s: %v", kind, errors)
		}
	}
}

func TestClientPorts_AreChecked(t *testing.T) {
	s := configure(t, nil)
	for port, valid := range map[int]bool{0: false, 1: true, 8443: true, 65535: true, 65536: false} {
		diags := s.validate(t, "configmgr_site", merged(siteConfig, tree{"client_ports": tree{"https": port}}))
		if (len(errorsOf(diags)) == 0) != valid {
			t.Errorf("port %d: %s", port, describe(diags))
		}
	}
}
