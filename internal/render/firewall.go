package render

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// FirewallRule lets one kind of peer reach one port, or range of ports, of a computer.
type FirewallRule struct {
	ID          string // destination/protocol/ports/source, unique
	SiteCode    string // of the destination; several with a semicolon between them
	Destination string // FQDN
	Protocol    string // tcp or udp
	Ports       string // 443, or 49152-65535
	// Source is who connects: the key of a role, client, console or other_site.
	Source string
	// SourceServers are the computers that connect, sorted. Empty where the hierarchy does
	// not list them, as with clients.
	SourceServers []string
	Purpose       string
}

// FirewallRules returns the connections that the computers of a hierarchy take, sorted by
// destination. A rule for computers of the hierarchy is left out where there are none but
// the destination itself.
func FirewallRules(h *model.Hierarchy) ([]FirewallRule, error) {
	d, err := newDesign(h)
	if err != nil {
		return nil, err
	}
	rules := map[string]*FirewallRule{}
	purposes := map[string][]string{}
	servers := install.ForHierarchy(h).Servers
	known := newPeers(d, servers)
	for _, server := range servers {
		for _, port := range server.Ports {
			sources, listed := known.of(port.Peer, server)
			if listed && len(sources) == 0 {
				continue
			}
			id := strings.Join([]string{server.FQDN, port.Protocol, port.Range(), port.Peer}, "/")
			if rules[id] == nil {
				rules[id] = &FirewallRule{
					ID: id, SiteCode: strings.Join(server.SiteCodes, ";"), Destination: server.FQDN,
					Protocol: port.Protocol, Ports: port.Range(), Source: port.Peer, SourceServers: sources,
				}
			}
			if !slices.Contains(purposes[id], port.Purpose) {
				purposes[id] = append(purposes[id], port.Purpose)
			}
		}
	}
	list := make([]FirewallRule, 0, len(rules))
	for _, id := range slices.Sorted(maps.Keys(rules)) {
		rules[id].Purpose = strings.Join(purposes[id], "; ")
		list = append(list, *rules[id])
	}
	slices.SortFunc(list, func(a, b FirewallRule) int {
		return cmp.Or(
			cmp.Compare(a.Destination, b.Destination), cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(firstPort(a), firstPort(b)), cmp.Compare(a.ID, b.ID),
		)
	})
	return list, nil
}

func firstPort(r FirewallRule) int {
	first, _, _ := strings.Cut(r.Ports, "-")
	n, _ := strconv.Atoi(first) // what Port.Range writes is a number
	return n
}

// siteServers and setByProduct are the keys of roles that a site has, not an assignment.
var (
	siteServers  = []string{"site_server", "site_server_passive"}
	setByProduct = append([]string{"sms_provider", "site_database_server"}, siteServers...)
)

// peers finds out which computers a peer stands for.
type peers struct {
	servers []install.Server
	// near are the codes of the parent and the children of each site.
	near map[string][]string
	// pulls are the computers that copy content from a computer.
	pulls map[string][]string
	// external are the site servers of parents that the hierarchy does not list.
	external map[string]string
}

func newPeers(d *design, servers []install.Server) *peers {
	p := &peers{servers: servers, near: map[string][]string{}, pulls: map[string][]string{}, external: map[string]string{}}
	for _, s := range d.sites {
		if s.parent != "" {
			p.near[s.code] = append(p.near[s.code], s.parent)
			p.near[s.parent] = append(p.near[s.parent], s.code)
		}
		for _, on := range s.hosts {
			for _, source := range on.sources() {
				p.pulls[source] = append(p.pulls[source], on.fqdn)
			}
		}
	}
	for code, parent := range d.external {
		if server, ok := parent.Server.Get(); ok {
			p.external[code] = foldHost(server)
		}
	}
	return p
}

// of returns the computers that connect to a server, and whether the hierarchy lists such
// peers at all.
func (p *peers) of(peer string, server install.Server) ([]string, bool) {
	var found []string
	switch _, isRole := product.RoleByKey(peer); {
	case peer == "pull_distribution_point":
		found = p.pulls[server.FQDN]
	case peer == "other_site":
		for _, code := range server.SiteCodes {
			for _, near := range p.near[code] {
				found = append(found, p.at([]string{near}, append([]string{"site_database_server"}, siteServers...)...)...)
				if external, ok := p.external[near]; ok {
					found = append(found, external)
				}
			}
		}
	case peer == "site_server":
		found = p.at(server.SiteCodes, siteServers...)
	case peer == "site_system":
		for _, other := range p.servers {
			if shares(other.SiteCodes, server.SiteCodes) && slices.ContainsFunc(other.Roles, func(role string) bool { return !slices.Contains(setByProduct, role) }) {
				found = append(found, other.FQDN)
			}
		}
	case isRole:
		found = p.at(server.SiteCodes, peer)
	default:
		return nil, false
	}
	found = slices.DeleteFunc(slices.Clone(found), func(fqdn string) bool { return fqdn == server.FQDN })
	slices.Sort(found)
	return slices.Compact(found), true
}

// at returns the computers of sites that have one of the roles.
func (p *peers) at(codes []string, roles ...string) []string {
	var found []string
	for _, s := range p.servers {
		if shares(s.SiteCodes, codes) && shares(s.Roles, roles) {
			found = append(found, s.FQDN)
		}
	}
	return found
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
