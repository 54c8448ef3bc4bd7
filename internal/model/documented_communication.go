package model

// communicationDocumented are the rules of the chapter that are told in the guides and that no
// plan checks.
var communicationDocumented = documented(
	Rule{
		ID: "COMM-MODE-ENUM", Basis: Documented, Scope: ScopeSite,
		Title:   "A primary site has one of three ways to communicate with clients",
		Why:     "HTTPS only; HTTPS or HTTP with certificates that the site makes, called enhanced HTTP; or HTTPS or HTTP without them. Set-CMSite says HttpsOnly and HttpsOrHttp, the latter with or without UseSmsGeneratedCert, and a setup script EnforceHTTPS and HTTPorHTTPS.",
		Fix:     `Set client_communication to "https_only", "enhanced_http" or "https_or_http".`,
		Sources: []Source{articlePowerShell.At("Set-CMSite"), articleSetupScript.Source(), articleEnhancedHTTP.At("Configure the site")},
	},
	Rule{
		ID: "COMM-DEFAULT-EHTTP", Basis: Documented, Scope: ScopeSite, Versions: "from 2203",
		Title:   "A new primary site uses enhanced HTTP",
		Why:     "Setup turns it on unless all roles are to accept HTTPS only.",
		Sources: []Source{articleSetupWizard.At("Client Communication Settings"), articleEnhancedHTTP.Source()},
	},
	Rule{
		ID: "COMM-EHTTP-SCOPE", Basis: Documented, Scope: ScopeSite,
		Title:   "Enhanced HTTP does not protect all communication",
		Why:     "State migration points, reporting services points, remote tools and content that clients pass to each other stay on plain HTTP, among others. Only certificates of your own public key infrastructure protect more.",
		Sources: []Source{articleEnhancedHTTP.At("Unsupported scenarios")},
	},
	Rule{
		ID: "COMM-SSLSTATE", Basis: Documented, Scope: ScopeRole,
		Title:   "WMI shows the protocol of a role as SslState",
		Why:     "In the class SMS_SCI_SysResUse, 0 is HTTP, 1 HTTPS, 2 not applicable, 3 always HTTPS and 4 always HTTP. The property Type beside it is 1, 2 or 4 for the site server of a secondary, primary or central administration site, and 8 for any other server.",
		Sources: []Source{articleSysResUse.Source()},
	},
	Rule{
		ID: "COMM-IBCM-FEATURES", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "Internet-based client management does not offer all features",
		Why:     "On the internet there is no client installation by client push or software update, no automatic site assignment, no Wake on LAN, no operating system deployment and no remote control. Deployments to users need a management point that can authenticate the user.",
		Sources: []Source{articleInternetBasedClients.At("Features that are not supported on the internet")},
	},
	Rule{
		ID: "COMM-NAA-STILL-NEEDED", Basis: Documented, Scope: ScopeSite,
		Title:   "Some features need a network access account even with HTTPS",
		Why:     "These are multicast, task sequences that read content directly from a distribution point or a package share, the step Request State Store when the computer account does not get through, and running another program first.",
		Fix:     "Configure the account if you use one of them, under Configure Site Components, Software Distribution; do without it otherwise.",
		Sources: []Source{articleAccounts.At("Actions that require the network access account")},
	},
	Rule{
		ID: "COMM-MP-INTERNET-2603", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole, Versions: "from 2603",
		Title:   "Management points reach the sign-in services of Microsoft Entra ID",
		Why:     "A management point that serves devices joined to Microsoft Entra ID, or clients with tokens of a cloud management gateway, connects to login.microsoftonline.com and sts.windows.net. It uses a proxy that is set for the whole computer; the articles disagree on whether one for WinHTTP is enough.",
		Fix:     "Before you update to version 2603, open both addresses for the management points, and set a proxy for the whole computer (WinINET at machine level) besides one of netsh winhttp.",
		Sources: []Source{articleProxySupport.Source(), articleWhatsNew2603.Source()},
	},
	Rule{
		ID: "COMM-PORTS", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "The ports of each connection are documented, and those for clients can be changed",
		Why:     "One article lists what each role and each client connects to. The HTTP and HTTPS ports between clients and site systems are a setting of the site.",
		Sources: []Source{articlePorts.Source()},
	},
	Rule{
		ID: "COMM-SQL-EXTENDED-PROTECTION", Basis: Documented, Scope: ScopeSite, Versions: "from 2603",
		Title:   "SQL Server may demand extended protection or encryption",
		Why:     "Extended Protection for authentication and Force Encryption on the instance of the site database are supported from version 2603 on; leave both off before.",
		Sources: []Source{articleSQLServerConfigurations.At("Extended protection for authentication"), articleSQLServerConfigurations.At("Force encryption")},
	},
)
