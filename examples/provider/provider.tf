terraform {
  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

provider "configmgr" {
  configmgr_version = "2603"

  # A rule that is not a refusal of the product can be lowered or raised for all designs of the configuration.
  rule_severities = {
    "COLO-SITE-SERVER-ROLES" = "error"
  }
}
