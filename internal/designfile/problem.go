package designfile

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
)

// Problem is one thing that is wrong with a design file.
type Problem struct {
	Line    int    // from 1
	Column  int    // in characters, from 1
	Element string // what it is about, such as servers.mp01.roles
	Reason  string // a full sentence
	Fix     string // one or more full sentences that say what to write
}

func (p Problem) String() string {
	return fmt.Sprintf("line %d, column %d, %s: %s %s", p.Line, p.Column, p.Element, p.Reason, p.Fix)
}

// problems collects what is wrong. A value that several elements get, through a default
// or an alias, is judged for each of them and reported once.
type problems struct {
	list []Problem
	seen map[Problem]bool // without element and fix
}

func (p *problems) add(at place, fix, reason string, args ...any) {
	found := Problem{Line: at.line, Column: at.column, Element: at.element, Reason: fmt.Sprintf(reason, args...), Fix: fix}
	same := Problem{Line: found.Line, Column: found.Column, Reason: found.Reason}
	if p.seen[same] {
		return
	}
	if p.seen == nil {
		p.seen = map[Problem]bool{}
	}
	p.seen[same] = true
	p.list = append(p.list, found)
}

// sorted returns the problems in the order of the file.
func (p *problems) sorted() []Problem {
	slices.SortStableFunc(p.list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return p.list
}

// place is where something stands in the file, and what it is called.
type place struct {
	line, column int
	element      string
}

var plainKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// child returns the name of an element inside another one.
func child(of, key string) string {
	switch {
	case !plainKey.MatchString(key):
		return fmt.Sprintf("%s[%q]", of, key)
	case of == "":
		return key
	default:
		return of + "." + key
	}
}
