terraform {
  # Write-only arguments came with Terraform 1.11 and OpenTofu 1.11.
  required_version = ">= 1.11"

  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}
