package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// The outputs that automation reads. They are plain objects and no nested attributes,
// because the framework's cost of a plan grows with each nested attribute.

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

	portType    = types.ObjectType{AttrTypes: stringsOf("protocol", "port", "peer", "purpose")}
	installType = types.ObjectType{AttrTypes: map[string]attr.Type{"cmdlet": types.StringType, "parameters": mapOfStrings, "command": types.StringType}}
	dscType     = types.ObjectType{AttrTypes: map[string]attr.Type{"resource": types.StringType, "properties": mapOfStrings}}
	setupType   = types.ObjectType{AttrTypes: map[string]attr.Type{"action": types.StringType, "keys": mapOfStrings}}
	stepType    = types.ObjectType{AttrTypes: map[string]attr.Type{
		"id": types.StringType, "phase": types.StringType, "action": types.StringType, "site_code": types.StringType, "server": types.StringType,
		"role": types.StringType, "command": types.StringType, "requires": listOfStrings,
	}}
	serverType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"site_codes": listOfStrings, "roles": listOfStrings, "windows_features": listOfStrings, "local_administrators": listOfStrings,
		"inbound_ports": types.ListType{ElemType: portType},
	}}
)

// The same types of the protocol, made once.
var (
	rawStrings    = tftypes.List{ElementType: tftypes.String}
	rawMap        = tftypes.Map{ElementType: tftypes.String}
	rawPort       = rawObject("protocol", tftypes.String, "port", tftypes.String, "peer", tftypes.String, "purpose", tftypes.String)
	rawPorts      = tftypes.List{ElementType: rawPort}
	rawInstall    = rawObject("cmdlet", tftypes.String, "parameters", rawMap, "command", tftypes.String)
	rawDSC        = rawObject("resource", tftypes.String, "properties", rawMap)
	rawSetup      = rawObject("action", tftypes.String, "keys", rawMap)
	rawStep       = rawObject("id", tftypes.String, "phase", tftypes.String, "action", tftypes.String, "site_code", tftypes.String, "server", tftypes.String, "role", tftypes.String, "command", tftypes.String, "requires", rawStrings)
	rawSteps      = tftypes.List{ElementType: rawStep}
	rawServer     = rawObject("site_codes", rawStrings, "roles", rawStrings, "windows_features", rawStrings, "local_administrators", rawStrings, "inbound_ports", rawPorts)
	rawServers    = tftypes.Map{ElementType: rawServer}
	nullString    = tftypes.NewValue(tftypes.String, nil)
	unknownString = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
)

// rawObject is an object type of names and types in turn.
func rawObject(namesAndTypes ...any) tftypes.Object {
	all := make(map[string]tftypes.Type, len(namesAndTypes)/2)
	for i := 0; i < len(namesAndTypes); i += 2 {
		all[namesAndTypes[i].(string)] = namesAndTypes[i+1].(tftypes.Type)
	}
	return tftypes.Object{AttributeTypes: all}
}

func text(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// textOrNull is null for an empty text.
func textOrNull(s string) tftypes.Value {
	if s == "" {
		return nullString
	}
	return text(s)
}

func unknown(t tftypes.Type) tftypes.Value { return tftypes.NewValue(t, tftypes.UnknownValue) }

func stringList(list []string) tftypes.Value {
	values := make([]tftypes.Value, len(list))
	for i, s := range list {
		values[i] = text(s)
	}
	return tftypes.NewValue(rawStrings, values)
}

func portList(ports []install.Port) tftypes.Value {
	values := make([]tftypes.Value, len(ports))
	for i, p := range ports {
		values[i] = tftypes.NewValue(rawPort, map[string]tftypes.Value{
			"protocol": text(p.Protocol), "port": text(p.Range()), "peer": text(p.Peer), "purpose": text(p.Purpose),
		})
	}
	return tftypes.NewValue(rawPorts, values)
}

// parameterMap is unknown as a whole while it is open which parameters there are.
func parameterMap(parameters []install.Parameter, open bool) tftypes.Value {
	if open {
		return unknown(rawMap)
	}
	values := make(map[string]tftypes.Value, len(parameters))
	for _, p := range parameters {
		values[p.Name] = unknownString
		if p.Known() {
			values[p.Name] = text(p.Text())
		}
	}
	return tftypes.NewValue(rawMap, values)
}

func commandText(c *install.Command) tftypes.Value {
	switch {
	case c == nil:
		return nullString
	case !c.Known():
		return unknownString
	default:
		return text(c.Line())
	}
}

// assignmentOutputAttributes describe the outputs of a role assignment.
func assignmentOutputAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"install": schema.ObjectAttribute{
			MarkdownDescription: "The cmdlet of the ConfigurationManager PowerShell module that adds the role: its name (`cmdlet`), its parameters as text (`parameters`), and all of it as one line (`command`). " +
				"No name or setting becomes code in that line. A value that begins with `$`, such as `$ReportingServicesPointAccount`, is a variable to fill in when the automation runs: a secret, or what the design does not say. " +
				"The server has to be a site system server of the site, and a value of a list is separated from the next by a comma. " +
				"Settings that the cmdlet has no parameter for are left to the console: the rate limits, the DHCP port and Connected Cache of a distribution point, and the boundary groups. " +
				"Where the setup of a secondary site brings the role, the cmdlet gives it its settings. Null where there is nothing to run.",
			AttributeTypes: installType.AttrTypes,
			Computed:       true,
		},
		"dsc": schema.ObjectAttribute{
			MarkdownDescription: "The resource of the DSC module ConfigMgrCBDsc for the role: its name (`resource`) and its properties as text (`properties`), written like the parameters in `install`. " +
				"The module has resources of their own for PXE and for the sources of a pull-distribution point. Null where the module has none for the role.",
			AttributeTypes: dscType.AttrTypes,
			Computed:       true,
		},
		"windows_features": schema.ListAttribute{
			MarkdownDescription: "The Windows features that the role needs on the server, as `Install-WindowsFeature` names them, sorted. They are the documented prerequisites and what public automation installs besides; " +
				"web server features of a distribution point with `install_iis = true` are left to the site. Empty on a Windows client, where these names mean nothing.",
			ElementType: types.StringType,
			Computed:    true,
		},
		"inbound_ports": schema.ListAttribute{
			MarkdownDescription: "The ports that a firewall has to let through to the server for the role: `protocol` (`tcp` or `udp`), `port` (a number such as `443`, or a range such as `49152-65535`), `peer` (who connects: the key of a role, `client`, `console` and the like) and `purpose`. " +
				"They follow `client_ports` of the site, the ports of WSUS and those of multicast. Without a `protocol` of the role, those of HTTP and of HTTPS are both listed. The dynamic ports are those that Windows uses unless it is configured otherwise.",
			ElementType: portType,
			Computed:    true,
		},
	}
}

// assignmentOutputs are the values of assignmentOutputAttributes.
func assignmentOutputs(a *model.Assignment) map[string]tftypes.Value {
	role := install.ForAssignment(a)
	outputs := map[string]tftypes.Value{
		"install":          tftypes.NewValue(rawInstall, nil),
		"dsc":              tftypes.NewValue(rawDSC, nil),
		"windows_features": unknown(rawStrings),
		"inbound_ports":    unknown(rawPorts),
	}
	if c := role.Command; c != nil {
		outputs["install"] = tftypes.NewValue(rawInstall, map[string]tftypes.Value{
			"cmdlet": text(c.Cmdlet), "parameters": parameterMap(c.Parameters, c.Open), "command": commandText(c),
		})
	}
	if role.Unknown.Command {
		outputs["install"] = unknown(rawInstall)
	}
	if d := role.DSC; d != nil {
		outputs["dsc"] = tftypes.NewValue(rawDSC, map[string]tftypes.Value{"resource": text(d.Resource), "properties": parameterMap(d.Properties, d.Open)})
	}
	if role.Unknown.DSC {
		outputs["dsc"] = unknown(rawDSC)
	}
	if !role.Unknown.Features {
		outputs["windows_features"] = stringList(role.Features)
	}
	if !role.Unknown.Ports {
		outputs["inbound_ports"] = portList(role.Ports)
	}
	return outputs
}

// setupAttribute describes the output of a site.
func setupAttribute() schema.ObjectAttribute {
	return schema.ObjectAttribute{
		MarkdownDescription: "What an unattended setup of the site needs: its `action` (`InstallCAS` or `InstallPrimarySite`) and the `keys` of the setup script whose values the site says, by their names. " +
			"Product keys, license statements and paths that the design does not name are not among them: they are filled in when Setup runs. Neither is what the rest of the hierarchy says, such as the service connection point and an expansion. " +
			"Null for a secondary site, which Setup does not install from a script: its parent does, with the cmdlet `New-CMSecondarySite`, which `install_steps` of the hierarchy has with its parameters.",
		AttributeTypes: setupType.AttrTypes,
		Computed:       true,
	}
}

func setupOutput(s *model.Site) tftypes.Value {
	action := install.SetupAction(s)
	script, ok := install.SetupOfSite(s)
	switch {
	case action.IsUnknown():
		return unknown(rawSetup)
	case !ok:
		return tftypes.NewValue(rawSetup, nil)
	}
	keys := unknown(rawMap)
	if !script.Open {
		values := map[string]tftypes.Value{}
		for _, section := range script.Sections {
			for _, key := range section.Keys {
				switch {
				case key.Unknown:
					values[key.Name] = unknownString
				case key.Placeholder == nil:
					values[key.Name] = text(key.Value)
				}
			}
		}
		keys = tftypes.NewValue(rawMap, values)
	}
	return tftypes.NewValue(rawSetup, map[string]tftypes.Value{"action": text(script.Action), "keys": keys})
}

// hierarchyOutputAttributes describe the outputs of a hierarchy.
func hierarchyOutputAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"install_steps": schema.ListAttribute{
			MarkdownDescription: "The steps that build the hierarchy, in an order in which they can be done. Each has an `id` that says what it is about, such as `PS1/mp01.contoso.com/management_point`; a `phase` (" + oneOfText(install.Phases()) + "); " +
				"an `action`; the `site_code`, `server` and `role` that it is about; `requires`, the ids of earlier steps; and `command`, a cmdlet on one line as in `install` of a role assignment, or null where no cmdlet does it. " +
				"A step says what has to be there afterwards, so that what runs it looks first whether it is. What is `installed` has no steps, but the SMS Providers and the passive site server of an installed site do: no attribute says whether they are there. " +
				"Where pull-distribution points are each other's only sources, the first one does not wait. Unknown as a whole while a value that it depends on is not known. " + actionsText(),
			ElementType: stepType,
			Computed:    true,
		},
		"server_requirements": schema.MapAttribute{
			MarkdownDescription: "What each computer needs for everything that the hierarchy has on it, by its name: `site_codes`; `roles`, those that a site puts there included; `windows_features`; `inbound_ports`, as for a role assignment; and `local_administrators`, " +
				"the accounts that the site needs in the local group Administrators: the computer accounts of site servers, or the installation account of the server.",
			ElementType: serverType,
			Computed:    true,
		},
	}
}

// actionsText lists the actions of steps with what they mean.
func actionsText() string {
	list := "Actions:"
	for i, a := range install.Actions() {
		if i > 0 {
			list += ";"
		}
		list += " `" + a.Key + "` (" + a.About + ")"
	}
	return list + "."
}

// hierarchyOutputs are the values of hierarchyOutputAttributes.
func hierarchyOutputs(h *model.Hierarchy) map[string]tftypes.Value {
	plan := install.ForHierarchy(h)
	if plan.Unknown {
		return map[string]tftypes.Value{"install_steps": unknown(rawSteps), "server_requirements": unknown(rawServers)}
	}
	steps := make([]tftypes.Value, len(plan.Steps))
	for i, s := range plan.Steps {
		steps[i] = tftypes.NewValue(rawStep, map[string]tftypes.Value{
			"id": text(s.ID), "phase": text(s.Phase), "action": text(s.Action), "site_code": textOrNull(s.SiteCode), "server": textOrNull(s.Server),
			"role": textOrNull(s.Role), "command": commandText(s.Command), "requires": stringList(s.Requires),
		})
	}
	servers := make(map[string]tftypes.Value, len(plan.Servers))
	for _, s := range plan.Servers {
		servers[s.FQDN] = tftypes.NewValue(rawServer, map[string]tftypes.Value{
			"site_codes": stringList(s.SiteCodes), "roles": stringList(s.Roles), "windows_features": stringList(s.Features),
			"local_administrators": stringList(s.LocalAdministrators), "inbound_ports": portList(s.Ports),
		})
	}
	return map[string]tftypes.Value{"install_steps": tftypes.NewValue(rawSteps, steps), "server_requirements": tftypes.NewValue(rawServers, servers)}
}
