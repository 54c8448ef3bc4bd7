package install

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func readJSON(t testing.TB, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// cmdletTable is testdata/cmdlets.json: the parameter sets of cmdlets.
type cmdletTable struct {
	Cmdlets map[string]struct {
		Sets   []map[string]string `json:"sets"`
		Common []string            `json:"common"`
	} `json:"cmdlets"`
}

// wrong says why a command is not one that the reference knows, empty when it is.
func (c *cmdletTable) wrong(command *Command) string {
	entry, ok := c.Cmdlets[command.Cmdlet]
	if !ok {
		return "there is no cmdlet " + command.Cmdlet
	}
	var reasons []string
	for _, set := range entry.Sets {
		reason := c.wrongInSet(command, set, entry.Common)
		if reason == "" {
			return ""
		}
		reasons = append(reasons, reason)
	}
	return strings.Join(reasons, "; ")
}

func (c *cmdletTable) wrongInSet(command *Command, set map[string]string, common []string) string {
	named := map[string]bool{}
	for _, p := range command.Parameters {
		named[p.Name] = true
		kind, ok := set[p.Name]
		if !ok {
			if slices.Contains(common, p.Name) {
				continue
			}
			return "no parameter " + p.Name
		}
		if reason := c.wrongValue(strings.Replace(kind, "!", "", 1), p.Value); reason != "" {
			return p.Name + ": " + reason
		}
	}
	for name, kind := range set {
		if base, _, _ := strings.Cut(kind, "="); strings.HasSuffix(base, "!") && !named[name] {
			return "without " + name
		}
	}
	return ""
}

var powerShellDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)

func (c *cmdletTable) wrongValue(kind string, value any) string {
	base, values, enumerated := strings.Cut(kind, "=")
	switch v := value.(type) {
	case Placeholder:
		if (base == "SecureString") != v.Secret {
			return fmt.Sprintf("a secret %v for a %s", v.Secret, base)
		}
		return ""
	case *Command:
		if !strings.HasPrefix(base, "IResultObject") {
			return "an object for a " + base
		}
		return c.wrong(v)
	case bool:
		if base != "Boolean" && base != "SwitchParameter" {
			return "a bool for a " + base
		}
	case int64:
		if base != "Int32" && base != "UInt32" && base != "Int64" && base != "Int16" {
			return "a number for a " + base
		}
	case []int64:
		if base != "Int32[]" {
			return "numbers for a " + base
		}
	case []string:
		if base != "String[]" {
			return "strings for a " + base
		}
	case string:
		switch {
		case enumerated:
			if !slices.ContainsFunc(strings.Split(values, "|"), func(s string) bool { return strings.EqualFold(s, v) }) {
				return v + " is not one of " + values
			}
		case base == "DateTime":
			if !powerShellDate.MatchString(v) {
				return v + " is not a date"
			}
		case base == "DriveType":
		case base != "String":
			return "a string for a " + base
		}
	default:
		return fmt.Sprintf("a %T", v)
	}
	return ""
}

// TestSteps_CallCmdletsAsTheReferenceHasThem looks at every command of the complete example
// and of random designs.
func TestSteps_CallCmdletsAsTheReferenceHasThem(t *testing.T) {
	var table cmdletTable
	readJSON(t, "cmdlets.json", &table)
	seen := map[string]int{}
	check := func(name string, tree object) {
		for _, step := range ForHierarchy(decodeHierarchy(t, tree)).Steps {
			if step.Command == nil {
				continue
			}
			seen[step.Command.Cmdlet]++
			if reason := table.wrong(step.Command); reason != "" {
				t.Errorf("%s: %s: %s: %s", name, step.ID, step.Command.Line(), reason)
			}
		}
	}
	check("complete example", completeExample(t))
	for seed := range uint64(designs) {
		check(fmt.Sprintf("seed %d", seed), varied(seed))
	}
	for _, r := range recipes {
		if seen[r.cmdlet] == 0 {
			t.Errorf("no design calls %s", r.cmdlet)
		}
	}
	// The table can fail: what is left out, misspelt or of another type is found.
	for _, wrong := range []*Command{
		{Cmdlet: "Add-CMDistributionPoint", Parameters: []Parameter{{"SiteSystemServerName", "dp"}}},
		{Cmdlet: "Add-CMServiceConnectionPoint", Parameters: []Parameter{{"SiteSystemServerName", "scp"}, {"Mode", "Sometimes"}}},
		{Cmdlet: "Add-CMFallbackStatusPoint", Parameters: []Parameter{{"SiteSystemServerName", "fsp"}, {"Site", "PS1"}}},
		{Cmdlet: "New-CMAccount", Parameters: []Parameter{{"UserName", "a"}, {"Password", "secret"}}},
		{Cmdlet: "Add-CMPrimarySite"},
	} {
		if table.wrong(wrong) == "" {
			t.Errorf("%s is let through", wrong.Line())
		}
	}
}

// dscTable is testdata/dsc.json: the properties of resources and of embedded classes.
type dscTable struct {
	Resources map[string]map[string]dscProperty `json:"resources"`
	Embedded  map[string]map[string]dscProperty `json:"embedded"`
}

type dscProperty struct {
	Type      string   `json:"type"`
	Qualifier string   `json:"qualifier"` // key, required, write
	Values    []string `json:"values"`
	Embedded  string   `json:"embedded"`
	Range     []int64  `json:"range"`
}

// wrong lists what the schema of a class does not allow.
func (d *dscTable) wrong(class string, schema map[string]dscProperty, properties []Parameter) []string {
	if schema == nil {
		return []string{"there is no " + class}
	}
	var list []string
	named := map[string]bool{}
	for _, p := range properties {
		entry, ok := schema[p.Name]
		if !ok {
			list = append(list, "no property "+p.Name)
			continue
		}
		if named[p.Name] {
			list = append(list, p.Name+" twice")
		}
		named[p.Name] = true
		if reason := d.wrongValue(entry, p.Value); reason != "" {
			list = append(list, p.Name+": "+reason)
		}
	}
	for name, entry := range schema {
		if entry.Qualifier != "write" && !named[name] {
			list = append(list, "without "+name)
		}
	}
	return list
}

func (d *dscTable) wrongValue(p dscProperty, value any) string {
	if p.Embedded == "MSFT_Credential" {
		if secret, ok := value.(Placeholder); !ok || !secret.Secret {
			return "not a credential"
		}
		return ""
	}
	want := ""
	switch v := value.(type) {
	case Placeholder:
		return ""
	case []Object:
		for _, o := range v {
			if wrong := d.wrong(p.Embedded, d.Embedded[p.Embedded], o); len(wrong) > 0 {
				return strings.Join(wrong, "; ")
			}
		}
		want = "String[]"
	case bool:
		want = "Boolean"
	case int64:
		if strings.HasPrefix(strings.ToLower(p.Type), "uint") && v >= 0 && (p.Range == nil || p.Range[0] <= v && v <= p.Range[1]) {
			want = p.Type
		}
	case []string:
		want = "String[]"
	case string:
		want = "String"
		if p.Type == "DateTime" {
			if _, err := time.Parse(time.DateOnly, v); err == nil {
				want = p.Type
			}
		}
		if p.Values != nil && !slices.Contains(p.Values, v) {
			return v + " is not one of " + strings.Join(p.Values, ", ")
		}
	}
	if _, objects := value.([]Object); want != p.Type || objects != (p.Embedded != "") {
		return fmt.Sprintf("%v for a %s %s", value, p.Type, p.Embedded)
	}
	return ""
}

// refused are what the code of the resources refuses beyond their schemas (ConfigMgrCBDsc
// 28f681d, 2023-02-21), by the resource.
var refused = map[string]func(map[string]any) string{
	"CMSiteSystemServer": func(p map[string]any) string {
		_, account := p["AccountName"]
		_, proxy := p["ProxyServerName"]
		switch {
		case account && p["UseSiteServerAccount"] == true:
			return "two accounts"
		case proxy != (p["EnableProxy"] == true):
			return "a proxy without its server"
		}
		return ""
	},
	"CMDistributionPoint": func(p map[string]any) string {
		for _, kind := range []string{"ContentLibraryLocation", "PackageShareLocation"} {
			first, primary := p["Primary"+kind].(string)
			second, secondary := p["Secondary"+kind].(string)
			if primary && len(first) != 1 || secondary && len(second) != 1 || secondary && !primary {
				return "drives " + first + " " + second
			}
		}
		return ""
	},
	"CMPullDistributionPoint": func(p map[string]any) string {
		if p["EnablePullDP"] == true && p["SourceDistributionPoint"] == nil {
			return "no source"
		}
		return ""
	},
	"CMManagementPoint": func(p map[string]any) string {
		connections, _ := p["ClientConnectionType"].(string)
		_, replica := p["SqlServerFqdn"]
		switch {
		case p["EnableCloudGateway"] == true && (connections == "" || connections == "Intranet" || p["EnableSsl"] != true),
			p["EnableCloudGateway"] == false && connections != "Intranet":
			return "the traffic of a gateway"
		case replica && (p["DatabaseName"] == nil || p["UseSiteDatabase"] != false):
			return "a replica without its name"
		}
		return ""
	},
	"CMSoftwareUpdatePoint": func(p map[string]any) string {
		connections, _ := p["ClientConnectionType"].(string)
		if p["EnableCloudGateway"] == true && (connections == "" || connections == "Intranet" || p["WsusSsl"] != true) {
			return "the traffic of a gateway"
		}
		return ""
	},
	"CMSiteConfiguration": func(p map[string]any) string {
		if p["ClientComputerCommunicationType"] == "HttpsOnly" && p["UseSmsGeneratedCert"] != nil {
			return "generated certificates with HTTPS only"
		}
		return ""
	},
	"CMSoftwareUpdatePointComponent": func(p map[string]any) string {
		if (p["SynchronizeAction"] == "SynchronizeFromAnUpstreamDataSourceLocation") != (p["UpstreamSourceLocation"] != nil) {
			return "an upstream server"
		}
		return ""
	},
}

// TestStateOf_EqualsTheSchemas looks at the DSC resources of the complete example and of
// random designs, and at what each design declares for what is neither a resource nor
// listed as lacking.
func TestStateOf_EqualsTheSchemas(t *testing.T) {
	var table dscTable
	readJSON(t, "dsc.json", &table)
	seen := map[string]bool{}
	check := func(name string, tree object) {
		d := Read(decodeHierarchy(t, tree))
		resources, lacking := d.StateOf()
		accounts, systems, roles := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, r := range resources {
			seen[r.Resource] = true
			values := map[string]any{}
			for _, p := range r.Properties {
				values[p.Name] = p.Value
				seen[r.Resource+"."+p.Name] = true
			}
			for _, wrong := range table.wrong(r.Resource, table.Resources[r.Resource], r.Properties) {
				t.Errorf("%s: %s %v: %s", name, r.Resource, values, wrong)
			}
			if check := refused[r.Resource]; check != nil && check(values) != "" {
				t.Errorf("%s: %s %v: %s", name, r.Resource, values, check(values))
			}
			text := func(name string) string { return Parameter{Value: values[name]}.Text() }
			switch r.Resource {
			case "CMAccounts":
				accounts[strings.ToLower(text("Account"))] = true
				continue
			case "CMSiteSystemServer":
				systems[text("SiteSystemServer")] = true
			}
			for _, property := range []string{"AccountName", "Username", "WsusAccessAccount"} {
				if account, ok := values[property]; ok && !accounts[strings.ToLower(Parameter{Value: account}.Text())] {
					t.Errorf("%s: %s names %v before CMAccounts does", name, r.Resource, account)
				}
			}
			if host, ok := values["SiteServerName"].(string); ok {
				roles[r.Resource+host] = true
				if s := d.Site(r.SiteCode); host != s.Server && !systems[host] {
					t.Errorf("%s: %s on %s before CMSiteSystemServer", name, r.Resource, host)
				}
			}
		}
		for _, a := range d.assigned {
			resource := resourceName(a.role)
			listed := slices.ContainsFunc(lacking, func(l Lacking) bool {
				return l.SiteCode == a.code && l.Server == a.host && l.Role == a.role && l.Setting == ""
			})
			if !a.brought && roles[resource+a.host] == listed {
				t.Errorf("%s: %s on %s is a resource: %v, listed as lacking: %v", name, a.role, a.host, roles[resource+a.host], listed)
			}
		}
	}
	check("complete example", completeExample(t))
	for seed := range uint64(designs) {
		check(fmt.Sprintf("seed %d", seed), varied(seed))
	}
	for _, r := range slices.Sorted(maps.Keys(table.Resources)) {
		if !seen[r] {
			t.Errorf("no design has a %s", r)
		}
	}
	for _, wrong := range []DSC{
		{Resource: "CMFallbackStatusPoint", Properties: []Parameter{{"SiteCode", "PS1"}}},
		{Resource: "CMPullDistributionPoint", Properties: []Parameter{{"SiteCode", "PS1"}, {"SiteServerName", "dp"}, {"SourceDistributionPoint", []string{"a"}}}},
		{Resource: "CMPullDistributionPoint", Properties: []Parameter{{"SiteCode", "PS1"}, {"SiteServerName", "dp"}, {"SourceDistributionPoint", []Object{{{"SourceDP", "a"}}}}}},
		{Resource: "CMSoftwareUpdatePoint", Properties: []Parameter{{"SiteCode", "PS1"}, {"SiteServerName", "sup"}, {"WsusIisPort", "8530"}}},
	} {
		if len(table.wrong(wrong.Resource, table.Resources[wrong.Resource], wrong.Properties)) == 0 {
			t.Errorf("%v is let through", wrong)
		}
	}
}

func resourceName(role string) string { return resources[role].name }
