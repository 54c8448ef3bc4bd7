# SRV-CLIENTOS-DP-ONLY

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "branch" {
  fqdn             = "branch01.contoso.com"
  operating_system = "windows_11"
  site             = configmgr_site.ps1
}

resource "configmgr_role_assignment" "branch" {
  server = configmgr_site_system_server.branch
  role   = "management_point"
}
