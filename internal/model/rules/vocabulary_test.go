package rules_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/needs"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Every enumeration is made of words that can be typed, none twice.
func TestEnumerations(t *testing.T) {
	word := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	for name, values := range map[string][]string{
		"site types": product.SiteTypes(), "branches": model.Branches(), "client communications": model.ClientCommunications(), "forest trusts": model.ForestTrusts(), "media": model.SetupMedia(),
		"editions": model.DatabaseEditions(), "authentications": model.DatabaseAuthentications(), "update sources": model.SoftwareUpdateSources(),
		"domain controllers": model.DomainControllers(), "links": model.SiteServerLinks(), "operating systems": product.OperatingSystems(),
		"protocols": model.Protocols(), "client connections": model.ClientConnections(), "PXE services": model.PXEServices(), "certificates": model.Certificates(), "rate limits": model.RateLimits(),
		"synchronization sources": model.SynchronizationSources(), "WSUS web sites": model.WSUSWebsites(), "existing WSUS": model.ExistingWSUSUses(), "modes": model.ServiceConnectionModes(),
		"deployments": model.GatewayDeployments(), "environments": rule.Environments(), "report places": rule.ReportPlaces(), "roles": product.AssignableRoles(),
		"features": model.FeatureKeys(), "certificate requests": model.CertificateRequests(),
		"requirements": model.Requirements(), "installations": model.WindowsInstallations(), "Mac certificates": model.MacCertificates(), "requestable roles": needs.RequestableRoles(),
		"ADK components": model.ADKComponents(), "report servers": model.ReportingServicesKinds(), "server certificates": model.ServerCertificates(), "locations": model.Locations(),
		"readable secondaries": model.ReadableSecondaries(), "primary role connections": model.PrimaryRoleConnections(),
	} {
		if len(values) < 2 {
			t.Errorf("%s: %v", name, values)
		}
		for i, v := range values {
			if !word.MatchString(v) || slices.Contains(values[:i], v) {
				t.Errorf("%s: %q is not a word, or there twice", name, v)
			}
		}
	}
}

// Every table row names its source.
func TestTablesNameTheirSources(t *testing.T) {
	sourced := func(what string, s product.Source) {
		if s.Article == (product.Article{}) || s.URL() == "" || s.Title() == "" {
			t.Errorf("%s has no source", what)
		}
	}
	for _, r := range product.Roles() {
		sourced(r.Key, r.Source)
		if r.Name == "" || r.Abbreviation == "" || r.Kind != product.RoleAssignable && r.Instead == "" {
			t.Errorf("the role %s lacks a name, an abbreviation or what to declare instead", r.Key)
		}
	}
	for _, key := range product.OperatingSystems() {
		os := product.SystemOf(key)
		sourced(os.Key, os.Source)
		if os.RefusedFrom != 0 && os.History == "" {
			t.Errorf("%s is refused without its history", os.Key)
		}
	}
	for _, r := range product.Releases() {
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
		if got := product.Nearest(name, product.SiteTypes()); !slices.Equal(got, want) {
			t.Errorf("near %q: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"MP": product.RoleManagementPoint, "sup": product.RoleSoftwareUpdatePoint, "Management Point": product.RoleManagementPoint, "distribution-point": product.RoleDistributionPoint,
		"managment_point": product.RoleManagementPoint, "fallback_status": product.RoleFallbackStatusPoint,
	} {
		if got := product.NearestRoles(name); len(got) == 0 || got[0] != want {
			t.Errorf("near %q: %q, want %q first", name, got, want)
		}
	}
}

func TestParseVersion(t *testing.T) {
	for _, text := range []string{"1511", "2203", "2409", "2609", "2703", "3012"} {
		if v, err := product.ParseVersion(text); err != nil || v.String() != text {
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
		_, err := product.ParseVersion(text)
		checkError(t, text, err, want)
	}
}

func TestParseDate(t *testing.T) {
	if day, err := product.ParseDate("2026-11-22"); err != nil || day.Year() != 2026 {
		t.Errorf("%v, %v", day, err)
	}
	_, err := product.ParseDate("22.11.2026")
	checkError(t, "22.11.2026", err, "not a date")
}

func TestReleasesAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(product.Releases(), func(a, b product.Release) int { return int(a.Version - b.Version) }) {
		t.Error("the releases are not sorted by version")
	}
	if _, ok := product.ReleaseOf(product.DefaultVersion); !ok {
		t.Error("the default version is not a release")
	}
	if _, ok := product.ReleaseOf(2408); ok {
		t.Error("2408 is not a release")
	}
}

func TestCheckUpdate(t *testing.T) {
	for _, test := range []struct {
		from, to product.Version
		want     string
	}{
		{2409, 2409, ""},
		{2409, 2603, ""},
		{2309, 2503, ""},
		{1511, 1606, ""}, // not recorded
		{1511, 2303, "Update release by release"},
		{2409, 2703, ""}, // a release that is not known
		{2509, 2403, "no site goes back"},
		{2403, 2603, `First update to a release between them: set version = "2509"`},
		{2309, 2609, `set version = "2503"`},
		{2207, 2603, `First update to a release between them: set version = "2309"`},
	} {
		checkError(t, test.from.String()+" to "+test.to.String(), product.CheckUpdate(test.from, test.to), test.want)
	}
}
