package adopt

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// What a row of a site says and the model does not take is a note that names the value, and
// the attribute is open or as the rest of the export has it.
func TestRead_NotesOfASite(t *testing.T) {
	component := func(item, props string) string {
		return fmt.Sprintf(`{"SiteCode": "PS1", "ItemName": %q, "Props": [%s]}`, item, props)
	}
	const (
		manager = "SMS_SITE_COMPONENT_MANAGER|SMS Site Server"
		control = "SMS_MP_CONTROL_MANAGER|SMS Management Point"
	)
	port := func(name, list string) string { return fmt.Sprintf(`{"PropertyName": %q, "Value1": %q}`, name, list) }
	for _, test := range []struct {
		name       string
		site, more string // properties of the site's row, and other classes
		kind, says string
		attribute  string
		want       any
	}{
		{"a build of no release", `"BuildNumber": 1234`, "", NoteUndecided, "The build 1234 of site PS1 belongs to no release", "version", nil},
		{"a site in setup", `"Status": 2`, "", NoteUndecided, "Site PS1 is still being set up (Status 2)", "installed", true},
		{"a setup that failed", `"Status": 3`, "", NoteUndecided, "The setup of site PS1 failed (Status 3)", "installed", true},
		{"a network path as directory", `"InstallDir": "\\\\srv\\share"`, "", NoteUndecided, `The installation directory "\\\\srv\\share" of site PS1 is not a path`, "install_directory", nil},
		{"a drive that is not a letter", `"InstallDir": "1:\\CM"`, "", NoteUndecided, `"1:\\CM" of site PS1 is not a path on a local drive`, "install_directory", nil},
		{"a library that is not a path", `"ContentLibraryLocation": "somewhere"`, "", NoteUndecided, `The content library location "somewhere" of site PS1 is neither`, "content_library_path", nil},
		{"a library on a host alone", `"ContentLibraryLocation": "\\\\srv"`, "", NoteUndecided, "is neither a local nor a network path", "content_library_path", nil},
		{"a library without a share", `"ContentLibraryLocation": "\\\\srv\\\\lib"`, "", NoteUndecided, "is neither a local nor a network path", "content_library_path", nil},
		{"a parent that is not listed", `"ReportingSiteCode": "CAS"`, "", NoteUnlisted, "The parent CAS of site PS1 is not among the sites", "parent", tree{"site_code": "CAS", "site_type": "central_administration"}},
		{"a gateway without a name", "", `"SMS_AzureService": [{"Name": " "}]`, NoteNotModelled, "The cloud management gateway has no name", "site_code", "PS1"},
		{"flags that say nothing", "", `"SMS_SCI_Component": [` + component(manager, `{"PropertyName": "IISSSLState", "Value": 0}`) + `]`, NoteUndecided, `The value "0" of IISSSLState`, "client_communication", nil},
		{"a port that is a word", "", `"SMS_SCI_Component": [` + component(control, port("IISPortsList", "http")) + `]`, NoteUndecided, `"http" is not a list of ports`, "client_ports", nil},
		{"a port out of range", "", `"SMS_SCI_Component": [` + component(control, port("IISPortsList", "65536")+`, `+port("IISSSLPortsList", "443")) + `]`, NoteUndecided, `"65536" is not a list of ports`,
			"client_ports", tree{"https": int64(443)}},
		{"two ports", "", `"SMS_SCI_Component": [` + component(control, port("IISPortsList", "8080;80")) + `]`, NoteNotModelled, "Site PS1 has the ports 8080, 80: the first one is taken", "client_ports", tree{"http": int64(8080)}},
		{"a component twice", "", `"SMS_SCI_Component": [` + component(control, port("IISPortsList", "80")) + `, ` + component(control, port("IISPortsList", "80")) + `]`, NoteDuplicate, "It says the same as SMS_SCI_Component[1]",
			"client_ports", tree{"http": int64(80)}},
		{"two components that differ", "", `"SMS_SCI_Component": [` + component(control, port("IISPortsList", "80")) + `, ` + component(control, port("IISPortsList", "81")) + `]`, NoteConflict,
			"describe one component of site PS1 differently", "client_ports", tree{"http": int64(80)}},
		{"a boundary group of no name", "", `"SMS_BoundaryGroupSiteSystems": [{"GroupID": 7, "ServerNALPath": "[\"Display=\\\\dp.contoso.com\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\dp.contoso.com\\"}]`, NoteNotModelled,
			`The boundary group "7" or the computer`, "site_code", "PS1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := minimal("")
			if test.site != "" {
				name, _, _ := strings.Cut(test.site, ":")
				for _, there := range []string{`"BuildNumber": 9146`, `"ReportingSiteCode": "", `} {
					if strings.HasPrefix(there, name) {
						text = strings.Replace(text, there, "", 1)
					}
				}
				text = strings.Replace(text, `{"SiteCode": "PS1", "SiteName"`, `{`+test.site+`, "SiteCode": "PS1", "SiteName"`, 1)
				text = strings.Replace(text, `"Type": 2, }`, `"Type": 2}`, 1)
			}
			if test.more != "" {
				text = strings.TrimSuffix(text, "}") + ", " + test.more + "}"
			}
			e := readBack(t, text)
			if len(e.Notes) != 1 || e.Notes[0].Kind != test.kind || !strings.Contains(e.Notes[0].Message, test.says) {
				t.Errorf("notes %q, expected one of kind %s with %q", e.Notes, test.kind, test.says)
			}
			site := Tree(e.Hierarchy)["sites"].(tree)["PS1"].(tree)
			got := site[test.attribute]
			if ports, ok := got.(tree); ok && test.attribute == "client_ports" {
				delete(ports, "unknown")
				if len(ports) == 0 {
					got = nil
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s is %v, expected %v", test.attribute, got, test.want)
			}
		})
	}
}

// A site has two rows. Where they contradict each other, or one holds what cannot be, the
// attribute is open and a note names both values.
func TestRead_RowsOfASiteThatContradict(t *testing.T) {
	const site, definition = `"SiteCode": "PS1", "SiteName": "One", "ServerName": "ps1.contoso.com", "ReportingSiteCode": "CAS", "Type": 2, "BuildNumber": 9146`,
		`"SiteCode": "PS1", "SiteServerName": "ps1.contoso.com", "ParentSiteCode": "CAS", "SiteType": 2`
	for _, test := range []struct {
		from, to   string
		kind, says string // of a note beside the one about the parent, which is not listed
		attribute  string
		want       any
	}{
		{`"SiteType": 2`, `"SiteType": 4`, NoteConflict, `Type is "2", and SiteType of SMS_SCI_SiteDefinition[1] is "4": the type of site PS1 is left open`, "site_type", nil},
		{`"Type": 2`, `"Type": 3`, NoteUndecided, `Type of site PS1 is "3", which is none of 1 (secondary)`, "site_type", "primary"},
		{`"SiteType": 2`, `"SiteType": "Primary"`, NoteUndecided, `SiteType of site PS1 is "Primary"`, "site_type", "primary"},
		{`"ParentSiteCode": "CAS"`, `"ParentSiteCode": ""`, NoteConflict, `ReportingSiteCode is "CAS", and ParentSiteCode of SMS_SCI_SiteDefinition[1] is ""`, "parent", nil},
		{`"ParentSiteCode": "CAS"`, `"ParentSiteCode": "TOP"`, NoteConflict, `the parent of site PS1 is left open`, "parent", nil},
		{`"SiteServerName": "ps1.contoso.com"`, `"SiteServerName": "ps2.contoso.com"`, NoteConflict, `the site server of site PS1 is left open`, "site_server", nil},
		{`"SiteServerName": "ps1.contoso.com"`, `"SiteServerName": "PS1"`, "", "", "site_server", "ps1.contoso.com"},
		{`"ParentSiteCode": "CAS"`, `"ParentSiteCode": "cas"`, "", "", "parent", tree{"site_code": "CAS", "site_type": "central_administration"}},
		{`"BuildNumber": 9146`, `"BuildNumber": 9146.0`, "", "", "version", "2603"},
		{`"BuildNumber": 9146`, `"BuildNumber": "5.00.9146.1000"`, "", "", "version", "2603"},
	} {
		change := strings.NewReplacer(test.from, test.to)
		e := readBack(t, change.Replace(`{"SMS_Site": [{`+site+`}], "SMS_SCI_SiteDefinition": [{`+definition+`}]}`))
		var notes []Note
		for _, n := range e.Notes {
			if n.Kind != NoteUnlisted {
				notes = append(notes, n)
			}
		}
		if test.kind == "" && len(notes) > 0 || test.kind != "" && (len(notes) != 1 || notes[0].Kind != test.kind || !strings.Contains(notes[0].Message, test.says)) {
			t.Errorf("%s: notes %q, expected one of kind %q with %q", test.to, notes, test.kind, test.says)
		}
		if got := Tree(e.Hierarchy)["sites"].(tree)["PS1"].(tree)[test.attribute]; !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %s is %v, expected %v", test.to, test.attribute, got, test.want)
		}
	}
}

// Rows of other tools that do not say where they belong are notes, and nothing is made of them.
func TestRead_NotesOfOtherTools(t *testing.T) {
	for _, test := range []struct{ name, text, says string }{
		{"a system without a site", `{"SystemAndRoleList": [{"FullQualifiedDomainName": "a.contoso.com", "RoleList": ["DistributionPoint"]}, {"FullQualifiedDomainName": "ps1.contoso.com", "SiteCode": "PS1", "RoleList": ["PrimarySite", "SiteServer"]}]}`,
			"The system has no name or no site code"},
		{"a source of another system first", `{"SystemAndRoleList": [{"FullQualifiedDomainName": "ps1.contoso.com", "SiteCode": "PS1", "RoleList": ["PullDistributionPointSource", "PrimarySite", "SiteServer"]}]}`,
			"the site code PS1 may be that of the other one"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := readBack(t, test.text)
			if len(e.Notes) != 1 || !strings.Contains(e.Notes[0].Message, test.says) {
				t.Errorf("notes %q, expected one with %q", e.Notes, test.says)
			}
			if roles := Tree(e.Hierarchy)["role_assignments"]; roles != nil && len(roles.(tree)) > 0 {
				t.Errorf("roles %v", roles)
			}
		})
	}
}
