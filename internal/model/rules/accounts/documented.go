package accounts

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "ACC-SITE-INSTALL", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "The user who runs Setup is an administrator everywhere that Setup works",
		Why: "That is a local administrator of the site server, of each database server and of each computer with an SMS Provider, and sysadmin on the SQL " +
			"Server. For a child site or an expansion the user is also Full Administrator or Infrastructure Administrator at the existing site.",
		Sources: []product.Source{product.Accounts.At("Site installation account"), product.SiteInstallationPrerequisites.Source()},
	},
	rule.Rule{
		ID: "ACC-SYS-INSTALL", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:   "The site system installation account is a local administrator of the server",
		Why:     "It also needs the right to access the computer from the network. Where the site server initiates connections, data are transferred with it, too.",
		Sources: []product.Source{product.Accounts.At("Site system installation account")},
	},
	rule.Rule{
		ID: "ACC-MP-CONN", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "A management point connects to the database with its computer account or an account of its own",
		Why:     "The computer account is the default, a service account the recommendation. In an untrusted domain an account has to be named.",
		Fix:     "Name it in database_connection_account of the management point.",
		Sources: []product.Source{product.Accounts.At("Management point connection account")},
	},
	rule.Rule{
		ID: "ACC-EP-CONN", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "An enrollment point reads and writes the site database",
		Why:     "It does so with its computer account by default. In an untrusted domain an account with both rights has to be named.",
		Fix:     "Name it in database_connection_account of the enrollment point.",
		Sources: []product.Source{product.Accounts.At("Enrollment point connection account")},
	},
	rule.Rule{
		ID: "ACC-CRP", Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "before 2203",
		Title:   "A certificate registration point reads the site database",
		Why:     "Reading is all its account needs to do. In an untrusted domain an account has to be named.",
		Sources: []product.Source{product.Accounts.At("Certificate registration point account")},
	},
	rule.Rule{
		ID: "ACC-MULTICAST", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "A distribution point with multicast reads the site database",
		Why:     "It does so with its computer account by default. Where the database is in an untrusted forest, an account has to be named.",
		Fix:     "Name it in connection_account of multicast.",
		Sources: []product.Source{product.Accounts.At("Multicast connection account")},
	},
	rule.Rule{
		ID: "ACC-SUP", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "The software update point connection account administers WSUS",
		Why:     "It is a local administrator of the WSUS server and a member of WSUS Administrators there. A software update point in an untrusted forest needs it.",
		Fix:     "Name it in wsus_connection_account of the software update point.",
		Sources: []product.Source{product.Accounts.At("Software update point connection account")},
	},
	rule.Rule{
		ID: "ACC-PROXY", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "A proxy that asks for credentials gets the site system proxy server account",
		Why: "Asset Intelligence synchronization point, Exchange Server connector, service connection point and software update point use it when the " +
			"computer account is not accepted.",
		Sources: []product.Source{product.Accounts.At("Site system proxy server account")},
	},
	rule.Rule{
		ID: "ACC-EXC", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "The Exchange Server connection account may run the cmdlets of the connector",
		Why: "The site server finds and manages devices with Exchange cmdlets; the article about the connector lists those that the account has to be " +
			"allowed to run.",
		Sources: []product.Source{product.Accounts.At("Exchange Server connection account")},
	},
	rule.Rule{
		ID: "ACC-ADFOREST", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Central administration and primary sites publish to a forest with the Active Directory forest account",
		Why: "Without one they use the computer account of the site server, as secondary sites always do. For a forest that is not trusted it has to be a " +
			"global account.",
		Sources: []product.Source{product.Accounts.At("Active Directory forest account")},
	},
	rule.Rule{
		ID: "ACC-SITE-TO-SITE", Basis: rule.Documented, Scope: rule.ScopePair,
		Title: "Parent and child site have accounts on each other's site server",
		Why: "When a child site is installed, each computer account becomes a member of the group SMS_SiteToSiteConnection, followed by the site code, on " +
			"the other side. Files between the sites come in with it.",
		Sources: []product.Source{product.Accounts.At("SMS_SiteToSiteConnection"), product.Communications.At("Scenario 1: Communication between sites in a " +
			"hierarchy that spans forests")},
	},
)
