package needs

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// How many clients a site supports at all. More of them are a notice: no number of servers
// makes them fit.

// capacity is how many clients of some kinds a site of a tier supports.
type capacity struct {
	rule  string
	tier  product.Tier
	kinds []model.ClientKind
	words string
	most  product.Limit
	all   bool   // every kind together: of interest where no single kind is too many
	fix   string // a sentence
}

const (
	expand = "Plan a central administration site with several child primary sites, and divide the clients between them."
	divide = "Divide the clients between several child primary sites."
	second = "Serve the location with a second secondary site, or with distribution points of the primary site."
)

var (
	kindsOnWindows = []model.ClientKind{model.KindWindows}
	kindsOnMacs    = []model.ClientKind{model.KindMacOS}
	kindsOfMobiles = []model.ClientKind{model.KindEnrolled, model.KindMDM}
)

var capacities = []capacity{
	{rule: "LIM-SAPRI", tier: product.TierStandAlonePrimary, kinds: kindsOnWindows, words: "Windows clients", most: product.LimitStandAloneWindows, fix: expand},
	{rule: "LIM-SAPRI", tier: product.TierStandAlonePrimary, kinds: kindsOnMacs, words: "Macs", most: product.LimitStandAloneMacs, fix: expand},
	{rule: "LIM-SAPRI", tier: product.TierStandAlonePrimary, kinds: kindsOfMobiles, words: "mobile devices", most: product.LimitStandAloneDevices, fix: expand},
	{rule: "LIM-SAPRI", tier: product.TierStandAlonePrimary, kinds: model.KindsOfClients, words: "clients and devices", most: product.LimitStandAloneClients, all: true, fix: expand},
	{rule: "LIM-CHILDPRI", tier: product.TierChildPrimary, kinds: model.KindsOfClients, words: "clients and devices", most: product.LimitChildPrimary, fix: divide},
	{rule: "LIM-SECONDARY", tier: product.TierSecondary, kinds: kindsOnWindows, words: "Windows clients", most: product.LimitSecondaryWindows, fix: second},
}

// notice adds a notice where something holds.
type notice func(holds model.Value[bool], at model.Path, rule, summary, detail string)

// capacityNotices says which clients are more than a site supports. The clients of secondary
// sites are assigned to the primary site above them, and count there too.
func capacityNotices(n *siteNeeds, at model.Path, add notice) {
	single := model.Known(false) // one kind is too many
	for _, c := range capacities {
		tooMany := model.Both(oneOfTiers(n.tiers, []product.Tier{c.tier}), exceeds(count(n.assigned(), c.kinds...), c.most.Value))
		if c.all {
			tooMany = model.Both(tooMany, model.Not(single))
		} else {
			single = model.Either(single, tooMany)
		}
		add(tooMany, at, c.rule, fmt.Sprintf("one site is to have more than %d %s", c.most.Value, c.words),
			fmt.Sprintf("A %s supports up to %d %s, those of its secondary sites included; %s is to have more. %s", c.tier.Name(), c.most.Value, c.words, n.label(), c.fix))
	}
}

// hierarchyNotices says which clients are more than a hierarchy with a central administration
// site supports, where no primary site has too many by itself.
func hierarchyNotices(needs []*siteNeeds, add notice) {
	below, crowded := model.Known(false), model.Known(false)
	var everyone []placedPopulation
	for _, n := range needs {
		child := oneOfTiers(n.tiers, []product.Tier{product.TierChildPrimary})
		below = model.Either(below, model.Either(child, oneOfTiers(n.tiers, []product.Tier{product.TierCentralAdministration})))
		crowded = model.Either(crowded, model.Both(child, exceeds(count(n.assigned(), model.KindsOfClients...), product.LimitChildPrimary.Value)))
		everyone = append(everyone, n.own...)
	}
	for _, c := range []capacity{
		{kinds: kindsOnWindows, words: "Windows clients", most: product.LimitHierarchyWindows},
		{kinds: kindsOnMacs, words: "Macs", most: product.LimitHierarchyMacs},
		{kinds: kindsOfMobiles, words: "mobile devices", most: product.LimitHierarchyDevices},
	} {
		add(model.Both(model.Both(below, model.Not(crowded)), exceeds(count(everyone, c.kinds...), c.most.Value)), model.At("population"), "LIM-HIER-CAS-TOTAL",
			fmt.Sprintf("the hierarchy is to have more than %d %s", c.most.Value, c.words),
			fmt.Sprintf("The sites below one central administration site support up to %d %s together. Divide the population over several hierarchies.", c.most.Value, c.words))
	}
}

// unreachable reports whether Windows clients on the internet are said to be installed from a
// distribution point, which only a gateway would let them reach.
func unreachable(n *siteNeeds, p placedPopulation) model.Value[bool] {
	said := model.Known(false)
	if !p.WindowsInstallation.IsNull() {
		said = model.ValueIs(p.WindowsInstallation, model.InstallFromDistributionPoint)
	}
	return model.Both(model.Both(said, model.Positive(p.Windows.OrDefault(0))), cutOff(n, p.Population))
}

// cutOff reports whether the clients of a population are on the internet, without a gateway.
func cutOff(n *siteNeeds, p *model.Population) model.Value[bool] {
	return model.Both(p.Internet.OrDefault(false), model.Not(wantsGateway(n).holds))
}

// installation is how the Windows clients of a population are installed: those on the internet
// without a gateway cannot use the distribution points of the intranet.
func installation(n *siteNeeds, p *model.Population, way string) model.Value[bool] {
	said := p.WindowsInstallation.OrDefault(model.InstallFromDistributionPoint)
	diverted := model.Both(model.ValueIs(said, model.InstallFromDistributionPoint), cutOff(n, p))
	switch is := model.ValueIs(said, way); way {
	case model.InstallFromDistributionPoint:
		return model.Both(is, model.Not(diverted))
	case model.InstallFromAlternative:
		return model.Either(is, diverted)
	default:
		return is
	}
}

// divertedInstallation is true when Windows clients need another source because no
// distribution point is in their reach.
func divertedInstallation(n *siteNeeds) verdict {
	return clientsWhere(ofSite, func(p *model.Population) model.Value[bool] {
		return model.Both(model.ValueIs(p.WindowsInstallation.OrDefault(model.InstallFromDistributionPoint), model.InstallFromDistributionPoint), cutOff(n, p))
	}, "population.internet", model.KindWindows)(n)
}
