package model

import "fmt"

// The rules for the roles that clients talk to. Each row is one statement of the
// article "Determine the site system roles for clients" or of one it points to; the
// catalogue names the sources by the id.

var (
	limitClientsPerManagementPoint   = limit{25_000, articleSizeAndScale.At("Management point")}
	limitMacsPerManagementPoint      = limit{10_000, articleSizeAndScale.At("Management point")}
	limitDevicesPerManagementPoint   = limit{10_000, articleSizeAndScale.At("Management point")}
	limitClientsPerDistributionPoint = limit{4_000, articleSizeAndScale.At("Distribution point")}
)

// Conditions that several roles share.
var (
	hasClients = has(kindsOfClients...)
	hasWindows = has(kindWindows)
	// serving is a site whose clients need what the hierarchy is to do: a stand-alone
	// primary site in any case, others when clients are assigned to them.
	serving = anyOf(at(TierStandAlonePrimary), hasAssigned(kindsOfClients...))
	// content is deployed in packages that distribution points hold.
	wantsContent = anyOf(wantsApplications, wantsUpdates, wantsDefinitions)
	// exposed are clients on the internet that no cloud management gateway serves.
	exposed = allOf(onInternet, unless(wantsGateway))
)

// directClients are the clients that use the management points of the site itself:
// those behind a secondary site use its own, except Macs and mobile devices, which
// cannot.
func directClients(n *siteNeeds) Value[int64] {
	return sum(count(n.own, kindWindows, kindLegacy, kindLinux), count(n.assigned(), kindsOfDevices...))
}

// deviceManagementPoints is how many management points Macs and mobile devices need. At
// its limit one serves Macs or mobile devices, not both.
func deviceManagementPoints(n *siteNeeds) Value[int64] {
	return where(oneOfTiers(n.tiers, primaryTiers), sum(
		perServer(count(n.assigned(), kindMacOS), limitMacsPerManagementPoint),
		perServer(count(n.assigned(), kindEnrolled, kindMDM), limitDevicesPerManagementPoint),
	))
}

// managementPoints is how many a primary site needs. A secondary site has one.
func managementPoints(n *siteNeeds) Value[int64] {
	return largest(Known[int64](1), where(oneOfTiers(n.tiers, primaryTiers),
		largest(perServer(directClients(n), limitClientsPerManagementPoint), deviceManagementPoints(n))))
}

func distributionPoints(n *siteNeeds) Value[int64] {
	return largest(perServer(count(n.own, kindsOfClients...), limitClientsPerDistributionPoint), deviceDistributionPoints(n))
}

// deviceDistributionPoints is how many of them Macs and devices of on-premises mobile
// device management need.
func deviceDistributionPoints(n *siteNeeds) Value[int64] {
	primary := oneOfTiers(n.tiers, primaryTiers)
	macs := where(both(primary, allOf(wantsContent, unless(gatewayHasContent))(n).holds), count(n.own, kindMacOS))
	return perServer(sum(macs, where(primary, count(n.assigned(), kindMDM))), limitClientsPerDistributionPoint)
}

func fallbackStatusPoints(n *siteNeeds) Value[int64] {
	return perServer(count(n.own, kindWindows), limitFallbackClients)
}

var managementPointQuestion = roleQuestion{
	role: roleManagementPoint, least: managementPoints, devices: deviceManagementPoints,
	nothing: said{"REQ-MP-ANY", "There are no clients that would be assigned to the site and managed through a management point"},
	rules: []roleRule{
		{id: "REQ-SECONDARY", tiers: []Tier{TierSecondary}, want: RoleRequired,
			reason: "A secondary site has exactly one management point, which Setup puts on its site server; it need not be declared"},
		{id: "REQ-MP-ANY", tiers: primaryTiers, when: hasClients, want: RoleRequired,
			reason: "Every client is assigned to a primary site and managed through a management point of it"},
		{id: "REQ-PRIMARY-CLIENTS", tiers: primaryTiers, when: hasBehind(kindsOfClients...), want: RoleRequired,
			reason: "Clients at secondary sites are assigned to this primary site, which needs a management point of its own for them"},
		{devices: true, id: "REQ-MP-DEVICE", tiers: primaryTiers, when: has(kindMacOS, kindEnrolled), want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS, connections: ConnectionsInternetAndIntranet, devices: true},
			reason: "Macs and mobile devices that Configuration Manager enrolls need a management point already for the installation, in the primary site that they are assigned to: one that supports mobile devices and accepts connections from the internet"},
		{devices: true, id: "REQ-MP-DEVICE-SECONDARY", tiers: primaryTiers, when: hasBehind(kindMacOS, kindEnrolled), want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS, connections: ConnectionsInternetAndIntranet, devices: true},
			reason: "Macs and mobile devices at secondary sites cannot use the management points there: they need one of this primary site that supports mobile devices"},
		{devices: true, id: "REQ-MAC", tiers: primaryTiers, when: hasAssigned(kindMacOS), want: RoleRequired, set: roleDemand{protocol: ProtocolHTTPS, devices: true},
			reason: "Macs talk to management points over HTTPS only"},
		{devices: true, id: "REQ-MDM", tiers: primaryTiers, when: hasAssigned(kindMDM), want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS, connections: ConnectionsIntranet, devices: true},
			reason: "On-premises mobile device management needs a management point over HTTPS that supports mobile devices, reached on the intranet"},
		{id: "REQ-CMGCP", tiers: primaryTiers, when: allOf(wantsGateway, serving), want: RoleRequired, set: roleDemand{gateway: true},
			reason: "A cloud management gateway passes its clients on to a management point that accepts its traffic, with HTTPS or at a site with enhanced HTTP"},
		{id: "REQ-INTERNET-ALT", tiers: primaryTiers, when: exposed, want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS, connections: ConnectionsInternetAndIntranet},
			reason: "Clients on the internet without a cloud management gateway need a management point over HTTPS that the internet can reach"},
		{id: "REQ-BITLOCKER", from: bitLockerIntroduced.version, before: bitLockerWithoutTLS.version, tiers: primaryTiers, when: allOf(wantsBitLocker, serving), want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS},
			reason: "BitLocker management sends recovery keys to a management point, up to version 2010 over HTTPS only"},
		{id: "REQ-BITLOCKER", from: bitLockerWithoutTLS.version, tiers: primaryTiers, when: allOf(wantsBitLocker, serving), want: RoleRequired,
			reason: "BitLocker management sends recovery keys to a management point"},
		{id: "REQ-MP-COUNT", tiers: primaryTiers, when: allOf(hasAssigned(kindsOfClients...), moreThan(1, managementPoints)),
			reason: fmt.Sprintf("One management point serves up to %d clients, and at its limit either %d Macs or %d mobile devices: the numbers need several",
				limitClientsPerManagementPoint.value, limitMacsPerManagementPoint.value, limitDevicesPerManagementPoint.value)},
		{id: "REQ-MP-AUTOSELECT", tiers: primaryTiers, when: allOf(hasAssigned(kindsOfClients...), moreThan(1, managementPoints)),
			reason: "Clients choose among several management points by forest membership and network location"},
		{id: "REQ-MP-INSTALL-WINDOWS", tiers: clientTiers, when: installedFrom(InstallFromDistributionPoint),
			reason: "Windows clients are installed from a distribution point by default and fall back to a management point when none is available"},
		{id: "REQ-MP-INSTALL-WINDOWS", tiers: clientTiers, when: installedFrom(InstallFromManagementPoint),
			reason: "Windows clients that do without distribution points are installed from a management point"},
		{id: "REQ-MP-SOURCE-USE", tiers: clientTiers, when: installedFrom(InstallFromAlternative),
			reason: "CCMSetup with /source keeps the installation off the management point, as on the internet, behind a firewall or with little bandwidth, but not the management"},
		{id: "REQ-MP-DEVICE-SECONDARY", tiers: []Tier{TierSecondary}, when: has(kindsOfDevices...),
			reason: "Macs and mobile devices cannot use the management point of a secondary site: they need one of the primary site that they are assigned to"},
		{id: "REQ-WORKGROUP", tiers: clientTiers, when: workgroup,
			reason: "Clients in a workgroup find a management point by DNS, are approved by hand, and need HTTPS, enhanced HTTP or a network access account"},
		{id: "REQ-EXC", when: has(kindExchange),
			reason: "Devices of the Exchange Server connector need no management point"},
	},
}

var distributionPointQuestion = roleQuestion{
	role: roleDistributionPoint, least: distributionPoints, devices: deviceDistributionPoints,
	nothing: said{"REQ-DP-CONTENT", "There is nothing that clients would get from a distribution point"},
	rules: []roleRule{
		{id: "REQ-DP-CONTENT", tiers: clientTiers, when: allOf(wantsContent, hasClients, unless(gatewayHasContent)), want: RoleRequired,
			reason: "Clients get applications, packages and software updates from a distribution point"},
		{id: "REQ-DP-CONTENT", tiers: clientTiers, when: allOf(wantsContent, hasClients, gatewayHasContent), want: RoleRecommended,
			reason: "A cloud management gateway with content can serve clients instead of a distribution point"},
		{id: "REQ-DP-CONTENT", tiers: clientTiers, when: allOf(wantsNoPackages, hasClients), want: RoleRecommended,
			reason: "Clients that download software updates from Microsoft Update need a distribution point as a fallback only"},
		{id: "REQ-DP-OSD", tiers: primaryTiers, when: allOf(anyOf(wantsOSDeployment, wantsPXE, wantsMulticast), serving), want: RoleRequired,
			reason: "An operating system image is stored on a distribution point and fetched from it"},
		{id: "REQ-DP-OSD", tiers: []Tier{TierSecondary}, when: allOf(anyOf(wantsOSDeployment, wantsPXE, wantsMulticast), hasClients), want: RoleRequired,
			reason: "An operating system image is stored on a distribution point and fetched from it"},
		{id: "REQ-DP-OSD", tiers: clientTiers, when: installedFrom(InstallWithOSDeployment), want: RoleRequired,
			reason: "A client that is installed with its operating system comes with an image from a distribution point"},
		{id: "REQ-PXE-DP", tiers: primaryTiers, when: allOf(wantsPXE, serving), want: RoleRequired, set: roleDemand{pxe: PXEResponder},
			reason: "Computers start from the network at a distribution point with PXE"},
		{id: "REQ-PXE-DP", tiers: primaryTiers, when: allOf(wantsMulticast, serving), want: RoleRequired, set: roleDemand{multicast: true},
			reason: "Images are sent by multicast from a distribution point with multicast, on a Windows Server with Windows Deployment Services"},
		{id: "REQ-PXE-DP", tiers: primaryTiers, when: allOf(wantsPXE, wantsMulticast, serving), want: RoleRequired, set: roleDemand{pxe: PXEWindowsDeploymentServices},
			reason: "A distribution point with multicast has Windows Deployment Services, which then answer PXE as well"},
		{devices: true, id: "REQ-MDM", tiers: primaryTiers, when: hasAssigned(kindMDM), want: RoleRequired, set: roleDemand{protocol: ProtocolHTTPS},
			reason: "On-premises mobile device management needs a distribution point over HTTPS"},
		{id: "REQ-DP-MOBILE-LEGACY", tiers: clientTiers, when: has(kindLegacy), want: RoleRequired,
			reason: "The mobile device legacy client is installed from a distribution point"},
		{devices: true, id: "REQ-MAC", tiers: primaryTiers, when: allOf(has(kindMacOS), wantsContent, unless(gatewayHasContent)), want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS, connections: ConnectionsInternetAndIntranet},
			reason: "Macs get software from a distribution point over HTTPS that accepts connections from the internet"},
		{id: "REQ-INTERNET-ALT", tiers: primaryTiers, when: allOf(wantsContent, exposed, unless(gatewayHasContent)), want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS, connections: ConnectionsInternetAndIntranet},
			reason: "Clients on the internet without a cloud management gateway need a distribution point over HTTPS that the internet can reach"},
		{id: "REQ-DP-WINDOWS-INSTALL", tiers: clientTiers, when: installedFrom(InstallFromDistributionPoint), want: RoleRecommended,
			reason: "Windows clients are installed from a distribution point by default; they do without one, from a management point"},
		{id: "REQ-DP-WINDOWS-INSTALL", tiers: clientTiers, when: installedFrom(InstallFromManagementPoint), want: RoleOptional,
			reason: "Windows clients can be installed from a management point without any distribution point"},
		{id: "REQ-DP-WINDOWS-INSTALL", tiers: clientTiers, when: installedFrom(InstallFromAlternative), want: RoleOptional,
			reason: "Windows clients that are installed with CCMSetup and /source need no distribution point for it"},
		{id: "REQ-SECONDARY", tiers: []Tier{TierSecondary}, want: RoleOptional,
			reason: "Setup puts one distribution point on the site server of a secondary site; it can be moved or removed"},
		{id: "REQ-DP-COUNT", tiers: clientTiers, when: allOf(hasClients, moreThan(1, distributionPoints)),
			reason: fmt.Sprintf("One distribution point is planned for up to %d clients: the numbers need several where one is needed", limitClientsPerDistributionPoint.value)},
		{id: "REQ-DP-MOBILE-ENROLLED", when: has(kindEnrolled),
			reason: "Mobile devices that Configuration Manager enrolls do not install their client from a distribution point"},
		{id: "REQ-EXC", when: has(kindExchange),
			reason: "Devices of the Exchange Server connector need no distribution point"},
	},
}

var fallbackStatusPointQuestion = roleQuestion{
	role: roleFallbackStatusPoint, least: fallbackStatusPoints,
	nothing: said{"REQ-FSP-WINDOWS-ONLY", "Only Windows computers use a fallback status point, and there are none"},
	rules: []roleRule{
		{id: "REQ-FSP-CONDITIONS", tiers: primaryTiers, when: allOf(riskOutweighs, hasWindows), want: RoleForbidden,
			reason: "The risk of a web site with unauthenticated connections in clear text outweighs the benefit: a fallback status point is not to be installed"},
		{id: "REQ-RSP-FSP", tiers: primaryTiers, when: allOf(wantsFSPReports, hasWindows, allFallbackConditions), want: RoleRequired,
			reason: "The client deployment reports show what clients sent to the fallback status point that they are assigned to"},
		{id: "REQ-FSP-CONDITIONS", tiers: primaryTiers, when: allOf(hasWindows, allFallbackConditions), want: RoleRecommended,
			set:    roleDemand{protocol: ProtocolHTTP, dedicatedServer: true},
			reason: "All four conditions hold under which a fallback status point is worth its risk"},
		{id: "REQ-FSP-CONDITIONS", tiers: primaryTiers, when: allOf(hasWindows, someFallbackLeft, unless(someFallbackFailed)), want: RoleOptional,
			reason: "A fallback status point is worth its risk only when all four conditions hold, and not all of them are decided"},
		{id: "REQ-FSP-CONDITIONS", tiers: primaryTiers, when: allOf(hasWindows, someFallbackFailed),
			reason: "A fallback status point is worth its risk only when all four conditions hold, and one does not"},
		{id: "REQ-FSP-UNMANAGED", tiers: primaryTiers, when: allOf(hasWindows, unless(someFallbackFailed)),
			reason: "It monitors the deployment of Windows clients and shows the computers that are unmanaged because they cannot reach a management point"},
		{id: "REQ-FSP-HTTP-RISK", tiers: primaryTiers, when: allOf(hasWindows, unless(someFallbackFailed)),
			reason: "It talks to clients over HTTP, without authentication and in clear text: give it a server of its own with no other role"},
		{id: "REQ-FSP-HTTP-RISK", tiers: primaryTiers, when: allOf(onInternet, unless(someFallbackFailed)),
			reason: "Clients on the internet make a fallback status point still easier to attack"},
		{id: "REQ-FSP-ASSIGN", tiers: primaryTiers, when: allOf(hasWindows, allFallbackConditions),
			reason: "Clients learn of their fallback status point while they are installed: install it before them"},
		{id: "REQ-FSP-NOT-HEALTH", tiers: primaryTiers, when: wantsHealth,
			reason: "Client activity and client health are monitored without a fallback status point"},
		{id: "REQ-FSP-WINDOWS-ONLY", tiers: primaryTiers, when: has(kindMacOS, kindEnrolled, kindExchange),
			reason: "Macs, enrolled mobile devices and devices of the Exchange Server connector do not use a fallback status point"},
	},
}

// requiredForEnrollment serves the enrollment point and the enrollment proxy point, which come
// together.
var requiredForEnrollment = []roleRule{
	{id: "REQ-EP-MOBILE", tiers: primaryTiers, when: hasAssigned(kindEnrolled), want: RoleRequired,
		reason: "Mobile devices that Configuration Manager enrolls do so through an enrollment proxy point and an enrollment point"},
	{id: "REQ-EP-MAC", tiers: primaryTiers, when: macsWith(CertificatesEnrolled), want: RoleRequired,
		reason: "Macs that get their certificates through Configuration Manager enroll for them through an enrollment proxy point and an enrollment point"},
	{id: "REQ-MDM", tiers: primaryTiers, when: hasAssigned(kindMDM), want: RoleRequired,
		reason: "On-premises mobile device management enrolls devices through an enrollment proxy point and an enrollment point"},
	{id: "REQ-EP-DEPR", tiers: primaryTiers, when: anyOf(hasAssigned(kindEnrolled, kindMDM), macsWith(CertificatesEnrolled)),
		reason: "The role is deprecated together with on-premises mobile device management and the client for macOS, and Windows Server 2025 cannot hold it"},
	{id: "REQ-EP-MAC-INDEP", when: macsWith(CertificatesIndependent),
		reason: "Macs whose certificates are requested and installed independently of Configuration Manager do not enroll"},
	{id: "REQ-EP-EXCHANGE", when: has(kindExchange),
		reason: "Devices of the Exchange Server connector do not enroll"},
	{id: "REQ-EP-LEGACY", when: has(kindLegacy),
		reason: "Devices with the mobile device legacy client do not enroll"},
}

var enrollmentPointQuestion = roleQuestion{
	role: roleEnrollmentPoint, nothing: said{"REQ-EP-MOBILE", "There is nothing to enroll"}, rules: requiredForEnrollment,
}

var enrollmentProxyPointQuestion = roleQuestion{
	role: roleEnrollmentProxyPoint, nothing: said{"REQ-EP-MOBILE", "There is nothing to enroll"}, rules: requiredForEnrollment,
}

var exchangeConnectorQuestion = roleQuestion{
	role: roleExchangeConnector, nothing: said{"REQ-EXC", "No devices are managed through Exchange Server"},
	rules: []roleRule{
		{id: "REQ-EXC", tiers: primaryTiers, when: hasAssigned(kindExchange), want: RoleRequired,
			reason: "Devices are managed through the Exchange Server connector"},
	},
}
