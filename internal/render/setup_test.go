package render

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Sites of the kinds that Setup installs.
func casSite() tree {
	return tree{"site_code": "CAS", "site_type": "central_administration", "name": "Contoso", "site_server": "cas01.contoso.com", "install_directory": `D:\ConfigMgr`}
}

func primarySite(parent tree) tree {
	s := tree{
		"site_code": "PS1", "site_type": "primary", "name": "Contoso Seattle", "site_server": "ps101.contoso.com", "install_directory": `D:\ConfigMgr`,
		"client_communication": "https_only", "sms_providers": []any{"prv01.contoso.com", "ps101.contoso.com"},
		"database": tree{"server": "sql01.contoso.com", "instance": "CM", "port": int64(50000)},
	}
	if parent != nil {
		s["parent"] = parent
	}
	return s
}

// presence is whether a key of Setup is required, optional or has to be left out.
type presence string

const (
	always presence = "R"
	may    presence = "o"
	never  presence = "-"
)

// setupTable is the table of keys in the documentation of Setup scripts: for a central
// administration site, a stand-alone primary site, a child primary site, and a central
// administration site above an installed primary site; and what a value looks like.
var setupTable = []struct {
	key                            string
	cas, primary, child, expanding presence
	value                          string
}{
	{"Identification/Action", always, always, always, always, `InstallCAS|InstallPrimarySite`},
	{"Identification/CDLatest", never, never, always, always, `1`},
	{"Identification/Preview", never, never, never, never, ``},
	{"Options/ProductID", always, always, always, always, `<ProductID>`},
	{"Options/SiteCode", always, always, always, always, `[A-Z0-9]{3}`},
	{"Options/SiteName", always, always, always, always, `[A-Za-z ]+`},
	{"Options/SMSInstallDir", always, always, always, always, `[A-Z]:\\.+`},
	{"Options/SDKServer", always, always, always, always, `(cas01|ps101)\.contoso\.com`},
	{"Options/PrerequisiteComp", always, always, always, always, `[01]`},
	{"Options/PrerequisitePath", always, always, always, always, `[A-Z]:\\.+`},
	{"Options/AdminConsole", always, always, always, always, `[01]`},
	{"Options/JoinCEIP", always, always, always, always, `0`},
	{"Options/MobileDeviceLanguage", always, always, always, always, `[01]`},
	{"Options/RoleCommunicationProtocol", never, always, always, never, `EnforceHTTPS|HTTPorHTTPS`},
	{"Options/ClientsUsePKICertificate", never, always, always, never, `[01]`},
	{"Options/ManagementPoint", never, may, may, never, `.+`},
	{"Options/ManagementPointProtocol", never, may, may, never, `HTTPS?`},
	{"Options/DistributionPoint", never, may, may, never, `.+`},
	{"Options/DistributionPointProtocol", never, may, may, never, `HTTPS?`},
	{"Options/DistributionPointInstallIIS", never, may, may, never, `[01]`},
	{"Options/ParentSiteCode", never, never, may, never, `CAS`},
	{"Options/ParentSiteServer", never, never, may, never, `cas01\.contoso\.com`},
	{"Options/AddServerLanguages", may, may, may, may, `[A-Z]{3}(,[A-Z]{3})*`},
	{"Options/AddClientLanguages", may, may, may, may, `[A-Z]{3}(,[A-Z]{3})*`},
	{"SQLConfigOptions/SQLServerName", always, always, always, always, `(cas01|sql01)\.contoso\.com`},
	{"SQLConfigOptions/DatabaseName", always, always, always, always, `CM_CAS|CM\\CM_PS1`},
	{"SQLConfigOptions/SQLServerPort", may, may, may, may, `1433|50000`},
	{"SQLConfigOptions/SQLSSBPort", may, may, may, may, `4022`},
	{"CloudConnectorOptions/CloudConnector", always, always, always, always, `[01]`},
	{"CloudConnectorOptions/CloudConnectorServer", may, may, never, may, `.+`},
	{"CloudConnectorOptions/UseProxy", may, may, never, may, `[01]`},
	{"SABranchOptions/SAActive", always, always, always, always, `[01]`},
	{"SABranchOptions/CurrentBranch", always, always, always, always, `1`},
	{"SABranchOptions/SAExpiration", may, may, may, may, `\d{4}-\d\d-\d\d`},
	{"HierarchyExpansionOption/CCARSiteServer", never, never, always, may, `cas01\.contoso\.com`},
	{"HierarchyExpansionOption/JoinPrimarySiteName", never, never, never, always, `ps101\.contoso\.com`},
	{"HierarchyExpansionOption/UseDistributionView", never, never, may, never, `[01]`},
}

func TestSetupScript_HasTheKeysOfItsKindOfSite(t *testing.T) {
	installed := primarySite(casSite())
	installed["installed"] = true
	for i, test := range []struct {
		name, code string
		sites      tree
	}{
		{"central administration site", "CAS", tree{"cas": casSite()}},
		{"stand-alone primary site", "PS1", tree{"ps1": primarySite(nil)}},
		{"child primary site", "ps1", tree{"cas": casSite(), "ps1": primarySite(casSite())}},
		{"expansion", "CAS", tree{"cas": casSite(), "ps1": installed}},
	} {
		t.Run(test.name, func(t *testing.T) {
			script, err := SetupScript(hierarchy(t, tree{"sites": test.sites}), test.code, allOptions())
			if err != nil {
				t.Fatal(err)
			}
			values, sections := readINI(t, script)
			for _, needed := range []string{"Identification", "Options", "SQLConfigOptions", "CloudConnectorOptions", "HierarchyExpansionOption", "SABranchOptions"} {
				if !slices.Contains(sections, needed) {
					t.Errorf("there is no section %s", needed)
				}
			}
			for _, row := range setupTable {
				value, there := values[row.key]
				switch is := []presence{row.cas, row.primary, row.child, row.expanding}[i]; {
				case is == always && !there:
					t.Errorf("%s is missing", row.key)
				case is == never && there:
					t.Errorf("%s is there", row.key)
				case there && !regexp.MustCompile(`^(?:`+row.value+`)$`).MatchString(value):
					t.Errorf("%s = %q", row.key, value)
				}
				delete(values, row.key)
			}
			if len(values) > 0 {
				t.Errorf("further keys: %v", slices.Sorted(maps.Keys(values)))
			}
		})
	}
}

func TestSetupScript_PlaceholdersForWhatIsNotSaid(t *testing.T) {
	script, err := SetupScript(hierarchy(t, one()), "PS1", nil)
	if err != nil {
		t.Fatal(err)
	}
	values, _ := readINI(t, script)
	for key, value := range values {
		_, name, _ := strings.Cut(key, "/")
		if strings.ContainsAny(value, "<>") && value != "<"+name+">" {
			t.Errorf("%s = %q", key, value)
		}
	}
	for _, key := range []string{"Options/ProductID", "Options/PrerequisitePath", "Options/AdminConsole", "SABranchOptions/SAActive"} {
		if !strings.HasPrefix(values[key], "<") {
			t.Errorf("%s = %q is not a placeholder", key, values[key])
		}
	}
	script, err = SetupScript(hierarchy(t, one()), "PS1", &SetupOptions{Evaluation: model.Known(true)})
	if err != nil || !strings.Contains(script, "ProductID=Eval\r\n") {
		t.Errorf("%v\n%s", err, script)
	}
}

func TestSetupScript_RefusesWhatAnINIFileCannotHold(t *testing.T) {
	for _, name := range []string{"a\nb", "a\r\n[Options]", "a\x00", "a\u2028b", " a", "a\t", `"a"`, "'a'"} {
		object := one()
		object["sites"].(tree)["ps1"].(tree)["name"] = name
		_, err := SetupScript(hierarchy(t, object), "PS1", nil)
		var refused *Error
		if !errors.As(err, &refused) || refused.Path.String() != `sites["ps1"].name` {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"a;b", "a # b", "[a]", "a=b", `a"b`, "a'", "%PATH%", "Zürich", `a\`} {
		object := one()
		object["sites"].(tree)["ps1"].(tree)["name"] = name
		script, err := SetupScript(hierarchy(t, object), "PS1", nil)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if values, _ := readINI(t, script); values["Options/SiteName"] != name {
			t.Errorf("%q is read as %q", name, values["Options/SiteName"])
		}
	}
}

func TestSetupScript_ParentElsewhere(t *testing.T) {
	parent := tree{"site_code": "CAS", "site_type": "central_administration"}
	_, err := SetupScript(hierarchy(t, tree{"sites": tree{"ps1": primarySite(parent)}}), "PS1", nil)
	if err == nil || !strings.HasPrefix(err.Error(), `sites["ps1"].parent.site_server: The value is needed here`) {
		t.Errorf("%v", err)
	}
	parent["site_server"] = "CAS01.contoso.com"
	script, err := SetupScript(hierarchy(t, tree{"sites": tree{"ps1": primarySite(parent)}}), "PS1", nil)
	if err != nil || !strings.Contains(script, "CCARSiteServer=cas01.contoso.com\r\n") {
		t.Errorf("%v\n%s", err, script)
	}
}
