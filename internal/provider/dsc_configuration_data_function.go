package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newDSCConfigurationDataFunction() function.Function {
	return &renderedTextFunction{
		name:    "dsc_configuration_data",
		summary: "Write PowerShell DSC configuration data of a hierarchy",
		description: "Writes a PowerShell data file (`.psd1`) for configurations with the module ConfigMgrCBDsc. `AllNodes` has every computer with " +
			"`SiteCodes`, `Roles`, `SccmRole` (for the composite resource xSccmPreReqs), `WindowsFeatures` and `LocalAdministrators`. " +
			"The computer with the SMS Provider of a site also has the resources of the site, by their names: lists of properties such as `CMManagementPoint = " +
			"@(@{ SiteCode = ...; SiteServerName = ... })`. " +
			"`NonNodeData` has `Sites`; `WithoutResource`, the roles that the module has no resource for, with their cmdlets; and `Placeholders`: what the values " +
			"in angle brackets stand for, which are filled in when the configuration is compiled.",
		render: render.DSCConfigurationData,
	}
}
