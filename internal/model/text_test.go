package model

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClipped(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"short", "The host name \"a\" is wrong.", "The host name \"a\" is wrong."},
		{"control characters", "the gateway \x00\x1b[31m has\r\n\tnone", `the gateway \x00\x1b[31m has\x0d` + "\n\tnone"},
		{"many words", strings.Repeat("word ", 1000), strings.Repeat("word ", 1000)},
		{"long word", "a " + strings.Repeat("x", 401) + " b\n", "a " + strings.Repeat("x", 100) + "… (401 characters) b\n"},
		{"path", `\\fs01\` + strings.Repeat("x", 250) + strings.Repeat(" y", 200), `\\fs01\` + strings.Repeat("x", 250) + strings.Repeat(" y", 200)},
		{"long text", strings.Repeat("word ", 3000), strings.Repeat("word ", 2000) + "… (15000 characters)"},
	} {
		if got := Clipped(c.text); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	for _, of := range []string{"ä", "日", "x\u0301", "𝄞"} {
		for n := range 5 {
			for _, text := range []string{strings.Repeat("x", n) + strings.Repeat(of, 500), strings.Repeat("x", n) + strings.Repeat(of+" ", 9000)} {
				if got := Clipped(text); !utf8.ValidString(got) || len(got) > longestText+40 {
					t.Errorf("%q is clipped to %q", of, got)
				}
			}
		}
	}
}
