package rules_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/colocation"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/communication"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/database"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/distribution"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/gateways"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/hierarchy"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/lifecycle"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/limits"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// boundaries are the designs of the documented numbers, by their names in the list.
func boundaries() map[string]boundary {
	all := map[string]boundary{}
	for _, part := range []map[string]boundary{
		hierarchyBoundaries(), clientBoundaries(), roleBoundaries(), distributionBoundaries(), gatewayBoundaries(), nameBoundaries(),
		databaseBoundaries(), systemBoundaries(), programBoundaries(), releaseBoundaries(),
	} {
		for name, b := range part {
			all[name] = b
		}
	}
	return all
}

func hierarchyBoundaries() map[string]boundary {
	return map[string]boundary{
		"hierarchy.central_administration_sites max": {design: counted(func(n int) string { return ruletest.Repeated(n, "site CA%d central_administration") })},
		"hierarchy.tiers max": {model: of(hierarchy.LimitTiers), design: counted(func(n int) string {
			chain := "site T00 ?\n"
			for i := 1; i < n; i++ {
				chain += fmt.Sprintf("site T%02d ? T%02d\n", i, i-1)
			}
			return chain
		})},
		"hierarchy.tiers_without_central_administration_site max": {model: of(hierarchy.LimitTiersWithoutCentral), design: counted(func(n int) string {
			chain := "site T00 primary\n"
			for i := 1; i < n; i++ {
				chain += fmt.Sprintf("site T%02d ? T%02d\n", i, i-1)
			}
			return chain
		})},
		"hierarchy.technical_preview_clients max": {model: of(hierarchy.LimitTechnicalPreviewClients),
			design: written("site PS1 primary branch=technical_preview clients.windows=%[1]s\nrole PS1 mp management_point")},
		"ports.any max":                        {model: of(product.LimitPort), design: written("site PS1 primary database.port=%[1]s")},
		"hierarchy.child_primary_sites max":    {model: of(hierarchy.LimitChildPrimaries), design: counted(func(n int) string { return ruletest.TopSite + ruletest.Repeated(n, "site P%02d primary CAS") })},
		"hierarchy.secondary_sites max":        {model: of(hierarchy.LimitSecondarySites), design: counted(func(n int) string { return "site PS1 primary\n" + ruletest.Repeated(n, "site %03d secondary PS1") })},
		"hierarchy.secondary_site_clients min": {model: of(hierarchy.LimitSecondaryClients), design: written("site PS1 primary\nsite SS1 secondary PS1 clients.windows=%[1]s")},
		"hierarchy.children_of_a_removed_central_administration_site max": {design: counted(func(n int) string {
			return "site P00 primary installed=true\nprior\nsite P00 primary installed=true" + ruletest.Below + "\nsite CAS central_administration installed=true\n" +
				ruletest.Repeated(n-1, "site Q%02d primary CAS installed=true")
		})},
		"hierarchy.network_access_accounts max": {model: of(communication.LimitAccessAccounts), design: counted(func(n int) string { return "site PS1 primary network_access_accounts=" + ruletest.Accounts(n) })},
		"ports.sql_server equal":                {model: &constant{fmt.Sprint(model.DefaultSQLPort), product.SetupScript.Source()}, design: written("site PS1 primary database.service_broker_port=%[1]s")},
		"ports.service_broker equal":            {model: &constant{fmt.Sprint(model.DefaultServiceBrokerPort), product.SetupScript.Source()}, design: written("site PS1 primary database.port=%[1]s")},
		"ports.web_http equal":                  {model: of(communication.PortHTTP), design: written(ruletest.AnySite + "role PS1 sup software_update_point http_port=%[1]s https_port=9443")},
		"ports.web_https max":                   {model: of(communication.PortHTTPS), design: written(ruletest.AnySite + "role PS1 sup software_update_point http_port=80 https_port=%[1]s")},
		"distributed_views.sms_providers max": {design: counted(func(n int) string {
			return ruletest.Viewed(`sms_providers=["cas.contoso.com"`+strings.Repeat(`,"p2.contoso.com"`, n-1)+"]", "")
		})},
	}
}

// served is a stand-alone primary site with enough management points.
func served(clients string) string {
	return "site PS1 primary " + clients + "\n" + ruletest.Repeated(8, "role PS1 mp%d management_point")
}

const enrollmentRoles = "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point\nrole PS1 dp distribution_point\n"

func clientBoundaries() map[string]boundary {
	// As many primary sites share the clients as it takes for none to have too many.
	shared := func(attribute string, each int64) func(string) string {
		return counted(func(n int) string {
			rest := int64(n)
			var b strings.Builder
			b.WriteString(ruletest.TopSite)
			for i := 0; rest > 0; i++ {
				part := min(rest, each)
				fmt.Fprintf(&b, "site P%02d primary CAS clients.%s=%d\n", i, attribute, part)
				for j := range 6 {
					fmt.Fprintf(&b, "role P%02d p%02d-mp%d management_point\n", i, i, j)
				}
				fmt.Fprintf(&b, "role P%02d p%02d-ep enrollment_point\nrole P%02d p%02d-epx enrollment_proxy_point\nrole P%02d p%02d-dp distribution_point\n", i, i, i, i, i, i)
				rest -= part
			}
			return b.String()
		})
	}
	everything := product.Limit{Value: product.LimitHierarchyWindows.Value + product.LimitHierarchyMacs.Value + product.LimitHierarchyDevices.Value, Source: product.LimitHierarchyWindows.Source}
	return map[string]boundary{
		"clients.hierarchy.windows max":        {model: of(product.LimitHierarchyWindows), design: shared("windows", 140_000)},
		"clients.hierarchy.macos max":          {model: of(product.LimitHierarchyMacs), design: shared("macos", 12_000)},
		"clients.hierarchy.mobile_devices max": {model: of(product.LimitHierarchyDevices), design: shared("mobile_devices", 30_000)},
		"clients.hierarchy.total max": {model: of(everything), design: counted(func(n int) string {
			return ruletest.TopSite + ruletest.Primaries(6, "clients.windows=116000 clients.macos=4000 clients.mobile_devices=16000", 7) +
				fmt.Sprintf("site P99 primary CAS clients.windows=4000 clients.macos=1000 clients.mobile_devices=%d\nrole P99 mp99 management_point\n", n-6*136_000-5_000) +
				ruletest.Repeated(6, "role P%02[1]d ep%[1]d enrollment_point\nrole P%02[1]d epx%[1]d enrollment_proxy_point\nrole P%02[1]d dp%[1]d distribution_point") +
				"role P99 ep99 enrollment_point\nrole P99 epx99 enrollment_proxy_point\nrole P99 dp99 distribution_point\n"
		})},
		"clients.hierarchy.sql_server_standard max": {model: of(database.LimitStandardEditionClients),
			design: written("site CAS central_administration database.edition=standard\nsite PS1 primary CAS clients.windows=%[1]s\n" + ruletest.Repeated(3, "role PS1 mp%d management_point"))},
		"clients.child_primary.total max": {model: of(product.LimitChildPrimary), design: counted(func(n int) string {
			return ruletest.TopSite + ruletest.Primaries(1, fmt.Sprintf("clients.windows=%d clients.macos=1000", n-1000), 7) + "role P00 dp distribution_point\n"
		})},
		"clients.child_primary.windows max": {model: of(product.LimitChildPrimary), design: counted(func(n int) string {
			return ruletest.TopSite + ruletest.Primaries(1, fmt.Sprintf("clients.windows=%d", n), 7)
		})},
		"clients.child_primary.macos max": {model: of(product.LimitHierarchyMacs), design: counted(func(n int) string {
			return ruletest.TopSite + ruletest.Primaries(1, fmt.Sprintf("clients.macos=%d", n), 7) + "role P00 dp distribution_point\n"
		})},
		"clients.stand_alone_primary.total max": {model: of(product.LimitStandAloneClients), design: counted(func(n int) string {
			return served(fmt.Sprintf("clients.windows=%d clients.macos=25000 clients.mobile_devices=50000", n-75_000)) + enrollmentRoles
		})},
		"clients.stand_alone_primary.windows max":         {model: of(product.LimitStandAloneWindows), design: counted(func(n int) string { return served(fmt.Sprintf("clients.windows=%d", n)) })},
		"clients.stand_alone_primary.macos max":           {model: of(product.LimitStandAloneMacs), design: counted(func(n int) string { return served(fmt.Sprintf("clients.macos=%d", n)) + enrollmentRoles })},
		"clients.stand_alone_primary.mobile_devices max":  {model: of(product.LimitStandAloneDevices), design: counted(func(n int) string { return served(fmt.Sprintf("clients.mobile_devices=%d", n)) + enrollmentRoles })},
		"clients.small_site below":                        {model: of(colocation.LimitSmallSite), design: written("site PS1 primary clients.windows=%[1]s\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point")},
		"clients.secondary.windows max":                   {model: of(product.LimitSecondaryWindows), design: written("site PS1 primary\nsite SS1 secondary PS1 clients.windows=%[1]s")},
		"clients.central_administration max":              {design: written("site CAS central_administration clients.windows=%[1]s")},
		"clients.windows_embedded.with_exceptions max":    {model: of(limits.LimitEmbeddedExceptions), design: written("site PS1 primary clients.windows=20000 clients.windows_embedded_with_exceptions=%[1]s\nrole PS1 mp management_point")},
		"clients.windows_embedded.without_exceptions max": {model: of(limits.LimitEmbeddedNoExceptions), design: written("site PS1 primary clients.windows=20000 clients.windows_embedded_without_exceptions=%[1]s\nrole PS1 mp management_point")},
	}
}

func roleBoundaries() map[string]boundary {
	const managementPoint = "site PS1 primary\nrole PS1 mp management_point "
	several := func(format string) func(string) string {
		return counted(func(n int) string { return "site PS1 primary\n" + ruletest.Repeated(n, format) })
	}
	return map[string]boundary{
		"management_point.per_primary max": {model: cardinalityOf("ROLE-CARD-MP-PRI"), design: several("role PS1 mp%d management_point")},
		"management_point.per_secondary max": {design: counted(func(n int) string {
			return "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point\n" + ruletest.Repeated(n-1, "role SS1 mp%d management_point")
		})},
		"management_point.clients max":        {model: of(product.LimitClientsPerManagementPoint), design: written(managementPoint + "clients=%[1]s")},
		"management_point.windows max":        {model: of(product.LimitClientsPerManagementPoint), design: written("site PS1 primary clients.windows=%[1]s\nrole PS1 mp management_point")},
		"management_point.macos max":          {model: of(product.LimitMacsPerManagementPoint), design: written(managementPoint + "clients=20000 mobile_devices=0 macos=%[1]s")},
		"management_point.mobile_devices max": {model: of(product.LimitDevicesPerManagementPoint), design: written(managementPoint + "clients=20000 macos=0 mobile_devices=%[1]s")},
		"management_point.macos_and_mobile_devices max": {model: of(product.LimitDevicesPerManagementPoint), design: counted(func(n int) string {
			return managementPoint + fmt.Sprintf("clients=20000 macos=5000 mobile_devices=%d", n-5000)
		})},
		"fallback_status_point.clients max": {model: of(product.LimitFallbackClients), design: written("site PS1 primary\nrole PS1 fsp fallback_status_point clients=%[1]s")},
		"software_update_point.clients_on_a_shared_server max": {model: of(product.LimitUpdateClientsShared),
			design: written("site PS1 primary clients.windows=%[1]s\nrole PS1 mp management_point\nrole PS1 mp software_update_point\nrole PS1 mp2 management_point")},
		"software_update_point.clients_on_its_own_server max": {model: of(product.LimitUpdateClientsDedicated), design: counted(func(n int) string {
			return served(fmt.Sprintf("clients.windows=%d", n)) + "role PS1 sup software_update_point"
		})},
		"sms_provider.per_site min": {design: counted(func(n int) string {
			return "site PS1 primary sms_providers=[" + strings.Repeat(`"ps1.contoso.com"`, n) + "]"
		})},
		"sms_provider.per_server max": {design: counted(func(n int) string {
			return "site PS1 primary sms_providers=[" + strings.TrimSuffix(strings.Repeat(`"ps1.contoso.com",`, n), ",") + "]"
		})},
		"service_connection_point.per_hierarchy max": {model: cardinalityOf("ROLE-CARD-SCP-HIER"), design: several("role PS1 srv%d service_connection_point")},
		"asset_intelligence_synchronization_point.per_hierarchy max": {model: cardinalityOf("ROLE-CARD-AISP-HIER"), design: counted(func(n int) string {
			return "version 2103\nsite PS1 primary\n" + ruletest.Repeated(n, "role PS1 srv%d asset_intelligence_synchronization_point")
		})},
		"endpoint_protection_point.per_hierarchy max": {model: cardinalityOf("ROLE-CARD-EPP-HIER"), design: several("role PS1 srv%d endpoint_protection_point")},
		"data_warehouse_service_point.per_hierarchy max": {model: cardinalityOf("ROLE-CARD-DWSP-HIER"),
			design: several("role PS1 srv%d data_warehouse_service_point\nrole PS1 srv%[1]d reporting_services_point")},
		"data_warehouse_service_point.retention_days min": {model: lowest(limits.RangeWarehouseRetained), design: written(warehouseOf)},
		"data_warehouse_service_point.retention_days max": {model: highest(limits.RangeWarehouseRetained), design: written(warehouseOf)},
		"software_update_point.per_secondary max": {model: cardinalityOf("ROLE-CARD-SUP-SEC"), design: counted(func(n int) string {
			return "site PS1 primary\nsite SS1 secondary PS1\nrole PS1 sup software_update_point\n" + ruletest.Repeated(n, "role SS1 sup%d software_update_point")
		})},
		"reporting_services_point.at_a_central_administration_site_with_distributed_views max": {design: counted(func(n int) string {
			return ruletest.Viewed("", "role CAS cas reporting_services_point\n"+ruletest.Repeated(n-1, "role CAS rsp%d reporting_services_point"))
		})},
		"exchange_server_connector.per_organization max": {design: several("role PS1 exc%d exchange_server_connector organization=Contoso")},
	}
}

const warehouseOf = `site PS1 primary
role PS1 ps1 data_warehouse_service_point account=contoso.com\dw retention_days=%[1]s`

func distributionBoundaries() map[string]boundary {
	const point = "site PS1 primary\nrole PS1 dp1 distribution_point "
	multicast := func(place int) func(string) string {
		return counted(func(n int) string {
			values := []any{100, 20, 10, 63000, 64000}
			values[place] = n
			if place == 3 && n > 64000 {
				values[4] = 65535
			}
			if place == 4 && n < 63000 {
				values[3] = 1
			}
			return fmt.Sprintf(ruletest.MulticastAll, values...)
		})
	}
	return map[string]boundary{
		"distribution_point.standard_per_site max": {model: of(limits.LimitStandardPoints), design: counted(func(n int) string { return "site PS1 primary\n" + ruletest.Crowd("PS1", n, "") })},
		"distribution_point.pull_per_site max": {model: of(limits.LimitPullPoints), design: counted(func(n int) string {
			return "site PS1 primary\n" + ruletest.PullSource + ruletest.Crowd("PS1", n, ruletest.Pulled)
		})},
		"distribution_point.all_per_site max": {model: of(limits.LimitPointsOfSite), errors: true, design: counted(func(n int) string {
			return "site PS1 primary\n" + ruletest.PullSource + ruletest.Repeated(249, "role PS1 std%d distribution_point") + ruletest.Crowd("PS1", n-250, ruletest.Pulled)
		})},
		"distribution_point.per_primary_tree max":               {model: of(limits.LimitPointsOfTree), design: counted(func(n int) string { return ruletest.Grove(19, n-5000) })},
		"distribution_point.clients max":                        {model: of(product.LimitClientsPerDistributionPoint), design: written(point + "clients=%[1]s")},
		"distribution_point.packages max":                       {model: of(limits.LimitPackagesOfPoint), design: written(point + "package_count=%[1]s")},
		"distribution_point.minimum_free_space min":             {model: lowest(distribution.RangeMinimumFreeSpace), design: written(point + "minimum_free_space=%[1]s")},
		"distribution_point.minimum_free_space max":             {model: highest(distribution.RangeMinimumFreeSpace), design: written(point + "minimum_free_space=%[1]s")},
		"distribution_point.pull_source_priority min":           {model: lowest(distribution.RangePullPriority), design: written(ruletest.StandardDP1 + `role PS1 dp2 distribution_point pull_sources={"dp1.contoso.com":%[1]s}`)},
		"distribution_point.pull_source_priority max":           {model: highest(distribution.RangePullPriority), design: written(ruletest.StandardDP1 + `role PS1 dp2 distribution_point pull_sources={"dp1.contoso.com":%[1]s}`)},
		"distribution_point.pxe_response_delay min":             {model: lowest(distribution.RangePXEDelay), design: written(point + "pxe_response_delay=%[1]s")},
		"distribution_point.pxe_response_delay max":             {model: highest(distribution.RangePXEDelay), design: written(point + "pxe_response_delay=%[1]s")},
		"distribution_point.multicast.maximum_clients min":      {model: lowest(distribution.RangeMulticastClients), design: multicast(0)},
		"distribution_point.multicast.maximum_clients max":      {model: highest(distribution.RangeMulticastClients), design: multicast(0)},
		"distribution_point.multicast.minimum_session_size min": {model: lowest(distribution.RangeMulticastSession), design: multicast(1)},
		"distribution_point.multicast.minimum_session_size max": {model: highest(distribution.RangeMulticastSession), design: multicast(1)},
		"distribution_point.multicast.session_start_delay min":  {model: lowest(distribution.RangeMulticastDelay), design: multicast(2)},
		"distribution_point.multicast.session_start_delay max":  {model: highest(distribution.RangeMulticastDelay), design: multicast(2)},
		"distribution_point.multicast.udp_port_start min":       {model: lowest(distribution.RangeMulticastStart), design: multicast(3)},
		"distribution_point.multicast.udp_port_start max":       {model: highest(distribution.RangeMulticastStart), design: multicast(3)},
		"distribution_point.multicast.udp_port_end min":         {model: lowest(distribution.RangeMulticastEnd), design: multicast(4)},
		"distribution_point.multicast.udp_port_end max":         {model: highest(distribution.RangeMulticastEnd), design: multicast(4)},
		"sql_server.express_content max":                        {model: of(database.LimitExpressContent), design: written("site PS1 primary\nsite SS1 secondary PS1\nhierarchy package_count=%[1]s\nrole PS1 dp distribution_point")},
	}
}

func gatewayBoundaries() map[string]boundary {
	size := func(version, size string) func(string) string {
		return counted(func(n int) string { return ruletest.Sized(version, size, 1, n) })
	}
	linked := func(instances, points int) string {
		return "site PS1 primary\n" + fmt.Sprintf(`hierarchy cloud_management_gateways={"a":{"name":"cmg","vm_instances":%d}}`, instances) + "\n" +
			ruletest.Repeated(points, "role PS1 cp%d cloud_management_gateway_connection_point cloud_management_gateway=cmg")
	}
	perPoint := product.LimitInstancesPerCMGCP
	forLargest := product.Limit{Value: product.RangeGatewayInstances.Max / perPoint.Value, Source: perPoint.Source}
	return map[string]boundary{
		"cloud_management_gateway.vm_instances min":                   {model: lowest(product.RangeGatewayInstances), design: counted(func(n int) string { return linked(n, 5) })},
		"cloud_management_gateway.vm_instances max":                   {model: highest(product.RangeGatewayInstances), design: counted(func(n int) string { return linked(n, 5) })},
		"cloud_management_gateway.clients.standard_b2s max":           {model: of(gateways.GatewayCapacities[0].Clients), design: size("2107", model.SizeB2s)},
		"cloud_management_gateway.clients.standard_a2_v2 max":         {model: of(gateways.GatewayCapacities[1].Clients), design: size("2603", model.SizeA2v2)},
		"cloud_management_gateway.clients.standard_a4_v2 max":         {model: of(gateways.GatewayCapacities[2].Clients), design: size("2603", model.SizeA4v2)},
		"cloud_management_gateway.clients.scale_set_2010_to_2103 max": {model: of(gateways.GatewayCapacities[3].Clients), design: size("2103", model.SizeA2v2)},
		"cloud_management_gateway.clients.classic max": {model: of(gateways.GatewayCapacities[4].Clients), design: counted(func(n int) string {
			return ruletest.WithGateway("version 2111\nsite PS1 primary", fmt.Sprintf(`"deployment":"cloud_service_classic","vm_instances":1,"clients":%d`, n))
		})},
		"cloud_management_gateway.management_points_2010_to_2103 max": {model: of(gateways.LimitPreviewManagementPoints), design: counted(func(n int) string {
			return ruletest.WithGateway("version 2103\nsite PS1 primary\n"+ruletest.Repeated(n, "role PS1 mp%d management_point protocol=https"), ruletest.ScaleSetAttributes)
		})},
		"cloud_management_gateway.name_length min":                       {model: lowest(product.RangeGatewayName), design: counted(func(n int) string { return ruletest.Named(strings.Repeat("a", n), "") })},
		"cloud_management_gateway.name_length max":                       {model: highest(product.RangeGatewayName), design: counted(func(n int) string { return ruletest.Named(strings.Repeat("a", n), "") })},
		"cloud_management_gateway_connection_point.instances max":        {model: of(perPoint), design: counted(func(n int) string { return linked(n, 1) })},
		"cloud_management_gateway_connection_point.for_16_instances min": {model: of(forLargest), design: counted(func(n int) string { return linked(16, n) })},
	}
}

func nameBoundaries() map[string]boundary {
	long := func(format string) func(string) string {
		return counted(func(n int) string { return fmt.Sprintf(format, strings.Repeat("A", n)) })
	}
	return map[string]boundary{
		"naming.site_code_length max":     {model: of(product.LimitSiteCodeLength), design: long("site PS1 primary site_code=%s")},
		"naming.site_code_length min":     {model: of(product.LimitSiteCodeLength), design: long("site PS1 primary site_code=%s")},
		"naming.site_name_length max":     {model: of(product.LimitSiteNameLength), design: long("site PS1 primary name=%s")},
		"naming.sql_instance_length min":  {design: long(`site PS1 primary database.port=1433 database.instance="%s"`)},
		"naming.sql_instance_length max":  {model: of(product.LimitInstanceName), design: long(`site PS1 primary database.port=1433 database.instance="%s"`)},
		"naming.computer_name_length max": {model: of(product.LimitComputerName), design: long("site PS1 primary site_server=%s.contoso.com")},
		"naming.host_name_length max": {model: of(product.LimitHostNameLength), design: counted(func(n int) string {
			return "site PS1 primary site_server=ps1." + strings.Repeat("a", n-len("ps1."))
		})},
		"naming.database_length min": {design: long(`site PS1 primary database.name="%s"`)},
		"naming.database_length max": {model: of(product.LimitDatabaseName), design: long(`site PS1 primary database.name="%s"`)},
	}
}

func databaseBoundaries() map[string]boundary {
	row := func(version string, express bool) product.SQLServer {
		for _, s := range product.SQLServers() {
			if s.Version == version && s.Express == express {
				return s
			}
		}
		return product.SQLServer{}
	}
	from := func(version string) boundary {
		s := row(version, false)
		return boundary{model: firstIn(s.From.Version, s.Source), design: written("version %[1]s\nsite PS1 primary database.sql_version=\"" + version + "\"")}
	}
	until := func(version string, errors bool) boundary {
		s := row(version, false)
		return boundary{model: firstIn(s.Until.Version, s.Source), errors: errors,
			design: written("version %[1]s\nsite PS1 primary database.sql_version=\"" + strings.ReplaceAll(version, " ", `\u0020`) + "\" database.edition=standard")}
	}
	express := func(version string, bound func(product.SQLServer) product.Version) boundary {
		s := row(version, true)
		return boundary{model: firstIn(bound(s), s.Source),
			design: written("version %[1]s\nsite PS1 primary\nsite SS1 secondary PS1 database.edition=express database.sql_version=\"" + version + "\"")}
	}
	begins := func(s product.SQLServer) product.Version { return s.From.Version }
	ends := func(s product.SQLServer) product.Version { return s.Until.Version }
	unsupported2012 := until("2012", false)
	unsupported2012.model = firstIn(lifecycle.SQLLifecycles[0].Warned, lifecycle.SQLLifecycles[0].Sources[0])
	return map[string]boundary{
		"sql_server.minimum_memory.upper_sites min": {model: of(database.LimitMemoryUpperSites), design: written("site PS1 primary database.minimum_server_memory=%[1]s")},
		"sql_server.minimum_memory.secondary min":   {model: of(database.LimitMemorySecondary), design: written("site PS1 primary\nsite SS1 secondary PS1 database.edition=standard database.minimum_server_memory=%[1]s")},
		"sql_server.2025.from from":                 from("2025"),
		"sql_server.2022.from from":                 from("2022"),
		"sql_server.2019.from from":                 from("2019"),
		"sql_server.2017.from from":                 from("2017"),
		"sql_server.2016.from from":                 from("2016"),
		"sql_server.2016.until until":               until("2016", true),
		"sql_server.2016_express.until until":       express("2016", ends),
		"sql_server.2014.until until":               until("2014", false),
		"sql_server.2012.unsupported until":         unsupported2012,
		"sql_server.2012.until until":               until("2012", true),
		"sql_server.2008_r2.until until":            until("2008 R2", false),
		"sql_server.2025_express.from from":         express("2025", begins),
		"sql_server.2017_express.from from":         express("2017", begins),
		"sql_server.2014_express.until until":       express("2014", ends),
		"sql_server.2012_express.until until":       express("2012", ends),
	}
}

func systemBoundaries() map[string]boundary {
	system := func(key string, bound func(*product.OperatingSystem) product.Version, more string) boundary {
		os := product.SystemOf(key)
		return boundary{model: firstIn(bound(os), os.Source), design: written("version %[1]s\nsite PS1 primary\nserver PS1 srv operating_system=" + key + more)}
	}
	supported := func(os *product.OperatingSystem) product.Version { return os.SupportedFrom }
	noticed := func(os *product.OperatingSystem) product.Version { return os.NoticeFrom }
	refused := func(os *product.OperatingSystem) product.Version { return os.RefusedFrom }
	return map[string]boundary{
		"operating_system.windows_server_2025.from from":       system("windows_server_2025", supported, ""),
		"operating_system.windows_server_2022.from from":       system("windows_server_2022", supported, ""),
		"operating_system.windows_server_2019.from from":       system("windows_server_2019", supported, ""),
		"operating_system.windows_server_2016.from from":       system("windows_server_2016", supported, ""),
		"operating_system.windows_server_2012_r2.notice until": system("windows_server_2012_r2", noticed, ""),
		"operating_system.windows_server_2012_r2.until until":  system("windows_server_2012_r2", refused, ""),
		"operating_system.windows_server_2012.notice until":    system("windows_server_2012", noticed, ""),
		"operating_system.windows_server_2012.until until":     system("windows_server_2012", refused, ""),
		"operating_system.windows_server_2008_r2.until until":  system("windows_server_2008_r2", refused, "\nrole PS1 srv management_point"),
		"operating_system.windows_11.from from":                system("windows_11", supported, "\nrole PS1 srv distribution_point"),
		"operating_system.windows_10.disputed until":           system("windows_10", func(os *product.OperatingSystem) product.Version { return os.DisputedFrom }, "\nrole PS1 srv distribution_point"),
	}
}

func programBoundaries() map[string]boundary {
	// first is the oldest release of which something is true.
	first := func(is func(product.Release) bool) product.Release {
		for _, r := range product.Releases() {
			if is(r) {
				return r
			}
		}
		panic("there is no such release")
	}
	since := func(r product.Release, s product.Source, attribute, older string, errors bool) boundary {
		return boundary{model: firstIn(r.Version, s), errors: errors, design: func(v string) string { return ruletest.InstalledOn(v, "ps1", attribute+"="+older) }}
	}
	oldest := func(r product.Release, least string, s product.Source, attribute string) boundary {
		return boundary{model: &constant{least, s}, design: func(v string) string { return ruletest.InstalledOn(r.Version.String(), "ps1", attribute+"="+v) }}
	}
	const dotNet, odbc = "dotnet_version", "odbc_driver_version"
	warned := first(func(r product.Release) bool { return r.Framework.Least == "4.6.2" })
	blocked := first(func(r product.Release) bool { return r.Framework.Least == "4.6.2" && r.Framework.Blocks })
	asked := first(func(r product.Release) bool { return r.Recommended.Least == "4.8" })
	driver := func(least string) product.Release {
		return first(func(r product.Release) bool { return r.Driver.Least == least })
	}
	d1, d4, d6 := driver("18.1.0"), driver("18.4.1.1"), driver("18.6.2.1")
	last := driver("18.4.1.1")
	faulty := func(i int) boundary {
		return boundary{model: &constant{last.Driver.Faulty[i], last.Driver.Source}, design: func(v string) string { return ruletest.InstalledOn(last.Version.String(), "ps1", odbc+"="+v) }}
	}
	taken := first(func(r product.Release) bool {
		return r.Driver.Least != "" && !slices.Contains(r.Driver.Faulty, "18.7.1.1")
	})
	return map[string]boundary{
		"dotnet.4.6.2.warning until": since(warned, warned.Framework.Source, dotNet, "4.6.1", false),
		"dotnet.4.6.2.error until":   since(blocked, blocked.Framework.Source, dotNet, "4.6.1", true),
		"dotnet.4.6.2 floor":         oldest(blocked, blocked.Framework.Least, blocked.Framework.Source, dotNet),
		"dotnet.4.8.warning until":   since(asked, asked.Recommended.Source, dotNet, "4.7.2", false),
		"dotnet.4.8 floor":           oldest(asked, asked.Recommended.Least, asked.Recommended.Source, dotNet),
		"odbc.18.1.0.error until":    since(d1, d1.Driver.Source, odbc, "17.10.6.1", true),
		"odbc.18.1.0 floor":          oldest(d1, d1.Driver.Least, d1.Driver.Source, odbc),
		"odbc.18.4.1.1.error until":  since(d4, d4.Driver.Source, odbc, "18.1.0", true),
		"odbc.18.4.1.1 floor":        oldest(d4, d4.Driver.Least, d4.Driver.Source, odbc),
		"odbc.18.6.2.1.error until":  since(d6, d6.Driver.Source, odbc, "18.4.1.1", true),
		"odbc.18.6.2.1 floor":        oldest(d6, d6.Driver.Least, d6.Driver.Source, odbc),
		"odbc.18.6.1.1 faulty":       faulty(0),
		"odbc.18.7.1.1 faulty":       faulty(1),
		"odbc.18.7.1.1.taken from": {model: firstIn(taken.Version, taken.Driver.Source),
			design: func(v string) string { return ruletest.InstalledOn(v, "ps1", odbc+"=18.7.1.1") }},
	}
}

func releaseBoundaries() map[string]boundary {
	all := map[string]boundary{}
	releases := product.Releases()
	for i, r := range releases {
		if r.SupportEnds != "" {
			all[fmt.Sprintf("release.%s.support_ends day", r.Version)] = boundary{model: &constant{r.SupportEnds, r.Source},
				design: written("review %[1]s\nsite PS1 primary version=\"" + r.Version.String() + "\"")}
		}
		if i == 0 || releases[i-1].Version < 2002 {
			continue // such a hierarchy keeps its central administration site
		}
		// A hierarchy of the release before is the newest one up to the day before.
		all[fmt.Sprintf("release.%s.available available", r.Version)] = boundary{model: &constant{r.Available, r.Source},
			design: written("review %[1]s\nversion " + releases[i-1].Version.String() + "\n" + ruletest.Removed + ruletest.ChildBefore + "hierarchy distributed_views=[]")}
	}
	all["client_platform.macos day"] = boundary{model: &constant{product.MacSupportEnds.Day, product.MacSupportEnds.Source},
		design: written("review %[1]s\nversion 2203\nsite PS1 primary clients.macos=1\nrole PS1 mp management_point\n" + ruletest.Connection)}
	for _, line := range product.SQLServers() {
		if !line.Express && line.Version != "2008" {
			all[fmt.Sprintf("sql_server.%s.support_ends day", strings.ReplaceAll(strings.ToLower(line.Version), " ", "_"))] = boundary{model: &constant{line.SupportEnds, line.Source},
				design: written("review %[1]s\nversion " + firstWith(line) + "\nsite PS1 primary database.edition=standard database.sql_version=\"" + strings.ReplaceAll(line.Version, " ", `\u0020`) + "\"")}
		}
	}
	return all
}

// firstWith is the oldest version that supports a SQL Server version.
func firstWith(s product.SQLServer) string {
	return max(s.From.Version, product.Releases()[0].Version).String()
}
