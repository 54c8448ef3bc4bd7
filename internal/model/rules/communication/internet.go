package communication

import (
	"fmt"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Clients that are managed over the internet.

var internetRules = []rule.Rule{
	{
		ID: "COMM-INTERNET-SITETYPE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title: "Only roles of primary sites accept clients from the internet",
		Why: "Clients on the internet use distribution points, enrollment proxy points, fallback status points, management points and software update " +
			"points of their primary site, or a cloud management gateway. No role of a secondary site serves them, and a central administration site has no " +
			"clients.",
		Fix:       `Set client_connections = "intranet" here, and let a role of the primary site accept connections from the internet.`,
		Sources:   []product.Source{product.InternetBasedClients.At("Client communications")},
		CoveredBy: rule.OnElement("ROLE-SITE-*"),
		Roles:     []string{product.RoleManagementPoint, product.RoleDistributionPoint, product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			x, site := a.Access(), a.DeclaredSite()
			if !c.Holds(model.Both(model.Not(site.Is(product.Primary)), x.Internet())) {
				return
			}
			role, _ := a.Role.Get()
			v := rule.Violation{
				At:    model.At(role, "client_connections"),
				Fact:  fmt.Sprintf("%s cannot accept clients from the internet", a.Label()),
				Found: fmt.Sprintf("client_connections = %q at %s.", x.Connections, site.Label()),
			}
			if model.KnownTrue(site.Is(product.CentralAdministration)) {
				v.Severity = rule.SeverityWarning // without effect, but nothing else breaks
			}
			c.Violate(v)
		},
	},
	{
		ID: "COMM-INTERNET-FQDN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "A server with a role for clients on the internet has an internet FQDN",
		Why:   "Clients on the internet get this name with their policy and connect to it. Whether public DNS resolves it, no plan can tell.",
		Fix: `Give the server the name under which the internet reaches it, such as internet_fqdn = "mp.contoso.com"; for Macs alone it may equal fqdn. A ` +
			`role whose clients come through a cloud management gateway needs none: say so with allow_cmg_traffic = true.`,
		Sources: []product.Source{product.InternetBasedClients.At("Prerequisites"), product.MacClients.Source(), product.InstallSiteSystemRoles.Source()},
		Roles:   []string{product.RoleManagementPoint, product.RoleDistributionPoint, product.RoleSoftwareUpdatePoint, product.RoleEnrollmentProxyPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if !lacksInternetName(c, a) {
				return
			}
			affected := []*model.Assignment{a}
			for _, other := range sharingServer(c, a) {
				if !lacksInternetName(c, other) {
					continue
				}
				if other.Path().String() < a.Path().String() {
					return // one server, one finding
				}
				affected = append(affected, other)
			}
			c.Violate(rule.Violation{
				At: model.At("server", "internet_fqdn"), Related: model.AsDeclared(affected[1:]),
				Fact:  fmt.Sprintf("%s accepts clients from the internet on a server without internet FQDN", a.Label()),
				Found: fmt.Sprintf("client_connections = %q, and internet_fqdn of the server is not set. Clients on the internet connect to: %s.", a.Access().Connections, model.Labels(affected)),
			})
		},
	},
	{
		ID: "COMM-INTERNET-HTTPS", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "Roles that clients on the internet connect to use HTTPS",
		Why: "Internet-based client management takes PKI certificates on both sides; enhanced HTTP does not replace them. A fallback status point stays " +
			"with HTTP, and a role that only a cloud management gateway connects to needs no certificates of clients.",
		Fix:       `Set protocol = "https", or client_connections = "intranet". For clients behind a cloud management gateway set allow_cmg_traffic = true.`,
		Sources:   []product.Source{product.InternetBasedClients.At("Prerequisites")},
		CoveredBy: rule.OnElement("COMM-MDM-HTTPS"),
		Roles:     []string{product.RoleManagementPoint, product.RoleDistributionPoint, product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			x := a.Access()
			if !c.Holds(model.Both(a.DeclaredSite().Is(product.Primary), model.Both(x.Direct(), x.Uses(model.ProtocolHTTP)))) {
				return
			}
			role, _ := a.Role.Get()
			v := rule.Violation{
				At:    model.At(role, "protocol"),
				Fact:  fmt.Sprintf("%s accepts clients from the internet without HTTPS", a.Label()),
				Found: fmt.Sprintf("protocol = %q and client_connections = %q.", model.ProtocolHTTP, x.Connections),
			}
			if role == product.RoleDistributionPoint {
				v.Fix = `Set protocol = "https", or client_connections = "intranet".`
			}
			c.Violate(v)
		},
	},
	{
		ID: "COMM-INTERNET-USERPOLICY", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A management point for clients on the internet can authenticate their users",
		Why: "Users on the internet get policy only when the management point recognizes their accounts: its forest is theirs, or trusts it. Otherwise " +
			"only the computers are managed. Clients that come through a cloud management gateway with Microsoft Entra authentication do not depend on it.",
		Fix: "Put the management point in the forest of the users or have its forest trust theirs, and set trusts_user_forest = true. Where only computers " +
			"are managed over the internet, accept the finding.",
		Sources: []product.Source{product.InternetBasedClients.Source()},
		Roles:   []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			trusts := model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[bool] { return m.TrustsUserForest })
			if c.Holds(model.Both(model.Both(a.DeclaredSite().Is(product.Primary), a.Access().Direct()), model.Not(trusts))) {
				c.Violate(rule.Violation{
					At:    model.At("management_point", "trusts_user_forest"),
					Fact:  fmt.Sprintf("%s cannot authenticate users on the internet", a.Label()),
					Found: fmt.Sprintf("client_connections = %q and trusts_user_forest = false.", a.Access().Connections),
				})
			}
		},
	},
	{
		ID: "COMM-INTERNET-WORKGROUP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Workgroup computers on the internet are installed as internet-only clients",
		Why: "With internet-based client management, a computer in a workgroup cannot change between the intranet and the internet. Clients of a cloud " +
			"management gateway are not affected.",
		Fix:         "Install the client there with the property CCMALWAYSINF=1.",
		Sources:     []product.Source{product.InternetBasedClients.At("Plan for internet-based clients")},
		Enforcement: rule.Undecidable,
		Note:        "How the client is installed on a computer is not part of a topology.",
	},
	{
		ID: "COMM-INTERNET-SSLTUNNEL", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title: "A proxy web server passes the connections of enrolled mobile devices through",
		Why: "A proxy that ends the TLS connection and opens another one loses the certificate of the device. Computers can live with it; mobile devices " +
			"that Configuration Manager enrolls cannot.",
		Fix: `Configure SSL tunneling on the proxy for this server and set internet_proxy = "ssl_tunneling". At a site without such devices say clients { ` +
			`mobile_devices = 0 }.`,
		Sources: []product.Source{product.InternetBasedClients.Source()},
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			for _, a := range x.ByRole[product.RoleManagementPoint] {
				devices := model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[bool] { return m.AllowMobileDevices })
				bridgedDevices(c, a, devices)
			}
			for _, a := range x.ByRole[product.RoleEnrollmentProxyPoint] {
				bridgedDevices(c, a, model.Known(true))
			}
			for _, a := range x.ByRole[product.RoleDistributionPoint] {
				// Only the number of devices tells whether they install from it.
				if counts := a.DeclaredSite().Clients; !counts.IsNull() {
					bridgedDevices(c, a, model.Positive(model.BlockSetting(counts, func(n *model.ClientCounts) model.Value[int64] { return n.MobileDevices })))
				}
			}
		},
	},
	{
		ID: "COMM-INTERNET-PKI-OPTION", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A primary site with clients on the internet lets them use PKI certificates",
		Why: "Clients on the internet authenticate with a certificate of their own. With the site option off they do not present it, and the management " +
			"point refuses them. Clients that come only through a cloud management gateway are not affected.",
		Fix:     "Set use_pki_client_certificates = true on the site.",
		Sources: []product.Source{product.InternetBasedClients.At("Prerequisites")},
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				internetWithoutPKI(c, s)
			}
		},
	},
}

// bridgedDevices reports a server behind a proxy that ends TLS connections, when it
// carries a role for enrolled mobile devices on the internet.
func bridgedDevices(c *rule.Check, a *model.Assignment, devices model.Value[bool]) {
	server := a.DeclaredServer()
	if !c.Holds(model.Both(model.Both(devices, a.Access().Internet()), model.ValueIs(server.InternetProxy, model.ProxyBridging))) {
		return
	}
	expected := model.BlockSetting(a.DeclaredSite().Clients, func(n *model.ClientCounts) model.Value[int64] { return n.MobileDevices })
	if !expected.IsNull() && !c.Holds(model.Positive(expected)) {
		return
	}
	// The server is the subject, in the first place that names it: one finding for
	// all its roles.
	if host, ok := server.Host().Get(); ok {
		server = c.Topology.Index.Server(host)
	}
	v := rule.Violation{
		On: server, At: model.At("internet_proxy"), Site: a.DeclaredSite(), Related: []model.Declared{a},
		Fact:  fmt.Sprintf("%s is behind a proxy that enrolled mobile devices cannot pass", server.Label()),
		Found: fmt.Sprintf("internet_proxy = %q; %s has client_connections = %q.", model.ProxyBridging, a.Label(), a.Access().Connections),
	}
	if expected.IsNull() {
		v.Severity = rule.SeverityWarning // the role would take such devices, and there may be none
	}
	c.Violate(v)
}

// internetWithoutPKI reports a primary site whose clients on the internet may not
// use their certificates.
func internetWithoutPKI(c *rule.Check, s *model.Site) {
	off := model.Both(s.Is(product.Primary), model.Not(s.PKICertificates))
	// A site that accepts HTTPS only asks for the certificates anyway.
	if !c.Holds(model.Both(off, model.Not(model.ValueIs(s.Communication, model.CommunicationHTTPSOnly)))) {
		return
	}
	for _, a := range c.Topology.Index.RolesAt(s, product.RoleManagementPoint) {
		m, ok := rule.Decided(c, a.ManagementPoint)
		// One that allows mobile devices may accept the internet for Macs alone.
		if !ok || !c.Holds(model.Both(a.Access().Direct(), model.Not(m.AllowMobileDevices.OrDefault(false)))) {
			continue
		}
		c.Violate(rule.Violation{
			On: s, At: model.At("use_pki_client_certificates"), Site: s, Related: []model.Declared{a},
			Fact:  fmt.Sprintf("the clients of %s on the internet may not use their certificates", s.Label()),
			Found: fmt.Sprintf("use_pki_client_certificates = false; %s has client_connections = %q.", a.Label(), a.Access().Connections),
		})
	}
}

// lacksInternetName reports a role of a primary site that clients on the internet
// connect to, on a server without a name for them.
func lacksInternetName(c *rule.Check, a *model.Assignment) bool {
	return c.Holds(model.Both(a.DeclaredSite().Is(product.Primary), a.Access().Direct())) && c.Missing(a.DeclaredServer().InternetFQDN)
}

// sharingServer returns the other roles on the computer of a role that are reported by
// the same resource: none where a role assignment is judged alone, because it sees no
// other one.
func sharingServer(c *rule.Check, a *model.Assignment) []*model.Assignment {
	host, ok := a.Host().Get()
	if c.Topology.Index == nil || !ok {
		return nil
	}
	var others []*model.Assignment
	for _, other := range c.Topology.Index.RolesOn(host) {
		role, _ := other.Role.Get()
		if other != a && other.Checked() == a.Checked() && slices.Contains(c.Rule.Roles, role) {
			others = append(others, other)
		}
	}
	return others
}
