package model

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Group 1: site codes, names and the properties of a site that never change.

var (
	siteCodeFormat = regexp.MustCompile(`^[A-Z0-9]{3}$`)
	siteNameFormat = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

	// Windows refuses the device names, the product the others. ENV stands in one of
	// the two articles only; refusing it is the safe reading.
	reservedSiteCodes = []string{"AUX", "CON", "ENV", "NUL", "PRN", "SMS"}
)

var siteRules = []Rule{
	{
		ID: "SITE-CODE-FORMAT", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "A site code is three letters or digits",
		Why:     "Setup accepts exactly three characters from A to Z and 0 to 9; the code becomes part of the database name, of shares and of client records.",
		Fix:     `Give three letters or digits, such as site_code = "PS1".`,
		Sources: []Source{articlePrepareToInstallSites.At("Site codes"), articleSetupWizard.Source()},
		site: func(c *check, s *Site) {
			code, ok := decided(c, s.Code)
			if !ok || siteCodeFormat.MatchString(foldCode(code)) {
				return
			}
			c.violate(violation{
				at:    At("site_code"),
				fact:  fmt.Sprintf("site code %q is not three letters or digits", code),
				found: fmt.Sprintf("site_code = %q has %d characters; exactly %d from A to Z and 0 to 9 are allowed.", code, utf8.RuneCountInString(code), limitSiteCodeLength.value),
			})
		},
	},
	{
		ID: "SITE-CODE-RESERVED", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:   "A site code is not a reserved name",
		Why:     "Windows and the product use these names themselves, and Setup does not check them: the installation fails later.",
		Fix:     `Choose another code, such as site_code = "PS1".`,
		Sources: []Source{articlePrepareToInstallSites.At("Site codes"), articleSetupWizard.Source()},
		site: func(c *check, s *Site) {
			code, ok := decided(c, s.code())
			if !ok || !slices.Contains(reservedSiteCodes, code) {
				return
			}
			c.violate(violation{
				at:    At("site_code"),
				fact:  fmt.Sprintf("site code %q is reserved", code),
				found: fmt.Sprintf("site_code = %q is one of the reserved names %s.", code, strings.Join(reservedSiteCodes, ", ")),
			})
		},
	},
	{
		ID: "SITE-CODE-UNIQUE-HIER", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "Every site code occurs once in a hierarchy",
		Why:     "Sites address each other, their content and their clients by the code. The prerequisite check refuses a primary site whose code is in use.",
		Fix:     "Give each site a code of its own, and list each site once.",
		Sources: []Source{articlePrepareToInstallSites.At("Site codes"), articlePrerequisiteChecks.At("Site code in use")},
		// Seen from the site itself: the sites above it.
		site: func(c *check, s *Site) {
			parent, ok := s.Parent.Get()
			if !ok || c.topology.Hierarchy != nil {
				return
			}
			for above := parent; ; {
				own, okOwn := decided(c, s.code())
				other, okOther := decided(c, above.code())
				if okOwn && okOther && own == other {
					c.violate(violation{
						at:    At("site_code"),
						fact:  fmt.Sprintf("site code %q is also that of the %s above it", own, siteTypeName(above)),
						found: fmt.Sprintf("site_code = %q on this site and on %s.", own, above.label()),
					})
					return
				}
				next, ok := above.Parent.Get()
				if !ok {
					return
				}
				above = next
			}
		},
		hierarchy: func(c *check) {
			first := map[string]*Site{}
			for _, s := range c.topology.Sites {
				code, ok := decided(c, s.code())
				if !ok {
					continue
				}
				other, listed := first[code]
				if !listed {
					first[code] = s
					continue
				}
				v := violation{
					on: s, at: At("site_code"), related: []declared{other}, site: s,
					fact:  fmt.Sprintf("site code %q is used by two sites", code),
					found: fmt.Sprintf("%s and %s both have site_code = %q.", other.Path(), s.Path(), code),
				}
				if c.holds(equalHost(s.Server, other.Server)) {
					v.fact = fmt.Sprintf("site %s is listed twice", code)
					v.found = fmt.Sprintf("%s and %s are the same site: the same code and the same site server.", other.Path(), s.Path())
					v.fix = fmt.Sprintf("Remove one of the two keys from sites, for example %s.", s.Path())
				}
				c.violate(v)
			}
		},
	},
	{
		ID: "SITE-CODE-UNIQUE-FOREST", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "A site code is not published in the forest by another hierarchy",
		Why:     "Sites that publish to the same Active Directory forest share one container: clients that look up the code find either site.",
		Fix:     "Choose another site code, or remove the leftovers of the other hierarchy from the System Management container and from published_site_codes.",
		Sources: []Source{articlePrepareToInstallSites.At("About site names and site codes")},
		hierarchy: func(c *check) {
			c.eachTakenCode(c.topology.Hierarchy.PublishedSiteCodes, "published_site_codes", nil,
				"is published in the forest by another hierarchy")
		},
	},
	{
		ID: "SITE-CODE-NO-REUSE-PRI", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "The code of a former central administration or primary site is not used again",
		Why:     "Objects that the former site created keep their ids, which begin with its code, in the databases of the hierarchy; a new site would allocate the same ids.",
		Fix:     "Choose a code that no central administration or primary site of this hierarchy ever had. Recovering the same site is another matter: take its code out of retired_site_codes then.",
		Sources: []Source{articlePrepareToInstallSites.At("Reuse a site code")},
		hierarchy: func(c *check) {
			c.eachTakenCode(c.topology.Hierarchy.RetiredSiteCodes, "retired_site_codes", nil,
				"was the code of a site that is gone")
		},
	},
	{
		ID: "SITE-NAME-REQUIRED", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "A site has a name",
		Why:     "Setup asks for the name and does not continue without one.",
		Fix:     `Give the name that the console shows, such as name = "Contoso Seattle".`,
		Sources: []Source{articlePrepareToInstallSites.At("Site names"), articleSetupScript.At("SiteName")},
		site: func(c *check, s *Site) {
			if name, ok := decided(c, s.Name); ok && strings.TrimSpace(name) == "" {
				c.violate(violation{
					at:    At("name"),
					fact:  fmt.Sprintf("%s has no name", s.label()),
					found: fmt.Sprintf("name = %q.", name),
				})
			}
		},
	},
	{
		ID: "SITE-NAME-CHARS", Severity: SeverityWarning, Basis: Conflict, Scope: ScopeSite,
		Title:     "A site name holds letters, digits, blanks and hyphens",
		Why:       "The documentation allows letters, digits and hyphens. Its own samples use blanks, so blanks are let through; other characters have no such precedent.",
		Fix:       `Keep to letters, digits, blanks and hyphens, such as name = "Contoso Seattle".`,
		Sources:   []Source{articlePrepareToInstallSites.At("Site names")},
		CoveredBy: onElement("SITE-NAME-REQUIRED"),
		site: func(c *check, s *Site) {
			name, ok := decided(c, s.Name)
			if !ok || siteNameFormat.MatchString(strings.ReplaceAll(name, " ", "")) {
				return
			}
			c.violate(violation{
				at:    At("name"),
				fact:  fmt.Sprintf("the name of %s holds unusual characters", s.label()),
				found: fmt.Sprintf("name = %q.", name),
			})
		},
	},
	{
		ID: "SITE-NAME-LEN", Severity: SeverityWarning, Basis: SecondarySource, Scope: ScopeSite,
		Title:   "A site name has at most 127 characters",
		Why:     "No article of Microsoft gives a maximum; a lab builder of a Microsoft engineer stops at this length.",
		Fix:     "Shorten the name.",
		Sources: []Source{limitSiteNameLength.source},
		site: func(c *check, s *Site) {
			name, ok := decided(c, s.Name)
			if n := int64(utf8.RuneCountInString(name)); ok && n > limitSiteNameLength.value {
				c.violate(violation{
					at:    At("name"),
					fact:  fmt.Sprintf("the name of %s is long", s.label()),
					found: fmt.Sprintf("name has %d characters; more than %d are not known to work.", n, limitSiteNameLength.value),
				})
			}
		},
	},
	immutable(Rule{
		ID: "SITE-CODE-IMMUTABLE", Title: "The code of an installed site does not change",
		Sources: []Source{articlePrepareToInstallSites.At("Limits and restrictions for installed sites")},
	}, "site_code", func(s *Site) Value[string] { return s.code() }),
	immutable(Rule{
		ID: "SITE-NAME-IMMUTABLE", Title: "The name of an installed site does not change",
		Sources: []Source{articlePrepareToInstallSites.At("Limits and restrictions for installed sites")},
	}, "name", func(s *Site) Value[string] { return folded(s.Name, strings.ToLower) }),
	immutable(Rule{
		ID: "SITE-DIR-IMMUTABLE", Title: "The installation directory of an installed site does not change",
		Sources: []Source{articlePrepareToInstallSites.At("Limits and restrictions for installed sites")},
	}, "install_directory", func(s *Site) Value[string] { return folded(s.InstallDirectory, strings.ToLower) }),
	{
		ID: "SITE-DIR-CHARS", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:   "The installation directory holds no Unicode characters and no trailing blanks",
		Why:     "Setup does not handle such a path, and parts of the site fail after the installation.",
		Fix:     `Use a plain path, such as install_directory = "D:\\ConfigMgr".`,
		Sources: []Source{articleSetupWizard.At("Site and Installation Settings"), articleSecondarySiteWizard.At("General")},
		site: func(c *check, s *Site) {
			dir, ok := decided(c, s.InstallDirectory)
			if !ok {
				return
			}
			v := violation{at: At("install_directory"), fact: fmt.Sprintf("the installation directory of %s holds characters that Setup does not handle", s.label())}
			switch {
			case strings.TrimRight(dir, " ") != dir:
				v.found = fmt.Sprintf("install_directory = %q ends with a blank.", dir)
			case strings.ContainsFunc(dir, func(r rune) bool { return r > 0xFF }):
				v.found = fmt.Sprintf("install_directory = %q holds characters beyond the Western European set.", dir)
			case strings.ContainsFunc(dir, func(r rune) bool { return r > 0x7F }):
				// Characters of the Western European code page may pass.
				v.found = fmt.Sprintf("install_directory = %q holds characters beyond ASCII.", dir)
				v.severity = SeverityWarning
			default:
				return
			}
			c.violate(v)
		},
	},
	{
		ID: "SITE-DIR-NOT-OS-DRIVE", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeSite,
		Title:   "A site is installed on another volume than Windows",
		Why:     "The inboxes of a site are written without pause; on the volume of the operating system they compete with Windows and with the page file.",
		Fix:     `Install on a volume of its own, such as install_directory = "D:\\ConfigMgr".`,
		Sources: []Source{articleRecommendedHardware.At("Disk space for site systems"), articlePerformanceFAQ.Source()},
		site: func(c *check, s *Site) {
			dir, ok := decided(c, s.InstallDirectory)
			if ok && strings.HasPrefix(strings.ToUpper(dir), `C:`) {
				c.violate(violation{
					at:    At("install_directory"),
					fact:  fmt.Sprintf("%s is installed on drive C", s.label()),
					found: fmt.Sprintf("install_directory = %q is on the drive on which Windows is installed by default.", dir),
				})
			}
		},
	},
	{
		ID: "SITE-FQDN-HOST-MATCH", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:   "The name of a site or database server begins with its NetBIOS name",
		Why:     "The prerequisite check compares the two and refuses a computer whose DNS host name differs from its computer name.",
		Fix:     "Use the computer's own name in fqdn and site_server, not an alias; or rename the computer before Setup.",
		Sources: []Source{articlePrerequisiteChecks.At("Primary FQDN")},
		server: func(c *check, s *Server) {
			name, okName := decided(c, s.NetBIOSName)
			host, okHost := decided(c, s.host())
			if !okName || !okHost || strings.EqualFold(name, hostLabel(host)) {
				return
			}
			site, ok := decided(c, s.Site)
			if !ok || !c.holds(either(site.isSiteServer(s.FQDN), site.isDatabaseComputer(s.FQDN))) {
				return
			}
			c.violate(violation{
				at:    At("netbios_name"),
				fact:  fmt.Sprintf("%s has another NetBIOS name than its first label", s.label()),
				found: fmt.Sprintf("netbios_name = %q, but fqdn = %q begins with %q.", name, host, hostLabel(host)),
			})
		},
	},
	{
		ID: "SITE-FQDN-LENGTH", Severity: SeverityWarning, Basis: Documented, Scope: ScopeServer,
		Title:   "The name of a site server is not unusually long",
		Why:     "Setup checks the length and stops when the name is too long. The limit is not published; 255 characters is the limit of Windows.",
		Fix:     "Shorten the DNS suffix of the server.",
		Sources: []Source{limitHostNameLength.source},
		site: func(c *check, s *Site) {
			fqdn, ok := decided(c, s.Server)
			if ok && int64(len(fqdn)) > limitHostNameLength.value {
				c.violate(violation{
					at:    At("site_server"),
					fact:  fmt.Sprintf("the site server of %s has an unusually long name", s.label()),
					found: fmt.Sprintf("site_server has %d characters.", len(fqdn)),
				})
			}
		},
	},
	{
		ID: "SITE-NETBIOS-LEN", Severity: SeverityError, Basis: SecondarySource, Scope: ScopeServer,
		Title:   "The computer name of a site or database server has at most 15 characters",
		Why:     "The NetBIOS name of a computer has at most 15 characters, and on these servers it has to equal the first label of the fully qualified name.",
		Fix:     "Choose a computer name of at most 15 characters.",
		Sources: []Source{limitComputerName.source, articlePrerequisiteChecks.At("Primary FQDN")},
		site: func(c *check, s *Site) {
			c.computerName(At("site_server"), s.Server, 0)
			if s.PassiveServer.IsKnown() || s.PassiveServer.IsUnknown() {
				c.computerName(At("passive_site_server"), s.PassiveServer, 0)
			}
			if db, ok := s.Database.Get(); ok && !db.Server.IsNull() && c.fails(s.databaseIsVirtual()) && !c.holds(equalHost(db.Server, s.Server)) {
				c.computerName(At("database", "server"), db.Server, 0)
			}
		},
		server: func(c *check, s *Server) {
			site, ok := s.Site.Get()
			if ok && !c.fails(either(site.isSiteServer(s.FQDN), site.isDatabaseComputer(s.FQDN))) {
				return // the site reports it
			}
			c.computerName(At("fqdn"), s.FQDN, SeverityWarning)
		},
	},
	{
		ID: "SITE-DBNAME-LEN", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "Database name, instance name and ports of a site database are within their ranges",
		Why:     "Setup and the cmdlets refuse a database name over 63 characters, an instance name over 16 characters and a port outside 1 to 65535.",
		Fix:     "Correct the value, or leave it out for the default: CM_ and the site code, MSSQLSERVER, 1433 and 4022.",
		Sources: []Source{limitDatabaseName.source},
		site: func(c *check, s *Site) {
			db, ok := s.Database.Get()
			if !ok {
				if s.Database.IsUnknown() {
					c.undecide()
				}
				return
			}
			c.nameLength(s, At("database", "name"), db.Name, limitDatabaseName)
			c.nameLength(s, At("database", "instance"), db.Instance, limitInstanceName)
			c.portRange(s, At("database", "port"), db.Port, true)
			c.portRange(s, At("database", "service_broker_port"), db.ServiceBrokerPort, false)
		},
	},
	{
		ID: "SITE-MEDIA-CURRENT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "The first site of a hierarchy is installed from baseline media",
		Why:     "The CD.Latest folder belongs to the hierarchy it was created in: it adds sites to it and recovers them. It never installs a new hierarchy.",
		Fix:     `Install the site from baseline media: setup_media = "baseline".`,
		Sources: []Source{articlePrepareToInstallSites.At("Options for installing different types of sites")},
		site: func(c *check, s *Site) {
			media, ok := decided(c, s.SetupMedia)
			if !ok || media != MediaCDLatest {
				return
			}
			tier, ok := decided(c, s.TierOf())
			if !ok {
				return
			}
			switch tier {
			case TierStandAlonePrimary:
				c.violate(violation{
					at:    At("setup_media"),
					fact:  fmt.Sprintf("%s is the first site and would be installed from CD.Latest", s.label()),
					found: fmt.Sprintf("setup_media = %q on a stand-alone primary site.", media),
				})
			case TierCentralAdministration:
				// Right when the site expands a stand-alone primary, wrong otherwise; the
				// site alone does not tell.
				c.undecide()
			}
		},
	},
	{
		ID: "SITE-CHILD-NO-CLOUDCONNECTOR", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:       "The setup script of a child primary site installs no service connection point",
		Why:         "The service connection point belongs to the top-level site; the key CloudConnector of the setup script of a child primary is 0.",
		Fix:         "Assign the service connection point to a server of the top-level site.",
		Sources:     []Source{articleSetupScript.At("CloudConnectorOptions")},
		Enforcement: CoveredElsewhere,
		Note:        "A service connection point is declared by a role assignment only: at a child primary site that is ROLE-SITE-SCP.",
	},
	{
		ID: "SITE-CODE-EXPAND-DIFF", Severity: SeverityError, Basis: Refused, Scope: ScopePair,
		Title:       "A central administration site for an expansion has another code than the primary site",
		Why:         "Setup of the central administration site refuses the code of the primary site that it takes over.",
		Fix:         `Give the new site a code of its own, such as site_code = "CAS".`,
		Sources:     []Source{articlePrerequisiteChecks.At("Existing stand-alone primary site for version and site code")},
		Enforcement: CoveredElsewhere,
		Note:        "The central administration site is the parent of the primary site: equal codes are SITE-CODE-UNIQUE-HIER, or HIER-ACYCLIC where the hierarchy does not list the parent.",
	},
}

// siteTypeName names the type of a site, or just calls it a site.
func siteTypeName(s *Site) string {
	if t, ok := s.Type.Get(); ok {
		return t.Name()
	}
	return "site"
}

// immutable completes a rule about a property of an installed site that only a
// reinstallation changes. The replacement is planned all the same, so the finding is
// a warning that says what it costs.
func immutable(r Rule, attribute string, value func(*Site) Value[string]) Rule {
	r.Severity, r.Basis, r.Scope = SeverityError, Unsupported, ScopeSite
	r.Why = "Only uninstalling and reinstalling the site changes it. Its clients have to be reassigned, its roles installed again, and what exists only in its database is lost."
	r.Fix = fmt.Sprintf("Keep %s as it is. If the site is to be rebuilt all the same: back it up, move its clients and roles to another site, uninstall it, then apply.", attribute)
	r.site = func(c *check, s *Site) {
		prior := c.topology.priorSite(s)
		if prior == nil || !installed(prior.Installed) || value(prior).IsNull() {
			return
		}
		before, okBefore := decided(c, value(prior))
		after, okAfter := decided(c, value(s))
		if okBefore && okAfter && before != after {
			c.violate(violation{
				at: At(attribute), severity: SeverityWarning,
				fact:  fmt.Sprintf("%s is installed and would have to be reinstalled", prior.label()),
				found: fmt.Sprintf("%s changes from %q to %q.", attribute, before, after),
			})
		}
	}
	return r
}

// eachTakenCode reports the listed sites whose code is in a list of taken codes.
func (c *check) eachTakenCode(list Value[[]Value[string]], attribute string, except func(*Site) bool, what string) {
	taken, ok := decided(c, list)
	if !ok {
		return
	}
	for i, entry := range taken {
		code, ok := decided(c, folded(entry, foldCode))
		if !ok {
			continue
		}
		for _, s := range c.topology.Sites {
			own, ok := decided(c, s.code())
			if !ok || own != code || except != nil && except(s) {
				continue
			}
			c.violate(violation{
				on: s, at: At("site_code"), site: s,
				fact:  fmt.Sprintf("site code %q %s", code, what),
				found: fmt.Sprintf("%s has site_code = %q, which %s names.", s.Path(), code, At(attribute).Index(i)),
			})
		}
	}
}

// isDatabaseComputer reports whether a host is a computer that holds the site
// database: a listener or a cluster name is none.
func (s *Site) isDatabaseComputer(fqdn Value[string]) Value[bool] {
	virtual, ok := s.databaseIsVirtual().Get()
	switch {
	case !ok:
		return Unknown[bool]()
	case virtual:
		return Known(false)
	default:
		return equalHost(s.databaseServer(), fqdn)
	}
}

// computerName reports a host name whose first label is no NetBIOS name.
func (c *check) computerName(at Path, fqdn Value[string], severity Severity) {
	name, ok := decided(c, fqdn)
	if n := int64(len(hostLabel(name))); ok && n > limitComputerName.value {
		c.violate(violation{
			at: at, severity: severity,
			fact:  fmt.Sprintf("computer name %q is longer than %d characters", hostLabel(name), limitComputerName.value),
			found: fmt.Sprintf("%s = %q has a computer name of %d characters.", at, name, n),
		})
	}
}

func (c *check) nameLength(s *Site, at Path, name Value[string], most limit) {
	text, ok := name.Get()
	if !ok {
		if name.IsUnknown() {
			c.undecide()
		}
		return
	}
	if n := int64(utf8.RuneCountInString(text)); n < 1 || n > most.value {
		c.violate(violation{
			at:    at,
			fact:  fmt.Sprintf("%s of %s is outside 1 to %d characters", at, s.label(), most.value),
			found: fmt.Sprintf("%s = %q has %d characters.", at, text, n),
		})
	}
}

// portRange reports a port outside its range. Port 0 of the database engine means a
// dynamic port, which DB-STATIC-PORT reports.
func (c *check) portRange(s *Site, at Path, port Value[int64], zeroIsDynamic bool) {
	n, ok := port.Get()
	if !ok {
		if port.IsUnknown() {
			c.undecide()
		}
		return
	}
	if n == 0 && zeroIsDynamic {
		return
	}
	if n < 1 || n > limitPort.value {
		c.violate(violation{
			at:    at,
			fact:  fmt.Sprintf("%s of %s is no port", at, s.label()),
			found: fmt.Sprintf("%s = %d; ports are 1 to %d.", at, n, limitPort.value),
		})
	}
}
