package install

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// setupKeys is which keys a setup script has, by section: R required, o optional. What
// is not listed is left out.
var setupKeys = map[string]map[string]string{
	"central administration site": {
		sectionIdentification: "R:Action o:CDLatest",
		sectionOptions:        "R:ProductID R:SiteCode R:SiteName R:SMSInstallDir R:SDKServer R:PrerequisiteComp R:PrerequisitePath R:AdminConsole R:JoinCEIP R:MobileDeviceLanguage o:AddClientLanguages",
		sectionSQL:            "R:SQLServerName R:DatabaseName o:SQLServerPort o:SQLSSBPort o:SQLDataFilePath o:SQLLogFilePath",
		sectionCloud:          "R:CloudConnector o:CloudConnectorServer o:UseProxy o:ProxyName o:ProxyPort",
		sectionSoftware:       "R:SAActive R:CurrentBranch",
		sectionExpansion:      "o:JoinPrimarySiteName",
	},
	"stand-alone primary site": {
		sectionIdentification: "R:Action o:CDLatest o:Preview",
		sectionOptions: "R:ProductID R:SiteCode R:SiteName R:SMSInstallDir R:SDKServer R:PrerequisiteComp R:PrerequisitePath R:AdminConsole R:JoinCEIP R:MobileDeviceLanguage " +
			"R:RoleCommunicationProtocol R:ClientsUsePKICertificate o:AddClientLanguages",
		sectionSQL:       "R:SQLServerName R:DatabaseName o:SQLServerPort o:SQLSSBPort o:SQLDataFilePath o:SQLLogFilePath",
		sectionCloud:     "R:CloudConnector o:CloudConnectorServer o:UseProxy o:ProxyName o:ProxyPort",
		sectionSoftware:  "R:SAActive R:CurrentBranch",
		sectionExpansion: "",
	},
	"child primary site": {
		sectionIdentification: "R:Action R:CDLatest",
		sectionOptions: "R:ProductID R:SiteCode R:SiteName R:SMSInstallDir R:SDKServer R:PrerequisiteComp R:PrerequisitePath R:AdminConsole R:JoinCEIP R:MobileDeviceLanguage " +
			"R:RoleCommunicationProtocol R:ClientsUsePKICertificate R:ParentSiteCode R:ParentSiteServer o:AddClientLanguages",
		sectionSQL:       "R:SQLServerName R:DatabaseName o:SQLServerPort o:SQLSSBPort o:SQLDataFilePath o:SQLLogFilePath",
		sectionCloud:     "R:CloudConnector",
		sectionSoftware:  "R:SAActive R:CurrentBranch",
		sectionExpansion: "R:CCARSiteServer o:UseDistributionView",
	},
}

func TestSetup_HasTheKeysOfTheSite(t *testing.T) {
	for seed := range uint64(designs) {
		g := generate(seed)
		h := decodeHierarchy(t, g.tree)
		for _, s := range g.sites {
			script, err := Read(h).Setup(s.code)
			if s.kind == "secondary" {
				if err == nil || !strings.Contains(err.Error(), "New-CMSecondarySite") {
					t.Errorf("seed %d: secondary site %s: %v", seed, s.code, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("seed %d: %s: %v", seed, s.code, err)
			}
			kind := map[bool]string{true: "child primary site", false: "stand-alone primary site"}[s.parent != nil]
			if s.kind == "central_administration" {
				kind = "central administration site"
			}
			checkKeys(t, kind, script)
			if t.Failed() {
				t.Fatalf("seed %d: %s", seed, asJSON(script))
			}
		}
	}
}

func checkKeys(t *testing.T, kind string, script SetupScript) {
	t.Helper()
	if len(script.Sections) != len(setupKeys[kind]) {
		t.Errorf("%s: %d sections", kind, len(script.Sections))
	}
	seen := map[string]bool{}
	for _, section := range script.Sections {
		allowed := strings.Fields(setupKeys[kind][section.Name])
		for _, key := range section.Keys {
			if seen[key.Name] {
				t.Errorf("%s: %s is there twice", kind, key.Name)
			}
			seen[key.Name] = true
			if !slices.Contains(allowed, "R:"+key.Name) && !slices.Contains(allowed, "o:"+key.Name) {
				t.Errorf("%s: [%s] %s does not belong there", kind, section.Name, key.Name)
			}
			if key.Value == "" && key.Placeholder == nil || key.Unknown {
				t.Errorf("%s: %s has no value", kind, key.Name)
			}
		}
	}
	for _, keys := range setupKeys[kind] {
		for _, key := range strings.Fields(keys) {
			if name, required := strings.CutPrefix(key, "R:"); required && !seen[name] {
				t.Errorf("%s: %s is missing", kind, name)
			}
		}
	}
}

func TestSetup_Values(t *testing.T) {
	cas := site("CAS", "central_administration", nil)
	newCAS := site("CAS", "central_administration", nil, object{"installed": false})
	installed := site("PS1", "primary", newCAS, object{"installed": true})
	named := object{"database": object{"server": "SQL.contoso.com", "instance": "cm", "port": int64(50000), "service_broker_port": int64(50001), "data_file_path": `E:\Data`}}
	scp := func(s object, mode string, server object) object {
		a := role(s, "scp.contoso.com", serviceConnectionPoint, object{"mode": mode})
		for name, v := range server {
			a["server"].(object)[name] = v
		}
		return a
	}
	for _, c := range []struct {
		name      string
		hierarchy object
		code      string
		want      object // the value, or $ and the name of the placeholder; nil where there is no such key
	}{
		{"stand-alone primary site", hierarchy([]object{ps1}), "PS1", object{
			"Action": "InstallPrimarySite", "SiteCode": "PS1", "SiteName": "Contoso PS1", "SDKServer": "ps1.contoso.com", "SQLServerName": "ps1.contoso.com", "DatabaseName": "CM_PS1",
			"SQLServerPort": "1433", "SQLSSBPort": "4022", "CloudConnector": "0", "CDLatest": nil, "ProductID": "$ProductID", "SMSInstallDir": "$InstallDirectory", "CCARSiteServer": nil,
			"RoleCommunicationProtocol": "$RoleCommunicationProtocol", "ClientsUsePKICertificate": "$ClientsUsePKICertificate", "JoinCEIP": "0", "CurrentBranch": "1", "Preview": nil,
		}},
		{"code as typed", hierarchy([]object{site("ps1", "primary", nil)}), " Ps1", object{"SiteCode": "PS1", "DatabaseName": "CM_PS1"}},
		{"settings", hierarchy([]object{site("PS1", "primary", nil, named, object{
			"install_directory": `D:\CM`, "client_communication": "https_only", "use_pki_client_certificates": true, "client_languages": []any{"DEU", "FRA"}, "branch": "technical_preview",
			"sms_providers": []any{"p1.contoso.com", "p0.contoso.com"},
		})}), "PS1", object{
			"SMSInstallDir": `D:\CM`, "RoleCommunicationProtocol": "EnforceHTTPS", "ClientsUsePKICertificate": "1", "AddClientLanguages": "DEU,FRA", "Preview": "1", "SDKServer": "p1.contoso.com",
			"SQLServerName": "sql.contoso.com", "DatabaseName": `CM\CM_PS1`, "SQLServerPort": "50000", "SQLSSBPort": "50001", "SQLDataFilePath": `E:\Data`, "SQLLogFilePath": nil,
		}},
		{"enhanced HTTP", hierarchy([]object{site("PS1", "primary", nil, object{"client_communication": "enhanced_http", "use_pki_client_certificates": false})}), "PS1",
			object{"RoleCommunicationProtocol": "HTTPorHTTPS", "ClientsUsePKICertificate": "0"}},
		{"online service connection point", hierarchy([]object{ps1}, scp(ps1, "online", nil)), "PS1", object{"CloudConnector": "1", "CloudConnectorServer": "scp.contoso.com", "UseProxy": "0", "ProxyName": nil}},
		{"through a proxy", hierarchy([]object{ps1}, scp(ps1, "online", object{"proxy": object{"server_name": "proxy.contoso.com", "port": int64(8080)}})), "PS1",
			object{"CloudConnector": "1", "UseProxy": "1", "ProxyName": "proxy.contoso.com", "ProxyPort": "8080"}},
		{"offline service connection point", hierarchy([]object{ps1}, scp(ps1, "offline", nil)), "PS1", object{"CloudConnector": "0", "CloudConnectorServer": nil}},
		{"central administration site", hierarchy([]object{cas, site("PS1", "primary", cas)}), "CAS", object{
			"Action": "InstallCAS", "CDLatest": nil, "RoleCommunicationProtocol": nil, "JoinPrimarySiteName": nil, "CCARSiteServer": nil,
		}},
		{"child primary site", hierarchy([]object{cas, site("PS1", "primary", cas)}, scp(cas, "online", nil)), "PS1", object{
			"Action": "InstallPrimarySite", "CDLatest": "1", "CloudConnector": "0", "CCARSiteServer": "cas.contoso.com", "ParentSiteCode": "CAS", "ParentSiteServer": "cas.contoso.com", "UseDistributionView": nil,
		}},
		{"parent written by hand", hierarchy([]object{site("PS1", "primary", object{"site_code": "CAS", "site_type": "central_administration"})}), "PS1", object{
			"CDLatest": "1", "CCARSiteServer": "$ParentSiteServer", "ParentSiteCode": "CAS",
		}},
		{"expansion", hierarchy([]object{newCAS, installed}), "CAS", object{"Action": "InstallCAS", "CDLatest": "1", "JoinPrimarySiteName": "ps1.contoso.com"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			script, err := Read(decodeHierarchy(t, c.hierarchy)).Setup(c.code)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, section := range script.Sections {
				for _, key := range section.Keys {
					got[key.Name] = key.Value
					if key.Placeholder != nil {
						got[key.Name] = "$" + key.Placeholder.Name
					}
				}
			}
			for _, name := range slices.Sorted(maps.Keys(c.want)) {
				value, ok := got[name]
				if want := c.want[name]; ok != (want != nil) || ok && value != want {
					t.Errorf("%s is %q (%v), expected %v", name, value, ok, want)
				}
			}
		})
	}
}

func TestSetup_DistributedView(t *testing.T) {
	cas := site("CAS", "central_administration", nil)
	h := hierarchy([]object{cas, site("PS1", "primary", cas), site("PS2", "primary", cas)})
	h["distributed_views"] = []any{"ps1"}
	for siteCode, want := range map[string]string{"PS1": "1", "PS2": ""} {
		script, err := Read(decodeHierarchy(t, h)).Setup(siteCode)
		if known, _ := script.Known(); err != nil || known["UseDistributionView"] != want {
			t.Errorf("%s: UseDistributionView is %q, expected %q (%v)", siteCode, known["UseDistributionView"], want, err)
		}
	}
}

func TestSetup_NoSuchSite(t *testing.T) {
	_, err := Read(decodeHierarchy(t, hierarchy([]object{ps1, ss1}))).Setup("XYZ")
	if err == nil || err.Error() != `The hierarchy has no site "XYZ". Its sites: "PS1", "SS1".` {
		t.Errorf("error: %v", err)
	}
}

func TestSetupOfSite_Unknown(t *testing.T) {
	for _, c := range []struct {
		name      string
		attribute string
		value     any
		open      bool
		unknown   string // the keys that are not decided
	}{
		{"nothing", "installed", unknown, false, ""},
		{"site code", "site_code", unknown, false, "SiteCode DatabaseName"},
		{"site server", "site_server", unknown, false, "SDKServer SQLServerName"},
		{"name", "name", unknown, false, "SiteName"},
		{"parent", "parent", unknown, true, "ParentSiteCode ParentSiteServer CCARSiteServer"},
		{"languages", "client_languages", unknown, true, ""},
		{"PKI certificates", "use_pki_client_certificates", unknown, false, "ClientsUsePKICertificate"},
		{"port", "database", object{"port": unknown}, false, "SQLServerPort"},
		{"database", "database", unknown, true, "SQLServerName DatabaseName"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &model.Site{}
			if errors := model.Decode(s, site("PS1", "primary", nil, object{c.attribute: c.value})); len(errors) > 0 {
				t.Fatal(errors)
			}
			script, _ := SetupOfSite(s)
			var names []string
			for _, section := range script.Sections {
				for _, key := range section.Keys {
					if key.Unknown {
						names = append(names, key.Name)
					}
				}
			}
			if got := strings.Join(names, " "); got != c.unknown || script.Open != c.open {
				t.Errorf("open %v, unknown %q, expected %v, %q", script.Open, got, c.open, c.unknown)
			}
			known, all := script.Known()
			if want := !c.open && c.unknown == ""; all != want || len(known) == 0 {
				t.Errorf("all keys are known: %v, of %d, expected %v", all, len(known), want)
			}
			for _, name := range names {
				if v, ok := known[name]; ok {
					t.Errorf("%s is unknown, and %q", name, v)
				}
			}
		})
	}
}

// A secondary site has no unattended setup of its own, and a site whose type is not known
// none that is known.
func TestSetupAction(t *testing.T) {
	for _, test := range []struct {
		name string
		of   model.Value[product.SiteType]
		want model.Value[string]
	}{
		{"central administration", model.Known(product.CentralAdministration), model.Known(ActionInstallCAS)},
		{"primary", model.Known(product.Primary), model.Known(ActionInstallPrimary)},
		{"secondary", model.Known(product.Secondary), model.Null[string]()},
		{"no type", model.Null[product.SiteType](), model.Null[string]()},
		{"an unknown type", model.Unknown[product.SiteType](), model.Unknown[string]()},
	} {
		s := &model.Site{Code: model.Known("PS1"), Type: test.of}
		if got := SetupAction(s); got != test.want {
			t.Errorf("%s: %v, expected %v", test.name, got, test.want)
		}
		if _, ok := SetupOfSite(s); ok != test.want.IsKnown() {
			t.Errorf("%s: a script is there: %v", test.name, ok)
		}
	}
}
