data "configmgr_rules" "all" {}

# What fails a plan, with what each rule demands.
output "errors" {
  value = {
    for r in data.configmgr_rules.all.rules : r.id => r.title
    if r.checked && r.severity == "error"
  }
}

# What the rules say about one subject, with reason and way out.
data "configmgr_rules" "content_library" {
  query = "content library"
}

output "content_library" {
  value = { for r in data.configmgr_rules.content_library.rules : r.id => "${r.title}. ${r.why} ${r.fix}" }
}
