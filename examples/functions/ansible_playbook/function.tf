# terraform output -raw playbook >servers.yml
# ansible-playbook -i inventory.yml servers.yml
output "playbook" {
  value = provider::configmgr::ansible_playbook()
}
