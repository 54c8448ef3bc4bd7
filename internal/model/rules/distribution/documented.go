package distribution

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "DP-PULL-SOURCE-PULL", Basis: rule.Documented, Scope: rule.ScopePair,
		Title:   "A pull-distribution point may take content from another one",
		Why:     "Content then travels in steps. A circle is not forbidden, but content has to come into it from somewhere: see DP-PULL-SOURCE-CYCLE.",
		Sources: []product.Source{product.PullDistributionPoint.At("About source distribution points")},
	},
	rule.Rule{
		ID: "DP-PULL-SOURCE-CLOUD", Basis: rule.Documented, Scope: rule.ScopePair, Versions: "from 1806",
		Title: "A pull-distribution point may take content from Azure",
		Why: "Its source may be a cloud distribution point or a cloud management gateway that holds content. It then needs access to the internet, and " +
			"Azure charges for what it downloads.",
		Sources: []product.Source{product.PullDistributionPoint.At("About source distribution points")},
	},
	rule.Rule{
		ID: "DP-FOREST-ACCOUNT", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A distribution point in another forest works with accounts that are valid there",
		Why: "The site installs it with the site system installation account. Clients show their computer account or, where that is not trusted, the " +
			"network access account.",
		Fix:     "Give the server an installation_account.",
		Sources: []product.Source{product.Communications.Source(), product.Accounts.Source()},
	},
)
