package fastplan

import (
	"bytes"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// framework is the plugin framework's server with messages that can be read: it echoes
// whole values, whatever somebody pasted. And it only meets messages that are whole.
type framework struct{ tfprotov6.ProviderServer }

// intact says what is wrong with a message that ends before the values that it announces, or
// names one twice.
func intact(values ...*tfprotov6.DynamicValue) error {
	for _, v := range values {
		if v == nil || len(v.MsgPack) == 0 {
			continue
		}
		if _, err := messageTree(msgpack.NewDecoder(bytes.NewReader(v.MsgPack))); err != nil {
			return fmt.Errorf("Terraform sent a message that is broken, run it again: %w", err)
		}
	}
	return nil
}

// Readable returns a server that answers as the given one, and shortens the values in its
// messages.
func Readable(server tfprotov6.ProviderServer) tfprotov6.ProviderServer { return framework{server} }

func clipped(diags []*tfprotov6.Diagnostic) {
	for _, d := range diags {
		d.Summary, d.Detail = model.Clipped(d.Summary), model.Clipped(d.Detail)
	}
}

// ValidateProviderConfig shortens what is said about the configuration of the provider.
func (s framework) ValidateProviderConfig(ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	if err := intact(req.Config); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.ValidateProviderConfig(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// ConfigureProvider shortens what is said about the configuration of the provider.
func (s framework) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	if err := intact(req.Config); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.ConfigureProvider(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// ValidateResourceConfig shortens what is said about a configuration.
func (s framework) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	if err := intact(req.Config); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.ValidateResourceConfig(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// PlanResourceChange shortens what is said about a plan.
func (s framework) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if err := intact(req.Config, req.PriorState, req.ProposedNewState, req.ProviderMeta); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.PlanResourceChange(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// ApplyResourceChange shortens what is said about a change.
func (s framework) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	if err := intact(req.Config, req.PriorState, req.PlannedState, req.ProviderMeta); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.ApplyResourceChange(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// ImportResourceState shortens what is said about an id.
func (s framework) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	resp, err := s.ProviderServer.ImportResourceState(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// ValidateDataResourceConfig shortens what is said about a configuration.
func (s framework) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	if err := intact(req.Config); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.ValidateDataResourceConfig(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// ReadDataSource shortens what is said about a data source.
func (s framework) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	if err := intact(req.Config, req.ProviderMeta); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.ReadDataSource(ctx, req)
	if resp != nil {
		clipped(resp.Diagnostics)
	}
	return resp, err
}

// CallFunction shortens what is said about an argument.
func (s framework) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	if err := intact(req.Arguments...); err != nil {
		return nil, err
	}
	resp, err := s.ProviderServer.CallFunction(ctx, req)
	if resp != nil && resp.Error != nil {
		resp.Error.Text = model.Clipped(resp.Error.Text)
	}
	return resp, err
}

// running returns a context that ends with the call, with that of its caller, or when
// Terraform stops the provider.
func (s *Server) running(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.calls == nil {
		s.calls = map[*context.CancelFunc]bool{}
	}
	s.calls[&cancel] = true
	return ctx, func() {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		delete(s.calls, &cancel)
		cancel()
	}
}

// ReadResource reads a state.
func (s framework) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	if err := intact(req.CurrentState, req.ProviderMeta); err != nil {
		return nil, err
	}
	return s.ProviderServer.ReadResource(ctx, req)
}

// StopProvider ends what runs, as Terraform asks for when a user interrupts it.
func (s *Server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.mutex.Lock()
	for cancel := range s.calls {
		(*cancel)()
	}
	s.mutex.Unlock()
	return s.ProviderServer.StopProvider(ctx, req)
}

// stopped is the answer to a call that nobody waits for any more.
func stopped(doing string) []*tfprotov6.Diagnostic {
	return protocolDiagnostics(diag.Diagnostics{Canceled(doing)})
}

// Canceled says that Terraform stopped the provider, or gave a call up, before it was done.
func Canceled(doing string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Interrupted", "Terraform stopped the provider while it was "+doing+". Nothing was decided: run Terraform again.")
}
