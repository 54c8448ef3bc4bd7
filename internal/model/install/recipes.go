package install

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// recipe is how a role is added. The page of the cmdlet, [product.PowerShell], is the
// source of the names of its parameters.
type recipe struct {
	cmdlet     string
	noSiteCode bool // the cmdlet takes no site code
	anywhere   bool // the role is added to a site, and not to a server
	settings   func(*parameters, *model.Assignment)
	// changeCmdlet and change give the role its settings where the setup of a secondary
	// site has added it.
	changeCmdlet string
	change       func(*parameters, *model.Assignment)
}

func noSettings(*parameters, *model.Assignment) {}

// recipes are the roles that can be added, by their keys.
var recipes = map[string]*recipe{
	managementPoint: {
		cmdlet: "Add-CMManagementPoint", changeCmdlet: "Set-CMManagementPoint",
		settings: func(p *parameters, a *model.Assignment) { managementPointSettings(p, a, "ConnectionAccountUserName") },
		change:   func(p *parameters, a *model.Assignment) { managementPointSettings(p, a, "UserName") },
	},
	distributionPoint: {
		cmdlet: "Add-CMDistributionPoint", changeCmdlet: "Set-CMDistributionPoint",
		settings: addedDistributionPoint, change: changedDistributionPoint,
	},
	softwareUpdatePoint:     {cmdlet: "Add-CMSoftwareUpdatePoint", settings: softwareUpdatePointSettings},
	fallbackStatusPoint:     {cmdlet: "Add-CMFallbackStatusPoint", settings: noSettings},
	reportingServicesPoint:  {cmdlet: "Add-CMReportingServicePoint", settings: reportingSettings},
	stateMigrationPoint:     {cmdlet: "Add-CMStateMigrationPoint", settings: func(p *parameters, _ *model.Assignment) { p.add("StorageFolder", placeholderStorageFolders) }},
	serviceConnectionPoint:  {cmdlet: "Add-CMServiceConnectionPoint", settings: connectionSettings},
	endpointProtection:      {cmdlet: "Add-CMEndpointProtectionPoint", settings: endpointSettings},
	assetIntelligence:       {cmdlet: "Add-CMAssetIntelligenceSynchronizationPoint", noSiteCode: true, settings: noSettings},
	enrollmentPoint:         {cmdlet: "Add-CMEnrollmentPoint", settings: enrollmentSettings},
	enrollmentProxyPoint:    {cmdlet: "Add-CMEnrollmentProxyPoint", settings: enrollmentProxySettings},
	gatewayConnection:       {cmdlet: "Add-CMCloudManagementGatewayConnectionPoint", settings: gatewaySettings},
	dataWarehouse:           {cmdlet: "Add-CMDataWarehouseServicePoint", settings: warehouseSettings},
	certificateRegistration: {cmdlet: "Add-CMCertificateRegistrationPoint", settings: registrationSettings},
	exchangeConnector: {cmdlet: "New-CMExchangeServer", anywhere: true, settings: func(p *parameters, _ *model.Assignment) {
		p.add("ServerAddress", placeholderExchangeAddress)
	}},
}

// Words of the cmdlets for the words of the model.
var (
	connectionTypes = map[string]string{
		model.ConnectionsIntranet: "Intranet", model.ConnectionsInternet: "Internet", model.ConnectionsInternetAndIntranet: "InternetAndIntranet",
	}
	communicationTypes = map[string]string{model.ProtocolHTTP: "Http", model.ProtocolHTTPS: "Https"}
	connectionModes    = map[string]string{model.ModeOnline: "Online", model.ModeOffline: "Offline"}
)

func managementPointSettings(p *parameters, a *model.Assignment, account string) {
	m := block(&p.reading, a.ManagementPoint)
	p.encrypted("EnableSsl", m.Protocol)
	p.translated("ClientConnectionType", m.ClientConnections, connectionTypes)
	optional(p, "AllowDevice", m.AllowMobileDevices)
	optional(p, "EnableCloudGateway", m.AllowCMGTraffic)
	optional(p, account, m.DatabaseConnectionAccount)
	if replica, ok := read(&p.reading, m.DatabaseReplica); ok {
		optional(p, "SqlServerFqdn", replica.Server)
		optional(p, "SqlServerInstanceName", replica.Instance)
		optional(p, "DatabaseName", replica.DatabaseName)
	}
}

func addedDistributionPoint(p *parameters, a *model.Assignment) {
	d := block(&p.reading, a.DistributionPoint)
	certificateParameters(p, d)
	p.encrypted("EnableSsl", d.Protocol)
	contentParameters(p, d, "MinimumFreeSpaceMB")
	optional(p, "InstallInternetServer", d.InstallIIS)
	distributionPointSettings(p, d)
}

// changedDistributionPoint gives the distribution point of a secondary site server what
// the cmdlet that creates the site does not.
func changedDistributionPoint(p *parameters, a *model.Assignment) {
	distributionPointSettings(p, block(&p.reading, a.DistributionPoint))
}

// certificateParameters add the certificate of a distribution point: without a setting
// it is a self-signed one.
func certificateParameters(p *parameters, d *model.DistributionPoint) {
	if orDefault(&p.reading, d.Certificate, model.CertificateSelfSigned) == model.CertificatePKI {
		p.add("CertificatePath", placeholderCertificatePath)
		p.add("CertificatePassword", placeholderCertificatePassword)
		return
	}
	p.required("CertificateExpirationTimeUtc", d.CertificateExpiration, placeholderCertificateExpiration)
}

// contentParameters add where a distribution point keeps content.
func contentParameters(p *parameters, d *model.DistributionPoint, freeSpace string) {
	optional(p, freeSpace, d.MinimumFreeSpace)
	optional(p, "PrimaryContentLibraryLocation", d.PrimaryContentDrive)
	optional(p, "SecondaryContentLibraryLocation", d.SecondaryContentDrive)
	optional(p, "PrimaryPackageShareLocation", d.PrimaryPackageDrive)
	optional(p, "SecondaryPackageShareLocation", d.SecondaryPackageDrive)
}

// distributionPointSettings add the settings that the cmdlets which add and change a
// distribution point name alike.
func distributionPointSettings(p *parameters, d *model.DistributionPoint) {
	p.translated("ClientConnectionType", d.ClientConnections, connectionTypes)
	optional(p, "AllowPreStaging", d.AllowPrestagedContent)
	optional(p, "EnableAnonymous", d.AllowAnonymous)
	if service, ok := read(&p.reading, d.PXE); ok {
		p.add("EnablePxe", true)
		p.add("AllowPxeResponse", true)
		p.add("EnableNonWdsPxe", service == model.PXEResponder)
		optional(p, "PxeServerResponseDelaySec", d.PXEResponseDelay)
	}
	if m, ok := read(&p.reading, d.Multicast); ok {
		p.add("EnableMulticast", true)
		optional(p, "MulticastMaximumClientCount", m.MaximumClients)
		if m.MinimumSessionSize.IsKnown() || m.SessionStartDelay.IsKnown() {
			// They are settings of scheduled sessions.
			p.add("EnableScheduledMulticast", true)
		}
		optional(p, "MinimumSessionSize", m.MinimumSessionSize)
		optional(p, "SessionStartDelayMins", m.SessionStartDelay)
		optional(p, "StartUdpPort", m.UDPPortStart)
		optional(p, "EndUdpPort", m.UDPPortEnd)
		optional(p, "UserName", m.ConnectionAccount)
	}
	if sources, ok := pullSources(&p.reading, d); ok {
		p.add("EnablePullDP", true)
		p.add("SourceDistributionPoint", hostsOf(sources))
		if ranks := ranksOf(sources); ranks != nil {
			p.add("SourceDPRank", ranks)
		}
	}
}

// pullSource is a source of a pull-distribution point.
type pullSource struct {
	host   string
	rank   int64
	ranked bool
}

// pullSources returns the sources of a pull-distribution point, the first one to ask
// first, and whether it is one.
func pullSources(r *reading, d *model.DistributionPoint) ([]pullSource, bool) {
	declared, ok := read(r, d.PullSources)
	if !ok {
		return nil, false
	}
	sources := make([]pullSource, 0, len(declared))
	for _, fqdn := range slices.Sorted(maps.Keys(declared)) {
		rank, ranked := read(r, declared[fqdn])
		sources = append(sources, pullSource{host: model.FoldHost(fqdn), rank: rank, ranked: ranked})
	}
	slices.SortStableFunc(sources, func(a, b pullSource) int {
		return cmp.Or(-compareBool(a.ranked, b.ranked), cmp.Compare(a.rank, b.rank), strings.Compare(a.host, b.host))
	})
	return slices.CompactFunc(sources, func(a, b pullSource) bool { return a.host == b.host }), true
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

func hostsOf(sources []pullSource) []string {
	hosts := make([]string, len(sources))
	for i, s := range sources {
		hosts[i] = s.host
	}
	return hosts
}

// ranksOf returns the priorities of the sources, nil when none has one. A source
// without one is asked last, where others have theirs.
func ranksOf(sources []pullSource) []int64 {
	ranks := make([]int64, len(sources))
	ranked := false
	for i, s := range sources {
		ranks[i] = lastRank
		if s.ranked {
			ranks[i], ranked = s.rank, true
		}
	}
	if !ranked {
		return nil
	}
	return ranks
}

// lastRank is the lowest priority of a source.
const lastRank = 100

func softwareUpdatePointSettings(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.SoftwareUpdatePoint)
	updateServerParameters(p, s)
	optional(p, "ConnectionAccountUserName", s.WSUSConnectionAccount)
}

// updateServerParameters add what the cmdlet and the DSC resource name alike.
func updateServerParameters(p *parameters, s *model.SoftwareUpdatePoint) {
	p.encrypted("WsusSsl", s.Protocol)
	ports := wsusPorts(&p.reading, s)
	if ports.declared {
		p.add("WsusIisPort", ports.http)
		p.add("WsusIisSslPort", ports.https)
	}
	p.translated("ClientConnectionType", s.ClientConnections, connectionTypes)
	optional(p, "EnableCloudGateway", s.AllowCMGTraffic)
	optional(p, "UseProxy", s.UseProxy)
	optional(p, "UseProxyForAutoDeploymentRule", s.UseProxyForRules)
}

func reportingSettings(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.ReportingServicesPoint)
	p.required("UserName", s.Account, placeholderReportingAccount)
	optional(p, "ReportServerInstance", s.ReportServerInstance)
	optional(p, "FolderName", s.FolderName)
}

func connectionSettings(p *parameters, a *model.Assignment) {
	mode := block(&p.reading, a.ServiceConnectionPoint).Mode
	if word, ok := mode.Get(); ok {
		mode = model.Known(connectionModes[word])
	}
	p.required("Mode", mode, placeholderConnectionMode)
}

func endpointSettings(p *parameters, _ *model.Assignment) {
	p.add("ProtectionService", placeholderProtectionService)
	p.add("LicenseAgreed", placeholderEndpointLicense)
}

func enrollmentSettings(p *parameters, a *model.Assignment) {
	optional(p, "UserName", block(&p.reading, a.EnrollmentPoint).DatabaseConnectionAccount)
}

// enrollmentProxySettings add the enrollment point that the proxy talks to, which the
// cmdlet takes as an object.
func enrollmentProxySettings(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.EnrollmentProxyPoint)
	host, ok := read(&p.reading, s.EnrollmentPoint)
	if !ok {
		return
	}
	enrollment := &parameters{}
	enrollment.add("SiteSystemServerName", model.FoldHost(host))
	enrollment.required("SiteCode", a.DeclaredSite().NormalizedCode(), placeholderSiteCode)
	p.add("ServiceHost", enrollment.command("Get-CMEnrollmentPoint"))
}

func gatewaySettings(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.GatewayConnection)
	p.required("CloudManagementGatewayName", s.CloudManagementGateway, placeholderGateway)
}

func warehouseSettings(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.DataWarehouse)
	p.required("UserName", s.Account, placeholderWarehouseAccount)
	optional(p, "DataWarehouseDatabaseServerName", s.DatabaseServer)
	optional(p, "DataRetentionDays", s.RetentionDays)
}

func registrationSettings(p *parameters, a *model.Assignment) {
	s := block(&p.reading, a.CertificateRegistration)
	p.add("Certificate", placeholderRequestCertificates)
	optional(p, "ConnectionAccountUserName", s.DatabaseConnectionAccount)
}
