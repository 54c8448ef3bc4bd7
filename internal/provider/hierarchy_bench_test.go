package provider

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// BenchmarkPlanHierarchy plans hierarchies in process, without Terraform. A finding
// fails it: a design that is refused costs something else than one that is planned.
func BenchmarkPlanHierarchy(b *testing.B) {
	for _, assignments := range []int{250, 500, 1000} {
		b.Run(fmt.Sprintf("assignments=%d", assignments), func(b *testing.B) {
			ctx := context.Background()
			server := NewServer("test")()
			schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
			if err != nil {
				b.Fatal(err)
			}
			t := schemas.ResourceSchemas["configmgr_hierarchy"].ValueType().(tftypes.Object)
			config := benchHierarchy(t, assignments)
			dynamic := func(v tftypes.Value) *tfprotov6.DynamicValue {
				d, err := tfprotov6.NewDynamicValue(t, v)
				if err != nil {
					b.Fatal(err)
				}
				return &d
			}
			request := &tfprotov6.PlanResourceChangeRequest{
				TypeName: "configmgr_hierarchy", PriorState: dynamic(tftypes.NewValue(t, nil)), Config: dynamic(config), ProposedNewState: dynamic(config),
			}
			b.ReportAllocs()
			for b.Loop() {
				resp, err := server.PlanResourceChange(ctx, request)
				if err != nil {
					b.Fatal(err)
				}
				for _, d := range resp.Diagnostics {
					b.Fatalf("the design has a finding: %s\n%s", d.Summary, d.Detail)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/float64(assignments), "ms/assignment")
		})
	}
}

// benchHierarchy is a hierarchy with a number of role assignments. Most are
// distribution points, as many at a primary site as it may have besides others.
func benchHierarchy(t tftypes.Object, assignments int) tftypes.Value {
	const perPrimary = 200
	sitesType := t.AttributeTypes["sites"].(tftypes.Map)
	rolesType := t.AttributeTypes["role_assignments"].(tftypes.Map)
	roleType := rolesType.ElementType.(tftypes.Object)
	serverType := roleType.AttributeTypes["server"].(tftypes.Object)
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	object := func(t tftypes.Type, given map[string]tftypes.Value) tftypes.Value {
		all := map[string]tftypes.Value{}
		for name, at := range t.(tftypes.Object).AttributeTypes {
			all[name] = tftypes.NewValue(at, nil)
		}
		for name, v := range given {
			all[name] = v
		}
		return tftypes.NewValue(t, all)
	}
	sites, roles := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	site := func(code, kind, tier string, parent map[string]tftypes.Value) {
		given := map[string]tftypes.Value{
			"id": text(code), "site_code": text(code), "site_type": text(kind), "name": text("Bench " + code),
			"site_server": text(strings.ToLower(code) + ".contoso.com"), "version": text("2509"), "tier": text(tier),
		}
		if parent != nil {
			given["parent"] = object(sitesType.ElementType.(tftypes.Object).AttributeTypes["parent"], parent)
		}
		sites[code] = object(sitesType.ElementType, given)
	}
	role := func(code, host, key string, settings map[string]tftypes.Value) {
		fqdn := host + ".contoso.com"
		given := map[string]tftypes.Value{
			"id": text(code + "/" + fqdn + "/" + key), "role": text(key),
			"server": object(serverType, map[string]tftypes.Value{
				"id": text(code + "/" + fqdn), "fqdn": text(fqdn), "operating_system": text("windows_server_2022"),
				"site": object(serverType.AttributeTypes["site"], map[string]tftypes.Value{"site_code": text(code)}),
			}),
		}
		if settings != nil {
			given[key] = object(roleType.AttributeTypes[key], settings)
		}
		roles[fqdn] = object(roleType, given)
	}

	site("CAS", "central_administration", "central_administration", nil)
	role("CAS", "scp", "service_connection_point", nil)
	code := ""
	for i := 0; len(roles) < assignments; i++ {
		if i%perPrimary == 0 {
			code = fmt.Sprintf("P%02d", i/perPrimary)
			site(code, "primary", "child_primary", map[string]tftypes.Value{
				"id": text("CAS"), "site_code": text("CAS"), "site_type": text("central_administration"),
			})
			role(code, fmt.Sprintf("mp%02d", i/perPrimary), "management_point", nil)
		}
		role(code, fmt.Sprintf("dp%04d", i), "distribution_point", map[string]tftypes.Value{"protocol": text("https")})
	}
	return object(t, map[string]tftypes.Value{
		"sites": tftypes.NewValue(sitesType, sites), "role_assignments": tftypes.NewValue(rolesType, roles),
	})
}
