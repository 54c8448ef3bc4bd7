package model

import (
	"fmt"
	"slices"
)

// Group 8: clients that are managed over the internet.

var internetRules = []Rule{
	{
		ID: "COMM-INTERNET-SITETYPE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:     "Only roles of primary sites accept clients from the internet",
		Why:       "Clients on the internet use distribution points, enrollment proxy points, fallback status points, management points and software update points of their primary site, or a cloud management gateway. No role of a secondary site serves them, and a central administration site has no clients.",
		Fix:       `Set client_connections = "intranet" here, and let a role of the primary site accept connections from the internet.`,
		Sources:   []Source{articleInternetBasedClients.At("Client communications")},
		CoveredBy: onElement("ROLE-SITE-*"),
		roles:     []string{roleManagementPoint, roleDistributionPoint, roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			x, site := a.access(), a.site()
			if !c.holds(both(not(site.is(Primary)), x.internet())) {
				return
			}
			role, _ := a.Role.Get()
			v := violation{
				at:    At(role, "client_connections"),
				fact:  fmt.Sprintf("%s cannot accept clients from the internet", a.label()),
				found: fmt.Sprintf("client_connections = %q at %s.", x.connections, site.label()),
			}
			if knownTrue(site.is(CentralAdministration)) {
				v.severity = SeverityWarning // without effect, but nothing else breaks
			}
			c.violate(v)
		},
	},
	{
		ID: "COMM-INTERNET-FQDN", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
		Title:   "A server with a role for clients on the internet has an internet FQDN",
		Why:     "Clients on the internet get this name with their policy and connect to it. Whether public DNS resolves it, no plan can tell.",
		Fix:     `Give the server the name under which the internet reaches it, such as internet_fqdn = "mp.contoso.com"; for Macs alone it may equal fqdn. A role whose clients come through a cloud management gateway needs none: say so with allow_cmg_traffic = true.`,
		Sources: []Source{articleInternetBasedClients.At("Prerequisites"), articleMacClients.Source(), articleInstallSiteSystemRoles.Source()},
		roles:   []string{roleManagementPoint, roleDistributionPoint, roleSoftwareUpdatePoint, roleEnrollmentProxyPoint},
		assignment: func(c *check, a *Assignment) {
			if !c.lacksInternetName(a) {
				return
			}
			affected := []*Assignment{a}
			for _, other := range c.sharingServer(a) {
				if !c.lacksInternetName(other) {
					continue
				}
				if other.Path().String() < a.Path().String() {
					return // one server, one finding
				}
				affected = append(affected, other)
			}
			c.violate(violation{
				at: At("server", "internet_fqdn"), related: asDeclared(affected[1:]),
				fact:  fmt.Sprintf("%s accepts clients from the internet on a server without internet FQDN", a.label()),
				found: fmt.Sprintf("client_connections = %q, and internet_fqdn of the server is not set. Clients on the internet connect to: %s.", a.access().connections, labels(affected)),
			})
		},
	},
	{
		ID: "COMM-INTERNET-HTTPS", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:     "Roles that clients on the internet connect to use HTTPS",
		Why:       "Internet-based client management takes PKI certificates on both sides; enhanced HTTP does not replace them. A fallback status point stays with HTTP, and a role that only a cloud management gateway connects to needs no certificates of clients.",
		Fix:       `Set protocol = "https", or client_connections = "intranet". For clients behind a cloud management gateway set allow_cmg_traffic = true.`,
		Sources:   []Source{articleInternetBasedClients.At("Prerequisites")},
		CoveredBy: onElement("COMM-MDM-HTTPS"),
		roles:     []string{roleManagementPoint, roleDistributionPoint, roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			x := a.access()
			if !c.holds(both(a.site().is(Primary), both(x.direct(), x.uses(ProtocolHTTP)))) {
				return
			}
			role, _ := a.Role.Get()
			v := violation{
				at:    At(role, "protocol"),
				fact:  fmt.Sprintf("%s accepts clients from the internet without HTTPS", a.label()),
				found: fmt.Sprintf("protocol = %q and client_connections = %q.", ProtocolHTTP, x.connections),
			}
			if role == roleDistributionPoint {
				v.fix = `Set protocol = "https", or client_connections = "intranet".`
			}
			c.violate(v)
		},
	},
	{
		ID: "COMM-INTERNET-USERPOLICY", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "A management point for clients on the internet can authenticate their users",
		Why:     "Users on the internet get policy only when the management point recognizes their accounts: its forest is theirs, or trusts it. Otherwise only the computers are managed. Clients that come through a cloud management gateway with Microsoft Entra authentication do not depend on it.",
		Fix:     "Put the management point in the forest of the users or have its forest trust theirs, and set trusts_user_forest = true. Where only computers are managed over the internet, accept the finding.",
		Sources: []Source{articleInternetBasedClients.Source()},
		roles:   []string{roleManagementPoint},
		assignment: func(c *check, a *Assignment) {
			trusts := settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[bool] { return m.TrustsUserForest })
			if c.holds(both(both(a.site().is(Primary), a.access().direct()), not(trusts))) {
				c.violate(violation{
					at:    At("management_point", "trusts_user_forest"),
					fact:  fmt.Sprintf("%s cannot authenticate users on the internet", a.label()),
					found: fmt.Sprintf("client_connections = %q and trusts_user_forest = false.", a.access().connections),
				})
			}
		},
	},
	{
		ID: "COMM-INTERNET-WORKGROUP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeHierarchy,
		Title:       "Workgroup computers on the internet are installed as internet-only clients",
		Why:         "With internet-based client management, a computer in a workgroup cannot change between the intranet and the internet. Clients of a cloud management gateway are not affected.",
		Fix:         "Install the client there with the property CCMALWAYSINF=1.",
		Sources:     []Source{articleInternetBasedClients.At("Plan for internet-based clients")},
		Enforcement: Undecidable,
		Note:        "How the client is installed on a computer is not part of a topology.",
	},
	{
		ID: "COMM-INTERNET-SSLTUNNEL", Severity: SeverityWarning, Basis: Unsupported, Scope: ScopeRole,
		Title:   "A proxy web server passes the connections of enrolled mobile devices through",
		Why:     "A proxy that ends the TLS connection and opens another one loses the certificate of the device. Computers can live with it; mobile devices that Configuration Manager enrolls cannot.",
		Fix:     `Configure SSL tunneling on the proxy for this server and set internet_proxy = "ssl_tunneling". At a site without such devices say clients { mobile_devices = 0 }.`,
		Sources: []Source{articleInternetBasedClients.Source()},
		hierarchy: func(c *check) {
			x := c.topology.index
			for _, a := range x.byRole[roleManagementPoint] {
				devices := settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[bool] { return m.AllowMobileDevices })
				c.bridgedDevices(a, devices)
			}
			for _, a := range x.byRole[roleEnrollmentProxyPoint] {
				c.bridgedDevices(a, Known(true))
			}
		},
	},
	{
		ID: "COMM-INTERNET-PKI-OPTION", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:   "A primary site with clients on the internet lets them use PKI certificates",
		Why:     "Clients on the internet authenticate with a certificate of their own. With the site option off they do not present it, and the management point refuses them. Clients that come only through a cloud management gateway are not affected.",
		Fix:     "Set use_pki_client_certificates = true on the site.",
		Sources: []Source{articleInternetBasedClients.At("Prerequisites")},
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				c.internetWithoutPKI(s)
			}
		},
	},
}

// bridgedDevices reports a server behind a proxy that ends TLS connections, when it
// carries a role for enrolled mobile devices on the internet.
func (c *check) bridgedDevices(a *Assignment, devices Value[bool]) {
	server := a.server()
	if !c.holds(both(both(devices, a.access().internet()), valueIs(server.InternetProxy, ProxyBridging))) {
		return
	}
	expected := blockSetting(a.site().Clients, func(n *ClientCounts) Value[int64] { return n.MobileDevices })
	if !expected.IsNull() && !c.holds(positive(expected)) {
		return
	}
	// The server is the subject, in the first place that names it: one finding for
	// all its roles.
	if host, ok := server.host().Get(); ok {
		server = c.topology.index.server(host)
	}
	c.violate(violation{
		on: server, at: At("internet_proxy"), site: a.site(), related: []declared{a},
		fact:  fmt.Sprintf("%s is behind a proxy that enrolled mobile devices cannot pass", server.label()),
		found: fmt.Sprintf("internet_proxy = %q; %s has client_connections = %q.", ProxyBridging, a.label(), a.access().connections),
	})
}

// internetWithoutPKI reports a primary site whose clients on the internet may not
// use their certificates.
func (c *check) internetWithoutPKI(s *Site) {
	off := both(s.is(Primary), not(s.PKICertificates))
	// A site that accepts HTTPS only asks for the certificates anyway.
	if !c.holds(both(off, not(valueIs(s.Communication, CommunicationHTTPSOnly)))) {
		return
	}
	for _, a := range c.topology.index.rolesAt(s, roleManagementPoint) {
		m, ok := decided(c, a.ManagementPoint)
		// One that allows mobile devices may accept the internet for Macs alone.
		if !ok || !c.holds(both(a.access().direct(), not(m.AllowMobileDevices.OrDefault(false)))) {
			continue
		}
		c.violate(violation{
			on: s, at: At("use_pki_client_certificates"), site: s, related: []declared{a},
			fact:  fmt.Sprintf("the clients of %s on the internet may not use their certificates", s.label()),
			found: fmt.Sprintf("use_pki_client_certificates = false; %s has client_connections = %q.", a.label(), a.access().connections),
		})
	}
}

// lacksInternetName reports a role of a primary site that clients on the internet
// connect to, on a server without a name for them.
func (c *check) lacksInternetName(a *Assignment) bool {
	return c.holds(both(a.site().is(Primary), a.access().direct())) && c.missing(a.server().InternetFQDN)
}

// sharingServer returns the other roles on the computer of a role that are reported by
// the same resource: none where a role assignment is judged alone, because it sees no
// other one.
func (c *check) sharingServer(a *Assignment) []*Assignment {
	host, ok := a.host().Get()
	if c.topology.index == nil || !ok {
		return nil
	}
	var others []*Assignment
	for _, other := range c.topology.index.rolesOn(host) {
		role, _ := other.Role.Get()
		if other != a && other.Checked() == a.Checked() && slices.Contains(c.rule.roles, role) {
			others = append(others, other)
		}
	}
	return others
}
