package install

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPowerShell(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{"plain", "'plain'"},
		{"", "''"},
		{"O'Brien", "'O''Brien'"},
		{"a\u2018b\u2019c\u201ad\u201be", "'a\u2018\u2018b\u2019\u2019c\u201a\u201ad\u201b\u201be'"},
		{`$(Stop-Computer) "x" ; # ` + "`n", `'$(Stop-Computer) "x" ; # ` + "`n'"},
		{"a\nb", "('a' + [char]10 + 'b')"},
		{"\r", "('' + [char]13 + '')"},
		{"Zürich 東京", "'Zürich 東京'"},
		{true, "$true"},
		{false, "$false"},
		{int64(-5), "-5"},
		{[]string{"a", "b'c"}, "@('a', 'b''c')"},
		{[]string{}, "@()"},
		{[]int64{1, 2}, "@(1, 2)"},
		{Placeholder{Name: "Account"}, "$Account"},
		{&Command{Cmdlet: "Get-CMSite", Parameters: []Parameter{{"SiteCode", "PS1"}}}, "(Get-CMSite -SiteCode 'PS1')"},
	} {
		if got := PowerShell(c.value); got != c.want {
			t.Errorf("%#v is written as %s, expected %s", c.value, got, c.want)
		}
	}
}

func TestCommand_Placeholders(t *testing.T) {
	inner := &Command{Cmdlet: "Get-X", Parameters: []Parameter{{"A", Placeholder{Name: "Inner"}}}}
	c := &Command{Cmdlet: "Add-X", Parameters: []Parameter{{"S", Placeholder{Name: "Outer", Secret: true}}, {"T", inner}, {"U", "text"}}}
	var names []string
	for _, p := range c.Placeholders() {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "Outer Inner" {
		t.Errorf("placeholders %q", got)
	}
}

// FuzzQuote reads back what it wrote, by the rules of the language: a string ends at a
// quote that is not doubled, and nothing in it is expanded.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "a'b", "'; Stop-Computer; '", "$(x)", "`", "\u2019; x", "a\r\nb", "\x00\x1b", "[char]10", "\u2028", "é東\U0001F600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("strings of Terraform are valid")
		}
		written := PowerShell(s)
		if strings.ContainsAny(written, "\r\n\u2028\u2029\x00") {
			t.Errorf("%q is written on several lines: %q", s, written)
		}
		if got, ok := readBack(written); !ok || got != s {
			t.Errorf("%q is written as %s, which reads as %q (%v)", s, written, got, ok)
		}
	})
}

// readBack evaluates a string expression: strings and characters by number, joined.
func readBack(expression string) (string, bool) {
	if strings.HasPrefix(expression, "(") != strings.HasSuffix(expression, ")") {
		return "", false
	}
	rest := []rune(expression)
	if len(rest) > 0 && rest[0] == '(' {
		rest = rest[1 : len(rest)-1]
	}
	isQuote := func(r rune) bool { return r == '\'' || r >= '\u2018' && r <= '\u201b' }
	var value strings.Builder
	for len(rest) > 0 {
		switch text := string(rest); {
		case strings.HasPrefix(text, "[char]"):
			rest = rest[len("[char]"):]
			var number rune
			for len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' {
				number, rest = number*10+rest[0]-'0', rest[1:]
			}
			value.WriteRune(number)
		case rest[0] == '\'':
			rest = rest[1:]
			for {
				if len(rest) == 0 {
					return "", false // not ended
				}
				if isQuote(rest[0]) {
					if len(rest) > 1 && isQuote(rest[1]) {
						value.WriteRune(rest[0])
						rest = rest[2:]
						continue
					}
					rest = rest[1:]
					break
				}
				value.WriteRune(rest[0])
				rest = rest[1:]
			}
		default:
			return "", false
		}
		if len(rest) > 0 {
			if !strings.HasPrefix(string(rest), " + ") {
				return "", false
			}
			rest = rest[3:]
		}
	}
	return value.String(), true
}
