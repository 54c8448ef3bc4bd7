package provider

import (
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Names and codes as they are compared and put together.

// joined joins known parts to an id; it is unknown while a part is.
func joined(parts ...model.Value[string]) model.Value[string] {
	texts := make([]string, len(parts))
	for i, p := range parts {
		text, ok := p.Get()
		if !ok {
			return model.Unknown[string]()
		}
		texts[i] = text
	}
	return model.Known(strings.Join(texts, "/"))
}

func typeText(t model.Value[product.SiteType]) model.Value[string] {
	if v, ok := t.Get(); ok {
		return model.Known(string(v))
	}
	if t.IsUnknown() {
		return model.Unknown[string]()
	}
	return model.Null[string]()
}

func parentCode(s *model.Site) model.Value[string] {
	if parent, ok := s.Parent.Get(); ok {
		return parent.Code
	}
	if s.Parent.IsUnknown() {
		return model.Unknown[string]()
	}
	return model.Null[string]()
}

// differs reports whether a name changes: compared without case, and only where
// there is a prior value. A value that is not known yet counts as another one, as
// everywhere in Terraform: an update cannot turn into a replacement during apply.
func differs(planned, prior model.Value[string]) bool {
	return differsBy(strings.ToLower, planned, prior)
}

// differsBy is differs for names that have several spellings.
func differsBy(fold func(string) string, planned, prior model.Value[string]) bool {
	before, ok := prior.Get()
	if !ok {
		return false
	}
	after, known := planned.Get()
	return !known || fold(before) != fold(after)
}

func upper(v model.Value[string]) model.Value[string] {
	if s, ok := v.Get(); ok {
		return model.Known(strings.ToUpper(s))
	}
	return v
}
