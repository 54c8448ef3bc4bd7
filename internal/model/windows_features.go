package model

import (
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Among reports whether a feature is among the installed ones.
func Among(f product.Feature, installed []Value[string]) Value[bool] {
	if f.AnyOf[0] == product.FeatureIIS.AnyOf[0] {
		for _, entry := range installed {
			name, _ := entry.Get()
			if len(name) > len(product.PrefixOfIIS) && strings.EqualFold(name[:len(product.PrefixOfIIS)], product.PrefixOfIIS) && !strings.EqualFold(name, product.NotOfIIS) {
				return Known(true)
			}
		}
	}
	return Lists(installed, f.AnyOf...)
}
