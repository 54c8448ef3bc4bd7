package product

import "slices"

// OperatingSystem is a Windows version of a site system server.
type OperatingSystem struct {
	Key  string
	Name string
	// DistributionPointOnly says that the system hosts distribution points only.
	DistributionPointOnly bool
	// Client says that it is a Windows client, not a server.
	Client bool
	// SupportedFrom is the first version that supports the system, 0 when every
	// current branch version that can still be installed does.
	SupportedFrom Version
	// RefusedFrom is the first version that no longer accepts the system, 0 when
	// it is still supported.
	RefusedFrom Version
	// NoticeFrom is the first version whose prerequisite check warns that the system
	// will be refused, 0 when none does.
	NoticeFrom Version
	// DisputedFrom is the first version for which the sources disagree on whether
	// the system is supported, 0 when they agree.
	DisputedFrom Version
	// KeptForDistributionPoints says that the system, where it is refused, is still
	// let through on a server with no other role than the distribution point.
	KeptForDistributionPoints bool
	// Lacks names the roles that the system is not listed for.
	Lacks []string
	// History says, in a sentence, what became of a system that is no longer supported.
	History string
	Source  Source
}

// operatingSystems is newest server first. The releases say which of them support a system.
var operatingSystems = datedSystems([]OperatingSystem{
	{Key: "windows_server_2025", Name: "Windows Server 2025",
		Lacks: []string{RoleAssetIntelligence, RoleEnrollmentPoint, RoleEnrollmentProxyPoint}, Source: SupportedOperatingSystems.At("Windows Server 2025")},
	{Key: "windows_server_2022", Name: "Windows Server 2022", Source: SupportedOperatingSystems.At("Windows Server 2022")},
	{Key: "windows_server_2019", Name: "Windows Server 2019", Source: SupportedOperatingSystems.At("Windows Server 2019")},
	{Key: "windows_server_2016", Name: "Windows Server 2016", Source: SupportedOperatingSystems.At("Windows Server 2016")},
	{Key: "windows_storage_server_2016", Name: "Windows Storage Server 2016", DistributionPointOnly: true, Source: SupportedOperatingSystems.At("Windows Storage Server 2016")},
	{Key: "windows_server_2012_r2", Name: "Windows Server 2012 R2", NoticeFrom: 2309,
		History: "Its product support ended on 2023-10-10; Setup warns from version 2309 and refuses it from version 2403.", Source: SupportedOperatingSystems.At("Windows Server 2012 and Windows Server 2012 R2")},
	{Key: "windows_server_2012", Name: "Windows Server 2012", NoticeFrom: 2309,
		History: "Its product support ended on 2023-10-10; Setup warns from version 2309 and refuses it from version 2403.", Source: SupportedOperatingSystems.At("Windows Server 2012 and Windows Server 2012 R2")},
	{Key: "windows_server_2008_r2", Name: "Windows Server 2008 R2", KeptForDistributionPoints: true,
		History: "From version 1702 on it hosts neither a site nor another role than the distribution point.", Source: DeprecatedServer.At("Server OS")},
	{Key: "windows_server_2008", Name: "Windows Server 2008", KeptForDistributionPoints: true,
		History: "In no current branch version does it host a site or another role than the distribution point.", Source: DeprecatedServer.At("Server OS")},
	{Key: "windows_11", Name: "Windows 11", Client: true, DistributionPointOnly: true, Source: SupportedOperatingSystems.At("Client OS versions")},
	{Key: "windows_10", Name: "Windows 10", Client: true, DistributionPointOnly: true, DisputedFrom: 2509, Source: SupportedOperatingSystems.At("Client OS versions")},
	{Key: "windows_10_ltsc", Name: "Windows 10 LTSC", Client: true, DistributionPointOnly: true, Source: SupportedOperatingSystems.At("Client OS versions")},
	// No article names the version that dropped Windows 8.1. The support article of
	// 2024-12-19 knows it for older versions only, and 2309 was then the oldest version
	// in support: from there on it is refused, before that nothing is said.
	{Key: "windows_8_1", Name: "Windows 8.1", Client: true, DistributionPointOnly: true,
		History: "Only versions before 2309 are known to have accepted it, for distribution points.", Source: SupportedOperatingSystems.At("Client OS versions")},
})

// datedSystems fills in from when to when the releases support each system.
func datedSystems(systems []OperatingSystem) []OperatingSystem {
	for i := range systems {
		os := &systems[i]
		os.SupportedFrom, os.RefusedFrom = span(func(r *Release) bool { return slices.Contains(r.Systems, os.Key) })
	}
	return systems
}

var operatingSystemsByKey = func() map[string]*OperatingSystem {
	m := make(map[string]*OperatingSystem, len(operatingSystems))
	for i := range operatingSystems {
		m[operatingSystems[i].Key] = &operatingSystems[i]
	}
	return m
}()

// SystemOf returns an operating system, nil when there is none with the key.
func SystemOf(key string) *OperatingSystem { return operatingSystemsByKey[key] }

// OperatingSystems lists the keys of the operating systems, newest server first.
// Unsupported ones are legal values, so that a rule refuses them with their history.
func OperatingSystems() []string {
	keys := make([]string, len(operatingSystems))
	for i, os := range operatingSystems {
		keys[i] = os.Key
	}
	return keys
}

// RefusedBy reports whether a version no longer accepts the system, or does not yet.
func (os *OperatingSystem) RefusedBy(v Version) bool {
	return v < os.SupportedFrom || os.RefusedFrom != 0 && v >= os.RefusedFrom
}

// NewestServer returns the newest Windows Server that a version supports for every
// role that is not deprecated.
func NewestServer(v Version) *OperatingSystem {
	for i := range operatingSystems {
		if os := &operatingSystems[i]; !os.DistributionPointOnly && !os.RefusedBy(v) {
			return os
		}
	}
	return &operatingSystems[0]
}
