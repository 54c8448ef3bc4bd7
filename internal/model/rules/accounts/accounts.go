package accounts

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The accounts that roles cannot be added without. Those of roles in
// untrusted forests, and how accounts are written, are the business of group 7.

var accountRules = []rule.Rule{
	mandatoryAccount(rule.Rule{
		ID:    "ACC-RSP",
		Title: "A reporting services point has its account",
		Why: "Reports read the site database with the reporting services point account; the wizard and the cmdlet ask for it. The account has to be allowed " +
			"to log on locally to the computer with the report server database.",
		Fix: `Name the account in the reporting_services_point block: account = "contoso.com\\svc-reports". If the role is on the server already, installed ` +
			`= true says so.`,
		Sources: []product.Source{
			product.Accounts.At("Reporting services point account"), product.PowerShell.At("Add-CMReportingServicePoint"),
		},
	}, product.RoleReportingServicesPoint, func(a *model.Assignment) model.Value[string] {
		return model.SettingOf(a.ReportingServicesPoint, func(r *model.ReportingServicesPoint) model.Value[string] { return r.Account })
	}),
	mandatoryAccount(rule.Rule{
		ID:    "ACC-DWSP",
		Title: "A data warehouse service point has its account",
		Why:   "Reports read the data warehouse with an account that the cmdlet requires.",
		Fix: `Name the account in the data_warehouse_service_point block: account = "contoso.com\\svc-warehouse". If the role is on the server already, ` +
			`installed = true says so.`,
		Sources: []product.Source{product.PowerShell.At("Add-CMDataWarehouseServicePoint")},
	}, product.RoleDataWarehouse, func(a *model.Assignment) model.Value[string] {
		return model.SettingOf(a.DataWarehouse, func(d *model.DataWarehouse) model.Value[string] { return d.Account })
	}),
	{
		ID: "ACC-NAME", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "An account is named with its domain",
		Why: "The site keeps each account under its domain and its name, and the cmdlets ask for both. A name alone may be that of any domain, and is found " +
			"in none.",
		Fix:       `Write the domain before the name, as in "contoso.com\\svc-install".`,
		Sources:   []product.Source{product.PowerShell.At("Get-CMAccount"), product.Accounts.Source()},
		CoveredBy: rule.OnAttribute("COMM-NAA-LIMIT"),
		Site: func(c *rule.Check, s *model.Site) {
			accountNames(c, s, s)
		},
		Server: func(c *rule.Check, s *model.Server) {
			accountNames(c, s, rule.SiteOf(s))
		},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			accountNames(c, a, a.DeclaredSite())
		},
	},
}

// accountNames judges the accounts that the element under check names.
func accountNames(c *rule.Check, element model.Declared, site *model.Site) {
	for _, m := range c.Mentions() {
		if m.Names == model.NamesAccount {
			accountName(c, m, site, element)
		}
	}
}

// accountName reports an account that is not written with its domain: neither as
// domain\name nor, which Windows takes for the same, as name@domain.
func accountName(c *rule.Check, m model.Mention, site *model.Site, element model.Declared) {
	typed, ok := rule.Decided(c, m.Value)
	if !ok || strings.TrimSpace(typed) == "" {
		return // none
	}
	domain, name, found := strings.Cut(strings.TrimSpace(typed), `\`)
	if !found {
		name, domain, found = strings.Cut(name+domain, "@")
	}
	if found && name != "" && domain != "" {
		return
	}
	v := rule.Violation{
		At:    m.At,
		Fact:  fmt.Sprintf("%s names the account %q without its domain", element.Label(), typed),
		Found: fmt.Sprintf("%s = %q.", m.At, typed),
	}
	if found && name == "" {
		v.Fact = fmt.Sprintf("%s names the domain %q without an account", element.Label(), typed)
		name = "svc-configmgr"
	}
	if home, ok := site.Domain.Get(); ok && name != "" {
		v.Fix = fmt.Sprintf(`Write domain and name, as in "%s\\%s" for an account of the domain of the site.`, model.FoldHost(home), name)
	}
	c.Violate(v)
}

// mandatoryAccount completes a rule about an account without which a role cannot be
// added. A role without settings says nothing about its account, and one that is
// installed has it.
func mandatoryAccount(r rule.Rule, role string, account func(*model.Assignment) model.Value[string]) rule.Rule {
	r.Severity, r.Basis, r.Scope, r.Roles = rule.SeverityError, rule.Refused, rule.ScopeRole, []string{role}
	r.Assignment = func(c *rule.Check, a *model.Assignment) {
		if exists, ok := rule.Decided(c, a.Installed.OrDefault(false)); !ok || exists || !c.Missing(account(a)) {
			return
		}
		c.Violate(rule.Violation{
			At:    model.At(role, "account"),
			Fact:  fmt.Sprintf("%s has no account", a.Label()),
			Found: fmt.Sprintf("the %s block does not name an account.", role),
		})
	}
	return r
}
