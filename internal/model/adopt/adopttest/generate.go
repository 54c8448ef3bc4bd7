// Package adopttest makes random hierarchies and the exports that their SMS Provider would
// give, for the tests of what reads and writes them.
package adopttest

import (
	"fmt"
	"math/rand/v2"
	"sort"
)

// tree is an object as model.Decode reads it.
type tree = map[string]any

// generator makes random hierarchies of which an export can know every attribute: those
// that no export knows are left out, so that what is read has to be the same.
type generator struct {
	random  *rand.Rand
	next    int
	sites   tree
	servers tree
	roles   tree
}

// Generate returns a random hierarchy that the rules let through, as a tree with the keys
// that an export is read with: a number of primary sites, each with secondary sites and
// distribution points, below a central administration site where there are several.
func Generate(seed uint64, primaries, secondaries, points int) map[string]any {
	// From a fixed seed: the same number gives the same hierarchy.
	g := &generator{random: rand.New(rand.NewPCG(seed, 7)), sites: tree{}, servers: tree{}, roles: tree{}}
	var cas tree
	if primaries > 1 || g.chance(2) {
		cas = g.site("CAS", "central_administration", nil)
	}
	top := cas
	var all []tree
	for i := range primaries {
		primary := g.site(fmt.Sprintf("P%02d", i), "primary", cas)
		if top == nil {
			top = primary
		}
		all = append(all, primary)
		g.fill(primary, points)
		for j := range secondaries {
			child := g.site(fmt.Sprintf("S%d%s", i, string(rune('A'+j))), "secondary", primary)
			g.secondary(child)
		}
	}
	g.top(top)
	for _, site := range append([]tree{top}, all...) {
		if g.chance(2) || site["site_code"] == top["site_code"] {
			g.updatePoint(site, top)
		}
	}
	return tree{"sites": g.sites, "site_system_servers": g.servers, "role_assignments": g.roles, "cloud_management_gateways": tree{}}
}

func (g *generator) chance(oneIn int) bool { return g.random.IntN(oneIn) == 0 }

func (g *generator) pick(values ...any) any { return values[g.random.IntN(len(values))] }

func (g *generator) name() string {
	g.next++
	return fmt.Sprintf("srv%05d.contoso.com", g.next)
}

func (g *generator) site(code, kind string, parent tree) tree {
	s := tree{
		"site_code": code, "site_type": kind, "name": "Site " + code, "site_server": g.name(), "version": "2603", "installed": true,
		"install_directory": `D:\ConfigMgr`, "domain": "contoso.com", "forest": "contoso.com",
		"database": tree{"name": "CM_" + code, "port": int64(1433), "service_broker_port": int64(4022)},
	}
	db := s["database"].(tree)
	db["server"] = s["site_server"]
	g.sites[code] = s
	if parent != nil {
		s["parent"] = tree{"site_code": parent["site_code"], "site_type": parent["site_type"]}
	}
	g.server(s, s["site_server"].(string))
	if kind != "central_administration" {
		s["client_ports"] = tree{"http": g.pick(int64(80), int64(8080)), "https": g.pick(int64(443), int64(8443))}
	}
	if kind == "secondary" {
		db["instance"] = "CONFIGMGRSEC"
		return s
	}
	if kind == "primary" {
		s["client_communication"] = g.pick("enhanced_http", "https_only")
		s["use_pki_client_certificates"] = s["client_communication"] == "https_only" || g.chance(2)
	}
	s["network_access_accounts"] = g.pick([]any{}, []any{`contoso.com\svc-naa`}).([]any)
	providers := []string{s["site_server"].(string)}
	if g.chance(2) {
		passive := g.name()
		s["passive_site_server"] = passive
		s["content_library_path"] = `\\files.contoso.com\` + code
		db["server"] = g.name()
		db["service_account"] = `contoso.com\sql-` + code
		db["port"] = int64(1500)
		providers = append(providers, passive)
		g.server(s, passive)
		g.server(s, db["server"].(string))
	}
	sort.Strings(providers)
	s["sms_providers"] = anyList(providers)
	return s
}

func anyList(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}

func (g *generator) server(site tree, fqdn string) {
	id := site["site_code"].(string) + "/" + fqdn
	if g.servers[id] != nil {
		return
	}
	s := tree{"fqdn": fqdn, "site": tree{"site_code": site["site_code"]}, "domain": "contoso.com", "forest": "contoso.com", "site_server_initiates_connections": g.chance(4)}
	if g.chance(5) {
		s["internet_fqdn"] = fmt.Sprintf("ext%d.contoso.net", g.next)
	}
	if g.chance(5) && fqdn != site["site_server"] {
		s["installation_account"] = `contoso.com\svc-install`
	}
	if g.chance(5) {
		s["proxy"] = tree{"server_name": "proxy.contoso.com", "port": int64(3128)}
	}
	if g.chance(2) {
		s["operating_system"] = g.pick("windows_server_2022", "windows_server_2019")
		s["client_installed"] = true
		s["client_site_code"] = site["site_code"]
		if site["site_type"] == "secondary" {
			s["client_site_code"] = site["parent"].(tree)["site_code"]
		}
		if site["site_type"] == "central_administration" {
			s["client_installed"] = false
			delete(s, "client_site_code")
		}
	}
	g.servers[id] = s
}

func (g *generator) role(site tree, fqdn, role string, settings tree) {
	g.server(site, fqdn)
	a := tree{"role": role, "installed": true, "server": g.servers[site["site_code"].(string)+"/"+fqdn]}
	if settings != nil {
		a[role] = settings
	}
	g.roles[site["site_code"].(string)+"/"+fqdn+"/"+role] = a
}

// internet is where clients may connect from.
func (g *generator) internet(site tree, fqdn string) any {
	s, _ := g.servers[site["site_code"].(string)+"/"+fqdn].(tree)
	if s["internet_fqdn"] != nil && site["use_pki_client_certificates"] == true && g.chance(2) {
		return "internet_and_intranet"
	}
	return "intranet"
}

func (g *generator) point(site tree) tree {
	settings := tree{
		"protocol": "https", "minimum_free_space": int64(50 + g.random.IntN(900)), "allow_prestaged_content": g.chance(2), "allow_anonymous": false,
		"certificate": "self_signed", "certificate_expiration": "2031-03-14", "boundary_groups": g.pick([]any{}, []any{"Berlin", "Oslo"}).([]any),
		"rate_limits": g.pick("unlimited", "pulse_mode", "limited_by_hour"), "primary_content_drive": "F", "secondary_content_drive": "E", "primary_package_drive": "F",
	}
	switch g.random.IntN(4) {
	case 0:
		settings["pxe"], settings["pxe_response_delay"] = "responder", int64(g.random.IntN(30))
	case 1:
		settings["pxe"] = "windows_deployment_services"
		if len(site["network_access_accounts"].([]any)) > 0 {
			settings["multicast"] = tree{"maximum_clients": int64(100), "udp_port_start": int64(63000), "udp_port_end": int64(64000)}
		}
	}
	return settings
}

func (g *generator) fill(site tree, points int) {
	for range 1 + g.random.IntN(2) {
		host := g.name()
		g.server(site, host)
		g.role(site, host, "management_point", tree{"protocol": "https", "client_connections": g.internet(site, host), "allow_cmg_traffic": false})
	}
	var hosts []string
	for range points {
		host := g.name()
		settings := g.point(site)
		if len(hosts) > 0 && g.chance(3) {
			sources := tree{}
			for i, at := range g.random.Perm(len(hosts))[:1+g.random.IntN(min(3, len(hosts)))] {
				sources[hosts[at]] = int64(i + 1)
			}
			settings["pull_sources"] = sources
			delete(settings, "multicast")
			g.role(site, host, "distribution_point", settings)
			s := g.servers[site["site_code"].(string)+"/"+host].(tree)
			s["client_installed"], s["client_site_code"] = true, site["site_code"]
			s["operating_system"] = "windows_server_2022"
			continue
		}
		hosts = append(hosts, host)
		g.role(site, host, "distribution_point", settings)
	}
	for _, key := range []string{"fallback_status_point", "state_migration_point"} {
		if g.chance(2) {
			g.role(site, g.name(), key, nil)
		}
	}
	if g.chance(2) {
		host := g.name()
		g.role(site, host, "reporting_services_point", tree{"database_server": host, "report_server_instance": "SSRS", "folder_name": "ConfigMgr_" + site["site_code"].(string), "account": `contoso.com\svc-rsp`})
	}
}

// secondary has the roles that its setup brings.
func (g *generator) secondary(site tree) {
	host := site["site_server"].(string)
	g.role(site, host, "management_point", tree{"protocol": "https", "client_connections": "intranet", "allow_cmg_traffic": false, "boundary_groups": []any{"Berlin"}})
	g.role(site, host, "distribution_point", tree{
		"protocol": "https", "minimum_free_space": int64(50), "allow_prestaged_content": false, "allow_anonymous": false, "certificate": "self_signed",
		"certificate_expiration": "2031-03-14", "boundary_groups": []any{"Berlin"}, "rate_limits": "unlimited",
	})
}

func (g *generator) top(site tree) {
	g.role(site, g.name(), "service_connection_point", tree{"mode": g.pick("online", "offline")})
}

func (g *generator) updatePoint(site, top tree) {
	host := g.name()
	g.server(site, host)
	settings := tree{"protocol": "https", "client_connections": g.internet(site, host), "allow_cmg_traffic": false, "http_port": int64(8530), "https_port": int64(8531),
		"use_proxy": false, "use_proxy_for_automatic_deployment_rules": false, "wsus_connection_account": `contoso.com\svc-wsus`, "wsus_database_server": host, "wsus_database_instance": "WSUS"}
	if site["site_code"] != top["site_code"] {
		settings["synchronization_source"] = "parent_site"
	}
	g.role(site, host, "software_update_point", settings)
}
