package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

// declaration is what the four resources share: they record a design in state, and
// all they compute is a pure function of the configuration. T is the model object.
type declaration[T any] struct {
	policy *policy

	// prepare fills in what a configuration leaves out because its changes are ignored:
	// a write-only reference is null then. prior is the object in state, nil when the
	// resource is created.
	prepare func(object, prior *T)
	// compute returns the computed attributes of a prepared object. One function serves
	// plan, create and update, so that what a plan shows is what an apply records.
	compute func(p *policy, object, prior *T, t *model.Topology) map[string]tftypes.Value
	// whole says that the resource is a hierarchy, which reports for its elements when
	// the policy wants it to.
	whole bool
	// topology returns what the resource sees, to be judged.
	topology func(p *policy, object *T) *model.Topology
	// before returns what the resource saw, nil when the state does not say it. Without
	// the function it is the topology of the object in state.
	before func(p *policy, prior *T) *model.Topology
	// replaced lists the attributes whose change needs a new object.
	replaced func(object, prior *T) []model.Path
	// validate reports what is wrong with a known configuration, or with the change to
	// it, and is not a rule.
	validate func(object, prior *T, t *model.Topology, diags *diag.Diagnostics)
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

// plan computes every computed attribute and judges the design. It takes the
// configuration, not the proposed state, in which a computed attribute may be unknown.
// It says no to a configuration or a state that is not of the schema.
func (d *declaration[T]) plan(ctx context.Context, p *policy, config, prior map[string]any) (fastplan.Answer, bool) {
	answer, ok := d.judge(ctx, p, config, prior)
	answer.Diags = atReferences(answer.Diags)
	return answer, ok
}

func (d *declaration[T]) judge(ctx context.Context, p *policy, config, prior map[string]any) (fastplan.Answer, bool) {
	var answer fastplan.Answer
	object := decodeTree[T](config, &answer.Diags)
	var before *T
	if prior != nil {
		before = decodeTree[T](prior, &answer.Diags)
	}
	if answer.Diags.HasError() {
		return answer, false
	}
	if d.prepare != nil {
		d.prepare(object, before)
	}
	topology := d.topology(p, object)
	if d.validate != nil {
		d.validate(object, before, topology, &answer.Diags)
	}
	answer.Computed = settled(p, config, d.computed(p, object, before, topology))
	if before != nil && d.replaced != nil {
		for _, at := range d.replaced(object, before) {
			answer.Replaced = append(answer.Replaced, toPath(at))
		}
	}
	if answer.Diags.HasError() {
		return answer, true
	}
	if before != nil {
		topology.Prior = d.topologyBefore(p, before)
	}
	options := p.options
	options.Stopped = func() bool { return ctx.Err() != nil }
	report := &rule.Report{}
	switch {
	case d.whole:
		report = grouped(rules.Catalog().Evaluate(topology, options))
	case p.options.ReportAt != rule.ReportAtHierarchy:
		report = rules.Catalog().Evaluate(topology, options)
	case topology.Prior != nil:
		// The hierarchy reports the rest, but does not know where else the element was.
		report = rules.Catalog().Transitions(topology, options)
	}
	if report.Stopped {
		answer.Diags = append(answer.Diags, fastplan.Canceled("judging a design"))
	}
	appendReport(&answer.Diags, report)
	return answer, true
}

// computed returns all computed attributes.
func (d *declaration[T]) computed(p *policy, object, prior *T, t *model.Topology) map[string]tftypes.Value {
	all := d.compute(p, object, prior, t)
	if !d.whole {
		all["report_at"] = tftypes.NewValue(tftypes.String, nil)
		if p.options.ReportAt == rule.ReportAtHierarchy {
			all["report_at"] = text(string(rule.ReportAtHierarchy))
		}
	}
	return all
}

func (d *declaration[T]) topologyBefore(p *policy, prior *T) *model.Topology {
	if d.before != nil {
		return d.before(p, prior)
	}
	return d.topology(p, prior)
}

// refused reports, before the provider is configured, what no configuration of it lets
// through. In the plan the provider is configured, and all findings come together.
func (d *declaration[T]) refused(p *policy, config map[string]any) diag.Diagnostics {
	var diags diag.Diagnostics
	if p != nil || d.whole {
		return nil
	}
	object := new(T)
	if len(model.Decode(object, config)) > 0 {
		return nil
	}
	if d.prepare != nil {
		d.prepare(object, nil)
	}
	appendReport(&diags, rules.Catalog().Unavoidable(d.topology(p.orDefault(), object)))
	return atReferences(diags)
}

// ValidateConfig reports what is refused whatever the provider configuration says.
func (d *declaration[T]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var diags diag.Diagnostics
	config := toObjectTree(req.Config.Raw, &diags)
	declared, _ := req.Config.Schema.(schema.Schema)
	// A malformed value is reported alone.
	if config != nil && len(fastplan.CheckValues(ctx, declared.Attributes, declared.Blocks, config).Diags) == 0 {
		resp.Diagnostics.Append(d.refused(d.policy, config)...)
	}
}

// unreadable says what cannot be read, the names in the list unknown aside: of those the
// validator of the attribute speaks.
func (d *declaration[T]) unreadable(config map[string]any) []model.DecodeError {
	return slices.DeleteFunc(model.Decode(new(T), config), func(e model.DecodeError) bool {
		return slices.ContainsFunc(e.Path.Steps(), func(s model.Step) bool { return s.Attribute == unknownName })
	})
}

// ModifyPlan sets every computed attribute and judges the design.
func (d *declaration[T]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return // to be destroyed
	}
	config, prior := toObjectTree(req.Config.Raw, &resp.Diagnostics), toObjectTree(req.State.Raw, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	answer, ok := d.plan(ctx, d.policy.orDefault(), config, prior)
	resp.Diagnostics.Append(answer.Diags...)
	if !ok {
		return
	}
	raw, err := withAttributes(req.Plan.Raw, answer.Computed)
	if err != nil {
		resp.Diagnostics.AddError("Unexpected plan", "This is a bug in the provider, please report it: "+err.Error())
		return
	}
	resp.Plan.Raw = raw
	resp.RequiresReplace = append(resp.RequiresReplace, answer.Replaced...)
}

// record returns the attributes of an applied change that the plan did not know: what
// could not be computed before its inputs were known. What was planned stays: where
// changes are ignored, or a function of the configuration gives another value each
// time, the configuration says something else by now. Only a write-only reference
// comes from the configuration, because the plan holds nothing of it.
func (d *declaration[T]) record(p *policy, s *schema.Schema, config, planned, prior map[string]any) (map[string]tftypes.Value, diag.Diagnostics) {
	var diags diag.Diagnostics
	if planned == nil {
		diags.AddError("Unexpected plan", "There is no planned object to record: the message is not one that Terraform sends.")
		return nil, diags
	}
	inputs, open := maps.Clone(planned), false
	for name, a := range s.Attributes {
		switch {
		case a.IsWriteOnly():
			inputs[name] = config[name]
		case a.IsComputed() && !isWhole(planned[name]):
			open = true
			inputs[name] = config[name]
		case a.IsComputed() && !a.IsOptional():
			inputs[name] = nil
		}
	}
	if !open {
		return nil, diags
	}
	object := decodeTree[T](inputs, &diags)
	var before *T
	if prior != nil {
		before = decodeTree[T](prior, &diags)
	}
	if diags.HasError() {
		return nil, diags
	}
	if d.prepare != nil {
		d.prepare(object, before)
	}
	computed := settled(p, config, d.computed(p, object, before, d.topology(p, object)))
	for name := range computed {
		if isWhole(planned[name]) {
			delete(computed, name)
		}
	}
	return computed, diags
}

// isWhole reports whether nothing in a node of a tree is unknown.
func isWhole(node any) bool {
	switch node := node.(type) {
	case model.UnknownValue:
		return false
	case map[string]any:
		for _, v := range node {
			if !isWhole(v) {
				return false
			}
		}
	case []any:
		for _, v := range node {
			if !isWhole(v) {
				return false
			}
		}
	}
	return true
}

func (d *declaration[T]) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = d.applied(req.Plan, req.Config.Raw, tftypes.Value{}, &resp.Diagnostics)
}

func (d *declaration[T]) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = d.applied(req.Plan, req.Config.Raw, req.State.Raw, &resp.Diagnostics)
}

// applied returns the new state of an applied change.
func (d *declaration[T]) applied(plan tfsdk.Plan, config, state tftypes.Value, diags *diag.Diagnostics) tftypes.Value {
	declared := plan.Schema.(schema.Schema)
	computed, problems := d.record(d.policy.orDefault(), &declared, toObjectTree(config, diags), toObjectTree(plan.Raw, diags), toObjectTree(state, diags))
	diags.Append(problems...)
	raw, err := withAttributes(plan.Raw, computed)
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
