package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render/configuration"
)

var _ function.Function = (*configurationFromExportFunction)(nil)

// configurationFromExportFunction writes the configuration of what runs.
type configurationFromExportFunction struct{}

func newConfigurationFromExportFunction() function.Function {
	return &configurationFromExportFunction{}
}

func (f *configurationFromExportFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "configuration_from_export"
}

func (f *configurationFromExportFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Write the configuration of a running hierarchy from an export",
		MarkdownDescription: "Reads an export as `topology_from_export` does and returns the configuration of the hierarchy as text: a resource for each site, " +
			"maps of servers and roles where settings agree, references in place of names, `installed = true`, and in `unknown` what no export knows. " +
			"The text is formatted, in a stable order, and the same for the same export. What was read and has no place in a configuration is in comments at its top. " +
			"It holds no `terraform` and no `provider` block: write it into a file of a configuration that has them.",
		Parameters: []function.Parameter{
			exportParameter(),
			exportOptionsParameter(", `import_blocks`, which adds an `import` block for each site, server and role assignment when it is true, and `format`, " +
				"which is `hcl`, the default, or `yaml` for a design file in which sites, servers and their roles are listed by their names"),
		},
		Return: function.StringReturn{},
	}
}

// configurationOptionsInput are the options as a user writes them.
type configurationOptionsInput struct {
	TopLevelSiteCode model.Value[string] `attr:"top_level_site_code"`
	ImportBlocks     model.Value[bool]   `attr:"import_blocks"`
	Format           model.Value[string] `attr:"format"`
}

// Formats of a configuration.
const (
	formatHCL  = "hcl"
	formatYAML = "yaml"
)

func (f *configurationFromExportFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	var options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &text, &options); resp.Error != nil {
		return
	}
	input := &configurationOptionsInput{}
	if problems := optionsTree(ctx, options, input); len(problems) > 0 {
		resp.Error = argumentError(1, "The options are not valid. ", problems)
		return
	}
	format := formatHCL
	if text, ok := input.Format.Get(); ok {
		format = text
	}
	imports, _ := input.ImportBlocks.Get()
	switch {
	case format != formatHCL && format != formatYAML:
		resp.Error = argumentError(1, "The options are not valid. ", []string{fmt.Sprintf("format: %q is not a valid value. Valid values: %s.", format, quotedList([]string{formatHCL, formatYAML}))})
		return
	case format == formatYAML && imports:
		resp.Error = argumentError(1, "The options are not valid. ", []string{"import_blocks: A design file has no import blocks. Leave it out, or write " +
			"format = \"hcl\"."})
		return
	}
	if input.TopLevelSiteCode.IsUnknown() || input.ImportBlocks.IsUnknown() || input.Format.IsUnknown() {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown()) // each of them changes the text
		return
	}
	top, _ := input.TopLevelSiteCode.Get()
	read, err := adopt.Read(text, adopt.Options{TopLevelSiteCode: top})
	written := ""
	switch {
	case err != nil:
	case format == formatYAML:
		written, err = configuration.Design(read)
	default:
		written, err = configuration.Write(read, configuration.Options{ImportBlocks: imports})
	}
	if err != nil {
		resp.Error = argumentError(0, "The configuration cannot be written. ", []string{err.Error()})
		return
	}
	resp.Error = resp.Result.Set(ctx, written)
}
