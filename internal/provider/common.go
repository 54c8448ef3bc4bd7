package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// declaration is what the four resources share: they record a design in state, and
// all they compute is a pure function of the configuration. T is the model object.
type declaration[T any] struct {
	policy *policy

	// compute returns the computed attributes. prior is the object in state, nil when
	// the resource is created. One function serves plan, create and update, so that
	// what a plan shows is what an apply records.
	compute func(p *policy, planned, prior *T) map[string]tftypes.Value
	// whole says that the resource is a hierarchy, which reports for its elements when
	// the policy wants it to.
	whole bool
	// topology returns what the resource sees, to be judged.
	topology func(p *policy, object *T) *model.Topology
	// replaced lists the attributes whose change needs a new object.
	replaced func(planned, prior *T) []model.Path
	// validate reports what is wrong with a known configuration, or with the change to
	// it, that is no matter of a rule. prior is nil when the resource is created.
	validate func(planned, prior *T, diags *diag.Diagnostics)
}

func (d *declaration[T]) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	if p, ok := req.ProviderData.(*policy); ok {
		d.policy = p
	}
}

// Configure is called without provider data in the validate walk only, where
// nothing is judged.
func (d *declaration[T]) policyOrDefault() *policy {
	if d.policy == nil {
		return &policy{}
	}
	return d.policy
}

// ModifyPlan sets every computed attribute and judges the design.
func (d *declaration[T]) ModifyPlan(_ context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return // to be destroyed
	}
	p := d.policyOrDefault()
	// The configuration, not the plan: in the plan a computed attribute is unknown.
	planned := decode[T](req.Config.Raw, &resp.Diagnostics)
	var prior *T
	if !req.State.Raw.IsNull() {
		prior = decode[T](req.State.Raw, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if d.validate != nil {
		d.validate(planned, prior, &resp.Diagnostics)
	}
	raw, err := withAttributes(req.Plan.Raw, d.compute(p, planned, prior))
	if err != nil {
		resp.Diagnostics.AddError("Unexpected plan", "This is a bug in the provider, please report it: "+err.Error())
		return
	}
	resp.Plan.Raw = raw
	if prior != nil && d.replaced != nil {
		for _, at := range d.replaced(planned, prior) {
			resp.RequiresReplace = append(resp.RequiresReplace, toPath(at))
		}
	}
	if resp.Diagnostics.HasError() || p.options.ReportAt == model.ReportAtHierarchy && !d.whole {
		return
	}
	topology := d.topology(p, planned)
	if prior != nil {
		topology.Prior = d.topology(p, prior)
	}
	appendReport(&resp.Diagnostics, model.Evaluate(topology, p.options))
}

func (d *declaration[T]) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	raw, ok := d.record(req.Config.Raw, req.Plan.Raw, tftypes.Value{}, &resp.Diagnostics)
	if ok {
		resp.State.Raw = raw
	}
}

func (d *declaration[T]) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	raw, ok := d.record(req.Config.Raw, req.Plan.Raw, req.State.Raw, &resp.Diagnostics)
	if ok {
		resp.State.Raw = raw
	}
}

// record returns the new state: the plan with what could not be computed before its
// inputs were known.
func (d *declaration[T]) record(config, plan, state tftypes.Value, diags *diag.Diagnostics) (tftypes.Value, bool) {
	planned := decode[T](config, diags)
	var prior *T
	if !state.IsNull() {
		prior = decode[T](state, diags)
	}
	raw, err := withAttributes(plan, d.compute(d.policyOrDefault(), planned, prior))
	if err != nil {
		diags.AddError("Unexpected plan", "This is a bug in the provider, please report it: "+err.Error())
	}
	return raw, !diags.HasError()
}

// Read leaves the state as it is: the design is what was declared, and the provider
// asks no server.
func (d *declaration[T]) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

// Delete forgets the design. The framework removes the state.
func (d *declaration[T]) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// acceptedFindingsAttribute is the same for every resource.
func acceptedFindingsAttribute() schema.MapAttribute {
	return schema.MapAttribute{
		MarkdownDescription: "Warnings to let through, with the reason for each by rule id, as in `{ \"COLO-FSP-DEDICATED\" = \"lab server, agreed with security\" }`. " +
			"The reason is mandatory. A hierarchy honours what its elements accept. Errors cannot be accepted.",
		ElementType: types.StringType,
		Optional:    true,
		Validators:  []validator.Map{acceptedFindings()},
	}
}

// splitImportID splits an import id into its parts, or reports its shape.
func splitImportID(id, shape, example string, diags *diag.Diagnostics) []string {
	parts := strings.Split(id, "/")
	if len(parts) != strings.Count(shape, "/")+1 || strings.Contains("/"+id+"/", "//") {
		diags.AddError("Invalid import id", fmt.Sprintf("%q is not of the form %s. Import with an id such as %q.", id, shape, example))
		return nil
	}
	return parts
}

// joined joins known parts to an id; it is unknown while a part is.
func joined(parts ...model.Value[string]) model.Value[string] {
	texts := make([]string, len(parts))
	for i, p := range parts {
		text, ok := p.Get()
		if !ok {
			return model.Unknown[string]()
		}
		texts[i] = text
	}
	return model.Known(strings.Join(texts, "/"))
}
