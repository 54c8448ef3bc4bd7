package rule

import (
	"regexp"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// What stands for something of a design in the advice of a rule.
var (
	// exampleComputer is a computer. Public names, which have no number there, stay what
	// they are: their domain is another one.
	exampleComputer = regexp.MustCompile(`(pull_sources = \{ ")?\b([a-z]+[0-9]{2,3}\.contoso\.com)\b`)
	// exampleAccount is an account of the domain of the site, or of that of a server in
	// another forest.
	exampleAccount = regexp.MustCompile(`\b(contoso|fabrikam)\.com(\\\\svc)`)
	// exampleDomain is the domain of a computer.
	exampleDomain = regexp.MustCompile(`domain = "contoso\.com"`)
	// exampleSite is a resource for a site.
	exampleSite = regexp.MustCompile(`\bconfigmgr_site\.(cas|ps1)\b`)
)

// advice is the general advice of the rule in the terms of the design.
func (c *Check) advice(about model.Declared, site *model.Site) string {
	return c.InTermsOf(c.Rule.Fix, about, site)
}

// InTermsOf puts names of the design in place of the examples in an advice: computers in the
// domain of the element that it is about, of which none is there already, accounts of the
// domains of the site and the server, and the sites that the topology has.
func (c *Check) InTermsOf(advice string, about model.Declared, site *model.Site) string {
	if !strings.Contains(advice, "contoso") && !strings.Contains(advice, "fabrikam") && !strings.Contains(advice, "configmgr_site.") {
		return advice
	}
	own := computerOf(about)
	home := ""
	if site != nil {
		server, _ := site.ServerHost().Get()
		home = model.HostDomain(server)
	}
	domain := model.HostDomain(own)
	if domain == "" {
		domain = home
	}
	if domain != "" {
		advice = exampleComputer.ReplaceAllStringFunc(advice, func(example string) string {
			parts := exampleComputer.FindStringSubmatch(example)
			host := model.HostLabel(parts[2]) + "." + domain
			// A source is a distribution point that is there.
			if host == own || parts[1] == "" && c.Topology.HasHost(host) {
				host = c.Topology.FreeHost(host)
			}
			return parts[1] + host
		})
	}
	if strings.Contains(domain, ".") {
		advice = exampleDomain.ReplaceAllLiteralString(advice, `domain = "`+domain+`"`)
	}
	advice = exampleAccount.ReplaceAllStringFunc(advice, func(example string) string {
		of := home
		switch declared, _ := declaredDomain(about, site, example[0] == 'f').Get(); {
		case strings.Contains(declared, "."):
			of = model.BareHost(declared)
		case example[0] == 'f':
			of = model.HostDomain(own)
		}
		if !strings.Contains(of, ".") {
			return example
		}
		return of + `\\svc`
	})
	return exampleSite.ReplaceAllStringFunc(advice, func(example string) string {
		siteType := product.Primary
		if strings.HasSuffix(example, ".cas") {
			siteType = product.CentralAdministration
		}
		sites := model.SortedSites(c.Topology.Sites)
		for _, s := range sites { // and those that are only referred to
			if parent, ok := s.Parent.Get(); ok {
				sites = append(sites, parent)
			}
		}
		for _, s := range sites {
			if code, ok := s.NormalizedCode().Get(); ok && s.Type == model.Known(siteType) && (siteType == product.CentralAdministration || s != about) {
				return "configmgr_site." + model.SiteResource(code)
			}
		}
		return example
	})
}

// declaredDomain is the domain that a server or, for an account of the site, its site
// declares.
func declaredDomain(about model.Declared, site *model.Site, ofServer bool) model.Value[string] {
	if !ofServer {
		if site == nil {
			return model.Null[string]()
		}
		return site.Domain
	}
	switch e := about.(type) {
	case *model.Server:
		return e.Domain
	case *model.Assignment:
		return e.DeclaredServer().Domain
	}
	return model.Null[string]()
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
