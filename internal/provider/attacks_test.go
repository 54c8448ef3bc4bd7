package provider

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// What somebody who wants to break the provider, or just pastes something, tries.

// TestAttack_MalformedValuesAreReportedTogether has one fractional number beside other
// malformed values: it hid them, and the others came in another order each time.
func TestAttack_MalformedValuesAreReportedTogether(t *testing.T) {
	s := configure(t, nil)
	config := merged(siteConfig, tree{
		"site_type": "primry", "version": "99", "sms_providers": []any{"a b", "cm01.contoso.com", "c d"}, "domain": "x y",
		"database": tree{"port": 1.5, "server": "s q l"}, "clients": tree{"windows": -1}, "accepted_findings": tree{"B-1": "x", "A-1": "x", "C-1": "x"},
	})
	first := describe(s.validate(t, "configmgr_site", config))
	for _, part := range []string{"1.5", "primry", `"99"`, `"a b"`, `"c d"`, `"x y"`, `"s q l"`, "-1", `"A-1"`, `"B-1"`, `"C-1"`} {
		if !strings.Contains(first, part) {
			t.Errorf("%s is not reported: %s", part, first)
		}
	}
	for range 20 {
		if again := describe(s.validate(t, "configmgr_site", config)); again != first {
			t.Fatalf("the same configuration is reported as %s\nand as %s", first, again)
		}
	}
}

// TestAttack_MissingBesideMalformed has a required attribute without a value beside a
// malformed one.
func TestAttack_MissingBesideMalformed(t *testing.T) {
	s := configure(t, nil)
	config := merged(siteConfig, tree{"name": nil, "version": "99", "parent": tree{"site_code": "CAS"}})
	text := describe(s.validate(t, "configmgr_site", config))
	alone, err := s.framework.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: "configmgr_site", Config: dynamicValue(t, s.schema(t, "configmgr_site").ValueType(), config),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range alone.Diagnostics {
		if one := describe([]*tfprotov6.Diagnostic{d}); !strings.Contains(text, one) {
			t.Errorf("the framework reports %s\nthe server %s", one, text)
		}
	}
	if len(alone.Diagnostics) != 3 {
		t.Errorf("the framework reports %d errors, expected 3: %s", len(alone.Diagnostics), describe(alone.Diagnostics))
	}
}

// TestAttack_ThousandsOfMalformedElements are reported in time that grows with them.
func TestAttack_ThousandsOfMalformedElements(t *testing.T) {
	s := configure(t, nil)
	accepted, sites := tree{}, tree{}
	for i := range 5_000 {
		accepted[fmt.Sprintf("NO-RULE-%d", i)] = "agreed"
		if i < 1_000 {
			sites[fmt.Sprintf("s%d", i)] = tree{"site_code": "PS1", "site_type": "primry"}
		}
	}
	began := time.Now()
	diags := validatedOnly(t, s, "configmgr_site", merged(siteConfig, tree{"accepted_findings": accepted}))
	if len(diags) != mostMalformed+1 || !strings.Contains(describe(diags), "More than 20 elements are malformed") {
		t.Errorf("%d errors: %s", len(diags), describe(diags[:min(3, len(diags))]))
	}
	if diags := validatedOnly(t, s, "configmgr_hierarchy", tree{"sites": sites, "role_assignments": tree{}}); len(diags) != 1000 {
		t.Errorf("%d errors of 1000 sites", len(diags))
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}

func validatedOnly(t *testing.T, s *server, kind string, config tree) []*tfprotov6.Diagnostic {
	t.Helper()
	resp, err := s.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: kind, Config: dynamicValue(t, s.schema(t, kind).ValueType(), config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return resp.Diagnostics
}

// TestAttack_ValuesAreClippedInMessages pastes a quarter of a megabyte wherever a message may echo it.
func TestAttack_ValuesAreClippedInMessages(t *testing.T) {
	s := configure(t, nil)
	long := strings.Repeat("x", 1<<18)
	texts := map[string]string{
		"host name": describe(validatedOnly(t, s, "configmgr_site", merged(siteConfig, tree{"site_server": long}))),
		"type":      describe(validatedOnly(t, s, "configmgr_site", merged(siteConfig, tree{"site_type": long}))),
		"finding":   describe(s.plan(t, "configmgr_site", merged(siteConfig, tree{"site_code": long}), nil).diags),
		"required roles": describe(s.plan(t, "configmgr_hierarchy", tree{
			"sites": tree{long: tree{"site_code": long, "site_type": "primary"}}, "role_assignments": tree{"a": tree{"site_code": "XXX", "fqdn": long + ".b", "role": "management_point"}},
		}, nil).diags),
	}
	for kind := range configs {
		resp, err := s.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: kind, ID: long + "/" + long})
		if err != nil {
			t.Fatal(err)
		}
		texts["import of "+kind] = describe(resp.Diagnostics)
	}
	for _, name := range []string{"check_topology", "installation"} {
		_, failed := s.call(t, name, tree{"sites": tree{"a": tree{long: long}}, "role_assignments": tree{}}, tree{})
		if failed == nil {
			t.Fatalf("%s takes anything", name)
		}
		texts[name] = failed.Text
	}
	for about, text := range texts {
		if len(text) > 40_000 || len(text) < 50 {
			t.Errorf("%s: a message of %d bytes", about, len(text))
		}
	}
}

// largeHierarchy is a hierarchy of so many distribution points.
func largeHierarchy(points int) tree {
	servers, assignments := tree{}, tree{}
	for i := range points {
		fqdn := fmt.Sprintf("dp%05d.contoso.com", i)
		servers[fqdn] = tree{"id": "PS1/" + fqdn, "fqdn": fqdn, "site_code": "PS1", "site_facts": "stand_alone_primary on cm01.contoso.com, 2603"}
		assignments[fqdn] = tree{"id": "PS1/" + fqdn + "/distribution_point", "fqdn": fqdn, "site_code": "PS1", "role": "distribution_point"}
	}
	return tree{"sites": tree{"ps1": siteState}, "site_system_servers": servers, "role_assignments": assignments}
}

// planRequest is the request to create a resource.
func (s *server) planRequest(t testing.TB, kind string, config tree) *tfprotov6.PlanResourceChangeRequest {
	typ := s.schema(t, kind).ValueType()
	return &tfprotov6.PlanResourceChangeRequest{
		TypeName: kind, PriorState: dynamicValue(t, typ, nil), Config: dynamicValue(t, typ, config), ProposedNewState: dynamicValue(t, typ, proposed(s.schema(t, kind), config, nil)),
	}
}

// TestAttack_CanceledPlansEnd cancels a plan and a call: they end with an error that says so.
func TestAttack_CanceledPlansEnd(t *testing.T) {
	s := configure(t, nil)
	request := s.planRequest(t, "configmgr_hierarchy", largeHierarchy(200))
	plan := func(ctx context.Context) string {
		resp, err := s.PlanResourceChange(ctx, request)
		if err != nil {
			t.Fatal(err)
		}
		return describe(resp.Diagnostics)
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if text := plan(canceled); !strings.Contains(text, "Interrupted") {
		t.Errorf("a canceled plan answers %s", text)
	}
	if text := plan(context.Background()); strings.Contains(text, "Interrupted") {
		t.Errorf("a plan that nobody stopped answers %s", text)
	}

	argument, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, inferred(t, largeHierarchy(200)))
	if err != nil {
		t.Fatal(err)
	}
	none, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, inferred(t, tree{}))
	if err != nil {
		t.Fatal(err)
	}
	called, err := s.CallFunction(canceled, &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: []*tfprotov6.DynamicValue{&argument, &none}})
	if err != nil {
		t.Fatal(err)
	}
	if called.Error == nil || !strings.Contains(called.Error.Text, "stopped") {
		t.Errorf("a canceled check_topology answers %v", called.Error)
	}
}

// TestAttack_StopProviderEndsPlans asks the provider to stop while plans run.
func TestAttack_StopProviderEndsPlans(t *testing.T) {
	s := configure(t, nil)
	request := s.planRequest(t, "configmgr_hierarchy", largeHierarchy(1000))
	answers := make(chan string, 4)
	for range cap(answers) {
		go func() {
			resp, err := s.PlanResourceChange(context.Background(), request)
			if err != nil {
				answers <- err.Error()
				return
			}
			answers <- describe(resp.Diagnostics)
		}()
	}
	stopped := 0
	for done := 0; done < cap(answers); {
		if _, err := s.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{}); err != nil {
			t.Fatal(err)
		}
		select {
		case text := <-answers:
			done++
			if strings.Contains(text, "Interrupted") {
				stopped++
			}
		case <-time.After(time.Millisecond):
		}
	}
	if stopped == 0 {
		t.Error("no plan was stopped")
	}
}

// TestConcurrentPlans has 64 goroutines plan everything at once, as Terraform does with a
// high parallelism: all get the same answers. The race detector looks on in CI.
func TestConcurrentPlans(t *testing.T) {
	s := configure(t, nil)
	want := map[string]string{}
	requests := map[string]*tfprotov6.PlanResourceChangeRequest{}
	for kind, config := range configs {
		requests[kind] = s.planRequest(t, kind, config)
		resp, err := s.PlanResourceChange(context.Background(), requests[kind])
		if err != nil {
			t.Fatal(err)
		}
		want[kind] = describeTree(readTree(t, s.schema(t, kind), resp.PlannedState)) + describe(resp.Diagnostics)
	}
	var wait sync.WaitGroup
	problems := make(chan string, 64)
	for range 64 {
		wait.Go(func() {
			for range 5 {
				for kind, request := range requests {
					resp, err := s.PlanResourceChange(context.Background(), request)
					if err != nil {
						problems <- err.Error()
						return
					}
					if got := describeTree(readTree(t, s.schema(t, kind), resp.PlannedState)) + describe(resp.Diagnostics); got != want[kind] {
						problems <- kind + ": " + got
						return
					}
				}
			}
		})
	}
	wait.Wait()
	close(problems)
	for problem := range problems {
		t.Error(problem)
	}
}

// TestMemoryStaysFlat serves a thousand plans of designs that differ: nothing of them is
// kept.
func TestMemoryStaysFlat(t *testing.T) {
	s := configure(t, nil)
	kinds := slices.Sorted(func(yield func(string) bool) {
		for kind := range configs {
			if !yield(kind) {
				return
			}
		}
	})
	serve := func(from, to int) uint64 {
		for i := from; i < to; i++ {
			kind := kinds[i%len(kinds)]
			config := merged(configs[kind], tree{"accepted_findings": tree{"COLO-FSP-DEDICATED": fmt.Sprintf("reason %d %s", i, strings.Repeat("y", 2000))}})
			if _, err := s.PlanResourceChange(context.Background(), s.planRequest(t, kind, config)); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before := serve(0, 100)
	after := serve(100, 1100)
	if after > before+(1<<20) {
		t.Errorf("after a thousand plans more the heap holds %d KB, before %d KB", after>>10, before>>10)
	}
}

// TestAttack_NullIsNotUnknown verifies small inputs of kinds that were mended before: a
// null parent code, a computer described twice, an unknown that may become null, a known
// sum over unknown parts.
func TestAttack_NullIsNotUnknown(t *testing.T) {
	s := configure(t, nil)
	unknown := model.UnknownValue{}
	for _, c := range []struct {
		name, kind string
		config     tree
		wrong      bool
	}{
		{"parent without a code", "configmgr_hierarchy", tree{"sites": tree{"ps1": tree{"site_code": "PS1", "site_type": "primary", "parent": tree{}}}, "role_assignments": tree{}}, true},
		{"computer described twice", "configmgr_hierarchy", tree{
			"sites":               tree{"ps1": siteState},
			"site_system_servers": tree{"a": tree{"fqdn": "mp01.contoso.com", "site": tree{"site_code": "PS1"}}},
			"role_assignments": tree{"mp": tree{"role": "management_point", "server": tree{
				"fqdn": "mp01.contoso.com", "site": tree{"site_code": "PS1"}, "workgroup": true, "operating_system": "windows_server_2012",
			}}},
		}, true},
		{"passive site server that may be none", "configmgr_site", merged(siteConfig, tree{"site_code": "SS1", "site_type": "secondary", "parent": siteState, "passive_site_server": unknown}), false},
		{"settings of another role that may be none", "configmgr_role_assignment", merged(assignmentConfig, tree{"distribution_point": unknown}), false},
		{"required roles that are open", "configmgr_hierarchy", merged(hierarchyConfig, tree{"required_roles": unknown}), false},
		{"role that is open, on a site server", "configmgr_role_assignment", tree{"role": unknown, "server": merged(serverState, tree{"fqdn": "cm01.contoso.com"})}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			planned := s.plan(t, c.kind, c.config, nil)
			if wrong := len(errorsOf(planned.diags)) > 0; wrong != c.wrong {
				t.Errorf("errors: %s", describe(planned.diags))
			}
			if c.kind == "configmgr_hierarchy" && !c.wrong && planned.object["id"] == nil {
				t.Error("the id of an accepted hierarchy is null")
			}
		})
	}
	open := s.plan(t, "configmgr_hierarchy", tree{
		"sites": tree{"ps1": merged(siteState, tree{"site_code": unknown, "id": unknown})}, "role_assignments": tree{},
	}, nil)
	if open.object["id"] != any(unknown) {
		t.Errorf("the id of a hierarchy whose site is not known is %v", open.object["id"])
	}
}

// TestAttack_BrokenChangeIsAnError applies a plan that is unknown as a whole, which
// Terraform never sends.
func TestAttack_BrokenChangeIsAnError(t *testing.T) {
	s := configure(t, nil)
	for kind := range configs {
		typ := s.schema(t, kind).ValueType()
		whole, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, tftypes.UnknownValue))
		if err != nil {
			t.Fatal(err)
		}
		for _, server := range []tfprotov6.ProviderServer{s, s.framework} {
			resp, err := server.ApplyResourceChange(context.Background(), &tfprotov6.ApplyResourceChangeRequest{
				TypeName: kind, PriorState: dynamicValue(t, typ, nil), Config: dynamicValue(t, typ, configs[kind]), PlannedState: &whole,
			})
			if err == nil && len(errorsOf(resp.Diagnostics)) == 0 {
				t.Errorf("%s: an unknown plan is recorded", kind)
			}
		}
	}
}

// TestAttack_BrokenMessages end before the values that they announce, or name one twice: none
// of them gets as far as the framework.
func TestAttack_BrokenMessages(t *testing.T) {
	s := configure(t, nil)
	for _, text := range []string{
		"\xdf\x00\x00\x00\x05\xa1a\xc0", "\xdd\x00\x00\x00\x05\xc0", "\x81\xa4name\xdb\x00\x00\x00\x05x",
		"\x81\xa5sites\xdf\x00\x00\x00\x05\xa1a\xc0", "\x92\xc6\x00\x00\x00\x09\"string\"", "\x92\xc4\x11[\"list\",\"string\"]\xdd\x00\x00\x00\x05\xa1x",
		"\x82\xa4name\xc0\xa4name\xc0",
	} {
		message := &tfprotov6.DynamicValue{MsgPack: []byte(text)}
		refused := func(of string, err error) {
			t.Helper()
			if err == nil || !strings.Contains(err.Error(), "a message that is broken") {
				t.Errorf("%q as %s: %v", text, of, err)
			}
		}
		for _, server := range []tfprotov6.ProviderServer{s, s.framework} {
			ctx := context.Background()
			for kind, object := range configs {
				whole := dynamicValue(t, s.schema(t, kind).ValueType(), object)
				for _, of := range [][2]*tfprotov6.DynamicValue{{message, whole}, {whole, message}} {
					_, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
						TypeName: kind, Config: of[0], PriorState: dynamicValue(t, s.schema(t, kind).ValueType(), nil), ProposedNewState: of[1],
					})
					refused("a plan of "+kind, err)
				}
				_, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: kind, Config: message})
				refused(kind, err)
			}
			_, err := server.CallFunction(ctx, &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: []*tfprotov6.DynamicValue{message, message}})
			refused("an argument", err)
		}
	}
}

// TestAttack_CodeOfAListedParent plans a hierarchy whose hand-written site does not know the
// code of its parent yet, which is one of the listed sites: what is known then stays.
func TestAttack_CodeOfAListedParent(t *testing.T) {
	s := configure(t, nil)
	hierarchy := func(code any) tree {
		cas := tree{"site_code": "CAS", "site_type": "central_administration", "name": "CAS", "site_server": "cas01.contoso.com"}
		ps1 := tree{
			"site_code": "PS1", "site_type": "primary", "name": "PS1", "site_server": "cm01.contoso.com", "client_communication": "enhanced_http",
			"parent": tree{"site_code": code, "site_type": "central_administration"},
		}
		return tree{
			"sites": tree{"cas": cas, "ps1": ps1},
			"role_assignments": tree{
				"mp":  tree{"role": "management_point", "server": tree{"fqdn": "mp01.contoso.com", "site": tree{"site_code": "PS1"}}},
				"scp": tree{"role": "service_connection_point", "server": tree{"fqdn": "scp01.contoso.com", "site": tree{"site_code": "CAS"}}},
			},
		}
	}
	open, known := s.plan(t, "configmgr_hierarchy", hierarchy(model.UnknownValue{}), nil), s.plan(t, "configmgr_hierarchy", hierarchy("CAS"), nil)
	if len(errorsOf(open.diags))+len(errorsOf(known.diags)) > 0 || !isKnown(known.object) {
		t.Fatalf("planned %s%s and %s%s", describeTree(open.object), describe(open.diags), describeTree(known.object), describe(known.diags))
	}
	for name, before := range open.object {
		after := known.object[name]
		lines, isMap := before.(tree)
		if !isMap {
			lines, after = tree{name: before}, any(tree{name: after})
		}
		for key, line := range lines {
			if later := after.(tree)[key]; isKnown(line) && !reflect.DeepEqual(line, later) {
				t.Errorf("%s: %s is planned as %v and turns out to be %v", name, key, line, later)
			}
		}
	}
	if v, funcErr := s.call(t, "installation", hierarchy(model.UnknownValue{}), tree{}); funcErr != nil || v.IsKnown() {
		t.Errorf("the steps are planned as known: %v %v", v, funcErr)
	}
}

// TestAttack_MessageLimit holds the guides to what they say about the largest message:
// about a hundred thousand servers with a role each fit into 256 MB.
func TestAttack_MessageLimit(t *testing.T) {
	const measured = 200
	s := configure(t, nil)
	request := s.planRequest(t, "configmgr_hierarchy", largeHierarchy(measured))
	resp, err := s.PlanResourceChange(context.Background(), request)
	if err != nil || len(errorsOf(resp.Diagnostics)) > 0 {
		t.Fatal(err, describe(resp.Diagnostics))
	}
	// An update has the prior state and the proposed one, which hold the design.
	each := (len(request.Config.MsgPack) + 2*len(resp.PlannedState.MsgPack)) / measured
	if fit := (256 << 20) / each; fit < 100_000 {
		t.Errorf("%d servers fit, at %d bytes each: templates/guides/large-designs.md.tmpl and limits-of-terraform.md.tmpl say about a hundred thousand", fit, each)
	}
}
