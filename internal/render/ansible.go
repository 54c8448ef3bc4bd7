package render

import (
	"bytes"
	_ "embed" // the playbook
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// AnsiblePlaybook prepares the servers of any inventory of [AnsibleInventory].
//
//go:embed ansible_playbook.yml
var AnsiblePlaybook string

// AnsibleInventory writes an Ansible inventory in YAML: every computer with what it needs
// as variables, a group for each site with the facts of the site, and a group for each
// role. They all are in the group configmgr, which is there for the variables of the
// connection, and has the steps of the installation.
//
// Every string is quoted. Ansible reads YAML 1.1, where OFF, No and y are truth values,
// 12:30 is a number and = is no value at all.
func AnsibleInventory(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	plan := d.Plan()
	i := &inventory{hosts: mapping(), sites: map[string]*yaml.Node{}, roles: map[string]*yaml.Node{}}
	if err := i.siteGroups(d); err != nil {
		return "", err
	}
	for _, server := range plan.Servers {
		if err := i.host(d, server); err != nil {
			return "", err
		}
	}
	vars := mapping()
	put(vars, "configmgr_install_steps", stepList(plan.Steps))
	hierarchy := mapping()
	put(hierarchy, "hosts", i.hosts)
	put(hierarchy, "children", i.groups())
	put(hierarchy, "vars", vars)
	groups := mapping()
	put(groups, "configmgr", hierarchy)
	all := mapping()
	put(all, "children", groups)
	root := mapping()
	put(root, "all", all)
	markEmpty(root)

	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return "", err
	}
	if err := encoder.Close(); err != nil {
		return "", err
	}
	return text.String(), nil
}

// inventory collects the hosts and the groups by their names.
type inventory struct {
	hosts        *yaml.Node
	sites, roles map[string]*yaml.Node
}

// hostPattern is what Ansible takes for one host: brackets and colons make patterns.
var hostPattern = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)

// groupPattern is what Ansible takes for a part of the name of a group.
var groupPattern = regexp.MustCompile(`^[A-Z0-9]+$`)

// siteGroups adds a group for each site.
func (i *inventory) siteGroups(d *design) error {
	for _, s := range d.Sites {
		if !groupPattern.MatchString(s.Code) {
			return cannot(s.At.Attr("site_code"), "%q cannot be part of the name of a group in an Ansible inventory. A site code is three letters or digits, such "+
				"as %q.", s.Code, "PS1")
		}
		vars := mapping()
		put(vars, "configmgr_site_code", scalar(s.Code))
		put(vars, "configmgr_site_type", scalar(string(s.Tier)))
		put(vars, "configmgr_site_server", scalar(s.Server))
		if name, ok := s.Declared.Name.Get(); ok {
			put(vars, "configmgr_site_name", scalar(name))
		}
		if s.Parent != "" {
			put(vars, "configmgr_parent_site_code", scalar(s.Parent))
		}
		group := mapping()
		put(group, "vars", vars)
		put(group, "hosts", mapping())
		i.sites["configmgr_site_"+strings.ToLower(s.Code)] = group
	}
	return nil
}

// host adds a computer to the hosts, to the groups of its sites and of its roles.
func (i *inventory) host(d *design, server install.Server) error {
	if !hostPattern.MatchString(server.FQDN) {
		return cannot(d.placeOf(server.FQDN), "%q cannot be a host of an Ansible inventory. The name of a computer has letters, digits, hyphens and dots, as "+
			"in %q.", server.FQDN, "mp01.contoso.com")
	}
	vars := mapping()
	put(vars, "configmgr_site_codes", scalars(server.SiteCodes))
	put(vars, "configmgr_roles", scalars(server.Roles))
	put(vars, "configmgr_windows_features", scalars(server.Features))
	put(vars, "configmgr_local_administrators", scalars(server.LocalAdministrators))
	put(i.hosts, server.FQDN, vars)
	for _, code := range server.SiteCodes {
		if group, ok := i.sites["configmgr_site_"+strings.ToLower(code)]; ok {
			put(group.Content[3], server.FQDN, mapping())
		}
	}
	for _, role := range server.Roles {
		name := "configmgr_role_" + role
		if i.roles[name] == nil {
			i.roles[name] = mapping()
			put(i.roles[name], "hosts", mapping())
		}
		put(i.roles[name].Content[1], server.FQDN, mapping())
	}
	return nil
}

func (i *inventory) groups() *yaml.Node {
	all := mapping()
	for _, groups := range []map[string]*yaml.Node{i.sites, i.roles} {
		names := make([]string, 0, len(groups))
		for name := range groups {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			put(all, name, groups[name])
		}
	}
	return all
}

// stepList writes the steps as a list of mappings. What a step has not is left out.
func stepList(steps []install.Step) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, step := range steps {
		entry := mapping()
		for _, field := range []struct{ name, value string }{
			{"id", step.ID}, {"phase", step.Phase}, {"action", step.Action}, {"site_code", step.SiteCode}, {"server", step.Server}, {"role", step.Role},
		} {
			if field.value != "" {
				put(entry, field.name, scalar(field.value))
			}
		}
		if step.Command != nil {
			put(entry, "command", scalar(step.Command.Line()))
		}
		put(entry, "requires", scalars(step.Requires))
		list.Content = append(list.Content, entry)
	}
	return list
}

// placeOf returns a place that names a computer.
func (d *design) placeOf(fqdn string) model.Path {
	for _, s := range d.Sites {
		for _, on := range s.Hosts {
			if on.FQDN == fqdn {
				return on.At
			}
		}
	}
	return model.At("sites")
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

// plainKey is what this package names the variables and groups: none of them means
// anything else to a reader of YAML.
var plainKey = regexp.MustCompile(`^(all|hosts|vars|children|id|phase|action|site_code|server|role|command|requires|configmgr[a-z_]*)$`)

// put adds an entry to a mapping.
func put(m *yaml.Node, key string, value *yaml.Node) {
	name := scalar(key)
	if plainKey.MatchString(key) {
		name.Style = 0
	}
	m.Content = append(m.Content, name, value)
}

// markEmpty has what is empty written as {} and [].
func markEmpty(node *yaml.Node) {
	if node.Kind != yaml.ScalarNode && len(node.Content) == 0 {
		node.Style = yaml.FlowStyle
	}
	for _, nested := range node.Content {
		markEmpty(nested)
	}
}

func scalars(list []string) *yaml.Node {
	sequence := &yaml.Node{Kind: yaml.SequenceNode}
	for _, s := range list {
		sequence.Content = append(sequence.Content, scalar(s))
	}
	return sequence
}

// scalar writes a string. Ansible evaluates templates in variables when it uses them,
// unless the tag !unsafe says that the value is none.
func scalar(s string) *yaml.Node {
	node := &yaml.Node{}
	node.SetString(s)
	node.Style = yaml.DoubleQuotedStyle
	if strings.Contains(s, "{{") || strings.Contains(s, "{%") || strings.Contains(s, "{#") {
		node.Tag = "!unsafe"
	}
	if node.Tag == "!!binary" || node.Kind != yaml.ScalarNode {
		panic(fmt.Sprintf("render: %q is not text", s)) // Terraform strings are valid UTF-8
	}
	return node
}
