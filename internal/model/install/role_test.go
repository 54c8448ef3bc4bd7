package install

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// decodeAssignment returns a role assignment of a tree that has to be right.
func decodeAssignment(t testing.TB, tree object) *model.Assignment {
	t.Helper()
	a := &model.Assignment{}
	if errors := model.Decode(a, tree); len(errors) > 0 {
		t.Fatalf("decode: %v", errors)
	}
	return a
}

var unknown = model.UnknownValue{}

var (
	ps1 = site("PS1", "primary", nil)
	ss1 = site("SS1", "secondary", ps1)
)

func at(host, key string, settings object) object {
	return role(ps1, host+".contoso.com", key, settings)
}

func TestForAssignment_Commands(t *testing.T) {
	for _, c := range []struct {
		name       string
		assignment object
		want       string // of the command line, without the server and the site code where they are the usual ones
	}{
		{"management point", at("mp", managementPoint, nil), "Add-CMManagementPoint -SiteSystemServerName 'mp.contoso.com' -SiteCode 'PS1'"},
		{"management point with settings", at("mp", managementPoint, object{
			"protocol": "https", "client_connections": "internet_and_intranet", "allow_mobile_devices": true, "allow_cmg_traffic": false,
			"database_connection_account": `contoso\mp`, "database_replica": object{"server": "sql.contoso.com", "instance": "R", "database_name": "CM_R"},
		}), `Add-CMManagementPoint -SiteSystemServerName 'mp.contoso.com' -SiteCode 'PS1' -EnableSsl:$true -ClientConnectionType 'InternetAndIntranet' -AllowDevice:$true -EnableCloudGateway:$false ` +
			`-ConnectionAccountUserName 'contoso\mp' -SqlServerFqdn 'sql.contoso.com' -SqlServerInstanceName 'R' -DatabaseName 'CM_R'`},
		{"name and code as typed", role(object{"site_code": "ps1", "site_type": "primary"}, "MP.Contoso.COM", managementPoint, nil),
			"Add-CMManagementPoint -SiteSystemServerName 'mp.contoso.com' -SiteCode 'PS1'"},
		{"distribution point", at("dp", distributionPoint, nil),
			"Add-CMDistributionPoint -SiteSystemServerName 'dp.contoso.com' -SiteCode 'PS1' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration"},
		{"distribution point with a certificate of its own", at("dp", distributionPoint, object{"certificate": "pki", "protocol": "http", "install_iis": true}),
			"Add-CMDistributionPoint -SiteSystemServerName 'dp.contoso.com' -SiteCode 'PS1' -CertificatePath $DistributionPointCertificatePath -CertificatePassword $DistributionPointCertificatePassword -EnableSsl:$false -InstallInternetServer:$true"},
		{"distribution point with content drives", at("dp", distributionPoint, object{
			"certificate_expiration": "2030-01-01", "minimum_free_space": int64(500), "primary_content_drive": "E", "secondary_content_drive": "Automatic",
			"primary_package_drive": "E", "secondary_package_drive": "F", "allow_prestaged_content": true, "allow_anonymous": false,
		}), "Add-CMDistributionPoint -SiteSystemServerName 'dp.contoso.com' -SiteCode 'PS1' -CertificateExpirationTimeUtc '2030-01-01' -MinimumFreeSpaceMB 500 -PrimaryContentLibraryLocation 'E' " +
			"-SecondaryContentLibraryLocation 'Automatic' -PrimaryPackageShareLocation 'E' -SecondaryPackageShareLocation 'F' -AllowPreStaging:$true -EnableAnonymous:$false"},
		{"PXE and multicast", at("dp", distributionPoint, object{"certificate_expiration": "2030-01-01", "pxe": "responder", "pxe_response_delay": int64(2), "multicast": object{
			"maximum_clients": int64(50), "minimum_session_size": int64(5), "session_start_delay": int64(10), "udp_port_start": int64(60000), "udp_port_end": int64(61000), "connection_account": `contoso\mc`,
		}}), "Add-CMDistributionPoint -SiteSystemServerName 'dp.contoso.com' -SiteCode 'PS1' -CertificateExpirationTimeUtc '2030-01-01' -EnablePxe:$true -AllowPxeResponse:$true -EnableNonWdsPxe:$true -PxeServerResponseDelaySec 2 " +
			`-EnableMulticast:$true -MulticastMaximumClientCount 50 -EnableScheduledMulticast:$true -MinimumSessionSize 5 -SessionStartDelayMins 10 -StartUdpPort 60000 -EndUdpPort 61000 -UserName 'contoso\mc'`},
		{"pull-distribution point", at("dp", distributionPoint, object{"certificate_expiration": "2030-01-01", "pull_sources": object{"b.contoso.com": int64(1), "A.contoso.com": int64(2), "c.contoso.com": nil}}),
			"Add-CMDistributionPoint -SiteSystemServerName 'dp.contoso.com' -SiteCode 'PS1' -CertificateExpirationTimeUtc '2030-01-01' -EnablePullDP:$true -SourceDistributionPoint @('b.contoso.com', 'a.contoso.com', 'c.contoso.com') -SourceDPRank @(1, 2, 100)"},
		{"pull-distribution point without priorities", at("dp", distributionPoint, object{"certificate_expiration": "2030-01-01", "pull_sources": object{"b.contoso.com": nil}}),
			"Add-CMDistributionPoint -SiteSystemServerName 'dp.contoso.com' -SiteCode 'PS1' -CertificateExpirationTimeUtc '2030-01-01' -EnablePullDP:$true -SourceDistributionPoint @('b.contoso.com')"},
		{"software update point", at("sup", softwareUpdatePoint, object{"protocol": "https", "http_port": int64(80), "https_port": int64(443), "wsus_connection_account": `contoso\wsus`, "use_proxy": true, "use_proxy_for_automatic_deployment_rules": false}),
			`Add-CMSoftwareUpdatePoint -SiteSystemServerName 'sup.contoso.com' -SiteCode 'PS1' -WsusSsl:$true -WsusIisPort 80 -WsusIisSslPort 443 -UseProxy:$true -UseProxyForAutoDeploymentRule:$false -ConnectionAccountUserName 'contoso\wsus'`},
		{"software update point on the default web site", at("sup", softwareUpdatePoint, object{"wsus_website": "default"}),
			"Add-CMSoftwareUpdatePoint -SiteSystemServerName 'sup.contoso.com' -SiteCode 'PS1' -WsusIisPort 80 -WsusIisSslPort 443"},
		{"fallback status point", at("fsp", fallbackStatusPoint, nil), "Add-CMFallbackStatusPoint -SiteSystemServerName 'fsp.contoso.com' -SiteCode 'PS1'"},
		{"reporting services point", at("rsp", reportingServicesPoint, object{"account": `contoso\rsp`, "report_server_instance": "SSRS", "folder_name": "ConfigMgr_PS1", "database_server": "reports.contoso.com"}),
			`Add-CMReportingServicePoint -SiteSystemServerName 'rsp.contoso.com' -SiteCode 'PS1' -UserName 'contoso\rsp' -ReportServerInstance 'SSRS' -FolderName 'ConfigMgr_PS1'`},
		{"reporting services point without an account", at("rsp", reportingServicesPoint, nil),
			"Add-CMReportingServicePoint -SiteSystemServerName 'rsp.contoso.com' -SiteCode 'PS1' -UserName $ReportingServicesPointAccount"},
		{"state migration point", at("smp", stateMigrationPoint, nil), "Add-CMStateMigrationPoint -SiteSystemServerName 'smp.contoso.com' -SiteCode 'PS1' -StorageFolder $StateMigrationPointFolders"},
		{"service connection point", at("scp", serviceConnectionPoint, object{"mode": "offline"}), "Add-CMServiceConnectionPoint -SiteSystemServerName 'scp.contoso.com' -SiteCode 'PS1' -Mode 'Offline'"},
		{"service connection point without a mode", at("scp", serviceConnectionPoint, nil), "Add-CMServiceConnectionPoint -SiteSystemServerName 'scp.contoso.com' -SiteCode 'PS1' -Mode $ServiceConnectionPointMode"},
		{"Endpoint Protection point", at("epp", endpointProtection, nil),
			"Add-CMEndpointProtectionPoint -SiteSystemServerName 'epp.contoso.com' -SiteCode 'PS1' -ProtectionService $EndpointProtectionService -LicenseAgreed $EndpointProtectionLicenseAgreed"},
		{"Asset Intelligence synchronization point, which takes no site code", at("ai", assetIntelligence, nil), "Add-CMAssetIntelligenceSynchronizationPoint -SiteSystemServerName 'ai.contoso.com'"},
		{"enrollment point", at("ep", enrollmentPoint, object{"database_connection_account": `contoso\ep`}), `Add-CMEnrollmentPoint -SiteSystemServerName 'ep.contoso.com' -SiteCode 'PS1' -UserName 'contoso\ep'`},
		{"enrollment proxy point", at("epp", enrollmentProxyPoint, object{"enrollment_point": "ep.contoso.com"}),
			"Add-CMEnrollmentProxyPoint -SiteSystemServerName 'epp.contoso.com' -SiteCode 'PS1' -ServiceHost (Get-CMEnrollmentPoint -SiteSystemServerName 'ep.contoso.com' -SiteCode 'PS1')"},
		{"cloud management gateway connection point", at("cp", gatewayConnection, object{"cloud_management_gateway": "contoso-cmg"}),
			"Add-CMCloudManagementGatewayConnectionPoint -SiteSystemServerName 'cp.contoso.com' -SiteCode 'PS1' -CloudManagementGatewayName 'contoso-cmg'"},
		{"data warehouse service point", at("dw", dataWarehouse, object{"account": `contoso\dw`, "database_server": "sql.contoso.com", "retention_days": int64(730)}),
			`Add-CMDataWarehouseServicePoint -SiteSystemServerName 'dw.contoso.com' -SiteCode 'PS1' -UserName 'contoso\dw' -DataWarehouseDatabaseServerName 'sql.contoso.com' -DataRetentionDays 730`},
		{"certificate registration point", at("crp", certificateRegistration, nil),
			"Add-CMCertificateRegistrationPoint -SiteSystemServerName 'crp.contoso.com' -SiteCode 'PS1' -Certificate $CertificateRegistrationPointCertificates"},
		{"Exchange Server connector, which is on no server", at("x", exchangeConnector, nil), "New-CMExchangeServer -SiteCode 'PS1' -ServerAddress $ExchangeServerAddress"},
		{"a role that is gone", at("x", "out_of_band_service_point", nil), ""},

		{"management point of a secondary site server", role(ss1, "ss1.contoso.com", managementPoint, nil), ""},
		{"with settings", role(ss1, "SS1.contoso.com", managementPoint, object{"protocol": "https", "database_connection_account": "x"}),
			"Set-CMManagementPoint -SiteSystemServerName 'ss1.contoso.com' -SiteCode 'SS1' -EnableSsl:$true -UserName 'x'"},
		{"distribution point of a secondary site server", role(ss1, "ss1.contoso.com", distributionPoint, object{"minimum_free_space": int64(1000)}), ""},
		{"with PXE", role(ss1, "ss1.contoso.com", distributionPoint, object{"pxe": "windows_deployment_services"}),
			"Set-CMDistributionPoint -SiteSystemServerName 'ss1.contoso.com' -SiteCode 'SS1' -EnablePxe:$true -AllowPxeResponse:$true -EnableNonWdsPxe:$false"},
		{"another server of a secondary site", role(ss1, "dp.contoso.com", distributionPoint, object{"certificate_expiration": "2030-01-01"}),
			"Add-CMDistributionPoint -SiteSystemServerName 'dp.contoso.com' -SiteCode 'SS1' -CertificateExpirationTimeUtc '2030-01-01'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ForAssignment(decodeAssignment(t, c.assignment))
			line := ""
			if got.Command != nil {
				line = got.Command.Line()
			}
			if line != c.want {
				t.Errorf("got  %s\nwant %s", line, c.want)
			}
			if (got.Unknown != Unknown{}) {
				t.Errorf("unknown: %+v", got.Unknown)
			}
		})
	}
}

// TestForAssignment_Unknown checks that what depends on an unknown value is not decided,
// and nothing else.
func TestForAssignment_Unknown(t *testing.T) {
	const (
		command = "command" // whether there is one
		further = "parameters"
		value   = "value" // of a parameter
		dsc     = "dsc"
		ports   = "ports"
		feature = "features"
	)
	unknownSite := func(name string) object {
		return object{"site_code": "SS1", "site_type": "secondary", "site_server": "ss1.contoso.com", name: unknown}
	}
	for _, c := range []struct {
		name       string
		assignment object
		want       []string
	}{
		{"nothing", at("mp", managementPoint, object{"protocol": "http"}), nil},
		{"role", object{"role": unknown, "server": object{"fqdn": "mp.contoso.com", "site": ps1}}, []string{command, dsc, feature, ports}},
		{"server name", object{"role": managementPoint, "server": object{"fqdn": unknown, "site": ps1}}, []string{value}},
		{"server", object{"role": "fallback_status_point", "server": unknown}, []string{value, ports}},
		{"server of a distribution point", object{"role": distributionPoint, "server": unknown}, []string{command, feature, ports}},
		{"site code", role(object{"site_code": unknown, "site_type": "primary"}, "mp.contoso.com", managementPoint, nil), []string{value}},
		{"site type", role(unknownSite("site_type"), "ss1.contoso.com", managementPoint, nil), []string{command, ports}},
		{"site type, another role", role(unknownSite("site_type"), "ss1.contoso.com", softwareUpdatePoint, nil), nil},
		{"no server name at a secondary site", object{"role": distributionPoint, "server": object{"site": object{"site_code": "SS1", "site_type": "secondary", "site_server": "ss1.contoso.com"}}}, []string{}},
		{"site server of a secondary site", role(unknownSite("site_server"), "ss1.contoso.com", distributionPoint, nil), []string{command}},
		{"protocol", at("mp", managementPoint, object{"protocol": unknown}), []string{further, ports}},
		{"account", at("mp", managementPoint, object{"database_connection_account": unknown}), []string{further}},
		{"account that is needed", at("rsp", reportingServicesPoint, object{"account": unknown}), []string{value}},
		{"settings", object{"role": managementPoint, "server": object{"fqdn": "mp.contoso.com", "site": ps1}, "management_point": unknown}, []string{further, ports}},
		{"number of clients", at("mp", managementPoint, object{"clients": unknown}), nil},
		{"IIS", at("dp", distributionPoint, object{"install_iis": unknown}), []string{further, feature}},
		{"PXE", at("dp", distributionPoint, object{"pxe": unknown}), []string{further, feature, ports}},
		{"sources", at("dp", distributionPoint, object{"pull_sources": unknown}), []string{further}},
		{"WSUS port", at("sup", softwareUpdatePoint, object{"http_port": unknown}), []string{further, ports}},
		{"WSUS database", at("sup", softwareUpdatePoint, object{"wsus_database_server": unknown}), []string{feature}},
		{"operating system", object{"role": distributionPoint, "server": object{"fqdn": "dp.contoso.com", "operating_system": unknown, "site": ps1}}, []string{feature}},
		{"operating system, another role", object{"role": managementPoint, "server": object{"fqdn": "mp.contoso.com", "operating_system": unknown, "site": ps1}}, nil},
		{"ports of clients", role(object{"site_code": "PS1", "site_type": "primary", "client_ports": object{"https": unknown}}, "mp.contoso.com", managementPoint, nil), []string{ports}},
		{"ports of clients, not used", role(object{"site_code": "PS1", "site_type": "primary", "client_ports": object{"https": unknown}}, "mp.contoso.com", managementPoint, object{"protocol": "http"}), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ForAssignment(decodeAssignment(t, c.assignment))
			var open []string
			for _, part := range []struct {
				name string
				open bool
			}{
				{command, got.Unknown.Command}, {dsc, got.Unknown.DSC}, {feature, got.Unknown.Features}, {ports, got.Unknown.Ports},
				{further, got.Command != nil && got.Command.Open}, {value, got.Command != nil && !got.Command.Open && !got.Command.Known()},
			} {
				if part.open {
					open = append(open, part.name)
				}
			}
			slices.Sort(open)
			slices.Sort(c.want)
			if !slices.Equal(open, c.want) {
				t.Errorf("unknown are %v, expected %v", open, c.want)
			}
		})
	}
}

// TestTables_CoverTheCatalog fails for a role that is added to the catalog and not
// to the tables, and for one of the tables that the catalog does not have.
func TestTables_CoverTheCatalog(t *testing.T) {
	for _, r := range product.Roles() {
		if r.Kind != product.RoleAssignable {
			continue
		}
		recipe, ok := recipes[r.Key]
		if !ok {
			t.Errorf("%s has no cmdlet", r.Key)
			continue
		}
		if !strings.Contains(recipe.cmdlet, "-CM") || product.PowerShell.At(recipe.cmdlet).URL() == "" {
			t.Errorf("%s has the cmdlet %q", r.Key, recipe.cmdlet)
		}
		if _, ok := managementRows[r.Key]; !ok && !recipe.anywhere {
			t.Errorf("%s has no ports", r.Key)
		}
		if _, ok := features[r.Key]; !ok && !recipe.anywhere {
			t.Errorf("%s has no features", r.Key)
		}
	}
	for name, keys := range map[string][]string{"recipes": keysOf(recipes), "resources": keysOf(resources), "features": keysOf(features), "ports": keysOf(managementRows), "serving": keysOf(servingRows), "database": keysOf(databaseRows), "phases": keysOf(phaseOf)} {
		for _, key := range keys {
			if r, ok := product.RoleByKey(key); !ok || !r.Assignable() {
				t.Errorf("%s: %q is not an assignable role", name, key)
			}
		}
	}
}

func keysOf[T any](m map[string]T) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}

// TestFeatures_SatisfyThePrerequisites has the rules judge a computer with the features
// that each role is said to need, and one without them.
func TestFeatures_SatisfyThePrerequisites(t *testing.T) {
	judged := func(a object, installed []string) []string {
		list := make([]any, len(installed))
		for i, name := range installed {
			list[i] = name
		}
		a["server"].(object)["operating_system"] = "windows_server_2022"
		server := object{"inventory": object{"windows_features": list}}
		for name, v := range a["server"].(object) {
			server[name] = v
		}
		h := hierarchy([]object{ps1, ss1}, a)
		h["site_system_servers"] = object{"it": server}
		var ids []string
		for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(decodeHierarchy(t, h), true), rule.Options{Version: 2203}).Findings {
			if strings.HasPrefix(f.Rule.ID, "PRE-") {
				ids = append(ids, f.Rule.ID)
			}
		}
		return ids
	}
	needy := 0
	for _, key := range slices.Sorted(slices.Values(keysOf(features))) {
		for _, settings := range []object{nil, {"pxe": "windows_deployment_services", "install_iis": false}} {
			if settings != nil && key != distributionPoint {
				continue
			}
			a := at("it", key, settings)
			needed := ForAssignment(decodeAssignment(t, a)).Features
			if ids := judged(a, needed); len(ids) > 0 {
				t.Errorf("%s: with %v the rules report %v", key, needed, ids)
			}
			if len(judged(a, nil)) > 0 {
				needy++
			}
			if !slices.IsSorted(needed) {
				t.Errorf("%s: %v is not sorted", key, needed)
			}
		}
	}
	if needy < 10 {
		t.Errorf("without features the rules report %d roles only", needy)
	}
	for _, s := range []object{ps1, ss1} {
		code := s["site_code"].(string)
		host := s["site_server"].(string)
		a := role(s, host, "fallback_status_point", nil)
		for _, server := range ForHierarchy(decodeHierarchy(t, hierarchy([]object{ps1, ss1}, a))).Servers {
			if server.FQDN != host {
				continue
			}
			if ids := judged(a, server.Features); len(ids) > 0 {
				t.Errorf("site server of %s: with %v the rules report %v", code, server.Features, ids)
			}
		}
	}
}

func TestForAssignment_WindowsClientsHaveNoFeatures(t *testing.T) {
	a := at("dp", distributionPoint, nil)
	a["server"].(object)["operating_system"] = "windows_11"
	if got := ForAssignment(decodeAssignment(t, a)).Features; len(got) > 0 {
		t.Errorf("features %v", got)
	}
}

// portsFrom writes the ports that a peer uses.
func portsFrom(ports []Port, peer string) string {
	var list []string
	for _, p := range ports {
		if p.Peer == peer {
			list = append(list, p.Protocol+" "+p.Range())
		}
	}
	return strings.Join(list, ", ")
}

func TestForAssignment_Ports(t *testing.T) {
	custom := site("PS1", "primary", nil, object{"client_ports": object{"http": int64(8080), "https": int64(8443), "notification": int64(20123)}})
	for _, c := range []struct {
		name       string
		assignment object
		peer, want string
	}{
		{"management point", at("mp", managementPoint, nil), peerClient, "tcp 80, tcp 443, tcp 10123"},
		{"site server", at("mp", managementPoint, nil), siteServer, "tcp 135, tcp 445, tcp 49152-65535"},
		{"HTTPS only", at("mp", managementPoint, object{"protocol": "https"}), peerClient, "tcp 443, tcp 10123"},
		{"HTTP only", at("mp", managementPoint, object{"protocol": "http", "allow_cmg_traffic": true}), gatewayConnection, "tcp 80"},
		{"no traffic of a gateway", at("mp", managementPoint, object{"protocol": "http"}), gatewayConnection, ""},
		{"enhanced HTTP", role(site("PS1", "primary", nil, object{"client_communication": "enhanced_http"}), "mp.contoso.com", managementPoint, object{"protocol": "http"}), peerClient, "tcp 80, tcp 443, tcp 10123"},
		{"a site that takes HTTPS only", role(site("PS1", "primary", nil, object{"client_communication": "https_only"}), "mp.contoso.com", managementPoint, nil), peerClient, "tcp 443, tcp 10123"},
		{"management point for the internet", at("mp", managementPoint, object{"protocol": "https", "client_connections": "internet"}), siteServer, "tcp 135, tcp 445, tcp 49152-65535, udp 135"},
		{"distribution point for the internet", at("dp", distributionPoint, object{"protocol": "https", "client_connections": "internet_and_intranet"}), siteServer, "tcp 135, tcp 445, tcp 49152-65535, udp 135"},
		{"software update point for the internet", at("sup", softwareUpdatePoint, object{"protocol": "https", "client_connections": "internet"}), siteServer, "tcp 135, tcp 445, tcp 8530, tcp 8531, tcp 49152-65535, udp 135"},
		{"custom ports", role(custom, "mp.contoso.com", managementPoint, nil), peerClient, "tcp 8080, tcp 8443, tcp 20123"},
		{"custom ports of content", role(custom, "dp.contoso.com", distributionPoint, object{"protocol": "https"}), peerClient, "tcp 8005, tcp 8443"},
		{"fallback status point, HTTP only", role(custom, "fsp.contoso.com", fallbackStatusPoint, nil), peerClient, "tcp 8080"},
		{"state migration point", at("smp", stateMigrationPoint, nil), peerClient, "tcp 80, tcp 443, tcp 445"},
		{"PXE", at("dp", distributionPoint, object{"protocol": "http", "pxe": "responder"}), peerClient, "tcp 80, tcp 8005, udp 67, udp 68, udp 69, udp 547, udp 4011"},
		{"PXE beside a DHCP server", at("dp", distributionPoint, object{"protocol": "http", "pxe": "responder", "listen_on_dhcp_port": false}), peerClient, "tcp 80, tcp 8005, udp 68, udp 69, udp 547, udp 4011"},
		{"multicast", at("dp", distributionPoint, object{"protocol": "http", "multicast": object{}}), peerClient, "tcp 80, tcp 445, tcp 8005, udp 63000-64000"},
		{"multicast, custom ports", at("dp", distributionPoint, object{"protocol": "http", "multicast": object{"udp_port_start": int64(5000), "udp_port_end": int64(5100)}}), peerClient, "tcp 80, tcp 445, tcp 8005, udp 5000-5100"},
		{"software update point", at("sup", softwareUpdatePoint, nil), peerClient, "tcp 8530, tcp 8531"},
		{"software update point, HTTP", at("sup", softwareUpdatePoint, object{"protocol": "http"}), peerClient, "tcp 8530"},
		{"software update point, default web site", at("sup", softwareUpdatePoint, object{"wsus_website": "default", "allow_cmg_traffic": true}), gatewayConnection, "tcp 80, tcp 443"},
		{"software update point, custom ports", at("sup", softwareUpdatePoint, object{"http_port": int64(9000), "https_port": int64(9001)}), peerClient, "tcp 9000, tcp 9001"},
		{"reports", at("rsp", reportingServicesPoint, nil), peerConsole, "tcp 80, tcp 443"},
		{"enrollment", at("ep", enrollmentPoint, nil), enrollmentProxyPoint, "tcp 443"},
		{"a role on no server", at("x", exchangeConnector, nil), siteServer, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := portsFrom(ForAssignment(decodeAssignment(t, c.assignment)).Ports, c.peer); got != c.want {
				t.Errorf("%s uses %s, expected %s", c.peer, got, c.want)
			}
		})
	}
}

func TestForAssignment_DSC(t *testing.T) {
	text := func(d DSC) string {
		words := []string{d.Resource}
		for _, p := range d.Properties {
			words = append(words, p.Name+"="+p.Text())
		}
		return strings.Join(words, " ")
	}
	for _, c := range []struct {
		name       string
		assignment object
		want       string
	}{
		{"management point", at("mp", managementPoint, object{"protocol": "http", "client_connections": "intranet", "database_connection_account": `contoso\mp`}),
			`CMManagementPoint SiteCode=PS1 SiteServerName=mp.contoso.com EnableSsl=false ClientConnectionType=Intranet Username=contoso\mp`},
		{"distribution point", at("dp", distributionPoint, object{"protocol": "https", "minimum_free_space": int64(500), "primary_content_drive": "e:", "secondary_content_drive": "Automatic", "secondary_package_drive": "F"}),
			"CMDistributionPoint SiteCode=PS1 SiteServerName=dp.contoso.com ClientCommunicationType=Https MinimumFreeSpaceMB=500 PrimaryContentLibraryLocation=E"},
		{"role of a secondary site", role(ss1, "dp.contoso.com", distributionPoint, nil), ""},
		{"what makes it pull, and answer PXE requests", at("dp", distributionPoint, object{"pull_sources": object{"a.contoso.com": int64(3)}, "pxe": "responder"}),
			"CMDistributionPoint SiteCode=PS1 SiteServerName=dp.contoso.com; CMPullDistributionPoint SiteCode=PS1 SiteServerName=dp.contoso.com EnablePullDP=true SourceDistributionPoint=SourceDP=a.contoso.com;DPRank=3; " +
				"CMPxeDistributionPoint SiteCode=PS1 SiteServerName=dp.contoso.com EnablePxe=true AllowPxeResponse=true EnableNonWdsPxe=true"},
		{"software update point", at("sup", softwareUpdatePoint, object{"wsus_connection_account": "x"}), "CMSoftwareUpdatePoint SiteCode=PS1 SiteServerName=sup.contoso.com WsusAccessAccount=x"},
		{"software update point for gateways", at("sup", softwareUpdatePoint, object{"protocol": "https", "client_connections": "internet", "allow_cmg_traffic": true}),
			"CMSoftwareUpdatePoint SiteCode=PS1 SiteServerName=sup.contoso.com WsusSsl=true ClientConnectionType=Internet EnableCloudGateway=true"},
		{"fallback status point", at("fsp", fallbackStatusPoint, nil), "CMFallbackStatusPoint SiteCode=PS1 SiteServerName=fsp.contoso.com"},
		{"reporting services point", at("rsp", reportingServicesPoint, nil), "CMReportingServicePoint SiteCode=PS1 SiteServerName=rsp.contoso.com Username=$ReportingServicesPointAccount"},
		{"service connection point", at("scp", serviceConnectionPoint, object{"mode": "online"}), "CMServiceConnectionPoint SiteCode=PS1 SiteServerName=scp.contoso.com Mode=Online"},
		{"Asset Intelligence synchronization point", at("ai", assetIntelligence, nil), "CMAssetIntelligencePoint IsSingleInstance=Yes SiteCode=PS1 SiteServerName=ai.contoso.com"},
		{"state migration point, without a resource", at("smp", stateMigrationPoint, nil), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var texts []string
			if d := ForAssignment(decodeAssignment(t, c.assignment)).DSC; d != nil {
				texts = append(texts, text(*d))
				for _, further := range d.Further {
					texts = append(texts, text(further))
				}
			}
			if got := strings.Join(texts, "; "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
