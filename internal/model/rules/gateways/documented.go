package gateways

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "CMG-UNSUPPORTED", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "A cloud management gateway does not carry all features",
		Why: "Client push, Wake on LAN, PXE and multicast, macOS clients and devices of on-premises mobile device management do not work through it, nor " +
			"do some older features of the console; peer cache does in part at most.",
		Sources: []product.Source{product.CMGSupport.At("Support for Configuration Manager features")},
	},
	rule.Rule{
		ID: "CMG-HA", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title:   "A highly available gateway has two virtual machine instances and two connection points per site",
		Why:     "With one of either, its failure or maintenance cuts off all clients on the internet.",
		Fix:     `Set vm_instances to 2 or more, and assign "cloud_management_gateway_connection_point" to two servers of the site.`,
		Sources: []product.Source{product.CMGPerformance.At("Improve performance")},
	},
	rule.Rule{
		ID: "CMG-CP-PORTS", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "A connection point serves as many clients as Windows has dynamic ports",
		Why:     "It keeps a connection to the management point open for each client. Windows Server has 16,384 dynamic TCP ports by default.",
		Fix:     "For more clients at the same time assign a second connection point, or widen the range of ports in Windows.",
		Sources: []product.Source{product.CMGPerformance.At("Improve performance")},
	},
)
