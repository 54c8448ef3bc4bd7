package adopt

import (
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// computers builds the servers and their roles. A computer belongs to each site that has
// an assigned role on it; one with roles of Setup only, to one site.
func (b *builder) computers(servers map[string]model.Value[*model.Server], assignments map[string]model.Value[*model.Assignment]) {
	taken := map[string]bool{}
	for _, s := range b.order {
		for _, name := range s.names {
			if len(s.hosts[name].roles) > 0 {
				taken[name] = true
			}
		}
	}
	for _, s := range b.order {
		for _, name := range s.names {
			h := s.hosts[name]
			if len(h.roles) == 0 {
				if taken[name] || b.isListener(s, h) {
					continue
				}
				taken[name] = true
			}
			server := b.server(s, h)
			id := s.code + "/" + name
			servers[id] = model.Known(server)
			for _, role := range h.roles {
				assignments[id+"/"+role.key] = model.Known(b.assignment(server, h, role))
			}
			if len(h.roles) == 0 {
				continue
			}
			for _, facet := range h.facets {
				b.checkFacet(h, facet)
			}
		}
		s.hosts = nil // the rows of a large export are as large as the model
	}
}

// isListener reports whether a name is the listener of an availability group and not a
// computer: the database server of a site that has one, which does nothing else.
func (b *builder) isListener(s *siteRows, h *hostRows) bool {
	db, ok := b.models[s.code].Database.Get()
	if !ok || !db.AvailabilityGroup.IsKnown() || db.Server != model.Known(h.name) {
		return false
	}
	for _, r := range h.setup {
		if role := r.get(propertyRoleName).trimmed(); strings.EqualFold(role, wmiSiteServer) || strings.EqualFold(role, wmiProvider) {
			return false
		}
	}
	return true
}

// checkFacet says when a row stands for a setting of a role that the computer lacks.
func (b *builder) checkFacet(h *hostRows, facet *row) {
	name := facet.get(propertyRoleName).trimmed()
	needs := "management_point"
	if strings.EqualFold(name, wmiMulticast) {
		needs = "distribution_point"
	}
	if !slices.ContainsFunc(h.roles, func(r hostRole) bool { return r.key == needs }) {
		b.note(NoteNotModelled, facet.String(), "%s on %s is a setting of the role %s, which the computer does not have.", name, h.name, needs)
	}
}

// Builds of Windows Server, the third part of DeviceOSBuild. Windows 10 and 11 share some
// of them, so that DeviceOS has to say that it is a server.
var serverBuilds = map[string]string{
	"14393": "windows_server_2016", "17763": "windows_server_2019", "20348": "windows_server_2022", "26100": "windows_server_2025",
}

func (b *builder) server(s *siteRows, h *hostRows) *model.Server {
	server := &model.Server{
		FQDN: model.Known(h.name), Site: model.Known(b.models[s.code]),
		InternetFQDN: model.Unknown[string](), Proxy: model.Unknown[*model.Proxy](), InstallationAccount: model.Unknown[string](),
	}
	b.domains(h.system, &server.Domain, &server.Forest)
	b.device(server, h)
	if h.system == nil || !h.system.embedded {
		return server
	}
	server.InternetFQDN = model.Null[string]()
	if p := h.system.prop(propInternetName); p != nil && p.value1().given() {
		if name := p.value1().trimmed(); isHost(name) {
			server.InternetFQDN = model.Known(model.FoldHost(name))
		} else {
			b.note(NoteUndecided, h.system.String(), "%q is not a name that clients on the internet can reach, and is left out.", name)
			server.InternetFQDN = model.Unknown[string]()
		}
	}
	server.SiteServerInitiates = truth(h.system.prop(propFDM))
	if uses, ok := truth(h.system.prop(propMachineAccount)).Get(); ok {
		server.InstallationAccount = model.Null[string]()
		if p := h.system.prop(propUserName); !uses {
			server.InstallationAccount = model.Unknown[string]()
			if p != nil && p.value2().given() {
				server.InstallationAccount = model.Known(p.value2().trimmed())
			}
		}
	}
	if uses, ok := truth(h.system.prop(propUseProxy)).Get(); ok {
		server.Proxy = model.Null[*model.Proxy]()
		if uses {
			proxy := &model.Proxy{Server: text2(h.system.prop(propProxyName))}
			proxy.Port = number(h.system.prop(propProxyPort), 1, 1<<16-1)
			server.Proxy = model.Known(proxy)
		}
	}
	return server
}

// device is what the product knows of the computer as one of its clients, by its NetBIOS
// name.
func (b *builder) device(server *model.Server, h *hostRows) {
	label, _, _ := strings.Cut(h.name, ".")
	r := b.devices[label[:min(15, len(label))]]
	if r == nil || len(b.labels[label]) > 1 {
		return
	}
	if is, ok := r.get(propertyIsClient).integer(); ok {
		server.ClientInstalled = model.Known(is != 0)
		if code := codeOf(r.get(propertySiteCode)); is != 0 && isSiteCode(code) {
			server.ClientSiteCode = model.Known(code)
		}
	}
	parts := strings.Split(r.get(propertyOSBuild).trimmed(), ".")
	if len(parts) > 2 && strings.Contains(strings.ToLower(r.get(propertyOS).text), "server") {
		if system := serverBuilds[parts[2]]; system != "" {
			server.OperatingSystem = model.Known(system)
		}
	}
}

// truth reads an embedded property that is 0 or 1.
func truth(p *prop) model.Value[bool] {
	if p == nil {
		return model.Null[bool]()
	}
	n, ok := p.value().integer()
	if !ok {
		return model.Null[bool]()
	}
	return model.Known(n != 0)
}

// number reads a whole number within bounds, null otherwise.
func number(p *prop, least, most int64) model.Value[int64] {
	if p != nil {
		if n, ok := p.value().integer(); ok && n >= least && n <= most {
			return model.Known(n)
		}
	}
	return model.Null[int64]()
}

// text2 reads the text in Value2.
func text2(p *prop) model.Value[string] {
	if p == nil || !p.value2().given() {
		return model.Null[string]()
	}
	return model.Known(p.value2().trimmed())
}

// eitherText reads a text that tools find in Value2 or in Value1: they disagree.
func eitherText(p *prop) model.Value[string] {
	if v := text2(p); v.IsKnown() || p == nil || !p.value1().given() {
		return v
	}
	return model.Known(p.value1().trimmed())
}
