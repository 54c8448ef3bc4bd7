package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Longest texts of messages, in bytes. A path on Windows has up to 260 characters, a host
// name 253; a diagnostic of more than a few screens is not read.
const (
	longestWord = 400
	longestText = 10_000
)

// Clipped shortens what nobody reads in a message: a word of more than 400 bytes, such as
// a value that somebody pasted, and a text of more than 10,000. It says how long they are.
//
// Control characters, which do anything to a terminal, are written as escapes.
func Clipped(text string) string {
	if strings.ContainsFunc(text, isControl) {
		var b strings.Builder
		for _, r := range text {
			if isControl(r) {
				fmt.Fprintf(&b, `\x%02x`, r)
			} else {
				b.WriteRune(r)
			}
		}
		text = b.String()
	}
	if len(text) <= longestWord {
		return text
	}
	var b strings.Builder
	for rest := text; rest != ""; {
		end := strings.IndexAny(rest, " \n\t")
		if end < 0 {
			end = len(rest)
		}
		if end > longestWord {
			fmt.Fprintf(&b, "%s… (%d characters)", beginning(rest[:end], longestWord/4), utf8.RuneCountInString(rest[:end]))
		} else {
			b.WriteString(rest[:end])
		}
		next := min(end+1, len(rest))
		b.WriteString(rest[end:next])
		rest = rest[next:]
	}
	if b.Len() <= longestText {
		return b.String()
	}
	return fmt.Sprintf("%s… (%d characters)", beginning(b.String(), longestText), utf8.RuneCountInString(text))
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// beginning returns the first bytes of a text, without a part of a character.
func beginning(text string, most int) string {
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
