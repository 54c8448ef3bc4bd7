package rule

import (
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// OpenCount leaves a count undecided while elements are not known that may add to it.
func (c *Check) OpenCount() {
	if c.Topology.Index.Open {
		c.Undecide()
	}
}

// EachGateway visits the known cloud management gateways in the order of their keys.
func (c *Check) EachGateway(visit func(at model.Path, g *model.Gateway)) {
	gateways, ok := c.Topology.Hierarchy.Gateways.Get()
	if !ok {
		if c.Topology.Hierarchy.Gateways.IsUnknown() {
			c.Undecide()
		}
		return
	}
	for _, key := range slices.Sorted(maps.Keys(gateways)) {
		if g, ok := Decided(c, gateways[key]); ok {
			visit(model.At("cloud_management_gateways").Key(key), g)
		}
	}
}

// UndecideIf records that the rule cannot be decided when a condition holds.
func (c *Check) UndecideIf(open bool) {
	if open {
		c.Undecide()
	}
}

// GatewaySite returns the site that owns a gateway: the one it names, else the
// top-level site. It records when the hierarchy does not tell.
func (c *Check) GatewaySite(g *model.Gateway) (*model.Site, bool) {
	code := model.Folded(g.SiteCode, model.FoldCode)
	if code.IsNull() {
		code = c.Topology.TopLevelSiteCode()
	}
	name, ok := Decided(c, code)
	if !ok {
		return nil, false
	}
	site := c.Topology.Index.Sites[name]
	if site == nil {
		c.Undecide()
	}
	return site, site != nil
}

// GatewayLabel names a gateway by its service name, or by its key.
func GatewayLabel(at model.Path, g *model.Gateway) string {
	if name, ok := g.Name.Get(); ok {
		return "the cloud management gateway " + name
	}
	return "the gateway " + at.String()
}

// System returns the operating system of a server, and records when it is not known.
func (c *Check) System(s *model.Server) *product.OperatingSystem {
	os := s.System()
	if os == nil {
		c.Undecide()
	}
	return os
}

// EachEquipped visits the assignments of a role whose server is listed with its
// inventory, and makes the server the computer that findings are about.
func (c *Check) EachEquipped(role string, visit func(*model.Assignment, *model.Server, *model.Inventory)) {
	for _, a := range c.Topology.Index.ByRole[role] {
		if s, inventory, ok := c.Equipped(a); ok {
			visit(a, s, inventory)
		}
	}
	c.Host = ""
	c.OpenCount()
}

// Equipped returns the server of an assignment and what is installed on it, where both are
// known, and makes it the computer that findings are about.
func (c *Check) Equipped(a *model.Assignment) (*model.Server, *model.Inventory, bool) {
	s := c.Topology.Index.ServerOf(a)
	if s == nil {
		return nil, nil, false // the index is open
	}
	inventory, ok := Decided(c, s.Inventory)
	if ok {
		c.Host, _ = a.Host().Get()
	}
	return s, inventory, ok
}

// SiteOf returns the site of a server, or an empty one that leaves every rule about
// it undecided.
func SiteOf(s *model.Server) *model.Site {
	if site, ok := s.Site.Get(); ok {
		return site
	}
	return model.UndecidedSite
}

// Missing reports whether an account that a setting demands is not given, and records
// when it is not known yet.
func (c *Check) Missing(account model.Value[string]) bool {
	if account.IsUnknown() {
		c.Undecide()
		return false
	}
	name, _ := account.Get()
	return strings.TrimSpace(name) == ""
}

// NewestServer returns the newest Windows Server that the version of a site supports, as
// operating_system names it; of the default version while that of the site is not known.
func (c *Check) NewestServer(s *model.Site) string {
	v, ok := s.EffectiveVersion(c.Options.SiteVersion()).Get()
	if !ok {
		v = c.Options.SiteVersion()
	}
	return product.NewestServer(v).Key
}
