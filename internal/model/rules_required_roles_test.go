package model

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// asked writes the line of a design that asks which roles populations need, such as
// "PS1 primary windows=10; SS1 secondary<PS1 macos=3", and features. The answer is
// that of the model; "fsp." leads to a condition of the fallback status point.
func asked(populations string, features ...string) string {
	request := request(populations, features...)
	request.Answer(Known(DefaultVersion))
	answer := map[string]any{}
	tree := Encode(request)
	for _, name := range AnswerAttributes {
		answer[name] = tree[name]
	}
	text, err := json.Marshal(marked(map[string]any{"contoso": answer}))
	if err != nil {
		panic(err)
	}
	// The words of a design have no blanks.
	return "\nhierarchy required_roles=" + strings.ReplaceAll(string(text), " ", `\u0020`) + "\n"
}

// request makes a question of the words that asked takes.
func request(populations string, features ...string) *RequiredRoles {
	request := &RequiredRoles{}
	if errs := Decode(request, requestTree(populations, features...)); len(errs) > 0 {
		panic(errs[0])
	}
	return request
}

func requestTree(populations string, features ...string) map[string]any {
	var list []any
	for _, text := range strings.Split(populations, ";") {
		words := strings.Fields(text)
		kind, parent, _ := strings.Cut(words[1], "<")
		site := map[string]any{"site_code": scalar(words[0]), "site_type": scalar(kind)}
		switch parent {
		case "":
		case "CAS":
			site["parent"] = map[string]any{"site_code": parent, "site_type": string(CentralAdministration)}
		case "?":
			site["parent"] = UnknownValue{}
		default:
			site["parent"] = map[string]any{"site_code": parent, "site_type": string(Primary)}
		}
		p := map[string]any{"site": site}
		for _, word := range words[2:] {
			key, v, _ := strings.Cut(word, "=")
			if key == "version" {
				site[key] = scalar(v)
				continue
			}
			p[key] = plainValue(v)
		}
		list = append(list, p)
	}
	wanted, conditions := map[string]any{}, map[string]any{}
	for _, f := range features {
		key, v, given := strings.Cut(f, "=")
		value := any(true)
		if given {
			value = plainValue(v)
		}
		if name, ok := strings.CutPrefix(key, "fsp."); ok {
			conditions[name] = value
		} else {
			wanted[key] = value
		}
	}
	return map[string]any{"population": list, "features": wanted, "fallback_status_point": conditions}
}

// plainValue reads a number, true, false, null, ? or a word.
func plainValue(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	switch text {
	case "true", "false":
		return text == "true"
	case "null":
		return nil
	default:
		return scalar(text)
	}
}

// marked replaces unknown values by the mark of a design.
func marked(v any) any {
	switch v := v.(type) {
	case UnknownValue:
		return "?"
	case []any:
		for i := range v {
			v[i] = marked(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = marked(v[k])
		}
	}
	return v
}

const (
	// Sites without the roles that are asked about, and with the others.
	ps1         = "site PS1 primary\n"
	onlyConnect = ps1 + connection
	withMP      = onlyConnect + "role PS1 mp management_point\n"
	oneClient   = "PS1 primary windows=1 windows_installation=alternative_source"
	macsOf      = "PS1 primary macos=1 macos_certificates=independent"
	deviceMP    = "server PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=internet_and_intranet\n"
	httpsDP     = "server PS1 dp internet_fqdn=dp.contoso.com\nrole PS1 dp distribution_point protocol=https client_connections=internet_and_intranet\n"
	old         = "version 2010\n"
)

// openDesign leaves every rule about required roles undecided in a site that lacks them.
func openDesign(question string) []string {
	return []string{
		ps1 + "role PS1 srv ?" + question,
		"site PS1 primary" + "\nhierarchy required_roles={\"contoso\":\"?\"}",
		"site PS1 primary" + "\nhierarchy required_roles=?",
	}
}

func TestRules_requiredroles(t *testing.T) { runCases(t, requiredrolesChapter(), requiredRoleCases) }

var requiredRoleCases = map[string]cases{
	"REQ-MP-ANY": {
		violated:  []string{onlyConnect + asked(oneClient)},
		satisfied: []string{withMP + asked(oneClient), ps1},
		undecided: append(openDesign(asked(oneClient)), onlyConnect+asked("PS1 primary windows=?")),
	},
	"REQ-PRIMARY-CLIENTS": {
		violated:  []string{onlyConnect + "site SS1 secondary PS1" + asked("PS1 primary; SS1 secondary<PS1 windows=600")},
		satisfied: []string{withMP + "site SS1 secondary PS1" + asked("PS1 primary; SS1 secondary<PS1 windows=600")},
		undecided: []string{onlyConnect + asked("PS1 primary; SS1 secondary<PS1 windows=?")},
	},
	"REQ-MP-DEVICE": {
		violated: []string{
			onlyConnect + "role PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet" + asked(macsOf),
		},
		satisfied: []string{
			onlyConnect + deviceMP + asked(macsOf),
			onlyConnect + "role PS1 mp2 management_point protocol=http client_connections=intranet allow_mobile_devices=false\n" + deviceMP + asked(macsOf),
		},
		undecided: []string{onlyConnect + "role PS1 mp management_point protocol=https" + asked(macsOf), onlyConnect + "role PS1 mp management_point client_connections=?" + asked(macsOf)},
	},
	"REQ-MP-DEVICE-SECONDARY": {
		violated: []string{
			onlyConnect + "site SS1 secondary PS1\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet" + asked("PS1 primary; SS1 secondary<PS1 macos=1 macos_certificates=independent"),
		},
		satisfied: []string{onlyConnect + "site SS1 secondary PS1\n" + deviceMP + asked("PS1 primary; SS1 secondary<PS1 macos=1 macos_certificates=independent")},
		undecided: []string{onlyConnect + "site SS1 secondary PS1\nrole PS1 mp management_point protocol=https" + asked("PS1 primary; SS1 secondary<PS1 macos=1 macos_certificates=independent")},
	},
	"REQ-MP-COUNT": {
		violated:  []string{withMP + asked("PS1 primary windows=25001 windows_installation=alternative_source")},
		satisfied: []string{withMP + asked("PS1 primary windows=25000 windows_installation=alternative_source"), withMP + "role PS1 mp2 management_point" + asked("PS1 primary windows=25001 windows_installation=alternative_source")},
		undecided: []string{withMP + "role PS1 srv ?" + asked("PS1 primary windows=25001 windows_installation=alternative_source")},
	},
	"REQ-DP-CONTENT": {
		violated:  []string{withMP + asked(oneClient, "application_management")},
		satisfied: []string{withMP + content + asked(oneClient, "application_management"), withMP + asked(oneClient)},
		undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "application_management"), withMP + asked(oneClient, "application_management=?"),
			// Setup puts one on the server of a secondary site.
			withMP + "site SS1 secondary PS1" + asked("SS1 secondary<PS1 windows=1", "application_management")},
	},
	"REQ-DP-OSD": {
		violated:  []string{withMP + asked(oneClient, "operating_system_deployment"), withMP + asked("PS1 primary windows=1 windows_installation=operating_system_deployment")},
		satisfied: []string{withMP + content + asked(oneClient, "operating_system_deployment")},
		undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "operating_system_deployment")},
	},
	"REQ-DP-MOBILE-LEGACY": {
		violated:  []string{withMP + asked("PS1 primary mobile_legacy=1")},
		satisfied: []string{withMP + content + asked("PS1 primary mobile_legacy=1")},
		undecided: []string{withMP + "role PS1 srv ?" + asked("PS1 primary mobile_legacy=1")},
	},
	"REQ-DP-COUNT": {
		violated:  []string{withMP + content + asked("PS1 primary windows=4001", "application_management")},
		satisfied: []string{withMP + content + asked("PS1 primary windows=4000", "application_management")},
		undecided: []string{withMP + content + "role PS1 srv ?" + asked("PS1 primary windows=4001", "application_management")},
	},
	"REQ-PXE-DP": {
		violated: []string{
			withMP + content + asked(oneClient, "pxe"), withMP + content + asked(oneClient, "multicast"),
		},
		satisfied: []string{
			withMP + "role PS1 dp distribution_point pxe=responder" + asked(oneClient, "pxe"),
			withMP + content + "role PS1 dp2 distribution_point pxe=responder multicast.udp_port_start=63000" + asked(oneClient, "pxe", "multicast"),
		},
		undecided: []string{withMP + "role PS1 dp distribution_point pxe=?" + asked(oneClient, "pxe"), withMP + content + "role PS1 srv ?" + asked(oneClient, "pxe")},
	},
	"REQ-FSP-HTTP-RISK": {
		violated:  []string{withMP + "role PS1 fsp fallback_status_point" + asked(oneClient, "fsp.benefits_outweigh_risks=false")},
		satisfied: []string{withMP + asked(oneClient, "fsp.benefits_outweigh_risks=false"), withMP + "role PS1 fsp fallback_status_point" + asked(oneClient)},
		undecided: []string{withMP + "role PS1 fsp fallback_status_point" + asked(oneClient, "fsp.benefits_outweigh_risks=?")},
	},
	"REQ-EP-MOBILE": {
		violated:  []string{onlyConnect + deviceMP + asked("PS1 primary mobile_enrolled=1")},
		satisfied: []string{onlyConnect + deviceMP + enrolled + asked("PS1 primary mobile_enrolled=1")},
		undecided: []string{onlyConnect + deviceMP + "role PS1 srv ?" + asked("PS1 primary mobile_enrolled=1")},
	},
	"REQ-EP-MAC": {
		violated:  []string{onlyConnect + deviceMP + asked("PS1 primary macos=1")},
		satisfied: []string{onlyConnect + deviceMP + enrolled + asked("PS1 primary macos=1"), onlyConnect + deviceMP + asked(macsOf)},
		undecided: []string{onlyConnect + deviceMP + asked("PS1 primary macos=1 macos_certificates=?")},
	},
	"REQ-MDM": {
		violated: []string{
			onlyConnect + deviceMP + enrolled + asked("PS1 primary on_premises_mdm=1"),
			onlyConnect + deviceMP + enrolled + "role PS1 dp distribution_point protocol=http" + asked("PS1 primary on_premises_mdm=1"),
		},
		satisfied: []string{onlyConnect + deviceMP + enrolled + httpsDP + asked("PS1 primary on_premises_mdm=1")},
		undecided: []string{onlyConnect + deviceMP + enrolled + content + asked("PS1 primary on_premises_mdm=1")},
	},
	"REQ-MAC": {
		violated:  []string{onlyConnect + deviceMP + "role PS1 dp distribution_point protocol=http client_connections=intranet" + asked(macsOf, "application_management")},
		satisfied: []string{onlyConnect + deviceMP + httpsDP + asked(macsOf, "application_management")},
		undecided: []string{onlyConnect + deviceMP + content + asked(macsOf, "application_management")},
	},
	"REQ-CMGCP": {
		violated: []string{
			withMP + asked(oneClient, "cloud_management_gateway"),
			ps1 + "role PS1 mp management_point\nrole PS1 cp cloud_management_gateway_connection_point" + asked(oneClient, "cloud_management_gateway"),
		},
		satisfied: []string{onlyConnect + "role PS1 cp cloud_management_gateway_connection_point\nrole PS1 mp management_point allow_cmg_traffic=true" + asked(oneClient, "cloud_management_gateway")},
		undecided: []string{withMP + asked(oneClient, "cloud_management_gateway=?")},
	},
	"REQ-INTERNET-ALT": {
		violated:  []string{onlyConnect + "role PS1 mp management_point protocol=http client_connections=intranet" + asked(oneClient+" internet=true")},
		satisfied: []string{onlyConnect + deviceMP + asked(oneClient+" internet=true")},
		undecided: []string{withMP + asked(oneClient+" internet=true"), withMP + asked(oneClient+" internet=?")},
	},
	"REQ-SUP": {
		violated: []string{
			withMP + content + asked(oneClient, "software_updates"),
			"site CAS central_administration\nsite PS1 primary CAS\nrole CAS scp service_connection_point\nrole PS1 mp management_point\nrole CAS sup software_update_point\n" + content + asked("CAS central_administration; PS1 primary<CAS windows=1", "software_updates"),
		},
		satisfied: []string{withMP + content + updatePoint + asked(oneClient, "software_updates")},
		undecided: []string{withMP + content + "role PS1 srv ?" + asked(oneClient, "software_updates")},
	},
	"REQ-SMP": {
		violated:  []string{withMP + asked(oneClient, "state_migration_point"), withMP + asked(oneClient, "side_by_side_replacement")},
		satisfied: []string{withMP + "role PS1 smp state_migration_point" + asked(oneClient, "state_migration_point")},
		undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "state_migration_point")},
	},
	"REQ-EPP": {
		violated:  []string{withMP + asked(oneClient, "endpoint_protection")},
		satisfied: []string{withMP + "role PS1 epp endpoint_protection_point" + asked(oneClient, "endpoint_protection")},
		undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "endpoint_protection")},
	},
	"REQ-DWSP": {
		violated:  []string{withMP + asked(oneClient, "data_warehouse")},
		satisfied: []string{withMP + "role PS1 ps1 data_warehouse_service_point\nrole PS1 rsp reporting_services_point" + asked(oneClient, "data_warehouse")},
		undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "data_warehouse")},
	},
	"REQ-RSP-FSP": {
		violated:  []string{withMP + asked(oneClient, "client_deployment_reports")},
		satisfied: []string{withMP + "role PS1 rsp reporting_services_point" + asked(oneClient, "client_deployment_reports")},
		undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "client_deployment_reports")},
	},
	"REQ-SCP": {
		violated:  []string{ps1 + "role PS1 mp management_point" + asked(oneClient)},
		satisfied: []string{withMP + asked(oneClient)},
		undecided: []string{ps1 + "role PS1 srv ?" + asked(oneClient)},
	},
	"REQ-TENANT-ATTACH": {
		violated: []string{
			ps1 + "role PS1 mp management_point" + asked(oneClient, "tenant_attach"),
			ps1 + "role PS1 scp service_connection_point mode=offline\nrole PS1 mp management_point" + asked(oneClient, "tenant_attach"),
		},
		satisfied: []string{withMP + asked(oneClient, "tenant_attach")},
		undecided: []string{ps1 + "role PS1 scp service_connection_point\nrole PS1 mp management_point" + asked(oneClient, "tenant_attach")},
	},
	"REQ-AISP": {
		violated:  []string{old + withMP + asked(oneClient+" version=2010", "asset_intelligence")},
		satisfied: []string{old + withMP + "role PS1 ai asset_intelligence_synchronization_point" + asked(oneClient+" version=2010", "asset_intelligence"), withMP + asked(oneClient, "asset_intelligence")},
		undecided: []string{withMP + asked(oneClient+" version=?", "asset_intelligence")},
	},
	"REQ-CRP": {
		violated:  []string{old + withMP + asked(oneClient+" version=2010", "certificate_profiles")},
		satisfied: []string{old + withMP + "role PS1 crp certificate_registration_point" + asked(oneClient+" version=2010", "certificate_profiles"), withMP + asked(oneClient, "certificate_profiles")},
		undecided: []string{withMP + asked(oneClient+" version=?", "certificate_profiles")},
	},
	"REQ-EXC": {
		violated:  []string{withMP + asked("PS1 primary mobile_exchange=1")},
		satisfied: []string{withMP + "role PS1 exc exchange_server_connector" + asked("PS1 primary mobile_exchange=1")},
		undecided: []string{withMP + "role PS1 srv ?" + asked("PS1 primary mobile_exchange=1")},
	},
	"REQ-BITLOCKER": {
		violated:  []string{withMP + asked(oneClient, "bitlocker_management"), old + onlyConnect + "role PS1 mp management_point protocol=http\nrole PS1 rsp reporting_services_point" + asked(oneClient+" version=2010", "bitlocker_management")},
		satisfied: []string{withMP + "role PS1 rsp reporting_services_point" + asked(oneClient, "bitlocker_management")},
		undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "bitlocker_management")},
	},
}

// What is missing is reported once, and names role, site and reason.
func TestMissingRequiredRole_IsReportedOnce(t *testing.T) {
	for _, test := range []struct{ name, design, question, want string }{
		{"a management point of declared clients", "site PS1 primary clients.windows=10\n" + connection, asked("PS1 primary windows=10"), "REQ-MP-ANY"},
		{"a service connection point", servedSite, asked(oneClient), "REQ-SCP"},
		{"a software update point of a feature", withMP + content + features(`"software_updates"`), asked(oneClient, "software_updates"), "REQ-SUP"},
		{"the Endpoint Protection point of a feature", withMP + features(`"endpoint_protection"`), asked(oneClient, "endpoint_protection"), "REQ-EPP"},
		{"content for applications", withMP + features(`"application_management"`), asked(oneClient, "application_management"), "REQ-DP-CONTENT"},
		{"a state migration point of a feature", withMP + features(`"state_migration_point"`), asked(oneClient, "state_migration_point"), "REQ-SMP"},
		{"PXE of a feature", withMP + content + features(`"pxe"`), asked(oneClient, "pxe"), "REQ-PXE-DP"},
		{"a service connection point for tenant attach", servedSite + features(`"tenant_attach"`), asked(oneClient, "tenant_attach"), "REQ-TENANT-ATTACH"},
		{"a management point that takes no traffic of a gateway", onlyConnect + "role PS1 cp cloud_management_gateway_connection_point\nrole PS1 mp management_point allow_cmg_traffic=false", asked(oneClient, "cloud_management_gateway"), "CMG-MP"},
		{"a software update point of the parent site", "site CAS central_administration\nsite PS1 primary CAS\nrole CAS scp service_connection_point\nrole PS1 mp management_point\n" + updatePoint + content, asked("CAS central_administration; PS1 primary<CAS windows=1", "software_updates"), "REQ-SUP"},
		{"a management point for Macs", "site PS1 primary clients.macos=1\n" + connection + "role PS1 mp management_point protocol=http allow_mobile_devices=false", asked(macsOf), "COMM-MAC-MP"},
		{"the roles of mobile devices", devices + connection + "role PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet\n" + enrolled, asked("PS1 primary on_premises_mdm=10"), "REQ-MDM"},
		{"a connection point of a gateway", onlyConnect + "role PS1 mp management_point allow_cmg_traffic=true protocol=https\nhierarchy cloud_management_gateways={\"gw\":{\"name\":\"contosogw\"}}", asked(oneClient, "cloud_management_gateway"), "REQ-CMGCP"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := parseDesign(t, test.design+test.question)
			report := RuleCatalogue().Evaluate(d.planned.build(t, true), d.options)
			var ids []string
			for _, f := range report.Findings {
				if f.Rule.Chapter != "lifecycle" {
					ids = append(ids, f.Rule.ID)
				}
			}
			if len(ids) != 1 || ids[0] != test.want {
				t.Fatalf("found %v, want %s alone\n%s", ids, test.want, test.design)
			}
			f := report.Findings[len(report.Findings)-1]
			if f.Rule.Chapter != "requiredroles" {
				return
			}
			if text := f.Fact + f.Found; !strings.Contains(text, "PS1") && !strings.Contains(text, "CAS") || !strings.Contains(f.Found, " (") || !strings.Contains(f.Path.String(), `required_roles["contoso"].sites[`) && !strings.Contains(f.Path.String(), "role_assignments") {
				t.Errorf("%s at %s: %s", f.Fact, f.Path, f.Found)
			}
		})
	}
}
