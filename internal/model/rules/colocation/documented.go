package colocation

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "COLO-RSP-REMOTE", Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title:   "The reporting services point is on another computer than the site server",
		Why:     "Reports take processor time and memory whenever somebody runs one; on a computer of its own they do not slow down the site.",
		Fix:     `Assign "reporting_services_point" to a server other than the site server.`,
		Sources: []product.Source{product.ReportingPlan.Source(), product.ReportingPrerequisites.Source()},
	},
	rule.Rule{
		ID: "COLO-CMGCP-SHARED-OK", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:   "A cloud management gateway connection point may share its server",
		Why:     "It needs no computer of its own. How many clients it serves depends on the ports that the computer has left: see CMG-CP-PORTS.",
		Sources: []product.Source{product.CMGPlan.Source()},
	},
	rule.Rule{
		ID: "COLO-CLIENT-VERSION-MP", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title:   "A client on a future management point has the version of the site",
		Why:     "The prerequisite check refuses a management point on a computer whose client has another version.",
		Fix:     "Look up the client version of the server in Assets and Compliance, Devices; upgrade or uninstall the client before you add the role.",
		Sources: []product.Source{product.PrerequisiteChecks.At("Client version on management point computer")},
	},
	rule.Rule{
		ID: "COLO-CLIENT-VERSION-PULLDP", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:   "A client on a pull-distribution point has the version of the site",
		Why:     "Client and pull-distribution point use the same framework to transfer content, and the computer has one copy of it.",
		Fix:     "Compare the client version of these servers with that of the site after each update of the site, and upgrade their clients first.",
		Sources: []product.Source{product.PullDistributionPoint.At("Limitations")},
	},
)
