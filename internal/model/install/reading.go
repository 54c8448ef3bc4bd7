package install

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// reading keeps track of whether something was read that is not known yet. What is
// built from it is then not decided.
type reading struct{ open bool }

// read returns a known value, and records one that is not known yet.
func read[T any](r *reading, v model.Value[T]) (T, bool) {
	if v.IsUnknown() {
		r.open = true
	}
	return v.Get()
}

// orDefault returns a value with null, and for the time being unknown, replaced.
func orDefault[T any](r *reading, v model.Value[T], def T) T {
	if known, ok := read(r, v); ok {
		return known
	}
	return def
}

// block returns a settings block, or an empty one.
func block[T any](r *reading, v model.Value[*T]) *T {
	if known, ok := read(r, v); ok {
		return known
	}
	return new(T)
}

// parameters is a list of parameters that grows. It is open as soon as it depends on a
// value that is not known yet whether there is a further parameter.
type parameters struct {
	reading
	list []Parameter
}

// add adds a parameter with a value that is decided.
func (p *parameters) add(name string, value any) {
	p.list = append(p.list, Parameter{Name: name, Value: value})
}

// required adds a parameter that is always there. otherwise takes the place of null.
func (p *parameters) required(name string, v model.Value[string], otherwise Placeholder) {
	switch text, ok := v.Get(); {
	case ok:
		p.add(name, text)
	case v.IsUnknown():
		p.add(name, model.UnknownValue{})
	default:
		p.add(name, otherwise)
	}
}

// optional adds a parameter where the value is declared.
func optional[T string | int64 | bool](p *parameters, name string, v model.Value[T]) {
	if known, ok := read(&p.reading, v); ok {
		p.add(name, known)
	}
}

// translated adds a parameter where the value is declared, in the word of the cmdlet.
func (p *parameters) translated(name string, v model.Value[string], words map[string]string) {
	if known, ok := read(&p.reading, v); ok {
		p.add(name, words[known])
	}
}

// encrypted adds a parameter of type bool where the protocol is declared: whether it is
// HTTPS.
func (p *parameters) encrypted(name string, protocol model.Value[string]) {
	if known, ok := read(&p.reading, protocol); ok {
		p.add(name, known == model.ProtocolHTTPS)
	}
}

// command returns the command with the parameters.
func (p *parameters) command(cmdlet string) *Command {
	return &Command{Cmdlet: cmdlet, Parameters: p.list, Open: p.open}
}
