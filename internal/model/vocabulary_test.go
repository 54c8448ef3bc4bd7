package model

import (
	"regexp"
	"slices"
	"testing"
)

// Every enumeration is made of words that can be typed, none twice.
func TestEnumerations(t *testing.T) {
	word := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	for name, values := range map[string][]string{
		"site types": SiteTypes(), "branches": Branches(), "client communications": ClientCommunications(), "forest trusts": ForestTrusts(), "media": SetupMedia(),
		"editions": DatabaseEditions(), "authentications": DatabaseAuthentications(), "update sources": SoftwareUpdateSources(),
		"domain controllers": DomainControllers(), "links": SiteServerLinks(), "operating systems": OperatingSystems(),
		"protocols": Protocols(), "client connections": ClientConnections(), "PXE services": PXEServices(), "certificates": Certificates(), "rate limits": RateLimits(),
		"synchronization sources": SynchronizationSources(), "WSUS web sites": WSUSWebsites(), "existing WSUS": ExistingWSUSUses(), "modes": ServiceConnectionModes(),
		"deployments": GatewayDeployments(), "environments": Environments(), "report places": ReportPlaces(), "roles": AssignableRoles(),
		"features": FeatureKeys(), "certificate requests": CertificateRequests(),
		"requirements": Requirements(), "installations": WindowsInstallations(), "Mac certificates": MacCertificates(), "requestable roles": RequestableRoles(),
		"ADK components": ADKComponents(), "report servers": ReportingServicesKinds(), "server certificates": ServerCertificates(), "locations": Locations(),
		"readable secondaries": ReadableSecondaries(), "primary role connections": PrimaryRoleConnections(),
	} {
		if len(values) < 2 {
			t.Errorf("%s: %v", name, values)
		}
		for i, v := range values {
			if !word.MatchString(v) || slices.Contains(values[:i], v) {
				t.Errorf("%s: %q is no word, or there twice", name, v)
			}
		}
	}
}

// Every table row names its source.
func TestTablesNameTheirSources(t *testing.T) {
	sourced := func(what string, s Source) {
		if s.Article == (Article{}) || s.URL() == "" || s.Title() == "" {
			t.Errorf("%s has no source", what)
		}
	}
	for _, r := range Roles() {
		sourced(r.Key, r.Source)
		if r.Name == "" || r.Abbreviation == "" || r.Kind != RoleAssignable && r.Instead == "" {
			t.Errorf("the role %s lacks a name, an abbreviation or what to declare instead", r.Key)
		}
	}
	for _, key := range OperatingSystems() {
		os := systemOf(key)
		sourced(os.Key, os.Source)
		if os.RefusedFrom != 0 && os.History == "" {
			t.Errorf("%s is refused without its history", os.Key)
		}
	}
	for _, r := range Releases() {
		sourced(r.Version.String(), r.Source)
	}
}

func TestNearest(t *testing.T) {
	for name, want := range map[string][]string{
		"primery":             {"primary"},
		"Primary":             {"primary"},
		"secondry":            {"secondary"},
		"central":             {"central_administration"},
		"central admin":       {"central_administration"},
		"stand_alone_primary": {"primary"},
		"xyz":                 {},
		"":                    {},
	} {
		if got := Nearest(name, SiteTypes()); !slices.Equal(got, want) {
			t.Errorf("near %q: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"MP": roleManagementPoint, "sup": roleSoftwareUpdatePoint, "Management Point": roleManagementPoint, "distribution-point": roleDistributionPoint,
		"managment_point": roleManagementPoint, "fallback_status": roleFallbackStatusPoint,
	} {
		if got := NearestRoles(name); len(got) == 0 || got[0] != want {
			t.Errorf("near %q: %q, want %q first", name, got, want)
		}
	}
}

func TestParseVersion(t *testing.T) {
	for _, text := range []string{"1511", "2203", "2409", "2609", "2703", "3012"} {
		if v, err := ParseVersion(text); err != nil || v.String() != text {
			t.Errorf("%q is read as %s, %v", text, v, err)
		}
	}
	for text, want := range map[string]string{
		"":        "not a Configuration Manager version",
		"24":      "not a Configuration Manager version",
		"24.09":   "not a Configuration Manager version",
		"current": "not a Configuration Manager version",
		"-203":    "not a Configuration Manager version",
		"2408":    `Did you mean "2409"`,
		"1202":    "is not a release",
		"2613":    "is not a release",
		"9999":    "is not a release",
	} {
		_, err := ParseVersion(text)
		checkError(t, text, err, want)
	}
}

func TestParseDate(t *testing.T) {
	if day, err := ParseDate("2026-11-22"); err != nil || day.Year() != 2026 {
		t.Errorf("%v, %v", day, err)
	}
	_, err := ParseDate("22.11.2026")
	checkError(t, "22.11.2026", err, "not a date")
}

func TestReleasesAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(Releases(), func(a, b Release) int { return int(a.Version - b.Version) }) {
		t.Error("the releases are not sorted by version")
	}
	if _, ok := ReleaseOf(DefaultVersion); !ok {
		t.Error("the default version is no release")
	}
	if _, ok := ReleaseOf(2408); ok {
		t.Error("2408 is no release")
	}
}

func TestCheckUpdate(t *testing.T) {
	for _, test := range []struct {
		from, to Version
		want     string
	}{
		{2409, 2409, ""},
		{2409, 2603, ""},
		{2309, 2503, ""},
		{1511, 2303, ""}, // not recorded
		{2409, 2703, ""}, // a release that is not known
		{2509, 2403, "no site goes back"},
		{2403, 2603, `First update to a release between them: set version = "2509"`},
		{2309, 2609, `set version = "2503"`},
		{2207, 2603, "Update release by release"},
	} {
		checkError(t, test.from.String()+" to "+test.to.String(), CheckUpdate(test.from, test.to), test.want)
	}
}
