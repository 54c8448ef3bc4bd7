package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

// newAnsiblePlaybookFunction returns the playbook for inventories of ansible_inventory.
func newAnsiblePlaybookFunction() function.Function {
	return &fixedTextFunction{
		name:    "ansible_playbook",
		summary: "Return the Ansible playbook that prepares the servers of a hierarchy",
		description: "Returns an Ansible playbook for any inventory of `ansible_inventory`: it installs the Windows features of each server, restarts it where they " +
			"ask for that, and adds its local administrators, on servers in any language. " +
			"It can be run again. It needs the collections `ansible.windows` and, on the controller, a way to connect to Windows, such as WinRM. " +
			"The variable `configmgr_feature_source` is the folder `sources\\sxs` of the installation media of Windows Server, where .NET Framework 3.5 is to come " +
			"from there.",
		text: render.AnsiblePlaybook,
	}
}
