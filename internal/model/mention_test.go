package model_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Attributes that are text and name nothing that could be missing, misspelt or one of
// two. A new attribute with a text belongs here or, when it is a name or a code of
// something, into the table of mentions.
var namesNothing = map[string]string{
	"site": "id site_code site_type name version tier branch install_directory client_communication parent_forest_trust setup_media client_languages software_update_source " +
		"accepted_findings database.instance database.name database.edition database.sql_version database.collation database.authentication " +
		// The account of the service of SQL Server, which may be one of the computer.
		"database.service_account " +
		"database.data_file_path database.log_file_path database.availability_group.name " +
		"database.availability_group.readable_secondary database.availability_group.connections_in_primary_role " +
		// The names of domains and forests are compared by the rules about trusts.
		"domain forest unknown " +
		// Computed.
		"report_at",
	"site_system_server": "id operating_system domain forest netbios_name domain_controller site_server_link internet_proxy accepted_findings " +
		"inventory.windows_features inventory.dotnet_version inventory.odbc_driver_version inventory.adk_version inventory.adk_components inventory.reporting_services " +
		"inventory.certificates inventory.location " +
		// The client may be that of another hierarchy, as while one replaces the other: COLO-CLIENT-SAME-SITE warns.
		"client_site_code " +
		// Names of attributes.
		"unknown " +
		// Computed from the site.
		"site_code site_facts report_at",
	"role_assignment": "id role wmi_role_name accepted_findings management_point.protocol management_point.client_connections " +
		"management_point.boundary_groups management_point.database_replica.instance management_point.database_replica.database_name " +
		"distribution_point.protocol distribution_point.client_connections distribution_point.pxe distribution_point.primary_content_drive " +
		"distribution_point.secondary_content_drive distribution_point.primary_package_drive distribution_point.secondary_package_drive distribution_point.rate_limits " +
		"distribution_point.certificate distribution_point.certificate_expiration distribution_point.boundary_groups " +
		"software_update_point.protocol software_update_point.client_connections software_update_point.synchronization_source " +
		"software_update_point.wsus_database_instance software_update_point.wsus_website software_update_point.existing_wsus service_connection_point.mode " +
		"reporting_services_point.report_server_instance reporting_services_point.folder_name  " +
		"enrollment_proxy_point.client_connections certificate_registration_point.request_type " +
		"exchange_server_connector.organization " +
		// Computed from the server.
		"unknown site_code fqdn install_command report_at",
	"hierarchy": "id top_level_site_code features accepted_findings cloud_management_gateways.name cloud_management_gateways.deployment cloud_management_gateways.vm_size " +
		"cloud_management_gateways.azure_environment " +
		// The codes of other hierarchies, and of sites that are gone.
		"published_site_codes retired_site_codes " +
		"file_servers.domain file_servers.forest unknown " +
		// Computed from the elements.
		"design",
}

// Objects that are elements themselves, or answers about them. The keys of the maps of a
// hierarchy are free.
var elementTypes = []reflect.Type{
	reflect.TypeFor[*model.Site](), reflect.TypeFor[*model.Server](), reflect.TypeFor[*model.Assignment](), reflect.TypeFor[*model.RequiredRoles](),
}

func TestEveryNameIsMentioned(t *testing.T) {
	mentions := model.MentionAttributes()
	for kind, object := range map[string]any{
		"site": model.Site{}, "site_system_server": model.Server{}, "role_assignment": model.Assignment{}, "hierarchy": model.Hierarchy{},
	} {
		texts := textsOf(reflect.TypeOf(object), "")
		known := slices.Concat(mentions[kind], strings.Fields(namesNothing[kind]))
		for _, name := range texts {
			if !slices.Contains(known, name) {
				t.Errorf("%s of a %s is text: add a row to the table of mentions when it names something, else to namesNothing of this test", name, kind)
			}
		}
		for _, name := range known {
			if !slices.Contains(texts, name) {
				t.Errorf("a %s has no attribute %s any more", kind, name)
			}
		}
		slices.Sort(known)
		if len(slices.Compact(slices.Clone(known))) != len(known) {
			t.Errorf("an attribute of a %s is in both lists, or twice in one: %v", kind, known)
		}
	}
}

// textsOf lists the attributes of an object that hold text: strings, lists of strings and
// maps with keys that an administrator chooses.
func textsOf(object reflect.Type, prefix string) []string {
	var names []string
	for i := range object.NumField() {
		field := object.Field(i)
		name, ok := field.Tag.Lookup("attr")
		if !ok {
			continue
		}
		name = prefix + name
		held, ok := held(field.Type)
		if !ok {
			continue // a computed output
		}
		keyed := false
		for held.Kind() == reflect.Slice || held.Kind() == reflect.Map {
			keyed = keyed || held.Kind() == reflect.Map
			held, _ = heldOrSelf(held.Elem())
		}
		switch {
		case slices.Contains(elementTypes, held):
		case held.Kind() == reflect.Pointer:
			names = append(names, textsOf(held.Elem(), name+".")...)
		case held.Kind() == reflect.String || keyed:
			names = append(names, name)
		}
	}
	return names
}

// held returns the type of what a Value holds.
func held(value reflect.Type) (reflect.Type, bool) {
	get, ok := reflect.PointerTo(value).MethodByName("Get")
	if !ok {
		return nil, false
	}
	return get.Type.Out(0), true
}

func heldOrSelf(t reflect.Type) (reflect.Type, bool) {
	if inner, ok := held(t); ok {
		return inner, true
	}
	return t, false
}

func TestParseHost(t *testing.T) {
	for typed, want := range map[string]model.TypedHost{
		"cm01.contoso.com":            {Name: "cm01.contoso.com"},
		"CM01.contoso.com.":           {Name: "CM01.contoso.com"},
		"cm01":                        {Problem: model.HostIsShort, Name: "cm01"},
		"10.0.0.5":                    {Problem: model.HostIsAddress, Name: "10.0.0.5"},
		"fe80::1":                     {Problem: model.HostIsAddress, Name: "fe80::1"},
		`SQL01\CM`:                    {Problem: model.HostIsInstance, Name: "SQL01", Instance: "CM"},
		`sql01.contoso.com\CM,1433`:   {Problem: model.HostIsInstance, Name: "sql01.contoso.com", Instance: "CM", Port: "1433"},
		"sql01.contoso.com,1433":      {Problem: model.HostHasPort, Name: "sql01.contoso.com", Port: "1433"},
		"sup01.contoso.com:8530":      {Problem: model.HostHasPort, Name: "sup01.contoso.com", Port: "8530"},
		"[fe80::1]:443":               {Problem: model.HostHasPort, Name: "fe80::1", Port: "443"},
		"https://cm01.contoso.com/x":  {Problem: model.HostIsURL, Name: "cm01.contoso.com"},
		"http://proxy:8080":           {Problem: model.HostIsURL, Name: "proxy", Port: "8080"},
		`\\fs01.contoso.com\lib`:      {Problem: model.HostIsPath, Name: "fs01.contoso.com"},
		"7-zip.contoso.com":           {Name: "7-zip.contoso.com"},
		"cm01.contoso.com/ccm_system": {Name: "cm01.contoso.com"},
		"":                            {Problem: model.HostIsShort},
	} {
		if got := model.ParseHost(typed); got != want {
			t.Errorf("%q is read as %+v, want %+v", typed, got, want)
		}
	}
}

func TestEqualHost(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"cm01.contoso.com", "CM01.contoso.com.", "true"},
		{"cm01.contoso.com", "cm02.contoso.com", "false"},
		{"cm01.contoso.com", "cm01.fabrikam.com", "false"},
		// Other ways to name a computer.
		{"cm01", "CM01.contoso.com", "true"},
		{"cm01", "cm02.contoso.com", "false"},
		{`CM01\INST`, "cm01.contoso.com", "true"},
		{"cm01.contoso.com:1433", "cm01.contoso.com", "true"},
		{"http://cm01.contoso.com/", "cm01.contoso.com", "true"},
		{"10.0.0.5", "cm01.contoso.com", "(unknown)"},
		{"10.0.0.5", "10.0.0.5", "true"},
	} {
		if got := fmt.Sprint(model.EqualHost(model.Known(c.a), model.Known(c.b))); got != c.want {
			t.Errorf("%q and %q are the same computer: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// A dynamic block whose for_each is not known yet may turn out to be none. Terraform writes
// one with arguments as a block in which nothing is known.
func TestSettingsThatMayBeNoneAreNotDeclared(t *testing.T) {
	a := &model.Assignment{
		DistributionPoint:      model.Unknown[*model.DistributionPoint](),
		SoftwareUpdatePoint:    model.Known(&model.SoftwareUpdatePoint{Protocol: model.Unknown[string]()}),
		ServiceConnectionPoint: model.Known(&model.ServiceConnectionPoint{}),
		ManagementPoint:        model.Known(&model.ManagementPoint{Protocol: model.Unknown[string](), AllowCMGTraffic: model.Known(false)}),
	}
	if got := a.Settings(); !slices.Equal(got, []string{"management_point"}) {
		t.Errorf("the declared settings are %v", got)
	}
	nested := &model.Assignment{
		ManagementPoint:   model.Known(&model.ManagementPoint{DatabaseReplica: model.Known(&model.DatabaseReplica{Server: model.Known("sql01.contoso.com")})}),
		DistributionPoint: model.Known(&model.DistributionPoint{Multicast: model.Known(&model.Multicast{MaximumClients: model.Unknown[int64]()})}),
	}
	if got := nested.Settings(); !slices.Equal(got, []string{"management_point"}) {
		t.Errorf("the declared settings are %v", got)
	}
}

// A reference without a code is incomplete, and leaves nothing open: what depends on it is
// refused, not waited for.
func TestNullCodesLeaveNothingOpen(t *testing.T) {
	site := func(code model.Value[string], parent model.Value[*model.Site]) model.Value[*model.Site] {
		return model.Known(&model.Site{Code: code, Parent: parent})
	}
	for name, c := range map[string]struct {
		code model.Value[string]
		want model.Value[string]
	}{
		"null":    {model.Null[string](), model.Null[string]()},
		"unknown": {model.Unknown[string](), model.Unknown[string]()},
		"known":   {model.Known("CAS"), model.Known("CAS")},
	} {
		h := &model.Hierarchy{
			Sites:       model.Known(map[string]model.Value[*model.Site]{"ps1": site(model.Known("PS1"), site(c.code, model.Null[*model.Site]()))}),
			Assignments: model.Known(map[string]model.Value[*model.Assignment]{}),
		}
		topology := model.ForHierarchy(h, false)
		if topology.Index.Open != c.code.IsUnknown() {
			t.Errorf("a parent with a code that is %s leaves the hierarchy open: %v", name, topology.Index.Open)
		}
		if got := topology.TopLevelSiteCode(); got != c.want {
			t.Errorf("below a parent with a code that is %s the top-level site is %v, want %v", name, got, c.want)
		}
	}
}
