package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 13: settings of distribution points that the cmdlets and the console check.
// Pull-distribution points have a file of their own.

var (
	rangePullPriority     = valueRange{1, 100, articleCmdletParameters.At("-SourceDPRank")}
	rangeMinimumFreeSpace = valueRange{50, 100_000, articleCmdletParameters.Source()} // megabytes
	rangePXEDelay         = valueRange{0, 32, articleCmdletParameters.At("-PxeServerResponseDelaySec")}
	rangeMulticastClients = valueRange{1, 10_000, articleCmdletParameters.Source()}
	rangeMulticastSession = valueRange{1, 99, articleCmdletParameters.Source()}
	rangeMulticastDelay   = valueRange{1, 99, articleCmdletParameters.Source()} // minutes
	rangeMulticastStart   = valueRange{1, 65_534, articleCmdletParameters.Source()}
	rangeMulticastEnd     = valueRange{2, 65_535, articleCmdletParameters.Source()}
)

// setting is a number in a distribution_point block with its range.
type setting struct {
	at    Path   // within the block
	name  string // in a sentence
	value Value[int64]
	// free says that null is a choice of its own, not an open question.
	free    bool
	allowed *valueRange
}

// The places of the settings that every distribution point is judged by.
var (
	atMinimumFreeSpace = At("minimum_free_space")
	atPXEResponseDelay = At("pxe_response_delay")
)

var distributionPointRules = slices.Concat(pullRules, []Rule{
	rangeRule(Rule{
		ID:      "DP-MINFREE",
		Title:   "The minimum free space of a distribution point is 50 to 100,000 MB",
		Why:     "The cmdlet accepts no other number. Without one the product keeps 500 MB free from version 2107 on.",
		Fix:     "Set minimum_free_space to a number from 50 to 100000, in megabytes, or leave it out.",
		Sources: []Source{rangeMinimumFreeSpace.source, articlePowerShell.At("Add-CMDistributionPoint")},
	}, func(d *DistributionPoint) []setting {
		return []setting{{at: atMinimumFreeSpace, name: "minimum free space", value: d.MinimumFreeSpace, allowed: &rangeMinimumFreeSpace}}
	}),
	drivesRule,
	rangeRule(Rule{
		ID:      "DP-PXE-DELAY",
		Title:   "The PXE response delay of a distribution point is 0 to 32 seconds",
		Why:     "The cmdlet accepts no other number.",
		Fix:     "Set pxe_response_delay to a number from 0 to 32, in seconds, or leave it out.",
		Sources: []Source{rangePXEDelay.source},
	}, func(d *DistributionPoint) []setting {
		return []setting{{at: atPXEResponseDelay, name: "PXE response delay", value: d.PXEResponseDelay, allowed: &rangePXEDelay}}
	}),
	rangeRule(Rule{
		ID:      "DP-MULTICAST-RANGE",
		Title:   "The multicast settings of a distribution point are within their ranges",
		Why:     "The cmdlet accepts 1 to 10,000 clients, sessions of 1 to 99 clients, a start delay of 1 to 99 minutes, and UDP ports whose first is below the last. Left out, the ports are 63000 to 64000.",
		Fix:     "Correct the value in the multicast block, such as udp_port_start = 63000 and udp_port_end = 64000, or leave it out.",
		Sources: []Source{rangeMulticastClients.source, articlePorts.Source()},
	}, multicastSettings),
	certificateRule,
})

// rangeRule completes a rule about numbers of a distribution point. The cmdlets
// refuse what is outside the range.
func rangeRule(r Rule, settings func(*DistributionPoint) []setting) Rule {
	r.Severity, r.Basis, r.Scope = SeverityError, Refused, ScopeRole
	r.roles = []string{roleDistributionPoint}
	r.assignment = func(c *check, a *Assignment) {
		d, ok := decided(c, a.distributionPoint())
		if !ok {
			return
		}
		for _, s := range settings(d) {
			if s.free && s.value.IsNull() {
				continue
			}
			n, ok := decided(c, s.value)
			if !ok || s.allowed.holds(n) {
				continue
			}
			at := At("distribution_point").Join(s.at)
			c.violate(violation{
				at:    at,
				fact:  fmt.Sprintf("the %s of the %s is outside its range", s.name, a.label()),
				found: fmt.Sprintf("%s = %d; possible are %d to %d.", at, n, s.allowed.min, s.allowed.max),
			})
		}
	}
	return r
}

// multicastSettings lists the numbers of a multicast block. The first port of a known
// range also has to be below the last.
func multicastSettings(d *DistributionPoint) []setting {
	if d.Multicast.IsNull() {
		return nil
	}
	m, ok := d.Multicast.Get()
	if !ok {
		return []setting{{value: Unknown[int64]()}}
	}
	end := rangeMulticastEnd
	if start, ok := m.UDPPortStart.Get(); ok && start >= rangeMulticastStart.min && start <= rangeMulticastStart.max {
		end.min = start + 1
	}
	at := At("multicast")
	return []setting{
		{at: at.Attr("maximum_clients"), name: "maximum number of multicast clients", value: m.MaximumClients, allowed: &rangeMulticastClients},
		{at: at.Attr("minimum_session_size"), name: "minimum size of a multicast session", value: m.MinimumSessionSize, allowed: &rangeMulticastSession},
		{at: at.Attr("session_start_delay"), name: "start delay of a multicast session", value: m.SessionStartDelay, allowed: &rangeMulticastDelay},
		{at: at.Attr("udp_port_start"), name: "first UDP port", value: m.UDPPortStart, allowed: &rangeMulticastStart},
		{at: at.Attr("udp_port_end"), name: "last UDP port", value: m.UDPPortEnd, allowed: &end},
	}
}

// automaticDrive is what stands for a drive that the product chooses.
const automaticDrive = "Automatic"

var drivesRule = Rule{
	ID: "DP-DRIVES", Severity: SeverityWarning, Basis: SecondarySource, Scope: ScopeRole,
	Title:   "A secondary drive of a distribution point goes with a primary one",
	Why:     "The secondary drive is used when the primary one is full, so it needs one to follow. The cmdlet takes a drive letter or Automatic and refuses anything else.",
	Fix:     `Name both, such as primary_content_drive = "D" and secondary_content_drive = "E"; a drive is one letter without a colon, or "Automatic".`,
	Sources: []Source{articleConfigMgrCBDsc.Source(), articlePowerShell.At("Add-CMDistributionPoint")},
	roles:   []string{roleDistributionPoint},
	assignment: func(c *check, a *Assignment) {
		d, ok := decided(c, a.distributionPoint())
		if !ok {
			return
		}
		for _, pair := range []struct {
			kind               string
			primary, secondary Value[string]
		}{
			{"content", d.PrimaryContentDrive, d.SecondaryContentDrive},
			{"package", d.PrimaryPackageDrive, d.SecondaryPackageDrive},
		} {
			if pair.primary.IsNull() && pair.secondary.IsNull() {
				continue
			}
			primaryAt := At("distribution_point", "primary_"+pair.kind+"_drive")
			secondaryAt := At("distribution_point", "secondary_"+pair.kind+"_drive")
			c.drive(a, primaryAt, "primary "+pair.kind+" drive", pair.primary)
			c.drive(a, secondaryAt, "secondary "+pair.kind+" drive", pair.secondary)
			secondary, ok := pair.secondary.Get()
			if !ok || !pair.primary.IsNull() || strings.EqualFold(secondary, automaticDrive) {
				continue
			}
			c.violate(violation{
				at:    secondaryAt,
				fact:  fmt.Sprintf("%s has a secondary %s drive without a primary one", a.label(), pair.kind),
				found: fmt.Sprintf("%s = %q, and %s is left out.", secondaryAt, secondary, primaryAt),
			})
		}
	},
}

// drive reports what is no drive. A drive that is left out is the product's choice.
func (c *check) drive(a *Assignment, at Path, what string, value Value[string]) {
	name, ok := value.Get()
	if !ok {
		if value.IsUnknown() {
			c.undecide()
		}
		return
	}
	letter := strings.ToUpper(name)
	if strings.EqualFold(name, automaticDrive) || len(letter) == 1 && letter >= "A" && letter <= "Z" {
		return
	}
	c.violate(violation{
		at: at, severity: SeverityError,
		fact:  fmt.Sprintf("the %s of the %s is no drive", what, a.label()),
		found: fmt.Sprintf("%s = %q; a letter from A to Z or %q is expected.", at, name, automaticDrive),
	})
}

var certificateRule = Rule{
	ID: "DP-CERT-EXPIRY", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
	Title:   "The self-signed certificate of a distribution point has an expiry date in the future",
	Why:     "The cmdlet that creates the role, or changes its certificate, demands a date that has not passed. Setup, which puts the role on a site server, sees to it itself.",
	Fix:     `Give a date, such as certificate_expiration = "2030-12-31", or use certificate = "pki".`,
	Sources: []Source{articlePowerShell.At("Add-CMDistributionPoint")},
	roles:   []string{roleDistributionPoint},
	assignment: func(c *check, a *Assignment) {
		d, ok := decided(c, a.distributionPoint())
		if !ok {
			return
		}
		certificate, ok := decided(c, d.Certificate)
		if !ok || certificate != CertificateSelfSigned {
			return
		}
		// Setup gives a distribution point on the site server its certificate itself.
		if !c.fails(a.site().isSiteServer(a.server().FQDN)) {
			return
		}
		exists, ok := decided(c, a.Installed.OrDefault(false))
		if !ok {
			return
		}
		at := At("distribution_point", "certificate_expiration")
		if d.CertificateExpiration.IsNull() {
			if exists && !c.changesCertificate(a) {
				return
			}
			c.violate(violation{
				at:    at,
				fact:  fmt.Sprintf("the self-signed certificate of the %s has no expiry date", a.label()),
				found: fmt.Sprintf("certificate = %q without certificate_expiration.", certificate),
			})
			return
		}
		text, ok := decided(c, d.CertificateExpiration)
		if !ok {
			return
		}
		end, err := ParseDate(text)
		if err != nil || c.options.ReviewDate.IsZero() {
			c.undecide()
			return
		}
		if end.After(c.options.ReviewDate) {
			return
		}
		v := violation{
			at:    at,
			fact:  fmt.Sprintf("the certificate of the %s has expired", a.label()),
			found: fmt.Sprintf("certificate_expiration = %q is not after the review date.", text),
		}
		if exists && !c.changesCertificate(a) {
			v.severity = SeverityWarning
		}
		c.violate(v)
	},
}

// changesCertificate reports whether an installed distribution point gets another
// kind of certificate than the prior state has.
func (c *check) changesCertificate(a *Assignment) bool {
	prior := c.topology.priorAssignment(a)
	if prior == nil || !installed(prior.Installed) {
		return false
	}
	before, ok := prior.DistributionPoint.Get()
	after, _ := a.distributionPoint().Get()
	if !ok {
		return false
	}
	old, ok := before.Certificate.Get()
	planned, _ := after.Certificate.Get()
	return ok && old != planned
}
