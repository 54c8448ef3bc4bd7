package model

// accountsDocumented are the rules of the chapter that are told in the guides and that no
// plan checks.
var accountsDocumented = documented(
	Rule{
		ID: "ACC-SITE-INSTALL", Basis: Documented, Scope: ScopeSite,
		Title:   "The user who runs Setup is an administrator everywhere that Setup works",
		Why:     "That is a local administrator of the site server, of each database server and of each computer with an SMS Provider, and sysadmin on the SQL Server. For a child site or an expansion the user is also Full Administrator or Infrastructure Administrator at the existing site.",
		Sources: []Source{articleAccounts.At("Site installation account"), articleSiteInstallationPrerequisites.Source()},
	},
	Rule{
		ID: "ACC-SYS-INSTALL", Basis: Documented, Scope: ScopeServer,
		Title:   "The site system installation account is a local administrator of the server",
		Why:     "It also needs the right to access the computer from the network. Where the site server initiates connections, data are transferred with it, too.",
		Sources: []Source{articleAccounts.At("Site system installation account")},
	},
	Rule{
		ID: "ACC-MP-CONN", Basis: Documented, Scope: ScopeRole,
		Title:   "A management point connects to the database with its computer account or an account of its own",
		Why:     "The computer account is the default, a service account the recommendation. In an untrusted domain an account has to be named.",
		Fix:     "Name it in database_connection_account of the management point.",
		Sources: []Source{articleAccounts.At("Management point connection account")},
	},
	Rule{
		ID: "ACC-EP-CONN", Basis: Documented, Scope: ScopeRole,
		Title:   "An enrollment point reads and writes the site database",
		Why:     "It does so with its computer account by default. In an untrusted domain an account with both rights has to be named.",
		Fix:     "Name it in database_connection_account of the enrollment point.",
		Sources: []Source{articleAccounts.At("Enrollment point connection account")},
	},
	Rule{
		ID: "ACC-CRP", Basis: Documented, Scope: ScopeRole, Versions: "before 2203",
		Title:   "A certificate registration point reads the site database",
		Why:     "Reading is all its account needs to do. In an untrusted domain an account has to be named.",
		Sources: []Source{articleAccounts.At("Certificate registration point account")},
	},
	Rule{
		ID: "ACC-MULTICAST", Basis: Documented, Scope: ScopeRole,
		Title:   "A distribution point with multicast reads the site database",
		Why:     "It does so with its computer account by default. Where the database is in an untrusted forest, an account has to be named.",
		Fix:     "Name it in connection_account of multicast.",
		Sources: []Source{articleAccounts.At("Multicast connection account")},
	},
	Rule{
		ID: "ACC-SUP", Basis: Documented, Scope: ScopeRole,
		Title:   "The software update point connection account administers WSUS",
		Why:     "It is a local administrator of the WSUS server and a member of WSUS Administrators there. A software update point in an untrusted forest cannot do without it.",
		Fix:     "Name it in wsus_connection_account of the software update point.",
		Sources: []Source{articleAccounts.At("Software update point connection account")},
	},
	Rule{
		ID: "ACC-PROXY", Basis: Documented, Scope: ScopeServer,
		Title:   "A proxy that asks for credentials gets the site system proxy server account",
		Why:     "Asset Intelligence synchronization point, Exchange Server connector, service connection point and software update point use it when the computer account is not accepted.",
		Sources: []Source{articleAccounts.At("Site system proxy server account")},
	},
	Rule{
		ID: "ACC-EXC", Basis: Documented, Scope: ScopeRole,
		Title:   "The Exchange Server connection account may run the cmdlets of the connector",
		Why:     "The site server finds and manages devices with Exchange cmdlets; the article about the connector lists those that the account has to be allowed to run.",
		Sources: []Source{articleAccounts.At("Exchange Server connection account")},
	},
	Rule{
		ID: "ACC-ADFOREST", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "Central administration and primary sites publish to a forest with the Active Directory forest account",
		Why:     "Without one they use the computer account of the site server, as secondary sites always do. For a forest that is not trusted it has to be a global account.",
		Sources: []Source{articleAccounts.At("Active Directory forest account")},
	},
	Rule{
		ID: "ACC-SITE-TO-SITE", Basis: Documented, Scope: ScopePair,
		Title:   "Parent and child site have accounts on each other's site server",
		Why:     "When a child site is installed, each computer account becomes a member of the group SMS_SiteToSiteConnection, followed by the site code, on the other side. Files between the sites come in with it.",
		Sources: []Source{articleAccounts.At("SMS_SiteToSiteConnection"), articleCommunications.At("Scenario 1: Communication between sites in a hierarchy that spans forests")},
	},
)
