package textfile

import (
	"errors"
	"testing"
)

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct{ bytes, want string }{
		"UTF-8":                        {"naïve: {}", "naïve: {}"},
		"UTF-8 with a byte order mark": {"\xef\xbb\xbfa: {}", "a: {}"},
		"little endian":                {"\xff\xfea\x00\xef\x00", "aï"},
		"big endian":                   {"\xfe\xff\x00a\x00\xef", "aï"},
		"little endian, no mark":       {"a\x00:\x00", "a:"},
		"big endian, no mark":          {"\x00a\x00:", "a:"},
		"a pair of surrogates":         {"\xff\xfe\x3d\xd8\x00\xde", "\U0001f600"},
		"half of a pair":               {"\xff\xfe\x3d\xd8", "\ufffd"},
		"only a mark":                  {"\xff\xfe", ""},
		"neither":                      {"\x80\x81", "\x80\x81"},
		"one byte":                     {"a", "a"},
		"nothing":                      {"", ""},
	} {
		if got, err := Decode(c.bytes); err != nil || got != c.want {
			t.Errorf("%s: Decode(%q) = %q, %v, want %q", name, c.bytes, got, err, c.want)
		}
	}
	if got, err := Decode("\xff\xfea\x00b"); !errors.Is(err, ErrCutOff) {
		t.Errorf("a text that was cut off: %q, %v", got, err)
	}
}
