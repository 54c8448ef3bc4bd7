package install

import (
	"cmp"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Program is what a computer needs besides features of Windows.
type Program struct {
	Name string
	// Version is the oldest release that the site takes, of the Windows ADK the newest one
	// that it supports, of SQL Server the declared one. Empty where neither an article nor
	// the design says.
	Version string
	Source  product.Source
}

// Names of programs.
const (
	programFramework = ".NET Framework"
	programDriver    = "Microsoft ODBC Driver 18 for SQL Server"
	programKit       = "Windows ADK with Windows PE"
	programDatabase  = "SQL Server"
	programReports   = "SQL Server Reporting Services"
)

// ServerAccount is an account that something on a computer uses.
type ServerAccount struct {
	Account string // as it is declared, or the placeholder that stands for it, such as $DataWarehouseAccount
	Use     string // the key of the role or part that uses it, or site_system
}

// siteSystem is the use of an account with which a site installs on a computer.
const siteSystem = "site_system"

// programs adds what the parts of computers need besides features of Windows.
func (d *Design) programs(hosts map[string]*Server) {
	for _, siteCode := range d.codes {
		s := d.sites[siteCode]
		for host, part := range d.siteServers(s) {
			d.addPrograms(hosts[host], s, part)
		}
		for _, host := range d.providersOf(s) {
			d.addPrograms(hosts[host], s, smsProvider)
		}
		for _, host := range d.databaseComputers(s) {
			d.addPrograms(hosts[host], s, siteDatabaseServer)
			if d.isSecondary(s) {
				if express, _ := read(&d.reading, expressOf(s)); express {
					continue // the setup of the site installs it
				}
			}
			version, _ := read(&d.reading, block(&d.reading, s.DeclaredDatabase()).SQLVersion)
			hosts[host].add(Program{programDatabase, version, product.SQLServerVersions.Source()})
		}
	}
	for _, a := range d.assigned {
		site := a.site
		if listed := d.sites[a.code]; listed != nil {
			site = listed
		}
		d.addPrograms(hosts[a.host], site, a.role)
		if a.role == reportingServicesPoint {
			hosts[a.host].add(Program{programReports, "", product.SiteSystemPrerequisites.At("Reporting services point")})
		}
	}
}

func (d *Design) addPrograms(host *Server, s *model.Site, part string) {
	needed := product.ProgramsOf(part)
	read(&d.reading, s.Version)
	version, ok := s.EffectiveVersion(product.DefaultVersion).Get()
	if !ok {
		return
	}
	release, ok := product.ReleaseFor(version)
	if !ok {
		return
	}
	if needed.Framework {
		host.add(Program{programFramework, cmp.Or(release.Recommended.Least, release.Framework.Least), release.Recommended.Source})
	}
	if needed.Driver && release.Driver.Least != "" {
		host.add(Program{programDriver, release.Driver.Least, release.Driver.Source})
	}
	if needed.Kit && (part == smsProvider || !d.isSecondary(s)) {
		newest := ""
		if n := len(release.Kits.Supported); n > 0 {
			newest = release.Kits.Supported[n-1]
		}
		host.add(Program{programKit, newest, release.Kits.Source})
	}
}

// add adds a program. Of two releases, the newer one stays.
func (s *Server) add(p Program) {
	i := slices.IndexFunc(s.Programs, func(other Program) bool { return other.Name == p.Name })
	if i < 0 {
		s.Programs = append(s.Programs, p)
		return
	}
	if order, ok := product.CompareReleases(s.Programs[i].Version, p.Version); ok && order < 0 || s.Programs[i].Version == "" {
		s.Programs[i] = p
	}
}

// serverAccounts adds the accounts that something on the computers uses.
func (d *Design) serverAccounts(hosts map[string]*Server) {
	for host, s := range d.servers {
		if account, ok := read(&d.reading, s.InstallationAccount); ok {
			hosts[host].Accounts = append(hosts[host].Accounts, ServerAccount{account, siteSystem})
		}
	}
	for _, siteCode := range d.codes {
		s := d.sites[siteCode]
		if account, ok := read(&d.reading, block(&d.reading, s.DeclaredDatabase()).ServiceAccount); ok {
			for _, host := range d.databaseComputers(s) {
				hosts[host].Accounts = append(hosts[host].Accounts, ServerAccount{account, siteDatabaseServer})
			}
		}
	}
	for _, a := range d.assigned {
		command, _ := commandOf(a.role, a.Assignment)
		for _, account := range accountsIn(command, a.code) {
			name := account.Name
			if account.Placeholder != nil {
				name = "$" + account.Placeholder.Name
			}
			hosts[a.host].Accounts = append(hosts[a.host].Accounts, ServerAccount{name, a.role})
		}
	}
}

// UpdateContent is asked for where WSUS is completed.
var UpdateContent = Placeholder{Name: "WsusContentFolder", Purpose: "the local folder of the content of WSUS, such as D:\\WSUS"}

// UpdateDatabase is the SQL Server instance of the WSUS on a computer of a site, empty for
// the internal database of Windows.
func (d *Design) UpdateDatabase(siteCode, host string) string {
	for _, a := range d.rolesAt(siteCode, softwareUpdatePoint) {
		settings := block(&d.reading, a.SoftwareUpdatePoint)
		server, ok := read(&d.reading, settings.WSUSDatabaseServer)
		if a.host != host || !ok {
			continue
		}
		instance, named := read(&d.reading, settings.WSUSDatabaseInstance)
		if named && !strings.EqualFold(instance, model.DefaultInstance) {
			return model.FoldHost(server) + `\` + instance
		}
		return model.FoldHost(server)
	}
	return ""
}

// updateSetups adds the command that completes WSUS where it is installed. The modules
// CMBuild 1.0.8 and UpdateServicesDsc 1.2.0 call wsusutil in this way.
func (d *Design) updateSetups(hosts map[string]*Server) {
	for _, a := range d.assigned {
		if a.role != softwareUpdatePoint {
			continue
		}
		line := `& "$env:ProgramFiles\Update Services\Tools\wsusutil.exe" postinstall "CONTENT_DIR=$` + UpdateContent.Name + `"`
		if database := d.UpdateDatabase(a.code, a.host); database != "" {
			line += " " + PowerShell("SQL_INSTANCE_NAME="+database)
		}
		hosts[a.host].UpdateSetup = line
	}
}
