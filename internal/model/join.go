package model

import "slices"

// A role assignment that is a resource does not carry its server: the reference is
// write-only, and what refers to the assignment sees the site code and the name of the
// server. A hierarchy lists the servers, and the two are joined by site code and name.

// serverKey is the site code and the name of a server, normalized.
type serverKey struct{ code, host string }

// join finds the listed servers of role assignments.
type join struct {
	byKey  map[serverKey]*Server
	listed map[*Server]bool
	// open says that a server is not known yet.
	open    bool
	missing []*Assignment // the servers of these are not listed
}

// newJoin indexes the listed servers; of equal ones the first.
func newJoin(h *Hierarchy, servers []*Server) *join {
	j := &join{byKey: make(map[serverKey]*Server, len(servers)), listed: make(map[*Server]bool, len(servers)), open: h.Servers.IsUnknown()}
	elements, _ := h.Servers.Get()
	for _, e := range elements {
		j.open = j.open || e.IsUnknown()
	}
	for _, s := range servers {
		j.listed[s] = true
		key, ok := s.key()
		if !ok {
			j.open = true
		} else if j.byKey[key] == nil {
			j.byKey[key] = s
		}
	}
	return j
}

// key returns what a server is looked up by, and whether it is known.
func (s *Server) key() (serverKey, bool) {
	host, okHost := s.Host().Get()
	code, okCode := s.codeOfSite().Get()
	return serverKey{code, host}, okHost && okCode
}

// codeOfSite returns the code of the site of a server, from whatever says it.
func (s *Server) codeOfSite() Value[string] {
	switch site, ok := s.Site.Get(); {
	case ok:
		return site.NormalizedCode()
	case s.Site.IsUnknown():
		return Unknown[string]()
	default:
		return Folded(s.SiteCode, FoldCode)
	}
}

// readSite gives a server that does not carry its site what it says about it. A server
// that is a resource does not carry it: the reference is write-only.
func (s *Server) readSite() {
	if !s.Site.IsNull() || s.SiteCode.IsNull() && s.SiteFacts.IsNull() {
		return
	}
	code, ok := s.codeOfSite().Get()
	if text, known := s.SiteFacts.Get(); ok && known {
		if site, err := parseSiteLine(code, text); err == nil {
			s.Site, s.readFacts = Known(site), true
			return
		}
	}
	site := *UndecidedSite
	site.ID, site.Code = Unknown[string](), s.SiteCode.orUnknown()
	s.Site = Known(&site)
}

// server gives a role assignment that carries no server the listed one, and reports
// whether the assignment has a listed one.
func (j *join) server(a *Assignment) bool {
	if carried, ok := a.Server.Get(); ok && !carried.standIn {
		return j.listed[carried]
	}
	if a.Server.IsUnknown() || a.FQDN.IsNull() {
		return false
	}
	key, ok := a.serverKey()
	if !ok {
		a.Server = Unknown[*Server]()
		return false
	}
	if s := j.byKey[key]; s != nil {
		a.Server = Known(s)
		return true
	}
	a.standIn(true)
	if !j.open {
		j.missing = append(j.missing, a)
	}
	return false
}

func (a *Assignment) serverKey() (serverKey, bool) {
	host, okHost := Folded(a.FQDN, FoldHost).Get()
	code, okCode := Folded(a.SiteCode, FoldCode).Get()
	return serverKey{code, host}, okHost && okCode
}

// standIn gives a role assignment that names its server, and does not carry it, one of
// which everything else is open. again replaces an earlier one.
func (a *Assignment) standIn(again bool) {
	if a.FQDN.IsNull() && a.SiteCode.IsNull() || !a.Server.IsNull() && !again {
		return
	}
	site := *UndecidedSite
	site.ID, site.Code = Unknown[string](), a.SiteCode.orUnknown()
	server := *undecidedServer
	server.FQDN, server.Site, server.standIn = a.FQDN.orUnknown(), Known(&site), true
	a.Server = Known(&server)
}

// orUnknown returns the value with null replaced by unknown.
func (v Value[T]) orUnknown() Value[T] {
	if v.IsNull() {
		return Unknown[T]()
	}
	return v
}

// Key returns site code and name of the server, as in PS1/mp01.contoso.com. It is unknown
// while a part is, and null where one is missing.
func (s *Server) Key() Value[string] { return serverKeyText(s.codeOfSite(), s.Host()) }

// CodeOfSite returns the code of the site of the server, in upper case.
func (s *Server) CodeOfSite() Value[string] { return s.codeOfSite() }

// ServerKey returns site code and name of the server of the assignment, as in
// PS1/mp01.contoso.com. It is unknown while a part is, and null for a server without a
// name.
func (a *Assignment) ServerKey() Value[string] {
	return serverKeyText(a.DeclaredSite().NormalizedCode(), a.Host())
}

func serverKeyText(code, host Value[string]) Value[string] {
	c, okCode := code.Get()
	h, okHost := host.Get()
	switch {
	case okCode && okHost:
		return Known(c + "/" + h)
	case code.IsNull() || host.IsNull():
		return Null[string]()
	default:
		return Unknown[string]()
	}
}

// Serverless returns the role assignments that carry no server and whose server the
// hierarchy does not list, in the order of their keys.
func (t *Topology) Serverless() []*Assignment {
	if t.Index == nil {
		return nil
	}
	// Of one at a site that the hierarchy does not list, the site is what is missing.
	return slices.DeleteFunc(slices.Clone(t.Index.serverless), func(a *Assignment) bool { return slices.Contains(t.Index.unlisted, a) })
}
