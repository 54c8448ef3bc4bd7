package database

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What a change of an installed site means for its database.

var databaseTransitionRules = []rule.Rule{
	{
		ID: "DB-PROMOTION-KEEPS", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite, Versions: "from 1806",
		Title: "A promotion leaves the site database where it is",
		Why: "When the passive site server takes over it uses the database that is there. A design that names no database server means the site server, " +
			"which is another computer from the promotion on: it would describe a database that nobody has moved.",
		Fix:     `Say where the database is before the site servers change places: database { server = "sql01.contoso.com" }.`,
		Sources: []product.Source{product.SiteServerHighAvailability.At("Site database"), product.ModifyInfrastructure.At("Modify the site database configuration")},
		Site: func(c *rule.Check, s *model.Site) {
			prior := c.Topology.PriorSite(s)
			if prior == nil || !model.Installed(prior.Installed) || prior.PassiveServer.IsNull() {
				return
			}
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || !db.Server.IsNull() || !c.Fails(s.DatabaseIsVirtual()) {
				return
			}
			if !c.Fails(model.EqualHost(prior.Server, s.Server)) || !c.Holds(model.EqualHost(prior.PassiveServer, s.Server)) {
				return
			}
			if before := prior.DatabaseHost(); c.Fails(model.EqualHost(before, s.Server)) {
				c.Violate(rule.Violation{
					At:    model.At("site_server"),
					Fact:  fmt.Sprintf("the promotion of %s would move the database of %s", s.ServerHost(), s.Label()),
					Found: fmt.Sprintf("the database block names no server: until now that meant %q, with site_server = %q it means %q.", before, s.Server, s.ServerHost()),
					Fix:   fmt.Sprintf(`The database stays on %q: say so with server = "%s" in the database block. To move it, let Setup do so before the promotion.`, before, before),
				})
			}
		},
	},
	{
		ID: "MPREP-UPGRADE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "No database replica is in use while the site is updated or its database moves",
		Why: "The prerequisite check refuses to go on as long as a management point uses a replica: SQL Server still publishes from the database that is " +
			"about to change.",
		Fix: "In this order: let the management points use the site database, without database_replica, remove the subscriptions and the publication, and " +
			"apply. Then update the site or move its database. After the work, configure the replicas again.",
		Sources: []product.Source{product.PrerequisiteChecks.At("Active replica MP"), product.DatabaseReplicas.Source()},
		Hierarchy: rule.EachSite(func(c *rule.Check, s *model.Site) {
			if c.Topology.Prior == nil {
				return
			}
			prior := c.Topology.SiteBefore(s)
			if prior == nil || !model.Installed(prior.Installed) {
				return
			}
			work := databaseWork(c, prior, s)
			if work == "" {
				return
			}
			for _, a := range c.Topology.Index.RolesAt(s, product.RoleManagementPoint) {
				if model.Installed(a.Installed) && c.Holds(model.DeclaredBlock(a.DatabaseReplica())) {
					c.Violate(replicaInUse(s, a, work))
					return // one defect of the site, however many replicas it has
				}
			}
			for _, a := range c.Topology.Prior.Index.RolesAt(prior, product.RoleManagementPoint) {
				if model.Installed(a.Installed) && model.KnownTrue(model.DeclaredBlock(a.DatabaseReplica())) {
					v := replicaInUse(s, a, work)
					// The same plan takes it away: the order is what matters.
					v.Severity, v.Related = rule.SeverityWarning, nil
					v.Found += " The replica goes in the same plan."
					c.Violate(v)
					return
				}
			}
			c.OpenCount()
		}),
	},
}

// databaseWork says which work on the database of an installed site a plan brings,
// empty for none: an update of the site, or another place for its database.
func databaseWork(c *rule.Check, prior, s *model.Site) string {
	was, okWas := c.VersionOf(prior)
	is, okIs := c.VersionOf(s)
	if okWas && okIs && is > was {
		return fmt.Sprintf("version changes from %s to %s", was, is)
	}
	before, okBefore := prior.DeclaredDatabase().Get()
	if _, ok := rule.Decided(c, s.DeclaredDatabase()); !ok || !okBefore {
		return ""
	}
	for _, place := range []struct {
		name                string
		named, was, planned model.Value[string]
	}{
		{"the database server", before.Server, prior.DatabaseHost(), s.DatabaseHost()},
		{"the instance of the database", before.Instance, prior.DatabaseInstance(), s.DatabaseInstance()},
	} {
		// A place that nobody named before may be told only now.
		if !place.named.IsNull() && c.Fails(model.EqualHost(place.was, place.planned)) {
			return fmt.Sprintf("%s changes from %q to %q", place.name, place.was, place.planned)
		}
	}
	return ""
}

// replicaInUse is the violation of work on a site while a management point reads a replica.
func replicaInUse(s *model.Site, a *model.Assignment, work string) rule.Violation {
	where := "a replica"
	// The prior design of a hierarchy records that there is one, not where.
	if replica, _ := a.DatabaseReplica().Get(); replica.Server.IsKnown() {
		where = fmt.Sprintf("the replica on %q", replica.Server)
	}
	return rule.Violation{
		On: s, At: model.At("version"), Site: s, Related: []model.Declared{a},
		Fact:  fmt.Sprintf("%s uses a database replica while %s changes", a.Label(), s.Label()),
		Found: fmt.Sprintf("%s at %s, where %s reads %s.", work, s.Label(), a.Label(), where),
	}
}
