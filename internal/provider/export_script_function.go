package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/modules/export"
)

// newExportScriptFunction returns the script that writes what topology_from_export reads.
func newExportScriptFunction() function.Function {
	return &fixedTextFunction{
		name:    "export_script",
		summary: "Return the PowerShell script that exports a running hierarchy",
		description: "Returns the PowerShell script that reads the topology of a running hierarchy from one SMS Provider and writes the file that " +
			"`topology_from_export` and `configuration_from_export` read. " +
			"It runs in Windows PowerShell 5.1 and PowerShell 7, only reads, and writes a fixed list of properties: no password, certificate or key is among " +
			"them. What it could not read it names in the file. " +
			"It is the file `modules/export/Export-ConfigMgrTopology.ps1` of the provider's repository.",
		text: export.Script,
	}
}
