package needs

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// unsupportedKind is a kind of clients that the product gives up.
type unsupportedKind struct {
	model.ClientKind
	rule, summary, detail string
}

var unsupportedKinds = []unsupportedKind{
	{model.KindMacOS, "REQ-OS-REMOVED", "the client for macOS is not supported any more",
		"Its support ended on 2022-12-31. The answer is computed as the documentation had it; plan to manage Macs with Microsoft Intune."},
	{model.KindLegacy, "REQ-OS-REMOVED", "the mobile device legacy client is not supported any more",
		"Current branch does not have its platforms since version 1511, and none since version 2006. The answer is computed as the documentation has it; " +
			"replace the devices or take them out of the population."},
	{model.KindLinux, "REQ-OS-REMOVED", "the client for Linux and UNIX is not supported any more",
		"Version 1902 removed it. The answer is computed all the same; take the computers out of the population."},
	{model.KindEnrolled, "REQ-EP-DEPR", "enrolling mobile devices with Configuration Manager is deprecated",
		"The enrollment point and the enrollment proxy point are deprecated with on-premises mobile device management, and Windows Server 2025 cannot hold " +
			"them. Plan for Microsoft Intune."},
	{model.KindMDM, "REQ-EP-DEPR", "on-premises mobile device management is deprecated",
		"The enrollment point and the enrollment proxy point are deprecated with it, and Windows Server 2025 cannot hold them. Plan for Microsoft Intune."},
}

// notices says what is not supported any more, or does not fit. The list is unknown
// while an input is that adds to it.
func notices(r *model.RequiredRoles, needs []*siteNeeds, complete bool) model.Value[[]model.Value[*model.Notice]] {
	var list []model.Value[*model.Notice]
	known := true
	add := func(holds model.Value[bool], at model.Path, rule, summary, detail string) {
		is, decided := holds.Get()
		known = known && decided
		if is {
			list = append(list, model.Known(&model.Notice{Rule: model.Known(rule), Summary: model.Known(summary), Detail: model.Known(detail), Attribute: at}))
		}
	}
	populations, ok := r.Populations.Get()
	if !ok {
		return model.Unknown[[]model.Value[*model.Notice]]()
	}
	for i, value := range populations {
		p, ok := value.Get()
		if !ok {
			known = false
			continue
		}
		at := model.At("population").Index(i)
		for _, kind := range unsupportedKinds {
			add(model.Positive(kind.Count(p).OrDefault(0)), at.Attr(kind.Name), kind.rule, kind.summary, kind.detail)
		}
		clients := model.Known(false)
		for _, kind := range model.EveryKind {
			clients = model.Either(clients, model.Positive(kind.Count(p).OrDefault(0)))
		}
		site, ok := p.Site.Get()
		if !ok {
			site = model.UndecidedSite
		}
		add(model.Both(site.Is(product.CentralAdministration), clients), at, "REQ-CAS-NOROLE", "a central administration site has no clients of its own",
			"Clients are assigned to primary sites. Move the numbers to the population of a primary site: here they count for nothing.")
	}
	if complete || len(needs) == 1 {
		for _, n := range needs {
			at := model.At("population").Index(n.own[0].index)
			// The sentences name the site.
			add := func(holds model.Value[bool], at model.Path, rule, summary, detail string) {
				if n.code == "" && holds != model.Known(false) {
					holds = model.Unknown[bool]()
				}
				add(holds, at, rule, summary, detail)
			}
			capacityNotices(n, at, add)
			for _, p := range n.own {
				add(unreachable(n, p), model.At("population").Index(p.index).Attr("windows_installation"), "REQ-INTERNET-ALT", "clients on the internet cannot be "+
					"installed from a distribution point of the intranet",
					fmt.Sprintf(`Without a cloud management gateway the clients of %s cannot reach one: the answer is for windows_installation = "alternative_source", `+
						`which is CCMSetup with /source. Ask for that, or for the feature cloud_management_gateway.`, n.label()))
			}
			most := product.LimitManagementPoints.Value
			add(model.Both(oneOfTiers(n.tiers, product.PrimaryTiers), exceeds(managementPoints(n), most)), at, "ROLE-CARD-MP-PRI", fmt.Sprintf("the clients of one site need more than "+
				"%d management points", most),
				fmt.Sprintf("A primary site supports %d. Distribute the clients of %s over several primary sites.", most, n.label()))
			add(model.Both(wantsCertificates(n).holds, versionWithin(product.VersionCertificateRegistration.Version, 0)(n).holds), model.At("features", "certificate_profiles"), "REQ-CRP",
				"certificate profiles are not supported any more", fmt.Sprintf("%s runs a version that does not support the certificate registration point, which is "+
					"so from %s on. Deploy certificate profiles with Microsoft Intune.", n.label(), product.VersionCertificateRegistration.Version))
			add(model.Both(wantsCatalog(n).holds, versionWithin(product.CatalogSynchronizationRemoved.Version, 0)(n).holds), model.At("features", "asset_intelligence"), "REQ-AISP",
				"the Asset Intelligence catalog cannot be synchronized any more", fmt.Sprintf("%s runs a version in which the synchronization point cannot be added, "+
					"which is so from %s on. Take the feature out.", n.label(), product.CatalogSynchronizationRemoved.Version))
		}
		hierarchyNotices(needs, add)
		features, fallback := requested(r)
		add(contradict(features.DeploymentReports, fallback.DeploymentReports), model.At("fallback_status_point", "deployment_reports"), "REQ-RSP-FSP", "the client deployment reports are "+
			"wanted in one place and not in the other",
			"features has client_deployment_reports, and fallback_status_point has deployment_reports with the other value. The answer is for reports that are "+
				"wanted; leave one of the two out, or give both the same value.")
	} else {
		known = false
	}
	if !known {
		return model.Unknown[[]model.Value[*model.Notice]]()
	}
	return model.Known(list)
}

// contradict reports whether two places state one wish differently.
func contradict(a, b model.Value[bool]) model.Value[bool] {
	if a.IsNull() || b.IsNull() {
		return model.Known(false)
	}
	return model.Either(model.Both(a, model.Not(b)), model.Both(model.Not(a), b))
}

// label names the site in a sentence.
func (n *siteNeeds) label() string {
	if n.code == "" {
		return "the site"
	}
	return "site " + n.code
}
