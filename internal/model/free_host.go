package model

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// FreeHost returns the name of a computer that a topology does not have, as the next one
// after a fully qualified name: mp02.contoso.com after mp01.contoso.com. Findings propose
// it where another computer is needed.
func (t *Topology) FreeHost(after string) string {
	label := HostLabel(after)
	stem := strings.TrimRight(label, "0123456789")
	number, _ := strconv.Atoi(label[len(stem):])
	width := max(len(label)-len(stem), 2)
	domain := HostDomain(after)
	if domain != "" {
		domain = "." + domain
	}
	for {
		number++
		if host := fmt.Sprintf("%s%0*d%s", stem, width, number, domain); !t.HasHost(host) {
			return host
		}
	}
}

// HasHost reports whether a topology has a computer of a normalized name: as a server, with
// what Setup puts on it, or as one that a site names, such as the server of its database.
func (t *Topology) HasHost(host string) bool {
	if t.Index == nil { // what an element refers to is no list of what there is
		return t.findNamedHosts()[host]
	}
	return t.Index.Server(host) != nil || len(t.Residents().On(host)) > 0 || t.Index.named()[host]
}

// findNamedHosts returns the computers that sites and the hierarchy name, by normalized name.
func (t *Topology) findNamedHosts() map[string]bool {
	named := map[string]bool{}
	add := func(mentions []Mention) {
		for _, m := range mentions {
			if host, ok := t.FullName(m.Value).Get(); ok && m.Names.IsComputer() {
				named[host] = true
			}
		}
	}
	for _, s := range t.Sites {
		add(s.AppendMentions(nil))
	}
	if t.Hierarchy != nil {
		add(t.Hierarchy.AppendMentions(nil))
	}
	return named
}

// FreeSiteCode returns the first of the site codes PS1, PS2, ..., PSZ, PT0 and so on that no
// site of a topology has and none ever had. A hierarchy has far fewer sites than there are
// codes.
func (t *Topology) FreeSiteCode() string {
	taken := map[string]bool{}
	for _, s := range t.Sites {
		code, _ := s.NormalizedCode().Get()
		taken[code] = true
	}
	if h := t.Hierarchy; h != nil {
		for _, list := range []Value[[]Value[string]]{h.RetiredSiteCodes, h.PublishedSiteCodes} {
			for _, v := range First(list.Get()) {
				code, _ := Folded(v, FoldCode).Get()
				taken[code] = true
			}
		}
	}
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	n := len(digits)
	for number := (strings.Index(digits, "P")*n+strings.Index(digits, "S"))*n + 1; ; number++ {
		code := string([]byte{digits[number/n/n%n], digits[number/n%n], digits[number%n]})
		if !taken[code] && !product.IsReservedSiteCode(code) {
			return code
		}
	}
}

// SiteResource returns the name that the configmgr_site of a code could have: the code in
// lower case, after a letter where it begins with a digit.
func SiteResource(code string) string {
	name := strings.ToLower(code)
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		return "site_" + name
	}
	return name
}
