package model_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

func TestDecode(t *testing.T) {
	var a model.Assignment
	errs := model.Decode(&a, map[string]any{
		"role": "distribution_point",
		"server": map[string]any{
			"fqdn": "dp1.contoso.com",
			"site": map[string]any{"site_code": "PS1", "site_type": "primary", "parent": model.UnknownValue{}},
		},
		"distribution_point": map[string]any{
			"pull_sources":       map[string]any{"dp2.contoso.com": float64(1), "dp3.contoso.com": nil, "dp4.contoso.com": model.UnknownValue{}},
			"pxe_response_delay": int64(3),
		},
		"installed": nil,
	})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if role, ok := a.Role.Get(); !ok || role != product.RoleDistributionPoint {
		t.Errorf("role is %v", a.Role)
	}
	if !a.Installed.IsNull() || !a.ManagementPoint.IsNull() {
		t.Error("null and absent attributes are not null")
	}
	if site := a.DeclaredSite(); site.Type != model.Known(product.Primary) || !site.Parent.IsUnknown() {
		t.Errorf("site is %+v", site)
	}
	dp, _ := a.DistributionPoint.Get()
	sources, _ := dp.PullSources.Get()
	if sources["dp2.contoso.com"] != model.Known[int64](1) || !sources["dp3.contoso.com"].IsNull() || !sources["dp4.contoso.com"].IsUnknown() {
		t.Errorf("pull sources are %v", sources)
	}
	if dp.PXEResponseDelay != model.Known[int64](3) {
		t.Errorf("pxe_response_delay is %v", dp.PXEResponseDelay)
	}
}

func TestDecodeIsStrict(t *testing.T) {
	for _, test := range []struct {
		name string
		tree map[string]any
		want []string
	}{
		{"a misspelt attribute", map[string]any{"site_cod": "PS1"}, []string{`site_cod: An attribute named "site_cod" is not expected here. Did you mean "site_code"?`}},
		{"a misspelt attribute of a nested object", map[string]any{"database": map[string]any{"sever": "x"}}, []string{`database.sever: An attribute named "sever" is not expected here. Did you mean "server"?`}},
		{"nothing near", map[string]any{"xylophone": "x"}, []string{`xylophone: An attribute named "xylophone" is not expected here.`}},
		{"a list for a string", map[string]any{"site_code": []any{}}, []string{"site_code: A string is required, not a list."}},
		{"a text for a number", map[string]any{"database": map[string]any{"port": "1433 "}}, []string{"database.port: A number is required, not a string."}},
		{"a fraction in a string", map[string]any{"database": map[string]any{"port": "14.5"}}, []string{"database.port: A whole number is required, not 14.5."}},
		{"a string for a bool", map[string]any{"installed": "yes"}, []string{"installed: A bool is required, not a string."}},
		{"a bool for a number", map[string]any{"database": map[string]any{"port": true}}, []string{"database.port: A number is required, not a bool."}},
		{"a fraction", map[string]any{"database": map[string]any{"port": 1.5}}, []string{"database.port: A whole number is required, not 1.5."}},
		{"a string for a list", map[string]any{"sms_providers": "x"}, []string{"sms_providers: A list is required, not a string."}},
		{"an object in a list of strings", map[string]any{"sms_providers": []any{"x", map[string]any{}}}, []string{"sms_providers[1]: A string is required, not an object."}},
		{"a list for a map", map[string]any{"accepted_findings": []any{}}, []string{"accepted_findings: A map is required, not a list."}},
		{"a string for an object", map[string]any{"parent": "CAS"}, []string{"parent: An object is required, not a string."}},
		{"several, sorted by path", map[string]any{"zzzzzzzzzzz": "x", "installed": "x"}, []string{"installed: A bool is required, not a string.", `zzzzzzzzzzz: An attribute named "zzzzzzzzzzz" is not expected here.`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, e := range model.Decode(&model.Site{}, test.tree) {
				got = append(got, e.Error())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// FuzzDecode feeds arbitrary JSON to every object: whatever decodes is judged, and
// nothing panics.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"sites":{"a":{"site_code":"PS1","site_type":"primary"}},"role_assignments":{"x":{"role":"management_point","server":{"fqdn":"a.b","site":{"site_code":"PS1"}}}}}`,
		`{"sites":{"a":null,"b":{"parent":{"site_code":"?"}}}}`, `{"sites":{"a":{"site_code":"A","parent":{"site_code":"B"}},"b":{"site_code":"B","parent":{"site_code":"A"}}}}`,
		`{"role_assignments":{"x":{"role":"distribution_point","distribution_point":{"pull_sources":{}}}}}`, `{"sites":{"a":{"version":"9999","database":{"port":-1,"failover_cluster":{}}}}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var tree map[string]any
		if json.Unmarshal([]byte(text), &tree) != nil {
			return
		}
		for k, v := range tree {
			tree[k] = modeltest.Unknowns(v)
		}
		h := &model.Hierarchy{}
		if len(model.Decode(h, tree)) > 0 {
			return
		}
		for _, all := range []bool{false, true} {
			topology := model.ForHierarchy(h, all)
			topology.TopLevelSiteCode()
			for _, finding := range rules.Catalog().Evaluate(topology, rule.Options{}).Findings {
				if !strings.HasPrefix(finding.Summary(), finding.Rule.ID+": ") || finding.Detail() == "" {
					t.Errorf("a finding without text: %q", finding.Summary())
				}
			}
		}
	})
}

// TestDecode_Converts has the conversions of Terraform: what a file without types says
// means what a configuration says.
func TestDecode_Converts(t *testing.T) {
	for _, c := range []struct {
		given, plain map[string]any
	}{
		{map[string]any{"installed": "true"}, map[string]any{"installed": true}},
		{map[string]any{"installed": "0"}, map[string]any{"installed": false}},
		{map[string]any{"database": map[string]any{"port": "1433"}}, map[string]any{"database": map[string]any{"port": int64(1433)}}},
		{map[string]any{"database": map[string]any{"port": "1.433e3"}}, map[string]any{"database": map[string]any{"port": int64(1433)}}},
		{map[string]any{"version": int64(2503), "site_code": int64(100)}, map[string]any{"version": "2503", "site_code": "100"}},
		{map[string]any{"name": true}, map[string]any{"name": "true"}},
		{map[string]any{"client_languages": []any{int64(1)}}, map[string]any{"client_languages": []any{"1"}}},
	} {
		given, plain := new(model.Site), new(model.Site)
		if errs := append(model.Decode(given, c.given), model.Decode(plain, c.plain)...); len(errs) > 0 {
			t.Errorf("%v: %v", c.given, errs)
		}
		if !reflect.DeepEqual(given, plain) {
			t.Errorf("%v is not read as %v", c.given, c.plain)
		}
	}
}

// A block that says something by being there, and in which nothing is known, may turn out to
// be none. Something that is known, or that nothing is unknown, says that it is there.
func TestDecode_BlockThatMayBeNone(t *testing.T) {
	type block = map[string]any
	for _, test := range []struct {
		proxy             block
		unknown, declared bool
	}{
		{block{"server_name": model.UnknownValue{}, "port": nil}, true, false},
		{block{"server_name": model.UnknownValue{}, "port": int64(8080)}, false, true},
		{block{"server_name": nil, "port": nil}, false, true},
		{block{}, false, true},
	} {
		server := new(model.Server)
		if errors := model.Decode(server, map[string]any{"proxy": test.proxy}); len(errors) > 0 {
			t.Fatal(errors)
		}
		if server.Proxy.IsUnknown() != test.unknown || server.Proxy.IsKnown() != test.declared {
			t.Errorf("%v is decoded as %v", test.proxy, server.Proxy)
		}
	}
	if errors := model.Decode(new(model.Server), map[string]any{"proxy": block{"sever_name": model.UnknownValue{}}}); len(errors) != 1 {
		t.Errorf("a misspelt argument that is unknown gives %v", errors)
	}
}
