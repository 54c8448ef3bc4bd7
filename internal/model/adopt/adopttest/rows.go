package adopttest

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Export returns the document with the rows that a hierarchy would have on its SMS Provider: the mapping the
// other way round, written from the list of properties and not from the reader.
func Export(h map[string]any) map[string]any {
	x := &exporter{document: map[string]any{"Format": "configmgr-topology-export", "Version": 1, "gaps": []any{}}, groups: map[string]string{}}
	for _, class := range []string{
		"SMS_Site", "SMS_SCI_SiteDefinition", "SMS_SCI_SysResUse", "SMS_SCI_Component", "SMS_SCI_ClientComp", "SMS_SCI_Address", "SMS_BoundaryGroup",
		"SMS_BoundaryGroupSiteSystems", "SMS_CombinedDeviceResources", "SMS_AzureService",
	} {
		x.document[class] = []any{}
	}
	for _, code := range slices.Sorted(maps.Keys(h["sites"].(tree))) {
		x.site(h["sites"].(tree)[code].(tree))
	}
	for _, id := range slices.Sorted(maps.Keys(h["site_system_servers"].(tree))) {
		x.server(h["site_system_servers"].(tree)[id].(tree))
	}
	for _, id := range slices.Sorted(maps.Keys(h["role_assignments"].(tree))) {
		x.role(h["role_assignments"].(tree)[id].(tree))
	}
	return x.document
}

// Text is that document as text.
func Text(h map[string]any) string {
	text, err := json.MarshalIndent(Export(h), "", " ")
	if err != nil {
		panic(err)
	}
	return string(text)
}

type exporter struct {
	document map[string]any
	groups   map[string]string
}

func (x *exporter) add(class string, row map[string]any) {
	x.document[class] = append(x.document[class].([]any), row)
}

func typeNumber(kind any) int {
	return map[any]int{"secondary": 1, "primary": 2, "central_administration": 4}[kind]
}

// p is an embedded property.
func p(name string, value any, texts ...any) map[string]any {
	row := map[string]any{"PropertyName": name, "Value": value, "Value1": "", "Value2": ""}
	for i, text := range texts {
		if text == nil {
			text = ""
		}
		row["Value"+strconv.Itoa(i+1)] = text
	}
	return row
}

func flag(is any) int {
	if is == true {
		return 1
	}
	return 0
}

func (x *exporter) site(s tree) {
	code, server := s["site_code"], s["site_server"].(string)
	parent := ""
	if p, ok := s["parent"].(tree); ok {
		parent = p["site_code"].(string)
	}
	library := `D:\SCCMContentLib`
	if path, ok := s["content_library_path"].(string); ok {
		library = path
	}
	x.add("SMS_Site", map[string]any{
		"SiteCode": code, "SiteName": s["name"], "ServerName": server, "ReportingSiteCode": parent, "Type": typeNumber(s["site_type"]), "Status": 1,
		"Version": "5.00.9146.1000", "BuildNumber": 9146, "InstallDir": s["install_directory"].(string) + `\`, "ContentLibraryLocation": library,
	})
	db := s["database"].(tree)
	name := db["name"].(string)
	if instance, ok := db["instance"].(string); ok {
		name = instance + `\` + name
	}
	x.add("SMS_SCI_SiteDefinition", map[string]any{
		"SiteCode": code, "SiteName": s["name"], "SiteServerName": strings.ToUpper(server), "SiteServerDomain": "CONTOSO", "ParentSiteCode": parent, "SiteType": typeNumber(s["site_type"]),
		"SQLServerName": db["server"], "SQLDatabaseName": name,
		"Props": []any{
			p("SQLServerFQDN", 0, db["server"]), p("SQLServicePort", db["port"]), p("SSBPort", db["service_broker_port"]), p("SQLAGPrimaryReplica", 0, ""), p("Full Version", 0, "5.00.9146.1000"),
		},
	})
	kind := typeNumber(s["site_type"])
	x.setup(code, server, "SMS Site Server", kind, nil)
	if passive, ok := s["passive_site_server"].(string); ok {
		x.setup(code, passive, "SMS Site Server", 8, nil)
	}
	providers, _ := s["sms_providers"].([]any)
	for _, host := range providers {
		x.setup(code, host.(string), "SMS Provider", 8, nil)
	}
	var props []any
	if account, ok := db["service_account"]; ok {
		props = []any{p("SQL Server Service Logon Account", 0, "", account)}
	}
	x.setup(code, db["server"].(string), "SMS SQL Server", 8, props)
	if ports, ok := s["client_ports"].(tree); ok {
		x.add("SMS_SCI_Component", map[string]any{"SiteCode": code, "ItemName": "SMS_MP_CONTROL_MANAGER|SMS Management Point", "Props": []any{
			p("IISPortsList", 0, strconv.FormatInt(ports["http"].(int64), 10)), p("IISSSLPortsList", 0, strconv.FormatInt(ports["https"].(int64), 10)),
		}})
	}
	if mode, ok := s["client_communication"]; ok {
		state := map[any]int{"https_only": 63, "enhanced_http": 1024 + 192, "https_or_http": 192}[mode]
		if s["use_pki_client_certificates"] == true && mode != "https_only" {
			state += 256
		}
		x.add("SMS_SCI_Component", map[string]any{"SiteCode": code, "ItemName": "SMS_SITE_COMPONENT_MANAGER|SMS Site Server", "Props": []any{p("IISSSLState", state)}})
	}
	if accounts, ok := s["network_access_accounts"].([]any); ok {
		lists := []any{}
		if len(accounts) > 0 {
			lists = append(lists, map[string]any{"PropertyListName": "Network Access User Names", "Values": accounts})
		}
		x.add("SMS_SCI_ClientComp", map[string]any{"SiteCode": code, "ItemName": "Software Distribution", "ClientComponentName": "Software Distribution", "PropLists": lists})
	}
}

func (x *exporter) setup(code any, host, role string, kind int, props []any) {
	row := map[string]any{"SiteCode": code, "RoleName": role, "NetworkOSPath": `\\` + host, "NALType": "Windows NT Server", "Type": kind, "SslState": 2}
	if props != nil {
		row["Props"] = props
	}
	x.add("SMS_SCI_SysResUse", row)
}

func (x *exporter) server(s tree) {
	code, host := s["site"].(tree)["site_code"], s["fqdn"].(string)
	account, _ := s["installation_account"].(string)
	proxy, _ := s["proxy"].(tree)
	x.setup(code, host, "SMS Site System", 8, []any{
		p("Server Remote Public Name", 0, s["internet_fqdn"]), p("FDMOperation", flag(s["site_server_initiates_connections"])),
		p("UseMachineAccount", 1-flag(account != "")), p("UserName", 0, "", account),
		p("UseProxy", flag(proxy != nil)), p("ProxyName", 0, "", proxy["server_name"]), p("ProxyServerPort", proxy["port"]),
		p("DomainFQDN", 0, s["domain"]), p("ForestFQDN", 0, s["forest"]),
	})
	x.setup(code, strings.ToUpper(host), "SMS Component Server", 8, nil)
	if is, ok := s["client_installed"].(bool); ok {
		build := map[any]string{"windows_server_2022": "10.0.20348.1", "windows_server_2019": "10.0.17763.1"}[s["operating_system"]]
		label, _, _ := strings.Cut(host, ".")
		device := map[string]any{"Name": strings.ToUpper(label), "IsClient": is, "DeviceOS": "Microsoft Windows NT Server 10.0", "DeviceOSBuild": build, "SiteCode": s["client_site_code"]}
		x.add("SMS_CombinedDeviceResources", device)
	}
}

func (x *exporter) role(a tree) {
	key := a["role"].(string)
	server := a["server"].(tree)
	code, host := server["site"].(tree)["site_code"], server["fqdn"].(string)
	settings, _ := a[key].(tree)
	role, ok := RoleNames[key]
	if !ok {
		panic("no name for " + key)
	}
	row := map[string]any{"SiteCode": code, "RoleName": role, "NetworkOSPath": `\\` + host, "NALType": "Windows NT Server", "Type": 8, "SslState": 2}
	var props, lists []any
	connections := func(internet, intranet string) {
		props = append(props, p(internet, flag(strings.Contains(settings["client_connections"].(string), "internet"))), p(intranet, flag(strings.Contains(settings["client_connections"].(string), "intranet"))))
	}
	switch key {
	case "management_point":
		row["SslState"] = flag(settings["protocol"] == "https")
		connections("MPInternetFacing", "MPIntranetFacing")
		props = append(props, p("AllowProxyTraffic", flag(settings["allow_cmg_traffic"])))
		replica, _ := settings["database_replica"].(tree)
		props = append(props, p("UseSiteDatabase", 1-flag(replica != nil)))
		if replica != nil {
			props = append(props, p("SQLServerName", 0, "", replica["server"]), p("DatabaseName", 0, "", replica["database_name"]))
		}
		if account, ok := settings["database_connection_account"]; ok {
			props = append(props, p("UserName", 0, "", account))
		}
		x.inGroups(host, settings)
	case "distribution_point":
		props, lists = x.point(code, host, settings)
	case "software_update_point":
		connections("IsINF", "IsIntranet")
		props = append(props, p("SSLWSUS", flag(settings["protocol"] == "https")), p("AllowProxyTraffic", flag(settings["allow_cmg_traffic"])),
			p("WSUSIISPort", settings["http_port"]), p("WSUSIISSSLPort", settings["https_port"]), p("UseProxy", flag(settings["use_proxy"])),
			p("UseProxyForADR", flag(settings["use_proxy_for_automatic_deployment_rules"])), p("WSUSAccessAccount", 0, "", settings["wsus_connection_account"]),
			p("UseParentWSUS", flag(settings["synchronization_source"] == "parent_site")))
		if database, ok := settings["wsus_database_server"].(string); ok {
			if instance, ok := settings["wsus_database_instance"].(string); ok {
				database += `\` + instance
			}
			props = append(props, p("DBServerName", 0, "", database))
		}
	case "reporting_services_point":
		props = append(props, p("DatabaseServerName", 0, "", settings["database_server"]), p("ReportServerInstance", 0, "", settings["report_server_instance"]),
			p("RootFolder", 0, "", settings["folder_name"]), p("Username", 0, "", settings["account"]))
	case "service_connection_point":
		props = append(props, p("OfflineMode", flag(settings["mode"] == "offline")))
	}
	if props != nil {
		row["Props"] = props
	}
	if lists != nil {
		row["PropLists"] = lists
	}
	x.add("SMS_SCI_SysResUse", row)
}

// RoleNames are the names in RoleName of the roles that are generated.
var RoleNames = map[string]string{
	"management_point": "SMS Management Point", "distribution_point": "SMS Distribution Point", "software_update_point": "SMS Software Update Point",
	"fallback_status_point": "SMS Fallback Status Point", "state_migration_point": "SMS State Migration Point", "reporting_services_point": "SMS SRS Reporting Point",
	"service_connection_point": "SMS Dmp Connector",
}

func (x *exporter) inGroups(host string, settings tree) {
	groups, _ := settings["boundary_groups"].([]any)
	for _, group := range groups {
		name := group.(string)
		if x.groups[name] == "" {
			x.groups[name] = strconv.Itoa(16777217 + len(x.groups))
			x.add("SMS_BoundaryGroup", map[string]any{"GroupID": x.groups[name], "Name": name})
		}
		x.add("SMS_BoundaryGroupSiteSystems", map[string]any{"GroupID": x.groups[name], "ServerNALPath": nalPath("XXX", host)})
	}
}

func nalPath(code any, host string) string {
	return `["Display=\\` + host + `\"]MSWNET:["SMS_SITE=` + code.(string) + `"]\\` + host + `\`
}

func (x *exporter) point(code any, host string, settings tree) (props, lists []any) {
	x.inGroups(host, settings)
	sources, isPull := settings["pull_sources"].(tree)
	multicast, isMulticast := settings["multicast"].(tree)
	props = []any{
		p("SslState", map[any]int{"https": 63, "http": 0}[settings["protocol"]]), p("IsPullDP", flag(isPull)), p("IsPXE", flag(settings["pxe"] != nil)), p("SccmPXE", flag(settings["pxe"] == "responder")),
		p("IsMulticast", flag(isMulticast)), p("IsAnonymousEnabled", flag(settings["allow_anonymous"])), p("PreStagingAllowed", flag(settings["allow_prestaged_content"])),
		p("MinFreeSpace", settings["minimum_free_space"]),
	}
	if delay, ok := settings["pxe_response_delay"]; ok {
		props = append(props, p("ResponseDelay", delay))
	}
	for _, drives := range []struct{ name, primary, secondary string }{
		{"AvailableContentLibDrivesList", "primary_content_drive", "secondary_content_drive"}, {"AvailablePkgShareDrivesList", "primary_package_drive", "secondary_package_drive"},
	} {
		if first, ok := settings[drives.primary].(string); ok {
			second, _ := settings[drives.secondary].(string)
			props = append(props, p(drives.name, 0, first+second))
		}
	}
	if certificate, ok := settings["certificate"]; ok {
		props = append(props, p("CertificateFile", 0, map[any]string{"self_signed": "", "pki": `D:\dp.cer`}[certificate]))
	}
	if day, ok := settings["certificate_expiration"].(string); ok {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			panic(err)
		}
		props = append(props, p("CertificateExpirationDate", 0, strconv.FormatInt((at.Unix()+11644473600)*10_000_000, 10)))
	}
	if isPull {
		var paths, ranks []any
		for _, source := range slices.Sorted(maps.Keys(sources)) {
			paths, ranks = append(paths, nalPath(code, source)), append(ranks, strconv.FormatInt(sources[source].(int64), 10))
		}
		lists = []any{map[string]any{"PropertyListName": "SourceDistributionPoints", "Values": paths}, map[string]any{"PropertyListName": "SourceDPRanks", "Values": ranks}}
	}
	if isMulticast {
		x.setup(code, host, "SMS Multicast Service Point", 8, []any{p("Multicast Max Clients", multicast["maximum_clients"]), p("StartPort", multicast["udp_port_start"]), p("EndPort", multicast["udp_port_end"])})
	}
	if limits, ok := settings["rate_limits"]; ok {
		hours := []any{}
		if limits == "limited_by_hour" {
			for range 24 {
				hours = append(hours, 50)
			}
		}
		x.add("SMS_SCI_Address", map[string]any{"SiteCode": code, "ItemName": host + "|MS_LAN", "DesSiteCode": host, "UnlimitedRateForAll": limits == "unlimited", "RateLimitingSchedule": hours})
	}
	return props, lists
}
