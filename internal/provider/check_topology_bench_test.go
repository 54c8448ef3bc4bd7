package provider

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// BenchmarkCheckTopology calls check_topology in process, with half as many servers and
// half as many role assignments as objects.
func BenchmarkCheckTopology(b *testing.B) {
	for _, objects := range []int{5_000, 50_000} {
		b.Run(fmt.Sprintf("objects=%d", objects), func(b *testing.B) {
			request := &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: []*tfprotov6.DynamicValue{
				{MsgPack: argumentMessage(b, benchTopology(objects/2))}, {MsgPack: argumentMessage(b, objectOf(nil))},
			}}
			server := NewServer("test")()
			b.ReportAllocs()
			for b.Loop() {
				resp, err := server.CallFunction(context.Background(), request)
				if err != nil {
					b.Fatal(err)
				}
				if resp.Error != nil {
					b.Fatal(resp.Error.Text)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(objects), "ns/object")
		})
	}
}

// benchTopology is a topology with a number of servers that are distribution points.
func benchTopology(servers int) tftypes.Value {
	const perSite = 200
	texts := func(pairs ...string) map[string]tftypes.Value {
		values := map[string]tftypes.Value{}
		for i := 0; i < len(pairs); i += 2 {
			values[pairs[i]] = tftypes.NewValue(tftypes.String, pairs[i+1])
		}
		return values
	}
	sites, computers, roles := map[string]tftypes.Value{}, map[string]tftypes.Value{}, map[string]tftypes.Value{}
	sites["CAS"] = objectOf(texts("site_code", "CAS", "site_type", "central_administration", "name", "Bench", "site_server", "cas.contoso.com"))
	for i := range servers {
		code := fmt.Sprintf("P%02X", i/perSite)
		if i%perSite == 0 {
			site := texts("site_code", code, "site_type", "primary", "name", "Bench "+code, "site_server", strings.ToLower(code)+".contoso.com")
			site["parent"] = objectOf(texts("site_code", "CAS", "site_type", "central_administration"))
			sites[code] = objectOf(site)
		}
		key := fmt.Sprintf("dp%05d", i)
		computer := texts("fqdn", key+".contoso.com", "operating_system", "windows_server_2022")
		computer["site"] = objectOf(texts("site_code", code))
		computers[key] = objectOf(computer)
		role := texts("role", "distribution_point", "site_code", code, "fqdn", key+".contoso.com")
		role["distribution_point"] = objectOf(texts("protocol", "https"))
		roles[key] = objectOf(role)
	}
	return objectOf(map[string]tftypes.Value{"sites": objectOf(sites), "site_system_servers": objectOf(computers), "role_assignments": objectOf(roles)})
}
