package model

// What other packages read of declared elements. The readings are those of the rules:
// names are normalized, and null is the product's default where it has one.

// FoldHost normalizes a host name: lower case, without a dot at its end.
func FoldHost(fqdn string) string { return foldHost(fqdn) }

// NormalizedCode returns the site code in upper case.
func (s *Site) NormalizedCode() Value[string] { return s.code() }

// ServerHost returns the normalized name of the site server.
func (s *Site) ServerHost() Value[string] { return folded(s.Server, foldHost) }

// PassiveHost returns the normalized name of the passive site server, null for none.
func (s *Site) PassiveHost() Value[string] { return folded(s.PassiveServer, foldHost) }

// DeclaredDatabase returns the declared database, or an empty one: every attribute of
// it then reads as the product's default.
func (s *Site) DeclaredDatabase() Value[*Database] { return s.database() }

// DatabaseHost returns the normalized name that the site reaches its database by: of
// the site server when the design names none, of the listener of an availability group,
// or of a failover cluster instance.
func (s *Site) DatabaseHost() Value[string] { return s.databaseServer() }

// DatabaseInstance returns the SQL Server instance in upper case.
func (s *Site) DatabaseInstance() Value[string] { return s.databaseInstance() }

// UsesExpress reports whether the database of the site is SQL Server Express: declared
// so, or because the setup of a secondary site installs it where no instance is named.
func (s *Site) UsesExpress() Value[bool] { return s.usesExpress() }

// ProviderHosts returns the names of the computers with an SMS Provider. None declared
// means one on the site server; a secondary site has none.
func (s *Site) ProviderHosts() Value[[]Value[string]] { return s.providers() }

// Host returns the normalized name of the server.
func (s *Server) Host() Value[string] { return s.host() }

// System returns the operating system of the server, nil when it is not known.
func (s *Server) System() *OperatingSystem { return s.operatingSystem() }

// IsPull reports whether a distribution point is a pull-distribution point.
func (d *DistributionPoint) IsPull() Value[bool] { return d.isPull() }

// DeclaredServer returns the server of the assignment, or one that leaves everything
// about it unknown.
func (a *Assignment) DeclaredServer() *Server { return a.server() }

// DeclaredSite returns the site of the assignment's server, or one that leaves
// everything about it unknown.
func (a *Assignment) DeclaredSite() *Site { return a.site() }

// Sources of what automation is given.
var (
	SourceSetupScript      = articleSetupScript.Source()
	SourcePorts            = articlePorts.Source()
	SourcePrerequisites    = articleSiteSystemPrerequisites.Source()
	SourceDSC              = articleConfigMgrCBDsc.Source()
	SourceSetupWizard      = articleSetupWizard.Source()
	SourceSecondarySite    = articleSecondarySiteWizard.Source()
	SourceHighAvailability = articleSiteServerHighAvailability.Source()
	SourceExpansion        = articleSiteInstallationPrerequisites.At("Expand a stand-alone primary site")
)

// CmdletSource is the page of a cmdlet of the ConfigurationManager module.
func CmdletSource(cmdlet string) Source { return articlePowerShell.At(cmdlet) }
