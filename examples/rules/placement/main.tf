# ROLE-SITE-MP

resource "configmgr_site" "cas" {
  site_code   = "CAS"
  site_type   = "central_administration"
  name        = "Contoso"
  site_server = "cas01.contoso.com"
}

resource "configmgr_site_system_server" "mp01" {
  fqdn = "mp01.contoso.com"
  site = configmgr_site.cas
}

resource "configmgr_role_assignment" "mp01" {
  server = configmgr_site_system_server.mp01
  role   = "management_point"
}
