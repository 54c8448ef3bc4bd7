package sweep

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
)

// sort of a value that is put at a place.
type kind string

const (
	isNull    kind = "null"
	isUnknown kind = "unknown"
	isEmpty   kind = "empty"
	isWrong   kind = "wrong"
	isHuge    kind = "huge"
	isUsual   kind = "usual" // plausible; the provider says whether it is right
)

// candidate is a value for a place.
type candidate struct {
	kind  kind
	value any
}

// usualTexts are texts that some attribute takes. What an attribute takes besides, its
// description names.
var usualTexts = []string{
	"PS1", "CAS", "SS1", "cm01.contoso.com", "mp01.contoso.com", "sql01.contoso.com", "contoso.com", `\\fs01.contoso.com\Library`, `D:\ConfigMgr`, "2503", "2403",
	"2026-06-30", "4.8", "10.1.26100.1", "18.5.1.1", "Web-Metabase", "COLO-FSP-DEDICATED", `CONTOSO\svc`, "https", "none", "primary", "true",
}

var wrongTexts = []string{
	" ", ".", "a..b", "%s%d%v", "ä", `\`, "\x00", "null", "${x}", "$(x)", "'; x", "\"\n", "2026-02-30", "9912", "1e3", "PS1/mp01.contoso.com", "\u202e", "a\r\nb",
}

var usualNumbers = []any{int64(0), int64(1), int64(2), int64(80), int64(443), int64(1433), int64(4022), int64(8192), int64(150)}

var wrongNumbers = []any{int64(-1), int64(70000), 1.5, digits("0.1"), digits("100000000000000000000000000000"), int64(-9223372036854775808)}

var hugeText = strings.Repeat("x", 20_000)

// usual returns the plausible values of a scalar, its own words first.
func usual(of shape, words []string) []any {
	switch of {
	case shapeBool:
		return []any{true, false}
	case shapeNumber:
		return usualNumbers
	default:
		var all []any
		for _, text := range slices.Concat(words, usualTexts) {
			if !slices.Contains(all, any(text)) {
				all = append(all, text)
			}
		}
		return all
	}
}

type candidateKey struct {
	field             *field
	element, isObject bool
}

var candidateCache sync.Map // candidateKey -> []candidate

// candidates returns every value that is tried at a place.
func candidates(p place) []candidate {
	key := candidateKey{p.field, p.element, p.isElement()}
	if cached, ok := candidateCache.Load(key); ok {
		return slices.Clone(cached.([]candidate))
	}
	all := madeCandidates(p)
	candidateCache.Store(key, all)
	return slices.Clone(all)
}

func madeCandidates(p place) []candidate {
	all := []candidate{{isNull, nil}, {isUnknown, unknown}}
	add := func(k kind, values ...any) {
		for _, v := range values {
			all = append(all, candidate{k, v})
		}
	}
	of := p.field.shape
	switch {
	case p.element:
		of = p.field.element
	case p.isElement():
		of = shapeObject
	}
	switch of {
	case shapeBool:
		add(isUsual, true, false)
	case shapeNumber:
		add(isUsual, usualNumbers...)
		add(isWrong, wrongNumbers...)
		add(isHuge, digits("9"+strings.Repeat("0", 400)))
	case shapeString:
		add(isUsual, usual(shapeString, p.field.words)...)
		add(isEmpty, "")
		for _, text := range wrongTexts {
			add(isWrong, text)
		}
		add(isHuge, hugeText)
	case shapeList:
		add(isEmpty, []any{})
		add(isWrong, []any{nil}, []any{unknown}, []any{nil, unknown, ""})
		many := make([]any, 300)
		for i := range many {
			many[i] = usual(p.field.element, p.field.words)[0]
		}
		add(isHuge, many)
	case shapeMap:
		add(isEmpty, tree{})
		add(isWrong, tree{"": nil}, tree{"\x00": unknown}, tree{hugeText: nil})
		many := tree{}
		for i := range 300 {
			many["dp"+strings.Repeat("x", i%40)+".contoso.com"] = usual(p.field.element, p.field.words)[0]
		}
		add(isHuge, many)
	case shapeObject:
		add(isEmpty, tree{})
	case shapeObjects:
		add(isEmpty, []any{})
		add(isWrong, []any{nil}, []any{unknown}, []any{tree{}, tree{}})
	case shapeKeyedObjects:
		add(isEmpty, tree{})
		add(isWrong, tree{"a": nil}, tree{"a": unknown}, tree{"": tree{}}, tree{hugeText: tree{}})
		many := tree{}
		for i := range 50 {
			many[strings.Repeat("k", i+1)] = tree{}
		}
		add(isHuge, many)
	}
	return all
}

// pick draws one of several.
func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
