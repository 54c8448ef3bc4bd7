package database

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Database replicas for management points.

var databaseReplicaRules = []rule.Rule{
	{
		ID: "MPREP-SITETYPE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title:     "Only management points of a primary site use a database replica",
		Why:       "A replica is a copy of the database of a primary site, published for management points of that site.",
		Fix:       "Remove database_replica from the management_point block.",
		Sources:   []product.Source{product.DatabaseReplicas.At("Prerequisites"), product.DatabaseReplicas.At("Limitations")},
		CoveredBy: rule.OnElement("ROLE-SITE-MP"),
		Roles:     []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if !c.Holds(model.DeclaredBlock(a.DatabaseReplica())) {
				return
			}
			if siteType, ok := rule.Decided(c, a.DeclaredSite().Type); ok && siteType != product.Primary {
				c.Violate(rule.Violation{
					At:    model.At("management_point", "database_replica"),
					Fact:  fmt.Sprintf("%s cannot use a database replica", a.Label()),
					Found: fmt.Sprintf("the management_point block holds database_replica at a %s.", siteType.Name()),
				})
			}
		},
	},
	{
		ID: "MPREP-PARAMS", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title: "A database replica is named by server and database together",
		Why: "The management point needs the SQL Server and the name of the replica database; the cmdlet refuses one without the other. Only the " +
			"instance may be left out.",
		Fix:       "Give both in database_replica, server and database_name.",
		Sources:   []product.Source{product.PowerShell.At("Add-CMManagementPoint"), product.ConfigMgrCBDsc.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-MP", "MPREP-SITETYPE"),
		Roles:     []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			replica, ok := replica(c, a)
			if !ok {
				return
			}
			at := model.At("management_point", "database_replica")
			for _, part := range []struct {
				attribute string
				value     model.Value[string]
				fix       string
			}{
				{"server", replica.Server, `Name the computer with the replica, such as server = "sql01.contoso.com", beside database_name.`},
				{"database_name", replica.DatabaseName, `Name the database of the replica, such as database_name = "CM_Replica", beside server.`},
			} {
				text, ok := part.value.Get()
				switch {
				case part.value.IsUnknown():
					c.Undecide()
				case !ok || strings.TrimSpace(text) == "":
					c.Violate(rule.Violation{
						At:    at.Attr(part.attribute),
						Fact:  fmt.Sprintf("the database replica of %s lacks its %s", a.Label(), strings.ReplaceAll(part.attribute, "_", " ")),
						Found: fmt.Sprintf("database_replica has no %s.", part.attribute),
						Fix:   c.InTermsOf(part.fix, a, a.DeclaredSite()),
					})
				}
			}
		},
	},
	{
		ID: "MPREP-INSTANCE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A database replica has an instance of SQL Server for itself",
		Why: "One instance holds one replica, and not the one that holds the site database. The instance needs the replication feature and runs its SQL " +
			"Server service as Local System.",
		Fix:       `Name another computer or another instance in database_replica, such as instance = "REPLICA".`,
		Sources:   []product.Source{product.DatabaseReplicas.At("Prerequisites")},
		CoveredBy: rule.OnElement("ROLE-SITE-MP", "MPREP-SITETYPE"),
		Roles:     []string{product.RoleManagementPoint},
		// Seen from the management point: the database of its site.
		Assignment: func(c *rule.Check, a *model.Assignment) {
			replica, ok := replica(c, a)
			if !ok {
				return
			}
			host, okHost := rule.Decided(c, model.Folded(replica.Server, model.FoldHost))
			site, okSite := rule.Decided(c, a.DeclaredSite().DatabaseHost())
			if !okHost || !okSite || host != site {
				return
			}
			instance, okInstance := rule.Decided(c, instance(replica))
			own, okOwn := rule.Decided(c, a.DeclaredSite().DatabaseInstance())
			if okInstance && okOwn && instance == own {
				c.Violate(rule.Violation{
					At:    model.At("management_point", "database_replica"),
					Fact:  fmt.Sprintf("the database replica of %s is in the instance of the site database", a.Label()),
					Found: fmt.Sprintf("instance %q on %q holds the database of %s.", instance, host, a.DeclaredSite().Label()),
				})
			}
		},
		Hierarchy: func(c *rule.Check) {
			sharedReplicas(c, func(a, other *model.Assignment, place replicaPlace, database, theirs string) {
				if !strings.EqualFold(database, theirs) {
					c.Violate(rule.Violation{
						On: a, At: model.At("management_point", "database_replica", "database_name"), Site: a.DeclaredSite(), Related: []model.Declared{other},
						Fact:  fmt.Sprintf("instance %s on %s would hold two database replicas", place.instance, place.host),
						Found: fmt.Sprintf("%s uses database %q and %s database %q in the same instance.", other.Label(), theirs, a.Label(), database),
					})
				}
			})
		},
	},
	{
		ID: "MPREP-SHARE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title:     "A database replica serves management points of one site",
		Why:       "A replica holds the data of one primary site. Several management points of that site may share it.",
		Fix:       "Set up a replica of its own for each site, and name it in database_replica of its management points.",
		Sources:   []product.Source{product.DatabaseReplicas.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-MP", "MPREP-SITETYPE"),
		Hierarchy: func(c *rule.Check) {
			sharedReplicas(c, func(a, other *model.Assignment, place replicaPlace, database, theirs string) {
				own, okOwn := rule.Decided(c, a.DeclaredSite().NormalizedCode())
				code, okCode := rule.Decided(c, other.DeclaredSite().NormalizedCode())
				if strings.EqualFold(database, theirs) && okOwn && okCode && own != code {
					c.Violate(rule.Violation{
						On: a, At: model.At("management_point", "database_replica"), Site: a.DeclaredSite(), Related: []model.Declared{other},
						Fact:  fmt.Sprintf("%s uses the database replica of another site", a.Label()),
						Found: fmt.Sprintf("database %q in instance %q on %q is used by %s of %s and by %s of %s.", database, place.instance, place.host, other.Label(), other.DeclaredSite().Label(), a.Label(), a.DeclaredSite().Label()),
					})
				}
			})
		},
	},
	{
		ID: "MPREP-NO-MAC", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title:     "Macs find a management point without database replica",
		Why:       "Mac clients cannot work with a management point that reads a replica: one that allows mobile devices has to read the site database itself.",
		Fix:       "Remove database_replica from one of the management points with allow_mobile_devices = true, or assign another one without it.",
		Sources:   []product.Source{product.MacClients.At("Certificate requirements"), product.DatabaseReplicas.At("Limitations"), product.OnPremisesMDMRoles.At("Requirements and limitations")},
		CoveredBy: rule.OnElement("ROLE-SITE-MP", "ROLE-SITE-DMP", "MPREP-SITETYPE"),
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				macManagementPoints(c, s)
			}
			c.OpenCount()
		},
	},
}

// replica returns the declared replica of a management point. It does not exist
// where the management point reads the site database: nothing is undecided then.
func replica(c *rule.Check, a *model.Assignment) (*model.DatabaseReplica, bool) {
	return rule.Given(c, a.DatabaseReplica())
}

// instance returns the upper-case instance of a replica.
func instance(r *model.DatabaseReplica) model.Value[string] {
	return model.Folded(r.Instance.OrDefault(model.DefaultInstance), strings.ToUpper)
}

// replicaPlace is an instance of SQL Server that holds a replica.
type replicaPlace struct{ host, instance string }

// sharedReplicas visits the pairs of management points whose replicas are in one
// instance, with the names of the two databases.
func sharedReplicas(c *rule.Check, visit func(a, other *model.Assignment, place replicaPlace, database, theirs string)) {
	type user struct {
		a        *model.Assignment
		database string
	}
	users := map[replicaPlace][]user{}
	for _, a := range c.Topology.Index.ByRole[product.RoleManagementPoint] {
		replica, ok := replica(c, a)
		if !ok {
			continue
		}
		host, okHost := rule.Decided(c, model.Folded(replica.Server, model.FoldHost))
		instance, okInstance := rule.Decided(c, instance(replica))
		database, okDatabase := rule.Decided(c, replica.DatabaseName)
		if !okHost || !okInstance || !okDatabase {
			continue
		}
		place := replicaPlace{host, instance}
		for _, other := range users[place] {
			visit(a, other.a, place, database, other.database)
		}
		users[place] = append(users[place], user{a, database})
	}
	c.OpenCount()
}

// macManagementPoints judges the management points of a site that expects Macs.
func macManagementPoints(c *rule.Check, s *model.Site) {
	var onReplica []*model.Assignment
	open := false
	for _, a := range c.Topology.Index.RolesAt(s, product.RoleManagementPoint) {
		var allows model.Value[bool]
		if settings, ok := a.ManagementPoint.Get(); ok {
			allows = settings.AllowMobileDevices
		}
		if known, ok := allows.Get(); ok && !known {
			continue
		}
		switch replica := a.DatabaseReplica(); {
		case replica.IsNull() && model.KnownTrue(allows):
			return // Macs can use this one
		case replica.IsKnown() && model.KnownTrue(allows):
			onReplica = append(onReplica, a)
		default:
			open = true
		}
	}
	if len(onReplica) == 0 {
		return
	}
	counts, ok := rule.Decided(c, s.Clients)
	if !ok {
		return
	}
	if macs, ok := rule.Decided(c, counts.MacOS); !ok || macs == 0 {
		return
	}
	if open || c.Topology.Index.Open {
		c.Undecide()
		return
	}
	c.Violate(rule.Violation{
		On: onReplica[0], At: model.At("management_point", "database_replica"), Site: s, Related: append(model.AsDeclared(onReplica), s),
		Fact:  fmt.Sprintf("the Macs of %s have no management point without database replica", s.Label()),
		Found: fmt.Sprintf("every management point of the site that allows mobile devices uses a replica: %s.", model.Labels(onReplica)),
	})
}
