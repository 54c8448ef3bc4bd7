package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// sourceTables reads packages as Go does not show them at run time: which struct
// types have a source, and every literal of one.
type sourceTables struct {
	files *token.FileSet
	in    string // the package that is looked at
	// fields are the fields of the struct types that have a source, in their order, by
	// package and name.
	fields map[string][]string
	// places is where the source stands among them.
	places map[string]int
	// rows counts the literals of each type.
	rows map[string]int
	// lacking are the places of literals without a source.
	lacking []string
	// undated are the places of versions that stand alone.
	undated []string
}

// TestEveryRowHasASource finds the rows of every table that has sources, be it a
// variable, an element or part of one, and fails on a row that names no article.
func TestEveryRowHasASource(t *testing.T) {
	sources := map[string]string{}
	for _, pattern := range []string{"../product/*.go", "../*.go", "../rule/*.go", "../needs/*.go", "*.go", "*/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "ruletest") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources[name] = string(text)
		}
	}
	tables := readSourceTables(t, sources)
	for _, place := range tables.lacking {
		t.Errorf("%s: the row names no article", place)
	}
	for _, place := range tables.undated {
		t.Errorf("%s: a version of the product without a source: make it a milestone", place)
	}
	for _, name := range slices.Sorted(maps.Keys(tables.fields)) {
		t.Logf("%3d %s", tables.rows[name], name)
	}
	// A table that is not found is not tested.
	for name, least := range map[string]int{
		"product.Limit": 40, "product.ValueRange": 10, "product.Milestone": 15, "product.OperatingSystem": 10, "product.SQLServer": 10,
		"product.Release": 30, "product.Role": 20, "product.Deprecation": 4,
		"lifecycle.lifecycle": 10, "placement.placement": 15, "cardinality.cardinality": 5, "product.Kits": 4, "product.Driver": 3, "product.Framework": 3, "prerequisites.prerequisite": 10,
	} {
		if tables.rows[name] < least {
			t.Errorf("%d rows of the type %s were found, at least %d are expected", tables.rows[name], name, least)
		}
	}
}

func readSourceTables(t *testing.T, sources map[string]string) *sourceTables {
	t.Helper()
	tables := &sourceTables{files: token.NewFileSet(), fields: map[string][]string{}, places: map[string]int{}, rows: map[string]int{}}
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		file, err := parser.ParseFile(tables.files, name, sources[name], 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		tables.in = file.Name.Name
		ast.Inspect(file, tables.declared)
	}
	for _, file := range files {
		tables.in = file.Name.Name
		ast.Inspect(file, tables.literal)
		tables.versions(file)
	}
	return tables
}

// TestRowsWithoutASource shows what the test of the tables finds.
func TestRowsWithoutASource(t *testing.T) {
	const types = `package model
type limit struct { value int64; source Source }
type capacity struct { name string; most limit; sources []Source }
`
	for text, lacking := range map[string]int{
		"var a = limit{1, Ports.Source()}":                                           0,
		"var a = limit{1, Source{}}":                                                 1,
		"var a = limit{value: 1}":                                                    1,
		"var a = []limit{{1, Ports.Source()}, {value: 2}}":                           1,
		"var a = map[string]*limit{`a`: {value: 2}}":                                 1,
		"var a = []capacity{{name: `a`, most: limit{value: 1}, sources: b.sources}}": 1,
		"var a = capacity{`a`, limit{}, []Source{}}":                                 1,
		"var a = capacity{`a`, limit{}, []Source{Ports.Source(), {}}}":               1,
		"var a = []struct{ n int; source Source }{{n: 1}, {1, Ports.Source()}}":      1,
		"func f() limit { return limit{} }":                                          0,
		"func f() limit { return limit{value: 7} }":                                  1,
	} {
		if got := len(readSourceTables(t, map[string]string{"a.go": types, "b.go": "package model\n" + text}).lacking); got != lacking {
			t.Errorf("%d rows without a source, want %d: %s", got, lacking, text)
		}
	}
	for text, undated := range map[string]int{
		"const a Version = 2403": 1, "var a Version = 2403": 1, "const a = 2403": 1, "const a = 4022": 0, "const DefaultVersion Version = 2603": 0,
	} {
		if got := len(readSourceTables(t, map[string]string{"a.go": types + text}).undated); got != undated {
			t.Errorf("%d versions without a source, want %d: %s", got, undated, text)
		}
	}
}

// isSource reports whether a type is that of a source or of several.
func isSource(t ast.Expr) bool {
	if list, ok := t.(*ast.ArrayType); ok {
		t = list.Elt
	}
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name == "Source"
	case *ast.SelectorExpr:
		return t.Sel.Name == "Source"
	default:
		return false
	}
}

// declared records the struct types that have a source. Rules are whole only when
// the table of their family completes them: TestEveryRuleIsComplete looks at those.
func (s *sourceTables) declared(n ast.Node) bool {
	spec, ok := n.(*ast.TypeSpec)
	if !ok {
		return true
	}
	if structure, ok := spec.Type.(*ast.StructType); ok && spec.Name.Name != "Rule" {
		s.add(s.in+"."+spec.Name.Name, structure)
	}
	return true
}

func (s *sourceTables) add(name string, structure *ast.StructType) {
	var fields []string
	place := -1
	for _, field := range structure.Fields.List {
		names := field.Names
		if len(names) == 0 {
			names = []*ast.Ident{{Name: "embedded"}}
		}
		for _, n := range names {
			if isSource(field.Type) {
				place = len(fields)
			}
			fields = append(fields, n.Name)
		}
	}
	if place >= 0 {
		s.fields[name], s.places[name] = fields, place
	}
}

// literal looks at a composite literal, and at the elements whose type it leaves out.
func (s *sourceTables) literal(n ast.Node) bool {
	if lit, ok := n.(*ast.CompositeLit); ok && lit.Type != nil {
		s.of(lit.Type, lit)
	}
	return true
}

func (s *sourceTables) of(t ast.Expr, lit *ast.CompositeLit) {
	switch t := t.(type) {
	case *ast.ArrayType:
		s.elements(t.Elt, lit)
	case *ast.MapType:
		s.elements(t.Value, lit)
	case *ast.StructType:
		name := s.files.Position(t.Pos()).String()
		s.add(name, t)
		s.row(name, lit)
	case *ast.Ident:
		s.row(s.in+"."+t.Name, lit)
	case *ast.SelectorExpr:
		if from, ok := t.X.(*ast.Ident); ok {
			s.row(from.Name+"."+t.Sel.Name, lit)
		}
	}
}

func (s *sourceTables) elements(t ast.Expr, lit *ast.CompositeLit) {
	if pointer, ok := t.(*ast.StarExpr); ok {
		t = pointer.X
	}
	for _, element := range lit.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			element = pair.Value
		}
		if row, ok := element.(*ast.CompositeLit); ok && row.Type == nil {
			s.of(t, row)
		}
	}
}

// row judges one literal of a struct type. The empty one stands for none.
func (s *sourceTables) row(name string, lit *ast.CompositeLit) {
	fields, ok := s.fields[name]
	if !ok || len(lit.Elts) == 0 {
		return
	}
	s.rows[name]++
	var source ast.Expr
	for i, element := range lit.Elts {
		pair, keyed := element.(*ast.KeyValueExpr)
		switch {
		case keyed && pair.Key.(*ast.Ident).Name == fields[s.places[name]]:
			source = pair.Value
		case !keyed && i == s.places[name]:
			source = element
		}
	}
	if !namesArticle(source) {
		s.lacking = append(s.lacking, s.files.Position(lit.Pos()).String())
	}
}

// namesArticle reports whether an expression is a source: article.At(...), a source of
// another row, or a list of such.
func namesArticle(source ast.Expr) bool {
	switch source := source.(type) {
	case *ast.CallExpr:
		method, ok := source.Fun.(*ast.SelectorExpr)
		if !ok || method.Sel.Name != "At" && method.Sel.Name != "Source" {
			return false
		}
		switch method.X.(type) {
		case *ast.Ident, *ast.SelectorExpr:
			return true
		default:
			return false
		}
	case *ast.SelectorExpr:
		return strings.EqualFold(source.Sel.Name, "source") || strings.EqualFold(source.Sel.Name, "sources")
	case *ast.CompositeLit:
		return isSource(source.Type) && len(source.Elts) > 0 && !slices.ContainsFunc(source.Elts, func(e ast.Expr) bool { return !namesArticle(e) })
	default:
		return false
	}
}

// versions finds the variables and constants that are a version of the product and
// nothing else. The version of sites that name none is a choice of this project.
func (s *sourceTables) versions(file *ast.File) {
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.CONST && general.Tok != token.VAR {
			continue
		}
		for _, spec := range general.Specs {
			spec := spec.(*ast.ValueSpec)
			typed := typeName(spec.Type)
			if spec.Names[0].Name == "DefaultVersion" {
				continue
			}
			for _, value := range spec.Values {
				number, ok := value.(*ast.BasicLit)
				if typed == "Version" || ok && number.Kind == token.INT && isRelease(number.Value) {
					s.undated = append(s.undated, s.files.Position(spec.Pos()).String())
				}
			}
		}
	}
}

// typeName is the name of a type without its package, empty for none.
func typeName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return t.Sel.Name
	default:
		return ""
	}
}

func isRelease(text string) bool {
	n, err := strconv.Atoi(text)
	if err != nil {
		return false
	}
	_, ok := product.ReleaseOf(product.Version(n))
	return ok
}
