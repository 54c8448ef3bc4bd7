resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "mp01" {
  fqdn             = "mp01.contoso.com"
  site             = configmgr_site.ps1
  operating_system = "windows_server_2022"
}

# Several servers of one kind.
resource "configmgr_site_system_server" "branch" {
  for_each = toset(["ber", "oslo", "rome"])

  fqdn             = "dp-${each.key}.contoso.com"
  site             = configmgr_site.ps1
  operating_system = "windows_server_2022"
  server_core      = true
}
