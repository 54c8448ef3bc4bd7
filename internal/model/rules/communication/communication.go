package communication

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// How clients and site systems talk to each other. What the internet, mobile
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
var enhancedHTTPFrom = product.Milestone{Version: 1806, Source: product.EnhancedHTTP.Source()}

// enhancedHTTPClients are the Windows clients that can be distribution points with
// enhanced HTTP, as the note on the network access account has them.
var enhancedHTTPClients = []string{"windows_10", "windows_10_ltsc", "windows_11"}

// LimitAccessAccounts is the largest number of network access accounts of a site.
var LimitAccessAccounts = product.Limit{Value: 10, Source: product.Accounts.At("Permissions for the network access account")}

// servedBy returns the primary site whose communication mode the clients of a site
// follow: the parent of a secondary site, else the site itself. It is nil when that
// is not known.
func servedBy(s *model.Site) *model.Site {
	siteType, ok := s.Type.Get()
	if !ok {
		return nil
	}
	if siteType != product.Secondary {
		return s
	}
	parent, _ := s.Parent.Get()
	return parent
}

// usesEnhancedHTTP reports whether the clients of a site use its certificates.
func usesEnhancedHTTP(s *model.Site) model.Value[bool] {
	primary := servedBy(s)
	if primary == nil {
		return model.Unknown[bool]()
	}
	return model.ValueIs(primary.Communication, model.CommunicationEnhancedHTTP)
}

var communicationModeRules = []rule.Rule{
	{
		ID: "COMM-CAS-NONE", Severity: rule.SeverityWarning, Basis: rule.Inferred, Scope: rule.ScopeSite,
		Title: "The communication mode of clients is set at primary sites",
		Why: "A central administration site has no clients; the option for enhanced HTTP there serves its SMS Provider only. The clients of a secondary " +
			"site follow its parent primary site.",
		Fix: `Set client_communication at the primary site. A central administration site may have "enhanced_http"; leave the attribute out at a ` +
			`secondary site.`,
		Sources:   []product.Source{product.SecondarySiteWizard.Source(), product.EnhancedHTTP.At("Configure the site"), product.SetupScript.Source()},
		CoveredBy: rule.OnElement("ROLE-LIFE-HTTP-BLOCK"),
		Site: func(c *rule.Check, s *model.Site) {
			siteType, ok := rule.Decided(c, s.Type)
			if !ok || siteType == product.Primary {
				return
			}
			mode, ok := rule.Decided(c, s.Communication)
			if !ok {
				return
			}
			v := rule.Violation{At: model.At("client_communication"), Found: fmt.Sprintf("client_communication = %q at a %s.", mode, siteType.Name())}
			switch siteType {
			case product.CentralAdministration:
				if mode == model.CommunicationEnhancedHTTP {
					return
				}
				v.Fact = fmt.Sprintf("%s has no clients whose communication could be set", s.Label())
			default:
				parent, ok := rule.Decided(c, s.Parent)
				if !ok {
					return
				}
				theirs, ok := rule.Decided(c, parent.Communication)
				if !ok || theirs == mode {
					return
				}
				v.Fact = fmt.Sprintf("%s cannot have another communication mode than its parent site", s.Label())
				v.Found = fmt.Sprintf("client_communication = %q; %s has %q, which its clients follow.", mode, parent.Label(), theirs)
			}
			c.Violate(v)
		},
	},
	{
		ID: "COMM-HTTPS-ONLY-ROLES", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "At a primary site that accepts HTTPS only, management points and distribution points use HTTPS",
		Why: "The clients of such a site do not connect to a management point or distribution point without HTTPS. A software update point without it " +
			"still works and is only a gap.",
		Fix:     `Set protocol = "https" for the role, or client_communication = "enhanced_http" on the site.`,
		Sources: []product.Source{product.PrerequisiteChecks.At("Enable site system roles for HTTPS or Enhanced HTTP"), product.SiteSystemRolesForClients.At("Fallback status point")},
		// The same protocol, with a weightier reason for another one.
		CoveredBy: rule.OnElement("COMM-MDM-HTTPS", "COMM-INTERNET-HTTPS", "COMM-SUP-SSL-CHAIN"),
		Roles:     []string{product.RoleManagementPoint, product.RoleDistributionPoint, product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			site := a.DeclaredSite()
			httpsOnly := model.Both(site.Is(product.Primary), model.ValueIs(site.Communication, model.CommunicationHTTPSOnly))
			if !c.Holds(model.Both(httpsOnly, a.Access().Uses(model.ProtocolHTTP))) {
				return
			}
			role, _ := a.Role.Get()
			v := rule.Violation{
				At:    model.At(role, "protocol"),
				Fact:  fmt.Sprintf("%s uses HTTP at a site that accepts HTTPS only", a.Label()),
				Found: fmt.Sprintf("protocol = %q; %s has client_communication = %q.", model.ProtocolHTTP, site.Label(), model.CommunicationHTTPSOnly),
			}
			if role == product.RoleSoftwareUpdatePoint {
				v.Severity = rule.SeverityWarning
			}
			c.Violate(v)
		},
	},
	{
		ID: "COMM-FSP-HTTP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A fallback status point uses HTTP",
		Why: "It receives messages of clients that cannot reach a management point, and therefore asks for no certificate. That the site accepts HTTPS " +
			"only does not change it.",
		Fix:         "Nothing to correct: the role has no protocol to set.",
		Sources:     []product.Source{product.SiteSystemRolesForClients.At("Fallback status point")},
		Enforcement: rule.Inexpressible,
		Note:        "The protocol of a fallback status point is fixed; its settings hold none.",
	},
	{
		ID: "COMM-EP-HTTPS", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:       "Enrollment points and enrollment proxy points use HTTPS",
		Why:         "Devices and Macs get their certificates through them; each of the two roles needs a PKI certificate of its own.",
		Fix:         "Nothing to correct: the roles have no protocol to set.",
		Sources:     []product.Source{product.OnPremisesMDMRoles.Source(), product.PKICertificates.Source(), product.SiteSystemRoles.At("Enrollment point")},
		Enforcement: rule.Inexpressible,
		Note:        "The protocol of both roles is fixed; the blocks enrollment_point and enrollment_proxy_point hold none.",
	},
	{
		ID: "COMM-CRP-HTTPS", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "before 2203",
		Title:       "A certificate registration point uses HTTPS",
		Why:         "The policy module of the NDES server talks to it with certificates only.",
		Fix:         "Nothing to correct: the role has no protocol to set.",
		Sources:     []product.Source{product.CertificateInfrastructure.Source(), product.Ports.Source()},
		Enforcement: rule.Inexpressible,
		Note:        "The protocol of a certificate registration point is fixed; the block certificate_registration_point holds none.",
	},
	{
		ID: "COMM-EHTTP-DP-ANON", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: rule.VersionSpan(enhancedHTTPFrom.Version, 0),
		Title:   "With enhanced HTTP, a distribution point does not let clients connect anonymously",
		Why:     "Enhanced HTTP gives clients a token with which they fetch content. A distribution point that takes anyone gives that protection away.",
		Fix:     "Set allow_anonymous = false in the distribution_point block.",
		Sources: []product.Source{product.EnhancedHTTP.At("Prerequisites")},
		Roles:   []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			// A role does not see the communication mode of the parent of its site.
			if c.Fails(a.DeclaredSite().Is(product.Secondary)) {
				anonymousContent(c, a, nil)
			}
		},
		MemberRoles: []string{product.RoleDistributionPoint},
		Member: func(c *rule.Check, a *model.Assignment) {
			if model.KnownTrue(a.DeclaredSite().Is(product.Secondary)) {
				anonymousContent(c, a, a)
			}
		},
	},
	{
		ID: "COMM-EHTTP-DP-OS", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: rule.VersionSpan(enhancedHTTPFrom.Version, 0),
		Title:   "Without network access account, enhanced HTTP has distribution points on systems that support it",
		Why:     "In place of the account clients use tokens, which a distribution point accepts on a supported Windows Server, on Windows 10 and on Windows 11.",
		Fix:     "Use another system for the distribution point, or name an account in network_access_accounts of the site.",
		Sources: []product.Source{product.Accounts.At("Network access account")},
		// What is not supported at all is not supported here either.
		CoveredBy:   slices.Concat(rule.OnHost("SRV-OS-LIST"), rule.OnElement("ROLE-LIFE-OS-2008R2")),
		MemberRoles: []string{product.RoleDistributionPoint},
		Member:      tokenContent,
	},
	{
		ID: "COMM-CONN-TYPE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title:       "Clients connect from the intranet, from the internet, or from both",
		Why:         "The cmdlets and the console know no other connection type.",
		Fix:         `Set client_connections to "intranet", "internet" or "internet_and_intranet".`,
		Sources:     []product.Source{product.PowerShell.At("Add-CMManagementPoint"), product.CmdletParameters.Source()},
		Enforcement: rule.Inexpressible,
		Note:        "client_connections accepts no other value.",
	},
}

// anonymousContent reports a distribution point with HTTP that lets clients connect
// anonymously although its site has enhanced HTTP.
func anonymousContent(c *rule.Check, a *model.Assignment, on model.Declared) {
	d, ok := rule.Decided(c, a.DistributionPoint)
	if !ok || !c.Holds(model.Both(d.AllowAnonymous, model.Both(model.ValueIs(d.Protocol, model.ProtocolHTTP), usesEnhancedHTTP(a.DeclaredSite())))) {
		return
	}
	if v, ok := c.VersionOf(a.DeclaredSite()); !ok || v < enhancedHTTPFrom.Version {
		return
	}
	c.Violate(rule.Violation{
		On: on, At: model.At("distribution_point", "allow_anonymous"), Site: a.DeclaredSite(),
		Fact:  fmt.Sprintf("%s lets clients connect anonymously", a.Label()),
		Found: fmt.Sprintf("allow_anonymous = true and protocol = %q; %s has client_communication = %q.", model.ProtocolHTTP, servedBy(a.DeclaredSite()).Label(), model.CommunicationEnhancedHTTP),
	})
}

// tokenContent reports a distribution point whose system does not serve clients with
// the tokens of enhanced HTTP, where there is no account in their place.
func tokenContent(c *rule.Check, a *model.Assignment) {
	primary := servedBy(a.DeclaredSite())
	if primary == nil {
		c.Undecide()
		return
	}
	tokensOnly := model.Both(usesEnhancedHTTP(a.DeclaredSite()), hasNoAccessAccount(primary))
	if applies, ok := tokensOnly.Get(); ok && !applies {
		return
	}
	os := c.System(a.DeclaredServer())
	v, ok := c.VersionOf(a.DeclaredSite())
	if os == nil || !ok || v < enhancedHTTPFrom.Version {
		return
	}
	serves := !os.RefusedBy(v) && (!os.Client || slices.Contains(enhancedHTTPClients, os.Key))
	if serves || !c.Holds(tokensOnly) {
		return
	}
	c.Violate(rule.Violation{
		On: a, At: model.At("server", "operating_system"), Site: a.DeclaredSite(), Related: []model.Declared{a.DeclaredServer(), primary},
		Fact:  fmt.Sprintf("%s runs %s, which needs a network access account", a.Label(), os.Name),
		Found: fmt.Sprintf("the operating_system of the server is %q at version %s, and network_access_accounts of %s is empty.", os.Key, v, primary.Label()),
		Fix: fmt.Sprintf("Use another system for the distribution point, such as operating_system = %q, or name an account in network_access_accounts of the "+
			"site.", product.NewestServer(v).Key),
	})
}

// hasNoAccessAccount reports whether the site says that it has no network access account.
func hasNoAccessAccount(s *model.Site) model.Value[bool] {
	accounts, ok := s.AccessAccounts.Get()
	if !ok {
		return model.Unknown[bool]()
	}
	return model.Known(len(accounts) == 0)
}

// localAuthorities stand before the names of accounts that belong to no domain.
var localAuthorities = []string{".", "BUILTIN", "NT AUTHORITY", "NT SERVICE"}

var accessAccountRules = []rule.Rule{
	{
		ID: "COMM-WORKGROUP-CLIENTS", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "Clients in a workgroup have a way to content",
		Why: "They have no domain account to read a distribution point with. Over plain HTTP they use the network access account; with HTTPS or enhanced " +
			"HTTP they need none. Plain HTTP also has each of them approved by hand, and all of them find a management point through DNS or by name only.",
		Fix:       `Set client_communication = "enhanced_http", or name an account, such as network_access_accounts = ["contoso.com\\svc-naa"].`,
		Sources:   []product.Source{product.Communications.At("Support computers in a workgroup"), product.Accounts.At("Network access account")},
		CoveredBy: rule.OnElement("ROLE-LIFE-HTTP-BLOCK"),
		Site: func(c *rule.Check, s *model.Site) {
			workgroup := model.Positive(model.SettingOf(s.Clients, func(n *model.ClientCounts) model.Value[int64] { return n.Workgroup }))
			plain := model.Both(s.Is(product.Primary), model.ValueIs(s.Communication, model.CommunicationHTTPSOrHTTP))
			if !c.Holds(model.Both(model.Both(plain, hasNoAccessAccount(s)), workgroup)) {
				return
			}
			counts, _ := s.Clients.Get()
			c.Violate(rule.Violation{
				At:    model.At("network_access_accounts"),
				Fact:  fmt.Sprintf("the workgroup clients of %s have no way to content", s.Label()),
				Found: fmt.Sprintf("%s clients in a workgroup are expected, client_communication = %q, and network_access_accounts is empty.", counts.Workgroup, model.CommunicationHTTPSOrHTTP),
			})
		},
	},
	{
		ID: "COMM-NAA-MULTICAST", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:       "A site with multicast has a network access account",
		Why:         "Computers that receive an image by multicast log on with that account. Enhanced HTTP, which does away with it otherwise, changes nothing here.",
		Fix:         `Name an account on the primary site, such as network_access_accounts = ["contoso.com\\svc-naa"], or remove the multicast block.`,
		Sources:     []product.Source{product.Accounts.At("Actions that require the network access account")},
		MemberRoles: []string{product.RoleDistributionPoint},
		Member: func(c *rule.Check, a *model.Assignment) {
			multicast := model.BlockSetting(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[*model.Multicast] { return d.Multicast })
			if !c.Holds(model.DeclaredBlock(multicast)) {
				return
			}
			// The accounts of a secondary site are those of its primary site.
			site := a.DeclaredSite()
			if model.KnownTrue(site.Is(product.Secondary)) {
				parent, ok := rule.Decided(c, site.Parent)
				if !ok {
					return
				}
				site = parent
			}
			accounts, ok := rule.Decided(c, site.AccessAccounts)
			if !ok || len(accounts) > 0 {
				return
			}
			c.Violate(rule.Violation{
				On: a, At: model.At("distribution_point", "multicast"), Site: a.DeclaredSite(), Related: []model.Declared{site},
				Fact:  fmt.Sprintf("%s has multicast, and %s no network access account", a.Label(), site.Label()),
				Found: fmt.Sprintf("the distribution_point block holds multicast; network_access_accounts of %s is an empty list.", site.Label()),
			})
		},
		Hierarchy: (*rule.Check).OpenCount,
	},
	{
		ID: "COMM-NAA-LIMIT", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "A site has at most 10 network access accounts, all of them domain accounts",
		Why:     "Clients get the accounts with their policy and try them at the distribution point. An account of one computer means nothing there.",
		Fix:     `Name at most 10 accounts with their domains, such as network_access_accounts = ["contoso.com\\svc-naa"].`,
		Sources: []product.Source{LimitAccessAccounts.Source},
		Site: func(c *rule.Check, s *model.Site) {
			accounts, ok := rule.Decided(c, s.AccessAccounts)
			if !ok {
				return
			}
			if n := int64(len(accounts)); n > LimitAccessAccounts.Value {
				c.Violate(rule.Violation{
					At:    model.At("network_access_accounts"),
					Fact:  fmt.Sprintf("%s has too many network access accounts", s.Label()),
					Found: fmt.Sprintf("network_access_accounts names %d accounts; %d are possible.", n, LimitAccessAccounts.Value),
				})
			}
			for i, entry := range accounts {
				name, ok := rule.Decided(c, entry)
				if !ok {
					continue
				}
				why := notOfDomain(name, s)
				if why == "" {
					continue
				}
				c.Violate(rule.Violation{
					At:    model.At("network_access_accounts").Index(i),
					Fact:  fmt.Sprintf("the network access account %q of %s %s", name, s.Label(), why),
					Found: fmt.Sprintf("network_access_accounts names %q; an account of a domain is expected.", name),
				})
			}
		},
	},
}

// notOfDomain says what is wrong with an account that has to be one of a domain, in
// words that follow its name; empty when nothing is. A name without a domain, which may
// still be one of a domain, is ACC-NAME.
func notOfDomain(name string, s *model.Site) string {
	name = strings.TrimSpace(name)
	domain, _, qualified := strings.Cut(name, `\`)
	site, _ := s.Server.Get()
	switch {
	case name == "":
		return "is empty"
	case !qualified && strings.Contains(name, "@"):
		return ""
	case !qualified && (model.IsLocalService(name) || strings.EqualFold(name, "LocalSystem") || strings.EqualFold(name, "NetworkService")):
		return "is an account of each computer"
	case domain == "" || !qualified:
		return ""
	case slices.ContainsFunc(localAuthorities, func(a string) bool { return strings.EqualFold(a, domain) }):
		return "is an account of each computer"
	case strings.EqualFold(domain, model.HostLabel(site)) || site != "" && model.FoldHost(domain) == model.FoldHost(site):
		return "is an account of the site server"
	}
	return ""
}
