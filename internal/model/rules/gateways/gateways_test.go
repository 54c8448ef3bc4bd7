package gateways_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/gateways"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

const (
	gatewayTakesTraffic = "site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true"
)

func TestRules(t *testing.T) { ruletest.Run(t, gateways.Chapter(), gatewayCases) }

var gatewayCases = map[string]ruletest.Cases{
	"CMG-SCP-ONLINE": {
		Violated: []string{
			ruletest.WithGateway("site PS1 primary\nrole PS1 scp service_connection_point mode=offline", ""),
			"site PS1 primary\nrole PS1 scp service_connection_point mode=offline\nrole PS1 cp cloud_management_gateway_connection_point",
		},
		Satisfied: []string{
			ruletest.WithGateway("site PS1 primary\nrole PS1 scp service_connection_point mode=online", ""),
			"site PS1 primary\nrole PS1 scp service_connection_point mode=offline",
			// A missing one is ROLE-CARD-SCP-MIN.
			ruletest.WithGateway("site PS1 primary", ""),
		},
		Undecided: []string{
			ruletest.WithGateway("site PS1 primary\nrole PS1 scp service_connection_point", ""),
			ruletest.WithGateway("site PS1 primary\nrole PS1 scp service_connection_point mode=?", ""),
			"site PS1 primary\nrole PS1 scp service_connection_point mode=offline\nhierarchy cloud_management_gateways=?",
			ruletest.WithGateway("site PS1 primary\nrole PS1 srv ?", ""),
		},
	},
	"CMG-MP": {
		Violated: []string{
			ruletest.WithGateway("site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point allow_cmg_traffic=false", ""),
			ruletest.WithGateway(ruletest.PlainHTTPSite+"role PS1 mp management_point protocol=http allow_cmg_traffic=true", ""),
			// A management point of a secondary site does not count.
			ruletest.WithGateway("site PS1 primary client_communication=enhanced_http\nsite SS1 secondary PS1\nrole PS1 mp management_point allow_cmg_traffic=false\nrole SS1 ss1 management_point allow_cmg_traffic=true", ""),
		},
		Satisfied: []string{
			ruletest.WithGateway(gatewayTakesTraffic, ""),
			ruletest.WithGateway(ruletest.PlainHTTPSite+"role PS1 mp management_point protocol=https allow_cmg_traffic=true", ""),
			ruletest.WithGateway("site PS1 primary client_communication=https_only\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 mp2 management_point protocol=https allow_cmg_traffic=false", ""),
			"site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=false",
			// None at all is ROLE-CARD-MP-PRI-MIN.
			ruletest.WithGateway("site PS1 primary", ""),
		},
		Undecided: []string{
			ruletest.WithGateway("site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point allow_cmg_traffic=false\nrole PS1 mp2 management_point", ""),
			ruletest.WithGateway("site PS1 primary\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true", ""),
			ruletest.WithGateway("site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point allow_cmg_traffic=?", ""),
			ruletest.WithGateway("site PS1 primary CAS\nrole PS1 mp management_point allow_cmg_traffic=false", ""),
			ruletest.WithGateway("site PS1 ?\nrole PS1 mp management_point allow_cmg_traffic=false", ""),
			ruletest.WithGateway("site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=false\nrole PS1 srv ?", ""),
			"site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=false\nhierarchy cloud_management_gateways=?",
		},
	},
	"CMG-MP-CONN": {
		Violated: []string{
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true client_connections=intranet",
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=true client_connections=intranet",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true client_connections=internet_and_intranet",
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=false client_connections=intranet",
			"site PS1 primary client_communication=enhanced_http\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true client_connections=intranet",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=true client_connections=intranet",
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true",
			"site PS1 primary\nrole PS1 sup software_update_point",
		},
	},
	"CMG-CP-PRIMARY": {
		Violated: []string{
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point allow_cmg_traffic=true", ""),
			// The gateway belongs to the central administration site or to no named one.
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point allow_cmg_traffic=true", `"site_code":"CAS"`),
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point allow_cmg_traffic=false\nrole PS2 mp3 management_point allow_cmg_traffic=true", ""),
			// Clients that scan for updates come through the gateway too.
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole CAS sup software_update_point\nrole PS1 sup1 software_update_point allow_cmg_traffic=true\nrole PS2 sup2 software_update_point allow_cmg_traffic=true", ""),
			// The reverse: a connection point without a management point at its site.
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point allow_cmg_traffic=false\nrole PS2 cp2 cloud_management_gateway_connection_point cloud_management_gateway=contosocmg", ""),
			// A management point of another site that serves the gateway does not help.
			ruletest.WithGateway(plainPrimary+"role PS2 mp2 management_point allow_cmg_traffic=true protocol=http", ""),
		},
		Satisfied: []string{
			ruletest.WithGateway(plainPrimary+"role PS2 mp2 management_point allow_cmg_traffic=true protocol=https", ""),
			ruletest.WithGateway(plainPrimary+"role PS2 mp2 management_point allow_cmg_traffic=true protocol=http\nrole PS2 mp3 management_point allow_cmg_traffic=true protocol=https", ""),
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point allow_cmg_traffic=false", ""),
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point allow_cmg_traffic=true\nrole PS2 cp2 cloud_management_gateway_connection_point cloud_management_gateway=contosocmg", ""),
			ruletest.WithGateway(gatewayTakesTraffic, ""),
			twoPrimaries + "role PS2 mp2 management_point allow_cmg_traffic=true",
		},
		Undecided: []string{
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point", ""),
			ruletest.WithGateway(twoPrimaries+"role PS1 mp1 management_point allow_cmg_traffic=true\nrole PS2 mp2 management_point allow_cmg_traffic=true\nrole PS2 srv ?", ""),
			twoPrimaries + "role PS2 mp2 management_point allow_cmg_traffic=true\nhierarchy cloud_management_gateways=?",
		},
	},
	"CMG-SUP": {
		Violated: []string{
			ruletest.WithGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false", ""),
			ruletest.WithGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 sup2 software_update_point allow_cmg_traffic=false", ""),
			// A site without connection point, whose management point takes the traffic.
			ruletest.WithGateway("site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS client_communication=enhanced_http\nrole CAS sup software_update_point\nrole PS1 sup1 software_update_point allow_cmg_traffic=true\nrole PS2 sup2 software_update_point allow_cmg_traffic=false\nrole PS2 mp2 management_point protocol=http allow_cmg_traffic=true", ""),
		},
		Satisfied: []string{
			ruletest.WithGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 sup2 software_update_point allow_cmg_traffic=true", ""),
			ruletest.WithGateway(gatewayTakesTraffic, ""),
			ruletest.WithGateway("site PS1 primary software_update_source=windows_update\nrole PS1 sup software_update_point allow_cmg_traffic=false", ""),
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=false",
		},
		Undecided: []string{
			ruletest.WithGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=?", ""),
			ruletest.WithGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point", ""),
			ruletest.WithGateway("site PS1 primary software_update_source=?\nrole PS1 sup software_update_point allow_cmg_traffic=false", ""),
			ruletest.WithGateway(gatewayTakesTraffic+"\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 srv ?", ""),
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=false\nhierarchy cloud_management_gateways=?",
			"site PS1 primary\nrole PS1 sup software_update_point allow_cmg_traffic=false\nrole PS1 srv ?\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg"}}`,
		},
	},
	"CMG-SITE": {
		Violated: []string{
			ruletest.WithGateway("site CAS central_administration\nsite PS1 primary CAS", `"site_code":"PS1"`),
			ruletest.WithGateway("site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_cmg_traffic=true", ""),
			"site CAS central_administration\nrole CAS sup software_update_point allow_cmg_traffic=true",
		},
		Satisfied: []string{
			ruletest.WithGateway("site CAS central_administration\nsite PS1 primary CAS", `"site_code":"cas"`),
			ruletest.WithGateway("site PS1 primary\nrole PS1 mp management_point allow_cmg_traffic=true protocol=https", `"site_code":"PS1"`),
			ruletest.WithGateway("site PS1 primary", ""),
			ruletest.WithGateway("site PS1 primary CAS", `"site_code":"CAS"`),
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_cmg_traffic=false",
		},
		Undecided: []string{
			ruletest.WithGateway("site PS1 primary ?", `"site_code":"PS1"`),
			ruletest.WithGateway("site PS1 primary", `"site_code":"?"`),
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point",
			"site PS1 ?\nrole PS1 mp management_point allow_cmg_traffic=true",
		},
	},
	"CMG-NAME": {
		Violated: []string{
			ruletest.Named("cm", ""),
			ruletest.Named("a234567890123456789012345", ""),
			ruletest.Named("1cmg", ""),
			ruletest.Named("cmg-", ""),
			ruletest.Named("contoso--cmg", ""),
			ruletest.Named("contoso_cmg.contoso.com", ""),
			ruletest.Named("ContosoCMG", `,"content_enabled":true`),
			ruletest.Named("contoso-cmg.contoso.com", `,"content_enabled":true`),
			ruletest.Named("", ""),
		},
		Satisfied: []string{
			ruletest.Named("cmg", ""),
			ruletest.Named("a23456789012345678901234", `,"content_enabled":true`),
			ruletest.Named("Contoso-CMG.contoso.com", `,"content_enabled":false`),
			ruletest.Named("contosocmg.a--b.com", ""),
			"site PS1 primary",
		},
		Undecided: []string{
			`site PS1 primary` + "\n" + `hierarchy cloud_management_gateways={"a":{"name":"?"}}`,
			`site PS1 primary` + "\n" + `hierarchy cloud_management_gateways={"a":{"site_code":"PS1"}}`,
			ruletest.Named("Contoso-CMG", ""),
		},
	},
	"CMG-CP-CERT": {
		Violated: []string{
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
		},
		Satisfied: []string{
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=true",
			"site PS1 primary use_pki_client_certificates=false\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
			"site PS1 primary use_pki_client_certificates=true client_communication=enhanced_http\nrole PS1 mp management_point protocol=http allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
		},
		Undecided: []string{
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point",
			"site PS1 primary\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 mp management_point allow_cmg_traffic=true\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
			"site PS1 primary use_pki_client_certificates=true\nrole PS1 srv ?\nrole PS1 cp cloud_management_gateway_connection_point client_authentication_certificate=false",
		},
	},
	"CMG-VMSS-2010-LIMIT": {
		Violated: []string{
			ruletest.WithGateway("version 2006\nsite PS1 primary", ruletest.ScaleSetAttributes),
			ruletest.WithGateway("version 2010\nsite CAS central_administration\nsite PS1 primary CAS", ruletest.ScaleSetAttributes+`,"site_code":"CAS"`),
			ruletest.WithGateway("version 2103\nsite CAS central_administration\nsite PS1 primary CAS", ruletest.ScaleSetAttributes+`,"site_code":"PS1"`),
			ruletest.WithGateway("version 2103\nsite PS1 primary\nrole PS1 mp1 management_point protocol=https\nrole PS1 mp2 management_point protocol=https", ruletest.ScaleSetAttributes),
		},
		Satisfied: []string{
			ruletest.WithGateway("version 2010\nsite PS1 primary\nrole PS1 mp1 management_point protocol=https\nrole PS1 mp2 management_point protocol=http", ruletest.ScaleSetAttributes),
			ruletest.WithGateway("version 2107\nsite CAS central_administration\nsite PS1 primary CAS", ruletest.ScaleSetAttributes+`,"site_code":"CAS"`),
			ruletest.WithGateway("version 2010\nsite CAS central_administration\nsite PS1 primary CAS", `"deployment":"cloud_service_classic"`),
			ruletest.WithGateway("version 2006\nsite PS1 primary", `"deployment":"cloud_service_classic"`),
			ruletest.WithGateway("version 2006\nsite PS1 primary", ruletest.ScaleSetAttributes+`,"azure_environment":"us_government"`), // CMG-GOV
		},
		Undecided: []string{
			ruletest.WithGateway("version 2006\nsite PS1 primary", `"deployment":"?"`),
			ruletest.WithGateway("version 2010\nsite CAS central_administration\nsite PS1 primary CAS", `"deployment":"?"`),
			ruletest.WithGateway("version 2010\nsite PS1 primary ?", ruletest.ScaleSetAttributes+`,"site_code":"PS1"`),
			ruletest.WithGateway("version 2010\nsite PS1 primary\nrole PS1 srv ?", ruletest.ScaleSetAttributes+`,"site_code":"PS1"`),
			ruletest.WithGateway("version 2010\nsite PS1 primary\nrole PS1 mp management_point", ruletest.ScaleSetAttributes),
		},
	},
	"CMG-GOV": {
		Violated: []string{
			ruletest.WithGateway("version 2107\nsite PS1 primary", ruletest.ScaleSetAttributes+`,"azure_environment":"us_government"`),
			ruletest.WithGateway("version 2010\nsite PS1 primary", ruletest.ScaleSetAttributes+`,"azure_environment":"us_government"`),
			ruletest.WithGateway("version 2006\nsite PS1 primary", ruletest.ScaleSetAttributes+`,"azure_environment":"us_government"`),
		},
		Satisfied: []string{
			ruletest.WithGateway("version 2111\nsite PS1 primary", ruletest.ScaleSetAttributes+`,"azure_environment":"us_government"`),
			ruletest.WithGateway("version 2107\nsite PS1 primary", ruletest.ScaleSetAttributes+`,"azure_environment":"public"`),
			ruletest.WithGateway("version 2107\nsite PS1 primary", `"deployment":"cloud_service_classic","azure_environment":"us_government"`),
		},
		Undecided: []string{
			ruletest.WithGateway("version 2107\nsite PS1 primary", ruletest.ScaleSetAttributes),
			ruletest.WithGateway("version 2107\nsite PS1 primary", `"azure_environment":"us_government"`),
			ruletest.WithGateway("version 2107\nsite PS1 primary CAS", ruletest.ScaleSetAttributes+`,"azure_environment":"us_government"`),
		},
	},
	"CMG-SIZE-CLIENTS": {
		Violated: []string{
			ruletest.Sized("2107", model.SizeB2s, 1, 11),
			ruletest.Sized("2603", model.SizeA2v2, 2, 12_001),
			ruletest.Sized("2603", model.SizeA4v2, 1, 10_001),
			ruletest.Sized("2103", model.SizeA2v2, 1, 2_001),
			ruletest.WithGateway("version 2111\nsite PS1 primary", `"deployment":"cloud_service_classic","vm_instances":1,"clients":6001`),
			// From version 2403 on there is one deployment only.
			ruletest.WithGateway("version 2403\nsite PS1 primary", `"vm_size":"standard_a2_v2","vm_instances":1,"clients":6001`),
		},
		Satisfied: []string{
			ruletest.Sized("2107", model.SizeB2s, 1, 10),
			ruletest.Sized("2603", model.SizeA2v2, 2, 12_000),
			ruletest.Sized("2603", model.SizeA4v2, 1, 10_000),
			ruletest.Sized("2103", model.SizeA2v2, 1, 2_000),
			ruletest.WithGateway("version 2111\nsite PS1 primary", `"deployment":"cloud_service_classic","vm_instances":1,"clients":6000`),
		},
		Undecided: []string{
			// No number is published for these sizes, or from this version on.
			ruletest.Sized("2609", model.SizeD2ads, 1, 100_000),
			ruletest.Sized("2609", model.SizeA2v2, 1, 100_000),
			ruletest.WithGateway("site PS1 primary", ruletest.ScaleSetAttributes+`,"vm_size":"standard_a2_v2","vm_instances":1`),
			ruletest.WithGateway("site PS1 primary", ruletest.ScaleSetAttributes+`,"vm_size":"standard_a2_v2","clients":100000`),
			ruletest.WithGateway("site PS1 primary", ruletest.ScaleSetAttributes+`,"vm_size":"?","vm_instances":1,"clients":100000`),
			ruletest.WithGateway("version 2309\nsite PS1 primary", `"vm_size":"standard_a2_v2","vm_instances":1,"clients":6001`),
		},
	},
	"CMG-SIZE-VERSION": {
		Violated: []string{
			ruletest.Sized("2603", model.SizeD2ads, 1, 10), ruletest.Sized("2503", model.SizeD8ads, 1, 10), ruletest.Sized("2103", model.SizeD4ads, 1, 10),
			ruletest.Sized("2609", model.SizeA2v2, 1, 10), ruletest.Sized("2609", model.SizeB2s, 1, 10), ruletest.Sized("2709", model.SizeA4v2, 1, 10),
		},
		Satisfied: []string{
			ruletest.Sized("2609", model.SizeD2ads, 1, 10), ruletest.Sized("2709", model.SizeD8ads, 1, 10),
			ruletest.Sized("2603", model.SizeA2v2, 1, 10), ruletest.Sized("2107", model.SizeB2s, 1, 10),
		},
		Undecided: []string{
			ruletest.WithGateway("site PS1 primary", ""), ruletest.WithGateway("site PS1 primary", `"vm_size":"?"`),
			ruletest.WithGateway("site PS1 primary version=?", `"vm_size":"standard_a2_v2"`),
			ruletest.Sized("2103", model.SizeA2v2, 1, 10), // no article names the sizes of that version
		},
	},
	"CMG-B2S-LAB": {
		Violated: []string{
			ruletest.WithGateway("version 2107\nsite PS1 primary", `"vm_size":"standard_b2s"`),
			ruletest.Sized("2603", model.SizeB2s, 1, 10),
		},
		Satisfied: []string{
			ruletest.WithGateway("site PS1 primary", `"vm_size":"standard_a2_v2"`),
			ruletest.WithGateway("version 2103\nsite PS1 primary", `"vm_size":"standard_b2s"`),
			"lab\n" + ruletest.WithGateway("site PS1 primary", `"vm_size":"standard_b2s"`),
			ruletest.Sized("2609", model.SizeB2s, 1, 10), // CMG-SIZE-VERSION
			// CMG-SIZE-CLIENTS says more.
			ruletest.Sized("2603", model.SizeB2s, 1, 11),
		},
		Undecided: []string{
			ruletest.WithGateway("site PS1 primary", ""),
			ruletest.WithGateway("site PS1 primary", `"vm_size":"?"`),
			ruletest.WithGateway("site PS1 primary CAS", `"vm_size":"standard_b2s"`),
		},
	},
}

// twoPrimaries are two primary sites of a hierarchy.
// plainPrimary is a hierarchy whose second primary site permits plain HTTP, in a version
// that accepts it.
const plainPrimary = "version 2309\nsite CAS central_administration\nsite PS1 primary CAS client_communication=enhanced_http\n" +
	"site PS2 primary CAS client_communication=https_or_http\nrole PS1 mp1 management_point allow_cmg_traffic=true protocol=http\n" +
	"role PS2 cp2 cloud_management_gateway_connection_point cloud_management_gateway=contosocmg\n"

const twoPrimaries = "site CAS central_administration\nsite PS1 primary CAS client_communication=enhanced_http\nsite PS2 primary CAS client_communication=enhanced_http\n"
