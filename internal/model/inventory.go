package model

// Inventory is what is installed on the computer of a server, as build automation
// knows it. Every attribute is undecided when null: an empty list says that there is
// nothing.
type Inventory struct {
	WindowsFeatures   Value[[]Value[string]] `attr:"windows_features"`    // names of Install-WindowsFeature, complete
	DotNetVersion     Value[string]          `attr:"dotnet_version"`      // .NET Framework 4, such as 4.8
	ODBCDriverVersion Value[string]          `attr:"odbc_driver_version"` // file version, such as 18.4.1.1, or none
	ADKVersion        Value[string]          `attr:"adk_version"`         // such as 10.1.26100.1
	ADKComponents     Value[[]Value[string]] `attr:"adk_components"`      // the add-on for Windows PE included
	ReportingServices Value[string]          `attr:"reporting_services"`
	Certificates      Value[[]Value[string]] `attr:"certificates"` // of a public key infrastructure
	Location          Value[string]          `attr:"location"`
}

// NotInstalled is the version of something that is not on a computer (attribute
// odbc_driver_version).
const NotInstalled = "none"

// Components of the Windows ADK (attribute adk_components).
const (
	ADKDeploymentTools = "deployment_tools"
	ADKWindowsPE       = "windows_pe"
	ADKUserState       = "user_state_migration_tool"
)

// ADKComponents lists the components of the Windows ADK that the product uses.
func ADKComponents() []string { return []string{ADKDeploymentTools, ADKWindowsPE, ADKUserState} }

// Report servers (attribute reporting_services).
const (
	ReportingNativeMode     = "native_mode"
	ReportingSharePointMode = "sharepoint_mode"
	ReportingPowerBI        = "power_bi_report_server"
	ReportingNone           = "none"
)

// ReportingServicesKinds lists the report servers.
func ReportingServicesKinds() []string {
	return []string{ReportingNativeMode, ReportingSharePointMode, ReportingPowerBI, ReportingNone}
}

// Certificates of a public key infrastructure on a computer (attribute certificates).
const (
	CertificateWebServer = "web_server"
	CertificateClient    = "client"
)

// ServerCertificates lists the certificates of a computer.
func ServerCertificates() []string { return []string{CertificateWebServer, CertificateClient} }

// Where a computer runs (attribute location).
const (
	LocationOnPremises = "on_premises"
	LocationAzure      = "azure"
)

// Locations lists where a computer may run.
func Locations() []string { return []string{LocationOnPremises, LocationAzure} }
