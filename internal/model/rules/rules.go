// Package rules is the list of the chapters of the rule catalog.
package rules

import (
	"sync"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/accounts"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/availability"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/cardinality"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/colocation"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/communication"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/database"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/dependencies"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/distribution"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/gateways"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/hierarchy"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/lifecycle"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/limits"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/placement"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/prerequisites"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/references"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/requiredroles"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/servers"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/sites"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/softwareupdates"
)

// Catalog returns the rule catalog of the product.
var Catalog = sync.OnceValue(func() *rule.Catalog {
	return rule.NewCatalog(
		sites.Chapter(),
		hierarchy.Chapter(),
		references.Chapter(),
		placement.Chapter(),
		cardinality.Chapter(),
		lifecycle.Chapter(),
		colocation.Chapter(),
		servers.Chapter(),
		communication.Chapter(),
		gateways.Chapter(),
		softwareupdates.Chapter(),
		database.Chapter(),
		availability.Chapter(),
		distribution.Chapter(),
		limits.Chapter(),
		dependencies.Chapter(),
		prerequisites.Chapter(),
		requiredroles.Chapter(),
		accounts.Chapter(),
	)
})
