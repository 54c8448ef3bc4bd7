package needs

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// A condition says whether something is asked for at a site, and which inputs say so.
type condition func(*siteNeeds) verdict

// verdict is the outcome of a condition. The causes are the inputs that make it true,
// as users write them; open says that another input, not known yet, may be one too.
type verdict struct {
	holds  model.Value[bool]
	causes []string
	open   bool
}

// because is a verdict on one input.
func because(holds model.Value[bool], causes ...string) verdict {
	if holds != model.Known(true) {
		causes = nil
	}
	return verdict{holds: holds, causes: causes}
}

// anyOf is true when one of the conditions is.
func anyOf(conditions ...condition) condition {
	return func(n *siteNeeds) verdict {
		v := verdict{holds: model.Known(false)}
		for _, c := range conditions {
			one := c(n)
			v.holds = model.Either(v.holds, one.holds)
			v.open = v.open || one.holds.IsUnknown() || one.open
			if one.holds == model.Known(true) {
				v.causes = append(v.causes, one.causes...)
			}
		}
		return v
	}
}

// allOf is true when all of the conditions are.
func allOf(conditions ...condition) condition {
	return func(n *siteNeeds) verdict {
		v := verdict{holds: model.Known(true)}
		for _, c := range conditions {
			one := c(n)
			v.holds = model.Both(v.holds, one.holds)
			v.open = v.open || one.open
			v.causes = append(v.causes, one.causes...)
		}
		return v
	}
}

// unless is true when the condition is not.
func unless(c condition) condition {
	return func(n *siteNeeds) verdict { return verdict{holds: model.Not(c(n).holds)} }
}

// at is true at the given tiers.
func at(tiers ...product.Tier) condition {
	return func(n *siteNeeds) verdict { return verdict{holds: oneOfTiers(n.tiers, tiers)} }
}

// present reports whether there are clients of a kind for which something holds.
func present(populations []placedPopulation, kind model.ClientKind, is func(*model.Population) model.Value[bool]) model.Value[bool] {
	found := model.Known(false)
	for _, p := range populations {
		found = model.Either(found, model.Both(model.Both(model.Positive(kind.Count(p.Population).OrDefault(0)), p.belongs), is(p.Population)))
	}
	return found
}

func anyClient(*model.Population) model.Value[bool] { return model.Known(true) }

// clientsWhere is true when a site has clients of one of the kinds for which something
// holds. The words name the input that says so, besides the number.
func clientsWhere(of func(*siteNeeds) []placedPopulation, is func(*model.Population) model.Value[bool], words string, kinds ...model.ClientKind) condition {
	each := make([]condition, len(kinds))
	for i, kind := range kinds {
		each[i] = func(n *siteNeeds) verdict {
			causes := []string{"population." + kind.Name}
			if words != "" {
				causes = append(causes, words)
			}
			return because(present(of(n), kind, is), causes...)
		}
	}
	return anyOf(each...)
}

func ofSite(n *siteNeeds) []placedPopulation           { return n.own }
func ofSecondarySites(n *siteNeeds) []placedPopulation { return n.behind }

// has, hasAssigned and hasBehind are true when clients of one of the kinds are at the
// site, are assigned to it, or are at secondary sites below it.
func has(kinds ...model.ClientKind) condition { return clientsWhere(ofSite, anyClient, "", kinds...) }
func hasAssigned(kinds ...model.ClientKind) condition {
	return clientsWhere((*siteNeeds).assigned, anyClient, "", kinds...)
}
func hasBehind(kinds ...model.ClientKind) condition {
	return clientsWhere(ofSecondarySites, anyClient, "", kinds...)
}

// installedFrom is true when Windows clients of the site are installed in a way.
func installedFrom(way string) condition {
	return func(n *siteNeeds) verdict {
		return clientsWhere(ofSite, func(p *model.Population) model.Value[bool] { return installation(n, p, way) }, "population.windows_installation", model.KindWindows)(n)
	}
}

// macsWith is true when Macs assigned to the site get their certificates in a way.
func macsWith(certificates string) condition {
	return clientsWhere((*siteNeeds).assigned, func(p *model.Population) model.Value[bool] {
		return model.ValueIs(p.MacOSCertificates.OrDefault(model.CertificatesEnrolled), certificates)
	}, "population.macos_certificates", model.KindMacOS)
}

var (
	onInternet = clientsWhere(ofSite, func(p *model.Population) model.Value[bool] { return p.Internet.OrDefault(false) }, "population.internet", model.KindWindows)
	workgroup  = clientsWhere(ofSite, func(p *model.Population) model.Value[bool] { return p.Workgroup.OrDefault(false) }, "population.workgroup", model.KindWindows)
)

// wished is true when a feature is.
func wished(name string, of func(*model.RequestedFeatures) model.Value[bool]) condition {
	return func(n *siteNeeds) verdict { return because(of(n.features).OrDefault(false), "features."+name) }
}

var (
	wantsApplications = wished("application_management", func(f *model.RequestedFeatures) model.Value[bool] { return f.Applications })
	wantsUpdates      = wished("software_updates", func(f *model.RequestedFeatures) model.Value[bool] { return f.Updates })
	wantsNoPackages   = wished("software_updates_without_packages", func(f *model.RequestedFeatures) model.Value[bool] { return f.UpdatesNoPackages })
	wantsOSDeployment = wished("operating_system_deployment", func(f *model.RequestedFeatures) model.Value[bool] { return f.OSDeployment })
	wantsPXE          = wished("pxe", func(f *model.RequestedFeatures) model.Value[bool] { return f.PXE })
	wantsMulticast    = wished("multicast", func(f *model.RequestedFeatures) model.Value[bool] { return f.Multicast })
	wantsUserState    = wished("state_migration_point", func(f *model.RequestedFeatures) model.Value[bool] { return f.UserState })
	wantsSideBySide   = wished("side_by_side_replacement", func(f *model.RequestedFeatures) model.Value[bool] { return f.SideBySide })
	wantsReporting    = wished("reporting", func(f *model.RequestedFeatures) model.Value[bool] { return f.Reporting })
	// The wish has two places; where they disagree it stands, and a notice says so.
	wantsFSPReports = anyOf(
		wished("client_deployment_reports", func(f *model.RequestedFeatures) model.Value[bool] { return f.DeploymentReports }),
		func(n *siteNeeds) verdict {
			return because(n.fallback.DeploymentReports.OrDefault(false), "fallback_status_point.deployment_reports")
		},
	)
	wantsHealth       = wished("client_health", func(f *model.RequestedFeatures) model.Value[bool] { return f.ClientHealth })
	wantsEndpoint     = wished("endpoint_protection", func(f *model.RequestedFeatures) model.Value[bool] { return f.Endpoint })
	wantsDefinitions  = wished("endpoint_definitions_from_software_updates", func(f *model.RequestedFeatures) model.Value[bool] { return f.Definitions })
	wantsWarehouse    = wished("data_warehouse", func(f *model.RequestedFeatures) model.Value[bool] { return f.DataWarehouse })
	wantsGateway      = wished("cloud_management_gateway", func(f *model.RequestedFeatures) model.Value[bool] { return f.Gateway })
	gatewayHasContent = wished("cloud_management_gateway_content", func(f *model.RequestedFeatures) model.Value[bool] { return f.GatewayContent })
	wantsTenantAttach = wished("tenant_attach", func(f *model.RequestedFeatures) model.Value[bool] { return f.TenantAttach })
	wantsBitLocker    = wished("bitlocker_management", func(f *model.RequestedFeatures) model.Value[bool] { return f.BitLocker })
	wantsCertificates = wished("certificate_profiles", func(f *model.RequestedFeatures) model.Value[bool] { return f.Certificates })
	wantsCatalog      = wished("asset_intelligence", func(f *model.RequestedFeatures) model.Value[bool] { return f.AssetIntelligence })
)

// fallbackCondition is one of the four conditions for a fallback status point.
type fallbackCondition struct {
	name string
	of   func(*siteNeeds) model.Value[bool]
}

var fallbackConditions = []fallbackCondition{
	{"report_client_errors", func(n *siteNeeds) model.Value[bool] { return n.fallback.ReportClientErrors }},
	{"deployment_reports", func(n *siteNeeds) model.Value[bool] {
		// Who wants the reports need not say it twice.
		here, there := n.fallback.DeploymentReports, n.features.DeploymentReports
		switch {
		case here.IsNull():
			return there
		case there.IsNull():
			return here
		default:
			return model.Either(here, there)
		}
	}},
	{"dedicated_server", func(n *siteNeeds) model.Value[bool] { return n.fallback.DedicatedServer }},
	{"benefits_outweigh_risks", func(n *siteNeeds) model.Value[bool] { return n.fallback.BenefitsOutweighRisks }},
}

// met, failed and left are true when a condition is said to hold, said not to hold, or
// not declared.
func (f fallbackCondition) met(n *siteNeeds) verdict {
	v := f.of(n)
	if v.IsNull() {
		return verdict{holds: model.Known(false)}
	}
	return because(v, "fallback_status_point."+f.name)
}

func (f fallbackCondition) failed(n *siteNeeds) verdict {
	v := f.of(n)
	if v.IsNull() {
		return verdict{holds: model.Known(false)}
	}
	return because(model.Not(v), "fallback_status_point."+f.name+" = false")
}

func (f fallbackCondition) left(n *siteNeeds) verdict {
	return because(model.Not(model.IsDeclared(f.of(n))), "fallback_status_point."+f.name+" is not set")
}

var (
	allFallbackConditions = allOf(eachFallback(fallbackCondition.met)...)
	someFallbackFailed    = anyOf(eachFallback(fallbackCondition.failed)...)
	someFallbackLeft      = anyOf(eachFallback(fallbackCondition.left)...)
	riskOutweighs         = fallbackConditions[3].failed
)

func eachFallback(judge func(fallbackCondition, *siteNeeds) verdict) []condition {
	list := make([]condition, len(fallbackConditions))
	for i, f := range fallbackConditions {
		list[i] = func(n *siteNeeds) verdict { return judge(f, n) }
	}
	return list
}

// moreThan is true when a number is above another one.
func moreThan(most int64, of func(*siteNeeds) model.Value[int64]) condition {
	return func(n *siteNeeds) verdict { return verdict{holds: exceeds(of(n), most)} }
}

// versionWithin is true when the site runs a version from one on and before another;
// 0 is no bound.
func versionWithin(from, before product.Version) condition {
	return func(n *siteNeeds) verdict {
		if from == 0 && before == 0 {
			return verdict{holds: model.Known(true)}
		}
		v, ok := n.version.Get()
		if !ok {
			return verdict{holds: model.Unknown[bool]()}
		}
		return because(model.Known(v >= from && (before == 0 || v < before)), "site.version = "+v.String())
	}
}

// uniqueCauses lists causes in the order in which they came, each once.
func uniqueCauses(causes []string) []string {
	var list []string
	for _, c := range causes {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}
