package availability

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "HA-SSP-PREREQS", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title: "A passive site server meets the prerequisites of a primary site server",
		Why: "These include .NET Framework, Remote Differential Compression, the Windows ADK and the ODBC driver for SQL Server. Its computer account has " +
			"to be a local administrator of the active site server, and Setup gives it an SMS Provider of its own.",
		Fix:     "Run the prerequisite checker on the computer first, and follow Monitoring, Site Server Status while the role is added.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Configurations for the site server in passive mode")},
	},
	rule.Rule{
		ID: "HA-SSP-SQLROLE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "Both site servers have the sysadmin role on the SQL Server of the site",
		Why:     "The two share one database, and either of them may be the one that manages it tomorrow.",
		Fix:     "Create a login for the computer account of the passive site server on the instance, and make it a member of sysadmin.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Site database")},
	},
	rule.Rule{
		ID: "HA-SSP-VERSION", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title:   "A passive site server is installed from source files of the same version",
		Why:     "Both servers run one site, so that files of another version than that of the active site server are refused.",
		Fix:     "Name the CD.Latest folder of the active site server as the source.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Configurations for the site server in passive mode")},
	},
	rule.Rule{
		ID: "HA-SSP-DIFF-OS", Basis: rule.Documented, Scope: rule.ScopePair,
		Title:   "The two site servers may run different versions of Windows Server",
		Why:     "Each has to be a supported one. A promotion is therefore also a way to a newer Windows Server.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("General configurations for both site servers")},
	},
	rule.Rule{
		ID: "HA-SSP-MANUAL", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "A passive site server is promoted by hand",
		Why:     "There is no automatic failover: when the active site server is lost, the site waits for an administrator.",
		Fix:     "Write down who promotes the server and how, and practice it.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Limitations")},
	},
	rule.Rule{
		ID: "HA-SSP-CMDLET", Basis: rule.Documented, Scope: rule.ScopeSite, Versions: "from 2002",
		Title:   "PowerShell can add a passive site server",
		Why:     "The cmdlet is Add-CMPassiveSite. Before version 2002 only the console does it.",
		Sources: []product.Source{product.PowerShell.At("Add-CMPassiveSite")},
	},
	rule.Rule{
		ID: "HA-MP-2", Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title:   "A highly available primary site has two management points",
		Why:     "Clients turn to another management point of the site when one is down. Sites without such a demand do with one.",
		Fix:     `Assign "management_point" to two servers of the site.`,
		Sources: []product.Source{product.HighAvailabilityOptions.At("Management point")},
	},
	rule.Rule{
		ID: "HA-DP-2", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title: "A highly available boundary group has two distribution points",
		Why: "Clients look for content at the distribution points of their boundary group first. With one, a client waits for it or falls back to another " +
			"group when it is down.",
		Fix:     "Put two distribution points into each boundary group, and distribute the content to both.",
		Sources: []product.Source{product.HighAvailabilityOptions.At("Distribution point")},
	},
	rule.Rule{
		ID: "HA-PROV-2", Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title:   "A highly available central administration or primary site has two SMS Providers",
		Why:     "Consoles and scripts reach the site through a provider. With one, nobody can administer the site while its computer is down.",
		Fix:     "List two computers in sms_providers.",
		Sources: []product.Source{product.HighAvailabilityOptions.At("Install multiple instances of the SMS Provider at a site")},
	},
	rule.Rule{
		ID: "HA-SUP-2", Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title:   "A highly available site has two software update points",
		Why:     "Clients whose scans fail switch to the other one; network load balancing is not supported. A secondary site is never meant: it has one at most.",
		Fix:     `Assign "software_update_point" to two servers of the site.`,
		Sources: []product.Source{product.HighAvailabilityOptions.At("Redundancy for important site system roles")},
	},
	rule.Rule{
		ID: "HA-SMP-RSP-2", Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title:   "State migration points and reporting services points are made redundant by a second one",
		Why:     "Both roles can be at a site several times, so that user state can be stored and reports run while one of the servers is down.",
		Fix:     "Assign the role to two servers where availability matters.",
		Sources: []product.Source{product.HighAvailabilityOptions.At("Redundancy for important site system roles")},
	},
	rule.Rule{
		ID: "HA-SECONDARY-MP", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "The management point of a secondary site is not highly available",
		Why:     "A secondary site has exactly one, on its site server.",
		Sources: []product.Source{product.HighAvailabilityOptions.At("Management point")},
	},
	rule.Rule{
		ID: "HA-SINGLETONS", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Roles that a hierarchy has once cannot be made redundant",
		Why: "These are the Asset Intelligence synchronization point, the Endpoint Protection point, the service connection point and the data warehouse " +
			"service point. When the server of one is lost, the role is removed and installed on another.",
		Sources: []product.Source{product.HighAvailabilityOptions.At("Options for sites and site system roles that aren't highly available")},
	},
	rule.Rule{
		ID: "HA-MDM-MP", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A device of on-premises mobile device management stays with one management point",
		Why: "It gets the management point when it enrolls, and where several allow mobile devices nobody can say which. If that one is gone for good, the " +
			"device has to be wiped and enrolled again.",
		Sources: []product.Source{product.HighAvailabilityOptions.At("Management point")},
	},
)
