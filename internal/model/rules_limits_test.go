package model

import (
	"fmt"
	"strings"
	"testing"
)

// primaries writes primary sites below the site CAS, each with a management point for
// every 25,000 of its clients.
func primaries(n int, clients string, managementPoints int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "site P%02d primary CAS %s\n", i, clients)
		for j := range managementPoints {
			fmt.Fprintf(&b, "role P%02d p%02d-mp%d management_point\n", i, i, j)
		}
	}
	return b.String()
}

// crowd writes distribution points on servers of their own.
func crowd(site string, n int, settings string) string {
	return repeated(n, "role "+site+" "+strings.ToLower(site)+"-dp%d distribution_point "+settings)
}

// grove is a primary site with secondary sites, each with as many standard
// distribution points as a site may have, and some more at the last one.
func grove(secondaries, more int) string {
	var b strings.Builder
	b.WriteString("site PS1 primary\n" + crowd("PS1", 250, ""))
	for i := range secondaries {
		code := fmt.Sprintf("S%02d", i)
		b.WriteString("site " + code + " secondary PS1\n" + crowd(code, 250, ""))
	}
	if more > 0 {
		b.WriteString("site SSX secondary PS1\n" + crowd("SSX", more, ""))
	}
	return b.String()
}

const (
	topSite = "site CAS central_administration\n"
	pulled  = `pull_sources={"src.contoso.com":1}`
	// pullSource is the distribution point that the others pull from, on the site server.
	pullSource = "role PS1 src distribution_point\n"
)

func TestRules_limits(t *testing.T) { runCases(t, limitsChapter(), scaleCases) }

var scaleCases = map[string]cases{
	"LIM-HIER-CAS-TOTAL": {
		violated: []string{
			topSite + primaries(5, "clients.windows=140001", 6),
			topSite + primaries(2, "clients.macos=12501", 1) + "role P00 dp distribution_point\n",
			topSite + primaries(4, "clients.mobile_devices=25001", 2) + "role P00 ep enrollment_point\nrole P00 epx enrollment_proxy_point\nrole P00 dp distribution_point\n",
			// Clients of secondary sites count, and a central administration site need not be listed.
			topSite + primaries(5, "clients.windows=139000", 6) + repeated(10, "site S%02d secondary P00 clients.windows=14401"),
			"site PS1 primary parent.site_code=CAS parent.site_type=central_administration clients.macos=25001\nrole PS1 mp management_point",
		},
		satisfied: []string{
			topSite + primaries(5, "clients.windows=140000 clients.macos=5000 clients.mobile_devices=20000", 7),
			"site PS1 primary clients.windows=10\nrole PS1 mp management_point",
			topSite,
		},
		undecided: []string{
			topSite + primaries(1, "clients.windows=10", 1),
			topSite + primaries(1, "clients=?", 1),
			topSite + "site PS1 primary ?\n",
			"site PS1 primary parent.site_code=CAS parent.site_type=central_administration clients.windows=10 clients.macos=0 clients.mobile_devices=0\nrole PS1 mp management_point",
		},
	},
	"LIM-CHILDPRI": {
		violated: []string{
			topSite + primaries(1, "clients.windows=150001", 7),
			topSite + primaries(1, "clients.windows=149000 clients.macos=1001", 7),
			topSite + primaries(1, "clients.windows=1000", 1) + repeated(11, "site S%02d secondary P00 clients.windows=14000"),
		},
		satisfied: []string{
			topSite + primaries(1, "clients.windows=150000", 6),
			topSite + primaries(1, "clients.windows=149000 clients.macos=1000", 6),
			// Those of the secondary sites are among those of the primary site.
			topSite + primaries(1, "clients.windows=150000", 6) + repeated(10, "site S%02d secondary P00 clients.windows=15000"),
			"site PS1 primary clients.windows=150000 clients.macos=25000\n" + repeated(7, "role PS1 mp%d management_point"),
		},
		undecided: []string{
			topSite + primaries(1, "", 1), topSite + primaries(1, "clients.windows=?", 1),
			"site PS1 primary ? clients.windows=150001\n" + repeated(7, "role PS1 mp%d management_point"),
		},
	},
	"LIM-SAPRI": {
		violated: []string{
			"site PS1 primary clients.windows=150001\n" + repeated(7, "role PS1 mp%d management_point"),
			"site PS1 primary clients.macos=25001\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.mobile_devices=50001\n" + repeated(3, "role PS1 mp%d management_point") + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point\nrole PS1 dp distribution_point",
			"site PS1 primary clients.windows=150000 clients.macos=25000 clients.mobile_devices=1\n" + repeated(8, "role PS1 mp%d management_point") + "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point\nrole PS1 dp distribution_point",
			"site PS1 primary clients.windows=1000\nrole PS1 mp management_point\n" + repeated(11, "site S%02d secondary PS1 clients.windows=14000"),
		},
		satisfied: []string{
			"site PS1 primary clients.windows=150000 clients.macos=25000 clients.mobile_devices=0\n" + repeated(7, "role PS1 mp%d management_point"),
			"site PS1 primary clients.windows=100000 clients.macos=25000 clients.mobile_devices=50000\n" + repeated(7, "role PS1 mp%d management_point"),
			topSite,
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary clients.windows=10 clients.macos=?\nrole PS1 mp management_point",
			"site PS1 primary clients=?\nrole PS1 mp management_point",
		},
	},
	"LIM-SECONDARY": {
		violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 clients.windows=15001"},
		satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1 clients.windows=15000", "site PS1 primary clients.windows=15001\nrole PS1 mp management_point"},
		undecided: []string{"site PS1 primary\nsite SS1 secondary PS1", "site PS1 primary\nsite SS1 secondary PS1 clients.windows=?"},
	},
	"LIM-EMBEDDED": {
		violated: []string{
			"site PS1 primary clients.windows=20000 clients.windows_embedded_with_exceptions=10001\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=20000 clients.windows_embedded_without_exceptions=3001\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=20000\nrole PS1 mp management_point\n" + repeated(2, "site S%02d secondary PS1 clients.windows=9000 clients.windows_embedded_without_exceptions=1501"),
		},
		satisfied: []string{
			"site PS1 primary clients.windows=20000 clients.windows_embedded_with_exceptions=10000 clients.windows_embedded_without_exceptions=3000\nrole PS1 mp management_point",
			topSite,
		},
		undecided: []string{
			"site PS1 primary clients.windows=20000\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=20000 clients.windows_embedded_with_exceptions=?\nrole PS1 mp management_point",
		},
	},
	"LIM-MP-COUNT": {
		violated: []string{
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point",
			topSite + primaries(1, "clients.windows=40000 clients.macos=10001", 2),
			"site PS1 primary clients.windows=50001\nrole PS1 mp management_point\nsite S01 secondary PS1 clients.windows=15000\nsite S02 secondary PS1 clients.windows=10000",
		},
		satisfied: []string{
			"site PS1 primary clients.windows=25000\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
			// The others use the management points of the secondary sites.
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nsite S01 secondary PS1 clients.windows=15000\nsite S02 secondary PS1 clients.windows=10000",
			"site PS1 primary clients.windows=0",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary clients.windows=?\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=40000\nrole PS1 mp management_point\nsite S01 secondary PS1",
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point\nrole PS1 srv ?",
		},
	},
	"LIM-MP-CLIENTS": {
		violated: []string{
			"site PS1 primary\nrole PS1 mp management_point clients=25001",
			"site PS1 primary\nrole PS1 mp management_point clients=20000 macos=10001",
			"site PS1 primary\nrole PS1 mp management_point clients=20000 mobile_devices=10001",
			"site PS1 primary\nrole PS1 mp management_point clients=20000 macos=5001 mobile_devices=5000",
		},
		satisfied: []string{
			"site PS1 primary\nrole PS1 mp management_point clients=25000 macos=10000 mobile_devices=0",
			"site PS1 primary\nrole PS1 mp management_point clients=25000 macos=0 mobile_devices=10000",
			"site PS1 primary\nrole PS1 mp management_point clients=25000 macos=5000 mobile_devices=5000",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary\nrole PS1 mp management_point clients=10",
			"site PS1 primary\nrole PS1 mp management_point clients=? macos=0 mobile_devices=0",
		},
	},
	"LIM-DP-CLIENTS": {
		violated:  []string{"site PS1 primary\nrole PS1 dp distribution_point clients=4001"},
		satisfied: []string{"site PS1 primary\nrole PS1 dp distribution_point clients=4000"},
		undecided: []string{"site PS1 primary\nrole PS1 dp distribution_point", "site PS1 primary\nrole PS1 dp distribution_point clients=?"},
	},
	"LIM-DP-PACKAGES": {
		violated:  []string{"site PS1 primary\nrole PS1 dp distribution_point package_count=10001"},
		satisfied: []string{"site PS1 primary\nrole PS1 dp distribution_point package_count=10000"},
		undecided: []string{
			"site PS1 primary\nrole PS1 dp distribution_point package_count=?",
			// Not every distribution point holds everything.
			"site PS1 primary\nrole PS1 dp distribution_point\nhierarchy package_count=20000",
		},
	},
	"LIM-FSP": {
		violated:  []string{"site PS1 primary\nrole PS1 fsp fallback_status_point clients=100001"},
		satisfied: []string{"site PS1 primary\nrole PS1 fsp fallback_status_point clients=100000"},
		undecided: []string{"site PS1 primary clients.windows=100001\nrole PS1 fsp fallback_status_point\n" + repeated(5, "role PS1 mp%d management_point"), "site PS1 primary\nrole PS1 fsp fallback_status_point clients=?"},
	},
	"LIM-DWSP": {
		violated: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=59",
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=2187",
		},
		satisfied: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=60",
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=contoso.com\\dw retention_days=2186",
		},
		undecided: []string{"site PS1 primary\nrole PS1 dw data_warehouse_service_point", "site PS1 primary\nrole PS1 dw data_warehouse_service_point retention_days=?"},
	},
	"LIM-DP-PER-SITE": {
		violated: []string{
			"site PS1 primary\n" + crowd("PS1", 251, ""),
			"site PS1 primary\nsite SS1 secondary PS1\n" + crowd("SS1", 251, ""),
		},
		satisfied: []string{
			"site PS1 primary\n" + crowd("PS1", 250, ""),
			"site PS1 primary\nsite SS1 secondary PS1\n" + crowd("PS1", 250, "") + crowd("SS1", 250, ""),
			// Pull-distribution points count by themselves.
			"site PS1 primary\n" + pullSource + crowd("PS1", 251, pulled),
		},
		undecided: []string{
			// Whether the distribution point on the site server counts is not written down.
			"site PS1 primary\nrole PS1 ps1 distribution_point\n" + crowd("PS1", 250, ""),
			"site PS1 primary\n" + crowd("PS1", 250, "") + "role PS1 dp distribution_point pull_sources=?",
			"site PS1 primary\n" + crowd("PS1", 250, "") + "role PS1 srv ?",
		},
	},
	"LIM-DP-PULL-PER-SITE": {
		violated: []string{
			"site PS1 primary\n" + pullSource + crowd("PS1", 2250, pulled),
			// A warning, from the number of pull-distribution points alone.
			"site PS1 primary\n" + pullSource + crowd("PS1", 2001, pulled),
		},
		satisfied: []string{
			"site PS1 primary\n" + pullSource + crowd("PS1", 2000, pulled),
			"site PS1 primary\n" + crowd("PS1", 251, ""),
		},
		undecided: []string{
			"site PS1 primary\n" + pullSource + crowd("PS1", 2000, pulled) + "role PS1 dp distribution_point pull_sources=?",
			"site PS1 primary\nrole PS1 srv ?",
		},
	},
	"LIM-DP-PER-TREE": {
		violated:  []string{grove(19, 1)},
		satisfied: []string{grove(19, 0)},
		undecided: []string{"site PS1 primary\nrole PS1 srv ?", "site ? primary site_server=ps1.contoso.com"},
	},
}
