package model

// limit is a documented number with its source. Rules read numbers from here and
// hold none themselves.
type limit struct {
	value  int64
	source Source
}

// valueRange is the documented range of a number.
type valueRange struct {
	min, max int64
	source   Source
}

func (r valueRange) holds(n int64) bool { return r.min <= n && n <= r.max }

// milestone is the version with which something came or went.
type milestone struct {
	version Version
	source  Source
}

var (
	limitSiteCodeLength    = limit{3, in(articlePrepareToInstallSites, "Site codes")}
	limitSiteNameLength    = limit{127, in(articleMemlabs)}
	limitComputerName      = limit{15, in(articleMemlabs)} // NetBIOS
	limitHostNameLength    = limit{255, in(articlePrerequisiteChecks, "Site server FQDN length")}
	limitDatabaseName      = limit{63, in(articleCmdletParameters)}
	limitInstanceName      = limit{16, in(articleCmdletParameters)}
	limitPort              = limit{65535, in(articleCmdletParameters)}
	limitManagementPoints  = limit{15, in(articleSizeAndScale, "Management point")}
	limitInstancesPerCMGCP = limit{4, in(articleSizeAndScale, "Cloud management gateway connection point")}

	rangeGatewayInstances = valueRange{1, 16, in(articleSizeAndScale, "Cloud management gateway")}
	rangeGatewayName      = valueRange{3, 24, in(articleCMGPlan)} // characters of the first part of the service name
)

// LargestPort is the largest number of a TCP port.
func LargestPort() int64 { return limitPort.value }
