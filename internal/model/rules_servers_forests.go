package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 7, servers in other forests, and the accounts that bridge them.

// roleAccount is an account that a role uses and that a setting names.
type roleAccount struct {
	role string
	name string
	at   Path
	// set is the account; used says whether the role uses one in this design.
	set    func(*Assignment) Value[string]
	used   func(*Assignment) Value[bool] // nil: always
	until  Version                       // the first version without a use for it, 0 for none
	wsus   bool                          // it serves WSUS, not the site database
	source Source
}

var roleAccounts = []roleAccount{
	{role: roleManagementPoint, name: "management point connection account", at: At("management_point", "database_connection_account"),
		set: func(a *Assignment) Value[string] {
			return blockSetting(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.DatabaseConnectionAccount })
		}, source: articleAccounts.At("Management point connection account")},
	{role: roleEnrollmentPoint, name: "enrollment point connection account", at: At("enrollment_point", "database_connection_account"),
		set: func(a *Assignment) Value[string] {
			return blockSetting(a.EnrollmentPoint, func(e *EnrollmentPoint) Value[string] { return e.DatabaseConnectionAccount })
		}, source: articleAccounts.At("Enrollment point connection account")},
	{role: roleCertificateRegistration, name: "certificate registration point account", at: At("certificate_registration_point", "database_connection_account"), until: 2203,
		set: func(a *Assignment) Value[string] {
			return blockSetting(a.CertificateRegistration, func(r *CertificateRegistration) Value[string] { return r.DatabaseConnectionAccount })
		}, source: articleAccounts.At("Certificate registration point account")},
	{role: roleDistributionPoint, name: "multicast connection account", at: At("distribution_point", "multicast", "connection_account"),
		set: func(a *Assignment) Value[string] {
			return blockSetting(multicast(a), func(m *Multicast) Value[string] { return m.ConnectionAccount })
		},
		used: func(a *Assignment) Value[bool] {
			m := multicast(a)
			if m.IsUnknown() {
				return Unknown[bool]()
			}
			return Known(m.IsKnown())
		}, source: articleAccounts.At("Multicast connection account")},
	{role: roleSoftwareUpdatePoint, name: "WSUS server connection account", at: At("software_update_point", "wsus_connection_account"), wsus: true,
		set: func(a *Assignment) Value[string] {
			return blockSetting(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[string] { return s.WSUSConnectionAccount })
		}, source: articleAccounts.At("Software update point connection account")},
}

// fix tells how to name the account.
func (account roleAccount) fix() string {
	steps := account.at.Steps()
	last := len(steps) - 1
	var where strings.Builder
	for _, block := range slices.Backward(steps[:last]) {
		fmt.Fprintf(&where, " of the %s block", block.Attribute)
	}
	return fmt.Sprintf(`Name an account that the role can use, such as "contoso.com\\svc-role", in %s%s.`, steps[last].Attribute, where.String())
}

// multicast returns the multicast settings of a distribution point: null without any.
func multicast(a *Assignment) Value[*Multicast] {
	return blockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[*Multicast] { return d.Multicast })
}

// accountsOf returns the accounts that a role uses, and the roles that have one.
func accountsOf(pick func(roleAccount) bool) (accounts map[string]roleAccount, roles []string) {
	accounts = map[string]roleAccount{}
	for _, account := range roleAccounts {
		if pick(account) {
			accounts[account.role] = account
			roles = append(roles, account.role)
		}
	}
	return accounts, roles
}

// untrustedForestRules are about servers in other forests and about the accounts that
// bridge them.
func untrustedForestRules() []Rule {
	return []Rule{
		{
			ID: "SRV-UNTRUSTED-ACCOUNT", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
			Title:   "A server in an untrusted forest has a site system installation account",
			Why:     "The computer account of the site server means nothing in a forest that does not trust its own, so the site server cannot install anything there with it.",
			Fix:     `Name an account of the forest of the server, as in installation_account = "fabrikam.com\\svc-install".`,
			Sources: []Source{articleCommunications.At("Scenario 2: Communication in a site that spans forests")},
			// Such a database server cannot stay where it is.
			CoveredBy: onElement("SRV-REMOTE-SQL-TRUST"),
			server: func(c *check, s *Server) {
				if c.holds(s.UntrustedForest) && c.missing(s.InstallationAccount) {
					c.violate(violation{
						at:    At("installation_account"),
						fact:  fmt.Sprintf("%s is in an untrusted forest and has no installation account", s.label()),
						found: "untrusted_forest = true, and installation_account is not set.",
					})
				}
			},
		},
		{
			ID: "SRV-UNTRUSTED-SSI", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
			Title:   "The site server initiates the connections to a server in an untrusted forest",
			Why:     "Otherwise the server opens connections into the forest of the site server, which does not trust its own.",
			Fix:     "Set site_server_initiates_connections = true.",
			Sources: []Source{articleCommunications.At("Scenario 2: Communication in a site that spans forests"), articleSiteSecurity.At("Configure the site server to initiate connections to perimeter networks")},
			server: func(c *check, s *Server) {
				if c.holds(s.UntrustedForest) && c.fails(s.SiteServerInitiates.OrDefault(false)) {
					c.violate(violation{
						at:    At("site_server_initiates_connections"),
						fact:  fmt.Sprintf("%s is in an untrusted forest and initiates connections itself", s.label()),
						found: "untrusted_forest = true, and site_server_initiates_connections is not true.",
					})
				}
			},
		},
		{
			ID: "SRV-UNTRUSTED-SITETYPE", Severity: SeverityWarning, Basis: Inferred, Scope: ScopeServer,
			Title:   "A secondary site has no roles in another forest",
			Why:     "The documentation describes roles in other forests for primary sites only; nobody says whether those of a secondary site work there.",
			Fix:     "Put the roles on servers of the forest of the secondary site, or assign them to a server of the primary site.",
			Sources: []Source{articleCommunications.At("Scenario 2: Communication in a site that spans forests")},
			server: func(c *check, s *Server) {
				site := siteOf(s)
				// The forest of the site server itself is the subject of HIER-FOREST-TRUST.
				if !c.holds(site.is(Secondary)) || !c.fails(equalHost(site.Server, s.FQDN)) {
					return
				}
				var finding violation
				same, known := equalHost(s.Forest, site.Forest).Get()
				untrusted, _ := s.UntrustedForest.Get()
				switch {
				case untrusted:
					finding.at, finding.found = At("untrusted_forest"), "untrusted_forest = true on a server of a secondary site."
				case known && !same:
					finding.at = At("forest")
					finding.found = fmt.Sprintf("forest = %q, but the site server of the secondary site is in %q.", s.Forest, site.Forest)
				case known:
					return
				default:
					c.undecide()
					return
				}
				finding.fact = fmt.Sprintf("%s is in another forest than %s", s.label(), site.label())
				c.violate(finding)
			},
		},
		needsAccount(Rule{
			ID: "SRV-UNTRUSTED-DBACCOUNT", Basis: Documented,
			Title: "A role in an untrusted domain has an account for the site database",
			Why:   "Management points, enrollment points, certificate registration points and multicast read the site database with the computer account of their server, which the database server does not know across the forests.",
		}, func(account roleAccount) bool { return !account.wsus }),
		needsAccount(Rule{
			ID: "SRV-UNTRUSTED-SUP", Basis: Documented,
			Title: "A software update point in an untrusted forest has a WSUS server connection account",
			Why:   "The site server configures WSUS with that account, beside the one that installs the site system. It is a local administrator and a member of WSUS Administrators on the server.",
		}, func(account roleAccount) bool { return account.wsus }),
		accountNames(),
	}
}

// missing reports whether an account that a setting demands is not given, and records
// when it is not known yet.
func (c *check) missing(account Value[string]) bool {
	if account.IsUnknown() {
		c.undecide()
		return false
	}
	name, _ := account.Get()
	return strings.TrimSpace(name) == ""
}

// needsAccount completes a rule about accounts that roles in an untrusted forest need.
func needsAccount(r Rule, pick func(roleAccount) bool) Rule {
	accounts, roles := accountsOf(pick)
	r.Severity, r.Scope, r.roles = SeverityError, ScopeRole, roles
	r.Sources = []Source{articleCommunications.At("Scenario 2: Communication in a site that spans forests")}
	for _, role := range roles {
		r.Sources = append(r.Sources, accounts[role].source)
	}
	r.Fix = accounts[roles[0]].fix()
	r.assignment = func(c *check, a *Assignment) {
		key, _ := a.Role.Get()
		account := accounts[key]
		if account.used != nil && !c.holds(account.used(a)) {
			return
		}
		if !c.holds(a.server().UntrustedForest) {
			return
		}
		if account.until != 0 {
			if v, ok := c.versionOf(a.site()); !ok || v >= account.until {
				return
			}
		}
		if c.missing(account.set(a)) {
			c.violate(violation{
				at:    account.at,
				fact:  fmt.Sprintf("%s is in an untrusted forest and has no %s", a.label(), account.name),
				found: fmt.Sprintf("the server has untrusted_forest = true, and %s is not set.", account.at),
				fix:   account.fix(),
			})
		}
	}
	return r
}

// accountNames is the rule about the spelling of accounts of other domains.
func accountNames() Rule {
	accounts, roles := accountsOf(func(roleAccount) bool { return true })
	return Rule{
		ID: "SRV-ACCOUNT-FQDN", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:   "An account of another domain is named with the full name of its domain",
		Why:     "A NetBIOS domain name is resolved only where the forests know each other; with the DNS name of the domain the account is found everywhere.",
		Fix:     `Write the DNS name of the domain before the account, as in "fabrikam.com\\svc-install".`,
		Sources: []Source{articleAccounts.Source(), articleAccounts.At("Site system installation account"), articleAccounts.At("Management point connection account")},
		roles:   roles,
		server: func(c *check, s *Server) {
			if _, ok := decided(c, s.InstallationAccount); !ok {
				return
			}
			c.accountName(At("installation_account"), s.InstallationAccount, s, "the installation account of "+s.label())
		},
		assignment: func(c *check, a *Assignment) {
			key, _ := a.Role.Get()
			account := accounts[key]
			if account.used != nil && !c.holds(account.used(a)) {
				return
			}
			c.accountName(account.at, account.set(a), a.server(), fmt.Sprintf("the %s of %s", account.name, a.label()))
		},
	}
}

// accountName reports an account with a NetBIOS domain on a server of another domain
// than that of the site server.
func (c *check) accountName(at Path, account Value[string], s *Server, label string) {
	name, ok := decided(c, account)
	if !ok {
		return
	}
	domain, _, ok := strings.Cut(name, `\`)
	if !ok || strings.Contains(domain, ".") {
		return
	}
	site := siteOf(s)
	// The NetBIOS name of a domain is most often its first label.
	if home, ok := site.Domain.Get(); ok && strings.EqualFold(domain, hostLabel(home)) {
		return
	}
	foreign := s.UntrustedForest
	for _, pair := range [][2]Value[string]{{s.Forest, site.Forest}, {s.Domain, site.Domain}} {
		if same, ok := equalHost(pair[0], pair[1]).Get(); ok {
			foreign = either(foreign, Known(!same))
		}
	}
	// In the domain of the site server the account may be of that domain or of another.
	if is, ok := foreign.Get(); !ok || !is {
		c.undecide()
		return
	}
	c.violate(violation{
		at:    at,
		fact:  fmt.Sprintf("%s is named with a NetBIOS domain", label),
		found: fmt.Sprintf("%s = %q, and the server is in another domain than the site server.", at, name),
	})
}
