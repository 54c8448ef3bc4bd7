package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newMermaidDiagramFunction() function.Function {
	return &renderedTextFunction{
		name:    "mermaid_diagram",
		summary: "Draw a hierarchy as a Mermaid flowchart",
		description: "Writes a Mermaid flowchart, which GitHub, GitLab, Azure DevOps and many wikis show as a picture: a group for each site, a node for each " +
			"computer with its roles, and links from parent to child, from source to pull-distribution point, and between a site and its cloud management " +
			"gateway. " +
			"Beyond 60 computers, or where Mermaid would not draw it with its default settings otherwise, the computers of a site that do the same share a node, " +
			"which lists their names.",
		render: render.MermaidDiagram,
	}
}
