package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// gap is what a hierarchy lacks of one role at one site, or has too much of.
type gap struct {
	id        string // of the rule that reports it
	severity  Severity
	violation violation
}

// lacks reports the gaps of the required roles that a rule is there for.
func lacks(c *check) {
	for _, key := range slices.Sorted(maps.Keys(first(c.topology.Hierarchy.RequiredRoles.Get()))) {
		answer, ok := first(c.topology.Hierarchy.RequiredRoles.Get())[key].Get()
		if !ok {
			c.undecide()
			continue
		}
		sites, ok := decided(c, answer.Sites)
		if !ok {
			continue
		}
		for _, code := range slices.Sorted(maps.Keys(sites)) {
			at := At("required_roles").Key(key).Attr("sites").Key(code).Attr("roles")
			if site, ok := decided(c, sites[code]); ok {
				c.lacksAt(at, foldCode(code), site)
			}
		}
	}
	if c.topology.Hierarchy.RequiredRoles.IsUnknown() {
		c.undecide()
	}
}

func (c *check) lacksAt(at Path, code string, answer *SiteRoles) {
	site := c.topology.index.sites[code]
	if site == nil {
		c.undecide() // a site that is not listed is refused before, unless one is not known yet
		return
	}
	roles, ok := decided(c, answer.Roles)
	if !ok {
		return
	}
	for _, role := range slices.Sorted(maps.Keys(roles)) {
		needed, ok := decided(c, roles[role])
		if !ok || roleOf(role) == nil {
			continue
		}
		requirement, ok := decided(c, needed.Requirement)
		if !ok {
			continue
		}
		a := coverage{check: c, site: site, role: role, needed: needed, found: c.topology.index.rolesAt(site, role)}
		var gaps []gap
		switch Requirement(requirement) {
		case RoleRequired, RoleRecommended:
			gaps = a.gaps(Requirement(requirement))
		case RoleForbidden:
			gaps = a.forbidden()
		}
		for _, g := range gaps {
			if g.id != c.rule.ID || g.severity < SeverityWarning {
				continue
			}
			g.violation.severity, g.violation.site = g.severity, site
			if g.violation.on == nil {
				g.violation.at = at.Key(role).Join(g.violation.at)
			}
			g.violation.related = append(g.violation.related, site)
			c.violate(g.violation)
		}
	}
}

// coverage compares one role of one site with what is required of it.
type coverage struct {
	*check
	site   *Site
	role   string
	needed *RequiredRole
	found  []*Assignment
}

// gaps are the instances and settings that are missing.
func (a *coverage) gaps(requirement Requirement) []gap {
	secondary, ok := decided(a.check, a.site.is(Secondary))
	if !ok || secondary && a.role == roleManagementPoint {
		return nil // Setup installs it
	}
	minimum, ok := decided(a.check, a.needed.Minimum.OrDefault(1))
	if !ok {
		return nil
	}
	have := int64(len(a.found))
	if have < minimum {
		// Setup has put a distribution point on the server of a secondary site.
		if a.topology.index.open || secondary && a.role == roleDistributionPoint {
			a.leaveOpen(a.tooFew(requirement, minimum).id)
			return nil
		}
		return []gap{a.tooFew(requirement, minimum)}
	}
	return a.settings()
}

// leaveOpen records that the rule with an id cannot be decided.
func (a *coverage) leaveOpen(id string) {
	if id == a.rule.ID {
		a.undecide()
	}
}

// tooFew is the gap of a role that is missing, or has fewer instances than it needs.
func (a *coverage) tooFew(requirement Requirement, minimum int64) gap {
	id, name := a.decider(), RoleName(a.role)
	g := gap{id: id, severity: a.rules[id].Severity}
	switch {
	case requirement == RoleRecommended:
		g.severity = min(g.severity, SeverityWarning)
	case g.severity == SeverityInfo:
		// A feature was asked for that does not work without the role.
		g.severity = SeverityWarning
	}
	found := "none is assigned"
	g.violation.fact = fmt.Sprintf("%s lacks the role %s", a.site.label(), name)
	if len(a.found) > 0 {
		if count, ok := countRules[a.role]; ok && slices.Contains(a.ruleIDs(), count) {
			g.id = count
		}
		g.severity = SeverityWarning
		found = fmt.Sprintf("assigned: %s", labels(a.found))
		g.violation.fact = fmt.Sprintf("%s has too few of the role %s", a.site.label(), name)
	}
	g.violation.at = At("minimum")
	g.violation.found = fmt.Sprintf("the role %s is %s with at least %d at %s; %s.%s", name, requirement, minimum, a.site.label(), found, a.reason(id))
	g.violation.fix = fmt.Sprintf("Assign role = %q to %s of %s%s.", a.role, servers(minimum-int64(len(a.found))), a.site.label(), a.withSettings())
	return g
}

func servers(n int64) string {
	if n == 1 {
		return "one more server"
	}
	return fmt.Sprintf("%d more servers", n)
}

// withSettings names the settings that a new instance should have.
func (a *coverage) withSettings() string {
	var list []string
	for _, d := range demands {
		if want, ok := d.wanted(a.needed.settings()).Get(); ok && d.typed != "" {
			list = append(list, fmt.Sprintf(d.typed, want))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf(", with %s in its %s block", strings.Join(list, ", "), a.role)
}

// countRules are the rules about the number of instances.
var countRules = map[string]string{roleManagementPoint: "REQ-MP-COUNT", roleDistributionPoint: "REQ-DP-COUNT"}

func (a *coverage) ruleIDs() []string {
	var ids []string
	list, _ := a.needed.RuleIDs.Get()
	for _, v := range list {
		if id, ok := v.Get(); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// decider returns the rule that made the role required or recommended: the first of
// those that the answer names, else the first of the table.
func (a *coverage) decider() string {
	if ids := a.ruleIDs(); len(ids) > 0 {
		if r := a.rules[ids[0]]; r != nil && r.Chapter == a.rule.Chapter {
			return ids[0]
		}
	}
	for _, q := range roleQuestions {
		for _, r := range q.rules {
			if known := a.rules[r.id]; q.role == a.role && known != nil && known.Enforcement == Checked && (r.want == RoleRequired || r.want == RoleRecommended) {
				return r.id
			}
		}
	}
	return "REQ-MP-ANY"
}

// reason is the sentence of the answer that belongs to a rule, with a leading blank.
func (a *coverage) reason(id string) string {
	reasons, _ := a.needed.Reasons.Get()
	at := slices.Index(a.ruleIDs(), id)
	if at < 0 || at >= len(reasons) {
		return ""
	}
	if text, ok := reasons[at].Get(); ok {
		return " " + text
	}
	return ""
}

// demanded is a setting that the answer may ask for.
type demanded struct {
	wanted func(*RoleSettings) Value[string]
	// has returns what an assignment declares; null and unknown leave it undecided.
	has map[string]func(*Assignment) Value[string]
	// enough reports whether a declared value does what is asked for.
	enough func(want, has string) bool
	path   string // within the settings block
	typed  string // how it is written, with %q or %s for the value
	asks   func(roleDemand) bool
}

// shown returns a boolean setting as a word.
func shown(v Value[bool]) Value[string] {
	switch is, ok := v.Get(); {
	case ok:
		return Known(fmt.Sprint(is))
	case v.IsNull():
		return Null[string]()
	default:
		return Unknown[string]()
	}
}

func equal(want, has string) bool { return want == has }

// demands are the settings that are compared. The server of its own of a fallback
// status point is COLO-FSP-DEDICATED, that of a software update point SUP-CAP-COLO.
var demands = []demanded{
	{
		wanted: func(s *RoleSettings) Value[string] { return s.Protocol }, path: "protocol", typed: "protocol = %q", enough: equal,
		asks: func(d roleDemand) bool { return d.protocol == ProtocolHTTPS },
		has: map[string]func(*Assignment) Value[string]{
			roleManagementPoint: func(a *Assignment) Value[string] {
				return settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.Protocol })
			},
			roleDistributionPoint: func(a *Assignment) Value[string] {
				return settingOf(a.DistributionPoint, func(d *DistributionPoint) Value[string] { return d.Protocol })
			},
			roleSoftwareUpdatePoint: func(a *Assignment) Value[string] {
				return settingOf(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[string] { return s.Protocol })
			},
		},
	},
	{
		wanted: func(s *RoleSettings) Value[string] { return s.ClientConnections }, path: "client_connections", typed: "client_connections = %q",
		// Connections from the internet are what matters where both are asked for. Devices
		// that belong on the intranet are COMM-MDM-INTRANET.
		enough: func(want, has string) bool { return want == ConnectionsIntranet || has != ConnectionsIntranet },
		asks:   func(d roleDemand) bool { return d.connections != "" },
		has: map[string]func(*Assignment) Value[string]{
			roleManagementPoint: func(a *Assignment) Value[string] {
				return settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.ClientConnections })
			},
			roleDistributionPoint: func(a *Assignment) Value[string] {
				return settingOf(a.DistributionPoint, func(d *DistributionPoint) Value[string] { return d.ClientConnections })
			},
			roleSoftwareUpdatePoint: func(a *Assignment) Value[string] {
				return settingOf(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[string] { return s.ClientConnections })
			},
		},
	},
	{
		wanted: func(s *RoleSettings) Value[string] { return shown(s.AllowMobileDevices) }, path: "allow_mobile_devices", typed: "allow_mobile_devices = %s", enough: equal,
		asks: func(d roleDemand) bool { return d.devices },
		has: map[string]func(*Assignment) Value[string]{
			roleManagementPoint: func(a *Assignment) Value[string] {
				return shown(settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[bool] { return m.AllowMobileDevices }))
			},
		},
	},
	{
		wanted: func(s *RoleSettings) Value[string] { return shown(s.AllowCMGTraffic) }, path: "allow_cmg_traffic", typed: "allow_cmg_traffic = %s", enough: equal,
		asks: func(d roleDemand) bool { return d.gateway },
		has: map[string]func(*Assignment) Value[string]{
			roleManagementPoint: func(a *Assignment) Value[string] {
				return shown(settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[bool] { return m.AllowCMGTraffic }))
			},
			roleSoftwareUpdatePoint: func(a *Assignment) Value[string] {
				return shown(settingOf(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[bool] { return s.AllowCMGTraffic }))
			},
		},
	},
	{
		// A distribution point that says nothing of PXE does not have it.
		wanted: func(s *RoleSettings) Value[string] { return s.PXE }, path: "pxe", typed: "pxe = %q",
		enough: func(_, has string) bool { return has == fmt.Sprint(true) },
		asks:   func(d roleDemand) bool { return d.pxe != "" },
		has: map[string]func(*Assignment) Value[string]{
			roleDistributionPoint: func(a *Assignment) Value[string] {
				d, ok := a.distributionPoint().Get()
				if !ok {
					return Unknown[string]()
				}
				return shown(isDeclared(d.PXE))
			},
		},
	},
	{
		wanted: func(s *RoleSettings) Value[string] { return shown(s.Multicast) }, path: "multicast", enough: equal,
		asks: func(d roleDemand) bool { return d.multicast },
		has: map[string]func(*Assignment) Value[string]{
			roleDistributionPoint: func(a *Assignment) Value[string] {
				d, ok := a.distributionPoint().Get()
				if !ok {
					return Unknown[string]()
				}
				return shown(declaredBlock(d.Multicast))
			},
		},
	},
	{
		wanted: func(s *RoleSettings) Value[string] { return s.Mode }, path: "mode", typed: "mode = %q", enough: equal,
		asks: func(d roleDemand) bool { return d.mode != "" },
		has: map[string]func(*Assignment) Value[string]{
			roleServiceConnectionPoint: func(a *Assignment) Value[string] {
				return settingOf(a.ServiceConnectionPoint, func(s *ServiceConnectionPoint) Value[string] { return s.Mode })
			},
		},
	},
}

// settings are the gaps of instances that do not have the settings that are needed. One
// instance that has a setting is enough, unless Macs and mobile devices need more.
func (a *coverage) settings() []gap {
	if len(a.found) == 0 {
		return nil
	}
	settings, ok := decided(a.check, a.needed.Settings.OrDefault(&RoleSettings{}))
	if !ok {
		return nil
	}
	var gaps []gap
	for _, d := range demands {
		read, compared := d.has[a.role]
		wanted := d.wanted(settings)
		if wanted.IsNull() || !compared {
			continue
		}
		want, ok := decided(a.check, wanted)
		if !ok {
			continue
		}
		asking := a.settingRule(d)
		least := int64(1)
		if asking.devices {
			devices, ok := decided(a.check, a.needed.MinimumForDevices.OrDefault(0))
			if !ok {
				continue
			}
			least = max(least, devices)
		}
		var right, open int64
		var wrong *Assignment
		for _, one := range a.found {
			switch has, known := read(one).Get(); {
			case !known:
				open++
			case d.enough(want, has):
				right++
			case wrong == nil:
				wrong = one
			}
		}
		switch {
		case right >= least:
		case right+open >= least || a.topology.index.open || wrong == nil:
			a.leaveOpen(asking.id)
		default:
			gaps = append(gaps, a.wrongSetting(d, asking, want, wrong, least))
		}
	}
	return gaps
}

func (a *coverage) wrongSetting(d demanded, asking roleRule, want string, wrong *Assignment, least int64) gap {
	severity := SeverityWarning
	if r := a.rules[asking.id]; r != nil {
		severity = max(severity, r.Severity)
	}
	if a.role == roleSoftwareUpdatePoint {
		severity = SeverityWarning // clients may get their updates elsewhere
	}
	has, _ := d.has[a.role](wrong).Get()
	typed := d.path + " block"
	if d.typed != "" {
		typed = fmt.Sprintf(d.typed, want)
	}
	return gap{id: asking.id, severity: severity, violation: violation{
		on: wrong, at: At(a.role, d.path), related: append(asDeclared(a.found), a.topology.Hierarchy),
		fact: fmt.Sprintf("%s lacks a %s with %s", a.site.label(), RoleName(a.role), typed),
		found: fmt.Sprintf("%s has %s = %q; %d of the role at %s must have %s.%s", wrong.label(), d.path, has, least, a.site.label(), typed,
			a.reason(asking.id)),
		fix: fmt.Sprintf("Set %s in the %s block of %s.", typed, a.role, wrong.label()),
	}}
}

// settingRule returns the rule that asks for a setting: one of those that the answer
// names, else the first of the table.
func (a *coverage) settingRule(d demanded) roleRule {
	var fallback *roleRule
	ids := a.ruleIDs()
	for _, q := range roleQuestions {
		for i, r := range q.rules {
			known := a.rules[r.id]
			if q.role != a.role || !d.asks(r.set) || known == nil || known.Enforcement != Checked {
				continue
			}
			if slices.Contains(ids, r.id) {
				return r
			}
			if fallback == nil {
				fallback = &q.rules[i]
			}
		}
	}
	if fallback == nil {
		return roleRule{id: a.decider()}
	}
	return *fallback
}

// forbidden is the gap of a role that is there and must not be. Where its site or its
// version does not have it, ROLE-SITE-* and ROLE-LIFE-* say so.
func (a *coverage) forbidden() []gap {
	if a.role != roleFallbackStatusPoint || len(a.found) == 0 || a.site.is(Primary) != Known(true) {
		return nil
	}
	return []gap{{id: "REQ-FSP-HTTP-RISK", severity: SeverityWarning, violation: violation{
		on: a.found[0], at: At("role"), related: append(asDeclared(a.found), a.topology.Hierarchy),
		fact:  fmt.Sprintf("%s has a fallback status point although its risk outweighs the benefit", a.site.label()),
		found: fmt.Sprintf("%s; the role is forbidden at the site.%s", labels(a.found), a.reason("REQ-FSP-CONDITIONS")),
		fix:   "Remove the role assignment, or set benefits_outweigh_risks = true where the question is asked.",
	}}}
}
