// terraform-provider-configmgr checks the topology of a Microsoft Configuration
// Manager hierarchy at plan time.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// version and commit are set by the release build.
var (
	version = "dev"
	commit  = ""
)

func main() {
	var debuggable, showVersion bool
	flag.BoolVar(&debuggable, "debug", false, "run with support for debuggers")
	flag.BoolVar(&showVersion, "version", false, "print the version, the commit and the platform, and end")
	flag.Parse()
	if showVersion {
		// Not the plugin protocol: nothing is served in this case.
		if _, err := fmt.Fprintln(os.Stdout, build()); err != nil {
			log.Fatal(err)
		}
		return
	}

	tune()

	var options []tf6server.ServeOpt
	if debuggable {
		options = append(options, tf6server.WithManagedDebug())
	}
	err := tf6server.Serve("registry.terraform.io/terraform-configmgr/configmgr", provider.NewServer(version), options...)
	if err != nil {
		log.Fatal(err)
	}
}

// build says what this executable was built from, for a report about it.
func build() string {
	from := commit
	if info, ok := debug.ReadBuildInfo(); ok && from == "" {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				from = setting.Value
			}
		}
	}
	if from == "" {
		from = "unknown"
	}
	return fmt.Sprintf("terraform-provider-configmgr %s of commit %s (%s, %s/%s)", version, from, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// Garbage is collected when there is mostGarbage percent of what is kept, or garbageLimit
// bytes of it, whichever is less, but never more often than Go does by itself.
const (
	mostGarbage  = 800
	garbageLimit = 512 << 20
)

// percentFor returns the target of garbage collection for a heap that keeps so many bytes.
func percentFor(kept, limit uint64) int {
	return int(max(100, min(mostGarbage, limit*100/max(1, kept))))
}

// collectInTime sets the target of garbage collection after each collection. A fixed
// target lets a heap of a gigabyte grow to nine; a fixed limit of memory makes a heap that
// is larger collect all the time.
func collectInTime(limit uint64) {
	type mark struct{ _ [16]byte }
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	current := mostGarbage
	var collected func(*mark)
	collected = func(m *mark) {
		metrics.Read(live)
		if percent := percentFor(live[0].Value.Uint64(), limit); percent != current {
			current = percent
			debug.SetGCPercent(percent)
		}
		runtime.SetFinalizer(m, collected) // which the next collection runs
	}
	runtime.SetFinalizer(&mark{}, collected)
}

// tune adapts the process to what it does: it judges thousands of small objects and
// ends. The environment of the user always wins.
func tune() {
	// Each planned instance allocates much and keeps little of it: with the default
	// target the provider spends a third of its time on garbage collection.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(mostGarbage)
		if os.Getenv("GOMEMLIMIT") == "" {
			collectInTime(garbageLimit)
		}
	}
	// The framework writes trace lines for each attribute that it validates, which
	// Terraform throws away unless somebody asked for logs: they cost as much as all
	// the rest together.
	for _, name := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_SDK"} {
		if os.Getenv(name) != "" {
			return
		}
	}
	if err := os.Setenv("TF_LOG_SDK", "off"); err != nil {
		log.Print(err) // slower, and nothing else
	}
}
