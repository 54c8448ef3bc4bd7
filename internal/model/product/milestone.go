package product

// Milestone is the version with which something came or went.
type Milestone struct {
	Version Version
	Source  Source
}

// CatalogSynchronizationRemoved is the first version that does not have the Asset Intelligence synchronization point.
var CatalogSynchronizationRemoved = Milestone{2603, WhatsNew2603.Source()}

// Versions that both the rules and the required roles read.
var (
	VersionCertificateRegistration = Milestone{2203, SiteSystemRoles.At("Certificate registration point")} // not supported from here on
	BitLockerIntroduced            = Milestone{1910, BitLocker.Source()}
	BitLockerWithoutTLS            = Milestone{2103, BitLocker.At("Prerequisites for the recovery service")}
	TenantAttachReleased           = Milestone{2002, TenantAttach.Source()}
	VersionReassign                = Milestone{1802, DistributionPoints.At("Reassign a distribution point")} // the console moves a distribution point to another primary site
	VersionPowerBI                 = Milestone{2002, SiteSystemPrerequisites.At("Reporting services point")}
)

// LastDay is the last day (YYYY-MM-DD) of the support of something.
type LastDay struct {
	Day    string
	Source Source
}

// MacSupportEnds is the last day of the support of the client for macOS.
var MacSupportEnds = LastDay{"2022-12-31", DeprecatedClient.Source()}
