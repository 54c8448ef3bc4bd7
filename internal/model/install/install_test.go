package install

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// decodeHierarchy returns a hierarchy of a tree that has to be right.
func decodeHierarchy(t testing.TB, tree map[string]any) *model.Hierarchy {
	t.Helper()
	h := &model.Hierarchy{}
	if errors := model.Decode(h, tree); len(errors) > 0 {
		t.Fatalf("decode: %v", errors)
	}
	return h
}

func asJSON(v any) string {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

type object = map[string]any

func site(siteCode, siteType string, parent object, further ...object) object {
	s := object{"site_code": siteCode, "site_type": siteType, "name": "Contoso " + siteCode, "site_server": strings.ToLower(siteCode) + ".contoso.com"}
	if parent != nil {
		s["parent"] = parent
	}
	for _, f := range further {
		for name, v := range f {
			s[name] = v
		}
	}
	return s
}

func role(s object, host, key string, settings object, further ...object) object {
	a := object{"role": key, "server": object{"fqdn": host, "site": s}}
	if settings != nil {
		a[key] = settings
	}
	for _, f := range further {
		for name, v := range f {
			a[name] = v
		}
	}
	return a
}

func hierarchy(sites []object, roles ...object) object {
	h := object{"sites": object{}, "role_assignments": object{}}
	for _, s := range sites {
		h["sites"].(object)[s["site_code"].(string)] = s
	}
	for _, a := range roles {
		h["role_assignments"].(object)[a["server"].(object)["fqdn"].(string)+"/"+a["role"].(string)] = a
	}
	return h
}

func TestForHierarchy_KeepsTheOrderOfADesign(t *testing.T) {
	cas := site("CAS", "central_administration", nil)
	ps1 := site("PS1", "primary", cas, object{"passive_site_server": "ps1b.contoso.com", "content_library_path": `\\fs\lib`})
	ss1 := site("SS1", "secondary", ps1)
	h := decodeHierarchy(t, hierarchy([]object{cas, ps1, ss1},
		role(cas, "scp.contoso.com", "service_connection_point", object{"mode": "online"}),
		role(ps1, "mp01.contoso.com", "management_point", object{"protocol": "https", "allow_cmg_traffic": true}),
		role(ps1, "dp01.contoso.com", "distribution_point", nil),
		role(ps1, "dp02.contoso.com", "distribution_point", object{"pull_sources": object{"dp01.contoso.com": int64(1)}}),
		role(ps1, "sup.contoso.com", "software_update_point", nil),
		role(cas, "cas.contoso.com", "software_update_point", nil),
	))
	p := ForHierarchy(h)
	var ids []string
	for _, s := range p.Steps {
		for _, id := range s.Requires {
			if !slices.Contains(ids, id) {
				t.Errorf("%s comes before %s, which it requires", s.ID, id)
			}
		}
		ids = append(ids, s.ID)
	}
	last := -1
	for _, id := range []string{
		"CAS/setup", "CAS/scp.contoso.com/service_connection_point", "CAS/update_site", "PS1/setup", "PS1/site_ready", "PS1/content_library", "PS1/passive_site_server", "PS1/dp01.contoso.com/distribution_point",
		"PS1/mp01.contoso.com/management_point", "PS1/dp02.contoso.com/distribution_point", "SS1/setup", "CAS/cas.contoso.com/software_update_point",
		"PS1/sup.contoso.com/software_update_point", "PS1/mp01.contoso.com/management_point/enable_cmg_traffic",
	} {
		at := slices.Index(ids, id)
		if at <= last {
			t.Errorf("%s is at place %d, expected after %d, in\n%s", id, at, last, strings.Join(ids, "\n"))
		}
		last = at
	}
}
