package model

import (
	"fmt"
	"slices"
)

// Group 7, operating systems: which of them a version supports, and which roles they
// may hold.

// distributionPointOnly is a kind of server that holds nothing but distribution points.
type distributionPointOnly struct {
	id        string
	attribute string // the attribute that says so
	is        func(*Server) Value[bool]
	name      func(*Server) string // what the server runs, after "on"
	title     string
	why       string
	fix       string
	sources   []Source
	covers    []Cover
}

var distributionPointOnlyServers = []distributionPointOnly{
	{id: "SRV-CORE-DP-ONLY", attribute: "server_core",
		is:      func(s *Server) Value[bool] { return s.ServerCore },
		name:    func(*Server) string { return "a Server Core installation" },
		title:   "A Server Core installation holds only distribution points",
		why:     "Every other role needs Windows Server with the desktop experience.",
		fix:     "Move the role to a server with the desktop experience (server_core = false).",
		sources: []Source{articleSiteSystemPrerequisites.At("General requirements and limitations"), articleOperatingSystems.At("Server core installations")},
		covers:  slices.Concat(onHost("SRV-OS-LIST"), onElement("SRV-CLIENTOS-DP-ONLY", "SRV-STORAGE-DP-ONLY"))},
	{id: "SRV-CLIENTOS-DP-ONLY", attribute: "operating_system",
		is:      systemIs(func(os *OperatingSystem) bool { return os.Client }),
		name:    (*Server).osName,
		title:   "A Windows client system holds only distribution points",
		why:     "No other role is supported on Windows 10, Windows 11 or an older client system.",
		fix:     `Move the role to a Windows Server, for example operating_system = "windows_server_2022".`,
		sources: []Source{articleOperatingSystems.At("Client OS versions")},
		covers:  onHost("SRV-OS-LIST")},
	{id: "SRV-STORAGE-DP-ONLY", attribute: "operating_system",
		is:      systemIs(func(os *OperatingSystem) bool { return os.DistributionPointOnly && !os.Client }),
		name:    (*Server).osName,
		title:   "Windows Storage Server 2016 holds only distribution points",
		why:     "No other role is supported on this edition.",
		fix:     `Move the role to a full Windows Server, for example operating_system = "windows_server_2022".`,
		sources: []Source{articleOperatingSystems.At("Windows Storage Server 2016")},
		covers:  onHost("SRV-OS-LIST")},
}

// systemIs returns a condition on the operating system of a server.
func systemIs(condition func(*OperatingSystem) bool) func(*Server) Value[bool] {
	return func(s *Server) Value[bool] {
		if os := s.operatingSystem(); os != nil {
			return Known(condition(os))
		}
		return Unknown[bool]()
	}
}

func distributionPointOnlyRules() []Rule {
	rules := make([]Rule, len(distributionPointOnlyServers))
	for i, kind := range distributionPointOnlyServers {
		rules[i] = kind.rule()
	}
	return rules
}

func (kind distributionPointOnly) rule() Rule {
	return Rule{
		ID: kind.id, Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title: kind.title, Why: kind.why, Fix: kind.fix, Sources: kind.sources, CoveredBy: kind.covers,
		server: func(c *check, s *Server) {
			if !c.holds(kind.is(s)) {
				return
			}
			if here := c.putThere(s); len(here) > 0 {
				c.violate(violation{
					at:    At(kind.attribute),
					fact:  fmt.Sprintf("%s of %s cannot be on %s", and(here), siteOf(s).label(), kind.name(s)),
					found: fmt.Sprintf("%s runs %s and holds %s.", hostName(s), kind.name(s), and(here)),
				})
			}
		},
		assignment: func(c *check, a *Assignment) {
			key, _ := a.Role.Get()
			if key == roleDistributionPoint || !a.isSiteSystemRole() || !c.holds(kind.is(a.server())) {
				return
			}
			c.violate(violation{
				at:    At("server", kind.attribute),
				fact:  fmt.Sprintf("%s cannot be on %s", a.label(), kind.name(a.server())),
				found: fmt.Sprintf("role = %q on a server that runs %s.", key, kind.name(a.server())),
			})
		},
	}
}

// systemRules are about operating systems.
var systemRules = []Rule{
	{
		ID: "SRV-OS-LIST", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title: "A site system server runs an operating system that the version of its site supports",
		Why:   "Site systems are supported on the listed systems only, each from a version on or up to one, and Setup and its prerequisite check refuse systems that have dropped out.",
		Fix:   `Upgrade or replace the server, for example operating_system = "windows_server_2022".`,
		Sources: []Source{articleOperatingSystems.Source(), articleDeprecatedServer.At("Server OS"),
			articlePrerequisiteChecks.At("Windows Server 2012/R2 lifecycle"), articleWhatsNew2409.Source()},
		server: func(c *check, s *Server) {
			os, v, ok := c.refusedSystem(s)
			// What may stay for distribution points is judged role by role.
			if !ok || os.KeptForDistributionPoints && len(c.putThere(s)) == 0 {
				return
			}
			c.violate(unsupportedSystem(os, v, At("operating_system"), s.label()))
		},
		assignment: func(c *check, a *Assignment) {
			key, _ := a.Role.Get()
			if key == roleDistributionPoint || !a.isSiteSystemRole() {
				return
			}
			os, v, ok := c.refusedSystem(a.server())
			if !ok || !os.KeptForDistributionPoints || len(c.putThere(a.server())) > 0 {
				return // the server reports it
			}
			c.violate(unsupportedSystem(os, v, At("server", "operating_system"), a.label()))
		},
	},
	{
		ID: "SRV-WS2025-ROLES", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:     "A role is one that Windows Server 2025 is listed for",
		Why:       "The list of roles for Windows Server 2025 leaves out the Asset Intelligence synchronization point, the enrollment point and the enrollment proxy point.",
		Fix:       `Put the role on an older system, such as operating_system = "windows_server_2022", or do without it: all three are deprecated.`,
		Sources:   []Source{articleOperatingSystems.At("Windows Server 2025")},
		Versions:  versionSpan(2409, 0),
		CoveredBy: onHost("SRV-OS-LIST"),
		roles:     []string{roleAssetIntelligence, roleEnrollmentPoint, roleEnrollmentProxyPoint},
		assignment: func(c *check, a *Assignment) {
			key, _ := a.Role.Get()
			os := c.system(a.server())
			if os == nil || !slices.Contains(os.Lacks, key) {
				return
			}
			c.violate(violation{
				at:    At("server", "operating_system"),
				fact:  fmt.Sprintf("%s cannot be on %s", a.label(), os.Name),
				found: fmt.Sprintf("role = %q on a server with operating_system = %q.", key, os.Key),
			})
		},
	},
	{
		ID: "SRV-CORE-CLIENTOS-PXE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:     "A distribution point on Server Core or a Windows client does without Windows Deployment Services",
		Why:       "Windows Deployment Services is not available there, and multicast needs it too. Only the PXE responder of the product works.",
		Fix:       `Set pxe = "responder" in the distribution_point block and leave out its multicast block, or use a Windows Server with the desktop experience.`,
		Sources:   []Source{articleOperatingSystems.At("Client OS versions"), articleOperatingSystems.At("Server core installations")},
		CoveredBy: onHost("SRV-OS-LIST"),
		roles:     []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			dp, ok := decided(c, a.DistributionPoint)
			if !ok {
				return
			}
			var findings []violation
			if pxe, ok := decided(c, dp.PXE); ok && pxe == PXEWindowsDeploymentServices {
				findings = append(findings, violation{
					at:    At("distribution_point", "pxe"),
					found: fmt.Sprintf("pxe = %q", pxe),
				})
			}
			switch {
			case dp.Multicast.IsUnknown():
				c.undecide()
			case dp.Multicast.IsKnown():
				findings = append(findings, violation{
					at:    At("distribution_point", "multicast"),
					found: "a multicast block",
				})
			}
			server := a.server()
			if len(findings) == 0 || !c.holds(either(server.ServerCore, systemIs(func(os *OperatingSystem) bool { return os.Client })(server))) {
				return
			}
			name := "a Server Core installation"
			if os := server.operatingSystem(); os != nil && os.Client {
				name = os.Name
			}
			for _, f := range findings {
				f.fact = fmt.Sprintf("%s has no Windows Deployment Services on %s", a.label(), name)
				f.found += fmt.Sprintf(" on a server that runs %s.", name)
				c.violate(f)
			}
		},
	},
}

// refusedSystem returns the operating system of a server that the version of its site
// does not support, and that version.
func (c *check) refusedSystem(s *Server) (*OperatingSystem, Version, bool) {
	os := c.system(s)
	v, ok := c.versionOf(siteOf(s))
	if os == nil || !ok || !os.refusedBy(v) {
		return nil, 0, false
	}
	return os, v, true
}

func unsupportedSystem(os *OperatingSystem, v Version, at Path, label string) violation {
	finding := violation{
		at:    at,
		fact:  fmt.Sprintf("%s runs %s, which version %s does not support", label, os.Name, v),
		found: fmt.Sprintf("operating_system = %q at version %s. %s", os.Key, v, os.History),
		fix:   fmt.Sprintf("Upgrade or replace the server, for example operating_system = %q.", newestServer(v).Key),
	}
	if v < os.SupportedFrom {
		finding.found = fmt.Sprintf("operating_system = %q at version %s; it is supported from version %s on.", os.Key, v, os.SupportedFrom)
		finding.fix = fmt.Sprintf("Use an older system, such as operating_system = %q, or update the site to version %s or later.", newestServer(v).Key, os.SupportedFrom)
	}
	return finding
}
