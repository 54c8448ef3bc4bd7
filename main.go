// terraform-provider-configmgr checks the topology of a Microsoft Configuration
// Manager hierarchy at plan time.
package main

import (
	"flag"
	"log"
	"os"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	var debuggable bool
	flag.BoolVar(&debuggable, "debug", false, "run with support for debuggers")
	flag.Parse()

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

// tune adapts the process to what it does: it judges thousands of small objects and
// ends. The environment of the user always wins.
func tune() {
	// Each planned instance allocates much and keeps little of it: with the default
	// target the provider spends a third of its time on garbage collection.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800)
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
