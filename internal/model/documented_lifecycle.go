package model

// lifecycleDocumented are the rules of the chapter that are told in the guides and that no
// plan checks.
var lifecycleDocumented = documented(
	Rule{
		ID: "ROLE-LIFE-CMG-VMSS", Basis: Documented, Scope: ScopeRole, Versions: "from 2107 (2010 as a pre-release feature)",
		Title:   "A cloud management gateway can be deployed as a virtual machine scale set",
		Why:     "Everybody can from version 2107 on, the Azure US Government cloud from 2111 on. In versions 2010 and 2103 it was a pre-release feature for subscriptions of a cloud solution provider and for stand-alone primary sites.",
		Fix:     `Give new gateways deployment = "virtual_machine_scale_set".`,
		Sources: []Source{articleCMGPlan.Source(), articleDeprecatedFeatures.Source()},
	},
)
