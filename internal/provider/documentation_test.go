package provider

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	source "github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

var hclBlock = regexp.MustCompile("(?ms)^```(?:hcl|terraform)\n(.*?)^```$")

// shownPages are the pages that a user reads, by their paths, with Unix line ends.
func shownPages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{"../../README.md": "", "../../CONTRIBUTING.md": ""}
	for _, folder := range []string{"../../docs", "../../modules", "../../examples", "../../templates"} {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".md.tmpl") {
				pages[path] = ""
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for path := range pages {
		pages[path] = strings.ReplaceAll(readText(t, path), "\r\n", "\n")
	}
	return pages
}

// What a page shows is written as the schema, the functions and the modules have it. Most
// blocks are parts of a configuration, which no CLI would take alone.
func TestDocumentation_ShowsWhatThereIs(t *testing.T) {
	s := configure(t, nil)
	blocks := 0
	for path, page := range shownPages(t) {
		for _, found := range hclBlock.FindAllStringSubmatch(page, -1) {
			blocks++
			file, diags := hclsyntax.ParseConfig([]byte(found[1]), path, source.InitialPos)
			if diags.HasErrors() {
				t.Errorf("%s: %v in\n%s", path, diags, found[1])
				continue
			}
			c := shownChecker{t: t, server: s, in: path + ":\n" + found[1]}
			c.topLevel(file.Body.(*hclsyntax.Body))
		}
	}
	if blocks < 60 {
		t.Errorf("only %d blocks were found: has the form of the pages changed?", blocks)
	}
}

// shownChecker compares what a page shows with what the provider has.
type shownChecker struct {
	t      *testing.T
	server *server
	in     string
}

func (c shownChecker) errorf(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf(format+" in "+c.in, args...)
}

func (c shownChecker) topLevel(body *hclsyntax.Body) {
	for _, block := range body.Blocks {
		kind := ""
		if len(block.Labels) > 0 {
			kind = block.Labels[0]
		}
		switch {
		case block.Type == "resource" && strings.HasPrefix(kind, "configmgr_"):
			c.declaration(block, c.server.schemas.ResourceSchemas[kind])
		case block.Type == "data" && strings.HasPrefix(kind, "configmgr_"):
			c.declaration(block, c.server.schemas.DataSourceSchemas[kind])
		case block.Type == "provider" && kind == "configmgr":
			c.declaration(block, c.server.schemas.Provider)
		case block.Type == "module":
			c.module(block)
		}
	}
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) source.Diagnostics {
		call, ok := node.(*hclsyntax.FunctionCallExpr)
		if !ok {
			return nil
		}
		name, ours := strings.CutPrefix(call.Name, "provider::configmgr::")
		if !ours {
			return nil
		}
		f := c.server.schemas.Functions[name]
		if f == nil {
			c.errorf("there is no function %q", name)
		} else if len(call.Args) != len(f.Parameters) {
			c.errorf("%s takes %d arguments", name, len(f.Parameters))
		}
		return nil
	})
}

// metaArguments are Terraform's own.
var metaArguments = map[string]bool{
	"for_each": true, "count": true, "depends_on": true, "provider": true, "lifecycle": true, "provisioner": true, "alias": true, "source": true, "version": true, "providers": true,
}

func (c shownChecker) declaration(block *hclsyntax.Block, schema *tfprotov6.Schema) {
	if schema == nil {
		c.errorf("there is no %v", block.Labels)
		return
	}
	c.block(block.Body, schema.Block)
}

func (c shownChecker) block(body *hclsyntax.Body, schema *tfprotov6.SchemaBlock) {
	known := map[string]bool{}
	for _, a := range schema.Attributes {
		known[a.Name] = a.Optional || a.Required
	}
	for name := range body.Attributes {
		if !known[name] && !metaArguments[name] {
			c.errorf("%q is not an argument", name)
		}
	}
	for _, block := range body.Blocks {
		name, inner := block.Type, block.Body
		if name == "dynamic" && len(block.Labels) == 1 {
			name = block.Labels[0]
			for _, content := range block.Body.Blocks {
				inner = content.Body
			}
		}
		if metaArguments[name] {
			continue
		}
		found := false
		for _, nested := range schema.BlockTypes {
			if nested.TypeName == name {
				found = true
				c.block(inner, nested.Block)
			}
		}
		if !found {
			c.errorf("%q is not a block", name)
		}
	}
}

var variableName = regexp.MustCompile(`(?m)^variable "(\w+)"`)

// module compares a call of one of the repository's modules with its variables.
func (c shownChecker) module(block *hclsyntax.Block) {
	from, diags := block.Body.Attributes["source"].Expr.Value(nil)
	if diags.HasErrors() || !strings.HasSuffix(from.AsString(), "modules/topology") {
		return
	}
	variables, err := os.ReadFile("../../modules/topology/variables.tf")
	if err != nil {
		c.t.Fatal(err)
	}
	known := map[string]bool{}
	for _, v := range variableName.FindAllStringSubmatch(string(variables), -1) {
		known[v[1]] = true
	}
	for name := range block.Body.Attributes {
		if !known[name] && !metaArguments[name] {
			c.errorf("the module has no variable %q", name)
		}
	}
}

// Findings that a page prints have ids that there are.
var shownRule = regexp.MustCompile(`(?m)^(?:Error|Warning): ([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+): (.+)$`)

// What the README shows first is what a plan says about it, and what mends it does.
func TestAccDocumentation_FirstExample(t *testing.T) {
	readme := strings.ReplaceAll(readText(t, "../../README.md"), "\r\n", "\n")
	design := shownBlock(t, readme, "yaml", "# design.yaml\n")
	main := shownBlock(t, readme, "hcl", "# main.tf\n")
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	c := newCLI(t, map[string]string{
		"main.tf":     strings.ReplaceAll(main, "github.com/terraform-configmgr/terraform-provider-configmgr//modules/topology", filepath.ToSlash(root)+"/modules/topology"),
		"design.yaml": design,
	})
	c.run(t, "get")
	output, err := c.try("plan", "-no-color", "-input=false", "-lock=false")
	if err == nil {
		t.Fatal("the first design of the README is not refused")
	}
	_, after, _ := strings.Cut(readme, design)
	shown := shownRule.FindAllString(after, 2)
	if len(shown) < 2 {
		t.Error("the README shows no errors")
	}
	for _, line := range shown {
		if !strings.Contains(oneLine(output), oneLine(line)) {
			t.Errorf("the README shows %q, the plan says\n%s", line, output)
		}
	}
	mended := strings.ReplaceAll(design, "passive_site_server: cm02\n", "passive_site_server: cm02\n    content_library_path: \\\\fs01.contoso.com\\ContentLibrary\n")
	mended = strings.ReplaceAll(mended, "  cm02: {", "  scp01: {")
	c.write(t, "design.yaml", mended)
	if text := c.plan(t); !strings.Contains(text, "rules decided") {
		t.Errorf("the mended design does not say how much was judged:\n%s", text)
	}

	// The guide for beginners plans without a finding.
	guide := strings.ReplaceAll(readText(t, "../../docs/guides/getting-started.md"), "\r\n", "\n")
	c.write(t, "design.yaml", shownBlock(t, guide, "yaml", "sites:"))
	if text := c.plan(t); !strings.Contains(text, "No findings. ") {
		t.Errorf("the design of the guide has findings:\n%s", text)
	}
}

// shownBlock returns the first block of a language on a page that begins with a text.
func shownBlock(t *testing.T, page, language, beginning string) string {
	t.Helper()
	for _, found := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		if strings.HasPrefix(found[1], beginning) {
			return found[1]
		}
	}
	t.Fatalf("no %s block begins with %q", language, beginning)
	return ""
}
