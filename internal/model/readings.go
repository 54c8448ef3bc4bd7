package model

import (
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// What other packages read of declared elements. The readings are those of the rules:
// names are normalized, and null is the product's default where it has one.

// FoldDirectory normalizes a local path for comparison: lower case, without a backslash at
// its end.
func FoldDirectory(path string) string {
	return strings.TrimRight(strings.ToLower(strings.TrimSpace(path)), `\`)
}

// ServerHost returns the normalized name of the site server.
func (s *Site) ServerHost() Value[string] { return Folded(s.Server, FoldHost) }

// PassiveHost returns the normalized name of the passive site server, null for none.
func (s *Site) PassiveHost() Value[string] { return Folded(s.PassiveServer, FoldHost) }

// EffectiveVersion returns the version that the site runs: its own, else the given
// default. It is unknown while the declared one is, or is not a version.
func (s *Site) EffectiveVersion(defaultVersion product.Version) Value[product.Version] {
	if s.Version.IsNull() {
		return Known(defaultVersion)
	}
	text, ok := s.Version.Get()
	if !ok {
		return Unknown[product.Version]()
	}
	v, err := product.ParseVersion(text)
	if err != nil {
		return Unknown[product.Version]()
	}
	return Known(v)
}

// RoleNameOf names the role of an assignment in a list.
func RoleNameOf(a *Assignment) string {
	if key, ok := a.Role.Get(); ok {
		return product.RoleName(key)
	}
	return "a role that is not known yet"
}

// databaseComputers returns the computers that hold the site database: the replicas
// or nodes where the database server is a listener or a cluster.
func (s *Site) databaseComputers() Value[[]Value[string]] {
	db, ok := s.DeclaredDatabase().Get()
	if !ok || db.AvailabilityGroup.IsUnknown() || db.FailoverCluster.IsUnknown() {
		return Unknown[[]Value[string]]()
	}
	if group, ok := db.AvailabilityGroup.Get(); ok {
		return group.Replicas
	}
	if cluster, ok := db.FailoverCluster.Get(); ok {
		return cluster.Nodes
	}
	return Known([]Value[string]{s.DatabaseHost()})
}

// HoldsDatabase reports whether a computer holds the site database.
func (s *Site) HoldsDatabase(fqdn Value[string]) Value[bool] {
	if db, ok := s.DeclaredDatabase().Get(); ok && db.AvailabilityGroup.IsNull() && db.FailoverCluster.IsNull() {
		return EqualHost(s.DatabaseHost(), fqdn) // nearly every site: no list is made for it
	}
	return ListsHost(s.databaseComputers(), fqdn)
}

// IsPullDistributionPoint reports whether the role pulls its content.
func IsPullDistributionPoint(a *Assignment) Value[bool] {
	dp, ok := a.DeclaredDistributionPoint().Get()
	if !ok {
		return Unknown[bool]()
	}
	return dp.IsPull()
}

// UsesExpress reports whether the site database is in SQL Server Express: declared,
// or because Setup installs it at a secondary site that names no instance. A site
// that names neither edition nor a telling instance leaves it open.
func (s *Site) UsesExpress() Value[bool] {
	db, ok := s.DeclaredDatabase().Get()
	if !ok || db.Edition.IsUnknown() {
		return Unknown[bool]()
	}
	if edition, ok := db.Edition.Get(); ok {
		return Known(edition == EditionExpress)
	}
	siteType, ok := s.Type.Get()
	if !ok || siteType != product.Secondary || db.Instance.IsUnknown() {
		return Unknown[bool]()
	}
	instance, named := s.DatabaseInstance().Get()
	if db.Instance.IsNull() || named && instance == ExpressInstance {
		return Known(true)
	}
	return Unknown[bool]()
}

// DatabaseReplica returns the replica that a management point reads, null when it
// reads the site database.
func (a *Assignment) DatabaseReplica() Value[*DatabaseReplica] {
	settings, ok := a.ManagementPoint.Get()
	if !ok {
		if a.ManagementPoint.IsUnknown() {
			return Unknown[*DatabaseReplica]()
		}
		return Null[*DatabaseReplica]()
	}
	return settings.DatabaseReplica
}

// HasProvider reports whether a host has an SMS Provider of the site.
func (s *Site) HasProvider(fqdn Value[string]) Value[bool] {
	list, ok := s.ProviderHosts().Get()
	if !ok {
		return Unknown[bool]()
	}
	return HostIn(list, fqdn)
}

// HostIn reports whether a list of hosts names a host.
func HostIn(list []Value[string], fqdn Value[string]) Value[bool] {
	found := Known(false)
	for _, entry := range list {
		found = Either(found, EqualHost(entry, fqdn))
	}
	return found
}

// IsDatabaseComputer reports whether a host is a computer that holds the site
// database: a listener or a cluster name is none.
func (s *Site) IsDatabaseComputer(fqdn Value[string]) Value[bool] {
	virtual, ok := s.DatabaseIsVirtual().Get()
	switch {
	case !ok:
		return Unknown[bool]()
	case virtual:
		return Known(false)
	default:
		return EqualHost(s.DatabaseHost(), fqdn)
	}
}
