package render

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// AnsibleInventory writes an Ansible inventory in YAML: every computer with what it needs
// as variables, a group for each site with the facts of the site, a group for each role,
// and the steps of the installation as a variable of all.
func AnsibleInventory(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	plan := install.ForHierarchy(h)
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
	all := mapping()
	put(all, "hosts", i.hosts)
	put(all, "children", i.groups())
	put(all, "vars", vars)
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
	for _, s := range d.sites {
		if !groupPattern.MatchString(s.code) {
			return cannot(s.at.Attr("site_code"), "%q cannot be part of the name of a group in an Ansible inventory. A site code is three letters or digits, such as %q.", s.code, "PS1")
		}
		vars := mapping()
		put(vars, "configmgr_site_code", scalar(s.code))
		put(vars, "configmgr_site_type", scalar(string(s.tier)))
		put(vars, "configmgr_site_server", scalar(s.server))
		if name, ok := s.Name.Get(); ok {
			put(vars, "configmgr_site_name", scalar(name))
		}
		if s.parent != "" {
			put(vars, "configmgr_parent_site_code", scalar(s.parent))
		}
		group := mapping()
		put(group, "vars", vars)
		put(group, "hosts", mapping())
		i.sites["configmgr_site_"+strings.ToLower(s.code)] = group
	}
	return nil
}

// host adds a computer to the hosts, to the groups of its sites and of its roles.
func (i *inventory) host(d *design, server install.Server) error {
	if !hostPattern.MatchString(server.FQDN) {
		return cannot(d.placeOf(server.FQDN), "%q cannot be a host of an Ansible inventory. The name of a computer has letters, digits, hyphens and dots, as in %q.", server.FQDN, "mp01.contoso.com")
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
		put(entry, "requires", scalars(step.Requires))
		list.Content = append(list.Content, entry)
	}
	return list
}

// placeOf returns a place that names a computer.
func (d *design) placeOf(fqdn string) model.Path {
	for _, s := range d.sites {
		for _, on := range s.hosts {
			if on.fqdn == fqdn {
				return on.at
			}
		}
	}
	return model.At("sites")
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

// put adds an entry to a mapping.
func put(m *yaml.Node, key string, value *yaml.Node) {
	m.Content = append(m.Content, scalar(key), value)
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
	if strings.Contains(s, "{{") || strings.Contains(s, "{%") || strings.Contains(s, "{#") {
		node.Tag = "!unsafe"
		node.Style = yaml.DoubleQuotedStyle
	}
	if node.Tag == "!!binary" || node.Kind != yaml.ScalarNode {
		panic(fmt.Sprintf("render: %q is not text", s)) // Terraform strings are valid UTF-8
	}
	return node
}
