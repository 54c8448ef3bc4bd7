package provider

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// outputNames are the computed attributes that automation reads.
var outputNames = []string{"install", "dsc", "windows_features", "inbound_ports", "setup", "install_steps", "server_requirements"}

func TestOutputs_OfARoleAssignment(t *testing.T) {
	s := configure(t, nil)
	config := merged(assignmentConfig, tree{"management_point": tree{"protocol": "https"}})
	got := s.plan(t, "configmgr_role_assignment", config, nil).object
	for name, want := range map[string]any{
		"install": tree{
			"cmdlet":     "Add-CMManagementPoint",
			"parameters": tree{"SiteSystemServerName": "mp01.contoso.com", "SiteCode": "PS1", "EnableSsl": "true"},
			"command":    "Add-CMManagementPoint -SiteSystemServerName 'mp01.contoso.com' -SiteCode 'PS1' -EnableSsl:$true",
		},
		"dsc": tree{"resource": "CMManagementPoint", "properties": tree{"SiteCode": "PS1", "SiteServerName": "mp01.contoso.com", "EnableSsl": "true"}},
		"windows_features": []any{
			"BITS", "BITS-IIS-Ext", "NET-Framework-45-Core", "RSAT-Bits-Server", "Web-Default-Doc", "Web-Http-Logging", "Web-ISAPI-Ext",
			"Web-Metabase", "Web-Mgmt-Console", "Web-Static-Content", "Web-WMI", "Web-Windows-Auth",
		},
	} {
		if !reflect.DeepEqual(got[name], want) {
			t.Errorf("%s is %v, expected %v", name, got[name], want)
		}
	}
	want := tree{"protocol": "tcp", "port": "49152-65535", "peer": "site_server", "purpose": "RPC, dynamic ports"}
	if ports := got["inbound_ports"].([]any); !slices.ContainsFunc(ports, func(p any) bool { return reflect.DeepEqual(p, want) }) {
		t.Errorf("the ports lack %v: %v", want, ports)
	}
}

func TestOutputs_Null(t *testing.T) {
	s := configure(t, nil)
	secondary := merged(siteState, tree{"site_code": "SS1", "site_type": "secondary", "site_server": "ss1.contoso.com", "parent": siteState, "tier": "secondary", "id": "SS1"})
	own := tree{"role": "management_point", "server": tree{"fqdn": "ss1.contoso.com", "site": secondary}}
	if got := s.plan(t, "configmgr_role_assignment", own, nil).object; got["install"] != nil || got["dsc"] == nil {
		t.Errorf("management point of a secondary site server: install %v, dsc %v", got["install"], got["dsc"])
	}
	if got := s.plan(t, "configmgr_role_assignment", merged(assignmentConfig, tree{"role": "state_migration_point"}), nil).object; got["dsc"] != nil {
		t.Errorf("state migration point: dsc %v", got["dsc"])
	}
	delete(secondary, "id")
	delete(secondary, "tier")
	if got := s.plan(t, "configmgr_site", secondary, nil).object; got["setup"] != nil {
		t.Errorf("secondary site: setup %v", got["setup"])
	}
}

// TestOutputs_Unknown checks that what depends on an unknown value is unknown, and
// nothing else.
func TestOutputs_Unknown(t *testing.T) {
	s := configure(t, nil)
	unknown := model.UnknownValue{}
	for _, c := range []struct {
		name, kind string
		config     tree // added to the smallest configuration
		want       string
	}{
		{"nothing", "configmgr_role_assignment", nil, ""},
		{"role", "configmgr_role_assignment", tree{"role": unknown}, ".dsc .inbound_ports .install .windows_features"},
		{"server name", "configmgr_role_assignment", tree{"server": merged(serverState, tree{"fqdn": unknown})},
			".dsc.properties.SiteServerName .install.command .install.parameters.SiteSystemServerName"},
		{"protocol", "configmgr_role_assignment", tree{"management_point": tree{"protocol": unknown}}, ".dsc.properties .inbound_ports .install.command .install.parameters"},
		{"number of clients", "configmgr_role_assignment", tree{"management_point": tree{"clients": unknown}}, ""},
		{"site code", "configmgr_site", tree{"site_code": unknown}, ".setup.keys.DatabaseName .setup.keys.SiteCode"},
		{"site type", "configmgr_site", tree{"site_type": unknown}, ".setup"},
		{"parent", "configmgr_site", tree{"parent": unknown}, ".setup.keys"},
		{"sites", "configmgr_hierarchy", tree{"sites": unknown}, ".install_steps .server_requirements"},
		{"accepted findings", "configmgr_hierarchy", tree{"accepted_findings": unknown}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			planned := s.plan(t, c.kind, merged(configs[c.kind], c.config), nil).object
			var places []string
			for _, name := range outputNames {
				places = append(places, unknownIn("."+name, planned[name])...)
			}
			slices.Sort(places)
			if got := strings.Join(places, " "); got != c.want {
				t.Errorf("unknown are %q, expected %q", got, c.want)
			}
		})
	}
}

func unknownIn(at string, v any) []string {
	var places []string
	switch v := v.(type) {
	case model.UnknownValue:
		places = append(places, at)
	case tree:
		for name, e := range v {
			places = append(places, unknownIn(at+"."+name, e)...)
		}
	case []any:
		for _, e := range v {
			places = append(places, unknownIn(at+"[]", e)...)
		}
	}
	return places
}

func TestOutputs_OfAHierarchy(t *testing.T) {
	s := configure(t, nil)
	planned := s.plan(t, "configmgr_hierarchy", hierarchyConfig, nil).object
	want := tree{
		"id": "PS1/mp01.contoso.com/management_point", "phase": "roles", "action": "add_role", "site_code": "PS1", "server": "mp01.contoso.com", "role": "management_point",
		"requires": []any{"PS1/mp01.contoso.com/site_system", "PS1/update_site"},
		"command":  "Add-CMManagementPoint -SiteSystemServerName 'mp01.contoso.com' -SiteCode 'PS1'",
	}
	if steps := planned["install_steps"].([]any); !slices.ContainsFunc(steps, func(step any) bool { return reflect.DeepEqual(step, want) }) {
		t.Errorf("the steps lack %v: %v", want, steps)
	}
	servers := planned["server_requirements"].(tree)
	if got := servers["mp01.contoso.com"].(tree)["local_administrators"]; !reflect.DeepEqual(got, []any{`contoso.com\CM01$`}) {
		t.Errorf("local administrators %v", got)
	}
	if got := servers["cm01.contoso.com"].(tree)["roles"]; !reflect.DeepEqual(got, []any{"site_database_server", "site_server", "sms_provider"}) {
		t.Errorf("roles of the site server %v", got)
	}
}

// TestReferences_LeaveOutputsBehind keeps what is computed for automation out of the
// objects that resources pass on: a hierarchy would hold everything twice.
func TestReferences_LeaveOutputsBehind(t *testing.T) {
	var visit func(at string, attributes []*tfprotov6.SchemaAttribute)
	visit = func(at string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			if isReference(at) && !strings.HasSuffix(at, ".inventory") && slices.Contains(outputNames, a.Name) {
				t.Errorf("%s.%s travels by reference", at, a.Name)
			}
			if a.NestedType != nil {
				visit(at+"."+a.Name, a.NestedType.Attributes)
			}
		}
	}
	for kind, schema := range configure(t, nil).schemas.ResourceSchemas {
		visit(kind, schema.Block.Attributes)
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
