package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// The values that automation reads.

// stringsOf are the attribute types of an object of strings.
func stringsOf(names ...string) map[string]attr.Type {
	all := make(map[string]attr.Type, len(names))
	for _, name := range names {
		all[name] = types.StringType
	}
	return all
}

var (
	mapOfStrings  = types.MapType{ElemType: types.StringType}
	listOfStrings = types.ListType{ElemType: types.StringType}

	portType = types.ObjectType{AttrTypes: stringsOf("kind", "protocol", "port", "peer", "purpose", "endpoint")}
	dscType  = types.ObjectType{AttrTypes: map[string]attr.Type{"resource": types.StringType, "properties": mapOfStrings}}
	stepType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"id": types.StringType, "phase": types.StringType, "action": types.StringType, "site_code": types.StringType, "server": types.StringType,
		"role": types.StringType, "command": types.StringType, "requires": listOfStrings,
	}}
	serverType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"site_codes": listOfStrings, "roles": listOfStrings, "windows_features": listOfStrings, "local_administrators": listOfStrings,
		"inbound_ports": types.ListType{ElemType: portType}, "outbound_ports": types.ListType{ElemType: portType},
		"certificates":  types.ListType{ElemType: types.ObjectType{AttrTypes: stringsOf("kind", "purpose")}},
		"prerequisites": types.ListType{ElemType: types.ObjectType{AttrTypes: stringsOf("name", "version", "reference")}},
		"accounts":      types.ListType{ElemType: types.ObjectType{AttrTypes: stringsOf("account", "use")}},
		"sizing":        sizingType, "wsus_command": types.StringType,
	}}
	sizingType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"cores": types.Int64Type, "memory_gb": types.Int64Type, "disk_gb": types.Int64Type, "sql_memory_percent": types.Int64Type, "references": listOfStrings,
	}}
	installedRoleType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"site_code": types.StringType, "server": types.StringType, "role": types.StringType,
		"cmdlet": types.StringType, "parameters": mapOfStrings, "command": types.StringType, "dsc": dscType,
		"windows_features": listOfStrings, "inbound_ports": types.ListType{ElemType: portType},
	}}
	installedSiteType = types.ObjectType{AttrTypes: map[string]attr.Type{"action": types.StringType, "keys": mapOfStrings}}
	installationType  = map[string]attr.Type{
		"steps":    types.ListType{ElemType: stepType},
		"refusals": types.ListType{ElemType: types.StringType},
		"servers":  types.MapType{ElemType: serverType},
		"roles":    types.MapType{ElemType: installedRoleType},
		"sites":    types.MapType{ElemType: installedSiteType},
	}
)

// Types of the protocol, made once.
var (
	rawMap        = tftypes.Map{ElementType: tftypes.String}
	unknownString = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
)

func text(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

func unknown(t tftypes.Type) tftypes.Value { return tftypes.NewValue(t, tftypes.UnknownValue) }

// commandText is the line of a command, null where there is none.
func commandText(c *install.Command) tftypes.Value {
	switch {
	case c == nil:
		return tftypes.NewValue(tftypes.String, nil)
	case !c.Known():
		return unknownString
	default:
		return text(c.Line())
	}
}
