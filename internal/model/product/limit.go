package product

// Limit is a documented number with its source. Rules read numbers from here and
// hold none themselves.
type Limit struct {
	Value  int64
	Source Source
}

// ValueRange is the documented range of a number.
type ValueRange struct {
	Min, Max int64
	Source   Source
}

// Holds reports whether a number is within the range.
func (r ValueRange) Holds(n int64) bool { return r.Min <= n && n <= r.Max }

// The numbers that several chapters read. Others stand with the rules that read them.
var (
	LimitSiteCodeLength    = Limit{3, PrepareToInstallSites.At("Site codes")}
	LimitSiteNameLength    = Limit{127, Memlabs.Source()}
	LimitComputerName      = Limit{15, Memlabs.Source()} // NetBIOS
	LimitHostNameLength    = Limit{255, PrerequisiteChecks.At("Site server FQDN length")}
	LimitDatabaseName      = Limit{63, CmdletParameters.Source()}
	LimitInstanceName      = Limit{16, CmdletParameters.Source()}
	LimitPort              = Limit{65535, CmdletParameters.Source()}
	LimitManagementPoints  = Limit{15, SizeAndScale.At("Management point")}
	LimitInstancesPerCMGCP = Limit{4, SizeAndScale.At("Cloud management gateway connection point")}

	RangeGatewayInstances = ValueRange{1, 16, SizeAndScale.At("Cloud management gateway")}
	RangeGatewayName      = ValueRange{3, 24, CMGPlan.Source()} // characters of the first part of the service name
)

// LargestPort is the largest number of a TCP port.
func LargestPort() int64 { return LimitPort.Value }

// What a site and its servers carry, as both the rules and the required roles read it.
var (
	LimitClientsPerManagementPoint   = Limit{25_000, SizeAndScale.At("Management point")}
	LimitMacsPerManagementPoint      = Limit{10_000, SizeAndScale.At("Management point")}
	LimitDevicesPerManagementPoint   = Limit{10_000, SizeAndScale.At("Management point")}
	LimitClientsPerDistributionPoint = Limit{4_000, SizeAndScale.At("Distribution point")}
	LimitChildPrimary                = Limit{150_000, SizeAndScale.At("Child primary site")}
	LimitStandAloneWindows           = Limit{150_000, SizeAndScale.At("Stand-alone primary site")}
	LimitStandAloneClients           = Limit{175_000, SizeAndScale.At("Stand-alone primary site")}
	LimitStandAloneMacs              = Limit{25_000, SizeAndScale.At("Stand-alone primary site")}
	LimitStandAloneDevices           = Limit{50_000, SizeAndScale.At("Stand-alone primary site")}
	LimitHierarchyWindows            = Limit{700_000, SizeAndScale.At("Hierarchy with a central administration site")}
	LimitHierarchyMacs               = Limit{25_000, SizeAndScale.At("Hierarchy with a central administration site")}
	LimitHierarchyDevices            = Limit{100_000, SizeAndScale.At("Hierarchy with a central administration site")}
	LimitSecondaryWindows            = Limit{15_000, SizeAndScale.At("Secondary sites")}
	LimitFallbackClients             = Limit{100_000, SizeAndScale.At("Fallback status point")}
	LimitUpdateClientsShared         = Limit{25_000, SizeAndScale.At("Capacity planning for the software update point")}
	LimitUpdateClientsDedicated      = Limit{150_000, SizeAndScale.At("Capacity planning for the software update point")}
)
