package provider

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

var _ function.Function = (*setupScriptFunction)(nil)

// setupScriptFunction writes the script with which Setup installs a site unattended.
type setupScriptFunction struct{}

func newSetupScriptFunction() function.Function { return &setupScriptFunction{} }

func (f *setupScriptFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "setup_script"
}

func (f *setupScriptFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Write the script for an unattended setup of a site",
		MarkdownDescription: "Writes the `.ini` file that `setup.exe /SCRIPT` reads, for a central administration site, a stand-alone or a child primary site, " +
			"and for the central administration site that expands an installed primary site. " +
			"Secondary sites and passive site servers are not installed by Setup: the error names the cmdlet. " +
			"What neither the design nor the options say stays a placeholder, the name of the key in angle brackets such as `ProductID=<ProductID>`, to be filled " +
			"in before Setup runs. No product key is accepted, because Terraform would record it in state.",
		Parameters: []function.Parameter{
			topologyParameter(),
			function.StringParameter{
				Name:                "site_code",
				MarkdownDescription: "The code of the site to install.",
			},
			function.DynamicParameter{
				Name: "options",
				MarkdownDescription: "An object with any of `install_directory` (for sites that declare none), `prerequisite_path` (the local folder of the " +
					"prerequisite files), `prerequisites_downloaded` (whether they are there already), `admin_console` (whether to install the console), " +
					"`mobile_device_language`, `server_languages` (codes of language packs: " + strings.Join(render.SetupLanguages, ", ") + "), `software_assurance` (whether there " +
					"is an active agreement), `software_assurance_expiration` (YYYY-MM-DD), " +
					"`use_pki_client_certificates` (for sites that do not declare it) and `evaluation` (to install without a product key); `{}` for none, because " +
					"OpenTofu leaves the result of a call with `null` open.",
				AllowNullValue: true,
			},
		},
		Return: function.StringReturn{},
	}
}

// setupOptionAttributes hold the validators of the options.
func setupOptionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"install_directory":             schema.StringAttribute{Validators: []validator.String{localDirectory()}},
		"prerequisite_path":             schema.StringAttribute{Validators: []validator.String{localDirectory()}},
		"software_assurance_expiration": schema.StringAttribute{Validators: []validator.String{dateValidator{}}},
	}
}

func (f *setupScriptFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument, options types.Dynamic
	var siteCode string
	if resp.Error = req.Arguments.Get(ctx, &argument, &siteCode, &options); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, argument) || !isWhollyKnown(ctx, options) {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown())
		return
	}
	h, funcErr := designArgument(ctx, argument, notRendered)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	chosen, funcErr := setupOptions(ctx, options)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	script, err := render.SetupScript(h, siteCode, chosen)
	if err != nil {
		resp.Error = renderingError(err)
		return
	}
	resp.Error = resp.Result.Set(ctx, script)
}

// setupOptions decodes the options, or says what is wrong with them.
func setupOptions(ctx context.Context, argument types.Dynamic) (*render.SetupOptions, *function.FuncError) {
	options := &render.SetupOptions{}
	if argument.IsNull() || argument.IsUnderlyingValueNull() {
		return options, nil
	}
	tree, problems := argumentTree(ctx, argument, options, setupOptionAttributes())
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		folded := strings.ToLower(strings.ReplaceAll(name, "_", ""))
		if strings.Contains(folded, "product") || strings.Contains(folded, "password") {
			problems = []string{name + ": No product key or password is accepted, because Terraform would record it in state. The script has the placeholder " +
				"<ProductID> instead: fill it in before Setup runs, or set evaluation = true."}
			break
		}
	}
	if len(problems) > 0 {
		return nil, argumentError(2, "The options are not valid. ", problems)
	}
	return options, nil
}
