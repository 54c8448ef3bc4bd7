# AG-LISTENER

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"

  database {
    server  = "sql01.contoso.com"
    edition = "enterprise"

    availability_group {
      name     = "CM"
      replicas = ["sql01.contoso.com", "sql02.contoso.com"]
    }
  }
}
