package model

import (
	"fmt"
	"testing"
)

// TestComputers_FindWhatTheyMet compares the table with a map, beyond the number that was
// expected.
func TestComputers_FindWhatTheyMet(t *testing.T) {
	table, want := newComputers(0), map[string]*computer{}
	for i := range 3_000 {
		host := fmt.Sprintf("dp%d.contoso.com", i*7%2_000)
		on, isNew := table.meet(host)
		if before, met := want[host]; isNew == met || met && on != before {
			t.Fatalf("%s: new is %v, and it was met before is %v", host, isNew, met)
		}
		want[host] = on
	}
	for host, on := range want {
		if table.find(host) != on || on.host != host {
			t.Errorf("%s is not found", host)
		}
	}
	for _, host := range []string{"", "dp.contoso.com", "dp2000.contoso.com"} {
		if table.find(host) != nil {
			t.Errorf("%q is found", host)
		}
	}
}
