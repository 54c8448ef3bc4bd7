package install

import (
	"slices"
	"strings"
	"testing"
)

// TestForHierarchy_Unknown replaces one value of a hierarchy by an unknown one.
func TestForHierarchy_Unknown(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(h, site, assignment object)
		unknown bool
	}{
		{"nothing", func(_, _, _ object) {}, false},
		{"sites", func(h, _, _ object) { h["sites"] = unknown }, true},
		{"a site", func(h, _, _ object) { h["sites"].(object)["x"] = unknown }, true},
		{"role assignments", func(h, _, _ object) { h["role_assignments"] = unknown }, true},
		{"a role assignment", func(h, _, _ object) { h["role_assignments"].(object)["x"] = unknown }, true},
		{"servers", func(h, _, _ object) { h["site_system_servers"] = unknown }, true},
		{"gateways", func(h, _, _ object) { h["cloud_management_gateways"] = unknown }, true},
		{"site server", func(_, s, _ object) { s["site_server"] = unknown }, true},
		{"version", func(_, s, _ object) { s["version"] = unknown }, true},
		{"passive site server", func(_, s, _ object) { s["passive_site_server"] = unknown }, true},
		{"database", func(_, s, _ object) { s["database"] = unknown }, true},
		{"port of the database", func(_, s, _ object) { s["database"] = object{"port": unknown} }, true},
		{"protocol", func(_, _, a object) { a[managementPoint] = object{"protocol": unknown} }, true},
		{"installed", func(_, _, a object) { a["installed"] = unknown }, true},
		{"installation account", func(_, _, a object) { a["server"].(object)["installation_account"] = unknown }, true},
		{"accepted findings", func(h, _, _ object) { h["accepted_findings"] = unknown }, false},
		{"expected clients", func(_, s, _ object) { s["clients"] = unknown }, false},
		{"clients of the role", func(_, _, a object) { a[managementPoint] = object{"clients": unknown} }, false},
		{"domain controller", func(_, _, a object) { a["server"].(object)["domain_controller"] = unknown }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := site("PS1", "primary", nil)
			a := role(s, "mp.contoso.com", managementPoint, nil)
			h := hierarchy([]object{s}, a)
			c.change(h, s, a)
			got := ForHierarchy(decodeHierarchy(t, h))
			if got.Unknown != c.unknown || (len(got.Steps) == 0) != c.unknown || (len(got.Servers) == 0) != c.unknown {
				t.Errorf("unknown %v with %d steps and %d servers, expected %v", got.Unknown, len(got.Steps), len(got.Servers), c.unknown)
			}
		})
	}
}

// TestForHierarchy_Circles has pull-distribution points that are each other's sources:
// one of them does not wait, and the others still do.
func TestForHierarchy_Circles(t *testing.T) {
	pull := func(host string, sources ...string) object {
		settings := object{}
		for _, source := range sources {
			settings[source+".contoso.com"] = nil
		}
		return at(host, distributionPoint, object{"pull_sources": settings})
	}
	s := site("PS1", "primary", nil, object{"passive_site_server": "ps1b.contoso.com"})
	plan := ForHierarchy(decodeHierarchy(t, hierarchy([]object{s},
		pull("a", "b"), pull("b", "a", "c"), pull("c", "std"), at("std", distributionPoint, nil), pull("z", "b"), pull("own", "own"))))
	var places []string
	for i, s := range plan.Steps {
		if i > 0 && slices.Index(phases, s.Phase) < slices.Index(phases, plan.Steps[i-1].Phase) {
			t.Errorf("%s of phase %s comes after phase %s", s.ID, s.Phase, plan.Steps[i-1].Phase)
		}
		if s.Action == DoAddRole {
			places = append(places, strings.TrimSuffix(s.Server, ".contoso.com")+" after "+sourcesIn(s.Requires))
		}
	}
	want := []string{"a after ", "own after ", "std after ", "c after std", "b after a,c", "z after b"}
	if !slices.Equal(places, want) {
		t.Errorf("order %q, expected %q", places, want)
	}
}

func sourcesIn(ids []string) string {
	var hosts []string
	for _, id := range ids {
		if parts := strings.Split(id, "/"); parts[len(parts)-1] == distributionPoint {
			hosts = append(hosts, strings.TrimSuffix(parts[1], ".contoso.com"))
		}
	}
	return strings.Join(hosts, ",")
}

// TestForHierarchy_OfNonsense has designs that the rules refuse: a function may be asked
// about them all the same.
func TestForHierarchy_OfNonsense(t *testing.T) {
	own := object{"site_code": "PS1", "site_type": "primary", "site_server": "ps1.contoso.com"}
	own["parent"] = object{"site_code": "PS1", "site_type": "primary"}
	for name, tree := range map[string]object{
		"nothing":                     {},
		"no sites":                    {"sites": object{}, "role_assignments": object{}},
		"null elements":               {"sites": object{"a": nil}, "role_assignments": object{"a": nil}},
		"empty elements":              {"sites": object{"a": object{}}, "role_assignments": object{"a": object{}, "b": object{"role": managementPoint}}},
		"a site that is its parent":   hierarchy([]object{own}, role(own, "mp.contoso.com", managementPoint, nil)),
		"a site that is not listed":   hierarchy([]object{ps1}, role(ss1, "dp.contoso.com", distributionPoint, nil)),
		"a role that is gone":         hierarchy([]object{ps1}, at("x", "out_of_band_service_point", nil)),
		"a secondary without parent":  hierarchy([]object{site("SS1", "secondary", nil)}),
		"two roots and no site names": {"sites": object{"a": object{"site_code": "A01", "site_type": "primary"}, "b": object{"site_code": "A02", "site_type": "primary"}}},
	} {
		t.Run(name, func(t *testing.T) {
			plan := ForHierarchy(decodeHierarchy(t, tree))
			place := map[string]bool{}
			for _, s := range plan.Steps {
				for _, id := range s.Requires {
					if !place[id] {
						t.Errorf("%s comes before %s", s.ID, id)
					}
				}
				place[s.ID] = true
			}
		})
	}
}

func TestForHierarchy_SecondarySite(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings object // of the site
		own      object // of its distribution point
		want     string // from -InstallationFolder on
	}{
		{"SQL Server Express", nil, nil,
			"-InstallationFolder $InstallDirectory -InstallationSourceFile (New-CMInstallationSourceFile -CopyFromParentSiteServer:$true) " +
				"-SqlServerSetting (New-CMSqlServerSetting -CopySqlServerExpressOnSecondarySite:$true -SqlServerServicePort 1433 -SqlServerServiceBrokerPort 4022) " +
				"-Http:$true -CreateSelfSignedCertificate:$true -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration"},
		{"an instance that is there", object{"install_directory": `D:\CM`, "database": object{"instance": "CM", "edition": "standard", "service_broker_port": int64(4023)}},
			object{"protocol": "https", "certificate": "pki", "install_iis": true, "minimum_free_space": int64(500), "primary_content_drive": "E"},
			`-InstallationFolder 'D:\CM' -InstallationSourceFile (New-CMInstallationSourceFile -CopyFromParentSiteServer:$true) ` +
				"-SqlServerSetting (New-CMSqlServerSetting -UseExistingSqlServerInstance:$true -InstanceName 'CM' -SiteDatabaseName 'CM_SS1' -SqlServerServiceBrokerPort 4023) " +
				"-Https:$true -ImportCertificate:$true -CertificatePath $DistributionPointCertificatePath -CertificatePassword $DistributionPointCertificatePassword " +
				"-InstallInternetServer:$true -MinFreeSpaceMB 500 -PrimaryContentLibraryLocation 'E'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ss := site("SS1", "secondary", ps1, c.settings)
			plan := ForHierarchy(decodeHierarchy(t, hierarchy([]object{ps1, ss}, role(ss, "ss1.contoso.com", distributionPoint, c.own))))
			i := slices.IndexFunc(plan.Steps, func(s Step) bool { return s.Action == DoNewSecondarySite })
			want := "New-CMSecondarySite -SecondarySiteCode 'SS1' -PrimarySiteCode 'PS1' -ServerName 'ss1.contoso.com' -SiteName 'Contoso SS1' " + c.want
			if got := plan.Steps[i].Command.Line(); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestForHierarchy_SiteSystem(t *testing.T) {
	a := at("dp", distributionPoint, nil)
	for name, v := range (object{
		"internet_fqdn": "dp.example.com", "installation_account": `contoso\install`, "site_server_initiates_connections": true,
		"proxy": object{"server_name": "proxy.contoso.com"},
	}) {
		a["server"].(object)[name] = v
	}
	plan := ForHierarchy(decodeHierarchy(t, hierarchy([]object{ps1}, a)))
	i := slices.IndexFunc(plan.Steps, func(s Step) bool { return s.Action == DoAddSiteSystem })
	want := `New-CMSiteSystemServer -SiteSystemServerName 'dp.contoso.com' -SiteCode 'PS1' -PublicFqdn 'dp.example.com' -AccountName 'contoso\install' ` +
		"-FdmOperation:$true -EnableProxy:$true -ProxyServerName 'proxy.contoso.com' -ProxyServerPort 80"
	if got := plan.Steps[i].Command.Line(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestForHierarchy_Commands(t *testing.T) {
	s := site("PS1", "primary", nil, object{
		"passive_site_server": "ps1b.contoso.com", "content_library_path": `\\fs\lib`, "install_directory": `D:\CM`, "client_communication": "enhanced_http", "use_pki_client_certificates": true,
	})
	installed := site("PS2", "primary", nil, object{"installed": true, "content_library_path": `\\fs\lib2`})
	h := hierarchy([]object{s, installed}, role(s, "sup.contoso.com", softwareUpdatePoint, object{"synchronization_source": "upstream_wsus"}))
	plan := ForHierarchy(decodeHierarchy(t, h))
	for id, want := range map[string]string{
		"PS1/content_library":     `Move-CMContentLibrary -NewLocation '\\fs\lib' -SiteCode 'PS1'`,
		"PS1/passive_site_server": `Add-CMPassiveSite -SiteCode 'PS1' -SiteSystemServerName 'ps1b.contoso.com' -InstallDirectory 'D:\CM' -SourceFilePathOption 'CopySourceFileFromActiveSite'`,
		"PS1/software_update_point_component": "Set-CMSoftwareUpdatePointComponent -SiteCode 'PS1' -SynchronizeAction 'SynchronizeFromAnUpstreamDataSourceLocation' " +
			"-UpstreamSourceLocation $UpstreamUpdateServer",
		"PS1/client_communication":                       "Set-CMSite -SiteCode 'PS1' -ClientComputerCommunicationType 'HttpsOrHttp' -UseSmsGeneratedCert:$true -UsePkiClientCertificate:$true",
		"PS2/ps2.contoso.com/distribution_point_removed": "Remove-CMDistributionPoint -SiteSystemServerName 'ps2.contoso.com' -SiteCode 'PS2' -Force:$true",
	} {
		i := slices.IndexFunc(plan.Steps, func(s Step) bool { return s.ID == id })
		if i < 0 {
			t.Errorf("there is no step %s", id)
		} else if got := plan.Steps[i].Command.Line(); got != want {
			t.Errorf("%s: got  %s\nwant %s", id, got, want)
		}
	}
}

func TestForHierarchy_Servers(t *testing.T) {
	cas := site("CAS", "central_administration", nil, object{"domain": "Corp.Contoso.com"})
	s := site("PS1", "primary", cas, object{
		"passive_site_server": "ps1b.contoso.com", "sms_providers": []any{"ps1.contoso.com", "provider.contoso.com"},
		"database": object{"server": "listener.contoso.com", "port": int64(50000), "availability_group": object{"name": "AG", "replicas": []any{"sql1.contoso.com", "SQL2.contoso.com"}}},
	})
	ss := site("SS1", "secondary", s)
	untrusted := role(s, "dmz.contoso.com", managementPoint, nil)
	untrusted["server"].(object)["installation_account"] = `dmz\install`
	h := hierarchy([]object{cas, s, ss}, untrusted,
		role(s, "dp1.contoso.com", distributionPoint, object{"protocol": "https"}),
		role(s, "dp2.contoso.com", distributionPoint, object{"protocol": "https", "pull_sources": object{"dp1.contoso.com": nil}}),
		role(s, "ps1.contoso.com", "fallback_status_point", nil))
	h["site_system_servers"] = object{"spare": object{"fqdn": "Spare.contoso.com", "site": object{"site_code": "PS1"}}}
	servers := map[string]Server{}
	for _, server := range ForHierarchy(decodeHierarchy(t, h)).Servers {
		servers[server.FQDN] = server
	}
	both := `contoso.com\PS1$ contoso.com\PS1B$`
	for _, c := range []struct{ host, codes, roles, administrators string }{
		{"cas.contoso.com", "CAS", "site_database_server site_server sms_provider", ""},
		{"ps1.contoso.com", "PS1", "fallback_status_point site_server sms_provider", `contoso.com\PS1B$`},
		{"ps1b.contoso.com", "PS1", "site_server_passive sms_provider", `contoso.com\PS1$`},
		{"provider.contoso.com", "PS1", "sms_provider", both},
		{"sql1.contoso.com", "PS1", "site_database_server", both},
		{"sql2.contoso.com", "PS1", "site_database_server", both},
		{"dmz.contoso.com", "PS1", "management_point", `dmz\install`},
		{"dp1.contoso.com", "PS1", "distribution_point", both},
		{"dp2.contoso.com", "PS1", "distribution_point", both},
		{"spare.contoso.com", "PS1", "", both},
		{"ss1.contoso.com", "SS1", "distribution_point management_point site_database_server site_server", both},
	} {
		got := servers[c.host]
		if strings.Join(got.SiteCodes, " ") != c.codes || strings.Join(got.Roles, " ") != c.roles || strings.Join(got.LocalAdministrators, " ") != c.administrators {
			t.Errorf("%s: %s", c.host, asJSON(got))
		}
		delete(servers, c.host)
	}
	if len(servers) > 0 {
		t.Errorf("there are further servers: %s", asJSON(servers))
	}
	for _, server := range ForHierarchy(decodeHierarchy(t, h)).Servers {
		for _, c := range []struct{ host, peer, want string }{
			{"sql1.contoso.com", siteServer, "tcp 135, tcp 445, tcp 4022, tcp 49152-65535, tcp 50000, udp 135"},
			{"sql1.contoso.com", smsProvider, "tcp 50000"},
			{"sql1.contoso.com", managementPoint, "tcp 50000"},
			{"sql1.contoso.com", stateMigrationPoint, ""},
			{"sql1.contoso.com", siteDatabaseServer, "tcp 4022, tcp 5022, tcp 50000"},
			{"cas.contoso.com", siteServer, "tcp 445"},
			{"dp1.contoso.com", pullDistributionPoint, "tcp 443, tcp 8005"},
			{"dp2.contoso.com", pullDistributionPoint, ""},
			{"provider.contoso.com", peerConsole, "tcp 135, tcp 443, tcp 49152-65535, udp 135"},
			{"ps1.contoso.com", stateMigrationPoint, ""},
			{"spare.contoso.com", siteServer, ""},
		} {
			if got := portsFrom(server.Ports, c.peer); c.host == server.FQDN && got != c.want {
				t.Errorf("%s: %s uses %q, expected %q", c.host, c.peer, got, c.want)
			}
		}
	}
}

func TestForHierarchy_OneGatewayConnectionWithoutAListedGateway(t *testing.T) {
	plan := ForHierarchy(decodeHierarchy(t, hierarchy([]object{ps1}, at("scp", serviceConnectionPoint, object{"mode": "online"}), at("cp", gatewayConnection, nil))))
	i := slices.IndexFunc(plan.Steps, func(s Step) bool { return s.Role == gatewayConnection })
	if !slices.Contains(plan.Steps[i].Requires, "PS1/service_connection_point_ready") {
		t.Errorf("%s", asJSON(plan.Steps[i]))
	}
}

// TestActions_AreDescribed looks for steps that do what no list names.
func TestActions_AreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(designs) {
		for _, s := range ForHierarchy(decodeHierarchy(t, generate(seed).tree)).Steps {
			seen[s.Action] = true
			if !slices.Contains(phases, s.Phase) {
				t.Errorf("%s is in phase %q", s.ID, s.Phase)
			}
		}
	}
	for action := range seen {
		if !slices.ContainsFunc(Actions(), func(a Action) bool { return a.Key == action && a.About != "" }) {
			t.Errorf("the action %q is not described", action)
		}
	}
}

func BenchmarkForHierarchy(b *testing.B) {
	h := hierarchy([]object{ps1})
	for _, a := range manyDistributionPoints(1000) {
		h["role_assignments"].(object)[a["server"].(object)["fqdn"].(string)] = a
	}
	decoded := decodeHierarchy(b, h)
	b.ReportAllocs()
	for b.Loop() {
		if plan := ForHierarchy(decoded); len(plan.Steps) < 3000 {
			b.Fatal(len(plan.Steps))
		}
	}
}

func BenchmarkForAssignment(b *testing.B) {
	a := decodeAssignment(b, manyDistributionPoints(1)[0])
	b.ReportAllocs()
	for b.Loop() {
		ForAssignment(a)
	}
}

func manyDistributionPoints(n int) []object {
	var list []object
	for i := range n {
		list = append(list, at("dp"+strings.Repeat("x", i%7)+string(rune('a'+i%26))+asJSON(i), distributionPoint, object{"protocol": "https"}))
	}
	return list
}
