package model

import (
	"fmt"
	"strings"
)

// The rules for the roles that features of a hierarchy need.

// roleQuestions are the roles that an answer is about, those of clients first.
var roleQuestions = []roleQuestion{
	managementPointQuestion, distributionPointQuestion, fallbackStatusPointQuestion, reportingServicesPointQuestion,
	enrollmentPointQuestion, enrollmentProxyPointQuestion, gatewayConnectionQuestion, softwareUpdatePointQuestion,
	stateMigrationPointQuestion, serviceConnectionPointQuestion, endpointProtectionQuestion, dataWarehouseQuestion,
	assetIntelligenceQuestion, certificateRegistrationQuestion, exchangeConnectorQuestion,
}

// RequestableRoles lists the keys of the roles that an answer is about.
func RequestableRoles() []string {
	keys := make([]string, len(roleQuestions))
	for i, q := range roleQuestions {
		keys[i] = q.role
	}
	return keys
}

// updateClients are the clients that scan against the software update points of a site.
func updateClients(n *siteNeeds) Value[int64] { return count(n.assigned(), kindWindows) }

func softwareUpdatePoints(n *siteNeeds) Value[int64] {
	return perServer(updateClients(n), limitUpdateClientsDedicated)
}

var wantsAnyUpdates = anyOf(wantsUpdates, wantsNoPackages, wantsDefinitions)

var softwareUpdatePointQuestion = roleQuestion{
	role: roleSoftwareUpdatePoint, least: softwareUpdatePoints,
	nothing: said{"REQ-SUP", "No software updates are deployed to clients of the site"},
	rules: []roleRule{
		{id: "REQ-SUP", tiers: topTier, when: wantsAnyUpdates, want: RoleRequired,
			reason: "Software updates are synchronized at the top-level site of the hierarchy first"},
		{id: "REQ-SUP", tiers: []Tier{TierChildPrimary}, when: allOf(wantsAnyUpdates, hasAssigned(kindsOfClients...)), want: RoleRequired,
			reason: "Clients scan for software updates at a software update point of the primary site that they are assigned to"},
		{id: "SUP-CAP-COLO", tiers: primaryTiers, when: allOf(wantsAnyUpdates, moreThan(limitUpdateClientsShared.value, updateClients)), want: RoleRequired,
			set:    roleDemand{dedicatedServer: true},
			reason: fmt.Sprintf("A software update point that shares its server serves up to %d clients, one of its own up to %d", limitUpdateClientsShared.value, limitUpdateClientsDedicated.value)},
		{id: "REQ-CMGCP", tiers: primaryTiers, when: allOf(wantsAnyUpdates, wantsGateway, hasAssigned(kindsOfClients...)), want: RoleRequired, set: roleDemand{gateway: true},
			reason: "Clients on the internet scan for updates through the cloud management gateway, at a software update point that accepts its traffic"},
		{id: "REQ-INTERNET-ALT", tiers: primaryTiers, when: allOf(wantsAnyUpdates, exposed), want: RoleRequired,
			set:    roleDemand{protocol: ProtocolHTTPS, connections: ConnectionsInternetAndIntranet},
			reason: "Clients on the internet without a cloud management gateway need a software update point over HTTPS that the internet can reach"},
		{id: "REQ-SECONDARY", tiers: []Tier{TierSecondary}, when: allOf(wantsAnyUpdates, hasClients), want: RoleOptional,
			reason: "A secondary site may have one software update point, which saves its clients the way to the primary site"},
	},
}

var stateMigrationPointQuestion = roleQuestion{
	role: roleStateMigrationPoint, nothing: said{"REQ-SMP", "No user state is stored on servers"},
	rules: []roleRule{
		{id: "REQ-SMP", tiers: primaryTiers, when: allOf(wantsUserState, serving), want: RoleRequired,
			reason: "User state that operating system deployment keeps on a server is kept on a state migration point"},
		{id: "REQ-SMP", tiers: primaryTiers, when: allOf(wantsSideBySide, serving), want: RoleRecommended,
			reason: "A computer that replaces another one gets its user state from a state migration point or a network share"},
		{id: "REQ-SECONDARY", tiers: []Tier{TierSecondary}, when: allOf(anyOf(wantsUserState, wantsSideBySide), hasClients), want: RoleOptional,
			reason: "A secondary site may have a state migration point near its clients"},
	},
}

var reportingServicesPointQuestion = roleQuestion{
	role: roleReportingServicesPoint, nothing: said{"REQ-RSP-REPORTS", "There is nothing to report about at the site"},
	rules: []roleRule{
		{id: "REQ-RSP-FSP", tiers: primaryTiers, when: allOf(hasWindows, anyOf(wantsFSPReports, allFallbackConditions)), want: RoleRequired,
			reason: "The client deployment reports need a reporting services point, and clients that are assigned to a fallback status point"},
		{id: "REQ-DWSP", tiers: topTier, when: wantsWarehouse, want: RoleRequired,
			reason: "The reports of the data warehouse are shown by a reporting services point of the top-level site"},
		{id: "REQ-BITLOCKER", from: bitLockerIntroduced.version, tiers: primaryTiers, when: allOf(wantsBitLocker, serving), want: RoleRecommended,
			reason: "The reports of BitLocker management, that of the recovery audit among them, are shown by a reporting services point of the primary site"},
		{id: "REQ-RSP-REPORTS", tiers: upperTiers, when: wantsReporting, want: RoleRecommended,
			reason: "Reports are shown by a reporting services point"},
		{id: "REQ-RSP-REPORTS", tiers: primaryTiers, want: RoleRecommended,
			when: anyOf(
				allOf(anyOf(wantsApplications, wantsUpdates, wantsNoPackages, wantsOSDeployment, wantsEndpoint, wantsCatalog), hasClients),
				installedFrom(InstallWithOSDeployment), has(kindMacOS, kindEnrolled, kindMDM, kindExchange, kindLegacy)),
			reason: "Reports help to follow what is deployed and which clients are not managed"},
		{id: "REQ-RSP-REPORTS", tiers: primaryTiers, when: anyOf(hasClients, has(kindExchange)), want: RoleOptional,
			reason: "Reports are not needed to deploy clients: the console and the log files of clients tell about deployments too"},
		{id: "REQ-RSP-REPORTS", tiers: []Tier{TierCentralAdministration}, want: RoleOptional,
			reason: "Reports of a central administration site cover the whole hierarchy"},
	},
}

var gatewayConnectionQuestion = roleQuestion{
	role: roleGatewayConnection, nothing: said{"REQ-CMGCP", "No clients are managed through a cloud management gateway"},
	rules: []roleRule{
		{id: "REQ-CMGCP", tiers: primaryTiers, when: allOf(wantsGateway, serving), want: RoleRequired,
			reason: "A cloud management gateway reaches the site through a connection point"},
		{id: "REQ-TENANT-ATTACH", from: tenantAttachReleased.version, tiers: primaryTiers, when: wantsTenantAttach, want: RoleOptional,
			reason: "Tenant attach works without a cloud management gateway and its connection point"},
		{id: "REQ-INTERNET-ALT", tiers: primaryTiers, when: exposed, want: RoleOptional,
			reason: "Clients on the internet can be managed through a cloud management gateway instead of roles that the internet can reach"},
	},
}

var serviceConnectionPointQuestion = roleQuestion{
	role: roleServiceConnectionPoint,
	rules: []roleRule{
		{id: "REQ-CMGCP", tiers: topTier, when: wantsGateway, want: RoleRequired, set: roleDemand{mode: ModeOnline},
			reason: "A cloud management gateway is set up and watched by a service connection point in online mode"},
		{id: "REQ-TENANT-ATTACH", from: tenantAttachReleased.version, tiers: topTier, when: wantsTenantAttach, want: RoleRequired, set: roleDemand{mode: ModeOnline},
			reason: "Tenant attach needs a service connection point in online mode; the administration service comes with the SMS Provider"},
		{id: "REQ-SCP", tiers: topTier, want: RoleRecommended,
			reason: "Updates of the product come to the console through a service connection point"},
	},
}

var endpointProtectionQuestion = roleQuestion{
	role: roleEndpointProtection, nothing: said{"REQ-EPP", "Endpoint Protection is not managed"},
	rules: []roleRule{
		{id: "REQ-EPP", tiers: topTier, when: wantsEndpoint, want: RoleRequired,
			reason: "Endpoint Protection is managed with one Endpoint Protection point at the top-level site"},
	},
}

var dataWarehouseQuestion = roleQuestion{
	role: roleDataWarehouse, nothing: said{"REQ-DWSP", "No long-term history is kept"},
	rules: []roleRule{
		{id: "REQ-DWSP", tiers: topTier, when: wantsWarehouse, want: RoleRequired,
			reason: "Long-term history is kept by a data warehouse service point at the top-level site"},
	},
}

// The first version that does not have the Asset Intelligence synchronization point.
var catalogSynchronizationRemoved = milestone{2603, articleWhatsNew2603.Source()}

var assetIntelligenceQuestion = roleQuestion{
	role: roleAssetIntelligence, nothing: said{"REQ-AISP", "The Asset Intelligence catalog is not synchronized"},
	rules: []roleRule{
		{id: "REQ-AISP", from: catalogSynchronizationRemoved.version, tiers: topTier, want: RoleForbidden,
			reason: "The role cannot be added any more"},
		{id: "REQ-AISP", before: catalogSynchronizationRemoved.version, tiers: topTier, when: wantsCatalog, want: RoleRequired,
			reason: "The Asset Intelligence catalog is synchronized by an Asset Intelligence synchronization point at the top-level site"},
	},
}

var certificateRegistrationQuestion = roleQuestion{
	role: roleCertificateRegistration, nothing: said{"REQ-CRP", "No certificates are requested for clients"},
	rules: []roleRule{
		{id: "REQ-CRP", from: versionCertificateRegistration.version, tiers: upperTiers, want: RoleForbidden,
			reason: "The role is not supported any more: Microsoft Intune deploys certificate profiles"},
		{id: "REQ-CRP", before: versionCertificateRegistration.version, tiers: topTier, when: wantsCertificates, want: RoleRequired,
			reason: "SCEP and PFX certificate profiles are served by a certificate registration point; SCEP also needs a server of the Network Device Enrollment Service"},
	},
}

// forbiddenByTier holds, by role, the rules that forbid it where its tiers do not
// support it.
var forbiddenByTier = func() map[string][]roleRule {
	rules := map[string][]roleRule{}
	for _, q := range roleQuestions {
		role := roleOf(q.role)
		for _, tier := range everyTier {
			if role.supports(tier) {
				continue
			}
			r := roleRule{id: "ROLE-SITE-" + role.Abbreviation, tiers: []Tier{tier}, want: RoleForbidden, reason: notAt(role, tier)}
			switch {
			case tier == TierSecondary:
				r.id = "REQ-SECONDARY"
			case tier == TierCentralAdministration && clientFacing[q.role]:
				r.id = "REQ-CAS-NOROLE"
			}
			rules[q.role] = append(rules[q.role], r)
		}
	}
	return rules
}()

// clientFacing are the roles that only a site with clients has.
var clientFacing = map[string]bool{
	roleManagementPoint: true, roleDistributionPoint: true, roleStateMigrationPoint: true, roleFallbackStatusPoint: true,
	roleEnrollmentPoint: true, roleEnrollmentProxyPoint: true,
}

// notAt says why a tier does not hold a role.
func notAt(role *Role, tier Tier) string {
	return fmt.Sprintf("A %s cannot hold the role %s: %s", tier.Name(), role.Name, uncapitalized(strings.TrimSuffix(role.Because, ".")))
}

// uncapitalized begins a sentence in lower case, unless its first word is a name.
func uncapitalized(s string) string {
	for _, word := range []string{"A ", "Clients ", "Devices ", "User ", "The ", "Reports ", "Certificate "} {
		if strings.HasPrefix(s, word) {
			return strings.ToLower(s[:1]) + s[1:]
		}
	}
	return s
}
