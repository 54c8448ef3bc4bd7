package dependencies_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/dependencies"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// Designs with what the features of a hierarchy need besides what a rule is about.
const (
	deviceReady = ruletest.Devices + "role PS1 mp management_point allow_mobile_devices=true protocol=https\n"

	beforeLast = "prior\nsite PS1 primary clients.windows=10 installed=true\nrole PS1 mp management_point installed=true"

	linkedTo = "role PS1 cp cloud_management_gateway_connection_point cloud_management_gateway="
)

func TestRules(t *testing.T) { ruletest.Run(t, dependencies.Chapter(), dependencyCases) }

var dependencyCases = map[string]ruletest.Cases{
	"DEP-EPXP-EP": {
		Violated: []string{
			ruletest.ServedSite + "role PS1 epx enrollment_proxy_point",
			ruletest.ServedSite + "site SS1 secondary PS1\nrole PS1 epx enrollment_proxy_point\nrole PS1 epx2 enrollment_proxy_point",
			// The enrollment point of another site does not count.
			"site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS\nrole PS1 epx enrollment_proxy_point\nrole PS2 ep enrollment_point",
			ruletest.ServedSite + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=mp.contoso.com",
		},
		Satisfied: []string{
			ruletest.ServedSite + ruletest.Enrolled, ruletest.ServedSite,
			ruletest.ServedSite + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=EP.contoso.com",
			// On different servers, in different forests.
			ruletest.ServedSite + "server PS1 epx forest=fabrikam.com domain=fabrikam.com\n" + ruletest.Enrolled,
		},
		Undecided: []string{
			ruletest.ServedSite + "role PS1 epx enrollment_proxy_point\nrole PS1 srv ?",
			ruletest.ServedSite + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=?",
			ruletest.ServedSite + "role PS1 ep enrollment_point\nrole PS1 ? enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=ep2.contoso.com",
		},
	},
	"DEP-EP-EPXP": {
		Violated:  []string{ruletest.ServedSite + "role PS1 ep enrollment_point"},
		Satisfied: []string{ruletest.ServedSite + ruletest.Enrolled, ruletest.ServedSite},
		Undecided: []string{ruletest.ServedSite + "role PS1 ep enrollment_point\nrole PS1 srv ?"},
	},
	"DEP-EPXP-PERIMETER": {
		Violated: []string{
			ruletest.ServedSite + "server PS1 ep perimeter_network=true\n" + ruletest.Enrolled,
			ruletest.ServedSite + "server PS1 epx perimeter_network=false internet_fqdn=epx.contoso.com\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet_and_intranet",
			// That another one, for the intranet, stands in the perimeter network does not help.
			ruletest.ServedSite + "server PS1 epx perimeter_network=false internet_fqdn=epx.contoso.com\nserver PS1 ep2 perimeter_network=true\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet\nrole PS1 ep2 enrollment_proxy_point client_connections=intranet",
		},
		Satisfied: []string{
			ruletest.ServedSite + "server PS1 ep perimeter_network=false\nserver PS1 epx perimeter_network=true internet_fqdn=epx.contoso.com\nserver PS1 ep2 perimeter_network=false\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet\nrole PS1 ep2 enrollment_proxy_point client_connections=intranet",
			ruletest.ServedSite + "server PS1 ep perimeter_network=false\nserver PS1 epx perimeter_network=true internet_fqdn=epx.contoso.com\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet",
			ruletest.ServedSite + "server PS1 ep perimeter_network=false\nserver PS1 epx perimeter_network=false\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=intranet",
			"lab\n" + ruletest.ServedSite + "server PS1 ep perimeter_network=true\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=intranet",
			ruletest.ServedSite,
		},
		Undecided: []string{
			ruletest.ServedSite + ruletest.Enrolled, ruletest.ServedSite + "server PS1 ep perimeter_network=?\n" + ruletest.Enrolled,
			ruletest.ServedSite + "server PS1 epx internet_fqdn=epx.contoso.com\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet",
		},
	},
	"DEP-DMP-ENROLL": {
		Violated: []string{
			deviceReady + ruletest.Content,
			deviceReady + "role PS1 ep enrollment_point\n" + ruletest.Content,
			deviceReady + ruletest.Enrolled,
			ruletest.Devices + "role PS1 mp management_point allow_mobile_devices=false\n" + ruletest.Enrolled + ruletest.Content,
		},
		Satisfied: []string{
			deviceReady + ruletest.Enrolled + ruletest.Content,
			// One management point is enough, and the roles for enrollment may be at another primary site.
			"site CAS central_administration\nsite PS1 primary CAS clients.mobile_devices=10\nsite PS2 primary CAS clients.mobile_devices=0\nrole PS1 mp management_point allow_mobile_devices=true protocol=https\nrole PS1 mp2 management_point allow_mobile_devices=false\nrole PS2 ep enrollment_point\nrole PS2 epx enrollment_proxy_point\nrole PS2 dp distribution_point",
			"site PS1 primary clients.mobile_devices=0\nrole PS1 mp management_point",
			// Whose certificates Macs have is not part of the design.
			"site PS1 primary clients.macos=10 clients.mobile_devices=0\nrole PS1 mp management_point allow_mobile_devices=true",
			// What is missing is the enrollment point.
			deviceReady + "role PS1 epx enrollment_proxy_point\n" + ruletest.Content,
		},
		Undecided: []string{
			ruletest.Devices + "role PS1 mp management_point\n" + ruletest.Enrolled + ruletest.Content, deviceReady + "role PS1 srv ?",
			"site PS1 primary clients.mobile_devices=?\nrole PS1 mp management_point", ruletest.ServedSite,
			// Setup puts a distribution point on the server of a secondary site.
			deviceReady + ruletest.Enrolled + "site SS1 secondary PS1",
			"site PS1 primary CAS clients.mobile_devices=10\nrole PS1 mp management_point allow_mobile_devices=true",
		},
	},
	"DEP-DWSP-RSP": {
		Violated: []string{
			ruletest.ServedSite + "role PS1 ps1 data_warehouse_service_point",
			"site CAS central_administration\nsite PS1 primary CAS\nrole CAS cas data_warehouse_service_point\nrole PS1 rsp reporting_services_point",
		},
		Satisfied: []string{ruletest.ServedSite + "role PS1 ps1 data_warehouse_service_point\nrole PS1 rsp reporting_services_point", ruletest.ServedSite},
		Undecided: []string{ruletest.ServedSite + "role PS1 ps1 data_warehouse_service_point\nrole PS1 srv ?"},
	},
	"DEP-CMGCP-CMG": {
		Violated: []string{
			ruletest.ServedSite + linkedTo + "other\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			ruletest.ServedSite + linkedTo + "contosogw\nhierarchy cloud_management_gateways={}",
		},
		Satisfied: []string{
			// The service name may be written with its domain.
			ruletest.ServedSite + linkedTo + "ContosoGW.cloudapp.net\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			ruletest.ServedSite + "hierarchy cloud_management_gateways={}",
		},
		Undecided: []string{
			ruletest.ServedSite + linkedTo + "contosogw",
			ruletest.ServedSite + linkedTo + "?\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			ruletest.ServedSite + linkedTo + "other\n" + `hierarchy cloud_management_gateways={"a":{"name":"?"}}`,
			ruletest.ServedSite + "role PS1 cp cloud_management_gateway_connection_point\nhierarchy cloud_management_gateways={}",
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + linkedTo + "contosogw\nhierarchy cloud_management_gateways={}",
			// The site may turn out to have a parent that is not listed.
			"site PS1 primary ?\nrole PS1 mp management_point\n" + linkedTo + "contosogw\nhierarchy cloud_management_gateways={}",
		},
	},
	"DEP-ACAT": {
		Violated: []string{"version 1906\n" + ruletest.ServedSite + "role PS1 web application_catalog_website_point"},
		Satisfied: []string{
			"version 1906\n" + ruletest.ServedSite + "role PS1 web application_catalog_website_point\nrole PS1 svc application_catalog_web_service_point",
			// ROLE-LIFE-ACAT
			"version 1910\n" + ruletest.ServedSite + "role PS1 web application_catalog_website_point",
			"version 1906\n" + ruletest.ServedSite + "role PS1 svc application_catalog_web_service_point",
		},
		Undecided: []string{
			"version 1906\n" + ruletest.ServedSite + "role PS1 web application_catalog_website_point\nrole PS1 srv ?",
			"site PS1 primary version=?\nrole PS1 web application_catalog_website_point",
		},
	},
	"DEP-CRP-NDES": {
		Violated: []string{
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=scep",
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=pfx ndes_server=ndes.contoso.com",
		},
		Satisfied: []string{
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=scep ndes_server=ndes.contoso.com",
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=pfx",
			// The role itself is refused.
			"version 2203\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=scep",
		},
		Undecided: []string{
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point",
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=? ndes_server=ndes.contoso.com",
			// It may turn out to be none.
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=pfx ndes_server=?",
			"version 2010\n" + ruletest.ServedSite + "role PS1 crp certificate_registration_point request_type=scep ndes_server=?",
			"site PS1 primary version=?\nrole PS1 crp certificate_registration_point request_type=scep",
		},
	},
	"DEP-REMOVE-LAST-MP": {
		Violated: []string{
			// The clients go in the same step, or the design does not say.
			"site PS1 primary clients.windows=0 installed=true\n" + beforeLast,
			"site PS1 primary installed=true\n" + beforeLast,
		},
		Satisfied: []string{
			"site PS1 primary clients.windows=0 installed=true\nrole PS1 mp2 management_point\n" + beforeLast,
			"site PS1 primary clients.windows=0 installed=true\nprior\nsite PS1 primary clients.windows=0 installed=true\nrole PS1 mp management_point installed=true",
			"site PS1 primary clients.windows=0\nprior\nsite PS1 primary clients.windows=10\nrole PS1 mp management_point",
			// That of a secondary site is there without an assignment.
			"site SS1 secondary PS1\nsite PS1 primary\nrole PS1 mp management_point\nprior\nsite SS1 secondary PS1 clients.windows=10 installed=true\nsite PS1 primary clients.windows=10 installed=true\nrole SS1 ss1 management_point installed=true\nrole PS1 mp management_point installed=true",
			ruletest.ServedSite,
		},
		Undecided: []string{
			"site PS1 primary installed=true\nprior\nsite PS1 primary installed=true\nrole PS1 mp management_point installed=true",
			"site PS1 primary clients.windows=0 installed=true\nrole PS1 mp ?\n" + beforeLast,
		},
	},
	"DEP-RSP-SSRS": {
		Violated: []string{
			ruletest.InstalledOn("2503", "srv", "reporting_services=none") + "\nrole PS1 srv reporting_services_point",
			ruletest.InstalledOn("2503", "srv", "reporting_services=sharepoint_mode") + "\nrole PS1 srv reporting_services_point",
			ruletest.InstalledOn("1910", "srv", "reporting_services=power_bi_report_server") + "\nrole PS1 srv reporting_services_point",
		},
		Satisfied: []string{
			ruletest.InstalledOn("1910", "srv", "reporting_services=native_mode") + "\nrole PS1 srv reporting_services_point",
			ruletest.InstalledOn("2002", "srv", "reporting_services=power_bi_report_server") + "\nrole PS1 srv reporting_services_point",
			ruletest.InstalledOn("2503", "srv", "reporting_services=none"),
			// Where the role cannot be at all, that is the finding.
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 srv inventory.reporting_services=none\nrole SS1 srv reporting_services_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 srv reporting_services_point", ruletest.InstalledOn("2503", "srv", "reporting_services=?") + "\nrole PS1 srv reporting_services_point",
			"site PS1 primary version=?\nserver PS1 srv inventory.reporting_services=power_bi_report_server\nrole PS1 srv reporting_services_point",
		},
	},
	"DEP-PROXY-BEFORE-SUP": {
		Violated: []string{
			ruletest.ServedSite + "role PS1 sup software_update_point use_proxy=true",
			ruletest.ServedSite + "role PS1 sup software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=true",
		},
		Satisfied: []string{
			ruletest.ServedSite + "server PS1 sup proxy.server_name=proxy.contoso.com\nrole PS1 sup software_update_point use_proxy=true",
			ruletest.ServedSite + "role PS1 sup software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=false",
			// Without effect at a secondary site.
			ruletest.ServedSite + "site SS1 secondary PS1\n" + "role PS1 sup software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=false\nrole SS1 ss1 software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=true",
		},
		Undecided: []string{
			ruletest.ServedSite + ruletest.UpdatePoint, ruletest.ServedSite + "role PS1 sup software_update_point use_proxy=?",
			ruletest.ServedSite + "server PS1 sup proxy=?\nrole PS1 sup software_update_point use_proxy=true",
			"role PS1 sup software_update_point use_proxy=true server=?",
		},
	},
	"DEP-MCC-PROXY": {
		Violated: []string{"version 2509\nsite PS1 primary\nserver PS1 dp operating_system=windows_server_2022 proxy.server_name=proxy.contoso.com\nrole PS1 dp distribution_point connected_cache=true", "version 2111\nsite PS1 primary\nserver PS1 dp operating_system=windows_server_2022 proxy.server_name=proxy.contoso.com\nrole PS1 dp distribution_point connected_cache=true", "site PS1 primary version=\"2503\"\nserver PS1 dp operating_system=windows_server_2022 proxy.server_name=proxy.contoso.com\nrole PS1 dp distribution_point connected_cache=true"},
		Satisfied: []string{
			"version 2603\nsite PS1 primary\nserver PS1 dp operating_system=windows_server_2022 proxy.server_name=proxy.contoso.com\nrole PS1 dp distribution_point connected_cache=true", "version 2509\nsite PS1 primary\nserver PS1 dp operating_system=windows_server_2022\nrole PS1 dp distribution_point connected_cache=true",
			"version 2509\nsite PS1 primary\nserver PS1 dp proxy.server_name=proxy.contoso.com\nrole PS1 dp distribution_point",
		},
		Undecided: []string{
			"site PS1 primary version=?\nserver PS1 dp operating_system=windows_server_2022 proxy.server_name=proxy.contoso.com\nrole PS1 dp distribution_point connected_cache=true", "version 2509\nsite PS1 primary\nserver PS1 dp proxy=?\nrole PS1 dp distribution_point connected_cache=true",
			"version 2509\nsite PS1 primary\nserver PS1 dp proxy.server_name=proxy.contoso.com\nrole PS1 dp distribution_point connected_cache=?",
		},
	},
	"DEP-PROXY-FIELDS": {
		Violated: []string{
			ruletest.ServedSite + "server PS1 sup proxy.port=8080",
			ruletest.ServedSite + "server PS1 sup proxy={}",
			ruletest.ServedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=0",
			ruletest.ServedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=65536",
		},
		Satisfied: []string{
			ruletest.ServedSite + "server PS1 sup proxy.server_name=proxy.contoso.com",
			ruletest.ServedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=1",
			ruletest.ServedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=65535",
			ruletest.ServedSite + "server PS1 sup",
		},
		Undecided: []string{
			ruletest.ServedSite + "server PS1 sup proxy=?", ruletest.ServedSite + "server PS1 sup proxy.server_name=?",
			ruletest.ServedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=?",
		},
	},
	"DEP-SUM-ROLES": {
		Violated: []string{
			ruletest.ServedSite + ruletest.Content + ruletest.Features(`"software_updates"`),
			ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Features(`"software_updates"`),
			ruletest.ServedSite + ruletest.Features(`"software_updates"`),
			ruletest.ServedSite + ruletest.Content + ruletest.Features(`"software_updates_without_packages"`),
			// A warning.
			ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Features(`"software_updates_without_packages"`),
			ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Features(`"software_updates"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw","content_enabled":false}}` + "\n" + linkedTo + "contosogw",
		},
		Satisfied: []string{
			ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Content + ruletest.Features(`"software_updates"`),
			ruletest.ServedSite + ruletest.Features(""), ruletest.ServedSite + ruletest.Features(`"pxe"`),
			// Another rule says that there is no content.
			ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Features(`"software_updates","application_management"`),
		},
		Undecided: []string{
			ruletest.ServedSite, ruletest.ServedSite + "hierarchy features=?", ruletest.ServedSite + ruletest.Features(`"?"`),
			ruletest.ServedSite + ruletest.Content + ruletest.Features(`"software_updates"`) + "role PS1 srv ?",
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + ruletest.Content + ruletest.Features(`"software_updates"`),
			// Content may come from elsewhere.
			ruletest.ServedSite + ruletest.UpdatePoint + "site SS1 secondary PS1\n" + ruletest.Features(`"software_updates"`),
			ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Features(`"software_updates"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Features(`"software_updates"`) + "hierarchy cloud_management_gateways=?",
		},
	},
	"DEP-EPP-FEATURE": {
		Violated:  []string{ruletest.ServedSite + ruletest.Features(`"endpoint_protection"`)},
		Satisfied: []string{ruletest.ServedSite + "role PS1 epp endpoint_protection_point\n" + ruletest.Features(`"endpoint_protection"`), ruletest.ServedSite + ruletest.Features("")},
		Undecided: []string{ruletest.ServedSite, ruletest.ServedSite + "role PS1 srv ?\n" + ruletest.Features(`"endpoint_protection"`)},
	},
	"DEP-EPP-SUP": {
		Violated:  []string{ruletest.ServedSite + ruletest.Features(`"endpoint_definitions_from_software_updates"`)},
		Satisfied: []string{ruletest.ServedSite + ruletest.UpdatePoint + ruletest.Features(`"endpoint_definitions_from_software_updates"`), ruletest.ServedSite + ruletest.Features("")},
		Undecided: []string{ruletest.ServedSite, ruletest.ServedSite + "role PS1 srv ?\n" + ruletest.Features(`"endpoint_definitions_from_software_updates"`)},
	},
	"DEP-OSD-ROLES": {
		Violated: []string{
			ruletest.ServedSite + ruletest.Features(`"pxe"`),
			ruletest.ServedSite + ruletest.Content + ruletest.Features(`"operating_system_deployment","pxe"`),
			ruletest.ServedSite + "role PS1 dp distribution_point pxe=responder\n" + ruletest.Features(`"multicast"`),
			// A warning.
			ruletest.ServedSite + ruletest.Features(`"operating_system_deployment"`),
		},
		Satisfied: []string{
			ruletest.ServedSite + ruletest.Content + ruletest.Features(`"operating_system_deployment"`),
			ruletest.ServedSite + ruletest.Content + "role PS1 dp2 distribution_point pxe=windows_deployment_services multicast.maximum_clients=100\n" + ruletest.Features(`"operating_system_deployment","pxe","multicast"`),
			ruletest.ServedSite + ruletest.Features(`"operating_system_deployment"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw","content_enabled":true}}`,
			ruletest.ServedSite + ruletest.Features(""),
		},
		Undecided: []string{
			ruletest.ServedSite, ruletest.ServedSite + "role PS1 dp distribution_point pxe=?\n" + ruletest.Features(`"pxe"`),
			ruletest.ServedSite + "role PS1 dp distribution_point multicast=?\n" + ruletest.Features(`"multicast"`),
			ruletest.ServedSite + "role PS1 srv ?\n" + ruletest.Features(`"pxe"`),
		},
	},
	"DEP-OSD-SMP": {
		Violated: []string{
			ruletest.ServedSite + ruletest.Features(`"state_migration_point"`),
			ruletest.ServedSite + ruletest.Features(`"side_by_side_replacement"`),
		},
		Satisfied: []string{
			ruletest.ServedSite + "role PS1 smp state_migration_point\n" + ruletest.Features(`"state_migration_point","side_by_side_replacement"`),
			// Hard links need none.
			ruletest.ServedSite + ruletest.Content + ruletest.Features(`"operating_system_deployment"`),
		},
		Undecided: []string{ruletest.ServedSite, ruletest.ServedSite + "role PS1 srv ?\n" + ruletest.Features(`"state_migration_point"`)},
	},
	"DEP-APP-ROLES": {
		Violated: []string{
			ruletest.ServedSite + ruletest.Features(`"application_management"`),
			ruletest.ServedSite + ruletest.Features(`"software_updates_without_packages","application_management"`) + ruletest.UpdatePoint,
		},
		Satisfied: []string{
			ruletest.ServedSite + ruletest.Content + ruletest.Features(`"application_management"`),
			ruletest.ServedSite + ruletest.Features(`"application_management"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw","content_enabled":true}}`,
			ruletest.ServedSite + ruletest.Features(""),
		},
		Undecided: []string{
			ruletest.ServedSite, ruletest.ServedSite + ruletest.Features(`"application_management"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			ruletest.ServedSite + ruletest.Features(`"application_management"`) + `hierarchy cloud_management_gateways={"a":"?"}`,
			ruletest.ServedSite + ruletest.Features(`"application_management"`) + "site SS1 secondary PS1",
		},
	},
	"DEP-BITLOCKER": {
		Violated: []string{
			ruletest.ServedSite + ruletest.Features(`"bitlocker_management"`),
			"version 2010\nsite PS1 primary\nrole PS1 mp management_point protocol=http\nrole PS1 rsp reporting_services_point\n" + ruletest.Features(`"bitlocker_management"`),
			"version 2010\nsite PS1 primary\nrole PS1 mp management_point protocol=https database_replica.server=rep.contoso.com database_replica.instance=MSSQLSERVER database_replica.database_name=CM_REP\nrole PS1 rsp reporting_services_point\n" + ruletest.Features(`"bitlocker_management"`),
			// One has HTTPS and another the site database: none has both.
			"version 2010\nsite PS1 primary\nrole PS1 mp management_point protocol=https database_replica.server=rep.contoso.com database_replica.database_name=CM_REP\nrole PS1 mp2 management_point protocol=http\nrole PS1 rsp reporting_services_point\n" + ruletest.Features(`"bitlocker_management"`),
		},
		Satisfied: []string{
			ruletest.ServedSite + "role PS1 rsp reporting_services_point\n" + ruletest.Features(`"bitlocker_management"`),
			"version 2103\nsite PS1 primary\nrole PS1 mp management_point protocol=http\nrole PS1 rsp reporting_services_point\n" + ruletest.Features(`"bitlocker_management"`),
			"version 2010\nsite PS1 primary\nrole PS1 mp management_point protocol=https\nrole PS1 mp2 management_point protocol=http\nrole PS1 rsp reporting_services_point\n" + ruletest.Features(`"bitlocker_management"`),
			// The feature is not there yet.
			"version 1906\n" + ruletest.ServedSite + ruletest.Features(`"bitlocker_management"`),
			ruletest.ServedSite + ruletest.Features(""),
		},
		Undecided: []string{
			ruletest.ServedSite, "version 2010\n" + ruletest.ServedSite + "role PS1 rsp reporting_services_point\n" + ruletest.Features(`"bitlocker_management"`),
			ruletest.ServedSite + "role PS1 srv ?\n" + ruletest.Features(`"bitlocker_management"`),
			"site PS1 primary version=?\nrole PS1 mp management_point\n" + ruletest.Features(`"bitlocker_management"`),
		},
	},
	"DEP-TENANT-ATTACH": {
		Violated: []string{
			ruletest.ServedSite + ruletest.Features(`"tenant_attach"`),
			ruletest.ServedSite + "role PS1 scp service_connection_point mode=offline\n" + ruletest.Features(`"tenant_attach"`),
		},
		Satisfied: []string{
			ruletest.ServedSite + "role PS1 scp service_connection_point mode=online\n" + ruletest.Features(`"tenant_attach"`),
			"version 1910\n" + ruletest.ServedSite + ruletest.Features(`"tenant_attach"`),
			ruletest.ServedSite + ruletest.Features(""),
		},
		Undecided: []string{
			ruletest.ServedSite, ruletest.ServedSite + "role PS1 scp service_connection_point\n" + ruletest.Features(`"tenant_attach"`),
			ruletest.ServedSite + "role PS1 srv ?\n" + ruletest.Features(`"tenant_attach"`),
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + ruletest.Features(`"tenant_attach"`),
		},
	},
	"DEP-CMG-CHAIN": {
		Violated: []string{
			ruletest.ServedSite + ruletest.Connection + ruletest.Features(`"cloud_management_gateway"`),
			ruletest.ServedSite + ruletest.Connection + "hierarchy cloud_management_gateways={}\n" + ruletest.Features(`"cloud_management_gateway"`),
			ruletest.ServedSite + linkedTo + "contosogw\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}` + "\n" + ruletest.Features(`"cloud_management_gateway"`),
			ruletest.ServedSite + ruletest.Features(`"cloud_management_gateway"`),
			// No rule about required roles tells of the connection point.
			ruletest.ServedSite + "hierarchy required_roles={}\n" + ruletest.Features(`"cloud_management_gateway"`),
			ruletest.ServedSite + `hierarchy required_roles={"a":{"sites":{"PS1":{"roles":{"service_connection_point":{"requirement":"not_needed","minimum":0}}}}}}` + "\n" + ruletest.Features(`"cloud_management_gateway"`),
		},
		Satisfied: []string{
			ruletest.ServedSite + ruletest.Connection + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}` + "\n" + ruletest.Features(`"cloud_management_gateway"`),
			// What is missing is the service connection point, and another rule says it.
			ruletest.ServedSite + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}} required_roles={"a":{"sites":{"PS1":{"roles":{"service_connection_point":{"requirement":"required","minimum":1}}}}}}` + "\n" + ruletest.Features(`"cloud_management_gateway"`),
			ruletest.ServedSite + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}` + "\n" + ruletest.Features(`"cloud_management_gateway","tenant_attach"`),
			// The gateway that the connection point names.
			ruletest.ServedSite + ruletest.Connection + linkedTo + "contosogw\nhierarchy cloud_management_gateways={}\n" + ruletest.Features(`"cloud_management_gateway"`),
			ruletest.ServedSite + ruletest.Features(""),
		},
		Undecided: []string{
			ruletest.ServedSite, ruletest.ServedSite + ruletest.Connection + "hierarchy cloud_management_gateways=?\n" + ruletest.Features(`"cloud_management_gateway"`),
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + ruletest.Features(`"cloud_management_gateway"`),
			"site PS1 primary ?\nrole PS1 mp management_point\n" + ruletest.Connection + "hierarchy cloud_management_gateways={}\n" + ruletest.Features(`"cloud_management_gateway"`),
			ruletest.ServedSite + "hierarchy cloud_management_gateways={\"a\":{\"name\":\"contosogw\"}} required_roles=?\n" + ruletest.Features(`"cloud_management_gateway"`),
		},
	},
}
