package model

import (
	"slices"
	"strings"
	"testing"
)

// Windows features of designs, as Get-WindowsFeature lists them.
const (
	contentServer = `"Web-Server","Web-ISAPI-Ext","Web-Windows-Auth","Web-Metabase","Web-WMI"`
	webServer     = `"NET-Framework-Core","NET-HTTP-Activation","NET-Framework-45-ASPNET","Web-Server","Web-Default-Doc","Web-Static-Content","Web-Asp-Net","Web-Asp-Net45","Web-Net-Ext","Web-Net-Ext45","Web-Windows-Auth","Web-Metabase"`
)

// equipped is a primary site of a version with a server that has Windows features.
func equipped(version, name, features string) string {
	return "version " + version + "\nsite PS1 primary\nserver PS1 " + name + " inventory.windows_features=[" + features + "]"
}

// installedOn is a primary site of a version with a server that has an entry in its
// inventory. A version such as 4.8 is none of the numbers of JSON.
func installedOn(version, name, entry string) string {
	if attribute, value, _ := strings.Cut(entry, "="); strings.HasSuffix(attribute, "_version") && value != "?" {
		entry = attribute + `="` + value + `"`
	}
	return "version " + version + "\nsite PS1 primary\nserver PS1 " + name + " inventory." + entry
}

// roleFeatures are the cases of a rule about the features of a role: all of them are
// enough, and without any single one the rule is violated.
func roleFeatures(version, role, features string) cases {
	c := cases{
		satisfied: []string{equipped(version, "srv", features) + "\nrole PS1 srv " + role, equipped(version, "srv", "") + "\nrole PS1 other distribution_point"},
		undecided: []string{
			"version " + version + "\nsite PS1 primary\nrole PS1 srv " + role,
			"version " + version + "\nsite PS1 primary\nserver PS1 srv inventory=?\nrole PS1 srv " + role,
			installedOn(version, "srv", "windows_features=?") + "\nrole PS1 srv " + role,
			equipped(version, "srv", features) + "\nrole PS1 srv " + role + "\nrole PS1 srv ?",
		},
	}
	names := strings.Split(features, ",")
	for i, name := range names {
		rest := slices.Delete(slices.Clone(names), i, i+1)
		c.violated = append(c.violated, equipped(version, "srv", strings.Join(rest, ","))+"\nrole PS1 srv "+role)
		if name != `"Web-Server"` { // another feature of IIS may be the one that is not known
			c.undecided = append(c.undecided, equipped(version, "srv", strings.Join(append(rest, `"?"`), ","))+"\nrole PS1 srv "+role)
		}
	}
	return c
}

// with adds designs to cases.
func (c cases) with(more cases) cases {
	c.violated = append(c.violated, more.violated...)
	c.satisfied = append(c.satisfied, more.satisfied...)
	c.undecided = append(c.undecided, more.undecided...)
	return c
}

func TestRules_prerequisites(t *testing.T) { runCases(t, prerequisitesChapter(), prerequisiteCases) }

var prerequisiteCases = map[string]cases{
	"PRE-SS": {
		violated: []string{
			equipped("2503", "ps1", ""), equipped("2503", "ps1", `"RDC"`), equipped("2503", "ps1", `"NET-Framework-Core"`),
			"site CAS central_administration\nserver CAS cas inventory.windows_features=[]",
			"site PS1 primary passive_site_server=ps1b.contoso.com " + remoteLibrary + "\nserver PS1 ps1b inventory.windows_features=[]",
		},
		satisfied: []string{
			equipped("2503", "ps1", `"net-framework-core","RDC"`), equipped("2503", "ps1", `"NET-HTTP-Activation","RDC","?"`), equipped("2503", "srv", ""),
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]",
		},
		undecided: []string{
			"site PS1 primary\nserver PS1 ps1", "site PS1 primary\nserver PS1 ps1 inventory=?", installedOn("2503", "ps1", "windows_features=?"), installedOn("2503", "ps1", "dotnet_version=4.8"),
			equipped("2503", "ps1", `"RDC","?"`), "site PS1 primary site_server=?\nserver PS1 ps1 inventory.windows_features=[]", "server ? ps1 inventory.windows_features=[]",
		},
	},
	"PRE-SEC": {
		violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[\"NET-Framework-Core\",\"RDC\"," + contentServer + "]",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[\"NET-Framework-Core\",\"RDC\",\"BITS\"]\nrole SS1 ss1 management_point",
		},
		satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[\"NET-Framework-Core\",\"RDC\",\"BITS-IIS-Ext\"," + contentServer + "]",
			"site PS1 primary\nserver PS1 ps1 inventory.windows_features=[]",
		},
		undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1", "site SS1 ? PS1\nserver SS1 ss1 inventory.windows_features=[]"},
	},
	"PRE-PROV": {
		violated: []string{equipped("2006", "ps1", `"NET-Framework-Core","RDC"`), equipped("2006", "ps1", `"NET-Framework-Core","RDC","Web-Application-Proxy"`)},
		satisfied: []string{
			equipped("2010", "ps1", ""), equipped("2006", "ps1", `"Web-Server"`), equipped("2006", "ps1", `"web-metabase"`), equipped("2006", "srv", ""),
			"version 2006\nsite PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]",
		},
		undecided: []string{"version 2006\nsite PS1 primary sms_providers=?\nserver PS1 ps1 inventory.windows_features=[]", "site PS1 primary\nserver PS1 ps1", "site PS1 primary version=?\nserver PS1 ps1 inventory.windows_features=[]"},
	},
	"PRE-CRP": roleFeatures("2111", "certificate_registration_point", `"NET-WCF-HTTP-Activation45","Web-Asp-Net","Web-Asp-Net45","Web-WMI"`),
	"PRE-DWSP": {
		violated: []string{installedOn("2103", "ps1", "dotnet_version=4.5.1") + "\nrole PS1 ps1 data_warehouse_service_point"},
		satisfied: []string{
			installedOn("2103", "ps1", "dotnet_version=4.5.2") + "\nrole PS1 ps1 data_warehouse_service_point",
			installedOn("2103", "ps1", "dotnet_version=4.8.09037") + "\nrole PS1 ps1 data_warehouse_service_point",
			// PRE-DOTNET-462 from here on.
			installedOn("2107", "ps1", "dotnet_version=4.5.1") + "\nrole PS1 ps1 data_warehouse_service_point",
			installedOn("2103", "ps1", "dotnet_version=4.5.1"),
		},
		undecided: []string{
			installedOn("2103", "ps1", "dotnet_version=4.5") + "\nrole PS1 ps1 data_warehouse_service_point", // 4.5.1 or 4.5.2
			installedOn("2103", "ps1", "dotnet_version=?") + "\nrole PS1 ps1 data_warehouse_service_point",
			"version 2103\nsite PS1 primary\nrole PS1 ps1 data_warehouse_service_point",
		},
	},
	"PRE-DP": {
		violated: []string{
			equipped("2503", "dp", contentServer) + "\nrole PS1 dp distribution_point",
			equipped("2503", "dp", `"RDC","Web-ISAPI-Ext","Web-Windows-Auth","Web-Metabase"`) + "\nrole PS1 dp distribution_point install_iis=false",
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=false",
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=windows_deployment_services",
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true multicast.maximum_clients=10",
		},
		satisfied: []string{
			equipped("2503", "dp", `"RDC",`+contentServer) + "\nrole PS1 dp distribution_point install_iis=false",
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true",
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=responder",
			equipped("2503", "dp", `"RDC","WDS"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=windows_deployment_services multicast.maximum_clients=10",
			"site PS1 primary",
			// What a secondary site server lacks is PRE-SEC.
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]\nrole SS1 ss1 distribution_point install_iis=false",
		},
		undecided: []string{
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point",
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=?",
			equipped("2503", "dp", `"RDC"`) + "\nrole PS1 dp distribution_point install_iis=true pxe=?",
			"site PS1 primary\nrole PS1 dp distribution_point",
			// A Windows client names its features in other ways.
			equipped("2503", "dp operating_system=windows_11", `"IIS-WebServer"`) + "\nrole PS1 dp distribution_point install_iis=false",
		},
	},
	"PRE-EPP": {
		violated: []string{
			equipped("2503", "srv operating_system=windows_server_2022", `"NET-Framework-Core"`) + "\nrole PS1 srv endpoint_protection_point",
			equipped("2503", "srv", `"Windows-Defender"`) + "\nrole PS1 srv endpoint_protection_point",
		},
		satisfied: []string{
			equipped("2503", "srv operating_system=windows_server_2022", `"NET-Framework-Core","Windows-Defender"`) + "\nrole PS1 srv endpoint_protection_point",
			equipped("2503", "srv operating_system=windows_server_2016", `"NET-Framework-Core","Windows-Defender-Features"`) + "\nrole PS1 srv endpoint_protection_point",
			equipped("2303", "srv operating_system=windows_server_2012_r2", `"NET-Framework-Core"`) + "\nrole PS1 srv endpoint_protection_point",
		},
		undecided: []string{
			equipped("2503", "srv", `"NET-Framework-Core"`) + "\nrole PS1 srv endpoint_protection_point",
			"site PS1 primary\nrole PS1 srv endpoint_protection_point",
		},
	},
	"PRE-EP":   roleFeatures("2103", "enrollment_point\nrole PS1 other enrollment_proxy_point", `"NET-HTTP-Activation","Web-Default-Doc","Web-Asp-Net","Web-Asp-Net45","Web-Metabase"`).with(cases{satisfied: []string{equipped("2103", "srv", webServer) + "\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point"}}),
	"PRE-EPXP": roleFeatures("2103", "enrollment_proxy_point\nrole PS1 other enrollment_point", `"Web-Default-Doc","Web-Static-Content","Web-Asp-Net","Web-Asp-Net45","Web-Windows-Auth","Web-Metabase"`).with(cases{satisfied: []string{equipped("2103", "srv", webServer) + "\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point"}}),
	"PRE-FSP":  roleFeatures("2503", "fallback_status_point", `"BITS","Web-Metabase"`),
	"PRE-MP": roleFeatures("2503", "management_point", `"BITS-IIS-Ext","Web-ISAPI-Ext","Web-Windows-Auth","Web-WMI"`).with(cases{
		// What a secondary site server lacks is PRE-SEC.
		satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]\nrole SS1 ss1 management_point"},
	}),
	"PRE-SCP": roleFeatures("2503", "service_connection_point", `"NET-Framework-Core"`),
	"PRE-SUP": roleFeatures("2503", "software_update_point", `"NET-Framework-Core","UpdateServices-Services","Web-Server"`),
	"PRE-SMP": roleFeatures("2503", "state_migration_point", `"NET-HTTP-Activation","Web-Default-Doc","Web-Asp-Net","Web-Asp-Net45","Web-Metabase"`).with(cases{satisfied: []string{equipped("2503", "srv", webServer) + "\nrole PS1 srv state_migration_point"}}),

	"PRE-DOTNET-462": {
		violated: []string{
			installedOn("2107", "ps1", "dotnet_version=4.6.1"), installedOn("2111", "ps1", "dotnet_version=4.6.1"), installedOn("2503", "srv", "dotnet_version=4.5.2") + "\nrole PS1 srv management_point",
			"version 2503\nsite PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.dotnet_version=4.6.1",
			"version 2503\nsite PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov inventory.dotnet_version=\"4.5.2\"",
			// A finding, not two.
			installedOn("2503", "ps1", "dotnet_version=4.6.1") + "\nrole PS1 ps1 management_point\nrole PS1 ps1 software_update_point",
		},
		satisfied: []string{
			installedOn("2103", "ps1", "dotnet_version=4.6.1"), installedOn("2111", "ps1", "dotnet_version=4.6.2"), installedOn("2111", "ps1", "dotnet_version=4.8"),
			installedOn("2503", "srv", "dotnet_version=4.5.2"), installedOn("2503", "srv", "dotnet_version=4.5.2") + "\nrole PS1 srv distribution_point\nrole PS1 srv fallback_status_point",
		},
		undecided: []string{
			"site PS1 primary\nserver PS1 ps1", installedOn("2111", "ps1", "dotnet_version=?"), installedOn("2111", "ps1", "dotnet_version=4.6"), "site PS1 primary\nrole PS1 mp management_point",
			"version 2111\nsite PS1 primary site_server=?\nserver PS1 ps1 inventory.dotnet_version=4.6.1",
		},
	},
	"PRE-DOTNET-48": {
		violated: []string{
			installedOn("2303", "ps1", "dotnet_version=4.7.2"), installedOn("2503", "ps1", "dotnet_version=4.7.03190"),
			installedOn("2503", "srv", "dotnet_version=4.7.2") + "\nrole PS1 srv service_connection_point",
			installedOn("2503", "srv", "dotnet_version=4.7.2") + "\nrole PS1 srv state_migration_point\nrole PS1 srv management_point",
		},
		satisfied: []string{
			installedOn("2211", "ps1", "dotnet_version=4.7.2"), installedOn("2303", "ps1", "dotnet_version=4.8"), installedOn("2303", "ps1", "dotnet_version=4.8.1"), installedOn("2503", "ps1", "dotnet_version=4.8.04084"),
			installedOn("2503", "srv", "dotnet_version=4.7.2") + "\nrole PS1 srv distribution_point",
			// One defect is PRE-DOTNET-462.
			installedOn("2503", "ps1", "dotnet_version=4.6.1"),
		},
		undecided: []string{"site PS1 primary\nserver PS1 ps1", installedOn("2303", "ps1", "dotnet_version=4"), installedOn("2303", "ps1", "dotnet_version=?")},
	},
	"PRE-ODBC": {
		violated: []string{
			installedOn("2309", "ps1", "odbc_driver_version=17.10.6.1"), installedOn("2309", "ps1", "odbc_driver_version=none"), installedOn("2503", "ps1", "odbc_driver_version=18.4.1.0"), installedOn("2503", "ps1", "odbc_driver_version=18.1.0"),
			installedOn("2509", "ps1", "odbc_driver_version=18.4.1.1"), installedOn("2609", "ps1", "odbc_driver_version=18.4.4.1"),
			installedOn("2503", "ps1", "odbc_driver_version=18.6.1.1"), installedOn("2603", "ps1", "odbc_driver_version=18.7.1.1"),
			installedOn("2503", "srv", "odbc_driver_version=18.3.2.1") + "\nrole PS1 srv management_point",
			"version 2503\nsite PS1 primary database.server=sql.contoso.com\nserver PS1 sql inventory.odbc_driver_version=\"17.1\"",
			"version 2503\nsite PS1 primary" + withListener + "\nserver PS1 sql2 inventory.odbc_driver_version=\"17.1\"",
			"version 2503\nsite PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.odbc_driver_version=\"17.1\"",
		},
		satisfied: []string{
			installedOn("2303", "ps1", "odbc_driver_version=none"), installedOn("2309", "ps1", "odbc_driver_version=18.1.0"), installedOn("2309", "ps1", "odbc_driver_version=18.1"), installedOn("2503", "ps1", "odbc_driver_version=18.4.1.1"),
			installedOn("2509", "ps1", "odbc_driver_version=18.4.4.1"), installedOn("2609", "ps1", "odbc_driver_version=18.6.2.1"), installedOn("2609", "ps1", "odbc_driver_version=18.7.1.1"), installedOn("2603", "ps1", "odbc_driver_version=19.0"),
			installedOn("2503", "srv", "odbc_driver_version=none"),
			installedOn("2503", "srv", "odbc_driver_version=none") + "\nrole PS1 srv distribution_point\nrole PS1 srv fallback_status_point",
			installedOn("2503", "srv", "odbc_driver_version=18.4.1.1") + "\nrole PS1 srv management_point",
		},
		undecided: []string{
			"site PS1 primary\nserver PS1 ps1", installedOn("2503", "ps1", "odbc_driver_version=?"), installedOn("2503", "ps1", "odbc_driver_version=18.4"), installedOn("2503", "ps1", "odbc_driver_version=newest"),
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary version=?\nserver PS1 ps1 inventory.odbc_driver_version=none",
			"version 2503\nsite PS1 primary database=?\nserver PS1 sql inventory.odbc_driver_version=none",
		},
	},
	"PRE-ADK": {
		violated: []string{
			installedOn("2403", "ps1", "adk_components=[]"), installedOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe"]`), installedOn("2403", "ps1", `adk_components=["deployment_tools","user_state_migration_tool"]`),
			installedOn("2403", "ps1", "adk_version=10.1.25398.1"), installedOn("2603", "ps1", "adk_version=10.1.25398"),
			installedOn("2403", "ps1", "adk_version=10.1.26100.2454"), installedOn("2211", "ps1", "adk_version=10.1.26100.1"), installedOn("2403", "ps1", "adk_version=10.1.18362.1"), installedOn("2603", "ps1", "adk_version=10.1.18362.1"),
			"site CAS central_administration\nserver CAS cas inventory.adk_components=[]",
			"site PS1 primary passive_site_server=ps1b.contoso.com " + remoteLibrary + "\nserver PS1 ps1b inventory.adk_components=[]",
			"site PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov inventory.adk_components=[\"deployment_tools\"]",
		},
		satisfied: []string{
			installedOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.26100.1`),
			installedOn("2603", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.22621.1`),
			installedOn("2211", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.22621.1`),
			"version 2403\nsite PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov inventory.adk_components=[\"deployment_tools\",\"windows_pe\"] inventory.adk_version=10.1.22621",
			installedOn("2403", "srv", "adk_components=[]"),
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.adk_components=[]",
		},
		undecided: []string{
			"site PS1 primary\nserver PS1 ps1", installedOn("2403", "ps1", "adk_version=10.1.26100.1"), installedOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"]`),
			installedOn("2403", "ps1", `adk_components=["deployment_tools","windows_pe","?"] inventory.adk_version=10.1.26100.1`),
			// No table tells about these.
			installedOn("2503", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.26100.2454`),
			installedOn("2207", "ps1", `adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.adk_version=10.1.22000`),
		},
	},
	"PRE-PKI": {
		violated: []string{
			installedOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv management_point protocol=https",
			installedOn("2503", "srv", `certificates=["web_server"]`) + "\nrole PS1 srv management_point protocol=https",
			installedOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv software_update_point protocol=https",
			installedOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv distribution_point protocol=https certificate=pki",
			installedOn("2103", "srv", "certificates=[]") + "\nrole PS1 srv enrollment_proxy_point\nrole PS1 srv enrollment_point",
			installedOn("2111", "srv", "certificates=[]") + "\nrole PS1 srv certificate_registration_point",
			"site PS1 primary client_communication=https_only\nserver PS1 srv inventory.certificates=[\"web_server\"]\nrole PS1 srv state_migration_point",
			"site PS1 primary\nrole PS1 mp management_point protocol=https\nrole PS1 dp distribution_point protocol=https certificate=self_signed certificate_expiration=2099-01-01",
		},
		satisfied: []string{
			installedOn("2503", "srv", `certificates=["client","web_server"]`) + "\nrole PS1 srv management_point protocol=https",
			installedOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv management_point protocol=http",
			installedOn("2503", "srv", `certificates=["web_server"]`) + "\nrole PS1 srv distribution_point protocol=https certificate=pki",
			installedOn("2503", "srv", `certificates=["web_server"]`) + "\nserver PS1 mp inventory.certificates=[]\nrole PS1 mp management_point protocol=http\nrole PS1 srv distribution_point protocol=https certificate=self_signed certificate_expiration=2099-01-01",
			// Neither of these needs one.
			installedOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv fallback_status_point\nrole PS1 srv service_connection_point",
			"site PS1 primary client_communication=enhanced_http\nserver PS1 srv inventory.certificates=[]\nrole PS1 srv state_migration_point",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 srv management_point protocol=https", installedOn("2503", "srv", "certificates=[]") + "\nrole PS1 srv management_point",
			installedOn("2503", "srv", `certificates=["?"]`) + "\nrole PS1 srv software_update_point protocol=https",
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
		severity Severity
	}{
		{installedOn("2107", "ps1", "dotnet_version=4.6.1"), SeverityWarning},
		{installedOn("2111", "ps1", "dotnet_version=4.6.1") + "\nrole PS1 ps1 management_point\nrole PS1 ps1 state_migration_point", SeverityError},
		{installedOn("2111", "srv", "dotnet_version=4.6.1") + "\nrole PS1 srv management_point\nrole PS1 srv state_migration_point", SeverityWarning},
		{installedOn("2503", "ps1", "odbc_driver_version=18.1.0") + "\nrole PS1 ps1 management_point", SeverityError},
		{installedOn("2509", "ps1", "odbc_driver_version=18.4.1.1"), SeverityWarning},
		{installedOn("2503", "ps1", "odbc_driver_version=18.6.1.1"), SeverityWarning},
		{installedOn("2503", "srv", "odbc_driver_version=18.1.0") + "\nrole PS1 srv management_point\nrole PS1 srv state_migration_point", SeverityWarning},
		{installedOn("2603", "ps1", "adk_version=10.1.25398.1"), SeverityError},
		{installedOn("2403", "ps1", "adk_version=10.1.26100.2454"), SeverityWarning},
	} {
		d := parseDesign(t, test.text)
		var found []Finding
		for _, f := range RuleCatalogue().Evaluate(d.planned.build(t, true), d.options).Findings {
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
		want           Value[bool]
	}{
		{"18.4.1.1", "18.4.1.1", Known(true)}, {"18.10", "18.4.1.1", Known(true)}, {"18.4.1.1.1", "18.4.1.1", Known(true)}, {"19", "18.4", Known(true)},
		{"18.1", "18.1.0", Known(true)}, {"18.4.1.0", "18.4.1.1", Known(false)}, {"9.9", "18.0", Known(false)}, {NotInstalled, "1.0", Known(false)},
		{"18", "18.4", Unknown[bool]()}, {"new", "18.4", Unknown[bool]()}, {"", "18.4", Unknown[bool]()}, {"18.-1", "18.4", Unknown[bool]()},
	} {
		if got := atLeast(test.version, test.least); got != test.want {
			t.Errorf("atLeast(%q, %q) = %v, want %v", test.version, test.least, got, test.want)
		}
	}
}

// Tables of versions go upwards, and every version in them is one.
func TestPrerequisiteTables(t *testing.T) {
	for _, floors := range [][]floor{frameworkFloors, recommendedFrameworks, driverFloors} {
		for i, f := range floors {
			if _, ok := dottedParts(f.least); !ok || i > 0 && (f.from <= floors[i-1].from || !knownTrue(atLeast(f.least, floors[i-1].least))) {
				t.Errorf("the floor %q from version %s is out of order", f.least, f.from)
			}
		}
	}
	for i, row := range adkTable {
		if i > 0 && row.from != adkTable[i-1].until {
			t.Errorf("the table of the Windows ADK has a gap before version %s", row.from)
		}
		for j, release := range row.releases {
			if j > 0 && !knownTrue(atLeast(release, row.releases[j-1])) {
				t.Errorf("version %s: the release %q is out of order", row.from, release)
			}
		}
	}
	for _, p := range prerequisites {
		if (p.role == "") == (p.put == nil) {
			t.Errorf("%s: either a role needs it, or what the site puts on a computer", p.what)
		}
		if p.role != "" && roleOf(p.role) == nil {
			t.Errorf("there is no role %q", p.role)
		}
	}
}
