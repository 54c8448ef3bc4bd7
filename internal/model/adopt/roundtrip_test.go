package adopt

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// tree is an object as model.Decode reads it.
type tree = map[string]any

// decoded returns the hierarchy of a tree.
func decoded(t testing.TB, of tree) *model.Hierarchy {
	t.Helper()
	h := &model.Hierarchy{}
	if problems := model.Decode(h, of); len(problems) > 0 {
		t.Fatal(problems)
	}
	return h
}

const seeds = 300

func generated(seed uint64) tree {
	return adopttest.Generate(seed, 1+int(seed%3), int(seed%2), 2+int(seed%4))
}

// The generator is kept honest: what it makes is what the rules let through.
func TestGenerated_IsValid(t *testing.T) {
	for seed := range uint64(seeds) {
		h := decoded(t, generated(seed))
		for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(h, true), rule.Options{Environment: rule.Lab}).Findings {
			if f.Severity == rule.SeverityError {
				t.Fatalf("seed %d: %s: %s", seed, f.Summary(), f.Found)
			}
		}
	}
}

func readBack(t testing.TB, text string) *Export {
	t.Helper()
	e, err := Read(text, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What is exported is read as it was, attribute by attribute, and nothing differs.
func TestRoundTrip(t *testing.T) {
	for seed := range uint64(seeds) {
		want := generated(seed)
		e := readBack(t, adopttest.Text(want))
		if len(e.Notes) > 0 {
			t.Fatalf("seed %d: notes %v", seed, e.Notes)
		}
		got := Tree(e.Hierarchy)
		for _, kind := range []string{"sites", "site_system_servers", "role_assignments"} {
			a, b := want[kind].(tree), got[kind].(tree)
			if x, y := slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)); !slices.Equal(x, y) {
				t.Fatalf("seed %d: %s are %q, expected %q", seed, kind, y, x)
			}
			for key := range a {
				element := maps.Clone(b[key].(tree))
				delete(element, "unknown")
				if !reflect.DeepEqual(a[key], element) {
					t.Fatalf("seed %d: %s[%q] is\n%v, expected\n%v", seed, kind, key, element, a[key])
				}
			}
		}
		if drift := Compare(decoded(t, want), e.Hierarchy); !drift.Empty() {
			t.Fatalf("seed %d: %v", seed, drift)
		}
		// What the function returns is read again as the same.
		if drift := Compare(decoded(t, want), decoded(t, got)); !drift.Empty() {
			t.Fatalf("seed %d: decoded again: %v", seed, drift)
		}
		for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(decoded(t, got), true), rule.Options{Environment: rule.Lab}).Findings {
			if f.Severity == rule.SeverityError {
				t.Fatalf("seed %d: %s: %s", seed, f.Summary(), f.Found)
			}
		}
	}
}

// mutate returns another value of the same kind.
func mutate(name string, node any) any {
	others := map[string][2]any{
		"site_type": {"primary", "secondary"}, "client_communication": {"https_only", "enhanced_http"}, "version": {"2603", "2509"},
		"protocol": {"https", "http"}, "client_connections": {"intranet", "internet"}, "pxe": {"responder", "windows_deployment_services"},
		"certificate": {"self_signed", "pki"}, "rate_limits": {"unlimited", "pulse_mode"}, "mode": {"online", "offline"},
		"operating_system": {"windows_server_2022", "windows_server_2019"}, "certificate_expiration": {"2031-03-14", "2032-03-14"},
		"setup_media": {"cd_latest", "baseline"}, "azure_environment": {"public", "us_government"},
	}
	if pair, ok := others[name]; ok {
		if node == pair[0] {
			return pair[1]
		}
		return pair[0]
	}
	switch node := node.(type) {
	case string:
		return "other." + node
	case bool:
		return !node
	case int64:
		return node + 1
	case []any:
		return append(slices.Clone(node), "other.contoso.com")
	}
	return nil
}

// Each attribute that is mapped is compared: another value in the design is one line, at
// the path of the attribute.
func TestCompare_OneMutationIsOneLine(t *testing.T) {
	mutated := map[string]int{}
	for seed := range uint64(40) {
		h := generated(seed)
		mutateAll(t, fmt.Sprint("seed ", seed), h, readBack(t, adopttest.Text(h)).Hierarchy, mutated)
	}
	// What the generator does not make.
	rare := readBack(t, rareSettings)
	mutateAll(t, "rare settings", Tree(rare.Hierarchy), rare.Hierarchy, mutated)
	// Every attribute of a site, server and role that the mapping of the rows gives a value.
	for _, path := range []string{
		"role_assignments.distribution_point.allow_anonymous", "role_assignments.distribution_point.allow_prestaged_content",
		"role_assignments.distribution_point.boundary_groups", "role_assignments.distribution_point.certificate",
		"role_assignments.distribution_point.certificate_expiration", "role_assignments.distribution_point.client_connections",
		"role_assignments.distribution_point.connected_cache", "role_assignments.enrollment_point.database_connection_account",
		"role_assignments.enrollment_proxy_point.enrollment_point", "cloud_management_gateways.azure_environment", "cloud_management_gateways.installed",
		"role_assignments.distribution_point.minimum_free_space",
		"role_assignments.distribution_point.multicast.maximum_clients", "role_assignments.distribution_point.multicast.udp_port_end",
		"role_assignments.distribution_point.multicast.udp_port_start", "role_assignments.distribution_point.primary_content_drive",
		"role_assignments.distribution_point.primary_package_drive", "role_assignments.distribution_point.protocol",
		"role_assignments.distribution_point.pull_sources", "role_assignments.distribution_point.pxe",
		"role_assignments.distribution_point.pxe_response_delay", "role_assignments.distribution_point.rate_limits",
		"role_assignments.distribution_point.secondary_content_drive", "role_assignments.installed", "role_assignments.management_point.allow_cmg_traffic",
		"role_assignments.management_point.allow_mobile_devices", "role_assignments.management_point.boundary_groups",
		"role_assignments.management_point.client_connections", "role_assignments.management_point.database_connection_account",
		"role_assignments.management_point.database_replica.database_name", "role_assignments.management_point.database_replica.instance",
		"role_assignments.management_point.database_replica.server", "role_assignments.management_point.protocol",
		"role_assignments.reporting_services_point.account", "role_assignments.reporting_services_point.database_server",
		"role_assignments.reporting_services_point.folder_name", "role_assignments.reporting_services_point.report_server_instance",
		"role_assignments.service_connection_point.mode", "role_assignments.software_update_point.allow_cmg_traffic",
		"role_assignments.software_update_point.client_connections", "role_assignments.software_update_point.http_port",
		"role_assignments.software_update_point.https_port", "role_assignments.software_update_point.protocol",
		"role_assignments.software_update_point.synchronization_source", "role_assignments.software_update_point.use_proxy",
		"role_assignments.software_update_point.use_proxy_for_automatic_deployment_rules", "role_assignments.software_update_point.wsus_connection_account",
		"role_assignments.software_update_point.wsus_database_instance", "role_assignments.software_update_point.wsus_database_server",
		"site_system_servers.client_installed", "site_system_servers.client_site_code", "site_system_servers.domain", "site_system_servers.forest",
		"site_system_servers.installation_account", "site_system_servers.internet_fqdn", "site_system_servers.operating_system",
		"site_system_servers.proxy.port", "site_system_servers.proxy.server_name", "site_system_servers.site_server_initiates_connections",
		"sites.client_communication", "sites.client_ports.http", "sites.client_ports.https", "sites.content_library_path", "sites.database.instance",
		"sites.database.name", "sites.database.port", "sites.database.server", "sites.database.service_account", "sites.database.service_broker_port",
		"sites.domain", "sites.forest", "sites.install_directory", "sites.installed", "sites.name", "sites.network_access_accounts",
		"sites.passive_site_server", "sites.setup_media", "sites.site_server", "sites.site_type", "sites.sms_providers", "sites.use_pki_client_certificates",
		"sites.version",
	} {
		if mutated[path] == 0 {
			t.Errorf("%s is never changed", path)
		}
	}
}

// rareSettings is an export with the settings that few hierarchies have.
const rareSettings = `{
	"SMS_Site": {"SiteCode": "PS1", "SiteName": "One", "ServerName": "ps1.contoso.com", "ReportingSiteCode": "", "Type": 2, "BuildNumber": 9146},
	"SMS_SCI_SiteDefinition": {"SiteCode": "PS1", "SiteServerName": "ps1.contoso.com", "ParentSiteCode": "", "SiteType": 2, "Props": [{"PropertyName": "Install Media", "Value1": "Cd.latest"}]},
	"SMS_SCI_SysResUse": [
		{"SiteCode": "PS1", "RoleName": "SMS Site Server", "NetworkOSPath": "ps1.contoso.com", "Type": 2},
		{"SiteCode": "PS1", "RoleName": "SMS Device Management Point", "NetworkOSPath": "mp.contoso.com"},
		{"SiteCode": "PS1", "RoleName": "SMS Management Point", "NetworkOSPath": "mp.contoso.com", "SslState": 1, "Props": [
			{"PropertyName": "UseSiteDatabase", "Value": 0}, {"PropertyName": "SQLServerName", "Value2": "sql9.contoso.com"},
			{"PropertyName": "DatabaseName", "Value2": "REPL\\CM_PS1_REPL"}, {"PropertyName": "UserName", "Value2": "contoso\\svc"}]},
		{"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "mp.contoso.com", "Props": [
			{"PropertyName": "AllowInternetClients", "Value": 0}, {"PropertyName": "DoincEnabled", "Value": 1}]},
		{"SiteCode": "PS1", "RoleName": "SMS Enrollment Web Site", "NetworkOSPath": "mp.contoso.com", "Props": [{"PropertyName": "ServiceHostName", "Value2": "mp.contoso.com"}]},
		{"SiteCode": "PS1", "RoleName": "SMS Enrollment Server", "NetworkOSPath": "mp.contoso.com", "Props": [{"PropertyName": "UserName", "Value2": "contoso\\enroll"}]}],
	"SMS_AzureService": [{"Name": "contosocmg", "DeploymentModel": 1, "AzureEnvironmentId": 1}]}`

// mutateAll gives each attribute of a design another value, one at a time, and expects one
// line at its path. It counts the paths, and changes each a few times only.
func mutateAll(t *testing.T, about string, h tree, live *model.Hierarchy, mutated map[string]int) {
	t.Helper()
	for _, kind := range []string{"sites", "site_system_servers", "role_assignments", "cloud_management_gateways"} {
		elements, _ := h[kind].(tree)
		for key, element := range elements {
			eachLeaf(element.(tree), nil, func(at []string, parent tree, name string) {
				path := strings.Join(append(append([]string{kind}, at...), name), ".")
				if mutated[path] > 3 || path == "cloud_management_gateways.name" { // by which it is found
					return
				}
				before := parent[name]
				after := mutate(name, before)
				if name == "pull_sources" {
					sources := maps.Clone(before.(tree))
					sources["other.contoso.com"] = int64(9)
					after = sources
				}
				parent[name] = after
				drift := Compare(decoded(t, h), live)
				parent[name] = before
				mutated[path]++
				want := model.At(kind).Key(key)
				for _, step := range append(slices.Clone(at), name) {
					want = want.Attr(step)
				}
				if len(drift.Different) != 1 || len(drift.Missing)+len(drift.Unexpected) != 0 || drift.Different[0].Path.String() != want.String() {
					t.Errorf("%s: %s = %v in place of %v gives %v", about, want, after, before, drift)
				}
			})
		}
	}
}

// eachLeaf visits the attributes that can have another value without being another element.
func eachLeaf(element tree, at []string, visit func(at []string, parent tree, name string)) {
	for _, name := range slices.Sorted(maps.Keys(element)) {
		switch node := element[name].(type) {
		case tree:
			if name == "pull_sources" {
				visit(at, element, name)
			} else if name != "parent" && name != "server" && name != "site" {
				eachLeaf(node, append(slices.Clone(at), name), visit)
			}
		default:
			if name != "site_code" && name != "fqdn" && name != "role" && name != "unknown" {
				visit(at, element, name)
			}
		}
	}
}

// An attribute that the design does not set, and whose null is a statement, differs from
// one that is there.
func TestCompare_NullCanBeAStatement(t *testing.T) {
	for _, remove := range []struct{ kind, attribute string }{
		{"sites", "passive_site_server"}, {"sites", "content_library_path"}, {"sites", "parent"}, {"site_system_servers", "internet_fqdn"},
		{"site_system_servers", "proxy"}, {"distribution_point", "pull_sources"}, {"distribution_point", "pxe"}, {"distribution_point", "multicast"},
	} {
		found := false
		for seed := uint64(0); seed < 50 && !found; seed++ {
			h := generated(seed)
			live := readBack(t, adopttest.Text(h)).Hierarchy
			kind := remove.kind
			if kind == "distribution_point" {
				kind = "role_assignments"
			}
			for _, element := range h[kind].(tree) {
				holder := element.(tree)
				if kind != remove.kind {
					holder, _ = holder[remove.kind].(tree)
				}
				if holder == nil || holder[remove.attribute] == nil {
					continue
				}
				delete(holder, remove.attribute)
				if remove.attribute == "pxe" {
					delete(holder, "pxe_response_delay")
				}
				drift := Compare(decoded(t, h), live)
				if len(drift.Different) != 1 || drift.Different[0].Declared.IsKnown() || drift.Different[0].Live.IsNull() {
					t.Errorf("seed %d: without %s: %v", seed, remove.attribute, drift)
				}
				found = true
				break
			}
		}
		if !found {
			t.Errorf("no hierarchy has %s", remove.attribute)
		}
	}
}

func TestCompare_MissingAndUnexpected(t *testing.T) {
	h := generated(3)
	live := readBack(t, adopttest.Text(h)).Hierarchy
	for id := range h["role_assignments"].(tree) {
		role := adopttest.RoleNames[h["role_assignments"].(tree)[id].(tree)["role"].(string)]
		if role != "SMS Distribution Point" && role != "SMS Fallback Status Point" || h["role_assignments"].(tree)[id].(tree)["server"].(tree)["site"].(tree)["site_code"].(string)[0] == 'S' {
			continue
		}
		less := tree{}
		maps.Copy(less, h)
		less["role_assignments"] = without(h["role_assignments"].(tree), id)
		drift := Compare(decoded(t, less), live)
		if len(drift.Unexpected) != 1 || drift.Unexpected[0].ID != id || len(drift.Missing)+len(drift.Different) != 0 {
			t.Errorf("without %s: %v", id, drift)
		}
		fewer := readBack(t, adopttest.Text(less)).Hierarchy
		drift = Compare(decoded(t, h), fewer)
		if len(drift.Missing) != 1 || drift.Missing[0].ID != id || len(drift.Unexpected)+len(drift.Different) != 0 {
			t.Errorf("with %s: %v", id, drift)
		}
	}
}

func without(all tree, key string) tree {
	rest := maps.Clone(all)
	delete(rest, key)
	return rest
}
