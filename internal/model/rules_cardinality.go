package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Group 4: how many of a role a server, a site and a hierarchy may have.

// cardinality is the largest number of assignments of one role in one place.
type cardinality struct {
	id       string
	role     string
	most     int64
	perTier  []Tier // the tiers whose sites are counted one by one; nil counts the hierarchy
	title    string
	why      string
	fix      string
	sources  []Source
	coverage []Cover
}

var cardinalities = []cardinality{
	{id: "ROLE-CARD-SCP-HIER", role: roleServiceConnectionPoint, most: 1, title: "A hierarchy has one service connection point",
		why: "The hierarchy has one connection to the cloud service.", fix: "Keep one service connection point, at the top-level site.",
		sources: []Source{articleSiteSystemRoles.At("Service connection point"), articleHighAvailabilityOptions.Source()}, coverage: inHierarchy("ROLE-SITE-SCP")},
	{id: "ROLE-CARD-AISP-HIER", role: roleAssetIntelligence, most: 1, title: "A hierarchy has one Asset Intelligence synchronization point",
		why: "The catalog is synchronised once for all sites.", fix: "Keep one Asset Intelligence synchronization point, at the top-level site.",
		sources: []Source{articleSiteSystemRoles.At("Asset Intelligence synchronization point")}, coverage: inHierarchy("ROLE-SITE-AISP", "ROLE-LIFE-AISP-2603")},
	{id: "ROLE-CARD-EPP-HIER", role: roleEndpointProtection, most: 1, title: "A hierarchy has one Endpoint Protection point",
		why: "The licence terms and the defaults of Endpoint Protection are set once for all sites.", fix: "Keep one Endpoint Protection point, at the top-level site.",
		sources: []Source{articleSiteSystemRoles.At("Endpoint Protection point")}, coverage: inHierarchy("ROLE-SITE-EPP")},
	{id: "ROLE-CARD-DWSP-HIER", role: roleDataWarehouse, most: 1, title: "A hierarchy has one data warehouse service point",
		why: "The warehouse copies the database of the top-level site once.", fix: "Keep one data warehouse service point, at the top-level site.",
		sources: []Source{articleDataWarehouse.At("Install")}, coverage: inHierarchy("ROLE-SITE-DWSP")},
	{id: "ROLE-CARD-MP-PRI", role: roleManagementPoint, most: limitManagementPoints.value, perTier: primaryTiers, title: "A primary site has at most 15 management points",
		why: "That is the largest number tested and supported.", fix: "Remove management points, or move their clients to another primary site.",
		sources: []Source{limitManagementPoints.source}},
	{id: "ROLE-CARD-SUP-SEC", role: roleSoftwareUpdatePoint, most: 1, perTier: []Tier{TierSecondary}, title: "A secondary site has at most one software update point",
		why: "A secondary site supports a single one, which synchronises with its parent.", fix: "Keep one software update point at the secondary site; others belong to the primary site.",
		sources: []Source{articleSoftwareUpdatesPlan.Source()}},
}

func cardinalityRules() []Rule {
	var rules []Rule
	for _, card := range cardinalities {
		rules = append(rules, card.rule())
	}
	return append(rules, otherCardinalities...)
}

func (card cardinality) rule() Rule {
	r := Rule{
		ID: card.id, Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title: card.title, Why: card.why, Fix: card.fix, Sources: card.sources, CoveredBy: card.coverage,
	}
	name := roleOf(card.role).Name
	if card.perTier == nil {
		r.hierarchy = func(c *check) {
			found := c.topology.index.byRole[card.role]
			if int64(len(found)) <= card.most {
				c.openCount()
				return
			}
			c.violate(violation{
				on: found[card.most], at: At("role"), related: asDeclared(found), site: found[card.most].site(),
				fact:  fmt.Sprintf("the hierarchy has %d of the role %s", len(found), name),
				found: fmt.Sprintf("%s. At most %d is allowed.", labels(found), card.most),
			})
		}
		return r
	}
	r.Scope = ScopeSite
	r.hierarchy = func(c *check) {
		for _, s := range sortedSites(c.topology.Sites) {
			tier, ok := s.TierOf().Get()
			if !ok {
				c.undecide()
				continue
			}
			if !slices.Contains(card.perTier, tier) {
				continue
			}
			found := c.topology.index.rolesAt(s, card.role)
			if int64(len(found)) <= card.most {
				c.openCount()
				continue
			}
			c.violate(violation{
				on: found[card.most], at: At("role"), related: asDeclared(found), site: s,
				fact:  fmt.Sprintf("%s has %d of the role %s", withCode(tier, s), len(found), name),
				found: fmt.Sprintf("%s. At most %d is supported.", labels(found), card.most),
			})
		}
	}
	return r
}

// openCount leaves a count undecided while elements are not known that may add to it.
func (c *check) openCount() {
	if c.topology.index.open {
		c.undecide()
	}
}

// labels lists what assignments are and where, up to a handful.
func labels(list []*Assignment) string {
	const most = 6
	names := make([]string, 0, most+1)
	for i, a := range list {
		if i == most {
			names = append(names, fmt.Sprintf("and %d more", len(list)-most))
			break
		}
		names = append(names, a.label())
	}
	return strings.Join(names, ", ")
}

func asDeclared(list []*Assignment) []declared {
	d := make([]declared, len(list))
	for i, a := range list {
		d[i] = a
	}
	return d
}

// eachGateway visits the known cloud management gateways in the order of their keys.
func (c *check) eachGateway(visit func(at Path, g *Gateway)) {
	gateways, ok := c.topology.Hierarchy.Gateways.Get()
	if !ok {
		if c.topology.Hierarchy.Gateways.IsUnknown() {
			c.undecide()
		}
		return
	}
	for _, key := range slices.Sorted(maps.Keys(gateways)) {
		if g, ok := decided(c, gateways[key]); ok {
			visit(At("cloud_management_gateways").Key(key), g)
		}
	}
}

var otherCardinalities = []Rule{
	{
		ID: "ROLE-CARD-SCP-MIN", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeHierarchy,
		CoveredBy: inHierarchy("HIER-RMCAS-ROLES", "DEP-TENANT-ATTACH", "DEP-CMG-CHAIN", "REQ-SCP", "REQ-TENANT-ATTACH", "REQ-CMGCP"),
		Title:     "A hierarchy has a service connection point",
		Why:       "Without it no updates of the product appear in the console, and cloud management gateways, tenant attach and other cloud features cannot be set up.",
		Fix:       `Assign "service_connection_point" to a server of the top-level site. With a passive site server there, not to one of the two site servers.`,
		Sources:   []Source{articleSiteSystemRoles.At("Service connection point"), articleServiceConnectionPoint.Source()},
		hierarchy: func(c *check) {
			x := c.topology.index
			if len(x.byRole[roleServiceConnectionPoint]) > 0 {
				return
			}
			// A parent that is not listed may hold it.
			if x.open || len(x.external) > 0 || len(c.topology.Sites) == 0 {
				c.undecide()
				return
			}
			c.violate(violation{
				at:    At("role_assignments"),
				fact:  fmt.Sprintf("the hierarchy of %s has no service connection point", topName(c.topology)),
				found: `no role assignment has role = "service_connection_point".`,
			})
		},
	},
	{
		ID: "ROLE-CARD-MP-PRI-MIN", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:     "A primary site with clients has a management point",
		Why:       "Clients are assigned to a primary site and managed through its management points; without one they cannot report.",
		Fix:       `Assign "management_point" to a server of the site.`,
		Sources:   []Source{articleSiteSystemRolesForClients.At("Management point")},
		CoveredBy: atSite("ROLE-SITE-*", "DEP-REMOVE-LAST-MP", "REQ-MP-ANY", "REQ-PRIMARY-CLIENTS"),
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				if !c.holds(s.is(Primary)) || len(c.topology.index.rolesAt(s, roleManagementPoint)) > 0 {
					continue
				}
				if c.topology.index.open {
					c.undecide()
					continue
				}
				clients, declared := s.clientTotal().Get()
				switch {
				case s.clientTotal().IsUnknown():
					c.undecide()
				case !declared:
					c.violate(violation{
						on: s, at: At("site_code"), site: s,
						fact:  fmt.Sprintf("%s has no management point", s.label()),
						found: "no role assignment puts a management point at the site, and the design does not say whether it has clients.",
						fix:   `Assign "management_point" to a server of the site, or say with a clients block that it has none: clients { windows = 0 }.`,
					})
				case clients > 0:
					c.violate(violation{
						on: s, at: At("clients"), site: s, severity: SeverityError,
						fact:  fmt.Sprintf("%s has clients and no management point", s.label()),
						found: fmt.Sprintf("%d clients are expected, and no role assignment puts a management point at the site.", clients),
					})
				}
			}
		},
	},
	{
		ID: "ROLE-CARD-MP-SEC", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "The only management point of a secondary site is on its site server",
		Why:     "Setup puts the one management point of a secondary site on its site server; it is not moved and not joined by another.",
		Fix:     "Remove the role from this server. The management point on the secondary site server need not be declared.",
		Sources: []Source{articleSizeAndScale.At("Management point"), articleSiteSystemRolesForClients.At("Management point"), articleHighAvailabilityOptions.At("Management point")},
		roles:   []string{roleManagementPoint},
		assignment: func(c *check, a *Assignment) {
			site := a.site()
			if !c.holds(site.is(Secondary)) || !c.fails(equalHost(site.Server, a.server().FQDN)) {
				return
			}
			c.violate(violation{
				at:    At("role"),
				fact:  fmt.Sprintf("%s is not on the site server of %s", a.label(), site.label()),
				found: fmt.Sprintf("the server is %q, the site server %q.", a.server().FQDN, site.Server),
			})
		},
	},
	{
		ID: "ROLE-CARD-PROV-MIN", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "A central administration or primary site has an SMS Provider",
		Why:     "Without a provider no console and no script reaches the site; Setup installs the first and refuses to remove the last.",
		Fix:     "List at least one computer in sms_providers, or leave the attribute out for one on the site server.",
		Sources: []Source{articleSMSProvider.At("About"), articleModifyInfrastructure.At("Manage the SMS provider")},
		site: func(c *check, s *Site) {
			if s.Providers.IsNull() || !c.fails(s.is(Secondary)) {
				return
			}
			if list, ok := decided(c, s.Providers); ok && len(list) == 0 {
				c.violate(violation{
					at:    At("sms_providers"),
					fact:  fmt.Sprintf("%s has no SMS Provider", s.label()),
					found: "sms_providers is an empty list.",
				})
			}
		},
	},
	{
		ID: "ROLE-CARD-PROV-SERVER", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "A computer has at most one SMS Provider",
		Why:     "The provider is one installation per computer, for one site.",
		Fix:     "Put the provider of the other site on another computer, and list each computer once.",
		Sources: []Source{articleSMSProvider.At("Prerequisites"), articleSiteSystemRoles.At("SMS Provider")},
		// The providers of two sites on one computer are COLO-ONE-SITE-PER-SERVER.
		site: func(c *check, s *Site) {
			list, ok := s.Providers.Get()
			if !ok {
				if s.Providers.IsUnknown() {
					c.undecide()
				}
				return
			}
			seen := map[string]bool{}
			for i, entry := range list {
				host, ok := decided(c, folded(entry, foldHost))
				if ok && seen[host] {
					c.violate(violation{
						at:    At("sms_providers").Index(i),
						fact:  fmt.Sprintf("%s is listed twice as SMS Provider of %s", host, s.label()),
						found: fmt.Sprintf("sms_providers names %q more than once.", host),
					})
				}
				seen[host] = true
			}
		},
	},
	{
		ID: "ROLE-CARD-SSP", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:       "A site has at most one passive site server",
		Why:         "The product supports one site server in passive mode for each site.",
		Fix:         "Name one computer in passive_site_server.",
		Sources:     []Source{articleSiteServerHighAvailability.At("Limitations")},
		Enforcement: Inexpressible,
		Note:        "passive_site_server of a configmgr_site holds one name.",
	},
	{
		ID: "ROLE-CARD-ROLE-SERVER", Severity: SeverityError, Basis: Inferred, Scope: ScopeServer,
		Title:   "A server holds each role once",
		Why:     "The product keeps one entry for each role and server; a second assignment describes the same role.",
		Fix:     "Remove one of the two role assignments.",
		Sources: []Source{articleSiteSystemRoles.Source()},
		hierarchy: func(c *check) {
			for _, host := range c.topology.index.sharedHosts() {
				first := map[string]*Assignment{}
				for _, a := range c.topology.index.rolesOn(host) {
					key, ok := a.Role.Get()
					if !ok {
						c.undecide()
						continue
					}
					other := first[key]
					if other == nil {
						first[key] = a
						continue
					}
					c.violate(violation{
						on: a, at: At("role"), related: []declared{other}, site: a.site(),
						fact:  fmt.Sprintf("%s is assigned twice", a.label()),
						found: fmt.Sprintf("%s and %s assign the same role to the same server.", other.Path(), a.Path()),
					})
				}
			}
			c.openCount()
		},
	},
	{
		ID: "ROLE-CARD-CRP-NDES", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair, Versions: "before 2403",
		Title:     "Each certificate registration point has an NDES server of its own",
		Why:       "The policy module on the NDES server is tied to one certificate registration point.",
		Fix:       "Name another NDES server in ndes_server of one of them.",
		Sources:   []Source{articleSiteSystemRoles.At("Certificate registration point"), articleCertificateInfrastructure.Source()},
		CoveredBy: inHierarchy("ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK", "ROLE-SITE-CRP"),
		hierarchy: func(c *check) {
			first := map[string]*Assignment{}
			for _, a := range c.topology.index.byRole[roleCertificateRegistration] {
				crp, ok := decided(c, a.CertificateRegistration)
				if !ok {
					continue
				}
				host, ok := decided(c, folded(crp.NDESServer, foldHost))
				if !ok {
					continue
				}
				other := first[host]
				if other == nil {
					first[host] = a
					continue
				}
				c.violate(violation{
					on: a, at: At("certificate_registration_point", "ndes_server"), related: []declared{other}, site: a.site(),
					fact:  fmt.Sprintf("two certificate registration points share the NDES server %s", host),
					found: fmt.Sprintf("%s and %s both name %q.", other.label(), a.label(), host),
				})
			}
		},
	},
	{
		ID: "ROLE-CARD-CMGCP-MIN", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy,
		Title:     "A cloud management gateway has a connection point",
		Why:       "The connection point is what links the gateway to the management points; without one the gateway forwards nothing.",
		Fix:       `Assign "cloud_management_gateway_connection_point" to a server of a primary site.`,
		Sources:   []Source{articleSiteSystemRolesForClients.At("Cloud management gateway connector point"), articleCMGPlan.Source()},
		CoveredBy: inHierarchy("ROLE-SITE-CMGCP", "DEP-CMGCP-CMG", "REQ-CMGCP"),
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				name, ok := decided(c, g.Name)
				if !ok {
					return
				}
				if linked, certain := c.connectionPoints(name); len(linked) > 0 || !certain {
					return
				}
				c.violate(violation{
					at:    at,
					fact:  fmt.Sprintf("the cloud management gateway %s has no connection point", name),
					found: fmt.Sprintf("no cloud management gateway connection point is linked to %q.", name),
				})
			})
		},
	},
	{
		ID: "ROLE-CARD-CMGCP-RATIO", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeHierarchy,
		Title:     "A cloud management gateway has a connection point for every four virtual machines",
		Why:       "Fewer connection points cannot keep all virtual machine instances of the gateway busy.",
		Fix:       `Assign "cloud_management_gateway_connection_point" to more servers, or lower vm_instances.`,
		Sources:   []Source{limitInstancesPerCMGCP.source, articleCMGPerformance.Source()},
		CoveredBy: inHierarchy("ROLE-CARD-CMGCP-MIN", "ROLE-CARD-CMG-VM"),
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				name, okName := decided(c, g.Name)
				instances, okInstances := decided(c, g.VMInstances)
				if !okName || !okInstances {
					return
				}
				linked, certain := c.connectionPoints(name)
				needed := (instances + limitInstancesPerCMGCP.value - 1) / limitInstancesPerCMGCP.value
				if int64(len(linked)) >= needed || !certain {
					return
				}
				c.violate(violation{
					at: at.Attr("vm_instances"), related: asDeclared(linked),
					fact:  fmt.Sprintf("the cloud management gateway %s has too few connection points", name),
					found: fmt.Sprintf("%d virtual machine instances and %d connection point(s); %d are recommended.", instances, len(linked), needed),
				})
			})
		},
	},
	{
		ID: "ROLE-CARD-CMG-VM", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:   "A cloud management gateway has 1 to 16 virtual machine instances",
		Why:     "The wizard and the cmdlet accept no other number.",
		Fix:     "Set vm_instances to a number from 1 to 16; more capacity needs another gateway.",
		Sources: []Source{rangeGatewayInstances.source, articleCmdletParameters.At("New-CMCloudManagementGateway")},
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				n, ok := decided(c, g.VMInstances)
				if !ok || rangeGatewayInstances.holds(n) {
					return
				}
				c.violate(violation{
					at:    at.Attr("vm_instances"),
					fact:  fmt.Sprintf("the cloud management gateway %s cannot have %d instances", g.Name, n),
					found: fmt.Sprintf("vm_instances = %d; %d to %d are possible.", n, rangeGatewayInstances.min, rangeGatewayInstances.max),
				})
			})
		},
	},
	{
		ID: "ROLE-CARD-EXC-ORG", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:     "An Exchange organization has one Exchange Server connector",
		Why:       "Two connectors would manage the same devices against each other.",
		Fix:       "Keep one connector for the organization.",
		Sources:   []Source{articleExchangeConnector.Source()},
		CoveredBy: inHierarchy("ROLE-SITE-EXC"),
		hierarchy: func(c *check) {
			first := map[string]*Assignment{}
			for _, a := range c.topology.index.byRole[roleExchangeConnector] {
				connector, ok := decided(c, a.ExchangeConnector)
				if !ok {
					continue
				}
				organization, ok := decided(c, folded(connector.Organization, strings.ToLower))
				if !ok {
					continue
				}
				other := first[organization]
				if other == nil {
					first[organization] = a
					continue
				}
				c.violate(violation{
					on: a, at: At("exchange_server_connector", "organization"), related: []declared{other}, site: a.site(),
					fact:  fmt.Sprintf("two Exchange Server connectors serve the organization %s", organization),
					found: fmt.Sprintf("%s and %s both name %q.", other.label(), a.label(), organization),
				})
			}
		},
	},
}

// connectionPoints returns the connection points of a gateway, and whether there
// cannot be more: one that names no gateway yet, or is not known yet, may be linked
// to it.
func (c *check) connectionPoints(gateway string) (linked []*Assignment, certain bool) {
	certain = !c.topology.index.open
	for _, a := range c.topology.index.byRole[roleGatewayConnection] {
		settings, ok := a.GatewayConnection.Get()
		if !ok {
			certain = false
			continue
		}
		name, ok := settings.CloudManagementGateway.Get()
		switch {
		case !ok:
			certain = false
		case hostLabel(name) == hostLabel(gateway): // either may be written with its domain
			linked = append(linked, a)
		}
	}
	if !certain {
		c.undecide()
	}
	return linked, certain
}

// topName names the top-level site in a sentence.
func topName(t *Topology) string {
	if code, ok := t.TopLevelSiteCode().Get(); ok {
		return "site " + code
	}
	return "these sites"
}
