package rules_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// What a finding proposes for an attribute is accepted by the version: the design with the
// proposed value has no finding about that attribute.
func TestProposedValuesAreAccepted(t *testing.T) {
	const kit = `inventory.adk_components=["deployment_tools","windows_pe","user_state_migration_tool"] inventory.`
	for _, test := range []struct {
		attribute string
		design    string // of a value
		values    []string
		fewest    int // proposals
	}{
		{"sql_version", "site PS1 primary database.edition=standard database.sql_version=%q", product.SQLVersions(), 100},
		{"sql_version", "site PS1 primary\nsite SS1 secondary PS1 database.edition=express database.sql_version=%q", product.SQLVersions(), 100},
		{"sql_version", "review 2026-11-01\nsite PS1 primary version=\"2603\" database.edition=standard database.sql_version=%q", product.SQLVersions(), 1},
		{"operating_system", "site PS1 primary\nserver PS1 srv operating_system=%s\nrole PS1 srv distribution_point\nrole PS1 srv management_point", product.OperatingSystems(), 50},
		{"operating_system", "site PS1 primary\nserver PS1 srv operating_system=%s\nrole PS1 srv distribution_point", product.OperatingSystems(), 50},
		{"adk_version", "site PS1 primary\nserver PS1 ps1 " + kit + "adk_version=%q", []string{"10.1.17763.1", "10.1.19041.1", "10.1.25398.1", "10.1.26100.1", "10.1.26100.2454", "10.1.28000.1"}, 20},
		{"odbc_driver_version", "site PS1 primary\nserver PS1 ps1 inventory.odbc_driver_version=%q", []string{"none", "17.10.6.1", "18.1.0.1", "18.4.1.1", "18.6.1.1", "18.7.1.1"}, 20},
		{"dotnet_version", "site PS1 primary\nserver PS1 ps1 inventory.dotnet_version=%q", []string{"none", "4.0", "4.5.2", "4.6", "4.7.2"}, 20},
		{"vm_size", "site PS1 primary\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=contosocmg\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"contosocmg\",\"vm_size\":%q}}",
			[]string{product.GatewaySizeB2s, product.GatewaySizeA2v2, product.GatewaySizeA4v2, product.GatewaySizeD2ads, product.GatewaySizeD4ads, product.GatewaySizeD8ads}, 20},
		{"version", "review 2026-11-01\nsite PS1 primary version=%q", versionNames(), 15},
	} {
		proposals := 0
		proposal := regexp.MustCompile(`\b` + test.attribute + ` = "([^"]+)"`)
		for _, version := range append(versionNames(), "2709") {
			if test.attribute == "version" && version != "2603" {
				continue
			}
			judge := func(value string) []rule.Finding {
				text := strings.ReplaceAll(fmt.Sprintf(test.design, value), "008 R2", `008\u0020R2`)
				d := ruletest.Parse(t, "version "+version+"\n"+text)
				var about []rule.Finding
				for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
					if at := f.Path.String(); at == test.attribute || strings.HasSuffix(at, "."+test.attribute) {
						about = append(about, f)
					}
				}
				return about
			}
			for _, value := range test.values {
				for _, f := range judge(value) {
					match := proposal.FindStringSubmatch(f.Fix)
					if match == nil {
						continue
					}
					proposals++
					if test.attribute == "version" {
						checkStep(t, value, match[1])
						continue
					}
					for _, again := range judge(match[1]) {
						t.Errorf("version %s, %s = %q: %s proposes %q, of which %s says: %s", version, test.attribute, value, f.Rule.ID, match[1], again.Rule.ID, again.Found)
					}
				}
			}
		}
		if proposals < test.fewest {
			t.Errorf("%d values were proposed for %s, at least %d are expected", proposals, test.attribute, test.fewest)
		}
	}
}

// checkStep tests that a site can be updated from one version to the one that is proposed.
func checkStep(t *testing.T, from, to string) {
	t.Helper()
	a, errA := product.ParseVersion(from)
	b, errB := product.ParseVersion(to)
	if errA != nil || errB != nil || b <= a || product.CheckUpdate(a, b) != nil {
		t.Errorf("version %q is proposed for a site that runs %q", to, from)
	}
}

func versionNames() []string {
	var names []string
	for _, r := range product.Releases() {
		names = append(names, r.Version.String())
	}
	return names
}

// A finding about a computer that stands for itself proposes another one, which is free or
// has the role.
func TestProposedComputersAreOtherOnes(t *testing.T) {
	const pulling = "site PS1 primary\nrole PS1 dp01 distribution_point pull_sources="
	for _, test := range []struct{ id, design, want string }{
		{"REF-PULL-SOURCE", pulling + `{"nas.fabrikam.com":1}`, `such as "dp02.contoso.com"`},
		{"REF-PULL-SOURCE", pulling + `{"nas.fabrikam.com":1}` + "\nrole PS1 dp07 distribution_point", `{ "dp07.contoso.com" = 1 }`},
		{"DP-PULL-SOURCE-MIN", pulling + `{"dp01.contoso.com":1}`, `{ "dp02.contoso.com" = 1 }`},
		{"DP-PULL-SOURCE-MIN", pulling + "{}", `{ "dp02.contoso.com" = 1 }`},
		{"REF-DISTINCT", "site PS1 primary site_server=ps102.contoso.com passive_site_server=ps102.contoso.com", `passive_site_server = "ps103.contoso.com"`},
	} {
		checkFix(t, test.id, test.design, test.want)
	}
}

// checkFix tests that a design has a finding of a rule, and each of them a text in its fix.
func checkFix(t *testing.T, id, design, want string) {
	t.Helper()
	d := ruletest.Parse(t, design)
	found := false
	for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
		if f.Rule.ID != id {
			continue
		}
		if found = true; !strings.Contains(f.Fix, want) {
			t.Errorf("%s: the fix is %q, want %s in it:\n%s", id, f.Fix, want, design)
		}
	}
	if !found {
		t.Errorf("%s does not report\n%s", id, design)
	}
}

// What a finding tells to type is accepted: it names what the design has where that is asked
// for, and what is free where something new is.
func TestProposalsFitTheDesign(t *testing.T) {
	const (
		sites    = "site C01 central_administration\nsite NYC primary C01\n"
		shared   = "site C01 central_administration database.server=sql.contoso.com database.port=1435\nsite NYC primary C01 database.server=sql.contoso.com "
		tailspin = "site NYC primary domain=corp.net site_server=nyc.corp.net\n" +
			"server NYC srv.tailspin.com domain=tailspin.com forest=tailspin.com untrusted_forest=true site_server_initiates_connections=true "
	)
	for _, test := range []struct{ id, design, want string }{
		{"HIER-EXPAND-LANGS", "site C01 central_administration client_languages=[\"DEU\"]\nsite NYC primary C01 client_languages=[\"JPN\"]", `client_languages = ["DEU", "JPN"]`},
		{"COMM-BG-MP-WINPE", "version 2509\nsite NYC primary\nrole NYC dp distribution_point pxe=responder boundary_groups=[\"Oslo\"]\nrole NYC mp management_point boundary_groups=[\"Bergen\"]",
			`boundary_groups = ["Oslo"]`},
		{"HIER-DVIEW-LINK", sites + "site SEC secondary NYC\nhierarchy distributed_views=[\"SEC\"]", `distributed_views = ["NYC"]`},
		{"HIER-DVIEW-LINK", "site NYC primary\nhierarchy distributed_views=[\"NYC\"]", `distributed_views = []`},
		{"HIER-DVIEW-PROVIDER", "site C01 central_administration database.server=sqlx.contoso.com\nsite NYC primary C01\nhierarchy distributed_views=[\"NYC\"]", `sms_providers = ["sqlx.contoso.com"]`},
		{"HIER-COLLATION", "site C01 central_administration database.collation=Chinese_Simplified_Pinyin_100_CI_AI\nsite NYC primary C01 database.collation=SQL_Latin1_General_CP1_CI_AS",
			`collation = "Chinese_Simplified_Pinyin_100_CI_AI" in the database block of NYC`},
		{"HIER-CLIENT-ASSIGN-PRIMARY", sites + "server NYC srv client_site_code=C01", `client_site_code = "NYC"`},
		{"HIER-CLIENT-ASSIGN-PRIMARY", sites + "server C01 srv client_site_code=C01", `client_site_code = "NYC"`},
		{"COLO-CLIENT-SAME-SITE", sites + "site LAX primary C01\nsite SEC secondary NYC\nserver SEC srv client_site_code=LAX", `client_site_code = "NYC"`},
		{"HIER-SECONDARY-PARENT", "site 0A1 primary\nsite SEC secondary", "parent = configmgr_site.site_0a1."},
		{"HIER-PRIMARY-PARENT", sites + "site LAX primary NYC", "parent = configmgr_site.c01,"},
		{"HIER-ONE-ROOT", "site NYC primary parent.site_code=C09 parent.site_type=central_administration\nsite LAX primary", "parent = configmgr_site.c09."},
		{"SITE-CODE-RESERVED", "site C01 central_administration\nsite PS1 primary C01\nsite AUX primary C01\nhierarchy retired_site_codes=[\"PS2\"]", `site_code = "PS3"`},
		{"REF-SITE", sites + "hierarchy distributed_views=[\"XYZ\"]", "sites = { xyz = configmgr_site.xyz }"},
		{"REF-HOST", "site NYC primary content_library_path=\\\\fs01.contosso.com\\lib$\\nyc\nrole NYC dp distribution_point", `Write "\\\\fs01.contoso.com\\lib$\\nyc".`},
		{"DB-UNIQUE-PORTS", shared + "database.instance=NYC database.port=1435 database.service_broker_port=4023", "port = 1433 and service_broker_port = 4023"},
		{"DB-UNIQUE-PORTS", "site C01 central_administration database.server=sql.contoso.com\nsite NYC primary C01 database.server=sql.contoso.com database.instance=NYC",
			"port = 1435 and service_broker_port = 4023"},
		{"DB-DEDICATED-INSTANCE", shared, `instance = "CMNYC", port = 1433 and service_broker_port = 4023`},
		{"MPREP-PARAMS", "site NYC primary site_server=nyc.corp.net\nrole NYC mp.corp.net management_point database_replica.database_name=REP", `server = "sql01.corp.net"`},
		{"SRV-UNTRUSTED-ACCOUNT", tailspin, `installation_account = "tailspin.com\\svc-install"`},
		{"SRV-UNTRUSTED-SUP", tailspin + "\nrole NYC srv.tailspin.com software_update_point", `"tailspin.com\\svc-role", in wsus_connection_account`},
		{"SRV-UNTRUSTED-DBACCOUNT", tailspin + "\nrole NYC srv.tailspin.com management_point", `"corp.net\\svc-role", in database_connection_account`},
		{"DP-PULL-SOURCE-MIN", "site NYC primary\nrole NYC east distribution_point\nrole NYC dp01 management_point\nrole NYC west distribution_point pull_sources={}", `pull_sources = { "east.contoso.com" = 1 }`},
		{"COLO-FSP-DEDICATED", "site NYC primary\nserver NYC fsp01\nrole NYC mp fallback_status_point\nrole NYC mp management_point", `fqdn = "fsp02.contoso.com"`},
		{"HA-SSP-REMOTE-DB", "site C01 central_administration database.server=sql01.contoso.com\nsite NYC primary C01 passive_site_server=nyc2.contoso.com content_library_path=\\\\fs1\\lib",
			`server = "sql02.contoso.com"`},
		{"DB-AZURE-SQL", "site NYC primary site_server=nyc.corp.net database.server=ag.corp.net database.availability_group.replicas=[\"sql01.corp.net\",\"x.database.windows.net\"]",
			`name that one instead, such as "sql02.corp.net"`},
		{"AG-LISTENER", "site NYC primary site_server=nyc.corp.net database.availability_group.replicas=[\"sql1.corp.net\"]", `server = "cmlistener01.corp.net"`},
	} {
		checkFix(t, test.id, test.design, test.want)
	}
}

// A site server moves by way of a passive one, which a secondary site cannot have.
func TestProposalForARenamedSiteServer(t *testing.T) {
	for _, test := range []struct {
		site    string
		passive bool
	}{{"primary", true}, {"secondary PS1", false}} {
		d := ruletest.Parse(t, "site SS1 "+test.site+" installed=true site_server=new.contoso.com\nprior\nsite SS1 "+test.site+" installed=true site_server=old.contoso.com")
		found := false
		for _, f := range d.Judge(t).Found {
			if f.Rule.ID != "SRV-RENAME-IMMUTABLE" {
				continue
			}
			if found = true; strings.Contains(f.Fix, "passive_site_server") != test.passive {
				t.Errorf("a %s site: the fix is %q", test.site, f.Fix)
			}
		}
		if !found {
			t.Errorf("a %s site is not reported", test.site)
		}
	}
}
