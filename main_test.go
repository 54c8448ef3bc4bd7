package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

func TestPercentFor(t *testing.T) {
	const mb = 1 << 20
	for kept, want := range map[uint64]int{0: 800, 10 * mb: 800, 64 * mb: 800, 128 * mb: 400, 512 * mb: 100, 4096 * mb: 100} {
		if got := percentFor(kept, 512*mb); got != want {
			t.Errorf("with %d MB kept the target is %d, expected %d", kept/mb, got, want)
		}
	}
}

// TestCollectInTime keeps some megabytes, and makes garbage of many more.
func TestCollectInTime(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(mostGarbage))
	const kept, limit = 32 << 20, 16 << 20
	collectInTime(limit)
	keep := make([][]byte, kept>>16)
	for i := range keep {
		keep[i] = make([]byte, 1<<16)
	}
	for range 3 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond) // finalizers run beside
	}
	var stats runtime.MemStats
	peak := uint64(0)
	for range 4096 {
		keep[0] = make([]byte, 1<<16)
		runtime.ReadMemStats(&stats)
		peak = max(peak, stats.HeapAlloc)
	}
	runtime.KeepAlive(keep)
	if peak > 3*kept {
		t.Errorf("with %d MB kept the heap grew to %d MB", kept>>20, peak>>20)
	}
	if got := debug.SetGCPercent(mostGarbage); got != 100 {
		t.Errorf("the target is %d, expected 100", got)
	}
}

// A release says what it was built from, and serves. The linker drops a flag that names
// no variable in silence, so that only a built executable shows it; the other tests serve
// the provider from within.
func TestBuildIsStamped(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the provider")
	}
	folder := t.TempDir()
	binary := filepath.Join(folder, "terraform-provider-configmgr")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-X main.version=1.2.3 -X main.commit=0123abc", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	out, err := exec.Command(binary, "-version").CombinedOutput()
	if err != nil {
		t.Fatalf("-version: %v\n%s", err, out)
	}
	if want := "terraform-provider-configmgr 1.2.3 of commit 0123abc ("; !strings.HasPrefix(string(out), want) {
		t.Errorf("-version prints %q, want it to begin with %q", out, want)
	}
	t.Run("serves", func(t *testing.T) { plansWith(t, folder) })
}

// plansWith plans the minimal example with the executable in a folder.
func plansWith(t *testing.T, folder string) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("needs TF_ACC=1")
	}
	var overrides strings.Builder
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		fmt.Fprintf(&overrides, "%q = %q\n", host+"/terraform-configmgr/configmgr", filepath.ToSlash(folder))
	}
	configuration := filepath.Join(folder, "cli.tfrc")
	if err := os.WriteFile(configuration, []byte("provider_installation {\n dev_overrides {\n"+overrides.String()+"}\n direct {}\n}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	plan := exec.Command(cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform"), "-chdir=examples/minimal", "plan", "-no-color", "-input=false", "-lock=false")
	plan.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+configuration, "CHECKPOINT_DISABLE=1", "TF_DATA_DIR="+folder)
	out, err := plan.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "configmgr_hierarchy.") {
		t.Errorf("plan: %v\n%s", err, out)
	}
}
