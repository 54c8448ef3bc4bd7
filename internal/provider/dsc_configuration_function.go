package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

// newDSCConfigurationFunction returns the configuration for the data of
// dsc_configuration_data.
func newDSCConfigurationFunction() function.Function {
	return &fixedTextFunction{
		name:    "dsc_configuration",
		summary: "Return the PowerShell DSC configuration for the data of a hierarchy",
		description: "Returns a PowerShell script with a DSC configuration that takes the data file of `dsc_configuration_data`, of any hierarchy, and compiles it: " +
			"each computer gets its Windows features and local administrators, and the node with the SMS Provider of a site the resources of the module " +
			"ConfigMgrCBDsc for it. " +
			"Credentials, and what the names in angle brackets of the data stand for, are parameters of the script. It holds no secret. " +
			"What the module has no resource for stands in `NonNodeData.WithoutResource` of the data; `install_script` does it.",
		text: render.DSCConfiguration,
	}
}
