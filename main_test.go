package main

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A release says what it was built from. The linker drops a flag that names no
// variable in silence, so that only a built executable shows it.
func TestBuildIsStamped(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the provider")
	}
	binary := filepath.Join(t.TempDir(), "provider")
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
}
