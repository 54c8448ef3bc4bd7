package adopt

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/textfile"
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
	text, err := textfile.Decode(text)
	if err != nil {
		return "", failure("", "The text is UTF-16 and ends within a character: it was cut off. Write the export again, and pass the whole file.")
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
