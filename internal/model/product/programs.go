package product

// Parts of a site that Setup puts on computers: they are no assignable roles.
const (
	PartSiteServer         = "site_server"
	PartPassiveSiteServer  = "site_server_passive"
	PartSMSProvider        = "sms_provider"
	PartSiteDatabaseServer = "site_database_server"
)

// Programs are what a role or a part of a site needs on its computer besides features of
// Windows. The releases of each are those of the [Release] that the site runs.
type Programs struct {
	Framework bool // a recent .NET Framework
	Driver    bool // the ODBC driver for SQL Server
	Kit       bool // the Windows ADK with Windows PE: not on the site server of a secondary site
}

// programs are what the article about the prerequisites of site systems asks for
// ([SiteSystemPrerequisites], 2026-09-14), and the Windows ADK that of [SMSProvider].
var programs = map[string]Programs{
	PartSiteServer:              {Framework: true, Driver: true, Kit: true},
	PartPassiveSiteServer:       {Framework: true, Driver: true, Kit: true},
	PartSMSProvider:             {Framework: true, Driver: true, Kit: true},
	PartSiteDatabaseServer:      {Driver: true},
	RoleAssetIntelligence:       {Framework: true, Driver: true},
	RoleCertificateRegistration: {Framework: true, Driver: true},
	RoleDataWarehouse:           {Framework: true},
	RoleEndpointProtection:      {Driver: true},
	RoleEnrollmentPoint:         {Framework: true, Driver: true},
	RoleEnrollmentProxyPoint:    {Framework: true},
	RoleManagementPoint:         {Framework: true, Driver: true},
	RoleReportingServicesPoint:  {Framework: true, Driver: true},
	RoleServiceConnectionPoint:  {Framework: true, Driver: true},
	RoleSoftwareUpdatePoint:     {Framework: true, Driver: true},
	RoleStateMigrationPoint:     {Framework: true, Driver: true},
	RoleGatewayConnection:       {Framework: true},
}

// ProgramsOf returns what a role, by its key, or a part of a site needs: nothing where the
// article names nothing.
func ProgramsOf(part string) Programs { return programs[part] }
