package install

import (
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// endpoints are services on the internet that something of a role needs, by the port.
type endpoints struct {
	purpose string
	port    int64
	hosts   []string
}

// The services on the internet (internet endpoints, 2026-06-08).
var (
	forwarding = endpoints{"Microsoft URL forwarding", 443, []string{"aka.ms", "go.microsoft.com"}}
	servicing  = endpoints{"updates and servicing", 443, []string{
		"*.akamaiedge.net", "*.akamaitechnologies.com", "*.manage.microsoft.com", "go.microsoft.com", "download.microsoft.com", "download.windowsupdate.com",
		"download.visualstudio.microsoft.com", "definitionupdates.microsoft.com", "configmgrbits.azureedge.net", "configmgrbits.cdn.manage.microsoft.com",
		"cmbitsstore.blob.core.windows.net", "ceuswatcab01.blob.core.windows.net", "ceuswatcab02.blob.core.windows.net", "eaus2watcab01.blob.core.windows.net",
		"eaus2watcab02.blob.core.windows.net", "weus2watcab01.blob.core.windows.net", "weus2watcab02.blob.core.windows.net", "umwatsonc.events.data.microsoft.com",
		"*-umwatsonc.events.data.microsoft.com",
	}}
	windowsServicing = endpoints{"Windows servicing", 443, []string{"download.microsoft.com", "go.microsoft.com", "dl.delivery.mp.microsoft.com"}}
	tenantAttach     = map[string]endpoints{
		model.AzurePublic:       {"tenant attach", 443, []string{"aka.ms", "*.manage.microsoft.com", "dc.services.visualstudio.com"}},
		model.AzureUSGovernment: {"tenant attach", 443, []string{"aka.ms", "*.manage.microsoft.us", "dc.services.visualstudio.com"}},
	}
	revocation = endpoints{"tenant attach, revocation lists", 80, []string{
		"crl3.digicert.com", "crl4.digicert.com", "ocsp.digicert.com", "www.d-trust.net", "root-c3-ca2-2009.ocsp.d-trust.net", "crl.microsoft.com",
		"oneocsp.microsoft.com", "ocsp.msocsp.com", "www.microsoft.com",
	}}
	azureManagement = map[string]endpoints{
		model.AzurePublic:       {"Azure services and gateway deployment", 443, []string{"management.azure.com"}},
		model.AzureUSGovernment: {"Azure services and gateway deployment", 443, []string{"management.usgovcloudapi.net"}},
	}
	tokenValidation = map[string]endpoints{
		model.AzurePublic:       {"Entra token validation", 443, []string{"login.microsoftonline.com", "sts.windows.net"}},
		model.AzureUSGovernment: {"Entra token validation", 443, []string{"login.microsoftonline.us", "sts.windows.net"}},
	}
	microsoftUpdate = []endpoints{
		{"software updates", 80, []string{
			"windowsupdate.microsoft.com", "*.windowsupdate.microsoft.com", "*.update.microsoft.com", "*.windowsupdate.com", "download.windowsupdate.com",
			"download.microsoft.com", "*.download.windowsupdate.com", "ntservicepack.microsoft.com",
		}},
		{"software updates", 443, []string{"*.windowsupdate.microsoft.com", "*.update.microsoft.com"}},
		{"updates of Microsoft 365 Apps", 443, []string{"officecdn.microsoft.com"}},
	}
	officeReadiness     = endpoints{"readiness of Microsoft 365 Apps", 443, []string{"omex.cdn.office.net"}}
	connectedCache      = endpoints{"Connected Cache", 443, []string{"*.do.dsp.mp.microsoft.com"}}
	assetIntelligenceOf = endpoints{"Asset Intelligence", 443, []string{"sc.microsoft.com", "ssu2.manage.microsoft.com"}}
)

// entraFrom is the version from which management points validate tokens themselves
// (what's new in 2603, 2026-08-05).
const entraFrom = product.Version(2603)

// internet adds services on the internet that computers need.
func (n *network) internet(role string, hosts []string, list []endpoints) {
	for _, e := range list {
		for _, host := range e.hosts {
			n.reach("endpoints", KindInternet, on(role, hosts...), outside(peerInternet), host, tcp(e.purpose, e.port))
		}
	}
}

// siteServerEndpoints are those of a site server.
func (n *network) siteServerEndpoints(s *model.Site) []endpoints {
	list := []endpoints{forwarding}
	if s.Parent.IsNull() {
		list = append(list, officeReadiness)
	}
	return list
}

// clouds are the Azure clouds of the gateways.
func (n *network) clouds() []string {
	var list []string
	for _, g := range n.gateways {
		list = append(list, orDefault(&n.reading, g.Azure, model.AzurePublic))
	}
	return sorted(list)
}

// leaving adds what a role connects to outside of the hierarchy.
func (n *network) leaving(a *assigned) {
	here := on(a.role, a.host)
	switch a.role {
	case assetIntelligence:
		n.connect("c01", KindOutbound, here, outside(peerInternet), tcp("HTTPS", 443))
		n.internet(a.role, here.hosts, []endpoints{assetIntelligenceOf})
	case endpointProtection:
		n.connect("c27", KindOutbound, here, outside(peerInternet), tcp("definitions, HTTP", 80))
	case distributionPoint:
		if orDefault(&n.reading, block(&n.reading, a.DistributionPoint).ConnectedCache, false) {
			n.internet(a.role, here.hosts, []endpoints{connectedCache})
		}
	case managementPoint:
		n.tokens(a, here)
	case softwareUpdatePoint:
		n.synchronization(a, here)
	case serviceConnectionPoint:
		n.serviceConnection(a, here)
	}
}

// tokens adds the validation of Entra tokens, which comes with gateways.
func (n *network) tokens(a *assigned, here end) {
	read(&n.reading, a.site.Version)
	version, ok := a.site.EffectiveVersion(product.DefaultVersion).Get()
	if !ok || version < entraFrom || !orDefault(&n.reading, block(&n.reading, a.ManagementPoint).AllowCMGTraffic, false) {
		return
	}
	n.connect("x17", KindOutbound, here, outside(peerInternet), tcp("Entra token validation, HTTPS", 443))
	for _, cloud := range n.clouds() {
		n.internet(a.role, here.hosts, []endpoints{tokenValidation[cloud]})
	}
}

// synchronization adds what a software update point of a top-level site synchronizes
// with.
func (n *network) synchronization(a *assigned, here end) {
	if s := n.sites[a.code]; s == nil || !s.Parent.IsNull() || firstInstalled(n.rolesAt(a.code, softwareUpdatePoint)) != a {
		return
	}
	switch orDefault(&n.reading, block(&n.reading, a.SoftwareUpdatePoint).SynchronizationSource, model.SyncMicrosoftUpdate) {
	case model.SyncMicrosoftUpdate:
		n.connect("c66", KindOutbound, here, outside(peerInternet), tcp("HTTP", 80))
		n.internet(a.role, here.hosts, microsoftUpdate)
	case model.SyncUpstreamWSUS:
		n.connect("c67", KindOutbound, here, outside(peerUpstream), tcp("synchronization, HTTP", wsusHTTPPort), tcp("synchronization, HTTPS", wsusHTTPSPort))
	}
}

// serviceConnection adds what an online service connection point reaches.
func (n *network) serviceConnection(a *assigned, here end) {
	if orDefault(&n.reading, block(&n.reading, a.ServiceConnectionPoint).Mode, model.ModeOnline) != model.ModeOnline {
		return
	}
	n.internet(a.role, here.hosts, []endpoints{forwarding, servicing, windowsServicing})
	clouds := n.clouds()
	if len(clouds) > 0 {
		n.connect("c40", KindOutbound, here, outside(peerAzure), tcp("deployment of gateways, HTTPS", 443))
	}
	for _, cloud := range clouds {
		n.internet(a.role, here.hosts, []endpoints{azureManagement[cloud]})
	}
	if !slices.Contains(n.features, model.FeatureTenantAttach) {
		return
	}
	if len(clouds) == 0 {
		clouds = []string{model.AzurePublic}
	}
	for _, cloud := range clouds {
		n.internet(a.role, here.hosts, []endpoints{tenantAttach[cloud], revocation})
	}
}

// Ports of connection points at a gateway: of one virtual machine, of the first one of
// several, and of the first one of a classic cloud service.
const (
	gatewayPort      = 443
	gatewayFirstPort = 10124
	classicFirstPort = 10140
	gatewayMachines  = 16
)

// gatewayTraffic adds what connection points reach of their gateways, and site servers of
// gateways that serve content.
func (n *network) gatewayTraffic() {
	for _, a := range n.assigned {
		if a.role != gatewayConnection {
			continue
		}
		name, named := read(&n.reading, block(&n.reading, a.GatewayConnection).CloudManagementGateway)
		for _, g := range n.gateways {
			if own := gatewayName(g); !named || sameGateway(own, name) {
				n.toGateway(g, on(gatewayConnection, a.host))
			}
		}
	}
	for _, g := range n.gateways {
		if !orDefault(&n.reading, g.Content, false) {
			continue
		}
		siteCode, _ := read(&n.reading, g.SiteCode)
		for _, code := range n.codes {
			s := n.sites[code]
			if siteCode == "" && s.Parent.IsNull() || strings.EqualFold(siteCode, code) {
				n.reach("x03", KindOutbound, on(siteServer, n.serversOf(s)...), outside(peerBlob), gatewayLabel(g)+blobSuffix[orDefault(&n.reading, g.Azure, model.AzurePublic)], tcp("content of the gateway, HTTPS", 443))
			}
		}
	}
}

// sameGateway compares the name of a gateway with what a connection point names: the
// service name, alone or with its domain.
func sameGateway(gateway, named string) bool {
	label := func(s string) string {
		first, _, _ := strings.Cut(strings.ToLower(s), ".")
		return first
	}
	return label(gateway) == label(named)
}

// gatewayLabel is the first part of the service name, which Azure names the parts of the
// gateway after.
func gatewayLabel(g *model.Gateway) string {
	first, _, _ := strings.Cut(gatewayName(g), ".")
	return first
}

var blobSuffix = map[string]string{model.AzurePublic: ".blob.core.windows.net", model.AzureUSGovernment: ".blob.core.usgovcloudapi.net"}

func (n *network) toGateway(g *model.Gateway, from end) {
	machines := min(orDefault(&n.reading, g.VMInstances, 1), gatewayMachines)
	far := outside(peerGateway)
	endpoint := gatewayName(g)
	several := entry{"cloud management gateway, HTTPS", protocolTCP, gatewayFirstPort, gatewayFirstPort + machines - 1}
	one := tcp("cloud management gateway, HTTPS", gatewayPort)
	switch classic := orDefault(&n.reading, g.Deployment, model.DeploymentScaleSet) != model.DeploymentScaleSet; {
	case classic:
		n.reach("c16", KindOutbound, from, far, endpoint, entry{"cloud management gateway, TCP-TLS", protocolTCP, classicFirstPort, classicFirstPort + machines - 1})
		if machines == 1 {
			n.reach("c16", KindOutbound, from, far, endpoint, one)
		} else {
			n.reach("c16", KindOutbound, from, far, endpoint, several)
		}
	case machines == 1:
		n.reach("c15", KindOutbound, from, far, endpoint, one)
	default:
		n.reach("c15", KindOutbound, from, far, endpoint, several)
	}
	azure := map[string][]string{
		model.AzurePublic:       {".blob.core.windows.net", ".table.core.windows.net", ".vault.azure.net"},
		model.AzureUSGovernment: {".blob.core.usgovcloudapi.net", ".table.core.usgovcloudapi.net", ".vault.usgovcloudapi.net"},
	}[orDefault(&n.reading, g.Azure, model.AzurePublic)]
	for _, suffix := range azure {
		n.reach("endpoints", KindInternet, from, outside(peerInternet), gatewayLabel(g)+suffix, tcp("cloud management gateway", 443))
	}
}
