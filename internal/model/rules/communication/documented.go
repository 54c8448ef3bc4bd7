package communication

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "COMM-MODE-ENUM", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A primary site has one of three ways to communicate with clients",
		Why: "HTTPS only; HTTPS or HTTP with certificates that the site makes, called enhanced HTTP; or HTTPS or HTTP without them. Set-CMSite says " +
			"HttpsOnly and HttpsOrHttp, the latter with or without UseSmsGeneratedCert, and a setup script EnforceHTTPS and HTTPorHTTPS.",
		Fix:     `Set client_communication to "https_only", "enhanced_http" or "https_or_http".`,
		Sources: []product.Source{product.PowerShell.At("Set-CMSite"), product.SetupScript.Source(), product.EnhancedHTTP.At("Configure the site")},
	},
	rule.Rule{
		ID: "COMM-DEFAULT-EHTTP", Basis: rule.Documented, Scope: rule.ScopeSite, Versions: "from 2203",
		Title:   "A new primary site uses enhanced HTTP",
		Why:     "Setup turns it on unless all roles are to accept HTTPS only.",
		Sources: []product.Source{product.SetupWizard.At("Client Communication Settings"), product.EnhancedHTTP.Source()},
	},
	rule.Rule{
		ID: "COMM-EHTTP-SCOPE", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "Enhanced HTTP does not protect all communication",
		Why: "State migration points, reporting services points, remote tools and content that clients pass to each other stay on plain HTTP, among " +
			"others. Only certificates of your own public key infrastructure protect more.",
		Sources: []product.Source{product.EnhancedHTTP.At("Unsupported scenarios")},
	},
	rule.Rule{
		ID: "COMM-SSLSTATE", Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "WMI shows the protocol of a role as SslState",
		Why: "In the class SMS_SCI_SysResUse, 0 is HTTP, 1 HTTPS, 2 not applicable, 3 always HTTPS and 4 always HTTP. The property Type beside it is 1, 2 " +
			"or 4 for the site server of a secondary, primary or central administration site, and 8 for any other server.",
		Sources: []product.Source{product.SysResUse.Source()},
	},
	rule.Rule{
		ID: "COMM-IBCM-FEATURES", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Internet-based client management does not offer all features",
		Why: "On the internet there is no client installation by client push or software update, no automatic site assignment, no Wake on LAN, no " +
			"operating system deployment and no remote control. Deployments to users need a management point that can authenticate the user.",
		Sources: []product.Source{product.InternetBasedClients.At("Features that are not supported on the internet")},
	},
	rule.Rule{
		ID: "COMM-NAA-STILL-NEEDED", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "Some features need a network access account even with HTTPS",
		Why: "These are multicast (COMM-NAA-MULTICAST), task sequences that read content directly from a distribution point or a package share, the step " +
			"Request State Store when the computer account does not get through, and running another program first.",
		Fix:     "Configure the account if you use one of them, under Configure Site Components, Software Distribution; otherwise the site needs none.",
		Sources: []product.Source{product.Accounts.At("Actions that require the network access account")},
	},
	rule.Rule{
		ID: "COMM-MP-INTERNET-2603", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "from 2603",
		Title: "Management points reach the sign-in services of Microsoft Entra ID",
		Why: "A management point that serves devices joined to Microsoft Entra ID, or clients with tokens of a cloud management gateway, connects to " +
			"login.microsoftonline.com and sts.windows.net. It does not go through the proxy of the site system server, but through one that is set for the whole " +
			"computer; the articles disagree on whether one for WinHTTP is enough.",
		Fix: "Before you update to version 2603, open both addresses for the management points, and set a proxy for the whole computer (WinINET at machine " +
			"level) besides one of netsh winhttp.",
		Sources: []product.Source{product.ProxySupport.Source(), product.WhatsNew2603.Source()},
	},
	rule.Rule{
		ID: "COMM-PORTS", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "The ports of each connection are documented, and those for clients can be changed",
		Why:     "One article lists what each role and each client connects to. The HTTP and HTTPS ports between clients and site systems are a setting of the site.",
		Sources: []product.Source{product.Ports.Source()},
	},
	rule.Rule{
		ID: "COMM-SQL-EXTENDED-PROTECTION", Basis: rule.Documented, Scope: rule.ScopeSite, Versions: "from 2603",
		Title: "SQL Server may demand extended protection or encryption",
		Why: "Extended Protection for authentication and Force Encryption on the instance of the site database are supported from version 2603 on; leave " +
			"both off before.",
		Sources: []product.Source{product.SQLServerConfigurations.At("Extended protection for authentication"), product.SQLServerConfigurations.At("Force encryption")},
	},
)
