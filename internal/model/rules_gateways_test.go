package model

import (
	"fmt"
	"testing"
)

// withGateway adds a gateway with its connection point at site PS1 to a design.
func withGateway(design, attributes string) string {
	if attributes != "" {
		attributes = "," + attributes
	}
	return design + "\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=contosocmg\n" +
		`hierarchy cloud_management_gateways={"a":{"name":"contosocmg"` + attributes + `}}`
}

// named is a design with a gateway of a name.
func named(name, attributes string) string {
	return "site PS1 primary\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=" + name +
		"\n" + `hierarchy cloud_management_gateways={"a":{"name":"` + name + `"` + attributes + `}}`
}

// sized is a design with a gateway of a size, a number of virtual machines and clients.
func sized(version, size string, instances, clients int) string {
	return "version " + version + "\n" + withGateway("site PS1 primary\nrole PS1 mp management_point protocol=https",
		fmt.Sprintf(`"deployment":"virtual_machine_scale_set","vm_size":%q,"vm_instances":%d,"clients":%d`, size, instances, clients))
}

const (
	gatewayTakesTraffic = "site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true"
	scaleSetAttributes  = `"deployment":"virtual_machine_scale_set"`
)

func TestRules_gateways(t *testing.T) { runCases(t, gatewaysChapter(), gatewayCases) }

var gatewayCases = map[string]cases{
	"CMG-SCP-ONLINE": {
		violated: []string{
			withGateway("site PS1 primary\nrole PS1 scp service_connection_point mode=offline", ""),
			"site PS1 primary\nrole PS1 scp service_connection_point mode=offline\nrole PS1 cp cloud_management_gateway_connection_point",
		},
		satisfied: []string{
			withGateway("site PS1 primary\nrole PS1 scp service_connection_point mode=online", ""),
			"site PS1 primary\nrole PS1 scp service_connection_point mode=offline",
			// A missing one is ROLE-CARD-SCP-MIN.
			withGateway("site PS1 primary", ""),
		},
		undecided: []string{
			withGateway("site PS1 primary\nrole PS1 scp service_connection_point", ""),
			withGateway("site PS1 primary\nrole PS1 scp service_connection_point mode=?", ""),
			"site PS1 primary\nrole PS1 scp service_connection_point mode=offline\nhierarchy cloud_management_gateways=?",
			withGateway("site PS1 primary\nrole PS1 srv ?", ""),
		},
	},
	"CMG-MP": {
		violated: []string{
			withGateway("site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point allow_cmg_traffic=false", ""),
			withGateway(plainHTTPSite+"role PS1 mp management_point protocol=http allow_cmg_traffic=true", ""),
			// A management point of a secondary site does not count.
			withGateway("site PS1 primary client_communication=enhanced_http\nsite SS1 secondary PS1\nrole PS1 mp management_point allow_cmg_traffic=false\nrole SS1 ss1 management_point allow_cmg_traffic=true", ""),
		},
		satisfied: []string{
			withGateway(gatewayTakesTraffic, ""),
			withGateway(plainHTTPSite+"role PS1 mp management_point protocol=https allow_cmg_traffic=true", ""),
			withGateway("site PS1 primary client_communication=https_only\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 mp2 management_point protocol=https allow_cmg_traffic=false", ""),
			"site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=false",
			// None at all is ROLE-CARD-MP-PRI-MIN.
			withGateway("site PS1 primary", ""),
		},
		undecided: []string{
			withGateway("site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point allow_cmg_traffic=false\nrole PS1 mp2 management_point", ""),
			withGateway("site PS1 primary\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true", ""),
			withGateway("site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point allow_cmg_traffic=?", ""),
			withGateway("site PS1 primary CAS\nrole PS1 mp management_point allow_cmg_traffic=false", ""),
			withGateway("site PS1 ?\nrole PS1 mp management_point allow_cmg_traffic=false", ""),
			withGateway("site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=false\nrole PS1 srv ?", ""),
			"site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=false\nhierarchy cloud_management_gateways=?",
		},
	},
	"CMG-MP-CONN": {
		violated: []string{
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true client_connections=intranet",
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=true client_connections=intranet",
		},
		satisfied: []string{
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true client_connections=internet_and_intranet",
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=false client_connections=intranet",
			"site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true client_connections=intranet",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=true client_connections=intranet",
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true",
			"site PS1 primary\nrole PS1 sup software_update_point",
		},
	},
	"CMG-SUP": {
		violated: []string{
			withGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false", ""),
			withGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 sup2 software_update_point allow_cmg_traffic=false", ""),
			// A site without connection point, whose management point takes the traffic.
			withGateway("site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS client_communication=enhanced_http\nrole CAS sup software_update_point\nrole PS1 sup1 software_update_point allow_cmg_traffic=true\nrole PS2 sup2 software_update_point allow_cmg_traffic=false\nrole PS2 mp2 management_point protocol=http allow_cmg_traffic=true", ""),
		},
		satisfied: []string{
			withGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 sup2 software_update_point allow_cmg_traffic=true", ""),
			withGateway(gatewayTakesTraffic, ""),
			withGateway("site PS1 primary software_update_source=windows_update\nrole PS1 sup software_update_point allow_cmg_traffic=false", ""),
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=false",
		},
		undecided: []string{
			withGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=?", ""),
			withGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point", ""),
			withGateway("site PS1 primary software_update_source=?\nrole PS1 sup software_update_point allow_cmg_traffic=false", ""),
			withGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 srv ?", ""),
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=false\nhierarchy cloud_management_gateways=?",
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 srv ?\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg"}}`,
		},
	},
	"CMG-SITE": {
		violated: []string{
			withGateway("site CAS central_administration\nsite PS1 primary CAS", `"site_code":"PS1"`),
			withGateway("site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_cmg_traffic=true", ""),
			"site CAS central_administration\nrole CAS sup software_update_point allow_cmg_traffic=true",
		},
		satisfied: []string{
			withGateway("site CAS central_administration\nsite PS1 primary CAS", `"site_code":"cas"`),
			withGateway("site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=true protocol=https", `"site_code":"PS1"`),
			withGateway("site PS1 primary", ""),
			withGateway("site PS1 primary CAS", `"site_code":"CAS"`),
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_cmg_traffic=false",
		},
		undecided: []string{
			withGateway("site PS1 primary ?", `"site_code":"PS1"`),
			withGateway("site PS1 primary", `"site_code":"?"`),
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point",
			"site PS1 ?\nrole PS1 mp management_point allow_cmg_traffic=true",
		},
	},
	"CMG-NAME": {
		violated: []string{
			named("cm", ""),
			named("a234567890123456789012345", ""),
			named("1cmg", ""),
			named("cmg-", ""),
			named("contoso--cmg", ""),
			named("contoso_cmg.contoso.com", ""),
			named("ContosoCMG", `,"content_enabled":true`),
			named("contoso-cmg.contoso.com", `,"content_enabled":true`),
			named("", ""),
		},
		satisfied: []string{
			named("cmg", ""),
			named("a23456789012345678901234", `,"content_enabled":true`),
			named("Contoso-CMG.contoso.com", `,"content_enabled":false`),
			named("contosocmg.a--b.com", ""),
			"site PS1 primary",
		},
		undecided: []string{
			`site PS1 primary` + "\n" + `hierarchy cloud_management_gateways={"a":{"name":"?"}}`,
			`site PS1 primary` + "\n" + `hierarchy cloud_management_gateways={"a":{"site_code":"PS1"}}`,
			named("Contoso-CMG", ""),
		},
	},
	"CMG-CP-CERT": {
		violated: []string{
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
		},
		satisfied: []string{
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=true",
			"site PS1 primary use_pki_client_certificates=false\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
			"site PS1 primary use_pki_client_certificates=true client_communication=enhanced_http\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
		},
		undecided: []string{
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point",
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 srv ?\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
		},
	},
	"CMG-VMSS-2010-LIMIT": {
		violated: []string{
			withGateway("version 2010\nsite CAS central_administration\nsite PS1 primary CAS", scaleSetAttributes+`,"site_code":"CAS"`),
			withGateway("version 2103\nsite CAS central_administration\nsite PS1 primary CAS", scaleSetAttributes+`,"site_code":"PS1"`),
			withGateway("version 2103\nsite PS1 primary\nrole PS1 mp1 management_point protocol=https\nrole PS1 mp2 management_point protocol=https", scaleSetAttributes),
		},
		satisfied: []string{
			withGateway("version 2010\nsite PS1 primary\nrole PS1 mp1 management_point protocol=https\nrole PS1 mp2 management_point protocol=http", scaleSetAttributes),
			withGateway("version 2107\nsite CAS central_administration\nsite PS1 primary CAS", scaleSetAttributes+`,"site_code":"CAS"`),
			withGateway("version 2010\nsite CAS central_administration\nsite PS1 primary CAS", `"deployment":"cloud_service_classic"`),
		},
		undecided: []string{
			withGateway("version 2010\nsite CAS central_administration\nsite PS1 primary CAS", `"deployment":"?"`),
			withGateway("version 2010\nsite PS1 primary ?", scaleSetAttributes+`,"site_code":"PS1"`),
			withGateway("version 2010\nsite PS1 primary\nrole PS1 srv ?", scaleSetAttributes+`,"site_code":"PS1"`),
			withGateway("version 2010\nsite PS1 primary\nrole PS1 mp management_point", scaleSetAttributes),
		},
	},
	"CMG-GOV": {
		violated: []string{
			withGateway("version 2107\nsite PS1 primary", scaleSetAttributes+`,"azure_environment":"us_government"`),
			withGateway("version 2010\nsite PS1 primary", scaleSetAttributes+`,"azure_environment":"us_government"`),
		},
		satisfied: []string{
			withGateway("version 2111\nsite PS1 primary", scaleSetAttributes+`,"azure_environment":"us_government"`),
			withGateway("version 2107\nsite PS1 primary", scaleSetAttributes+`,"azure_environment":"public"`),
			withGateway("version 2107\nsite PS1 primary", `"deployment":"cloud_service_classic","azure_environment":"us_government"`),
		},
		undecided: []string{
			withGateway("version 2107\nsite PS1 primary", scaleSetAttributes),
			withGateway("version 2107\nsite PS1 primary", `"azure_environment":"us_government"`),
			withGateway("version 2107\nsite PS1 primary CAS", scaleSetAttributes+`,"azure_environment":"us_government"`),
		},
	},
	"CMG-SIZE-CLIENTS": {
		violated: []string{
			sized("2107", SizeB2s, 1, 11),
			sized("2603", SizeA2v2, 2, 12_001),
			sized("2603", SizeA4v2, 1, 10_001),
			sized("2103", SizeA2v2, 1, 2_001),
			withGateway("version 2111\nsite PS1 primary", `"deployment":"cloud_service_classic","vm_instances":1,"clients":6001`),
			// From version 2403 on there is one deployment only.
			withGateway("version 2403\nsite PS1 primary", `"vm_size":"standard_a2_v2","vm_instances":1,"clients":6001`),
		},
		satisfied: []string{
			sized("2107", SizeB2s, 1, 10),
			sized("2603", SizeA2v2, 2, 12_000),
			sized("2603", SizeA4v2, 1, 10_000),
			sized("2103", SizeA2v2, 1, 2_000),
			withGateway("version 2111\nsite PS1 primary", `"deployment":"cloud_service_classic","vm_instances":1,"clients":6000`),
		},
		undecided: []string{
			// No number is published for these sizes, or from this version on.
			sized("2609", SizeD2ads, 1, 100_000),
			sized("2609", SizeA2v2, 1, 100_000),
			withGateway("site PS1 primary", scaleSetAttributes+`,"vm_size":"standard_a2_v2","vm_instances":1`),
			withGateway("site PS1 primary", scaleSetAttributes+`,"vm_size":"standard_a2_v2","clients":100000`),
			withGateway("site PS1 primary", scaleSetAttributes+`,"vm_size":"?","vm_instances":1,"clients":100000`),
			withGateway("version 2309\nsite PS1 primary", `"vm_size":"standard_a2_v2","vm_instances":1,"clients":6001`),
		},
	},
	"CMG-B2S-LAB": {
		violated: []string{
			withGateway("version 2107\nsite PS1 primary", `"vm_size":"standard_b2s"`),
			sized("2603", SizeB2s, 1, 10),
		},
		satisfied: []string{
			withGateway("site PS1 primary", `"vm_size":"standard_a2_v2"`),
			withGateway("version 2103\nsite PS1 primary", `"vm_size":"standard_b2s"`),
			"lab\n" + withGateway("site PS1 primary", `"vm_size":"standard_b2s"`),
			// CMG-SIZE-CLIENTS says more.
			sized("2603", SizeB2s, 1, 11),
		},
		undecided: []string{
			withGateway("site PS1 primary", ""),
			withGateway("site PS1 primary", `"vm_size":"?"`),
			withGateway("site PS1 primary CAS", `"vm_size":"standard_b2s"`),
		},
	},
}
