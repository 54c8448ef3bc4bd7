package install

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// portLine is a line of testdata/ports.tsv.
type portLine struct{ row, from, to, direction, protocol, port, set, source, condition string }

func portTable(t testing.TB) []portLine {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "ports.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var lines []portLine
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		if text := scanner.Text(); !strings.HasPrefix(text, "#") {
			f := strings.Split(text, "\t")
			if len(f) != 9 {
				t.Fatalf("%d columns in %q", len(f), text)
			}
			lines = append(lines, portLine{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]})
		}
	}
	return lines
}

// unusedRows are rows that ask for nothing of the computers of a hierarchy, or for what no
// design can declare.
var unusedRows = map[string]string{
	"c03": "between clients", "c04": "a client of no role", "c05": "no new ones since 2107", "c06": "of clients, outside", "c11": "of clients, outside",
	"c19": "between a console and clients", "c20": "of a console, outside", "c41": "a feature that no design declares", "c44": "a feature that no design declares",
	"c45": "no new ones since 2107", "x01": "of clients, to any share", "x02": "of clients, outside", "x05": "in the rows of the roles", "x06": "in row c46",
	"x07": "client push, which no design declares", "x08": "row c10", "x09": "row c12", "x10": "row c13", "x11": "installation of clients from packages, which no design declares",
	"x12": "of clients, to any share", "x14": "migration, which no design declares", "x16": "row c23: whatever calls it does so like the console",
}

// otherRows are connections of no row: articles that add to it, or what follows from it.
var otherRows = map[string]string{
	"inferred":  "what the gaps of the article leave",
	"own":       "WinRM, and the endpoint of an availability group",
	"endpoints": "the list of internet endpoints, which has a test of its own",
	"sql":       "the list of roles with direct access to the database",
}

// declaredSite and declaredRole are a design as the tables are about it, read from its
// text and not by the package.
type declaredSite struct {
	object
	code, kind string
	parent     *declaredSite
}

type declaredRole struct {
	server object
	object
	site      *declaredSite
	host, key string
	settings  object
}

type declared struct {
	object
	sites map[string]*declaredSite
	roles []*declaredRole
}

func textOf(o object, name string) string { s, _ := o[name].(string); return strings.ToLower(s) }

func numberOf(o object, name string, def int) string {
	switch n := o[name].(type) {
	case float64:
		return strconv.Itoa(int(n))
	case int64:
		return strconv.FormatInt(n, 10)
	}
	return strconv.Itoa(def)
}

func objectOf(o object, name string) object { nested, _ := o[name].(object); return nested }

func namesOf(o object, name string) []string {
	list, _ := o[name].([]any)
	var names []string
	for _, v := range list {
		names = append(names, strings.ToLower(v.(string)))
	}
	return names
}

func declare(t testing.TB, tree object) *declared {
	t.Helper()
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	d := &declared{object: object{}, sites: map[string]*declaredSite{}}
	if err := json.Unmarshal(text, &d.object); err != nil {
		t.Fatal(err)
	}
	for _, s := range objectOf(d.object, "sites") {
		s := s.(object)
		d.sites[s["site_code"].(string)] = &declaredSite{object: s, code: s["site_code"].(string), kind: textOf(s, "site_type")}
	}
	for _, s := range d.sites {
		if parent := objectOf(s.object, "parent"); parent != nil {
			s.parent = d.sites[parent["site_code"].(string)]
		}
	}
	seen := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(objectOf(d.object, "role_assignments"))) {
		a := objectOf(objectOf(d.object, "role_assignments"), key)
		// A role assignment that is a resource names its server, and does not carry it.
		code, _ := a["site_code"].(string)
		host := textOf(a, "fqdn")
		server := objectOf(a, "server")
		if server != nil {
			code, host = objectOf(server, "site")["site_code"].(string), textOf(server, "fqdn")
		}
		for listed := range objectOf(d.object, "site_system_servers") {
			if s := objectOf(objectOf(d.object, "site_system_servers"), listed); server == nil && strings.EqualFold(textOf(s, "fqdn"), host) {
				server = s
			}
		}
		r := &declaredRole{object: a, server: server, site: d.sites[code], host: host, key: textOf(a, "role")}
		r.settings = objectOf(a, r.key)
		seen[r.host+r.key] = true
		d.roles = append(d.roles, r)
	}
	for _, s := range d.sites {
		for _, key := range []string{managementPoint, distributionPoint} {
			if host := textOf(s.object, "site_server"); s.kind == "secondary" && !seen[host+key] {
				d.roles = append(d.roles, &declaredRole{object: object{}, site: s, host: host, key: key, settings: object{}})
			}
		}
	}
	return d
}

func (d *declared) siteServers(s *declaredSite) []string {
	hosts := []string{textOf(s.object, "site_server")}
	if passive := textOf(s.object, "passive_site_server"); passive != "" {
		hosts = append(hosts, passive)
	}
	return hosts
}

func (d *declared) databases(s *declaredSite) []string {
	db := objectOf(s.object, "database")
	if group := objectOf(db, "availability_group"); group != nil {
		return namesOf(group, "replicas")
	}
	if cluster := objectOf(db, "failover_cluster"); cluster != nil {
		return namesOf(cluster, "nodes")
	}
	if host := textOf(db, "server"); host != "" {
		return []string{host}
	}
	return []string{textOf(s.object, "site_server")}
}

func (d *declared) providersOf(s *declaredSite) []string {
	hosts := namesOf(s.object, "sms_providers")
	if hosts == nil && s.kind != "secondary" {
		hosts = []string{textOf(s.object, "site_server")}
	}
	if passive := textOf(s.object, "passive_site_server"); passive != "" {
		hosts = append(hosts, passive)
	}
	return hosts
}

// initiates reports whether the site server opens all connections with a computer.
func (d *declared) initiates(host string) bool {
	for _, r := range d.roles {
		if on, _ := r.server["site_server_initiates_connections"].(bool); on && r.host == host {
			return true
		}
	}
	return false
}

func (d *declared) mode(s *declaredSite) string {
	if s.kind == "secondary" && s.parent != nil {
		s = s.parent
	}
	return textOf(s.object, "client_communication")
}

// applies reports whether a line is about what it has open at the far side.
func (d *declared) applies(line portLine, far *declaredRole) bool {
	set := far.settings
	protocol := textOf(set, "protocol")
	web := func() bool { // a line with the port of HTTP or of HTTPS, by the protocol of the role
		secure := strings.HasPrefix(line.port, "443")
		switch {
		case line.port != "443" && line.port != "80" && !strings.Contains(line.port, "|"):
			return true
		case line.set == "wsus":
			return !secure || protocol != "http" // with HTTPS the port of HTTP stays open
		case far.key != managementPoint && far.key != distributionPoint:
			return true
		case secure:
			return protocol != "http" || d.mode(far.site) == "enhanced_http"
		default:
			return protocol == "http" || protocol == "" && d.mode(far.site) != "https_only"
		}
	}
	connected, _ := set["connected_cache"].(bool)
	traffic, _ := set["allow_cmg_traffic"].(bool)
	switch line.row {
	case "c08":
		return set["multicast"] != nil
	case "c09":
		leaves := set["listen_on_dhcp_port"] == false
		return set["pxe"] != nil && !(line.port == "67" && leaves) && (line.port != "547" || textOf(set, "pxe") == "responder")
	case "c17", "c18":
		return traffic && web()
	case "x15":
		return connected
	case "x04":
		return slices.Contains([]string{managementPoint, distributionPoint, softwareUpdatePoint}, far.key) && strings.HasPrefix(textOf(set, "client_connections"), "internet")
	}
	return web()
}

// portsOfLine are the ports that a line stands for at the far side.
func (d *declared) portsOfLine(line portLine, far *declaredRole, s *declaredSite) string {
	ports := objectOf(s.object, "client_ports")
	if s.kind == "secondary" {
		ports = nil // they are those of the test's designs
	}
	db := objectOf(s.object, "database")
	switch line.set + " " + line.port {
	case "configurable 80":
		if line.row != "c21" {
			return numberOf(ports, "http", 80)
		}
	case "configurable 443":
		if line.row != "c21" && line.row != "c29" && line.row != "c24" {
			return numberOf(ports, "https", 443)
		}
	case "configurable 10123":
		return numberOf(ports, "notification", 10123)
	case "configurable 1433":
		if line.row != "x18" {
			return numberOf(db, "port", 1433)
		}
	case "configurable 4022":
		return numberOf(db, "service_broker_port", 4022)
	case "wsus 80|8530":
		if textOf(far.settings, "wsus_website") == "default" {
			return numberOf(far.settings, "http_port", 80)
		}
		return numberOf(far.settings, "http_port", 8530)
	case "wsus 443|8531":
		if textOf(far.settings, "wsus_website") == "default" {
			return numberOf(far.settings, "https_port", 443)
		}
		return numberOf(far.settings, "https_port", 8531)
	case "fixed 63000-64000":
		m := objectOf(far.settings, "multicast")
		return numberOf(m, "udp_port_start", 63000) + "-" + numberOf(m, "udp_port_end", 64000)
	case "dynamic dynamic":
		return "49152-65535"
	}
	return line.port
}

// expected are the connections that the table asks for, as one text each.
func (d *declared) expected(table []portLine) map[string]bool {
	want := map[string]bool{}
	add := func(line portLine, sources []string, far *declaredRole, s *declaredSite, destinations ...string) {
		for _, to := range destinations {
			for _, from := range sources {
				if from != to || from == "" {
					want[strings.Join([]string{line.row, from, to, line.protocol, d.portsOfLine(line, far, s)}, " ")] = true
				}
			}
		}
	}
	none := &declaredRole{settings: object{}}
	outside := []string{""}
	for _, line := range table {
		if unusedRows[line.row] != "" {
			continue
		}
		for _, s := range d.sites {
			servers, databases := d.siteServers(s), d.databases(s)
			top := s.parent == nil
			switch line.row {
			case "c22", "c23", "c62", "c65":
				if s.kind == "secondary" {
					continue
				}
				from := map[string][]string{"c22": outside, "c23": outside, "c62": servers, "c65": d.providersOf(s)}[line.row]
				to := map[string][]string{"c22": servers, "c23": d.providersOf(s), "c62": d.providersOf(s), "c65": databases}[line.row]
				add(line, from, none, s, to...)
			case "c47":
				add(line, servers, none, s, "")
			case "c54":
				if s.kind != "secondary" {
					add(line, servers, none, s, "")
				}
			case "c55":
				if top && slices.ContainsFunc(d.roles, func(r *declaredRole) bool { return r.key == certificateRegistration }) {
					add(line, servers, none, s, "")
					add(line, outside, none, s, servers...)
				}
			case "c56":
				if library := textOf(s.object, "content_library_path"); library != "" {
					add(line, servers, none, s, strings.Split(strings.TrimPrefix(library, `\\`), `\`)[0])
				}
			case "c59":
				if s.parent != nil {
					add(line, servers, none, s, d.siteServers(s.parent)...)
					add(line, d.siteServers(s.parent), none, s.parent, servers...)
				}
			case "c60":
				add(line, servers, none, s, databases...)
			case "c68":
				if s.parent == nil {
					continue
				}
				for _, pair := range [][2]*declaredSite{{s, s.parent}, {s.parent, s}} {
					db := objectOf(pair[1].object, "database")
					if named := textOf(db, "instance"); line.port != "1434" || named != "" && named != "mssqlserver" && numberOf(db, "port", 1433) != "1433" {
						add(line, d.databases(pair[0]), none, pair[1], d.databases(pair[1])...)
					}
				}
			case "x13":
				if objectOf(objectOf(s.object, "database"), "availability_group") != nil && line.port == "4022" { // the others are those of row c60
					add(line, servers, none, s, databases...)
				}
			case "x03":
				for _, g := range objectOf(d.object, "cloud_management_gateways") {
					content, _ := g.(object)["content_enabled"].(bool)
					if code := g.(object)["site_code"]; content && code == s.code {
						add(line, servers, none, s, "")
					}
				}
			}
		}
		for _, r := range d.roles {
			servers := d.siteServers(r.site)
			here := []string{r.host}
			at := func(key string) []string {
				var hosts []string
				for _, other := range d.roles {
					if other.site == r.site && other.key == key {
						hosts = append(hosts, other.host)
					}
				}
				return hosts
			}
			back := func() { // a role that sends its status, unless the site server opens everything
				if line.direction == "two-way" && r.key != reportingServicesPoint && line.set != "wsus" && !d.initiates(r.host) {
					add(line, here, r, r.site, servers...)
				}
			}
			switch {
			case line.from == "site_server" && line.to == r.key, line.row == "c35" && r.key == managementPoint, line.row == "x04":
				if line.row == "x04" && line.protocol != "udp" {
					continue // in the rows of the roles
				}
				if d.applies(line, r) {
					row := line
					if line.row == "x04" {
						row.row = managementRows[r.key].row
					}
					add(row, servers, r, r.site, here...)
					if line.row != "x04" {
						back()
					}
				}
			case line.to == r.key && line.from != "site_server":
				if !d.applies(line, r) {
					continue
				}
				switch line.from {
				case "pull_distribution_point":
					var pulls []string
					for _, other := range d.roles {
						for source := range objectOf(other.settings, "pull_sources") {
							if strings.EqualFold(source, r.host) {
								pulls = append(pulls, other.host)
							}
						}
					}
					add(line, pulls, r, r.site, here...)
				case enrollmentProxyPoint:
					var proxies []string
					for _, other := range d.roles {
						if other.key == enrollmentProxyPoint && (textOf(other.settings, "enrollment_point") == r.host || other.site == r.site && textOf(other.settings, "enrollment_point") == "") {
							proxies = append(proxies, other.host)
						}
					}
					add(line, proxies, r, r.site, here...)
				case distributionPoint, gatewayConnection:
					add(line, at(line.from), r, r.site, here...)
				default:
					add(line, outside, r, r.site, here...)
				}
			case line.from == r.key && line.to == "sql_server":
				add(line, here, r, r.site, d.databases(r.site)...)
			case line.row == "c34" && r.key == managementPoint, line.row == "c01" && r.key == assetIntelligence, line.row == "c27" && r.key == endpointProtection:
				add(line, here, r, r.site, "")
			case (line.row == "c31" || line.row == "c32") && r.key == exchangeConnector:
				add(line, servers, r, r.site, "")
			case line.row == "c61" && r.key == softwareUpdatePoint:
				if host := textOf(r.settings, "wsus_database_server"); host != "" {
					add(portLine{row: line.row, protocol: line.protocol, port: "1433"}, servers, r, r.site, host)
				}
			case line.row == "c66" || line.row == "c67":
				d.synchronization(line, r, add)
			case line.row == "x18" && r.key == dataWarehouse:
				if host := textOf(r.settings, "database_server"); host != "" {
					add(line, here, r, r.site, host)
				}
			case line.row == "x17" && r.key == managementPoint:
				if on, _ := r.settings["allow_cmg_traffic"].(bool); on && textOf(r.site.object, "version") >= "2603" {
					add(line, here, r, r.site, "")
				}
			case line.row == "x19":
				if proxy := objectOf(r.server, "proxy"); proxy != nil {
					add(portLine{row: line.row, protocol: line.protocol, port: numberOf(proxy, "port", 80)}, here, r, r.site, "")
				}
			case line.row == "c40" && r.key == serviceConnectionPoint:
				if len(objectOf(d.object, "cloud_management_gateways")) > 0 && textOf(r.settings, "mode") != "offline" {
					add(line, here, r, r.site, "")
				}
			case (line.row == "c15" || line.row == "c16") && r.key == gatewayConnection:
				for _, g := range objectOf(d.object, "cloud_management_gateways") {
					g := g.(object)
					classic := textOf(g, "deployment") != "" && textOf(g, "deployment") != "virtual_machine_scale_set"
					machines, _ := strconv.Atoi(numberOf(g, "vm_instances", 1))
					single := strings.Contains(line.condition, "one VM")
					first, _, ranged := strings.Cut(line.port, "-")
					port := first
					if from, _ := strconv.Atoi(first); ranged && machines > 1 {
						port = fmt.Sprintf("%d-%d", from, from+machines-1)
					}
					if classic == (line.row == "c16") && (!ranged && single && machines == 1 || ranged && (machines > 1 || strings.Contains(line.condition, "tried first"))) {
						add(portLine{row: line.row, protocol: line.protocol, port: port}, here, r, r.site, "")
					}
				}
			}
		}
	}
	return want
}

// synchronization is what the rows about upstream servers ask for.
func (d *declared) synchronization(line portLine, r *declaredRole, add func(portLine, []string, *declaredRole, *declaredSite, ...string)) {
	if r.key != softwareUpdatePoint {
		return
	}
	var first *declaredRole
	for _, other := range d.roles {
		if other.key == softwareUpdatePoint && other.site == r.site {
			installed, _ := other.object["installed"].(bool)
			before := false
			if first != nil {
				firstInstalled, _ := first.object["installed"].(bool)
				before = installed && !firstInstalled || installed == firstInstalled && other.host < first.host
			}
			if first == nil || before {
				first = other
			}
		}
	}
	source := textOf(r.settings, "synchronization_source")
	switch {
	case line.row == "c66" && r.site.parent == nil && first == r && (source == "" || source == "microsoft_update"):
		add(line, []string{r.host}, r, r.site, "")
	case line.row == "c67":
		if r.site.parent == nil && first == r && source == "upstream_wsus" {
			add(line, []string{r.host}, &declaredRole{settings: object{}}, r.site, "")
		}
		if !d.applies(line, r) {
			return
		}
		for _, other := range d.roles {
			if other.key == softwareUpdatePoint && (other.site.parent == r.site || other.site == r.site && first == r && other != r) {
				add(line, []string{other.host}, r, r.site, r.host)
			}
		}
	}
}

// given are the connections of the package in the same form.
func given(t testing.TB, tree object) map[string]bool {
	t.Helper()
	got := map[string]bool{}
	for _, c := range Read(decodeHierarchy(t, tree)).Connections() {
		if otherRows[c.Row] == "" {
			got[strings.Join([]string{c.Row, c.SourceHost, c.DestinationHost, c.Protocol, Port{First: c.First, Last: c.Last}.Range()}, " ")] = true
		}
	}
	return got
}

func compareWithTable(t *testing.T, name string, tree object, table []portLine) (rows map[string]bool) {
	t.Helper()
	want, got := declare(t, tree).expected(table), given(t, tree)
	rows = map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		rows[strings.Fields(key)[0]] = true
		if !got[key] {
			t.Errorf("%s: missing is %s", name, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if !want[key] {
			t.Errorf("%s: not in the table is %s", name, key)
		}
	}
	if t.Failed() {
		t.Logf("the hierarchy: %s", asJSON(tree))
	}
	return rows
}

// varied gives the roles and sites of a random design settings that ports follow. What
// comes out need not be valid.
func varied(seed uint64) object {
	g := generate(seed)
	r := rand.New(rand.NewPCG(seed, 3))
	chance := func(n int) bool { return r.IntN(n) == 0 }
	for _, s := range g.sites {
		db := objectOf(s.object, "database")
		if db == nil {
			db = object{}
			s.object["database"] = db
		}
		if chance(3) {
			db["port"], db["service_broker_port"], db["instance"] = int64(50000+len(s.code)), int64(4030), "CM"
		}
		if chance(4) {
			db["availability_group"] = object{"replicas": []any{"ag1-" + s.code + ".contoso.com", "ag2-" + s.code + ".contoso.com"}}
		} else if chance(8) {
			db["failover_cluster"] = object{"nodes": []any{"n1-" + s.code + ".contoso.com", "n2-" + s.code + ".contoso.com"}}
		}
	}
	extra := func(key string, settings object) {
		s := g.sites[r.IntN(len(g.sites))]
		g.tree["role_assignments"].(object)[key+"/extra"] = role(s.object, "extra-"+key+".contoso.com", key, settings)
	}
	for _, key := range []string{certificateRegistration, enrollmentPoint, assetIntelligence, exchangeConnector, dataWarehouse} {
		if chance(3) {
			extra(key, map[bool]object{false: {}}[key == assetIntelligence])
		}
	}
	if chance(3) {
		extra(enrollmentPoint, nil)
		extra(enrollmentProxyPoint, object{"enrollment_point": "extra-enrollment_point.contoso.com"})
	}
	for _, key := range slices.Sorted(maps.Keys(objectOf(g.tree, "role_assignments"))) {
		a := objectOf(objectOf(g.tree, "role_assignments"), key)
		server := a["server"].(object)
		if chance(6) && textOf(server, "fqdn") != "" && strings.HasPrefix(textOf(server, "fqdn"), "h") {
			server["site_server_initiates_connections"] = true
		}
		if chance(8) {
			server["proxy"] = object{"server_name": "proxy.contoso.com", "port": int64(8080)}
		}
		set := objectOf(a, a["role"].(string))
		if set == nil {
			continue
		}
		switch a["role"] {
		case managementPoint:
			if chance(4) {
				set["boundary_groups"] = []any{"Seattle", "London"}
			}
			if chance(6) {
				set["database_replica"] = object{"server": "replica.contoso.com", "database_name": "CM_R"}
			}
			if chance(3) {
				delete(set, "protocol")
			} else if chance(2) {
				set["protocol"] = "http"
			}
			if chance(4) {
				set["client_connections"] = "internet_and_intranet"
			}
		case distributionPoint:
			if chance(4) {
				set["boundary_groups"] = []any{"Seattle"}
			}
			if chance(4) {
				set["primary_content_drive"], set["secondary_content_drive"] = "E", []string{"F", "Automatic"}[r.IntN(2)]
				set["certificate_expiration"], set["secondary_package_drive"] = "2030-01-01", "G"
			}
			if chance(3) {
				delete(set, "protocol")
			}
			if chance(3) {
				set["pxe"] = []string{"responder", "windows_deployment_services"}[r.IntN(2)]
				set["listen_on_dhcp_port"] = chance(2)
			}
			if chance(4) {
				set["multicast"] = []object{{}, {"udp_port_start": int64(5000), "udp_port_end": int64(5100)}}[r.IntN(2)]
			}
			if chance(4) {
				set["connected_cache"] = true
			}
			if chance(6) {
				set["client_connections"] = "internet"
			}
		case softwareUpdatePoint:
			if chance(3) {
				set["protocol"] = []string{"http", "https"}[r.IntN(2)]
			}
			if chance(3) {
				delete(set, "http_port")
				delete(set, "https_port")
				set["wsus_website"] = "default"
			}
			if chance(3) {
				set["allow_cmg_traffic"] = true
			}
			if chance(4) {
				set["synchronization_source"] = []string{"upstream_wsus", "none", "microsoft_update"}[r.IntN(3)]
			}
		}
	}
	if gateways := objectOf(g.tree, "cloud_management_gateways"); gateways != nil {
		one := gateways["cmg"].(object)
		one["vm_instances"], one["content_enabled"] = int64(1+r.IntN(4)), chance(2)
		if chance(3) {
			one["deployment"] = "cloud_service_classic"
		}
	}
	return sharedServers(g.tree)
}

// sharedServers gives every computer one set of facts.
func sharedServers(tree object) object {
	facts := map[string]object{}
	for _, key := range slices.Sorted(maps.Keys(objectOf(tree, "role_assignments"))) {
		server := objectOf(objectOf(tree, "role_assignments"), key)["server"].(object)
		first := facts[textOf(server, "fqdn")]
		if first == nil {
			facts[textOf(server, "fqdn")] = server
			continue
		}
		for _, name := range []string{"site_server_initiates_connections", "proxy"} {
			if v, ok := first[name]; ok {
				server[name] = v
			} else {
				delete(server, name)
			}
		}
	}
	return tree
}

func completeExample(t testing.TB) object {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "render", "testdata", "complete.json"))
	if err != nil {
		t.Fatal(err)
	}
	tree := object{}
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	return whole(tree).(object)
}

// whole replaces the numbers of JSON by what the model decodes.
func whole(node any) any {
	switch node := node.(type) {
	case float64:
		return int64(node)
	case []any:
		for i := range node {
			node[i] = whole(node[i])
		}
	case object:
		for name := range node {
			node[name] = whole(node[name])
		}
	}
	return node
}

// TestConnections_EqualTheTable compares the connections of the complete example and of
// random designs with those that the table of ports asks for, both ways. The expectation
// is worked out from the text of the design and from the table alone.
func TestConnections_EqualTheTable(t *testing.T) {
	table := portTable(t)
	used := compareWithTable(t, "complete example", completeExample(t), table)
	for seed := range uint64(designs) {
		maps.Copy(used, compareWithTable(t, fmt.Sprintf("seed %d", seed), varied(seed), table))
		if t.Failed() {
			return
		}
	}
	for _, line := range table {
		if !used[line.row] && unusedRows[line.row] == "" && line.row != "x04" {
			t.Errorf("no design uses row %s, from %s to %s", line.row, line.from, line.to)
		}
		if used[line.row] && unusedRows[line.row] != "" {
			t.Errorf("row %s is used, which is left out: %s", line.row, unusedRows[line.row])
		}
	}
}
