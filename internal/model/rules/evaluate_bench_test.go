package rules_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// BenchmarkEvaluate judges whole hierarchies by every rule. The largest one has as
// many distribution points as the product supports below one central administration
// site: 25 primary sites with 5,000 each, the secondary sites included.
func BenchmarkEvaluate(b *testing.B) {
	for _, assignments := range []int{1_000, 10_000, 125_000} {
		b.Run(fmt.Sprintf("assignments=%d", assignments), func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			h := largeHierarchy(assignments)
			b.ReportAllocs()
			var report *rule.Report
			for b.Loop() {
				// Every element is judged, as when the hierarchy reports for all.
				report = rules.Catalog().Evaluate(model.ForHierarchy(h, true), rule.Options{})
			}
			runtime.ReadMemStats(&after)
			for _, f := range report.Findings {
				if f.Severity == rule.SeverityError {
					b.Fatalf("the hierarchy is not valid: %s", f.Summary())
				}
			}
			b.ReportMetric(float64(after.HeapSys-before.HeapSys)/1e6, "heap-MB")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(assignments), "ns/assignment")
		})
	}
}

// largeHierarchy is a valid hierarchy with the given number of role assignments, all
// but a few of them distribution points on servers of their own.
func largeHierarchy(assignments int) *model.Hierarchy {
	const (
		perSite     = 250 // standard distribution points of a primary or secondary site
		secondaries = 19
	)
	sites := map[string]model.Value[*model.Site]{}
	add := func(code string, t product.SiteType, parent *model.Site) *model.Site {
		s := &model.Site{
			Code: model.Known(code), Type: model.Known(t), Name: model.Known("Contoso " + code), Server: model.Known(model.FoldHost(code) + "-site.contoso.com"),
			Version: model.Known("2509"), Communication: model.Known(model.CommunicationEnhancedHTTP),
		}
		if parent != nil {
			s.Parent = model.Known(parent)
		}
		sites[code] = model.Known(s)
		return s
	}
	roles := map[string]model.Value[*model.Assignment]{}
	assign := func(s *model.Site, host, role string) *model.Assignment {
		a := &model.Assignment{
			Role: model.Known(role),
			Server: model.Known(&model.Server{
				FQDN: model.Known(host), Site: model.Known(s), OperatingSystem: model.Known("windows_server_2022"), Domain: model.Known("contoso.com"),
			}),
		}
		roles[fmt.Sprintf("%s/%s", host, role)] = model.Known(a)
		return a
	}
	cas := add("CAS", product.CentralAdministration, nil)
	assign(cas, "cas-scp.contoso.com", product.RoleServiceConnectionPoint)
	var current *model.Site
	var parent *model.Site
	inSite, inTree := perSite, secondaries
	for i := 0; len(roles) < assignments; i++ {
		if inSite == perSite {
			inSite = 0
			if inTree == secondaries {
				inTree = 0
				parent = add(fmt.Sprintf("P%02d", len(sites)/(secondaries+1)), product.Primary, cas)
				current = parent
				assign(parent, model.FoldHost(model.First(parent.Code.Get()))+"-mp.contoso.com", product.RoleManagementPoint)
			} else {
				inTree++
				current = add(fmt.Sprintf("%c%02d", 'A'+rune(len(sites)/100), len(sites)%100), product.Secondary, parent)
			}
		}
		inSite++
		dp := assign(current, fmt.Sprintf("dp%06d.contoso.com", i), product.RoleDistributionPoint)
		dp.DistributionPoint = model.Known(&model.DistributionPoint{
			Protocol: model.Known(model.ProtocolHTTPS), ClientConnections: model.Known(model.ConnectionsIntranet), PXE: model.Known(model.PXEResponder), MinimumFreeSpace: model.Known[int64](500),
		})
	}
	return &model.Hierarchy{Sites: model.Known(sites), Assignments: model.Known(roles)}
}
