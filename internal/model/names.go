package model

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// FoldCode normalizes a site code for comparison: codes are case-insensitive.
func FoldCode(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// FoldHost normalizes a host name for comparison.
func FoldHost(fqdn string) string {
	if isPlainHost(fqdn) {
		return fqdn
	}
	return strings.ToLower(strings.TrimSuffix(strings.TrimSpace(fqdn), "."))
}

// isPlainHost reports whether a name is one as nearly all are written: lower case, with
// nothing but letters, digits, hyphens and dots. It is asked for every name several times.
func isPlainHost(fqdn string) bool {
	for i := range len(fqdn) {
		if !plainInHost[fqdn[i]] {
			return false
		}
	}
	return fqdn == "" || fqdn[len(fqdn)-1] != '.'
}

// plainInHost are the bytes of plain names.
var plainInHost = func() (plain [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyz0123456789.-") {
		plain[c] = true
	}
	return plain
}()

// isPlainName reports whether a name is a plain one with a DNS suffix, and no IP address:
// two of these are those of one computer if they are equal.
func isPlainName(fqdn string) bool {
	if fqdn == "" || fqdn[0] < 'a' || fqdn[0] > 'z' {
		return false
	}
	return isPlainHost(fqdn) && strings.IndexByte(fqdn, '.') > 0
}

// BareHost normalizes what names a computer for comparison: lower case, without an
// instance, a port, a scheme, a path or a dot at its end.
func BareHost(typed string) string {
	if isPlainHost(typed) {
		return typed
	}
	return strings.ToLower(trimHost(typed))
}

// trimHost leaves the computer alone of what names it: without an instance, a port, a
// scheme or a path. Texts for other tools keep what was typed.
func trimHost(fqdn string) string {
	if isPlainHost(fqdn) {
		return fqdn
	}
	if strings.ContainsAny(fqdn, `\/:,`) {
		return ParseHost(fqdn).Name
	}
	return strings.TrimSuffix(strings.TrimSpace(fqdn), ".")
}

// HostLabel is the first label of a host name: its computer name.
func HostLabel(fqdn string) string {
	label, _, _ := strings.Cut(FoldHost(fqdn), ".")
	return label
}

// HostDomain is the part of a host name after the first label, empty when there is none.
func HostDomain(fqdn string) string {
	_, domain, _ := strings.Cut(FoldHost(fqdn), ".")
	return domain
}

// Labels lists what assignments are and where, up to a handful.
func Labels(list []*Assignment) string {
	const most = 6
	names := make([]string, 0, most+1)
	for i, a := range list {
		if i == most {
			names = append(names, fmt.Sprintf("and %d more", len(list)-most))
			break
		}
		names = append(names, a.Label())
	}
	return strings.Join(names, ", ")
}

// AsDeclared returns assignments as elements.
func AsDeclared(list []*Assignment) []Declared {
	d := make([]Declared, len(list))
	for i, a := range list {
		d[i] = a
	}
	return d
}

// TopName names the top-level site in a sentence.
func TopName(t *Topology) string {
	if code, ok := t.TopLevelSiteCode().Get(); ok {
		return "site " + code
	}
	return "these sites"
}

// IsLocalService reports whether a name is that of the account Local Service.
func IsLocalService(name string) bool {
	return strings.EqualFold(strings.ReplaceAll(name, " ", ""), "LocalService")
}

// SitesAsDeclared returns sites as elements.
func SitesAsDeclared(sites []*Site) []Declared {
	d := make([]Declared, len(sites))
	for i, s := range sites {
		d[i] = s
	}
	return d
}

// WithCode names a tier together with the code of the site.
func WithCode(t product.Tier, s *Site) string {
	if code, ok := s.NormalizedCode().Get(); ok {
		return t.Name() + " " + code
	}
	return t.Name()
}

// HostName returns the name of a server in a sentence.
func HostName(s *Server) string {
	if host, ok := s.Host().Get(); ok {
		return host
	}
	return "a server whose name is not known yet"
}

// SiteTypeName names the type of a site, or just calls it a site.
func SiteTypeName(s *Site) string {
	if t, ok := s.Type.Get(); ok {
		return t.Name()
	}
	return "site"
}
