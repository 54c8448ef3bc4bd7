package model

import "testing"

func TestFreeHost(t *testing.T) {
	h := &Hierarchy{}
	for after, want := range map[string]string{
		"cm01.contoso.com": "cm02.contoso.com", "CM09.contoso.com.": "cm10.contoso.com", "ps1.contoso.com": "ps02.contoso.com",
		"site.contoso.com": "site01.contoso.com", "mp099": "mp100", "7.contoso.com": "08.contoso.com",
	} {
		if got := ForHierarchy(h, true).FreeHost(after); got != want {
			t.Errorf("after %s comes %s, want %s", after, got, want)
		}
	}
	// A computer that is there is not free.
	site := &Site{Code: Known("PS1"), Server: Known("cm02.contoso.com")}
	h.Sites = Known(map[string]Value[*Site]{"ps1": Known(site)})
	if got := ForHierarchy(h, true).FreeHost("cm01.contoso.com"); got != "cm03.contoso.com" {
		t.Errorf("cm02 is a site server, and %s is proposed after cm01", got)
	}
}
