package rule

import (
	"regexp"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// exampleComputer is a computer in the advice of a rule. Public names, which have no number
// there, stay what they are: their domain is another one.
var exampleComputer = regexp.MustCompile(`\b([a-z]+[0-9]{2,3})\.contoso\.com\b`)

// advice is the general advice of the rule, its computers in the domain of the element that
// it is about, and none of them the element's own.
func (c *Check) advice(about model.Declared, site *model.Site) string {
	own := computerOf(about)
	domain := model.HostDomain(own)
	if domain == "" && site != nil {
		server, _ := site.ServerHost().Get()
		domain = model.HostDomain(server)
	}
	if domain == "" {
		return c.Rule.Fix
	}
	return exampleComputer.ReplaceAllStringFunc(c.Rule.Fix, func(example string) string {
		host := model.HostLabel(example) + "." + domain
		if host == own {
			return c.Topology.FreeHost(host)
		}
		return host
	})
}

// computerOf is the computer of an element, empty where it has none or it is not known.
func computerOf(about model.Declared) string {
	host := model.Null[string]()
	switch e := about.(type) {
	case *model.Site:
		host = e.ServerHost()
	case *model.Server:
		host = e.Host()
	case *model.Assignment:
		host = e.Host()
	}
	name, _ := host.Get()
	return name
}
