package requiredroles

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/needs"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// gap is what a hierarchy lacks of one role at one site, or has too much of.
type gap struct {
	id        string // of the rule that reports it
	severity  rule.Severity
	violation rule.Violation
}

// lacks reports the gaps of the required roles that a rule is there for.
func lacks(c *rule.Check) {
	for _, key := range slices.Sorted(maps.Keys(model.First(c.Topology.Hierarchy.RequiredRoles.Get()))) {
		answer, ok := model.First(c.Topology.Hierarchy.RequiredRoles.Get())[key].Get()
		if !ok {
			c.Undecide()
			continue
		}
		sites, ok := rule.Decided(c, answer.Sites)
		if !ok {
			continue
		}
		for _, code := range slices.Sorted(maps.Keys(sites)) {
			at := model.At("required_roles").Key(key).Attr("sites").Key(code).Attr("roles")
			if site, ok := rule.Decided(c, sites[code]); ok {
				lacksAt(c, at, model.FoldCode(code), site)
			}
		}
	}
	c.UndecideIf(c.Topology.Hierarchy.RequiredRoles.IsUnknown())
}

func lacksAt(c *rule.Check, at model.Path, code string, answer *model.SiteRoles) {
	site := c.Topology.Index.Sites[code]
	if site == nil {
		c.Undecide() // a site that is not listed is refused before, unless one is not known yet
		return
	}
	roles, ok := rule.Decided(c, answer.Roles)
	if !ok {
		return
	}
	for _, role := range slices.Sorted(maps.Keys(roles)) {
		needed, ok := rule.Decided(c, roles[role])
		if !ok || product.RoleOf(role) == nil {
			continue
		}
		requirement, ok := rule.Decided(c, needed.Requirement)
		if !ok {
			continue
		}
		a := coverage{Check: c, site: site, role: role, needed: needed, found: c.Topology.Index.RolesAt(site, role)}
		var gaps []gap
		switch model.Requirement(requirement) {
		case model.RoleRequired, model.RoleRecommended:
			gaps = a.gaps(model.Requirement(requirement))
		case model.RoleForbidden:
			gaps = a.forbidden()
		}
		for _, g := range gaps {
			if g.id != c.Rule.ID || g.severity < rule.SeverityWarning {
				continue
			}
			g.violation.Severity, g.violation.Site = g.severity, site
			if g.violation.On == nil {
				g.violation.At = at.Key(role).Join(g.violation.At)
			}
			g.violation.Related = append(g.violation.Related, site)
			c.Violate(g.violation)
		}
	}
}

// coverage compares one role of one site with what is required of it.
type coverage struct {
	*rule.Check
	site   *model.Site
	role   string
	needed *model.RequiredRole
	found  []*model.Assignment
}

// gaps are the instances and settings that are missing.
func (a *coverage) gaps(requirement model.Requirement) []gap {
	secondary, ok := rule.Decided(a.Check, a.site.Is(product.Secondary))
	if !ok || secondary && a.role == product.RoleManagementPoint {
		return nil // Setup installs it
	}
	minimum, ok := rule.Decided(a.Check, a.needed.Minimum.OrDefault(1))
	if !ok {
		return nil
	}
	have := int64(len(a.found))
	if have < minimum {
		// Setup has put a distribution point on the server of a secondary site.
		if a.Topology.Index.Open || secondary && a.role == product.RoleDistributionPoint {
			a.leaveOpen(a.tooFew(requirement, minimum).id)
			return nil
		}
		return []gap{a.tooFew(requirement, minimum)}
	}
	return a.settings()
}

// leaveOpen records that the rule with an id cannot be decided.
func (a *coverage) leaveOpen(id string) {
	if id == a.Rule.ID {
		a.Undecide()
	}
}

// tooFew is the gap of a role that is missing, or has fewer instances than it needs.
func (a *coverage) tooFew(requirement model.Requirement, minimum int64) gap {
	id, name := a.decider(), product.RoleName(a.role)
	g := gap{id: id, severity: a.Rules[id].Severity}
	switch {
	case requirement == model.RoleRecommended:
		g.severity = min(g.severity, rule.SeverityWarning)
	case g.severity == rule.SeverityInfo:
		// A feature was asked for that does not work without the role.
		g.severity = rule.SeverityWarning
	}
	found := "none is assigned"
	g.violation.Fact = fmt.Sprintf("%s lacks the role %s", a.site.Label(), name)
	if len(a.found) > 0 {
		if count, ok := countRules[a.role]; ok && slices.Contains(a.ruleIDs(), count) {
			g.id = count
		}
		g.severity = rule.SeverityWarning
		found = fmt.Sprintf("assigned: %s", model.Labels(a.found))
		g.violation.Fact = fmt.Sprintf("%s has too few of the role %s", a.site.Label(), name)
	}
	g.violation.At = model.At("minimum")
	g.violation.Found = fmt.Sprintf("the role %s is %s with at least %d at %s; %s.%s", name, requirement, minimum, a.site.Label(), found, a.reason(id))
	g.violation.Fix = fmt.Sprintf("Assign role = %q to %s of %s%s.", a.role, servers(minimum-int64(len(a.found))), a.site.Label(), a.withSettings())
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
		if want, ok := d.wanted(a.needed.DeclaredSettings()).Get(); ok && d.typed != "" {
			list = append(list, fmt.Sprintf(d.typed, want))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf(", with %s in its %s block", strings.Join(list, ", "), a.role)
}

// countRules are the rules about the number of instances.
var countRules = map[string]string{product.RoleManagementPoint: "REQ-MP-COUNT", product.RoleDistributionPoint: "REQ-DP-COUNT"}

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
		if r := a.Rules[ids[0]]; r != nil && r.Chapter == a.Rule.Chapter {
			return ids[0]
		}
	}
	for _, q := range needs.RoleQuestions {
		for _, r := range q.Rules {
			if known := a.Rules[r.ID]; q.Role == a.role && known != nil && known.Enforcement == rule.Checked && (r.Want == model.RoleRequired || r.Want == model.RoleRecommended) {
				return r.ID
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
	wanted func(*model.RoleSettings) model.Value[string]
	// has returns what an assignment declares; null and unknown leave it undecided.
	has map[string]func(*model.Assignment) model.Value[string]
	// enough reports whether a declared value does what is asked for.
	enough func(want, has string) bool
	path   string // within the settings block
	typed  string // how it is written, with %q or %s for the value
	asks   func(needs.RoleDemand) bool
}

// asTyped is how the setting is written with a value.
func (d demanded) asTyped(want string) string {
	if d.typed == "" {
		return d.path + " block"
	}
	return fmt.Sprintf(d.typed, want)
}

func equal(want, has string) bool { return want == has }

// demands are the settings that are compared. The server of its own of a fallback
// status point is COLO-FSP-DEDICATED, that of a software update point SUP-CAP-COLO.
var demands = []demanded{
	{
		wanted: func(s *model.RoleSettings) model.Value[string] { return s.Protocol }, path: "protocol", typed: "protocol = %q", enough: equal,
		asks: func(d needs.RoleDemand) bool { return d.Protocol == model.ProtocolHTTPS },
		has: map[string]func(*model.Assignment) model.Value[string]{
			product.RoleManagementPoint: func(a *model.Assignment) model.Value[string] {
				return model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[string] { return m.Protocol })
			},
			product.RoleDistributionPoint: func(a *model.Assignment) model.Value[string] {
				return model.SettingOf(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[string] { return d.Protocol })
			},
			product.RoleSoftwareUpdatePoint: func(a *model.Assignment) model.Value[string] {
				return model.SettingOf(a.SoftwareUpdatePoint, func(s *model.SoftwareUpdatePoint) model.Value[string] { return s.Protocol })
			},
		},
	},
	{
		wanted: func(s *model.RoleSettings) model.Value[string] { return s.ClientConnections }, path: "client_connections", typed: "client_connections = %q",
		// Connections from the internet are what matters where both are asked for. Devices
		// that belong on the intranet are COMM-MDM-INTRANET.
		enough: func(want, has string) bool {
			return want == model.ConnectionsIntranet || has != model.ConnectionsIntranet
		},
		asks: func(d needs.RoleDemand) bool { return d.Connections != "" },
		has: map[string]func(*model.Assignment) model.Value[string]{
			product.RoleManagementPoint: func(a *model.Assignment) model.Value[string] {
				return model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[string] { return m.ClientConnections })
			},
			product.RoleDistributionPoint: func(a *model.Assignment) model.Value[string] {
				return model.SettingOf(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[string] { return d.ClientConnections })
			},
			product.RoleSoftwareUpdatePoint: func(a *model.Assignment) model.Value[string] {
				return model.SettingOf(a.SoftwareUpdatePoint, func(s *model.SoftwareUpdatePoint) model.Value[string] { return s.ClientConnections })
			},
		},
	},
	{
		wanted: func(s *model.RoleSettings) model.Value[string] { return model.Shown(s.AllowMobileDevices) }, path: "allow_mobile_devices", typed: "allow_mobile_devices = %s", enough: equal,
		asks: func(d needs.RoleDemand) bool { return d.Devices },
		has: map[string]func(*model.Assignment) model.Value[string]{
			product.RoleManagementPoint: func(a *model.Assignment) model.Value[string] {
				return model.Shown(model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[bool] { return m.AllowMobileDevices }))
			},
		},
	},
	{
		wanted: func(s *model.RoleSettings) model.Value[string] { return model.Shown(s.AllowCMGTraffic) }, path: "allow_cmg_traffic", typed: "allow_cmg_traffic = %s", enough: equal,
		asks: func(d needs.RoleDemand) bool { return d.Gateway },
		has: map[string]func(*model.Assignment) model.Value[string]{
			product.RoleManagementPoint: func(a *model.Assignment) model.Value[string] {
				return model.Shown(model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[bool] { return m.AllowCMGTraffic }))
			},
			product.RoleSoftwareUpdatePoint: func(a *model.Assignment) model.Value[string] {
				return model.Shown(model.SettingOf(a.SoftwareUpdatePoint, func(s *model.SoftwareUpdatePoint) model.Value[bool] { return s.AllowCMGTraffic }))
			},
		},
	},
	{
		// A distribution point that says nothing of PXE does not have it.
		wanted: func(s *model.RoleSettings) model.Value[string] { return s.PXE }, path: "pxe", typed: "pxe = %q",
		enough: func(_, has string) bool { return has == fmt.Sprint(true) },
		asks:   func(d needs.RoleDemand) bool { return d.PXE != "" },
		has: map[string]func(*model.Assignment) model.Value[string]{
			product.RoleDistributionPoint: func(a *model.Assignment) model.Value[string] {
				d, ok := a.DeclaredDistributionPoint().Get()
				if !ok {
					return model.Unknown[string]()
				}
				return model.Shown(model.IsDeclared(d.PXE))
			},
		},
	},
	{
		wanted: func(s *model.RoleSettings) model.Value[string] { return model.Shown(s.Multicast) }, path: "multicast", enough: equal,
		asks: func(d needs.RoleDemand) bool { return d.Multicast },
		has: map[string]func(*model.Assignment) model.Value[string]{
			product.RoleDistributionPoint: func(a *model.Assignment) model.Value[string] {
				d, ok := a.DeclaredDistributionPoint().Get()
				if !ok {
					return model.Unknown[string]()
				}
				return model.Shown(model.DeclaredBlock(d.Multicast))
			},
		},
	},
	{
		wanted: func(s *model.RoleSettings) model.Value[string] { return s.Mode }, path: "mode", typed: "mode = %q", enough: equal,
		asks: func(d needs.RoleDemand) bool { return d.Mode != "" },
		has: map[string]func(*model.Assignment) model.Value[string]{
			product.RoleServiceConnectionPoint: func(a *model.Assignment) model.Value[string] {
				return model.SettingOf(a.ServiceConnectionPoint, func(s *model.ServiceConnectionPoint) model.Value[string] { return s.Mode })
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
	settings, ok := rule.Decided(a.Check, a.needed.Settings.OrDefault(&model.RoleSettings{}))
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
		want, ok := rule.Decided(a.Check, wanted)
		if !ok {
			continue
		}
		asking := a.settingRule(d)
		least := int64(1)
		if asking.Devices {
			devices, ok := rule.Decided(a.Check, a.needed.MinimumForDevices.OrDefault(0))
			if !ok {
				continue
			}
			least = max(least, devices)
		}
		var right, open int64
		var wrong *model.Assignment
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
		case right+open >= least || a.Topology.Index.Open || wrong == nil:
			a.leaveOpen(asking.ID)
		default:
			gaps = append(gaps, a.wrongSetting(d, asking, want, wrong, least))
		}
	}
	if len(gaps) == 0 {
		return a.apart(settings)
	}
	return gaps
}

// apart are the gaps of settings that the role has, but no instance has together: a rule
// asks for all of its settings of one instance.
func (a *coverage) apart(settings *model.RoleSettings) []gap {
	ids := a.ruleIDs()
	seen := map[string]bool{}
	for _, q := range needs.RoleQuestions {
		for _, r := range q.Rules {
			known := a.Rules[r.ID]
			if q.Role != a.role || !slices.Contains(ids, r.ID) || known == nil || known.Enforcement != rule.Checked || seen[r.ID] {
				continue
			}
			together := a.askedTogether(r, settings)
			if len(together) < 2 {
				continue
			}
			seen[r.ID] = true
			if g, found := a.noneHasAll(r, together, settings); found {
				return []gap{g} // the others ask for some of the same settings
			}
		}
	}
	return nil
}

// askedTogether are the settings that a rule asks for and the answer wants. Connections of
// the intranet are those that every instance takes.
func (a *coverage) askedTogether(r needs.RoleRule, settings *model.RoleSettings) []demanded {
	return slices.DeleteFunc(slices.Clone(demands), func(d demanded) bool {
		intranet := d.path == "client_connections" && r.Set.Connections == model.ConnectionsIntranet
		return d.has[a.role] == nil || !d.asks(r.Set) || intranet || !d.wanted(settings).IsKnown()
	})
}

// noneHasAll is the gap of a role with too few instances that have all of some settings.
func (a *coverage) noneHasAll(r needs.RoleRule, together []demanded, settings *model.RoleSettings) (gap, bool) {
	least := int64(1)
	if r.Devices {
		devices, ok := a.needed.MinimumForDevices.OrDefault(0).Get()
		if !ok {
			return gap{}, false
		}
		least = max(least, devices)
	}
	var right, open int64
	var nearest *model.Assignment
	var lacking []demanded // of the nearest
	for _, one := range a.found {
		var lacks []demanded
		known := true
		for _, d := range together {
			want, _ := d.wanted(settings).Get()
			has, ok := d.has[a.role](one).Get()
			known = known && ok
			if ok && !d.enough(want, has) {
				lacks = append(lacks, d)
			}
		}
		switch {
		case len(lacks) > 0:
			if nearest == nil || len(lacks) < len(lacking) {
				nearest, lacking = one, lacks
			}
		case known:
			right++
		default:
			open++
		}
	}
	switch {
	case right >= least || nearest == nil:
		return gap{}, false
	case right+open >= least || a.Topology.Index.Open:
		a.leaveOpen(r.ID)
		return gap{}, false
	}
	all := make([]string, len(together))
	for i, d := range together {
		want, _ := d.wanted(settings).Get()
		all[i] = d.asTyped(want)
	}
	want, _ := lacking[0].wanted(settings).Get()
	g := a.wrongSetting(lacking[0], r, want, nearest, least)
	g.violation.Fact = fmt.Sprintf("no %s of %s has %s together", product.RoleName(a.role), a.site.Label(), model.And(all))
	if right > 0 {
		g.violation.Fact = fmt.Sprintf("too few of the role %s of %s have %s together", product.RoleName(a.role), a.site.Label(), model.And(all))
	}
	return g, true
}

func (a *coverage) wrongSetting(d demanded, asking needs.RoleRule, want string, wrong *model.Assignment, least int64) gap {
	severity := rule.SeverityWarning
	if r := a.Rules[asking.ID]; r != nil {
		severity = max(severity, r.Severity)
	}
	if a.role == product.RoleSoftwareUpdatePoint {
		severity = rule.SeverityWarning // clients may get their updates elsewhere
	}
	has, _ := d.has[a.role](wrong).Get()
	typed := d.asTyped(want)
	return gap{id: asking.ID, severity: severity, violation: rule.Violation{
		On: wrong, At: model.At(a.role, d.path), Related: append(model.AsDeclared(a.found), a.Topology.Hierarchy),
		Fact: fmt.Sprintf("%s lacks a %s with %s", a.site.Label(), product.RoleName(a.role), typed),
		Found: fmt.Sprintf("%s has %s = %q; %d of the role at %s must have %s.%s", wrong.Label(), d.path, has, least, a.site.Label(), typed,
			a.reason(asking.ID)),
		Fix: fmt.Sprintf("Set %s in the %s block of %s.", typed, a.role, wrong.Label()),
	}}
}

// settingRule returns the rule that asks for a setting: one of those that the answer
// names, else the first of the table.
func (a *coverage) settingRule(d demanded) needs.RoleRule {
	var fallback *needs.RoleRule
	ids := a.ruleIDs()
	for _, q := range needs.RoleQuestions {
		for i, r := range q.Rules {
			known := a.Rules[r.ID]
			if q.Role != a.role || !d.asks(r.Set) || known == nil || known.Enforcement != rule.Checked {
				continue
			}
			if slices.Contains(ids, r.ID) {
				return r
			}
			if fallback == nil {
				fallback = &q.Rules[i]
			}
		}
	}
	if fallback == nil {
		return needs.RoleRule{ID: a.decider()}
	}
	return *fallback
}

// forbidden is the gap of a role that is there and must not be. Where its site or its
// version does not have it, ROLE-SITE-* and ROLE-LIFE-* say so.
func (a *coverage) forbidden() []gap {
	if a.role != product.RoleFallbackStatusPoint || len(a.found) == 0 || a.site.Is(product.Primary) != model.Known(true) {
		return nil
	}
	return []gap{{id: "REQ-FSP-HTTP-RISK", severity: rule.SeverityWarning, violation: rule.Violation{
		On: a.found[0], At: model.At("role"), Related: append(model.AsDeclared(a.found), a.Topology.Hierarchy),
		Fact:  fmt.Sprintf("%s has a fallback status point although its risk outweighs the benefit", a.site.Label()),
		Found: fmt.Sprintf("%s; the role is forbidden at the site.%s", model.Labels(a.found), a.reason("REQ-FSP-CONDITIONS")),
		Fix:   "Remove the role assignment, or set benefits_outweigh_risks = true where the question is asked.",
	}}}
}
