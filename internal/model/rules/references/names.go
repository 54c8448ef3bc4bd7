package references

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What names stand for. The attributes come from the table of mentions in package model.
// The gateway that a connection point names is DEP-CMGCP-CMG, the enrollment point that a
// proxy point names DEP-EPXP-EP.

var nameRules = []rule.Rule{
	{
		ID: "REF-SITE", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeHierarchy,
		Title: "A site code that a hierarchy mentions is that of one of its sites",
		Why: "Views, schedules, file replication routes and gateways belong to sites. One whose site does not exist is checked by no rule, and ends as a " +
			"typing error in what is generated from the design.",
		Fix:     "Correct the code, or add the site to sites of the hierarchy.",
		Sources: []product.Source{product.HierarchyDesign.Source(), product.DatabaseReplication.Source()},
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			for _, m := range c.Topology.Hierarchy.AppendMentions(nil) {
				if m.Names != model.NamesSite {
					continue
				}
				typed, ok := rule.Decided(c, m.Value)
				code := model.FoldCode(typed)
				switch {
				case !ok, x.Sites[code] != nil, slices.Contains(x.External, code):
				case x.SitesOpen || x.IsPartial(): // it may be one of those that are not listed
					c.Undecide()
				default:
					codes := slices.Sorted(maps.Keys(x.Sites))
					fix := ""
					if product.IsSiteCode(code) {
						resource := model.SiteResource(code)
						fix = fmt.Sprintf("Correct the code, or add the site to sites, as in sites = { %s = configmgr_site.%s }.", resource, resource)
					}
					c.Violate(rule.Violation{
						At: m.At, Fix: fix,
						Fact:  fmt.Sprintf("%s names site %q, which the hierarchy does not list", m.At, typed),
						Found: fmt.Sprintf("%s = %q, and sites lists %s.%s", m.At, typed, some(codes), meant(nearCodes(code, codes))),
					})
				}
			}
		},
	},
	{
		ID: "REF-PULL-SOURCE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopePair,
		Title: "The sources of a pull-distribution point are distribution points of the hierarchy",
		Why: "A pull-distribution point downloads its content from other distribution points, or from a cloud management gateway that serves content. " +
			"Any other name leads nowhere: the cmdlet refuses it, or the content never arrives.",
		Fix:       `Name a distribution point, such as pull_sources = { "dp01.contoso.com" = 1 }, or assign "distribution_point" to the server.`,
		Sources:   []product.Source{product.PullDistributionPoint.At("About source distribution points"), product.PullDistributionPoint.Source()},
		Hierarchy: pullSources,
	},
	{
		ID: "REF-HOST", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopePair,
		Title: "The name of a computer is written in one way",
		Why: "A database server may well be no part of the hierarchy. A name that differs from that of one of its computers, or from the domain of all " +
			"of them, by one letter is a typing error: the role would look for a computer that does not exist.",
		Fix:       "Correct the name. If the computer exists under the name that was found, set rule_severities = { REF-HOST = \"warning\" } on the provider.",
		Sources:   []product.Source{product.SiteSystemPrerequisites.At("General requirements and limitations")},
		Hierarchy: misspeltHosts,
	},
}

// pullSources judges the sources of the pull-distribution points of a hierarchy.
func pullSources(c *rule.Check) {
	h, x := c.Topology.Hierarchy, c.Topology.Index
	if len(x.PullPoints()) == 0 {
		c.OpenCount()
		return
	}
	isPoint := func(host string) bool {
		return slices.ContainsFunc(x.RolesOn(host), func(a *model.Assignment) bool { return a.Role == model.Known(product.RoleDistributionPoint) })
	}
	// The names of all distribution points are listed for a finding only.
	points := sync.OnceValue(func() []string {
		hosts := map[string]bool{}
		for _, a := range x.ByRole[product.RoleDistributionPoint] {
			if host, ok := a.Host().Get(); ok {
				hosts[host] = true
			}
		}
		return slices.Sorted(maps.Keys(hosts))
	})
	clouds, cloudsKnown := gatewayNames(h)
	near := map[string][]string{}
	for _, a := range x.PullPoints() {
		for _, m := range a.AppendMentions(nil) {
			if m.Names != model.NamesDistributionPoint {
				continue
			}
			typed, ok := rule.Decided(c, m.Value)
			if !ok {
				continue
			}
			host, _ := c.Topology.FullName(m.Value).Get()
			switch {
			case isPoint(host), clouds[model.HostLabel(host)], isCloudService(host):
				continue
			case model.ParseHost(host).Problem != 0: // SRV-FQDN
				continue
			case x.Open || x.IsPartial() || !cloudsKnown || h.Assignments.IsNull():
				c.Undecide()
				continue
			}
			v := rule.Violation{
				On: a, At: m.At, Site: a.DeclaredSite(),
				Fact:  fmt.Sprintf("%s would pull from %q, which is not a distribution point of the hierarchy", a.Label(), typed),
				Found: fmt.Sprintf("pull_sources names %q, and no role assignment makes it a distribution point.", typed),
			}
			if x.Server(host) != nil || len(c.Topology.Residents().On(host)) > 0 {
				v.Fix = fmt.Sprintf("Assign \"distribution_point\" to %s, or name a server that has the role.", host)
				if others := points(); len(others) > 1 {
					v.Fix += fmt.Sprintf(" Distribution points: %s.", some(others))
				}
			} else {
				if _, searched := near[host]; !searched {
					near[host] = product.Nearest(host, points())
				}
				own, _ := a.Host().Get()
				others := slices.DeleteFunc(slices.Clone(near[host]), func(name string) bool { return name == own })
				v.Found = fmt.Sprintf("pull_sources names %q, and the hierarchy has no server of that name, or it is not listed here.%s", typed, meant(others))
				if len(others) > 0 {
					v.Fix = fmt.Sprintf("Correct the name, as in pull_sources = { %q = 1 }, or list the server with its role.", others[0])
				} else {
					v.Fix = sourceFix(c.Topology, own, points())
				}
			}
			c.Violate(v)
		}
	}
	c.OpenCount()
}

// sourceFix says which distribution point to pull from where the typed name is like none:
// one of the hierarchy, or a new one, never the one that pulls.
func sourceFix(t *model.Topology, own string, points []string) string {
	for _, other := range points {
		if other != own {
			return fmt.Sprintf("Name a distribution point, such as pull_sources = { %q = 1 }, or list the server with its role.", other)
		}
	}
	return fmt.Sprintf("The hierarchy has no other distribution point: list the server with its role, such as %q, or leave pull_sources out for a standard "+
		"distribution point.", t.FreeHost(own))
}

// gatewayNames returns the first labels of the names of the gateways that a hierarchy
// lists or names, and whether all are known.
func gatewayNames(h *model.Hierarchy) (names map[string]bool, known bool) {
	names, known = map[string]bool{}, !h.Gateways.IsUnknown()
	for _, entry := range model.First(h.Gateways.Get()) {
		name, ok := model.BlockSetting(entry, func(g *model.Gateway) model.Value[string] { return g.Name }).Get()
		if ok {
			names[model.HostLabel(name)] = true
		}
		known = known && ok
	}
	for _, entry := range model.First(h.Assignments.Get()) {
		a, ok := entry.Get()
		if !ok || a.GatewayConnection.IsNull() {
			continue
		}
		named := model.BlockSetting(a.GatewayConnection, func(g *model.GatewayConnection) model.Value[string] { return g.CloudManagementGateway })
		if name, ok := named.Get(); ok {
			names[model.HostLabel(name)] = true
		}
	}
	return names, known
}

// isCloudService reports whether a name is one that Azure gives: a cloud distribution
// point or a gateway.
func isCloudService(host string) bool {
	for _, suffix := range []string{".cloudapp.net", ".cloudapp.azure.com", ".usgovcloudapp.net", ".usgovcloudapi.net"} {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

// some lists names up to a number that a message can bear.
func some(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return model.And(names)
}

// meant asks, with a leading blank, whether one of some names was meant.
func meant(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " Did you mean " + strings.Join(strings.Split(product.Quoted(names), ", "), " or ") + "?"
}

// nearCodes returns the site codes that differ from a code in one character or in the
// order of two.
func nearCodes(code string, codes []string) []string {
	var near []string
	for _, other := range codes {
		if len(other) != len(code) {
			continue
		}
		differ := 0
		for i := range len(code) {
			if code[i] != other[i] {
				differ++
			}
		}
		if differ == 1 || differ == 2 && swapped(code, other) {
			near = append(near, other)
		}
	}
	return near[:min(len(near), 3)]
}

// swapped reports whether two texts of one length differ in the order of two neighbors.
func swapped(a, b string) bool {
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}
