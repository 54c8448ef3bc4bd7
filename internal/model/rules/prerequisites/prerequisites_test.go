package prerequisites_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/prerequisites"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// Windows features of designs, as Get-WindowsFeature lists them.
const (
	contentServer = `"Web-Server","Web-ISAPI-Ext","Web-Windows-Auth","Web-Metabase","Web-WMI"`
	webServer     = `"NET-Framework-Core","NET-HTTP-Activation","NET-Framework-45-ASPNET","Web-Server","Web-Default-Doc","Web-Static-Content","Web-Asp-Net","Web-Asp-Net45","Web-Net-Ext","Web-Net-Ext45","Web-Windows-Auth","Web-Metabase"`
)

// roleFeatures are the cases of a rule about the features of a role: all of them are
// enough, and without any single one the rule is violated.
func roleFeatures(version, role, features string) ruletest.Cases {
	c := ruletest.Cases{
		Satisfied: []string{ruletest.Equipped(version, "srv", features) + "\nrole PS1 srv " + role, ruletest.Equipped(version, "srv", "") + "\nrole PS1 other distribution_point"},
		Undecided: []string{
			"version " + version + "\nsite PS1 primary\nrole PS1 srv " + role,
			"version " + version + "\nsite PS1 primary\nserver PS1 srv inventory=?\nrole PS1 srv " + role,
			ruletest.InstalledOn(version, "srv", "windows_features=?") + "\nrole PS1 srv " + role,
			ruletest.Equipped(version, "srv", features) + "\nrole PS1 srv " + role + "\nrole PS1 srv ?",
		},
	}
	names := strings.Split(features, ",")
	for i, name := range names {
		rest := slices.Delete(slices.Clone(names), i, i+1)
		c.Violated = append(c.Violated, ruletest.Equipped(version, "srv", strings.Join(rest, ","))+"\nrole PS1 srv "+role)
		if name != `"Web-Server"` { // another feature of IIS may be the one that is not known
			c.Undecided = append(c.Undecided, ruletest.Equipped(version, "srv", strings.Join(append(rest, `"?"`), ","))+"\nrole PS1 srv "+role)
		}
	}
	return c
}

// with adds designs to cases.
func with(c ruletest.Cases, more ruletest.Cases) ruletest.Cases {
	c.Violated = append(c.Violated, more.Violated...)
	c.Satisfied = append(c.Satisfied, more.Satisfied...)
	c.Undecided = append(c.Undecided, more.Undecided...)
	return c
}

func TestRules(t *testing.T) { ruletest.Run(t, prerequisites.Chapter(), prerequisiteCases) }

var prerequisiteCases = map[string]ruletest.Cases{
	"PRE-SS": {
		Violated: []string{
			ruletest.Equipped("2503", "ps1", ""), ruletest.Equipped("2503", "ps1", `"RDC"`), ruletest.Equipped("2503", "ps1", `"NET-Framework-Core"`),
			"site CAS central_administration\nserver CAS cas inventory.windows_features=[]",
			"site PS1 primary passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary + "\nserver PS1 ps1b inventory.windows_features=[]",
		},
		Satisfied: []string{
			ruletest.Equipped("2503", "ps1", `"net-framework-core","RDC"`), ruletest.Equipped("2503", "ps1", `"NET-HTTP-Activation","RDC","?"`), ruletest.Equipped("2503", "srv", ""),
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 ps1", "site PS1 primary\nserver PS1 ps1 inventory=?", ruletest.InstalledOn("2503", "ps1", "windows_features=?"), ruletest.InstalledOn("2503", "ps1", "dotnet_version=4.8"),
			ruletest.Equipped("2503", "ps1", `"RDC","?"`), "site PS1 primary site_server=?\nserver PS1 ps1 inventory.windows_features=[]", "server ? ps1 inventory.windows_features=[]",
		},
	},
	"PRE-SEC": {
		Violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[\"NET-Framework-Core\",\"RDC\"," + contentServer + "]",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[\"NET-Framework-Core\",\"RDC\",\"BITS\"]\nrole SS1 ss1 management_point",
		},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[\"NET-Framework-Core\",\"RDC\",\"BITS-IIS-Ext\"," + contentServer + "]",
			"site PS1 primary\nserver PS1 ps1 inventory.windows_features=[]",
		},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1", "site SS1 ? PS1\nserver SS1 ss1 inventory.windows_features=[]"},
	},
	"PRE-PROV": {
		Violated: []string{ruletest.Equipped("2006", "ps1", `"NET-Framework-Core","RDC"`), ruletest.Equipped("2006", "ps1", `"NET-Framework-Core","RDC","Web-Application-Proxy"`)},
		Satisfied: []string{
			ruletest.Equipped("2010", "ps1", ""), ruletest.Equipped("2006", "ps1", `"Web-Server"`), ruletest.Equipped("2006", "ps1", `"web-metabase"`), ruletest.Equipped("2006", "srv", ""),
			"version 2006\nsite PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]",
		},
		Undecided: []string{"version 2006\nsite PS1 primary sms_providers=?\nserver PS1 ps1 inventory.windows_features=[]", "site PS1 primary\nserver PS1 ps1", "site PS1 primary version=?\nserver PS1 ps1 inventory.windows_features=[]"},
	},
	"PRE-CRP": roleFeatures("2111", "certificate_registration_point", `"NET-WCF-HTTP-Activation45","Web-Asp-Net","Web-Asp-Net45","Web-WMI"`),
	"PRE-DWSP": {
		Violated: []string{
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=4.5.1") + "\nrole PS1 ps1 data_warehouse_service_point",
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=4.5") + "\nrole PS1 ps1 data_warehouse_service_point", // 4.5.0
		},
		Satisfied: []string{
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=4.5.2") + "\nrole PS1 ps1 data_warehouse_service_point",
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=4.8.09037") + "\nrole PS1 ps1 data_warehouse_service_point",
			// PRE-DOTNET-462 from here on.
			ruletest.InstalledOn("2107", "ps1", "dotnet_version=4.5.1") + "\nrole PS1 ps1 data_warehouse_service_point",
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=4.5.1"),
		},
		Undecided: []string{
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=newest") + "\nrole PS1 ps1 data_warehouse_service_point",
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=?") + "\nrole PS1 ps1 data_warehouse_service_point",
			"version 2103\nsite PS1 primary\nrole PS1 ps1 data_warehouse_service_point",
		},
	},
	"PRE-DP": {
		Violated: []string{
			ruletest.Equipped("2503", "dp", contentServer) + "\nrole PS1 dp distribution_point",
			ruletest.Equipped("2503", "dp", `"RDC","Web-ISAPI-Ext","Web-Windows-Auth","Web-Metabase"`) + "\nrole PS1 dp distribution_point install_iis=false",
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=false",
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=windows_deployment_services",
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true multicast.maximum_clients=10",
		},
		Satisfied: []string{
			ruletest.Equipped("2503", "dp", `"RDC",`+contentServer) + "\nrole PS1 dp distribution_point install_iis=false",
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true",
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=responder",
			ruletest.Equipped("2503", "dp", `"RDC","WDS"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=windows_deployment_services multicast.maximum_clients=10",
			"site PS1 primary",
			// What a secondary site server lacks is PRE-SEC.
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]\nrole SS1 ss1 distribution_point install_iis=false",
		},
		Undecided: []string{
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point",
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=?",
			ruletest.Equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=?",
			"site PS1 primary\nrole PS1 dp distribution_point",
			// A Windows client names its features in other ways.
			ruletest.Equipped("2503", "dp operating_system=windows_11", `"IIS-WebServer"`) + "\nrole PS1 dp distribution_point install_iis=false",
		},
	},
	"PRE-EPP": {
		Violated: []string{
			ruletest.Equipped("2503", "srv operating_system=windows_server_2022", `"NET-Framework-Core"`) + "\nrole PS1 srv endpoint_protection_point",
			ruletest.Equipped("2503", "srv", `"Windows-Defender"`) + "\nrole PS1 srv endpoint_protection_point",
		},
		Satisfied: []string{
			ruletest.Equipped("2503", "srv operating_system=windows_server_2022", `"NET-Framework-Core","Windows-Defender"`) + "\nrole PS1 srv endpoint_protection_point",
			ruletest.Equipped("2503", "srv operating_system=windows_server_2016", `"NET-Framework-Core","Windows-Defender-Features"`) + "\nrole PS1 srv endpoint_protection_point",
			ruletest.Equipped("2303", "srv operating_system=windows_server_2012_r2", `"NET-Framework-Core"`) + "\nrole PS1 srv endpoint_protection_point",
		},
		Undecided: []string{
			ruletest.Equipped("2503", "srv", `"NET-Framework-Core"`) + "\nrole PS1 srv endpoint_protection_point",
			"site PS1 primary\nrole PS1 srv endpoint_protection_point",
		},
	},
	"PRE-EP":   with(roleFeatures("2103", "enrollment_point\nrole PS1 other enrollment_proxy_point", `"NET-HTTP-Activation","Web-Default-Doc","Web-Asp-Net","Web-Asp-Net45","Web-Metabase"`), ruletest.Cases{Satisfied: []string{ruletest.Equipped("2103", "srv", webServer) + "\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point"}}),
	"PRE-EPXP": with(roleFeatures("2103", "enrollment_proxy_point\nrole PS1 other enrollment_point", `"Web-Default-Doc","Web-Static-Content","Web-Asp-Net","Web-Asp-Net45","Web-Windows-Auth","Web-Metabase"`), ruletest.Cases{Satisfied: []string{ruletest.Equipped("2103", "srv", webServer) + "\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point"}}),
	"PRE-FSP":  roleFeatures("2503", "fallback_status_point", `"BITS","Web-Metabase"`),
	"PRE-MP": with(roleFeatures("2503", "management_point", `"BITS-IIS-Ext","Web-ISAPI-Ext","Web-Windows-Auth","Web-WMI"`), ruletest.Cases{
		// What a secondary site server lacks is PRE-SEC.
		Satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]\nrole SS1 ss1 management_point"},
	}),
	"PRE-SCP": roleFeatures("2503", "service_connection_point", `"NET-Framework-Core"`),
	"PRE-SUP": roleFeatures("2503", "software_update_point", `"NET-Framework-Core","UpdateServices-Services","Web-Server"`),
	"PRE-SMP": with(roleFeatures("2503", "state_migration_point", `"NET-HTTP-Activation","Web-Default-Doc","Web-Asp-Net","Web-Asp-Net45","Web-Metabase"`), ruletest.Cases{Satisfied: []string{ruletest.Equipped("2503", "srv", webServer) + "\nrole PS1 srv state_migration_point"}}),

	"PRE-DOTNET-462": {
		Violated: []string{
			ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.6"), ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.5"), ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.0"), ruletest.InstalledOn("2303", "ps1", "dotnet_version=4"),
			ruletest.InstalledOn("2107", "ps1", "dotnet_version=4.6.1"), ruletest.InstalledOn("2111", "ps1", "dotnet_version=4.6.1"), ruletest.InstalledOn("2503", "srv", "dotnet_version=4.5.2") + "\nrole PS1 srv management_point",
			"version 2503\nsite PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.dotnet_version=4.6.1",
			"version 2503\nsite PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov inventory.dotnet_version=\"4.5.2\"",
			// A finding, not two.
			ruletest.InstalledOn("2503", "ps1", "dotnet_version=4.6.1") + "\nrole PS1 ps1 management_point\nrole PS1 ps1 software_update_point",
		},
		Satisfied: []string{
			ruletest.InstalledOn("2103", "ps1", "dotnet_version=4.6.1"), ruletest.InstalledOn("2111", "ps1", "dotnet_version=4.6.2"), ruletest.InstalledOn("2111", "ps1", "dotnet_version=4.8"),
			ruletest.InstalledOn("2503", "srv", "dotnet_version=4.5.2"), ruletest.InstalledOn("2503", "srv", "dotnet_version=4.5.2") + "\nrole PS1 srv distribution_point\nrole PS1 srv fallback_status_point",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 ps1", ruletest.InstalledOn("2111", "ps1", "dotnet_version=?"), ruletest.InstalledOn("2111", "ps1", "dotnet_version=newest"), "site PS1 primary\nrole PS1 mp management_point",
			"version 2111\nsite PS1 primary site_server=?\nserver PS1 ps1 inventory.dotnet_version=4.6.1",
		},
	},
	"PRE-DOTNET-48": {
		Violated: []string{
			ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.7.2"), ruletest.InstalledOn("2503", "ps1", "dotnet_version=4.7.03190"),
			ruletest.InstalledOn("2503", "srv", "dotnet_version=4.7.2") + "\nrole PS1 srv service_connection_point",
			ruletest.InstalledOn("2503", "srv", "dotnet_version=4.7.2") + "\nrole PS1 srv state_migration_point\nrole PS1 srv management_point",
		},
		Satisfied: []string{
			ruletest.InstalledOn("2211", "ps1", "dotnet_version=4.7.2"), ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.8"), ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.8.1"), ruletest.InstalledOn("2503", "ps1", "dotnet_version=4.8.04084"),
			ruletest.InstalledOn("2503", "srv", "dotnet_version=4.7.2") + "\nrole PS1 srv distribution_point",
			// One defect is PRE-DOTNET-462.
			ruletest.InstalledOn("2503", "ps1", "dotnet_version=4.6.1"), ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.6"),
		},
		Undecided: []string{"site PS1 primary\nserver PS1 ps1", ruletest.InstalledOn("2303", "ps1", "dotnet_version=recent"), ruletest.InstalledOn("2303", "ps1", "dotnet_version=?")},
	},
	"PRE-ODBC": {
		Violated: []string{
			ruletest.InstalledOn("2309", "ps1", "odbc_driver_version=17.10.6.1"), ruletest.InstalledOn("2309", "ps1", "odbc_driver_version=none"), ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=18.4.1.0"), ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=18.1.0"),
			ruletest.InstalledOn("2609", "ps1", "odbc_driver_version=18.4.1.1"), ruletest.InstalledOn("2609", "ps1", "odbc_driver_version=18.6.1.1"), ruletest.InstalledOn("2709", "ps1", "odbc_driver_version=18.4.4.1"),
			ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=18.6.1.1"), ruletest.InstalledOn("2309", "ps1", "odbc_driver_version=18.7.1.1"), ruletest.InstalledOn("2603", "ps1", "odbc_driver_version=18.7.1.1"),
			ruletest.InstalledOn("2503", "srv", "odbc_driver_version=18.3.2.1") + "\nrole PS1 srv management_point",
			"version 2503\nsite PS1 primary database.server=sql.contoso.com\nserver PS1 sql inventory.odbc_driver_version=\"17.1\"",
			"version 2503\nsite PS1 primary" + ruletest.WithListener + "\nserver PS1 sql2 inventory.odbc_driver_version=\"17.1\"",
			"version 2503\nsite PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.odbc_driver_version=\"17.1\"",
		},
		Satisfied: []string{
			ruletest.InstalledOn("2303", "ps1", "odbc_driver_version=none"), ruletest.InstalledOn("2309", "ps1", "odbc_driver_version=18.1.0"), ruletest.InstalledOn("2309", "ps1", "odbc_driver_version=18.1"), ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=18.4.1.1"),
			ruletest.InstalledOn("2509", "ps1", "odbc_driver_version=18.4.1.1"), ruletest.InstalledOn("2603", "ps1", "odbc_driver_version=18.4.1.1"), ruletest.InstalledOn("2609", "ps1", "odbc_driver_version=18.6.2.1"), ruletest.InstalledOn("2609", "ps1", "odbc_driver_version=18.7.1.1"), ruletest.InstalledOn("2603", "ps1", "odbc_driver_version=19.0"),
			ruletest.InstalledOn("2503", "srv", "odbc_driver_version=none"),
			ruletest.InstalledOn("2503", "srv", "odbc_driver_version=none") + "\nrole PS1 srv distribution_point\nrole PS1 srv fallback_status_point",
			ruletest.InstalledOn("2503", "srv", "odbc_driver_version=18.4.1.1") + "\nrole PS1 srv management_point",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 ps1", ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=?"), ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=18.4"), ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=newest"),
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary version=?\nserver PS1 ps1 inventory.odbc_driver_version=none",
			"version 2503\nsite PS1 primary database=?\nserver PS1 sql inventory.odbc_driver_version=none",
		},
	},
	"PRE-ADK": {
		Violated: []string{
			ruletest.InstalledOn("2403", "ps1", "adk_components=[]"), ruletest.InstalledOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe"]`), ruletest.InstalledOn("2403", "ps1", `adk_components=["deployment_tools","user_state_migration_tool"]`),
			ruletest.InstalledOn("2403", "ps1", "adk_version=10.1.25398.1"), ruletest.InstalledOn("2603", "ps1", "adk_version=10.1.25398"),
			ruletest.InstalledOn("2303", "ps1", "adk_version=10.1.26100.2454"), ruletest.InstalledOn("2211", "ps1", "adk_version=10.1.26100.1"), ruletest.InstalledOn("2111", "ps1", "adk_version=10.1.25398.1"),
			ruletest.InstalledOn("2509", "ps1", "adk_version=10.1.28000.1"), ruletest.InstalledOn("2603", "ps1", "adk_version=10.1.28000.1"), ruletest.InstalledOn("2609", "ps1", "adk_version=10.1.28000.1"), ruletest.InstalledOn("2709", "ps1", "adk_version=10.1.28000.1"), ruletest.InstalledOn("2403", "ps1", "adk_version=10.1.28000.1"),
			ruletest.InstalledOn("2503", "ps1", "adk_version=10.1.19041.1"), ruletest.InstalledOn("2509", "ps1", "adk_version=10.1.19041"), ruletest.InstalledOn("2603", "ps1", "adk_version=10.1.19041.1"), ruletest.InstalledOn("2609", "ps1", "adk_version=10.1.19041.1"), ruletest.InstalledOn("2709", "ps1", "adk_version=10.1.19041.1"),
			ruletest.InstalledOn("2609", "ps1", "adk_version=10.1.17763.1"), ruletest.InstalledOn("2609", "ps1", "adk_version=10.1.30000.1"), ruletest.InstalledOn("2709", "ps1", "adk_version=10.1.30000.1"), ruletest.InstalledOn("2403", "ps1", "adk_version=10.1.18362.1"), ruletest.InstalledOn("2603", "ps1", "adk_version=10.1.18362.1"),
			"site CAS central_administration\nserver CAS cas inventory.adk_components=[]",
			"site PS1 primary passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary + "\nserver PS1 ps1b inventory.adk_components=[]",
			"site PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov inventory.adk_components=[\"deployment_tools\"]",
		},
		Satisfied: []string{
			ruletest.InstalledOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.26100.1`),
			ruletest.InstalledOn("2603", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.22621.1`),
			ruletest.InstalledOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.26100.2454`),
			ruletest.InstalledOn("2409", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.19041.1`),
			ruletest.InstalledOn("2509", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.26100.2454`),
			ruletest.InstalledOn("2609", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.26100.7000`),
			ruletest.InstalledOn("2709", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.26100.1`),
			ruletest.InstalledOn("2211", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.22621.1`),
			"version 2403\nsite PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov inventory.adk_components=[\"deployment_tools\",\"windows_pe\"] inventory.adk_version=10.1.22621",
			ruletest.InstalledOn("2403", "srv", "adk_components=[]"),
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.adk_components=[]",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 ps1", ruletest.InstalledOn("2403", "ps1", "adk_version=10.1.26100.1"), ruletest.InstalledOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"]`),
			ruletest.InstalledOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe","?"] inventory.adk_version=10.1.26100.1`),
			// No table tells about this one, or the number tells too little.
			ruletest.InstalledOn("2603", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version="10.1"`),
			ruletest.InstalledOn("2207", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.22000`),
		},
	},
	"PRE-PKI": {
		Violated: []string{
			ruletest.InstalledOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv management_point protocol=https",
			ruletest.InstalledOn("2503", "srv", `certificates=["web_server"]`) + "\nrole PS1 srv management_point protocol=https",
			ruletest.InstalledOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv software_update_point protocol=https",
			ruletest.InstalledOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv distribution_point protocol=https certificate=pki",
			ruletest.InstalledOn("2103", "srv", "certificates=[]") + "\nrole PS1 srv enrollment_proxy_point\nrole PS1 srv enrollment_point",
			ruletest.InstalledOn("2111", "srv", "certificates=[]") + "\nrole PS1 srv certificate_registration_point",
			"site PS1 primary client_communication=https_only\nserver PS1 srv inventory.certificates=[\"web_server\"]\nrole PS1 srv state_migration_point",
			"site PS1 primary\nrole PS1 mp management_point protocol=https\nrole PS1 dp distribution_point protocol=https certificate=self_signed certificate_expiration=2099-01-01",
		},
		Satisfied: []string{
			ruletest.InstalledOn("2503", "srv", `certificates=["client","web_server"]`) + "\nrole PS1 srv management_point protocol=https",
			ruletest.InstalledOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv management_point protocol=http",
			ruletest.InstalledOn("2503", "srv", `certificates=["web_server"]`) + "\nrole PS1 srv distribution_point protocol=https certificate=pki",
			ruletest.InstalledOn("2503", "srv", `certificates=["web_server"]`) + "\nserver PS1 mp inventory.certificates=[]\nrole PS1 mp management_point protocol=http\nrole PS1 srv distribution_point protocol=https certificate=self_signed certificate_expiration=2099-01-01",
			// Neither of these needs one.
			ruletest.InstalledOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv fallback_status_point\nrole PS1 srv service_connection_point",
			"site PS1 primary client_communication=enhanced_http\nserver PS1 srv inventory.certificates=[]\nrole PS1 srv state_migration_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 srv management_point protocol=https", ruletest.InstalledOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv management_point",
			ruletest.InstalledOn("2503", "srv", `certificates=["?"]`) + "\nrole PS1 srv software_update_point protocol=https",
			"site PS1 primary\nserver PS1 srv inventory.certificates=[]\nrole PS1 srv state_migration_point",
			"site PS1 primary\nrole PS1 mp management_point protocol=https\nrole PS1 mp2 management_point\nrole PS1 dp distribution_point protocol=https certificate=self_signed certificate_expiration=2099-01-01",
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point protocol=https\nrole SS1 dp distribution_point protocol=https certificate=self_signed certificate_expiration=2099-01-01",
		},
	},
}

// Only a site server has errors about versions; what one computer lacks is reported
// once, however many roles need it.
func TestVersionsOfPrograms(t *testing.T) {
	for _, test := range []struct {
		text     string
		severity rule.Severity
	}{
		{ruletest.InstalledOn("2107", "ps1", "dotnet_version=4.6.1"), rule.SeverityWarning},
		{ruletest.InstalledOn("2111", "ps1", "dotnet_version=4.6.1") + "\nrole PS1 ps1 management_point\nrole PS1 ps1 state_migration_point", rule.SeverityError},
		{ruletest.InstalledOn("2111", "srv", "dotnet_version=4.6.1") + "\nrole PS1 srv management_point\nrole PS1 srv state_migration_point", rule.SeverityWarning},
		{ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=18.1.0") + "\nrole PS1 ps1 management_point", rule.SeverityError},
		{ruletest.InstalledOn("2609", "ps1", "odbc_driver_version=18.4.1.1"), rule.SeverityError},
		{ruletest.InstalledOn("2609", "srv", "odbc_driver_version=18.4.1.1") + "\nrole PS1 srv management_point", rule.SeverityWarning},
		{ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.6"), rule.SeverityError},
		{ruletest.InstalledOn("2303", "ps1", "dotnet_version=4.0"), rule.SeverityError},
		{ruletest.InstalledOn("2107", "ps1", "dotnet_version=4.5"), rule.SeverityWarning},
		{ruletest.InstalledOn("2609", "ps1", "dotnet_version=4.7"), rule.SeverityWarning},
		{ruletest.InstalledOn("2503", "ps1", "odbc_driver_version=18.6.1.1"), rule.SeverityWarning},
		{ruletest.InstalledOn("2503", "srv", "odbc_driver_version=18.1.0") + "\nrole PS1 srv management_point\nrole PS1 srv state_migration_point", rule.SeverityWarning},
		{ruletest.InstalledOn("2603", "ps1", "adk_version=10.1.25398.1"), rule.SeverityError},
		{ruletest.InstalledOn("2509", "ps1", "adk_version=10.1.28000.1"), rule.SeverityError},
		{ruletest.InstalledOn("2609", "ps1", "adk_version=10.1.19041.1"), rule.SeverityError},
		{ruletest.InstalledOn("2609", "ps1", "adk_version=10.1.30000.1"), rule.SeverityError},
		{ruletest.InstalledOn("2309", "ps1", "adk_version=10.1.26100.2454"), rule.SeverityWarning},
		// Neither the version nor the kit is known: the newest list counts, as a warning.
		{ruletest.InstalledOn("2709", "ps1", "adk_version=10.1.30000.1"), rule.SeverityWarning},
		{ruletest.InstalledOn("2709", "ps1", "adk_version=10.1.28000.1"), rule.SeverityError},
	} {
		d := ruletest.Parse(t, test.text)
		var found []rule.Finding
		for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
			if f.Rule.Chapter == "prerequisites" {
				found = append(found, f)
			}
		}
		if len(found) != 1 || found[0].Severity != test.severity {
			t.Errorf("found %d, want one %s in\n%s", len(found), test.severity, test.text)
			for _, f := range found {
				t.Log(f.Severity, f.Summary())
			}
		}
	}
}

func TestAtLeast(t *testing.T) {
	for _, test := range []struct {
		version, least string
		want           model.Value[bool]
	}{
		{"18.4.1.1", "18.4.1.1", model.Known(true)}, {"18.10", "18.4.1.1", model.Known(true)}, {"18.4.1.1.1", "18.4.1.1", model.Known(true)}, {"19", "18.4", model.Known(true)},
		{"18.1", "18.1.0", model.Known(true)}, {"18.4.1.0", "18.4.1.1", model.Known(false)}, {"9.9", "18.0", model.Known(false)}, {model.NotInstalled, "1.0", model.Known(false)},
		{"18", "18.4", model.Unknown[bool]()}, {"new", "18.4", model.Unknown[bool]()}, {"", "18.4", model.Unknown[bool]()}, {"18.-1", "18.4", model.Unknown[bool]()},
	} {
		if got := model.AtLeast(test.version, test.least); got != test.want {
			t.Errorf("atLeast(%q, %q) = %v, want %v", test.version, test.least, got, test.want)
		}
	}
}

// Every row of the table says either what a role needs or what a site puts on a computer.
func TestPrerequisiteTable(t *testing.T) {
	for _, p := range prerequisites.Prerequisites {
		if (p.Role == "") == (p.Put == nil) {
			t.Errorf("%s: either a role needs it, or what the site puts on a computer", p.What)
		}
		if p.Role != "" && product.RoleOf(p.Role) == nil {
			t.Errorf("there is no role %q", p.Role)
		}
	}
}

// A program that a version accepts is what a finding about it proposes.
func TestKitsDriversAndFrameworks(t *testing.T) {
	const all = `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.`
	for _, test := range []struct{ name, version, inventory, want string }{
		{"a kit of November 2025 at 2509", "2509", all + "adk_version=10.1.28000.1", "PRE-ADK error"},
		{"the same kit at 2609", "2609", all + "adk_version=10.1.28000.1", "PRE-ADK error"},
		{"a kit at the end of its support at 2509", "2509", all + "adk_version=10.1.19041", "PRE-ADK error"},
		{"the same kit at 2609", "2609", all + "adk_version=10.1.19041.1", "PRE-ADK error"},
		{"a later build of a listed kit at 2609", "2609", all + "adk_version=10.1.26100.2454", ""},
		{"a driver of the list at 2603", "2603", "odbc_driver_version=18.4.1.1", ""},
		{"the same driver at 2609", "2609", "odbc_driver_version=18.4.1.1", "PRE-ODBC error"},
		{"a framework without its last part at 2303", "2303", "dotnet_version=4.6", "PRE-DOTNET-462 error"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := ruletest.Parse(t, ruletest.InstalledOn(test.version, "ps1", test.inventory))
			got := ""
			for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
				if f.Rule.Chapter == "prerequisites" {
					got += f.Rule.ID + " " + f.Severity.String()
				}
			}
			if got != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}
