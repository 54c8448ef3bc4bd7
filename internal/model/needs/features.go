package needs

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// The rules for the roles that features of a hierarchy need.

// RoleQuestions are the roles that an answer is about, those of clients first.
var RoleQuestions = []roleQuestion{
	managementPointQuestion, distributionPointQuestion, fallbackStatusPointQuestion, reportingServicesPointQuestion,
	enrollmentPointQuestion, enrollmentProxyPointQuestion, gatewayConnectionQuestion, softwareUpdatePointQuestion,
	stateMigrationPointQuestion, serviceConnectionPointQuestion, endpointProtectionQuestion, dataWarehouseQuestion,
	assetIntelligenceQuestion, certificateRegistrationQuestion, exchangeConnectorQuestion,
}

// RequestableRoles lists the keys of the roles that an answer is about.
func RequestableRoles() []string {
	keys := make([]string, len(RoleQuestions))
	for i, q := range RoleQuestions {
		keys[i] = q.Role
	}
	return keys
}

// updateClients are the clients that scan against the software update points of a site.
func updateClients(n *siteNeeds) model.Value[int64] { return count(n.assigned(), model.KindWindows) }

func softwareUpdatePoints(n *siteNeeds) model.Value[int64] {
	return perServer(updateClients(n), product.LimitUpdateClientsDedicated)
}

var wantsAnyUpdates = anyOf(wantsUpdates, wantsNoPackages, wantsDefinitions)

var softwareUpdatePointQuestion = roleQuestion{
	Role: product.RoleSoftwareUpdatePoint, least: softwareUpdatePoints,
	nothing: said{"REQ-SUP", "No software updates are deployed to clients of the site"},
	Rules: []RoleRule{
		{ID: "REQ-SUP", tiers: product.TopTier, when: wantsAnyUpdates, Want: model.RoleRequired,
			reason: "Software updates are synchronized at the top-level site of the hierarchy first"},
		{ID: "REQ-SUP", tiers: []product.Tier{product.TierChildPrimary}, when: allOf(wantsAnyUpdates, hasAssigned(model.KindsOfClients...)), Want: model.RoleRequired,
			reason: "Clients scan for software updates at a software update point of the primary site that they are assigned to"},
		{ID: "SUP-CAP-COLO", tiers: product.PrimaryTiers, when: allOf(wantsAnyUpdates, moreThan(product.LimitUpdateClientsShared.Value, updateClients)), Want: model.RoleRequired,
			Set:    RoleDemand{dedicatedServer: true},
			reason: fmt.Sprintf("A software update point that shares its server serves up to %d clients, one of its own up to %d", product.LimitUpdateClientsShared.Value, product.LimitUpdateClientsDedicated.Value)},
		{ID: "REQ-CMGCP", tiers: product.PrimaryTiers, when: allOf(wantsAnyUpdates, wantsGateway, hasAssigned(model.KindsOfClients...)), Want: model.RoleRequired, Set: RoleDemand{Gateway: true},
			reason: "Clients on the internet scan for updates through the cloud management gateway, at a software update point that accepts its traffic"},
		{ID: "REQ-INTERNET-ALT", tiers: product.PrimaryTiers, when: allOf(wantsAnyUpdates, exposed), Want: model.RoleRequired,
			Set:    RoleDemand{Protocol: model.ProtocolHTTPS, Connections: model.ConnectionsInternetAndIntranet},
			reason: "Clients on the internet without a cloud management gateway need a software update point over HTTPS that the internet can reach"},
		{ID: "REQ-SECONDARY", tiers: []product.Tier{product.TierSecondary}, when: allOf(wantsAnyUpdates, hasClients), Want: model.RoleOptional,
			reason: "A secondary site may have one software update point, which saves its clients the way to the primary site"},
	},
}

var stateMigrationPointQuestion = roleQuestion{
	Role: product.RoleStateMigrationPoint, nothing: said{"REQ-SMP", "No user state is stored on servers"},
	Rules: []RoleRule{
		{ID: "REQ-SMP", tiers: product.PrimaryTiers, when: allOf(wantsUserState, serving), Want: model.RoleRequired,
			reason: "User state that operating system deployment keeps on a server is kept on a state migration point"},
		{ID: "REQ-SMP", tiers: product.PrimaryTiers, when: allOf(wantsSideBySide, serving), Want: model.RoleRecommended,
			reason: "A computer that replaces another one gets its user state from a state migration point or a network share"},
		{ID: "REQ-SECONDARY", tiers: []product.Tier{product.TierSecondary}, when: allOf(anyOf(wantsUserState, wantsSideBySide), hasClients), Want: model.RoleOptional,
			reason: "A secondary site may have a state migration point near its clients"},
	},
}

var reportingServicesPointQuestion = roleQuestion{
	Role: product.RoleReportingServicesPoint, nothing: said{"REQ-RSP-REPORTS", "There is nothing to report about at the site"},
	Rules: []RoleRule{
		{ID: "REQ-RSP-FSP", tiers: product.PrimaryTiers, when: allOf(hasWindows, anyOf(wantsFSPReports, allFallbackConditions)), Want: model.RoleRequired,
			reason: "The client deployment reports need a reporting services point, and clients that are assigned to a fallback status point"},
		{ID: "REQ-DWSP", tiers: product.TopTier, when: wantsWarehouse, Want: model.RoleRequired,
			reason: "The reports of the data warehouse are shown by a reporting services point of the top-level site"},
		{ID: "REQ-BITLOCKER", from: product.BitLockerIntroduced.Version, tiers: product.PrimaryTiers, when: allOf(wantsBitLocker, serving), Want: model.RoleRecommended,
			reason: "The reports of BitLocker management, that of the recovery audit among them, are shown by a reporting services point of the primary site"},
		{ID: "REQ-RSP-REPORTS", tiers: product.UpperTiers, when: wantsReporting, Want: model.RoleRecommended,
			reason: "Reports are shown by a reporting services point"},
		{ID: "REQ-RSP-REPORTS", tiers: product.PrimaryTiers, Want: model.RoleRecommended,
			when: anyOf(
				allOf(anyOf(wantsApplications, wantsUpdates, wantsNoPackages, wantsOSDeployment, wantsEndpoint, wantsCatalog), hasClients),
				installedFrom(model.InstallWithOSDeployment), has(model.KindMacOS, model.KindEnrolled, model.KindMDM, model.KindExchange, model.KindLegacy)),
			reason: "Reports help to follow what is deployed and which clients are not managed"},
		{ID: "REQ-RSP-REPORTS", tiers: product.PrimaryTiers, when: anyOf(hasClients, has(model.KindExchange)), Want: model.RoleOptional,
			reason: "Reports are not needed to deploy clients: the console and the log files of clients tell about deployments too"},
		{ID: "REQ-RSP-REPORTS", tiers: []product.Tier{product.TierCentralAdministration}, Want: model.RoleOptional,
			reason: "Reports of a central administration site cover the whole hierarchy"},
	},
}

var gatewayConnectionQuestion = roleQuestion{
	Role: product.RoleGatewayConnection, nothing: said{"REQ-CMGCP", "No clients are managed through a cloud management gateway"},
	Rules: []RoleRule{
		{ID: "REQ-CMGCP", tiers: product.PrimaryTiers, when: allOf(wantsGateway, serving), Want: model.RoleRequired,
			reason: "A cloud management gateway reaches the site through a connection point"},
		{ID: "REQ-TENANT-ATTACH", from: product.TenantAttachReleased.Version, tiers: product.PrimaryTiers, when: wantsTenantAttach, Want: model.RoleOptional,
			reason: "Tenant attach works without a cloud management gateway and its connection point"},
		{ID: "REQ-INTERNET-ALT", tiers: product.PrimaryTiers, when: exposed, Want: model.RoleOptional,
			reason: "Clients on the internet can be managed through a cloud management gateway instead of roles that the internet can reach"},
	},
}

var serviceConnectionPointQuestion = roleQuestion{
	Role: product.RoleServiceConnectionPoint,
	Rules: []RoleRule{
		{ID: "REQ-CMGCP", tiers: product.TopTier, when: wantsGateway, Want: model.RoleRequired, Set: RoleDemand{Mode: model.ModeOnline},
			reason: "A cloud management gateway is set up and watched by a service connection point in online mode"},
		{ID: "REQ-TENANT-ATTACH", from: product.TenantAttachReleased.Version, tiers: product.TopTier, when: wantsTenantAttach, Want: model.RoleRequired, Set: RoleDemand{Mode: model.ModeOnline},
			reason: "Tenant attach needs a service connection point in online mode; the administration service comes with the SMS Provider"},
		{ID: "REQ-SCP", tiers: product.TopTier, Want: model.RoleRecommended,
			reason: "Updates of the product come to the console through a service connection point"},
	},
}

var endpointProtectionQuestion = roleQuestion{
	Role: product.RoleEndpointProtection, nothing: said{"REQ-EPP", "Endpoint Protection is not managed"},
	Rules: []RoleRule{
		{ID: "REQ-EPP", tiers: product.TopTier, when: wantsEndpoint, Want: model.RoleRequired,
			reason: "Endpoint Protection is managed with one Endpoint Protection point at the top-level site"},
	},
}

var dataWarehouseQuestion = roleQuestion{
	Role: product.RoleDataWarehouse, nothing: said{"REQ-DWSP", "No long-term history is kept"},
	Rules: []RoleRule{
		{ID: "REQ-DWSP", tiers: product.TopTier, when: wantsWarehouse, Want: model.RoleRequired,
			reason: "Long-term history is kept by a data warehouse service point at the top-level site"},
	},
}

var assetIntelligenceQuestion = roleQuestion{
	Role: product.RoleAssetIntelligence, nothing: said{"REQ-AISP", "The Asset Intelligence catalog is not synchronized"},
	Rules: []RoleRule{
		{ID: "REQ-AISP", from: product.CatalogSynchronizationRemoved.Version, tiers: product.TopTier, Want: model.RoleForbidden,
			reason: "The role cannot be added any more"},
		{ID: "REQ-AISP", before: product.CatalogSynchronizationRemoved.Version, tiers: product.TopTier, when: wantsCatalog, Want: model.RoleRequired,
			reason: "The Asset Intelligence catalog is synchronized by an Asset Intelligence synchronization point at the top-level site"},
	},
}

var certificateRegistrationQuestion = roleQuestion{
	Role: product.RoleCertificateRegistration, nothing: said{"REQ-CRP", "No certificates are requested for clients"},
	Rules: []RoleRule{
		{ID: "REQ-CRP", from: product.VersionCertificateRegistration.Version, tiers: product.UpperTiers, Want: model.RoleForbidden,
			reason: "The role is not supported any more: Microsoft Intune deploys certificate profiles"},
		{ID: "REQ-CRP", before: product.VersionCertificateRegistration.Version, tiers: product.TopTier, when: wantsCertificates, Want: model.RoleRequired,
			reason: "SCEP and PFX certificate profiles are served by a certificate registration point; SCEP also needs a server of the Network Device Enrollment " +
				"Service"},
	},
}

// forbiddenByTier holds, by role, the rules that forbid it where its tiers do not
// support it.
var forbiddenByTier = func() map[string][]RoleRule {
	rules := map[string][]RoleRule{}
	for _, q := range RoleQuestions {
		role := product.RoleOf(q.Role)
		for _, tier := range product.EveryTier {
			if role.Supports(tier) {
				continue
			}
			r := RoleRule{ID: "ROLE-SITE-" + role.Abbreviation, tiers: []product.Tier{tier}, Want: model.RoleForbidden, reason: notAt(role, tier)}
			switch {
			case tier == product.TierSecondary:
				r.ID = "REQ-SECONDARY"
			case tier == product.TierCentralAdministration && clientFacing[q.Role]:
				r.ID = "REQ-CAS-NOROLE"
			}
			rules[q.Role] = append(rules[q.Role], r)
		}
	}
	return rules
}()

// clientFacing are the roles that only a site with clients has.
var clientFacing = map[string]bool{
	product.RoleManagementPoint: true, product.RoleDistributionPoint: true, product.RoleStateMigrationPoint: true, product.RoleFallbackStatusPoint: true,
	product.RoleEnrollmentPoint: true, product.RoleEnrollmentProxyPoint: true,
}

// notAt says why a tier does not hold a role.
func notAt(role *product.Role, tier product.Tier) string {
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
