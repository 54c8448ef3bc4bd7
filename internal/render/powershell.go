package render

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// powerShellString writes a literal string of PowerShell, in ASCII and on one line.
//
// Within single quotes nothing is expanded and only a quote ends the string. Everything
// beyond printable ASCII is added by its number: Windows PowerShell reads a file without
// a byte order mark in the code page of the computer, where a byte of a harmless letter
// can be a typographic quote, which ends a string as well.
func powerShellString(s string) string {
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

// powerShellValue writes a value of a parameter as an argument of a command.
func powerShellValue(value any) string {
	switch v := value.(type) {
	case string:
		return powerShellString(v)
	case bool:
		if v {
			return "$true"
		}
		return "$false"
	case int64:
		return strconv.FormatInt(v, 10)
	case []string:
		return powerShellList(v)
	case []int64:
		return powerShellList(v)
	case install.Placeholder:
		return "$" + v.Name
	case *install.Command:
		return "(" + powerShellCommand(v) + ")"
	default:
		panic(fmt.Sprintf("render: a parameter value of type %T", value)) // a table of the install package is wrong
	}
}

func powerShellList[T any](list []T) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = powerShellValue(v)
	}
	return "@(" + strings.Join(texts, ", ") + ")"
}

// powerShellCommand writes a command on one line.
func powerShellCommand(c *install.Command) string {
	var b strings.Builder
	b.WriteString(c.Cmdlet)
	for _, p := range c.Parameters {
		b.WriteString(" -" + p.Name)
		if _, ok := p.Value.(bool); ok {
			b.WriteByte(':') // the form that a switch takes too
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(powerShellValue(p.Value))
	}
	return b.String()
}
