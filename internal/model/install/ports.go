package install

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Kinds of connections.
const (
	KindInbound          = "inbound"            // a computer of the hierarchy takes it
	KindOutbound         = "outbound"           // it leaves the hierarchy
	KindInternet         = "internet_endpoint"  // it goes to a service on the internet
	KindDomainController = "domain_controller"  // it goes to domain controllers
	KindWinRM            = "winrm"              // the scripts of an installation use it
	KindAvailability     = "availability_group" // between the replicas of an availability group
)

// Kinds lists the kinds of connections.
func Kinds() []string {
	return []string{KindInbound, KindOutbound, KindInternet, KindDomainController, KindWinRM, KindAvailability}
}

// Port is one port, or a range of ports, of a connection of a computer: one that it takes,
// or with a kind that leaves it, one of the far side.
type Port struct {
	Kind        string
	Protocol    string // tcp or udp
	First, Last int64  // equal for a single port
	// Peer is the other end: the key of a role, or client, console, internet and the like.
	Peer    string
	Purpose string
	// Endpoint is the name of a service on the internet, or of a computer outside of the
	// hierarchy, where one is known.
	Endpoint string
}

// Range writes the port, or the first and the last one: 443, 49152-65535.
func (p Port) Range() string {
	if p.First == p.Last {
		return strconv.FormatInt(p.First, 10)
	}
	return strconv.FormatInt(p.First, 10) + "-" + strconv.FormatInt(p.Last, 10)
}

func comparePorts(a, b Port) int {
	return cmp.Or(
		cmp.Compare(a.Peer, b.Peer), cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.First, b.First),
		cmp.Compare(a.Last, b.Last), cmp.Compare(a.Endpoint, b.Endpoint), cmp.Compare(a.Purpose, b.Purpose), cmp.Compare(a.Kind, b.Kind),
	)
}

// sortedPorts sorts ports and leaves out repetitions.
func sortedPorts(ports []Port) []Port {
	slices.SortFunc(ports, comparePorts)
	return slices.Compact(ports)
}

const (
	protocolTCP  = "tcp"
	protocolUDP  = "udp"
	dynamicFirst = 49152 // of the dynamic ports of Windows, which RPC uses
	dynamicLast  = 65535
)

// Default ports that are not the clients'.
const (
	wsusHTTPPort      = 8530
	wsusHTTPSPort     = 8531
	multicastFirst    = 63000
	multicastLast     = 64000
	expressUpdatePort = 8005
	dhcpPort          = 67
	remotingPort      = 5985 // WinRM over HTTP
	mirroringPort     = 5022 // the endpoint that SQL Server proposes for availability groups
	browserPort       = 1434
)

// portsOf returns the ports that a role takes connections on, and whether they are not
// decided.
func portsOf(key string, a *model.Assignment) ([]Port, bool) {
	if _, ok := managementRows[key]; !ok {
		return nil, false
	}
	r := &reading{}
	var ports []Port
	add := func(peer string, entries []entry) {
		for _, e := range entries {
			ports = append(ports, Port{Kind: KindInbound, Protocol: e.protocol, First: e.first, Last: e.last, Peer: peer, Purpose: e.purpose})
		}
	}
	add(siteServer, managedEntries(r, a))
	for _, s := range servingRows[key] {
		add(s.from, s.entries(r, a))
	}
	if r.open {
		return nil, true
	}
	return sortedPorts(ports), false
}
