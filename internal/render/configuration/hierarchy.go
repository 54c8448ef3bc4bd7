package configuration

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// settingsOrder is the order of the attributes of settings blocks.
var settingsOrder = map[string][]string{
	"management_point":                          attributesOf(model.ManagementPoint{}),
	"distribution_point":                        attributesOf(model.DistributionPoint{}),
	"software_update_point":                     attributesOf(model.SoftwareUpdatePoint{}),
	"service_connection_point":                  attributesOf(model.ServiceConnectionPoint{}),
	"reporting_services_point":                  attributesOf(model.ReportingServicesPoint{}),
	"enrollment_point":                          attributesOf(model.EnrollmentPoint{}),
	"enrollment_proxy_point":                    attributesOf(model.EnrollmentProxyPoint{}),
	"cloud_management_gateway_connection_point": attributesOf(model.GatewayConnection{}),
}

func (w *writer) hierarchy() {
	body := w.block("resource", "configmgr_hierarchy", "this")
	set(body, "sites", "local.sites")
	set(body, "site_system_servers", "local.site_system_servers")
	set(body, "role_assignments", joined("role", valuesOf(w.roleGroups), w.singleRoles))
	if gateways, ok := w.tree["cloud_management_gateways"].(map[string]any); ok && len(gateways) > 0 {
		set(body, "cloud_management_gateways", value(gateways))
	}
	setUnknown(body, w.tree)
}

func (w *writer) importBlocks() {
	for _, i := range w.imports {
		body := w.block("import")
		set(body, "to", i.to)
		set(body, "id", quote(i.id))
	}
}
