terraform {
  required_version = ">= 1.11"

  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}
