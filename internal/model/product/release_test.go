package product

import (
	"bytes"
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The table has exactly the releases of the list, and of each what the list says.
func TestReleasesAreThoseOfTheArticles(t *testing.T) {
	data, err := os.ReadFile("testdata/releases.csv")
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	orDash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	var have [][]string
	for _, r := range Releases() {
		kit, full := "", []string{}
		if n := len(r.Kits.Supported); n > 0 {
			kit = r.Kits.Supported[n-1]
		}
		for _, name := range r.SQLServers {
			if !strings.HasSuffix(name, expressSuffix) {
				full = append(full, name)
			}
		}
		have = append(have, []string{r.Version.String(), r.Build, r.Available, r.SupportEnds, strconv.FormatBool(r.Baseline), orDash(r.Driver.Least), orDash(kit),
			slices.Max(full), slices.Min(full), NewestServer(r.Version).Key})
	}
	for _, want := range rows[1:] {
		i := slices.IndexFunc(have, func(row []string) bool { return row[0] == want[0] })
		switch {
		case i < 0:
			t.Errorf("the table has no row for version %s", want[0])
		case !slices.Equal(have[i], want):
			t.Errorf("the table has\n%v, the list\n%v", have[i], want)
		}
	}
	for _, row := range have {
		if !slices.ContainsFunc(rows[1:], func(want []string) bool { return want[0] == row[0] }) {
			t.Errorf("version %s is on no list", row[0])
		}
	}
}

// What a release does not say is nothing that it has from an older one: every set is there,
// and what was known of the release before is known of it as well.
func TestEveryReleaseSaysWhatItTakes(t *testing.T) {
	for i, r := range releases {
		if len(r.Systems) == 0 || len(r.SQLServers) == 0 || r.Kits.Source == (Source{}) || r.Source == (Source{}) {
			t.Errorf("version %s lacks operating systems, SQL Server, kits or a source", r.Version)
		}
		for _, key := range r.Systems {
			if SystemOf(key) == nil {
				t.Errorf("version %s supports the unknown system %q", r.Version, key)
			}
		}
		for _, name := range r.SQLServers {
			if !slices.ContainsFunc(sqlServers, func(s SQLServer) bool { return s.Name() == name }) {
				t.Errorf("version %s supports the unknown SQL Server %q", r.Version, name)
			}
		}
		if i == 0 {
			continue
		}
		before := releases[i-1]
		for what, lost := range map[string]bool{
			"build":                      r.Build <= before.Build && len(r.Build) == len(before.Build),
			"day of availability":        r.Available <= before.Available,
			"last day":                   r.SupportEnds == "",
			"list of kits":               len(before.Kits.Supported) > 0 && len(r.Kits.Supported) == 0,
			"driver":                     before.Driver.Least != "" && r.Driver.Least == "",
			".NET Framework":             before.Framework.Least != "" && r.Framework.Least == "",
			"recommended .NET Framework": before.Recommended.Least != "" && r.Recommended.Least == "",
			"sizes of gateways":          before.GatewaySizes != nil && r.GatewaySizes == nil,
			"oldest version":             before.UpdateFrom != 0 && r.UpdateFrom == 0 && r.Version > 2002,
		} {
			if lost {
				t.Errorf("version %s: the %s of the version before is not carried on", r.Version, what)
			}
		}
		for _, b := range before.Blocks {
			if !slices.Contains(r.Blocks, b) {
				t.Errorf("version %s: %q is not refused any more", r.Version, b)
			}
		}
	}
}

// The bounds that rules read agree with the rows, and a version that is newer than all of
// them is judged by the newest row.
func TestBoundsAgreeWithTheReleases(t *testing.T) {
	newer := NewestVersion() + 100
	for _, v := range append([]Version{newer}, versionsOf(releases)...) {
		row, ok := ReleaseFor(v)
		if !ok {
			t.Fatalf("version %s is judged by no row", v)
		}
		if v == newer && row.Version != NewestVersion() {
			t.Errorf("version %s is judged by the row of %s", v, row.Version)
		}
		for _, os := range operatingSystems {
			if os.RefusedBy(v) == slices.Contains(row.Systems, os.Key) {
				t.Errorf("version %s and %s: the bounds and the row do not agree", v, os.Key)
			}
		}
		for _, s := range sqlServers {
			within := v >= s.From.Version && (s.Until.Version == 0 || v < s.Until.Version)
			if within != slices.Contains(row.SQLServers, s.Name()) {
				t.Errorf("version %s and SQL Server %s: the bounds and the row do not agree", v, s.Name())
			}
		}
		if full, express := NewestSQLServer(v, false), NewestSQLServer(v, true); !slices.Contains(row.SQLServers, full) || !slices.Contains(row.SQLServers, express+expressSuffix) {
			t.Errorf("version %s does not accept the SQL Server %q or %q Express that is proposed for it", v, full, express)
		}
		if NewestServer(v).RefusedBy(v) {
			t.Errorf("version %s does not accept the system that is proposed for it", v)
		}
	}
	for _, v := range []Version{1510, 2408, 2604} {
		if row, ok := ReleaseFor(v); ok {
			t.Errorf("version %s, which is none, is judged by the row of %s", v, row.Version)
		}
	}
}

func versionsOf(list []Release) []Version {
	versions := make([]Version, len(list))
	for i, r := range list {
		versions[i] = r.Version
	}
	return versions
}

func TestGatewaySizes(t *testing.T) {
	for _, test := range []struct {
		version        Version
		size           string
		offered, known bool
		instead        string
	}{
		{2609, GatewaySizeD2ads, true, true, GatewaySizeD2ads},
		{2609, GatewaySizeA2v2, false, true, GatewaySizeD4ads},
		{2709, GatewaySizeB2s, false, true, GatewaySizeD2ads},
		{2603, GatewaySizeD8ads, false, true, GatewaySizeA4v2},
		{2603, GatewaySizeA2v2, true, true, GatewaySizeA2v2},
		{2010, GatewaySizeD2ads, false, true, ""},
		{2010, GatewaySizeA2v2, false, false, ""},
	} {
		if offered, known := GatewaySizeOffered(test.version, test.size); offered != test.offered || known != test.known {
			t.Errorf("version %s and %s: offered %t, known %t", test.version, test.size, offered, known)
		}
		if instead, _ := GatewaySizeAt(test.version, test.size); instead != test.instead {
			t.Errorf("version %s and %s: %q instead, want %q", test.version, test.size, instead, test.instead)
		}
	}
}

func TestCompareReleases(t *testing.T) {
	for _, test := range []struct {
		a, b  string
		order int
		ok    bool
	}{
		{"4.6", "4.6.2", -1, true}, {"4.8", "4.8.0", 0, true}, {"4.8.1", "4.8", 1, true}, {"4", "4.6.2", -1, true}, {"4.10", "4.9", 1, true}, {"new", "4.8", 0, false},
	} {
		if order, ok := CompareReleases(test.a, test.b); order != test.order || ok != test.ok {
			t.Errorf("%s and %s compare as %d, %t", test.a, test.b, order, ok)
		}
	}
}
