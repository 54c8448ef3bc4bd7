package install

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Sizing is what a computer should have for everything that it does: the most that one of
// its parts asks for. Zero stands for what no article says.
type Sizing struct {
	Cores, MemoryGB, DiskGB int64
	// SQLMemoryPercent is how much of the memory SQL Server may take.
	SQLMemoryPercent int64
}

func (s *Sizing) atLeast(o Sizing) {
	s.Cores, s.MemoryGB, s.DiskGB = max(s.Cores, o.Cores), max(s.MemoryGB, o.MemoryGB), max(s.DiskGB, o.DiskGB)
	s.SQLMemoryPercent = max(s.SQLMemoryPercent, o.SQLMemoryPercent)
}

// The sizes of site systems that hold one role, and of sites whose number of clients is
// not declared ([product.RecommendedHardware], 2020-05-14).
var (
	roleSizes = map[string]Sizing{
		managementPoint:     {Cores: 4, MemoryGB: 8, DiskGB: 50},
		distributionPoint:   {Cores: 2, MemoryGB: 8},
		softwareUpdatePoint: {Cores: 8, MemoryGB: 16},
	}
	otherRoleSize      = Sizing{Cores: 4, MemoryGB: 8, DiskGB: 50}
	secondarySize      = Sizing{Cores: 8, MemoryGB: 16}
	siteServerSize     = Sizing{Cores: 8, MemoryGB: 16}
	centralSize        = Sizing{Cores: 20, MemoryGB: 128, SQLMemoryPercent: 80}
	centralDatabase    = Sizing{Cores: 16, MemoryGB: 96, SQLMemoryPercent: 90}
	largestPrimarySize = Sizing{Cores: 16, MemoryGB: 96, SQLMemoryPercent: 80}
	largestDatabase    = Sizing{Cores: 16, MemoryGB: 72, SQLMemoryPercent: 90}
)

// primarySizes are those of primary sites by their clients, up to the given number
// ([product.PerformanceGuidelines], 2021-04-13).
var primarySizes = []struct {
	clients                int64
	whole, server, storage Sizing // with the database, without it, and of the database alone
}{
	{25000, Sizing{6, 24, 350, 65}, Sizing{4, 8, 100, 0}, Sizing{4, 16, 250, 70}},
	{50000, Sizing{8, 32, 600, 70}, Sizing{4, 8, 200, 0}, Sizing{8, 24, 400, 70}},
	{100000, Sizing{12, 64, 1100, 70}, Sizing{6, 12, 300, 0}, Sizing{12, 48, 800, 80}},
	{150000, Sizing{16, 96, 1600, 70}, Sizing{8, 16, 400, 0}, Sizing{16, 72, 1200, 90}},
}

// secondarySizes are those of secondary sites, likewise.
var secondarySizes = []struct {
	clients int64
	size    Sizing
}{{5000, Sizing{4, 8, 200, 0}}, {15000, Sizing{8, 16, 300, 0}}}

// Where the sizes are from.
var (
	hardware   = product.RecommendedHardware.At("Site systems")
	guidelines = product.PerformanceGuidelines.At("General sizing guidelines")
)

// sizes adds what the parts of computers ask for.
func (d *Design) sizes(hosts map[string]*Server) {
	ask := func(host string, size Sizing, source product.Source) {
		s := hosts[host]
		s.Sizing.atLeast(size)
		if size != (Sizing{}) && !slices.Contains(s.SizingSources, source) {
			s.SizingSources = append(s.SizingSources, source)
		}
	}
	for _, a := range d.assigned {
		size, ok := roleSizes[a.role]
		if r := recipes[a.role]; !ok && r != nil && !r.anywhere {
			size = otherRoleSize
		}
		ask(a.host, size, hardware)
	}
	for _, siteCode := range d.codes {
		s := d.sites[siteCode]
		whole, server, database, source := d.siteSizes(s)
		databases := map[string]bool{}
		for _, host := range d.databaseComputers(s) {
			databases[host] = true
		}
		for _, host := range d.serversOf(s) {
			size := server
			if databases[host] {
				size = whole
				delete(databases, host)
			}
			ask(host, size, source)
		}
		for host := range databases {
			ask(host, database, source)
		}
	}
}

// siteSizes returns the sizes of a site server with the database, of one without, and of
// a database server, and where they are from.
func (d *Design) siteSizes(s *model.Site) (whole, server, database Sizing, source product.Source) {
	clients := declaredClients(s)
	switch siteType, _ := read(&d.reading, s.Type); siteType {
	case product.Secondary:
		for _, row := range secondarySizes {
			if clients > 0 && clients <= row.clients {
				return row.size, row.size, row.size, guidelines
			}
		}
		return secondarySize, secondarySize, secondarySize, hardware
	case product.CentralAdministration:
		return centralSize, siteServerSize, centralDatabase, hardware
	}
	for _, row := range primarySizes {
		if clients > 0 && clients <= row.clients {
			return row.whole, row.server, row.storage, guidelines
		}
	}
	return largestPrimarySize, siteServerSize, largestDatabase, hardware
}

// declaredClients is the number of clients of a site, 0 where it is not declared. It is
// descriptive: an unknown one leaves nothing open.
func declaredClients(s *model.Site) int64 {
	counts, ok := s.Clients.Get()
	if !ok {
		return 0
	}
	var total int64
	for _, v := range []model.Value[int64]{counts.Windows, counts.MacOS, counts.MobileDevices} {
		n, _ := v.Get()
		total += n
	}
	return total
}

// Certificate is a certificate of a public key infrastructure that a computer needs.
type Certificate struct {
	Kind    string // web_server, or client
	Purpose string
}

// certificates returns what a role needs of a public key infrastructure (PKI certificate
// requirements, plan-design/network/pki-certificate-requirements).
func (d *Design) certificates(a *assigned) []Certificate {
	web := func(purpose string) Certificate { return Certificate{model.CertificateWebServer, purpose} }
	client := func(purpose string) Certificate { return Certificate{model.CertificateClient, purpose} }
	encrypted := func(protocol model.Value[string]) bool {
		used, ok := read(&d.reading, protocol)
		mode := orDefault(&d.reading, communicationOf(&d.reading, a.Assignment), "")
		return used == model.ProtocolHTTPS || !ok && mode == model.CommunicationHTTPSOnly
	}
	switch a.role {
	case managementPoint:
		if encrypted(block(&d.reading, a.ManagementPoint).Protocol) {
			return []Certificate{web("HTTPS of the management point"), client("monitoring of the management point")}
		}
	case distributionPoint:
		dp := block(&d.reading, a.DistributionPoint)
		var list []Certificate
		if encrypted(dp.Protocol) {
			list = append(list, web("HTTPS of the distribution point"))
		}
		if orDefault(&d.reading, dp.Certificate, model.CertificateSelfSigned) == model.CertificatePKI {
			list = append(list, client("the distribution point itself and operating system deployment, as a .pfx file"))
		}
		return list
	case softwareUpdatePoint:
		if protocol, _ := read(&d.reading, block(&d.reading, a.SoftwareUpdatePoint).Protocol); protocol == model.ProtocolHTTPS {
			return []Certificate{web("HTTPS of WSUS")}
		}
	case enrollmentPoint:
		return []Certificate{web("HTTPS of the enrollment point")}
	case enrollmentProxyPoint:
		return []Certificate{web("HTTPS of the enrollment proxy point")}
	case certificateRegistration:
		return []Certificate{web("HTTPS of the certificate registration point"), client("the certificate registration point itself")}
	case gatewayConnection:
		if d.is(block(&d.reading, a.GatewayConnection).ClientCertificate) {
			return []Certificate{client("the connection point, for management points with HTTPS")}
		}
	}
	return nil
}
