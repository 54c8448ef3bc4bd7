package rule

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Spans reports whether a version lies in a span; to is the first version after it,
// 0 for none.
func Spans(from, to, v product.Version) bool { return v >= from && (to == 0 || v < to) }

// VersionSpan tells a span of versions to readers.
func VersionSpan(from, to product.Version) string {
	switch {
	case from == 0:
		return ""
	case to == 0:
		return fmt.Sprintf("%s and later", from)
	default:
		return fmt.Sprintf("%s and later, before %s", from, to)
	}
}
