package needs

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// The rules for the roles that clients talk to. Each row is one statement of the
// article "Determine the site system roles for clients" or of one it points to; the
// catalog names the sources by the id.

// Conditions that several roles share.
var (
	hasClients = has(model.KindsOfClients...)
	hasWindows = has(model.KindWindows)
	// serving is a site whose clients need what the hierarchy is to do: a stand-alone
	// primary site in any case, others when clients are assigned to them.
	serving = anyOf(at(product.TierStandAlonePrimary), hasAssigned(model.KindsOfClients...))
	// content is deployed in packages that distribution points hold.
	wantsContent = anyOf(wantsApplications, wantsUpdates, wantsDefinitions)
	// exposed are clients on the internet that no cloud management gateway serves.
	exposed = allOf(onInternet, unless(wantsGateway))
)

// directClients are the clients that use the management points of the site itself:
// those behind a secondary site use its own, except Macs and mobile devices, which
// cannot.
func directClients(n *siteNeeds) model.Value[int64] {
	return sum(count(n.own, model.KindWindows, model.KindLegacy, model.KindLinux), count(n.assigned(), model.KindsOfDevices...))
}

// deviceManagementPoints is how many management points Macs and mobile devices need. At
// its limit one serves Macs or mobile devices, not both.
func deviceManagementPoints(n *siteNeeds) model.Value[int64] {
	return where(oneOfTiers(n.tiers, product.PrimaryTiers), sum(
		perServer(count(n.assigned(), model.KindMacOS), product.LimitMacsPerManagementPoint),
		perServer(count(n.assigned(), model.KindEnrolled, model.KindMDM), product.LimitDevicesPerManagementPoint),
	))
}

// managementPoints is how many a primary site needs. A secondary site has one.
func managementPoints(n *siteNeeds) model.Value[int64] {
	return largest(model.Known[int64](1), where(oneOfTiers(n.tiers, product.PrimaryTiers),
		largest(perServer(directClients(n), product.LimitClientsPerManagementPoint), deviceManagementPoints(n))))
}

func distributionPoints(n *siteNeeds) model.Value[int64] {
	return largest(perServer(count(n.own, model.KindsOfClients...), product.LimitClientsPerDistributionPoint), deviceDistributionPoints(n))
}

// deviceDistributionPoints is how many of them Macs and devices of on-premises mobile
// device management need.
func deviceDistributionPoints(n *siteNeeds) model.Value[int64] {
	primary := oneOfTiers(n.tiers, product.PrimaryTiers)
	macs := where(model.Both(primary, allOf(wantsContent, unless(gatewayHasContent))(n).holds), count(n.own, model.KindMacOS))
	return perServer(sum(macs, where(primary, count(n.assigned(), model.KindMDM))), product.LimitClientsPerDistributionPoint)
}

func fallbackStatusPoints(n *siteNeeds) model.Value[int64] {
	return perServer(count(n.own, model.KindWindows), product.LimitFallbackClients)
}

var managementPointQuestion = roleQuestion{
	Role: product.RoleManagementPoint, least: managementPoints, devices: deviceManagementPoints,
	nothing: said{"REQ-MP-ANY", "There are no clients that would be assigned to the site and managed through a management point"},
	Rules: []RoleRule{
		{ID: "REQ-SECONDARY", tiers: []product.Tier{product.TierSecondary}, Want: model.RoleRequired,
			reason: "A secondary site has exactly one management point, which Setup puts on its site server; it need not be declared"},
		{ID: "REQ-MP-ANY", tiers: product.PrimaryTiers, when: hasClients, Want: model.RoleRequired,
			reason: "Every client is assigned to a primary site and managed through a management point of it"},
		{ID: "REQ-PRIMARY-CLIENTS", tiers: product.PrimaryTiers, when: hasBehind(model.KindsOfClients...), Want: model.RoleRequired,
			reason: "Clients at secondary sites are assigned to this primary site, which needs a management point of its own for them"},
		{Devices: true, ID: "REQ-MP-DEVICE", tiers: product.PrimaryTiers, when: has(model.KindMacOS, model.KindEnrolled), Want: model.RoleRequired,
			Set: RoleDemand{Protocol: model.ProtocolHTTPS, Connections: model.ConnectionsInternetAndIntranet, Devices: true},
			reason: "Macs and mobile devices that Configuration Manager enrolls need a management point already for the installation, in the primary site that " +
				"they are assigned to: one that supports mobile devices and accepts connections from the internet"},
		{Devices: true, ID: "REQ-MP-DEVICE-SECONDARY", tiers: product.PrimaryTiers, when: hasBehind(model.KindMacOS, model.KindEnrolled), Want: model.RoleRequired,
			Set: RoleDemand{Protocol: model.ProtocolHTTPS, Connections: model.ConnectionsInternetAndIntranet, Devices: true},
			reason: "Macs and mobile devices at secondary sites cannot use the management points there: they need one of this primary site that supports mobile " +
				"devices"},
		{Devices: true, ID: "REQ-MAC", tiers: product.PrimaryTiers, when: hasAssigned(model.KindMacOS), Want: model.RoleRequired, Set: RoleDemand{Protocol: model.ProtocolHTTPS, Devices: true},
			reason: "Macs talk to management points over HTTPS only"},
		{Devices: true, ID: "REQ-MDM", tiers: product.PrimaryTiers, when: hasAssigned(model.KindMDM), Want: model.RoleRequired,
			Set:    RoleDemand{Protocol: model.ProtocolHTTPS, Connections: model.ConnectionsIntranet, Devices: true},
			reason: "On-premises mobile device management needs a management point over HTTPS that supports mobile devices, reached on the intranet"},
		{ID: "REQ-CMGCP", tiers: product.PrimaryTiers, when: allOf(wantsGateway, serving), Want: model.RoleRequired, Set: RoleDemand{Gateway: true},
			reason: "A cloud management gateway passes its clients on to a management point that accepts its traffic, with HTTPS or at a site with enhanced HTTP"},
		{ID: "REQ-INTERNET-ALT", tiers: product.PrimaryTiers, when: exposed, Want: model.RoleRequired,
			Set:    RoleDemand{Protocol: model.ProtocolHTTPS, Connections: model.ConnectionsInternetAndIntranet},
			reason: "Clients on the internet without a cloud management gateway need a management point over HTTPS that the internet can reach"},
		{ID: "REQ-BITLOCKER", from: product.BitLockerIntroduced.Version, before: product.BitLockerWithoutTLS.Version, tiers: product.PrimaryTiers, when: allOf(wantsBitLocker, serving), Want: model.RoleRequired,
			Set:    RoleDemand{Protocol: model.ProtocolHTTPS},
			reason: "BitLocker management sends recovery keys to a management point, up to version 2010 over HTTPS only"},
		{ID: "REQ-BITLOCKER", from: product.BitLockerWithoutTLS.Version, tiers: product.PrimaryTiers, when: allOf(wantsBitLocker, serving), Want: model.RoleRequired,
			reason: "BitLocker management sends recovery keys to a management point"},
		{ID: "REQ-MP-COUNT", tiers: product.PrimaryTiers, when: allOf(hasAssigned(model.KindsOfClients...), moreThan(1, managementPoints)),
			reason: fmt.Sprintf("One management point serves up to %d clients, and at its limit either %d Macs or %d mobile devices: the numbers need several",
				product.LimitClientsPerManagementPoint.Value, product.LimitMacsPerManagementPoint.Value, product.LimitDevicesPerManagementPoint.Value)},
		{ID: "REQ-MP-AUTOSELECT", tiers: product.PrimaryTiers, when: allOf(hasAssigned(model.KindsOfClients...), moreThan(1, managementPoints)),
			reason: "Clients choose among several management points by forest membership and network location"},
		{ID: "REQ-MP-INSTALL-WINDOWS", tiers: product.ClientTiers, when: installedFrom(model.InstallFromDistributionPoint),
			reason: "Windows clients are installed from a distribution point by default and fall back to a management point when none is available"},
		{ID: "REQ-MP-INSTALL-WINDOWS", tiers: product.ClientTiers, when: installedFrom(model.InstallFromManagementPoint),
			reason: "Windows clients that use no distribution point are installed from a management point"},
		{ID: "REQ-MP-SOURCE-USE", tiers: product.ClientTiers, when: installedFrom(model.InstallFromAlternative),
			reason: "CCMSetup with /source keeps the installation off the management point, as on the internet, behind a firewall or with little bandwidth, but " +
				"not the management"},
		{ID: "REQ-MP-DEVICE-SECONDARY", tiers: []product.Tier{product.TierSecondary}, when: has(model.KindsOfDevices...),
			reason: "Macs and mobile devices cannot use the management point of a secondary site: they need one of the primary site that they are assigned to"},
		{ID: "REQ-WORKGROUP", tiers: product.ClientTiers, when: workgroup,
			reason: "Clients in a workgroup find a management point by DNS, are approved by hand, and need HTTPS, enhanced HTTP or a network access account"},
		{ID: "REQ-EXC", when: has(model.KindExchange),
			reason: "Devices of the Exchange Server connector need no management point"},
	},
}

var distributionPointQuestion = roleQuestion{
	Role: product.RoleDistributionPoint, least: distributionPoints, devices: deviceDistributionPoints,
	nothing: said{"REQ-DP-CONTENT", "There is nothing that clients would get from a distribution point"},
	Rules: []RoleRule{
		{ID: "REQ-DP-CONTENT", tiers: product.ClientTiers, when: allOf(wantsContent, hasClients, unless(gatewayHasContent)), Want: model.RoleRequired,
			reason: "Clients get applications, packages and software updates from a distribution point"},
		{ID: "REQ-DP-CONTENT", tiers: product.ClientTiers, when: allOf(wantsContent, hasClients, gatewayHasContent), Want: model.RoleRecommended,
			reason: "A cloud management gateway with content can serve clients instead of a distribution point"},
		{ID: "REQ-DP-CONTENT", tiers: product.ClientTiers, when: allOf(wantsNoPackages, hasClients), Want: model.RoleRecommended,
			reason: "Clients that download software updates from Microsoft Update need a distribution point as a fallback only"},
		{ID: "REQ-DP-OSD", tiers: product.PrimaryTiers, when: allOf(anyOf(wantsOSDeployment, wantsPXE, wantsMulticast), serving), Want: model.RoleRequired,
			reason: "An operating system image is stored on a distribution point and fetched from it"},
		{ID: "REQ-DP-OSD", tiers: []product.Tier{product.TierSecondary}, when: allOf(anyOf(wantsOSDeployment, wantsPXE, wantsMulticast), hasClients), Want: model.RoleRequired,
			reason: "An operating system image is stored on a distribution point and fetched from it"},
		{ID: "REQ-DP-OSD", tiers: product.ClientTiers, when: installedFrom(model.InstallWithOSDeployment), Want: model.RoleRequired,
			reason: "A client that is installed with its operating system comes with an image from a distribution point"},
		{ID: "REQ-PXE-DP", tiers: product.PrimaryTiers, when: allOf(wantsPXE, serving), Want: model.RoleRequired, Set: RoleDemand{PXE: model.PXEResponder},
			reason: "Computers start from the network at a distribution point with PXE"},
		{ID: "REQ-PXE-DP", tiers: product.PrimaryTiers, when: allOf(wantsMulticast, serving), Want: model.RoleRequired, Set: RoleDemand{Multicast: true},
			reason: "Images are sent by multicast from a distribution point with multicast, on a Windows Server with Windows Deployment Services"},
		{ID: "REQ-PXE-DP", tiers: product.PrimaryTiers, when: allOf(wantsPXE, wantsMulticast, serving), Want: model.RoleRequired, Set: RoleDemand{PXE: model.PXEWindowsDeploymentServices},
			reason: "A distribution point with multicast has Windows Deployment Services, which then answer PXE as well"},
		{Devices: true, ID: "REQ-MDM", tiers: product.PrimaryTiers, when: hasAssigned(model.KindMDM), Want: model.RoleRequired, Set: RoleDemand{Protocol: model.ProtocolHTTPS},
			reason: "On-premises mobile device management needs a distribution point over HTTPS"},
		{ID: "REQ-DP-MOBILE-LEGACY", tiers: product.ClientTiers, when: has(model.KindLegacy), Want: model.RoleRequired,
			reason: "The mobile device legacy client is installed from a distribution point"},
		{Devices: true, ID: "REQ-MAC", tiers: product.PrimaryTiers, when: allOf(has(model.KindMacOS), wantsContent, unless(gatewayHasContent)), Want: model.RoleRequired,
			Set:    RoleDemand{Protocol: model.ProtocolHTTPS, Connections: model.ConnectionsInternetAndIntranet},
			reason: "Macs get software from a distribution point over HTTPS that accepts connections from the internet"},
		{ID: "REQ-INTERNET-ALT", tiers: product.PrimaryTiers, when: allOf(wantsContent, exposed, unless(gatewayHasContent)), Want: model.RoleRequired,
			Set:    RoleDemand{Protocol: model.ProtocolHTTPS, Connections: model.ConnectionsInternetAndIntranet},
			reason: "Clients on the internet without a cloud management gateway need a distribution point over HTTPS that the internet can reach"},
		{ID: "REQ-DP-WINDOWS-INSTALL", tiers: product.ClientTiers, when: installedFrom(model.InstallFromDistributionPoint), Want: model.RoleRecommended,
			reason: "Windows clients are installed from a distribution point by default; without one, from a management point"},
		{ID: "REQ-DP-WINDOWS-INSTALL", tiers: product.ClientTiers, when: installedFrom(model.InstallFromManagementPoint), Want: model.RoleOptional,
			reason: "Windows clients can be installed from a management point without any distribution point"},
		{ID: "REQ-DP-WINDOWS-INSTALL", tiers: product.ClientTiers, when: installedFrom(model.InstallFromAlternative), Want: model.RoleOptional,
			reason: "Windows clients that are installed with CCMSetup and /source need no distribution point for it"},
		{ID: "REQ-INTERNET-ALT", tiers: product.ClientTiers, when: divertedInstallation, Want: model.RoleOptional,
			reason: "Clients on the internet without a cloud management gateway cannot be installed from a distribution point of the intranet: install them from " +
				"another source, with CCMSetup and /source"},
		{ID: "REQ-SECONDARY", tiers: []product.Tier{product.TierSecondary}, Want: model.RoleOptional,
			reason: "Setup puts one distribution point on the site server of a secondary site; it can be moved or removed"},
		{ID: "REQ-DP-COUNT", tiers: product.ClientTiers, when: allOf(hasClients, moreThan(1, distributionPoints)),
			reason: fmt.Sprintf("One distribution point is planned for up to %d clients: the numbers need several where one is needed", product.LimitClientsPerDistributionPoint.Value)},
		{ID: "REQ-DP-MOBILE-ENROLLED", when: has(model.KindEnrolled),
			reason: "Mobile devices that Configuration Manager enrolls do not install their client from a distribution point"},
		{ID: "REQ-EXC", when: has(model.KindExchange),
			reason: "Devices of the Exchange Server connector need no distribution point"},
	},
}

var fallbackStatusPointQuestion = roleQuestion{
	Role: product.RoleFallbackStatusPoint, least: fallbackStatusPoints,
	nothing: said{"REQ-FSP-WINDOWS-ONLY", "Only Windows computers use a fallback status point, and there are none"},
	Rules: []RoleRule{
		{ID: "REQ-FSP-CONDITIONS", tiers: product.PrimaryTiers, when: allOf(riskOutweighs, hasWindows), Want: model.RoleForbidden,
			reason: "The risk of a web site with unauthenticated connections in clear text outweighs the benefit: a fallback status point is not to be installed"},
		{ID: "REQ-RSP-FSP", tiers: product.PrimaryTiers, when: allOf(wantsFSPReports, hasWindows, allFallbackConditions), Want: model.RoleRequired,
			reason: "The client deployment reports show what clients sent to the fallback status point that they are assigned to"},
		{ID: "REQ-FSP-CONDITIONS", tiers: product.PrimaryTiers, when: allOf(hasWindows, allFallbackConditions), Want: model.RoleRecommended,
			Set:    RoleDemand{Protocol: model.ProtocolHTTP, dedicatedServer: true},
			reason: "All four conditions hold under which a fallback status point is worth its risk"},
		{ID: "REQ-FSP-CONDITIONS", tiers: product.PrimaryTiers, when: allOf(hasWindows, someFallbackLeft, unless(someFallbackFailed)), Want: model.RoleOptional,
			reason: "A fallback status point is worth its risk only when all four conditions hold, and not all of them are decided"},
		{ID: "REQ-FSP-CONDITIONS", tiers: product.PrimaryTiers, when: allOf(hasWindows, someFallbackFailed),
			reason: "A fallback status point is worth its risk only when all four conditions hold, and one does not"},
		{ID: "REQ-FSP-UNMANAGED", tiers: product.PrimaryTiers, when: allOf(hasWindows, unless(someFallbackFailed)),
			reason: "It monitors the deployment of Windows clients and shows the computers that are unmanaged because they cannot reach a management point"},
		{ID: "REQ-FSP-HTTP-RISK", tiers: product.PrimaryTiers, when: allOf(hasWindows, unless(someFallbackFailed)),
			reason: "It talks to clients over HTTP, without authentication and in clear text: give it a server of its own with no other role"},
		{ID: "REQ-FSP-HTTP-RISK", tiers: product.PrimaryTiers, when: allOf(onInternet, unless(someFallbackFailed)),
			reason: "Clients on the internet make a fallback status point still easier to attack"},
		{ID: "REQ-FSP-ASSIGN", tiers: product.PrimaryTiers, when: allOf(hasWindows, allFallbackConditions),
			reason: "Clients learn of their fallback status point while they are installed: install it before them"},
		{ID: "REQ-FSP-NOT-HEALTH", tiers: product.PrimaryTiers, when: wantsHealth,
			reason: "Client activity and client health are monitored without a fallback status point"},
		{ID: "REQ-FSP-WINDOWS-ONLY", tiers: product.PrimaryTiers, when: has(model.KindMacOS, model.KindEnrolled, model.KindExchange),
			reason: "Macs, enrolled mobile devices and devices of the Exchange Server connector do not use a fallback status point"},
	},
}

// requiredForEnrollment serves the enrollment point and the enrollment proxy point, which come
// together.
var requiredForEnrollment = []RoleRule{
	{ID: "REQ-EP-MOBILE", tiers: product.PrimaryTiers, when: hasAssigned(model.KindEnrolled), Want: model.RoleRequired,
		reason: "Mobile devices that Configuration Manager enrolls do so through an enrollment proxy point and an enrollment point"},
	{ID: "REQ-EP-MAC", tiers: product.PrimaryTiers, when: macsWith(model.CertificatesEnrolled), Want: model.RoleRequired,
		reason: "Macs that get their certificates through Configuration Manager enroll for them through an enrollment proxy point and an enrollment point"},
	{ID: "REQ-MDM", tiers: product.PrimaryTiers, when: hasAssigned(model.KindMDM), Want: model.RoleRequired,
		reason: "On-premises mobile device management enrolls devices through an enrollment proxy point and an enrollment point"},
	{ID: "REQ-EP-DEPR", tiers: product.PrimaryTiers, when: anyOf(hasAssigned(model.KindEnrolled, model.KindMDM), macsWith(model.CertificatesEnrolled)),
		reason: "The role is deprecated together with on-premises mobile device management and the client for macOS, and Windows Server 2025 cannot hold it"},
	{ID: "REQ-EP-MAC-INDEP", when: macsWith(model.CertificatesIndependent),
		reason: "Macs whose certificates are requested and installed independently of Configuration Manager do not enroll"},
	{ID: "REQ-EP-EXCHANGE", when: has(model.KindExchange),
		reason: "Devices of the Exchange Server connector do not enroll"},
	{ID: "REQ-EP-LEGACY", when: has(model.KindLegacy),
		reason: "Devices with the mobile device legacy client do not enroll"},
}

var enrollmentPointQuestion = roleQuestion{
	Role: product.RoleEnrollmentPoint, nothing: said{"REQ-EP-MOBILE", "There is nothing to enroll"}, Rules: requiredForEnrollment,
}

var enrollmentProxyPointQuestion = roleQuestion{
	Role: product.RoleEnrollmentProxyPoint, nothing: said{"REQ-EP-MOBILE", "There is nothing to enroll"}, Rules: requiredForEnrollment,
}

var exchangeConnectorQuestion = roleQuestion{
	Role: product.RoleExchangeConnector, nothing: said{"REQ-EXC", "No devices are managed through Exchange Server"},
	Rules: []RoleRule{
		{ID: "REQ-EXC", tiers: product.PrimaryTiers, when: hasAssigned(model.KindExchange), Want: model.RoleRequired,
			reason: "Devices are managed through the Exchange Server connector"},
	},
}
