package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

var _ function.Function = (*installationFunction)(nil)

// installationFunction derives what it takes to build a hierarchy.
type installationFunction struct{}

func newInstallationFunction() function.Function { return &installationFunction{} }

func (f *installationFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "installation"
}

func (f *installationFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Derive the steps that build a hierarchy, and what its computers need",
		MarkdownDescription: "Returns an object with five parts.\n\n" +
			"`steps` is a list in an order in which the steps can be done. Each has an `id` that says what it is about, such as " +
			"`PS1/mp01.contoso.com/management_point`; a `phase` (" + oneOfText(install.Phases()) + "); " +
			"an `action`; the `site_code`, `server` and `role` that it is about; `requires`, the ids of earlier steps; and `command`, a cmdlet on one line, or " +
			"null where no cmdlet does it. " +
			"A step says what has to be there afterwards, so that what runs it looks first whether it is. What is `installed` has no steps, but the SMS Providers " +
			"and the passive site server of an installed site do: no attribute says whether they are there. " +
			"Where pull-distribution points are each other's only sources, the first one does not wait. " +
			"With the option `existing`, the steps begin with what runs: they add, change, move and remove, in an order in which nothing is removed before what takes " +
			"its place is there, except where only one may exist or the product asks for it. What removes something has the action `remove`. A site is the same one " +
			"while its type and site server stay, or its site server in passive mode takes over; any other one is removed and set up anew. " + actionsText() + "\n\n" +
			"`refusals` is a list of sentences about what the product refuses of the way from `existing` to the design, so that no step does it: a site that would go " +
			"back to an older version, or that is too old for the update. It is empty without `existing`.\n\n" +
			"`servers` is what each computer needs for everything that the hierarchy has on it, by its name: `site_codes`; `roles`, those that a site puts there " +
			"included; `windows_features`, as `Install-WindowsFeature` names them; " +
			"`certificates` of a public key infrastructure, with `kind` (`web_server` or `client`) and `purpose`; `prerequisites`, programs with the oldest `version` " +
			"that the site takes, of the Windows ADK the newest one it supports, null where no article says; `accounts` that something there uses, with the `use`: the " +
			"key of a role or part, or `site_system` for the installation account; `sizing`: `cores`, `memory_gb`, `disk_gb` and `sql_memory_percent`, the most that " +
			"one part asks for, null where no article gives a number, with the articles in `references` (add to it where several roles share a computer); " +
			"`wsus_command`, the PowerShell line that completes WSUS, null without a software update point, in which `$WsusContentFolder` is filled in at run time; " +
			"`outbound_ports`, connections that leave the hierarchy, and `inbound_ports`: `kind`, `protocol` (`tcp` or `udp`), `port` (a number such as `443`, or a range such as `49152-65535`), `peer` (who connects: the key of a " +
			"role, `client`, `console` and the like), `purpose` and `endpoint`, the name of a service on the internet; and `local_administrators`, " +
			"the accounts that the site needs in the local group Administrators: the computer accounts of site servers, or the installation account of the server.\n\n" +
			"`roles` is what each role assignment needs, by site code, server and role: `site_code`, `server` and `role`; the `cmdlet` that adds the role, its " +
			"`parameters` as text, and all of it as one line (`command`), null where there is nothing to run; " +
			"`dsc`, the resource of the DSC module ConfigMgrCBDsc for the role, with its `properties`, null where the module has none; `windows_features`, empty " +
			"on a Windows client, where these names mean nothing; and `inbound_ports`. " +
			"No name or setting becomes code in a command. A value that begins with `$`, such as `$ReportingServicesPointAccount`, is a variable to fill in when " +
			"the automation runs: a secret, or what the design does not say. A value of a list is separated from the next by a comma. " +
			"Settings that the cmdlet has no parameter for are left to the console: the rate limits, the DHCP port and Connected Cache of a distribution point, " +
			"and the boundary groups. " +
			"Ports follow `client_ports` of the site, the ports of WSUS and those of multicast. Without a `protocol` of the role, those of HTTP and of HTTPS are " +
			"both listed. The dynamic ports are those that Windows uses unless it is configured otherwise.\n\n" +
			"`sites` is what an unattended setup of each site needs, by site code: the `action` (`InstallCAS` or `InstallPrimarySite`) and the `keys` of the " +
			"setup script whose values the design says, by their names. " +
			"Product keys, license statements and paths that the design does not name are not among them: they are filled in when Setup runs. Both are null for a " +
			"secondary site, which Setup does not install from a script: its parent does, with the cmdlet `New-CMSecondarySite`, which `steps` has with its " +
			"parameters.",
		Parameters: []function.Parameter{
			topologyParameter(),
			existingParameter(),
		},
		Return: function.ObjectReturn{AttributeTypes: installationType},
	}
}

func (f *installationFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument, options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &argument, &options); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, argument) || !isWhollyKnown(ctx, options) {
		resp.Error = resp.Result.Set(ctx, types.ObjectUnknown(installationType))
		return
	}
	h, funcErr := designArgument(ctx, argument, "The topology cannot be installed. ")
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	existing, funcErr := onlyExisting(ctx, options)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	resp.Error = resp.Result.Set(ctx, installationOf(h, existing))
}

// installationOf returns what it takes to build a hierarchy whose values are all known,
// or to make it of another one that runs, nil for nothing.
func installationOf(h, existing *model.Hierarchy) types.Object {
	design := install.Read(h)
	if existing != nil {
		design = install.Transition(existing, h)
	}
	plan := design.Plan()
	steps := make([]attr.Value, len(plan.Steps))
	for i, s := range plan.Steps {
		steps[i] = types.ObjectValueMust(stepType.AttrTypes, map[string]attr.Value{
			"id": types.StringValue(s.ID), "phase": types.StringValue(s.Phase), "action": types.StringValue(s.Action), "site_code": textOrNull(s.SiteCode),
			"server": textOrNull(s.Server), "role": textOrNull(s.Role), "command": lineOrNull(s.Command), "requires": stringListValue(s.Requires),
		})
	}
	servers := make(map[string]attr.Value, len(plan.Servers))
	for _, s := range plan.Servers {
		servers[s.FQDN] = types.ObjectValueMust(serverType.AttrTypes, map[string]attr.Value{
			"site_codes": stringListValue(s.SiteCodes), "roles": stringListValue(s.Roles), "windows_features": stringListValue(s.Features),
			"local_administrators": stringListValue(s.LocalAdministrators), "inbound_ports": portListValue(s.Ports), "outbound_ports": portListValue(s.Outbound),
			"certificates": objectList(s.Certificates, func(c install.Certificate) map[string]string {
				return map[string]string{"kind": c.Kind, "purpose": c.Purpose}
			}),
			"prerequisites": objectList(s.Programs, func(p install.Program) map[string]string {
				return map[string]string{"name": p.Name, "version": p.Version, "reference": p.Source.URL()}
			}),
			"accounts": objectList(s.Accounts, func(a install.ServerAccount) map[string]string {
				return map[string]string{"account": a.Account, "use": a.Use}
			}),
			"sizing": sizingValue(s), "wsus_command": textOrNull(s.UpdateSetup),
		})
	}
	refusals := []string{}
	for _, refusal := range design.Refusals() {
		refusals = append(refusals, refusal.Error())
	}
	return types.ObjectValueMust(installationType, map[string]attr.Value{
		"steps":    types.ListValueMust(stepType, steps),
		"refusals": stringListValue(refusals),
		"servers":  types.MapValueMust(serverType, servers),
		"roles":    types.MapValueMust(installedRoleType, installedRoles(h)),
		"sites":    types.MapValueMust(installedSiteType, installedSites(h, design)),
	})
}

// installedRoles returns what the role assignments need, by their ids. Of equal ones,
// which no valid design has, the first stays.
func installedRoles(h *model.Hierarchy) map[string]attr.Value {
	roles := map[string]attr.Value{}
	for _, a := range model.ForHierarchy(h, false).Assignments {
		id, ok := joined(a.ServerKey(), a.Role).Get()
		if _, again := roles[id]; !ok || again {
			continue
		}
		role := install.ForAssignment(a)
		code, _ := a.DeclaredSite().NormalizedCode().Get()
		host, _ := a.DeclaredServer().Host().Get()
		key, _ := a.Role.Get()
		values := map[string]attr.Value{
			"site_code": types.StringValue(code), "server": types.StringValue(host), "role": types.StringValue(key),
			"cmdlet": types.StringNull(), "parameters": types.MapNull(types.StringType), "command": lineOrNull(role.Command), "dsc": types.ObjectNull(dscType.AttrTypes),
			"windows_features": stringListValue(role.Features), "inbound_ports": portListValue(role.Ports),
		}
		if c := role.Command; c != nil {
			values["cmdlet"], values["parameters"] = types.StringValue(c.Cmdlet), parameterMapValue(c.Parameters)
		}
		if d := role.DSC; d != nil {
			values["dsc"] = types.ObjectValueMust(dscType.AttrTypes, map[string]attr.Value{"resource": types.StringValue(d.Resource), "properties": parameterMapValue(d.Properties)})
		}
		roles[id] = types.ObjectValueMust(installedRoleType.AttrTypes, values)
	}
	return roles
}

// installedSites returns what an unattended setup of the sites needs, by their codes.
func installedSites(h *model.Hierarchy, design *install.Design) map[string]attr.Value {
	sites := map[string]attr.Value{}
	for _, s := range model.ForHierarchy(h, false).Sites {
		code, ok := s.NormalizedCode().Get()
		if _, again := sites[code]; !ok || again {
			continue
		}
		values := map[string]attr.Value{"action": types.StringNull(), "keys": types.MapNull(types.StringType)}
		if script, err := design.Setup(code); err == nil {
			keys := map[string]attr.Value{}
			for _, section := range script.Sections {
				for _, key := range section.Keys {
					if key.Placeholder == nil && !key.Unknown {
						keys[key.Name] = types.StringValue(key.Value)
					}
				}
			}
			values["action"], values["keys"] = types.StringValue(script.Action), types.MapValueMust(types.StringType, keys)
		}
		sites[code] = types.ObjectValueMust(installedSiteType.AttrTypes, values)
	}
	return sites
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

// textOrNull is null for an empty text.
func textOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// lineOrNull is the line of a command, null where there is none.
func lineOrNull(c *install.Command) types.String {
	if c == nil {
		return types.StringNull()
	}
	return types.StringValue(c.Line())
}

// objectList is a list of objects of strings, of which an empty one is null.
func objectList[T any](list []T, texts func(T) map[string]string) types.List {
	var names []string
	var zero T
	for name := range texts(zero) {
		names = append(names, name)
	}
	typ := types.ObjectType{AttrTypes: stringsOf(names...)}
	values := make([]attr.Value, len(list))
	for i, element := range list {
		attributes := map[string]attr.Value{}
		for name, text := range texts(element) {
			attributes[name] = textOrNull(text)
		}
		values[i] = types.ObjectValueMust(typ.AttrTypes, attributes)
	}
	return types.ListValueMust(typ, values)
}

// sizingValue is what a computer should have. Null is what no article says.
func sizingValue(s install.Server) types.Object {
	number := func(n int64) types.Int64 {
		if n == 0 {
			return types.Int64Null()
		}
		return types.Int64Value(n)
	}
	return types.ObjectValueMust(sizingType.AttrTypes, map[string]attr.Value{
		"cores": number(s.Sizing.Cores), "memory_gb": number(s.Sizing.MemoryGB), "disk_gb": number(s.Sizing.DiskGB),
		"sql_memory_percent": number(s.Sizing.SQLMemoryPercent), "references": addresses(s.SizingSources),
	})
}

func portListValue(ports []install.Port) types.List {
	values := make([]attr.Value, len(ports))
	for i, p := range ports {
		values[i] = types.ObjectValueMust(portType.AttrTypes, map[string]attr.Value{
			"kind": types.StringValue(p.Kind), "endpoint": textOrNull(p.Endpoint), "protocol": types.StringValue(p.Protocol), "port": types.StringValue(p.Range()), "peer": types.StringValue(p.Peer), "purpose": types.StringValue(p.Purpose),
		})
	}
	return types.ListValueMust(portType, values)
}

func parameterMapValue(parameters []install.Parameter) types.Map {
	values := make(map[string]attr.Value, len(parameters))
	for _, p := range parameters {
		values[p.Name] = types.StringValue(p.Text())
	}
	return types.MapValueMust(types.StringType, values)
}
