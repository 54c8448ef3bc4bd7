package provider

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// With ignore_changes, or a function in a configuration that gives another value each
// time, what an apply is handed as the configuration is not what was planned. The tests
// below do what Terraform does then.

// altered draws some of the arguments of a configuration anew.
func (g *generator) altered(schema *tfprotov6.Schema, config tree) tree {
	changed := merged(config, nil)
	for _, a := range schema.Block.Attributes {
		if !a.WriteOnly && !(a.Computed && !a.Optional) && g.Float64() < 0.2 {
			changed[a.Name] = g.attribute(a)
		}
	}
	for _, b := range schema.Block.BlockTypes {
		// Of the blocks of a role assignment only that of its role is accepted.
		if role, isRole := changed["role"].(string); isRole && role == b.TypeName || !isRole && g.Float64() < 0.2 {
			changed[b.TypeName] = g.block(b.Block)
		}
	}
	return changed
}

// ignoring returns a configuration in which changes of some attributes and blocks, and
// of some within blocks, are ignored: Terraform puts the prior values there. Of a
// write-only attribute the prior state has none.
func (g *generator) ignoring(schema *tfprotov6.Schema, config, prior tree) tree {
	ignoring := merged(config, nil)
	for _, a := range schema.Block.Attributes {
		if !(a.Computed && !a.Optional) && g.IntN(3) == 0 {
			ignoring[a.Name] = prior[a.Name]
		}
	}
	for _, b := range schema.Block.BlockTypes {
		before, _ := prior[b.TypeName].(tree)
		now, ok := config[b.TypeName].(tree)
		switch {
		case g.IntN(3) == 0:
			ignoring[b.TypeName] = prior[b.TypeName]
		case ok && before != nil && g.IntN(2) == 0:
			part := merged(now, nil)
			for name := range now {
				if g.IntN(2) == 0 {
					part[name] = before[name]
				}
			}
			ignoring[b.TypeName] = part
		}
	}
	return ignoring
}

// keepsPlan fails where what is recorded is not what was planned.
func keepsPlan(t *testing.T, kind string, planned, recorded tree) {
	t.Helper()
	for name, want := range planned {
		if !isKnown(want) {
			continue
		}
		if got := recorded[name]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s.%s is planned as %v and recorded as %v", kind, name, want, got)
		}
	}
	if !isKnown(recorded) {
		t.Errorf("%s: recorded %s", kind, describeTree(recorded))
	}
}

func TestIgnoreChanges_ApplyKeepsThePlan(t *testing.T) {
	const each = 80
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		t.Run(kind, func(t *testing.T) {
			schema, tried := s.schema(t, kind), 0
			for seed := range uint64(each) {
				g := newGenerator(seed, 1, 0)
				before, after := g.altered(schema, configs[kind]), g.altered(schema, configs[kind])
				if len(errorsOf(s.validate(t, kind, before)))+len(errorsOf(s.validate(t, kind, after))) > 0 {
					continue
				}
				first := s.plan(t, kind, before, nil)
				if len(errorsOf(first.diags)) > 0 {
					continue
				}
				prior := s.apply(t, kind, before, first.object, nil).object
				ignoring := g.ignoring(schema, after, prior)
				if g.IntN(10) == 0 { // ignore_changes = all
					ignoring = merged(prior, nil)
				}
				planned := s.plan(t, kind, ignoring, prior)
				if len(errorsOf(planned.diags)) > 0 {
					continue
				}
				tried++
				keepsConfiguration(t, schema, ignoring, planned.object)
				applied := s.apply(t, kind, after, planned.object, prior)
				if len(errorsOf(applied.diags)) > 0 {
					t.Errorf("%s", describe(applied.diags))
				}
				keepsPlan(t, kind, planned.object, applied.object)
				if t.Failed() {
					t.Fatalf("before %s\nafter %s\nignoring %s", describeTree(before), describeTree(after), describeTree(ignoring))
				}
			}
			t.Logf("%d of %d changes were planned", tried, each)
			if tried < each/20 {
				t.Error("too few changes were planned for the test to say something")
			}
		})
	}
}

// TestIgnoreChanges_OfAReference keeps what a resource says about a reference whose
// changes are ignored, and replaces nothing.
func TestIgnoreChanges_OfAReference(t *testing.T) {
	s := configure(t, nil)
	for kind, names := range map[string][]string{
		"configmgr_site_system_server": {"site"}, "configmgr_role_assignment": {"server"}, "configmgr_hierarchy": {"sites", "role_assignments", "site_system_servers", "required_roles"},
	} {
		config := merged(configs[kind], nil)
		for _, name := range names {
			config[name] = nil
		}
		planned := s.plan(t, kind, config, states[kind])
		if len(planned.diags) > 0 || len(planned.replaced) > 0 {
			t.Errorf("%s: replaced because of %v%s", kind, planned.replaced, describe(planned.diags))
		}
		for name, want := range states[kind] {
			if !reflect.DeepEqual(planned.object[name], want) {
				t.Errorf("%s.%s is planned as %v, expected %v", kind, name, planned.object[name], want)
			}
		}
	}
}

// TestApply_ImpureConfiguration hands the apply a configuration of which each value is
// another one than at plan, as timestamp() and uuid() make them.
func TestApply_ImpureConfiguration(t *testing.T) {
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		schema := s.schema(t, kind)
		for seed := range uint64(50) {
			g := newGenerator(seed, 1, 0)
			other := g.altered(schema, configs[kind])
			planned := s.plan(t, kind, configs[kind], nil)
			keepsPlan(t, kind, planned.object, s.apply(t, kind, other, planned.object, nil).object)
			// What was not known is computed from what was planned.
			open := merged(planned.object, nil)
			for _, a := range schema.Block.Attributes {
				if a.Computed {
					open[a.Name] = model.UnknownValue{}
				}
			}
			keepsPlan(t, kind, open, s.apply(t, kind, merged(configs[kind], nil), open, nil).object)
		}
	}
}

// TestHierarchy_IDWaitsForWhatIsNotKnown has a site, or the parent of one, that is not
// known: which site is the top is decided when it is.
func TestHierarchy_IDWaitsForWhatIsNotKnown(t *testing.T) {
	s := configure(t, nil)
	unknown := model.UnknownValue{}
	cas := tree{"site_code": "CAS", "site_type": "central_administration"}
	for name, sites := range map[string]tree{
		"a site":                            {"ps1": siteState, "x": unknown},
		"the parent of a site":              {"ps1": merged(siteState, tree{"parent": unknown})},
		"the code of the parent":            {"ps1": merged(siteState, tree{"parent": tree{"site_code": unknown, "site_type": "central_administration"}})},
		"the parent of another site":        {"ps1": siteState, "ps2": merged(siteState, tree{"site_code": "PS2", "parent": unknown})},
		"the code of the site that may top": {"ps1": merged(siteState, tree{"parent": cas}), "cas": merged(cas, tree{"site_code": unknown})},
		"all sites":                         nil,
	} {
		config := merged(hierarchyConfig, tree{"sites": any(unknown)})
		if sites != nil {
			config["sites"] = sites
		}
		planned := s.plan(t, "configmgr_hierarchy", config, nil).object
		if planned["id"] != unknown || planned["top_level_site_code"] != unknown {
			t.Errorf("with %s not known the id is %v and the top %v", name, planned["id"], planned["top_level_site_code"])
		}
	}
	// What is below does not matter.
	below := merged(hierarchyConfig, tree{"role_assignments": any(unknown)})
	if planned := s.plan(t, "configmgr_hierarchy", below, nil).object; planned["id"] != "PS1" {
		t.Errorf("with role assignments not known the id is %v", planned["id"])
	}
	if got := slices.Sorted(maps.Keys(configs)); !slices.Equal(got, kindsOf(s)) {
		t.Errorf("configurations of %v", got)
	}
}

// TestAccIgnoreChanges applies with Terraform what the tests above do by the protocol:
// ignored changes of a block, a nested attribute, an attribute and a reference, and a
// value that is another one at apply than at plan.
func TestAccIgnoreChanges(t *testing.T) {
	c := newCLI(t, map[string]string{"main.tf": `
variable "n" {
  type    = number
  default = 1
}
resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso ${var.n}"
  site_server = "cm0${var.n}.contoso.com"
  version     = var.n == 1 ? "2503" : "2509"
  database {
    server = "sql0${var.n}.contoso.com"
  }
  clients {
    windows = var.n
  }
  lifecycle {
    ignore_changes = [name, site_server, version, database, clients.windows]
  }
}
resource "configmgr_site_system_server" "this" {
  for_each = { mp1 = 1, mp2 = 2 }
  fqdn     = "${each.key}.contoso.com"
  site     = configmgr_site.ps1
  lifecycle {
    ignore_changes = [site]
  }
}
resource "configmgr_role_assignment" "mp" {
  server            = configmgr_site_system_server.this["mp${var.n}"]
  role              = "management_point"
  accepted_findings = { "ROLE-CARD-SCP-MIN" = timestamp() }
  management_point {
    protocol = var.n == 1 ? "http" : "https"
  }
  lifecycle {
    ignore_changes = [server, management_point]
  }
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = configmgr_site_system_server.this
  role_assignments    = { mp = configmgr_role_assignment.mp }
  lifecycle {
    ignore_changes = all
  }
}
output "facts" {
  value = join("; ", [configmgr_site.ps1.name, configmgr_site.ps1.site_server, configmgr_site.ps1.version, configmgr_site.ps1.database.server, configmgr_site.ps1.clients.windows,
    configmgr_role_assignment.mp.fqdn, configmgr_role_assignment.mp.management_point.protocol, configmgr_hierarchy.contoso.design["PS1/mp1.contoso.com"]])
}
`})
	c.apply(t)
	before := c.run(t, "output", "-raw", "facts")
	c.apply(t, "-var", "n=2")
	if after := c.run(t, "output", "-raw", "facts"); after != before || !strings.Contains(after, "mp1.contoso.com; http; management_point http") {
		t.Errorf("ignored changes made %q of %q", after, before)
	}
}
