package requiredroles_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/needs"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/requiredroles"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// asked writes the line of a design that asks which roles populations need, such as
// "PS1 primary windows=10; SS1 secondary<PS1 macos=3", and features. The answer is
// that of the model; "fsp." leads to a condition of the fallback status point.
func asked(populations string, features ...string) string {
	request := request(populations, features...)
	needs.Answer(request, model.Known(product.DefaultVersion))
	answer := map[string]any{}
	tree := model.Encode(request)
	for _, name := range model.AnswerAttributes {
		answer[name] = tree[name]
	}
	text, err := json.Marshal(modeltest.Marked(map[string]any{"contoso": answer}))
	if err != nil {
		panic(err)
	}
	// The words of a design have no blanks.
	return "\nhierarchy required_roles=" + strings.ReplaceAll(string(text), " ", `\u0020`) + "\n"
}

// request makes a question of the words that asked takes.
func request(populations string, features ...string) *model.RequiredRoles {
	request := &model.RequiredRoles{}
	if errs := model.Decode(request, modeltest.RequestTree(populations, features...)); len(errs) > 0 {
		panic(errs[0])
	}
	return request
}

const (
	// Sites without the roles that are asked about, and with the others.
	ps1         = "site PS1 primary\n"
	onlyConnect = ps1 + ruletest.Connection
	withMP      = onlyConnect + "role PS1 mp management_point\n"
	oneClient   = "PS1 primary windows=1 windows_installation=alternative_source"
	macsOf      = "PS1 primary macos=1 macos_certificates=independent"
	deviceMP    = "server PS1 mp internet_fqdn=mp.contoso.com\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=internet_and_intranet\n"
	internetMP  = "server PS1 mp2 internet_fqdn=mp2.contoso.com\nrole PS1 mp2 management_point protocol=https client_connections=internet_and_intranet "
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

// handWritten writes the line of a design with an answer that no question led to.
func handWritten(sites string) string {
	return "\nhierarchy required_roles={\"contoso\":{\"sites\":" + sites + "}}\n"
}

// unknownParts are answers that leave a site with a management point undecided.
var unknownParts = []string{
	`"?"`,
	`{"PS1":"?"}`,
	`{"PS1":{"roles":"?"}}`,
	`{"PS1":{"roles":{"management_point":"?"}}}`,
	`{"PS1":{"roles":{"management_point":{"requirement":"?","minimum":1}}}}`,
	`{"PS1":{"roles":{"management_point":{"requirement":"required","minimum":"?"}}}}`,
	`{"PS1":{"roles":{"management_point":{"requirement":"required","minimum":1,"settings":"?"}}}}`,
	`{"PS1":{"roles":{"management_point":{"requirement":"required","minimum":1,"settings":{"protocol":"?"}}}}}`,
	`{"PS1":{"roles":{"management_point":{"requirement":"required","minimum":1,"minimum_for_devices":"?","settings":{"allow_mobile_devices":true}}}}}`,
}

// What is not known in an answer is undecided, and never a gap, whatever the site has.
func TestUnknownPartOfAnAnswer(t *testing.T) {
	for _, part := range unknownParts {
		t.Run(part, func(t *testing.T) {
			d := ruletest.Parse(t, withMP+handWritten(part))
			report := rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options)
			for _, f := range report.Findings {
				if f.Rule.Chapter == "requiredroles" {
					t.Errorf("%s: %s", f.Summary(), f.Found)
				}
			}
			if !slices.Contains(report.UndecidedRules(), "REQ-MP-ANY") {
				t.Error("REQ-MP-ANY is decided")
			}
		})
	}
}

// An answer that was written by hand names no rules: the first rule about the setting speaks
// for it, and for a software update point as a warning, as clients may get updates elsewhere.
func TestAnswerWithoutRules(t *testing.T) {
	for _, test := range []struct {
		name, roles, answer, says string
		severity                  rule.Severity
	}{
		{"no instance is needed", "", `"reporting_services_point":{"requirement":"required","minimum":0}`, "", 0},
		{"a management point", "role PS1 mp management_point protocol=http\n", `"management_point":{"requirement":"required","minimum":1,"settings":{"protocol":"https"}}`,
			`lacks a management point with protocol = "https"`, rule.SeverityError},
		{"a software update point", "role PS1 mp management_point\nrole PS1 sup software_update_point protocol=http\n", `"software_update_point":{"requirement":"required","minimum":1,"settings":{"protocol":"https"}}`,
			`lacks a software update point with protocol = "https"`, rule.SeverityWarning},
		{"settings that are there", "role PS1 mp management_point protocol=https\n", `"management_point":{"requirement":"required","minimum":1,"settings":{"protocol":"https"}}`, "", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := ruletest.Parse(t, onlyConnect+test.roles+handWritten(`{"PS1":{"roles":{`+test.answer+`}}}`))
			var found []rule.Finding
			for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
				if f.Rule.Chapter == "requiredroles" {
					found = append(found, f)
				}
			}
			switch {
			case test.says == "" && len(found) == 0:
			case test.says == "" || len(found) != 1:
				t.Errorf("found %v", found)
			case !strings.Contains(found[0].Fact, test.says) || found[0].Severity != test.severity:
				t.Errorf("%v: %s; %s", found[0].Severity, found[0].Summary(), found[0].Found)
			}
		})
	}
}

func TestRules(t *testing.T) { ruletest.Run(t, requiredroles.Chapter(), requiredRoleCases) }

var requiredRoleCases = map[string]ruletest.Cases{
	"REQ-MP-ANY": {
		Violated:  []string{onlyConnect + asked(oneClient)},
		Satisfied: []string{withMP + asked(oneClient), ps1},
		Undecided: append(openDesign(asked(oneClient)), onlyConnect+asked("PS1 primary windows=?")),
	},
	"REQ-PRIMARY-CLIENTS": {
		Violated:  []string{onlyConnect + "site SS1 secondary PS1" + asked("PS1 primary; SS1 secondary<PS1 windows=600")},
		Satisfied: []string{withMP + "site SS1 secondary PS1" + asked("PS1 primary; SS1 secondary<PS1 windows=600")},
		Undecided: []string{onlyConnect + asked("PS1 primary; SS1 secondary<PS1 windows=?")},
	},
	"REQ-MP-DEVICE": {
		Violated: []string{
			onlyConnect + "role PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet" + asked(macsOf),
			// Each has one of the settings, and none has both.
			onlyConnect + "role PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet\n" +
				internetMP + "allow_mobile_devices=false" + asked(macsOf),
		},
		Satisfied: []string{
			onlyConnect + deviceMP + asked(macsOf),
			onlyConnect + deviceMP + internetMP + "allow_mobile_devices=false" + asked(macsOf),
			onlyConnect + "role PS1 mp2 management_point protocol=http client_connections=intranet allow_mobile_devices=false\n" + deviceMP + asked(macsOf),
		},
		Undecided: []string{onlyConnect + "role PS1 mp management_point protocol=https" + asked(macsOf), onlyConnect + "role PS1 mp management_point client_connections=?" + asked(macsOf),
			onlyConnect + "role PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet\n" + internetMP + asked(macsOf)},
	},
	"REQ-MP-DEVICE-SECONDARY": {
		Violated: []string{
			onlyConnect + "site SS1 secondary PS1\nrole PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet" + asked("PS1 primary; SS1 secondary<PS1 macos=1 macos_certificates=independent"),
		},
		Satisfied: []string{onlyConnect + "site SS1 secondary PS1\n" + deviceMP + asked("PS1 primary; SS1 secondary<PS1 macos=1 macos_certificates=independent")},
		Undecided: []string{onlyConnect + "site SS1 secondary PS1\nrole PS1 mp management_point protocol=https" + asked("PS1 primary; SS1 secondary<PS1 macos=1 macos_certificates=independent")},
	},
	"REQ-MP-COUNT": {
		Violated:  []string{withMP + asked("PS1 primary windows=25001 windows_installation=alternative_source")},
		Satisfied: []string{withMP + asked("PS1 primary windows=25000 windows_installation=alternative_source"), withMP + "role PS1 mp2 management_point" + asked("PS1 primary windows=25001 windows_installation=alternative_source")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked("PS1 primary windows=25001 windows_installation=alternative_source")},
	},
	"REQ-DP-CONTENT": {
		Violated:  []string{withMP + asked(oneClient, "application_management")},
		Satisfied: []string{withMP + ruletest.Content + asked(oneClient, "application_management"), withMP + asked(oneClient)},
		Undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "application_management"), withMP + asked(oneClient, "application_management=?"),
			// Setup puts one on the server of a secondary site.
			withMP + "site SS1 secondary PS1" + asked("SS1 secondary<PS1 windows=1", "application_management")},
	},
	"REQ-DP-OSD": {
		Violated:  []string{withMP + asked(oneClient, "operating_system_deployment"), withMP + asked("PS1 primary windows=1 windows_installation=operating_system_deployment")},
		Satisfied: []string{withMP + ruletest.Content + asked(oneClient, "operating_system_deployment")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "operating_system_deployment")},
	},
	"REQ-DP-MOBILE-LEGACY": {
		Violated:  []string{withMP + asked("PS1 primary mobile_legacy=1")},
		Satisfied: []string{withMP + ruletest.Content + asked("PS1 primary mobile_legacy=1")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked("PS1 primary mobile_legacy=1")},
	},
	"REQ-DP-COUNT": {
		Violated:  []string{withMP + ruletest.Content + asked("PS1 primary windows=4001", "application_management")},
		Satisfied: []string{withMP + ruletest.Content + asked("PS1 primary windows=4000", "application_management")},
		Undecided: []string{withMP + ruletest.Content + "role PS1 srv ?" + asked("PS1 primary windows=4001", "application_management")},
	},
	"REQ-PXE-DP": {
		Violated: []string{
			withMP + ruletest.Content + asked(oneClient, "pxe"), withMP + ruletest.Content + asked(oneClient, "multicast"),
		},
		Satisfied: []string{
			withMP + "role PS1 dp distribution_point pxe=responder" + asked(oneClient, "pxe"),
			withMP + ruletest.Content + "role PS1 dp2 distribution_point pxe=responder multicast.udp_port_start=63000" + asked(oneClient, "pxe", "multicast"),
		},
		Undecided: []string{withMP + "role PS1 dp distribution_point pxe=?" + asked(oneClient, "pxe"), withMP + ruletest.Content + "role PS1 srv ?" + asked(oneClient, "pxe")},
	},
	"REQ-FSP-HTTP-RISK": {
		Violated:  []string{withMP + "role PS1 fsp fallback_status_point" + asked(oneClient, "fsp.benefits_outweigh_risks=false")},
		Satisfied: []string{withMP + asked(oneClient, "fsp.benefits_outweigh_risks=false"), withMP + "role PS1 fsp fallback_status_point" + asked(oneClient)},
		Undecided: []string{withMP + "role PS1 fsp fallback_status_point" + asked(oneClient, "fsp.benefits_outweigh_risks=?")},
	},
	"REQ-EP-MOBILE": {
		Violated:  []string{onlyConnect + deviceMP + asked("PS1 primary mobile_enrolled=1")},
		Satisfied: []string{onlyConnect + deviceMP + ruletest.Enrolled + asked("PS1 primary mobile_enrolled=1")},
		Undecided: []string{onlyConnect + deviceMP + "role PS1 srv ?" + asked("PS1 primary mobile_enrolled=1")},
	},
	"REQ-EP-MAC": {
		Violated:  []string{onlyConnect + deviceMP + asked("PS1 primary macos=1")},
		Satisfied: []string{onlyConnect + deviceMP + ruletest.Enrolled + asked("PS1 primary macos=1"), onlyConnect + deviceMP + asked(macsOf)},
		Undecided: []string{onlyConnect + deviceMP + asked("PS1 primary macos=1 macos_certificates=?")},
	},
	"REQ-MDM": {
		Violated: []string{
			onlyConnect + deviceMP + ruletest.Enrolled + asked("PS1 primary on_premises_mdm=1"),
			onlyConnect + deviceMP + ruletest.Enrolled + "role PS1 dp distribution_point protocol=http" + asked("PS1 primary on_premises_mdm=1"),
		},
		Satisfied: []string{onlyConnect + deviceMP + ruletest.Enrolled + httpsDP + asked("PS1 primary on_premises_mdm=1")},
		Undecided: []string{onlyConnect + deviceMP + ruletest.Enrolled + ruletest.Content + asked("PS1 primary on_premises_mdm=1")},
	},
	"REQ-MAC": {
		Violated:  []string{onlyConnect + deviceMP + "role PS1 dp distribution_point protocol=http client_connections=intranet" + asked(macsOf, "application_management")},
		Satisfied: []string{onlyConnect + deviceMP + httpsDP + asked(macsOf, "application_management")},
		Undecided: []string{onlyConnect + deviceMP + ruletest.Content + asked(macsOf, "application_management")},
	},
	"REQ-CMGCP": {
		Violated: []string{
			withMP + asked(oneClient, "cloud_management_gateway"),
			ps1 + "role PS1 mp management_point\nrole PS1 cp cloud_management_gateway_connection_point" + asked(oneClient, "cloud_management_gateway"),
		},
		Satisfied: []string{onlyConnect + "role PS1 cp cloud_management_gateway_connection_point\nrole PS1 mp management_point allow_cmg_traffic=true" + asked(oneClient, "cloud_management_gateway")},
		Undecided: []string{withMP + asked(oneClient, "cloud_management_gateway=?")},
	},
	"REQ-INTERNET-ALT": {
		Violated:  []string{onlyConnect + "role PS1 mp management_point protocol=http client_connections=intranet" + asked(oneClient+" internet=true")},
		Satisfied: []string{onlyConnect + deviceMP + asked(oneClient+" internet=true")},
		Undecided: []string{withMP + asked(oneClient+" internet=true"), withMP + asked(oneClient+" internet=?")},
	},
	"REQ-SUP": {
		Violated: []string{
			withMP + ruletest.Content + asked(oneClient, "software_updates"),
			"site CAS central_administration\nsite PS1 primary CAS\nrole CAS scp service_connection_point\nrole PS1 mp management_point\nrole CAS sup software_update_point\n" + ruletest.Content + asked("CAS central_administration; PS1 primary<CAS windows=1", "software_updates"),
		},
		Satisfied: []string{withMP + ruletest.Content + ruletest.UpdatePoint + asked(oneClient, "software_updates")},
		Undecided: []string{withMP + ruletest.Content + "role PS1 srv ?" + asked(oneClient, "software_updates")},
	},
	"REQ-SMP": {
		Violated:  []string{withMP + asked(oneClient, "state_migration_point"), withMP + asked(oneClient, "side_by_side_replacement")},
		Satisfied: []string{withMP + "role PS1 smp state_migration_point" + asked(oneClient, "state_migration_point")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "state_migration_point")},
	},
	"REQ-EPP": {
		Violated:  []string{withMP + asked(oneClient, "endpoint_protection")},
		Satisfied: []string{withMP + "role PS1 epp endpoint_protection_point" + asked(oneClient, "endpoint_protection")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "endpoint_protection")},
	},
	"REQ-DWSP": {
		Violated:  []string{withMP + asked(oneClient, "data_warehouse")},
		Satisfied: []string{withMP + "role PS1 ps1 data_warehouse_service_point\nrole PS1 rsp reporting_services_point" + asked(oneClient, "data_warehouse")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "data_warehouse")},
	},
	"REQ-RSP-FSP": {
		Violated:  []string{withMP + asked(oneClient, "client_deployment_reports")},
		Satisfied: []string{withMP + "role PS1 rsp reporting_services_point" + asked(oneClient, "client_deployment_reports")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "client_deployment_reports")},
	},
	"REQ-SCP": {
		Violated:  []string{ps1 + "role PS1 mp management_point" + asked(oneClient)},
		Satisfied: []string{withMP + asked(oneClient)},
		Undecided: []string{ps1 + "role PS1 srv ?" + asked(oneClient)},
	},
	"REQ-TENANT-ATTACH": {
		Violated: []string{
			ps1 + "role PS1 mp management_point" + asked(oneClient, "tenant_attach"),
			ps1 + "role PS1 scp service_connection_point mode=offline\nrole PS1 mp management_point" + asked(oneClient, "tenant_attach"),
		},
		Satisfied: []string{withMP + asked(oneClient, "tenant_attach")},
		Undecided: []string{ps1 + "role PS1 scp service_connection_point\nrole PS1 mp management_point" + asked(oneClient, "tenant_attach")},
	},
	"REQ-AISP": {
		Violated:  []string{old + withMP + asked(oneClient+" version=2010", "asset_intelligence")},
		Satisfied: []string{old + withMP + "role PS1 ai asset_intelligence_synchronization_point" + asked(oneClient+" version=2010", "asset_intelligence"), withMP + asked(oneClient, "asset_intelligence")},
		Undecided: []string{withMP + asked(oneClient+" version=?", "asset_intelligence")},
	},
	"REQ-CRP": {
		Violated:  []string{old + withMP + asked(oneClient+" version=2010", "certificate_profiles")},
		Satisfied: []string{old + withMP + "role PS1 crp certificate_registration_point" + asked(oneClient+" version=2010", "certificate_profiles"), withMP + asked(oneClient, "certificate_profiles")},
		Undecided: []string{withMP + asked(oneClient+" version=?", "certificate_profiles")},
	},
	"REQ-EXC": {
		Violated:  []string{withMP + asked("PS1 primary mobile_exchange=1")},
		Satisfied: []string{withMP + "role PS1 exc exchange_server_connector" + asked("PS1 primary mobile_exchange=1")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked("PS1 primary mobile_exchange=1")},
	},
	"REQ-BITLOCKER": {
		Violated:  []string{withMP + asked(oneClient, "bitlocker_management"), old + onlyConnect + "role PS1 mp management_point protocol=http\nrole PS1 rsp reporting_services_point" + asked(oneClient+" version=2010", "bitlocker_management")},
		Satisfied: []string{withMP + "role PS1 rsp reporting_services_point" + asked(oneClient, "bitlocker_management")},
		Undecided: []string{withMP + "role PS1 srv ?" + asked(oneClient, "bitlocker_management")},
	},
}

// What is missing is reported once, and names role, site and reason.
func TestMissingRequiredRole_IsReportedOnce(t *testing.T) {
	for _, test := range []struct{ name, design, question, want string }{
		{"a management point of declared clients", "site PS1 primary clients.windows=10\n" + ruletest.Connection, asked("PS1 primary windows=10"), "REQ-MP-ANY"},
		{"a service connection point", ruletest.ServedSite, asked(oneClient), "REQ-SCP"},
		{"a software update point of a feature", withMP + ruletest.Content + ruletest.Features(`"software_updates"`), asked(oneClient, "software_updates"), "REQ-SUP"},
		{"the Endpoint Protection point of a feature", withMP + ruletest.Features(`"endpoint_protection"`), asked(oneClient, "endpoint_protection"), "REQ-EPP"},
		{"content for applications", withMP + ruletest.Features(`"application_management"`), asked(oneClient, "application_management"), "REQ-DP-CONTENT"},
		{"a state migration point of a feature", withMP + ruletest.Features(`"state_migration_point"`), asked(oneClient, "state_migration_point"), "REQ-SMP"},
		{"PXE of a feature", withMP + ruletest.Content + ruletest.Features(`"pxe"`), asked(oneClient, "pxe"), "REQ-PXE-DP"},
		{"a service connection point for tenant attach", ruletest.ServedSite + ruletest.Features(`"tenant_attach"`), asked(oneClient, "tenant_attach"), "REQ-TENANT-ATTACH"},
		{"a management point that takes no traffic of a gateway", onlyConnect + "role PS1 cp cloud_management_gateway_connection_point\nrole PS1 mp management_point allow_cmg_traffic=false", asked(oneClient, "cloud_management_gateway"), "CMG-MP"},
		{"a software update point of the parent site", "site CAS central_administration\nsite PS1 primary CAS\nrole CAS scp service_connection_point\nrole PS1 mp management_point\n" + ruletest.UpdatePoint + ruletest.Content, asked("CAS central_administration; PS1 primary<CAS windows=1", "software_updates"), "REQ-SUP"},
		{"a management point for Macs", "site PS1 primary clients.macos=1\n" + ruletest.Connection + "role PS1 mp management_point protocol=http allow_mobile_devices=false", asked(macsOf), "COMM-MAC-MP"},
		{"the roles of mobile devices", ruletest.Devices + ruletest.Connection + "role PS1 mp management_point protocol=https allow_mobile_devices=true client_connections=intranet\n" + ruletest.Enrolled, asked("PS1 primary on_premises_mdm=10"), "REQ-MDM"},
		{"a connection point of a gateway", onlyConnect + "role PS1 mp management_point allow_cmg_traffic=true protocol=https\nhierarchy cloud_management_gateways={\"gw\":{\"name\":\"contosogw\"}}", asked(oneClient, "cloud_management_gateway"), "REQ-CMGCP"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := ruletest.Parse(t, test.design+test.question)
			report := rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options)
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
