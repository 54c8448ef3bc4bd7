package adopt

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// taken reads any value with the scanner.
func taken(s *scanner) (any, error) {
	switch s.next() {
	case '{':
		all := map[string]any{}
		err := s.object(func(name string) error {
			v, err := taken(s)
			all[name] = v
			return err
		})
		return all, err
	case '[':
		all := []any{}
		err := s.array(func() error {
			v, err := taken(s)
			all = append(all, v)
			return err
		})
		return all, err
	}
	v, err := s.scalar()
	switch v.kind {
	case kindString:
		return v.text, err
	case kindNumber:
		return json.Number(v.text), err
	case kindBool:
		return v.text == "true", err
	default:
		return nil, err
	}
}

// sameAsStandard compares the scanner with encoding/json.
func sameAsStandard(t *testing.T, text string) {
	t.Helper()
	var want any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	wantErr := d.Decode(&want)
	valid := wantErr == nil && json.Valid([]byte(text))
	s := &scanner{text: text}
	got, err := taken(s)
	if s.next() != 0 || s.at < len(text) {
		err = s.wrong("the end")
	}
	if valid != (err == nil) {
		t.Fatalf("%q: encoding/json says %v, the scanner %v", text, wantErr, err)
	}
	if valid && !reflect.DeepEqual(got, want) {
		t.Fatalf("%q is %#v, expected %#v", text, got, want)
	}
	skipping := &scanner{text: text}
	err = skipping.skip()
	if err == nil && (skipping.next() != 0 || skipping.at < len(text)) {
		err = skipping.wrong("the end")
	}
	if valid != (err == nil) {
		t.Fatalf("%q: encoding/json says %v, skipping %v", text, wantErr, err)
	}
}

var scannerSeeds = []string{
	`{"a": [1, -2.5e+3, 0, true, false, null, "x"], "b": {}}`, `"\u00e4\ud83d\ude00\n\"\\\/"`, `"\ud800"`, `"\ud800\u0041"`, `"\ud800\ud800"`, `"\udc00"`, `[]`, `[,]`, `{"a"}`, `{"a":}`, `{"a":1,}`,
	`01`, `-`, `1.`, `1e`, `.5`, `nul`, `"`, `"\`, `"\u12`, `"\x"`, "\"\x01\"", ` 5 `, `5 5`, `{}{}`, `[[[[1]]]]`, `"ÿ€"`, `1E400`, `-0`, "\"\x7f\"", `{"a":1,"a":2}`, `tru`, `[1 2]`, "\ufeff{}", `{"\u0061":1}`,
}

func TestScanner(t *testing.T) {
	for _, text := range append(scannerSeeds, fabrikam(t)) {
		sameAsStandard(t, text)
	}
}

func FuzzScanner(f *testing.F) {
	for _, text := range scannerSeeds {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ToValidUTF8(text, "") != text || strings.Count(text, "{")+strings.Count(text, "[") > deepest {
			t.Skip() // refused earlier
		}
		sameAsStandard(t, text)
	})
}
