package product

import (
	"fmt"
	"slices"
	"strings"
)

// Nearest returns up to three valid names that a misspelt name may have meant,
// nearest first, then in the order of valid. It returns none when nothing is near.
func Nearest(name string, valid []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	typed := normalizeName(name)
	var near []candidate
	for _, v := range valid {
		known := normalizeName(v)
		most := max(2, len(known)/3)
		// A text of a megabyte is near no name, and takes minutes to compare with hundreds
		// of them. A character has up to four bytes.
		if len(typed) <= 4*(len(known)+most) {
			d := editDistance(typed, known)
			if d == 0 {
				return []string{v}
			}
			if d <= most {
				near = append(near, candidate{v, d})
				continue
			}
		}
		if len(typed) >= 3 && (strings.Contains(known, typed) || strings.Contains(typed, known)) {
			near = append(near, candidate{v, len(known)})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return a.distance - b.distance })
	names := make([]string, 0, 3)
	for _, c := range near[:min(3, len(near))] {
		names = append(names, c.name)
	}
	return names
}

// normalizeName folds the differences that a reader would not call a mistake of
// meaning: case, and blanks or hyphens where the vocabulary has underscores.
func normalizeName(s string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(s)))
}

// editDistance is the number of inserted, deleted, replaced or swapped
// neighboring characters between two strings.
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(s); i++ {
		before, above, row := rows[0], rows[1], rows[2]
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		rows = [3][]int{above, row, before}
	}
	return rows[1][len(t)]
}

// DidYouMean returns a sentence with the nearest valid names, with a leading
// blank, or nothing when none is near.
func DidYouMean(name string, valid []string) string {
	near := Nearest(name, valid)
	if len(near) == 0 {
		return ""
	}
	for i, n := range near {
		near[i] = fmt.Sprintf("%q", n)
	}
	return " Did you mean " + strings.Join(near, " or ") + "?"
}

// Quoted lists names in quotes.
func Quoted(names []string) string {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(q, ", ")
}
