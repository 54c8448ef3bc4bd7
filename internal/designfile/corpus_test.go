package designfile_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// published is a topology of the provider's corpus, as far as a design file says it.
type published struct {
	ID      string   `yaml:"id"`
	Version string   `yaml:"version"`
	Expect  []string `yaml:"expect"`
	Sites   []struct {
		Code, Type, Parent string
		SQL                *struct {
			Server, Instance string
			Port             int
		}
		ContentLibrary string `yaml:"content_library"`
	}
	Servers []struct {
		FQDN, OS, Site string
		Roles          []string
		DP             struct {
			Pull    bool
			Sources []string
		} `yaml:"dp"`
	}
}

type object = map[string]any

// design writes a topology as a design file, and reports whether one can say it: there
// is one hierarchy in a file, and one site with a code.
func (o published) design(t *testing.T) (string, bool) {
	t.Helper()
	sites, servers := object{}, object{}
	tops := 0
	for _, s := range o.Sites {
		if s.Parent == "" {
			tops++
		}
		if sites[s.Code] != nil || tops > 1 {
			return "", false
		}
		site := object{"site_type": s.Type, "name": "Site " + s.Code, "site_server": "none.contoso.com"}
		if s.Parent != "" {
			site["parent"] = s.Parent
		}
		if s.ContentLibrary != "" {
			site["content_library_path"] = `\\` + s.ContentLibrary + `\ContentLibrary`
		}
		if s.SQL != nil {
			site["database"] = object{"server": s.SQL.Server, "instance": s.SQL.Instance, "port": s.SQL.Port}
		}
		sites[s.Code] = site
	}
	for _, s := range o.Servers {
		site := sites[s.Site].(object)
		roles := object{}
		for _, role := range s.Roles {
			switch role {
			case "site_server":
				site["site_server"] = s.FQDN
			case "passive_site_server":
				site["passive_site_server"] = s.FQDN
			case "sms_provider":
				providers, _ := site["sms_providers"].([]string)
				site["sms_providers"] = append(providers, s.FQDN)
			case "site_database_server":
				if site["database"] == nil && !slices.Contains(s.Roles, "site_server") {
					site["database"] = object{"server": s.FQDN}
				}
			default:
				roles[role] = nil
				if role == "distribution_point" && s.DP.Pull {
					sources := object{}
					for _, fqdn := range s.DP.Sources {
						sources[fqdn] = nil
					}
					roles[role] = object{"pull_sources": sources}
				}
			}
		}
		server := object{"site": s.Site, "roles": roles}
		if s.OS != "" {
			server["operating_system"] = s.OS
		}
		servers[s.FQDN] = server
	}
	version := o.Version
	if version == "" {
		version = "2409"
	}
	text, err := yaml.Marshal(object{"sites": sites, "servers": servers, "defaults": object{"sites": object{"every": object{"version": version}}}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text), true
}

// A design file of each topology of the corpus is judged like its resources.
func TestCorpus(t *testing.T) {
	content, err := os.ReadFile("../provider/testdata/topologies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var corpus struct{ Valid, Invalid []published }
	if err := yaml.Unmarshal(content, &corpus); err != nil {
		t.Fatal(err)
	}
	if len(corpus.Valid) == 0 || len(corpus.Invalid) == 0 {
		t.Fatal("the corpus is empty")
	}
	schema, e := provider.DesignSchema(), newEditor(t)
	judged := 0
	for _, o := range slices.Concat(corpus.Valid, corpus.Invalid) {
		text, ok := o.design(t)
		if !ok {
			continue
		}
		topology, problems := designfile.Read(text, schema)
		if len(problems) > 0 {
			t.Errorf("%s: refused: %v\n%s", o.ID, problems, text)
			continue
		}
		if err := e.judge(t, text); err != nil {
			t.Errorf("%s: the schema refuses it: %v", o.ID, err)
		}
		hierarchy := &model.Hierarchy{}
		if errs := model.Decode(hierarchy, topology); len(errs) > 0 {
			t.Errorf("%s: the model refuses it: %v", o.ID, errs)
			continue
		}
		var found []string
		for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(hierarchy, true), rule.Options{ReportAt: rule.ReportAtHierarchy}).Findings {
			if f.Severity == rule.SeverityError {
				found = append(found, f.Rule.ID)
			}
		}
		for _, id := range o.Expect {
			if !slices.Contains(found, id) {
				t.Errorf("%s: %s is not found, but %s in\n%s", o.ID, id, strings.Join(found, ", "), text)
			}
		}
		if len(o.Expect) == 0 && len(found) > 0 {
			t.Errorf("%s: found %s in\n%s", o.ID, strings.Join(found, ", "), text)
		}
		judged++
	}
	if judged < (len(corpus.Valid)+len(corpus.Invalid))*3/4 {
		t.Errorf("a design file says %d of %d topologies", judged, len(corpus.Valid)+len(corpus.Invalid))
	}
	t.Logf("%d of %d topologies", judged, len(corpus.Valid)+len(corpus.Invalid))
}
