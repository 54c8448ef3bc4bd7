package rules_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/cardinality"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// A documentedNumber is a row of testdata/limits.csv, the list of the numbers that the
// documentation gives. A rule judges by it, or a remark says why none does.
type documentedNumber struct {
	key, number, bound, rule, article, remark string
}

// neighbors say for each kind of number which values are next to each other, the one
// that is accepted and the one that is not any more.
var neighbors = map[string]func(t *testing.T, number string) (accepted, rejected string){
	"max":   func(t *testing.T, n string) (string, string) { return n, shifted(t, n, 1) },
	"min":   func(t *testing.T, n string) (string, string) { return n, shifted(t, n, -1) },
	"equal": func(t *testing.T, n string) (string, string) { return shifted(t, n, 1), n },
	"below": func(t *testing.T, n string) (string, string) { return shifted(t, n, -1), n },
	// The first version that accepts something, and the first that does not any more.
	"from":  func(t *testing.T, n string) (string, string) { return n, releaseBefore(t, n) },
	"until": func(t *testing.T, n string) (string, string) { return releaseBefore(t, n), n },
	// The oldest release of a program that is accepted, and one that never is.
	"floor":  func(t *testing.T, n string) (string, string) { return n, dottedShifted(t, n, -1) },
	"faulty": func(t *testing.T, n string) (string, string) { return dottedShifted(t, n, 1), n },
	// The last day on which something is accepted, and the first on which it is not.
	"day":       func(t *testing.T, n string) (string, string) { return n, dayShifted(t, n, 1) },
	"available": func(t *testing.T, n string) (string, string) { return dayShifted(t, n, -1), n },
	// The oldest version that a site can be updated from.
	"update": func(t *testing.T, n string) (string, string) { return n, releaseBefore(t, n) },
}

func shifted(t *testing.T, number string, by int) string {
	t.Helper()
	n, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(n + by)
}

func releaseBefore(t *testing.T, number string) string {
	t.Helper()
	releases := product.Releases()
	i := slices.IndexFunc(releases, func(r product.Release) bool { return r.Version.String() == number })
	if i < 1 {
		t.Fatalf("there is no release before %s", number)
	}
	return releases[i-1].Version.String()
}

// dottedShifted changes the last part of a version that is not zero.
func dottedShifted(t *testing.T, number string, by int) string {
	t.Helper()
	parts := strings.Split(number, ".")
	i := len(parts) - 1
	for parts[i] == "0" {
		i--
	}
	parts[i] = shifted(t, parts[i], by)
	return strings.Join(parts, ".")
}

func dayShifted(t *testing.T, number string, by int) string {
	t.Helper()
	day, err := time.Parse(time.DateOnly, number)
	if err != nil {
		t.Fatal(err)
	}
	return day.AddDate(0, 0, by).Format(time.DateOnly)
}

// boundary is a design for every value of a documented number.
type boundary struct {
	// model is where the model has the number. None and one need no constant.
	model  *constant
	design func(value string) string
	// errors says that lighter findings of the rule do not count.
	errors bool
}

// constant is a number of the model as the list writes it.
type constant struct {
	number string
	source product.Source
}

func of(l product.Limit) *constant                          { return &constant{fmt.Sprint(l.Value), l.Source} }
func lowest(r product.ValueRange) *constant                 { return &constant{fmt.Sprint(r.Min), r.Source} }
func highest(r product.ValueRange) *constant                { return &constant{fmt.Sprint(r.Max), r.Source} }
func firstIn(v product.Version, s product.Source) *constant { return &constant{v.String(), s} }

func cardinalityOf(id string) *constant {
	for _, card := range cardinality.Cardinalities {
		if card.ID == id {
			return &constant{fmt.Sprint(card.Most), card.Sources[0]}
		}
	}
	return nil
}

// written puts the value in place of %[1]s.
func written(format string) func(string) string {
	return func(value string) string { return fmt.Sprintf(format, value) }
}

// counted makes a design of a number.
func counted(design func(n int) string) func(string) string {
	return func(value string) string {
		n, err := strconv.Atoi(value)
		if err != nil {
			panic(err) // the list is at fault
		}
		return design(n)
	}
}

func readNumbers(t *testing.T) []documentedNumber {
	t.Helper()
	data, err := os.ReadFile("testdata/limits.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	list := make([]documentedNumber, 0, len(rows))
	for _, row := range rows[1:] {
		list = append(list, documentedNumber{row[0], row[1], row[2], row[3], row[4], row[5]})
	}
	return list
}

// name tells the two ends of a range apart.
func (n documentedNumber) name() string { return strings.TrimSuffix(n.key+" "+n.bound, " ") }

// Every documented number is either judged by, with a design on each side of it, or
// left alone for a reason.
func TestDocumentedNumbers(t *testing.T) {
	designs := boundaries()
	seen := map[string]bool{}
	for _, n := range readNumbers(t) {
		if seen[n.name()] {
			t.Errorf("%s is listed twice", n.name())
		}
		seen[n.name()] = true
		t.Run(n.name(), func(t *testing.T) {
			switch n.bound {
			case "":
				if n.rule != "" || n.remark == "" {
					t.Error("no rule judges by the number, and nobody says why")
				}
			case "choice":
				// What is checked has cases: the tests of the chapters see to it.
				if r, ok := rules.Catalog().RuleByID(n.rule); !ok || r.Enforcement != rule.Checked {
					t.Errorf("%s is not checked", n.rule)
				}
				n.checkArticle(t, nil)
			case "update":
				n.checkUpdate(t)
			default:
				b, ok := designs[n.name()]
				if !ok {
					t.Fatal("there are no designs on both sides of the number")
				}
				n.check(t, b)
			}
		})
	}
	for name := range designs {
		if !seen[name] {
			t.Errorf("there are designs for %q, which is not listed", name)
		}
	}
}

// check judges the designs on both sides of the number.
func (n documentedNumber) check(t *testing.T, b boundary) {
	t.Helper()
	switch {
	case b.model != nil:
		if b.model.number != n.number {
			t.Errorf("the model has %s, the list %s", b.model.number, n.number)
		}
	case n.number != "0" && n.number != "1":
		t.Errorf("the model has no constant for %s", n.number)
	}
	n.checkArticle(t, b.model)
	accepted, rejected := neighbors[n.bound](t, n.number)
	counts := func(f rule.Finding) bool {
		return f.Rule.ID == n.rule && (!b.errors || f.Severity == rule.SeverityError)
	}

	text := b.design(accepted)
	j := ruletest.Parse(t, text).Judge(t)
	for _, f := range slices.Concat(j.Found, j.FoundAtOnce) {
		if counts(f) || f.Severity == rule.SeverityError {
			t.Errorf("%s is refused by %s: %s\n%s", accepted, f.Rule.ID, f.Found, shortened(text))
		}
	}
	text = b.design(rejected)
	j = ruletest.Parse(t, text).Judge(t)
	for where, findings := range map[string][]rule.Finding{"resource by resource": j.Found, "at once": j.FoundAtOnce} {
		if !slices.ContainsFunc(findings, counts) {
			t.Errorf("%s is accepted %s, found %v\n%s", rejected, where, slices.Sorted(maps.Keys(ruletest.IdsOf(findings))), shortened(text))
		}
	}
}

// checkArticle tests that the article of the list is one that the rule or the number
// names.
func (n documentedNumber) checkArticle(t *testing.T, model *constant) {
	t.Helper()
	rule, ok := rules.Catalog().RuleByID(n.rule)
	if !ok {
		t.Fatalf("there is no rule %q", n.rule)
	}
	sources := rule.Sources
	if model != nil {
		sources = append(slices.Clip(sources), model.source)
	}
	if n.article == "" || !slices.ContainsFunc(sources, func(s product.Source) bool { return strings.HasPrefix(s.Title(), n.article) }) {
		t.Errorf("%s does not name the article %q", n.rule, n.article)
	}
}

// checkUpdate judges the oldest version that a release can be installed on.
func (n documentedNumber) checkUpdate(t *testing.T) {
	t.Helper()
	version := func(text string) product.Version {
		v, err := product.ParseVersion(text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	to := version(strings.Split(n.key, ".")[1])
	release, _ := product.ReleaseOf(to)
	if release.UpdateFrom.String() != n.number || !strings.HasPrefix(release.Source.Title(), n.article) {
		t.Errorf("the model has %s from %q", release.UpdateFrom, release.Source.Title())
	}
	accepted, rejected := neighbors[n.bound](t, n.number)
	if err := product.CheckUpdate(version(accepted), to); err != nil {
		t.Errorf("%s is refused: %v", accepted, err)
	}
	if product.CheckUpdate(version(rejected), to) == nil {
		t.Errorf("%s is accepted", rejected)
	}
}

func shortened(text string) string {
	const most = 600
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}
