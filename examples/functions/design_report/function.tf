locals {
  topology = provider::configmgr::topology_from_yaml(<<-YAML
    sites:
      PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com }
    servers:
      mp01.contoso.com: { site: PS1, roles: [management_point, distribution_point] }
      scp01.contoso.com: { site: PS1, roles: [service_connection_point] }
  YAML
  )
}

# terraform output -raw report >report.html
output "report" {
  value = provider::configmgr::design_report(local.topology, {})
}
