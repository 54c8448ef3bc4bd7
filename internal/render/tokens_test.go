package render

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// token is a piece of PowerShell as the language itself takes the text apart.
type token struct {
	kind string // string, word, end of a statement, or the bracket or operator itself
	text string // of a string: its value
}

// Quotes are more than the two of the keyboard: PowerShell takes the typographic ones for
// the same, as about_Quoting_Rules says.
const (
	singleQuotes = "'\u2018\u2019\u201a\u201b"
	doubleQuotes = "\"\u201c\u201d\u201e"
)

// tokens reads PowerShell. It knows comments, strings, brackets and words, and takes
// nothing from the functions that it tests.
func tokens(t testing.TB, text string) []token {
	t.Helper()
	runes := []rune(strings.TrimPrefix(text, "\ufeff"))
	var found []token
	at := func(i int) rune {
		if i < len(runes) {
			return runes[i]
		}
		return 0
	}
	for i := 0; i < len(runes); {
		switch c := runes[i]; {
		case c == '<' && at(i+1) == '#':
			for i += 2; i < len(runes) && (runes[i] != '#' || at(i+1) != '>'); i++ {
			}
			i += 2
		case c == '#':
			for i < len(runes) && runes[i] != '\n' {
				i++
			}
		case strings.ContainsRune(singleQuotes, c):
			var value strings.Builder
			for i++; ; i++ {
				if i >= len(runes) {
					t.Fatalf("a string does not end: %q", value.String())
				}
				if strings.ContainsRune(singleQuotes, runes[i]) {
					if !strings.ContainsRune(singleQuotes, at(i+1)) || at(i+1) == 0 {
						break
					}
					i++
				}
				value.WriteRune(runes[i])
			}
			i++
			found = append(found, token{"string", value.String()})
		case strings.ContainsRune(doubleQuotes, c):
			var value strings.Builder
			for i++; i < len(runes) && !strings.ContainsRune(doubleQuotes, runes[i]); i++ {
				if runes[i] == '`' {
					i++
				}
				value.WriteRune(at(i))
			}
			i++
			found = append(found, token{"expandable", value.String()})
		case c == '\n' || c == ';':
			found = append(found, token{"end", ""})
			i++
		case c == ' ' || c == '\t' || c == '\r':
			i++
		case strings.ContainsRune("(){}[],|=+@&<>", c):
			found = append(found, token{string(c), ""})
			i++
		default:
			start := i
			for i < len(runes) && !strings.ContainsRune(" \t\r\n;(){}[],|=+@&<>"+singleQuotes+doubleQuotes, runes[i]) {
				i++
			}
			found = append(found, token{"word", string(runes[start:i])})
		}
	}
	return joined(t, found)
}

// utf16String is a string as .NET holds it.
type utf16String []uint16

func (s *utf16String) addText(text string) { *s = append(*s, utf16.Encode([]rune(text))...) }

func (s utf16String) text() string { return string(utf16.Decode(s)) }

// joined turns ('a' + [char]0x0062) into the string that it stands for.
func joined(t testing.TB, list []token) []token {
	t.Helper()
	var all []token
	for i := 0; i < len(list); i++ {
		if text, length := sum(list[i:]); length > 0 {
			all = append(all, token{"string", text})
			i += length - 1
			continue
		}
		all = append(all, list[i])
	}
	return all
}

// sum reads a sum of strings and characters in parentheses, and returns its value and its
// number of tokens, 0 when the list begins with something else.
func sum(list []token) (string, int) {
	var text utf16String
	for i := 0; i < len(list); {
		if before := list[i].kind; before != "+" && (before != "(" || i > 0) {
			break
		}
		switch rest := list[i+1:]; {
		case len(rest) > 1 && rest[0].kind == "string":
			text.addText(rest[0].text)
			i += 2
		case len(rest) > 4 && i > 0 && rest[0].kind == "[" && rest[1].text == "char" && rest[2].kind == "]":
			unit, err := strconv.ParseUint(strings.TrimPrefix(rest[3].text, "0x"), 16, 16)
			if err != nil {
				return "", 0
			}
			text = append(text, uint16(unit))
			i += 5
		default:
			return "", 0
		}
		if list[i].kind == ")" && i > 2 {
			return text.text(), i + 1
		}
	}
	return "", 0
}

// marker is a declared text that a hostile one takes the place of.
const marker = "mArKeR"

// checkHarmless renders a hierarchy with a harmless and with a hostile text in the same
// places, and expects the same tokens, with the hostile text in the place of the other
// one, within strings only. Names of computers are in lower case and without a dot at
// their end.
func checkHarmless(t testing.TB, hostile string, design func(text string) tree, render func(testing.TB, tree) string) {
	t.Helper()
	before, after := tokens(t, render(t, design(marker))), tokens(t, render(t, design(hostile)))
	if len(before) != len(after) {
		t.Fatalf("%q makes %d tokens, expected %d", hostile, len(after), len(before))
	}
	replaced := 0
	for i, want := range before {
		switch {
		case want.kind != "string":
		case strings.Contains(want.text, marker):
			want.text = strings.ReplaceAll(want.text, marker, hostile)
			replaced++
		case strings.Contains(want.text, strings.ToLower(marker)):
			want.text = strings.ReplaceAll(want.text, strings.ToLower(marker), strings.ToLower(hostile))
			replaced++
		}
		if after[i] != want {
			t.Fatalf("%q makes %q, expected %q; after %v", hostile, after[i], want, after[max(0, i-6):i])
		}
	}
	if replaced == 0 {
		t.Fatal("the text is nowhere in the result")
	}
}

func TestTokens(t *testing.T) {
	got := tokens(t, "f -a 'it''s' # x 'y'\n<# 'z' #> @('b‘‘c', ('' + [char]0xD83D + [char]0xDE00 + '!')) | g")
	want := []token{
		{"word", "f"}, {"word", "-a"}, {"string", "it's"}, {"end", ""}, {"@", ""}, {"(", ""}, {"string", "b‘c"}, {",", ""}, {"string", "😀!"}, {")", ""}, {"|", ""}, {"word", "g"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, expected %q", got, want)
	}
}
