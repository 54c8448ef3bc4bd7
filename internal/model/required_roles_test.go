package model

import (
	"slices"
	"testing"
)

// The cases follow the article "Determine the site system roles for clients",
// statement by statement.
func TestRequiredRoles(t *testing.T) {
	site := func(kind SiteType) map[string]any {
		s := map[string]any{"site_code": "PS1", "site_type": string(kind)}
		if kind == Secondary {
			s["parent"] = map[string]any{"site_code": "PRI", "site_type": "primary"}
		}
		return s
	}
	clients := func(kv ...any) map[string]any {
		c := map[string]any{}
		for i := 0; i < len(kv); i += 2 {
			if n, ok := kv[i+1].(int); ok {
				c[kv[i].(string)] = int64(n)
			} else {
				c[kv[i].(string)] = kv[i+1]
			}
		}
		return c
	}
	fsp := func(a, b, c, d any) map[string]any {
		return map[string]any{"report_client_errors": a, "deployment_reports": b, "dedicated_server": c, "benefits_outweigh_risks": d}
	}
	software := map[string]any{"deploy_software": true}

	type want struct {
		requirement Requirement
		minimum     int64
		rule        string
	}
	for _, test := range []struct {
		name     string
		input    map[string]any
		mp, dp   want
		fallback want
	}{
		{"no clients need nothing", nil,
			want{RoleNotNeeded, 0, "REQ-MP-ANY"}, want{RoleNotNeeded, 0, "REQ-DP-CONTENT"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"windows clients install from a distribution point and fall back to a management point", map[string]any{"clients": clients("windows", 100)},
			want{RoleRequired, 1, "REQ-MP-INSTALL-WINDOWS"}, want{RoleRecommended, 1, "REQ-DP-WINDOWS-INSTALL"}, want{RoleOptional, 0, "REQ-FSP-CONDITIONS"}},
		{"an alternative source needs neither for the installation, but a management point for the management", map[string]any{"clients": clients("windows", 100, "windows_installation", InstallFromAlternative)},
			want{RoleRequired, 1, "REQ-MP-SOURCE-USE"}, want{RoleOptional, 0, "REQ-DP-WINDOWS-INSTALL"}, want{RoleOptional, 0, "REQ-FSP-NOT-HEALTH"}},
		{"clients in an operating system deployment need the image", map[string]any{"clients": clients("windows", 100, "windows_installation", InstallWithOSDeployment)},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRequired, 1, "REQ-DP-OSD"}, want{RoleOptional, 0, "REQ-FSP-CONDITIONS"}},
		{"operating system deployment needs a distribution point without clients", map[string]any{"features": map[string]any{"deploy_operating_systems": true}},
			want{RoleNotNeeded, 0, "REQ-MP-ANY"}, want{RoleRequired, 1, "REQ-DP-OSD"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"software needs a distribution point", map[string]any{"clients": clients("windows", 100, "windows_installation", InstallFromAlternative), "features": software},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRequired, 1, "REQ-DP-CONTENT"}, want{RoleOptional, 0, "REQ-FSP-CONDITIONS"}},
		{"macs need a device management point", map[string]any{"clients": clients("macos", 10)},
			want{RoleRequired, 1, "REQ-MP-DEVICE"}, want{RoleNotNeeded, 0, "REQ-DP-CONTENT"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"software for macs", map[string]any{"clients": clients("macos", 10), "features": software},
			want{RoleRequired, 1, "REQ-MP-DEVICE"}, want{RoleRequired, 1, "REQ-MAC"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"enrolled mobile devices need no distribution point", map[string]any{"clients": clients("mobile_enrolled", 10)},
			want{RoleRequired, 1, "REQ-MP-DEVICE"}, want{RoleNotNeeded, 0, "REQ-DP-MOBILE-ENROLLED"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"on-premises mobile device management needs one", map[string]any{"clients": clients("on_premises_mdm", 10)},
			want{RoleRequired, 1, "REQ-MDM"}, want{RoleRequired, 1, "REQ-MDM"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"the legacy mobile client is installed from a distribution point", map[string]any{"clients": clients("mobile_legacy", 10)},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRequired, 1, "REQ-DP-MOBILE-LEGACY"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"devices of the Exchange Server connector need nothing", map[string]any{"clients": clients("mobile_exchange", 10)},
			want{RoleNotNeeded, 0, "REQ-EXC"}, want{RoleNotNeeded, 0, "REQ-DP-CONTENT"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"a fallback status point when all four conditions hold", map[string]any{"clients": clients("windows", 100), "fallback_status_point": fsp(true, true, true, true)},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRecommended, 1, "REQ-DP-WINDOWS-INSTALL"}, want{RoleRecommended, 1, "REQ-FSP-HTTP-RISK"}},
		{"none without a dedicated server", map[string]any{"clients": clients("windows", 100), "fallback_status_point": fsp(true, true, false, true)},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRecommended, 1, "REQ-DP-WINDOWS-INSTALL"}, want{RoleNotNeeded, 0, "REQ-FSP-CONDITIONS"}},
		{"none at all when the risk outweighs the benefit", map[string]any{"clients": clients("windows", 100), "fallback_status_point": fsp(true, true, true, false)},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRecommended, 1, "REQ-DP-WINDOWS-INSTALL"}, want{RoleForbidden, 0, "REQ-FSP-CONDITIONS"}},
		{"an open condition leaves it open", map[string]any{"clients": clients("windows", 100), "fallback_status_point": fsp(true, nil, true, true)},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRecommended, 1, "REQ-DP-WINDOWS-INSTALL"}, want{RoleOptional, 0, "REQ-FSP-CONDITIONS"}},
		{"numbers at the limits", map[string]any{"clients": clients("windows", 25000), "features": software},
			want{RoleRequired, 1, "REQ-MP-ANY"}, want{RoleRequired, 7, "REQ-DP-COUNT"}, want{RoleOptional, 0, "REQ-FSP-CONDITIONS"}},
		{"numbers past the limits", map[string]any{"clients": clients("windows", 25001), "features": software},
			want{RoleRequired, 2, "REQ-MP-COUNT"}, want{RoleRequired, 7, "REQ-DP-COUNT"}, want{RoleOptional, 0, "REQ-FSP-CONDITIONS"}},
		{"macs and devices do not share a management point at its limit", map[string]any{"clients": clients("macos", 10000, "on_premises_mdm", 1)},
			want{RoleRequired, 2, "REQ-MP-COUNT"}, want{RoleRequired, 3, "REQ-MDM"}, want{RoleNotNeeded, 0, "REQ-FSP-WINDOWS-ONLY"}},
		{"a central administration site holds none of them", map[string]any{"site": site(CentralAdministration), "clients": clients("windows", 100), "features": software, "fallback_status_point": fsp(true, true, true, true)},
			want{RoleForbidden, 0, "REQ-CAS-NOROLE"}, want{RoleForbidden, 0, "REQ-CAS-NOROLE"}, want{RoleForbidden, 0, "REQ-CAS-NOROLE"}},
		{"a secondary site has its own management point", map[string]any{"site": site(Secondary), "clients": clients("windows", 100)},
			want{RoleRequired, 1, "REQ-SECONDARY"}, want{RoleRecommended, 1, "REQ-SECONDARY"}, want{RoleForbidden, 0, "REQ-SECONDARY"}},
		{"devices cannot use the management point of a secondary site", map[string]any{"site": site(Secondary), "clients": clients("macos", 100)},
			want{RoleRequired, 1, "REQ-MP-DEVICE-SECONDARY"}, want{RoleOptional, 0, "REQ-SECONDARY"}, want{RoleForbidden, 0, "REQ-SECONDARY"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			roles := RequiredRoles(mustDecode[Population](t, test.input))
			for i, want := range []want{test.mp, test.dp, test.fallback} {
				got := roles[i]
				if got.Requirement != want.requirement || got.Minimum != want.minimum || !slices.Contains(got.RuleIDs, want.rule) {
					t.Errorf("%s: got %s, at least %d, by %v; want %s, at least %d, by %s",
						got.Role, got.Requirement, got.Minimum, got.RuleIDs, want.requirement, want.minimum, want.rule)
				}
				if len(got.Reasons) == 0 || len(got.Reasons) != len(got.RuleIDs) {
					t.Errorf("%s: every reason has a rule, and there is at least one: %q, %v", got.Role, got.Reasons, got.RuleIDs)
				}
			}
		})
	}
}

func TestRequiredRolesSettings(t *testing.T) {
	decode := func(clients map[string]any) []RequiredRole {
		return RequiredRoles(mustDecode[Population](t, map[string]any{"clients": clients, "features": map[string]any{"deploy_software": true}}))
	}
	macs := decode(map[string]any{"macos": int64(1)})
	if mp := macs[0]; mp.Protocol != Known(ProtocolHTTPS) || mp.ClientConnections != Known(ConnectionsInternetAndIntranet) || mp.AllowMobileDevices != Known(true) {
		t.Errorf("a management point for Macs: %+v", mp)
	}
	if dp := macs[1]; dp.Protocol != Known(ProtocolHTTPS) || dp.ClientConnections != Known(ConnectionsInternetAndIntranet) {
		t.Errorf("a distribution point for Macs: %+v", dp)
	}
	if mp := decode(map[string]any{"on_premises_mdm": int64(1)})[0]; mp.ClientConnections != Known(ConnectionsIntranet) {
		t.Errorf("a management point for on-premises devices: %+v", mp)
	}
	if mp := decode(map[string]any{"windows": int64(1)})[0]; !mp.Protocol.IsNull() || !mp.AllowMobileDevices.IsNull() {
		t.Errorf("a management point for Windows clients: %+v", mp)
	}
}

func TestPopulationNotices(t *testing.T) {
	p := mustDecode[Population](t, map[string]any{"clients": map[string]any{"windows": int64(1), "macos": int64(1), "mobile_legacy": int64(1), "mobile_enrolled": int64(0), "on_premises_mdm": int64(1)}})
	var about []string
	for _, n := range p.Notices() {
		about = append(about, n.Attribute.String())
		if n.Summary == "" || n.Detail == "" {
			t.Errorf("a notice without text: %+v", n)
		}
	}
	if want := []string{"clients.macos", "clients.mobile_legacy", "clients.on_premises_mdm"}; !slices.Equal(about, want) {
		t.Errorf("notices about %v, want %v", about, want)
	}
	if n := (&Population{}).Notices(); n != nil {
		t.Errorf("notices without clients: %v", n)
	}
}
