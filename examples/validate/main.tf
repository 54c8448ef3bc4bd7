# What `terraform validate` reports already: the values stand in the configuration, and no setting of the provider lets the
# mistake through. A comment says what is wrong with the resource below it.

terraform {
  required_version = ">= 1.11"

  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

resource "configmgr_site" "fab" {
  site_code   = "FAB"
  site_type   = "central_administration"
  name        = "Fabrikam"
  site_server = "fab-cm01.fabrikam.com"
}

resource "configmgr_site" "rome" {
  site_code   = "ROM"
  site_type   = "primary"
  name        = "Fabrikam Rome"
  parent      = configmgr_site.fab
  site_server = "rom-cm01.fabrikam.com"
}

# Five characters.
resource "configmgr_site" "paris" {
  site_code   = "PARIS"
  site_type   = "primary"
  name        = "Fabrikam Paris"
  parent      = configmgr_site.fab
  site_server = "par-cm01.fabrikam.com"
}

# A passive site server, and the content library on the active one.
resource "configmgr_site" "berlin" {
  site_code           = "BER"
  site_type           = "primary"
  name                = "Fabrikam Berlin"
  parent              = configmgr_site.fab
  site_server         = "ber-cm01.fabrikam.com"
  passive_site_server = "ber-cm02.fabrikam.com"
}

resource "configmgr_site_system_server" "rom_dp01" {
  fqdn = "rom-dp01.fabrikam.com"
  site = configmgr_site.rome
}

# Multicast needs Windows Deployment Services, which the PXE responder replaces.
resource "configmgr_role_assignment" "multicast_with_responder" {
  server = configmgr_site_system_server.rom_dp01
  role   = "distribution_point"

  distribution_point {
    pxe = "responder"

    multicast {
      maximum_clients = 100
    }
  }
}
