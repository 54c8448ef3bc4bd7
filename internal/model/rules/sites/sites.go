package sites

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Site codes, names and the properties of a site that never change.

var (
	siteNameFormat = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
)

var siteRules = []rule.Rule{
	{
		ID: "SITE-CODE-FORMAT", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:   "A site code is three letters or digits",
		Why:     "Setup accepts exactly three characters from A to Z and 0 to 9; the code becomes part of the database name, of shares and of client records.",
		Fix:     "Give three letters or digits in site_code.",
		Sources: []product.Source{product.PrepareToInstallSites.At("Site codes"), product.SetupWizard.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			code, ok := rule.Decided(c, s.Code)
			if !ok || product.IsSiteCode(model.FoldCode(code)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("site_code"),
				Fact:  fmt.Sprintf("site code %q is not three letters or digits", code),
				Found: fmt.Sprintf("site_code = %q has %d characters; exactly %d from A to Z and 0 to 9 are allowed.", code, utf8.RuneCountInString(code), product.LimitSiteCodeLength.Value),
				Fix:   fmt.Sprintf("Give three letters or digits, such as site_code = %q.", c.Topology.FreeSiteCode()),
			})
		},
	},
	{
		ID: "SITE-CODE-RESERVED", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "A site code is not a reserved name",
		Why:     "Windows and the product use these names themselves, and Setup does not check them: the installation fails later.",
		Fix:     "Choose another site_code.",
		Sources: []product.Source{product.PrepareToInstallSites.At("Site codes"), product.SetupWizard.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			code, ok := rule.Decided(c, s.NormalizedCode())
			if !ok || !product.IsReservedSiteCode(code) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("site_code"),
				Fact:  fmt.Sprintf("site code %q is reserved", s.Code),
				Found: fmt.Sprintf("site_code = %q is one of the reserved names %s.", s.Code, strings.Join(product.ReservedSiteCodes, ", ")),
				Fix:   fmt.Sprintf("Choose another code, such as site_code = %q.", c.Topology.FreeSiteCode()),
			})
		},
	},
	{
		ID: "SITE-CODE-UNIQUE-HIER", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "Every site code occurs once in a hierarchy",
		Why:     "Sites address each other, their content and their clients by the code. The prerequisite check refuses a primary site whose code is in use.",
		Fix:     "Give each site a code of its own, and list each site once.",
		Sources: []product.Source{product.PrepareToInstallSites.At("Site codes"), product.PrerequisiteChecks.At("Site code in use")},
		// Seen from the site itself: the sites above it.
		Site: func(c *rule.Check, s *model.Site) {
			parent, ok := s.Parent.Get()
			if !ok || c.Topology.Hierarchy != nil {
				return
			}
			for above := parent; ; {
				own, okOwn := rule.Decided(c, s.NormalizedCode())
				other, okOther := rule.Decided(c, above.NormalizedCode())
				if okOwn && okOther && own == other {
					c.Violate(rule.Violation{
						At:    model.At("site_code"),
						Fact:  fmt.Sprintf("site code %q is also that of the %s above it", s.Code, model.SiteTypeName(above)),
						Found: fmt.Sprintf("site_code = %q on this site and on %s.", s.Code, above.Label()),
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
		Hierarchy: func(c *rule.Check) {
			first, alone := map[string]*model.Site{}, map[string]*model.Site{}
			for _, s := range c.Topology.Sites {
				code, ok := rule.Decided(c, s.NormalizedCode())
				if !ok {
					continue
				}
				other, listed := first[code]
				if !listed {
					first[code], alone[code] = s, s
					continue
				}
				v := rule.Violation{
					On: s, At: model.At("site_code"), Related: []model.Declared{other}, Site: s,
					Fact:  fmt.Sprintf("site code %q is used by two sites", code),
					Found: fmt.Sprintf("%s has site_code = %q, and %s has site_code = %q.", other.Path(), other.Code, s.Path(), s.Code),
				}
				if c.Holds(model.EqualHost(s.Server, other.Server)) {
					v.Fact = fmt.Sprintf("site %s is listed twice", code)
					v.Found = fmt.Sprintf("%s and %s are the same site: the same code and the same site server.", other.Path(), s.Path())
					v.Fix = fmt.Sprintf("Remove one of the two keys from sites, for example %s.", s.Path())
				}
				delete(alone, code)
				c.Violate(v)
			}
			for code, s := range alone {
				sameAsParent(c, s, code)
			}
		},
	},
	{
		ID: "SITE-CODE-UNIQUE-FOREST", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "A site code is not published in the forest by another hierarchy",
		Why:     "Sites that publish to the same Active Directory forest share one container: clients that look up the code find either site.",
		Fix:     "Choose another site code, or remove the leftovers of the other hierarchy from the System Management container and from published_site_codes.",
		Sources: []product.Source{product.PrepareToInstallSites.At("About site names and site codes")},
		Hierarchy: func(c *rule.Check) {
			eachTakenCode(c, c.Topology.Hierarchy.PublishedSiteCodes, "published_site_codes", nil,
				"is published in the forest by another hierarchy")
		},
	},
	{
		ID: "SITE-CODE-NO-REUSE-PRI", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "The code of a former central administration or primary site is not used again",
		Why: "Objects that the former site created keep their ids, which begin with its code, in the databases of the hierarchy; a new site would allocate " +
			"the same ids.",
		Fix: "Choose a code that no central administration or primary site of this hierarchy ever had. Recovering the same site is another matter: take " +
			"its code out of retired_site_codes then.",
		Sources: []product.Source{product.PrepareToInstallSites.At("Reuse a site code")},
		Hierarchy: func(c *rule.Check) {
			eachTakenCode(c, c.Topology.Hierarchy.RetiredSiteCodes, "retired_site_codes", nil,
				"was the code of a site that is gone")
		},
	},
	{
		ID: "SITE-NAME-REQUIRED", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:   "A site has a name",
		Why:     "Setup asks for the name and does not continue without one.",
		Fix:     `Give the name that the console shows, such as name = "Contoso Seattle".`,
		Sources: []product.Source{product.PrepareToInstallSites.At("Site names"), product.SetupScript.At("SiteName")},
		Site: func(c *rule.Check, s *model.Site) {
			if name, ok := rule.Decided(c, s.Name); ok && strings.TrimSpace(name) == "" {
				c.Violate(rule.Violation{
					At:    model.At("name"),
					Fact:  fmt.Sprintf("%s has no name", s.Label()),
					Found: fmt.Sprintf("name = %q.", name),
				})
			}
		},
	},
	{
		ID: "SITE-NAME-CHARS", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopeSite,
		Title: "A site name holds letters, digits, blanks and hyphens",
		Why: "The documentation allows letters, digits and hyphens. Its own samples use blanks, so blanks are let through; other characters have no such " +
			"precedent.",
		Fix:       `Keep to letters, digits, blanks and hyphens, such as name = "Contoso Seattle".`,
		Sources:   []product.Source{product.PrepareToInstallSites.At("Site names")},
		CoveredBy: rule.OnElement("SITE-NAME-REQUIRED"),
		Site: func(c *rule.Check, s *model.Site) {
			name, ok := rule.Decided(c, s.Name)
			if !ok || siteNameFormat.MatchString(strings.ReplaceAll(name, " ", "")) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("name"),
				Fact:  fmt.Sprintf("the name of %s holds unusual characters", s.Label()),
				Found: fmt.Sprintf("name = %q.", name),
			})
		},
	},
	{
		ID: "SITE-NAME-LEN", Severity: rule.SeverityWarning, Basis: rule.SecondarySource, Scope: rule.ScopeSite,
		Title:   "A site name has at most 127 characters",
		Why:     "No article of Microsoft gives a maximum; a lab builder of a Microsoft engineer stops at this length.",
		Fix:     "Shorten the name.",
		Sources: []product.Source{product.LimitSiteNameLength.Source},
		Site: func(c *rule.Check, s *model.Site) {
			name, ok := rule.Decided(c, s.Name)
			if n := int64(utf8.RuneCountInString(name)); ok && n > product.LimitSiteNameLength.Value {
				c.Violate(rule.Violation{
					At:    model.At("name"),
					Fact:  fmt.Sprintf("the name of %s is long", s.Label()),
					Found: fmt.Sprintf("name has %d characters; more than %d are not known to work.", n, product.LimitSiteNameLength.Value),
				})
			}
		},
	},
	immutable(rule.Rule{
		ID: "SITE-CODE-IMMUTABLE", Title: "The code of an installed site does not change",
		Sources: []product.Source{product.PrepareToInstallSites.At("Limits and restrictions for installed sites")},
	}, "site_code", func(s *model.Site) model.Value[string] { return s.Code }, model.FoldCode),
	immutable(rule.Rule{
		ID: "SITE-NAME-IMMUTABLE", Title: "The name of an installed site does not change",
		Sources: []product.Source{product.PrepareToInstallSites.At("Limits and restrictions for installed sites")},
	}, "name", func(s *model.Site) model.Value[string] { return s.Name }, strings.ToLower),
	immutable(rule.Rule{
		ID: "SITE-DIR-IMMUTABLE", Title: "The installation directory of an installed site does not change",
		Sources: []product.Source{product.PrepareToInstallSites.At("Limits and restrictions for installed sites")},
	}, "install_directory", func(s *model.Site) model.Value[string] { return s.InstallDirectory }, model.FoldDirectory),
	immutable(rule.Rule{
		// No article says it in one sentence. Setup offers one type for each place in a
		// hierarchy; of what exists, only a stand-alone primary site becomes a child primary
		// site, and the reverse, which is the parent and not the type.
		ID: "SITE-TYPE-IMMUTABLE", Basis: rule.Inferred, Title: "The type of an installed site does not change",
		Sources: []product.Source{product.PrepareToInstallSites.At("Additional sites"), product.HierarchyDesign.Source()},
	}, "site_type", typeOf, strings.ToLower),
	{
		ID: "SITE-VERSION-UPDATE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "An installed site changes to a newer version that its own can be updated to",
		Why: "Updates go forward only, and each release names the oldest version that it can be installed on. A site that names no version has " +
			"configmgr_version of the provider: where that changes, so does every such site.",
		Fix:     "Keep the version that the site runs. If the recorded version is wrong, set installed = false, apply, and correct it.",
		Sources: []product.Source{product.Versions.Source(), product.Updates.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			prior := c.Topology.PriorSite(s)
			if prior == nil || !model.Installed(prior.Installed) || prior.Version.IsNull() {
				return
			}
			before, okBefore := c.VersionOf(prior)
			after, okAfter := c.VersionOf(s)
			if !okBefore || !okAfter {
				return
			}
			problem := product.CheckUpdate(before, after)
			if problem == nil {
				return
			}
			v := rule.Violation{
				At:    model.At("version"),
				Fact:  fmt.Sprintf("%s cannot change from version %s to %s", s.Label(), before, after),
				Found: fmt.Sprintf("version changes from %q to %q, and the site is installed.", before, after),
				Fix:   problem.Error(),
			}
			if s.Version.IsNull() {
				v.Found = fmt.Sprintf("the site names no version and follows configmgr_version of the provider, which changes its version from %q to %q; the site is "+
					"installed.", before, after)
				if after > before && c.Options.Version == 0 {
					// Nobody asked for it: a newer provider has another default.
					v.Severity = rule.SeverityWarning
				}
			}
			if after < before {
				v.Fix += " If the recorded version is wrong, set installed = false, apply, and correct it."
			}
			c.Violate(v)
		},
	},
	{
		ID: "SITE-DIR-CHARS", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "The installation directory holds no Unicode characters and no trailing blanks",
		Why:     "Setup does not handle such a path, and parts of the site fail after the installation.",
		Fix:     `Use a plain path, such as install_directory = "D:\\ConfigMgr".`,
		Sources: []product.Source{product.SetupWizard.At("Site and Installation Settings"), product.SecondarySiteWizard.At("General")},
		Site: func(c *rule.Check, s *model.Site) {
			dir, ok := rule.Decided(c, s.InstallDirectory)
			if !ok {
				return
			}
			v := rule.Violation{At: model.At("install_directory"), Fact: fmt.Sprintf("the installation directory of %s holds characters that Setup does not handle", s.Label())}
			switch {
			case strings.TrimRight(dir, " ") != dir:
				v.Found = fmt.Sprintf("install_directory = %q ends with a blank.", dir)
			case strings.ContainsFunc(dir, func(r rune) bool { return r > 0xFF }):
				v.Found = fmt.Sprintf("install_directory = %q holds characters beyond the Western European set.", dir)
			case strings.ContainsFunc(dir, func(r rune) bool { return r > 0x7F }):
				// Characters of the Western European code page may pass.
				v.Found = fmt.Sprintf("install_directory = %q holds characters beyond ASCII.", dir)
				v.Severity = rule.SeverityWarning
			default:
				return
			}
			c.Violate(v)
		},
	},
	{
		ID: "SITE-DIR-NOT-OS-DRIVE", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title:   "A site is installed on another volume than Windows",
		Why:     "The inboxes of a site are written without pause; on the volume of the operating system they compete with Windows and with the page file.",
		Fix:     `Install on a volume of its own, such as install_directory = "D:\\ConfigMgr".`,
		Sources: []product.Source{product.RecommendedHardware.At("Disk space for site systems"), product.PerformanceFAQ.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			dir, ok := rule.Decided(c, s.InstallDirectory)
			if ok && strings.HasPrefix(strings.ToUpper(dir), `C:`) {
				c.Violate(rule.Violation{
					At:    model.At("install_directory"),
					Fact:  fmt.Sprintf("%s is installed on drive C", s.Label()),
					Found: fmt.Sprintf("install_directory = %q is on the drive on which Windows is installed by default.", dir),
				})
			}
		},
	},
	{
		ID: "SITE-FQDN-HOST-MATCH", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title:   "The name of a site or database server begins with its NetBIOS name",
		Why:     "The prerequisite check compares the two and refuses a computer whose DNS host name differs from its computer name.",
		Fix:     "Use the computer's own name in fqdn and site_server, not an alias; or rename the computer before Setup.",
		Sources: []product.Source{product.PrerequisiteChecks.At("Primary FQDN")},
		Server: func(c *rule.Check, s *model.Server) {
			name, okName := rule.Decided(c, s.NetBIOSName)
			host, okHost := rule.Decided(c, s.Host())
			if !okName || !okHost || strings.EqualFold(name, model.HostLabel(host)) {
				return
			}
			site, ok := rule.Decided(c, s.Site)
			if !ok || !c.Holds(model.Either(site.IsSiteServer(s.FQDN), site.HoldsDatabase(s.FQDN))) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("netbios_name"),
				Fact:  fmt.Sprintf("%s has another NetBIOS name than its first label", s.Label()),
				Found: fmt.Sprintf("netbios_name = %q, but fqdn = %q begins with %q.", name, s.FQDN, model.HostLabel(host)),
			})
		},
	},
	{
		ID: "SITE-FQDN-LENGTH", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:   "The name of a site server is not unusually long",
		Why:     "Setup checks the length and stops when the name is too long. The limit is not published; 255 characters is the limit of Windows.",
		Fix:     "Shorten the DNS suffix of the server.",
		Sources: []product.Source{product.LimitHostNameLength.Source},
		Site: func(c *rule.Check, s *model.Site) {
			for _, server := range []struct {
				name, attribute string
				fqdn            model.Value[string]
			}{{"site server", "site_server", s.Server}, {"passive site server", "passive_site_server", s.PassiveServer}} {
				if server.attribute != "site_server" && server.fqdn.IsNull() {
					continue
				}
				if fqdn, ok := rule.Decided(c, server.fqdn); ok && int64(len(fqdn)) > product.LimitHostNameLength.Value {
					c.Violate(rule.Violation{
						At:    model.At(server.attribute),
						Fact:  fmt.Sprintf("the %s of %s has an unusually long name", server.name, s.Label()),
						Found: fmt.Sprintf("%s has %d characters.", server.attribute, len(fqdn)),
					})
				}
			}
		},
	},
	{
		ID: "SITE-NETBIOS-LEN", Severity: rule.SeverityError, Basis: rule.SecondarySource, Scope: rule.ScopeServer,
		Title:   "The computer name of a site or database server has at most 15 characters",
		Why:     "The NetBIOS name of a computer has at most 15 characters, and on these servers it has to equal the first label of the fully qualified name.",
		Fix:     "Choose a computer name of at most 15 characters.",
		Sources: []product.Source{product.LimitComputerName.Source, product.PrerequisiteChecks.At("Primary FQDN")},
		Site: func(c *rule.Check, s *model.Site) {
			computerName(c, model.At("site_server"), s.Server, 0)
			if s.PassiveServer.IsKnown() || s.PassiveServer.IsUnknown() {
				computerName(c, model.At("passive_site_server"), s.PassiveServer, 0)
			}
			if db, ok := s.Database.Get(); ok && !db.Server.IsNull() && c.Fails(s.DatabaseIsVirtual()) && !c.Holds(model.EqualHost(db.Server, s.Server)) {
				computerName(c, model.At("database", "server"), db.Server, 0)
			}
		},
		Server: func(c *rule.Check, s *model.Server) {
			site, ok := s.Site.Get()
			if ok && !c.Fails(model.Either(site.IsSiteServer(s.FQDN), site.IsDatabaseComputer(s.FQDN))) {
				return // the site reports it
			}
			computerName(c, atFQDN, s.FQDN, rule.SeverityWarning)
		},
	},
	{
		ID: "SITE-DBNAME-LEN", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:   "Database name and instance name of a site database are within their lengths",
		Why:     "Setup and the cmdlets refuse a database name over 63 characters and an instance name over 16 characters.",
		Fix:     "Shorten the name, or leave it out for the default: CM_ and the site code, and MSSQLSERVER.",
		Sources: []product.Source{product.LimitDatabaseName.Source},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Given(c, s.Database)
			if !ok {
				return
			}
			nameLength(c, s, model.At("database", "name"), db.Name, product.LimitDatabaseName)
			nameLength(c, s, model.At("database", "instance"), db.Instance, product.LimitInstanceName)
		},
	},
	{
		ID: "SITE-DB-PORT", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:   "The ports of a site database are ports",
		Why:     "Setup and the cmdlets refuse a port outside 1 to 65535.",
		Fix:     "Correct the port, or leave it out for the default: 1433 for SQL Server and 4022 for the Service Broker.",
		Sources: []product.Source{product.LimitPort.Source},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			portRange(c, s, model.At("database", "port"), db.Port, true)
			portRange(c, s, model.At("database", "service_broker_port"), db.ServiceBrokerPort, false)
		},
	},
	{
		ID: "SITE-MEDIA-CURRENT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:   "The first site of a hierarchy is installed from baseline media",
		Why:     "The CD.Latest folder belongs to the hierarchy it was created in: it adds sites to it and recovers them. It never installs a new hierarchy.",
		Fix:     `Install the site from baseline media: setup_media = "baseline".`,
		Sources: []product.Source{product.PrepareToInstallSites.At("Options for installing different types of sites")},
		Site: func(c *rule.Check, s *model.Site) {
			media, ok := rule.Decided(c, s.SetupMedia)
			if !ok || media != model.MediaCDLatest {
				return
			}
			tier, ok := rule.Decided(c, s.TierOf())
			if !ok {
				return
			}
			switch tier {
			case product.TierStandAlonePrimary:
				c.Violate(rule.Violation{
					At:    model.At("setup_media"),
					Fact:  fmt.Sprintf("%s is the first site and would be installed from CD.Latest", s.Label()),
					Found: fmt.Sprintf("setup_media = %q on a stand-alone primary site.", media),
				})
			case product.TierCentralAdministration:
				// Right when the site expands a stand-alone primary, wrong otherwise; the
				// site alone does not tell.
				c.Undecide()
			}
		},
	},
	{
		ID: "SITE-CHILD-NO-CLOUDCONNECTOR", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:       "The setup script of a child primary site installs no service connection point",
		Why:         "The service connection point belongs to the top-level site; the key CloudConnector of the setup script of a child primary is 0.",
		Fix:         "Assign the service connection point to a server of the top-level site.",
		Sources:     []product.Source{product.SetupScript.At("CloudConnectorOptions")},
		Enforcement: rule.CoveredElsewhere,
		Note:        "A service connection point is declared by a role assignment only: at a child primary site that is ROLE-SITE-SCP.",
	},
	{
		ID: "SITE-CODE-EXPAND-DIFF", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopePair,
		Title:       "A central administration site for an expansion has another code than the primary site",
		Why:         "Setup of the central administration site refuses the code of the primary site that it takes over.",
		Fix:         `Give the new site a code of its own, such as site_code = "CAS".`,
		Sources:     []product.Source{product.PrerequisiteChecks.At("Existing stand-alone primary site for version and site code")},
		Enforcement: rule.CoveredElsewhere,
		Note: "The central administration site is the parent of the primary site: equal codes are SITE-CODE-UNIQUE-HIER, or HIER-ACYCLIC where the " +
			"hierarchy does not list the parent.",
	},
}

// sameAsParent reports a site that has the code of the site above it, where that one is
// not listed. A site that is its own parent is HIER-ACYCLIC.
func sameAsParent(c *rule.Check, s *model.Site, code string) {
	parent, ok := s.Parent.Get()
	if !ok || parent == s || parent.NormalizedCode() != model.Known(code) {
		return
	}
	own, okOwn := s.Type.Get()
	above, okAbove := parent.Type.Get()
	if okOwn && okAbove && own != above {
		c.Violate(rule.Violation{
			On: s, At: model.At("site_code"), Site: s,
			Fact:  fmt.Sprintf("site code %q is also that of the %s above it", s.Code, model.SiteTypeName(parent)),
			Found: fmt.Sprintf("site_code = %q on this site and %q on %s.", s.Code, parent.Code, parent.Label()),
		})
	}
}

// immutable completes a rule about a property of an installed site that only a
// reinstallation changes. The replacement is planned all the same, so the finding is
// a warning that says what it costs.
func immutable(r rule.Rule, attribute string, value func(*model.Site) model.Value[string], fold func(string) string) rule.Rule {
	r.Severity, r.Basis, r.Scope = rule.SeverityError, cmp.Or(r.Basis, rule.Unsupported), rule.ScopeSite
	r.Why = "Only uninstalling and reinstalling the site changes it. Its clients have to be reassigned, its roles installed again, and what exists only in " +
		"its database is lost."
	r.Fix = fmt.Sprintf("Keep %s as it is. If the site is to be rebuilt all the same: back it up, move its clients and roles to another site, uninstall it, "+
		"set installed = false and apply, then change it.", attribute)
	r.Site = func(c *rule.Check, s *model.Site) {
		prior := c.Topology.PriorSite(s)
		if prior == nil || !model.Installed(prior.Installed) || value(prior).IsNull() {
			return
		}
		before, okBefore := rule.Decided(c, value(prior))
		after, okAfter := rule.Decided(c, value(s))
		if okBefore && okAfter && fold(before) != fold(after) {
			c.Violate(rule.Violation{
				At:    model.At(attribute),
				Fact:  fmt.Sprintf("%s is installed and would have to be reinstalled", prior.Label()),
				Found: fmt.Sprintf("%s changes from %q to %q.", attribute, before, after),
			})
		}
	}
	return r
}

// typeOf is the type of a site as text.
func typeOf(s *model.Site) model.Value[string] {
	if t, ok := s.Type.Get(); ok {
		return model.Known(string(t))
	}
	return model.Unknown[string]()
}

// eachTakenCode reports the listed sites whose code is in a list of taken codes.
func eachTakenCode(c *rule.Check, list model.Value[[]model.Value[string]], attribute string, except func(*model.Site) bool, what string) {
	taken, ok := rule.Decided(c, list)
	if !ok {
		return
	}
	for i, entry := range taken {
		code, ok := rule.Decided(c, model.Folded(entry, model.FoldCode))
		if !ok {
			continue
		}
		for _, s := range c.Topology.Sites {
			own, ok := rule.Decided(c, s.NormalizedCode())
			if !ok || own != code || except != nil && except(s) {
				continue
			}
			c.Violate(rule.Violation{
				On: s, At: model.At("site_code"), Site: s,
				Fact:  fmt.Sprintf("site code %q %s", s.Code, what),
				Found: fmt.Sprintf("%s has site_code = %q, which %s names.", s.Path(), s.Code, model.At(attribute).Index(i)),
			})
		}
	}
}

// computerName reports a host name whose first label is not a NetBIOS name.
var atFQDN = model.At("fqdn")

func computerName(c *rule.Check, at model.Path, fqdn model.Value[string], severity rule.Severity) {
	name, ok := rule.Decided(c, fqdn)
	if n := int64(len(model.HostLabel(name))); ok && n > product.LimitComputerName.Value {
		c.Violate(rule.Violation{
			At: at, Severity: severity,
			Fact:  fmt.Sprintf("computer name %q is longer than %d characters", model.HostLabel(name), product.LimitComputerName.Value),
			Found: fmt.Sprintf("%s = %q has a computer name of %d characters.", at, name, n),
		})
	}
}

func nameLength(c *rule.Check, s *model.Site, at model.Path, name model.Value[string], most product.Limit) {
	text, ok := rule.Given(c, name)
	if !ok {
		return
	}
	if n := int64(utf8.RuneCountInString(text)); n < 1 || n > most.Value {
		c.Violate(rule.Violation{
			At:    at,
			Fact:  fmt.Sprintf("%s of %s is outside 1 to %d characters", at, s.Label(), most.Value),
			Found: fmt.Sprintf("%s = %q has %d characters.", at, text, n),
		})
	}
}

// portRange reports a port outside its range. Port 0 of the database engine means a
// dynamic port, which DB-STATIC-PORT reports.
func portRange(c *rule.Check, s *model.Site, at model.Path, port model.Value[int64], zeroIsDynamic bool) {
	n, ok := rule.Given(c, port)
	if !ok {
		return
	}
	if n == 0 && zeroIsDynamic {
		return
	}
	if n < 1 || n > product.LimitPort.Value {
		c.Violate(rule.Violation{
			At:    at,
			Fact:  fmt.Sprintf("%s of %s is not a port", at, s.Label()),
			Found: fmt.Sprintf("%s = %d; ports are 1 to %d.", at, n, product.LimitPort.Value),
		})
	}
}
