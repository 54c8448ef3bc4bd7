package servers

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// fullNames is the rule about how computers are named, in every attribute that names one.
var fullNames = rule.Rule{
	ID: "SRV-FQDN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
	Title: "A computer is named by its fully qualified name",
	Why: "Setup and the cmdlets ask for the name with the primary DNS suffix, under which other site systems and clients find the computer. A short " +
		"name, an address or a name with an instance, a port or a scheme is another name to them, and to everything else in the design that means the same " +
		"computer.",
	Fix:     `Give the name with the DNS suffix, such as "mp01.contoso.com".`,
	Sources: []product.Source{product.ActiveDirectoryDomains.At("Configure a disjoint namespace"), product.OnPremisesMDMRoles.Source()},
	Site: func(c *rule.Check, s *model.Site) {
		for _, m := range c.Mentions() {
			fullName(c, m, s, nil)
		}
	},
	Server: func(c *rule.Check, s *model.Server) {
		site := rule.SiteOf(s)
		for _, m := range c.Mentions() {
			if m.Attribute == "fqdn" && namesAlike(site, s) {
				continue // the site reports it
			}
			fullName(c, m, site, s)
		}
	},
	Assignment: func(c *rule.Check, a *model.Assignment) {
		for _, m := range c.Mentions() {
			fullName(c, m, a.DeclaredSite(), a.DeclaredServer())
		}
	},
}

// namesAlike reports whether a site names one of its site servers as the server itself
// is named, to the letter.
func namesAlike(site *model.Site, s *model.Server) bool {
	for _, host := range []model.Value[string]{site.Server, site.PassiveServer} {
		if host.IsKnown() && model.Folded(host, model.FoldHost) == model.Folded(s.FQDN, model.FoldHost) {
			return true
		}
	}
	return false
}

// instanceAttributes are the attributes for the instance and the port beside those for
// the server.
var instanceAttributes = map[string]struct{ instance, port string }{
	"database.server":                            {"instance", "port"},
	"management_point.database_replica.server":   {"instance", ""},
	"software_update_point.wsus_database_server": {"wsus_database_instance", ""},
}

// fullName judges how a computer is named.
func fullName(c *rule.Check, m model.Mention, site *model.Site, server *model.Server) {
	if !m.Names.IsComputer() && m.Names != model.NamesProxy {
		return
	}
	typed, ok := rule.Decided(c, m.Value)
	if !ok {
		return
	}
	host := model.ParseHost(typed)
	if host.Problem == 0 || m.Names == model.NamesProxy && (host.Problem == model.HostIsShort || host.Problem == model.HostIsAddress) {
		return
	}
	attribute := m.Attribute[strings.LastIndex(m.Attribute, ".")+1:]
	at, value := m.At, fmt.Sprintf("%s = %q", m.At, typed)
	if m.Names == model.NamesDistributionPoint {
		value = fmt.Sprintf("%s names %q", m.Attribute, typed)
	}
	name := exampleName(c, host, m, site, server)
	v := rule.Violation{At: at, Fact: fmt.Sprintf("%q is not a fully qualified name", typed)}
	switch host.Problem {
	case model.HostIsShort:
		v.Found = value + " has no DNS suffix."
		v.Fix = fmt.Sprintf("Write the name with its DNS suffix, such as %q.", name)
	case model.HostIsAddress:
		v.Found = value + " is an IP address."
		v.Fix = fmt.Sprintf("Write the name of the computer in place of its address, such as %q.", name)
	case model.HostIsInstance:
		v.Found = value + " is a computer with an instance of SQL Server."
		v.Fix = fmt.Sprintf("Name the computer alone, such as %q.", name)
		if beside := instanceAttributes[m.Attribute].instance; beside != "" && host.Instance != "" {
			v.Fix = fmt.Sprintf("Name computer and instance in attributes of their own: %s = %q and %s = %q.", attribute, name, beside, host.Instance)
		}
	case model.HostHasPort:
		v.Found = value + " holds a port."
		v.Fix = fmt.Sprintf("Name the computer alone, such as %q.", name)
		if beside := instanceAttributes[m.Attribute].port; beside != "" {
			v.Fix = fmt.Sprintf("Name computer and port in attributes of their own: %s = %q and %s = %s.", attribute, name, beside, host.Port)
		}
	case model.HostIsURL:
		v.Found = value + " is a web address."
		v.Fix = fmt.Sprintf("Name the computer alone, such as %q.", name)
	default:
		v.Found = value + " is a network path."
		v.Fix = fmt.Sprintf("Name the computer alone, such as %q.", name)
	}
	if m.Names == model.NamesProxy {
		v.Fact = fmt.Sprintf("%q is not the name of a proxy server", typed)
		v.Fix = fmt.Sprintf("Name the proxy alone, such as %s = %q.", attribute, strings.ToLower(host.Name))
		if host.Port != "" {
			v.Fix = fmt.Sprintf("Name proxy and port in attributes of their own: %s = %q and port = %s.", attribute, strings.ToLower(host.Name), host.Port)
		}
	}
	c.Violate(v)
}

// exampleName returns the name that was probably meant: that of the computer that the
// design has elsewhere, else the name with a DNS suffix that the design uses near by.
func exampleName(c *rule.Check, host model.TypedHost, m model.Mention, site *model.Site, server *model.Server) string {
	if host.Qualified() {
		return strings.ToLower(host.Name)
	}
	label := strings.ToLower(host.Name)
	if model.ParseHost(host.Name).Problem == model.HostIsAddress || label == "" {
		label = map[model.Named]string{model.NamesSQLHost: "sql01"}[m.Names]
		if label == "" {
			label = "cm01"
		}
	} else if full, ok := c.Topology.FullName(model.Known(host.Name)).Get(); ok && strings.Contains(full, ".") {
		return full
	}
	return label + "." + nearSuffix(site, server)
}

// nearSuffix returns the DNS suffix that a server or a site uses, contoso.com where none
// is known.
func nearSuffix(site *model.Site, server *model.Server) string {
	var domains, hosts []model.Value[string]
	if server != nil {
		domains, hosts = append(domains, server.Domain), append(hosts, server.FQDN)
	}
	hosts = append(hosts, site.Server, site.PassiveServer, site.DatabaseHost())
	hosts = append(hosts, model.First(site.Providers.Get())...)
	domains = append(domains, site.Domain, site.Forest)
	for _, host := range hosts {
		name, _ := host.Get()
		if parsed := model.ParseHost(name); parsed.Qualified() {
			return model.HostDomain(parsed.Name)
		}
	}
	for _, domain := range domains {
		if name, ok := domain.Get(); ok && strings.Contains(name, ".") {
			return model.FoldHost(name)
		}
	}
	return "contoso.com"
}
