package model

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
	TopLevelSiteCode     Value[string]                        `attr:"top_level_site_code"`
	AcceptedFindings     Value[map[string]Value[string]]      `attr:"accepted_findings"`
}

// Gateway is a cloud management gateway.
type Gateway struct {
	Name        Value[string] `attr:"name"` // service name
	SiteCode    Value[string] `attr:"site_code"`
	Deployment  Value[string] `attr:"deployment"`
	VMInstances Value[int64]  `attr:"vm_instances"`
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

// FileRoute is a file replication route between two sites.
type FileRoute struct {
	Source      Value[string] `attr:"source_site_code"`
	Destination Value[string] `attr:"destination_site_code"`
}

func (h *Hierarchy) accepted() Value[map[string]Value[string]] { return h.AcceptedFindings }

func (h *Hierarchy) label() string { return "the hierarchy" }
