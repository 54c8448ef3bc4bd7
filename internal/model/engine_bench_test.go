package model

import (
	"fmt"
	"runtime"
	"testing"
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
			var report *Report
			for b.Loop() {
				// Every element is judged, as when the hierarchy reports for all.
				report = RuleCatalogue().Evaluate(ForHierarchy(h, true), Options{})
			}
			runtime.ReadMemStats(&after)
			for _, f := range report.Findings {
				if f.Severity == SeverityError {
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
func largeHierarchy(assignments int) *Hierarchy {
	const (
		perSite     = 250 // standard distribution points of a primary or secondary site
		secondaries = 19
	)
	sites := map[string]Value[*Site]{}
	add := func(code string, t SiteType, parent *Site) *Site {
		s := &Site{
			Code: Known(code), Type: Known(t), Name: Known("Contoso " + code), Server: Known(foldHost(code) + "-site.contoso.com"),
			Version: Known("2509"), Communication: Known(CommunicationEnhancedHTTP),
		}
		if parent != nil {
			s.Parent = Known(parent)
		}
		sites[code] = Known(s)
		return s
	}
	roles := map[string]Value[*Assignment]{}
	assign := func(s *Site, host, role string) *Assignment {
		a := &Assignment{
			Role: Known(role),
			Server: Known(&Server{
				FQDN: Known(host), Site: Known(s), OperatingSystem: Known("windows_server_2022"), Domain: Known("contoso.com"),
			}),
		}
		roles[fmt.Sprintf("%s/%s", host, role)] = Known(a)
		return a
	}
	cas := add("CAS", CentralAdministration, nil)
	assign(cas, "cas-scp.contoso.com", roleServiceConnectionPoint)
	var current *Site
	var parent *Site
	inSite, inTree := perSite, secondaries
	for i := 0; len(roles) < assignments; i++ {
		if inSite == perSite {
			inSite = 0
			if inTree == secondaries {
				inTree = 0
				parent = add(fmt.Sprintf("P%02d", len(sites)/(secondaries+1)), Primary, cas)
				current = parent
				assign(parent, foldHost(first(parent.Code.Get()))+"-mp.contoso.com", roleManagementPoint)
			} else {
				inTree++
				current = add(fmt.Sprintf("%c%02d", 'A'+rune(len(sites)/100), len(sites)%100), Secondary, parent)
			}
		}
		inSite++
		dp := assign(current, fmt.Sprintf("dp%06d.contoso.com", i), roleDistributionPoint)
		dp.DistributionPoint = Known(&DistributionPoint{
			Protocol: Known(ProtocolHTTPS), ClientConnections: Known(ConnectionsIntranet), PXE: Known(PXEResponder), MinimumFreeSpace: Known[int64](500),
		})
	}
	return &Hierarchy{Sites: Known(sites), Assignments: Known(roles)}
}
