locals {
  # The steps in their order, and what each server and each role needs.
  installation = provider::configmgr::installation(local.topology, {})
}

# terraform output -json install_order | jq -r .[]
output "install_order" {
  value = [for step in local.installation.steps : "${step.phase}: ${step.id}"]
}

# terraform output -json windows_features | jq -r '."mp01.contoso.com" | join(",")'
output "windows_features" {
  value = { for fqdn, needs in local.installation.servers : fqdn => needs.windows_features }
}

# terraform output -json setup_scripts | jq -r .PS1 >PS1.ini
output "setup_scripts" {
  description = "The scripts of Setup by site code. Secondary sites have none: install_script adds them."
  value = {
    for code, site in local.sites : code => provider::configmgr::setup_script(local.topology, code, {
      prerequisite_path        = "D:\\Prerequisites"
      prerequisites_downloaded = true
      admin_console            = true
      mobile_device_language   = false
    }) if site.site_type != "secondary"
  }
}

# terraform output -raw install_script >Install-Contoso.ps1
output "install_script" {
  value = provider::configmgr::install_script(local.topology, {})
}

# terraform output -raw configuration_data >Contoso.psd1
output "configuration_data" {
  value = provider::configmgr::dsc_configuration_data(local.topology)
}

# terraform output -raw inventory >inventory.yml
output "inventory" {
  value = provider::configmgr::ansible_inventory(local.topology)
}

# terraform output -raw firewall_rules >rules.csv
output "firewall_rules" {
  value = join("\n", concat(["destination,protocol,ports,source,source servers,purpose"], [
    for r in provider::configmgr::firewall_rules(local.topology) :
    join(",", [r.destination, r.protocol, r.ports, r.source, join(" ", r.source_servers), "\"${r.purpose}\""])
  ]))
}

# terraform output -raw diagram >contoso.mmd
output "diagram" {
  value = provider::configmgr::mermaid_diagram(local.topology)
}
