package configuration

import (
	"strings"

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

// hierarchy writes the topology, which functions take, and the resource that judges it.
func (w *writer) hierarchy() {
	entries := []string{
		"sites = local.sites", "site_system_servers = local.site_system_servers", "role_assignments = " + joined("role", valuesOf(w.roleGroups), w.singleRoles),
	}
	names := []string{"sites", "site_system_servers", "role_assignments"}
	if gateways, ok := w.tree["cloud_management_gateways"].(map[string]any); ok && len(gateways) > 0 {
		entries, names = append(entries, "cloud_management_gateways = "+value(gateways)), append(names, "cloud_management_gateways")
	}
	if listed, _ := unknownOf(w.tree); len(listed) > 0 {
		entries = append(entries, "unknown = "+value(listed))
	}
	locals := w.block("locals")
	comment(locals, "What functions such as check_topology, topology_drift and installation take.")
	set(locals, "topology", "{\n"+strings.Join(entries, "\n")+"\n}")
	body := w.block("resource", "configmgr_hierarchy", "this")
	for _, name := range names {
		set(body, name, "local.topology."+name)
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
