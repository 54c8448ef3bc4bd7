package model_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
)

func TestAbsentAttributes(t *testing.T) {
	site := map[string]any{
		"site_code": "PS1", "site_type": "primary", "client_communication": "https", "database": map[string]any{"edition": "standard"}, "domain": model.UnknownValue{},
	}
	h := modeltest.MustDecode[model.Hierarchy](t, map[string]any{
		"sites": map[string]any{"ps1": site},
		"role_assignments": map[string]any{"mp": map[string]any{
			"role": "management_point", "server": map[string]any{"fqdn": "mp01.contoso.com", "site": site},
		}},
	})
	absent := model.AbsentAttributes(model.ForHierarchy(h, true))
	for name, want := range map[string]bool{
		"site.client_communication": false, "site.database": false, "site.database.edition": false, "site.domain": false,
		"site.database.sql_version": true, "site.clients": true, "site.clients.windows": true, "hierarchy.features": true,
		"role_assignment.management_point": true, "role_assignment.management_point.protocol": true,
		"role_assignment.distribution_point": false, "role_assignment.distribution_point.protocol": false,
	} {
		if absent[name] != want {
			t.Errorf("%s is absent: %t, want %t", name, absent[name], want)
		}
	}
}
