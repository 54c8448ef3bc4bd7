package model

import (
	"net/netip"
	"strings"
)

// HostProblem says why a text does not name a computer by its fully qualified name.
type HostProblem uint8

// The problems of a host name. The zero HostProblem is none.
const (
	HostIsShort    HostProblem = iota + 1 // the computer name without the DNS suffix
	HostIsAddress                         // an IP address
	HostIsInstance                        // a computer with an instance of SQL Server
	HostHasPort                           // a computer with a TCP port
	HostIsURL                             // a web address
	HostIsPath                            // a network path
)

// TypedHost is what stands where a computer is to be named.
type TypedHost struct {
	Problem  HostProblem
	Name     string // the computer alone: no scheme, instance, port or path; as typed otherwise
	Instance string // of SQL Server, empty for none
	Port     string // empty for none
}

// Qualified reports whether the computer is named with its DNS suffix.
func (h TypedHost) Qualified() bool { return strings.Contains(h.Name, ".") && !isAddress(h.Name) }

// ParseHost takes a text apart that names a computer, whatever people write there: a
// fully qualified name, a short one, an IP address, SERVER\INSTANCE, a name with a
// port or a URL.
func ParseHost(typed string) TypedHost {
	if isPlainName(typed) {
		return TypedHost{Name: typed}
	}
	rest := strings.TrimSpace(typed)
	h := TypedHost{}
	if _, address, ok := strings.Cut(rest, "://"); ok {
		h.Problem = HostIsURL
		rest, _, _ = strings.Cut(address, "/")
	} else if path, ok := strings.CutPrefix(strings.ReplaceAll(rest, "/", `\`), `\\`); ok {
		h.Problem = HostIsPath
		rest, _, _ = strings.Cut(path, `\`)
	} else if server, instance, ok := strings.Cut(rest, `\`); ok {
		h.Problem = HostIsInstance
		h.Instance, h.Port = cutPort(instance)
		rest = server
	} else {
		rest, _, _ = strings.Cut(rest, "/")
	}
	name, port := cutPort(rest)
	h.Name = strings.TrimSuffix(name, ".")
	if port != "" {
		h.Port = port
		if h.Problem == 0 {
			h.Problem = HostHasPort
		}
	}
	switch {
	case h.Problem != 0:
	case isAddress(h.Name):
		h.Problem = HostIsAddress
	case !strings.Contains(h.Name, "."):
		h.Problem = HostIsShort
	}
	return h
}

// cutPort takes a port off a host: SQL Server tools write it after a comma, others
// after a colon. An IPv6 address is left whole.
func cutPort(host string) (name, port string) {
	if isAddress(host) {
		return host, ""
	}
	i := strings.LastIndexAny(host, ":,")
	if i < 0 {
		return host, ""
	}
	return strings.Trim(host[:i], "[]"), strings.TrimSpace(host[i+1:])
}

// isAddress reports whether a text is an IP address. Most host names are told from one
// by their first character.
func isAddress(host string) bool {
	if host == "" || (host[0] < '0' || host[0] > '9') && !strings.Contains(host, ":") {
		return false
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}

// sameComputer reports whether two names are those of one computer. A short name is
// that of the computer with this name: the design holds an error about it already, and
// what else is wrong with the computer is to be seen beside it. An IP address leaves it
// open.
func sameComputer(a, b string) Value[bool] {
	if strings.EqualFold(a, b) {
		return Known(true)
	}
	if isAddress(a) || isAddress(b) {
		return Unknown[bool]()
	}
	i, j := strings.IndexByte(a, '.'), strings.IndexByte(b, '.')
	switch {
	case i < 0 && j > 0:
		return Known(strings.EqualFold(a, b[:j]))
	case j < 0 && i > 0:
		return Known(strings.EqualFold(a[:i], b))
	default:
		return Known(false)
	}
}
