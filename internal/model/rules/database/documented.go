package database

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "DB-SYSADMIN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "The site server keeps the sysadmin role on its SQL Server",
		Why: "The site manages its database with the computer account of the site server, also after Setup. Where a secondary site uses an instance that " +
			"was there before, the computer account of the parent primary site and the Local System account need the role.",
		Fix:     "In SQL Server Management Studio, look whether these logins are members of sysadmin, and spare them when permissions are cleaned up.",
		Sources: []product.Source{product.SiteInstallationPrerequisites.At("Prerequisites for installing a primary site or a central administration site"), product.SiteInstallationPrerequisites.At("Secondary sites")},
	},
	rule.Rule{
		ID: "DB-RECOVERY-MODEL", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "The site database uses the full recovery model in an availability group and the simple one elsewhere",
		Why: "Replicas are kept up to date from the transaction log, which the simple model does not keep. The full model lets the log grow until it is " +
			"backed up.",
		Fix:     "Look at recovery_model_desc in sys.databases, and back up the log where the model is full.",
		Sources: []product.Source{product.AvailabilityGroup.Source(), product.PrerequisiteChecks.Source()},
	},
	rule.Rule{
		ID: "DB-SSB", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "Every site uses the SQL Server Service Broker",
		Why:     "Sites replicate over it, and a stand-alone primary site needs it as well. It listens on TCP 4022 unless changed.",
		Fix:     "Set service_broker_port in the database block if it is not 4022, and open the port.",
		Sources: []product.Source{product.SQLServerVersions.At("SQL Server Service Broker (SSB)")},
	},
	rule.Rule{
		ID: "DB-MOVE-VIA-SETUP", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "Setup leads a site to its moved database",
		Why: "The database of a central administration or primary site can go to another server or instance. Setup, run on the site server, makes the site " +
			"use it there; site code and site name stay.",
		Fix:     "Run Setup on the site server, choose site maintenance, and change the SQL Server configuration.",
		Sources: []product.Source{product.ModifyInfrastructure.At("Modify the site database configuration"), product.SiteSystemRoles.At("Configuration Manager site database server")},
	},
	rule.Rule{
		ID: "AG-FAILOVER-MODE", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "Replicas fail over by hand only while Setup or an update runs",
		Why: "Synchronous replicas may fail over automatically at any other time. A failover in the middle of Setup or of an update would pull the " +
			"database away from it.",
		Fix:     "Set the failover mode of all replicas to manual before you start, and back afterwards; sys.availability_replicas shows it.",
		Sources: []product.Source{product.AvailabilityGroup.At("Replica members")},
	},
	rule.Rule{
		ID: "AG-ASYNC", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:   "The site never fails over to an asynchronous replica",
		Why:     "Such a replica lags behind, and the product does not look how far: the site would go on with old data. It is good for recovering the site only.",
		Fix:     "Fail over to synchronous replicas only; use the asynchronous one as the source of a site recovery.",
		Sources: []product.Source{product.AvailabilityGroup.At("Replica members")},
	},
	rule.Rule{
		ID: "AG-SITESERVER-ADMIN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "The site server is a local administrator of every replica",
		Why:     "The site manages each computer of the availability group with the computer account of the site server.",
		Fix:     "Put the computer account into the Administrators group of each replica.",
		Sources: []product.Source{product.AvailabilityGroup.At("Site server to replica member access")},
	},
	rule.Rule{
		ID: "AG-SITE-SERVER-NODE", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:   "Of two site servers only the active one may be a node of the availability group",
		Why:     "The passive site server has to be a computer outside the availability group when it is added, and stays outside.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Site database")},
	},
)
