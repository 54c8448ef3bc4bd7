package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// runTerraform does the steps of a test case beside other tests, with as few commands as
// their checks need. The test framework, whose types it takes, runs up to eight for each:
// starting the CLI is most of what an acceptance test costs. Like the framework it skips
// the test without TF_ACC, and expects an empty plan after every apply. Unlike the
// framework it destroys only in a step that says so: what the steps leave is a file.
func runTerraform(t *testing.T, c resource.TestCase) {
	t.Helper()
	requireCLI(t)
	t.Parallel()
	factories := c.ProtoV6ProviderFactories
	if factories == nil && len(c.Steps) > 0 {
		factories = c.Steps[0].ProtoV6ProviderFactories
	}
	served := cliOf(t, factories["configmgr"], nil)
	for i, step := range c.Steps {
		if step.PreConfig != nil {
			step.PreConfig()
		}
		err := served.step(t, step)
		if step.ExpectError != nil {
			if err == nil || !step.ExpectError.MatchString(err.Error()) {
				t.Fatalf("step %d: expected an error like %s, got: %v", i+1, step.ExpectError, err)
			}
			continue
		}
		if err != nil && c.ErrorCheck != nil {
			err = c.ErrorCheck(err)
		}
		if err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
	}
}

// modules is a folder with a configuration that consists of modules, each in a folder of its
// own: many designs are planned at once, as starting the CLI for each costs the most.
type modules struct{ folder, calls string }

func newModules(t *testing.T) *modules {
	t.Helper()
	return &modules{folder: t.TempDir()}
}

// add calls a further module, and returns the folder for its files.
func (m *modules) add(t *testing.T, name string) string {
	t.Helper()
	m.calls += fmt.Sprintf("module %q {\n  source = %q\n}\n", name, "./"+name)
	writeFile(t, filepath.Join(m.folder, "main.tf"), m.calls)
	folder := filepath.Join(m.folder, name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

func writeFile(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// serve serves a provider from within the test under each of the names, a server for each,
// and returns the environment variable that has the CLI attach to them. All commands of
// the CLI meet one server, which holds one configuration at a time: aliases need names.
func serve(t *testing.T, factory func() (tfprotov6.ProviderServer, error), names []string) string {
	t.Helper()
	all := map[string]any{}
	for _, name := range names {
		provider, err := factory()
		if err != nil {
			t.Fatal(err)
		}
		at := attachment(t, provider)
		for _, address := range providerAddresses(name) {
			all[address] = map[string]any{
				"Protocol": at.Protocol, "ProtocolVersion": at.ProtocolVersion, "Pid": at.Pid, "Test": at.Test,
				"Addr": map[string]string{"Network": at.Addr.Network(), "String": at.Addr.String()},
			}
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return "TF_REATTACH_PROVIDERS=" + string(text)
}

// attachment serves a provider until the test ends, and returns where.
func attachment(t *testing.T, provider tfprotov6.ProviderServer) *plugin.ReattachConfig {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	attach, closed, failed := make(chan *plugin.ReattachConfig), make(chan struct{}), make(chan error, 1)
	go func() {
		failed <- tf6server.Serve(providerAddresses("configmgr")[0], func() tfprotov6.ProviderServer { return provider },
			tf6server.WithDebug(ctx, attach, closed), tf6server.WithLoggingSink(t), tf6server.WithoutLogStderrOverride(),
			tf6server.WithGoPluginLogger(hclog.NewNullLogger()))
	}()
	select {
	case err := <-failed:
		stop()
		t.Fatalf("the provider is not served: %v", err)
		return nil
	case at := <-attach:
		t.Cleanup(func() {
			stop()
			<-closed
		})
		return at
	}
}

// step does one step. Its error begins like that of the test framework.
func (c *cli) step(t *testing.T, step resource.TestStep) error {
	t.Helper()
	onlyKnownFields(t, step)
	if err := c.configure(t, step); err != nil {
		return err
	}
	if step.Destroy {
		return c.destroy(t)
	}
	checks := step.ConfigPlanChecks.PreApply
	if step.PlanOnly {
		checks = append(checks, step.ConfigPlanChecks.PostApplyPreRefresh...)
	}
	const saved = "tfplan"
	apply := "-auto-approve"
	if step.PlanOnly || len(checks) > 0 {
		changes, err := c.changes("-out=" + saved)
		if err != nil {
			return err
		}
		if len(checks) > 0 {
			plan := &tfjson.Plan{}
			if err := c.show(plan, saved); err != nil {
				return err
			}
			for _, check := range checks {
				resp := plancheck.CheckPlanResponse{}
				if check.CheckPlan(t.Context(), plancheck.CheckPlanRequest{Plan: plan}, &resp); resp.Error != nil {
					return fmt.Errorf("plan check: %w", resp.Error)
				}
			}
		}
		if step.PlanOnly {
			return emptyUnless(step.ExpectNonEmptyPlan, changes)
		}
		apply = saved
	}
	if _, err := c.command("apply", "-no-color", "-input=false", "-lock=false", apply); err != nil {
		return err
	}
	if len(step.ConfigStateChecks) > 0 {
		state := &tfjson.State{}
		if err := c.show(state); err != nil {
			return err
		}
		for _, check := range step.ConfigStateChecks {
			resp := statecheck.CheckStateResponse{}
			if check.CheckState(t.Context(), statecheck.CheckStateRequest{State: state}, &resp); resp.Error != nil {
				return fmt.Errorf("state check: %w", resp.Error)
			}
		}
	}
	changes, err := c.changes()
	if err != nil {
		return err
	}
	return emptyUnless(step.ExpectNonEmptyPlan, changes)
}

// onlyKnownFields fails when a step asks for what step does not do.
func onlyKnownFields(t *testing.T, step resource.TestStep) {
	t.Helper()
	step.PreConfig, step.Config, step.ConfigDirectory, step.ConfigVariables, step.ProtoV6ProviderFactories = nil, "", nil, nil, nil
	step.PlanOnly, step.ExpectNonEmptyPlan, step.Destroy, step.ExpectError = false, false, false, nil
	step.ConfigPlanChecks.PreApply, step.ConfigPlanChecks.PostApplyPreRefresh, step.ConfigStateChecks = nil, nil, nil
	if !reflect.ValueOf(step).IsZero() {
		t.Fatalf("the step sets what is not done: %+v", step)
	}
}

var moduleCall = []byte(`module "`)

// configure puts the configuration of a step in place. A folder is worked in as it
// stands: the tests copy it.
func (c *cli) configure(t *testing.T, step resource.TestStep) error {
	t.Helper()
	if step.ConfigDirectory != nil {
		c.folder = step.ConfigDirectory(config.TestStepConfigRequest{TestName: t.Name()})
	} else {
		c.write(t, "main.tf", step.Config)
	}
	if step.ConfigVariables != nil {
		text, err := json.Marshal(step.ConfigVariables)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(c.folder, "terraform.tfvars.json"), text, 0o600); err != nil {
			return err
		}
	}
	files, err := filepath.Glob(filepath.Join(c.folder, "*.tf"))
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if bytes.Contains(text, moduleCall) {
			_, err := c.command("get", "-no-color")
			return err
		}
	}
	return nil
}

// command runs a command and returns what it printed; its error holds the errors that
// it printed.
func (c *cli) command(arguments ...string) ([]byte, error) {
	command := exec.Command(c.path, arguments...)
	command.Dir, command.Env = c.folder, c.env
	var printed, complaints bytes.Buffer
	command.Stdout, command.Stderr = &printed, &complaints
	if err := command.Run(); err != nil {
		return printed.Bytes(), fmt.Errorf("Error running %s: %w\n\n%s", arguments[0], err, complaints.String())
	}
	return printed.Bytes(), nil
}

// changes plans and reports whether something changes.
func (c *cli) changes(arguments ...string) (bool, error) {
	printed, err := c.command(append([]string{"plan", "-no-color", "-input=false", "-lock=false", "-detailed-exitcode"}, arguments...)...)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if !bytes.Contains(printed, []byte("No changes.")) {
		return false, fmt.Errorf("the plan says neither that it changes something nor that it does not:\n%s", printed)
	}
	return false, nil
}

func emptyUnless(expectChanges, changes bool) error {
	switch {
	case expectChanges && !changes:
		return errors.New("the plan is empty, expected changes")
	case !expectChanges && changes:
		return errors.New("the plan is not empty")
	}
	return nil
}

// show reads a saved plan or, without a name, the state.
func (c *cli) show(into shown, name ...string) error {
	printed, err := c.command(append([]string{"show", "-json"}, name...)...)
	if err != nil {
		return err
	}
	into.UseJSONNumber(true) // what the checks compare with
	return into.UnmarshalJSON(printed)
}

type shown interface {
	json.Unmarshaler
	UseJSONNumber(bool)
}

// destroy destroys what is in the state, and expects that nothing is left.
func (c *cli) destroy(t *testing.T) error {
	t.Helper()
	if _, err := c.command("destroy", "-no-color", "-input=false", "-lock=false", "-auto-approve"); err != nil {
		return err
	}
	if left := c.recorded(t); len(left) > 0 {
		return fmt.Errorf("the state still holds %s", strings.Join(left, ", "))
	}
	return nil
}

// recorded names the resources in the state.
func (c *cli) recorded(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.folder, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Resources []struct{ Mode, Type, Name string }
	}
	if err := json.Unmarshal(text, &state); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range state.Resources {
		if r.Mode == "managed" {
			names = append(names, r.Type+"."+r.Name)
		}
	}
	return names
}
