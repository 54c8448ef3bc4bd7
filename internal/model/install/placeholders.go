package install

// The placeholders. Equal names mean the same thing, so that automation asks for each
// once.
var (
	placeholderServer   = Placeholder{Name: "SiteSystemServerName", Purpose: "the fully qualified name of the site system server"}
	placeholderSiteCode = Placeholder{Name: "SiteCode", Purpose: "the site code"}

	placeholderCertificateExpiration = Placeholder{Name: "DistributionPointCertificateExpiration", Purpose: "the date and time (UTC) at which the " +
		"self-signed certificates of distribution points expire"}
	placeholderCertificatePath = Placeholder{Name: "DistributionPointCertificatePath", Purpose: "the network path of the client authentication " +
		"certificate of distribution points, a .pfx file"}
	placeholderCertificatePassword = Placeholder{Name: "DistributionPointCertificatePassword", Purpose: "the password of the client authentication " +
		"certificate of distribution points", Secret: true}

	placeholderReportingAccount  = Placeholder{Name: "ReportingServicesPointAccount", Purpose: "the account with which reports read the site database"}
	placeholderWarehouseAccount  = Placeholder{Name: "DataWarehouseAccount", Purpose: "the account with which reports read the data warehouse"}
	placeholderStorageFolders    = Placeholder{Name: "StateMigrationPointFolders", Purpose: "the folders of state migration points, from New-CMStorageFolder"}
	placeholderConnectionMode    = Placeholder{Name: "ServiceConnectionPointMode", Purpose: "the mode of the service connection point, Online or Offline"}
	placeholderProtectionService = Placeholder{Name: "EndpointProtectionService", Purpose: "the membership of the cloud protection service: " +
		"DoNotJoinMaps, BasicMembership or AdvancedMembership"}
	placeholderEndpointLicense = Placeholder{Name: "EndpointProtectionLicenseAgreed", Purpose: "$true, once the license terms of Endpoint Protection " +
		"are accepted"}
	placeholderGateway             = Placeholder{Name: "CloudManagementGatewayName", Purpose: "the service name of the cloud management gateway"}
	placeholderRequestCertificates = Placeholder{Name: "CertificateRegistrationPointCertificates", Purpose: "a hash table from the addresses of the Network " +
		"Device Enrollment Service to the files of its certification authority", Table: true}
	placeholderExchangeAddress = Placeholder{Name: "ExchangeServerAddress", Purpose: "the address of the Exchange server, or of its PowerShell service"}

	placeholderGatewayCertificate = Placeholder{Name: "GatewayCertificatePath", Purpose: "the path of the server certificate of the cloud management " +
		"gateway, a .pfx file"}
	placeholderGatewayPassword = Placeholder{Name: "GatewayCertificatePassword", Purpose: "the password of the server certificate of the cloud " +
		"management gateway", Secret: true}
	placeholderGatewayGroup       = Placeholder{Name: "GatewayResourceGroup", Purpose: "the Azure resource group of the cloud management gateway"}
	placeholderGatewayApplication = Placeholder{Name: "GatewayServerApplication", Purpose: "the client id of the server application in Microsoft Entra ID"}
	placeholderGatewayPlan        = Placeholder{Name: "GatewaySubscription", Purpose: "the id of the Azure subscription of the cloud management gateway"}
	placeholderCacheLicense       = Placeholder{Name: "ConnectedCacheLicenseAgreed", Purpose: "$true, once the license terms of Connected Cache are accepted"}

	// One value for each account: what runs the step asks for it by the name of the account.
	placeholderAccountPassword = Placeholder{Name: "AccountPassword", Purpose: "the password of the account", Secret: true}

	placeholderInstallDirectory = Placeholder{Name: "InstallDirectory", Purpose: "the installation directory on the site server, such as D:\\Program " +
		"Files\\Microsoft Configuration Manager"}
	placeholderSiteName       = Placeholder{Name: "SiteName", Purpose: "the name of the site"}
	placeholderSiteServer     = Placeholder{Name: "SiteServerName", Purpose: "the fully qualified name of the site server"}
	placeholderLibrary        = Placeholder{Name: "ContentLibraryPath", Purpose: "the network path of the remote content library"}
	placeholderLocalLibrary   = Placeholder{Name: "LocalContentLibraryPath", Purpose: "the local folder of the content library on the site server"}
	placeholderUpstreamServer = Placeholder{Name: "UpstreamUpdateServer", Purpose: "the address of the upstream WSUS server, such as " +
		"http://wsus.contoso.com:8530"}
)
