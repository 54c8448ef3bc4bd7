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
      { SiteCode = "PS1", RoleName = "SMS Provider", NetworkOSPath = "\\\\cm01.contoso.com", Type = 2 },
      { SiteCode = "PS1", RoleName = "SMS Management Point", NetworkOSPath = "\\\\MP01.contoso.com", Type = 8, SslState = 1 },
      { SiteCode = "PS1", RoleName = "SMS Dmp Connector", NetworkOSPath = "\\\\scp01.contoso.com", Type = 8 },
    ]
  })

  live = provider::configmgr::topology_from_export(local.export, {})
}

# What runs, and may not be supported any more.
output "findings" {
  value = [for f in provider::configmgr::check_topology(local.live.topology, {}) : "${f.severity}: ${f.summary} (${f.path})"]
}

# What was read and has no place in the topology.
output "notes" {
  value = [for n in local.live.notes : "${n.row} ${n.message}"]
}

output "roles" {
  value = keys(local.live.topology.role_assignments)
}
