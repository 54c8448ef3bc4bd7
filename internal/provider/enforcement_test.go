package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// The rules below have no check: they hold because of what a configuration can say,
// and because of the order in which Terraform makes changes.

// attempt is what an administrator might type against an inexpressible rule.
type attempt struct {
	rule string
	refusal
}

const (
	unsupportedArgument = "Unsupported argument"
	unsupportedBlock    = "Unsupported block type"
	wrongType           = "Incorrect attribute value type"
)

// unknownArgument is an argument that no resource of the kind has.
func unknownArgument(rule, name, value string) attempt {
	return attempt{rule, refusal{name: name, argument: name, value: value, summary: unsupportedArgument, text: `An argument named "` + name + `" is not expected here.`}}
}

// unknownSetting is a setting that a block does not have.
func unknownSetting(rule, block, setting, value string) attempt {
	return attempt{rule, refusal{
		name: block + "_" + setting, block: block + " { " + setting + " = " + value + " }",
		summary: unsupportedArgument, text: `An argument named "` + setting + `" is not expected here.`,
	}}
}

// roleOfSetup is a role that comes with something else.
func roleOfSetup(rule, key string) attempt {
	return attempt{rule, refusal{name: key, argument: "role", value: `"` + key + `"`, summary: "Invalid role", text: rule + `: The role "` + key + `"`}}
}

var siteAttempts = []attempt{
	// There is no type of site without a software update point, and no other type.
	{"ROLE-SITE-SUP", refusal{name: "another_type", argument: "site_type", value: `"regional"`, summary: "Invalid value", text: `Valid values: "central_administration", "primary", "secondary".`}},
	{"ROLE-CARD-SSP", refusal{
		name: "two_passive_site_servers", argument: "passive_site_server", value: `["cm02.contoso.com", "cm03.contoso.com"]`, summary: wrongType,
		text: `Inappropriate value for attribute "passive_site_server": string required`,
	}},
	{"ROLE-CARD-SSP", refusal{
		name: "list_of_passive_site_servers", argument: "passive_site_servers", value: `["cm02.contoso.com", "cm03.contoso.com"]`, summary: unsupportedArgument,
		text: `Did you mean "passive_site_server"?`,
	}},
	unknownArgument("SRV-FUNCTIONAL-LEVEL", "functional_level", `"windows_server_2003"`),
	unknownArgument("SRV-FUNCTIONAL-LEVEL", "forest_functional_level", `"windows_server_2003"`),
	unknownArgument("SRV-ACCOUNT-PASSWORD-PCT", "network_access_account_password", `"50%"`),
	unknownArgument("SRV-UNTRUSTED-EP", "user_forest", `"fabrikam.com"`),
	unknownSetting("DB-64BIT", "database", "architecture", `"x86"`),
	unknownSetting("DB-64BIT", "database", "features", `["SSMS"]`),
	{"DB-64BIT", refusal{name: "32_bit_by_version", block: `database { sql_version = "2014 x86" }`, summary: "Invalid value", text: `"2014 x86" is not a valid value.`}},
	unknownSetting("FCI-DPM", "database", "backup", `"data_protection_manager"`),
	{"FCI-DPM", refusal{
		name: "backup_of_a_cluster", block: "database {\n failover_cluster { backup = \"data_protection_manager\" }\n}",
		summary: unsupportedArgument, text: `An argument named "backup" is not expected here.`,
	}},
}

var serverAttempts = []attempt{
	{"COLO-PROXY-ONE", refusal{
		name: "two_proxies", block: "proxy { server_name = \"a.contoso.com\" }\nproxy { server_name = \"b.contoso.com\" }",
		summary: "Duplicate proxy block", text: `Only one block of type "proxy" is allowed.`,
	}},
	unknownArgument("SRV-FUNCTIONAL-LEVEL", "domain_functional_level", `"windows_server_2003"`),
	unknownArgument("SRV-64BIT", "architecture", `"x86"`),
	{"SRV-64BIT", refusal{name: "32_bit_by_name", argument: "operating_system", value: `"windows_server_2008_x86"`, summary: "Invalid value", text: `"windows_server_2008_x86" is not a valid value.`}},
	unknownArgument("SRV-STATIC-IP", "ip_address", `"192.0.2.10"`),
	unknownArgument("SRV-STATIC-IP", "network_adapters", "2"),
	unknownArgument("SRV-STATIC-IP", "dhcp", "true"),
	{"SRV-INSTALL-ACCOUNT-ONE", refusal{
		name: "two_accounts", argument: "installation_account", value: `["contoso.com\\a", "contoso.com\\b"]`, summary: wrongType,
		text: `Inappropriate value for attribute "installation_account": string required`,
	}},
	unknownArgument("SRV-ACCOUNT-PASSWORD-PCT", "installation_account_password", `"50%"`),
	unknownArgument("DEP-ACCOUNT-EXCLUSIVE", "use_computer_account", "true"),
}

var roleAttempts = []attempt{
	roleOfSetup("ROLE-SITE-SS", "site_server"),
	roleOfSetup("ROLE-SITE-SYS", "site_system"),
	roleOfSetup("ROLE-SITE-CMP", "component_server"),
	roleOfSetup("ROLE-SITE-DB", "site_database_server"),
	{"COLO-PROXY-ONE", refusal{
		name: "proxy_of_a_role", block: "proxy { server_name = \"proxy.contoso.com\" }", summary: unsupportedBlock, text: `Blocks of type "proxy" are not expected here.`,
	}},
	unknownSetting("COLO-PROXY-ONE", "software_update_point", "proxy", `"proxy.contoso.com"`),
	unknownArgument("SRV-INSTALL-ACCOUNT-ONE", "installation_account", `"contoso.com\\svc"`),
	unknownSetting("SRV-ACCOUNT-PASSWORD-PCT", "reporting_services_point", "password", `"50%"`),
	unknownSetting("SRV-UNTRUSTED-EP", "enrollment_point", "user_forest", `"fabrikam.com"`),
	unknownSetting("COMM-FSP-HTTP", "fallback_status_point", "protocol", `"https"`),
	unknownSetting("COMM-EP-HTTPS", "enrollment_point", "protocol", `"http"`),
	unknownSetting("COMM-EP-HTTPS", "enrollment_proxy_point", "protocol", `"http"`),
	unknownSetting("COMM-CRP-HTTPS", "certificate_registration_point", "protocol", `"http"`),
	{"COMM-CONN-TYPE", refusal{name: "neither", block: `management_point { client_connections = "none" }`, summary: "Invalid value", text: `"none" is not a valid value.`}},
	{"COMM-CONN-TYPE", refusal{name: "neither_for_distribution", block: `distribution_point { client_connections = "vpn" }`, summary: "Invalid value", text: `"vpn" is not a valid value.`}},
	{"COMM-CONN-TYPE", refusal{name: "neither_for_updates", block: `software_update_point { client_connections = "" }`, summary: "Invalid value", text: `"" is not a valid value.`}},
	unknownSetting("CMG-ROLES", "distribution_point", "allow_cmg_traffic", "true"),
	unknownSetting("CMG-ROLES", "enrollment_proxy_point", "allow_cmg_traffic", "true"),
	unknownArgument("CMG-ROLES", "allow_cmg_traffic", "true"),
	unknownSetting("DP-PULL-NOT-CLOUD", "cloud_management_gateway_connection_point", "pull_sources", `{ "dp01.contoso.com" = 1 }`),
	{"DP-PULL-NOT-CLOUD", refusal{name: "cloud_service", argument: "role", value: `"cloud_management_gateway"`, summary: "Invalid role", text: `The role "cloud_management_gateway" (cloud management gateway) cannot be assigned.`}},
	unknownSetting("DEP-MCC-DP", "management_point", "connected_cache", "true"),
	{"DEP-MCC-DP", refusal{name: "connected_cache_as_a_role", argument: "role", value: `"microsoft_connected_cache"`, summary: "Invalid role", text: `cannot be assigned.`}},
	{"DEP-MULTICAST-DP", refusal{name: "multicast_as_a_role", argument: "role", value: `"multicast_service_point"`, summary: "Invalid role", text: `cannot be assigned.`}},
	{"DEP-MULTICAST-DP", refusal{
		name: "multicast_elsewhere", block: "management_point {\n multicast { maximum_clients = 100 }\n}", summary: unsupportedBlock, text: `Blocks of type "multicast" are not expected here.`,
	}},
}

func TestAccEnforcement_Inexpressible(t *testing.T) {
	site := `{ site_code = "PS1", site_type = "primary" }`
	for _, group := range []struct {
		kind     string
		right    hcl
		attempts []attempt
	}{
		{"configmgr_site", primarySite, siteAttempts},
		{"configmgr_site_system_server", managementPointServer.but("site", site), serverAttempts},
		{"configmgr_role_assignment", managementPoint.but("server", `{ fqdn = "mp01.contoso.com", site = `+site+` }`), roleAttempts},
	} {
		t.Run(group.kind, func(t *testing.T) {
			refusals := make([]refusal, len(group.attempts))
			for i, a := range group.attempts {
				refusals[i] = a.refusal
				refusals[i].name = strings.ToLower(strings.ReplaceAll(a.rule, "-", "_")) + "_" + a.name
			}
			expectRefusals(t, "", group.kind, group.right, refusals)
		})
	}
}

// TestAccEnforcement_InexpressibleByAnotherRole gives a role the block of another
// one: the rules about a setting hold only if it cannot be borrowed.
func TestAccEnforcement_InexpressibleByAnotherRole(t *testing.T) {
	right := managementPoint.but("server", `{ fqdn = "mp01.contoso.com", site = { site_code = "PS1", site_type = "primary" } }`)
	config, kind := "", "configmgr_role_assignment"
	borrowed := map[string]string{ // block to the role that takes it
		"connected_cache": right.resource(kind, "connected_cache", "distribution_point { connected_cache = true }"),
		"multicast":       right.resource(kind, "multicast", "distribution_point {\n multicast { maximum_clients = 100 }\n}"),
		"pull_sources": right.but("role", `"cloud_management_gateway_connection_point"`).
			resource(kind, "pull_sources", `distribution_point { pull_sources = { "dp01.contoso.com" = 1 } }`),
		"allow_cmg_traffic": right.but("role", `"state_migration_point"`).resource(kind, "allow_cmg_traffic", "management_point { allow_cmg_traffic = true }"),
		"protocol":          right.but("role", `"fallback_status_point"`).resource(kind, "protocol", `management_point { protocol = "https" }`),
	}
	for _, text := range borrowed {
		config += text
	}
	found := planErrors(t, config)
	if len(found) != len(borrowed) {
		t.Errorf("%d errors, expected %d: %+v", len(found), len(borrowed), found)
	}
	for _, e := range found {
		if _, ok := borrowed[strings.TrimPrefix(e.address, kind+".")]; !ok || e.summary != "Settings of another role" {
			t.Errorf("unexpected error: %+v", e)
		}
	}
}

// TestEnforcement_EveryInexpressibleRuleIsTried keeps the table complete.
func TestEnforcement_EveryInexpressibleRuleIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, a := range slices.Concat(siteAttempts, serverAttempts, roleAttempts) {
		tried[a.rule] = true
		if found, ok := rules.Catalog().RuleByID(a.rule); !ok || found.Enforcement != rule.Inexpressible {
			t.Errorf("%s is not an inexpressible rule", a.rule)
		}
	}
	for _, r := range rules.Catalog().Rules() {
		switch {
		case r.Enforcement == rule.Inexpressible && !tried[r.ID]:
			t.Errorf("%s: nothing tries to violate it", r.ID)
		case r.Enforcement == rule.KeptByGraph && len(orderOf[r.ID]) == 0:
			t.Errorf("%s: nothing shows the order", r.ID)
		}
	}
}

// recorder is a journal of the changes that Terraform makes.
type recorder struct {
	mu      sync.Mutex
	entries []string
}

func (r *recorder) add(entry string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries = append(r.entries, entry)
}

// take returns the journal and starts a new one.
func (r *recorder) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := r.entries
	r.entries = nil
	return taken
}

// recordingServer is this provider with a journal: of every change its begin and its
// end, as in "begin create server PS1/mp01.contoso.com".
type recordingServer struct {
	tfprotov6.ProviderServer
	journal *recorder
	types   map[string]tftypes.Type
}

func (s *recordingServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	before, err := s.id(req.TypeName, req.PriorState)
	if err != nil {
		return nil, err
	}
	after, err := s.id(req.TypeName, req.PlannedState)
	if err != nil {
		return nil, err
	}
	entry := "update " + after
	switch {
	case before == "":
		entry = "create " + after
	case after == "":
		entry = "destroy " + before
	}
	s.journal.add("begin " + entry)
	resp, err := s.ProviderServer.ApplyResourceChange(ctx, req)
	s.journal.add("end " + entry)
	return resp, err
}

// id names an object of the protocol by its kind and its id, empty when it is null.
func (s *recordingServer) id(kind string, value *tfprotov6.DynamicValue) (string, error) {
	v, err := value.Unmarshal(s.types[kind])
	if err != nil || v.IsNull() {
		return "", err
	}
	object := map[string]tftypes.Value{}
	if err := v.As(&object); err != nil {
		return "", err
	}
	if !object["id"].IsKnown() {
		return "", fmt.Errorf("a %s without a known id", kind)
	}
	var id string
	err = object["id"].As(&id)
	return kindNames[kind] + " " + id, err
}

var kindNames = map[string]string{
	"configmgr_site": "site", "configmgr_site_system_server": "server", "configmgr_role_assignment": "role", "configmgr_hierarchy": "hierarchy",
}

// recordingFactories serves this provider with a journal.
func recordingFactories(journal *recorder) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"configmgr": func() (tfprotov6.ProviderServer, error) {
			inner, err := providerFactories["configmgr"]()
			if err != nil {
				return nil, err
			}
			schemas, err := inner.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
			if err != nil {
				return nil, err
			}
			s := &recordingServer{ProviderServer: inner, journal: journal, types: map[string]tftypes.Type{}}
			for kind, schema := range schemas.ResourceSchemas {
				s.types[kind] = schema.ValueType()
			}
			return s, nil
		},
	}
}

// expectOrder checks that the first change of each pair ended before the second began.
func expectOrder(t *testing.T, journal []string, pairs [][2]string) {
	t.Helper()
	for _, pair := range pairs {
		first, second := slices.Index(journal, "end "+pair[0]), slices.Index(journal, "begin "+pair[1])
		if first < 0 || second < 0 || first > second {
			t.Errorf("%q is not done before %q:\n%s", pair[0], pair[1], strings.Join(journal, "\n"))
		}
	}
}

// A hierarchy of three tiers with a role at the lowest, in the order in which it comes
// into being.
var tiersInOrder = []string{"site CAS", "site PS1", "site SS1", "server SS1/dp01.contoso.com", "role SS1/dp01.contoso.com/distribution_point"}

// inOrder pairs each change with the next one.
func inOrder(verb string, ids []string) [][2]string {
	var pairs [][2]string
	for i := range ids[1:] {
		pairs = append(pairs, [2]string{verb + " " + ids[i], verb + " " + ids[i+1]})
	}
	return pairs
}

func backwards(ids []string) []string {
	turned := slices.Clone(ids)
	slices.Reverse(turned)
	return turned
}

// orderOf lists, for each rule that the graph keeps, the changes that it puts in order
// when the whole design comes or goes.
var orderOf = map[string][][2]string{
	"HIER-UNINSTALL-CHILDREN-FIRST": inOrder("destroy", backwards(tiersInOrder[:3])),
	"DEP-REMOVE-SYS-LAST":           inOrder("destroy", backwards(tiersInOrder[3:])),
	"DEP-SERVER-BEFORE-ROLE":        inOrder("create", tiersInOrder[2:]),
}

const tiers = `site SS1 secondary parent=configmgr_site.ps1
site PS1 primary parent=configmgr_site.cas
site CAS central_administration
role SS1 dp01 distribution_point
role CAS scp01 service_connection_point
role PS1 mp01 management_point
role PS1 dp02 distribution_point
`

func TestAccEnforcement_KeptByGraph(t *testing.T) {
	journal := &recorder{}
	var created, moved, shrunk, destroyed []string
	config := draw(t, tiers)
	other := "site SS2 secondary parent=configmgr_site.ps1\n"
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: recordingFactories(journal),
		Steps: []resource.TestStep{
			{Config: config},
			{ // the server moves to another secondary site
				PreConfig: func() { created = journal.take() },
				Config:    draw(t, other+strings.Replace(tiers, "role SS1 dp01 distribution_point", "role SS2 dp01 distribution_point new", 1)),
			},
			{ // everything of the secondary sites goes in one step
				PreConfig: func() { moved = journal.take() },
				Config: draw(t, strings.NewReplacer("site SS1 secondary parent=configmgr_site.ps1\n", "", "role SS1 dp01 distribution_point\n", "").
					Replace(tiers)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction("configmgr_site.ss1", plancheck.ResourceActionDestroy),
				}},
			},
			{
				PreConfig: func() { shrunk = journal.take() },
				Config:    config,
			},
			{
				PreConfig: func() { journal.take() },
				Config:    config, Destroy: true,
			},
		},
	})
	destroyed = journal.take()
	for id, pairs := range orderOf {
		t.Run(id, func(t *testing.T) {
			of := created
			if strings.HasPrefix(pairs[0][0], "destroy") {
				of = destroyed
			}
			expectOrder(t, of, pairs)
		})
	}
	t.Run("create", func(t *testing.T) { expectOrder(t, created, inOrder("create", tiersInOrder)) })
	t.Run("destroy", func(t *testing.T) { expectOrder(t, destroyed, inOrder("destroy", backwards(tiersInOrder))) })
	t.Run("move", func(t *testing.T) {
		expectOrder(t, moved, [][2]string{
			{"destroy role SS1/dp01.contoso.com/distribution_point", "destroy server SS1/dp01.contoso.com"},
			{"destroy server SS1/dp01.contoso.com", "create server SS2/dp01.contoso.com"},
			{"create site SS2", "create server SS2/dp01.contoso.com"},
			{"create server SS2/dp01.contoso.com", "create role SS2/dp01.contoso.com/distribution_point"},
		})
	})
	t.Run("shrink", func(t *testing.T) {
		expectOrder(t, shrunk, [][2]string{
			{"destroy role SS2/dp01.contoso.com/distribution_point", "destroy server SS2/dp01.contoso.com"},
			{"destroy server SS2/dp01.contoso.com", "destroy site SS2"},
		})
	})
}

// TestAccEnforcement_NothingGoesBelowWhatIsNamed takes a parent, a site and a server
// away while something still refers to it: Terraform refuses the configuration.
func TestAccEnforcement_NothingGoesBelowWhatIsNamed(t *testing.T) {
	const undeclared = "Reference to undeclared resource"
	for _, c := range []struct{ rule, removed string }{
		{"HIER-UNINSTALL-CHILDREN-FIRST", `resource "configmgr_site" "ps1"`},
		{"DEP-REMOVE-SYS-LAST", `resource "configmgr_site_system_server" "dp01"`},
		{"DEP-SERVER-BEFORE-ROLE", `resource "configmgr_site_system_server" "mp01"`},
	} {
		t.Run(c.rule, func(t *testing.T) {
			blocks := strings.SplitAfter(draw(t, tiers), "\n}\n")
			kept := slices.DeleteFunc(slices.Clone(blocks), func(block string) bool { return strings.HasPrefix(block, c.removed) })
			if len(kept) != len(blocks)-1 {
				t.Fatalf("%d blocks are removed", len(blocks)-len(kept))
			}
			found := planErrors(t, strings.Join(kept, ""))
			if len(found) == 0 {
				t.Fatal("the plan is accepted")
			}
			for _, e := range found {
				if e.summary != undeclared {
					t.Errorf("unexpected error: %+v", e)
				}
			}
		})
	}
}
