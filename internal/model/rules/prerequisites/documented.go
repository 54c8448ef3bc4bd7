package prerequisites

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "PRE-SNAC", Basis: rule.Conflict, Scope: rule.ScopeServer, Versions: "before 2609",
		Title: "SQL Server Native Client stays installed before version 2609",
		Why: "Up to version 2509 it may not be uninstalled. The notes on version 2603 say that nothing depends on it any more, while the article about " +
			"prerequisites asks for it up to version 2603. Version 2609 uses the OLE DB driver instead.",
		Fix:     "Uninstall it only when all sites run version 2609.",
		Sources: []product.Source{product.SiteSystemPrerequisites.At("SQL Server Native Client for the site server"), product.WhatsNew2603.Source(), product.WhatsNew2609.At("SQL Server drivers updated"), product.SiteServerHighAvailability.At("Configurations for the site server in passive mode")},
	},
	rule.Rule{
		ID: "PRE-VCPP", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "Each version of the product brings its Visual C++ runtime",
		Why: "It is 14.51.36247 from version 2609 on, Visual C++ 2015-2022 (14.40.33816.0) from version 2503 on, 2015-2019 (14.28.29914.0) from version " +
			"2107 on, and 2013 before. For secondary sites the documentation still names 2015-2019.",
		Sources: []product.Source{product.SiteSystemPrerequisites.At("Visual C++ Redistributable for the site server"), product.WhatsNew2609.At("Microsoft Visual C++ Redistributable updated")},
	},
	rule.Rule{
		ID: "PRE-OLEDB", Basis: rule.Documented, Scope: rule.ScopeServer, Versions: "from 2609",
		Title: "Version 2609 and later bring the OLE DB driver for SQL Server",
		Why: "Setup installs Microsoft OLE DB Driver for SQL Server, 19.4.2.0 in version 2609, on site servers and on computers with an SMS Provider or a " +
			"management point. It takes the place of SQL Server Native Client.",
		Sources: []product.Source{product.WhatsNew2609.At("SQL Server drivers updated"), product.SiteSystemPrerequisites.At("Microsoft OLE DB Driver for SQL Server on the site server")},
	},
	rule.Rule{
		ID: "PRE-SCHEMA", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "The extension of the Active Directory schema is recommended, not required",
		Why: "Sites publish to the System Management container once the schema is extended. Each site server needs Full Control of the container, and of " +
			"two site servers both do.",
		Fix:     "Look at the permissions of System, System Management in Active Directory Users and Computers, and at hman.log of the site.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Active Directory"), product.Communications.Source(), product.FindSiteResources.Source()},
	},
)
