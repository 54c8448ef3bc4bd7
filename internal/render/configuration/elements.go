package configuration

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// attributesOf lists the attributes of a struct of the model in its own order, which is
// that of the documentation.
func attributesOf(object any) []string {
	var names []string
	t := reflect.TypeOf(object)
	for i := range t.NumField() {
		if name, ok := t.Field(i).Tag.Lookup("attr"); ok {
			names = append(names, name)
		}
	}
	return names
}

// ordered lists the names of a tree in the order of a struct.
func ordered(tree map[string]any, order []string) []string {
	var names []string
	for _, name := range order {
		if _, ok := tree[name]; ok {
			names = append(names, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// What is listed in unknown of a resource; other attributes cannot be, because computed
// ones follow from them.
var listable = map[string]bool{}

func init() {
	for _, name := range []string{
		"passive_site_server", "sms_providers", "content_library_path", "branch", "database", "database.server", "database.instance", "database.name", "database.port",
		"database.service_broker_port", "database.availability_group", "database.failover_cluster", "client_ports", "client_ports.http", "client_ports.https", "client_ports.notification",
		"internet_fqdn", "proxy", "installation_account",
		"management_point.database_replica", "distribution_point.pull_sources", "distribution_point.pxe", "distribution_point.multicast",
		"sites", "site_system_servers", "role_assignments", "cloud_management_gateways",
	} {
		listable[name] = true
	}
}

// unknownOf splits the list of a tree into what a resource can list and what it cannot.
func unknownOf(tree map[string]any) (names []any, rest []string) {
	all, _ := tree["unknown"].([]any)
	for _, name := range all {
		if text := name.(string); listable[text] {
			names = append(names, text)
		} else {
			rest = append(rest, text)
		}
	}
	return names, rest
}

// notListed says which attributes are not known and cannot be listed; it is empty for none.
func notListed(rest []string) string {
	if len(rest) == 0 {
		return ""
	}
	return "Not known from the export, and to be given where it matters: " + strings.Join(rest, ", ") + "."
}

// setUnknown writes the list, with a comment about what it cannot hold.
func setUnknown(body *hclwrite.Body, tree map[string]any) {
	names, rest := unknownOf(tree)
	if text := notListed(rest); text != "" {
		comment(body, text)
	}
	if len(names) > 0 {
		set(body, "unknown", value(names))
	}
}

var (
	siteOrder     = attributesOf(model.Site{})
	databaseOrder = attributesOf(model.Database{})
	serverOrder   = attributesOf(model.Server{})
)

func (w *writer) site(s *site) {
	body := w.block("resource", "configmgr_site", s.name)
	tree := withoutDefaults(s)
	blocks := map[string]map[string]any{}
	for _, name := range ordered(tree, siteOrder) {
		switch node := tree[name].(type) {
		case map[string]any:
			if name == "parent" {
				set(body, name, w.parent(node))
			} else {
				blocks[name] = node
			}
		default:
			if name != "unknown" && name != "installed" {
				set(body, name, value(node))
			}
		}
	}
	set(body, "installed", "true")
	setUnknown(body, tree)
	for _, name := range ordered(asAny(blocks), siteOrder) {
		writeBlock(body, name, blocks[name], databaseOrder, nil)
	}
	w.imports = append(w.imports, imported{"configmgr_site." + s.name, s.code})
}

func asAny(blocks map[string]map[string]any) map[string]any {
	all := make(map[string]any, len(blocks))
	for name, block := range blocks {
		all[name] = block
	}
	return all
}

// parent refers to a site of the configuration, or names one that is managed elsewhere.
func (w *writer) parent(node map[string]any) string {
	code, _ := node["site_code"].(string)
	if s := w.byCode[code]; s != nil {
		return "configmgr_site." + s.name
	}
	return value(node)
}

// withoutDefaults leaves out what is as without it.
func withoutDefaults(s *site) map[string]any {
	tree := maps.Clone(s.tree)
	server, _ := tree["site_server"].(string)
	if providers, ok := tree["sms_providers"].([]any); ok && len(providers) == 1 && providers[0] == any(server) {
		delete(tree, "sms_providers")
	}
	drop := func(block string, defaults map[string]any) {
		node, ok := tree[block].(map[string]any)
		if !ok {
			return
		}
		node = maps.Clone(node)
		for name, def := range defaults {
			if text, ok := node[name].(string); ok && strings.EqualFold(text, fmt.Sprint(def)) || node[name] == def {
				delete(node, name)
			}
		}
		if len(node) == 0 {
			delete(tree, block)
		} else {
			tree[block] = node
		}
	}
	drop("database", map[string]any{
		"server": server, "name": "CM_" + s.code, "port": int64(model.DefaultSQLPort), "service_broker_port": int64(model.DefaultServiceBrokerPort),
	})
	drop("client_ports", map[string]any{
		"http": int64(model.DefaultHTTPPort), "https": int64(model.DefaultHTTPSPort), "notification": int64(model.DefaultNotificationPort),
	})
	return tree
}

// writeBlock writes a settings block. special writes an attribute in a way of its own, and
// reports whether it did.
func writeBlock(body *hclwrite.Body, name string, tree map[string]any, order []string, special func(*hclwrite.Body, string, any) bool) {
	body.AppendNewline()
	inner := body.AppendNewBlock(name, nil).Body()
	var nested []string
	for _, attribute := range ordered(tree, order) {
		node, isBlock := tree[attribute].(map[string]any)
		switch {
		case special != nil && special(inner, attribute, tree[attribute]):
		case isBlock && attribute != "pull_sources":
			nested = append(nested, attribute)
			_ = node
		default:
			set(inner, attribute, value(tree[attribute]))
		}
	}
	for _, block := range nested {
		writeBlock(inner, block, tree[block].(map[string]any), nil, special)
	}
}
