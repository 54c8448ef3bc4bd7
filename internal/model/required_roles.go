package model

import (
	"fmt"
	"strings"
)

// Requirement says whether a role is needed.
type Requirement string

// The requirements, strongest first; forbidden overrides every other.
const (
	RoleForbidden   Requirement = "forbidden"
	RoleRequired    Requirement = "required"
	RoleRecommended Requirement = "recommended"
	RoleOptional    Requirement = "optional"
	RoleNotNeeded   Requirement = "not_needed"
)

// Requirements lists the requirements.
func Requirements() []string {
	return []string{string(RoleRequired), string(RoleRecommended), string(RoleOptional), string(RoleNotNeeded), string(RoleForbidden)}
}

// Population is the clients of a site and what they are to get. A number that is not
// declared is zero, a wish that is not declared is not wished; a condition of the
// fallback status point that is not declared is open.
type Population struct {
	Site                Value[*Site]          `attr:"site"`
	Clients             Value[*ClientKinds]   `attr:"clients"`
	Features            Value[*Features]      `attr:"features"`
	FallbackStatusPoint Value[*FSPConditions] `attr:"fallback_status_point"`
}

// ClientKinds is the number of clients by the way they are managed.
type ClientKinds struct {
	Windows             Value[int64]  `attr:"windows"`
	WindowsInstallation Value[string] `attr:"windows_installation"`
	MacOS               Value[int64]  `attr:"macos"`
	MobileEnrolled      Value[int64]  `attr:"mobile_enrolled"`
	OnPremisesMDM       Value[int64]  `attr:"on_premises_mdm"`
	MobileExchange      Value[int64]  `attr:"mobile_exchange"`
	MobileLegacy        Value[int64]  `attr:"mobile_legacy"`
}

// Ways to install Windows clients (attribute windows_installation).
const (
	InstallFromSite          = "site"               // from a distribution point, else a management point
	InstallFromAlternative   = "alternative_source" // CCMSetup /source
	InstallWithOSDeployment  = "operating_system_deployment"
	defaultInstallationRoute = InstallFromSite
)

// WindowsInstallations lists the ways to install Windows clients.
func WindowsInstallations() []string {
	return []string{InstallFromSite, InstallFromAlternative, InstallWithOSDeployment}
}

// Features is what the clients are to get.
type Features struct {
	DeploySoftware         Value[bool] `attr:"deploy_software"`
	DeployOperatingSystems Value[bool] `attr:"deploy_operating_systems"`
}

// FSPConditions are the four conditions under which a fallback status point is worth
// its risk.
type FSPConditions struct {
	ReportClientErrors    Value[bool] `attr:"report_client_errors"`
	DeploymentReports     Value[bool] `attr:"deployment_reports"`
	DedicatedServer       Value[bool] `attr:"dedicated_server"`
	BenefitsOutweighRisks Value[bool] `attr:"benefits_outweigh_risks"`
}

// RequiredRole is the answer for one role.
type RequiredRole struct {
	Role        string
	Requirement Requirement
	// Minimum is the smallest number of instances at the site, 0 where none is needed.
	Minimum int64
	// Settings that the role must have; null where any will do.
	Protocol           Value[string]
	ClientConnections  Value[string]
	AllowMobileDevices Value[bool]
	DedicatedServer    Value[bool]
	// Reasons in plain sentences, and the ids of the rules they come from.
	Reasons []string
	RuleIDs []string
}

// Notice is a remark about a population: one that the product no longer supports.
type Notice struct {
	Attribute Path
	Summary   string
	Detail    string
}

var (
	limitClientsPerManagementPoint   = limit{25000, in(articleSizeAndScale, "Management point")}
	limitMacsPerManagementPoint      = limit{10000, in(articleSizeAndScale, "Management point")}
	limitDevicesPerManagementPoint   = limit{10000, in(articleSizeAndScale, "Management point")}
	limitClientsPerDistributionPoint = limit{4000, in(articleSizeAndScale, "Distribution point")}
)

// RequiredRoles answers which site system roles a population needs at its site, as
// the article "Determine the site system roles for clients" has it. The roles come in
// the order of the article.
func RequiredRoles(p *Population) []RequiredRole {
	n := newNeeds(p)
	return []RequiredRole{n.managementPoint(), n.distributionPoint(), n.fallbackStatusPoint()}
}

// needs is a population with its defaults applied.
type needs struct {
	tier Tier

	windows, macs, enrolled, mdm, exchange, legacy int64
	installation                                   string
	software, operatingSystems                     bool
	fsp                                            *FSPConditions
}

func newNeeds(p *Population) needs {
	n := needs{tier: TierStandAlonePrimary, installation: defaultInstallationRoute, fsp: &FSPConditions{}}
	if s, ok := p.Site.Get(); ok {
		if tier, ok := s.TierOf().Get(); ok {
			n.tier = tier
		}
	}
	if c, ok := p.Clients.Get(); ok {
		n.windows, _ = c.Windows.Get()
		n.macs, _ = c.MacOS.Get()
		n.enrolled, _ = c.MobileEnrolled.Get()
		n.mdm, _ = c.OnPremisesMDM.Get()
		n.exchange, _ = c.MobileExchange.Get()
		n.legacy, _ = c.MobileLegacy.Get()
		if way, ok := c.WindowsInstallation.Get(); ok {
			n.installation = way
		}
	}
	if f, ok := p.Features.Get(); ok {
		n.software, _ = f.DeploySoftware.Get()
		n.operatingSystems, _ = f.DeployOperatingSystems.Get()
	}
	if f, ok := p.FallbackStatusPoint.Get(); ok {
		n.fsp = f
	}
	return n
}

// because adds a reason and the rule it comes from.
func (r *RequiredRole) because(id, reason string) {
	r.Reasons = append(r.Reasons, reason)
	r.RuleIDs = append(r.RuleIDs, id)
}

// atLeast raises the requirement. Requirements are ordered from not needed upwards.
func (r *RequiredRole) atLeast(want Requirement) {
	rank := map[Requirement]int{RoleNotNeeded: 0, RoleOptional: 1, RoleRecommended: 2, RoleRequired: 3, RoleForbidden: 4}
	if rank[want] > rank[r.Requirement] {
		r.Requirement = want
	}
}

// devices reports whether clients need a management point for mobile devices.
func (n needs) devices() bool { return n.macs > 0 || n.enrolled > 0 || n.mdm > 0 }

func (n needs) managementPoint() RequiredRole {
	r := RequiredRole{Role: roleManagementPoint, Requirement: RoleNotNeeded}
	switch n.tier {
	case TierCentralAdministration:
		r.Requirement = RoleForbidden
		r.because("REQ-CAS-NOROLE", "A central administration site serves no clients and holds no management point.")
		return r
	case TierSecondary:
		r.Requirement, r.Minimum = RoleRequired, 1
		r.because("REQ-SECONDARY", "A secondary site has exactly one management point, on its site server. Setup installs it; it need not be declared.")
		if n.devices() {
			r.because("REQ-MP-DEVICE-SECONDARY", "Macs and mobile devices cannot use it: they need a management point of the primary site that they are assigned to.")
		}
		return r
	}
	clients := n.windows + n.macs + n.enrolled + n.mdm + n.legacy
	if clients == 0 {
		if n.exchange > 0 {
			r.because("REQ-EXC", "Devices that are managed through the Exchange Server connector need no management point.")
		} else {
			r.because("REQ-MP-ANY", "There are no clients that would need a management point.")
		}
		return r
	}
	r.Requirement = RoleRequired
	r.because("REQ-MP-ANY", "Every client is assigned to a site and managed through a management point of that site.")
	if n.windows > 0 {
		if n.installation == InstallFromAlternative {
			r.because("REQ-MP-SOURCE-USE", "Installing Windows clients from an alternative source keeps the installation off the management point, not the management.")
		} else {
			r.because("REQ-MP-INSTALL-WINDOWS", "Windows clients fall back to a management point for their installation when no distribution point is available.")
		}
	}
	if n.devices() {
		r.Protocol, r.AllowMobileDevices = Known(ProtocolHTTPS), Known(true)
		if n.macs > 0 || n.enrolled > 0 {
			r.ClientConnections = Known(ConnectionsInternetAndIntranet)
			r.because("REQ-MP-DEVICE", "Macs and mobile devices that Configuration Manager enrols need a management point already for the installation: in their primary site, with support for mobile devices, and open to connections from the internet.")
		} else {
			r.ClientConnections = Known(ConnectionsIntranet)
			r.because("REQ-MDM", "On-premises mobile device management needs a management point with support for mobile devices, over HTTPS, on the intranet.")
		}
	}
	r.Minimum = max(1, ceil(n.windows, limitClientsPerManagementPoint), ceil(clients, limitClientsPerManagementPoint),
		ceil(n.macs, limitMacsPerManagementPoint)+ceil(n.enrolled+n.mdm, limitDevicesPerManagementPoint))
	if r.Minimum > 1 {
		r.because("REQ-MP-COUNT", fmt.Sprintf("A management point serves up to %d clients, of these up to %d Macs or %d mobile devices: %d are needed.",
			limitClientsPerManagementPoint.value, limitMacsPerManagementPoint.value, limitDevicesPerManagementPoint.value, r.Minimum))
		r.because("REQ-MP-AUTOSELECT", "Clients choose among several management points by forest membership and network location.")
	}
	return r
}

func (n needs) distributionPoint() RequiredRole {
	r := RequiredRole{Role: roleDistributionPoint, Requirement: RoleNotNeeded}
	if n.tier == TierCentralAdministration {
		r.Requirement = RoleForbidden
		r.because("REQ-CAS-NOROLE", "A central administration site serves no clients and holds no distribution point.")
		return r
	}
	if n.tier == TierSecondary {
		r.atLeast(RoleOptional)
		r.because("REQ-SECONDARY", "Setup installs one distribution point on the secondary site server. It may be moved or removed.")
	}
	clients := n.windows + n.macs + n.enrolled + n.mdm + n.legacy
	if n.software && clients > 0 {
		r.atLeast(RoleRequired)
		r.because("REQ-DP-CONTENT", "Clients install applications, packages and software updates from a distribution point.")
	}
	if n.operatingSystems || n.windows > 0 && n.installation == InstallWithOSDeployment {
		r.atLeast(RoleRequired)
		r.because("REQ-DP-OSD", "An operating system image is stored on a distribution point and fetched from it.")
	}
	if n.legacy > 0 {
		r.atLeast(RoleRequired)
		r.because("REQ-DP-MOBILE-LEGACY", "The mobile device legacy client is installed from a distribution point.")
	}
	if n.mdm > 0 {
		r.atLeast(RoleRequired)
		r.Protocol = Known(ProtocolHTTPS)
		r.because("REQ-MDM", "On-premises mobile device management needs a distribution point over HTTPS.")
	}
	if n.macs > 0 && n.software {
		r.Protocol, r.ClientConnections = Known(ProtocolHTTPS), Known(ConnectionsInternetAndIntranet)
		r.because("REQ-MAC", "Macs get software from a distribution point over HTTPS that accepts connections from the internet.")
	}
	if n.windows > 0 && n.installation == InstallFromSite {
		r.atLeast(RoleRecommended)
		r.because("REQ-DP-WINDOWS-INSTALL", "Windows clients are installed from a distribution point by default; they do without one, from a management point.")
	}
	if n.windows > 0 && n.installation == InstallFromAlternative {
		r.atLeast(RoleOptional)
		r.because("REQ-DP-WINDOWS-INSTALL", "Windows clients that are installed from an alternative source need no distribution point for that.")
	}
	if n.enrolled > 0 {
		r.because("REQ-DP-MOBILE-ENROLLED", "Mobile devices that Configuration Manager enrols do not install their client from a distribution point.")
	}
	if len(r.Reasons) == 0 {
		r.because("REQ-DP-CONTENT", "There is nothing to install from a distribution point.")
	}
	if r.Requirement == RoleRequired || r.Requirement == RoleRecommended {
		r.Minimum = max(1, ceil(clients, limitClientsPerDistributionPoint))
		if r.Minimum > 1 {
			r.because("REQ-DP-COUNT", fmt.Sprintf("A distribution point is planned for up to %d clients: %d are needed.", limitClientsPerDistributionPoint.value, r.Minimum))
		}
	}
	return r
}

// fspCondition is one of the four conditions, with the words for it.
type fspCondition struct {
	met   Value[bool]
	words string
}

func (n needs) fallbackStatusPoint() RequiredRole {
	r := RequiredRole{Role: roleFallbackStatusPoint, Requirement: RoleNotNeeded}
	switch n.tier {
	case TierCentralAdministration:
		r.Requirement = RoleForbidden
		r.because("REQ-CAS-NOROLE", "A central administration site serves no clients and holds no fallback status point.")
		return r
	case TierSecondary:
		r.Requirement = RoleForbidden
		r.because("REQ-SECONDARY", "A secondary site holds no fallback status point; its clients use one of the primary site.")
		return r
	}
	if n.windows == 0 {
		r.because("REQ-FSP-WINDOWS-ONLY", "Only Windows computers use a fallback status point; Macs, enrolled mobile devices and devices of the Exchange Server connector do not.")
		return r
	}
	if is, known := n.fsp.BenefitsOutweighRisks.Get(); known && !is {
		r.Requirement = RoleForbidden
		r.because("REQ-FSP-CONDITIONS", "The risk of a web site with unauthenticated connections in clear text outweighs the benefit: it should not be installed.")
		return r
	}
	var open, failed []string
	for _, c := range []fspCondition{
		{n.fsp.ReportClientErrors, "errors of Windows clients that cannot reach a management point are wanted (report_client_errors)"},
		{n.fsp.DeploymentReports, "the client deployment reports are wanted (deployment_reports)"},
		{n.fsp.DedicatedServer, "a dedicated, additionally protected server exists (dedicated_server)"},
		{n.fsp.BenefitsOutweighRisks, "the benefits outweigh the risks (benefits_outweigh_risks)"},
	} {
		switch met, known := c.met.Get(); {
		case !known:
			open = append(open, c.words)
		case !met:
			failed = append(failed, c.words)
		}
	}
	switch {
	case len(failed) > 0:
		r.because("REQ-FSP-CONDITIONS", "A fallback status point is worth its risk only when all four conditions hold. Not the case: "+strings.Join(failed, "; ")+".")
		r.because("REQ-FSP-NOT-HEALTH", "Client activity and client health are monitored without it.")
	case len(open) > 0:
		r.Requirement = RoleOptional
		r.because("REQ-FSP-CONDITIONS", "A fallback status point is worth its risk only when all four conditions hold. Not stated: "+strings.Join(open, "; ")+".")
		r.because("REQ-FSP-NOT-HEALTH", "Client activity and client health are monitored without it.")
	default:
		r.Requirement, r.Minimum = RoleRecommended, 1
		r.Protocol, r.DedicatedServer = Known(ProtocolHTTP), Known(true)
		r.because("REQ-FSP-CONDITIONS", "All four conditions for a fallback status point hold.")
		r.because("REQ-FSP-UNMANAGED", "It shows the Windows computers that are unmanaged because they cannot reach a management point.")
		r.because("REQ-FSP-HTTP-RISK", "It talks plain HTTP without authentication: give it a server of its own, with no other role.")
		r.because("REQ-FSP-ASSIGN", "Clients learn their fallback status point during their installation: install it before them.")
	}
	return r
}

// Notices says which populations the product no longer supports. The answer is
// computed all the same.
func (p *Population) Notices() []Notice {
	var notices []Notice
	c, ok := p.Clients.Get()
	if !ok {
		return nil
	}
	for _, k := range []struct {
		attribute string
		count     Value[int64]
		summary   string
		detail    string
	}{
		{"macos", c.MacOS, "the Configuration Manager client for macOS is not supported any more",
			"Its support ended on 2022-12-31. The roles are computed as the documentation had them; manage Macs with Microsoft Intune."},
		{"mobile_legacy", c.MobileLegacy, "the mobile device legacy client is not supported any more",
			"Current branch has removed its platforms. The roles are computed as the documentation has them; replace the devices or take them out of the population."},
		{"mobile_enrolled", c.MobileEnrolled, "enrolling mobile devices with Configuration Manager is deprecated",
			"The enrollment point and the enrollment proxy point are deprecated with on-premises mobile device management. Plan for Microsoft Intune."},
		{"on_premises_mdm", c.OnPremisesMDM, "on-premises mobile device management is deprecated",
			"The enrollment point and the enrollment proxy point are deprecated with it. Plan for Microsoft Intune."},
	} {
		if n, _ := k.count.Get(); n > 0 {
			id := "REQ-OS-REMOVED"
			if strings.Contains(k.summary, "deprecated") {
				id = "REQ-EP-DEPR"
			}
			notices = append(notices, Notice{Attribute: At("clients", k.attribute), Summary: id + ": " + k.summary, Detail: k.detail})
		}
	}
	return notices
}

// ceil returns how many of what serves a limited number are needed for n.
func ceil(n int64, per limit) int64 { return (n + per.value - 1) / per.value }
