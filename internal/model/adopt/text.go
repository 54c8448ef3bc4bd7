package adopt

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// plainText returns the text of an export as UTF-8: Windows PowerShell writes UTF-16 or a
// byte order mark, which Terraform's file() refuses, so that the text may come as base64
// too, as filebase64() makes it.
func plainText(text string) (string, error) {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return "", failure("", "The text is empty. Pass the content of an export, as in file(\"contoso.json\").")
	}
	if raw, ok := fromBase64(trimmed); ok {
		text = raw
	}
	switch {
	case strings.HasPrefix(text, "\xff\xfe"):
		return fromUTF16(text[2:], false)
	case strings.HasPrefix(text, "\xfe\xff"):
		return fromUTF16(text[2:], true)
	case strings.HasPrefix(text, "\xef\xbb\xbf"):
		text = text[3:]
	case len(text) > 3 && text[0] == 0 && text[1] != 0:
		return fromUTF16(text, true)
	case len(text) > 3 && text[0] != 0 && text[1] == 0:
		return fromUTF16(text, false)
	}
	if strings.TrimSpace(text) == "" {
		return "", failure("", "The text is empty. Pass the content of an export, as in file(\"contoso.json\").")
	}
	if !utf8.ValidString(text) {
		return "", failure("", "The text is neither UTF-8 nor UTF-16. Write the export again with the script that export_script returns, and pass the file "+
			"with file(), or with filebase64() when file() refuses it.")
	}
	return text, nil
}

// fromBase64 decodes what can be nothing but base64: JSON begins with a bracket.
func fromBase64(text string) (string, bool) {
	switch text[0] {
	case '{', '[', 0, 0xef, 0xff, 0xfe:
		return "", false
	}
	if strings.ContainsAny(text, " \t\r\n") {
		text = strings.Join(strings.Fields(text), "")
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	return string(raw), err == nil
}

func fromUTF16(text string, bigEndian bool) (string, error) {
	if len(text)%2 != 0 {
		return "", failure("", "The text is UTF-16 and ends within a character: it was cut off. Write the export again, and pass the whole file.")
	}
	units := make([]uint16, len(text)/2)
	for i := range units {
		a, b := text[2*i], text[2*i+1]
		if !bigEndian {
			a, b = b, a
		}
		units[i] = uint16(a)<<8 | uint16(b)
	}
	return string(utf16.Decode(units)), nil
}
