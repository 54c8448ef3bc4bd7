package adopt

import (
	"slices"
	"strings"
)

// Class is a class of the SMS Provider that an export has rows of, with the properties
// that are exported and read. Nothing else of it ever is.
type Class struct {
	Name       string
	Properties []string
	Props      []string // names of embedded properties
	PropLists  []string // names of embedded lists
}

// Names of classes.
const (
	classSite       = "SMS_Site"
	classDefinition = "SMS_SCI_SiteDefinition"
	classRole       = "SMS_SCI_SysResUse"
	classComponent  = "SMS_SCI_Component"
	classClient     = "SMS_SCI_ClientComp"
	classAddress    = "SMS_SCI_Address"
	classGroup      = "SMS_BoundaryGroup"
	classMember     = "SMS_BoundaryGroupSiteSystems"
	classDevice     = "SMS_CombinedDeviceResources"
	classGateway    = "SMS_AzureService"

	// What other tools write is turned into rows too, under names of their own.
	classFirewall = "SystemAndRoleList"
	classGraph    = "nodes"
)

// Classes lists the classes of an export, in the order in which they are written.
func Classes() []Class { return slices.Clone(classes) }

var classes = []Class{
	{Name: classSite, Properties: []string{"SiteCode", "SiteName", "ServerName", "ReportingSiteCode", "Type", "Status", "Version", "BuildNumber", "InstallDir", "ContentLibraryLocation"}},
	{
		Name:       classDefinition,
		Properties: []string{"SiteCode", "SiteName", "SiteServerName", "SiteServerDomain", "ParentSiteCode", "SiteType", "SQLServerName", "SQLDatabaseName"},
		Props:      []string{"SQLServerFQDN", "SQLServicePort", "SSBPort", "SQLAGPrimaryReplica", "Install Media", "Full Version"},
	},
	{
		Name:       classRole,
		Properties: []string{"SiteCode", "RoleName", "NetworkOSPath", "NALPath", "NALType", "SslState", "Type", "SiteSystemStatus"},
		Props: []string{
			"Server Remote Public Name", "FDMOperation", "UseMachineAccount", "UserName", "UseProxy", "ProxyName", "ProxyServerPort", "DomainFQDN", "ForestFQDN",
			"SQL Server Service Logon Account",
			"MPInternetFacing", "MPIntranetFacing", "AllowProxyTraffic", "UseSiteDatabase", "SQLServerName", "DatabaseName",
			"SslState", "IsPullDP", "IsPXE", "SccmPXE", "ResponseDelay", "IsMulticast", "IsAnonymousEnabled", "PreStagingAllowed", "MinFreeSpace",
			"AllowInternetClients", "DoincEnabled", "AvailableContentLibDrivesList", "AvailablePkgShareDrivesList", "CertificateFile", "CertificateExpirationDate",
			"StartPort", "EndPort", "Multicast Max Clients",
			"SSLWSUS", "WSUSIISPort", "WSUSIISSSLPort", "IsINF", "IsIntranet", "UseProxyForADR", "WSUSAccessAccount", "DBServerName", "UseParentWSUS",
			"DatabaseServerName", "ReportServerInstance", "RootFolder", "OfflineMode", "ServiceHostName",
		},
		PropLists: []string{"SourceDistributionPoints", "SourceDPRanks"},
	},
	{Name: classComponent, Properties: []string{"SiteCode", "ItemName"}, Props: []string{"IISSSLState", "IISPortsList", "IISSSLPortsList"}},
	{Name: classClient, Properties: []string{"SiteCode", "ItemName", "ClientComponentName"}, PropLists: []string{"Network Access User Names"}},
	{Name: classAddress, Properties: []string{"SiteCode", "ItemName", "DesSiteCode", "UnlimitedRateForAll", "RateLimitingSchedule"}},
	{Name: classGroup, Properties: []string{"GroupID", "Name"}},
	{Name: classMember, Properties: []string{"GroupID", "ServerNALPath"}},
	{Name: classDevice, Properties: []string{"Name", "IsClient", "SiteCode", "DeviceOS", "DeviceOSBuild"}},
	{Name: classGateway, Properties: []string{"Name", "DeploymentModel", "AzureEnvironmentId"}},
}

// classNames finds a class by its name in lower case.
var classNames = func() map[string]string {
	m := map[string]string{}
	for _, c := range classes {
		m[strings.ToLower(c.Name)] = c.Name
	}
	return m
}()

// secrets are properties that hold passwords, certificates and keys in real rows, in
// lower case. An export with one of them is not read: whoever passes it on passes on the
// secret. They are those of SMS_SCI_Reserved, of distribution points, of
// SMS_DistributionPointInfo, of SMS_SCI_SiteDefinition and of cloud management gateways,
// as the SDK and public scripts name them (2026-11-28).
var secrets = []string{
	"reserved2", "pxepassword", "certificatepfxdata", "certificatecontextdata", "sqlaccountpassword", "serviceaccountpassword",
	"siteexchangecertificate", "trustedrootkey", "sitemasterkeyhash", "servicecertificate", "serializedservicecertificate", "proxycertificateconfig",
}

// secretParts are parts of names that only secrets have.
var secretParts = []string{"password", "passwd", "pfxdata", "privatekey", "secret", "credentialblob"}

// isSecret reports whether a property of the name, in lower case, holds a secret.
func isSecret(name string) bool {
	if slices.Contains(secrets, name) {
		return true
	}
	return slices.ContainsFunc(secretParts, func(part string) bool { return strings.Contains(name, part) })
}

// names gives each name a number, so that rows need no maps of their own.
type names struct {
	byLower map[string]nameID
	list    []string
}

// nameID numbers the names of a table; 0 is not a name of it.
type nameID uint8

func newNames(lists ...[]string) *names {
	n := &names{byLower: map[string]nameID{}, list: []string{""}}
	for _, list := range lists {
		for _, name := range list {
			lower := strings.ToLower(name)
			if _, ok := n.byLower[lower]; !ok {
				n.byLower[lower] = nameID(len(n.list))
				n.list = append(n.list, name)
			}
		}
	}
	return n
}

// of returns the number of a name in any letter case.
func (n *names) of(name string) nameID {
	var buffer [64]byte
	if len(name) > len(buffer) {
		return 0
	}
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		buffer[i] = c
	}
	return n.byLower[string(buffer[:len(name)])]
}

// must returns the number of a name of the tables above.
func (n *names) must(name string) nameID {
	id := n.of(name)
	if id == 0 {
		panic("adopt: there is no property " + name) // a table of this package is wrong
	}
	return id
}

var (
	// propertyNames are those of rows of every class, foreign ones included.
	propertyNames = newNames(allOf(func(c Class) []string { return c.Properties }), foreignProperties)
	propNames     = newNames(allOf(func(c Class) []string { return c.Props }))
	listNames     = newNames(allOf(func(c Class) []string { return c.PropLists }))
)

func allOf(part func(Class) []string) []string {
	var all []string
	for _, c := range classes {
		all = append(all, part(c)...)
	}
	return all
}
