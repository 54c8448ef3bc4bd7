# Contoso has a central administration site and a primary site each for America and Europe. The site server and the
# database of Seattle are highly available. Edinburgh is behind a slow line and has a secondary site below London.

resource "configmgr_site" "cas" {
  site_code         = "CAS"
  site_type         = "central_administration"
  name              = "Contoso"
  site_server       = "cas-cm01.contoso.com"
  install_directory = "D:\\ConfigMgr"
  setup_media       = "baseline"
  domain            = "contoso.com"
  forest            = "contoso.com"

  database {
    server      = "cas-sql01.contoso.com"
    edition     = "enterprise"
    sql_version = "2022"
    collation   = "SQL_Latin1_General_CP1_CI_AS"
  }
}

resource "configmgr_site" "seattle" {
  site_code            = "SEA"
  site_type            = "primary"
  name                 = "Contoso Seattle"
  parent               = configmgr_site.cas
  site_server          = "sea-cm01.contoso.com"
  install_directory    = "D:\\ConfigMgr"
  domain               = "contoso.com"
  forest               = "contoso.com"
  client_communication = "enhanced_http"

  # A passive site server needs the content library on a share that both site servers reach, and an SMS Provider should
  # remain when a site server is down.
  passive_site_server  = "sea-cm02.contoso.com"
  content_library_path = "\\\\sea-fs01.contoso.com\\ContentLibrary"
  sms_providers        = ["sea-cm01.contoso.com", "sea-prv01.contoso.com"]

  database {
    # The listener of the availability group, not one of its replicas.
    server      = "sea-sql.contoso.com"
    edition     = "enterprise"
    sql_version = "2022"
    collation   = "SQL_Latin1_General_CP1_CI_AS"

    availability_group {
      name     = "CM-SEA"
      replicas = ["sea-sql01.contoso.com", "sea-sql02.contoso.com"]
    }
  }

  clients {
    windows = local.clients.SEA
  }
}

resource "configmgr_site" "london" {
  site_code            = "LON"
  site_type            = "primary"
  name                 = "Contoso London"
  parent               = configmgr_site.cas
  site_server          = "lon-cm01.contoso.com"
  install_directory    = "D:\\ConfigMgr"
  domain               = "contoso.com"
  forest               = "contoso.com"
  client_communication = "https_only"

  database {
    server      = "lon-sql01.contoso.com"
    edition     = "standard"
    sql_version = "2022"
    collation   = "SQL_Latin1_General_CP1_CI_AS"
  }

  clients {
    windows = local.clients.LON
  }
}

resource "configmgr_site" "edinburgh" {
  site_code         = "EDI"
  site_type         = "secondary"
  name              = "Contoso Edinburgh"
  parent            = configmgr_site.london
  site_server       = "edi-cm01.contoso.com"
  install_directory = "D:\\ConfigMgr"
  domain            = "contoso.com"
  forest            = "contoso.com"

  database {
    instance = "CONFIGMGRSEC"
    edition  = "express"
  }

  clients {
    windows = 1200
  }
}

locals {
  sites = {
    CAS = configmgr_site.cas
    SEA = configmgr_site.seattle
    LON = configmgr_site.london
    EDI = configmgr_site.edinburgh
  }
}
