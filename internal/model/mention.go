package model

import (
	"slices"
	"strings"
)

// Named says what the text in an attribute names.
type Named uint8

// What attributes name.
const (
	NamesComputer          Named = iota + 1 // a computer
	NamesSQLHost                            // a computer with a database, a cluster or a listener
	NamesShare                              // a network path, with the computer that holds it
	NamesDistributionPoint                  // a computer with that role, or a gateway with content
	NamesEnrollmentPoint                    // a computer with that role
	NamesInternetHost                       // a computer as the internet knows it
	NamesProxy                              // a proxy server, under any name
	NamesGateway                            // a cloud management gateway by its service name
	NamesSite                               // a site of the hierarchy by its code
	NamesAccount                            // an account that the site keeps, with its domain
)

// IsComputer reports whether the text is to be the fully qualified name of a computer
// or of what stands for one, such as a listener.
func (n Named) IsComputer() bool {
	switch n {
	case NamesComputer, NamesSQLHost, NamesDistributionPoint, NamesEnrollmentPoint, NamesInternetHost:
		return true
	default:
		return false
	}
}

// Mention is a place where an element names something that stands elsewhere in the
// design or outside of it.
type Mention struct {
	Attribute string // as in [MentionAttributes], such as database.server
	At        Path   // from the element
	Names     Named
	Value     Value[string] // as typed, never null
}

// mentionRow is an attribute of an element that names something. A new attribute of
// that kind gets a row here: the rules about names then know it.
type mentionRow[T any] struct {
	attribute string
	add       func(list []Mention, element *T) []Mention // null ones left out
	block     int                                        // of a role assignment, the place of the settings block in settingsBlocks
}

// The attributes that name something, by kind of element. The attributes parent, site
// and server hold whole objects: their names are those of the object.
var (
	siteMentions = []mentionRow[Site]{
		single("site_server", NamesComputer, func(s *Site) Value[string] { return s.Server }),
		single("passive_site_server", NamesComputer, func(s *Site) Value[string] { return s.PassiveServer }),
		listed("network_access_accounts", NamesAccount, func(s *Site) Value[[]Value[string]] { return s.AccessAccounts }),
		listed("sms_providers", NamesComputer, func(s *Site) Value[[]Value[string]] { return s.Providers }),
		single("content_library_path", NamesShare, func(s *Site) Value[string] { return s.ContentLibraryPath }),
		single("database.server", NamesSQLHost, func(s *Site) Value[string] {
			return BlockSetting(s.Database, func(d *Database) Value[string] { return d.Server })
		}),
		listed("database.availability_group.replicas", NamesComputer, func(s *Site) Value[[]Value[string]] {
			group := BlockSetting(s.Database, func(d *Database) Value[*AvailabilityGroup] { return d.AvailabilityGroup })
			return BlockSetting(group, func(g *AvailabilityGroup) Value[[]Value[string]] { return g.Replicas })
		}),
		listed("database.failover_cluster.nodes", NamesComputer, func(s *Site) Value[[]Value[string]] {
			cluster := BlockSetting(s.Database, func(d *Database) Value[*FailoverCluster] { return d.FailoverCluster })
			return BlockSetting(cluster, func(f *FailoverCluster) Value[[]Value[string]] { return f.Nodes })
		}),
	}
	serverMentions = []mentionRow[Server]{
		single("installation_account", NamesAccount, func(s *Server) Value[string] { return s.InstallationAccount }),
		single("fqdn", NamesComputer, func(s *Server) Value[string] { return s.FQDN }),
		single("internet_fqdn", NamesInternetHost, func(s *Server) Value[string] { return s.InternetFQDN }),
		single("proxy.server_name", NamesProxy, func(s *Server) Value[string] {
			return BlockSetting(s.Proxy, func(p *Proxy) Value[string] { return p.Server })
		}),
	}
	assignmentMentions = ofSettings(
		single("management_point.database_replica.server", NamesSQLHost, func(a *Assignment) Value[string] {
			return BlockSetting(a.DatabaseReplica(), func(r *DatabaseReplica) Value[string] { return r.Server })
		}),
		keyed("distribution_point.pull_sources", NamesDistributionPoint, func(a *Assignment) Value[map[string]Value[int64]] {
			return BlockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[map[string]Value[int64]] { return d.PullSources })
		}),
		single("software_update_point.wsus_database_server", NamesSQLHost, func(a *Assignment) Value[string] {
			return BlockSetting(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[string] { return s.WSUSDatabaseServer })
		}),
		single("reporting_services_point.database_server", NamesSQLHost, func(a *Assignment) Value[string] {
			return BlockSetting(a.ReportingServicesPoint, func(r *ReportingServicesPoint) Value[string] { return r.DatabaseServer })
		}),
		single("data_warehouse_service_point.database_server", NamesSQLHost, func(a *Assignment) Value[string] {
			return BlockSetting(a.DataWarehouse, func(d *DataWarehouse) Value[string] { return d.DatabaseServer })
		}),
		single("enrollment_proxy_point.enrollment_point", NamesEnrollmentPoint, func(a *Assignment) Value[string] {
			return BlockSetting(a.EnrollmentProxyPoint, func(e *EnrollmentProxyPoint) Value[string] { return e.EnrollmentPoint })
		}),
		single("certificate_registration_point.ndes_server", NamesComputer, func(a *Assignment) Value[string] {
			return BlockSetting(a.CertificateRegistration, func(c *CertificateRegistration) Value[string] { return c.NDESServer })
		}),
		single("cloud_management_gateway_connection_point.cloud_management_gateway", NamesGateway, func(a *Assignment) Value[string] {
			return BlockSetting(a.GatewayConnection, func(g *GatewayConnection) Value[string] { return g.CloudManagementGateway })
		}),
		single("management_point.database_connection_account", NamesAccount, func(a *Assignment) Value[string] {
			return BlockSetting(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.DatabaseConnectionAccount })
		}),
		single("distribution_point.multicast.connection_account", NamesAccount, func(a *Assignment) Value[string] {
			multicast := BlockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[*Multicast] { return d.Multicast })
			return BlockSetting(multicast, func(m *Multicast) Value[string] { return m.ConnectionAccount })
		}),
		single("software_update_point.wsus_connection_account", NamesAccount, func(a *Assignment) Value[string] {
			return BlockSetting(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[string] { return s.WSUSConnectionAccount })
		}),
		single("reporting_services_point.account", NamesAccount, func(a *Assignment) Value[string] {
			return BlockSetting(a.ReportingServicesPoint, func(r *ReportingServicesPoint) Value[string] { return r.Account })
		}),
		single("data_warehouse_service_point.account", NamesAccount, func(a *Assignment) Value[string] {
			return BlockSetting(a.DataWarehouse, func(d *DataWarehouse) Value[string] { return d.Account })
		}),
		single("enrollment_point.database_connection_account", NamesAccount, func(a *Assignment) Value[string] {
			return BlockSetting(a.EnrollmentPoint, func(e *EnrollmentPoint) Value[string] { return e.DatabaseConnectionAccount })
		}),
		single("certificate_registration_point.database_connection_account", NamesAccount, func(a *Assignment) Value[string] {
			return BlockSetting(a.CertificateRegistration, func(c *CertificateRegistration) Value[string] { return c.DatabaseConnectionAccount })
		}),
	)
	hierarchyMentions = []mentionRow[Hierarchy]{
		listed("distributed_views", NamesSite, func(h *Hierarchy) Value[[]Value[string]] { return h.DistributedViews }),
		listed("replication_schedules", NamesSite, func(h *Hierarchy) Value[[]Value[string]] { return h.ReplicationSchedules }),
		ofEach("cloud_management_gateways", "site_code", NamesSite,
			func(h *Hierarchy) Value[map[string]Value[*Gateway]] { return h.Gateways },
			func(g *Gateway) Value[string] { return g.SiteCode }),
		listed("other_availability_group_listeners", NamesSQLHost, func(h *Hierarchy) Value[[]Value[string]] { return h.OtherListeners }),
		ofEach("file_servers", "fqdn", NamesComputer,
			func(h *Hierarchy) Value[map[string]Value[*FileServer]] { return h.FileServers },
			func(f *FileServer) Value[string] { return f.FQDN }),
		ofEach("file_replication_routes", "source_site_code", NamesSite,
			func(h *Hierarchy) Value[map[string]Value[*FileRoute]] { return h.FileRoutes },
			func(r *FileRoute) Value[string] { return r.Source }),
		ofEach("file_replication_routes", "destination_site_code", NamesSite,
			func(h *Hierarchy) Value[map[string]Value[*FileRoute]] { return h.FileRoutes },
			func(r *FileRoute) Value[string] { return r.Destination }),
	}
)

// AppendMentions appends what the attributes of an element itself name to a list, null
// ones left out. It is asked for every element, and allocates nothing but the list.
func (s *Site) AppendMentions(list []Mention) []Mention {
	return appendMentions(list, siteMentions, s)
}

// AppendMentions appends what the attributes of an element itself name to a list, null
// ones left out.
func (s *Server) AppendMentions(list []Mention) []Mention {
	return appendMentions(list, serverMentions, s)
}

// AppendMentions appends what the attributes of an element itself name to a list, null
// ones left out.
func (a *Assignment) AppendMentions(list []Mention) []Mention {
	blocks := a.settings()
	for i := range assignmentMentions {
		if row := &assignmentMentions[i]; !blocks[row.block].IsNull() {
			list = row.add(list, a)
		}
	}
	return list
}

// ofSettings completes the rows of a role assignment, all of whose attributes that name
// something are settings: of the blocks that it does not have nothing is read.
func ofSettings(rows ...mentionRow[Assignment]) []mentionRow[Assignment] {
	for i := range rows {
		block, _, _ := strings.Cut(rows[i].attribute, ".")
		rows[i].block = slices.Index(settingsBlocks[:], block)
	}
	return rows
}

// AppendMentions appends what the attributes of an element itself name to a list, null
// ones left out.
func (h *Hierarchy) AppendMentions(list []Mention) []Mention {
	return appendMentions(list, hierarchyMentions, h)
}

func appendMentions[T any](list []Mention, rows []mentionRow[T], element *T) []Mention {
	for i := range rows {
		list = rows[i].add(list, element)
	}
	return list
}

// MentionAttributes lists the attributes that name something, by the name of the kind
// of element that has them: site, site_system_server, role_assignment and hierarchy.
func MentionAttributes() map[string][]string {
	return map[string][]string{
		"site":               attributesOf(siteMentions),
		"site_system_server": attributesOf(serverMentions),
		"role_assignment":    attributesOf(assignmentMentions),
		"hierarchy":          attributesOf(hierarchyMentions),
	}
}

func attributesOf[T any](rows []mentionRow[T]) []string {
	names := make([]string, len(rows))
	for i := range rows {
		names[i] = rows[i].attribute
	}
	return names
}

// mentionOf is what the mentions of an attribute have in common.
func mentionOf(attribute string, names Named, at Path) Mention {
	return Mention{Attribute: attribute, Names: names, At: at}
}

// place returns the mention of a name at a place.
func (m Mention) place(at Path, v Value[string]) Mention {
	m.At, m.Value = at, v
	return m
}

// single is the row of an attribute with one name.
func single[T any](attribute string, names Named, get func(*T) Value[string]) mentionRow[T] {
	m := mentionOf(attribute, names, At(strings.Split(attribute, ".")...))
	return mentionRow[T]{attribute: attribute, add: func(list []Mention, element *T) []Mention {
		if v := get(element); !v.IsNull() {
			list = append(list, m.place(m.At, v))
		}
		return list
	}}
}

// listed is the row of an attribute with a list of names.
func listed[T any](attribute string, names Named, get func(*T) Value[[]Value[string]]) mentionRow[T] {
	m := mentionOf(attribute, names, At(strings.Split(attribute, ".")...))
	return mentionRow[T]{attribute: attribute, add: func(list []Mention, element *T) []Mention {
		names := get(element)
		if names.IsUnknown() {
			list = append(list, m.place(m.At, Unknown[string]()))
		}
		for i, entry := range First(names.Get()) {
			if !entry.IsNull() {
				list = append(list, m.place(m.At.Index(i), entry))
			}
		}
		return list
	}}
}

// keyed is the row of an attribute with a map whose keys are names.
func keyed[T, V any](attribute string, names Named, get func(*T) Value[map[string]V]) mentionRow[T] {
	m := mentionOf(attribute, names, At(strings.Split(attribute, ".")...))
	return mentionRow[T]{attribute: attribute, add: func(list []Mention, element *T) []Mention {
		entries := get(element)
		if entries.IsUnknown() {
			list = append(list, m.place(m.At, Unknown[string]()))
		}
		for _, key := range SortedKeys(First(entries.Get())) {
			list = append(list, m.place(m.At.Key(key), Known(key)))
		}
		return list
	}}
}

// ofEach is the row of an attribute of each object in a map.
func ofEach[T, V any](attribute, nested string, names Named, get func(*T) Value[map[string]Value[*V]], read func(*V) Value[string]) mentionRow[T] {
	m := mentionOf(attribute+"."+nested, names, At(attribute))
	return mentionRow[T]{attribute: m.Attribute, add: func(list []Mention, element *T) []Mention {
		entries := get(element)
		if entries.IsUnknown() {
			list = append(list, m.place(m.At, Unknown[string]()))
		}
		known := First(entries.Get())
		for _, key := range SortedKeys(known) {
			if v := BlockSetting(known[key], read); !v.IsNull() {
				list = append(list, m.place(m.At.Key(key).Attr(nested), v))
			}
		}
		return list
	}}
}
