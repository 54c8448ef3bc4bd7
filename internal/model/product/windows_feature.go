package product

import (
	"fmt"
	"strings"
)

// Feature is a Windows feature.
type Feature struct {
	Name string // as Server Manager shows it
	// AnyOf are names of Install-WindowsFeature, of which one will do: the first is the
	// one to install, the others take its place or are not installed without it.
	AnyOf []string
}

// FeatureWSUSConsole is what a site server needs to manage a remote software update point.
var FeatureWSUSConsole = Feature{"the administration console of Windows Server Update Services", []string{"UpdateServices-UI", "UpdateServices-RSAT", "UpdateServices-Services", "UpdateServices"}}

// FeatureIIS is there as soon as any role service of it is.
var FeatureIIS = Feature{"Internet Information Services", []string{"Web-Server"}}

// The names of the role services of IIS have a prefix, which one other feature has too.
const (
	PrefixOfIIS = "Web-"
	NotOfIIS    = "Web-Application-Proxy"
)

// FeatureList names features in a sentence.
func FeatureList(features []Feature) string {
	names := make([]string, len(features))
	for i, f := range features {
		names[i] = fmt.Sprintf("%q (%s)", f.AnyOf[0], f.Name)
	}
	return strings.Join(names, ", ")
}
