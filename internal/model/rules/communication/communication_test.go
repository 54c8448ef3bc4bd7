package communication_test

import (
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/communication"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, communication.Chapter(), communicationCases) }

// communicationCases joins the cases of the files of the group.
var communicationCases = ruletest.Joined(communicationModeCases, accessAccountCases, internetCases, deviceAccessCases, updateAccessCases, boundaryGroupCases)

// Sites with one of the communication modes.
const (
	httpsOnlySite    = "site PS1 primary client_communication=https_only\n"
	enhancedHTTPSite = "site PS1 primary client_communication=enhanced_http\n"

	withSecondary = "site PS1 primary\nsite SS1 secondary PS1\n"
)

var communicationModeCases = map[string]ruletest.Cases{
	"COMM-CAS-NONE": {
		Violated: []string{
			"site CAS central_administration client_communication=https_only",
			"version 2309\nsite CAS central_administration client_communication=https_or_http",
			"site PS1 primary client_communication=enhanced_http\nsite SS1 secondary PS1 client_communication=https_only",
		},
		Satisfied: []string{
			"site CAS central_administration client_communication=enhanced_http",
			httpsOnlySite,
			"site PS1 primary client_communication=enhanced_http\nsite SS1 secondary PS1 client_communication=enhanced_http",
			ruletest.AnySite,
		},
		Undecided: []string{
			"site CAS central_administration",
			"site CAS central_administration client_communication=?",
			"site PS1 ? client_communication=https_only",
			"site PS1 primary\nsite SS1 secondary PS1 client_communication=https_only",
			"site SS1 secondary ? client_communication=https_only",
		},
	},
	"COMM-HTTPS-ONLY-ROLES": {
		Violated: []string{
			httpsOnlySite + "role PS1 mp management_point protocol=http",
			httpsOnlySite + "role PS1 dp distribution_point protocol=http",
			httpsOnlySite + "role PS1 sup software_update_point protocol=http",
		},
		Satisfied: []string{
			httpsOnlySite + "role PS1 mp management_point protocol=https\nrole PS1 dp distribution_point protocol=https\nrole PS1 sup software_update_point protocol=https",
			httpsOnlySite + "role PS1 smp state_migration_point\nrole PS1 fsp fallback_status_point",
			enhancedHTTPSite + "role PS1 mp management_point protocol=http",
			// The roles of a secondary site may differ.
			httpsOnlySite + "site SS1 secondary PS1\nrole SS1 ss1 distribution_point protocol=http",
		},
		Undecided: []string{
			httpsOnlySite + "role PS1 mp management_point",
			httpsOnlySite + "role PS1 mp management_point protocol=?",
			ruletest.AnySite + "role PS1 mp management_point protocol=http",
			"site PS1 primary client_communication=?\nrole PS1 mp management_point protocol=http",
		},
	},
	"COMM-EHTTP-DP-ANON": {
		Violated: []string{
			enhancedHTTPSite + "role PS1 dp distribution_point protocol=http allow_anonymous=true",
			enhancedHTTPSite + "site SS1 secondary PS1\nrole SS1 ss1 distribution_point protocol=http allow_anonymous=true",
			"version 1806\n" + enhancedHTTPSite + "role PS1 dp distribution_point protocol=http allow_anonymous=true",
		},
		Satisfied: []string{
			enhancedHTTPSite + "role PS1 dp distribution_point protocol=http allow_anonymous=false",
			enhancedHTTPSite + "role PS1 dp distribution_point protocol=https allow_anonymous=true",
			ruletest.PlainHTTPSite + "role PS1 dp distribution_point protocol=http allow_anonymous=true",
			"version 1802\n" + enhancedHTTPSite + "role PS1 dp distribution_point protocol=http allow_anonymous=true",
			// A secondary site follows its parent, whatever it declares itself.
			ruletest.PlainHTTPSite + "site SS1 secondary PS1 client_communication=enhanced_http\nrole SS1 ss1 distribution_point protocol=http allow_anonymous=true",
		},
		Undecided: []string{
			enhancedHTTPSite + "role PS1 dp distribution_point protocol=http",
			enhancedHTTPSite + "role PS1 dp distribution_point allow_anonymous=true",
			ruletest.AnySite + "role PS1 dp distribution_point protocol=http allow_anonymous=true",
			withSecondary + "role SS1 ss1 distribution_point protocol=http allow_anonymous=true",
			"site SS1 secondary ?\nrole SS1 ss1 distribution_point protocol=http allow_anonymous=true",
			ruletest.AnySite + "role PS1 dp distribution_point",
		},
	},
	"COMM-EHTTP-DP-OS": {
		Violated: []string{
			"version 2203\nsite PS1 primary client_communication=enhanced_http network_access_accounts=[]\nserver PS1 dp operating_system=windows_8_1\nrole PS1 dp distribution_point",
			"version 2203\nsite PS1 primary client_communication=enhanced_http network_access_accounts=[]\nsite SS1 secondary PS1\nserver SS1 dp operating_system=windows_8_1\nrole SS1 dp distribution_point",
		},
		Satisfied: []string{
			"site PS1 primary client_communication=enhanced_http network_access_accounts=[]\nserver PS1 dp operating_system=windows_server_2022\nrole PS1 dp distribution_point",
			"version 2203\nsite PS1 primary client_communication=enhanced_http network_access_accounts=[]\nserver PS1 dp operating_system=windows_10\nrole PS1 dp distribution_point",
			"version 2203\nsite PS1 primary client_communication=enhanced_http network_access_accounts=[]\nserver PS1 dp operating_system=windows_11\nrole PS1 dp distribution_point",
			"version 2203\nsite PS1 primary client_communication=enhanced_http network_access_accounts=" + ruletest.Accounts(1) + "\nserver PS1 dp operating_system=windows_8_1\nrole PS1 dp distribution_point",
			"version 2203\nsite PS1 primary client_communication=https_only\nserver PS1 dp operating_system=windows_8_1\nrole PS1 dp distribution_point",
			"version 1802\nsite PS1 primary client_communication=enhanced_http network_access_accounts=[]\nserver PS1 dp operating_system=windows_8_1\nrole PS1 dp distribution_point",
			// What is refused as such is SRV-OS-LIST or ROLE-LIFE-OS-2008R2.
			"version 2203\nsite PS1 primary client_communication=enhanced_http network_access_accounts=[]\nserver PS1 dp operating_system=windows_server_2008_r2\nrole PS1 dp distribution_point",
		},
		Undecided: []string{
			"version 2203\nsite PS1 primary client_communication=enhanced_http\nserver PS1 dp operating_system=windows_8_1\nrole PS1 dp distribution_point",
			"version 2203\nsite PS1 primary network_access_accounts=[]\nserver PS1 dp operating_system=windows_8_1\nrole PS1 dp distribution_point",
			"site PS1 primary client_communication=enhanced_http network_access_accounts=[]\nrole PS1 dp distribution_point",
			"version 2203\nsite SS1 secondary PS1\nserver SS1 dp operating_system=windows_8_1\nrole SS1 dp distribution_point",
			"version 2203\nsite SS1 secondary ?\nserver SS1 dp operating_system=windows_8_1\nrole SS1 dp distribution_point",
			"version 2203\nsite PS1 ?\nserver PS1 dp operating_system=windows_8_1\nrole PS1 dp distribution_point",
		},
	},
}

var accessAccountCases = map[string]ruletest.Cases{
	"COMM-WORKGROUP-CLIENTS": {
		Violated: []string{
			"version 2309\nsite PS1 primary client_communication=https_or_http network_access_accounts=[] clients.windows=100 clients.workgroup=1\nrole PS1 mp management_point",
		},
		Satisfied: []string{
			"version 2309\nsite PS1 primary client_communication=https_or_http network_access_accounts=" + ruletest.Accounts(1) + " clients.workgroup=1",
			"site PS1 primary client_communication=enhanced_http network_access_accounts=[] clients.workgroup=1",
			"site PS1 primary client_communication=https_only network_access_accounts=[] clients.workgroup=1",
			"version 2309\nsite PS1 primary client_communication=https_or_http network_access_accounts=[] clients.workgroup=0",
			"site CAS central_administration",
		},
		Undecided: []string{
			"version 2309\nsite PS1 primary client_communication=https_or_http clients.workgroup=1",
			"version 2309\nsite PS1 primary client_communication=https_or_http network_access_accounts=[] clients.workgroup=?",
			"version 2309\nsite PS1 primary client_communication=https_or_http network_access_accounts=[]",
			"site PS1 primary network_access_accounts=[] clients.workgroup=1",
		},
	},
	"COMM-NAA-LIMIT": {
		Violated: []string{
			"site PS1 primary network_access_accounts=" + ruletest.Accounts(11),
			`site PS1 primary network_access_accounts=[".\\naa"]`,
			`site PS1 primary network_access_accounts=["PS1\\naa"]`,
			`site PS1 primary network_access_accounts=["ps1.contoso.com\\naa"]`,
			`site PS1 primary network_access_accounts=["LocalSystem"]`,
			`site PS1 primary network_access_accounts=["BUILTIN\\Administrator"]`,
			`site PS1 primary network_access_accounts=[""]`,
		},
		Satisfied: []string{
			"site PS1 primary network_access_accounts=" + ruletest.Accounts(10),
			"site PS1 primary network_access_accounts=[]",
			`site PS1 primary network_access_accounts=["CONTOSO\\svc-naa","svc-naa@contoso.com"]`,
			// It may be one of a domain: ACC-NAME.
			`site PS1 primary network_access_accounts=["svc-naa"]`,
		},
		Undecided: []string{
			ruletest.AnySite,
			"site PS1 primary network_access_accounts=?",
			`site PS1 primary network_access_accounts=["?"]`,
		},
	},
}

var internetCases = map[string]ruletest.Cases{
	"COMM-INTERNET-SITETYPE": {
		Violated: []string{
			withSecondary + "role SS1 ss1 management_point client_connections=internet",
			withSecondary + "role SS1 ss1 distribution_point client_connections=internet_and_intranet protocol=http",
			withSecondary + "role PS1 sup software_update_point\nrole SS1 ss1 software_update_point client_connections=internet",
			"site CAS central_administration\nrole CAS sup software_update_point client_connections=internet_and_intranet",
		},
		Satisfied: []string{
			withSecondary + "role SS1 ss1 distribution_point client_connections=intranet",
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https",
			ruletest.AnySite + "role PS1 mp management_point",
		},
		Undecided: []string{
			withSecondary + "role SS1 ss1 distribution_point",
			withSecondary + "role SS1 ss1 distribution_point client_connections=?",
			"site PS1 ?\nrole PS1 dp distribution_point client_connections=internet",
		},
	},
	"COMM-INTERNET-FQDN": {
		Violated: []string{
			ruletest.AnySite + "role PS1 mp management_point client_connections=internet",
			ruletest.AnySite + "role PS1 mp management_point client_connections=internet_and_intranet protocol=https allow_cmg_traffic=false",
			ruletest.AnySite + "role PS1 dp distribution_point client_connections=internet",
			ruletest.AnySite + "role PS1 sup software_update_point client_connections=internet",
			"version 2010\nsite PS1 primary\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet enrollment_point=ep.contoso.com",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.fabrikam.com\nrole PS1 mp management_point client_connections=internet",
			// For Macs alone it may be the name on the intranet.
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet",
			ruletest.AnySite + "role PS1 mp management_point client_connections=intranet",
			// COMM-INTERNET-SITETYPE
			withSecondary + "role SS1 ss1 distribution_point client_connections=internet",
		},
		Undecided: []string{
			ruletest.AnySite + "role PS1 mp management_point",
			ruletest.AnySite + "role PS1 mp management_point client_connections=?",
			"site PS1 primary\nserver PS1 mp internet_fqdn=?\nrole PS1 mp management_point client_connections=internet",
			// It may be open for a cloud management gateway only.
			ruletest.AnySite + "role PS1 mp management_point client_connections=internet_and_intranet allow_cmg_traffic=true",
			ruletest.AnySite + "role PS1 mp management_point client_connections=internet_and_intranet allow_cmg_traffic=?",
		},
	},
	"COMM-INTERNET-HTTPS": {
		Violated: []string{
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=http",
			"site PS1 primary client_communication=enhanced_http\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet_and_intranet protocol=http",
			"site PS1 primary\nserver PS1 dp internet_fqdn=dp.contoso.com\nrole PS1 dp distribution_point client_connections=internet protocol=http",
			"site PS1 primary\nserver PS1 sup internet_fqdn=sup.contoso.com\nrole PS1 sup software_update_point client_connections=internet protocol=http",
			// One protocol, one finding.
			"site PS1 primary client_communication=https_only\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=http",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https",
			ruletest.AnySite + "role PS1 mp management_point client_connections=intranet protocol=http",
			ruletest.AnySite + "role PS1 fsp fallback_status_point",
		},
		Undecided: []string{
			enhancedHTTPSite + "role PS1 mp management_point client_connections=internet_and_intranet protocol=http allow_cmg_traffic=true",
			ruletest.AnySite + "role PS1 mp management_point client_connections=? protocol=http",
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet",
		},
	},
	"COMM-INTERNET-USERPOLICY": {
		Violated: []string{
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https trusts_user_forest=false",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https trusts_user_forest=true",
			ruletest.AnySite + "role PS1 mp management_point client_connections=intranet trusts_user_forest=false",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https",
			ruletest.AnySite + "role PS1 mp management_point client_connections=internet_and_intranet trusts_user_forest=false allow_cmg_traffic=true",
		},
	},
	"COMM-NAA-MULTICAST": {
		Violated: []string{
			"site PS1 primary client_communication=enhanced_http network_access_accounts=[]\nrole PS1 dp distribution_point pxe=windows_deployment_services multicast.maximum_clients=100",
			"site PS1 primary client_communication=https_only network_access_accounts=[]\nrole PS1 dp distribution_point protocol=https pxe=windows_deployment_services multicast.maximum_clients=100",
			"site PS1 primary network_access_accounts=[]\nsite SS1 secondary PS1\nrole SS1 dp distribution_point pxe=windows_deployment_services multicast.maximum_clients=100",
		},
		Satisfied: []string{
			"site PS1 primary network_access_accounts=[\"contoso.com\\\\svc-naa\"]\nrole PS1 dp distribution_point multicast.maximum_clients=100",
			"site PS1 primary network_access_accounts=[]\nrole PS1 dp distribution_point pxe=responder",
			"site PS1 primary network_access_accounts=[\"contoso.com\\\\svc-naa\"]\nsite SS1 secondary PS1\nrole SS1 dp distribution_point multicast.maximum_clients=100",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dp distribution_point multicast.maximum_clients=100", "site PS1 primary network_access_accounts=[]\nrole PS1 dp distribution_point multicast=?",
			"site PS1 primary network_access_accounts=[]\nrole PS1 srv ?",
		},
	},
	"COMM-INTERNET-SSLTUNNEL": {
		Violated: []string{
			"version 2010\nsite PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com internet_proxy=ssl_bridging\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=true",
			"version 2010\nsite PS1 primary clients.mobile_devices=5\nserver PS1 mp internet_fqdn=mp.contoso.com internet_proxy=ssl_bridging\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=true\nrole PS1 dp distribution_point protocol=https\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=ep.contoso.com",
			"version 2010\nsite PS1 primary\nserver PS1 epx internet_fqdn=epx.contoso.com internet_proxy=ssl_bridging\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point client_connections=internet enrollment_point=ep.contoso.com",
			// The devices install from the distribution point.
			"version 2010\nsite PS1 primary clients.mobile_devices=5\nserver PS1 dp internet_fqdn=dp.contoso.com internet_proxy=ssl_bridging\nrole PS1 dp distribution_point client_connections=internet protocol=https\nrole PS1 mp management_point protocol=https allow_mobile_devices=true\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=ep.contoso.com",
		},
		Satisfied: []string{
			"version 2010\nsite PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com internet_proxy=ssl_tunneling\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=true",
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com internet_proxy=ssl_bridging\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=false",
			"version 2010\nsite PS1 primary clients.mobile_devices=0\nserver PS1 mp internet_fqdn=mp.contoso.com internet_proxy=ssl_bridging\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=true",
			"version 2010\nsite PS1 primary\nserver PS1 mp internet_proxy=ssl_bridging\nrole PS1 mp management_point client_connections=intranet protocol=https allow_mobile_devices=true",
		},
		Undecided: []string{
			"version 2010\nsite PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=true",
			"version 2010\nsite PS1 primary clients.mobile_devices=?\nserver PS1 mp internet_fqdn=mp.contoso.com internet_proxy=ssl_bridging\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=true",
		},
	},
	"COMM-INTERNET-PKI-OPTION": {
		Violated: []string{
			"site PS1 primary use_pki_client_certificates=false client_communication=enhanced_http\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https",
		},
		Satisfied: []string{
			"site PS1 primary use_pki_client_certificates=true client_communication=enhanced_http\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https",
			"site PS1 primary use_pki_client_certificates=false client_communication=enhanced_http\nrole PS1 mp management_point client_connections=intranet protocol=https",
			// HTTPS only asks for certificates whatever the option says.
			"site PS1 primary use_pki_client_certificates=false client_communication=https_only\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https",
			// It may be open for Macs alone.
			"version 2010\nsite PS1 primary use_pki_client_certificates=false client_communication=enhanced_http\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https allow_mobile_devices=true",
		},
		Undecided: []string{
			ruletest.AnySite,
			"site PS1 primary use_pki_client_certificates=false\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point client_connections=internet protocol=https",
			// It may be open for a cloud management gateway only.
			"site PS1 primary use_pki_client_certificates=false client_communication=enhanced_http\nrole PS1 mp management_point client_connections=internet_and_intranet allow_cmg_traffic=true",
		},
	},
}

// macSite begins designs of a site with Macs, at a version that is not refused.
const macSite = "site PS1 primary clients.macos=10\nserver PS1 mp internet_fqdn=mp.contoso.com\n"

// macReady is a management point that Macs can use.
const macReady = "role PS1 mp management_point protocol=https client_connections=internet_and_intranet allow_mobile_devices=true\n"

var deviceAccessCases = map[string]ruletest.Cases{
	"COMM-MAC-MP": {
		Violated: []string{
			macSite + "role PS1 mp management_point protocol=https client_connections=intranet allow_mobile_devices=true",
			macSite + "role PS1 mp management_point protocol=https client_connections=internet allow_mobile_devices=false",
			macSite + "role PS1 mp management_point protocol=http client_connections=intranet allow_mobile_devices=false",
			"site PS1 primary clients.macos=10\nrole PS1 mp management_point protocol=https client_connections=internet_and_intranet allow_mobile_devices=true allow_cmg_traffic=true",
			macSite + "role PS1 mp management_point protocol=https client_connections=intranet allow_mobile_devices=true\nrole PS1 mp2 management_point protocol=http client_connections=intranet",
		},
		Satisfied: []string{
			macSite + macReady,
			macSite + macReady + "role PS1 mp2 management_point protocol=http client_connections=intranet",
			// A replica excludes one management point only.
			macSite + macReady + `role PS1 mp2 management_point protocol=https allow_mobile_devices=true client_connections=intranet database_replica={"server":"sql2.contoso.com","database_name":"REP"}`,
			"site PS1 primary clients.macos=0\nrole PS1 mp management_point protocol=https client_connections=intranet",
			// ROLE-CARD-MP-PRI-MIN
			"site PS1 primary clients.macos=10",
			"site CAS central_administration",
		},
		Undecided: []string{
			ruletest.AnySite + "role PS1 mp management_point protocol=http",
			macSite + "role PS1 mp management_point",
			macSite + "role PS1 mp management_point protocol=https client_connections=intranet allow_mobile_devices=true\nrole PS1 mp2 management_point",
			macSite + "role PS1 mp management_point protocol=https client_connections=intranet allow_mobile_devices=true\nrole PS1 mp2 ?",
			"site PS1 primary clients.macos=?\nrole PS1 mp management_point protocol=https client_connections=intranet",
		},
	},
	"COMM-MAC-DP": {
		Violated: []string{
			macSite + macReady + "role PS1 dp distribution_point protocol=https client_connections=intranet",
			macSite + macReady + "role PS1 dp distribution_point protocol=http client_connections=intranet",
			macSite + macReady + "role PS1 dp distribution_point protocol=http client_connections=intranet\nhierarchy features=[\"application_management\"]",
		},
		Satisfied: []string{
			macSite + macReady + "server PS1 dp internet_fqdn=dp.contoso.com\nrole PS1 dp distribution_point protocol=https client_connections=internet_and_intranet\nrole PS1 dp2 distribution_point protocol=http client_connections=intranet",
			macSite + macReady + "role PS1 dp distribution_point protocol=http client_connections=intranet\nhierarchy features=[\"software_updates\"]",
			"site PS1 primary clients.macos=0\nrole PS1 dp distribution_point protocol=http client_connections=intranet",
		},
		Undecided: []string{
			ruletest.AnySite + "role PS1 dp distribution_point protocol=http",
			macSite + macReady + "role PS1 dp distribution_point",
			macSite + macReady + "role PS1 dp distribution_point protocol=http client_connections=intranet\nrole PS1 srv ?",
			macSite + macReady + "role PS1 dp distribution_point protocol=http client_connections=intranet\nhierarchy features=?",
			macSite + macReady + "role PS1 dp distribution_point protocol=http client_connections=intranet\nhierarchy features=[\"?\"]",
		},
	},
	"COMM-MDM-HTTPS": {
		Violated: []string{
			ruletest.AnySite + "role PS1 mp management_point protocol=http allow_mobile_devices=true",
			// One protocol, one finding.
			httpsOnlySite + "server PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=http client_connections=internet allow_mobile_devices=true",
			"site PS1 primary clients.mobile_devices=5\nrole PS1 mp management_point protocol=https allow_mobile_devices=true\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=ep.contoso.com\nrole PS1 dp distribution_point protocol=http",
		},
		Satisfied: []string{
			"site PS1 primary clients.mobile_devices=0\nrole PS1 mp management_point protocol=https allow_mobile_devices=true",
			"site PS1 primary clients.mobile_devices=0\nrole PS1 mp management_point protocol=http allow_mobile_devices=false",
			"site PS1 primary clients.mobile_devices=5\nrole PS1 mp management_point protocol=https allow_mobile_devices=true\nrole PS1 dp distribution_point protocol=https\nrole PS1 dp2 distribution_point protocol=http",
			"site PS1 primary clients.mobile_devices=0\nrole PS1 dp distribution_point protocol=http",
		},
		Undecided: []string{
			ruletest.AnySite + "role PS1 mp management_point",
			ruletest.AnySite + "role PS1 mp management_point protocol=http",
			ruletest.AnySite + "role PS1 mp management_point protocol=? allow_mobile_devices=true",
			"site PS1 primary clients.mobile_devices=5\nrole PS1 dp distribution_point",
			"site PS1 primary clients.mobile_devices=5\nrole PS1 dp distribution_point protocol=http\nrole PS1 srv ?",
		},
	},
	"COMM-MDM-INTRANET": {
		Violated: []string{
			"site PS1 primary clients.mobile_devices=5 clients.macos=0\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=internet_and_intranet\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=ep.contoso.com\nrole PS1 dp distribution_point protocol=https",
			"site PS1 primary clients.mobile_devices=5 clients.macos=0\nserver PS1 epx internet_fqdn=epx.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point enrollment_point=ep.contoso.com client_connections=internet\nrole PS1 dp distribution_point protocol=https",
		},
		Satisfied: []string{
			"site PS1 primary clients.mobile_devices=5 clients.macos=0\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet",
			// The same roles serve Macs.
			"site PS1 primary clients.mobile_devices=5 clients.macos=1\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=internet_and_intranet",
			"site PS1 primary clients.mobile_devices=0 clients.macos=0\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=internet",
		},
		Undecided: []string{
			"site PS1 primary clients.mobile_devices=5\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=internet",
			"site PS1 primary\nserver PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=internet",
			"site PS1 primary clients.mobile_devices=5 clients.macos=0\nrole PS1 mp management_point protocol=https allow_mobile_devices=true",
		},
	},
}

var updateAccessCases = map[string]ruletest.Cases{
	"COMM-SUP-SSL-CHAIN": {
		Violated: []string{
			ruletest.SitesWithChild + "role CAS sup software_update_point protocol=https\nrole PS1 sup1 software_update_point protocol=http",
			withSecondary + "role PS1 sup software_update_point protocol=https\nrole SS1 ss1 software_update_point protocol=http",
			// One protocol, one finding beside the warning of the site itself.
			"site CAS central_administration\nsite PS1 primary CAS client_communication=https_only\nrole CAS sup software_update_point protocol=https\nrole PS1 sup1 software_update_point protocol=http",
			// Only a warning: it may be the second one.
			ruletest.AnySite + "role PS1 sup1 software_update_point protocol=https\nrole PS1 sup2 software_update_point protocol=http",
		},
		Satisfied: []string{
			ruletest.SitesWithChild + "role CAS sup software_update_point protocol=https\nrole PS1 sup1 software_update_point protocol=https",
			// SSL is rolled out from the bottom up.
			ruletest.SitesWithChild + "role CAS sup software_update_point protocol=http\nrole PS1 sup1 software_update_point protocol=https",
			ruletest.SitesWithChild + "role CAS sup software_update_point protocol=http\nrole PS1 sup1 software_update_point protocol=http",
			ruletest.AnySite + "role PS1 sup software_update_point protocol=http",
			ruletest.AnySite,
		},
		Undecided: []string{
			ruletest.SitesWithChild + "role CAS sup software_update_point protocol=https\nrole PS1 sup1 software_update_point",
			ruletest.SitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point protocol=http",
			ruletest.SitesWithChild + "role CAS sup software_update_point protocol=https\nrole CAS sup2 software_update_point protocol=?\nrole PS1 sup1 software_update_point protocol=http",
			"site PS1 primary CAS\nrole PS1 sup1 software_update_point protocol=http",
			"site PS1 primary ?\nrole PS1 sup1 software_update_point protocol=http",
			"site PS1 primary parent.site_code=? parent.site_type=central_administration\nrole PS1 sup1 software_update_point protocol=http",
			"server ? sup\nrole ? sup software_update_point protocol=http",
			"site PS1 primary\nrole PS1 srv ?",
			ruletest.SitesWithChild + "role CAS sup software_update_point protocol=https\nrole PS1 sup1 software_update_point protocol=http\nrole PS1 srv ?",
		},
	},
	"COMM-SUP-PORT-PAIR": {
		Violated: []string{
			ruletest.AnySite + "role PS1 sup software_update_point http_port=80 https_port=8531",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=80 https_port=81",
		},
		Satisfied: []string{
			ruletest.AnySite + "role PS1 sup software_update_point http_port=80 https_port=443",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=8530 https_port=8531",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=81 https_port=444",
		},
		Undecided: []string{
			ruletest.AnySite + "role PS1 sup software_update_point",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=80",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=80 https_port=?",
		},
	},
	"COMM-SUP-PORT-CUSTOM": {
		Violated: []string{
			ruletest.AnySite + "role PS1 sup software_update_point http_port=8530 https_port=8532",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=8530 https_port=443",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=8530 https_port=8530",
		},
		Satisfied: []string{
			ruletest.AnySite + "role PS1 sup software_update_point http_port=8530 https_port=8531",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=9000 https_port=9001",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=80 https_port=8531",
		},
		Undecided: []string{
			ruletest.AnySite + "role PS1 sup software_update_point https_port=8531",
			ruletest.AnySite + "role PS1 sup software_update_point http_port=? https_port=8531",
		},
	},
}

var boundaryGroupCases = map[string]ruletest.Cases{
	"COMM-BG-DP": {
		Violated: []string{
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[]",
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[]\nrole PS1 dp2 distribution_point boundary_groups=[\"A\"]",
		},
		Satisfied: []string{
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[\"Seattle\"]",
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[\"?\"]",
			"site PS1 primary\nserver PS1 dp internet_fqdn=dp.contoso.com\nrole PS1 dp distribution_point boundary_groups=[] client_connections=internet",
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[]\nrole PS1 dp2 distribution_point boundary_groups=[\"A\"] pull_sources={\"DP.contoso.com\":1}",
		},
		Undecided: []string{
			ruletest.AnySite + "role PS1 dp distribution_point",
			ruletest.AnySite + "role PS1 dp distribution_point pxe=responder",
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=?",
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[] client_connections=?",
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[]\nrole PS1 dp2 distribution_point boundary_groups=[\"A\"] pull_sources=?",
			ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[]\nrole PS1 srv ?",
		},
	},
	"COMM-BG-MP-WINPE": {
		Violated: []string{
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder boundary_groups=[\"A\",\"B\"]\nrole PS1 mp management_point boundary_groups=[\"b\"]",
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=windows_deployment_services boundary_groups=[\"A\"]",
		},
		Satisfied: []string{
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder boundary_groups=[\"A\"]\nrole PS1 mp management_point boundary_groups=[\"a\"]",
			// Before, deployments of operating systems do not look at boundary groups.
			"version 2503\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder boundary_groups=[\"A\"]\nrole PS1 mp management_point boundary_groups=[]",
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point boundary_groups=[\"A\"]\nrole PS1 mp management_point boundary_groups=[]",
		},
		Undecided: []string{
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder boundary_groups=[\"A\"]\nrole PS1 mp management_point",
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder\nrole PS1 mp management_point boundary_groups=[]",
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder boundary_groups=?\nrole PS1 mp management_point boundary_groups=[]",
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=? boundary_groups=[\"A\"]\nrole PS1 mp management_point boundary_groups=[]",
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder boundary_groups=[\"?\"]\nrole PS1 mp management_point boundary_groups=[]",
			"version 2509\n" + ruletest.AnySite + "role PS1 dp distribution_point pxe=responder boundary_groups=[\"A\"]\nrole PS1 srv ?",
		},
	},
}

// Several roles lack the name of the one server: the hierarchy says it once, while each
// role assignment alone can only speak for itself.
func TestInternetNameIsMissedOncePerServer(t *testing.T) {
	design := ruletest.AnySite + "role PS1 srv management_point client_connections=internet protocol=https\nrole PS1 srv distribution_point client_connections=internet protocol=https\n" +
		"role PS1 srv software_update_point client_connections=intranet\nrole PS1 other distribution_point client_connections=internet protocol=https"
	d := ruletest.Parse(t, design)
	var found []string
	for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
		if f.Rule.ID == "COMM-INTERNET-FQDN" {
			found = append(found, f.Path.String()+" "+f.Found)
		}
	}
	if len(found) != 2 || !strings.HasPrefix(found[0], `role_assignments["r00"].server.internet_fqdn`) || !strings.Contains(found[0], "management point on srv.contoso.com, distribution point on srv.contoso.com") ||
		strings.Contains(found[0], "software update point") || !strings.HasPrefix(found[1], `role_assignments["r03"]`) {
		t.Errorf("found %q, want one for each of the two servers", found)
	}
}
