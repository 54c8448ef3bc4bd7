package install

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// resource is a resource of the module ConfigMgrCBDsc. The source is the schema of the
// resource in [product.ConfigMgrCBDsc], version 4.0.0.
type resource struct {
	name     string
	single   bool // one for the computer it runs on: IsSingleInstance is its key
	settings func(*parameters, *model.Assignment)
	further  func(*model.Assignment) []DSC
}

// resources are the roles that the module has a resource for, by their keys.
var resources = map[string]resource{
	managementPoint:        {name: "CMManagementPoint", settings: managementPointProperties},
	distributionPoint:      {name: "CMDistributionPoint", settings: distributionPointProperties, further: furtherDistributionPoint},
	softwareUpdatePoint:    {name: "CMSoftwareUpdatePoint", settings: softwareUpdateProperties},
	fallbackStatusPoint:    {name: "CMFallbackStatusPoint", settings: noSettings},
	reportingServicesPoint: {name: "CMReportingServicePoint", settings: reportingProperties},
	serviceConnectionPoint: {name: "CMServiceConnectionPoint", settings: connectionSettings},
	assetIntelligence:      {name: "CMAssetIntelligencePoint", single: true, settings: noSettings},
}

// dscOf returns the DSC resource of a role, nil where the module has none.
func dscOf(key string, a *model.Assignment) *DSC {
	r, ok := resources[key]
	if !ok {
		return nil
	}
	d := r.of(a, r.settings)
	if r.further != nil {
		d.Further = r.further(a)
	}
	return &d
}

// of returns the resource with its keys and the given settings.
func (r resource) of(a *model.Assignment, settings func(*parameters, *model.Assignment)) DSC {
	p := &parameters{}
	if r.single {
		p.add("IsSingleInstance", "Yes")
	}
	p.required("SiteCode", a.DeclaredSite().NormalizedCode(), placeholderSiteCode)
	p.required("SiteServerName", a.DeclaredServer().Host(), placeholderServer)
	settings(p, a)
	return DSC{Resource: r.name, Properties: p.list, Open: p.open}
}

func managementPointProperties(p *parameters, a *model.Assignment) {
	m := block(&p.reading, a.ManagementPoint)
	p.encrypted("EnableSsl", m.Protocol)
	p.translated("ClientConnectionType", m.ClientConnections, connectionTypes)
	optional(p, "EnableCloudGateway", m.AllowCMGTraffic)
	optional(p, "Username", m.DatabaseConnectionAccount)
	if replica, ok := read(&p.reading, m.DatabaseReplica); ok {
		optional(p, "SqlServerFqdn", replica.Server)
		optional(p, "SqlServerInstanceName", replica.Instance)
		optional(p, "DatabaseName", replica.DatabaseName)
	}
}

func distributionPointProperties(p *parameters, a *model.Assignment) {
	d := block(&p.reading, a.DistributionPoint)
	p.translated("ClientCommunicationType", d.Protocol, communicationTypes)
	optional(p, "CertificateExpirationTimeUtc", d.CertificateExpiration)
	contentParameters(p, d, "MinimumFreeSpaceMB")
	optional(p, "AllowPreStaging", d.AllowPrestagedContent)
	optional(p, "EnableAnonymous", d.AllowAnonymous)
	if groups, ok := texts(&p.reading, d.BoundaryGroups); ok {
		p.add("BoundaryGroups", groups)
	}
}

// furtherDistributionPoint are the resources that make a distribution point a
// pull-distribution point, and have it answer PXE requests.
func furtherDistributionPoint(a *model.Assignment) []DSC {
	var list []DSC
	d := block(&reading{}, a.DistributionPoint)
	if !d.PullSources.IsNull() {
		list = append(list, resource{name: "CMPullDistributionPoint"}.of(a, func(p *parameters, _ *model.Assignment) {
			p.add("EnablePullDP", true)
			if sources, ok := pullSources(&p.reading, d); ok {
				p.add("SourceDistributionPoint", hostsOf(sources))
				if ranks := ranksOf(sources); ranks != nil {
					p.add("DPRank", ranks)
				}
			}
		}))
	}
	if !d.PXE.IsNull() {
		list = append(list, resource{name: "CMPxeDistributionPoint"}.of(a, func(p *parameters, _ *model.Assignment) {
			if service, ok := read(&p.reading, d.PXE); ok {
				p.add("EnablePxe", true)
				p.add("AllowPxeResponse", true)
				p.add("EnableNonWdsPxe", service == model.PXEResponder)
				optional(p, "PxeServerResponseDelaySec", d.PXEResponseDelay)
			}
		}))
	}
	return list
}

func softwareUpdateProperties(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.SoftwareUpdatePoint)
	updateServerParameters(p, s)
	optional(p, "WsusAccessAccount", s.WSUSConnectionAccount)
}

func reportingProperties(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.ReportingServicesPoint)
	p.required("Username", s.Account, placeholderReportingAccount)
	optional(p, "ReportServerInstance", s.ReportServerInstance)
	optional(p, "FolderName", s.FolderName)
}

// texts returns the known elements of a list in their order.
func texts(r *reading, v model.Value[[]model.Value[string]]) ([]string, bool) {
	list, ok := read(r, v)
	if !ok {
		return nil, false
	}
	all := make([]string, 0, len(list))
	for _, e := range list {
		if text, ok := read(r, e); ok {
			all = append(all, text)
		}
	}
	return all, true
}
