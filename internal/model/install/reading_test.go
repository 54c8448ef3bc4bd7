package install

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// TestRead_SaysWhatIsMissing has designs of which no text can be written: the first thing
// that is missing is named by its place.
func TestRead_SaysWhatIsMissing(t *testing.T) {
	with := func(name string, e object) object {
		h := hierarchy([]object{ps1})
		h[name] = object{"x": e}
		return h
	}
	without := func(name string) object {
		s := site("PS1", "primary", nil)
		delete(s, name)
		return object{"sites": object{"x": s}}
	}
	for name, c := range map[string]struct {
		tree object
		want string
	}{
		"nothing":              {hierarchy([]object{ps1}), ""},
		"code of a site":       {without("site_code"), `sites["x"].site_code: The value is needed here`},
		"site server":          {without("site_server"), `sites["x"].site_server: The value is needed here`},
		"site type":            {without("site_type"), `sites["x"].site_type: A site needs a site_type`},
		"name of a server":     {with("site_system_servers", object{"site": ps1}), `site_system_servers["x"].fqdn: The value is needed here`},
		"site of a server":     {with("site_system_servers", object{"fqdn": "a.contoso.com"}), `site_system_servers["x"].site: A server needs a site`},
		"code of its site":     {with("site_system_servers", object{"fqdn": "a.contoso.com", "site": object{}}), `site_system_servers["x"].site.site_code: The value is needed here`},
		"a site that is there": {with("site_system_servers", object{"fqdn": "a.contoso.com", "site": ss1}), `site_system_servers["x"].site.site_code: The map sites lists no site "SS1"`},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if err := Read(decodeHierarchy(t, c.tree)).Problem(); err != nil {
				got = err.Error()
			}
			if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
				t.Errorf("the problem is %q, expected %q", got, c.want)
			}
		})
	}
}

// TestPlan_LeavesOutWhatIsNotWhole has role assignments that lack what a step needs: the
// others keep theirs.
func TestPlan_LeavesOutWhatIsNotWhole(t *testing.T) {
	for name, a := range map[string]object{
		"a role":               {"server": object{"fqdn": "x.contoso.com", "site": ps1}},
		"a server":             {"role": managementPoint},
		"a site":               {"role": managementPoint, "server": object{"fqdn": "x.contoso.com"}},
		"the code of a site":   {"role": managementPoint, "server": object{"fqdn": "x.contoso.com", "site": object{"site_type": "primary"}}},
		"the name of a server": {"role": managementPoint, "server": object{"site": ps1}},
	} {
		t.Run(name, func(t *testing.T) {
			h := hierarchy([]object{ps1}, at("mp", managementPoint, nil))
			h["role_assignments"].(object)["x"] = a
			plan := ForHierarchy(decodeHierarchy(t, h))
			var roles []string
			for _, s := range plan.Steps {
				if s.Action == DoAddRole {
					roles = append(roles, s.ID)
				}
			}
			if want := []string{"PS1/mp.contoso.com/management_point"}; plan.Unknown || !slices.Equal(roles, want) {
				t.Errorf("unknown %v, roles %q, expected %q", plan.Unknown, roles, want)
			}
		})
	}
}

// TestPullSources_AreRanked has sources without a rank after those that have one.
func TestPullSources_AreRanked(t *testing.T) {
	a := at("dp", distributionPoint, object{"pull_sources": object{
		"a.contoso.com": nil, "b.contoso.com": int64(2), "c.contoso.com": nil, "d.contoso.com": int64(1), "D.contoso.com": int64(1),
	}})
	settings, _ := decodeAssignment(t, a).DistributionPoint.Get()
	sources, _ := pullSources(&reading{}, settings)
	var hosts []string
	for _, s := range sources {
		hosts = append(hosts, strings.TrimSuffix(s.host, ".contoso.com"))
	}
	if want := []string{"d", "b", "a", "c"}; !slices.Equal(hosts, want) {
		t.Errorf("the sources are %q, expected %q", hosts, want)
	}
}

// TestPlan_PullsFromASecondarySite has a source that the setup of a secondary site
// brings: what pulls from it waits for the site.
func TestPlan_PullsFromASecondarySite(t *testing.T) {
	ss := site("SS1", "secondary", ps1)
	plan := ForHierarchy(decodeHierarchy(t, hierarchy([]object{ps1, ss},
		role(ss, "ss1.contoso.com", distributionPoint, nil),
		role(ss, "dp.contoso.com", distributionPoint, object{"pull_sources": object{"ss1.contoso.com": int64(1)}}))))
	i := slices.IndexFunc(plan.Steps, func(s Step) bool { return s.ID == "SS1/dp.contoso.com/distribution_point" })
	if i < 0 || !slices.Contains(plan.Steps[i].Requires, "SS1/setup") && !slices.Contains(plan.Steps[i].Requires, "SS1/site_ready") {
		t.Errorf("the steps are %+v", plan.Steps)
	}
}

// TestServers_KeepTheNewerProgram has one computer that is to serve two sites: the newer
// of two releases stays, in either order of the sites.
func TestServers_KeepTheNewerProgram(t *testing.T) {
	for _, versions := range [][2]string{{"2019", "2022"}, {"2022", "2019"}} {
		database := func(version string) object {
			return object{"database": object{"server": "sql.contoso.com", "instance": "I" + version, "sql_version": version}}
		}
		first, second := site("PS1", "primary", nil, database(versions[0])), site("PS2", "primary", nil, database(versions[1]))
		for _, server := range ForHierarchy(decodeHierarchy(t, hierarchy([]object{first, second}))).Servers {
			for _, p := range server.Programs {
				if server.FQDN == "sql.contoso.com" && p.Name == programDatabase && p.Version != "2022" {
					t.Errorf("with %v, SQL Server is %s", versions, p.Version)
				}
			}
		}
	}
}

// TestServers_OfOldVersions has IIS for the SMS Provider up to version 2006, and no
// programs of a version that the tables do not have.
func TestServers_OfOldVersions(t *testing.T) {
	for version, want := range map[string]bool{"2006": true, "2010": false} {
		s := site("PS1", "primary", nil, object{"version": version, "sms_providers": []any{"prov.contoso.com"}})
		for _, server := range ForHierarchy(decodeHierarchy(t, hierarchy([]object{s}))).Servers {
			if server.FQDN != "prov.contoso.com" {
				continue
			}
			if got := slices.Contains(server.Features, providerFeature); got != want {
				t.Errorf("version %s has IIS for its provider: %v", version, got)
			}
			if _, known := product.ReleaseFor(2006); !known && len(server.Programs) > 0 {
				t.Errorf("version %s has the programs %v", version, server.Programs)
			}
		}
	}
}

// TestPlan_PassiveSiteServerWaitsForItsFolder has a folder that is not known: neither are
// the steps.
func TestPlan_PassiveSiteServerWaitsForItsFolder(t *testing.T) {
	s := site("PS1", "primary", nil, object{"passive_site_server": "ps1b.contoso.com", "install_directory": unknown, "installed": true})
	if plan := ForHierarchy(decodeHierarchy(t, hierarchy([]object{s}))); !plan.Unknown {
		t.Errorf("the steps are decided: %+v", plan.Steps)
	}
}
