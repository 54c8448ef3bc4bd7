# ROLE-LIFE-CRP-BLOCK

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
  version     = "2409"
}

resource "configmgr_site_system_server" "crp01" {
  fqdn = "crp01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "crp01" {
  server = configmgr_site_system_server.crp01
  role   = "certificate_registration_point"
}
