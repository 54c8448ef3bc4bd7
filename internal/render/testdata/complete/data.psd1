@{
    AllNodes = @(
        @{
            NodeName = 'cas-cm01.contoso.com'
            SiteCodes = @('CAS')
            Roles = @('site_server', 'sms_provider')
            SccmRole = @('CASorSiteServer')
            WindowsFeatures = @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
            LocalAdministrators = @()
            CMAccounts = @(
                @{
                    SiteCode = 'CAS'
                    Account = 'contoso.com\svc-reports'
                    AccountPassword = '<AccountPassword>'
                }
                @{
                    SiteCode = 'CAS'
                    Account = 'contoso.com\svc-warehouse'
                    AccountPassword = '<AccountPassword>'
                }
            )
            CMReportingServicePoint = @(
                @{
                    SiteCode = 'CAS'
                    SiteServerName = 'cas-rsp01.contoso.com'
                    Username = 'contoso.com\svc-reports'
                    ReportServerInstance = 'SSRS'
                    FolderName = 'ConfigMgr_CAS'
                }
            )
            CMServiceConnectionPoint = @(
                @{
                    SiteCode = 'CAS'
                    SiteServerName = 'cas-scp01.contoso.com'
                    Mode = 'Online'
                }
            )
            CMSiteSystemServer = @(
                @{
                    SiteSystemServer = 'cas-rsp01.contoso.com'
                    SiteCode = 'CAS'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'cas-scp01.contoso.com'
                    SiteCode = 'CAS'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'cas-sup01.contoso.com'
                    SiteCode = 'CAS'
                    UseSiteServerAccount = $true
                }
            )
            CMSoftwareUpdatePoint = @(
                @{
                    SiteCode = 'CAS'
                    SiteServerName = 'cas-sup01.contoso.com'
                    WsusSsl = $true
                    WsusIisPort = 8530
                    WsusIisSslPort = 8531
                    ClientConnectionType = 'Intranet'
                }
            )
            CMSoftwareUpdatePointComponent = @(
                @{
                    SiteCode = 'CAS'
                    SynchronizeAction = 'SynchronizeFromMicrosoftUpdate'
                }
            )
        }
        @{
            NodeName = 'cas-rsp01.contoso.com'
            SiteCodes = @('CAS')
            Roles = @('data_warehouse_database_server', 'data_warehouse_service_point', 'report_database_server', 'reporting_services_point')
            SccmRole = @('ReportingServicesPoint')
            WindowsFeatures = @('NET-Framework-45-Core')
            LocalAdministrators = @('contoso.com\CAS-CM01$')
        }
        @{
            NodeName = 'cas-scp01.contoso.com'
            SiteCodes = @('CAS')
            Roles = @('endpoint_protection_point', 'service_connection_point')
            SccmRole = @('EndpointProtectionPoint', 'ServiceConnectionPoint')
            WindowsFeatures = @('NET-Framework-45-Core', 'NET-Framework-Core', 'Windows-Defender')
            LocalAdministrators = @('contoso.com\CAS-CM01$')
        }
        @{
            NodeName = 'cas-sql01.contoso.com'
            SiteCodes = @('CAS')
            Roles = @('site_database_server')
            SccmRole = @()
            WindowsFeatures = @()
            LocalAdministrators = @('contoso.com\CAS-CM01$')
        }
        @{
            NodeName = 'cas-sup01.contoso.com'
            SiteCodes = @('CAS')
            Roles = @('software_update_point')
            SccmRole = @('SoftwareUpdatePoint')
            WindowsFeatures = @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\CAS-CM01$')
        }
        @{
            NodeName = 'edi-cm01.contoso.com'
            SiteCodes = @('EDI')
            Roles = @('distribution_point', 'management_point', 'site_database_server', 'site_server')
            SccmRole = @('CASorSiteServer', 'DistributionPoint', 'ManagementPoint')
            WindowsFeatures = @('BITS', 'BITS-IIS-Ext', 'FS-FileServer', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'RSAT-Bits-Server', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Server', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\LON-CM01$')
        }
        @{
            NodeName = 'lon-cm01.contoso.com'
            SiteCodes = @('LON')
            Roles = @('site_server', 'sms_provider')
            SccmRole = @('CASorSiteServer')
            WindowsFeatures = @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
            LocalAdministrators = @()
            CMDistributionPoint = @(
                @{
                    SiteCode = 'LON'
                    SiteServerName = 'lon-dp01.contoso.com'
                    ClientCommunicationType = 'Https'
                    MinimumFreeSpaceMB = 500
                }
                @{
                    SiteCode = 'LON'
                    SiteServerName = 'par-dp01.contoso.com'
                    ClientCommunicationType = 'Https'
                    MinimumFreeSpaceMB = 500
                }
            )
            CMManagementPoint = @(
                @{
                    SiteCode = 'LON'
                    SiteServerName = 'lon-mp01.contoso.com'
                    EnableSsl = $true
                    ClientConnectionType = 'Intranet'
                    EnableCloudGateway = $false
                }
                @{
                    SiteCode = 'LON'
                    SiteServerName = 'lon-mp02.contoso.com'
                    EnableSsl = $true
                    ClientConnectionType = 'Intranet'
                    EnableCloudGateway = $false
                }
            )
            CMPullDistributionPoint = @(
                @{
                    SiteCode = 'LON'
                    SiteServerName = 'par-dp01.contoso.com'
                    EnablePullDP = $true
                    SourceDistributionPoint = @(
                        @{
                            SourceDP = 'lon-dp01.contoso.com'
                            DPRank = 100
                        }
                    )
                }
            )
            CMSiteConfiguration = @(
                @{
                    SiteCode = 'LON'
                    ClientComputerCommunicationType = 'HttpsOnly'
                }
            )
            CMSiteSystemServer = @(
                @{
                    SiteSystemServer = 'lon-dp01.contoso.com'
                    SiteCode = 'LON'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'lon-mp01.contoso.com'
                    SiteCode = 'LON'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'lon-mp02.contoso.com'
                    SiteCode = 'LON'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'lon-sup01.contoso.com'
                    SiteCode = 'LON'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'par-dp01.contoso.com'
                    SiteCode = 'LON'
                    UseSiteServerAccount = $true
                }
            )
            CMSoftwareUpdatePoint = @(
                @{
                    SiteCode = 'LON'
                    SiteServerName = 'lon-sup01.contoso.com'
                    WsusSsl = $true
                    WsusIisPort = 8530
                    WsusIisSslPort = 8531
                    ClientConnectionType = 'Intranet'
                }
            )
        }
        @{
            NodeName = 'lon-dp01.contoso.com'
            SiteCodes = @('LON')
            Roles = @('distribution_point')
            SccmRole = @('DistributionPoint')
            WindowsFeatures = @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\LON-CM01$')
        }
        @{
            NodeName = 'lon-mp01.contoso.com'
            SiteCodes = @('LON')
            Roles = @('management_point')
            SccmRole = @('ManagementPoint')
            WindowsFeatures = @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\LON-CM01$')
        }
        @{
            NodeName = 'lon-mp02.contoso.com'
            SiteCodes = @('LON')
            Roles = @('management_point')
            SccmRole = @('ManagementPoint')
            WindowsFeatures = @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\LON-CM01$')
        }
        @{
            NodeName = 'lon-sql01.contoso.com'
            SiteCodes = @('LON')
            Roles = @('site_database_server')
            SccmRole = @()
            WindowsFeatures = @()
            LocalAdministrators = @('contoso.com\LON-CM01$')
        }
        @{
            NodeName = 'lon-sup01.contoso.com'
            SiteCodes = @('LON')
            Roles = @('software_update_point')
            SccmRole = @('SoftwareUpdatePoint')
            WindowsFeatures = @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\LON-CM01$')
        }
        @{
            NodeName = 'par-dp01.contoso.com'
            SiteCodes = @('LON')
            Roles = @('distribution_point')
            SccmRole = @('DistributionPoint')
            WindowsFeatures = @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\LON-CM01$')
        }
        @{
            NodeName = 'por-dp01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('distribution_point')
            SccmRole = @('DistributionPoint')
            WindowsFeatures = @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-cm01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('site_server', 'sms_provider')
            SccmRole = @('CASorSiteServer')
            WindowsFeatures = @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
            LocalAdministrators = @('contoso.com\SEA-CM02$')
            CMDistributionPoint = @(
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'por-dp01.contoso.com'
                    ClientCommunicationType = 'Http'
                    MinimumFreeSpaceMB = 500
                }
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'sea-dp01.contoso.com'
                    ClientCommunicationType = 'Http'
                    MinimumFreeSpaceMB = 500
                }
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'sea-dp02.contoso.com'
                    ClientCommunicationType = 'Http'
                    MinimumFreeSpaceMB = 500
                }
            )
            CMFallbackStatusPoint = @(
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'sea-fsp01.contoso.com'
                }
            )
            CMManagementPoint = @(
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'sea-mp01.contoso.com'
                    EnableSsl = $false
                    ClientConnectionType = 'Intranet'
                }
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'sea-mp02.contoso.com'
                    EnableSsl = $false
                    ClientConnectionType = 'Intranet'
                }
            )
            CMPullDistributionPoint = @(
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'por-dp01.contoso.com'
                    EnablePullDP = $true
                    SourceDistributionPoint = @(
                        @{
                            SourceDP = 'sea-dp01.contoso.com'
                            DPRank = 1
                        }
                        @{
                            SourceDP = 'sea-dp02.contoso.com'
                            DPRank = 2
                        }
                    )
                }
            )
            CMPxeDistributionPoint = @(
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'sea-dp01.contoso.com'
                    EnablePxe = $true
                    AllowPxeResponse = $true
                    EnableNonWdsPxe = $true
                }
            )
            CMSiteConfiguration = @(
                @{
                    SiteCode = 'SEA'
                    ClientComputerCommunicationType = 'HttpsOrHttp'
                    UseSmsGeneratedCert = $true
                }
            )
            CMSiteSystemServer = @(
                @{
                    SiteSystemServer = 'por-dp01.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-cm02.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-cmg01.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-dp01.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-dp02.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-fsp01.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-mp01.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-mp02.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
                @{
                    SiteSystemServer = 'sea-sup01.contoso.com'
                    SiteCode = 'SEA'
                    UseSiteServerAccount = $true
                }
            )
            CMSoftwareUpdatePoint = @(
                @{
                    SiteCode = 'SEA'
                    SiteServerName = 'sea-sup01.contoso.com'
                    WsusSsl = $true
                    WsusIisPort = 8530
                    WsusIisSslPort = 8531
                    ClientConnectionType = 'Intranet'
                }
            )
        }
        @{
            NodeName = 'sea-cm02.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('site_server_passive', 'sms_provider')
            SccmRole = @('CASorSiteServer')
            WindowsFeatures = @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
            LocalAdministrators = @('contoso.com\SEA-CM01$')
        }
        @{
            NodeName = 'sea-cmg01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('cloud_management_gateway_connection_point')
            SccmRole = @()
            WindowsFeatures = @('NET-Framework-45-Core')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-dp01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('distribution_point', 'state_migration_point')
            SccmRole = @('DistributionPoint', 'StateMigrationPoint')
            WindowsFeatures = @('FS-FileServer', 'NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'NET-HTTP-Activation', 'NET-WCF-HTTP-Activation45', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Asp-Net', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext', 'Web-Net-Ext45', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-dp02.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('distribution_point')
            SccmRole = @('DistributionPoint')
            WindowsFeatures = @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-fs01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('content_library_share')
            SccmRole = @()
            WindowsFeatures = @('FS-FileServer')
            LocalAdministrators = @()
        }
        @{
            NodeName = 'sea-fsp01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('fallback_status_point')
            SccmRole = @('FallbackServicePoint')
            WindowsFeatures = @('BITS', 'BITS-IIS-Ext', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-mp01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('management_point')
            SccmRole = @('ManagementPoint')
            WindowsFeatures = @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-mp02.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('management_point')
            SccmRole = @('ManagementPoint')
            WindowsFeatures = @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-prv01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('sms_provider')
            SccmRole = @()
            WindowsFeatures = @()
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-sql01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('site_database_server')
            SccmRole = @()
            WindowsFeatures = @()
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-sql02.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('site_database_server')
            SccmRole = @()
            WindowsFeatures = @()
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
        @{
            NodeName = 'sea-sup01.contoso.com'
            SiteCodes = @('SEA')
            Roles = @('software_update_point')
            SccmRole = @('SoftwareUpdatePoint')
            WindowsFeatures = @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth')
            LocalAdministrators = @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
        }
    )
    NonNodeData = @{
        Sites = @(
            @{
                SiteCode = 'CAS'
                SiteType = 'central_administration'
                SiteServerName = 'cas-cm01.contoso.com'
                SiteName = 'Contoso'
                DatabaseServerName = 'cas-sql01.contoso.com'
            }
            @{
                SiteCode = 'LON'
                SiteType = 'child_primary'
                SiteServerName = 'lon-cm01.contoso.com'
                SiteName = 'Contoso London'
                ParentSiteCode = 'CAS'
                DatabaseServerName = 'lon-sql01.contoso.com'
            }
            @{
                SiteCode = 'SEA'
                SiteType = 'child_primary'
                SiteServerName = 'sea-cm01.contoso.com'
                SiteName = 'Contoso Seattle'
                ParentSiteCode = 'CAS'
                PassiveSiteServerName = 'sea-cm02.contoso.com'
                DatabaseServerName = 'sea-sql.contoso.com'
            }
            @{
                SiteCode = 'EDI'
                SiteType = 'secondary'
                SiteServerName = 'edi-cm01.contoso.com'
                SiteName = 'Contoso Edinburgh'
                ParentSiteCode = 'LON'
                DatabaseServerName = 'edi-cm01.contoso.com'
            }
        )
        WithoutResource = @(
            @{
                SiteCode = 'CAS'
                Server = 'cas-rsp01.contoso.com'
                Role = 'data_warehouse_service_point'
                Cmdlet = 'Add-CMDataWarehouseServicePoint'
            }
            @{
                SiteCode = 'CAS'
                Server = 'cas-scp01.contoso.com'
                Role = 'endpoint_protection_point'
                Cmdlet = 'Add-CMEndpointProtectionPoint'
            }
            @{
                SiteCode = 'EDI'
                Server = 'edi-cm01.contoso.com'
                Role = 'distribution_point'
                Cmdlet = 'Set-CMDistributionPoint'
            }
            @{
                SiteCode = 'LON'
                Server = 'lon-dp01.contoso.com'
                Role = 'distribution_point'
                Setting = 'client_connections'
            }
            @{
                SiteCode = 'LON'
                Server = 'par-dp01.contoso.com'
                Role = 'distribution_point'
                Setting = 'client_connections'
            }
            @{
                SiteCode = 'SEA'
                Setting = 'passive_site_server'
            }
            @{
                SiteCode = 'SEA'
                Setting = 'content_library_path'
            }
            @{
                SiteCode = 'SEA'
                Setting = 'sms_providers'
            }
            @{
                SiteCode = 'SEA'
                Server = 'por-dp01.contoso.com'
                Role = 'distribution_point'
                Setting = 'client_connections'
            }
            @{
                SiteCode = 'SEA'
                Server = 'sea-cmg01.contoso.com'
                Role = 'cloud_management_gateway_connection_point'
                Cmdlet = 'Add-CMCloudManagementGatewayConnectionPoint'
            }
            @{
                SiteCode = 'SEA'
                Server = 'sea-dp01.contoso.com'
                Role = 'distribution_point'
                Setting = 'client_connections'
            }
            @{
                SiteCode = 'SEA'
                Server = 'sea-dp01.contoso.com'
                Role = 'state_migration_point'
                Cmdlet = 'Add-CMStateMigrationPoint'
            }
            @{
                SiteCode = 'SEA'
                Server = 'sea-dp02.contoso.com'
                Role = 'distribution_point'
                Setting = 'client_connections'
            }
            @{
                SiteCode = 'SEA'
                Server = 'sea-mp01.contoso.com'
                Role = 'management_point'
                Setting = 'allow_cmg_traffic'
            }
            @{
                SiteCode = 'SEA'
                Server = 'sea-mp02.contoso.com'
                Role = 'management_point'
                Setting = 'allow_cmg_traffic'
            }
        )
        Placeholders = @{
            AccountPassword = 'the password of the account'
        }
    }
}
