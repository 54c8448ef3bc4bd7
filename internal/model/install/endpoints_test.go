package install

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// unusedEndpoints are features that no design declares, or of no computer of a hierarchy.
var unusedEndpoints = map[string]string{
	"Entra user discovery": "a feature", "external notifications": "a feature", "endpoint analytics": "a feature", "Microsoft 365 Apps": "of a role that the article does not name",
	"child site or remote internet-based software update point": "a connection between computers of the hierarchy", "definitions": "row c27, without a list", "Exchange Online": "row c31, without a list",
}

// TestConnections_EqualTheInternetEndpoints compares the services on the internet with the
// table of the article, both ways.
func TestConnections_EqualTheInternetEndpoints(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "endpoints.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	table, unused := map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		role, host := f[0], strings.ReplaceAll(f[4], "<prefix>", "contosocmg")
		if role == "any" {
			role = "site_server"
		}
		key := role + " " + f[3] + " " + host
		table[key] = true
		// What depends on the region, or has a row of its own in the table of ports, is there.
		unused[key] = unusedEndpoints[f[1]] != "" || role == "client" || role == "console" || strings.Contains(host, "<") || strings.Contains(host, "usgovcloudapp") || strings.Contains(f[3], "-")
	}
	seen := map[string]bool{}
	for _, cloud := range []string{"public", "us_government"} {
		s := site("PS1", "primary", nil, object{"version": "2603"})
		h := hierarchy([]object{s},
			role(s, "scp.contoso.com", serviceConnectionPoint, object{"mode": "online"}),
			role(s, "mp.contoso.com", managementPoint, object{"protocol": "https", "allow_cmg_traffic": true}),
			role(s, "dp.contoso.com", distributionPoint, object{"connected_cache": true}),
			role(s, "sup.contoso.com", softwareUpdatePoint, nil),
			role(s, "ai.contoso.com", assetIntelligence, nil),
			role(s, "cp.contoso.com", gatewayConnection, object{"cloud_management_gateway": "contosocmg.contoso.com"}))
		h["features"] = []any{"tenant_attach"}
		h["cloud_management_gateways"] = object{"cmg": object{"name": "contosocmg.contoso.com", "azure_environment": cloud, "site_code": "PS1"}}
		for _, c := range Read(decodeHierarchy(t, h)).Connections() {
			if c.Kind != KindInternet {
				continue
			}
			key := fmt.Sprintf("%s %s %s %s", c.Source, c.Protocol, Port{First: c.First, Last: c.Last}.Range(), c.Endpoint)
			seen[key] = true
			// URL forwarding is needed always, and stands with the first role that uses it.
			if !table[key] && !(c.Endpoint == "aka.ms" || c.Endpoint == "go.microsoft.com") {
				t.Errorf("not in the table is %s", key)
			}
		}
	}
	for key := range table {
		if !seen[key] && !unused[key] {
			t.Errorf("missing is %s", key)
		}
	}
}

// TestConnections_OfTenantAttach has tenant attach without a gateway: the service
// connection point reaches the services of the public cloud.
func TestConnections_OfTenantAttach(t *testing.T) {
	const service = "crl3.digicert.com"
	reached := func(tree object) int {
		n := 0
		for _, c := range Read(decodeHierarchy(t, tree)).Connections() {
			if c.Kind == KindInternet && c.Endpoint == service {
				n++
			}
		}
		return n
	}
	h := hierarchy([]object{ps1}, at("scp", serviceConnectionPoint, object{"mode": "online"}))
	if n := reached(h); n > 0 {
		t.Errorf("without tenant attach, %s is reached %d times", service, n)
	}
	h["features"] = []any{"tenant_attach"}
	if n := reached(h); n != 1 {
		t.Errorf("with tenant attach, %s is reached %d times", service, n)
	}
}
