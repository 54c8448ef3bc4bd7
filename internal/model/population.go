package model

import (
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Population is a group of clients of one site that are managed in the same way. A
// number that is not declared is zero, and what is not said of the clients is not so.
type Population struct {
	Site Value[*Site] `attr:"site"`

	// How many clients there are, by kind.
	Windows        Value[int64] `attr:"windows"`
	MacOS          Value[int64] `attr:"macos"`
	MobileEnrolled Value[int64] `attr:"mobile_enrolled"` // that Configuration Manager enrolls
	OnPremisesMDM  Value[int64] `attr:"on_premises_mdm"`
	MobileExchange Value[int64] `attr:"mobile_exchange"` // through the Exchange Server connector
	MobileLegacy   Value[int64] `attr:"mobile_legacy"`   // with the mobile device legacy client
	LinuxUNIX      Value[int64] `attr:"linux_unix"`

	WindowsInstallation Value[string] `attr:"windows_installation"` // null: distribution_point
	MacOSCertificates   Value[string] `attr:"macos_certificates"`   // null: enrolled
	Internet            Value[bool]   `attr:"internet"`             // null: false
	Workgroup           Value[bool]   `attr:"workgroup"`            // null: false
}

// Where Windows clients get their installation from (attribute windows_installation).
const (
	InstallFromDistributionPoint = "distribution_point" // and from a management point when none answers
	InstallFromManagementPoint   = "management_point"
	InstallFromAlternative       = "alternative_source" // CCMSetup /source
	InstallWithOSDeployment      = "operating_system_deployment"
)

// WindowsInstallations lists where Windows clients get their installation from.
func WindowsInstallations() []string {
	return []string{InstallFromDistributionPoint, InstallFromManagementPoint, InstallFromAlternative, InstallWithOSDeployment}
}

// How Macs get their certificates (attribute macos_certificates).
const (
	CertificatesEnrolled    = "enrolled"    // through Configuration Manager
	CertificatesIndependent = "independent" // requested and installed without it
)

// MacCertificates lists how Macs get their certificates.
func MacCertificates() []string { return []string{CertificatesEnrolled, CertificatesIndependent} }

// RequestedFeatures are what the clients of a hierarchy are to get. One that is not
// declared is not wished. Those that a hierarchy can list are named as there.
type RequestedFeatures struct {
	Applications      Value[bool] `attr:"application_management"`
	Updates           Value[bool] `attr:"software_updates"`
	UpdatesNoPackages Value[bool] `attr:"software_updates_without_packages"`
	OSDeployment      Value[bool] `attr:"operating_system_deployment"`
	PXE               Value[bool] `attr:"pxe"`
	Multicast         Value[bool] `attr:"multicast"`
	UserState         Value[bool] `attr:"state_migration_point"`
	SideBySide        Value[bool] `attr:"side_by_side_replacement"`
	Reporting         Value[bool] `attr:"reporting"`
	DeploymentReports Value[bool] `attr:"client_deployment_reports"`
	ClientHealth      Value[bool] `attr:"client_health"`
	Endpoint          Value[bool] `attr:"endpoint_protection"`
	Definitions       Value[bool] `attr:"endpoint_definitions_from_software_updates"`
	DataWarehouse     Value[bool] `attr:"data_warehouse"`
	Gateway           Value[bool] `attr:"cloud_management_gateway"`
	GatewayContent    Value[bool] `attr:"cloud_management_gateway_content"`
	TenantAttach      Value[bool] `attr:"tenant_attach"`
	BitLocker         Value[bool] `attr:"bitlocker_management"`
	Certificates      Value[bool] `attr:"certificate_profiles"`
	AssetIntelligence Value[bool] `attr:"asset_intelligence"`
}

// requestedFeatures says what the features mean that a hierarchy cannot list.
var requestedFeatures = []HierarchyFeature{
	{"reporting", "reports about clients"},
	{"client_deployment_reports", "the client deployment reports that show what a fallback status point received"},
	{"client_health", "monitoring client activity and client health"},
	{"data_warehouse", "long-term history in a data warehouse"},
	{"cloud_management_gateway_content", "content for all clients from a cloud management gateway instead of distribution points"},
	{"certificate_profiles", "SCEP or PFX certificate profiles; a profile that only distributes a root certificate is none"},
	{"asset_intelligence", "synchronization of the Asset Intelligence catalog"},
}

// FeaturesToRequest lists what can be asked for, with what it means.
func FeaturesToRequest() []HierarchyFeature {
	return append(slices.Clone(hierarchyFeatures), requestedFeatures...)
}

// FallbackConditions are the four conditions under which a fallback status point is
// worth its risk. One that is not declared is open.
type FallbackConditions struct {
	ReportClientErrors    Value[bool] `attr:"report_client_errors"`
	DeploymentReports     Value[bool] `attr:"deployment_reports"` // null: as the feature client_deployment_reports
	DedicatedServer       Value[bool] `attr:"dedicated_server"`
	BenefitsOutweighRisks Value[bool] `attr:"benefits_outweigh_risks"`
}

// ClientKind is a kind of client, with its number in a population.
type ClientKind struct {
	Name  string // the attribute
	Words string // as users call them
	Count func(*Population) Value[int64]
}

// The kinds of clients.
var (
	KindWindows  = ClientKind{"windows", "Windows clients", func(p *Population) Value[int64] { return p.Windows }}
	KindMacOS    = ClientKind{"macos", "Macs", func(p *Population) Value[int64] { return p.MacOS }}
	KindEnrolled = ClientKind{"mobile_enrolled", "enrolled mobile devices", func(p *Population) Value[int64] { return p.MobileEnrolled }}
	KindMDM      = ClientKind{"on_premises_mdm", "devices of on-premises mobile device management", func(p *Population) Value[int64] { return p.OnPremisesMDM }}
	KindExchange = ClientKind{"mobile_exchange", "devices of the Exchange Server connector", func(p *Population) Value[int64] { return p.MobileExchange }}
	KindLegacy   = ClientKind{"mobile_legacy", "devices with the mobile device legacy client", func(p *Population) Value[int64] { return p.MobileLegacy }}
	KindLinux    = ClientKind{"linux_unix", "Linux and UNIX computers", func(p *Population) Value[int64] { return p.LinuxUNIX }}

	// KindsOfClients talk to management points, which devices of Exchange do not.
	KindsOfClients = []ClientKind{KindWindows, KindMacOS, KindEnrolled, KindMDM, KindLegacy, KindLinux}
	// KindsOfDevices need a management point of a primary site that supports them.
	KindsOfDevices = []ClientKind{KindMacOS, KindEnrolled, KindMDM}
	EveryKind      = append(slices.Clone(KindsOfClients), KindExchange)
)

// mostClients bounds the numbers of a population: it is far more than any hierarchy
// supports, and keeps a slip of the keyboard from asking for a million servers.
const mostClients = 10_000_000

// Problems says what is wrong with a request, in sentences with the place of each:
// what is missing, malformed or contradicts itself.
func (r *RequiredRoles) Problems() []DecodeError {
	var d decoder
	populations, ok := r.Populations.Get()
	if r.Populations.IsNull() || ok && len(populations) == 0 {
		d.fail(At("population"), `At least one population is needed. Add population { site = { site_code = "PS1", site_type = "primary" } } with the numbers `+
			`of its clients.`)
	}
	sites := map[string]*Site{}
	var tops []string
	for i, value := range populations {
		at := At("population").Index(i)
		p, ok := value.Get()
		if !ok {
			if value.IsNull() {
				d.fail(at, "The population is null. Leave it out, or write it as an object.")
			}
			continue
		}
		d.population(at, p)
		site, ok := p.Site.Get()
		if !ok {
			continue
		}
		code, ok := site.NormalizedCode().Get()
		if !ok {
			continue
		}
		if known := sites[code]; known != nil {
			d.sameSite(at.Attr("site"), code, known, site)
			continue
		}
		sites[code] = site
		if t, ok := site.Type.Get(); ok && t != product.Secondary && site.TierOf() != Known(product.TierChildPrimary) && !site.Parent.IsUnknown() && !site.Tier.IsUnknown() {
			tops = append(tops, code)
		}
	}
	if len(tops) > 1 {
		d.fail(At("population"), "The sites %s have no parent, so that they belong to different hierarchies. Give the child sites their parent, as in site = { "+
			"site_code = %q, site_type = \"primary\", parent = { site_code = %q, site_type = \"central_administration\" } }, or ask for each hierarchy by itself.",
			strings.Join(tops, " and "), tops[1], tops[0])
	}
	return d.errors
}

func (d *decoder) population(at Path, p *Population) {
	const shape = `Name the site of the clients, as in site = { site_code = "PS1", site_type = "primary" }.`
	site, ok := p.Site.Get()
	switch {
	case p.Site.IsNull():
		d.fail(at.Attr("site"), "The population has no site. "+shape)
	case ok && site.Code.IsNull():
		d.fail(at.Attr("site"), "The site has no site_code. "+shape)
	case ok && site.Type.IsNull():
		d.fail(at.Attr("site"), "The site has no site_type. "+shape)
	case ok:
		d.siteCode(at.Attr("site").Attr("site_code"), site.Code)
		d.word(at.Attr("site").Attr("site_type"), text(site.Type), product.SiteTypes())
		if version, ok := site.Version.Get(); ok {
			if _, err := product.ParseVersion(version); err != nil {
				d.fail(at.Attr("site").Attr("version"), "%s", err)
			}
		}
		parent, hasParent := site.Parent.Get()
		if hasParent {
			d.siteCode(at.Attr("site").Attr("parent").Attr("site_code"), parent.Code)
		}
		if hasParent && parent.Code.IsNull() {
			d.fail(at.Attr("site").Attr("parent"), `The parent has no site_code. Write it as in parent = { site_code = "CAS", site_type = "central_administration" }.`)
		}
	}
	for _, kind := range EveryKind {
		switch n, ok := kind.Count(p).Get(); {
		case ok && n < 0:
			d.fail(at.Attr(kind.Name), "%d is negative. Give zero or a positive number.", n)
		case ok && n > mostClients:
			d.fail(at.Attr(kind.Name), "%d is more than any hierarchy manages. Give the number of clients, at most %d.", n, mostClients)
		}
	}
	d.word(at.Attr("windows_installation"), p.WindowsInstallation, WindowsInstallations())
	d.word(at.Attr("macos_certificates"), p.MacOSCertificates, MacCertificates())
}

// siteCode complains about what is not a site code, in the words that the hierarchy refuses it with.
func (d *decoder) siteCode(at Path, code Value[string]) {
	typed, ok := code.Get()
	if !ok {
		return
	}
	switch folded := FoldCode(typed); {
	case !product.IsSiteCode(folded):
		d.fail(at, "%q is not a site code: it has exactly %d characters from A to Z and 0 to 9. Give the code of the site, such as site_code = \"PS1\".", typed, product.LimitSiteCodeLength.Value)
	case product.IsReservedSiteCode(folded):
		d.fail(at, "%q is a reserved name, which no site may have as its code. Give another code, such as site_code = \"PS1\".", typed)
	}
}

// text returns a value of a named string type as a plain string.
func text[T ~string](v Value[T]) Value[string] {
	s, ok := v.Get()
	switch {
	case ok:
		return Known(string(s))
	case v.IsUnknown():
		return Unknown[string]()
	default:
		return Null[string]()
	}
}

// word complains about a value that is not in an enumeration.
func (d *decoder) word(at Path, v Value[string], valid []string) {
	if s, ok := v.Get(); ok && !slices.Contains(valid, s) {
		d.fail(at, "%q is not a valid value.%s Valid values: %s.", s, product.DidYouMean(s, valid), product.Quoted(valid))
	}
}

// sameSite complains about two populations that describe their site differently.
func (d *decoder) sameSite(at Path, code string, a, b *Site) {
	differ := func(attribute string, x, y any) {
		d.fail(at.Attr(attribute), "Site %s is described twice, with %s = %q and %q. Use the same site object for all populations of a site, as from a local "+
			"value.", code, attribute, x, y)
	}
	compare := func(attribute string, x, y Value[string]) {
		if !x.IsUnknown() && !y.IsUnknown() && x != y {
			u, _ := x.Get()
			v, _ := y.Get()
			differ(attribute, u, v)
		}
	}
	compare("site_type", text(a.Type), text(b.Type))
	compare("version", a.Version, b.Version)
	if !a.Parent.IsUnknown() && !b.Parent.IsUnknown() {
		compare("parent", ParentCode(a), ParentCode(b))
	}
}

// ParentCode returns the code of a site's parent, null when it has none.
func ParentCode(s *Site) Value[string] {
	parent, ok := s.Parent.Get()
	if !ok {
		if s.Parent.IsUnknown() {
			return Unknown[string]()
		}
		return Null[string]()
	}
	return parent.NormalizedCode()
}
