# Fabrikam: each mistake is in a resource by itself. A comment says what is wrong with the resource below it; a resource
# without one is right.

resource "configmgr_site" "fab" {
  site_code   = "FAB"
  site_type   = "central_administration"
  name        = "Fabrikam"
  site_server = "fab-cm01.fabrikam.com"
}

resource "configmgr_site" "oslo" {
  site_code            = "OSL"
  site_type            = "primary"
  name                 = "Fabrikam Oslo"
  parent               = configmgr_site.fab
  site_server          = "osl-cm01.fabrikam.com"
  passive_site_server  = "osl-cm02.fabrikam.com"
  content_library_path = "\\\\osl-fs01.fabrikam.com\\ContentLibrary"
}

resource "configmgr_site" "rome" {
  site_code   = "ROM"
  site_type   = "primary"
  name        = "Fabrikam Rome"
  parent      = configmgr_site.fab
  site_server = "rom-cm01.fabrikam.com"
}

resource "configmgr_site" "milan" {
  site_code   = "MIL"
  site_type   = "secondary"
  name        = "Fabrikam Milan"
  parent      = configmgr_site.rome
  site_server = "mil-cm01.fabrikam.com"
}

# Windows reserves the name.
resource "configmgr_site" "austria" {
  site_code   = "AUX"
  site_type   = "primary"
  name        = "Fabrikam Austria"
  parent      = configmgr_site.fab
  site_server = "aux-cm01.fabrikam.com"
}

# A primary site below a primary site.
resource "configmgr_site" "naples" {
  site_code   = "NAP"
  site_type   = "primary"
  name        = "Fabrikam Naples"
  parent      = configmgr_site.rome
  site_server = "nap-cm01.fabrikam.com"
}

# A secondary site without a parent.
resource "configmgr_site" "turin" {
  site_code   = "TUR"
  site_type   = "secondary"
  name        = "Fabrikam Turin"
  site_server = "tur-cm01.fabrikam.com"
}

# Plain HTTP at version 2603.
resource "configmgr_site" "madrid" {
  site_code            = "MAD"
  site_type            = "primary"
  name                 = "Fabrikam Madrid"
  parent               = configmgr_site.fab
  site_server          = "mad-cm01.fabrikam.com"
  client_communication = "https_or_http"
}

# SQL Server Express at a primary site.
resource "configmgr_site" "porto" {
  site_code   = "POR"
  site_type   = "primary"
  name        = "Fabrikam Porto"
  parent      = configmgr_site.fab
  site_server = "por-cm01.fabrikam.com"

  database {
    edition = "express"
  }
}

resource "configmgr_site_system_server" "fab_mp01" {
  fqdn = "fab-mp01.fabrikam.com"
  site = configmgr_site.fab
}

# A central administration site has no clients.
resource "configmgr_role_assignment" "management_point_at_top" {
  server = configmgr_site_system_server.fab_mp01
  role   = "management_point"
}

resource "configmgr_site_system_server" "rom_scp01" {
  fqdn = "rom-scp01.fabrikam.com"
  site = configmgr_site.rome
}

# The connection to the cloud service belongs to the top-level site.
resource "configmgr_role_assignment" "service_connection_point_at_child" {
  server = configmgr_site_system_server.rom_scp01
  role   = "service_connection_point"
}

resource "configmgr_site_system_server" "osl_cm01" {
  fqdn = "osl-cm01.fabrikam.com"
  site = configmgr_site.oslo
}

# The content library of Oslo is on a share, so that its site servers hold no distribution point.
resource "configmgr_role_assignment" "distribution_point_beside_remote_library" {
  server = configmgr_site_system_server.osl_cm01
  role   = "distribution_point"
}

resource "configmgr_site_system_server" "rom_cm01" {
  fqdn = "rom-cm01.fabrikam.com"
  site = configmgr_site.rome
}

# A site server does not pull content.
resource "configmgr_role_assignment" "pull_on_site_server" {
  server = configmgr_site_system_server.rom_cm01
  role   = "distribution_point"

  distribution_point {
    pull_sources = { "rom-dp01.fabrikam.com" = 1 }
  }
}

resource "configmgr_site_system_server" "rom_pc01" {
  fqdn             = "rom-pc01.fabrikam.com"
  site             = configmgr_site.rome
  operating_system = "windows_11"
}

# Windows 11 holds distribution points only.
resource "configmgr_role_assignment" "management_point_on_windows_11" {
  server = configmgr_site_system_server.rom_pc01
  role   = "management_point"
}

# Version 2403 and later refuse the operating system.
resource "configmgr_site_system_server" "rom_dp02" {
  fqdn             = "rom-dp02.fabrikam.com"
  site             = configmgr_site.rome
  operating_system = "windows_server_2012_r2"
}

resource "configmgr_site_system_server" "mil_mp02" {
  fqdn = "mil-mp02.fabrikam.com"
  site = configmgr_site.milan
}

# The one management point of a secondary site is on its site server.
resource "configmgr_role_assignment" "second_management_point_of_secondary" {
  server = configmgr_site_system_server.mil_mp02
  role   = "management_point"
}

resource "configmgr_site_system_server" "rom_ep01" {
  fqdn             = "rom-ep01.fabrikam.com"
  site             = configmgr_site.rome
  operating_system = "windows_server_2025"
}

# Windows Server 2025 is not supported for the role.
resource "configmgr_role_assignment" "enrollment_point_on_2025" {
  server = configmgr_site_system_server.rom_ep01
  role   = "enrollment_point"
}

resource "configmgr_site_system_server" "rom_core01" {
  fqdn             = "rom-core01.fabrikam.com"
  site             = configmgr_site.rome
  operating_system = "windows_server_2022"
  server_core      = true
}

# Server Core holds distribution points only.
resource "configmgr_role_assignment" "state_migration_point_on_server_core" {
  server = configmgr_site_system_server.rom_core01
  role   = "state_migration_point"
}
