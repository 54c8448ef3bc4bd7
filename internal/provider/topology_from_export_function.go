package provider

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
)

var _ function.Function = (*topologyFromExportFunction)(nil)

// topologyFromExportFunction reads what runs.
type topologyFromExportFunction struct{}

func newTopologyFromExportFunction() function.Function { return &topologyFromExportFunction{} }

// noteType is the type of one note.
var noteType = types.ObjectType{AttrTypes: stringsOf("kind", "row", "message")}

func (f *topologyFromExportFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "topology_from_export"
}

func (f *topologyFromExportFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Read the topology of a running hierarchy from an export",
		MarkdownDescription: "Reads an export of a running hierarchy and returns an object with `topology`, the argument of `check_topology` and " +
			"`topology_drift`, and `notes`. " +
			"The sites of the topology have their codes as keys, the servers `PS1/mp01.contoso.com`, the role assignments " +
			"`PS1/mp01.contoso.com/management_point`; everything is `installed`. " +
			"An element lists under `unknown` what the export cannot know of it, so that no rule takes that for the default of the product; a map that may lack " +
			"elements is listed under `unknown` of the topology. An attribute without a value is left out. " +
			"A note is about something that was read and is not in the topology, or not as it was read: an object with `kind` (" + noteKindsText() + "), `row`, such as " +
			"`SMS_SCI_SysResUse[12]` or empty, and `message`. " +
			"A file with a password, a certificate or a key in it is refused.",
		Parameters: []function.Parameter{exportParameter(), exportOptionsParameter("")},
		Return:     function.DynamicReturn{},
	}
}

// noteKindsText lists the kinds of notes with what they mean.
func noteKindsText() string {
	var kinds []string
	for _, kind := range adopt.NoteKinds() {
		kinds = append(kinds, "`"+kind.Key+"`: "+kind.About)
	}
	return strings.Join(kinds, "; ")
}

func exportParameter() function.Parameter {
	return function.StringParameter{
		Name: "text",
		MarkdownDescription: "The text of the export: the file that the script of `export_script` writes; answers of the AdminService to `SMS_Site`, " +
			"`SMS_SCI_SiteDefinition`, `SMS_SCI_SysResUse` and the other classes of that script, one after the other or in one object by the names of the " +
			"classes; " +
			"the firewall definition that `New-ConfigMgrFirewallRuleDefinition.ps1` of jonasatgit writes; or a graph of ConfigManBearPig. Pass " +
			"`file(\"contoso.json\")`, or `filebase64(\"contoso.json\")` for a file that is UTF-16 or begins with a byte order mark.",
	}
}

func exportOptionsParameter(more string) function.Parameter {
	return function.DynamicParameter{
		Name:                "options",
		MarkdownDescription: "An object with any of `top_level_site_code`, which chooses one hierarchy where the export holds several" + more + "; `{}` for none.",
		AllowNullValue:      true,
	}
}

// exportOptionsInput are the options as a user writes them.
type exportOptionsInput struct {
	TopLevelSiteCode model.Value[string] `attr:"top_level_site_code"`
}

func (f *topologyFromExportFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	var options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &text, &options); resp.Error != nil {
		return
	}
	input := &exportOptionsInput{}
	if problems := optionsTree(ctx, options, input); len(problems) > 0 {
		resp.Error = argumentError(1, "The options are not valid. ", problems)
		return
	}
	top, _ := input.TopLevelSiteCode.Get()
	read, err := adopt.Read(text, adopt.Options{TopLevelSiteCode: top})
	if err != nil {
		resp.Error = argumentError(0, "The export cannot be read. ", []string{err.Error()})
		return
	}
	topology, err := plainValue(adopt.Tree(read.Hierarchy))
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	result := types.ObjectValueMust(
		map[string]attr.Type{"topology": topology.Type(ctx), "notes": types.ListType{ElemType: noteType}},
		map[string]attr.Value{"topology": topology, "notes": noteList(read.Notes)},
	)
	resp.Error = resp.Result.Set(ctx, types.DynamicValue(result))
}

// optionsTree decodes an object of options; none is an empty one.
func optionsTree(ctx context.Context, options types.Dynamic, input any) []string {
	if options.IsNull() || options.IsUnderlyingValueNull() {
		return nil
	}
	_, problems := argumentTree(ctx, options, input, nil)
	return problems
}

func noteList(notes []adopt.Note) attr.Value {
	values := make([]attr.Value, len(notes))
	for i, n := range notes {
		values[i] = types.ObjectValueMust(noteType.AttrTypes, map[string]attr.Value{
			"kind": types.StringValue(n.Kind), "row": types.StringValue(n.Row), "message": types.StringValue(n.Message),
		})
	}
	return types.ListValueMust(noteType, values)
}

// plainValue turns a tree without unknown values into a value whose type follows from it:
// objects and tuples, as an expression in a configuration has them.
func plainValue(node any) (attr.Value, error) {
	switch node := node.(type) {
	case nil:
		return types.DynamicNull(), nil
	case string:
		return types.StringValue(node), nil
	case bool:
		return types.BoolValue(node), nil
	case int64:
		return types.NumberValue(new(big.Float).SetInt64(node)), nil
	case []any:
		kinds, values := make([]attr.Type, len(node)), make([]attr.Value, len(node))
		for i, element := range node {
			v, err := plainValue(element)
			if err != nil {
				return nil, err
			}
			kinds[i], values[i] = v.Type(context.Background()), v
		}
		tuple, diags := types.TupleValue(kinds, values)
		if diags.HasError() {
			return nil, fmt.Errorf("%v", diags)
		}
		return tuple, nil
	case map[string]any:
		kinds, values := make(map[string]attr.Type, len(node)), make(map[string]attr.Value, len(node))
		for name, element := range node {
			v, err := plainValue(element)
			if err != nil {
				return nil, err
			}
			kinds[name], values[name] = v.Type(context.Background()), v
		}
		return types.ObjectValueMust(kinds, values), nil
	default:
		return nil, fmt.Errorf("a value of type %T is not expected", node)
	}
}
