package render

import (
	_ "embed" // the configuration
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// DSCConfiguration is a PowerShell script with a configuration for the data of any
// hierarchy.
//
//go:embed dsc_configuration.ps1
var DSCConfiguration string

// DSCConfigurationData writes a PowerShell data file for configurations with the module
// ConfigMgrCBDsc. Each computer is a node with the prerequisites that it needs. The
// resources of a site stand at the node of the server that has its SMS Provider, by the
// names of the resources: they run there, whether they are installed or not. NonNodeData
// holds the sites, the roles and settings that the module cannot make, and what the names
// in angle brackets stand for. [DSCConfiguration] is a configuration that takes it.
func DSCConfigurationData(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	providers, err := d.providerOfSites()
	if err != nil {
		return "", err
	}
	plan := d.Plan()
	c := &configurationData{resources: map[string]map[string][]dataTable{}, placeholders: map[string]string{}}
	c.state(d, providers)
	data := dataTable{
		{"AllNodes", c.nodes(plan)},
		{"NonNodeData", dataTable{
			{"Sites", d.siteTables()},
			{"WithoutResource", c.without},
			{"Placeholders", tableOf(c.placeholders)},
		}},
	}
	text := writeDataFile(data)
	if strings.ContainsFunc(text, unprintable) {
		return "", unprintableIn(h, text)
	}
	return text, nil
}

// unprintable reports whether a character has no place in a text file. A data file has no
// way to write one: it holds literals and no expressions.
func unprintable(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\x7f'
}

// unprintableIn says which value of a hierarchy put such a character into a text.
func unprintableIn(h *model.Hierarchy, text string) error {
	var found error
	var walk func(at model.Path, node any)
	walk = func(at model.Path, node any) {
		switch node := node.(type) {
		case string:
			if found == nil && strings.ContainsFunc(node, unprintable) && strings.Contains(strings.ToLower(text), strings.ToLower(node)) {
				found = cannot(at, "%q holds a control character, which a PowerShell data file cannot express. Leave it out.", node)
			}
		case []any:
			for i, element := range node {
				walk(at.Index(i), element)
			}
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(node)) {
				if len(at.Steps()) == 1 { // the elements of the hierarchy have free keys
					walk(at.Key(name), node[name])
				} else {
					walk(at.Attr(name), node[name])
				}
			}
		}
	}
	walk(model.Path{}, model.Encode(h))
	if found == nil {
		found = cannot(model.At("sites"), "A name holds a control character, which a PowerShell data file cannot express. Leave it out.")
	}
	return found
}

// dataTable is a hash table in a fixed order.
type dataTable []dataEntry

type dataEntry struct {
	key   string
	value any // string, bool, int64, a slice of strings, numbers or tables, or a table
}

func tableOf(values map[string]string) dataTable {
	table := make(dataTable, 0, len(values))
	for key, value := range values {
		table = append(table, dataEntry{key, value})
	}
	slices.SortFunc(table, func(a, b dataEntry) int { return strings.Compare(a.key, b.key) })
	return table
}

// configurationData collects the resources by the node and the name of the resource.
type configurationData struct {
	resources    map[string]map[string][]dataTable
	without      []dataTable
	placeholders map[string]string
}

func (c *configurationData) add(node, resource string, properties dataTable) {
	if c.resources[node] == nil {
		c.resources[node] = map[string][]dataTable{}
	}
	c.resources[node][resource] = append(c.resources[node][resource], properties)
}

// state adds the resources of the sites, what is installed included, and lists what the
// module cannot make.
func (c *configurationData) state(d *design, providers map[string]string) {
	resources, lacking := d.StateOf()
	for _, r := range resources {
		c.add(providers[r.SiteCode], r.Resource, c.properties(r.Properties))
	}
	for _, l := range lacking {
		var entry dataTable
		for _, e := range []dataEntry{{"SiteCode", l.SiteCode}, {"Server", l.Server}, {"Role", l.Role}, {"Setting", l.Setting}} {
			if e.value != "" {
				entry = append(entry, e)
			}
		}
		if l.Command != nil {
			entry = append(entry, dataEntry{"Cmdlet", l.Command.Cmdlet})
		}
		c.without = append(c.without, entry)
	}
}

// properties returns parameters as a table. A placeholder becomes its name in angle
// brackets, because a data file holds no variables.
func (c *configurationData) properties(list []install.Parameter) dataTable {
	table := make(dataTable, len(list))
	for i, p := range list {
		table[i] = dataEntry{p.Name, p.Value}
		switch v := p.Value.(type) {
		case install.Placeholder:
			table[i].value = "<" + v.Name + ">"
			c.placeholders[v.Name] = v.Purpose
		case []install.Object:
			objects := make([]dataTable, len(v))
			for j, o := range v {
				objects[j] = c.properties(o)
			}
			table[i].value = objects
		}
	}
	return table
}

// prerequisiteRoles are the values of SccmRole of the composite resource xSccmPreReqs, by
// the keys of the roles. The source is [product.ConfigMgrCBDsc].
var prerequisiteRoles = map[string]string{
	"asset_intelligence_synchronization_point": "AssetIntelligenceSynchronizationPoint",
	"certificate_registration_point":           "CertificateRegistrationPoint",
	"distribution_point":                       "DistributionPoint",
	"endpoint_protection_point":                "EndpointProtectionPoint",
	"enrollment_point":                         "EnrollmentPoint",
	"enrollment_proxy_point":                   "EnrollmentProxyPoint",
	"fallback_status_point":                    "FallbackServicePoint",
	"management_point":                         "ManagementPoint",
	"reporting_services_point":                 "ReportingServicesPoint",
	"service_connection_point":                 "ServiceConnectionPoint",
	"site_server":                              "CASorSiteServer",
	"site_server_passive":                      "CASorSiteServer",
	"software_update_point":                    "SoftwareUpdatePoint",
	"state_migration_point":                    "StateMigrationPoint",
}

func (c *configurationData) nodes(plan install.Plan) []dataTable {
	var nodes []dataTable
	for _, server := range plan.Servers {
		var prerequisites []string
		for _, role := range server.Roles {
			if name := prerequisiteRoles[role]; name != "" {
				prerequisites = append(prerequisites, name)
			}
		}
		slices.Sort(prerequisites)
		node := dataTable{
			{"NodeName", server.FQDN},
			{"SiteCodes", server.SiteCodes},
			{"Roles", server.Roles},
			{"SccmRole", slices.Compact(prerequisites)},
			{"WindowsFeatures", server.Features},
			{"LocalAdministrators", server.LocalAdministrators},
		}
		resources := c.resources[server.FQDN]
		names := make([]string, 0, len(resources))
		for name := range resources {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			node = append(node, dataEntry{name, resources[name]})
		}
		nodes = append(nodes, node)
	}
	return nodes
}

// siteTables are the facts of the sites that a configuration refers to.
func (d *design) siteTables() []dataTable {
	var tables []dataTable
	for _, s := range d.Sites {
		table := dataTable{{"SiteCode", s.Code}, {"SiteType", string(s.Tier)}, {"SiteServerName", s.Server}}
		if name, ok := s.Declared.Name.Get(); ok {
			table = append(table, dataEntry{"SiteName", name})
		}
		if s.Parent != "" {
			table = append(table, dataEntry{"ParentSiteCode", s.Parent})
		}
		if passive, ok := s.Declared.PassiveServer.Get(); ok {
			table = append(table, dataEntry{"PassiveSiteServerName", model.FoldHost(passive)})
		}
		tables = append(tables, append(table, dataEntry{"DatabaseServerName", s.DatabaseServer()}))
	}
	return tables
}

// writeDataFile writes a data file. A byte order mark leads one that is not all ASCII:
// without it, Windows PowerShell reads the file in the code page of the computer, where
// a byte of a harmless letter can be a quote.
func writeDataFile(data dataTable) string {
	var b strings.Builder
	writeData(&b, "", data)
	text := b.String() + "\n"
	if strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) {
		text = "\ufeff" + text
	}
	return text
}

var simpleKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

func writeData(b *strings.Builder, indent string, value any) {
	switch v := value.(type) {
	case string:
		b.WriteString(dataString(v))
	case bool:
		b.WriteString(install.PowerShell(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case []string:
		writeDataList(b, indent, v)
	case []int64:
		writeDataList(b, indent, v)
	case []dataTable:
		writeDataList(b, indent, v)
	case dataTable:
		if len(v) == 0 {
			b.WriteString("@{}")
			return
		}
		b.WriteString("@{\n")
		for _, e := range v {
			key := e.key
			if !simpleKey.MatchString(key) {
				key = dataString(key)
			}
			b.WriteString(indent + "    " + key + " = ")
			writeData(b, indent+"    ", e.value)
			b.WriteByte('\n')
		}
		b.WriteString(indent + "}")
	default:
		panic(fmt.Sprintf("render: a value of type %T in a data file", value)) // a table of the install package is wrong
	}
}

// writeDataList writes short values on one line and tables below each other.
func writeDataList[T any](b *strings.Builder, indent string, list []T) {
	_, tables := any(list).([]dataTable)
	b.WriteString("@(")
	for i, v := range list {
		switch {
		case tables:
			b.WriteString("\n" + indent + "    ")
		case i > 0:
			b.WriteString(", ")
		}
		writeData(b, indent+"    ", v)
	}
	if tables && len(list) > 0 {
		b.WriteString("\n" + indent)
	}
	b.WriteByte(')')
}

// dataString writes a literal string of a data file, where there is no other way than
// quotes: any of the single quotes that PowerShell knows ends one, and is doubled.
func dataString(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range s {
		if r == '\'' || '\u2018' <= r && r <= '\u201b' {
			b.WriteRune(r)
		}
		b.WriteRune(r)
	}
	b.WriteByte('\'')
	return b.String()
}
