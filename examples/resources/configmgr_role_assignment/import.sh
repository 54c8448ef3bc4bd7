terraform import configmgr_role_assignment.mp01 PS1/mp01.contoso.com/management_point
