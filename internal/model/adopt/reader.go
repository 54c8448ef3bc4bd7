package adopt

import (
	"fmt"
	"strings"
)

// reader takes the rows of all documents of a text.
type reader struct {
	scanner
	seen  map[string]bool // names that are passed over, and whether each is a secret
	place *row            // the row that is being taken

	rows    map[string][]*row
	listed  map[string]bool // classes that the text has a list of, an empty one included
	ignored []string        // classes that nothing reads, in their order
	notes   []Note
	foreign bool // another tool wrote (a part of) the text

	scratch scratch
	pools   struct {
		rows       pool[row]
		properties pool[property]
		props      pool[prop]
		lists      pool[list]
	}
}

// parse takes the rows of a text of one or several JSON documents.
func parse(text string) (*reader, error) {
	r := &reader{scanner: scanner{text: text}, seen: map[string]bool{}, rows: map[string][]*row{}, listed: map[string]bool{}}
	r.visit = r.refuseSecret
	for r.next() != 0 {
		if err := r.document(0); err != nil {
			return nil, err
		}
	}
	if r.at < len(text) {
		return nil, r.wrong("an object or a list")
	}
	return r, nil
}

const whatIsRead = "Pass the file that the script of export_script writes, the answers of the AdminService to SMS_Site, SMS_SCI_SiteDefinition and " +
	"SMS_SCI_SysResUse, a firewall definition with SystemAndRoleList, or a graph of ConfigManBearPig."

// document takes a document: an object with rows by class, an answer of the AdminService,
// a single row, what another tool wrote, or a list of these.
func (r *reader) document(depth int) error {
	switch {
	case r.next() == '[' && depth == 0:
		return r.array(func() error { return r.document(depth + 1) })
	case r.next() != '{':
		return r.wrong("an object")
	}
	start := r.at
	class, rowsAt, known, members := "", -1, false, []string(nil)
	err := r.object(func(name string) error {
		lower := strings.ToLower(name)
		if class := classNames[lower]; class != "" {
			known = true
			return r.classRows(class)
		}
		switch lower {
		case "value":
			rowsAt = r.at
			return r.skip()
		case "@odata.context", "@odata.type":
			v, err := r.optionalScalar()
			if named := classOf(v.text); named != "" {
				class = named
			}
			return err
		case "gaps":
			known = true
			return r.each(r.gap)
		case "firewallruledefinition":
			known = true
			return r.within(strings.ToLower(classFirewall), classFirewall)
		case "systemandrolelist":
			known = true
			return r.foreignRows(classFirewall)
		case "graph":
			known = true
			return r.within(classGraph, classGraph)
		case "nodes":
			known = true
			return r.foreignRows(classGraph)
		}
		members = append(members, name)
		if strings.HasPrefix(lower, "sms_") {
			known = true
			r.ignored = append(r.ignored, name)
			r.note(NoteNotModelled, "", "The class %s is not read.", name)
		}
		return r.pass(name)
	})
	end := r.at
	switch {
	case err != nil:
		return err
	case rowsAt >= 0:
		r.at = rowsAt
		err = r.envelope(class)
	case known || class == "" && len(members) == 0:
		return nil
	default:
		r.at = start
		err = r.single(class, members)
	}
	r.at = end
	return err
}

// classOf returns the class that the context or type of an answer names:
// https://server/AdminService/wmi/$metadata#SMS_Site, or #AdminService.SMS_Site.
func classOf(context string) string {
	_, name, ok := strings.Cut(context, "#")
	if !ok {
		return ""
	}
	name, _, _ = strings.Cut(name, "(")
	name, _, _ = strings.Cut(name, "/")
	return name[strings.LastIndexByte(name, '.')+1:]
}

// within takes the rows of one member of an object.
func (r *reader) within(member, class string) error {
	if r.next() != '{' {
		return r.wrong("an object")
	}
	return r.object(func(name string) error {
		if strings.EqualFold(name, member) {
			return r.foreignRows(class)
		}
		return r.pass(name)
	})
}

// classRows takes what stands for the rows of a class: a list, a single row, or an answer
// of the AdminService.
func (r *reader) classRows(class string) error {
	r.listed[class] = true
	switch r.next() {
	case '[':
		return r.array(func() error { return r.add(class) })
	case 'n':
		return r.skip() // null: PowerShell's way to write no rows
	case '{':
	default:
		return r.wrong("the rows of " + class)
	}
	start, rowsAt := r.at, -1
	err := r.object(func(name string) error {
		if strings.EqualFold(name, "value") {
			rowsAt = r.at
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	end := r.at
	if rowsAt < 0 {
		r.at = start
		return r.add(class)
	}
	r.at = rowsAt
	err = r.each(func() error { return r.add(class) })
	r.at = end
	return err
}

// add takes one row of a class.
func (r *reader) add(class string) error {
	if r.next() == 'n' {
		return r.skip()
	}
	if r.next() != '{' {
		return r.wrong("a row of " + class)
	}
	taken, err := r.row(class, len(r.rows[class]))
	if err != nil {
		return err
	}
	if taken.cut {
		r.note(NoteGap, taken.String(), "The embedded properties were cut off when the file was written, so that the settings are not known. ConvertTo-Json "+
			"needs -Depth 8.")
	}
	r.keep(class, taken)
	return nil
}

// keep adds a row to those of its class. It stays where it is, also when there are more.
func (r *reader) keep(class string, taken row) {
	r.rows[class] = append(r.rows[class], &r.pools.rows.keep([]row{taken})[0])
}

// envelope takes the rows of an answer of the AdminService. Without a class in its
// context, each row says what it is.
func (r *reader) envelope(class string) error {
	if class == "" {
		return r.each(func() error { return r.single("", nil) })
	}
	known := classNames[strings.ToLower(class)]
	if known == "" {
		return failure("", "The rows are of the class %s, which is not read. %s", class, whatIsRead)
	}
	r.listed[known] = true
	return r.each(func() error { return r.add(known) })
}

// single takes a row that stands by itself.
func (r *reader) single(class string, members []string) error {
	if r.next() != '{' {
		return r.wrong("an object")
	}
	start := r.at
	taken, err := r.row("row", 0)
	if err != nil {
		return err
	}
	if known := classNames[strings.ToLower(class)]; known != "" {
		class = known
	} else if class != "" {
		return failure("", "The row is of the class %s, which is not read. %s", class, whatIsRead)
	} else if class = guise(&taken); class == "" {
		if members == nil {
			return failure("", "A row is of no class that is read: it has neither @odata.context nor properties such as RoleName and NetworkOSPath. %s", whatIsRead)
		}
		return failure("", "The text is not an export: it has %s, and no rows of a class that is read. %s", quotedSome(members), whatIsRead)
	}
	switch class {
	case classFirewall, classGraph:
		r.at = start
		return r.foreignRow(class)
	}
	r.listed[class] = true
	taken.class, taken.index = class, len(r.rows[class])
	r.keep(class, taken)
	return nil
}

// guise tells the class of a row from its properties, "" when they fit none. __CLASS is
// what WMI itself says.
func guise(taken *row) string {
	has := func(names ...string) bool {
		for _, name := range names {
			if taken.get(propertyNames.must(name)).kind == kindAbsent {
				return false
			}
		}
		return true
	}
	if named := classNames[strings.ToLower(taken.get(propertyNames.must("__CLASS")).trimmed())]; named != "" {
		return named
	}
	switch {
	case has("RoleName", "NetworkOSPath"), has("RoleName", "NALPath"):
		return classRole
	case has("SiteServerName", "ParentSiteCode"):
		return classDefinition
	case has("ServerName", "SiteName", "Type"):
		return classSite
	case has("FullQualifiedDomainName"):
		return classFirewall
	case has("ServerNALPath", "GroupID"):
		return classMember
	case has("DeviceOSBuild", "Name"):
		return classDevice
	case has("ItemName", "DesSiteCode"):
		return classAddress
	case has("ItemName", "ClientComponentName"):
		return classClient
	case has("ItemName", "SiteCode"):
		return classComponent
	}
	return ""
}

// gap takes what the export script says it could not read.
func (r *reader) gap() error {
	if r.next() != '{' {
		v, err := r.optionalScalar()
		r.note(NoteGap, "", "%s", v.text)
		return err
	}
	class, message := "", ""
	err := r.object(func(name string) error {
		v := value{}
		var err error
		switch {
		case strings.EqualFold(name, "Class"):
			v, err = r.optionalScalar()
			class = v.trimmed()
		case strings.EqualFold(name, "Message"):
			v, err = r.optionalScalar()
			message = v.trimmed()
		default:
			err = r.pass(name)
		}
		return err
	})
	if err != nil {
		return err
	}
	if known := classNames[strings.ToLower(class)]; known != "" {
		r.gapped(known)
	}
	r.note(NoteGap, class, "The export could not read it: %s", message)
	return nil
}

// gapped remembers that rows of a class may be missing.
func (r *reader) gapped(class string) { r.listed["gap "+class] = true }

func (r *reader) hasGap(class string) bool { return r.listed["gap "+class] }

func (r *reader) note(kind, at, format string, args ...any) {
	r.notes = append(r.notes, Note{Kind: kind, Row: at, Message: fmt.Sprintf(format, args...)})
}

// quotedSome lists the first of some names.
func quotedSome(list []string) string {
	const most = 5
	var b strings.Builder
	for i, name := range list {
		switch {
		case i == most:
			fmt.Fprintf(&b, " and %d more", len(list)-most)
			return b.String()
		case i > 0:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", name)
	}
	return b.String()
}
