package model

import "sync"

// Catalogue returns the rule catalogue of the product.
var RuleCatalogue = sync.OnceValue(func() *Catalogue {
	return NewCatalogue(
		sitesChapter(),
		hierarchyChapter(),
		placementChapter(),
		cardinalityChapter(),
		lifecycleChapter(),
		colocationChapter(),
		serversChapter(),
		communicationChapter(),
		gatewaysChapter(),
		softwareupdatesChapter(),
		databaseChapter(),
		availabilityChapter(),
		distributionChapter(),
		limitsChapter(),
		dependenciesChapter(),
		prerequisitesChapter(),
		requiredrolesChapter(),
		accountsChapter(),
	)
})
