package rule

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

func TestAdvice_IsAboutComputersOfTheDesign(t *testing.T) {
	site := func(server string) *model.Site { return &model.Site{Server: model.Known(server)} }
	server := func(host string) *model.Server { return &model.Server{FQDN: model.Known(host)} }
	const fix = `Name another computer, such as "scp01.contoso.com", a share such as "\\fs01.contoso.com\x", or the listener cmlistener.contoso.com.`
	for name, c := range map[string]struct {
		about model.Declared
		site  *model.Site
		want  string
	}{
		"a site":                            {site("cm01.fabrikam.local"), nil, `Name another computer, such as "scp01.fabrikam.local", a share such as "\\fs01.fabrikam.local\x", or the listener cmlistener.contoso.com.`},
		"a server in a domain of its own":   {server("mp01.perimeter.example"), site("cm01.fabrikam.local"), `Name another computer, such as "scp01.perimeter.example", a share such as "\\fs01.perimeter.example\x", or the listener cmlistener.contoso.com.`},
		"the computer of the example":       {server("SCP01.fabrikam.local"), nil, `Name another computer, such as "scp02.fabrikam.local", a share such as "\\fs01.fabrikam.local\x", or the listener cmlistener.contoso.com.`},
		"a server that is not known":        {&model.Server{FQDN: model.Unknown[string]()}, site("cm01.fabrikam.local"), `Name another computer, such as "scp01.fabrikam.local", a share such as "\\fs01.fabrikam.local\x", or the listener cmlistener.contoso.com.`},
		"a server without a domain":         {server("mp01"), nil, fix},
		"a hierarchy, which is on no place": {&model.Hierarchy{}, nil, fix},
	} {
		check := Check{Rule: &Rule{Fix: fix}, Topology: &model.Topology{}}
		if got := check.advice(c.about, c.site); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}
