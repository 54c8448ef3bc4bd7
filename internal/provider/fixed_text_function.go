package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

var _ function.Function = (*fixedTextFunction)(nil)

// fixedTextFunction returns a text that is the same for every hierarchy.
type fixedTextFunction struct {
	name        string
	summary     string
	description string
	text        string
}

func (f *fixedTextFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = f.name
}

func (f *fixedTextFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{Summary: f.summary, MarkdownDescription: f.description, Return: function.StringReturn{}}
}

func (f *fixedTextFunction) Run(ctx context.Context, _ function.RunRequest, resp *function.RunResponse) {
	resp.Error = resp.Result.Set(ctx, f.text)
}
