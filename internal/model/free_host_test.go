package model

import (
	"fmt"
	"testing"
)

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

func TestFreeSiteCode(t *testing.T) {
	sites := map[string]Value[*Site]{}
	h := &Hierarchy{RetiredSiteCodes: Known([]Value[string]{Known("ps2")})}
	list := func(code string) { sites[code] = Known(&Site{Code: Known(code)}) }
	free := func() string {
		h.Sites = Known(sites)
		return ForHierarchy(h, true).FreeSiteCode()
	}
	if got := free(); got != "PS1" {
		t.Errorf("without sites %s is free, want PS1", got)
	}
	list("ps1")
	if got := free(); got != "PS3" {
		t.Errorf("PS1 is there and PS2 was, and %s is free, want PS3", got)
	}
	for i := 3; i < 10; i++ {
		list(fmt.Sprint("PS", i))
	}
	for c := 'A'; c <= 'Z'; c++ {
		list("PS" + string(c))
	}
	if got := free(); got != "PT0" {
		t.Errorf("all from PS1 to PSZ are there, and %s is free, want PT0", got)
	}
}
