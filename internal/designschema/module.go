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

// module returns the generated files of the module by name. A block cannot be passed on
// as a whole, so that each argument of each block has a line.
func module(s *designfile.Schema) map[string][]byte {
	files := map[string]string{
		"sites.tf": site(s, "top_level", "Sites without a parent, and those whose parent is designed elsewhere.", "local.top_level_sites", "each.value.parent") +
			site(s, "child_primary", "Primary sites below one of them.", "local.child_primary_sites", "try(local.above_primary_sites[each.value.parent.site_code], "+
				"each.value.parent)") +
			site(s, "secondary", "Secondary sites.", "local.secondary_sites", "try(local.above_secondary_sites[each.value.parent.site_code], each.value.parent)"),
		"servers.tf": resource("configmgr_site_system_server", "this", "local.topology.site_system_servers",
			"site = local.sites[each.value.site.site_code]\n"+arguments(s.Server, "each.value")),
		"roles.tf":     resource("configmgr_role_assignment", "this", "local.topology.role_assignments", role(s)),
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
		"site_code = each.value.site_code\nparent = "+parent+"\n"+arguments(own, "each.value"))
}

// role returns the arguments of a role assignment with the settings of every role.
func role(s *designfile.Schema) string {
	all := &designfile.Object{Attributes: maps.Clone(s.Assignment.Attributes)}
	for name, settings := range s.Roles {
		all.Attributes[name] = &designfile.Attribute{Kind: designfile.Nested, Block: true, Object: settings}
	}
	return "server = local.servers[regex(\"^(.*)/\", each.key)[0]]\nrole = each.value.role\n" + arguments(all, "each.value")
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
