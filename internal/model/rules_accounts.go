package model

import "fmt"

// Group 18: the accounts that roles cannot be added without. Those of roles in
// untrusted forests, and how accounts are written, are the business of group 7.

var accountRules = []Rule{
	mandatoryAccount(Rule{
		ID:    "ACC-RSP",
		Title: "A reporting services point has its account",
		Why:   "Reports read the site database with the reporting services point account; the wizard and the cmdlet ask for it. The account has to be allowed to log on locally to the computer with the report server database.",
		Fix:   `Name the account in the reporting_services_point block: account = "contoso.com\\svc-reports". If the role is on the server already, installed = true says so.`,
		Sources: []Source{
			articleAccounts.At("Reporting services point account"), articlePowerShell.At("Add-CMReportingServicePoint"),
		},
	}, roleReportingServicesPoint, func(a *Assignment) Value[string] {
		return settingOf(a.ReportingServicesPoint, func(r *ReportingServicesPoint) Value[string] { return r.Account })
	}),
	mandatoryAccount(Rule{
		ID:      "ACC-DWSP",
		Title:   "A data warehouse service point has its account",
		Why:     "Reports read the data warehouse with an account that the cmdlet does not do without.",
		Fix:     `Name the account in the data_warehouse_service_point block: account = "contoso.com\\svc-warehouse". If the role is on the server already, installed = true says so.`,
		Sources: []Source{articlePowerShell.At("Add-CMDataWarehouseServicePoint")},
	}, roleDataWarehouse, func(a *Assignment) Value[string] {
		return settingOf(a.DataWarehouse, func(d *DataWarehouse) Value[string] { return d.Account })
	}),
}

// mandatoryAccount completes a rule about an account without which a role cannot be
// added. A role without settings says nothing about its account, and one that is
// installed has it.
func mandatoryAccount(r Rule, role string, account func(*Assignment) Value[string]) Rule {
	r.Severity, r.Basis, r.Scope, r.roles = SeverityError, Refused, ScopeRole, []string{role}
	r.assignment = func(c *check, a *Assignment) {
		if exists, ok := decided(c, a.Installed.OrDefault(false)); !ok || exists || !c.missing(account(a)) {
			return
		}
		c.violate(violation{
			at:    At(role, "account"),
			fact:  fmt.Sprintf("%s has no account", a.label()),
			found: fmt.Sprintf("the %s block does not name an account.", role),
		})
	}
	return r
}
