# terraform output -raw configuration >Contoso.ps1
# .\Contoso.ps1 -DataPath .\Contoso.psd1 -SiteCredential (Get-Credential)
output "configuration" {
  value = provider::configmgr::dsc_configuration()
}
