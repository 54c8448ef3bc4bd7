# In a configuration of your own: export = file("contoso.json"), the file that the script of export_script wrote.
locals {
  export = jsonencode({
    SMS_Site = [{
      SiteCode               = "PS1"
      SiteName               = "Contoso"
      Type                   = 2
      ReportingSiteCode      = ""
      ServerName             = "cm01.contoso.com"
      BuildNumber            = 9146
      InstallDir             = "D:\\ConfigMgr"
      ContentLibraryLocation = "D:\\SCCMContentLib"
    }]
    SMS_SCI_SysResUse = [
      { SiteCode = "PS1", RoleName = "SMS Site Server", NetworkOSPath = "\\\\cm01.contoso.com", Type = 2 },
      { SiteCode = "PS1", RoleName = "SMS Distribution Point", NetworkOSPath = "\\\\dp01.contoso.com", Type = 8 },
      { SiteCode = "PS1", RoleName = "SMS Distribution Point", NetworkOSPath = "\\\\dp02.contoso.com", Type = 8 },
    ]
  })
}

# terraform output -raw configuration > contoso.tf
output "configuration" {
  value = provider::configmgr::configuration_from_export(local.export, { import_blocks = true })
}
