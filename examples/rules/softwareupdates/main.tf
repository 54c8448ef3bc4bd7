# SUP-PARENT-FIRST

resource "configmgr_site" "cas" {
  site_code   = "CAS"
  site_type   = "central_administration"
  name        = "Contoso"
  site_server = "cas01.contoso.com"
}

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso Seattle"
  site_server = "cm01.contoso.com"
  parent      = configmgr_site.cas
}

resource "configmgr_site_system_server" "sup01" {
  fqdn = "sup01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "sup01" {
  server = configmgr_site_system_server.sup01
  role   = "software_update_point"
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { cas = configmgr_site.cas, ps1 = configmgr_site.ps1 }
  site_system_servers = { sup01 = configmgr_site_system_server.sup01 }
  role_assignments    = { sup01 = configmgr_role_assignment.sup01 }
}
