# terraform output -raw export_script > Export-ConfigMgrTopology.ps1
# Then, on the SMS Provider: .\Export-ConfigMgrTopology.ps1 -Path contoso.json
output "export_script" {
  value = provider::configmgr::export_script()
}
