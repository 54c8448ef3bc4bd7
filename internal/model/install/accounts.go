package install

import (
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Account is a Windows account that a site has to know before anything names it: the
// cmdlets and the DSC resources for roles and site system servers refuse others
// (ConfigMgrCBDsc 28f681d, 2023-02-21; New-CMAccount, 2019-05-05).
type Account struct {
	SiteCode string // of the site that registers it: of the parent for a secondary site
	// Name is the account as it is declared, empty where it is not and Placeholder stands
	// for it.
	Name        string
	Placeholder *Placeholder
}

// key tells accounts of one site apart: Windows compares their names without case.
func (a Account) key() string {
	if a.Placeholder != nil {
		return "$" + a.Placeholder.Name
	}
	return strings.ToLower(a.Name)
}

// accountParameters are the parameters of cmdlets that take the name of a registered
// account.
var accountParameters = map[string]bool{"AccountName": true, "ConnectionAccountUserName": true, "UserName": true, "ProxyAccessAccount": true}

// accountsIn returns the accounts that a command names.
func accountsIn(c *Command, siteCode string) []Account {
	if c == nil {
		return nil
	}
	var found []Account
	for _, p := range c.Parameters {
		if !accountParameters[p.Name] {
			continue
		}
		switch v := p.Value.(type) {
		case string:
			found = append(found, Account{SiteCode: siteCode, Name: v})
		case Placeholder:
			found = append(found, Account{SiteCode: siteCode, Placeholder: &v})
		}
	}
	return found
}

// register adds the steps that make accounts known to the site, and returns their ids.
func (g *graph) register(accounts []Account) []string {
	ids := make([]string, 0, len(accounts))
	for _, a := range accounts {
		if g.knowsAccount(a) {
			continue
		}
		p := &parameters{}
		if a.Placeholder != nil {
			p.add("UserName", *a.Placeholder)
		} else {
			p.add("UserName", a.Name)
		}
		p.add("Password", placeholderAccountPassword)
		p.add("SiteCode", a.SiteCode)
		ids = append(ids, g.add(Step{
			ID: idOf(a.SiteCode, "account", a.key()), Phase: PhaseSites, Action: DoAddAccount, SiteCode: a.SiteCode, Command: p.command("New-CMAccount"),
		}, g.settled(a.SiteCode)))
	}
	return ids
}

// registrar is the site that accounts of a site are registered at: a secondary site is
// administered by its parent.
func (d *Design) registrar(siteCode string) string {
	if s := d.Site(siteCode); s != nil && s.Tier == product.TierSecondary && s.Parent != "" {
		return s.Parent
	}
	return siteCode
}

// accessAccounts adds the network access accounts of a site.
func (g *graph) accessAccounts(s *model.Site) {
	names, ok := texts(&g.reading, s.AccessAccounts)
	if !ok || len(names) == 0 || g.is(s.Installed) || g.isSecondary(s) {
		return
	}
	siteCode := code(s)
	accounts := make([]Account, len(names))
	for i, name := range names {
		accounts[i] = Account{SiteCode: siteCode, Name: name}
	}
	p := &parameters{}
	p.add("SiteCode", siteCode)
	p.add("AddNetworkAccessAccountName", names)
	g.add(Step{
		ID: idOf(siteCode, "network_access_accounts"), Phase: PhaseSites, Action: DoAccessAccounts, SiteCode: siteCode,
		Command: p.command("Set-CMSoftwareDistributionComponent"),
	}, append(g.register(accounts), g.base(siteCode))...)
}
