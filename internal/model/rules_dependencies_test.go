package model

import "testing"

// Designs with what the features of a hierarchy need besides what a rule is about.
const (
	servedSite  = "site PS1 primary\nrole PS1 mp management_point\n"
	enrolled    = "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point\n"
	devices     = "site PS1 primary clients.mobile_devices=10\n"
	deviceReady = devices + "role PS1 mp management_point allow_mobile_devices=true protocol=https\n"
	updatePoint = "role PS1 sup software_update_point\n"
	content     = "role PS1 dp distribution_point\n"
	beforeLast  = "prior\nsite PS1 primary clients.windows=10 installed=true\nrole PS1 mp management_point installed=true"
	connection  = "role PS1 scp service_connection_point mode=online\n"
	linkedTo    = "role PS1 cp cloud_management_gateway_connection_point cloud_management_gateway="
)

// features writes the features of a hierarchy.
func features(list string) string { return "hierarchy features=[" + list + "]\n" }

func TestRules_dependencies(t *testing.T) { runCases(t, dependenciesChapter(), dependencyCases) }

var dependencyCases = map[string]cases{
	"DEP-EPXP-EP": {
		violated: []string{
			servedSite + "role PS1 epx enrollment_proxy_point",
			servedSite + "site SS1 secondary PS1\nrole PS1 epx enrollment_proxy_point\nrole PS1 epx2 enrollment_proxy_point",
			// The enrollment point of another site does not count.
			"site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS\nrole PS1 epx enrollment_proxy_point\nrole PS2 ep enrollment_point",
			servedSite + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=mp.contoso.com",
		},
		satisfied: []string{
			servedSite + enrolled, servedSite,
			servedSite + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=EP.contoso.com",
			// On different servers, in different forests.
			servedSite + "server PS1 epx forest=fabrikam.com domain=fabrikam.com\n" + enrolled,
		},
		undecided: []string{
			servedSite + "role PS1 epx enrollment_proxy_point\nrole PS1 srv ?",
			servedSite + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=?",
			servedSite + "role PS1 ep enrollment_point\nrole PS1 ? enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=ep2.contoso.com",
		},
	},
	"DEP-EP-EPXP": {
		violated:  []string{servedSite + "role PS1 ep enrollment_point"},
		satisfied: []string{servedSite + enrolled, servedSite},
		undecided: []string{servedSite + "role PS1 ep enrollment_point\nrole PS1 srv ?"},
	},
	"DEP-EPXP-PERIMETER": {
		violated: []string{
			servedSite + "server PS1 ep perimeter_network=true\n" + enrolled,
			servedSite + "server PS1 epx perimeter_network=false internet_fqdn=epx.contoso.com\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet_and_intranet",
		},
		satisfied: []string{
			servedSite + "server PS1 ep perimeter_network=false\nserver PS1 epx perimeter_network=true internet_fqdn=epx.contoso.com\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet",
			servedSite + "server PS1 ep perimeter_network=false\nserver PS1 epx perimeter_network=false\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=intranet",
			"lab\n" + servedSite + "server PS1 ep perimeter_network=true\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=intranet",
			servedSite,
		},
		undecided: []string{
			servedSite + enrolled, servedSite + "server PS1 ep perimeter_network=?\n" + enrolled,
			servedSite + "server PS1 epx internet_fqdn=epx.contoso.com\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet",
		},
	},
	"DEP-DMP-ENROLL": {
		violated: []string{
			deviceReady + content,
			deviceReady + "role PS1 ep enrollment_point\n" + content,
			deviceReady + enrolled,
			devices + "role PS1 mp management_point allow_mobile_devices=false\n" + enrolled + content,
		},
		satisfied: []string{
			deviceReady + enrolled + content,
			// One management point is enough, and the roles for enrollment may be at another primary site.
			"site CAS central_administration\nsite PS1 primary CAS clients.mobile_devices=10\nsite PS2 primary CAS clients.mobile_devices=0\nrole PS1 mp management_point allow_mobile_devices=true protocol=https\nrole PS1 mp2 management_point allow_mobile_devices=false\nrole PS2 ep enrollment_point\nrole PS2 epx enrollment_proxy_point\nrole PS2 dp distribution_point",
			"site PS1 primary clients.mobile_devices=0\nrole PS1 mp management_point",
			// Whose certificates Macs have is not part of the design.
			"site PS1 primary clients.macos=10 clients.mobile_devices=0\nrole PS1 mp management_point allow_mobile_devices=true",
			// What is missing is the enrollment point.
			deviceReady + "role PS1 epx enrollment_proxy_point\n" + content,
		},
		undecided: []string{
			devices + "role PS1 mp management_point\n" + enrolled + content, deviceReady + "role PS1 srv ?",
			"site PS1 primary clients.mobile_devices=?\nrole PS1 mp management_point", servedSite,
			// Setup puts a distribution point on the server of a secondary site.
			deviceReady + enrolled + "site SS1 secondary PS1",
			"site PS1 primary CAS clients.mobile_devices=10\nrole PS1 mp management_point allow_mobile_devices=true",
		},
	},
	"DEP-DWSP-RSP": {
		violated: []string{
			servedSite + "role PS1 ps1 data_warehouse_service_point",
			"site CAS central_administration\nsite PS1 primary CAS\nrole CAS cas data_warehouse_service_point\nrole PS1 rsp reporting_services_point",
		},
		satisfied: []string{servedSite + "role PS1 ps1 data_warehouse_service_point\nrole PS1 rsp reporting_services_point", servedSite},
		undecided: []string{servedSite + "role PS1 ps1 data_warehouse_service_point\nrole PS1 srv ?"},
	},
	"DEP-CMGCP-CMG": {
		violated: []string{
			servedSite + linkedTo + "other\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			servedSite + linkedTo + "contosogw\nhierarchy cloud_management_gateways={}",
		},
		satisfied: []string{
			// The service name may be written with its domain.
			servedSite + linkedTo + "ContosoGW.cloudapp.net\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			servedSite + "hierarchy cloud_management_gateways={}",
		},
		undecided: []string{
			servedSite + linkedTo + "contosogw",
			servedSite + linkedTo + "?\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			servedSite + linkedTo + "other\n" + `hierarchy cloud_management_gateways={"a":{"name":"?"}}`,
			servedSite + "role PS1 cp cloud_management_gateway_connection_point\nhierarchy cloud_management_gateways={}",
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + linkedTo + "contosogw\nhierarchy cloud_management_gateways={}",
		},
	},
	"DEP-ACAT": {
		violated: []string{"version 1906\n" + servedSite + "role PS1 web application_catalog_website_point"},
		satisfied: []string{
			"version 1906\n" + servedSite + "role PS1 web application_catalog_website_point\nrole PS1 svc application_catalog_web_service_point",
			// ROLE-LIFE-ACAT
			"version 1910\n" + servedSite + "role PS1 web application_catalog_website_point",
			"version 1906\n" + servedSite + "role PS1 svc application_catalog_web_service_point",
		},
		undecided: []string{
			"version 1906\n" + servedSite + "role PS1 web application_catalog_website_point\nrole PS1 srv ?",
			"site PS1 primary version=?\nrole PS1 web application_catalog_website_point",
		},
	},
	"DEP-CRP-NDES": {
		violated: []string{
			"version 2010\n" + servedSite + "role PS1 crp certificate_registration_point request_type=scep",
			"version 2010\n" + servedSite + "role PS1 crp certificate_registration_point request_type=pfx ndes_server=ndes.contoso.com",
		},
		satisfied: []string{
			"version 2010\n" + servedSite + "role PS1 crp certificate_registration_point request_type=scep ndes_server=ndes.contoso.com",
			"version 2010\n" + servedSite + "role PS1 crp certificate_registration_point request_type=pfx",
			// The role itself is refused.
			"version 2203\n" + servedSite + "role PS1 crp certificate_registration_point request_type=scep",
		},
		undecided: []string{
			"version 2010\n" + servedSite + "role PS1 crp certificate_registration_point",
			"version 2010\n" + servedSite + "role PS1 crp certificate_registration_point request_type=? ndes_server=ndes.contoso.com",
			"site PS1 primary version=?\nrole PS1 crp certificate_registration_point request_type=scep",
		},
	},
	"DEP-REMOVE-LAST-MP": {
		violated: []string{
			// The clients go in the same step, or the design does not say.
			"site PS1 primary clients.windows=0 installed=true\n" + beforeLast,
			"site PS1 primary installed=true\n" + beforeLast,
		},
		satisfied: []string{
			"site PS1 primary clients.windows=0 installed=true\nrole PS1 mp2 management_point\n" + beforeLast,
			"site PS1 primary clients.windows=0 installed=true\nprior\nsite PS1 primary clients.windows=0 installed=true\nrole PS1 mp management_point installed=true",
			"site PS1 primary clients.windows=0\nprior\nsite PS1 primary clients.windows=10\nrole PS1 mp management_point",
			// That of a secondary site is there without an assignment.
			"site SS1 secondary PS1\nsite PS1 primary\nrole PS1 mp management_point\nprior\nsite SS1 secondary PS1 clients.windows=10 installed=true\nsite PS1 primary clients.windows=10 installed=true\nrole SS1 ss1 management_point installed=true\nrole PS1 mp management_point installed=true",
			servedSite,
		},
		undecided: []string{
			"site PS1 primary installed=true\nprior\nsite PS1 primary installed=true\nrole PS1 mp management_point installed=true",
			"site PS1 primary clients.windows=0 installed=true\nrole PS1 mp ?\n" + beforeLast,
		},
	},
	"DEP-RSP-SSRS": {
		violated: []string{
			installedOn("2503", "srv", "reporting_services=none") + "\nrole PS1 srv reporting_services_point",
			installedOn("2503", "srv", "reporting_services=sharepoint_mode") + "\nrole PS1 srv reporting_services_point",
			installedOn("1910", "srv", "reporting_services=power_bi_report_server") + "\nrole PS1 srv reporting_services_point",
		},
		satisfied: []string{
			installedOn("1910", "srv", "reporting_services=native_mode") + "\nrole PS1 srv reporting_services_point",
			installedOn("2002", "srv", "reporting_services=power_bi_report_server") + "\nrole PS1 srv reporting_services_point",
			installedOn("2503", "srv", "reporting_services=none"),
			// Where the role cannot be at all, that is the finding.
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 srv inventory.reporting_services=none\nrole SS1 srv reporting_services_point",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 srv reporting_services_point", installedOn("2503", "srv", "reporting_services=?") + "\nrole PS1 srv reporting_services_point",
			"site PS1 primary version=?\nserver PS1 srv inventory.reporting_services=power_bi_report_server\nrole PS1 srv reporting_services_point",
		},
	},
	"DEP-PROXY-BEFORE-SUP": {
		violated: []string{
			servedSite + "role PS1 sup software_update_point use_proxy=true",
			servedSite + "role PS1 sup software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=true",
		},
		satisfied: []string{
			servedSite + "server PS1 sup proxy.server_name=proxy.contoso.com\nrole PS1 sup software_update_point use_proxy=true",
			servedSite + "role PS1 sup software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=false",
			// Without effect at a secondary site.
			servedSite + "site SS1 secondary PS1\n" + "role PS1 sup software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=false\nrole SS1 ss1 software_update_point use_proxy=false use_proxy_for_automatic_deployment_rules=true",
		},
		undecided: []string{
			servedSite + updatePoint, servedSite + "role PS1 sup software_update_point use_proxy=?",
			servedSite + "server PS1 sup proxy=?\nrole PS1 sup software_update_point use_proxy=true",
			"role PS1 sup software_update_point use_proxy=true server=?",
		},
	},
	"DEP-PROXY-FIELDS": {
		violated: []string{
			servedSite + "server PS1 sup proxy.port=8080",
			servedSite + "server PS1 sup proxy={}",
			servedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=0",
			servedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=65536",
		},
		satisfied: []string{
			servedSite + "server PS1 sup proxy.server_name=proxy.contoso.com",
			servedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=1",
			servedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=65535",
			servedSite + "server PS1 sup",
		},
		undecided: []string{
			servedSite + "server PS1 sup proxy=?", servedSite + "server PS1 sup proxy.server_name=?",
			servedSite + "server PS1 sup proxy.server_name=proxy.contoso.com proxy.port=?",
		},
	},
	"DEP-SUM-ROLES": {
		violated: []string{
			servedSite + content + features(`"software_updates"`),
			servedSite + updatePoint + features(`"software_updates"`),
			servedSite + features(`"software_updates"`),
			servedSite + content + features(`"software_updates_without_packages"`),
			// A warning.
			servedSite + updatePoint + features(`"software_updates_without_packages"`),
			servedSite + updatePoint + features(`"software_updates"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw","content_enabled":false}}` + "\n" + linkedTo + "contosogw",
		},
		satisfied: []string{
			servedSite + updatePoint + content + features(`"software_updates"`),
			servedSite + features(""), servedSite + features(`"pxe"`),
			// Another rule says that there is no content.
			servedSite + updatePoint + features(`"software_updates","application_management"`),
		},
		undecided: []string{
			servedSite, servedSite + "hierarchy features=?", servedSite + features(`"?"`),
			servedSite + content + features(`"software_updates"`) + "role PS1 srv ?",
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + content + features(`"software_updates"`),
			// Content may come from elsewhere.
			servedSite + updatePoint + "site SS1 secondary PS1\n" + features(`"software_updates"`),
			servedSite + updatePoint + features(`"software_updates"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			servedSite + updatePoint + features(`"software_updates"`) + "hierarchy cloud_management_gateways=?",
		},
	},
	"DEP-EPP-FEATURE": {
		violated:  []string{servedSite + features(`"endpoint_protection"`)},
		satisfied: []string{servedSite + "role PS1 epp endpoint_protection_point\n" + features(`"endpoint_protection"`), servedSite + features("")},
		undecided: []string{servedSite, servedSite + "role PS1 srv ?\n" + features(`"endpoint_protection"`)},
	},
	"DEP-EPP-SUP": {
		violated:  []string{servedSite + features(`"endpoint_definitions_from_software_updates"`)},
		satisfied: []string{servedSite + updatePoint + features(`"endpoint_definitions_from_software_updates"`), servedSite + features("")},
		undecided: []string{servedSite, servedSite + "role PS1 srv ?\n" + features(`"endpoint_definitions_from_software_updates"`)},
	},
	"DEP-OSD-ROLES": {
		violated: []string{
			servedSite + features(`"pxe"`),
			servedSite + content + features(`"operating_system_deployment","pxe"`),
			servedSite + "role PS1 dp distribution_point pxe=responder\n" + features(`"multicast"`),
			// A warning.
			servedSite + features(`"operating_system_deployment"`),
		},
		satisfied: []string{
			servedSite + content + features(`"operating_system_deployment"`),
			servedSite + content + "role PS1 dp2 distribution_point pxe=windows_deployment_services multicast.maximum_clients=100\n" + features(`"operating_system_deployment","pxe","multicast"`),
			servedSite + features(`"operating_system_deployment"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw","content_enabled":true}}`,
			servedSite + features(""),
		},
		undecided: []string{
			servedSite, servedSite + "role PS1 dp distribution_point pxe=?\n" + features(`"pxe"`),
			servedSite + "role PS1 dp distribution_point multicast=?\n" + features(`"multicast"`),
			servedSite + "role PS1 srv ?\n" + features(`"pxe"`),
		},
	},
	"DEP-OSD-SMP": {
		violated: []string{
			servedSite + features(`"state_migration_point"`),
			servedSite + features(`"side_by_side_replacement"`),
		},
		satisfied: []string{
			servedSite + "role PS1 smp state_migration_point\n" + features(`"state_migration_point","side_by_side_replacement"`),
			// Hard links need none.
			servedSite + content + features(`"operating_system_deployment"`),
		},
		undecided: []string{servedSite, servedSite + "role PS1 srv ?\n" + features(`"state_migration_point"`)},
	},
	"DEP-APP-ROLES": {
		violated: []string{
			servedSite + features(`"application_management"`),
			servedSite + features(`"software_updates_without_packages","application_management"`) + updatePoint,
		},
		satisfied: []string{
			servedSite + content + features(`"application_management"`),
			servedSite + features(`"application_management"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw","content_enabled":true}}`,
			servedSite + features(""),
		},
		undecided: []string{
			servedSite, servedSite + features(`"application_management"`) + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}`,
			servedSite + features(`"application_management"`) + `hierarchy cloud_management_gateways={"a":"?"}`,
			servedSite + features(`"application_management"`) + "site SS1 secondary PS1",
		},
	},
	"DEP-BITLOCKER": {
		violated: []string{
			servedSite + features(`"bitlocker_management"`),
			"version 2010\nsite PS1 primary\nrole PS1 mp management_point protocol=http\nrole PS1 rsp reporting_services_point\n" + features(`"bitlocker_management"`),
			"version 2010\nsite PS1 primary\nrole PS1 mp management_point protocol=https database_replica.server=rep.contoso.com database_replica.instance=MSSQLSERVER database_replica.database_name=CM_REP\nrole PS1 rsp reporting_services_point\n" + features(`"bitlocker_management"`),
		},
		satisfied: []string{
			servedSite + "role PS1 rsp reporting_services_point\n" + features(`"bitlocker_management"`),
			"version 2103\nsite PS1 primary\nrole PS1 mp management_point protocol=http\nrole PS1 rsp reporting_services_point\n" + features(`"bitlocker_management"`),
			"version 2010\nsite PS1 primary\nrole PS1 mp management_point protocol=https\nrole PS1 mp2 management_point protocol=http\nrole PS1 rsp reporting_services_point\n" + features(`"bitlocker_management"`),
			// The feature is not there yet.
			"version 1906\n" + servedSite + features(`"bitlocker_management"`),
			servedSite + features(""),
		},
		undecided: []string{
			servedSite, "version 2010\n" + servedSite + "role PS1 rsp reporting_services_point\n" + features(`"bitlocker_management"`),
			servedSite + "role PS1 srv ?\n" + features(`"bitlocker_management"`),
			"site PS1 primary version=?\nrole PS1 mp management_point\n" + features(`"bitlocker_management"`),
		},
	},
	"DEP-TENANT-ATTACH": {
		violated: []string{
			servedSite + features(`"tenant_attach"`),
			servedSite + "role PS1 scp service_connection_point mode=offline\n" + features(`"tenant_attach"`),
		},
		satisfied: []string{
			servedSite + "role PS1 scp service_connection_point mode=online\n" + features(`"tenant_attach"`),
			"version 1910\n" + servedSite + features(`"tenant_attach"`),
			servedSite + features(""),
		},
		undecided: []string{
			servedSite, servedSite + "role PS1 scp service_connection_point\n" + features(`"tenant_attach"`),
			servedSite + "role PS1 srv ?\n" + features(`"tenant_attach"`),
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + features(`"tenant_attach"`),
		},
	},
	"DEP-CMG-CHAIN": {
		violated: []string{
			servedSite + connection + features(`"cloud_management_gateway"`),
			servedSite + connection + "hierarchy cloud_management_gateways={}\n" + features(`"cloud_management_gateway"`),
			servedSite + linkedTo + "contosogw\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}` + "\n" + features(`"cloud_management_gateway"`),
			servedSite + features(`"cloud_management_gateway"`),
		},
		satisfied: []string{
			servedSite + connection + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}` + "\n" + features(`"cloud_management_gateway"`),
			// What is missing is the service connection point, and another rule says it.
			servedSite + `hierarchy cloud_management_gateways={"a":{"name":"contosogw"}}` + "\n" + features(`"cloud_management_gateway","tenant_attach"`),
			// The gateway that the connection point names.
			servedSite + connection + linkedTo + "contosogw\nhierarchy cloud_management_gateways={}\n" + features(`"cloud_management_gateway"`),
			servedSite + features(""),
		},
		undecided: []string{
			servedSite, servedSite + connection + "hierarchy cloud_management_gateways=?\n" + features(`"cloud_management_gateway"`),
			"site PS1 primary CAS\nrole PS1 mp management_point\n" + features(`"cloud_management_gateway"`),
		},
	},
}
