package rule

import (
	"slices"
	"strings"
)

// Search returns the rules that a query finds, in the order of the catalog: the rule with
// that id, or else the rules that have every word of the query in their id, chapter, title,
// reason or way out, whatever the case of letters. An empty query finds all.
func (c *Catalog) Search(query string) []Rule {
	if r, ok := c.RuleByID(strings.ToUpper(strings.TrimSpace(query))); ok {
		return []Rule{r}
	}
	words := strings.Fields(strings.ToLower(query))
	return slices.DeleteFunc(c.Rules(), func(r Rule) bool {
		text := strings.ToLower(strings.Join([]string{r.ID, r.Chapter, r.Title, r.Why, r.Fix}, "\n"))
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
}
