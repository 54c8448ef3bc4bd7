terraform import configmgr_site.seattle SEA
