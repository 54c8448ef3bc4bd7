terraform {
  required_version = ">= 1.11"

  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

variable "report_at" {
  description = "Where findings are reported: at each element, or at the hierarchy."
  type        = string
  default     = "element"
}

provider "configmgr" {
  configmgr_version = "2603"
  report_at         = var.report_at
}
