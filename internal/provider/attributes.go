package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Attributes as several schemas have them.

func optionalString(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: validators}
}

func optionalBool(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
}

func optionalNumber(description string, validators ...validator.Int64) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: validators}
}

// optionalCount is a number of things.
func optionalCount(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: []validator.Int64{notNegative{}}}
}

// enumeration is an optional string of a fixed vocabulary.
func enumeration(description string, values []string) schema.StringAttribute {
	return optionalString(description+": "+oneOfText(values)+".", oneOf(values))
}

// acceptedFindingsAttribute is the same for every resource.
func acceptedFindingsAttribute() schema.MapAttribute {
	return schema.MapAttribute{
		MarkdownDescription: "Warnings to let through, with the reason for each by rule id, as in `{ \"COLO-FSP-DEDICATED\" = \"lab server, agreed with " +
			"security\" }`. " +
			"The reason is mandatory. A hierarchy honors what its elements accept. Errors cannot be accepted.",
		ElementType: types.StringType,
		Optional:    true,
		Validators:  []validator.Map{acceptedFindings()},
	}
}

// reportAtAttribute is the same for every element.
func reportAtAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "`hierarchy` where the provider configuration leaves the findings about this resource to its `configmgr_hierarchy`, which reads " +
			"it here; null otherwise.",
		Computed: true,
	}
}
