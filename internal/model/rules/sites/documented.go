package sites

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "SITE-CODE-REUSE-SEC", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "The code of a former secondary site may be used again",
		Why: "Codes of central administration and primary sites are used up for good. That of a secondary site is free once the site is gone from the " +
			"hierarchy and its records are gone from the Active Directory forest.",
		Fix:     "Leave such a code out of retired_site_codes.",
		Sources: []product.Source{product.PrepareToInstallSites.At("Reuse a site code")},
	},
	rule.Rule{
		ID: "SITE-CODE-SETUP-UNVERIFIED", Basis: rule.Conflict, Scope: rule.ScopeSite,
		Title: "Setup does not look for reserved or used site codes",
		Why: "The Setup wizard takes a reserved name, and a code that another site has, without a word; another article knows of a prerequisite check for " +
			"used codes, for primary sites only. A plan checks both, because a wrong code costs a new installation of the site.",
		Sources: []product.Source{product.SetupWizard.At("Site and Installation Settings"), product.PrerequisiteChecks.At("Site code in use")},
	},
	rule.Rule{
		ID: "SITE-DBNAME-DEFAULT", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "The site database is named CM_ and the site code unless told otherwise",
		Why:     "Site PS1 gets the database CM_PS1. Setup offers this name and accepts another.",
		Sources: []product.Source{product.SetupScript.At("DatabaseName"), product.SetupWizard.At("Database Information")},
	},
	rule.Rule{
		ID: "SITE-SETUP-KEYS", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A setup script installs central administration and primary sites only",
		Why: "Action is InstallCAS or InstallPrimarySite; SiteCode, SiteName and SMSInstallDir describe the site, SDKServer the SMS Provider, " +
			"CCARSiteServer the central administration site to join, CloudConnector the service connection point. The database is SQLServerName and DatabaseName, " +
			"with SQLServerPort (1433 when left out) and SQLSSBPort (4022 when left out). RoleCommunicationProtocol and the keys of management point and " +
			"distribution point are for primary sites only.",
		Sources: []product.Source{product.SetupScript.At("Unattended setup script file keys"), product.ConfigMgrCBDsc.Source()},
	},
	rule.Rule{
		ID: "SITE-SECONDARY-INSTALL-PATH", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "A secondary site is installed by its parent primary site",
		Why: "Setup and its scripts have no secondary sites. The parent primary site installs them from its own source files, at the request of the " +
			"console or of the cmdlet New-CMSecondarySite.",
		Fix: "Connect the console or PowerShell to the hierarchy, select the parent primary site and create the secondary site there; do not run Setup on " +
			"the new server.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a secondary site"), product.SecondarySiteWizard.Source(), product.PrepareToInstallSites.At("Options for installing different types of sites")},
	},
	rule.Rule{
		ID: "SITE-TYPICAL-DEFAULTS", Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "The typical installation puts a stand-alone primary site on one server",
		Why: "Setup then takes the default folder and the local default instance of SQL Server, and the site server gets a management point and a " +
			"distribution point. It is made for tests.",
		Sources: []product.Source{product.SetupWizard.At("Process to install a CAS or primary site"), product.PrepareToInstallSites.At("Options for installing different types of sites")},
	},
)
