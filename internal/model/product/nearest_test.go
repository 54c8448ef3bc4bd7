package product

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNearest(t *testing.T) {
	valid := []string{"management_point", "distribution_point", "software_update_point", "PS1"}
	for typed, want := range map[string][]string{
		"managment_point": {"management_point"}, "Management Point": {"management_point"}, "distribution_pint": {"distribution_point"}, "PS2": {"PS1"},
		"xxxxxxxxxxxxxxxxxxxxxxxxxx": nil,
	} {
		if got := Nearest(typed, valid); len(want) == 0 && len(got) > 0 || len(want) > 0 && (len(got) == 0 || got[0] != want[0]) {
			t.Errorf("Nearest(%q) = %q, expected %q", typed, got, want)
		}
	}
	// Characters of several bytes are no reason to give up.
	if got := Nearest("ääägement_point", []string{"management_point"}); !slices.Equal(got, []string{"management_point"}) {
		t.Errorf("Nearest with umlauts: %q", got)
	}
}

// A pasted text of a megabyte took minutes to compare with the ids of all rules.
func TestNearest_LongText(t *testing.T) {
	valid := make([]string, 500)
	for i := range valid {
		valid[i] = strings.Repeat("RULE-", 3) + strings.Repeat("x", i%20)
	}
	began := time.Now()
	if near := Nearest(strings.Repeat("y", 1<<20), valid); len(near) > 0 {
		t.Errorf("near are %q", near)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}
