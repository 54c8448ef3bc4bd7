package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 8: how clients and site systems talk to each other. What the internet, mobile
// devices, WSUS and boundary groups add has files of its own.

var communicationRules = slices.Concat(
	communicationModeRules,
	accessAccountRules,
	internetRules,
	deviceAccessRules,
	updateAccessRules,
	boundaryGroupRules,
)

// enhancedHTTPFrom is the first version with enhanced HTTP.
var enhancedHTTPFrom = milestone{1806, articleEnhancedHTTP.Source()}

// enhancedHTTPClients are the Windows clients that can be distribution points with
// enhanced HTTP, as the note on the network access account has them.
var enhancedHTTPClients = []string{"windows_10", "windows_10_ltsc", "windows_11"}

// limitAccessAccounts is the largest number of network access accounts of a site.
var limitAccessAccounts = limit{10, articleAccounts.At("Permissions for the network access account")}

// roleAccess is what the settings of client-facing roles have in common.
type roleAccess struct {
	protocol    Value[string]
	connections Value[string]
	gateway     Value[bool] // cloud management gateway traffic
}

// undecidedAccess stands for settings that are not known or not declared.
var undecidedAccess = roleAccess{Unknown[string](), Unknown[string](), Unknown[bool]()}

// access returns how clients reach the role.
func (a *Assignment) access() roleAccess {
	key, _ := a.Role.Get()
	switch key {
	case roleManagementPoint:
		if m, ok := a.ManagementPoint.Get(); ok {
			return roleAccess{m.Protocol, m.ClientConnections, m.AllowCMGTraffic}
		}
	case roleSoftwareUpdatePoint:
		if s, ok := a.SoftwareUpdatePoint.Get(); ok {
			return roleAccess{s.Protocol, s.ClientConnections, s.AllowCMGTraffic}
		}
	case roleDistributionPoint:
		if d, ok := a.DistributionPoint.Get(); ok {
			return roleAccess{d.Protocol, d.ClientConnections, Known(false)}
		}
	case roleEnrollmentProxyPoint:
		if e, ok := a.EnrollmentProxyPoint.Get(); ok {
			return roleAccess{Known(ProtocolHTTPS), e.ClientConnections, Known(false)}
		}
	}
	return undecidedAccess
}

// uses reports whether the role uses a protocol.
func (x roleAccess) uses(protocol string) Value[bool] { return valueIs(x.protocol, protocol) }

// internet reports whether the role accepts connections from the internet.
func (x roleAccess) internet() Value[bool] { return not(valueIs(x.connections, ConnectionsIntranet)) }

// direct reports whether clients on the internet connect to the role itself. Where it
// takes the traffic of a cloud management gateway too, they may or may not.
func (x roleAccess) direct() Value[bool] {
	traffic, ok := x.gateway.OrDefault(false).Get()
	if ok && !traffic {
		return x.internet()
	}
	return both(x.internet(), Unknown[bool]())
}

// valueIs compares a value with what it could be, undecided unless it is known.
func valueIs(v Value[string], want string) Value[bool] {
	got, ok := v.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(got == want)
}

// servedBy returns the primary site whose communication mode the clients of a site
// follow: the parent of a secondary site, else the site itself. It is nil when that
// is not known.
func (s *Site) servedBy() *Site {
	siteType, ok := s.Type.Get()
	if !ok {
		return nil
	}
	if siteType != Secondary {
		return s
	}
	parent, _ := s.Parent.Get()
	return parent
}

// usesEnhancedHTTP reports whether the clients of a site use its certificates.
func (s *Site) usesEnhancedHTTP() Value[bool] {
	primary := s.servedBy()
	if primary == nil {
		return Unknown[bool]()
	}
	return valueIs(primary.Communication, CommunicationEnhancedHTTP)
}

var communicationModeRules = []Rule{
	{
		ID: "COMM-CAS-NONE", Severity: SeverityWarning, Basis: Inferred, Scope: ScopeSite,
		Title:     "The communication mode of clients is set at primary sites",
		Why:       "A central administration site has no clients; the option for enhanced HTTP there serves its SMS Provider only. The clients of a secondary site follow its parent primary site.",
		Fix:       `Set client_communication at the primary site. A central administration site may have "enhanced_http"; leave the attribute out at a secondary site.`,
		Sources:   []Source{articleSecondarySiteWizard.Source(), articleEnhancedHTTP.At("Configure the site"), articleSetupScript.Source()},
		CoveredBy: onElement("ROLE-LIFE-HTTP-BLOCK"),
		site: func(c *check, s *Site) {
			siteType, ok := decided(c, s.Type)
			if !ok || siteType == Primary {
				return
			}
			mode, ok := decided(c, s.Communication)
			if !ok {
				return
			}
			v := violation{at: At("client_communication"), found: fmt.Sprintf("client_communication = %q at a %s.", mode, siteType.Name())}
			switch siteType {
			case CentralAdministration:
				if mode == CommunicationEnhancedHTTP {
					return
				}
				v.fact = fmt.Sprintf("%s has no clients whose communication could be set", s.label())
			default:
				parent, ok := decided(c, s.Parent)
				if !ok {
					return
				}
				theirs, ok := decided(c, parent.Communication)
				if !ok || theirs == mode {
					return
				}
				v.fact = fmt.Sprintf("%s cannot have another communication mode than its parent site", s.label())
				v.found = fmt.Sprintf("client_communication = %q; %s has %q, which its clients follow.", mode, parent.label(), theirs)
			}
			c.violate(v)
		},
	},
	{
		ID: "COMM-HTTPS-ONLY-ROLES", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:   "At a primary site that accepts HTTPS only, management points and distribution points use HTTPS",
		Why:     "The clients of such a site do not connect to a management point or distribution point without HTTPS. A software update point without it still works and is only a gap.",
		Fix:     `Set protocol = "https" for the role, or client_communication = "enhanced_http" on the site.`,
		Sources: []Source{articlePrerequisiteChecks.At("Enable site system roles for HTTPS or Enhanced HTTP"), articleSiteSystemRolesForClients.At("Fallback status point")},
		// The same protocol, with a weightier reason for another one.
		CoveredBy: onElement("COMM-MDM-HTTPS", "COMM-INTERNET-HTTPS", "COMM-SUP-SSL-CHAIN"),
		roles:     []string{roleManagementPoint, roleDistributionPoint, roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			site := a.site()
			httpsOnly := both(site.is(Primary), valueIs(site.Communication, CommunicationHTTPSOnly))
			if !c.holds(both(httpsOnly, a.access().uses(ProtocolHTTP))) {
				return
			}
			role, _ := a.Role.Get()
			v := violation{
				at:    At(role, "protocol"),
				fact:  fmt.Sprintf("%s uses HTTP at a site that accepts HTTPS only", a.label()),
				found: fmt.Sprintf("protocol = %q; %s has client_communication = %q.", ProtocolHTTP, site.label(), CommunicationHTTPSOnly),
			}
			if role == roleSoftwareUpdatePoint {
				v.severity = SeverityWarning
			}
			c.violate(v)
		},
	},
	{
		ID: "COMM-FSP-HTTP", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:       "A fallback status point uses HTTP",
		Why:         "It receives messages of clients that cannot reach a management point, and therefore asks for no certificate. That the site accepts HTTPS only does not change it.",
		Fix:         "Nothing to correct: the role has no protocol to set.",
		Sources:     []Source{articleSiteSystemRolesForClients.At("Fallback status point")},
		Enforcement: Inexpressible,
		Note:        "The protocol of a fallback status point is fixed; its settings hold none.",
	},
	{
		ID: "COMM-EP-HTTPS", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:       "Enrollment points and enrollment proxy points use HTTPS",
		Why:         "Devices and Macs get their certificates through them; neither role can do without a PKI certificate of its own.",
		Fix:         "Nothing to correct: the roles have no protocol to set.",
		Sources:     []Source{articleOnPremisesMDMRoles.Source(), articlePKICertificates.Source(), articleSiteSystemRoles.At("Enrollment point")},
		Enforcement: Inexpressible,
		Note:        "The protocol of both roles is fixed; the blocks enrollment_point and enrollment_proxy_point hold none.",
	},
	{
		ID: "COMM-CRP-HTTPS", Severity: SeverityError, Basis: Documented, Scope: ScopeRole, Versions: "before 2203",
		Title:       "A certificate registration point uses HTTPS",
		Why:         "The policy module of the NDES server talks to it with certificates only.",
		Fix:         "Nothing to correct: the role has no protocol to set.",
		Sources:     []Source{articleCertificateInfrastructure.Source(), articlePorts.Source()},
		Enforcement: Inexpressible,
		Note:        "The protocol of a certificate registration point is fixed; the block certificate_registration_point holds none.",
	},
	{
		ID: "COMM-EHTTP-DP-ANON", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole, Versions: versionSpan(enhancedHTTPFrom.version, 0),
		Title:   "With enhanced HTTP, a distribution point does not let clients connect anonymously",
		Why:     "Enhanced HTTP gives clients a token with which they fetch content. A distribution point that takes anyone gives that protection away.",
		Fix:     "Set allow_anonymous = false in the distribution_point block.",
		Sources: []Source{articleEnhancedHTTP.At("Prerequisites")},
		roles:   []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			// A role does not see the communication mode of the parent of its site.
			if c.fails(a.site().is(Secondary)) {
				c.anonymousContent(a, nil)
			}
		},
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleDistributionPoint] {
				if knownTrue(a.site().is(Secondary)) {
					c.anonymousContent(a, a)
				}
			}
		},
	},
	{
		ID: "COMM-EHTTP-DP-OS", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole, Versions: versionSpan(enhancedHTTPFrom.version, 0),
		Title:   "Without network access account, enhanced HTTP has distribution points on systems that support it",
		Why:     "In place of the account clients use tokens, which a distribution point accepts on a supported Windows Server, on Windows 10 and on Windows 11.",
		Fix:     `Use another system for the distribution point, such as operating_system = "windows_server_2022", or name an account in network_access_accounts of the site.`,
		Sources: []Source{articleAccounts.At("Network access account")},
		// What is not supported at all is not supported here either.
		CoveredBy: slices.Concat(onHost("SRV-OS-LIST"), onElement("ROLE-LIFE-OS-2008R2")),
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleDistributionPoint] {
				c.tokenContent(a)
			}
		},
	},
	{
		ID: "COMM-CONN-TYPE", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:       "Clients connect from the intranet, from the internet, or from both",
		Why:         "The cmdlets and the console know no other connection type.",
		Fix:         `Set client_connections to "intranet", "internet" or "internet_and_intranet".`,
		Sources:     []Source{articlePowerShell.At("Add-CMManagementPoint"), articleCmdletParameters.Source()},
		Enforcement: Inexpressible,
		Note:        "client_connections accepts no other value.",
	},
}

// anonymousContent reports a distribution point with HTTP that lets clients connect
// anonymously although its site has enhanced HTTP.
func (c *check) anonymousContent(a *Assignment, on declared) {
	d, ok := decided(c, a.DistributionPoint)
	if !ok || !c.holds(both(d.AllowAnonymous, both(valueIs(d.Protocol, ProtocolHTTP), a.site().usesEnhancedHTTP()))) {
		return
	}
	if v, ok := c.versionOf(a.site()); !ok || v < enhancedHTTPFrom.version {
		return
	}
	c.violate(violation{
		on: on, at: At("distribution_point", "allow_anonymous"), site: a.site(),
		fact:  fmt.Sprintf("%s lets clients connect anonymously", a.label()),
		found: fmt.Sprintf("allow_anonymous = true and protocol = %q; %s has client_communication = %q.", ProtocolHTTP, a.site().servedBy().label(), CommunicationEnhancedHTTP),
	})
}

// tokenContent reports a distribution point whose system does not serve clients with
// the tokens of enhanced HTTP, where there is no account in their place.
func (c *check) tokenContent(a *Assignment) {
	primary := a.site().servedBy()
	if primary == nil {
		c.undecide()
		return
	}
	tokensOnly := both(a.site().usesEnhancedHTTP(), primary.hasNoAccessAccount())
	if applies, ok := tokensOnly.Get(); ok && !applies {
		return
	}
	os := c.system(a.server())
	v, ok := c.versionOf(a.site())
	if os == nil || !ok || v < enhancedHTTPFrom.version {
		return
	}
	serves := !os.refusedBy(v) && (!os.Client || slices.Contains(enhancedHTTPClients, os.Key))
	if serves || !c.holds(tokensOnly) {
		return
	}
	c.violate(violation{
		on: a, at: At("server", "operating_system"), site: a.site(), related: []declared{a.server(), primary},
		fact:  fmt.Sprintf("%s runs %s, which needs a network access account", a.label(), os.Name),
		found: fmt.Sprintf("the operating_system of the server is %q at version %s, and network_access_accounts of %s is empty.", os.Key, v, primary.label()),
	})
}

// hasNoAccessAccount reports whether the site says that it has no network access account.
func (s *Site) hasNoAccessAccount() Value[bool] {
	accounts, ok := s.AccessAccounts.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(len(accounts) == 0)
}

// localAuthorities stand before the names of accounts that belong to no domain.
var localAuthorities = []string{".", "BUILTIN", "NT AUTHORITY", "NT SERVICE"}

var accessAccountRules = []Rule{
	{
		ID: "COMM-WORKGROUP-CLIENTS", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:     "Clients in a workgroup have a way to content",
		Why:       "They have no domain account to read a distribution point with. Over plain HTTP they use the network access account; with HTTPS or enhanced HTTP they need none. Plain HTTP also has each of them approved by hand, and all of them find a management point through DNS or by name only.",
		Fix:       `Set client_communication = "enhanced_http", or name an account, such as network_access_accounts = ["contoso.com\\svc-naa"].`,
		Sources:   []Source{articleCommunications.At("Support computers in a workgroup"), articleAccounts.At("Network access account")},
		CoveredBy: onElement("ROLE-LIFE-HTTP-BLOCK"),
		site: func(c *check, s *Site) {
			workgroup := positive(settingOf(s.Clients, func(n *ClientCounts) Value[int64] { return n.Workgroup }))
			plain := both(s.is(Primary), valueIs(s.Communication, CommunicationHTTPSOrHTTP))
			if !c.holds(both(both(plain, s.hasNoAccessAccount()), workgroup)) {
				return
			}
			counts, _ := s.Clients.Get()
			c.violate(violation{
				at:    At("network_access_accounts"),
				fact:  fmt.Sprintf("the workgroup clients of %s have no way to content", s.label()),
				found: fmt.Sprintf("%s clients in a workgroup are expected, client_communication = %q, and network_access_accounts is empty.", counts.Workgroup, CommunicationHTTPSOrHTTP),
			})
		},
	},
	{
		ID: "COMM-NAA-LIMIT", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:   "A site has at most 10 network access accounts, all of them domain accounts",
		Why:     "Clients get the accounts with their policy and try them at the distribution point. An account of one computer means nothing there.",
		Fix:     `Name at most 10 accounts with their domains, such as network_access_accounts = ["contoso.com\\svc-naa"].`,
		Sources: []Source{limitAccessAccounts.source},
		site: func(c *check, s *Site) {
			accounts, ok := decided(c, s.AccessAccounts)
			if !ok {
				return
			}
			if n := int64(len(accounts)); n > limitAccessAccounts.value {
				c.violate(violation{
					at:    At("network_access_accounts"),
					fact:  fmt.Sprintf("%s has too many network access accounts", s.label()),
					found: fmt.Sprintf("network_access_accounts names %d accounts; %d are possible.", n, limitAccessAccounts.value),
				})
			}
			for i, entry := range accounts {
				name, ok := decided(c, entry)
				if !ok {
					continue
				}
				why, severity := notOfDomain(name, s)
				if why == "" {
					continue
				}
				c.violate(violation{
					at: At("network_access_accounts").Index(i), severity: severity,
					fact:  fmt.Sprintf("the network access account %q of %s %s", name, s.label(), why),
					found: fmt.Sprintf("network_access_accounts names %q; an account of a domain is expected.", name),
				})
			}
		},
	},
}

// notOfDomain says what is wrong with an account that has to be one of a domain, in
// words that follow its name; empty when nothing is. A name without a domain may still
// be one of a domain.
func notOfDomain(name string, s *Site) (string, Severity) {
	name = strings.TrimSpace(name)
	domain, _, qualified := strings.Cut(name, `\`)
	site, _ := s.Server.Get()
	switch {
	case name == "":
		return "is empty", SeverityError
	case !qualified && strings.Contains(name, "@"):
		return "", 0
	case !qualified && (isLocalService(name) || strings.EqualFold(name, "LocalSystem") || strings.EqualFold(name, "NetworkService")):
		return "is an account of each computer", SeverityError
	case domain == "" || !qualified:
		return "does not name its domain", SeverityWarning
	case slices.ContainsFunc(localAuthorities, func(a string) bool { return strings.EqualFold(a, domain) }):
		return "is an account of each computer", SeverityError
	case strings.EqualFold(domain, hostLabel(site)) || site != "" && foldHost(domain) == foldHost(site):
		return "is an account of the site server", SeverityError
	}
	return "", 0
}

// positive reports whether there is any of what is counted, undecided while the
// number is not declared or not known.
func positive(n Value[int64]) Value[bool] {
	count, ok := n.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(count > 0)
}
