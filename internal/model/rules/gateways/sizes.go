package gateways

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The sizes of virtual machines that each version deploys.

var sizeRules = []rule.Rule{
	{
		ID: "CMG-SIZE-VERSION", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title: "A cloud management gateway has a size of virtual machines that the version deploys",
		Why: "Version 2609 deploys Standard_D2ads_v6, D4ads_v6 and D8ads_v6 in the place of B2s, A2_v2 and A4_v2, and replaces the machines of existing " +
			"gateways when the site is updated. No version before it knows the new sizes.",
		Fix:     "Set vm_size to a size of the version of the site.",
		Sources: []product.Source{product.WhatsNew2609.At("New cloud management gateway virtual machine sizes"), product.SizeAndScale.At("Cloud management gateway")},
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				size, ok := rule.Decided(c, g.VMSize)
				if !ok {
					return
				}
				site, ok := c.GatewaySite(g)
				if !ok {
					return
				}
				if v, ok := c.VersionOf(site); ok {
					gatewaySize(c, at, g, site, size, v)
				}
			})
		},
	},
}

func gatewaySize(c *rule.Check, at model.Path, g *model.Gateway, site *model.Site, size string, v product.Version) {
	offered, known := product.GatewaySizeOffered(v, size)
	if !known {
		c.Undecide()
		return
	}
	if offered {
		return
	}
	finding := rule.Violation{
		At: at.Attr("vm_size"), Site: site,
		Fact:  fmt.Sprintf("%s has virtual machines of a size that version %s does not know", rule.GatewayLabel(at, g), v),
		Found: fmt.Sprintf("%s = %q at version %s.", at.Attr("vm_size"), size, v),
	}
	if instead, ok := product.GatewaySizeAt(v, size); ok {
		if instead == model.SizeB2s && c.Options.Environment != rule.Lab {
			instead = model.SizeA2v2 // the smaller one is for a lab
		}
		finding.Fix = fmt.Sprintf("Set vm_size = %q, the size that version %s has in its place.", instead, v)
	} else {
		finding.Fix = "Leave vm_size out: the version has one size only."
	}
	if until := product.GatewaySizeUntil(size); until != 0 && v >= until {
		// The update has replaced the machines, so that only the design is out of date.
		finding.Severity = rule.SeverityWarning
		finding.Fact = fmt.Sprintf("%s has virtual machines of a size that version %s replaces", rule.GatewayLabel(at, g), until)
	}
	c.Violate(finding)
}
