package colocation

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

func TestWebRolesAreInTheCatalog(t *testing.T) {
	for _, key := range webRoles.keys {
		if role, ok := product.RoleByKey(key); !ok || !role.Assignable() {
			t.Errorf("%q is not an assignable role; there are %v", key, product.AssignableRoles())
		}
	}
}
