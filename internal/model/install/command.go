package install

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Command is a cmdlet of the ConfigurationManager PowerShell module with its
// parameters, in a fixed order.
type Command struct {
	Cmdlet     string
	Parameters []Parameter
	// Open says that there may be further parameters, which depend on values that are
	// not known yet.
	Open bool
}

// Parameter is a named value: of a cmdlet, or of a DSC resource.
//
// The value is a string, int64, bool, []string, []int64, []Object, a [Placeholder], a *[Command]
// whose output is the value, or a [model.UnknownValue] that is not decided yet. A bool
// serves parameters of type bool and switches alike.
type Parameter struct {
	Name  string
	Value any
}

// Placeholder stands for what a topology does not hold: accounts that it does not name,
// passwords, certificates, product keys, decisions such as accepting a license. It is
// filled when the automation runs, and never by Terraform, which would record it in state.
type Placeholder struct {
	Name    string // letters and digits, fit for the name of a variable
	Purpose string // what to fill in, as a noun phrase
	// Secret says that the value is a secure string, which no text may show.
	Secret bool
	// Table says that the value is a hash table, and not one that holds a value for each
	// server or account.
	Table bool
}

// Known reports whether the command is decided, with every value of it.
func (c *Command) Known() bool {
	return !c.Open && !slices.ContainsFunc(c.Parameters, func(p Parameter) bool { return !p.Known() })
}

// Known reports whether the value is decided.
func (p Parameter) Known() bool {
	switch v := p.Value.(type) {
	case model.UnknownValue:
		return false
	case *Command:
		return v.Known()
	default:
		return true
	}
}

// Line writes the command on one line of PowerShell. No value becomes code: strings are
// literal, and a placeholder is a variable of its name. Every value has to be known.
func (c *Command) Line() string {
	var b strings.Builder
	b.WriteString(c.Cmdlet)
	for _, p := range c.Parameters {
		b.WriteString(" -" + p.Name)
		if v, ok := p.Value.(bool); ok {
			// The only form that a switch and a parameter of type bool both take.
			b.WriteString(":" + PowerShell(v))
			continue
		}
		b.WriteString(" " + PowerShell(p.Value))
	}
	return b.String()
}

// Placeholders returns what has to be filled in before the command runs, those of
// commands within it included.
func (c *Command) Placeholders() []Placeholder {
	var found []Placeholder
	for _, p := range c.Parameters {
		switch v := p.Value.(type) {
		case Placeholder:
			found = append(found, v)
		case *Command:
			found = append(found, v.Placeholders()...)
		}
	}
	return found
}

// Text writes the value as plain text: a list with commas between its elements, a
// placeholder as $Name, a command in parentheses. The value has to be known.
func (p Parameter) Text() string {
	switch v := p.Value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case []string:
		return strings.Join(v, ",")
	case []int64:
		return strings.Join(numbers(v), ",")
	case []Object:
		objects := make([]string, len(v))
		for i, o := range v {
			parts := make([]string, len(o))
			for j, p := range o {
				parts[j] = p.Name + "=" + p.Text()
			}
			objects[i] = strings.Join(parts, ";")
		}
		return strings.Join(objects, ",")
	default:
		return PowerShell(v)
	}
}

// PowerShell writes a known parameter value as a PowerShell expression on one line that
// evaluates to it, fit to be an argument of a command.
func PowerShell(value any) string {
	switch v := value.(type) {
	case string:
		return quote(v)
	case bool:
		if v {
			return "$true"
		}
		return "$false"
	case int64:
		return strconv.FormatInt(v, 10)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = quote(s)
		}
		return "@(" + strings.Join(quoted, ", ") + ")"
	case []int64:
		return "@(" + strings.Join(numbers(v), ", ") + ")"
	case Placeholder:
		return "$" + v.Name
	case *Command:
		return "(" + v.Line() + ")"
	default:
		panic(fmt.Sprintf("install: a parameter value of type %T", value)) // a table of this package is wrong
	}
}

func numbers(list []int64) []string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return texts
}

// quote writes a literal string of PowerShell, in ASCII and on one line.
//
// Within single quotes nothing is expanded and only a quote ends the string. Everything
// beyond printable ASCII is added by its number: Windows PowerShell reads a file without
// a byte order mark in the code page of the computer, where a byte of a harmless letter
// can be a typographic quote, which ends a string as well.
func quote(s string) string {
	var parts []string
	var literal strings.Builder
	end := func() {
		if literal.Len() > 0 {
			parts = append(parts, "'"+literal.String()+"'")
			literal.Reset()
		}
	}
	for _, r := range s {
		switch {
		case r == '\'':
			literal.WriteString("''")
		case ' ' <= r && r <= '~':
			literal.WriteRune(r)
		default:
			end()
			for _, unit := range utf16.Encode([]rune{r}) {
				parts = append(parts, fmt.Sprintf("[char]0x%04X", unit))
			}
		}
	}
	end()
	switch {
	case len(parts) == 0:
		return "''"
	case len(parts) == 1 && parts[0][0] == '\'':
		return parts[0]
	case parts[0][0] != '\'':
		parts = append([]string{"''"}, parts...) // what is added to a string becomes one
	}
	return "(" + strings.Join(parts, " + ") + ")"
}
