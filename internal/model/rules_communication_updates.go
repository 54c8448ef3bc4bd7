package model

import "fmt"

// Group 8: the web sites of WSUS, and whether they use SSL.

// The pair of ports of the default web site. Any other HTTP port goes with the next
// number.
var (
	portHTTP  = limit{80, articlePorts.At("Note 3: Windows Server Update Services (WSUS)")}
	portHTTPS = limit{443, articlePorts.At("Note 3: Windows Server Update Services (WSUS)")}
)

var updateAccessRules = []Rule{
	{
		ID: "COMM-SUP-SSL-CHAIN", Severity: SeverityError, Basis: Documented, Scope: ScopePair,
		Title:   "Below a software update point with SSL, the software update points of child sites use SSL",
		Why:     "WSUS servers of a hierarchy synchronize with each other. One without SSL below one that requires it cannot; the other way round works, so that SSL is rolled out from the bottom up.",
		Fix:     `Set protocol = "https" for the software update points of the child site first, then for those of the parent site.`,
		Sources: []Source{articleSoftwareUpdatesPlan.At("Decide whether to configure WSUS to use SSL")},
		hierarchy: func(c *check) {
			bySite := map[string]*updateProtocols{}
			for _, a := range c.topology.index.byRole[roleSoftwareUpdatePoint] {
				code, ok := decided(c, a.site().code())
				if !ok {
					continue
				}
				if bySite[code] == nil {
					bySite[code] = &updateProtocols{}
				}
				bySite[code].add(a)
			}
			if len(bySite) == 0 {
				c.openCount()
				return
			}
			for _, s := range sortedSites(c.topology.Sites) {
				if code, ok := s.code().Get(); ok && bySite[code] != nil {
					c.updateChain(s, bySite[code], bySite)
				}
			}
		},
	},
	{
		ID: "COMM-SUP-PORT-PAIR", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:   "WSUS on HTTP port 80 has HTTPS port 443",
		Why:     "The two ports of the default web site belong together. The HTTP port stays open beside SSL.",
		Fix:     "Set https_port = 443 with http_port = 80, or use the web site of WSUS: http_port = 8530 and https_port = 8531.",
		Sources: []Source{articlePorts.At("Note 3: Windows Server Update Services (WSUS)")},
		roles:   []string{roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			c.updatePorts(a, func(http, https int64) bool { return http != portHTTP.value || https == portHTTPS.value })
		},
	},
	{
		ID: "COMM-SUP-PORT-CUSTOM", Severity: SeverityWarning, Basis: Conflict, Scope: ScopeRole,
		Title:   "Apart from port 80, the HTTPS port of WSUS is the next one after its HTTP port",
		Why:     "Older copies of the article on ports ask for the next number, the current one for any higher number. The next one satisfies both.",
		Fix:     "Use a pair such as http_port = 8530 and https_port = 8531.",
		Sources: []Source{articlePorts.At("Note 3: Windows Server Update Services (WSUS)")},
		roles:   []string{roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			c.updatePorts(a, func(http, https int64) bool { return http == portHTTP.value || https == http+1 })
		},
	},
}

// updatePorts reports the ports of WSUS when they are no pair.
func (c *check) updatePorts(a *Assignment, pair func(http, https int64) bool) {
	s, ok := decided(c, a.SoftwareUpdatePoint)
	if !ok {
		return
	}
	http, okHTTP := decided(c, s.HTTPPort)
	https, okHTTPS := decided(c, s.HTTPSPort)
	if !okHTTP || !okHTTPS || pair(http, https) {
		return
	}
	c.violate(violation{
		at:    At("software_update_point", "https_port"),
		fact:  fmt.Sprintf("the ports of the %s are no pair", a.label()),
		found: fmt.Sprintf("http_port = %d and https_port = %d.", http, https),
	})
}

// updateProtocols are the software update points of a site by their protocol.
type updateProtocols struct {
	plain, secure []*Assignment
	open          bool // of some the protocol is not declared
}

func (p *updateProtocols) add(a *Assignment) {
	protocol, ok := a.access().protocol.Get()
	switch {
	case !ok:
		p.open = true
	case protocol == ProtocolHTTP:
		p.plain = append(p.plain, a)
	default:
		p.secure = append(p.secure, a)
	}
}

// updateChain judges the software update points of a site by those of its parent and
// by each other.
func (c *check) updateChain(s *Site, own *updateProtocols, bySite map[string]*updateProtocols) {
	open := c.topology.index.open
	if own.open {
		c.undecide()
	}
	if len(own.plain) == 0 {
		return
	}
	if len(own.secure) > 0 {
		// The sources are silent on a site with both: they speak of the first one.
		if !knownTrue(valueIs(s.Communication, CommunicationHTTPSOnly)) {
			c.violate(violation{
				on: own.plain[0], at: At("software_update_point", "protocol"), site: s, severity: SeverityWarning, related: asDeclared(own.secure),
				fact:  fmt.Sprintf("%s has no SSL, unlike another one of its site", own.plain[0].label()),
				found: fmt.Sprintf("protocol = %q here; with SSL: %s.", ProtocolHTTP, labels(own.secure)),
				fix:   `Set protocol = "https" for all software update points of the site.`,
			})
		}
		return
	}
	parent, ok := s.Parent.Get()
	if !ok {
		c.undecideIf(s.Parent.IsUnknown())
		return
	}
	code, ok := decided(c, parent.code())
	if !ok {
		return
	}
	upstream := bySite[code]
	if upstream == nil {
		// SUP-PARENT-FIRST, unless it is not known or not listed.
		c.undecideIf(open || c.topology.index.sites[code] == nil)
		return
	}
	switch {
	case len(upstream.secure) == 0 && !upstream.open && !open:
	case len(upstream.plain) > 0 || upstream.open || own.open || open:
		c.undecide()
	default:
		c.violate(violation{
			on: own.plain[0], at: At("software_update_point", "protocol"), site: s, related: append(asDeclared(own.plain), parent),
			fact:  fmt.Sprintf("%s has no SSL below a parent site that uses it", own.plain[0].label()),
			found: fmt.Sprintf("protocol = %q at %s; with SSL at %s: %s.", ProtocolHTTP, s.label(), parent.label(), labels(upstream.secure)),
		})
	}
}
