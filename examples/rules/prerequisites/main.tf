# PRE-ODBC

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
  version     = "2503"
}

resource "configmgr_site_system_server" "cm01" {
  fqdn = "cm01.contoso.com"
  site = configmgr_site.ps1

  inventory {
    windows_features    = ["NET-Framework-Core", "RDC"]
    dotnet_version      = "4.8"
    odbc_driver_version = "17.10.6.1"
    adk_version         = "10.1.26100.1"
    adk_components      = ["deployment_tools", "windows_pe", "user_state_migration_tool"]
  }
}
