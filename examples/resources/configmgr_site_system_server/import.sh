terraform import configmgr_site_system_server.mp01 PS1/mp01.contoso.com
