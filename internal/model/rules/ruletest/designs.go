package ruletest

import (
	"fmt"
	"maps"
	"strings"
)

// Parts of designs that the cases of several chapters are made of.
const (
	AnySite = "site PS1 primary\n"
	// Before version 2403, which refuses it.
	PlainHTTPSite = "version 2309\nsite PS1 primary client_communication=https_or_http\n"
	TopSite       = "site CAS central_administration\n"
	// SitesWithChild begins designs of a hierarchy with a central administration site.
	SitesWithChild = "site CAS central_administration\nsite PS1 primary CAS\n"
	ServedSite     = "site PS1 primary\nrole PS1 mp management_point\n"
	Removed        = "site PS1 primary installed=true\n"
	// Below makes a site that stands before CAS in the design a child of it.
	Below        = " parent.site_code=CAS parent.site_type=central_administration"
	ChildBefore  = "prior\nsite PS1 primary installed=true" + Below + "\nsite CAS central_administration installed=true\n"
	StandardDP1  = "site PS1 primary\nrole PS1 dp1 distribution_point\n"
	MulticastAll = "site PS1 primary\nrole PS1 dp1 distribution_point multicast.maximum_clients=%d multicast.minimum_session_size=%d multicast.session_start_delay=%d multicast.udp_port_start=%d multicast.udp_port_end=%d"
	// PullSource is the distribution point that the others pull from, on the site server.
	PullSource         = "role PS1 src distribution_point\n"
	Pulled             = `pull_sources={"src.contoso.com":1}`
	Enrolled           = "role PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point\n"
	Devices            = "site PS1 primary clients.mobile_devices=10\n"
	UpdatePoint        = "role PS1 sup software_update_point\n"
	Content            = "role PS1 dp distribution_point\n"
	Connection         = "role PS1 scp service_connection_point mode=online\n"
	RemoteLibrary      = `content_library_path=\\fs01.contoso.com\ContentLibrary`
	WithListener       = ` database.server=aglistener.contoso.com database.availability_group.name=ag1 database.availability_group.replicas=["sql1.contoso.com","sql2.contoso.com"]`
	ScaleSetAttributes = `"deployment":"virtual_machine_scale_set"`
	Latin              = "SQL_Latin1_General_CP1_CI_AS"
	Chinese            = "Chinese_Simplified_Pinyin_100_CI_AI"
)

// Repeated writes a line n times, with the number in place of %d.
func Repeated(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line+"\n", i)
	}
	return b.String()
}

// Accounts is a list of n network access accounts.
func Accounts(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf(`"contoso.com\\svc-naa%d"`, i)
	}
	return "[" + strings.Join(names, ",") + "]"
}

// Features writes the features of a hierarchy.
func Features(list string) string { return "hierarchy features=[" + list + "]\n" }

// Viewed is a hierarchy with distributed views on the link of PS1; the line of the
// central administration site comes first and may go on.
func Viewed(central, rest string) string {
	return "site CAS central_administration " + central + "\nsite PS1 primary CAS\nhierarchy distributed_views=[\"PS1\"]\n" + rest
}

// WithGateway adds a gateway with its connection point at site PS1 to a design.
func WithGateway(design, attributes string) string {
	if attributes != "" {
		attributes = "," + attributes
	}
	return design + "\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=contosocmg\n" +
		`hierarchy cloud_management_gateways={"a":{"name":"contosocmg"` + attributes + `}}`
}

// Named is a design with a gateway of a name.
func Named(name, attributes string) string {
	return "site PS1 primary\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=" + name +
		"\n" + `hierarchy cloud_management_gateways={"a":{"name":"` + name + `"` + attributes + `}}`
}

// Sized is a design with a gateway of a size, a number of virtual machines and clients.
func Sized(version, size string, instances, clients int) string {
	return "version " + version + "\n" + WithGateway("site PS1 primary\nrole PS1 mp management_point protocol=https",
		fmt.Sprintf(`"deployment":"virtual_machine_scale_set","vm_size":%q,"vm_instances":%d,"clients":%d`, size, instances, clients))
}

// Joined makes one table of cases of several.
func Joined(groups ...map[string]Cases) map[string]Cases {
	all := map[string]Cases{}
	for _, group := range groups {
		maps.Copy(all, group)
	}
	return all
}

// Primaries writes primary sites below the site CAS, each with a management point for
// every 25,000 of its clients.
func Primaries(n int, clients string, managementPoints int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "site P%02d primary CAS %s\n", i, clients)
		for j := range managementPoints {
			fmt.Fprintf(&b, "role P%02d p%02d-mp%d management_point\n", i, i, j)
		}
	}
	return b.String()
}

// Crowd writes distribution points on servers of their own.
func Crowd(site string, n int, settings string) string {
	return Repeated(n, "role "+site+" "+strings.ToLower(site)+"-dp%d distribution_point "+settings)
}

// Grove is a primary site with secondary sites, each with as many standard
// distribution points as a site may have, and some more at the last one.
func Grove(secondaries, more int) string {
	var b strings.Builder
	b.WriteString("site PS1 primary\n" + Crowd("PS1", 250, ""))
	for i := range secondaries {
		code := fmt.Sprintf("S%02d", i)
		b.WriteString("site " + code + " secondary PS1\n" + Crowd(code, 250, ""))
	}
	if more > 0 {
		b.WriteString("site SSX secondary PS1\n" + Crowd("SSX", more, ""))
	}
	return b.String()
}

// Equipped is a primary site of a version with a server that has Windows features.
func Equipped(version, name, features string) string {
	return "version " + version + "\nsite PS1 primary\nserver PS1 " + name + " inventory.windows_features=[" + features + "]"
}

// InstalledOn is a primary site of a version with a server that has an entry in its
// inventory. A version such as 4.8 is none of the numbers of JSON.
func InstalledOn(version, name, entry string) string {
	if attribute, value, _ := strings.Cut(entry, "="); strings.HasSuffix(attribute, "_version") && value != "?" {
		entry = attribute + `="` + value + `"`
	}
	return "version " + version + "\nsite PS1 primary\nserver PS1 " + name + " inventory." + entry
}
