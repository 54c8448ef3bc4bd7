package needs

import (
	"cmp"
	"maps"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// siteNeeds is what is asked for at one site.
type siteNeeds struct {
	code     string         // empty while it is not known
	tiers    []product.Tier // that the site may have: one, once its type and parent are known
	version  model.Value[product.Version]
	own      []placedPopulation // of the site itself
	behind   []placedPopulation // of secondary sites below it, or that may be below it
	features *model.RequestedFeatures
	fallback *model.FallbackConditions
}

// placedPopulation is a population and whether it belongs to what is asked about.
type placedPopulation struct {
	*model.Population
	index   int // in the request
	belongs model.Value[bool]
}

// needs sorts the populations by site, in the order of the codes. It is complete
// unless the site of some population is not known yet.
func needs(r *model.RequiredRoles, defaultVersion model.Value[product.Version]) (needs []*siteNeeds, complete bool) {
	populations, complete := r.Populations.Get()
	bySite := map[string]*siteNeeds{}
	for i, value := range populations {
		p, ok := value.Get()
		if !ok {
			p = undecidedPopulation()
		}
		site, ok := p.Site.Get()
		if !ok {
			site = model.UndecidedSite
		}
		code, ok := site.NormalizedCode().Get()
		if !ok || !value.IsKnown() {
			complete = false
		}
		n := bySite[code]
		if n == nil {
			n = &siteNeeds{code: code, tiers: possibleTiers(site), version: versionOr(site, defaultVersion)}
			n.features, n.fallback = requested(r)
			bySite[code] = n
		}
		n.own = append(n.own, placedPopulation{p, i, model.Known(true)})
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

// undecidedPopulation stands for a population that is not known yet: none of its numbers is
// zero.
func undecidedPopulation() *model.Population {
	number, word, flag := model.Unknown[int64](), model.Unknown[string](), model.Unknown[bool]()
	return &model.Population{
		Site: model.Unknown[*model.Site](), Windows: number, MacOS: number, MobileEnrolled: number, OnPremisesMDM: number, MobileExchange: number,
		MobileLegacy: number, LinuxUNIX: number, WindowsInstallation: word, MacOSCertificates: word, Internet: flag, Workgroup: flag,
	}
}

// populationsBehind returns the populations of the secondary sites below a site.
func populationsBehind(n *siteNeeds, all []*siteNeeds) []placedPopulation {
	var behind []placedPopulation
	for _, other := range all {
		if other == n {
			continue
		}
		secondary := oneOfTiers(other.tiers, []product.Tier{product.TierSecondary})
		for _, p := range other.own {
			site, _ := p.Site.Get()
			below := model.Known(false)
			if parent := model.ParentCode(site); parent.IsUnknown() {
				below = model.Unknown[bool]()
			} else if code, ok := parent.Get(); ok {
				below = model.Known(model.FoldCode(code) == n.code)
			}
			if belongs := model.Both(secondary, below); belongs != model.Known(false) {
				behind = append(behind, placedPopulation{p.Population, p.index, belongs})
			}
		}
	}
	return behind
}

// possibleTiers lists the tiers that the site may turn out to have.
func possibleTiers(s *model.Site) []product.Tier {
	if tier, ok := s.TierOf().Get(); ok {
		return []product.Tier{tier}
	}
	if s.Type.IsKnown() {
		return product.PrimaryTiers
	}
	return product.EveryTier
}

// versionOr returns the version of the site, or the default one.
func versionOr(s *model.Site, defaultVersion model.Value[product.Version]) model.Value[product.Version] {
	if s.Version.IsNull() {
		return defaultVersion
	}
	return s.EffectiveVersion(0)
}

// requested returns the features and conditions. One that is not declared is not
// wished; while the whole object is not known, everything in it is not.
func requested(r *model.RequiredRoles) (*model.RequestedFeatures, *model.FallbackConditions) {
	unknown := model.Unknown[bool]()
	features, ok := r.Features.Get()
	switch {
	case r.Features.IsUnknown():
		features = &model.RequestedFeatures{
			Applications: unknown, Updates: unknown, UpdatesNoPackages: unknown, OSDeployment: unknown, PXE: unknown, Multicast: unknown, UserState: unknown, SideBySide: unknown, Reporting: unknown, DeploymentReports: unknown,
			ClientHealth: unknown, Endpoint: unknown, Definitions: unknown, DataWarehouse: unknown, Gateway: unknown, GatewayContent: unknown, TenantAttach: unknown, BitLocker: unknown, Certificates: unknown, AssetIntelligence: unknown,
		}
	case !ok:
		features = &model.RequestedFeatures{}
	}
	fallback, ok := r.FallbackStatusPoint.Get()
	switch {
	case r.FallbackStatusPoint.IsUnknown():
		fallback = &model.FallbackConditions{ReportClientErrors: unknown, DeploymentReports: unknown, DedicatedServer: unknown, BenefitsOutweighRisks: unknown}
	case !ok:
		fallback = &model.FallbackConditions{}
	}
	return features, fallback
}

// tier returns the tier of the site as users write it.
func (n *siteNeeds) tier() model.Value[string] {
	if len(n.tiers) == 1 {
		return model.Known(string(n.tiers[0]))
	}
	return model.Unknown[string]()
}

// oneOfTiers reports whether a site that may have some tiers has one of the others.
func oneOfTiers(possible, tiers []product.Tier) model.Value[bool] {
	in := 0
	for _, t := range possible {
		if slices.Contains(tiers, t) {
			in++
		}
	}
	switch in {
	case 0:
		return model.Known(false)
	case len(possible):
		return model.Known(true)
	default:
		return model.Unknown[bool]()
	}
}

// assigned returns the populations whose devices are assigned to the site: those of
// the site, and those of the secondary sites below it.
func (n *siteNeeds) assigned() []placedPopulation { return append(slices.Clip(n.own), n.behind...) }

// count returns how many clients of some kinds populations have.
func count(populations []placedPopulation, kinds ...model.ClientKind) model.Value[int64] {
	total := model.Known[int64](0)
	for _, p := range populations {
		for _, kind := range kinds {
			n := kind.Count(p.Population).OrDefault(0)
			if n != model.Known[int64](0) && p.belongs.IsUnknown() {
				n = model.Unknown[int64]()
			}
			total = sum(total, n)
		}
	}
	return total
}

// sum adds two numbers, unknown while one of them is.
func sum(a, b model.Value[int64]) model.Value[int64] {
	x, okX := a.Get()
	y, okY := b.Get()
	if !okX || !okY {
		return model.Unknown[int64]()
	}
	return model.Known(x + y)
}

// perServer returns how many of what serves a limited number are needed for n.
func perServer(n model.Value[int64], most product.Limit) model.Value[int64] {
	number, ok := n.Get()
	if !ok {
		return model.Unknown[int64]()
	}
	return model.Known((number + most.Value - 1) / most.Value)
}

// largest returns the largest of the numbers, unknown while one of them is.
func largest(numbers ...model.Value[int64]) model.Value[int64] {
	most := numbers[0]
	for _, n := range numbers[1:] {
		a, okA := most.Get()
		b, okB := n.Get()
		if !okA || !okB {
			return model.Unknown[int64]()
		}
		most = model.Known(max(a, b))
	}
	return most
}

// exceeds reports whether a number is above another one.
func exceeds(n model.Value[int64], most int64) model.Value[bool] {
	number, ok := n.Get()
	if !ok {
		return model.Unknown[bool]()
	}
	return model.Known(number > most)
}
