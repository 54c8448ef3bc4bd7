package distribution_test

import (
	"fmt"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/distribution"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// pullPoint declares a pull-distribution point at site PS1 with the given sources,
// a JSON object, and further settings.
func pullPoint(host, sources, settings string) string {
	return fmt.Sprintf("role PS1 %s distribution_point pull_sources=%s %s\n", host, sources, settings)
}

const (
	fromDP1 = `{"dp1.contoso.com":null}`
	fromDP2 = `{"dp2.contoso.com":null}`

	onePrimary = "site PS1 primary\n"

	selfSigned = "site PS1 primary\nrole PS1 dp1 distribution_point certificate=self_signed"
)

func TestRules(t *testing.T) { ruletest.Run(t, distribution.Chapter(), distributionPointCases) }

var distributionPointCases = map[string]ruletest.Cases{
	"DP-PULL-SOURCE-MIN": {
		Violated: []string{
			onePrimary + pullPoint("dp2", "{}", ""),
			onePrimary + pullPoint("dp2", `{"DP2.contoso.com":1}`, ""),
			ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":1,"dp2.contoso.com":2}`, ""),
		},
		Satisfied: []string{
			ruletest.StandardDP1 + pullPoint("dp2", fromDP1, ""),
			onePrimary + pullPoint("dp2", `{"elsewhere.contoso.com":1}`, ""),
			ruletest.StandardDP1,
		},
		Undecided: []string{onePrimary + pullPoint("dp2", "?", ""), "site PS1 primary\nrole PS1 ? distribution_point pull_sources=" + fromDP1},
	},
	"DP-PULL-SOURCE-HTTP": {
		Violated: []string{"site PS1 primary\nrole PS1 dp1 distribution_point protocol=https\nserver PS1 dp2 client_installed=false\n" + pullPoint("dp2", `{"DP1.contoso.com":null}`, "")},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 dp1 distribution_point protocol=https\nserver PS1 dp2 client_installed=true\n" + pullPoint("dp2", fromDP1, ""),
			"site PS1 primary\nrole PS1 dp1 distribution_point protocol=https\nserver PS1 dp2 client_site_code=PS1\n" + pullPoint("dp2", fromDP1, ""),
			"site PS1 primary\nrole PS1 dp1 distribution_point protocol=http\n" + pullPoint("dp2", fromDP1, ""),
			ruletest.StandardDP1,
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dp1 distribution_point protocol=https\n" + pullPoint("dp2", fromDP1, ""),
			"site PS1 primary\nserver PS1 dp2 client_installed=false\n" + pullPoint("dp2", fromDP1, ""),
			ruletest.StandardDP1 + pullPoint("dp2", "?", ""),
		},
	},
	"DP-PULL-SOURCE-FOREST": {
		Violated: []string{"site PS1 primary\nserver PS1 dp1 forest=fabrikam.com\nrole PS1 dp1 distribution_point\nserver PS1 dp2 forest=contoso.com client_installed=false\n" + pullPoint("dp2", fromDP1, "")},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 dp1 forest=fabrikam.com\nrole PS1 dp1 distribution_point\nserver PS1 dp2 forest=contoso.com client_installed=true\n" + pullPoint("dp2", fromDP1, ""),
			"site PS1 primary\nserver PS1 dp1 forest=Contoso.com\nrole PS1 dp1 distribution_point\nserver PS1 dp2 forest=contoso.com client_installed=false\n" + pullPoint("dp2", fromDP1, ""),
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 dp1 forest=fabrikam.com\nrole PS1 dp1 distribution_point\nserver PS1 dp2 forest=contoso.com\n" + pullPoint("dp2", fromDP1, ""),
			ruletest.StandardDP1 + pullPoint("dp2", fromDP1, ""),
		},
	},
	"DP-PULL-SOURCE-CYCLE": {
		Violated: []string{
			onePrimary + pullPoint("dp1", fromDP2, "") + pullPoint("dp2", fromDP1, ""),
			onePrimary + pullPoint("dp1", `{"DP2.contoso.com":null}`, "") + pullPoint("dp2", `{"dp3.contoso.com":1}`, "") + pullPoint("dp3", fromDP1, "allow_prestaged_content=false"),
			onePrimary + pullPoint("dp1", fromDP2, "") + pullPoint("dp2", fromDP1, "") + pullPoint("dp3", fromDP1, ""),
		},
		Satisfied: []string{
			ruletest.StandardDP1 + pullPoint("dp2", fromDP1, "") + pullPoint("dp3", fromDP2, ""),
			// Mutual sources, one of which leads to content.
			ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":1,"dp3.contoso.com":2}`, "") + pullPoint("dp3", fromDP2, ""),
			onePrimary + pullPoint("dp1", fromDP2, "") + pullPoint("dp2", fromDP1, "allow_prestaged_content=true"),
			// A source that is not listed, such as a content-enabled gateway.
			onePrimary + pullPoint("dp1", fromDP2, "") + pullPoint("dp2", `{"dp1.contoso.com":1,"gateway.contoso.com":2}`, ""),
			onePrimary,
		},
		Undecided: []string{
			onePrimary + pullPoint("dp1", fromDP2, "") + pullPoint("dp2", fromDP1, "allow_prestaged_content=?"),
			onePrimary + pullPoint("dp1", fromDP2, "") + pullPoint("dp2", "?", ""),
			onePrimary + pullPoint("dp1", fromDP2, "") + "role PS1 dp2 distribution_point\nrole PS1 srv ?",
		},
	},
	"DP-PULL-SOURCE-SITE": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 dp1 distribution_point\n" + pullPoint("dp2", fromDP1, "")},
		Satisfied: []string{ruletest.StandardDP1 + pullPoint("dp2", fromDP1, ""), ruletest.StandardDP1},
		Undecided: []string{onePrimary + pullPoint("dp2", fromDP1, ""), onePrimary + pullPoint("dp2", "?", "")},
	},
	"DP-PULL-PRESTAGE": {
		Violated:  []string{ruletest.StandardDP1 + pullPoint("dp2", fromDP1, "allow_prestaged_content=true")},
		Satisfied: []string{ruletest.StandardDP1 + pullPoint("dp2", fromDP1, "allow_prestaged_content=false"), "site PS1 primary\nrole PS1 dp1 distribution_point allow_prestaged_content=true"},
		Undecided: []string{ruletest.StandardDP1 + pullPoint("dp2", fromDP1, ""), ruletest.StandardDP1 + pullPoint("dp2", "?", "allow_prestaged_content=true")},
	},
	"DP-PULL-NO-THROTTLE": {
		Violated:  []string{ruletest.StandardDP1 + pullPoint("dp2", fromDP1, "rate_limits=pulse_mode"), ruletest.StandardDP1 + pullPoint("dp2", fromDP1, "rate_limits=limited_by_hour")},
		Satisfied: []string{ruletest.StandardDP1 + pullPoint("dp2", fromDP1, "rate_limits=unlimited"), "site PS1 primary\nrole PS1 dp1 distribution_point rate_limits=pulse_mode"},
		Undecided: []string{ruletest.StandardDP1 + pullPoint("dp2", fromDP1, ""), ruletest.StandardDP1 + pullPoint("dp2", "?", "rate_limits=pulse_mode")},
	},
	"DP-PULL-RANK": {
		Violated:  []string{ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":0}`, ""), ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":101}`, "")},
		Satisfied: []string{ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":1,"dp3.contoso.com":100}`, ""), ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":7,"dp3.contoso.com":7}`, ""), ruletest.StandardDP1 + pullPoint("dp2", fromDP1, ""), ruletest.StandardDP1},
		Undecided: []string{ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":"?"}`, ""), ruletest.StandardDP1 + pullPoint("dp2", "?", "")},
	},
	"DP-PULL-RANK-COUNT": {
		Violated:  []string{ruletest.StandardDP1 + "role PS1 dp3 distribution_point\n" + pullPoint("dp2", `{"dp1.contoso.com":1,"dp3.contoso.com":null}`, "")},
		Satisfied: []string{ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":1,"dp3.contoso.com":2}`, ""), ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":null,"dp3.contoso.com":null}`, ""), ruletest.StandardDP1},
		Undecided: []string{ruletest.StandardDP1 + pullPoint("dp2", `{"dp1.contoso.com":1,"dp3.contoso.com":"?"}`, ""), ruletest.StandardDP1 + pullPoint("dp2", "?", "")},
	},
	"DP-PXE-ON-PREMISES": {
		Violated: []string{
			"site PS1 primary\nserver PS1 dp inventory.location=azure\nrole PS1 dp distribution_point pxe=responder",
			"site PS1 primary\nserver PS1 dp inventory.location=azure\nrole PS1 dp distribution_point pxe=windows_deployment_services",
			"site PS1 primary\nserver PS1 dp inventory.location=azure\nrole PS1 dp distribution_point pxe=windows_deployment_services multicast.maximum_clients=100",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 dp inventory.location=azure\nrole SS1 dp distribution_point pxe=responder",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 dp inventory.location=azure\nrole PS1 dp distribution_point",
			"site PS1 primary\nserver PS1 dp inventory.location=on_premises\nrole PS1 dp distribution_point pxe=responder",
			"site PS1 primary\nserver PS1 mp inventory.location=azure\nrole PS1 mp management_point",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 dp inventory.location=?\nrole PS1 dp distribution_point pxe=responder", "site PS1 primary\nrole PS1 dp distribution_point pxe=responder",
			"site PS1 primary\nserver PS1 dp inventory.location=azure\nrole PS1 dp distribution_point pxe=?",
			"site PS1 primary\nserver PS1 dp inventory.location=azure\nrole PS1 dp distribution_point multicast=?",
		},
	},
	"DP-MINFREE": {
		Violated:  []string{"site PS1 primary\nrole PS1 dp1 distribution_point minimum_free_space=49", "site PS1 primary\nrole PS1 dp1 distribution_point minimum_free_space=100001"},
		Satisfied: []string{"site PS1 primary\nrole PS1 dp1 distribution_point minimum_free_space=50", "site PS1 primary\nrole PS1 dp1 distribution_point minimum_free_space=100000"},
		Undecided: []string{ruletest.StandardDP1, "site PS1 primary\nrole PS1 dp1 distribution_point minimum_free_space=?", "site PS1 primary\nrole PS1 dp1 ?"},
	},
	"DP-DRIVES": {
		Violated: []string{
			"site PS1 primary\nrole PS1 dp1 distribution_point secondary_content_drive=E",
			"site PS1 primary\nrole PS1 dp1 distribution_point secondary_package_drive=E primary_content_drive=D",
			"site PS1 primary\nrole PS1 dp1 distribution_point primary_content_drive=D:",
			"site PS1 primary\nrole PS1 dp1 distribution_point primary_package_drive=DE",
			`site PS1 primary` + "\n" + `role PS1 dp1 distribution_point primary_package_drive="" secondary_package_drive=?`,
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 dp1 distribution_point primary_content_drive=D secondary_content_drive=E primary_package_drive=A secondary_package_drive=z",
			"site PS1 primary\nrole PS1 dp1 distribution_point primary_content_drive=Automatic secondary_content_drive=Automatic",
			"site PS1 primary\nrole PS1 dp1 distribution_point secondary_content_drive=automatic",
			ruletest.StandardDP1,
		},
		Undecided: []string{"site PS1 primary\nrole PS1 dp1 distribution_point primary_content_drive=? secondary_content_drive=E", "site PS1 primary\nrole PS1 dp1 ?"},
	},
	"DP-PXE-DELAY": {
		Violated:  []string{"site PS1 primary\nrole PS1 dp1 distribution_point pxe_response_delay=33", "site PS1 primary\nrole PS1 dp1 distribution_point pxe_response_delay=-1"},
		Satisfied: []string{"site PS1 primary\nrole PS1 dp1 distribution_point pxe_response_delay=0", "site PS1 primary\nrole PS1 dp1 distribution_point pxe_response_delay=32"},
		Undecided: []string{ruletest.StandardDP1, "site PS1 primary\nrole PS1 dp1 distribution_point pxe_response_delay=?"},
	},
	"DP-MULTICAST-RANGE": {
		Violated: []string{
			fmt.Sprintf(ruletest.MulticastAll, 0, 1, 1, 63000, 64000), fmt.Sprintf(ruletest.MulticastAll, 10001, 1, 1, 63000, 64000),
			fmt.Sprintf(ruletest.MulticastAll, 100, 0, 1, 63000, 64000), fmt.Sprintf(ruletest.MulticastAll, 100, 100, 1, 63000, 64000),
			fmt.Sprintf(ruletest.MulticastAll, 100, 1, 0, 63000, 64000), fmt.Sprintf(ruletest.MulticastAll, 100, 1, 100, 63000, 64000),
			fmt.Sprintf(ruletest.MulticastAll, 100, 1, 1, 0, 64000), fmt.Sprintf(ruletest.MulticastAll, 100, 1, 1, 65535, 65535),
			fmt.Sprintf(ruletest.MulticastAll, 100, 1, 1, 63000, 65536), fmt.Sprintf(ruletest.MulticastAll, 100, 1, 1, 64000, 63000),
			fmt.Sprintf(ruletest.MulticastAll, 100, 1, 1, 63000, 63000),
			"site PS1 primary\nrole PS1 dp1 distribution_point multicast.udp_port_end=1",
		},
		Satisfied: []string{
			fmt.Sprintf(ruletest.MulticastAll, 1, 1, 1, 1, 2), fmt.Sprintf(ruletest.MulticastAll, 10000, 99, 99, 65534, 65535),
			fmt.Sprintf(ruletest.MulticastAll, 100, 20, 10, 63000, 64000),
			ruletest.StandardDP1,
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dp1 distribution_point multicast=?",
			"site PS1 primary\nrole PS1 dp1 distribution_point multicast.maximum_clients=100",
			"site PS1 primary\nrole PS1 dp1 distribution_point multicast.udp_port_start=64500",
		},
	},
	"DP-CERT-EXPIRY": {
		Violated: []string{
			selfSigned,
			"review 2026-11-22\n" + selfSigned + " certificate_expiration=2026-11-22",
			"review 2026-11-22\n" + selfSigned + " certificate_expiration=2020-01-01 installed=true",
			selfSigned + " installed=true\nprior\nsite PS1 primary\nrole PS1 dp1 distribution_point certificate=pki installed=true",
		},
		Satisfied: []string{
			"review 2026-11-22\n" + selfSigned + " certificate_expiration=2026-11-23",
			"site PS1 primary\nrole PS1 dp1 distribution_point certificate=pki",
			selfSigned + " installed=true",
			// Setup takes care of the site server's own.
			"site PS1 primary\nrole PS1 ps1 distribution_point certificate=self_signed",
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 distribution_point certificate=self_signed",
		},
		Undecided: []string{
			ruletest.StandardDP1,
			selfSigned + " certificate_expiration=2020-01-01",
			selfSigned + " certificate_expiration=?",
			"review 2026-11-22\n" + selfSigned + " certificate_expiration=soon",
			"site PS1 primary site_server=?\nrole PS1 dp1 distribution_point certificate=self_signed",
			selfSigned + " installed=?",
		},
	},
}
