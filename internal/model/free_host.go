package model

import (
	"fmt"
	"strconv"
	"strings"
)

// FreeHost returns the name of a computer that a topology does not have, as the next one
// after a fully qualified name: mp02.contoso.com after mp01.contoso.com. Findings propose
// it where another computer is needed.
func (t *Topology) FreeHost(after string) string {
	label := HostLabel(after)
	stem := strings.TrimRight(label, "0123456789")
	number, _ := strconv.Atoi(label[len(stem):])
	width := max(len(label)-len(stem), 2)
	domain := HostDomain(after)
	if domain != "" {
		domain = "." + domain
	}
	for {
		number++
		host := fmt.Sprintf("%s%0*d%s", stem, width, number, domain)
		// What an element refers to is no list of what there is.
		if t.Index == nil || t.Index.Server(host) == nil && len(t.Residents().On(host)) == 0 {
			return host
		}
	}
}
