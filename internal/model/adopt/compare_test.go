package adopt

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// told is a comparison as lines: what is missing, unexpected and different.
func told(d Drift) string {
	var lines []string
	for _, e := range d.Missing {
		lines = append(lines, "- "+e.Kind+" "+e.ID)
	}
	for _, e := range d.Unexpected {
		lines = append(lines, "+ "+e.Kind+" "+e.ID)
	}
	for _, x := range d.Different {
		lines = append(lines, fmt.Sprintf("~ %s %s -> %s", x.Path, shownText(x.Declared), shownText(x.Live)))
	}
	return strings.Join(lines, "\n")
}

func shownText(v model.Value[string]) string {
	if text, ok := v.Get(); ok {
		return text
	}
	return "null"
}

func TestCompare_Gateways(t *testing.T) {
	gateways := func(list ...string) tree {
		named := tree{}
		for i, name := range list {
			named[fmt.Sprint("g", i)] = tree{"name": name, "site_code": "PS1", "vm_instances": int64(2)}
		}
		return tree{"cloud_management_gateways": named}
	}
	larger := gateways("Contoso-CMG ")
	larger["cloud_management_gateways"].(tree)["g0"].(tree)["vm_instances"] = int64(4)
	for _, test := range []struct {
		name           string
		declared, live tree
		want           string
	}{
		{"none", tree{}, tree{}, ""},
		{"the same, spelled otherwise", gateways("CONTOSO-CMG"), gateways("contoso-cmg"), ""},
		{"one is missing", gateways("a", "b"), gateways("b"), "- cloud_management_gateway a"},
		{"one is unexpected", gateways("b"), gateways("a", "b"), "+ cloud_management_gateway a"},
		{"none is declared", tree{}, gateways("a"), "+ cloud_management_gateway a"},
		{"none is there", gateways("a"), tree{}, "- cloud_management_gateway a"},
		{"another size", larger, gateways("contoso-cmg"), `~ cloud_management_gateways["g0"].vm_instances 4 -> 2`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := told(Compare(decoded(t, test.declared), decoded(t, test.live))); got != test.want {
				t.Errorf("it says\n%s\nexpected\n%s", got, test.want)
			}
		})
	}
}

// What is not known on one side says nothing of what only the other side has, and does not
// hide what differs for sure.
func TestCompare_WhatIsNotKnown(t *testing.T) {
	design := func(code, host string) *model.Hierarchy {
		site := tree{"site_code": code, "site_type": "primary", "name": "One", "site_server": "ss." + host, "version": "2603"}
		server := tree{"fqdn": "dp." + host, "site": site}
		return decoded(t, tree{
			"sites": tree{"s": site}, "site_system_servers": tree{"dp": server, "idle": tree{"fqdn": "idle." + host, "site": site}},
			"role_assignments":          tree{"dp": tree{"server": server, "role": "distribution_point"}},
			"cloud_management_gateways": tree{"g": tree{"name": "g." + host}},
		})
	}
	const all = "- cloud_management_gateway g.a.net\n- role_assignment PS1/dp.a.net/distribution_point\n- site PS1\n- site_system_server PS1/idle.a.net\n" +
		"+ cloud_management_gateway g.b.net\n+ role_assignment PS2/dp.b.net/distribution_point\n+ site PS2\n+ site_system_server PS2/idle.b.net"
	if got := told(Compare(design("PS1", "a.net"), design("PS2", "b.net"))); got != all {
		t.Fatalf("two designs that share nothing differ in\n%s\nexpected\n%s", got, all)
	}
	maps := func(h *model.Hierarchy) (sites map[string]model.Value[*model.Site], servers map[string]model.Value[*model.Server], roles map[string]model.Value[*model.Assignment], gateways map[string]model.Value[*model.Gateway]) {
		sites, _ = h.Sites.Get()
		servers, _ = h.Servers.Get()
		roles, _ = h.Assignments.Get()
		gateways, _ = h.Gateways.Get()
		return sites, servers, roles, gateways
	}
	for _, test := range []struct {
		name, kind string
		spoil      func(h *model.Hierarchy)
	}{
		{"the map of sites", "site", func(h *model.Hierarchy) { h.Sites = model.Unknown[map[string]model.Value[*model.Site]]() }},
		{"a site", "site", func(h *model.Hierarchy) {
			sites, _, _, _ := maps(h)
			sites["x"] = model.Unknown[*model.Site]()
		}},
		{"the code of a site", "site", func(h *model.Hierarchy) {
			sites, _, _, _ := maps(h)
			sites["x"] = model.Known(&model.Site{Code: model.Unknown[string]()})
		}},
		{"the map of servers", "site_system_server", func(h *model.Hierarchy) { h.Servers = model.Unknown[map[string]model.Value[*model.Server]]() }},
		{"a server", "site_system_server", func(h *model.Hierarchy) {
			_, servers, _, _ := maps(h)
			servers["x"] = model.Unknown[*model.Server]()
		}},
		{"the site of a server", "site_system_server", func(h *model.Hierarchy) {
			_, servers, _, _ := maps(h)
			servers["x"] = model.Known(&model.Server{FQDN: model.Known("x.c.net"), Site: model.Unknown[*model.Site]()})
		}},
		{"the code of the site of a server", "site_system_server", func(h *model.Hierarchy) {
			_, servers, _, _ := maps(h)
			servers["x"] = model.Known(&model.Server{FQDN: model.Known("x.c.net"), Site: model.Known(&model.Site{Code: model.Unknown[string]()})})
		}},
		{"the map of role assignments", "role_assignment", func(h *model.Hierarchy) { h.Assignments = model.Unknown[map[string]model.Value[*model.Assignment]]() }},
		{"a role assignment", "role_assignment", func(h *model.Hierarchy) {
			_, _, roles, _ := maps(h)
			roles["x"] = model.Unknown[*model.Assignment]()
		}},
		{"the role of an assignment", "role_assignment", func(h *model.Hierarchy) {
			_, servers, roles, _ := maps(h)
			roles["x"] = model.Known(&model.Assignment{Server: servers["idle"], Role: model.Unknown[string]()})
		}},
		{"the map of gateways", "cloud_management_gateway", func(h *model.Hierarchy) { h.Gateways = model.Unknown[map[string]model.Value[*model.Gateway]]() }},
		{"a gateway", "cloud_management_gateway", func(h *model.Hierarchy) {
			_, _, _, gateways := maps(h)
			gateways["x"] = model.Unknown[*model.Gateway]()
		}},
		{"the name of a gateway", "cloud_management_gateway", func(h *model.Hierarchy) {
			_, _, _, gateways := maps(h)
			gateways["x"] = model.Known(&model.Gateway{Name: model.Unknown[string]()})
		}},
	} {
		for side, mark := range map[string]string{"declared": "+ ", "live": "- "} {
			t.Run(test.name+" "+side, func(t *testing.T) {
				declared, live := design("PS1", "a.net"), design("PS2", "b.net")
				if side == "declared" {
					test.spoil(declared)
				} else {
					test.spoil(live)
				}
				got := strings.Split(told(Compare(declared, live)), "\n")
				if slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, mark+test.kind+" ") }) {
					t.Errorf("a %s is %q although one may be there that is not known: %q", test.kind, mark, got)
				}
				// Every other kind is judged as before.
				for line := range strings.SplitSeq(all, "\n") {
					if kind, _, _ := strings.Cut(line[2:], " "); kind != test.kind && !slices.Contains(got, line) {
						t.Errorf("%q is not said: %q", line, got)
					}
				}
			})
		}
	}
}

// A computer that a site names is not an element of its own: an export has a row for it,
// and a design need not declare it.
func TestCompare_ComputersThatASiteNames(t *testing.T) {
	for _, test := range []struct {
		name     string
		database tree
	}{
		{"a replica", tree{"server": "listener.contoso.com", "availability_group": tree{"name": "AG", "replicas": []any{"sql1.contoso.com", "SQL2.contoso.com"}}}},
		{"a node", tree{"server": "listener.contoso.com", "failover_cluster": tree{"nodes": []any{"sql1.contoso.com", "SQL2.contoso.com"}}}},
		{"the database server", tree{"server": "sql2.contoso.com"}},
		{"none", tree{"server": "sql3.contoso.com"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			site := tree{"site_code": "PS1", "site_type": "primary", "name": "One", "site_server": "ss.contoso.com", "version": "2603", "database": test.database}
			alone := tree{"sites": tree{"PS1": site}}
			with := tree{"sites": tree{"PS1": site}, "site_system_servers": tree{"sql2": tree{"fqdn": "sql2.contoso.com", "site": site}}}
			missing, unexpected := "", ""
			if test.name == "none" {
				missing, unexpected = "- site_system_server PS1/sql2.contoso.com", "+ site_system_server PS1/sql2.contoso.com"
			}
			if got := told(Compare(decoded(t, with), decoded(t, alone))); got != missing {
				t.Errorf("declared: %q, expected %q", got, missing)
			}
			if got := told(Compare(decoded(t, alone), decoded(t, with))); got != unexpected {
				t.Errorf("there: %q, expected %q", got, unexpected)
			}
		})
	}
}

// A design may leave the priority of a pull source open: the source is the same then.
func TestCompare_PullSources(t *testing.T) {
	design := func(sources map[string]model.Value[int64]) *model.Hierarchy {
		server := &model.Server{FQDN: model.Known("dp.contoso.com"), Site: model.Known(&model.Site{Code: model.Known("PS1")})}
		point := &model.DistributionPoint{PullSources: model.Known(sources)}
		a := &model.Assignment{Server: model.Known(server), Role: model.Known("distribution_point"), DistributionPoint: model.Known(point)}
		return &model.Hierarchy{Assignments: model.Known(map[string]model.Value[*model.Assignment]{"dp": model.Known(a)})}
	}
	type sources = map[string]model.Value[int64]
	running := sources{"a.contoso.com": model.Known[int64](1), "b.contoso.com": model.Known[int64](2)}
	for _, test := range []struct {
		name     string
		declared sources
		differs  bool
	}{
		{"the same", sources{"A.contoso.com": model.Known[int64](1), "b.contoso.com": model.Known[int64](2)}, false},
		{"a priority that is not set", sources{"a.contoso.com": model.Null[int64](), "b.contoso.com": model.Known[int64](2)}, false},
		{"a priority that is not known", sources{"a.contoso.com": model.Unknown[int64](), "b.contoso.com": model.Known[int64](2)}, false},
		{"another priority", sources{"a.contoso.com": model.Known[int64](3), "b.contoso.com": model.Null[int64]()}, true},
		{"another source", sources{"c.contoso.com": model.Null[int64](), "b.contoso.com": model.Known[int64](2)}, true},
		{"fewer sources", sources{"a.contoso.com": model.Null[int64]()}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			drift := Compare(design(test.declared), design(running))
			if got := len(drift.Different) == 1; got != test.differs || len(drift.Missing)+len(drift.Unexpected) != 0 {
				t.Errorf("it says %q", told(drift))
			}
		})
	}
}

// Of two elements with the same identity the first key answers, each time.
func TestCompare_ElementsGivenTwice(t *testing.T) {
	site := func(directory string) tree {
		return tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com", "install_directory": directory}
	}
	server := func(system string) tree {
		return tree{"fqdn": "dp01.contoso.com", "site": tree{"site_code": "PS1"}, "operating_system": system}
	}
	role := func(protocol, system string) tree {
		return tree{"role": "distribution_point", "server": server(system), "distribution_point": tree{"protocol": protocol}}
	}
	gateway := func(size int64) tree { return tree{"name": "contoso", "site_code": "PS1", "vm_instances": size} }
	declared := tree{
		"sites":                     tree{"a": site(`D:\ConfigMgr`), "b": site(`E:\ConfigMgr`)},
		"role_assignments":          tree{"a": role("http", "windows_server_2019"), "b": role("https", "windows_server_2022")},
		"cloud_management_gateways": tree{"a": gateway(2), "b": gateway(3)},
	}
	live := tree{
		"sites":                     tree{"a": site(`F:\ConfigMgr`)},
		"site_system_servers":       tree{"a": server("windows_server_2016"), "b": server("windows_server_2025")},
		"role_assignments":          tree{"a": role("https", "windows_server_2012")},
		"cloud_management_gateways": tree{"a": gateway(4)},
	}
	want := strings.Join([]string{
		`~ cloud_management_gateways["a"].vm_instances 2 -> 4`,
		`~ role_assignments["a"].distribution_point.protocol http -> https`,
		`~ role_assignments["a"].server.operating_system windows_server_2019 -> windows_server_2016`,
		`~ sites["a"].install_directory D:\ConfigMgr -> F:\ConfigMgr`,
	}, "\n")
	for range 50 {
		if got := told(Compare(decoded(t, declared), decoded(t, live))); got != want {
			t.Fatalf("it says\n%s\nexpected\n%s", got, want)
		}
	}
}
