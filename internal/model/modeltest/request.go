package modeltest

import (
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// RequestTree reads a question for required roles: a line of a site and words for each
// population, and the features.
func RequestTree(populations string, features ...string) map[string]any {
	var list []any
	for _, text := range strings.Split(populations, ";") {
		words := strings.Fields(text)
		kind, parent, _ := strings.Cut(words[1], "<")
		site := map[string]any{"site_code": Scalar(words[0]), "site_type": Scalar(kind)}
		switch parent {
		case "":
		case "CAS":
			site["parent"] = map[string]any{"site_code": parent, "site_type": string(product.CentralAdministration)}
		case "?":
			site["parent"] = model.UnknownValue{}
		default:
			site["parent"] = map[string]any{"site_code": parent, "site_type": string(product.Primary)}
		}
		p := map[string]any{"site": site}
		for _, word := range words[2:] {
			key, v, _ := strings.Cut(word, "=")
			if key == "version" {
				site[key] = Scalar(v)
				continue
			}
			p[key] = plainValue(v)
		}
		list = append(list, p)
	}
	wanted, conditions := map[string]any{}, map[string]any{}
	for _, f := range features {
		key, v, given := strings.Cut(f, "=")
		value := any(true)
		if given {
			value = plainValue(v)
		}
		if name, ok := strings.CutPrefix(key, "fsp."); ok {
			conditions[name] = value
		} else {
			wanted[key] = value
		}
	}
	return map[string]any{"population": list, "features": wanted, "fallback_status_point": conditions}
}

// plainValue reads a number, true, false, null, ? or a word.
func plainValue(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	switch text {
	case "true", "false":
		return text == "true"
	case "null":
		return nil
	default:
		return Scalar(text)
	}
}

// Marked replaces unknown values by the mark of a design.
func Marked(v any) any {
	switch v := v.(type) {
	case model.UnknownValue:
		return "?"
	case []any:
		for i := range v {
			v[i] = Marked(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = Marked(v[k])
		}
	}
	return v
}
