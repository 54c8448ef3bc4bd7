package model

import (
	"fmt"
	"strings"
)

// Group 11: database replicas for management points.

var databaseReplicaRules = []Rule{
	{
		ID: "MPREP-SITETYPE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:     "Only management points of a primary site use a database replica",
		Why:       "A replica is a copy of the database of a primary site, published for management points of that site.",
		Fix:       "Remove database_replica from the management_point block.",
		Sources:   []Source{articleDatabaseReplicas.At("Prerequisites"), articleDatabaseReplicas.At("Limitations")},
		CoveredBy: onElement("ROLE-SITE-MP"),
		roles:     []string{roleManagementPoint},
		assignment: func(c *check, a *Assignment) {
			if !c.holds(declaredBlock(a.databaseReplica())) {
				return
			}
			if siteType, ok := decided(c, a.site().Type); ok && siteType != Primary {
				c.violate(violation{
					at:    At("management_point", "database_replica"),
					fact:  fmt.Sprintf("%s cannot use a database replica", a.label()),
					found: fmt.Sprintf("the management_point block holds database_replica at a %s.", siteType.Name()),
				})
			}
		},
	},
	{
		ID: "MPREP-PARAMS", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:     "A database replica is named by server and database together",
		Why:       "The management point needs the SQL Server and the name of the replica database; the cmdlet refuses one without the other. Only the instance may be left out.",
		Fix:       `Give both in database_replica: server = "sql02.contoso.com" and database_name = "CM_PS1_REP".`,
		Sources:   []Source{articlePowerShell.At("Add-CMManagementPoint"), articleConfigMgrCBDsc.Source()},
		CoveredBy: onElement("ROLE-SITE-MP", "MPREP-SITETYPE"),
		roles:     []string{roleManagementPoint},
		assignment: func(c *check, a *Assignment) {
			replica, ok := c.replica(a)
			if !ok {
				return
			}
			at := At("management_point", "database_replica")
			for _, part := range []struct {
				attribute string
				value     Value[string]
			}{{"server", replica.Server}, {"database_name", replica.DatabaseName}} {
				text, ok := part.value.Get()
				switch {
				case part.value.IsUnknown():
					c.undecide()
				case !ok || strings.TrimSpace(text) == "":
					c.violate(violation{
						at:    at.Attr(part.attribute),
						fact:  fmt.Sprintf("the database replica of %s lacks its %s", a.label(), strings.ReplaceAll(part.attribute, "_", " ")),
						found: fmt.Sprintf("database_replica has no %s.", part.attribute),
					})
				}
			}
		},
	},
	{
		ID: "MPREP-INSTANCE", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:     "A database replica has an instance of SQL Server for itself",
		Why:       "One instance holds one replica, and not the one that holds the site database. The instance needs the replication feature and runs its SQL Server service as Local System.",
		Fix:       `Name another computer or another instance in database_replica, such as instance = "REPLICA".`,
		Sources:   []Source{articleDatabaseReplicas.At("Prerequisites")},
		CoveredBy: onElement("ROLE-SITE-MP", "MPREP-SITETYPE"),
		roles:     []string{roleManagementPoint},
		// Seen from the management point: the database of its site.
		assignment: func(c *check, a *Assignment) {
			replica, ok := c.replica(a)
			if !ok {
				return
			}
			host, okHost := decided(c, folded(replica.Server, foldHost))
			site, okSite := decided(c, a.site().databaseServer())
			if !okHost || !okSite || host != site {
				return
			}
			instance, okInstance := decided(c, replica.instance())
			own, okOwn := decided(c, a.site().databaseInstance())
			if okInstance && okOwn && instance == own {
				c.violate(violation{
					at:    At("management_point", "database_replica"),
					fact:  fmt.Sprintf("the database replica of %s is in the instance of the site database", a.label()),
					found: fmt.Sprintf("instance %q on %q holds the database of %s.", instance, host, a.site().label()),
				})
			}
		},
		hierarchy: func(c *check) {
			c.sharedReplicas(func(a, other *Assignment, place replicaPlace, database, theirs string) {
				if !strings.EqualFold(database, theirs) {
					c.violate(violation{
						on: a, at: At("management_point", "database_replica", "database_name"), site: a.site(), related: []declared{other},
						fact:  fmt.Sprintf("instance %s on %s would hold two database replicas", place.instance, place.host),
						found: fmt.Sprintf("%s uses database %q and %s database %q in the same instance.", other.label(), theirs, a.label(), database),
					})
				}
			})
		},
	},
	{
		ID: "MPREP-SHARE", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:     "A database replica serves management points of one site",
		Why:       "A replica holds the data of one primary site. Several management points of that site may share it.",
		Fix:       "Set up a replica of its own for each site, and name it in database_replica of its management points.",
		Sources:   []Source{articleDatabaseReplicas.Source()},
		CoveredBy: onElement("ROLE-SITE-MP", "MPREP-SITETYPE"),
		hierarchy: func(c *check) {
			c.sharedReplicas(func(a, other *Assignment, place replicaPlace, database, theirs string) {
				own, okOwn := decided(c, a.site().code())
				code, okCode := decided(c, other.site().code())
				if strings.EqualFold(database, theirs) && okOwn && okCode && own != code {
					c.violate(violation{
						on: a, at: At("management_point", "database_replica"), site: a.site(), related: []declared{other},
						fact:  fmt.Sprintf("%s uses the database replica of another site", a.label()),
						found: fmt.Sprintf("database %q in instance %q on %q is used by %s of %s and by %s of %s.", database, place.instance, place.host, other.label(), other.site().label(), a.label(), a.site().label()),
					})
				}
			})
		},
	},
	{
		ID: "MPREP-NO-MAC", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:     "Macs find a management point without database replica",
		Why:       "Mac clients cannot work with a management point that reads a replica: one that allows mobile devices has to read the site database itself.",
		Fix:       "Remove database_replica from one of the management points with allow_mobile_devices = true, or assign another one without it.",
		Sources:   []Source{articleMacClients.At("Certificate requirements"), articleDatabaseReplicas.At("Limitations"), articleOnPremisesMDMRoles.At("Requirements and limitations")},
		CoveredBy: onElement("ROLE-SITE-MP", "ROLE-SITE-DMP", "MPREP-SITETYPE"),
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				c.macManagementPoints(s)
			}
			c.openCount()
		},
	},
}

// databaseReplica returns the replica that a management point reads, null when it
// reads the site database.
func (a *Assignment) databaseReplica() Value[*DatabaseReplica] {
	settings, ok := a.ManagementPoint.Get()
	if !ok {
		if a.ManagementPoint.IsUnknown() {
			return Unknown[*DatabaseReplica]()
		}
		return Null[*DatabaseReplica]()
	}
	return settings.DatabaseReplica
}

// replica returns the declared replica of a management point. It does not exist
// where the management point reads the site database: nothing is undecided then.
func (c *check) replica(a *Assignment) (*DatabaseReplica, bool) {
	replica, ok := a.databaseReplica().Get()
	if !ok && a.databaseReplica().IsUnknown() {
		c.undecide()
	}
	return replica, ok
}

// instance returns the upper-case instance of a replica.
func (r *DatabaseReplica) instance() Value[string] {
	return folded(r.Instance.OrDefault(DefaultInstance), strings.ToUpper)
}

// replicaPlace is an instance of SQL Server that holds a replica.
type replicaPlace struct{ host, instance string }

// sharedReplicas visits the pairs of management points whose replicas are in one
// instance, with the names of the two databases.
func (c *check) sharedReplicas(visit func(a, other *Assignment, place replicaPlace, database, theirs string)) {
	type user struct {
		a        *Assignment
		database string
	}
	users := map[replicaPlace][]user{}
	for _, a := range c.topology.index.byRole[roleManagementPoint] {
		replica, ok := c.replica(a)
		if !ok {
			continue
		}
		host, okHost := decided(c, folded(replica.Server, foldHost))
		instance, okInstance := decided(c, replica.instance())
		database, okDatabase := decided(c, replica.DatabaseName)
		if !okHost || !okInstance || !okDatabase {
			continue
		}
		place := replicaPlace{host, instance}
		for _, other := range users[place] {
			visit(a, other.a, place, database, other.database)
		}
		users[place] = append(users[place], user{a, database})
	}
	c.openCount()
}

// macManagementPoints judges the management points of a site that expects Macs.
func (c *check) macManagementPoints(s *Site) {
	var onReplica []*Assignment
	open := false
	for _, a := range c.topology.index.rolesAt(s, roleManagementPoint) {
		var allows Value[bool]
		if settings, ok := a.ManagementPoint.Get(); ok {
			allows = settings.AllowMobileDevices
		}
		if known, ok := allows.Get(); ok && !known {
			continue
		}
		switch replica := a.databaseReplica(); {
		case replica.IsNull() && knownTrue(allows):
			return // Macs can use this one
		case replica.IsKnown() && knownTrue(allows):
			onReplica = append(onReplica, a)
		default:
			open = true
		}
	}
	if len(onReplica) == 0 {
		return
	}
	counts, ok := decided(c, s.Clients)
	if !ok {
		return
	}
	if macs, ok := decided(c, counts.MacOS); !ok || macs == 0 {
		return
	}
	if open || c.topology.index.open {
		c.undecide()
		return
	}
	c.violate(violation{
		on: onReplica[0], at: At("management_point", "database_replica"), site: s, related: append(asDeclared(onReplica), s),
		fact:  fmt.Sprintf("the Macs of %s have no management point without database replica", s.label()),
		found: fmt.Sprintf("every management point of the site that allows mobile devices uses a replica: %s.", labels(onReplica)),
	})
}
