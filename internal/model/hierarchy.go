package model

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Hierarchy is what belongs to a whole hierarchy and not to one of its elements.
type Hierarchy struct {
	Element

	ID                   Value[string]                        `attr:"id"`
	Sites                Value[map[string]Value[*Site]]       `attr:"sites"`
	Servers              Value[map[string]Value[*Server]]     `attr:"site_system_servers"`
	Assignments          Value[map[string]Value[*Assignment]] `attr:"role_assignments"`
	Gateways             Value[map[string]Value[*Gateway]]    `attr:"cloud_management_gateways"`
	DistributedViews     Value[[]Value[string]]               `attr:"distributed_views"`     // site codes
	ReplicationSchedules Value[[]Value[string]]               `attr:"replication_schedules"` // site codes
	FileRoutes           Value[map[string]Value[*FileRoute]]  `attr:"file_replication_routes"`
	PublishedSiteCodes   Value[[]Value[string]]               `attr:"published_site_codes"`
	RetiredSiteCodes     Value[[]Value[string]]               `attr:"retired_site_codes"`
	PackageCount         Value[int64]                         `attr:"package_count"` // packages and applications
	Features             Value[[]Value[string]]               `attr:"features"`      // what it is to do
	TopLevelSiteCode     Value[string]                        `attr:"top_level_site_code"`
	AcceptedFindings     Value[map[string]Value[string]]      `attr:"accepted_findings"`
	OtherListeners       Value[[]Value[string]]               `attr:"other_availability_group_listeners"` // FQDNs
	FileServers          Value[map[string]Value[*FileServer]] `attr:"file_servers"`                       // by any key
	Unknown              Value[[]Value[string]]               `attr:"unknown"`                            // maps that may lack elements, and attributes that the design does not know

	RequiredRoles Value[map[string]Value[*RequiredRoles]] `attr:"required_roles"` // answers to cover, by any key
	Design        Value[map[string]Value[string]]         `attr:"design"`         // as [Topology.Design] writes it
}

// What a hierarchy is to do (attribute features).
const (
	FeatureApplications      = "application_management"
	FeatureUpdates           = "software_updates"
	FeatureUpdatesNoPackages = "software_updates_without_packages"
	FeatureOSDeployment      = "operating_system_deployment"
	FeaturePXE               = "pxe"
	FeatureMulticast         = "multicast"
	FeatureUserState         = "state_migration_point"
	FeatureSideBySide        = "side_by_side_replacement"
	FeatureEndpoint          = "endpoint_protection"
	FeatureDefinitions       = "endpoint_definitions_from_software_updates"
	FeatureBitLocker         = "bitlocker_management"
	FeatureTenantAttach      = "tenant_attach"
	FeatureGateway           = "cloud_management_gateway"
)

// HierarchyFeature is something that a hierarchy can be there for.
type HierarchyFeature struct {
	Key   string
	About string // what it means, as the end of a sentence
}

var hierarchyFeatures = []HierarchyFeature{
	{FeatureApplications, "deploying applications and packages"},
	{FeatureUpdates, "software updates with deployment packages"},
	{FeatureUpdatesNoPackages, "software updates that clients download from Microsoft Update"},
	{FeatureOSDeployment, "deploying operating systems"},
	{FeaturePXE, "starting these deployments from the network"},
	{FeatureMulticast, "sending their images by multicast"},
	{FeatureUserState, "keeping user state on state migration points"},
	{FeatureSideBySide, "replacing computers side by side, with their user state"},
	{FeatureEndpoint, "managing Endpoint Protection"},
	{FeatureDefinitions, "definition updates of Endpoint Protection through software updates"},
	{FeatureBitLocker, "BitLocker management"},
	{FeatureTenantAttach, "showing devices in the Microsoft Intune admin center"},
	{FeatureGateway, "managing clients on the internet through a cloud management gateway"},
}

// HierarchyFeatures lists what a hierarchy can be there for.
func HierarchyFeatures() []HierarchyFeature { return slices.Clone(hierarchyFeatures) }

// FeatureKeys lists the features of a hierarchy as they are typed.
func FeatureKeys() []string {
	keys := make([]string, len(hierarchyFeatures))
	for i, f := range hierarchyFeatures {
		keys[i] = f.Key
	}
	return keys
}

// Gateway is a cloud management gateway.
type Gateway struct {
	Name        Value[string] `attr:"name"` // service name
	SiteCode    Value[string] `attr:"site_code"`
	Deployment  Value[string] `attr:"deployment"`
	VMInstances Value[int64]  `attr:"vm_instances"`
	VMSize      Value[string] `attr:"vm_size"`
	Clients     Value[int64]  `attr:"clients"` // connected at the same time
	Azure       Value[string] `attr:"azure_environment"`
	Content     Value[bool]   `attr:"content_enabled"` // it serves content too
	Installed   Value[bool]   `attr:"installed"`
}

// Deployments of a cloud management gateway (attribute deployment).
const (
	DeploymentScaleSet       = "virtual_machine_scale_set"
	DeploymentClassic        = "cloud_service_classic"
	DeploymentServiceManager = "azure_service_manager"
)

// GatewayDeployments lists the deployments of a cloud management gateway.
func GatewayDeployments() []string {
	return []string{DeploymentScaleSet, DeploymentClassic, DeploymentServiceManager}
}

// Sizes of the virtual machines of a cloud management gateway (attribute vm_size).
const (
	SizeB2s   = product.GatewaySizeB2s
	SizeA2v2  = product.GatewaySizeA2v2
	SizeA4v2  = product.GatewaySizeA4v2
	SizeD2ads = product.GatewaySizeD2ads
	SizeD4ads = product.GatewaySizeD4ads
	SizeD8ads = product.GatewaySizeD8ads
)

// GatewaySizes lists the sizes of the virtual machines of a cloud management gateway.
func GatewaySizes() []string {
	return []string{SizeB2s, SizeA2v2, SizeA4v2, SizeD2ads, SizeD4ads, SizeD8ads}
}

// Azure clouds of a cloud management gateway (attribute azure_environment).
const (
	AzurePublic       = "public"
	AzureUSGovernment = "us_government"
)

// AzureEnvironments lists the clouds that a cloud management gateway can be in.
func AzureEnvironments() []string { return []string{AzurePublic, AzureUSGovernment} }

// FileServer is a computer with shares that is not a site system server.
type FileServer struct {
	FQDN            Value[string] `attr:"fqdn"`
	Domain          Value[string] `attr:"domain"`
	Forest          Value[string] `attr:"forest"`
	Workgroup       Value[bool]   `attr:"workgroup"`
	UntrustedForest Value[bool]   `attr:"untrusted_forest"`
}

// FileRoute is a file replication route between two sites.
type FileRoute struct {
	Source      Value[string] `attr:"source_site_code"`
	Destination Value[string] `attr:"destination_site_code"`
}

// Accepted returns the findings that the element accepts, with the reasons, by rule id.
func (h *Hierarchy) Accepted() Value[map[string]Value[string]] { return h.AcceptedFindings }

// Label names the element in a sentence.
func (h *Hierarchy) Label() string { return "the hierarchy" }

// ListsSite reports whether the hierarchy lists a site with the code, which is unknown
// while the code of a site is.
func (h *Hierarchy) ListsSite(code string) Value[bool] {
	found := Known(false)
	if h.Sites.IsUnknown() {
		found = Unknown[bool]()
	}
	sites, _ := h.Sites.Get()
	for _, value := range sites {
		listed := Unknown[bool]()
		if site, ok := value.Get(); ok {
			listed = ValueIs(site.NormalizedCode(), FoldCode(code))
		}
		found = Either(found, listed)
	}
	return found
}
