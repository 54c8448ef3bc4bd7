package adopttest

import (
	"maps"
	"slices"
)

// Mistake is one that people make in a hierarchy that is right.
type Mistake struct {
	Rule string // the id of the rule that finds it
	// Make makes the mistake, and reports whether the hierarchy has a place for it.
	Make func(hierarchy map[string]any) bool
}

// Mistakes returns mistakes of every kind of element. Each breaks one rule of a hierarchy
// that [Generate] made.
func Mistakes() []Mistake {
	return []Mistake{
		{"ROLE-SITE-MP", func(h tree) bool {
			return ofKind(h["sites"], "site_type", "central_administration", func(s tree) bool {
				return add(h, s, "extra.contoso.com", "management_point")
			})
		}},
		{"ROLE-CARD-SCP-HIER", func(h tree) bool {
			return ofKind(h["role_assignments"], "role", "service_connection_point", func(a tree) bool {
				return add(h, a["server"].(tree)["site"].(tree), "extra.contoso.com", "service_connection_point")
			})
		}},
		{"ROLE-CARD-ROLE-SERVER", func(h tree) bool {
			return ofKind(h["role_assignments"], "role", "management_point", func(a tree) bool {
				h["role_assignments"].(tree)["zz again"] = maps.Clone(a)
				return true
			})
		}},
		{"REF-PULL-SOURCE", func(h tree) bool {
			return settings(h, "distribution_point", func(d tree) bool {
				sources, pulls := d["pull_sources"].(tree)
				if pulls {
					sources["nowhere.contoso.com"] = int64(9)
				}
				return pulls
			})
		}},
		{"DP-MINFREE", func(h tree) bool {
			return settings(h, "distribution_point", func(d tree) bool { d["minimum_free_space"] = int64(1); return true })
		}},
		{"SRV-OS-LIST", func(h tree) bool {
			return serverOf(h, "management_point", func(s tree) { s["operating_system"] = "windows_server_2012" })
		}},
		{"SRV-DOMAIN", func(h tree) bool {
			return serverOf(h, "management_point", func(s tree) { s["workgroup"] = true; delete(s, "domain"); delete(s, "forest") })
		}},
		{"REF-ONE-KEY", func(h tree) bool {
			servers := h["site_system_servers"].(tree)
			for _, key := range slices.Sorted(maps.Keys(servers)) {
				servers["zz again"] = maps.Clone(servers[key].(tree))
				return true
			}
			return false
		}},
		{"REF-DISTINCT", func(h tree) bool {
			return each(h["sites"], func(s tree) bool {
				if s["passive_site_server"] == nil {
					return false
				}
				s["passive_site_server"] = s["site_server"]
				return true
			})
		}},
		{"SITE-NAME-REQUIRED", func(h tree) bool {
			return each(h["sites"], func(s tree) bool { s["name"] = " "; return true })
		}},
		{"SITE-DB-PORT", func(h tree) bool {
			return each(h["sites"], func(s tree) bool { s["database"].(tree)["port"] = int64(70_000); return true })
		}},
		{"DB-PORT-DISTINCT", func(h tree) bool {
			return each(h["sites"], func(s tree) bool {
				database := s["database"].(tree)
				database["service_broker_port"] = database["port"]
				return true
			})
		}},
	}
}

// each visits objects in the order of their keys until one is changed.
func each(objects any, change func(tree) bool) bool {
	all := objects.(tree)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if change(all[key].(tree)) {
			return true
		}
	}
	return false
}

func ofKind(objects any, attribute, value string, change func(tree) bool) bool {
	return each(objects, func(o tree) bool { return o[attribute] == value && change(o) })
}

// settings changes the settings of a role.
func settings(h tree, role string, change func(tree) bool) bool {
	return ofKind(h["role_assignments"], "role", role, func(a tree) bool {
		block, ok := a[role].(tree)
		return ok && change(block)
	})
}

func serverOf(h tree, role string, change func(tree)) bool {
	return ofKind(h["role_assignments"], "role", role, func(a tree) bool { change(a["server"].(tree)); return true })
}

// add gives a site a role on a new computer.
func add(h, site tree, host, role string) bool {
	h["role_assignments"].(tree)["zz extra"] = tree{
		"role": role, "server": tree{"fqdn": host, "site": tree{"site_code": site["site_code"]}, "domain": "contoso.com", "forest": "contoso.com"},
	}
	return true
}
