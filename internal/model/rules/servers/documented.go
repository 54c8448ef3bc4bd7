package servers

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// documented are the rules of the chapter that are told in the guides and that no
// plan checks.
var documented = rule.Told(
	rule.Rule{
		ID: "SRV-NTFS", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title: "Site systems are on NTFS volumes of fixed disks that they share with no other computer",
		Why: "The product sets permissions on its folders and takes a volume for its own. Removable disks, a partition that two computers use, and Single " +
			"Instance Storage under the content of a distribution point are not supported.",
		Fix:     "Check the volumes of the server with Get-Volume and Get-Disk before you add the role.",
		Sources: []product.Source{product.WindowsFeatures.At("Specialized storage technology"), product.SiteSystemPrerequisites.Source(), product.PrerequisiteChecks.At("NTFS drive on site server")},
	},
	rule.Rule{
		ID: "SRV-DEDUP", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "Data deduplication is for content libraries, not for package sources",
		Why: "Deduplication leaves reparse points in the place of files, and the product does not read package sources through them. A remote content " +
			"library on the same volume as package sources therefore cannot have it either.",
		Sources: []product.Source{product.WindowsFeatures.At("Data deduplication"), product.RemoteContentLibrary.Source()},
	},
	rule.Rule{
		ID: "SRV-VIRT", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "Site systems may be virtual machines",
		Why: "Hyper-V, other hypervisors that Microsoft has validated, and virtual machines in Azure are supported. A virtual machine inside a virtual " +
			"machine is not.",
		Sources: []product.Source{product.Virtualization.Source(), product.SiteServerHighAvailability.At("Supported configurations")},
	},
	rule.Rule{
		ID: "SRV-DISJOINT", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "A server may have a DNS suffix other than the name of its domain",
		Why: "Disjoint namespaces are supported. The name that counts is then the one with the primary DNS suffix of the computer, as in the attribute " +
			"dNSHostName of its account.",
		Fix:     "Write fqdn and site_server with the primary DNS suffix of the computer.",
		Sources: []product.Source{product.ActiveDirectoryDomains.At("Configure a disjoint namespace")},
	},
	rule.Rule{
		ID: "SRV-ADMIN-SHARE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title: "The site server reaches the administrative share and the registry of each site system",
		Why: "Roles are installed and watched over the share ADMIN$ and the Remote Registry service. The account used for it has to be a local " +
			"administrator of the server and may not be barred from access over the network.",
		Fix:     "From the site server, open the share ADMIN$ of the server with that account, check that Remote Registry runs, and read ConfigMgrPrereq.log.",
		Sources: []product.Source{product.SiteSystemPrerequisites.Source(), product.PrerequisiteChecks.At("Administrative share (site system)"), product.Accounts.At("Site system installation account")},
	},
	rule.Rule{
		ID: "SRV-UNTRUSTED-SQLPORTS", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "Roles in another forest reach the SQL Server of the site",
		Why: "Asset Intelligence synchronization point, Endpoint Protection point, enrollment point, management point, reporting services point and state " +
			"migration point connect to the site database themselves, on TCP 1433 unless changed. Other articles add the data warehouse service point, the " +
			"service connection point and the SMS Provider.",
		Fix:     "Open the port from these servers to the SQL Server of the site, and try it with Test-NetConnection.",
		Sources: []product.Source{product.Communications.At("Scenario 2: Communication in a site that spans forests"), product.SQLServerConfigurations.At("SQL Server ports"), product.Ports.Source()},
	},
	rule.Rule{
		ID: "SRV-UNTRUSTED-CLIENT-ROLES", Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title: "Clients in an untrusted forest have a management point and a distribution point there",
		Why: "Their traffic then stays in the forest, and Kerberos tells who they are. If the site publishes to that forest, they also find the servers in " +
			"their own Active Directory.",
		Fix:     "Assign both roles to servers of that forest, and publish the site to it under Hierarchy Configuration, Active Directory Forests.",
		Sources: []product.Source{product.Communications.At("Support domain computers in a forest that's not trusted by your site server's forest")},
	},
	rule.Rule{
		ID: "SRV-IPV6", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "Four functions need IPv4",
		Why: "The product works over IPv6 except for a cloud management gateway, the search of a DHCP server by Network Discovery, static addresses in an " +
			"operating system deployment, and the wake-up proxy.",
		Sources: []product.Source{product.WindowsFeatures.At("IPv6"), product.CMGPlan.Source()},
	},
	rule.Rule{
		ID: "SRV-DISK-SITE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title: "15 GB of disk space are free where a site server is installed",
		Why: "The prerequisite check refuses less, and wants 1 GB more when the computer also gets the SMS Provider. A site needs far more than that as it " +
			"grows.",
		Fix:     "Look at the free space of the drive with Get-Volume before Setup.",
		Sources: []product.Source{product.PrerequisiteChecks.At("Free disk space on site server")},
	},
	rule.Rule{
		ID: "SRV-DISK-PROVIDER", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:   "650 MB are free for the Windows ADK where an SMS Provider is installed",
		Why:     "The provider uses components of the Windows Assessment and Deployment Kit, which take up this space.",
		Fix:     "Look at the free space of the computer with Get-Volume before you add the provider.",
		Sources: []product.Source{product.SMSProvider.At("Prerequisites")},
	},
	rule.Rule{
		ID: "SRV-SERVICE-SETTINGS", Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:   "The services of the product keep their start type and logon account",
		Why:     "Changing either is not supported and can stop the site from working.",
		Fix:     "Exempt these services from security baselines and group policies.",
		Sources: []product.Source{product.SiteSystemPrerequisites.At("General requirements and limitations")},
	},
	rule.Rule{
		ID: "SRV-PERIMETER-SSI", Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title:   "Servers that face the internet are in a forest of the perimeter network",
		Why:     "The boundary of the forest then protects the site server. A two-way trust between the two forests is not needed.",
		Fix:     "Put these servers into a perimeter forest with site_server_initiates_connections = true and an installation_account.",
		Sources: []product.Source{product.Communications.At("Support domain computers in a forest that's not trusted by your site server's forest"), product.Communications.At("Scenario 2: Communication in a site that spans forests")},
	},
	rule.Rule{
		ID: "SRV-NO-SMS", Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:   "A file named no_sms_on_drive.sms keeps content off a drive",
		Why:     "The product puts no content on a drive with this file in its root folder. On the drive that is meant for content it would do harm.",
		Fix:     "Create the empty file on all drives that have to stay free of content before the role is installed.",
		Sources: []product.Source{product.DistributionPoints.Source(), product.SiteSystemPrerequisites.Source()},
	},
	rule.Rule{
		ID: "SRV-SCP-REMOTE-ACCOUNT", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "The site server has access to a remote service connection point",
		Why: "The site server fetches the updates that the role has downloaded. It does so with its computer account, which has to be a local " +
			"administrator of the remote server, or with the site system installation account.",
		Fix:     "Put the computer account of the site server into the Administrators group of that server, or give the server an installation_account.",
		Sources: []product.Source{product.ServiceConnectionPoint.At("Remote site system requirements")},
	},
)
