package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newAnsibleInventoryFunction() function.Function {
	return &renderedTextFunction{
		name:    "ansible_inventory",
		summary: "Write an Ansible inventory of a hierarchy",
		description: "Writes an Ansible inventory in YAML. Every computer is a host with `configmgr_site_codes`, `configmgr_roles`, " +
			"`configmgr_windows_features` and `configmgr_local_administrators`. " +
			"There is a group for each site, such as `configmgr_site_ps1`, with the facts of the site as variables, and one for each role, such as " +
			"`configmgr_role_management_point`. " +
			"`configmgr_install_steps`, a variable of all hosts, lists the steps in their order with the ids of those that each requires. " +
			"A value that looks like a template has the tag `!unsafe`, so that Ansible does not evaluate it.",
		render: render.AnsibleInventory,
	}
}
