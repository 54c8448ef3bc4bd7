package distribution

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Settings of distribution points that the cmdlets and the console check.
// Pull-distribution points have a file of their own.

// The numbers of the chapter are exported for the test that holds every documented number
// to a design on each side of it.
var (
	RangePullPriority     = product.ValueRange{Min: 1, Max: 100, Source: product.CmdletParameters.At("-SourceDPRank")}
	RangeMinimumFreeSpace = product.ValueRange{Min: 50, Max: 100_000, Source: product.CmdletParameters.Source()} // megabytes
	RangePXEDelay         = product.ValueRange{Min: 0, Max: 32, Source: product.CmdletParameters.At("-PxeServerResponseDelaySec")}
	RangeMulticastClients = product.ValueRange{Min: 1, Max: 10_000, Source: product.CmdletParameters.Source()}
	RangeMulticastSession = product.ValueRange{Min: 1, Max: 99, Source: product.CmdletParameters.Source()}
	RangeMulticastDelay   = product.ValueRange{Min: 1, Max: 99, Source: product.CmdletParameters.Source()} // minutes
	RangeMulticastStart   = product.ValueRange{Min: 1, Max: 65_534, Source: product.CmdletParameters.Source()}
	RangeMulticastEnd     = product.ValueRange{Min: 2, Max: 65_535, Source: product.CmdletParameters.Source()}
)

// setting is a number in a distribution_point block with its range.
type setting struct {
	at    model.Path // within the block
	name  string     // in a sentence
	value model.Value[int64]
	// free says that null is a choice of its own, not an open question.
	free    bool
	allowed *product.ValueRange
}

// The places of the settings that every distribution point is judged by.
var (
	atMinimumFreeSpace = model.At("minimum_free_space")
	atPXEResponseDelay = model.At("pxe_response_delay")
)

var distributionPointRules = slices.Concat(pullRules, []rule.Rule{
	numberRule(rule.Rule{
		ID:      "DP-MINFREE",
		Title:   "The minimum free space of a distribution point is 50 to 100,000 MB",
		Why:     "The cmdlet accepts no other number. Without one the product keeps 500 MB free from version 2107 on.",
		Fix:     "Set minimum_free_space to a number from 50 to 100000, in megabytes, or leave it out.",
		Sources: []product.Source{RangeMinimumFreeSpace.Source, product.PowerShell.At("Add-CMDistributionPoint")},
	}, func(d *model.DistributionPoint) setting {
		return setting{at: atMinimumFreeSpace, name: "minimum free space", value: d.MinimumFreeSpace, allowed: &RangeMinimumFreeSpace}
	}),
	drivesRule,
	{
		ID: "DP-PXE-ON-PREMISES", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "PXE and multicast are on a distribution point on premises",
		Why: "Computers that start from the network, or receive an image by multicast, find a distribution point in their own network only. One in Azure " +
			"does not hear them.",
		Fix: `Enable pxe and multicast on a distribution point in the network of the computers, with location = "on_premises" in the inventory block of ` +
			`its server, and leave them out here.`,
		Sources:     []product.Source{product.AzureFAQ.Source()},
		MemberRoles: []string{product.RoleDistributionPoint},
		Member: func(c *rule.Check, a *model.Assignment) {
			s, inventory, ok := c.Equipped(a)
			if !ok {
				return
			}
			d, ok := rule.Decided(c, a.DeclaredDistributionPoint())
			if !ok {
				return
			}
			c.UndecideIf(d.PXE.IsUnknown() || d.Multicast.IsUnknown())
			var settings []string
			at := model.At("distribution_point")
			if service, ok := d.PXE.Get(); ok {
				settings = append(settings, fmt.Sprintf("pxe = %q", service))
				at = model.At("distribution_point", "pxe")
			}
			if d.Multicast.IsKnown() {
				settings = append(settings, "a multicast block")
			}
			if len(settings) == 0 || !c.Holds(model.ValueIs(inventory.Location, model.LocationAzure)) {
				return
			}
			c.Violate(rule.Violation{
				On: a, At: at, Site: a.DeclaredSite(), Related: []model.Declared{s},
				Fact:  fmt.Sprintf("%s is in Azure and cannot serve computers that start from the network", a.Label()),
				Found: fmt.Sprintf("the distribution_point block holds %s, and %s has location = %q in its inventory.", strings.Join(settings, " and "), s.Label(), model.LocationAzure),
			})
		},
		Hierarchy: (*rule.Check).OpenCount,
	},
	numberRule(rule.Rule{
		ID:      "DP-PXE-DELAY",
		Title:   "The PXE response delay of a distribution point is 0 to 32 seconds",
		Why:     "The cmdlet accepts no other number.",
		Fix:     "Set pxe_response_delay to a number from 0 to 32, in seconds, or leave it out.",
		Sources: []product.Source{RangePXEDelay.Source},
	}, func(d *model.DistributionPoint) setting {
		return setting{at: atPXEResponseDelay, name: "PXE response delay", value: d.PXEResponseDelay, allowed: &RangePXEDelay}
	}),
	rangeRule(rule.Rule{
		ID:    "DP-MULTICAST-RANGE",
		Title: "The multicast settings of a distribution point are within their ranges",
		Why: "The cmdlet accepts 1 to 10,000 clients, sessions of 1 to 99 clients, a start delay of 1 to 99 minutes, and UDP ports whose first is below " +
			"the last. Left out, the ports are 63000 to 64000.",
		Fix:     "Correct the value in the multicast block, such as udp_port_start = 63000 and udp_port_end = 64000, or leave it out.",
		Sources: []product.Source{RangeMulticastClients.Source, product.Ports.Source()},
	}, multicastSettings),
	certificateRule,
})

// rangeRule completes a rule about numbers of a distribution point. The cmdlets
// refuse what is outside the range.
func rangeRule(r rule.Rule, settings func(*model.DistributionPoint) []setting) rule.Rule {
	return ofPoint(r, func(c *rule.Check, a *model.Assignment, d *model.DistributionPoint) {
		for _, s := range settings(d) {
			s.judge(c, a)
		}
	})
}

// numberRule is rangeRule for one number, which makes no list of it: the rule is asked for
// every distribution point.
func numberRule(r rule.Rule, number func(*model.DistributionPoint) setting) rule.Rule {
	return ofPoint(r, func(c *rule.Check, a *model.Assignment, d *model.DistributionPoint) {
		s := number(d)
		s.judge(c, a)
	})
}

func ofPoint(r rule.Rule, judge func(*rule.Check, *model.Assignment, *model.DistributionPoint)) rule.Rule {
	r.Severity, r.Basis, r.Scope = rule.SeverityError, rule.Refused, rule.ScopeRole
	r.Roles = []string{product.RoleDistributionPoint}
	r.Assignment = func(c *rule.Check, a *model.Assignment) {
		if d, ok := rule.Decided(c, a.DeclaredDistributionPoint()); ok {
			judge(c, a, d)
		}
	}
	return r
}

func (s *setting) judge(c *rule.Check, a *model.Assignment) {
	if s.free && s.value.IsNull() {
		return
	}
	n, ok := rule.Decided(c, s.value)
	if !ok || s.allowed.Holds(n) {
		return
	}
	at := model.At("distribution_point").Join(s.at)
	c.Violate(rule.Violation{
		At:    at,
		Fact:  fmt.Sprintf("the %s of the %s is outside its range", s.name, a.Label()),
		Found: fmt.Sprintf("%s = %d; possible are %d to %d.", at, n, s.allowed.Min, s.allowed.Max),
	})
}

// multicastSettings lists the numbers of a multicast block. The first port of a known
// range also has to be below the last.
func multicastSettings(d *model.DistributionPoint) []setting {
	if d.Multicast.IsNull() {
		return nil
	}
	m, ok := d.Multicast.Get()
	if !ok {
		return []setting{{value: model.Unknown[int64]()}}
	}
	end := RangeMulticastEnd
	if start, ok := m.UDPPortStart.Get(); ok && start >= RangeMulticastStart.Min && start <= RangeMulticastStart.Max {
		end.Min = start + 1
	}
	at := model.At("multicast")
	return []setting{
		{at: at.Attr("maximum_clients"), name: "maximum number of multicast clients", value: m.MaximumClients, allowed: &RangeMulticastClients},
		{at: at.Attr("minimum_session_size"), name: "minimum size of a multicast session", value: m.MinimumSessionSize, allowed: &RangeMulticastSession},
		{at: at.Attr("session_start_delay"), name: "start delay of a multicast session", value: m.SessionStartDelay, allowed: &RangeMulticastDelay},
		{at: at.Attr("udp_port_start"), name: "first UDP port", value: m.UDPPortStart, allowed: &RangeMulticastStart},
		{at: at.Attr("udp_port_end"), name: "last UDP port", value: m.UDPPortEnd, allowed: &end},
	}
}

// automaticDrive is what stands for a drive that the product chooses.
const automaticDrive = "Automatic"

var drivesRule = rule.Rule{
	ID: "DP-DRIVES", Severity: rule.SeverityWarning, Basis: rule.SecondarySource, Scope: rule.ScopeRole,
	Title: "A secondary drive of a distribution point goes with a primary one",
	Why: "The secondary drive is used when the primary one is full, so it needs one to follow. The cmdlet takes a drive letter or Automatic and refuses " +
		"anything else.",
	Fix:     `Name both, such as primary_content_drive = "D" and secondary_content_drive = "E"; a drive is one letter without a colon, or "Automatic".`,
	Sources: []product.Source{product.ConfigMgrCBDsc.Source(), product.PowerShell.At("Add-CMDistributionPoint")},
	Roles:   []string{product.RoleDistributionPoint},
	Assignment: func(c *rule.Check, a *model.Assignment) {
		d, ok := rule.Decided(c, a.DeclaredDistributionPoint())
		if !ok {
			return
		}
		for _, pair := range []struct {
			kind               string
			primary, secondary model.Value[string]
		}{
			{"content", d.PrimaryContentDrive, d.SecondaryContentDrive},
			{"package", d.PrimaryPackageDrive, d.SecondaryPackageDrive},
		} {
			if pair.primary.IsNull() && pair.secondary.IsNull() {
				continue
			}
			primaryAt := model.At("distribution_point", "primary_"+pair.kind+"_drive")
			secondaryAt := model.At("distribution_point", "secondary_"+pair.kind+"_drive")
			drive(c, a, primaryAt, "primary "+pair.kind+" drive", pair.primary)
			drive(c, a, secondaryAt, "secondary "+pair.kind+" drive", pair.secondary)
			secondary, ok := pair.secondary.Get()
			if !ok || !pair.primary.IsNull() || strings.EqualFold(secondary, automaticDrive) {
				continue
			}
			c.Violate(rule.Violation{
				At:    secondaryAt,
				Fact:  fmt.Sprintf("%s has a secondary %s drive without a primary one", a.Label(), pair.kind),
				Found: fmt.Sprintf("%s = %q, and %s is left out.", secondaryAt, secondary, primaryAt),
			})
		}
	},
}

// drive reports what is not a drive. A drive that is left out is the product's choice.
func drive(c *rule.Check, a *model.Assignment, at model.Path, what string, value model.Value[string]) {
	name, ok := rule.Given(c, value)
	if !ok {
		return
	}
	letter := strings.ToUpper(name)
	if strings.EqualFold(name, automaticDrive) || len(letter) == 1 && letter >= "A" && letter <= "Z" {
		return
	}
	c.Violate(rule.Violation{
		At: at, Severity: rule.SeverityError,
		Fact:  fmt.Sprintf("the %s of the %s is not a drive", what, a.Label()),
		Found: fmt.Sprintf("%s = %q; a letter from A to Z or %q is expected.", at, name, automaticDrive),
	})
}

var certificateRule = rule.Rule{
	ID: "DP-CERT-EXPIRY", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
	Title: "The self-signed certificate of a distribution point has an expiry date in the future",
	Why: "The cmdlet that creates the role, or changes its certificate, demands a date that has not passed. Setup, which puts the role on a site " +
		"server, sees to it itself.",
	Fix:     `Give a date, such as certificate_expiration = "2030-12-31", or use certificate = "pki".`,
	Sources: []product.Source{product.PowerShell.At("Add-CMDistributionPoint")},
	Roles:   []string{product.RoleDistributionPoint},
	Assignment: func(c *rule.Check, a *model.Assignment) {
		d, ok := rule.Decided(c, a.DeclaredDistributionPoint())
		if !ok {
			return
		}
		certificate, ok := rule.Decided(c, d.Certificate)
		if !ok || certificate != model.CertificateSelfSigned {
			return
		}
		// Setup gives a distribution point on the site server its certificate itself.
		if !c.Fails(a.DeclaredSite().IsSiteServer(a.DeclaredServer().FQDN)) {
			return
		}
		exists, ok := rule.Decided(c, a.Installed.OrDefault(false))
		if !ok {
			return
		}
		at := model.At("distribution_point", "certificate_expiration")
		if d.CertificateExpiration.IsNull() {
			if exists && !changesCertificate(c, a) {
				return
			}
			c.Violate(rule.Violation{
				At:    at,
				Fact:  fmt.Sprintf("the self-signed certificate of the %s has no expiry date", a.Label()),
				Found: fmt.Sprintf("certificate = %q without certificate_expiration.", certificate),
			})
			return
		}
		text, ok := rule.Decided(c, d.CertificateExpiration)
		if !ok {
			return
		}
		end, err := product.ParseDate(text)
		if err != nil || c.Options.ReviewDate.IsZero() {
			c.Undecide()
			return
		}
		if end.After(c.Options.ReviewDate) {
			return
		}
		v := rule.Violation{
			At:    at,
			Fact:  fmt.Sprintf("the certificate of the %s has expired", a.Label()),
			Found: fmt.Sprintf("certificate_expiration = %q is not after the review date.", text),
		}
		if exists && !changesCertificate(c, a) {
			v.Severity = rule.SeverityWarning
		}
		c.Violate(v)
	},
}

// changesCertificate reports whether an installed distribution point gets another
// kind of certificate than the prior state has.
func changesCertificate(c *rule.Check, a *model.Assignment) bool {
	prior := c.Topology.PriorAssignment(a)
	if prior == nil || !model.Installed(prior.Installed) {
		return false
	}
	before, ok := prior.DistributionPoint.Get()
	after, _ := a.DeclaredDistributionPoint().Get()
	if !ok {
		return false
	}
	old, ok := before.Certificate.Get()
	planned, _ := after.Certificate.Get()
	return ok && old != planned
}
