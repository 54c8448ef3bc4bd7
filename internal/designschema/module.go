package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
)

// header says where a file comes from.
const header = "# Generated from the provider's schema by `make generate`: it passes on every argument that a design can have.\n\n"

// What an instance is made of.
const (
	ofSite       = "local.topology.sites[each.key]"
	ofServer     = "local.topology.site_system_servers[each.key]"
	ofAssignment = "local.topology.role_assignments[each.key]"
)

// module returns the generated files of the module by name. A block cannot be passed on
// as a whole, so that each argument of each block has a line. The loops are over keys,
// and not over elements: Terraform copies what a loop is over for each instance.
func module(s *designfile.Schema) map[string][]byte {
	const parent = "try(local.%s[" + ofSite + ".parent.site_code], " + ofSite + ".parent)"
	files := map[string]string{
		"sites.tf": site(s, "top_level", "Sites without a parent, and those whose parent is designed elsewhere.", "local.top_level_sites", ofSite+".parent") +
			site(s, "child_primary", "Primary sites below one of them.", "local.child_primary_sites", fmt.Sprintf(parent, "above_primary_sites")) +
			site(s, "secondary", "Secondary sites.", "local.secondary_sites", fmt.Sprintf(parent, "above_secondary_sites")),
		"servers.tf": resource("configmgr_site_system_server", "this", "local.server_keys",
			"site = local.sites["+ofServer+".site.site_code]\n"+arguments(s.Server, ofServer)),
		"roles.tf":     resource("configmgr_role_assignment", "this", "local.role_assignment_keys", role(s)),
		"hierarchy.tf": hierarchy(s),
	}
	formatted := map[string][]byte{}
	for name, text := range files {
		formatted[name] = hclwrite.Format([]byte(header + strings.TrimRight(text, "\n") + "\n"))
	}
	return formatted
}

func resource(kind, name, over, body string) string {
	return fmt.Sprintf("resource %q %q {\nfor_each = %s\n\n%s}\n\n", kind, name, over, body)
}

func site(s *designfile.Schema, name, about, over, parent string) string {
	own := &designfile.Object{Attributes: maps.Clone(s.Site.Attributes)}
	delete(own.Attributes, "parent")
	return "# " + about + "\n" + resource("configmgr_site", name, over,
		"site_code = "+ofSite+".site_code\nparent = "+parent+"\n"+arguments(own, ofSite))
}

// role returns the arguments of a role assignment with the settings of every role.
func role(s *designfile.Schema) string {
	all := &designfile.Object{Attributes: maps.Clone(s.Assignment.Attributes)}
	for name, settings := range s.Roles {
		all.Attributes[name] = &designfile.Attribute{Kind: designfile.Nested, Block: true, Object: settings}
	}
	return "server = local.servers[regex(\"^(.*)/\", each.key)[0]]\nrole = " + ofAssignment + ".role\n" + arguments(all, ofAssignment)
}

func hierarchy(s *designfile.Schema) string {
	return "# What no site, server or role can see alone. With report_at = \"hierarchy\" in the provider block, all findings are here.\n" +
		"resource \"configmgr_hierarchy\" \"this\" {\nsites = local.sites\nsite_system_servers = local.servers\nrole_assignments = " +
		"configmgr_role_assignment.this\nrequired_roles = var.required_roles\n\n" +
		arguments(s.Hierarchy, "local.topology") + "}\n"
}

// arguments passes on the arguments of an object of a topology: attributes first, then
// blocks.
func arguments(o *designfile.Object, from string) string {
	var attributes, blocks strings.Builder
	for _, name := range slices.Sorted(maps.Keys(o.Attributes)) {
		if !o.Attributes[name].Block {
			fmt.Fprintf(&attributes, "%s = %s.%s\n", name, from, name)
			continue
		}
		fmt.Fprintf(&blocks, "\ndynamic %q {\nfor_each = %s.%s[*]\ncontent {\n%s}\n}\n", name, from, name, arguments(o.Attributes[name].Object, name+".value"))
	}
	return attributes.String() + blocks.String()
}
