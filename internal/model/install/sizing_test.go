package install

import "testing"

func TestServers_SizesAndCertificates(t *testing.T) {
	s := site("PS1", "primary", nil, object{"clients": object{"windows": int64(30000)}, "client_communication": "https_only", "database": object{"server": "sql.contoso.com"}})
	servers := map[string]Server{}
	for _, server := range ForHierarchy(decodeHierarchy(t, hierarchy([]object{s, site("CAS", "central_administration", nil)},
		role(s, "mp.contoso.com", managementPoint, nil),
		role(s, "mp.contoso.com", distributionPoint, object{"protocol": "http", "certificate": "pki"}),
		role(s, "fsp.contoso.com", fallbackStatusPoint, nil),
		role(s, "sup.contoso.com", softwareUpdatePoint, object{"protocol": "http"})))).Servers {
		servers[server.FQDN] = server
	}
	for host, want := range map[string]Sizing{
		"ps1.contoso.com": {4, 8, 200, 0}, "sql.contoso.com": {8, 24, 400, 70}, "mp.contoso.com": {4, 8, 50, 0}, "fsp.contoso.com": {4, 8, 50, 0},
		"sup.contoso.com": {8, 16, 0, 0}, "cas.contoso.com": {20, 128, 0, 80},
	} {
		if got := servers[host].Sizing; got != want {
			t.Errorf("%s has %+v, expected %+v", host, got, want)
		}
	}
	if got := servers["mp.contoso.com"].Certificates; len(got) != 3 || got[0].Kind != "client" || got[2].Kind != "web_server" {
		t.Errorf("the management point needs %v", got)
	}
	if got := servers["sup.contoso.com"].Certificates; len(got) > 0 {
		t.Errorf("the software update point needs %v", got)
	}
}
