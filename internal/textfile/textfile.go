// Package textfile reads the bytes of text files as the programs of Windows write them.
package textfile

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
)

const byteOrderMark = "\ufeff"

// ErrCutOff says that a text in UTF-16 ends within a character.
var ErrCutOff = errors.New("the text is UTF-16 and ends within a character")

// Decode returns text, which holds the bytes of a file, without a byte order mark, and as
// UTF-8 where it is UTF-16, which Windows PowerShell 5.1 writes. UTF-16 without a mark is
// known by the zero byte beside its first character, which has to be ASCII. Anything else
// is returned as it is, valid UTF-8 or not. The only error is ErrCutOff.
func Decode(text string) (string, error) {
	order := byteOrder(text)
	if order == nil {
		return strings.TrimPrefix(text, byteOrderMark), nil
	}
	if len(text)%2 != 0 {
		return "", ErrCutOff
	}
	units := make([]uint16, 0, len(text)/2)
	for i := 0; i < len(text); i += 2 {
		units = append(units, order.Uint16([]byte(text[i:i+2])))
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), byteOrderMark), nil
}

// byteOrder is nil for text that is not UTF-16.
func byteOrder(text string) binary.ByteOrder {
	switch {
	case len(text) < 2:
		return nil
	case strings.HasPrefix(text, "\xff\xfe"), text[0] != 0 && text[1] == 0:
		return binary.LittleEndian
	case strings.HasPrefix(text, "\xfe\xff"), text[0] == 0 && text[1] != 0:
		return binary.BigEndian
	}
	return nil
}
