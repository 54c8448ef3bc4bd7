package install

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
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
		{"a\u2018b", "('a' + [char]0x2018 + 'b')"},
		{`$(Stop-Computer) "x" ; # ` + "`n", `'$(Stop-Computer) "x" ; # ` + "`n'"},
		{"a\nb", "('a' + [char]0x000A + 'b')"},
		{"\r", "('' + [char]0x000D)"},
		{"Zürich", "('Z' + [char]0x00FC + 'rich')"},
		{"\U0001F600", "('' + [char]0xD83D + [char]0xDE00)"},
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
	for _, s := range []string{"", "a'b", "'; Stop-Computer; '", "$(x)", "`", "\u2019; x", "a\r\nb", "\x00\x1b", "[char]0x000A", "\u2028", "é東\U0001F600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("strings of Terraform are valid")
		}
		written := PowerShell(s)
		if strings.ContainsFunc(written, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is not written in printable ASCII: %q", s, written)
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
	var units []uint16
	for len(rest) > 0 {
		switch text := string(rest); {
		case strings.HasPrefix(text, "[char]0x"):
			digits := len("[char]0x")
			number, err := strconv.ParseUint(string(rest[digits:min(digits+4, len(rest))]), 16, 16)
			if err != nil {
				return "", false
			}
			units = append(units, uint16(number))
			rest = rest[digits+4:]
		case rest[0] == '\'':
			rest = rest[1:]
			for {
				if len(rest) == 0 {
					return "", false // not ended
				}
				if isQuote(rest[0]) {
					if len(rest) > 1 && isQuote(rest[1]) {
						units = utf16.AppendRune(units, rest[0])
						rest = rest[2:]
						continue
					}
					rest = rest[1:]
					break
				}
				units = utf16.AppendRune(units, rest[0])
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
	return string(utf16.Decode(units)), true
}
