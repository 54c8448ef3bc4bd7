package designfile

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// parse returns the root of the one document of a text, nil with a problem otherwise.
func parse(text string, p *problems) *yaml.Node {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var document yaml.Node
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) || err == nil && (len(document.Content) == 0 || isNull(document.Content[0])) {
		p.add(place{1, 1, "the file"}, "Write at least one site: sites: { PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com } }.", "The file holds no design.")
		return nil
	}
	if err != nil {
		p.list = append(p.list, syntaxProblem(text, err))
		return nil
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil && len(second.Content) > 0 && !isNull(second.Content[0]) {
		p.add(place{second.Content[0].Line, second.Content[0].Column, "the file"}, "Keep one document: remove the line --- above, and put everything under the "+
			"same sites and servers.", "A second YAML document begins here, and "+
			"a design is one document.")
		return nil
	} else if err != nil && !errors.Is(err, io.EOF) {
		p.list = append(p.list, syntaxProblem(text, err))
		return nil
	}
	return document.Content[0]
}

// syntaxProblem says what a parser's error means for somebody who writes a design.
func syntaxProblem(text string, err error) Problem {
	var loading *yaml.LoadError
	if !errors.As(err, &loading) {
		return Problem{Line: 1, Column: 1, Element: "the file", Reason: fmt.Sprintf("This is not YAML: %v.", err), Fix: "Correct the file; an editor with YAML " +
			"support shows the place."}
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	f := fault{lines: lines, line: max(loading.Mark.Line, 1), column: max(loading.Mark.Column, 1)}
	f.explain(loading)
	return Problem{Line: f.line, Column: f.column, Element: elementAt(lines, f.line), Reason: f.reason, Fix: f.fix}
}

// fault is a place where the parser stopped, and what it means.
type fault struct {
	lines        []string
	line, column int
	reason, fix  string
}

// text returns a line of the file, empty outside of it.
func (f *fault) text(line int) string {
	if line < 1 || line > len(f.lines) {
		return ""
	}
	return f.lines[line-1]
}

// character returns the character at the place, empty at the end of a line.
func (f *fault) character() string {
	runes := []rune(f.text(f.line))
	if f.column < 1 || f.column > len(runes) {
		return ""
	}
	return string(runes[f.column-1])
}

// quotes advises single quotes, in which every character stands for itself, with the
// value of the line where it has one alone.
func (f *fault) quotes() string {
	_, written, found := strings.Cut(f.text(f.line), ": ")
	written = strings.Trim(strings.TrimSpace(written), `"`)
	if !found || written == "" || strings.ContainsAny(written, `{}[],'"#`) {
		return "Put the value in single quotes, in which every character stands for itself."
	}
	return fmt.Sprintf("Put the value in single quotes: '%s'.", written)
}

func (f *fault) explain(e *yaml.LoadError) {
	says := func(text string) bool { return strings.Contains(e.Message, text) }
	opened := func() { f.line, f.column = max(e.ContextMark.Line, 1), max(e.ContextMark.Column, 1) }
	indent := leading(f.text(f.line))
	switch {
	case f.disguised():
	case strings.Contains(indent, "\t"):
		f.column = strings.Index(indent, "\t") + 1
		f.reason, f.fix = "The line is indented with a tab, which YAML does not allow.", "Indent it with blanks, two for each level."
	case says("incompatible YAML document") || says("directive"):
		f.reason, f.fix = "A line that begins with % at the top of a file is an instruction for YAML, and this one is not read.", "Remove the line: a design needs none."
	case says("unknown escape character"):
		f.reason, f.fix = "A backslash in double quotes begins an escape sequence, and this is none.", f.quotes()
	case says("unexpected end of stream") || says("unexpected document indicator"):
		opened()
		f.reason, f.fix = fmt.Sprintf("The quote (%s) that is opened here is not closed.", f.character()), "Close it at the end of the value; a quote inside "+
			"single quotes is written twice."
	case says("expected ',' or"):
		opened()
		closing := map[string]string{"[": "]", "{": "}"}[f.character()]
		f.reason, f.fix = fmt.Sprintf("The bracket (%s) that is opened here is not closed, or a comma is missing inside.", f.character()),
			fmt.Sprintf("Separate the values by commas and close the bracket with %s.", closing)
	case says("mapping values are not allowed"):
		f.colon()
	case says("cannot start any token"):
		f.reason, f.fix = fmt.Sprintf("A value cannot begin with %s.", named(f.character())), f.quotes()
	case says("block sequence entries"):
		f.reason, f.fix = "A list whose items begin with a dash starts on a line of its own.", "Break the line before the dash, or write the list in brackets: "+
			"[first, second]."
	case says("'-' indicator"):
		f.reason, f.fix = "A key stands among the items of a list.", "Indent the key as deep as the text after the dash of its item, or end the list before it."
	case says("did not find expected key") && strings.ContainsAny(f.character(), "]}"):
		f.reason, f.fix = fmt.Sprintf("The bracket %s closes nothing.", f.character()), "Remove it, or open it before."
	case says("did not find expected key") && f.column > len(indent)+1:
		f.reason, f.fix = "There is text after the end of a value.", "Put the whole value in one pair of quotes, or remove what follows it."
	case says("did not find expected key"):
		f.reason, f.fix = "The indentation of this line fits none of the lines above.", "Indent it exactly as the other keys of the same element."
	case says("unknown anchor"):
		f.reason, f.fix = fmt.Sprintf("The alias %s stands for nothing: no value above is marked with its name.", strings.TrimRight(word(f.text(f.line), f.column), ",]}")),
			"Mark the value with & and the name where it stands first, or write it out. A value that begins with * is put in single quotes."
	case says("did not find expected node content"):
		f.reason, f.fix = fmt.Sprintf("A value is expected here, not %s.", named(f.character())), "Write the value, or remove what stands there."
	default:
		f.reason, f.fix = fmt.Sprintf("This is not YAML: %s.", e.Message), "Correct the line; values with unusual characters are put in single quotes."
	}
}

// colon explains a colon where none can be: it is the commonest mistake, with several causes.
func (f *fault) colon() {
	above := f.line - 1
	for above > 0 && isBlankOrComment(f.text(above)) {
		above--
	}
	before := string([]rune(f.text(f.line))[:max(0, min(f.column-1, len([]rune(f.text(f.line)))))])
	switch {
	case strings.Contains(before, ": ") || strings.Contains(before, "- "):
		f.reason, f.fix = "A colon with a blank after it stands inside a value.", f.quotes()
	case strings.HasPrefix(strings.TrimSpace(f.text(above)), "//"):
		f.line, f.column = above, len([]rune(leading(f.text(above))))+1
		f.reason, f.fix = "A comment begins with #, and not with //.", "Write "+strings.Replace(strings.TrimSpace(f.text(above)), "//", "#", 1)+"."
	case assignment.MatchString(f.text(above)):
		key, written, _ := strings.Cut(strings.TrimSpace(f.text(above)), "=")
		f.line, f.column = above, len([]rune(leading(f.text(above))))+1
		f.reason, f.fix = "A key and its value are separated by a colon, and not by an equals sign.", fmt.Sprintf("Write %s: %s.", strings.TrimSpace(key), strings.TrimSpace(written))
	case noBlankAfterColon.MatchString(f.text(above)):
		key, missing, _ := strings.Cut(strings.TrimSpace(f.text(above)), ":")
		f.line, f.column = above, len([]rune(leading(f.text(above))))+1
		f.reason, f.fix = fmt.Sprintf("There is no blank after the colon in %s, so that it is no key.", quote(key+":"+missing)), fmt.Sprintf("Write %s: %s.", key, missing)
	case above > 0 && !strings.Contains(f.text(above), ":"):
		f.line, f.column = above, len([]rune(strings.TrimRight(f.text(above), " ")))+1
		f.reason, f.fix = "A key without a colon stands above other keys.", fmt.Sprintf("Put a colon after it: %s:", strings.TrimSpace(f.text(above)))
	default:
		f.column = len(leading(f.text(f.line))) + 1
		f.reason, f.fix = fmt.Sprintf("The line is indented deeper than line %d, which already has a value.", above), fmt.Sprintf("Indent it exactly as line %d, or remove the value there.", above)
	}
}

// disguised explains a character that looks like a blank or a colon and is none, in the
// line at which the parser stopped or the one above: text from web pages and word
// processors has them.
func (f *fault) disguised() bool {
	above := f.line - 1
	for above > 0 && isBlankOrComment(f.text(above)) {
		above--
	}
	for _, line := range []int{above, f.line} {
		match := disguise.FindStringSubmatchIndex(f.text(line))
		if match == nil {
			continue
		}
		start := max(match[2], match[4]) // one of the two groups
		before := f.text(line)[:start]
		character, _ := utf8.DecodeRuneInString(f.text(line)[start:])
		likeness := "a blank"
		if character == '\uff1a' {
			likeness = "a colon with a blank"
		}
		f.line, f.column = line, len([]rune(before))+1
		f.reason = fmt.Sprintf("The character U+%04X here only looks like %s; text that is copied from a page or a document has it.", character, likeness)
		f.fix = fmt.Sprintf("Type %s in its place, here and in the lines that were copied with it.", likeness)
		return true
	}
	return false
}

// disguise matches a character that is taken for the white space before a key or after
// its colon, or for the colon.
var disguise = regexp.MustCompile(`^(?:[ \t]*|[ \t]*[A-Za-z_]+:)([\x{00a0}\x{2000}-\x{200b}\x{202f}\x{3000}\x{feff}])|^[ \t]*[A-Za-z_]+(\x{ff1a})`)

// assignment matches a key and a value as HCL, PowerShell and ini files have them.
var assignment = regexp.MustCompile(`^\s*[A-Za-z_]+\s*=[^=]`)

var noBlankAfterColon = regexp.MustCompile(`^ *[A-Za-z_]+:[^\s:][^:]*$`)

func isBlankOrComment(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#")
}

// leading returns the white space at the beginning of a line.
func leading(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

// word returns what stands in a line from a column to the next blank.
func word(line string, column int) string {
	runes := []rune(line)
	if column > len(runes) {
		return ""
	}
	found, _, _ := strings.Cut(string(runes[column-1:]), " ")
	return found
}

func named(character string) string {
	switch character {
	case "":
		return "the end of the line"
	case "\t":
		return "a tab"
	default:
		return character
	}
}

// keyLine matches a line with a key: its indentation, the key, and what follows.
var keyLine = regexp.MustCompile(`^( *)(?:- +)?['"]?([^\s#'":{}\[\],&*!|>%@-][^:'"]*)['"]?\s*:(?:\s+(.*))?$`)

// deeper takes a tab for deeper than anything above it, and a blank of a web page for one.
var deeper = strings.NewReplacer("\t", strings.Repeat(" ", 40), "\u00a0", " ")

// elementAt names the element that a line of a file belongs to, by the keys in the lines
// above it that are indented less and have no value of their own. It serves files that
// do not parse.
func elementAt(lines []string, line int) string {
	var keys []string
	indent := 1 << 30
	for n := min(line, len(lines)); n > 0; n-- {
		match := keyLine.FindStringSubmatch(deeper.Replace(lines[n-1]))
		if match == nil || len(match[1]) >= indent || n != line && strings.Trim(match[3], " {\r") != "" && !strings.HasPrefix(match[3], "#") {
			continue
		}
		indent = len(match[1])
		keys = append(keys, strings.TrimSpace(match[2]))
	}
	element := ""
	for i := len(keys) - 1; i >= 0; i-- {
		element = child(element, keys[i])
	}
	if element == "" {
		return "the file"
	}
	return element
}
