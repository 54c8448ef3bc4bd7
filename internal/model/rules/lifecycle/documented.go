package lifecycle

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "ROLE-LIFE-CMG-VMSS", Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "from 2107 (2010 as a pre-release feature)",
		Title: "A cloud management gateway can be deployed as a virtual machine scale set",
		Why: "Everybody can from version 2107 on, the Azure US Government cloud from 2111 on. In versions 2010 and 2103 it was a pre-release feature for " +
			"subscriptions of a cloud solution provider and for stand-alone primary sites.",
		Fix:     `Give new gateways deployment = "virtual_machine_scale_set".`,
		Sources: []product.Source{product.CMGPlan.Source(), product.DeprecatedFeatures.Source()},
	},
	rule.Rule{
		ID: "ROLE-LIFE-CLIENT-APPROVAL", Basis: rule.Deprecated, Scope: rule.ScopeHierarchy, Versions: "from 2609",
		Title: "A hierarchy does not approve all computers automatically",
		Why: "From version 2609 on the prerequisite check warns of this client approval method, and a later version takes it away: it lets computers in " +
			"that nobody has looked at.",
		Fix: "In Hierarchy Settings, choose manual approval, or automatic approval for computers in trusted domains.",
		Sources: []product.Source{product.PrerequisiteChecks.At("Insecure client approval method"), product.WhatsNew2609.At("Prerequisite warning for automatic " +
			"approval of all clients")},
	},
)
