package cardinality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// How many of a role a server, a site and a hierarchy may have.

// cardinality is the largest number of assignments of one role in one place.
type cardinality struct {
	ID       string
	role     string
	Most     int64
	perTier  []product.Tier // the tiers whose sites are counted one by one; nil counts the hierarchy
	title    string
	why      string
	fix      string
	Sources  []product.Source
	coverage []rule.Cover
}

// Cardinalities are the largest numbers of a role.
var Cardinalities = []cardinality{
	{ID: "ROLE-CARD-SCP-HIER", role: product.RoleServiceConnectionPoint, Most: 1, title: "A hierarchy has one service connection point",
		why: "The hierarchy has one connection to the cloud service.", fix: "Keep one service connection point, at the top-level site.",
		Sources: []product.Source{product.SiteSystemRoles.At("Service connection point"), product.HighAvailabilityOptions.Source()}, coverage: rule.InHierarchy("ROLE-SITE-SCP")},
	{ID: "ROLE-CARD-AISP-HIER", role: product.RoleAssetIntelligence, Most: 1, title: "A hierarchy has one Asset Intelligence synchronization point",
		why: "The catalog is synchronized once for all sites.", fix: "Keep one Asset Intelligence synchronization point, at the top-level site.",
		Sources: []product.Source{product.SiteSystemRoles.At("Asset Intelligence synchronization point")}, coverage: rule.InHierarchy("ROLE-SITE-AISP", "ROLE-LIFE-AISP-2603")},
	{ID: "ROLE-CARD-EPP-HIER", role: product.RoleEndpointProtection, Most: 1, title: "A hierarchy has one Endpoint Protection point",
		why: "The license terms and the defaults of Endpoint Protection are set once for all sites.", fix: "Keep one Endpoint Protection point, at the " +
			"top-level site.",
		Sources: []product.Source{product.SiteSystemRoles.At("Endpoint Protection point")}, coverage: rule.InHierarchy("ROLE-SITE-EPP")},
	{ID: "ROLE-CARD-DWSP-HIER", role: product.RoleDataWarehouse, Most: 1, title: "A hierarchy has one data warehouse service point",
		why: "The warehouse copies the database of the top-level site once.", fix: "Keep one data warehouse service point, at the top-level site.",
		Sources: []product.Source{product.DataWarehouse.At("Install")}, coverage: rule.InHierarchy("ROLE-SITE-DWSP")},
	{ID: "ROLE-CARD-MP-PRI", role: product.RoleManagementPoint, Most: product.LimitManagementPoints.Value, perTier: product.PrimaryTiers, title: "A primary site has at most 15 management points",
		why: "That is the largest number tested and supported.", fix: "Remove management points, or move their clients to another primary site.",
		Sources: []product.Source{product.LimitManagementPoints.Source}},
	{ID: "ROLE-CARD-SUP-SEC", role: product.RoleSoftwareUpdatePoint, Most: 1, perTier: []product.Tier{product.TierSecondary}, title: "A secondary site has at most one software update point",
		why: "A secondary site supports a single one, which synchronizes with its parent.", fix: "Keep one software update point at the secondary site; others " +
			"belong to the primary site.",
		Sources: []product.Source{product.SoftwareUpdatesPlan.Source()}},
}

func cardinalityRules() []rule.Rule {
	var rules []rule.Rule
	for _, card := range Cardinalities {
		rules = append(rules, card.rule())
	}
	return append(rules, otherCardinalities...)
}

func (card cardinality) rule() rule.Rule {
	r := rule.Rule{
		ID: card.ID, Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: card.title, Why: card.why, Fix: card.fix, Sources: card.Sources,
		// One assignment under two keys is not two of a role.
		CoveredBy: append(rule.OnAttribute("ROLE-CARD-ROLE-SERVER"), card.coverage...),
	}
	name := product.RoleOf(card.role).Name
	if card.perTier == nil {
		r.Hierarchy = func(c *rule.Check) {
			found := c.Topology.Index.ByRole[card.role]
			if int64(len(found)) <= card.Most {
				c.OpenCount()
				return
			}
			c.Violate(rule.Violation{
				On: found[card.Most], At: model.At("role"), Related: model.AsDeclared(found), Site: found[card.Most].DeclaredSite(),
				Fact:  fmt.Sprintf("the hierarchy has %d of the role %s", len(found), name),
				Found: fmt.Sprintf("%s. At most %d is allowed.", model.Labels(found), card.Most),
			})
		}
		return r
	}
	r.Scope = rule.ScopeSite
	r.Hierarchy = func(c *rule.Check) {
		for _, s := range model.SortedSites(c.Topology.Sites) {
			tier, ok := s.TierOf().Get()
			if !ok {
				c.Undecide()
				continue
			}
			if !slices.Contains(card.perTier, tier) {
				continue
			}
			found := c.Topology.Index.RolesAt(s, card.role)
			if int64(len(found)) <= card.Most {
				c.OpenCount()
				continue
			}
			c.Violate(rule.Violation{
				On: found[card.Most], At: model.At("role"), Related: model.AsDeclared(found), Site: s,
				Fact:  fmt.Sprintf("%s has %d of the role %s", model.WithCode(tier, s), len(found), name),
				Found: fmt.Sprintf("%s. At most %d is supported.", model.Labels(found), card.Most),
			})
		}
	}
	return r
}

var otherCardinalities = []rule.Rule{
	{
		ID: "ROLE-CARD-SCP-MIN", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		CoveredBy: rule.InHierarchy("HIER-RMCAS-ROLES", "DEP-TENANT-ATTACH", "DEP-CMG-CHAIN", "REQ-SCP", "REQ-TENANT-ATTACH", "REQ-CMGCP"),
		Title:     "A hierarchy has a service connection point",
		Why: "Without it no updates of the product appear in the console, and cloud management gateways, tenant attach and other cloud features cannot " +
			"be set up.",
		Fix:     `Assign "service_connection_point" to a server of the top-level site. With a passive site server there, not to one of the two site servers.`,
		Sources: []product.Source{product.SiteSystemRoles.At("Service connection point"), product.ServiceConnectionPoint.Source()},
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			if len(x.ByRole[product.RoleServiceConnectionPoint]) > 0 {
				return
			}
			// A parent that is not listed may hold it.
			if x.Open || x.IsPartial() || len(c.Topology.Sites) == 0 {
				c.Undecide()
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("role_assignments"),
				Fact:  fmt.Sprintf("the hierarchy of %s has no service connection point", model.TopName(c.Topology)),
				Found: `no role assignment has role = "service_connection_point".`,
			})
		},
	},
	{
		ID: "ROLE-CARD-MP-PRI-MIN", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:     "A primary site with clients has a management point",
		Why:       "Clients are assigned to a primary site and managed through its management points; without one they cannot report.",
		Fix:       `Assign "management_point" to a server of the site.`,
		Sources:   []product.Source{product.SiteSystemRolesForClients.At("Management point")},
		CoveredBy: rule.AtSite("ROLE-SITE-*", "DEP-REMOVE-LAST-MP", "REQ-MP-ANY", "REQ-PRIMARY-CLIENTS"),
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if !c.Holds(s.Is(product.Primary)) || len(c.Topology.Index.RolesAt(s, product.RoleManagementPoint)) > 0 {
					continue
				}
				if c.Topology.Index.Open {
					c.Undecide()
					continue
				}
				clients, declared := s.ClientTotal().Get()
				switch {
				case s.ClientTotal().IsUnknown():
					c.Undecide()
				case !declared:
					c.Violate(rule.Violation{
						On: s, At: model.At("site_code"), Site: s,
						Fact:  fmt.Sprintf("%s has no management point", s.Label()),
						Found: "no role assignment puts a management point at the site, and the design does not say whether it has clients.",
						Fix:   `Assign "management_point" to a server of the site, or say with a clients block that it has none: clients { windows = 0 }.`,
					})
				case clients > 0:
					c.Violate(rule.Violation{
						On: s, At: model.At("clients"), Site: s, Severity: rule.SeverityError,
						Fact:  fmt.Sprintf("%s has clients and no management point", s.Label()),
						Found: fmt.Sprintf("%d clients are expected, and no role assignment puts a management point at the site.", clients),
					})
				}
			}
		},
	},
	{
		ID: "ROLE-CARD-MP-SEC", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:   "The only management point of a secondary site is on its site server",
		Why:     "Setup puts the one management point of a secondary site on its site server; it is not moved and not joined by another.",
		Fix:     "Remove the role from this server. The management point on the secondary site server need not be declared.",
		Sources: []product.Source{product.SizeAndScale.At("Management point"), product.SiteSystemRolesForClients.At("Management point"), product.HighAvailabilityOptions.At("Management point")},
		Roles:   []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			site := a.DeclaredSite()
			if !c.Holds(site.Is(product.Secondary)) || !c.Fails(model.EqualHost(site.Server, a.DeclaredServer().FQDN)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("role"),
				Fact:  fmt.Sprintf("%s is not on the site server of %s", a.Label(), site.Label()),
				Found: fmt.Sprintf("the server is %q, the site server %q.", a.DeclaredServer().FQDN, site.Server),
			})
		},
	},
	{
		ID: "ROLE-CARD-PROV-MIN", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:   "A central administration or primary site has an SMS Provider",
		Why:     "Without a provider no console and no script reaches the site; Setup installs the first and refuses to remove the last.",
		Fix:     "List at least one computer in sms_providers, or leave the attribute out for one on the site server.",
		Sources: []product.Source{product.SMSProvider.At("About"), product.ModifyInfrastructure.At("Manage the SMS provider")},
		Site: func(c *rule.Check, s *model.Site) {
			if s.Providers.IsNull() || !c.Fails(s.Is(product.Secondary)) {
				return
			}
			if list, ok := rule.Decided(c, s.Providers); ok && len(list) == 0 {
				c.Violate(rule.Violation{
					At:    model.At("sms_providers"),
					Fact:  fmt.Sprintf("%s has no SMS Provider", s.Label()),
					Found: "sms_providers is an empty list.",
				})
			}
		},
	},
	{
		ID: "ROLE-CARD-PROV-SERVER", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:   "A computer has at most one SMS Provider",
		Why:     "The provider is one installation per computer, for one site.",
		Fix:     "Put the provider of the other site on another computer, and list each computer once.",
		Sources: []product.Source{product.SMSProvider.At("Prerequisites"), product.SiteSystemRoles.At("SMS Provider")},
		// The providers of two sites on one computer are COLO-ONE-SITE-PER-SERVER.
		Site: func(c *rule.Check, s *model.Site) {
			list, ok := rule.Given(c, s.Providers)
			if !ok {
				return
			}
			seen := map[string]bool{}
			for i, entry := range list {
				host, ok := rule.Decided(c, model.Folded(entry, model.FoldHost))
				if ok && seen[host] {
					c.Violate(rule.Violation{
						At:    model.At("sms_providers").Index(i),
						Fact:  fmt.Sprintf("%s is listed twice as SMS Provider of %s", host, s.Label()),
						Found: fmt.Sprintf("sms_providers names %q more than once.", host),
					})
				}
				seen[host] = true
			}
		},
	},
	{
		ID: "ROLE-CARD-SSP", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:       "A site has at most one passive site server",
		Why:         "The product supports one site server in passive mode for each site.",
		Fix:         "Name one computer in passive_site_server.",
		Sources:     []product.Source{product.SiteServerHighAvailability.At("Limitations")},
		Enforcement: rule.Inexpressible,
		Note:        "passive_site_server of a configmgr_site holds one name.",
	},
	{
		ID: "ROLE-CARD-ROLE-SERVER", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeServer,
		Title:   "A server holds each role once",
		Why:     "The product keeps one entry for each role and server; a second assignment describes the same role.",
		Fix:     "Remove one of the two role assignments.",
		Sources: []product.Source{product.SiteSystemRoles.Source()},
		// A computer of two sites is the larger mistake.
		CoveredBy: rule.OnElement("COLO-ONE-SITE-PER-SERVER"),
		Hierarchy: func(c *rule.Check) {
			for _, host := range c.Topology.Index.SharedHosts() {
				first := map[string]*model.Assignment{}
				for _, a := range c.Topology.Index.RolesOn(host) {
					key, ok := a.Role.Get()
					if !ok {
						c.Undecide()
						continue
					}
					other := first[key]
					if other == nil {
						first[key] = a
						continue
					}
					c.Violate(rule.Violation{
						On: a, At: model.At("role"), Related: []model.Declared{other}, Site: a.DeclaredSite(),
						Fact:  fmt.Sprintf("%s is assigned twice", a.Label()),
						Found: fmt.Sprintf("%s and %s assign the same role to the same server.", other.Path(), a.Path()),
					})
				}
			}
			c.OpenCount()
		},
	},
	{
		ID: "ROLE-CARD-CRP-NDES", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair, Versions: "before 2403",
		Title:   "Each certificate registration point has an NDES server of its own",
		Why:     "The policy module on the NDES server is tied to one certificate registration point.",
		Fix:     "Name another NDES server in ndes_server of one of them.",
		Sources: []product.Source{product.SiteSystemRoles.At("Certificate registration point"), product.CertificateInfrastructure.Source()},
		CoveredBy: append(rule.InHierarchy("ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK", "ROLE-SITE-CRP"),
			rule.OnElement("ROLE-CARD-ROLE-SERVER")...),
		Hierarchy: func(c *rule.Check) {
			distinct(c, product.RoleCertificateRegistration, model.At("certificate_registration_point", "ndes_server"), "two certificate registration points share the NDES server %s",
				func(a *model.Assignment) model.Value[string] {
					server := model.BlockSetting(a.CertificateRegistration, func(crp *model.CertificateRegistration) model.Value[string] { return crp.NDESServer })
					return model.Folded(server, model.FoldHost)
				})
		},
	},
	{
		ID: "ROLE-CARD-CMGCP-MIN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:     "A cloud management gateway has a connection point",
		Why:       "The connection point is what links the gateway to the management points; without one the gateway forwards nothing.",
		Fix:       `Assign "cloud_management_gateway_connection_point" to a server of a primary site.`,
		Sources:   []product.Source{product.SiteSystemRolesForClients.At("Cloud management gateway connector point"), product.CMGPlan.Source()},
		CoveredBy: rule.InHierarchy("ROLE-SITE-CMGCP", "DEP-CMGCP-CMG", "REQ-CMGCP"),
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				name, ok := rule.Decided(c, g.Name)
				if !ok {
					return
				}
				if linked, certain := connectionPoints(c, name); len(linked) > 0 || !certain {
					return
				}
				c.Violate(rule.Violation{
					At:    at,
					Fact:  fmt.Sprintf("the cloud management gateway %s has no connection point", name),
					Found: fmt.Sprintf("no cloud management gateway connection point is linked to %q.", name),
				})
			})
		},
	},
	{
		ID: "ROLE-CARD-CMGCP-RATIO", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title:     "A cloud management gateway has a connection point for every four virtual machines",
		Why:       "Fewer connection points cannot keep all virtual machine instances of the gateway busy.",
		Fix:       `Assign "cloud_management_gateway_connection_point" to more servers, or lower vm_instances.`,
		Sources:   []product.Source{product.LimitInstancesPerCMGCP.Source, product.CMGPerformance.Source()},
		CoveredBy: rule.InHierarchy("ROLE-CARD-CMGCP-MIN", "ROLE-CARD-CMG-VM"),
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				name, okName := rule.Decided(c, g.Name)
				instances, okInstances := rule.Decided(c, g.VMInstances)
				if !okName || !okInstances {
					return
				}
				linked, certain := connectionPoints(c, name)
				needed := (instances + product.LimitInstancesPerCMGCP.Value - 1) / product.LimitInstancesPerCMGCP.Value
				if int64(len(linked)) >= needed || !certain {
					return
				}
				c.Violate(rule.Violation{
					At: at.Attr("vm_instances"), Related: model.AsDeclared(linked),
					Fact:  fmt.Sprintf("the cloud management gateway %s has too few connection points", name),
					Found: fmt.Sprintf("%d virtual machine instances and %d connection point(s); %d are recommended.", instances, len(linked), needed),
				})
			})
		},
	},
	{
		ID: "ROLE-CARD-CMG-VM", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title:   "A cloud management gateway has 1 to 16 virtual machine instances",
		Why:     "The wizard and the cmdlet accept no other number.",
		Fix:     "Set vm_instances to a number from 1 to 16; more capacity needs another gateway.",
		Sources: []product.Source{product.RangeGatewayInstances.Source, product.CmdletParameters.At("New-CMCloudManagementGateway")},
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				n, ok := rule.Decided(c, g.VMInstances)
				if !ok || product.RangeGatewayInstances.Holds(n) {
					return
				}
				c.Violate(rule.Violation{
					At:    at.Attr("vm_instances"),
					Fact:  fmt.Sprintf("the cloud management gateway %s cannot have %d instances", g.Name, n),
					Found: fmt.Sprintf("vm_instances = %d; %d to %d are possible.", n, product.RangeGatewayInstances.Min, product.RangeGatewayInstances.Max),
				})
			})
		},
	},
	{
		ID: "ROLE-CARD-EXC-ORG", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title:     "An Exchange organization has one Exchange Server connector",
		Why:       "Two connectors would manage the same devices against each other.",
		Fix:       "Keep one connector for the organization.",
		Sources:   []product.Source{product.ExchangeConnector.Source()},
		CoveredBy: append(rule.InHierarchy("ROLE-SITE-EXC"), rule.OnElement("ROLE-CARD-ROLE-SERVER")...),
		Hierarchy: func(c *rule.Check) {
			distinct(c, product.RoleExchangeConnector, model.At("exchange_server_connector", "organization"), "two Exchange Server connectors serve the organization %s",
				func(a *model.Assignment) model.Value[string] {
					organization := model.BlockSetting(a.ExchangeConnector, func(e *model.ExchangeConnector) model.Value[string] { return e.Organization })
					return model.Folded(organization, strings.ToLower)
				})
		},
	},
}

// distinct reports the assignments of a role that name what an earlier one names.
func distinct(c *rule.Check, role string, at model.Path, fact string, named func(*model.Assignment) model.Value[string]) {
	first := map[string]*model.Assignment{}
	for _, a := range c.Topology.Index.ByRole[role] {
		name, ok := rule.Decided(c, named(a))
		if !ok {
			continue
		}
		other := first[name]
		if other == nil {
			first[name] = a
			continue
		}
		c.Violate(rule.Violation{
			On: a, At: at, Related: []model.Declared{other}, Site: a.DeclaredSite(),
			Fact:  fmt.Sprintf(fact, name),
			Found: fmt.Sprintf("%s and %s both name %q.", other.Label(), a.Label(), name),
		})
	}
}

// connectionPoints returns the connection points of a gateway, and whether there
// cannot be more: one that names no gateway yet, or is not known yet, may be linked
// to it.
func connectionPoints(c *rule.Check, gateway string) (linked []*model.Assignment, certain bool) {
	certain = !c.Topology.Index.Open
	for _, a := range c.Topology.Index.ByRole[product.RoleGatewayConnection] {
		settings, ok := a.GatewayConnection.Get()
		if !ok {
			certain = false
			continue
		}
		name, ok := settings.CloudManagementGateway.Get()
		switch {
		case !ok:
			certain = false
		case model.HostLabel(name) == model.HostLabel(gateway): // either may be written with its domain
			linked = append(linked, a)
		}
	}
	if !certain {
		c.Undecide()
	}
	return linked, certain
}
