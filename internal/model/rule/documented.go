package rule

// Told completes rules that are told, not checked. A rule without a severity
// is context.
func Told(rules ...Rule) []Rule {
	for i := range rules {
		r := &rules[i]
		r.Enforcement = DocumentedOnly
		if r.Severity == 0 {
			r.Severity = SeverityInfo
		}
	}
	return rules
}
