package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
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

// orDefault returns the policy of a provider that may not be configured: in the
// validate walk it is not, and nothing is judged.
func (p *policy) orDefault() *policy {
	if p == nil {
		return &policy{}
	}
	return p
}

// planAnswer is the answer to a plan of a declaration.
type planAnswer struct {
	computed map[string]tftypes.Value
	replaced []path.Path
	diags    diag.Diagnostics
	// undecodable says that the configuration or the state is not of the schema.
	undecodable bool
}

// plan computes every computed attribute and judges the design. It takes the
// configuration, not the proposed state, in which a computed attribute may be unknown.
func (d *declaration[T]) plan(p *policy, config, prior map[string]any) planAnswer {
	var answer planAnswer
	object := decodeTree[T](config, &answer.diags)
	var before *T
	if prior != nil {
		before = decodeTree[T](prior, &answer.diags)
	}
	if answer.diags.HasError() {
		answer.undecodable = true
		return answer
	}
	if d.validate != nil {
		d.validate(object, before, &answer.diags)
	}
	answer.computed = settled(config, d.compute(p, object, before))
	if before != nil && d.replaced != nil {
		for _, at := range d.replaced(object, before) {
			answer.replaced = append(answer.replaced, toPath(at))
		}
	}
	if answer.diags.HasError() || p.options.ReportAt == rule.ReportAtHierarchy && !d.whole {
		return answer
	}
	topology := d.topology(p, object)
	if before != nil {
		topology.Prior = d.topology(p, before)
	}
	appendReport(&answer.diags, rules.Catalogue().Evaluate(topology, p.options))
	return answer
}

func (d *declaration[T]) unreadable(config map[string]any) []model.DecodeError {
	return model.Decode(new(T), config)
}

// ModifyPlan sets every computed attribute and judges the design.
func (d *declaration[T]) ModifyPlan(_ context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return // to be destroyed
	}
	config, prior := toObjectTree(req.Config.Raw, &resp.Diagnostics), toObjectTree(req.State.Raw, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	answer := d.plan(d.policy.orDefault(), config, prior)
	resp.Diagnostics.Append(answer.diags...)
	if answer.undecodable {
		return
	}
	raw, err := withAttributes(req.Plan.Raw, answer.computed)
	if err != nil {
		resp.Diagnostics.AddError("Unexpected plan", "This is a bug in the provider, please report it: "+err.Error())
		return
	}
	resp.Plan.Raw = raw
	resp.RequiresReplace = append(resp.RequiresReplace, answer.replaced...)
}

// record returns the computed attributes of an applied change: with those that could
// not be computed before their inputs were known.
func (d *declaration[T]) record(p *policy, config, prior map[string]any) (map[string]tftypes.Value, diag.Diagnostics) {
	var diags diag.Diagnostics
	object := decodeTree[T](config, &diags)
	var before *T
	if prior != nil {
		before = decodeTree[T](prior, &diags)
	}
	return settled(config, d.compute(p, object, before)), diags
}

func (d *declaration[T]) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = d.applied(req.Config.Raw, req.Plan.Raw, tftypes.Value{}, &resp.Diagnostics)
}

func (d *declaration[T]) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = d.applied(req.Config.Raw, req.Plan.Raw, req.State.Raw, &resp.Diagnostics)
}

// applied returns the new state of an applied change.
func (d *declaration[T]) applied(config, plan, state tftypes.Value, diags *diag.Diagnostics) tftypes.Value {
	computed, problems := d.record(d.policy.orDefault(), toObjectTree(config, diags), toObjectTree(state, diags))
	diags.Append(problems...)
	raw, err := withAttributes(plan, computed)
	if err != nil {
		diags.AddError("Unexpected plan", "This is a bug in the provider, please report it: "+err.Error())
	}
	return raw
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
