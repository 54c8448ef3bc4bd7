package servers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Servers in other forests, and the accounts that bridge them.

// roleAccount is an account that a role uses and that a setting names.
type roleAccount struct {
	role string
	name string
	at   model.Path
	// set is the account; used says whether the role uses one in this design.
	set    func(*model.Assignment) model.Value[string]
	used   func(*model.Assignment) model.Value[bool] // nil: always
	until  product.Version                           // the first version without a use for it, 0 for none
	wsus   bool                                      // it serves WSUS, not the site database
	source product.Source
}

var roleAccounts = []roleAccount{
	{role: product.RoleManagementPoint, name: "management point connection account", at: model.At("management_point", "database_connection_account"),
		set: func(a *model.Assignment) model.Value[string] {
			return model.BlockSetting(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[string] { return m.DatabaseConnectionAccount })
		}, source: product.Accounts.At("Management point connection account")},
	{role: product.RoleEnrollmentPoint, name: "enrollment point connection account", at: model.At("enrollment_point", "database_connection_account"),
		set: func(a *model.Assignment) model.Value[string] {
			return model.BlockSetting(a.EnrollmentPoint, func(e *model.EnrollmentPoint) model.Value[string] { return e.DatabaseConnectionAccount })
		}, source: product.Accounts.At("Enrollment point connection account")},
	{role: product.RoleCertificateRegistration, name: "certificate registration point account", at: model.At("certificate_registration_point", "database_connection_account"), until: 2203,
		set: func(a *model.Assignment) model.Value[string] {
			return model.BlockSetting(a.CertificateRegistration, func(r *model.CertificateRegistration) model.Value[string] { return r.DatabaseConnectionAccount })
		}, source: product.Accounts.At("Certificate registration point account")},
	{role: product.RoleDistributionPoint, name: "multicast connection account", at: model.At("distribution_point", "multicast", "connection_account"),
		set: func(a *model.Assignment) model.Value[string] {
			return model.BlockSetting(multicast(a), func(m *model.Multicast) model.Value[string] { return m.ConnectionAccount })
		},
		used: func(a *model.Assignment) model.Value[bool] {
			m := multicast(a)
			if m.IsUnknown() {
				return model.Unknown[bool]()
			}
			return model.Known(m.IsKnown())
		}, source: product.Accounts.At("Multicast connection account")},
	{role: product.RoleSoftwareUpdatePoint, name: "WSUS server connection account", at: model.At("software_update_point", "wsus_connection_account"), wsus: true,
		set: func(a *model.Assignment) model.Value[string] {
			return model.BlockSetting(a.SoftwareUpdatePoint, func(s *model.SoftwareUpdatePoint) model.Value[string] { return s.WSUSConnectionAccount })
		}, source: product.Accounts.At("Software update point connection account")},
}

// fix tells how to name the account.
func (account roleAccount) fix() string {
	steps := account.at.Steps()
	last := len(steps) - 1
	var where strings.Builder
	for _, block := range slices.Backward(steps[:last]) {
		fmt.Fprintf(&where, " of the %s block", block.Attribute)
	}
	domain := "contoso.com" // that of the SQL Server
	if account.wsus {
		domain = "fabrikam.com" // that of the server with WSUS
	}
	return fmt.Sprintf(`Name an account that the role can use, such as "%s\\svc-role", in %s%s.`, domain, steps[last].Attribute, where.String())
}

// multicast returns the multicast settings of a distribution point: null without any.
func multicast(a *model.Assignment) model.Value[*model.Multicast] {
	return model.BlockSetting(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[*model.Multicast] { return d.Multicast })
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
func untrustedForestRules() []rule.Rule {
	return []rule.Rule{
		{
			ID: "SRV-UNTRUSTED-ACCOUNT", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
			Title: "A server in an untrusted forest has a site system installation account",
			Why: "The computer account of the site server means nothing in a forest that does not trust its own, so the site server cannot install anything " +
				"there with it.",
			Fix:     `Name an account of the forest of the server, as in installation_account = "fabrikam.com\\svc-install".`,
			Sources: []product.Source{product.Communications.At("Scenario 2: Communication in a site that spans forests")},
			// Such a database server cannot stay where it is.
			CoveredBy: rule.OnElement("SRV-REMOTE-SQL-TRUST"),
			Server: func(c *rule.Check, s *model.Server) {
				if c.Holds(s.UntrustedForest) && c.Missing(s.InstallationAccount) {
					c.Violate(rule.Violation{
						At:    model.At("installation_account"),
						Fact:  fmt.Sprintf("%s is in an untrusted forest and has no installation account", s.Label()),
						Found: "untrusted_forest = true, and installation_account is not set.",
					})
				}
			},
		},
		{
			ID: "SRV-UNTRUSTED-SSI", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
			Title: "The site server initiates the connections to a server in an untrusted forest",
			Why:   "Otherwise the server opens connections into the forest of the site server, which does not trust its own.",
			Fix:   "Set site_server_initiates_connections = true.",
			Sources: []product.Source{product.Communications.At("Scenario 2: Communication in a site that spans forests"), product.SiteSecurity.At("Configure the site server to initiate " +
				"connections to perimeter networks")},
			Server: func(c *rule.Check, s *model.Server) {
				if c.Holds(s.UntrustedForest) && c.Fails(s.SiteServerInitiates.OrDefault(false)) {
					c.Violate(rule.Violation{
						At:    model.At("site_server_initiates_connections"),
						Fact:  fmt.Sprintf("%s is in an untrusted forest and initiates connections itself", s.Label()),
						Found: "untrusted_forest = true, and site_server_initiates_connections is not true.",
					})
				}
			},
		},
		{
			ID: "SRV-UNTRUSTED-SITETYPE", Severity: rule.SeverityWarning, Basis: rule.Inferred, Scope: rule.ScopeServer,
			Title:   "A secondary site has no roles in another forest",
			Why:     "The documentation describes roles in other forests for primary sites only; nobody says whether those of a secondary site work there.",
			Fix:     "Put the roles on servers of the forest of the secondary site, or assign them to a server of the primary site.",
			Sources: []product.Source{product.Communications.At("Scenario 2: Communication in a site that spans forests")},
			Server: func(c *rule.Check, s *model.Server) {
				site := rule.SiteOf(s)
				// The forest of the site server itself is the subject of HIER-FOREST-TRUST.
				if !c.Holds(site.Is(product.Secondary)) || !c.Fails(model.EqualHost(site.Server, s.FQDN)) {
					return
				}
				var finding rule.Violation
				same, known := model.EqualHost(s.Forest, site.Forest).Get()
				untrusted, _ := s.UntrustedForest.Get()
				switch {
				case untrusted:
					finding.At, finding.Found = model.At("untrusted_forest"), "untrusted_forest = true on a server of a secondary site."
				case known && !same:
					finding.At = model.At("forest")
					finding.Found = fmt.Sprintf("forest = %q, but the site server of the secondary site is in %q.", s.Forest, site.Forest)
				case known:
					return
				default:
					c.Undecide()
					return
				}
				finding.Fact = fmt.Sprintf("%s is in another forest than %s", s.Label(), site.Label())
				c.Violate(finding)
			},
		},
		needsAccount(rule.Rule{
			ID: "SRV-UNTRUSTED-DBACCOUNT", Basis: rule.Documented,
			Title: "A role in an untrusted domain has an account for the site database",
			Why: "Management points, enrollment points, certificate registration points and multicast read the site database with the computer account of their " +
				"server, which the database server does not know across the forests.",
		}, func(account roleAccount) bool { return !account.wsus }),
		needsAccount(rule.Rule{
			ID: "SRV-UNTRUSTED-SUP", Basis: rule.Documented,
			Title: "A software update point in an untrusted forest has a WSUS server connection account",
			Why: "The site server configures WSUS with that account, beside the one that installs the site system. It is a local administrator and a member of " +
				"WSUS Administrators on the server.",
		}, func(account roleAccount) bool { return account.wsus }),
		accountDomains(),
		accountNames(),
	}
}

// needsAccount completes a rule about accounts that roles in an untrusted forest need.
func needsAccount(r rule.Rule, pick func(roleAccount) bool) rule.Rule {
	accounts, roles := accountsOf(pick)
	r.Severity, r.Scope, r.Roles = rule.SeverityError, rule.ScopeRole, roles
	r.Sources = []product.Source{product.Communications.At("Scenario 2: Communication in a site that spans forests")}
	for _, role := range roles {
		r.Sources = append(r.Sources, accounts[role].source)
	}
	r.Fix = accounts[roles[0]].fix()
	r.Assignment = func(c *rule.Check, a *model.Assignment) {
		key, _ := a.Role.Get()
		account := accounts[key]
		if account.used != nil && !c.Holds(account.used(a)) {
			return
		}
		if !c.Holds(a.DeclaredServer().UntrustedForest) {
			return
		}
		if account.until != 0 {
			if v, ok := c.VersionOf(a.DeclaredSite()); !ok || v >= account.until {
				return
			}
		}
		if c.Missing(account.set(a)) {
			c.Violate(rule.Violation{
				At:    account.at,
				Fact:  fmt.Sprintf("%s is in an untrusted forest and has no %s", a.Label(), account.name),
				Found: fmt.Sprintf("the server has untrusted_forest = true, and %s is not set.", account.at),
				Fix:   c.InTermsOf(account.fix(), a, a.DeclaredSite()),
			})
		}
	}
	return r
}

// accountDomains is the rule about the domain that an account across forests is of.
func accountDomains() rule.Rule {
	accounts, roles := accountsOf(func(account roleAccount) bool { return !account.wsus })
	return rule.Rule{
		ID: "SRV-UNTRUSTED-ACCOUNT-DOMAIN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "Across forests without a trust, an account comes from the domain of the computer that it is used on",
		Why: "A role in an untrusted forest logs on to the site database with its account, so that the account has to be one of the domain of the SQL " +
			"Server, or of one that this domain trusts. The other way round the site server installs roles with an account of the domain of their server.",
		Fix: `Name an account of the domain of the SQL Server for the site database, such as database_connection_account = "contoso.com\\svc-mp", and one ` +
			`of the domain of the server in installation_account.`,
		Sources: []product.Source{product.ManagementPointExample.Source(), product.Accounts.At("Management point connection account"), product.Accounts.At("Site system installation account")},
		Roles:   roles,
		Server: func(c *rule.Check, s *model.Server) {
			if s.InstallationAccount.IsNull() || !c.Holds(s.UntrustedForest) {
				return
			}
			site := rule.SiteOf(s)
			own := domainsOf(s.Domain, s.Forest, s.FQDN)
			v := rule.Violation{
				At: model.At("installation_account"), Severity: rule.SeverityWarning,
				Fact:  fmt.Sprintf("the installation account of %s is of a domain that its forest does not trust", s.Label()),
				Found: fmt.Sprintf("installation_account = %q is of the domain of the site server, and the server has untrusted_forest = true.", s.InstallationAccount),
			}
			if c.Holds(accountFrom(s.InstallationAccount, domainsOf(site.Domain, site.Forest, site.Server), own)) {
				c.Violate(v)
			}
		},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			key, _ := a.Role.Get()
			account := accounts[key]
			name := account.set(a)
			if name.IsNull() || account.used != nil && !c.Holds(account.used(a)) || !c.Holds(a.DeclaredServer().UntrustedForest) {
				return
			}
			s, site := a.DeclaredServer(), a.DeclaredSite()
			read, what := site.DatabaseHost(), "the site database"
			if replica := a.DatabaseReplica(); key == product.RoleManagementPoint && !replica.IsNull() {
				read, what = model.BlockSetting(replica, func(r *model.DatabaseReplica) model.Value[string] { return r.Server }), "its database replica"
			}
			database := domainsOf(model.Null[string](), model.Null[string](), read)
			if atHome, ok := model.EqualHost(read, site.Server).Get(); ok && atHome {
				database = domainsOf(site.Domain, site.Forest, site.Server)
			}
			if c.Holds(accountFrom(name, domainsOf(s.Domain, s.Forest, s.FQDN), database)) {
				host, _ := read.Get()
				c.Violate(rule.Violation{
					At:    account.at,
					Fact:  fmt.Sprintf("the %s of %s is of a domain that the SQL Server does not know", account.name, a.Label()),
					Found: fmt.Sprintf("%s = %q is of the domain of the server, which has untrusted_forest = true; %s is on %q.", account.at, name, what, host),
					Fix:   fmt.Sprintf(`Name an account of the domain of the SQL Server, such as %s = "%s\\svc-role".`, account.at.Steps()[len(account.at.Steps())-1].Attribute, cmp.Or(model.HostDomain(host), "contoso.com")),
				})
			}
		},
	}
}

// domainsOf returns the domains that a computer may be in, as far as a design tells:
// what it declares, else the DNS suffix of its name. Nothing is left when the name is
// not known.
func domainsOf(domain, forest, fqdn model.Value[string]) []string {
	var names []string
	for _, declared := range []model.Value[string]{domain, forest} {
		if name, ok := model.Folded(declared, model.FoldHost).Get(); ok && name != "" {
			names = append(names, name)
		}
	}
	if host, ok := fqdn.Get(); ok && len(names) == 0 && model.HostDomain(host) != "" {
		names = append(names, model.HostDomain(host))
	}
	return names
}

// accountFrom reports whether an account is of one of some domains and of none of some
// others. It is undecided for an account without a domain, and for one of a third
// domain, which both sides may trust.
func accountFrom(account model.Value[string], of, notOf []string) model.Value[bool] {
	name, ok := account.Get()
	if !ok || len(of) == 0 || len(notOf) == 0 {
		return model.Unknown[bool]()
	}
	domain, _, found := strings.Cut(name, `\`)
	if !found {
		_, domain, found = strings.Cut(name, "@")
	}
	if !found || domain == "" || domain == "." {
		return model.Unknown[bool]()
	}
	// The NetBIOS name of a domain is most often its first label.
	is := func(known string) bool {
		return strings.EqualFold(model.FoldHost(domain), known) || !strings.Contains(domain, ".") && strings.EqualFold(domain, model.HostLabel(known))
	}
	switch {
	case slices.ContainsFunc(notOf, is):
		return model.Known(false)
	case slices.ContainsFunc(of, is):
		return model.Known(true)
	default:
		return model.Unknown[bool]()
	}
}

// accountNames is the rule about the spelling of accounts of other domains.
func accountNames() rule.Rule {
	accounts, roles := accountsOf(func(roleAccount) bool { return true })
	return rule.Rule{
		ID: "SRV-ACCOUNT-FQDN", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title:   "An account of another domain is named with the full name of its domain",
		Why:     "A NetBIOS domain name is resolved only where the forests know each other; with the DNS name of the domain the account is found everywhere.",
		Fix:     `Write the DNS name of the domain before the account, as in "fabrikam.com\\svc-install".`,
		Sources: []product.Source{product.Accounts.Source(), product.Accounts.At("Site system installation account"), product.Accounts.At("Management point connection account")},
		Roles:   roles,
		Server: func(c *rule.Check, s *model.Server) {
			if _, ok := rule.Decided(c, s.InstallationAccount); !ok {
				return
			}
			accountName(c, model.At("installation_account"), s.InstallationAccount, s, "the installation account of "+s.Label())
		},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			key, _ := a.Role.Get()
			account := accounts[key]
			if account.used != nil && !c.Holds(account.used(a)) {
				return
			}
			accountName(c, account.at, account.set(a), a.DeclaredServer(), fmt.Sprintf("the %s of %s", account.name, a.Label()))
		},
	}
}

// accountName reports an account with a NetBIOS domain on a server of another domain
// than that of the site server.
func accountName(c *rule.Check, at model.Path, account model.Value[string], s *model.Server, label string) {
	name, ok := rule.Decided(c, account)
	if !ok {
		return
	}
	domain, _, ok := strings.Cut(name, `\`)
	if !ok || strings.Contains(domain, ".") {
		return
	}
	site := rule.SiteOf(s)
	// The NetBIOS name of a domain is most often its first label.
	if home, ok := site.Domain.Get(); ok && strings.EqualFold(domain, model.HostLabel(home)) {
		return
	}
	foreign := s.UntrustedForest
	for _, pair := range [][2]model.Value[string]{{s.Forest, site.Forest}, {s.Domain, site.Domain}} {
		if same, ok := model.EqualHost(pair[0], pair[1]).Get(); ok {
			foreign = model.Either(foreign, model.Known(!same))
		}
	}
	// In the domain of the site server the account may be of that domain or of another.
	if is, ok := foreign.Get(); !ok || !is {
		c.Undecide()
		return
	}
	c.Violate(rule.Violation{
		At:    at,
		Fact:  fmt.Sprintf("%s is named with a NetBIOS domain", label),
		Found: fmt.Sprintf("%s = %q, and the server is in another domain than the site server.", at, name),
	})
}
