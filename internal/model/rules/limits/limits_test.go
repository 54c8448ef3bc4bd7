package limits_test

import (
	"fmt"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/limits"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, limits.Chapter(), scaleCases) }

var scaleCases = map[string]ruletest.Cases{
	"LIM-HIER-CAS-TOTAL": {
		Violated: []string{
			ruletest.TopSite + ruletest.Primaries(5, "clients.windows=140001", 6),
			ruletest.TopSite + ruletest.Primaries(2, "clients.macos=12501", 1) + "role P00 dp distribution_point\n",
			ruletest.TopSite + ruletest.Primaries(4, "clients.mobile_devices=25001", 2) + "role P00 ep enrollment_point\nrole P00 epx enrollment_proxy_point\nrole P00 dp distribution_point\n",
			// Clients of secondary sites count, and a central administration site need not be listed.
			ruletest.TopSite + ruletest.Primaries(5, "clients.windows=139000", 6) + ruletest.Repeated(10, "site S%02d secondary P00 clients.windows=14401"),
			"site PS1 primary parent.site_code=CAS parent.site_type=central_administration clients.macos=25001\nrole PS1 mp management_point",
		},
		Satisfied: []string{
			ruletest.TopSite + ruletest.Primaries(5, "clients.windows=140000 clients.macos=5000 clients.mobile_devices=20000", 7),
			"site PS1 primary clients.windows=10\nrole PS1 mp management_point",
			ruletest.TopSite,
		},
		Undecided: []string{
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=10", 1),
			ruletest.TopSite + ruletest.Primaries(1, "clients=?", 1),
			ruletest.TopSite + "site PS1 primary ?\n",
			"site PS1 primary parent.site_code=CAS parent.site_type=central_administration clients.windows=10 clients.macos=0 clients.mobile_devices=0\nrole PS1 mp management_point",
		},
	},
	"LIM-CHILDPRI": {
		Violated: []string{
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=150001", 7),
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=149000 clients.macos=1001", 7),
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=1000", 1) + ruletest.Repeated(11, "site S%02d secondary P00 clients.windows=14000"),
		},
		Satisfied: []string{
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=150000", 6),
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=149000 clients.macos=1000", 6),
			// Those of the secondary sites are among those of the primary site.
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=150000", 6) + ruletest.Repeated(10, "site S%02d secondary P00 clients.windows=15000"),
			"site PS1 primary clients.windows=150000 clients.macos=25000\n" + ruletest.Repeated(7, "role PS1 mp%d management_point"),
		},
		Undecided: []string{
			ruletest.TopSite + ruletest.Primaries(1, "", 1), ruletest.TopSite + ruletest.Primaries(1, "clients.windows=?", 1),
			"site PS1 primary ? clients.windows=150001\n" + ruletest.Repeated(7, "role PS1 mp%d management_point"),
		},
	},
	"LIM-SAPRI": {
		Violated: []string{
			// The site says nothing, the required roles do.
			"site PS1 primary\n" + expected("PS1", 160_000), "site PS1 primary\nsite SS1 secondary PS1 clients.windows=1000\n" + expected("PS1", 160_000),
			"site PS1 primary clients.windows=10\nrole PS1 mp management_point\nsite SS1 secondary PS1\n" + ruletest.Repeated(10, "site S%02d secondary PS1 clients.windows=14000") + expected("SS1", 11_000),
			"site PS1 primary clients.windows=150001\n" + ruletest.Repeated(7, "role PS1 mp%d management_point"),
			"site PS1 primary clients.macos=25001\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.mobile_devices=50001\n" + ruletest.Repeated(3, "role PS1 mp%d management_point") + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point\nrole PS1 dp distribution_point",
			"site PS1 primary clients.windows=150000 clients.macos=25000 clients.mobile_devices=1\n" + ruletest.Repeated(8, "role PS1 mp%d management_point") + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point\nrole PS1 dp distribution_point",
			"site PS1 primary clients.windows=1000\nrole PS1 mp management_point\n" + ruletest.Repeated(11, "site S%02d secondary PS1 clients.windows=14000"),
		},
		Satisfied: []string{
			"site PS1 primary clients.windows=150000 clients.macos=25000 clients.mobile_devices=0\n" + ruletest.Repeated(7, "role PS1 mp%d management_point"),
			"site PS1 primary clients.windows=100000 clients.macos=25000 clients.mobile_devices=50000\n" + ruletest.Repeated(7, "role PS1 mp%d management_point"),
			ruletest.TopSite,
		},
		Undecided: []string{
			"site PS1 primary\n" + expected("PS1", 150_000), "site PS1 primary clients.windows=10\nrole PS1 mp management_point\n" + expected("PS1", 160_000), // its own number counts
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary clients.windows=10 clients.macos=?\nrole PS1 mp management_point",
			"site PS1 primary clients=?\nrole PS1 mp management_point",
		},
	},
	"LIM-SECONDARY": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\n" + expected("SS1", 15_001), "site PS1 primary\nsite SS1 secondary PS1 clients.windows=15001"},
		Satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1 clients.windows=15000", "site PS1 primary clients.windows=15001\nrole PS1 mp management_point"},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1", "site PS1 primary\nsite SS1 secondary PS1 clients.windows=?"},
	},
	"LIM-EMBEDDED": {
		Violated: []string{
			"site PS1 primary clients.windows=20000 clients.windows_embedded_with_exceptions=10001\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=20000 clients.windows_embedded_without_exceptions=3001\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=20000\nrole PS1 mp management_point\n" + ruletest.Repeated(2, "site S%02d secondary PS1 clients.windows=9000 clients.windows_embedded_without_exceptions=1501"),
		},
		Satisfied: []string{
			"site PS1 primary clients.windows=20000 clients.windows_embedded_with_exceptions=10000 clients.windows_embedded_without_exceptions=3000\nrole PS1 mp management_point",
			ruletest.TopSite,
		},
		Undecided: []string{
			"site PS1 primary clients.windows=20000\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=20000 clients.windows_embedded_with_exceptions=?\nrole PS1 mp management_point",
		},
	},
	"LIM-MP-COUNT": {
		Violated: []string{
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point",
			ruletest.TopSite + ruletest.Primaries(1, "clients.windows=40000 clients.macos=10001", 2),
			"site PS1 primary clients.windows=50001\nrole PS1 mp management_point\nsite S01 secondary PS1 clients.windows=15000\nsite S02 secondary PS1 clients.windows=10000",
		},
		Satisfied: []string{
			"site PS1 primary clients.windows=25000\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
			// The others use the management points of the secondary sites.
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nsite S01 secondary PS1 clients.windows=15000\nsite S02 secondary PS1 clients.windows=10000",
			"site PS1 primary clients.windows=0",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary clients.windows=?\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=40000\nrole PS1 mp management_point\nsite S01 secondary PS1",
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point\nrole PS1 srv ?",
		},
	},
	"LIM-MP-CLIENTS": {
		Violated: []string{
			"site PS1 primary\nrole PS1 mp management_point clients=25001",
			"site PS1 primary\nrole PS1 mp management_point clients=20000 macos=10001",
			"site PS1 primary\nrole PS1 mp management_point clients=20000 mobile_devices=10001",
			"site PS1 primary\nrole PS1 mp management_point clients=20000 macos=5001 mobile_devices=5000",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 mp management_point clients=25000 macos=10000 mobile_devices=0",
			"site PS1 primary\nrole PS1 mp management_point clients=25000 macos=0 mobile_devices=10000",
			"site PS1 primary\nrole PS1 mp management_point clients=25000 macos=5000 mobile_devices=5000",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary\nrole PS1 mp management_point clients=10",
			"site PS1 primary\nrole PS1 mp management_point clients=? macos=0 mobile_devices=0",
		},
	},
	"LIM-DP-CLIENTS": {
		Violated:  []string{"site PS1 primary\nrole PS1 dp distribution_point clients=4001"},
		Satisfied: []string{"site PS1 primary\nrole PS1 dp distribution_point clients=4000"},
		Undecided: []string{"site PS1 primary\nrole PS1 dp distribution_point", "site PS1 primary\nrole PS1 dp distribution_point clients=?"},
	},
	"LIM-DP-PACKAGES": {
		Violated:  []string{"site PS1 primary\nrole PS1 dp distribution_point package_count=10001"},
		Satisfied: []string{"site PS1 primary\nrole PS1 dp distribution_point package_count=10000"},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dp distribution_point package_count=?",
			// Not every distribution point holds everything.
			"site PS1 primary\nrole PS1 dp distribution_point\nhierarchy package_count=20000",
		},
	},
	"LIM-FSP": {
		Violated:  []string{"site PS1 primary\nrole PS1 fsp fallback_status_point clients=100001"},
		Satisfied: []string{"site PS1 primary\nrole PS1 fsp fallback_status_point clients=100000"},
		Undecided: []string{"site PS1 primary clients.windows=100001\nrole PS1 fsp fallback_status_point\n" + ruletest.Repeated(5, "role PS1 mp%d management_point"), "site PS1 primary\nrole PS1 fsp fallback_status_point clients=?"},
	},
	"LIM-DWSP": {
		Violated: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=59",
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=2187",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=60",
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=2186",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 dw data_warehouse_service_point", "site PS1 primary\nrole PS1 dw data_warehouse_service_point retention_days=?"},
	},
	"LIM-DP-PER-SITE": {
		Violated: []string{
			"site PS1 primary\n" + ruletest.Crowd("PS1", 251, ""),
			"site PS1 primary\nsite SS1 secondary PS1\n" + ruletest.Crowd("SS1", 251, ""),
		},
		Satisfied: []string{
			"site PS1 primary\n" + ruletest.Crowd("PS1", 250, ""),
			"site PS1 primary\nsite SS1 secondary PS1\n" + ruletest.Crowd("PS1", 250, "") + ruletest.Crowd("SS1", 250, ""),
			// Pull-distribution points count by themselves.
			"site PS1 primary\n" + ruletest.PullSource + ruletest.Crowd("PS1", 251, ruletest.Pulled),
		},
		Undecided: []string{
			// Whether the distribution point on the site server counts is not written down.
			"site PS1 primary\nrole PS1 ps1 distribution_point\n" + ruletest.Crowd("PS1", 250, ""),
			"site PS1 primary\n" + ruletest.Crowd("PS1", 250, "") + "role PS1 dp distribution_point pull_sources=?",
			"site PS1 primary\n" + ruletest.Crowd("PS1", 250, "") + "role PS1 srv ?",
		},
	},
	"LIM-DP-PULL-PER-SITE": {
		Violated: []string{
			"site PS1 primary\n" + ruletest.PullSource + ruletest.Crowd("PS1", 2250, ruletest.Pulled),
			// A warning, from the number of pull-distribution points alone.
			"site PS1 primary\n" + ruletest.PullSource + ruletest.Crowd("PS1", 2001, ruletest.Pulled),
		},
		Satisfied: []string{
			"site PS1 primary\n" + ruletest.PullSource + ruletest.Crowd("PS1", 2000, ruletest.Pulled),
			"site PS1 primary\n" + ruletest.Crowd("PS1", 251, ""),
		},
		Undecided: []string{
			"site PS1 primary\n" + ruletest.PullSource + ruletest.Crowd("PS1", 2000, ruletest.Pulled) + "role PS1 dp distribution_point pull_sources=?",
			"site PS1 primary\nrole PS1 srv ?",
		},
	},
	"LIM-DP-PER-TREE": {
		Violated:  []string{ruletest.Grove(19, 1)},
		Satisfied: []string{ruletest.Grove(19, 0)},
		Undecided: []string{"site PS1 primary\nrole PS1 srv ?", "site ? primary site_server=ps1.contoso.com"},
	},
}

// expected is a hierarchy with required roles for the Windows clients of a site.
func expected(code string, windows int) string {
	return fmt.Sprintf(`hierarchy required_roles={"contoso":{"sites":{%q:{"clients":{"windows":%d},"roles":{}}}}}`, code, windows)
}
