package designfile

import (
	"encoding/base64"
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

var base64Text = regexp.MustCompile(`^[A-Za-z0-9+/]{16,}={0,2}$`)

// decodeText returns the text of a file as UTF-8 without a byte order mark. The content
// may be the text itself or its bytes in base64, as filebase64 gives them: file() of
// Terraform refuses what Windows PowerShell 5.1 writes, which is UTF-16. One long word
// is never a design, so that the two cannot be taken for each other.
func decodeText(content string, p *problems) (string, bool) {
	text := content
	if word := strings.TrimSpace(content); len(word)%4 == 0 && base64Text.MatchString(word) {
		if decoded, err := base64.StdEncoding.DecodeString(word); err == nil {
			text = fromUTF16(decoded)
		}
	}
	text = strings.TrimPrefix(text, byteOrderMark)
	line, column := 1, 1
	for i, r := range text {
		at := place{line, column, "the file"}
		switch {
		case r == utf8.RuneError && isInvalid(text[i:]):
			p.add(at, "Save the file as UTF-8; in Windows PowerShell 5.1 use Set-Content -Encoding UTF8.", "The byte 0x%02X is not UTF-8.", text[i])
			return "", false
		case r == '\n':
			line, column = line+1, 1
			continue
		case r < ' ' && r != '\t' && r != '\r', r == 0x7f:
			p.add(at, "Remove it, or save the file as UTF-8 text.", "There is a control character (U+%04X), which YAML does not allow.", r)
			return "", false
		}
		column++
	}
	return text, true
}

func isInvalid(s string) bool {
	_, size := utf8.DecodeRuneInString(s)
	return size == 1
}

// fromUTF16 turns UTF-16 into UTF-8 and leaves anything else as it is. Without a byte
// order mark it goes by the zero byte beside the first character, which is ASCII in YAML.
func fromUTF16(b []byte) string {
	var order binary.ByteOrder
	switch {
	case len(b) < 2 || len(b)%2 != 0:
		return string(b)
	case b[0] == 0xff && b[1] == 0xfe, b[0] != 0 && b[1] == 0:
		order = binary.LittleEndian
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && b[1] != 0:
		order = binary.BigEndian
	default:
		return string(b)
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
