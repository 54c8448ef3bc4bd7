package install

import (
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

func TestServers_SizesAndCertificates(t *testing.T) {
	s := site("PS1", "primary", nil, object{"clients": object{"windows": int64(30000)}, "client_communication": "https_only", "database": object{"server": "sql.contoso.com"}})
	servers := map[string]Server{}
	for _, server := range ForHierarchy(decodeHierarchy(t, hierarchy([]object{s, site("CAS", "central_administration", nil)},
		role(s, "mp.contoso.com", managementPoint, nil),
		role(s, "mp.contoso.com", distributionPoint, object{"protocol": "http", "certificate": "pki"}),
		role(s, "fsp.contoso.com", fallbackStatusPoint, nil),
		role(s, "sup.contoso.com", softwareUpdatePoint, object{"protocol": "http"}),
		role(s, "cp1.contoso.com", gatewayConnection, object{"client_authentication_certificate": true}),
		role(s, "cp2.contoso.com", gatewayConnection, nil)))).Servers {
		servers[server.FQDN] = server
	}
	for host, want := range map[string]Sizing{
		"ps1.contoso.com": {4, 8, 200, 0}, "sql.contoso.com": {8, 24, 400, 70}, "mp.contoso.com": {4, 8, 50, 0}, "fsp.contoso.com": {4, 8, 50, 0},
		"sup.contoso.com": {8, 16, 0, 0}, "cas.contoso.com": {20, 128, 0, 80},
	} {
		if got := servers[host].Sizing; got != want {
			t.Errorf("%s has %+v, expected %+v", host, got, want)
		}
	}
	if got := servers["mp.contoso.com"].Certificates; len(got) != 3 || got[0].Kind != "client" || got[2].Kind != "web_server" {
		t.Errorf("the management point needs %v", got)
	}
	if got := servers["cp1.contoso.com"].Certificates; len(got) != 1 || got[0].Kind != "client" {
		t.Errorf("the connection point needs %v", got)
	}
	for _, host := range []string{"sup.contoso.com", "cp2.contoso.com"} {
		if got := servers[host].Certificates; len(got) > 0 {
			t.Errorf("%s needs %v", host, got)
		}
	}
}

// TestServers_WhatTheyNeedBesidesFeatures has programs, accounts, the command that
// completes WSUS, and where sizes are from.
func TestServers_WhatTheyNeedBesidesFeatures(t *testing.T) {
	database := object{"server": "sql.contoso.com", "sql_version": "2022", "service_account": `contoso\sql`}
	s := site("PS1", "primary", nil, object{"version": "2603", "clients": object{"windows": int64(30000)}, "database": database, "passive_site_server": "ps2.contoso.com"})
	s01 := site("S01", "secondary", s, object{"clients": object{"windows": int64(4000)}})
	mp := role(s, "mp.contoso.com", managementPoint, object{"database_connection_account": `contoso\mp`})
	mp["server"].(object)["installation_account"] = `contoso\install`
	servers := map[string]Server{}
	for _, server := range ForHierarchy(decodeHierarchy(t, hierarchy([]object{s, s01}, mp,
		role(s, "fsp.contoso.com", fallbackStatusPoint, nil),
		role(s, "rsp.contoso.com", reportingServicesPoint, nil),
		role(s, "sup.contoso.com", softwareUpdatePoint, object{"wsus_database_server": "SQL.contoso.com", "wsus_database_instance": "WSUS'1"}),
		role(s, "wid.contoso.com", softwareUpdatePoint, nil)))).Servers {
		servers[server.FQDN] = server
	}
	release, _ := product.ReleaseFor(2603)
	driver, framework, kit := programDriver+" "+release.Driver.Least, programFramework+" "+release.Recommended.Least, programKit+" 10.1.26100"
	for host, want := range map[string][]string{
		"ps1.contoso.com": {framework, driver, kit},
		"ps2.contoso.com": {framework, driver, kit}, // in passive mode
		"s01.contoso.com": {framework, driver},      // its setup installs SQL Server Express
		"sql.contoso.com": {driver, programDatabase + " 2022"},
		"mp.contoso.com":  {framework, driver},
		"rsp.contoso.com": {framework, driver, programReports + " "},
		"fsp.contoso.com": nil,
	} {
		var got []string
		for _, p := range servers[host].Programs {
			got = append(got, p.Name+" "+p.Version)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s needs %q, expected %q", host, got, want)
		}
	}
	for host, want := range map[string][]ServerAccount{
		"mp.contoso.com":  {{`contoso\install`, siteSystem}, {`contoso\mp`, managementPoint}},
		"rsp.contoso.com": {{"$ReportingServicesPointAccount", reportingServicesPoint}},
		"sql.contoso.com": {{`contoso\sql`, siteDatabaseServer}},
		"fsp.contoso.com": nil,
	} {
		if got := servers[host].Accounts; !slices.Equal(got, want) {
			t.Errorf("%s has the accounts %q, expected %q", host, got, want)
		}
	}
	const line = `& "$env:ProgramFiles\Update Services\Tools\wsusutil.exe" postinstall "CONTENT_DIR=$WsusContentFolder"`
	for host, want := range map[string]string{"sup.contoso.com": line + ` 'SQL_INSTANCE_NAME=sql.contoso.com\WSUS''1'`, "wid.contoso.com": line, "mp.contoso.com": ""} {
		if got := servers[host].UpdateSetup; got != want {
			t.Errorf("%s completes WSUS with %s, expected %s", host, got, want)
		}
	}
	if got := servers["s01.contoso.com"].Sizing; got != (Sizing{4, 8, 200, 0}) {
		t.Errorf("the secondary site server has %+v", got)
	}
	for host, want := range map[string]product.Article{"ps1.contoso.com": product.PerformanceGuidelines, "mp.contoso.com": product.RecommendedHardware} {
		if got := servers[host].SizingSources; len(got) != 1 || got[0].Article != want {
			t.Errorf("the size of %s is from %v", host, got)
		}
	}
}
