package rule

import (
	"fmt"
	"time"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Environment says what the design is for.
type Environment string

// The environments.
const (
	Production Environment = "production"
	Lab        Environment = "lab"
)

// Environments lists the environments.
func Environments() []string { return []string{string(Production), string(Lab)} }

// ReportAt says which resources report findings.
type ReportAt string

// The places where findings are reported.
const (
	ReportAtElement   ReportAt = "element"
	ReportAtHierarchy ReportAt = model.ReportedAtHierarchy
)

// ReportPlaces lists the places where findings are reported.
func ReportPlaces() []string { return []string{string(ReportAtElement), string(ReportAtHierarchy)} }

// Options are the policy of a check. The zero Options check production designs of
// the default version and report at the element.
type Options struct {
	// Version is the version of sites that declare none, 0 for [DefaultVersion].
	Version     product.Version
	Environment Environment
	// Severities replaces severities by rule id. [Options.Validate] says what it may.
	Severities map[string]Severity
	// Strict makes every warning an error.
	Strict   bool
	ReportAt ReportAt
	// ReviewDate is the day on which the design is judged; the zero time leaves rules
	// about dates undecided.
	ReviewDate time.Time
	// Undecided says that part of the policy is not known yet: an error that the
	// policy may lower is then reported as a warning, and a warning not at all.
	Undecided bool
	// Stopped says that nobody waits for the answer any more; nil for never. A check that
	// is stopped reports nothing but that. Several goroutines may ask at once.
	Stopped func() bool
}

// SiteVersion returns the version of sites that declare none.
func (o *Options) SiteVersion() product.Version {
	if o.Version == 0 {
		return product.DefaultVersion
	}
	return o.Version
}

// Severities lists what a severity can be set to.
func Severities() []string { return []string{"error", "warning", "off"} }

// ParseSeverity reads a severity that a user typed.
func ParseSeverity(s string) (Severity, error) {
	for _, severity := range []Severity{SeverityError, SeverityWarning, SeverityOff} {
		if s == severity.String() {
			return severity, nil
		}
	}
	return 0, fmt.Errorf("%q is not a severity. Use one of %s.", s, product.Quoted(Severities()))
}

// apply returns the severity with which the policy reports a finding, SeverityOff
// when it does not, and records an accepted finding in it.
func (o *Options) apply(f *Finding) Severity {
	severity := f.Severity
	if replaced, ok := o.Severities[f.Rule.ID]; ok {
		severity = f.replaced(replaced)
	}
	if o.Undecided && !f.Rule.alwaysStands() {
		severity--
	}
	if severity <= SeverityInfo {
		return SeverityOff
	}
	if severity == SeverityWarning {
		if o.Environment == Lab && (f.Rule.Basis == Recommended || f.Rule.ProductionOnly) {
			return SeverityOff
		}
		if reason, ok := f.acceptance(); ok {
			f.Accepted = reason
			return SeverityOff
		}
		if o.Strict {
			return SeverityError
		}
	}
	return severity
}

// replaced returns the severity of a finding whose rule the policy gives another
// one. A rule may report a case lighter or heavier than its own severity: naming
// the rule's own severity changes nothing, an error is never switched off, and what
// always stands stays.
func (f *Finding) replaced(by Severity) Severity {
	switch {
	case by == f.Rule.Severity, f.Rule.alwaysStands() && by < f.Severity:
		return f.Severity
	case f.Severity == SeverityError && by == SeverityOff:
		return SeverityWarning
	default:
		return by
	}
}

// UnusedAcceptance is an entry of accepted_findings that matches nothing.
type UnusedAcceptance struct {
	Path   model.Path
	RuleID string
}

// Summary is the first line of the warning about it.
func (u UnusedAcceptance) Summary() string {
	return fmt.Sprintf("Accepted finding %s does not occur", u.RuleID)
}

// Detail says what to do about it.
func (u UnusedAcceptance) Detail() string {
	return fmt.Sprintf("%s accepts %s, but the design has no such finding here. Remove the entry, so that it does not hide a later one.", u.Path, u.RuleID)
}
