package provider

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// validatedAlone is what `terraform validate` does: it asks a provider that is not
// configured, by the short cuts and by the framework alone.
func validatedAlone(t *testing.T, kind string, config tree) []*tfprotov6.Diagnostic {
	t.Helper()
	s := &server{ProviderServer: NewServer("test")()}
	var err error
	if s.schemas, err = s.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	var answers [2][]*tfprotov6.Diagnostic
	for i, off := range []string{"", "1"} {
		t.Setenv(FrameworkOnly, off)
		s.ProviderServer = NewServer("test")()
		s.framework = s.ProviderServer
		resp, err := s.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: kind, Config: dynamicValue(t, s.schema(t, kind).ValueType(), config),
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		answers[i] = resp.Diagnostics
	}
	for _, diags := range answers { // the framework goes over maps
		slices.SortFunc(diags, func(a, b *tfprotov6.Diagnostic) int {
			return strings.Compare(describe([]*tfprotov6.Diagnostic{a}), describe([]*tfprotov6.Diagnostic{b}))
		})
	}
	if describe(answers[0]) != describe(answers[1]) {
		t.Errorf("%s is validated as %s\nand by the framework as %s", kind, describe(answers[0]), describe(answers[1]))
	}
	return answers[0]
}

// TestValidate_ReportsWhatNoPolicyLowers has literal values, beside references that are
// not known, as they are when a configuration is validated.
func TestValidate_ReportsWhatNoPolicyLowers(t *testing.T) {
	unknown := model.UnknownValue{}
	for _, c := range []struct {
		name, kind string
		config     tree
		want       []string
	}{
		{"nothing", "configmgr_site", siteConfig, nil},
		{"code of four characters", "configmgr_site", merged(siteConfig, tree{"site_code": "PRI1"}), []string{"SITE-CODE-FORMAT"}},
		{"code that is not known", "configmgr_site", merged(siteConfig, tree{"site_code": unknown}), nil},
		{"reserved code, which may be lowered", "configmgr_site", merged(siteConfig, tree{"site_code": "AUX"}), nil},
		{"child with an unknown parent", "configmgr_site", merged(siteConfig, tree{"site_type": "secondary", "parent": unknown}), nil},
		{"role that never was", "configmgr_role_assignment", tree{"role": "out_of_band_service_point", "server": unknown}, []string{"ROLE-LIFE-OOB"}},
		{"role", "configmgr_role_assignment", tree{"role": "management_point", "server": unknown}, nil},
		{"role that a version refuses", "configmgr_role_assignment", tree{"role": "certificate_registration_point", "server": tree{"fqdn": "a.contoso.com", "site": tree{"site_code": "PS1", "site_type": "primary"}}}, nil},
		{"system that a version refuses", "configmgr_site_system_server", tree{"fqdn": "a.contoso.com", "site": unknown, "operating_system": "windows_server_2012_r2"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ids []string
			for _, d := range validatedAlone(t, c.kind, c.config) {
				id, _, _ := strings.Cut(d.Summary, ":")
				ids = append(ids, id)
			}
			if !slices.Equal(ids, c.want) {
				t.Errorf("reported are %v, expected %v", ids, c.want)
			}
		})
	}
}

// TestValidate_ReportsNothingThatAPlanDoesNot validates designs that a plan accepts, and
// random ones: what is reported early has to stand.
func TestValidate_ReportsNothingThatAPlanDoesNot(t *testing.T) {
	s := configure(t, tree{"configmgr_version": "2403"})
	for _, kind := range kindsOf(s) {
		schema := s.schema(t, kind)
		for seed := range uint64(60) {
			config := newGenerator(seed, []float64{0.5, 0.9}[seed%2], 0).altered(schema, configs[kind])
			planned := ruleErrors(s.plan(t, kind, config, nil).diags)
			for _, id := range ruleErrors(validatedAlone(t, kind, config)) {
				if !slices.Contains(planned, id) {
					t.Errorf("%s: %s is reported early, and not by the plan: %s", kind, id, describeTree(config))
				}
			}
		}
	}
}

// ruleErrors returns the rules of the errors among diagnostics.
func ruleErrors(diags []*tfprotov6.Diagnostic) []string {
	var ids []string
	for _, d := range errorsOf(diags) {
		if m := errorRule.FindStringSubmatch(d.Summary); m != nil {
			ids = append(ids, m[1])
		}
	}
	return ids
}
