package model

// softwareupdatesDocumented are the rules of the chapter that are told in the guides and that no
// plan checks.
var softwareupdatesDocumented = documented(
	Rule{
		ID: "SUP-FIRST-IS-SOURCE", Basis: Documented, Scope: ScopeSite,
		Title:   "The first software update point of a site is the source of its others",
		Why:     "All others of the site synchronize with it. When it is lost, an administrator has to remove it and select another as the source.",
		Sources: []Source{articleSoftwareUpdatesPlan.At("Determine the software update point infrastructure")},
	},
	Rule{
		ID: "SUP-SHARED-SUSDB", Basis: Recommended, Scope: ScopeSite,
		Title:   "Software update points of one site and forest share a WSUS database",
		Why:     "A client that moves to another WSUS server downloads the catalog of updates again unless both servers use the same database.",
		Fix:     "Give these software update points the same wsus_database_server and wsus_database_instance.",
		Sources: []Source{articleSoftwareUpdatesPlan.Source()},
	},
	Rule{
		ID: "SUP-UNTRUSTED", Basis: Documented, Scope: ScopeRole,
		Title:   "A software update point may be in an untrusted forest",
		Why:     "It serves the clients of that forest, which prefer a server of their own. It needs a WSUS server there and the accounts of SRV-UNTRUSTED-SUP.",
		Sources: []Source{articleSoftwareUpdatesPlan.At("Software update points in an untrusted forest")},
	},
	Rule{
		ID: "SUP-SECONDARY-SLOW", Basis: Documented, Scope: ScopeSite,
		Title:   "A secondary site may have a software update point",
		Why:     "Its clients scan against the primary site otherwise. One of its own pays off when the link to the primary site is slow.",
		Sources: []Source{articleSiteSystemRoles.At("Software update point"), articleSoftwareUpdatesPlan.At("Software update point on a secondary site")},
	},
	Rule{
		ID: "SUP-OBJ-LIMITS", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "A deployment or a configuration baseline has at most 1000 software updates",
		Why:     "An automatic deployment rule that finds more fails. It also has to stay below 580 security scopes.",
		Fix:     "Narrow the criteria of automatic deployment rules, and split large deployments and baselines.",
		Sources: []Source{articleSizeAndScale.At("Capacity planning for software updates objects")},
	},
)
