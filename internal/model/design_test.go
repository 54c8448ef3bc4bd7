package model

import "testing"

func TestDesign_LinesOfAnotherForm(t *testing.T) {
	for _, text := range []string{"", "tertiary on x", "primary on x", "child_primary of CAS on x, 99zz", "child_primary of CAS on x, clients many", "secondary on %zz"} {
		if s, err := parseSiteLine("PS1", text); err == nil {
			t.Errorf("%q is read as %+v", text, s)
		}
	}
	prior := PriorDesign(&Hierarchy{Design: Known(map[string]Value[string]{"PS1": Known("tertiary")})})
	if !ForHierarchy(prior, false).Index.SitesOpen {
		t.Error("a line that is not of the form counts as no site")
	}
	if PriorDesign(&Hierarchy{}) != nil {
		t.Error("a prior design where none is recorded")
	}
}
