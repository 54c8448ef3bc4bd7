// Package configuration writes the configuration of a hierarchy that runs, as an
// administrator would write it: a resource for each site, maps of servers and roles where
// settings agree, references in place of names, and nothing that is the default anyway.
package configuration

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Options say what is written.
type Options struct {
	// ImportBlocks adds an import block for each resource but the hierarchy.
	ImportBlocks bool
}

// Write returns the configuration of an exported hierarchy, formatted. The same export
// gives the same text. An error names what a configuration needs and the export lacks.
func Write(e *adopt.Export, o Options) (string, error) {
	w := &writer{file: hclwrite.NewEmptyFile(), names: map[string]bool{}, options: o}
	if err := w.arrange(e); err != nil {
		return "", err
	}
	comment(w.body(), introduction(e.Notes)...)
	for _, s := range w.sites {
		w.site(s)
	}
	w.servers()
	w.collections()
	w.roles()
	w.hierarchy()
	if o.ImportBlocks {
		w.importBlocks()
	}
	return string(hclwrite.Format(w.file.Bytes())), nil
}

// writer holds what the parts of the configuration refer to.
type writer struct {
	file    *hclwrite.File
	options Options
	names   map[string]bool // of role assignments, taken

	tree   map[string]any
	sites  []*site
	byCode map[string]*site
	// servers by id, PS1/fqdn, with the address of each.
	addresses map[string]string
	// hosts are the ids of servers by name; a name of several is not referred to.
	hosts map[string][]string

	serverGroups []string // addresses of resources with for_each
	roleGroups   []string // the same for role assignments
	singleRoles  []string // addresses of single role assignments
	imports      []imported
}

type imported struct{ to, id string }

// site is a site with what belongs to it.
type site struct {
	code, name string // name is that of the resource
	kind       product.SiteType
	depth      int
	tree       map[string]any
	servers    []string // ids, sorted
}

// maps of the tree of a topology.
func elements(tree map[string]any, name string) map[string]map[string]any {
	all, _ := tree[name].(map[string]any)
	found := make(map[string]map[string]any, len(all))
	for key, element := range all {
		found[key], _ = element.(map[string]any)
	}
	return found
}

func (w *writer) arrange(e *adopt.Export) error {
	w.tree = adopt.Tree(e.Hierarchy)
	w.byCode, w.addresses, w.hosts = map[string]*site{}, map[string]string{}, map[string][]string{}
	for code, tree := range elements(w.tree, "sites") {
		s := &site{code: code, name: resourceName(code), tree: tree}
		kind, _ := tree["site_type"].(string)
		s.kind = product.SiteType(kind)
		for _, needed := range []string{"site_type", "name", "site_server"} {
			if _, ok := tree[needed].(string); !ok {
				return fmt.Errorf("A configuration needs the %s of site %s, which the export does not have. Export the classes SMS_Site and SMS_SCI_SiteDefinition "+
					"as well, as the script of export_script does.", needed, code)
			}
		}
		w.byCode[code] = s
		w.sites = append(w.sites, s)
	}
	for _, s := range w.sites {
		for at := s; at != nil && s.depth < len(w.sites); s.depth++ {
			parent, _ := at.tree["parent"].(map[string]any)
			code, _ := parent["site_code"].(string)
			at = w.byCode[code]
		}
	}
	slices.SortFunc(w.sites, func(a, b *site) int { return cmp.Or(cmp.Compare(a.depth, b.depth), cmp.Compare(a.code, b.code)) })
	for _, id := range slices.Sorted(maps.Keys(elements(w.tree, "site_system_servers"))) {
		code, host, _ := strings.Cut(id, "/")
		w.byCode[code].servers = append(w.byCode[code].servers, id)
		w.hosts[host] = append(w.hosts[host], id)
	}
	return nil
}

// resourceName turns a site code into the name of a resource: a name begins with a letter.
func resourceName(code string) string {
	name := strings.ToLower(code)
	if c := name[0]; c < 'a' || c > 'z' {
		return "site_" + name
	}
	return name
}

func (w *writer) body() *hclwrite.Body { return w.file.Body() }

// comment writes lines, each of which becomes a comment whatever it holds.
func comment(body *hclwrite.Body, lines ...string) {
	for _, line := range lines {
		body.AppendUnstructuredTokens(hclwrite.Tokens{{Type: 'C', Bytes: []byte(commentLine(line) + "\n")}})
	}
}

// commentLine is a line of a comment, without a blank at its end.
func commentLine(line string) string { return strings.TrimSpace("# " + oneLine(line)) }

// oneLine takes away what ends a line somewhere.
func oneLine(line string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, line))
}

// mostNotes keeps the introduction short.
const mostNotes = 40

// introduction says what the text is, and what of the export it does not hold.
func introduction(notes []adopt.Note) []string {
	lines := []string{
		"Written from an export of the hierarchy that runs. Attributes that no export knows are named in unknown, or left out.",
		"Review it, and take what you know out of unknown by giving it a value.",
	}
	if len(notes) > 0 {
		lines = append(lines, "", "Read and not in this configuration, or not as it was read:")
	}
	for i, note := range notes {
		if i == mostNotes {
			lines = append(lines, fmt.Sprintf("... and %d more: topology_from_export lists them all under notes.", len(notes)-i))
			break
		}
		text := note.Message
		if note.Row != "" {
			text = note.Row + ": " + text
		}
		lines = append(lines, text)
	}
	return lines
}

// introductionText is the introduction as lines of comments.
func introductionText(notes []adopt.Note) string {
	lines := introduction(notes)
	for i := range lines {
		lines[i] = commentLine(lines[i])
	}
	return strings.Join(lines, "\n")
}

// block appends a block after an empty line.
func (w *writer) block(kind string, labels ...string) *hclwrite.Body {
	w.body().AppendNewline()
	return w.body().AppendNewBlock(kind, labels).Body()
}

// quote writes a string so that nothing in it is more than text.
func quote(text string) string {
	return string(hclwrite.TokensForValue(cty.StringVal(text)).Bytes())
}

// key writes the key of an object: an identifier as it is.
func key(text string) string {
	if isIdentifier(text) {
		return text
	}
	return quote(text)
}

func isIdentifier(text string) bool {
	for i, c := range []byte(text) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-')) {
			return false
		}
	}
	return text != "" && text != "true" && text != "false" && text != "null" && text != "for"
}

// set gives an attribute an expression. The expression is written by this package, with
// every text quoted; one that is not valid would be a bug here.
func set(body *hclwrite.Body, name, expression string) {
	parsed, diags := hclwrite.ParseConfig([]byte(name+" = "+expression+"\n"), "", hcl.InitialPos)
	if diags.HasErrors() {
		panic("configuration: " + diags.Error() + ": " + expression)
	}
	body.SetAttributeRaw(name, parsed.Body().GetAttribute(name).Expr().BuildTokens(nil))
}

// value writes a value of a tree as an expression.
func value(node any) string {
	switch node := node.(type) {
	case string:
		return quote(node)
	case bool:
		return fmt.Sprint(node)
	case int64:
		return fmt.Sprint(node)
	case []any:
		texts := make([]string, len(node))
		for i, element := range node {
			texts[i] = value(element)
		}
		return list(texts)
	case map[string]any:
		var b strings.Builder
		b.WriteString("{\n")
		for _, name := range slices.Sorted(maps.Keys(node)) {
			fmt.Fprintf(&b, "%s = %s\n", key(name), value(node[name]))
		}
		return b.String() + "}"
	default:
		return "null"
	}
}

// widest is how wide a list may be on one line.
const widest = 100

// list writes a list on one line, or with a line for each element where that is too wide.
func list(texts []string) string {
	line := "[" + strings.Join(texts, ", ") + "]"
	if len(line) <= widest {
		return line
	}
	return "[\n" + strings.Join(texts, ",\n") + ",\n]"
}
