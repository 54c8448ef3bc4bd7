package references

import (
	"fmt"
	"maps"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Places that must name different things. Pairs that a rule of another chapter compares,
// because it has more to say about them, stand in that chapter: a pull source and the
// server that pulls, an NDES server and the certificate registration point, a listener
// and the replicas behind it, the passive site servers of two sites.

// pair is two attributes of a site that must name different computers. Where both are the
// same list, its entries are compared with each other.
type pair struct {
	first, second string
	why           string // the end of a sentence that begins with what the first is
}

var differentComputers = []pair{
	{"site_server", "passive_site_server", "the active site server cannot stand in for itself"},
	{"database.server", "database.failover_cluster.nodes", "the site knows the cluster by its network name, which is not that of a node"},
	{"database.availability_group.replicas", "database.availability_group.replicas", "each replica is on a computer of its own"},
	{"database.failover_cluster.nodes", "database.failover_cluster.nodes", "each node is a computer of its own"},
}

var differenceRules = []rule.Rule{
	{
		ID: "REF-DISTINCT", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "Places that stand for different computers or sites name different ones",
		Why: "A passive site server, a replica and a cluster node are there to go on when another computer fails, and a file replication route leads from " +
			"one site to another. Naming the same one twice leaves nothing to go on with.",
		Fix:     `Name another computer, such as passive_site_server = "ps102.contoso.com".`,
		Sources: []product.Source{product.SiteServerHighAvailability.At("Prerequisites"), product.AvailabilityGroup.At("Replica members"), product.SQLServerCluster.At("Prerequisites")},
		// Where the site may have none of these at all, that is the better word.
		CoveredBy: rule.OnElement("ROLE-SITE-SSP", "AG-SITETYPE", "FCI-SITETYPE", "AG-NO-FCI", "FCI-REMOTE"),
		Site:      distinctComputers,
		Hierarchy: func(c *rule.Check) {
			eachRoute(c, func(at model.Path, from, to, typed string) {
				if from == to {
					c.Violate(rule.Violation{
						At: at, Site: c.Topology.Index.Sites[from],
						Fact:  fmt.Sprintf("a file replication route leads from site %s to itself", from),
						Found: fmt.Sprintf("source_site_code and destination_site_code of %s are both %q.", at, typed),
						Fix:   "Name the receiving site in destination_site_code, or remove the route.",
					})
				}
			})
		},
	},
	{
		ID: "REF-PROMOTION", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "The site server of an installed site moves to its passive site server only, which swaps the two",
		Why: "Promoting the passive site server makes it the active one, and the former active one the passive one. No other computer can become the " +
			"site server of a site that exists.",
		Fix:       "Swap the two names: site_server takes the name of the passive site server, and passive_site_server that of the former site server.",
		Sources:   []product.Source{product.SiteServerHighAvailability.Source(), product.SiteSystemPrerequisites.At("General requirements and limitations")},
		CoveredBy: rule.OnElement("REF-DISTINCT", "ROLE-SITE-SSP", "SRV-RENAME-IMMUTABLE"),
		Site:      promotion,
	},
	{
		ID: "REF-ONE-KEY", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeHierarchy,
		Title:   "One thing stands under one key",
		Why:     "A server, a gateway or a route that is listed under two keys is counted and installed twice, and a change of one entry leaves the other as it was.",
		Fix:     "Remove one of the two keys.",
		Sources: []product.Source{product.HierarchyDesign.Source()},
		// A role that is assigned twice is ROLE-CARD-ROLE-SERVER, a site that is listed twice SITE-CODE-UNIQUE-HIER.
		Hierarchy: oneKey,
	},
}

// distinctComputers compares the pairs of a site.
func distinctComputers(c *rule.Check, s *model.Site) {
	mentions := map[string][]model.Mention{}
	for _, m := range c.Mentions() {
		mentions[m.Attribute] = append(mentions[m.Attribute], m)
	}
	for _, p := range differentComputers {
		for i, second := range mentions[p.second] {
			for j, first := range mentions[p.first] {
				if p.first == p.second && j >= i || !c.Holds(model.EqualHost(first.Value, second.Value)) {
					continue
				}
				v := rule.Violation{
					At:    second.At,
					Fact:  fmt.Sprintf("%s and %s of %s name the same computer", first.At, second.At, s.Label()),
					Found: fmt.Sprintf("%s = %q and %s = %q; %s.", first.At, first.Value, second.At, second.Value, p.why),
					Fix:   fmt.Sprintf("Name another computer in %s.", second.At),
				}
				if p.second == "passive_site_server" {
					v.Fix = passiveFix(c, s)
				}
				c.Violate(v)
				break
			}
		}
	}
}

// passiveFix says what to type where the passive site server is the site server: after a
// promotion the former site server.
func passiveFix(c *rule.Check, s *model.Site) string {
	active, _ := s.Server.Get()
	if prior := c.Topology.PriorSite(s); prior != nil {
		if former, ok := prior.Server.Get(); ok && model.KnownTrue(prior.IsPassiveServer(s.Server)) {
			return fmt.Sprintf("A promotion swaps the two: site_server = %q and passive_site_server = %q.", active, former)
		}
	}
	return fmt.Sprintf("Name another computer, such as passive_site_server = %q, or remove passive_site_server.", c.Topology.FreeHost(active))
}

// promotion compares the site servers of an installed site with its prior state.
func promotion(c *rule.Check, s *model.Site) {
	prior := c.Topology.PriorSite(s)
	if prior == nil || !model.Installed(prior.Installed) || !prior.PassiveServer.IsKnown() || s.PassiveServer.IsNull() {
		return
	}
	switch moved, ok := model.Not(model.EqualHost(prior.Server, s.Server)).Get(); {
	case !ok:
		c.Undecide()
		return
	case !moved:
		return
	}
	v := rule.Violation{
		At:    model.At("site_server"),
		Fact:  fmt.Sprintf("the site server of %s moves to a computer that is not its passive site server", s.Label()),
		Found: fmt.Sprintf("site_server changes from %q to %q; passive_site_server was %q.", prior.Server, s.Server, prior.PassiveServer),
		Fix: fmt.Sprintf("To promote, swap the two: site_server = %q and passive_site_server = %q. For another computer, first make it the passive site "+
			"server and apply.", prior.PassiveServer, prior.Server),
	}
	switch promoted, ok := prior.IsPassiveServer(s.Server).Get(); {
	case !ok:
		c.Undecide()
		return
	case promoted:
		if !c.Fails(model.EqualHost(prior.Server, s.PassiveServer)) {
			return
		}
		v.At, v.Severity = model.At("passive_site_server"), rule.SeverityWarning
		v.Fact = fmt.Sprintf("the promotion at %s leaves another passive site server than the former site server", s.Label())
		v.Found = fmt.Sprintf("site_server changes from %q to %q, and passive_site_server to %q.", prior.Server, s.Server, s.PassiveServer)
		v.Fix = fmt.Sprintf("Set passive_site_server = %q and apply. Then remove it, apply, and add the other computer.", prior.Server)
	}
	c.Violate(v)
}

// eachRoute visits the file replication routes whose ends are known.
func eachRoute(c *rule.Check, visit func(at model.Path, from, to, typed string)) {
	routes, _ := c.Topology.Hierarchy.FileRoutes.Get()
	c.UndecideIf(c.Topology.Hierarchy.FileRoutes.IsUnknown()) // null: none
	for _, key := range slices.Sorted(maps.Keys(routes)) {
		route, ok := rule.Decided(c, routes[key])
		if !ok {
			continue
		}
		from, okFrom := rule.Decided(c, route.Source)
		to, okTo := rule.Decided(c, route.Destination)
		if okFrom && okTo {
			visit(model.At("file_replication_routes").Key(key), model.FoldCode(from), model.FoldCode(to), to)
		}
	}
}

// oneKey looks for servers, gateways and routes that are listed twice.
func oneKey(c *rule.Check) {
	twice := func(on model.Declared, at model.Path, what string, first model.Path) {
		c.Violate(rule.Violation{
			On: on, At: at,
			Fact:  fmt.Sprintf("%s is listed twice", what),
			Found: fmt.Sprintf("%s and %s are the same.", first, at),
			Fix:   fmt.Sprintf("Remove one of the two keys, for example %s.", at),
		})
	}
	seen := map[[2]string]*model.Server{}
	for _, s := range c.Topology.Servers {
		if s.Path().Root() != "site_system_servers" {
			break // it comes with a role assignment, as all behind it
		}
		host, okHost := rule.Decided(c, s.Host())
		code, okCode := rule.Decided(c, rule.SiteOf(s).NormalizedCode())
		if !okHost || !okCode {
			continue
		}
		key := [2]string{code, host}
		if first := seen[key]; first != nil {
			c.Violate(rule.Violation{
				On: s, At: model.At("fqdn"), Site: rule.SiteOf(s), Related: []model.Declared{first},
				Fact:  fmt.Sprintf("%s of site %s is listed twice", s.Label(), code),
				Found: fmt.Sprintf("%s and %s are the same server.", first.Path(), s.Path()),
				Fix:   fmt.Sprintf("Remove one of the two keys from site_system_servers, for example %s.", s.Path()),
			})
			continue
		}
		seen[key] = s
	}
	gateways := map[string]model.Path{}
	c.EachGateway(func(at model.Path, g *model.Gateway) {
		name, ok := rule.Decided(c, g.Name)
		if !ok {
			return
		}
		label := model.HostLabel(name)
		if first, ok := gateways[label]; ok {
			twice(nil, at, fmt.Sprintf("the cloud management gateway %q", name), first)
			return
		}
		gateways[label] = at
	})
	routes := map[[2]string]model.Path{}
	eachRoute(c, func(at model.Path, from, to, _ string) {
		if first, ok := routes[[2]string{from, to}]; ok {
			twice(nil, at, fmt.Sprintf("the file replication route from %s to %s", from, to), first)
			return
		}
		routes[[2]string{from, to}] = at
	})
	c.OpenCount()
}
