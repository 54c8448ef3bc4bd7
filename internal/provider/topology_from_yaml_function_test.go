package provider

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
)

// passiveDesign has a service connection point on a site server with a passive partner.
const passiveDesign = `
sites:
  PS1:
    site_type: primary
    name: Contoso
    site_server: cm01
    passive_site_server: cm02
    content_library_path: \\fs01.contoso.com\Library
    sms_providers: [cm01, cm03]
servers:
  cm02: { site: PS1, roles: [service_connection_point] }
  dp01: { site: PS1, roles: { distribution_point: { pull_sources: { dp02: 1, dp03: } } } }
defaults: { dns_suffix: contoso.com }
`

// The topology goes into check_topology as it comes out, with the types of Terraform.
func TestTopologyFromYAML_IsWhatCheckTopologyTakes(t *testing.T) {
	s := configure(t, nil)
	topology, failed := s.call(t, "topology_from_yaml", passiveDesign)
	if failed != nil {
		t.Fatal(failed.Text)
	}
	findings := s.checkTopology(t, topology)
	if !slices.Contains(findings, "COLO-SCP-NOT-HA") {
		t.Errorf("found %v", findings)
	}
	right, failed := s.call(t, "topology_from_yaml", strings.Replace(passiveDesign, "cm02: { site", "scp01: { site", 1))
	if failed != nil {
		t.Fatal(failed.Text)
	}
	if findings := s.checkTopology(t, right); slices.Contains(findings, "COLO-SCP-NOT-HA") {
		t.Errorf("found %v", findings)
	}
}

// checkTopology returns the ids of what check_topology finds.
func (s *server) checkTopology(t *testing.T, topology tftypes.Value) []string {
	t.Helper()
	argument, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, topology)
	if err != nil {
		t.Fatal(err)
	}
	options, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: []*tfprotov6.DynamicValue{&argument, &options}})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		t.Fatalf("check_topology refuses it: %s", resp.Error.Text)
	}
	v, err := resp.Result.Unmarshal(s.schemas.Functions["check_topology"].Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	found, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range found.([]any) {
		ids = append(ids, f.(tree)["rule"].(string))
	}
	return ids
}

// Every object has every argument, so that a configuration can read each of them.
func TestTopologyFromYAML_HasEveryArgument(t *testing.T) {
	s := configure(t, nil)
	v, failed := s.call(t, "topology_from_yaml", passiveDesign)
	if failed != nil {
		t.Fatal(failed.Text)
	}
	of := func(v tftypes.Value, steps ...string) map[string]tftypes.Value {
		for _, step := range steps {
			var object map[string]tftypes.Value
			if err := v.As(&object); err != nil {
				t.Fatal(err)
			}
			v = object[step]
		}
		var object map[string]tftypes.Value
		if err := v.As(&object); err != nil {
			t.Fatal(err)
		}
		return object
	}
	schema := DesignSchema()
	for _, test := range []struct {
		path []string
		want []string
	}{
		{nil, append(slices.Collect(maps.Keys(schema.Hierarchy.Attributes)), "sites", "site_system_servers", "role_assignments")},
		{[]string{"sites", "PS1"}, append(slices.Collect(maps.Keys(schema.Site.Attributes)), "site_code")},
		{[]string{"site_system_servers", "dp01"}, append(slices.Collect(maps.Keys(schema.Server.Attributes)), "site")},
		{[]string{"role_assignments", "dp01/distribution_point", "distribution_point"}, slices.Collect(maps.Keys(schema.Roles["distribution_point"].Attributes))},
		{[]string{"role_assignments", "dp01/distribution_point"}, slices.Concat(
			slices.Collect(maps.Keys(schema.Assignment.Attributes)), slices.Collect(maps.Keys(schema.Roles)), []string{"role", "server"})},
	} {
		got := slices.Sorted(maps.Keys(of(v, test.path...)))
		slices.Sort(test.want)
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%v has %v, want %v", test.path, got, test.want)
		}
	}
	sources, _ := toTree(of(v, "role_assignments", "dp01/distribution_point", "distribution_point")["pull_sources"])
	if want := (tree{"dp02.contoso.com": int64(1), "dp03.contoso.com": nil}); !reflect.DeepEqual(sources, want) {
		t.Errorf("pull_sources are %v, want %v", sources, want)
	}
}

func TestTopologyFromYAML_SaysAllThatIsWrong(t *testing.T) {
	s := configure(t, nil)
	_, failed := s.call(t, "topology_from_yaml", strings.NewReplacer("cm02: { site: PS1", "cm02: { site: PS2", "[service_connection_point]", "[service_conection_point]").Replace(passiveDesign))
	if failed == nil || failed.FunctionArgument == nil || *failed.FunctionArgument != 0 {
		t.Fatalf("the error is %+v", failed)
	}
	for _, says := range []string{
		`line 11, column 17, servers.cm02.site: There is no site "PS2" under sites.`,
		`line 11, column 30, servers.cm02.roles[0]: There is no role "service_conection_point". Did you mean "service_connection_point"?`,
	} {
		if !strings.Contains(failed.Text, says) {
			t.Errorf("the error does not say %q: %s", says, failed.Text)
		}
	}
	if strings.HasSuffix(failed.Text, ".") || strings.HasSuffix(failed.Text, "?") {
		t.Errorf("Terraform adds a full stop to %q", failed.Text)
	}
}

// A mistake that a thousand elements have does not fill the screen.
func TestTopologyFromYAML_SaysOneMistakeNotAThousandTimes(t *testing.T) {
	s := configure(t, nil)
	text := strings.Builder{}
	text.WriteString("sites: { PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com } }\nservers:\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "  dp%03d.contoso.com: { site: PS1, roles: [distribution_pont] }\n", i)
	}
	_, failed := s.call(t, "topology_from_yaml", text.String())
	if failed == nil || !strings.Contains(failed.Text, "There are 970 more of them.") || strings.Count(failed.Text, "There is no role") != 30 {
		t.Errorf("the error is %v", failed)
	}
}

// What names computers is known from the validators of the schema.
func TestDesignSchema_KnowsComputerNames(t *testing.T) {
	s := DesignSchema()
	for name, a := range map[string]*designfile.Attribute{
		"site_server":         s.Site.Attributes["site_server"],
		"passive_site_server": s.Site.Attributes["passive_site_server"],
		"sms_providers":       s.Site.Attributes["sms_providers"].Element,
		"database.server":     s.Site.Attributes["database"].Object.Attributes["server"],
		"fqdn":                s.Server.Attributes["fqdn"],
		"pull_sources":        s.Roles["distribution_point"].Attributes["pull_sources"],
	} {
		if !a.Host {
			t.Errorf("%s is not known to name computers", name)
		}
	}
	for name, a := range map[string]*designfile.Attribute{
		"name": s.Site.Attributes["name"], "domain": s.Site.Attributes["domain"], "version": s.Site.Attributes["version"],
	} {
		if a.Host {
			t.Errorf("%s does not name a computer", name)
		}
	}
	if len(s.Site.Attributes["site_type"].Values) != 3 {
		t.Errorf("the site types are %v", s.Site.Attributes["site_type"].Values)
	}
}
