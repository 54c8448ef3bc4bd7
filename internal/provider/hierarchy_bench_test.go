package provider

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// BenchmarkPlanHierarchy plans hierarchies in process, without Terraform.
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
			sites := t.AttributeTypes["sites"].(tftypes.Map)
			roles := t.AttributeTypes["role_assignments"].(tftypes.Map)
			role := roles.ElementType.(tftypes.Object)
			serverType := role.AttributeTypes["server"].(tftypes.Object)
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
			elements := map[string]tftypes.Value{}
			for i := range assignments {
				fqdn := fmt.Sprintf("dp%04d.contoso.com", i)
				elements[fqdn] = object(role, map[string]tftypes.Value{
					"id": text("PS1/" + fqdn + "/distribution_point"), "role": text("distribution_point"),
					"server": object(serverType, map[string]tftypes.Value{
						"id": text("PS1/" + fqdn), "fqdn": text(fqdn), "operating_system": text("windows_server_2022"),
						"site": object(serverType.AttributeTypes["site"], map[string]tftypes.Value{"site_code": text("PS1")}),
					}),
					"distribution_point": object(role.AttributeTypes["distribution_point"], map[string]tftypes.Value{"protocol": text("https")}),
				})
			}
			config := object(t, map[string]tftypes.Value{
				"sites": tftypes.NewValue(sites, map[string]tftypes.Value{"ps1": object(sites.ElementType, map[string]tftypes.Value{
					"id": text("PS1"), "site_code": text("PS1"), "site_type": text("primary"), "name": text("Bench"), "site_server": text("ps1.contoso.com"), "version": text("2509"), "tier": text("stand_alone_primary"),
				})}),
				"role_assignments": tftypes.NewValue(roles, elements),
			})
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
					if d.Severity == tfprotov6.DiagnosticSeverityError {
						b.Fatal(d.Summary, d.Detail)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/float64(assignments), "ms/assignment")
		})
	}
}
