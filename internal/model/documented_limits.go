package model

// limitsDocumented are the rules of the chapter that are told in the guides and that no
// plan checks.
var limitsDocumented = documented(
	Rule{
		ID: "LIM-FSP-THROTTLE", Basis: Documented, Scope: ScopeRole,
		Title:   "A fallback status point passes on 10,000 state messages an hour unless changed",
		Why:     "The throttle keeps a large client deployment from flooding the site; one client installation sends about four messages. It can be set to 100 to 100,000 messages in 60 to 86,400 seconds, which the console shows as 1 to 1440 minutes.",
		Sources: []Source{articleRoleOptions.At("Fallback status point"), articlePowerShell.At("Add-CMFallbackStatusPoint"), articleCmdletParameters.At("Add-CMFallbackStatusPoint"), articleClientBestPractices.Source()},
	},
	Rule{
		ID: "LIM-ADMINSVC", Basis: Documented, Scope: ScopeRole,
		Title:   "The administration service of an SMS Provider answers 5,000 requests per second",
		Why:     "A single client address gets 200 of them. The SMS Provider itself is limited by the resources of its computer only.",
		Sources: []Source{articleSizeAndScale.At("SMS Provider")},
	},
	Rule{
		ID: "LIM-HW-BASIS", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "The published limits presume the recommended hardware and the default settings",
		Why:     "Smaller servers, or settings such as inventory more often than every seven days, lower what a site supports in practice.",
		Sources: []Source{articleSizeAndScale.Source(), articleRecommendedHardware.Source()},
	},
	Rule{
		ID: "LIM-LAB", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "A lab of up to 100 clients runs on a small server",
		Why:     "For the site server with its database, two to four cores, 8 to 12 GB of memory and 100 GB of disk space are recommended as a minimum.",
		Sources: []Source{articleRecommendedHardware.At("Lab deployments")},
	},
)
