package adopt

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner reads JSON where it lies. An export may hold more than a hundred thousand rows
// of which little is kept, with names in any letter case, and it has to be searched for
// secrets in places that nothing else looks at: encoding/json would take several times as
// long and hide those. Tests compare the scanner with encoding/json.
type scanner struct {
	text string
	at   int
	// visit is told of every name of an object with the scanner at its value, before what
	// is not kept is passed over. It may be nil.
	visit func(name string, s *scanner) error
}

const deepest = 100

// wrong is a syntax error at the current place.
func (s *scanner) wrong(expected string) error {
	at := min(s.at, len(s.text))
	line := 1 + strings.Count(s.text[:at], "\n")
	column := 1 + utf8.RuneCountInString(s.text[strings.LastIndexByte(s.text[:at], '\n')+1:at])
	if at == len(s.text) {
		return failure("", "The text ends in line %d where %s is expected: it was cut off. Write the export again, and pass the whole file.", line, expected)
	}
	r, _ := utf8.DecodeRuneInString(s.text[at:])
	return failure("", "Line %d, column %d is not JSON: %s is expected, not %q. Pass the export as it was written.", line, column, expected, r)
}

// next skips blanks and returns the next byte without taking it, 0 at the end.
func (s *scanner) next() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// object calls member for each member of an object, with the scanner at its value. The
// member has to take the value.
func (s *scanner) object(member func(name string) error) error {
	if s.next() != '{' {
		return s.wrong("an object")
	}
	s.at++
	if s.next() == '}' {
		s.at++
		return nil
	}
	for {
		if s.next() != '"' {
			return s.wrong("the name of a property")
		}
		name, err := s.str()
		if err != nil {
			return err
		}
		if s.next() != ':' {
			return s.wrong("a colon")
		}
		s.at++
		s.next()
		if err := member(name); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.at++
		case '}':
			s.at++
			return nil
		default:
			return s.wrong("a comma or the end of the object")
		}
	}
}

// array calls element for each element of an array, with the scanner at it.
func (s *scanner) array(element func() error) error {
	if s.next() != '[' {
		return s.wrong("a list")
	}
	s.at++
	if s.next() == ']' {
		s.at++
		return nil
	}
	for {
		s.next()
		if err := element(); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.at++
		case ']':
			s.at++
			return nil
		default:
			return s.wrong("a comma or the end of the list")
		}
	}
}

// str takes a string. It shares the text where nothing is escaped.
func (s *scanner) str() (string, error) {
	start := s.at + 1
	for i := start; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			s.at = i + 1
			return s.text[start:i], nil
		case c == '\\':
			return s.escaped(start, i)
		case c < ' ':
			s.at = i
			return "", s.wrong("a character of a string")
		}
	}
	s.at = len(s.text)
	return "", s.wrong("the end of a string")
}

// escaped takes the rest of a string from its first backslash on.
func (s *scanner) escaped(start, i int) (string, error) {
	var b strings.Builder
	b.Grow(i - start + 32)
	b.WriteString(s.text[start:i])
	for i < len(s.text) {
		c := s.text[i]
		switch {
		case c == '"':
			s.at = i + 1
			return b.String(), nil
		case c < ' ':
			s.at = i
			return "", s.wrong("a character of a string")
		case c != '\\':
			b.WriteByte(c)
			i++
			continue
		}
		if i++; i >= len(s.text) {
			break
		}
		switch s.text[i] {
		case '"', '\\', '/':
			b.WriteByte(s.text[i])
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'u':
			r, ok := s.unit(i + 1)
			if !ok {
				s.at = i
				return "", s.wrong("a character escape")
			}
			i += 4
			if utf16.IsSurrogate(r) {
				pair := utf8.RuneError
				if strings.HasPrefix(s.text[i+1:], `\u`) {
					if low, ok := s.unit(i + 3); ok {
						pair = utf16.DecodeRune(r, low)
					}
				}
				if pair != utf8.RuneError {
					i += 6
				}
				r = pair
			}
			b.WriteRune(r)
		default:
			s.at = i
			return "", s.wrong("a character escape")
		}
		i++
	}
	s.at = len(s.text)
	return "", s.wrong("the end of a string")
}

// unit reads four hexadecimal digits.
func (s *scanner) unit(at int) (rune, bool) {
	if at+4 > len(s.text) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s.text[at : at+4]) {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// scalar takes a value that is neither an object nor a list.
func (s *scanner) scalar() (value, error) {
	switch c := s.next(); {
	case c == '"':
		text, err := s.str()
		return value{kind: kindString, text: text}, err
	case c == '-' || c >= '0' && c <= '9':
		return s.number()
	}
	for _, word := range words {
		if strings.HasPrefix(s.text[s.at:], word.text) {
			s.at += len(word.text)
			return word, nil
		}
	}
	return value{}, s.wrong("a value")
}

var words = []value{{kindBool, "true"}, {kindBool, "false"}, {kindNull, "null"}}

// number takes a number in the grammar of JSON.
func (s *scanner) number() (value, error) {
	start := s.at
	digits := func() bool {
		from := s.at
		for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
			s.at++
		}
		return s.at > from
	}
	if s.text[s.at] == '-' {
		s.at++
	}
	switch zero := s.at < len(s.text) && s.text[s.at] == '0'; {
	case zero:
		s.at++
	case !digits():
		return value{}, s.wrong("a digit")
	}
	if s.at < len(s.text) && s.text[s.at] == '.' {
		s.at++
		if !digits() {
			return value{}, s.wrong("a digit")
		}
	}
	if s.at < len(s.text) && (s.text[s.at] == 'e' || s.text[s.at] == 'E') {
		s.at++
		if s.at < len(s.text) && (s.text[s.at] == '+' || s.text[s.at] == '-') {
			s.at++
		}
		if !digits() {
			return value{}, s.wrong("a digit")
		}
	}
	return value{kind: kindNumber, text: s.text[start:s.at]}, nil
}

// skip passes over a value of any kind.
func (s *scanner) skip() error { return s.skipAt(0) }

func (s *scanner) skipAt(depth int) error {
	if depth > deepest {
		return failure("", "Objects lie more than %d deep in each other: this is not an export.", deepest)
	}
	switch s.next() {
	case '{':
		return s.object(func(name string) error {
			if s.visit != nil {
				if err := s.visit(name, s); err != nil {
					return err
				}
			}
			return s.skipAt(depth + 1)
		})
	case '[':
		return s.array(func() error { return s.skipAt(depth + 1) })
	default:
		_, err := s.scalar()
		return err
	}
}

type valueKind uint8

const (
	kindAbsent valueKind = iota
	kindNull
	kindString
	kindNumber
	kindBool
)

// value is a scalar as the export has it. A number may come as a string and the other
// way round.
type value struct {
	kind valueKind
	text string
}

// given reports whether there is a value that says something.
func (v value) given() bool { return v.kind > kindNull && strings.TrimSpace(v.text) != "" }

// trimmed is the text of a value without blanks around it.
func (v value) trimmed() string {
	if v.kind <= kindNull {
		return ""
	}
	return strings.TrimSpace(v.text)
}

// integer reads a whole number, also from a string, and from a truth value.
func (v value) integer() (int64, bool) {
	text := v.trimmed()
	switch {
	case text == "":
		return 0, false
	case strings.EqualFold(text, "true"):
		return 1, true
	case strings.EqualFold(text, "false"):
		return 0, true
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != float64(int64(f)) || f > 1<<53 || f < -(1<<53) {
		return 0, false
	}
	return int64(f), true
}
