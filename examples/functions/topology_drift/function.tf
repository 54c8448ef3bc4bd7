locals {
  ps1 = {
    site_code   = "PS1"
    site_type   = "primary"
    name        = "Contoso"
    site_server = "cm01.contoso.com"
  }

  design = {
    sites = { PS1 = local.ps1 }
    role_assignments = {
      mp01 = {
        role             = "management_point"
        management_point = { protocol = "https" }
        server           = { fqdn = "mp01.contoso.com", site = local.ps1 }
      }
    }
  }

  # In a configuration of your own: file("contoso.json"), the file that the script of export_script wrote.
  export = jsonencode({
    SMS_Site = [{ SiteCode = "PS1", SiteName = "Contoso", Type = 2, ReportingSiteCode = "", ServerName = "cm01.contoso.com", BuildNumber = 9146 }]
    SMS_SCI_SysResUse = [
      { SiteCode = "PS1", RoleName = "SMS Site Server", NetworkOSPath = "\\\\cm01.contoso.com", Type = 2 },
      { SiteCode = "PS1", RoleName = "SMS Management Point", NetworkOSPath = "\\\\MP01.contoso.com", Type = 8, SslState = 0 },
      { SiteCode = "PS1", RoleName = "SMS Fallback Status Point", NetworkOSPath = "\\\\fsp01.contoso.com", Type = 8 },
    ]
  })

  drift = provider::configmgr::topology_drift(local.design, provider::configmgr::topology_from_export(local.export, {}).topology)
}

# A check warns; a precondition would fail the plan.
check "drift" {
  assert {
    condition = length(concat(local.drift.missing, local.drift.unexpected)) + length(local.drift.different) == 0
    error_message = join("\n", concat(
      [for e in local.drift.missing : "${e.id} is not there."],
      [for e in local.drift.unexpected : "${e.id} is not in the design."],
      [for d in local.drift.different : "${d.path} is ${coalesce(d.live, "not set")} and not ${coalesce(d.declared, "not set")}."],
    ))
  }
}

output "drift" {
  value = local.drift
}
