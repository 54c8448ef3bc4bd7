# Everything about the design is in design.yaml.
terraform {
  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

provider "configmgr" {
  # All findings in one plan, and not one element after the other.
  report_at = "hierarchy"
}

module "topology" {
  source = "../.."

  design_file = "${path.module}/design.yaml"
}

output "counts" {
  value = module.topology.counts
}

output "warnings" {
  value = [for f in module.topology.findings : "${f.summary} (${f.path})"]
}
