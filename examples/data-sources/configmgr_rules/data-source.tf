data "configmgr_rules" "all" {}

# What fails a plan, with what each rule demands.
output "errors" {
  value = {
    for r in data.configmgr_rules.all.rules : r.id => r.title
    if r.checked && r.severity == "error"
  }
}
