package colocation

import (
	"fmt"
	"maps"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What a distribution point may share a computer with, and which of its settings
// exclude each other.

var sharedDistributionRules = []rule.Rule{
	notOnSiteServer(rule.Rule{
		ID: "COLO-DP-NOT-ON-RCL", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer, Versions: "from 1806",
		Title: "A site server whose content library is remote has no distribution point",
		Why: "A distribution point keeps its content in the library of its own computer. The product does not move the library off a site server that " +
			"holds the role, nor install the role there once the library is elsewhere.",
		Fix: `Assign "distribution_point" to another server, such as one with fqdn = "dp01.contoso.com". Or leave content_library_path out and keep the ` +
			`library on the site server.`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Content library"), product.RemoteContentLibrary.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-DP"),
	}, product.RoleDistributionPoint, anySiteServer,
		func(a *model.Assignment) model.Value[bool] {
			return model.IsDeclared(a.DeclaredSite().ContentLibraryPath)
		},
		func(a *model.Assignment) rule.Violation {
			return rule.Violation{
				At:    model.At("server"),
				Fact:  fmt.Sprintf("%s is on a site server of %s, whose content library is remote", a.Label(), a.DeclaredSite().Label()),
				Found: fmt.Sprintf("the role is on %q, and content_library_path = %q.", a.Host(), a.DeclaredSite().ContentLibraryPath),
			}
		}),
	notOnSiteServer(rule.Rule{
		ID: "COLO-PULLDP-NOT-SITESERVER", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title:     "A distribution point on a site server is not a pull-distribution point",
		Why:       "The content of the site begins its way on the site server. The product refuses to make a distribution point there pull it from another one.",
		Fix:       `Remove pull_sources from the distribution point on the site server, or assign the pull-distribution point to another server.`,
		Sources:   []product.Source{product.PullDistributionPoint.At("Limitations")},
		CoveredBy: rule.OnElement("ROLE-SITE-DP", "COLO-DP-NOT-ON-RCL"),
	}, product.RoleDistributionPoint, anySiteServer, model.IsPullDistributionPoint,
		func(a *model.Assignment) rule.Violation {
			return rule.Violation{
				At:    model.At("distribution_point", "pull_sources"),
				Fact:  fmt.Sprintf("%s is on a site server and pulls its content", a.Label()),
				Found: fmt.Sprintf("pull_sources is declared, and %q is a site server of %s.", a.Host(), a.DeclaredSite().Label()),
			}
		}),
	notOnSiteServer(rule.Rule{
		ID: "COLO-DP-INSTALL-ACCOUNT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title:     "A distribution point on the site server is installed with the computer account of the site server",
		Why:       "The site server installs this one on itself, and another account is not supported for it.",
		Fix:       "Remove installation_account from the site system server of the site server.",
		Sources:   []product.Source{product.RoleOptions.At("Distribution point")},
		CoveredBy: rule.OnElement("ROLE-SITE-DP", "COLO-DP-NOT-ON-RCL"),
	}, product.RoleDistributionPoint, activeSiteServer,
		func(a *model.Assignment) model.Value[bool] {
			account, ok := a.DeclaredServer().InstallationAccount.Get()
			if !ok {
				return model.Unknown[bool]()
			}
			return model.Known(account != "")
		},
		func(a *model.Assignment) rule.Violation {
			return rule.Violation{
				At:    model.At("server", "installation_account"),
				Fact:  fmt.Sprintf("%s would be installed with another account than that of the site server", a.Label()),
				Found: fmt.Sprintf("installation_account = %q on %q, the site server of %s.", a.DeclaredServer().InstallationAccount, a.Host(), a.DeclaredSite().Label()),
			}
		}),
	{
		ID: "COLO-PXE-RESPONDER-VERSION", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "before 1806",
		Title:     "The PXE responder needs version 1806 or later",
		Why:       "Before version 1806 a distribution point answers PXE requests through Windows Deployment Services only.",
		Fix:       `Set pxe = "windows_deployment_services", or update the site first.`,
		Sources:   []product.Source{versionPXEResponder.Source},
		CoveredBy: rule.OnElement("ROLE-SITE-DP"),
		Roles:     []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			dp, ok := rule.Decided(c, a.DistributionPoint)
			if !ok {
				return
			}
			pxe, ok := rule.Decided(c, dp.PXE)
			if !ok || pxe != model.PXEResponder {
				return
			}
			if v, ok := c.VersionOf(a.DeclaredSite()); ok && v < versionPXEResponder.Version {
				c.Violate(rule.Violation{
					At:    model.At("distribution_point", "pxe"),
					Fact:  fmt.Sprintf("%s cannot use the PXE responder at version %s", a.Label(), v),
					Found: fmt.Sprintf("pxe = %q, and %s runs version %s.", pxe, a.DeclaredSite().Label(), v),
				})
			}
		},
	},
	{
		ID: "COLO-MULTICAST-VS-RESPONDER", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title:     "A distribution point with multicast does not use the PXE responder",
		Why:       "Multicast works through Windows Deployment Services, and the PXE responder takes their place. The product refuses the two settings together.",
		Fix:       `Set pxe = "windows_deployment_services", or remove the multicast block.`,
		Sources:   []product.Source{product.DistributionPoints.At("PXE"), product.DistributionPoints.At("Multicast"), product.ConfigMgrCBDsc.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-DP", "COLO-PXE-RESPONDER-VERSION", "SRV-CORE-CLIENTOS-PXE"),
		Roles:     []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			dp, ok := rule.Decided(c, a.DistributionPoint)
			if !ok {
				return
			}
			pxe, ok := rule.Decided(c, dp.PXE)
			if !ok || pxe != model.PXEResponder {
				return
			}
			if _, ok := rule.Decided(c, dp.Multicast); ok {
				c.Violate(rule.Violation{
					At:    model.At("distribution_point", "multicast"),
					Fact:  fmt.Sprintf("%s has multicast and the PXE responder", a.Label()),
					Found: fmt.Sprintf("pxe = %q beside a multicast block.", pxe),
				})
			}
		},
	},
	{
		ID: "COLO-PXE-DHCP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "Beside a DHCP server, PXE leaves the DHCP port alone",
		Why: "The DHCP server and the PXE service of one computer both want UDP port 67. PXE has to leave it to DHCP, and DHCP option 60 has to point " +
			"the clients to PXE on the same computer.",
		Fix: `Set listen_on_dhcp_port = false: "Do not listen on DHCP ports" in Windows Deployment Services, or the registry value DoNotListenOnDhcpPort ` +
			`= 1 for the PXE responder. Set option 60 in DHCP as well.`,
		Sources:   []product.Source{product.DistributionPoints.At("PXE"), product.OSDeploymentInfrastructure.Source(), versionResponderBesideDHCP.Source},
		CoveredBy: rule.OnElement("ROLE-SITE-DP", "COLO-PXE-RESPONDER-VERSION"),
		Roles:     []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			dp, ok := rule.Decided(c, a.DistributionPoint)
			if !ok || !c.Holds(a.DeclaredServer().DHCPServer) {
				return
			}
			pxe, ok := rule.Decided(c, dp.PXE)
			if !ok {
				return
			}
			listens, declared := dp.ListenOnDHCPPort.Get()
			switch {
			case dp.ListenOnDHCPPort.IsUnknown():
				c.Undecide()
			case !declared || listens:
				v := rule.Violation{
					At:    model.At("distribution_point", "listen_on_dhcp_port"),
					Fact:  fmt.Sprintf("%s listens on the port of the DHCP server beside it", a.Label()),
					Found: fmt.Sprintf("pxe = %q and listen_on_dhcp_port = true on a server with dhcp_server = true.", pxe),
				}
				if !declared {
					v.Found = fmt.Sprintf("pxe = %q on a server with dhcp_server = true, and listen_on_dhcp_port is not declared: PXE listens unless told otherwise.", pxe)
				}
				c.Violate(v)
			case pxe == model.PXEResponder:
				if v, ok := c.VersionOf(a.DeclaredSite()); ok && v < versionResponderBesideDHCP.Version {
					c.Violate(rule.Violation{
						At:    model.At("distribution_point", "pxe"),
						Fact:  fmt.Sprintf("%s cannot use the PXE responder beside a DHCP server at version %s", a.Label(), v),
						Found: fmt.Sprintf("pxe = %q on a server with dhcp_server = true; the responder leaves the DHCP port alone from version %s.", pxe, versionResponderBesideDHCP.Version),
						Fix:   `Set pxe = "windows_deployment_services", move DHCP to another computer, or update the site.`,
					})
				}
			}
		},
	},
	{
		ID: "COLO-MCC-DPONLY", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "A distribution point with Connected Cache is the only role of a Windows Server",
		Why: "Connected Cache takes over the default web site on port 80 of a Windows Server with .NET Framework 4.7.2 or later and internet access. The " +
			"computer must not hold another site system role.",
		Fix:       "Move the other roles to another server, or set connected_cache = false.",
		Sources:   []product.Source{product.ConnectedCache.At("Distribution point"), product.ConnectedCache.At("Network access requirements")},
		CoveredBy: append(rule.OnElement("ROLE-SITE-DP"), rule.OnHost("SRV-OS-LIST", "SRV-CLIENTOS-DP-ONLY")...),
		Roles:     []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			dp, ok := rule.Decided(c, a.DistributionPoint)
			if !ok || !c.Holds(dp.ConnectedCache) {
				return
			}
			os := a.DeclaredServer().System()
			switch {
			case os == nil:
				c.Undecide()
			case os.Client:
				c.Violate(rule.Violation{
					At:    model.At("server", "operating_system"),
					Fact:  fmt.Sprintf("%s has Connected Cache on a Windows client", a.Label()),
					Found: fmt.Sprintf("connected_cache = true on %s; a Windows Server is needed.", os.Name),
					Fix:   fmt.Sprintf("Use a Windows Server, such as operating_system = %q, or set connected_cache = false.", c.NewestServer(a.DeclaredSite())),
				})
			}
		},
		MemberRoles: []string{product.RoleDistributionPoint},
		Member: func(c *rule.Check, a *model.Assignment) {
			dp, ok := rule.Decided(c, a.DistributionPoint)
			if !ok || !c.Holds(dp.ConnectedCache) {
				return
			}
			others := besides(c, a)
			if len(others) == 0 {
				c.OpenCount()
				return
			}
			c.Violate(rule.Violation{
				On: a, At: model.At("distribution_point", "connected_cache"), Site: a.DeclaredSite(), Related: model.AsDeclared(others),
				Fact:  fmt.Sprintf("%s has Connected Cache beside other roles", a.Label()),
				Found: fmt.Sprintf("connected_cache = true; the server also holds: %s.", roleList(others)),
			})
		},
	},
	{
		ID: "COLO-DP-REASSIGN", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title: "A distribution point stays at its site, or moves as the console can move it",
		Why: "From version 1802 the console reassigns a distribution point to a primary site, as long as its server holds no other role. Every other " +
			"move means to remove the role and add it again, with all its content; a cloud management gateway is never reassigned.",
		Fix: "Keep the distribution point at its site, or move it to a primary site. If it is to move elsewhere: remove it from the old site, apply, and " +
			"add it to the new one; its content has to be distributed again.",
		Sources:   []product.Source{product.VersionReassign.Source},
		CoveredBy: rule.OnElement("ROLE-SITE-DP"),
		Roles:     []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			prior := c.Topology.PriorAssignment(a)
			if prior == nil || !model.Installed(prior.Installed) || model.First(prior.Role.Get()) != product.RoleDistributionPoint {
				return
			}
			before, okBefore := rule.Decided(c, prior.DeclaredSite().NormalizedCode())
			after, okAfter := rule.Decided(c, a.DeclaredSite().NormalizedCode())
			if !okBefore || !okAfter || before == after || !c.Holds(model.EqualHost(prior.DeclaredServer().FQDN, a.DeclaredServer().FQDN)) {
				return
			}
			if !c.Fails(model.Reassigned(a, prior, c.Options.SiteVersion())) {
				return // the hierarchy knows whether another role stands in the way
			}
			c.Violate(rule.Violation{
				At: model.At("server", "site"), Severity: rule.SeverityWarning,
				Fact:  fmt.Sprintf("%s is installed at site %s and would be removed and added again", a.Label(), before),
				Found: fmt.Sprintf("the server moves from site %q to site %q, and the plan replaces the role assignment.", before, after),
			})
		},
		Hierarchy: func(c *rule.Check) {
			if c.Topology.Prior == nil {
				return
			}
			for _, a := range c.Topology.Index.ByRole[product.RoleDistributionPoint] {
				reassignedBesideOthers(c, a)
			}
			before := map[string]string{} // site code by service name
			for _, g := range gateways(c.Topology.Prior.Hierarchy) {
				name, okName := model.Folded(g.Name, model.FoldHost).Get()
				code, okCode := model.Folded(g.SiteCode, model.FoldCode).Get()
				if okName && okCode && model.Installed(g.Installed) {
					before[name] = code
				}
			}
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				name, okName := rule.Decided(c, model.Folded(g.Name, model.FoldHost))
				old, existed := before[name]
				if !okName || !existed {
					return
				}
				if code, ok := rule.Decided(c, model.Folded(g.SiteCode, model.FoldCode)); ok && code != old {
					c.Violate(rule.Violation{
						At: at.Attr("site_code"), Severity: rule.SeverityWarning,
						Fact:  fmt.Sprintf("the cloud management gateway %s is installed at site %s and cannot be reassigned", name, old),
						Found: fmt.Sprintf("site_code changes from %q to %q.", old, code),
						Fix:   "Keep the gateway at its site, or delete it there and create it again at the other site.",
					})
				}
			})
		},
	},
}

// reassignedBesideOthers reports a distribution point that moves to another primary site
// while its computer holds other roles.
func reassignedBesideOthers(c *rule.Check, a *model.Assignment) {
	host, ok := a.Host().Get()
	if !ok {
		return
	}
	present := c.Topology.Prior.Index.RolesOn(host)
	i := slices.IndexFunc(present, func(other *model.Assignment) bool {
		return other.Role == model.Known(product.RoleDistributionPoint) && model.Installed(other.Installed)
	})
	if i < 0 || !model.KnownTrue(model.Reassigned(a, present[i], c.Options.SiteVersion())) {
		return
	}
	others := besides(c, a)
	for _, other := range present {
		if r := other.CatalogRole(); len(others) == 0 && r != nil && r.Key != product.RoleDistributionPoint && r.IsSiteSystemRole() && model.Installed(other.Installed) {
			others = []*model.Assignment{other}
		}
	}
	if len(others) == 0 {
		return
	}
	before, _ := present[i].DeclaredSite().NormalizedCode().Get()
	after, _ := a.DeclaredSite().NormalizedCode().Get()
	c.Violate(rule.Violation{
		On: a, At: model.At("server", "site"), Severity: rule.SeverityWarning, Site: a.DeclaredSite(),
		Fact:  fmt.Sprintf("%s cannot be reassigned from site %s to site %s beside other roles", a.Label(), before, after),
		Found: fmt.Sprintf("the server moves from site %q to site %q, and holds or held: %s.", before, after, roleList(others)),
		Fix:   "Take the other roles off the server and apply; then let the distribution point move. Or remove it and add it again, with all its content.",
	})
}

// gateways returns the known cloud management gateways.
func gateways(h *model.Hierarchy) []*model.Gateway {
	all, _ := h.Gateways.Get()
	var known []*model.Gateway
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if g, ok := all[key].Get(); ok {
			known = append(known, g)
		}
	}
	return known
}
