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
	limitSiteCodeLength    = limit{3, articlePrepareToInstallSites.At("Site codes")}
	limitSiteNameLength    = limit{127, articleMemlabs.Source()}
	limitComputerName      = limit{15, articleMemlabs.Source()} // NetBIOS
	limitHostNameLength    = limit{255, articlePrerequisiteChecks.At("Site server FQDN length")}
	limitDatabaseName      = limit{63, articleCmdletParameters.Source()}
	limitInstanceName      = limit{16, articleCmdletParameters.Source()}
	limitPort              = limit{65535, articleCmdletParameters.Source()}
	limitManagementPoints  = limit{15, articleSizeAndScale.At("Management point")}
	limitInstancesPerCMGCP = limit{4, articleSizeAndScale.At("Cloud management gateway connection point")}

	rangeGatewayInstances = valueRange{1, 16, articleSizeAndScale.At("Cloud management gateway")}
	rangeGatewayName      = valueRange{3, 24, articleCMGPlan.Source()} // characters of the first part of the service name
)

// LargestPort is the largest number of a TCP port.
func LargestPort() int64 { return limitPort.value }
