package servers

import (
	"fmt"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Operating systems: which of them a version supports, and which roles they
// may hold.

// distributionPointOnly is a kind of server that holds nothing but distribution points.
type distributionPointOnly struct {
	id        string
	attribute string // the attribute that says so
	is        func(*model.Server) model.Value[bool]
	name      func(*model.Server) string // what the server runs, after "on"
	title     string
	why       string
	fix       string
	sources   []product.Source
	covers    []rule.Cover
}

var distributionPointOnlyServers = []distributionPointOnly{
	{id: "SRV-CORE-DP-ONLY", attribute: "server_core",
		is:      func(s *model.Server) model.Value[bool] { return s.ServerCore },
		name:    func(*model.Server) string { return "a Server Core installation" },
		title:   "A Server Core installation holds only distribution points",
		why:     "Every other role needs Windows Server with the desktop experience.",
		fix:     "Move the role to a server with the desktop experience (server_core = false)",
		sources: []product.Source{product.SiteSystemPrerequisites.At("General requirements and limitations"), product.SupportedOperatingSystems.At("Server core installations")},
		covers:  slices.Concat(rule.OnHost("SRV-OS-LIST"), rule.OnElement("SRV-CLIENTOS-DP-ONLY", "SRV-STORAGE-DP-ONLY"))},
	{id: "SRV-CLIENTOS-DP-ONLY", attribute: "operating_system",
		is:      systemIs(func(os *product.OperatingSystem) bool { return os.Client }),
		name:    (*model.Server).OsName,
		title:   "A Windows client system holds only distribution points",
		why:     "No other role is supported on Windows 10, Windows 11 or an older client system.",
		fix:     "Move the role to a Windows Server",
		sources: []product.Source{product.SupportedOperatingSystems.At("Client OS versions")},
		covers:  rule.OnHost("SRV-OS-LIST")},
	{id: "SRV-STORAGE-DP-ONLY", attribute: "operating_system",
		is:      systemIs(func(os *product.OperatingSystem) bool { return os.DistributionPointOnly && !os.Client }),
		name:    (*model.Server).OsName,
		title:   "Windows Storage Server 2016 holds only distribution points",
		why:     "No other role is supported on this edition.",
		fix:     "Move the role to a full Windows Server",
		sources: []product.Source{product.SupportedOperatingSystems.At("Windows Storage Server 2016")},
		covers:  rule.OnHost("SRV-OS-LIST")},
}

// systemIs returns a condition on the operating system of a server.
func systemIs(condition func(*product.OperatingSystem) bool) func(*model.Server) model.Value[bool] {
	return func(s *model.Server) model.Value[bool] {
		if os := s.System(); os != nil {
			return model.Known(condition(os))
		}
		return model.Unknown[bool]()
	}
}

func distributionPointOnlyRules() []rule.Rule {
	rules := make([]rule.Rule, len(distributionPointOnlyServers))
	for i, kind := range distributionPointOnlyServers {
		rules[i] = kind.rule()
	}
	return rules
}

// advice is the fix for a server of a site, with a system that its version supports.
func (kind distributionPointOnly) advice(c *rule.Check, s *model.Site) string {
	if kind.attribute != "operating_system" {
		return kind.fix + "."
	}
	return fmt.Sprintf("%s, for example operating_system = %q.", kind.fix, c.NewestServer(s))
}

func (kind distributionPointOnly) rule() rule.Rule {
	return rule.Rule{
		ID: kind.id, Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title: kind.title, Why: kind.why, Fix: kind.fix + ".", Sources: kind.sources, CoveredBy: kind.covers,
		Server: func(c *rule.Check, s *model.Server) {
			if !c.Holds(kind.is(s)) {
				return
			}
			if here := putThere(c, s); len(here) > 0 {
				c.Violate(rule.Violation{
					At:    model.At(kind.attribute),
					Fact:  fmt.Sprintf("%s of %s cannot be on %s", model.And(here), rule.SiteOf(s).Label(), kind.name(s)),
					Found: fmt.Sprintf("%s runs %s and holds %s.", model.HostName(s), kind.name(s), model.And(here)),
					Fix:   kind.advice(c, rule.SiteOf(s)),
				})
			}
		},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			key, _ := a.Role.Get()
			if key == product.RoleDistributionPoint || !isSiteSystemRole(a) || !c.Holds(kind.is(a.DeclaredServer())) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("server", kind.attribute),
				Fact:  fmt.Sprintf("%s cannot be on %s", a.Label(), kind.name(a.DeclaredServer())),
				Found: fmt.Sprintf("role = %q on a server that runs %s.", key, kind.name(a.DeclaredServer())),
				Fix:   kind.advice(c, a.DeclaredSite()),
			})
		},
	}
}

// systemRules are about operating systems.
var systemRules = []rule.Rule{
	{
		ID: "SRV-OS-LIST", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title: "A site system server runs an operating system that the version of its site supports",
		Why: "Site systems are supported on the listed systems only, each from a version on or up to one, and Setup and its prerequisite check refuse " +
			"systems that have dropped out.",
		Fix: "Upgrade or replace the server, and set operating_system to one that the version of the site supports.",
		Sources: []product.Source{product.SupportedOperatingSystems.Source(), product.DeprecatedServer.At("Server OS"),
			product.PrerequisiteChecks.At("Windows Server 2012/R2 lifecycle"), product.WhatsNew2409.Source()},
		Server: func(c *rule.Check, s *model.Server) {
			os, v, ok := refusedSystem(c, s)
			// What may stay for distribution points is judged role by role.
			if !ok || os.KeptForDistributionPoints && len(putThere(c, s)) == 0 {
				return
			}
			c.Violate(unsupportedSystem(os, v, model.At("operating_system"), s.Label()))
		},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			key, _ := a.Role.Get()
			if key == product.RoleDistributionPoint || !isSiteSystemRole(a) {
				return
			}
			os, v, ok := refusedSystem(c, a.DeclaredServer())
			if !ok || !os.KeptForDistributionPoints || len(putThere(c, a.DeclaredServer())) > 0 {
				return // the server reports it
			}
			c.Violate(unsupportedSystem(os, v, model.At("server", "operating_system"), a.Label()))
		},
	},
	{
		ID: "SRV-WS2025-ROLES", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title: "A role is one that Windows Server 2025 is listed for",
		Why: "The list of roles for Windows Server 2025 leaves out the Asset Intelligence synchronization point, the enrollment point and the enrollment " +
			"proxy point.",
		Fix:       `Put the role on an older system, such as operating_system = "windows_server_2022", or leave the role out: all three are deprecated.`,
		Sources:   []product.Source{product.SupportedOperatingSystems.At("Windows Server 2025")},
		Versions:  rule.VersionSpan(2409, 0),
		CoveredBy: rule.OnHost("SRV-OS-LIST"),
		Roles:     []string{product.RoleAssetIntelligence, product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			key, _ := a.Role.Get()
			os := c.System(a.DeclaredServer())
			if os == nil || !slices.Contains(os.Lacks, key) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("server", "operating_system"),
				Fact:  fmt.Sprintf("%s cannot be on %s", a.Label(), os.Name),
				Found: fmt.Sprintf("role = %q on a server with operating_system = %q.", key, os.Key),
			})
		},
	},
	{
		ID: "SRV-CORE-CLIENTOS-PXE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title:     "A distribution point on Server Core or a Windows client does not use Windows Deployment Services",
		Why:       "Windows Deployment Services is not available there, and multicast needs it too. Only the PXE responder of the product works.",
		Fix:       `Set pxe = "responder" in the distribution_point block and leave out its multicast block, or use a Windows Server with the desktop experience.`,
		Sources:   []product.Source{product.SupportedOperatingSystems.At("Client OS versions"), product.SupportedOperatingSystems.At("Server core installations")},
		CoveredBy: rule.OnHost("SRV-OS-LIST"),
		Roles:     []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			dp, ok := rule.Decided(c, a.DistributionPoint)
			if !ok {
				return
			}
			var findings []rule.Violation
			if pxe, ok := rule.Decided(c, dp.PXE); ok && pxe == model.PXEWindowsDeploymentServices {
				findings = append(findings, rule.Violation{
					At:    model.At("distribution_point", "pxe"),
					Found: fmt.Sprintf("pxe = %q", pxe),
				})
			}
			switch {
			case dp.Multicast.IsUnknown():
				c.Undecide()
			case dp.Multicast.IsKnown():
				findings = append(findings, rule.Violation{
					At:    model.At("distribution_point", "multicast"),
					Found: "a multicast block",
				})
			}
			server := a.DeclaredServer()
			if len(findings) == 0 || !c.Holds(model.Either(server.ServerCore, systemIs(func(os *product.OperatingSystem) bool { return os.Client })(server))) {
				return
			}
			name := "a Server Core installation"
			if os := server.System(); os != nil && os.Client {
				name = os.Name
			}
			for _, f := range findings {
				f.Fact = fmt.Sprintf("%s has no Windows Deployment Services on %s", a.Label(), name)
				f.Found += fmt.Sprintf(" on a server that runs %s.", name)
				c.Violate(f)
			}
		},
	},
}

// refusedSystem returns the operating system of a server that the version of its site
// does not support, and that version.
func refusedSystem(c *rule.Check, s *model.Server) (*product.OperatingSystem, product.Version, bool) {
	os := c.System(s)
	v, ok := c.VersionOf(rule.SiteOf(s))
	if os == nil || !ok || !os.RefusedBy(v) {
		return nil, 0, false
	}
	return os, v, true
}

func unsupportedSystem(os *product.OperatingSystem, v product.Version, at model.Path, label string) rule.Violation {
	finding := rule.Violation{
		At:    at,
		Fact:  fmt.Sprintf("%s runs %s, which version %s does not support", label, os.Name, v),
		Found: fmt.Sprintf("operating_system = %q at version %s. %s", os.Key, v, os.History),
		Fix:   fmt.Sprintf("Upgrade or replace the server, for example operating_system = %q.", product.NewestServer(v).Key),
	}
	if v < os.SupportedFrom {
		finding.Found = fmt.Sprintf("operating_system = %q at version %s; it is supported from version %s on.", os.Key, v, os.SupportedFrom)
		finding.Fix = fmt.Sprintf("Use an older system, such as operating_system = %q, or update the site to version %s or later.", product.NewestServer(v).Key, os.SupportedFrom)
	}
	return finding
}
