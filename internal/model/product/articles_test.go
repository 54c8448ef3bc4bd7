package product

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
)

// A source without an article would be found by no reader.
func TestEveryArticleHasAnAddress(t *testing.T) {
	articles := articlesByName(t)
	if len(articles) < 100 {
		t.Fatalf("only %d articles were found", len(articles))
	}
	seen := map[Article]string{}
	for name, a := range articles {
		s := a.Source()
		if s.Title() == "" || !strings.HasPrefix(s.URL(), "https://") || strings.HasSuffix(s.URL(), "/") && !strings.HasPrefix(a.path, "https://") {
			t.Errorf("%s has no title or no address", name)
		}
		if seen[a] != "" {
			t.Errorf("%s and %s are the same article", name, seen[a])
		}
		seen[a] = name
	}
}

// A reference that leads nowhere is worse than none.
func TestEveryArticleExists(t *testing.T) {
	data, err := os.ReadFile("testdata/articles.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			known[line] = true
		}
	}
	for name, a := range articlesByName(t) {
		if !known[a.path] {
			t.Errorf("%s: %q is not among the articles that exist; look it up, and add it to testdata/articles.txt", name, a.path)
		}
	}
	for _, gone := range []string{
		"mdm/get-started/install-site-system-roles-for-on-premises-mdm", "core/plan-design/hierarchy/use-a-cloud-based-distribution-point",
		"core/clients/deploy/plan/best-practices-for-client-deployment",
	} {
		if known[gone] {
			t.Errorf("%q is gone and listed", gone)
		}
	}
}

// articlesByName reads the articles from the source: nothing else lists them all.
func articlesByName(t *testing.T) map[string]Article {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "article.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	articles := map[string]Article{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		lit, ok := spec.Values[0].(*ast.CompositeLit)
		if !ok || len(lit.Elts) != 2 {
			return true
		}
		var texts [2]string
		for i, element := range lit.Elts {
			literal, ok := element.(*ast.BasicLit)
			if !ok {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			texts[i] = text
		}
		articles[spec.Names[0].Name] = Article{texts[0], texts[1]}
		return true
	})
	return articles
}
