package product

import "strings"

// SiteType is what Setup asks for when it installs a site.
type SiteType string

// The site types.
const (
	CentralAdministration SiteType = "central_administration"
	Primary               SiteType = "primary"
	Secondary             SiteType = "secondary"
)

// SiteTypes lists the site types, top tier first.
func SiteTypes() []string {
	return []string{string(CentralAdministration), string(Primary), string(Secondary)}
}

// Name is the site type as the console writes it.
func (t SiteType) Name() string { return strings.ReplaceAll(string(t), "_", " ") + " site" }

// Tier is the place of a site in its hierarchy.
type Tier string

// The tiers.
const (
	TierCentralAdministration Tier = "central_administration"
	TierStandAlonePrimary     Tier = "stand_alone_primary"
	TierChildPrimary          Tier = "child_primary"
	TierSecondary             Tier = "secondary"
)

// Name is the tier as the documentation writes it.
func (t Tier) Name() string {
	switch t {
	case TierCentralAdministration:
		return "central administration site"
	case TierStandAlonePrimary:
		return "stand-alone primary site"
	case TierChildPrimary:
		return "child primary site"
	default:
		return "secondary site"
	}
}

// TierList names a set of tiers in a sentence.
func TierList(tiers []Tier) string {
	has := map[Tier]bool{}
	for _, t := range tiers {
		has[t] = true
	}
	var names []string
	switch {
	case has[TierCentralAdministration] && has[TierStandAlonePrimary] && !has[TierChildPrimary]:
		return "the top-level site: a central administration site or a stand-alone primary site"
	case has[TierCentralAdministration]:
		names = append(names, "a central administration site")
	}
	if has[TierStandAlonePrimary] && has[TierChildPrimary] {
		names = append(names, "a primary site")
	}
	if has[TierSecondary] {
		names = append(names, "a secondary site")
	}
	return strings.Join(names, " or ")
}
