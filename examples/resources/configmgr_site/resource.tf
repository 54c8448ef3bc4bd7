resource "configmgr_site" "cas" {
  site_code   = "CAS"
  site_type   = "central_administration"
  name        = "Contoso"
  site_server = "cas-cm01.contoso.com"
}

# A primary site below it, with a passive site server, which needs the content library on a share, and the database on a
# server of its own.
resource "configmgr_site" "seattle" {
  site_code            = "SEA"
  site_type            = "primary"
  name                 = "Contoso Seattle"
  parent               = configmgr_site.cas
  site_server          = "sea-cm01.contoso.com"
  passive_site_server  = "sea-cm02.contoso.com"
  content_library_path = "\\\\sea-fs01.contoso.com\\ContentLibrary"
  client_communication = "enhanced_http"

  database {
    server      = "sea-sql01.contoso.com"
    edition     = "standard"
    sql_version = "2022"
  }

  clients {
    windows = 14000
  }
}

# A secondary site whose parent is managed elsewhere: the parent is written by hand.
resource "configmgr_site" "edinburgh" {
  site_code   = "EDI"
  site_type   = "secondary"
  name        = "Contoso Edinburgh"
  site_server = "edi-cm01.contoso.com"

  parent = {
    site_code   = "LON"
    site_type   = "primary"
    site_server = "lon-cm01.contoso.com"
  }
}
