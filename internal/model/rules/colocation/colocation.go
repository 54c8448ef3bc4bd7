package colocation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What may share a computer, and what needs one of its own.

var colocationRules = slices.Concat(
	sharedComputerRules,     // of two sites
	siteServerRules,         // of a site server, and of the database beside it
	sharedDistributionRules, // of a distribution point and its settings
	sharedRoleRules,         // of another role
	separationRules,         // recommended
)

var (
	versionPXEResponder        = product.Milestone{Version: 1806, Source: product.WhatsNew1806.At("Improvements to PXE-enabled distribution points")}
	versionResponderBesideDHCP = product.Milestone{Version: 1902, Source: product.DistributionPoints.At("PXE")}
)

// ofOtherSites leaves out what belongs to a site.
func ofOtherSites(list []model.Resident, code string) []model.Resident {
	return slices.DeleteFunc(slices.Clone(list), func(r model.Resident) bool { return r.Code == code })
}

// residentList lists residents in a sentence, site by site.
func residentList(list []model.Resident) string {
	var codes []string
	names := map[string][]string{}
	for _, r := range list {
		if !slices.Contains(codes, r.Code) {
			codes = append(codes, r.Code)
		}
		if !slices.Contains(names[r.Code], r.Name) {
			names[r.Code] = append(names[r.Code], r.Name)
		}
	}
	slices.Sort(codes)
	parts := make([]string, len(codes))
	for i, code := range codes {
		parts[i] = fmt.Sprintf("%s of site %s", strings.Join(names[code], ", "), code)
	}
	return strings.Join(parts, "; ")
}

// codesOf lists the codes of the sites of residents, sorted.
func codesOf(list []model.Resident) []string {
	codes := make([]string, len(list))
	for i, r := range list {
		codes[i] = r.Code
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func elementsOf(list []model.Resident) []model.Declared {
	elements := make([]model.Declared, len(list))
	for i, r := range list {
		elements[i] = r.On
	}
	return elements
}

// onServer visits the computers that may carry more than one thing, in the order of their
// names, and makes each the one that findings are about.
func onServer(c *rule.Check, residents *model.Residents, visit func(host string, list []model.Resident)) {
	for _, host := range residents.Shared() {
		c.Host = host
		visit(host, residents.On(host))
	}
	c.Host = ""
}
