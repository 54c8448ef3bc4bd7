package model

// serversDocumented are the rules of the chapter that are told in the guides and that no
// plan checks.
var serversDocumented = documented(
	Rule{
		ID: "SRV-NTFS", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "Site systems are on NTFS volumes of fixed disks that they share with no other computer",
		Why:     "The product sets permissions on its folders and takes a volume for its own. Removable disks, a partition that two computers use, and Single Instance Storage under the content of a distribution point are not supported.",
		Fix:     "Check the volumes of the server with Get-Volume and Get-Disk before you add the role.",
		Sources: []Source{articleWindowsFeatures.At("Specialized storage technology"), articleSiteSystemPrerequisites.Source(), articlePrerequisiteChecks.At("NTFS drive on site server")},
	},
	Rule{
		ID: "SRV-DEDUP", Basis: Documented, Scope: ScopeServer,
		Title:   "Data deduplication is for content libraries, not for package sources",
		Why:     "Deduplication leaves reparse points in the place of files, and the product does not read package sources through them. A remote content library on the same volume as package sources therefore has to do without it, too.",
		Sources: []Source{articleWindowsFeatures.At("Data deduplication"), articleRemoteContentLibrary.Source()},
	},
	Rule{
		ID: "SRV-VIRT", Basis: Documented, Scope: ScopeServer,
		Title:   "Site systems may be virtual machines",
		Why:     "Hyper-V, other hypervisors that Microsoft has validated, and virtual machines in Azure are supported. A virtual machine inside a virtual machine is not.",
		Sources: []Source{articleVirtualization.Source(), articleSiteServerHighAvailability.At("Supported configurations")},
	},
	Rule{
		ID: "SRV-DISJOINT", Basis: Documented, Scope: ScopeServer,
		Title:   "A server may have a DNS suffix other than the name of its domain",
		Why:     "Disjoint namespaces are supported. The name that counts is then the one with the primary DNS suffix of the computer, as in the attribute dNSHostName of its account.",
		Fix:     "Write fqdn and site_server with the primary DNS suffix of the computer.",
		Sources: []Source{articleActiveDirectoryDomains.At("Configure a disjoint namespace")},
	},
	Rule{
		ID: "SRV-ADMIN-SHARE", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:   "The site server reaches the administrative share and the registry of each site system",
		Why:     "Roles are installed and watched over the share ADMIN$ and the Remote Registry service. The account used for it has to be a local administrator of the server and may not be barred from access over the network.",
		Fix:     "From the site server, open the share ADMIN$ of the server with that account, check that Remote Registry runs, and read ConfigMgrPrereq.log.",
		Sources: []Source{articleSiteSystemPrerequisites.Source(), articlePrerequisiteChecks.At("Administrative share (site system)"), articleAccounts.At("Site system installation account")},
	},
	Rule{
		ID: "SRV-UNTRUSTED-SQLPORTS", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "Roles in another forest reach the SQL Server of the site",
		Why:     "Asset Intelligence synchronization point, Endpoint Protection point, enrollment point, management point, reporting services point and state migration point connect to the site database themselves, on TCP 1433 unless changed. Other articles add the data warehouse service point, the service connection point and the SMS Provider.",
		Fix:     "Open the port from these servers to the SQL Server of the site, and try it with Test-NetConnection.",
		Sources: []Source{articleCommunications.At("Scenario 2: Communication in a site that spans forests"), articleSQLServerConfigurations.At("SQL Server ports"), articlePorts.Source()},
	},
	Rule{
		ID: "SRV-UNTRUSTED-CLIENT-ROLES", Basis: Recommended, Scope: ScopeHierarchy,
		Title:   "Clients in an untrusted forest have a management point and a distribution point there",
		Why:     "Their traffic then stays in the forest, and Kerberos tells who they are. If the site publishes to that forest, they also find the servers in their own Active Directory.",
		Fix:     "Assign both roles to servers of that forest, and publish the site to it under Hierarchy Configuration, Active Directory Forests.",
		Sources: []Source{articleCommunications.At("Support domain computers in a forest that's not trusted by your site server's forest")},
	},
	Rule{
		ID: "SRV-IPV6", Basis: Documented, Scope: ScopeServer,
		Title:   "Four functions need IPv4",
		Why:     "The product works over IPv6 except for a cloud management gateway, the search of a DHCP server by Network Discovery, static addresses in an operating system deployment, and the wake-up proxy.",
		Sources: []Source{articleWindowsFeatures.At("IPv6"), articleCMGPlan.Source()},
	},
	Rule{
		ID: "SRV-DISK-SITE", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:   "15 GB of disk space are free where a site server is installed",
		Why:     "The prerequisite check refuses less, and wants 1 GB more when the computer also gets the SMS Provider. A site needs far more than that as it grows.",
		Fix:     "Look at the free space of the drive with Get-Volume before Setup.",
		Sources: []Source{articlePrerequisiteChecks.At("Free disk space on site server")},
	},
	Rule{
		ID: "SRV-DISK-PROVIDER", Severity: SeverityWarning, Basis: Documented, Scope: ScopeServer,
		Title:   "650 MB are free for the Windows ADK where an SMS Provider is installed",
		Why:     "The provider uses components of the Windows Assessment and Deployment Kit, which take up this space.",
		Fix:     "Look at the free space of the computer with Get-Volume before you add the provider.",
		Sources: []Source{articleSMSProvider.At("Prerequisites")},
	},
	Rule{
		ID: "SRV-SERVICE-SETTINGS", Basis: Unsupported, Scope: ScopeServer,
		Title:   "The services of the product keep their start type and logon account",
		Why:     "Changing either is not supported and can stop the site from working.",
		Fix:     "Exempt these services from security baselines and group policies.",
		Sources: []Source{articleSiteSystemPrerequisites.At("General requirements and limitations")},
	},
	Rule{
		ID: "SRV-PERIMETER-SSI", Basis: Recommended, Scope: ScopeServer,
		Title:   "Servers that face the internet are in a forest of the perimeter network",
		Why:     "The boundary of the forest then protects the site server. A two-way trust between the two forests is not needed.",
		Fix:     "Put these servers into a perimeter forest with site_server_initiates_connections = true and an installation_account.",
		Sources: []Source{articleCommunications.At("Support domain computers in a forest that's not trusted by your site server's forest"), articleCommunications.At("Scenario 2: Communication in a site that spans forests")},
	},
	Rule{
		ID: "SRV-NO-SMS", Basis: Documented, Scope: ScopeServer,
		Title:   "A file named no_sms_on_drive.sms keeps content off a drive",
		Why:     "The product puts no content on a drive with this file in its root folder. On the drive that is meant for content it would do harm.",
		Fix:     "Create the empty file on all drives that have to stay free of content before the role is installed.",
		Sources: []Source{articleDistributionPoints.Source(), articleSiteSystemPrerequisites.Source()},
	},
	Rule{
		ID: "SRV-SCP-REMOTE-ACCOUNT", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "The site server has access to a remote service connection point",
		Why:     "The site server fetches the updates that the role has downloaded. It does so with its computer account, which has to be a local administrator of the remote server, or with the site system installation account.",
		Fix:     "Put the computer account of the site server into the Administrators group of that server, or give the server an installation_account.",
		Sources: []Source{articleServiceConnectionPoint.At("Remote site system requirements")},
	},
)
