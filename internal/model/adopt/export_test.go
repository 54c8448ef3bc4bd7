package adopt

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// fabrikam is an export in the shape of real rows: three sites, a passive site server, a
// computer with an SMS Provider only, and no embedded properties of roles, which are lazy.
func fabrikam(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/fabrikam.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRead_Fabrikam(t *testing.T) {
	e := readBack(t, fabrikam(t))
	if len(e.Notes) > 0 {
		t.Errorf("notes %v", e.Notes)
	}
	got := Tree(e.Hierarchy)
	for kind, want := range map[string][]string{
		"sites": {"EU1", "OSL", "TOP"},
		"site_system_servers": {
			"EU1/eu1-dp.fabrikam.net", "EU1/eu1-ha.fabrikam.net", "EU1/eu1-mp.fabrikam.net", "EU1/eu1-prov.fabrikam.net", "EU1/eu1-sql.fabrikam.net", "EU1/eu1-ss.fabrikam.net",
			"OSL/osl-ss.fabrikam.net", "TOP/top-scp.fabrikam.net", "TOP/top-sql.fabrikam.net", "TOP/top-ss.fabrikam.net",
		},
		"role_assignments": {
			"EU1/eu1-dp.fabrikam.net/distribution_point", "EU1/eu1-mp.fabrikam.net/management_point", "OSL/osl-ss.fabrikam.net/distribution_point",
			"OSL/osl-ss.fabrikam.net/management_point", "TOP/top-scp.fabrikam.net/service_connection_point",
		},
	} {
		if keys := slices.Sorted(maps.Keys(got[kind].(tree))); !slices.Equal(keys, want) {
			t.Errorf("%s are %q, expected %q", kind, keys, want)
		}
	}
	for code, want := range map[string]tree{
		"TOP": {
			"site_code": "TOP", "site_type": "central_administration", "name": "Fabrikam", "site_server": "top-ss.fabrikam.net", "version": "2603", "installed": true, "setup_media": "cd_latest",
			"sms_providers": []any{"top-ss.fabrikam.net"}, "install_directory": `E:\ConfigMgr`,
			"database": tree{"server": "top-sql.fabrikam.net", "name": "CM_TOP", "port": int64(1433), "service_broker_port": int64(4022)},
			"unknown":  []any{"content_library_path", "database.failover_cluster"},
		},
		"EU1": {
			"site_code": "EU1", "site_type": "primary", "name": "Europe", "site_server": "eu1-ss.fabrikam.net", "version": "2603", "installed": true,
			"passive_site_server": "eu1-ha.fabrikam.net", "sms_providers": []any{"eu1-ha.fabrikam.net", "eu1-prov.fabrikam.net", "eu1-ss.fabrikam.net"}, "install_directory": `E:\ConfigMgr`,
			"parent":   tree{"site_code": "TOP", "site_type": "central_administration"},
			"database": tree{"server": "eu1-sql.fabrikam.net", "name": "CM_EU1", "port": int64(1433), "service_broker_port": int64(4022)},
			"unknown":  []any{"client_ports", "content_library_path", "database.failover_cluster"},
		},
		"OSL": {
			"site_code": "OSL", "site_type": "secondary", "name": "Oslo", "site_server": "osl-ss.fabrikam.net", "version": "2603", "installed": true, "install_directory": `E:\ConfigMgr`,
			"domain": "fabrikam.net", "parent": tree{"site_code": "EU1", "site_type": "primary"},
			"database": tree{"server": "osl-ss.fabrikam.net", "instance": "CONFIGMGRSEC", "name": "CM_OSL", "port": int64(1433), "service_broker_port": int64(4022)},
			"unknown":  []any{"client_ports"},
		},
	} {
		if site := got["sites"].(tree)[code]; !reflect.DeepEqual(site, want) {
			t.Errorf("site %s is\n%v, expected\n%v", code, site, want)
		}
	}
	// What no row says is no finding.
	for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(decoded(t, got), true), rule.Options{}).Findings {
		t.Errorf("%s: %s", f.Summary(), f.Found)
	}
}

// The same rows in every form that they come in.
func TestRead_Forms(t *testing.T) {
	text := fabrikam(t)
	want := Tree(readBack(t, text).Hierarchy)
	var document map[string]any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	write := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	wide := func(bigEndian bool, mark string) string {
		var b strings.Builder
		b.WriteString(mark)
		for _, unit := range utf16.Encode([]rune(text)) {
			if bigEndian {
				b.Write([]byte{byte(unit >> 8), byte(unit)})
			} else {
				b.Write([]byte{byte(unit), byte(unit >> 8)})
			}
		}
		return b.String()
	}
	plain, single, upper, strung, answers, rows, wmi := tree{}, tree{}, tree{}, tree{}, "", []any{}, []any{}
	for class, envelope := range document {
		list := envelope.(tree)["value"].([]any)
		plain[class] = list
		upper[strings.ToUpper(class)] = spelled(list, strings.ToUpper)
		strung[strings.ToLower(class)] = spelled(list, strings.ToLower)
		answers += write(envelope) + "\r\n"
		rows = append(rows, list...)
		for _, row := range list {
			named := maps.Clone(row.(tree))
			named["__CLASS"] = class
			wmi = append(wmi, named)
		}
	}
	for class := range document {
		single[class] = plain[class]
	}
	forms := map[string]string{
		"plain lists":           write(plain),
		"upper case":            write(upper),
		"lower case, as text":   write(strung),
		"one answer each":       answers,
		"rows without a class":  write(rows),
		"rows that name theirs": write(wmi),
		"a list of answers":     "[" + strings.ReplaceAll(strings.TrimSpace(answers), "\r\n", ",") + "]",
		"UTF-8 with a mark":     "\xef\xbb\xbf" + text,
		"UTF-16LE":              wide(false, "\xff\xfe"),
		"UTF-16BE":              wide(true, "\xfe\xff"),
		"UTF-16LE, no mark":     wide(false, ""),
		"UTF-16BE, no mark":     wide(true, ""),
		"CRLF":                  strings.ReplaceAll(text, "\n", "\r\n"),
		"lists with a Count":    write(wrapped(document)),
		"value and Count":       strings.ReplaceAll(write(document), `"@odata.context"`, `"Count":3,"@odata.context"`),
		"value first":           strings.ReplaceAll(write(tree{"value": plain["SMS_Site"], "~@odata.context": "x$metadata#SMS_Site"}), "~", "") + answers,
	}
	for name, form := range maps.Clone(forms) {
		forms["base64 of "+name] = base64.StdEncoding.EncodeToString([]byte(form))
	}
	for name, form := range forms {
		e, err := Read(form, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, n := range e.Notes {
			if n.Kind != NoteDuplicate || name == "value and Count" {
				t.Errorf("%s: %v", name, n)
			}
		}
		if got := Tree(e.Hierarchy); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as\n%v, expected\n%v", name, got, want)
		}
	}
}

// wrapped writes every list below a row as Windows PowerShell 5.1 does where the list has
// members of its own.
func wrapped(node any) any {
	switch node := node.(type) {
	case []any:
		all := make([]any, len(node))
		for i, e := range node {
			all[i] = wrapped(e)
		}
		return tree{"value": all, "Count": len(all)}
	case tree:
		all := tree{}
		for key, e := range node {
			all[key] = wrapped(e)
		}
		return all
	}
	return node
}

// spelled rewrites the names of properties, and for lower case numbers as text.
func spelled(node any, name func(string) string) any {
	switch node := node.(type) {
	case []any:
		all := make([]any, len(node))
		for i, e := range node {
			all[i] = spelled(e, name)
		}
		return all
	case tree:
		all := tree{}
		for key, e := range node {
			all[name(key)] = spelled(e, name)
		}
		return all
	case float64:
		if name("A") == "a" {
			return fmt.Sprint(node)
		}
	}
	return node
}

// A list of one is written as the one: PowerShell does so.
func TestRead_SingleObjects(t *testing.T) {
	text := `{"SMS_Site": {"SiteCode": "PS1", "SiteName": "One", "ServerName": "ps1.contoso.com", "ReportingSiteCode": "", "Type": "2", "BuildNumber": "9146"},
		"SMS_SCI_SysResUse": {"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\dp1.contoso.com",
			"Props": {"PropertyName": "IsPullDP", "Value": "1"}, "PropLists": [
				{"PropertyListName": "SourceDistributionPoints", "Values": "[\"Display=\\\\dp2.contoso.com\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\dp2.contoso.com\\"},
				{"PropertyListName": "SourceDPRanks", "Values": "3"}]}}`
	// And a list that PowerShell has extended as an object with its length.
	list := func(values string) string { return `{"value": [` + values + `], "Count": 1}` }
	extended := strings.NewReplacer(`"Props": {"PropertyName": "IsPullDP", "Value": "1"}`, `"Props": `+list(`{"PropertyName": "IsPullDP", "Value": "1"}`),
		`"Values": "3"`, `"Values": `+list(`"3"`)).Replace(text)
	if strings.Count(extended, `"Count"`) != 2 {
		t.Fatal("the text was not rewritten")
	}
	for _, form := range []string{text, extended} {
		e := readBack(t, form)
		roles := Tree(e.Hierarchy)["role_assignments"].(tree)
		settings, _ := roles["PS1/dp1.contoso.com/distribution_point"].(tree)["distribution_point"].(tree)
		if want := (tree{"pull_sources": tree{"dp2.contoso.com": int64(3)}}); !reflect.DeepEqual(settings, want) {
			t.Errorf("%v, expected %v in\n%s", settings, want, form)
		}
	}
}

// minimal is an export with the rows of a test.
func minimal(rows string) string {
	return `{"SMS_Site": [{"SiteCode": "PS1", "SiteName": "One", "ServerName": "ps1.contoso.com", "ReportingSiteCode": "", "Type": 2, "BuildNumber": 9146}],
		"SMS_SCI_SysResUse": [{"SiteCode": "PS1", "RoleName": "SMS Site Server", "NetworkOSPath": "\\\\ps1.contoso.com", "Type": 2}` + rows + `]}`
}

func TestRead_Refuses(t *testing.T) {
	whole := fabrikam(t)
	for _, test := range []struct{ name, text, says string }{
		{"nothing", "", "The text is empty"},
		{"blanks", " \r\n\t", "The text is empty"},
		{"a mark only", "\xef\xbb\xbf", "The text is empty"},
		{"cut off", whole[:len(whole)/2], "it was cut off"},
		{"cut off UTF-16", "\xff\xfe{\x00\"", "it was cut off"},
		{"cut off before the end", strings.TrimRight(whole, "}\n "), "it was cut off"},
		{"not JSON", "<Objs>", `Line 1, column 1 is not JSON: an object is expected, not '<'`},
		{"a sentence", "no such file", "is not JSON"},
		{"bytes", "\x80\x81{}", "neither UTF-8 nor UTF-16"},
		{"trailing text", minimal("") + "x", "is not JSON"},
		{"a number", "5", "is not JSON"},
		{"deep", strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200), "more than 100 deep"},
		{"an empty object", "{}", "The export has no site"},
		{"an empty list", "[]", "The export has no site"},
		{"no rows", `{"SMS_Site": [], "SMS_SCI_SysResUse": null}`, "The export has no site"},
		{"another document", `{"terraform_version": "1.11.4", "resources": []}`, `The text is not an export: it has "terraform_version", "resources"`},
		{"another class", `{"@odata.context": "https://x/AdminService/wmi/$metadata#SMS_R_System", "value": [{"Name": "A"}]}`, "The rows are of the class SMS_R_System, which is not read"},
		{"one row of another class", `{"@odata.context": "https://x/AdminService/wmi/$metadata#SMS_R_System/$entity", "Name": "A"}`, "The row is of the class SMS_R_System"},
		{"rows of no class", `[{"Name": "A"}]`, `it has "Name"`},
		{"an error of the AdminService", `{"error": {"code": "401", "message": "Unauthorized"}}`, `it has "error"`},
		{"rows that are texts", `{"SMS_Site": ["PS1"]}`, "a row of SMS_Site is expected"},
		{"a class that is a text", `{"SMS_Site": "PS1"}`, "the rows of SMS_Site is expected"},
		{"a list in a list", `[[{"SMS_Site": []}]]`, "an object is expected"},
		{"an answer whose rows are texts", `{"value": ["PS1"]}`, "an object is expected"},
		{"a row of no class in an answer", `{"value": [{"Name": "A"}]}`, "A row is of no class that is read"},
		{"a graph that is a list", `{"graph": []}`, "an object is expected"},
		{"a site code", `{"SMS_Site": [{"SiteCode": "PS", "ServerName": "a.b"}]}`, `SMS_Site[1]: The site code is "PS"`},
		{"two hierarchies", `{"SMS_Site": [{"SiteCode": "AAA", "ReportingSiteCode": "", "Type": 2, "ServerName": "a.x.y"}, {"SiteCode": "BBB", "ReportingSiteCode": "", "Type": 2, "ServerName": "b.x.y"}]}`,
			"2 hierarchies: none of the sites AAA, BBB has a parent"},
		{"one site twice", `{"SMS_Site": [{"SiteCode": "AAA", "ServerName": "a.x.y"}, {"SiteCode": "aaa", "ServerName": "b.x.y"}]}`, "SMS_Site[2]: Site AAA is described twice and differently, in this row and in SMS_Site[1]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, err := Read(test.text, Options{})
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, expected %q; read %v", err, test.says, e)
			}
		})
	}
}

func TestRead_RefusesSecrets(t *testing.T) {
	with := func(row string) string {
		return minimal(`, {"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\dp.contoso.com"` + row + `}`)
	}
	for _, test := range []struct{ name, text, property string }{
		{"an embedded property", with(`, "Props": [{"PropertyName": "PXEPassword", "Value": 0, "Value1": "hunter2"}]`), "PXEPassword"},
		{"its name last", with(`, "Props": [{"Value2": "hunter2", "PropertyName": "certificatepfxdata"}]`), "certificatepfxdata"},
		{"a property", with(`, "SQLAccountPassword": "hunter2"`), "SQLAccountPassword"},
		{"any password", with(`, "SomePassword2": "hunter2"`), "SomePassword2"},
		{"a list", with(`, "PropLists": [{"PropertyListName": "TrustedRootKey", "Values": ["hunter2"]}]`), "TrustedRootKey"},
		{"an object", with(`, "ServiceCertificate": {"Raw": "hunter2"}`), "ServiceCertificate"},
		{"a list of texts", with(`, "AdminPassword": ["hunter2"]`), "AdminPassword"},
		{"below another object", with(`, "Other": {"Deep": [{"ServiceCertificate": {"Raw": "hunter2"}}]}`), "ServiceCertificate"},
		{"another class", `{"SMS_SCI_Reserved": [{"Reserved2": "hunter2"}]}`, "Reserved2"},
		{"cut off objects", with(`, "Props": ["@{PropertyName=PXEPassword; Value1=hunter2}"]`), "pxepassword"},
		{"beside the rows", `{"Password": "hunter2", "SMS_Site": []}`, "Password"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read(test.text, Options{})
			if err == nil || !strings.Contains(err.Error(), `"`+test.property+`" holds a secret`) {
				t.Fatalf("error %v, expected %s", err, test.property)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error tells the secret: %v", err)
			}
		})
	}
	for name, text := range map[string]string{
		"empty texts": with(`, "SQLAccountPassword": "", "Props": [{"PropertyName": "PXEPassword", "Value": 0, "Value1": "", "Value2": ""}]`),
		"null":        with(`, "SQLAccountPassword": null, "ServiceCertificate": []`),
		"no members":  with(`, "ServiceCertificate": {}`),
		"a number":    with(`, "PasswordLength": 12`),
	} {
		if _, err := Read(text, Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRead_Notes(t *testing.T) {
	role := func(site, name, host, more string) string {
		return fmt.Sprintf(`, {"SiteCode": %q, "RoleName": %q, "NetworkOSPath": "\\\\%s"%s}`, site, name, host, more)
	}
	for _, test := range []struct{ name, rows, kind, row, says string }{
		{"an unknown role", role("PS1", "SMS Managment Point", "mp.contoso.com", ""), NoteUnknownRole, "SMS_SCI_SysResUse[2]", `The role "SMS Managment Point" is not in the catalog, so that one row with it is left out: SMS_SCI_SysResUse[2]. The nearest known one is SMS Management Point.`},
		{"a row twice", role("PS1", "SMS Management Point", "mp.contoso.com", "") + role("PS1", "sms management point", "MP.CONTOSO.COM", ""), NoteDuplicate, "SMS_SCI_SysResUse[3]", "It says the same as SMS_SCI_SysResUse[2]"},
		{"two rows that differ", role("PS1", "SMS Management Point", "mp.contoso.com", `, "SslState": 1`) + role("PS1", "SMS Management Point", "mp.contoso.com", `, "SslState": 0`), NoteConflict, "SMS_SCI_SysResUse[3]", "SMS_SCI_SysResUse[2] describe the role SMS Management Point on mp.contoso.com differently"},
		{"an embedded property that differs", role("PS1", "SMS Distribution Point", "dp.contoso.com", `, "Props": [{"PropertyName": "IsPXE", "Value": 1}]`) + role("PS1", "SMS Distribution Point", "dp.contoso.com", `, "Props": [{"PropertyName": "IsPXE", "Value": 0}]`), NoteConflict, "SMS_SCI_SysResUse[3]", "differently"},
		{"another site", role("XYZ", "SMS Management Point", "mp.contoso.com", ""), NoteUnlisted, "SMS_SCI_SysResUse[2]", "The site XYZ is not among the sites of the export, so that one row of it is left out"},
		{"no site", role("", "SMS Management Point", "mp.contoso.com", ""), NoteNotModelled, "SMS_SCI_SysResUse[2]", "belongs to no site"},
		{"no computer", role("PS1", "SMS Management Point", "", ""), NoteNotModelled, "SMS_SCI_SysResUse[2]", "is not the name of one"},
		{"no name of a computer", role("PS1", "SMS Management Point", "a b", ""), NoteNotModelled, "SMS_SCI_SysResUse[2]", "is not the name of one"},
		{"a cloud distribution point", role("PS1", "SMS Distribution Point", "cdp.cloudapp.net", `, "NALType": "Windows Azure"`), NoteNotModelled, "SMS_SCI_SysResUse[2]", "a cloud distribution point"},
		{"a NetBIOS domain", role("PS1", "SMS Site System", "mp.contoso.com", `, "Props": [{"PropertyName": "DomainFQDN", "Value1": "CONTOSO"}]`), NoteUndecided, "SMS_SCI_SysResUse[2]", `"CONTOSO" is not the DNS name of a domain`},
		{"cut off properties", role("PS1", "SMS Distribution Point", "dp.contoso.com", `, "Props": ["System.Object"]`), NoteGap, "SMS_SCI_SysResUse[2]", "ConvertTo-Json needs -Depth 8"},
		{"three site servers", role("PS1", "SMS Site Server", "b.contoso.com", `, "Type": 8`) + role("PS1", "SMS Site Server", "c.contoso.com", `, "Type": 8`), NoteConflict, "", "which of them is the passive site server is not known"},
		{"a short database name", role("PS1", "SMS Software Update Point", "sup.contoso.com", `, "Props": [{"PropertyName": "DBServerName", "Value2": "sql7\\WSUS"}]`), NoteUndecided, "SMS_SCI_SysResUse[2]", `is not the full name of a computer`},
		{"strange drives", role("PS1", "SMS Distribution Point", "dp.contoso.com", `, "Props": [{"PropertyName": "AvailableContentLibDrivesList", "Value1": "F,E"}]`), NoteUndecided, "SMS_SCI_SysResUse[2]", "are not a first and a second letter"},
		{"no time", role("PS1", "SMS Distribution Point", "dp.contoso.com", `, "Props": [{"PropertyName": "CertificateExpirationDate", "Value1": "tomorrow"}]`), NoteUndecided, "SMS_SCI_SysResUse[2]", "is not the time at which a certificate expires"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := readBack(t, minimal(test.rows))
			if len(e.Notes) != 1 || e.Notes[0].Kind != test.kind || e.Notes[0].Row != test.row || !strings.Contains(e.Notes[0].Message, test.says) {
				t.Errorf("notes %q, expected one of kind %s at %q with %q", e.Notes, test.kind, test.row, test.says)
			}
		})
	}
}

// The rows of one computer spell it, its site and its roles as they like: with capitals, a
// dot at the end, a NetBIOS domain beside a DNS one. It is one computer with one set of facts.
func TestRead_SpellingsOfOneComputer(t *testing.T) {
	e := readBack(t, minimal(`, {"SiteCode": "ps1", "RoleName": "SMS Site System", "NetworkOSPath": "\\\\MP01.Contoso.COM", "Props": [
			{"PropertyName": "DomainFQDN", "Value1": "contoso.com"}, {"PropertyName": "ForestFQDN", "Value1": "CONTOSO"}]},
		{"SiteCode": "PS1", "RoleName": "sms management point", "NetworkOSPath": "\\\\mp01.contoso.com", "SslState": 1},
		{"SiteCode": "Ps1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\mp01.CONTOSO.com."}`))
	got := Tree(e.Hierarchy)
	if keys := slices.Sorted(maps.Keys(got["site_system_servers"].(tree))); !slices.Equal(keys, []string{"PS1/mp01.contoso.com", "PS1/ps1.contoso.com"}) {
		t.Errorf("servers %q", keys)
	}
	if keys := slices.Sorted(maps.Keys(got["role_assignments"].(tree))); !slices.Equal(keys, []string{"PS1/mp01.contoso.com/distribution_point", "PS1/mp01.contoso.com/management_point"}) {
		t.Errorf("roles %q", keys)
	}
	server := got["site_system_servers"].(tree)["PS1/mp01.contoso.com"].(tree)
	if server["domain"] != "contoso.com" || server["forest"] != nil {
		t.Errorf("the server is %v", server)
	}
	if len(e.Notes) != 1 || e.Notes[0].Kind != NoteUndecided || e.Notes[0].Row != "SMS_SCI_SysResUse[2]" || !strings.Contains(e.Notes[0].Message, `"CONTOSO" is not the DNS name`) {
		t.Errorf("notes %q", e.Notes)
	}
}

// A row may name a computer without its domain that others of its site name in full. One that
// no row names in full keeps the name that it has.
func TestRead_ShortNames(t *testing.T) {
	e := readBack(t, `{"SMS_Site": [{"SiteCode": "PS1", "SiteName": "One", "ServerName": "PS1", "ReportingSiteCode": "", "Type": 2, "BuildNumber": 9146}],
		"SMS_SCI_SiteDefinition": [{"SiteCode": "PS1", "SiteServerName": "ps1.contoso.com", "SQLServerName": "sql1.contoso.com", "SQLDatabaseName": "CM_PS1", "Props": []}],
		"SMS_SCI_SysResUse": [
			{"SiteCode": "PS1", "RoleName": "SMS Site Server", "NetworkOSPath": "\\\\ps1", "Type": 2},
			{"SiteCode": "PS1", "RoleName": "SMS SQL Server", "NetworkOSPath": "\\\\SQL1"},
			{"SiteCode": "PS1", "RoleName": "SMS Management Point", "NetworkOSPath": "\\\\mp01"},
			{"SiteCode": "PS1", "RoleName": "SMS Site System", "NetworkOSPath": "\\\\mp01.contoso.com"},
			{"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\dp01"},
			{"SiteCode": "PS1", "RoleName": "SMS Site System", "NetworkOSPath": "\\\\twin.contoso.com"},
			{"SiteCode": "PS1", "RoleName": "SMS Site System", "NetworkOSPath": "\\\\twin.fabrikam.com"},
			{"SiteCode": "PS1", "RoleName": "SMS State Migration Point", "NetworkOSPath": "\\\\twin"}]}`)
	got := Tree(e.Hierarchy)
	want := []string{"PS1/dp01", "PS1/mp01.contoso.com", "PS1/ps1.contoso.com", "PS1/sql1.contoso.com", "PS1/twin", "PS1/twin.contoso.com", "PS1/twin.fabrikam.com"}
	if keys := slices.Sorted(maps.Keys(got["site_system_servers"].(tree))); !slices.Equal(keys, want) {
		t.Errorf("servers %q, expected %q", keys, want)
	}
	site := got["sites"].(tree)["PS1"].(tree)
	if database := site["database"].(tree)["server"]; site["site_server"] != "ps1.contoso.com" || site["passive_site_server"] != nil || database != "sql1.contoso.com" {
		t.Errorf("the site is %v", site)
	}
	if len(e.Notes) > 0 {
		t.Errorf("notes %v", e.Notes)
	}
}

// Every site has at least a site server. Where no row says so, the rows are missing, and what
// there is is not known.
func TestRead_SitesWithoutRows(t *testing.T) {
	sites := `"SMS_Site": [{"SiteCode": "PS1", "ServerName": "ps1.contoso.com", "ReportingSiteCode": "", "Type": 2, "BuildNumber": 9146}, ` +
		`{"SiteCode": "SEC", "ServerName": "sec.contoso.com", "ReportingSiteCode": "PS1", "Type": 1, "BuildNumber": 9146}]`
	row := func(code string) string {
		return fmt.Sprintf(`{"SiteCode": %q, "RoleName": "SMS Site Server", "NetworkOSPath": "\\\\%s.contoso.com"}`, code, strings.ToLower(code))
	}
	for _, test := range []struct{ rows, missing string }{
		{"null", "PS1, SEC"}, {"[]", "PS1, SEC"}, {"[" + row("PS1") + "]", "SEC"}, {"[" + row("PS1") + ", " + row("SEC") + "]", ""},
	} {
		e := readBack(t, `{`+sites+`, "SMS_SCI_SysResUse": `+test.rows+`}`)
		unknown, _ := Tree(e.Hierarchy)["unknown"].([]any)
		open := slices.Contains(unknown, any("role_assignments")) && slices.Contains(unknown, any("site_system_servers"))
		if open != (test.missing != "") {
			t.Errorf("with the rows %s the unknown are %v", test.rows, unknown)
		}
		switch {
		case test.missing == "" && len(e.Notes) == 0:
		case len(e.Notes) != 1 || e.Notes[0].Kind != NoteGap || !strings.Contains(e.Notes[0].Message, "is of site "+test.missing+","):
			t.Errorf("with the rows %s the notes are %v", test.rows, e.Notes)
		}
	}
}

// Fifty thousand rows are read like a few: each computer is there once, rows that are there
// twice and rows of a site that no row lists are told of in a few notes, and what is cut off
// at the end is an error.
func TestRead_FiftyThousandRows(t *testing.T) {
	const points = 24500
	var rows strings.Builder
	for i := range points {
		row := fmt.Sprintf(`, {"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\dp%d.contoso.com"}`, i)
		rows.WriteString(row + row)
	}
	for i := range 1000 {
		fmt.Fprintf(&rows, `, {"SiteCode": "XYZ", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\dp%d.contoso.com"}`, i)
	}
	text := minimal(rows.String())
	e := readBack(t, text)
	if assignments, _ := e.Hierarchy.Assignments.Get(); len(assignments) != points {
		t.Errorf("%d role assignments, expected %d", len(assignments), points)
	}
	kinds, all := map[string]int{}, ""
	for _, n := range e.Notes {
		kinds[n.Kind]++
		all += n.Message + "\n"
	}
	if want := map[string]int{NoteDuplicate: namedRows + 1, NoteUnlisted: 1}; !maps.Equal(kinds, want) {
		t.Errorf("notes by kind %v, expected %v", kinds, want)
	}
	for _, want := range []string{"Besides, 24495 rows say the same as an earlier one: SMS_SCI_SysResUse[13], ", " and 24490 more.", "1000 rows of it are left out"} {
		if !strings.Contains(all, want) {
			t.Errorf("no note says %q:\n%s", want, all)
		}
	}
	if _, err := Read(text[:len(text)-100], Options{}); err == nil || !strings.Contains(err.Error(), "it was cut off") {
		t.Errorf("error %v", err)
	}
}

// A thousand rows of one reason are one note.
func TestRead_NotesAreFew(t *testing.T) {
	var rows strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&rows, `, {"SiteCode": "XYZ", "RoleName": "SMS Management Point", "NetworkOSPath": "\\\\mp%d.contoso.com"}`, i)
		fmt.Fprintf(&rows, `, {"SiteCode": "PS1", "RoleName": "SMS Nothing", "NetworkOSPath": "\\\\mp%d.contoso.com"}`, i)
	}
	e := readBack(t, minimal(rows.String()))
	if len(e.Notes) != 2 || !strings.Contains(e.Notes[0].Message+e.Notes[1].Message, "and 995 more") {
		t.Errorf("notes %q", e.Notes)
	}
}

func TestRead_Gaps(t *testing.T) {
	text := strings.TrimSuffix(minimal(""), "}") + `, "gaps": [{"Class": "SMS_SCI_SysResUse", "Message": "Access denied"}, {"Class": "SMS_AzureService", "Message": "Invalid class"}]}`
	e := readBack(t, text)
	if len(e.Notes) != 2 || e.Notes[0].Kind != NoteGap || e.Notes[0].Message != "The export could not read it: Access denied" {
		t.Errorf("notes %q", e.Notes)
	}
	open := Tree(e.Hierarchy)["unknown"]
	if want := []any{"cloud_management_gateways", "role_assignments", "site_system_servers"}; !reflect.DeepEqual(open, want) {
		t.Errorf("open are %v, expected %v", open, want)
	}
	if site := Tree(e.Hierarchy)["sites"].(tree)["PS1"].(tree); !slices.Contains(site["unknown"].([]any), any("passive_site_server")) {
		t.Errorf("the site is %v", site)
	}
}

func TestRead_ChoosesAHierarchy(t *testing.T) {
	text := `{"SMS_Site": [{"SiteCode": "CAS", "ReportingSiteCode": "", "Type": 4, "ServerName": "a.x.y"}, {"SiteCode": "PS1", "ReportingSiteCode": "CAS", "Type": 2, "ServerName": "b.x.y"},
		{"SiteCode": "OLD", "ReportingSiteCode": "", "Type": 2, "ServerName": "c.x.y"}]}`
	e, err := Read(text, Options{TopLevelSiteCode: "cas"})
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(Tree(e.Hierarchy)["sites"].(tree))); !slices.Equal(got, []string{"CAS", "PS1"}) {
		t.Errorf("sites %q", got)
	}
	if len(e.Notes) != 1 || !strings.Contains(e.Notes[0].Message, "The site OLD does not belong to the hierarchy of CAS") {
		t.Errorf("notes %q", e.Notes)
	}
	if _, err := Read(text, Options{TopLevelSiteCode: "XXX"}); err == nil || !strings.Contains(err.Error(), "Its sites are CAS, OLD, PS1") {
		t.Errorf("error %v", err)
	}
}

// Sites that are each other's parents do not make it turn for ever.
func TestRead_ParentsInACircle(t *testing.T) {
	text := `{"SMS_Site": [{"SiteCode": "AAA", "ReportingSiteCode": "BBB", "Type": 2, "ServerName": "a.x.y"}, {"SiteCode": "BBB", "ReportingSiteCode": "AAA", "Type": 2, "ServerName": "b.x.y"}]}`
	for _, options := range []Options{{}, {TopLevelSiteCode: "AAA"}} {
		e, err := Read(text, options)
		if err != nil {
			t.Fatal(err)
		}
		rules.Catalog().Evaluate(model.ForHierarchy(decoded(t, Tree(e.Hierarchy)), true), rule.Options{})
		if drift := Compare(e.Hierarchy, e.Hierarchy); !drift.Empty() {
			t.Errorf("%v", drift)
		}
	}
}

func TestRead_FirewallDefinition(t *testing.T) {
	text := `{"FirewallRuleDefinition": {"SystemAndRoleList": [
		{"FullQualifiedDomainName": "CAS.contoso.com", "IPAddress": "10.0.0.1", "SiteCode": "CAS", "ParentSiteCode": "CAS", "RoleList": ["CentralAdministrationSite", "SiteServer", "SMSProvider", "CASSQLServerRole", "SQLServerRole"]},
		{"FullQualifiedDomainName": "ps1.contoso.com", "SiteCode": "PS1", "ParentSiteCode": "CAS", "RoleList": ["PrimarySite", "SiteServer", "SMSProvider", "PRISQLServerRole", "SQLServerRole"]},
		{"FullQualifiedDomainName": "dp1.contoso.com", "SiteCode": "PS1", "ParentSiteCode": "CAS", "RoleList": ["DistributionPoint", "ManagementPoint"]},
		{"FullQualifiedDomainName": "dp2.contoso.com", "SiteCode": "PS1", "ParentSiteCode": "CAS", "RoleList": ["PullDistributionPoint", "DistributionPoint"], "PullDistributionPointToSourceList": ["dp1.contoso.com"]},
		{"FullQualifiedDomainName": "web.contoso.com", "SiteCode": "PS1", "ParentSiteCode": "CAS", "RoleList": "IntranetPortal"}
	], "RuleDefinition": [], "ServiceDefinition": []}}`
	e := readBack(t, text)
	got := Tree(e.Hierarchy)
	if keys := slices.Sorted(maps.Keys(got["role_assignments"].(tree))); !slices.Equal(keys, []string{
		"PS1/dp1.contoso.com/distribution_point", "PS1/dp1.contoso.com/management_point", "PS1/dp2.contoso.com/distribution_point",
	}) {
		t.Errorf("roles %q", keys)
	}
	site := got["sites"].(tree)["PS1"].(tree)
	if site["site_server"] != "ps1.contoso.com" || site["site_type"] != "primary" || !reflect.DeepEqual(site["parent"], tree{"site_code": "CAS", "site_type": "central_administration"}) {
		t.Errorf("site %v", site)
	}
	pull := got["role_assignments"].(tree)["PS1/dp2.contoso.com/distribution_point"].(tree)["distribution_point"].(tree)
	if !reflect.DeepEqual(pull["pull_sources"], tree{"dp1.contoso.com": nil}) {
		t.Errorf("pull-distribution point %v", pull)
	}
	if len(e.Notes) != 1 || e.Notes[0].Kind != NoteUnknownRole || e.Notes[0].Row != "SystemAndRoleList[5]" {
		t.Errorf("notes %q", e.Notes)
	}
	noFindings(t, got)
}

// noFindings expects no error: what a list of roles does not say is not wrong.
func noFindings(t *testing.T, topology tree) {
	t.Helper()
	for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(decoded(t, topology), true), rule.Options{}).Findings {
		t.Errorf("%s %s: %s", f.Severity, f.Summary(), f.Found)
	}
}

func TestRead_ConfigManBearPig(t *testing.T) {
	text := `{"metadata": {"source_kind": "SCCM_Base"}, "graph": {"nodes": [
		{"id": "CAS", "kinds": ["SCCM_Site"], "properties": {"siteCode": "CAS", "siteType": 4, "parentSiteCode": "", "siteServerName": "cas.contoso.com"}},
		{"id": "PS1", "kinds": ["SCCM_Site"], "properties": {"siteCode": "PS1", "siteType": 2, "parentSiteCode": "CAS", "siteName": "One", "SQLServerName": "sql.contoso.com"}},
		{"id": "S-1-5-21-1", "kinds": ["Computer", "Base"], "properties": {"name": "PS1$", "dNSHostName": "ps1.contoso.com", "SCCMSiteSystemRoles": ["SMS Site Server@PS1", "SMS Provider@PS1", "SMS Site System@PS1"]}},
		{"id": "S-1-5-21-2", "kinds": ["Computer", "Base"], "properties": {"dNSHostName": "MP.contoso.com", "SCCMSiteSystemRoles": "SMS Management Point@PS1"}},
		{"id": "S-1-5-21-3", "kinds": ["Computer", "Base"], "properties": {"dNSHostName": "x.contoso.com", "SCCMSiteSystemRoles": ["SMS Distribution Point"]}},
		{"id": "S-1-5-21-4", "kinds": ["User"], "properties": {"name": "A"}}
	], "edges": [{"kind": "SCCM_Contains", "start": {"value": "CAS"}, "end": {"value": "PS1"}}]}}`
	e := readBack(t, text)
	got := Tree(e.Hierarchy)
	if keys := slices.Sorted(maps.Keys(got["role_assignments"].(tree))); !slices.Equal(keys, []string{"PS1/mp.contoso.com/management_point"}) {
		t.Errorf("roles %q", keys)
	}
	if site := got["sites"].(tree)["PS1"].(tree); site["site_server"] != "ps1.contoso.com" || site["name"] != "One" {
		t.Errorf("site %v", site)
	}
	if len(e.Notes) != 1 || !strings.Contains(e.Notes[0].Message, "names no site") {
		t.Errorf("notes %q", e.Notes)
	}
	noFindings(t, got)
}

// A list of roles alone leaves open what it cannot know: no rule takes it for the default.
func TestRead_RolesAlone(t *testing.T) {
	text := `[{"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\dp.contoso.com"}, {"SiteCode": "PS1", "RoleName": "SMS Site Server", "NetworkOSPath": "\\\\ps1.contoso.com", "Type": 2}]`
	e := readBack(t, text)
	got := Tree(e.Hierarchy)
	if open := got["unknown"]; !reflect.DeepEqual(open, []any{"cloud_management_gateways", "sites"}) {
		t.Errorf("open are %v", open)
	}
	site := got["sites"].(tree)["PS1"].(tree)
	for _, name := range []string{"parent", "version", "content_library_path", "database", "sms_providers"} {
		if !slices.Contains(site["unknown"].([]any), any(name)) {
			t.Errorf("%s of the site is not unknown: %v", name, site)
		}
	}
	noFindings(t, got)
}

func TestHostOfNAL(t *testing.T) {
	for path, want := range map[string]string{
		`["Display=\\dp1.contoso.com\"]MSWNET:["SMS_SITE=PS1"]\\DP1.contoso.com\`: "dp1.contoso.com",
		`["Display=\\dp1.contoso.com\"]MSWNET:["SMS_SITE=PS1"]`:                   "dp1.contoso.com",
		`\\dp1.contoso.com`: "dp1.contoso.com",
		`dp1.contoso.com`:   "dp1.contoso.com",
		`["Display=`:        "",
		``:                  "",
		`\\a b\`:            "",
	} {
		if got := hostOfNAL(path); got != want {
			t.Errorf("%s is %q, expected %q", path, got, want)
		}
	}
}

func TestRead_Gateways(t *testing.T) {
	text := strings.TrimSuffix(minimal(""), "}") + `, "SMS_AzureService": {"Name": "ContosoCMG", "DeploymentModel": 1, "AzureEnvironmentId": "1"}}`
	e := readBack(t, text)
	got := Tree(e.Hierarchy)
	want := tree{"contosocmg": tree{"name": "ContosoCMG", "azure_environment": "public", "installed": true}}
	if !reflect.DeepEqual(got["cloud_management_gateways"], want) {
		t.Errorf("gateways %v, expected %v", got["cloud_management_gateways"], want)
	}
	live := decoded(t, got)
	other := decoded(t, tree{"sites": got["sites"], "role_assignments": tree{}, "cloud_management_gateways": tree{"a": tree{"name": "other"}}})
	drift := Compare(other, live)
	if len(drift.Missing) != 1 || drift.Missing[0].ID != "other" || len(drift.Unexpected) != 1 || drift.Unexpected[0].ID != "contosocmg" {
		t.Errorf("%v", drift)
	}
}

// A listener of an availability group is a name and not a computer.
func TestRead_AvailabilityGroup(t *testing.T) {
	text := `{"SMS_SCI_SiteDefinition": {"SiteCode": "PS1", "SiteName": "One", "SiteServerName": "ps1.contoso.com", "ParentSiteCode": "", "SiteType": 2, "SQLServerName": "listener.contoso.com", "SQLDatabaseName": "CM_PS1",
			"Props": [{"PropertyName": "SQLServerFQDN", "Value1": "listener.contoso.com"}, {"PropertyName": "SQLAGPrimaryReplica", "Value1": "sql1.contoso.com"}]},
		"SMS_SCI_SysResUse": [{"SiteCode": "PS1", "RoleName": "SMS Site Server", "NetworkOSPath": "\\\\ps1.contoso.com", "Type": 2}, {"SiteCode": "PS1", "RoleName": "SMS SQL Server", "NetworkOSPath": "\\\\listener.contoso.com", "Type": 8},
			{"SiteCode": "PS1", "RoleName": "SMS Site System", "NetworkOSPath": "\\\\sql1.contoso.com", "Type": 8}]}`
	got := Tree(readBack(t, text).Hierarchy)
	site := got["sites"].(tree)["PS1"].(tree)
	if db := site["database"].(tree); db["server"] != "listener.contoso.com" || db["availability_group"] == nil {
		t.Errorf("database %v", db)
	}
	live := decoded(t, got)
	if drift := Compare(decoded(t, got), live); !drift.Empty() {
		t.Errorf("with itself: %v", drift)
	}
	group := site["database"].(tree)["availability_group"]
	delete(site["database"].(tree), "availability_group")
	if drift := Compare(decoded(t, got), live); len(drift.Different) != 1 || drift.Different[0].Path.String() != `sites["PS1"].database.availability_group` {
		t.Errorf("without the group: %v", drift)
	}
	site["database"].(tree)["availability_group"] = group
	if keys := slices.Sorted(maps.Keys(got["site_system_servers"].(tree))); !slices.Equal(keys, []string{"PS1/ps1.contoso.com", "PS1/sql1.contoso.com"}) {
		t.Errorf("servers %q", keys)
	}
	for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(decoded(t, got), true), rule.Options{}).Findings {
		if f.Severity == rule.SeverityError {
			t.Errorf("%s: %s", f.Summary(), f.Found)
		}
	}
}

// Tools disagree where the settings of a database replica stand: both places are read.
func TestRead_DatabaseReplica(t *testing.T) {
	for _, at := range []string{"Value1", "Value2"} {
		text := minimal(`, {"SiteCode": "PS1", "RoleName": "SMS Management Point", "NetworkOSPath": "\\\\mp.contoso.com", "Props": [{"PropertyName": "UseSiteDatabase", "Value": 0},
			{"PropertyName": "SQLServerName", "` + at + `": "sql9.contoso.com"}, {"PropertyName": "DatabaseName", "` + at + `": "REPL\\CM_PS1_REPL"}, {"PropertyName": "UserName", "` + at + `": "contoso\\svc"}]}`)
		mp := Tree(readBack(t, text).Hierarchy)["role_assignments"].(tree)["PS1/mp.contoso.com/management_point"].(tree)["management_point"].(tree)
		want := tree{"database_connection_account": `contoso\svc`, "database_replica": tree{"server": "sql9.contoso.com", "instance": "REPL", "database_name": "CM_PS1_REPL"}}
		if !reflect.DeepEqual(mp, want) {
			t.Errorf("%s: %v, expected %v", at, mp, want)
		}
	}
}

// The number in IISSSLState is a set of flags.
func TestRead_ClientCommunication(t *testing.T) {
	for state, want := range map[string][2]any{
		"31": {"https_only", true}, "63": {"https_only", true}, "192": {"https_or_http", false}, "224": {"https_or_http", false}, "448": {"https_or_http", true},
		"1216": {"enhanced_http", false}, "1472": {"enhanced_http", true}, `"1472"`: {"enhanced_http", true},
	} {
		text := strings.TrimSuffix(minimal(""), "}") + `, "SMS_SCI_Component": {"SiteCode": "PS1", "ItemName": "SMS_SITE_COMPONENT_MANAGER|SMS Site Server", "Props": {"PropertyName": "IISSSLState", "Value": ` + state + `}}}`
		site := Tree(readBack(t, text).Hierarchy)["sites"].(tree)["PS1"].(tree)
		if got := [2]any{site["client_communication"], site["use_pki_client_certificates"]}; got != want {
			t.Errorf("%s is %v, expected %v", state, got, want)
		}
	}
}

// Windows 10 and 11 share builds with Windows Server: DeviceOS has to say which it is.
func TestRead_OperatingSystem(t *testing.T) {
	for device, want := range map[string]any{
		`"DeviceOS": "Microsoft Windows NT Server 10.0", "DeviceOSBuild": "10.0.26100.1742"`:      "windows_server_2025",
		`"DeviceOS": "Microsoft Windows NT Server 10.0", "DeviceOSBuild": "10.0.14393.1"`:         "windows_server_2016",
		`"DeviceOS": "Microsoft Windows NT Workstation 10.0", "DeviceOSBuild": "10.0.26100.1742"`: nil,
		`"DeviceOSBuild": "10.0.26100.1742"`:                                                      nil,
		`"DeviceOS": "Microsoft Windows NT Server 10.0", "DeviceOSBuild": "10.0.99999.1"`:         nil,
	} {
		text := strings.TrimSuffix(minimal(`, {"SiteCode": "PS1", "RoleName": "SMS Site System", "NetworkOSPath": "\\\\averylongcomputername.contoso.com"}`), "}") +
			`, "SMS_CombinedDeviceResources": {"Name": "AVERYLONGCOMPUT", "IsClient": true, "SiteCode": "PS1", ` + device + `}}`
		server := Tree(readBack(t, text).Hierarchy)["site_system_servers"].(tree)["PS1/averylongcomputername.contoso.com"].(tree)
		if server["operating_system"] != want || server["client_site_code"] != "PS1" || server["client_installed"] != true {
			t.Errorf("%s: %v, expected %v", device, server, want)
		}
	}
}
