package install

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// configure adds what a site is set to as soon as it exists: how clients talk to it, and
// through which ports. From version 2403 on the prerequisite check fails on a site that
// allows HTTP without enhanced HTTP, so this comes before its update, before roles, and
// before the traffic of a gateway (list of prerequisite checks, 2026-09-14; enhanced
// HTTP, 2021-12-20).
func (g *graph) configure(s *model.Site, siteCode string, after ...string) {
	step := func(name, action string, command *Command) {
		after = []string{g.add(Step{ID: idOf(siteCode, name), Phase: PhaseSites, Action: action, SiteCode: siteCode, Command: command}, after...)}
	}
	if c := g.communication(s); c != nil {
		step("client_communication", DoCommunication, c)
	}
	for _, port := range g.clientPorts(s) {
		step("client_port_"+port.name, DoClientPorts, port.command)
	}
}

// communication is the cmdlet that sets how clients talk to a site, nil where the design
// does not say. A central administration site has no clients: there enhanced HTTP is for
// the SMS Provider.
func (g *graph) communication(s *model.Site) *Command {
	p := &parameters{}
	p.required("SiteCode", s.NormalizedCode(), placeholderSiteCode)
	siteType, _ := read(&g.reading, s.Type)
	mode, ok := read(&g.reading, s.Communication)
	switch siteType {
	case product.Primary:
		if ok {
			words := map[bool]string{true: "HttpsOnly", false: "HttpsOrHttp"}
			p.add("ClientComputerCommunicationType", words[mode == model.CommunicationHTTPSOnly])
			p.add("UseSmsGeneratedCert", mode == model.CommunicationEnhancedHTTP)
		}
		optional(p, "UsePkiClientCertificate", s.PKICertificates)
	case product.CentralAdministration:
		if mode == model.CommunicationEnhancedHTTP {
			p.add("UseSmsGeneratedCert", true)
		}
	}
	g.open = g.open || p.open
	if len(p.list) == 1 {
		return nil
	}
	return p.command("Set-CMSite")
}

type clientPort struct {
	name             string
	number, standard int64
	command          *Command
}

// clientPorts are the cmdlets that set the ports of clients which differ from the
// defaults (Set-CMSite, 2021-12-28). Secondary sites have those of their parent.
func (g *graph) clientPorts(s *model.Site) []clientPort {
	return slices.DeleteFunc(g.allClientPorts(s), func(p clientPort) bool { return p.number == p.standard })
}

// allClientPorts are the cmdlets that set all ports of clients.
func (g *graph) allClientPorts(s *model.Site) []clientPort {
	if siteType, _ := read(&g.reading, s.Type); siteType != product.Primary {
		return nil
	}
	declared := block(&g.reading, s.ClientPorts)
	var list []clientPort
	for _, port := range []struct {
		name, kind string
		value      model.Value[int64]
		standard   int64
	}{
		{"http", "ClientRequestHttpTcpDefault", declared.HTTP, model.DefaultHTTPPort},
		{"https", "ClientRequestsHttpsTcpDefault", declared.HTTPS, model.DefaultHTTPSPort},
		{"notification", "ClientNotificationTcp", declared.Notification, model.DefaultNotificationPort},
	} {
		number := orDefault(&g.reading, port.value, port.standard)
		p := &parameters{}
		p.required("SiteCode", s.NormalizedCode(), placeholderSiteCode)
		p.add("AddClientRequestServiceType", port.kind)
		p.add("PortForClientRequestServiceType", number)
		list = append(list, clientPort{port.name, number, port.standard, p.command("Set-CMSite")})
	}
	return list
}

// settled is the id of the step after which accounts and the service connection point are
// added to a site: before its update, which takes them.
func (g *graph) settled(siteCode string) string {
	s := g.sites[siteCode]
	if s == nil || g.is(s.Installed) || g.isSecondary(s) {
		return g.base(siteCode)
	}
	return g.configured(s, siteCode)
}

// configured is the id of the last step that configures a new site, else of the one
// after which the site exists.
func (g *graph) configured(s *model.Site, siteCode string) string {
	if ports := g.clientPorts(s); len(ports) > 0 {
		return idOf(siteCode, "client_port_"+ports[len(ports)-1].name)
	}
	if g.communication(s) != nil {
		return idOf(siteCode, "client_communication")
	}
	return g.exists(s, siteCode)
}

// exists is the id of the step after which a site is there: of a child site, after which
// it replicates with its parent.
func (g *graph) exists(s *model.Site, siteCode string) string {
	if s.Parent.IsKnown() {
		return idOf(siteCode, "site_ready")
	}
	return idOf(siteCode, DoSetup)
}
