package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newFirewallCSVFunction() function.Function {
	return &renderedTextFunction{
		name:    "firewall_csv",
		summary: "Write the connections of a hierarchy as a table",
		description: "Writes the list of the function `firewall_rules` as comma-separated values with a row of headings, for a firewall team and its tools: one rule a " +
			"row, with `kind`, `site_code`, `source`, `source_servers`, `destination_role`, `destination`, `protocol`, `ports`, `purpose` and `rows`, the rows of " +
			"the article about ports that ask for the connection. Several values of one field have a semicolon between them. " +
			"A value that a spreadsheet would take for a formula begins with an apostrophe.",
		render: ofFirewallRules(render.FirewallCSV),
	}
}

// ofFirewallRules writes the connections of a hierarchy in one form.
func ofFirewallRules(write func([]render.FirewallRule) string) func(*model.Hierarchy) (string, error) {
	return func(h *model.Hierarchy) (string, error) {
		rules, err := render.FirewallRules(h)
		if err != nil {
			return "", err
		}
		return write(rules), nil
	}
}
