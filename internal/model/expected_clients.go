package model

// ExpectedClients are the clients of one site that an answer about required roles is for.
type ExpectedClients struct {
	Windows       Value[int64] `attr:"windows"`
	MacOS         Value[int64] `attr:"macos"`
	MobileDevices Value[int64] `attr:"mobile_devices"` // that are enrolled, or managed on premises
}

// expectedClients reads the clients that the answers of a hierarchy are for, by site code.
// Of several answers about a site the largest number of each kind counts.
func expectedClients(h *Hierarchy) map[string]*ClientCounts {
	counts := map[string]*ClientCounts{}
	answers, _ := h.RequiredRoles.Get()
	for _, value := range answers {
		answer, _ := value.Get()
		if answer == nil {
			continue
		}
		sites, _ := answer.Sites.Get()
		for code, value := range sites {
			site, _ := value.Get()
			if site == nil {
				continue
			}
			clients, ok := site.Clients.Get()
			if !ok {
				continue
			}
			code = FoldCode(code)
			if counts[code] == nil {
				counts[code] = &ClientCounts{}
			}
			n := counts[code]
			n.Windows, n.MacOS, n.MobileDevices = largerCount(n.Windows, clients.Windows), largerCount(n.MacOS, clients.MacOS), largerCount(n.MobileDevices, clients.MobileDevices)
		}
	}
	return counts
}

// largerCount is the larger one of two numbers, as far as they are known.
func largerCount(a, b Value[int64]) Value[int64] {
	x, okA := a.Get()
	y, okB := b.Get()
	switch {
	case okA && okB:
		return Known(max(x, y))
	case okB || a.IsNull():
		return b
	default:
		return a
	}
}

// Counted returns a site with the clients that are expected of it: itself, or, where it
// has no clients block, a copy with those that the required roles of the hierarchy are for.
func (x *Index) Counted(s *Site) *Site {
	if !s.Clients.IsNull() {
		return s
	}
	code, ok := s.NormalizedCode().Get()
	if !ok || x.expected[code] == nil {
		return s
	}
	counted := *s
	counted.Clients = Known(x.expected[code])
	return &counted
}
