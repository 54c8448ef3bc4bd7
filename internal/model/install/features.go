package install

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Windows features by role, as Install-WindowsFeature names them: what the prerequisites
// ask for, and what two public lists of automation (the composite xSccmPreReqs of
// ConfigMgrCBDsc, and ConfigMgrPrerequisitesTool) install besides. The lists disagree
// in what goes beyond the prerequisites; the tables hold their union.
var features = map[string][]string{
	managementPoint: {
		"BITS", "BITS-IIS-Ext", "NET-Framework-45-Core", "RSAT-Bits-Server", "Web-Default-Doc", "Web-Http-Logging",
		"Web-ISAPI-Ext", "Web-Metabase", "Web-Mgmt-Console", "Web-Static-Content", "Web-WMI", "Web-Windows-Auth",
	},
	distributionPoint: {"FS-FileServer", "RDC"},
	softwareUpdatePoint: {
		"NET-Framework-45-ASPNET", "NET-Framework-45-Core", "NET-Framework-Core", "UpdateServices-API", "UpdateServices-RSAT",
		"UpdateServices-Services", "UpdateServices-UI", "Web-Asp-Net45", "Web-Default-Doc", "Web-Dyn-Compression",
		"Web-Filtering", "Web-ISAPI-Ext", "Web-ISAPI-Filter", "Web-Metabase", "Web-Mgmt-Console", "Web-Net-Ext45",
		"Web-Static-Content", "Web-Windows-Auth",
	},
	fallbackStatusPoint: {
		"BITS", "BITS-IIS-Ext", "RSAT-Bits-Server", "Web-Default-Doc", "Web-Filtering", "Web-Http-Logging", "Web-ISAPI-Ext",
		"Web-Metabase", "Web-Mgmt-Console", "Web-Static-Content",
	},
	stateMigrationPoint: {
		"NET-Framework-45-ASPNET", "NET-Framework-45-Core", "NET-Framework-Core", "NET-HTTP-Activation", "NET-WCF-HTTP-Activation45",
		"WAS-Config-APIs", "WAS-NET-Environment", "WAS-Process-Model", "Web-Asp-Net", "Web-Asp-Net45", "Web-Default-Doc",
		"Web-Filtering", "Web-ISAPI-Ext", "Web-ISAPI-Filter", "Web-Metabase", "Web-Mgmt-Console", "Web-Net-Ext", "Web-Net-Ext45",
	},
	enrollmentPoint: {
		"NET-Framework-45-ASPNET", "NET-Framework-45-Core", "NET-Framework-Core", "NET-HTTP-Activation", "NET-WCF-HTTP-Activation45",
		"Web-Asp-Net", "Web-Asp-Net45", "Web-Default-Doc", "Web-Metabase", "Web-Mgmt-Console", "Web-Net-Ext", "Web-Net-Ext45",
	},
	enrollmentProxyPoint: {
		"NET-Framework-45-Core", "NET-Framework-Core", "Web-Asp-Net", "Web-Asp-Net45", "Web-Default-Doc", "Web-Filtering",
		"Web-ISAPI-Ext", "Web-ISAPI-Filter", "Web-Metabase", "Web-Mgmt-Console", "Web-Net-Ext", "Web-Net-Ext45",
		"Web-Static-Content", "Web-Windows-Auth",
	},
	certificateRegistration: {
		"NET-Framework-45-Core", "NET-HTTP-Activation", "NET-WCF-HTTP-Activation45", "WAS-Config-APIs", "WAS-NET-Environment",
		"WAS-Process-Model", "Web-Asp-Net", "Web-Asp-Net45", "Web-ISAPI-Ext", "Web-ISAPI-Filter", "Web-Metabase", "Web-Mgmt-Console", "Web-WMI",
	},
	reportingServicesPoint: {"NET-Framework-45-Core"},
	assetIntelligence:      {"NET-Framework-45-Core"},
	dataWarehouse:          {"NET-Framework-45-Core"},
	gatewayConnection:      {"NET-Framework-45-Core"},
	serviceConnectionPoint: {"NET-Framework-45-Core", "NET-Framework-Core"},
	endpointProtection:     {"NET-Framework-Core"},
}

// Features that depend on the design.
var (
	contentFeatures   = []string{"Web-Filtering", "Web-ISAPI-Ext", "Web-Metabase", "Web-Mgmt-Console", "Web-WMI", "Web-Windows-Auth"}
	deploymentFeature = "WDS"
	defenderFeature   = "Windows-Defender"
	databaseFeatures  = map[bool]string{false: "UpdateServices-WidDB", true: "UpdateServices-DB"} // true: on SQL Server
)

// Features of what Setup puts on a computer. WSUS on another computer needs its console
// on the site server.
var (
	siteServerFeatures = []string{"BITS", "NET-Framework-45-Core", "NET-Framework-Core", "RDC"}
	wsusConsole        = []string{"UpdateServices-API", "UpdateServices-RSAT", "UpdateServices-UI"}
	secondaryFeatures  = []string{
		"BITS", "BITS-IIS-Ext", "NET-Framework-45-Core", "NET-Framework-Core", "RDC", "WAS-Config-APIs", "WAS-NET-Environment",
		"WAS-Process-Model", "Web-ISAPI-Ext", "Web-Metabase", "Web-Server", "Web-WMI", "Web-Windows-Auth",
	}
	providerFeature = "Web-Server" // up to version 2006
	shareFeature    = "FS-FileServer"
	lastProviderIIS = product.Version(2006)
)

// featuresOf returns the Windows features of a role, and whether they are not decided.
// There are none on a Windows client: these are features of Windows Server.
func featuresOf(key string, a *model.Assignment) ([]string, bool) {
	list := features[key]
	var further []string
	r := &reading{}
	switch key {
	case distributionPoint:
		further = distributionPointFeatures(r, a)
	case softwareUpdatePoint:
		_, onSQLServer := read(r, block(r, a.SoftwareUpdatePoint).WSUSDatabaseServer)
		further = []string{databaseFeatures[onSQLServer]}
	case endpointProtection:
		read(r, a.DeclaredServer().OperatingSystem)
		// Every server system that is not refused by now has the feature.
		if system := a.DeclaredServer().System(); system == nil || system.RefusedFrom == 0 {
			further = []string{defenderFeature}
		}
	}
	if key == distributionPoint {
		read(r, a.DeclaredServer().OperatingSystem)
	}
	if r.open {
		return nil, true
	}
	if system := a.DeclaredServer().System(); system != nil && system.Client {
		return nil, false
	}
	return sorted(list, further), false
}

func distributionPointFeatures(r *reading, a *model.Assignment) []string {
	d := block(r, a.DistributionPoint)
	var list []string
	if !orDefault(r, d.InstallIIS, false) {
		list = append(list, contentFeatures...)
	}
	_, multicast := read(r, d.Multicast)
	if orDefault(r, d.PXE, "") == model.PXEWindowsDeploymentServices || multicast {
		list = append(list, deploymentFeature)
	}
	return list
}

// sorted returns the elements of several lists, sorted and without repetitions.
func sorted(lists ...[]string) []string {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}
