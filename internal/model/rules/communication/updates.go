package communication

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The web sites of WSUS, and whether they use SSL.

// The pair of ports of the default web site. Any other HTTP port goes with the next
// number.
var (
	PortHTTP  = product.Limit{Value: 80, Source: product.Ports.At("Note 3: Windows Server Update Services (WSUS)")}
	PortHTTPS = product.Limit{Value: 443, Source: product.Ports.At("Note 3: Windows Server Update Services (WSUS)")}
)

var updateAccessRules = []rule.Rule{
	{
		ID: "COMM-SUP-SSL-CHAIN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopePair,
		Title: "Below a software update point with SSL, the software update points of child sites use SSL",
		Why: "WSUS servers of a hierarchy synchronize with each other. One without SSL below one that requires it cannot; the other way round works, so " +
			"that SSL is rolled out from the bottom up.",
		Fix:     `Set protocol = "https" for the software update points of the child site first, then for those of the parent site.`,
		Sources: []product.Source{product.SoftwareUpdatesPlan.At("Decide whether to configure WSUS to use SSL")},
		Hierarchy: func(c *rule.Check) {
			bySite := map[string]*updateProtocols{}
			for _, a := range c.Topology.Index.ByRole[product.RoleSoftwareUpdatePoint] {
				code, ok := rule.Decided(c, a.DeclaredSite().NormalizedCode())
				if !ok {
					continue
				}
				if bySite[code] == nil {
					bySite[code] = &updateProtocols{}
				}
				bySite[code].add(a)
			}
			if len(bySite) == 0 {
				c.OpenCount()
				return
			}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if code, ok := s.NormalizedCode().Get(); ok && bySite[code] != nil {
					updateChain(c, s, bySite[code], bySite)
				}
			}
		},
	},
	{
		ID: "COMM-SUP-PORT-PAIR", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "WSUS on HTTP port 80 has HTTPS port 443",
		Why:     "The two ports of the default web site belong together. The HTTP port stays open beside SSL.",
		Fix:     "Set https_port = 443 with http_port = 80, or use the web site of WSUS: http_port = 8530 and https_port = 8531.",
		Sources: []product.Source{product.Ports.At("Note 3: Windows Server Update Services (WSUS)")},
		Roles:   []string{product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			updatePorts(c, a, func(http, https int64) bool { return http != PortHTTP.Value || https == PortHTTPS.Value })
		},
	},
	{
		ID: "COMM-SUP-PORT-CUSTOM", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopeRole,
		Title:   "Apart from port 80, the HTTPS port of WSUS is the next one after its HTTP port",
		Why:     "Older copies of the article on ports ask for the next number, the current one for any higher number. The next one satisfies both.",
		Fix:     "Use a pair such as http_port = 8530 and https_port = 8531.",
		Sources: []product.Source{product.Ports.At("Note 3: Windows Server Update Services (WSUS)")},
		Roles:   []string{product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			updatePorts(c, a, func(http, https int64) bool { return http == PortHTTP.Value || https == http+1 })
		},
	},
}

// updatePorts reports the ports of WSUS when they are not a pair.
func updatePorts(c *rule.Check, a *model.Assignment, pair func(http, https int64) bool) {
	s, ok := rule.Decided(c, a.SoftwareUpdatePoint)
	if !ok {
		return
	}
	http, okHTTP := rule.Decided(c, s.HTTPPort)
	https, okHTTPS := rule.Decided(c, s.HTTPSPort)
	if !okHTTP || !okHTTPS || pair(http, https) {
		return
	}
	c.Violate(rule.Violation{
		At:    model.At("software_update_point", "https_port"),
		Fact:  fmt.Sprintf("the ports of the %s are not a pair", a.Label()),
		Found: fmt.Sprintf("http_port = %d and https_port = %d.", http, https),
	})
}

// updateProtocols are the software update points of a site by their protocol.
type updateProtocols struct {
	plain, secure []*model.Assignment
	open          bool // of some the protocol is not declared
}

func (p *updateProtocols) add(a *model.Assignment) {
	protocol, ok := a.Access().Protocol.Get()
	switch {
	case !ok:
		p.open = true
	case protocol == model.ProtocolHTTP:
		p.plain = append(p.plain, a)
	default:
		p.secure = append(p.secure, a)
	}
}

// updateChain judges the software update points of a site by those of its parent and
// by each other.
func updateChain(c *rule.Check, s *model.Site, own *updateProtocols, bySite map[string]*updateProtocols) {
	open := c.Topology.Index.Open
	if own.open {
		c.Undecide()
	}
	if len(own.plain) == 0 {
		return
	}
	if len(own.secure) > 0 {
		// The sources are silent on a site with both: they speak of the first one.
		if !model.KnownTrue(model.ValueIs(s.Communication, model.CommunicationHTTPSOnly)) {
			c.Violate(rule.Violation{
				On: own.plain[0], At: model.At("software_update_point", "protocol"), Site: s, Severity: rule.SeverityWarning, Related: model.AsDeclared(own.secure),
				Fact:  fmt.Sprintf("%s has no SSL, unlike another one of its site", own.plain[0].Label()),
				Found: fmt.Sprintf("protocol = %q here; with SSL: %s.", model.ProtocolHTTP, model.Labels(own.secure)),
				Fix:   `Set protocol = "https" for all software update points of the site.`,
			})
		}
		return
	}
	parent, ok := s.Parent.Get()
	if !ok {
		c.UndecideIf(s.Parent.IsUnknown())
		return
	}
	code, ok := rule.Decided(c, parent.NormalizedCode())
	if !ok {
		return
	}
	upstream := bySite[code]
	if upstream == nil {
		// SUP-PARENT-FIRST, unless it is not known or not listed.
		c.UndecideIf(open || c.Topology.Index.Sites[code] == nil)
		return
	}
	switch {
	case len(upstream.secure) == 0 && !upstream.open && !open:
	case len(upstream.plain) > 0 || upstream.open || own.open || open:
		c.Undecide()
	default:
		c.Violate(rule.Violation{
			On: own.plain[0], At: model.At("software_update_point", "protocol"), Site: s, Related: append(model.AsDeclared(own.plain), parent),
			Fact:  fmt.Sprintf("%s has no SSL below a parent site that uses it", own.plain[0].Label()),
			Found: fmt.Sprintf("protocol = %q at %s; with SSL at %s: %s.", model.ProtocolHTTP, s.Label(), parent.Label(), model.Labels(upstream.secure)),
		})
	}
}
