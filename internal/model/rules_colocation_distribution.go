package model

import (
	"fmt"
	"maps"
	"slices"
)

// What a distribution point may share a computer with, and which of its settings
// exclude each other.

var sharedDistributionRules = []Rule{
	notOnSiteServer(Rule{
		ID: "COLO-DP-NOT-ON-RCL", Severity: SeverityError, Basis: Refused, Scope: ScopeServer, Versions: "from 1806",
		Title:     "A site server whose content library is remote has no distribution point",
		Why:       "A distribution point keeps its content in the library of its own computer. The product does not move the library off a site server that holds the role, nor install the role there once the library is elsewhere.",
		Fix:       `Assign "distribution_point" to another server, such as one with fqdn = "dp01.contoso.com". Or leave content_library_path out and keep the library on the site server.`,
		Sources:   []Source{articleSiteServerHighAvailability.At("Content library"), articleRemoteContentLibrary.Source()},
		CoveredBy: onElement("ROLE-SITE-DP"),
	}, roleDistributionPoint, anySiteServer,
		func(a *Assignment) Value[bool] { return isDeclared(a.site().ContentLibraryPath) },
		func(a *Assignment) violation {
			return violation{
				at:    At("server"),
				fact:  fmt.Sprintf("%s is on a site server of %s, whose content library is remote", a.label(), a.site().label()),
				found: fmt.Sprintf("the role is on %q, and content_library_path = %q.", a.host(), a.site().ContentLibraryPath),
			}
		}),
	notOnSiteServer(Rule{
		ID: "COLO-PULLDP-NOT-SITESERVER", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:     "A distribution point on a site server is no pull-distribution point",
		Why:       "The content of the site begins its way on the site server. The product refuses to make a distribution point there pull it from another one.",
		Fix:       `Remove pull_sources from the distribution point on the site server, or assign the pull-distribution point to another server.`,
		Sources:   []Source{articlePullDistributionPoint.At("Limitations")},
		CoveredBy: onElement("ROLE-SITE-DP", "COLO-DP-NOT-ON-RCL"),
	}, roleDistributionPoint, anySiteServer, isPullDistributionPoint,
		func(a *Assignment) violation {
			return violation{
				at:    At("distribution_point", "pull_sources"),
				fact:  fmt.Sprintf("%s is on a site server and pulls its content", a.label()),
				found: fmt.Sprintf("pull_sources is declared, and %q is a site server of %s.", a.host(), a.site().label()),
			}
		}),
	notOnSiteServer(Rule{
		ID: "COLO-DP-INSTALL-ACCOUNT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:     "A distribution point on the site server is installed with the computer account of the site server",
		Why:       "The site server installs this one on itself, and another account is not supported for it.",
		Fix:       "Remove installation_account from the site system server of the site server.",
		Sources:   []Source{articleRoleOptions.At("Distribution point")},
		CoveredBy: onElement("ROLE-SITE-DP", "COLO-DP-NOT-ON-RCL"),
	}, roleDistributionPoint, activeSiteServer,
		func(a *Assignment) Value[bool] {
			account, ok := a.server().InstallationAccount.Get()
			if !ok {
				return Unknown[bool]()
			}
			return Known(account != "")
		},
		func(a *Assignment) violation {
			return violation{
				at:    At("server", "installation_account"),
				fact:  fmt.Sprintf("%s would be installed with another account than that of the site server", a.label()),
				found: fmt.Sprintf("installation_account = %q on %q, the site server of %s.", a.server().InstallationAccount, a.host(), a.site().label()),
			}
		}),
	{
		ID: "COLO-PXE-RESPONDER-VERSION", Severity: SeverityError, Basis: Documented, Scope: ScopeRole, Versions: "before 1806",
		Title:     "The PXE responder needs version 1806 or later",
		Why:       "Before version 1806 a distribution point answers PXE requests through Windows Deployment Services only.",
		Fix:       `Set pxe = "windows_deployment_services", or update the site first.`,
		Sources:   []Source{versionPXEResponder.source},
		CoveredBy: onElement("ROLE-SITE-DP"),
		roles:     []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			dp, ok := decided(c, a.DistributionPoint)
			if !ok {
				return
			}
			pxe, ok := decided(c, dp.PXE)
			if !ok || pxe != PXEResponder {
				return
			}
			if v, ok := c.versionOf(a.site()); ok && v < versionPXEResponder.version {
				c.violate(violation{
					at:    At("distribution_point", "pxe"),
					fact:  fmt.Sprintf("%s cannot use the PXE responder at version %s", a.label(), v),
					found: fmt.Sprintf("pxe = %q, and %s runs version %s.", pxe, a.site().label(), v),
				})
			}
		},
	},
	{
		ID: "COLO-MULTICAST-VS-RESPONDER", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:     "A distribution point with multicast does not use the PXE responder",
		Why:       "Multicast works through Windows Deployment Services, and the PXE responder takes their place. The product refuses the two settings together.",
		Fix:       `Set pxe = "windows_deployment_services", or remove the multicast block.`,
		Sources:   []Source{articleDistributionPoints.At("PXE"), articleDistributionPoints.At("Multicast"), articleConfigMgrCBDsc.Source()},
		CoveredBy: onElement("ROLE-SITE-DP", "COLO-PXE-RESPONDER-VERSION", "SRV-CORE-CLIENTOS-PXE"),
		roles:     []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			dp, ok := decided(c, a.DistributionPoint)
			if !ok {
				return
			}
			pxe, ok := decided(c, dp.PXE)
			if !ok || pxe != PXEResponder {
				return
			}
			if _, ok := decided(c, dp.Multicast); ok {
				c.violate(violation{
					at:    At("distribution_point", "multicast"),
					fact:  fmt.Sprintf("%s has multicast and the PXE responder", a.label()),
					found: fmt.Sprintf("pxe = %q beside a multicast block.", pxe),
				})
			}
		},
	},
	{
		ID: "COLO-PXE-DHCP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeServer,
		Title:     "Beside a DHCP server, PXE leaves the DHCP port alone",
		Why:       "The DHCP server and the PXE service of one computer both want UDP port 67. PXE has to leave it to DHCP, and DHCP option 60 has to point the clients to PXE on the same computer.",
		Fix:       `Set listen_on_dhcp_port = false: "Do not listen on DHCP ports" in Windows Deployment Services, or the registry value DoNotListenOnDhcpPort = 1 for the PXE responder. Set option 60 in DHCP as well.`,
		Sources:   []Source{articleDistributionPoints.At("PXE"), articleOSDeploymentInfrastructure.Source(), versionResponderBesideDHCP.source},
		CoveredBy: onElement("ROLE-SITE-DP", "COLO-PXE-RESPONDER-VERSION"),
		roles:     []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			dp, ok := decided(c, a.DistributionPoint)
			if !ok || !c.holds(a.server().DHCPServer) {
				return
			}
			pxe, ok := decided(c, dp.PXE)
			if !ok {
				return
			}
			listens, declared := dp.ListenOnDHCPPort.Get()
			switch {
			case dp.ListenOnDHCPPort.IsUnknown():
				c.undecide()
			case !declared || listens:
				v := violation{
					at:    At("distribution_point", "listen_on_dhcp_port"),
					fact:  fmt.Sprintf("%s listens on the port of the DHCP server beside it", a.label()),
					found: fmt.Sprintf("pxe = %q and listen_on_dhcp_port = true on a server with dhcp_server = true.", pxe),
				}
				if !declared {
					v.found = fmt.Sprintf("pxe = %q on a server with dhcp_server = true, and listen_on_dhcp_port is not declared: PXE listens unless told otherwise.", pxe)
				}
				c.violate(v)
			case pxe == PXEResponder:
				if v, ok := c.versionOf(a.site()); ok && v < versionResponderBesideDHCP.version {
					c.violate(violation{
						at:    At("distribution_point", "pxe"),
						fact:  fmt.Sprintf("%s cannot use the PXE responder beside a DHCP server at version %s", a.label(), v),
						found: fmt.Sprintf("pxe = %q on a server with dhcp_server = true; the responder leaves the DHCP port alone from version %s.", pxe, versionResponderBesideDHCP.version),
						fix:   `Set pxe = "windows_deployment_services", move DHCP to another computer, or update the site.`,
					})
				}
			}
		},
	},
	{
		ID: "COLO-MCC-DPONLY", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
		Title:     "A distribution point with Connected Cache is the only role of a Windows Server",
		Why:       "Connected Cache takes over the default web site on port 80 of a Windows Server with .NET Framework 4.7.2 or later and internet access. The computer must not hold another site system role.",
		Fix:       "Move the other roles to another server, or set connected_cache = false.",
		Sources:   []Source{articleConnectedCache.At("Distribution point"), articleConnectedCache.At("Network access requirements")},
		CoveredBy: onElement("ROLE-SITE-DP"),
		roles:     []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			dp, ok := decided(c, a.DistributionPoint)
			if !ok || !c.holds(dp.ConnectedCache) {
				return
			}
			os := a.server().operatingSystem()
			switch {
			case os == nil:
				c.undecide()
			case os.Client:
				c.violate(violation{
					at:    At("server", "operating_system"),
					fact:  fmt.Sprintf("%s has Connected Cache on a Windows client", a.label()),
					found: fmt.Sprintf("connected_cache = true on %s; a Windows Server is needed.", os.Name),
					fix:   `Use a Windows Server, such as operating_system = "windows_server_2022", or set connected_cache = false.`,
				})
			}
		},
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleDistributionPoint] {
				dp, ok := decided(c, a.DistributionPoint)
				if !ok || !c.holds(dp.ConnectedCache) {
					continue
				}
				others := c.besides(a)
				if len(others) == 0 {
					c.openCount()
					continue
				}
				c.violate(violation{
					on: a, at: At("distribution_point", "connected_cache"), site: a.site(), related: asDeclared(others),
					fact:  fmt.Sprintf("%s has Connected Cache beside other roles", a.label()),
					found: fmt.Sprintf("connected_cache = true; the server also holds: %s.", roleList(others)),
				})
			}
		},
	},
	{
		ID: "COLO-DP-REASSIGN", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:     "A distribution point stays at its site, or moves as the console can move it",
		Why:       "From version 1802 the console reassigns a distribution point to a primary site, as long as its server holds no other role. Every other move means to remove the role and add it again, with all its content; a cloud management gateway is never reassigned.",
		Fix:       "Keep the distribution point at its site. If it is to move: remove it from the old site, apply, and add it to the new one; its content has to be distributed again.",
		Sources:   []Source{versionReassignDistributionPoint.source},
		CoveredBy: onElement("ROLE-SITE-DP"),
		roles:     []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			prior := c.topology.priorAssignment(a)
			if prior == nil || !installed(prior.Installed) || first(prior.Role.Get()) != roleDistributionPoint {
				return
			}
			before, okBefore := decided(c, prior.site().code())
			after, okAfter := decided(c, a.site().code())
			if !okBefore || !okAfter || before == after || !c.holds(equalHost(prior.server().FQDN, a.server().FQDN)) {
				return
			}
			v := violation{
				at: At("server", "site"), severity: SeverityWarning,
				fact:  fmt.Sprintf("%s is installed at site %s and would be removed and added again", a.label(), before),
				found: fmt.Sprintf("the server moves from site %q to site %q, and the plan replaces the role assignment.", before, after),
			}
			siteType, okType := a.site().Type.Get()
			version, okVersion := a.site().EffectiveVersion(c.options.version()).Get()
			if okType && siteType == Primary && okVersion && version >= versionReassignDistributionPoint.version {
				v.fix = fmt.Sprintf("If the server holds no other role, the console can reassign the distribution point to site %s in place: do that instead, and let the plan record it. Otherwise remove the role and add it again; its content has to be distributed again.", after)
			}
			c.violate(v)
		},
		hierarchy: func(c *check) {
			if c.topology.Prior == nil {
				return
			}
			before := map[string]string{} // site code by service name
			for _, g := range c.topology.Prior.Hierarchy.gateways() {
				name, okName := folded(g.Name, foldHost).Get()
				code, okCode := folded(g.SiteCode, foldCode).Get()
				if okName && okCode && installed(g.Installed) {
					before[name] = code
				}
			}
			c.eachGateway(func(at Path, g *Gateway) {
				name, okName := decided(c, folded(g.Name, foldHost))
				old, existed := before[name]
				if !okName || !existed {
					return
				}
				if code, ok := decided(c, folded(g.SiteCode, foldCode)); ok && code != old {
					c.violate(violation{
						at: at.Attr("site_code"), severity: SeverityWarning,
						fact:  fmt.Sprintf("the cloud management gateway %s is installed at site %s and cannot be reassigned", name, old),
						found: fmt.Sprintf("site_code changes from %q to %q.", old, code),
						fix:   "Keep the gateway at its site, or delete it there and create it again at the other site.",
					})
				}
			})
		},
	},
}

// isPullDistributionPoint reports whether the role pulls its content.
func isPullDistributionPoint(a *Assignment) Value[bool] {
	dp, ok := a.distributionPoint().Get()
	if !ok {
		return Unknown[bool]()
	}
	return dp.isPull()
}

// gateways returns the known cloud management gateways.
func (h *Hierarchy) gateways() []*Gateway {
	all, _ := h.Gateways.Get()
	var known []*Gateway
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if g, ok := all[key].Get(); ok {
			known = append(known, g)
		}
	}
	return known
}
