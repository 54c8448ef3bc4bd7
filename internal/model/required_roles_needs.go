package model

import (
	"cmp"
	"maps"
	"slices"
)

// siteNeeds is what is asked for at one site.
type siteNeeds struct {
	code     string // empty while it is not known
	tiers    []Tier // that the site may have: one, once its type and parent are known
	version  Value[Version]
	own      []placedPopulation // of the site itself
	behind   []placedPopulation // of secondary sites below it, or that may be below it
	features *RequestedFeatures
	fallback *FallbackConditions
}

// placedPopulation is a population and whether it belongs to what is asked about.
type placedPopulation struct {
	*Population
	index   int // in the request
	belongs Value[bool]
}

// needs sorts the populations by site, in the order of the codes. It is complete
// unless the site of some population is not known yet.
func (r *RequiredRoles) needs(defaultVersion Value[Version]) (needs []*siteNeeds, complete bool) {
	populations, complete := r.Populations.Get()
	bySite := map[string]*siteNeeds{}
	for i, value := range populations {
		p, ok := value.Get()
		if !ok {
			p = &Population{Site: Unknown[*Site]()}
		}
		site, ok := p.Site.Get()
		if !ok {
			site = undecidedSite
		}
		code, ok := site.code().Get()
		if !ok || !value.IsKnown() {
			complete = false
		}
		n := bySite[code]
		if n == nil {
			n = &siteNeeds{code: code, tiers: site.possibleTiers(), version: site.versionOr(defaultVersion)}
			n.features, n.fallback = r.requested()
			bySite[code] = n
		}
		n.own = append(n.own, placedPopulation{p, i, Known(true)})
	}
	if len(populations) > 1 && !complete {
		return nil, false
	}
	needs = slices.SortedFunc(maps.Values(bySite), func(a, b *siteNeeds) int { return cmp.Compare(a.code, b.code) })
	for _, n := range needs {
		n.behind = populationsBehind(n, needs)
	}
	return needs, complete
}

// populationsBehind returns the populations of the secondary sites below a site.
func populationsBehind(n *siteNeeds, all []*siteNeeds) []placedPopulation {
	var behind []placedPopulation
	for _, other := range all {
		if other == n {
			continue
		}
		secondary := oneOfTiers(other.tiers, []Tier{TierSecondary})
		for _, p := range other.own {
			site, _ := p.Site.Get()
			below := Known(false)
			if parent := parentCode(site); parent.IsUnknown() {
				below = Unknown[bool]()
			} else if code, ok := parent.Get(); ok {
				below = Known(foldCode(code) == n.code)
			}
			if belongs := both(secondary, below); belongs != Known(false) {
				behind = append(behind, placedPopulation{p.Population, p.index, belongs})
			}
		}
	}
	return behind
}

// possibleTiers lists the tiers that the site may turn out to have.
func (s *Site) possibleTiers() []Tier {
	if tier, ok := s.TierOf().Get(); ok {
		return []Tier{tier}
	}
	if s.Type.IsKnown() {
		return primaryTiers
	}
	return everyTier
}

// versionOr returns the version of the site, or the default one.
func (s *Site) versionOr(defaultVersion Value[Version]) Value[Version] {
	if s.Version.IsNull() {
		return defaultVersion
	}
	return s.EffectiveVersion(0)
}

// requested returns the features and conditions. One that is not declared is not
// wished; while the whole object is not known, everything in it is not.
func (r *RequiredRoles) requested() (*RequestedFeatures, *FallbackConditions) {
	unknown := Unknown[bool]()
	features, ok := r.Features.Get()
	switch {
	case r.Features.IsUnknown():
		features = &RequestedFeatures{
			unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown,
			unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown,
		}
	case !ok:
		features = &RequestedFeatures{}
	}
	fallback, ok := r.FallbackStatusPoint.Get()
	switch {
	case r.FallbackStatusPoint.IsUnknown():
		fallback = &FallbackConditions{unknown, unknown, unknown, unknown}
	case !ok:
		fallback = &FallbackConditions{}
	}
	return features, fallback
}

// tier returns the tier of the site as users write it.
func (n *siteNeeds) tier() Value[string] {
	if len(n.tiers) == 1 {
		return Known(string(n.tiers[0]))
	}
	return Unknown[string]()
}

// oneOfTiers reports whether a site that may have some tiers has one of the others.
func oneOfTiers(possible, tiers []Tier) Value[bool] {
	in := 0
	for _, t := range possible {
		if slices.Contains(tiers, t) {
			in++
		}
	}
	switch in {
	case 0:
		return Known(false)
	case len(possible):
		return Known(true)
	default:
		return Unknown[bool]()
	}
}

// assigned returns the populations whose devices are assigned to the site: those of
// the site, and those of the secondary sites below it.
func (n *siteNeeds) assigned() []placedPopulation { return append(slices.Clip(n.own), n.behind...) }

// count returns how many clients of some kinds populations have.
func count(populations []placedPopulation, kinds ...clientKind) Value[int64] {
	total := Known[int64](0)
	for _, p := range populations {
		for _, kind := range kinds {
			n := kind.count(p.Population).OrDefault(0)
			if n != Known[int64](0) && p.belongs.IsUnknown() {
				n = Unknown[int64]()
			}
			total = sum(total, n)
		}
	}
	return total
}

// sum adds two numbers, unknown while one of them is.
func sum(a, b Value[int64]) Value[int64] {
	x, okX := a.Get()
	y, okY := b.Get()
	if !okX || !okY {
		return Unknown[int64]()
	}
	return Known(x + y)
}

// perServer returns how many of what serves a limited number are needed for n.
func perServer(n Value[int64], most limit) Value[int64] {
	number, ok := n.Get()
	if !ok {
		return Unknown[int64]()
	}
	return Known((number + most.value - 1) / most.value)
}

// largest returns the largest of the numbers, unknown while one of them is.
func largest(numbers ...Value[int64]) Value[int64] {
	most := numbers[0]
	for _, n := range numbers[1:] {
		a, okA := most.Get()
		b, okB := n.Get()
		if !okA || !okB {
			return Unknown[int64]()
		}
		most = Known(max(a, b))
	}
	return most
}

// exceeds reports whether a number is above another one.
func exceeds(n Value[int64], most int64) Value[bool] {
	number, ok := n.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(number > most)
}
