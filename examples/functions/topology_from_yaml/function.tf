# The text usually comes from a file: filebase64("design.yaml"), which reads UTF-16 too.
locals {
  topology = provider::configmgr::topology_from_yaml(<<-YAML
    sites:
      PS1: { site_type: primary, name: Contoso, site_server: cm01 }
      001: { site_type: secondary, name: Branch, parent: PS1, site_server: cm02, database: { instance: CONFIGMGRSEC, edition: express } }

    servers:
      mp01: { site: PS1, roles: [management_point] }
      dp01: { site: PS1, roles: { distribution_point: { pxe: responder }, state_migration_point: } }
      scp01: { site: PS1, roles: [service_connection_point] }
      cm02: { site: 001, roles: [distribution_point] }

    defaults:
      dns_suffix: contoso.com
      servers:
        every: { operating_system: windows_server_2022 }
      roles:
        management_point: { protocol: https, client_connections: intranet }
    YAML
  )
}

output "findings" {
  value = provider::configmgr::check_topology(local.topology, {})
}

output "servers" {
  value = { for key, server in local.topology.site_system_servers : key => server.fqdn }
}
