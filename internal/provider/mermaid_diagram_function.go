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
			"Where a site has more than six computers, those of a site that do the same share a node, which lists their names. Beyond eight sites, each site is one " +
			"node, and sites of one parent stand in columns. Each detail is left out as well where Mermaid would not draw it with its default settings.",
		render: render.MermaidDiagram,
	}
}
