package adopt

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// large is an export with about so many rows of roles.
type large struct {
	asked, rows int
	text        string
}

// design is what the export is of, made anew: nothing but the test holds it as a tree.
//
// A distribution point has three rows: two of them say that its computer is a site system.
func (l *large) design() tree { return adopttest.Generate(1, 25, 0, l.asked/25/3) }

var (
	largeOnes  = map[int]*large{}
	largeMutex sync.Mutex
)

func largeExport(b *testing.B, rows int) *large {
	b.Helper()
	largeMutex.Lock()
	defer largeMutex.Unlock()
	if l := largeOnes[rows]; l != nil {
		return l
	}
	l := &large{asked: rows}
	document := adopttest.Export(l.design())
	text, err := json.Marshal(document)
	if err != nil {
		b.Fatal(err)
	}
	l.rows, l.text = len(document[classRole].([]any)), string(text)
	largeOnes[rows] = l
	return l
}

// What encoding/json needs to decode the same file into structs that hold what is read.
type (
	standardProp struct {
		PropertyName   string
		Value          any
		Value1, Value2 any
	}
	standardList struct {
		PropertyListName string
		Values           []string
	}
	standardRow struct {
		SiteCode, RoleName, NetworkOSPath, NALPath, NALType string
		SslState, Type, SiteSystemStatus                    int
		Props                                               []standardProp
		PropLists                                           []standardList
	}
	standardExport struct {
		Site       []map[string]any `json:"SMS_Site"`
		Definition []map[string]any `json:"SMS_SCI_SiteDefinition"`
		Role       []standardRow    `json:"SMS_SCI_SysResUse"`
		Component  []map[string]any `json:"SMS_SCI_Component"`
		Address    []struct {
			SiteCode, ItemName, DesSiteCode string
			UnlimitedRateForAll             bool
			RateLimitingSchedule            []int
		} `json:"SMS_SCI_Address"`
		Member []struct{ GroupID, ServerNALPath string } `json:"SMS_BoundaryGroupSiteSystems"`
		Device []struct {
			Name, DeviceOS, DeviceOSBuild string
			SiteCode                      *string
			IsClient                      bool
		} `json:"SMS_CombinedDeviceResources"`
	}
)

// BenchmarkExport measures what is done with an export beside what encoding/json needs to
// decode it.
func BenchmarkExport(b *testing.B) {
	for _, rows := range []int{12_500, 125_000} {
		run := func(name string, do func(b *testing.B, l *large)) {
			b.Run(fmt.Sprintf("%s/rows=%d", name, rows), func(b *testing.B) {
				l := largeExport(b, rows)
				runtime.GC()
				b.SetBytes(int64(len(l.text)))
				b.ReportAllocs()
				b.ResetTimer()
				for b.Loop() {
					do(b, l)
				}
				b.ReportMetric(float64(l.rows), "rows")
			})
		}
		run("encoding_json", func(b *testing.B, l *large) {
			var into standardExport
			if err := json.Unmarshal([]byte(l.text), &into); err != nil {
				b.Fatal(err)
			}
		})
		run("read", func(b *testing.B, l *large) { readBack(b, l.text) })
		b.Run(fmt.Sprintf("compare/rows=%d", rows), func(b *testing.B) {
			l := largeExport(b, rows)
			declared, live := decoded(b, l.design()), readBack(b, l.text).Hierarchy
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				if drift := Compare(declared, live); !drift.Empty() {
					b.Fatal(drift)
				}
			}
		})
		b.Run(fmt.Sprintf("engine/rows=%d", rows), func(b *testing.B) {
			l := largeExport(b, rows)
			live := readBack(b, l.text).Hierarchy
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				rules.Catalog().Evaluate(model.ForHierarchy(live, true), rule.Options{})
			}
		})
		b.Run(fmt.Sprintf("read_check_compare/rows=%d", rows), func(b *testing.B) {
			l := largeExport(b, rows)
			declared := decoded(b, l.design())
			b.ReportAllocs()
			debug.FreeOSMemory() // what making the export took is not counted
			b.ResetTimer()
			for b.Loop() {
				live := readBack(b, l.text).Hierarchy
				rules.Catalog().Evaluate(model.ForHierarchy(live, true), rule.Options{})
				Compare(declared, live)
			}
			// What the process holds of the system, the design and the text included.
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			b.ReportMetric(float64(memory.HeapSys-memory.HeapReleased)/1e6, "heap-MB")
		})
	}
}
