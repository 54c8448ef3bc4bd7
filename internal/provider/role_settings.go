package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// assignmentBlocks are the settings of the roles: one block for each role that has
// settings, named like the role.
func assignmentBlocks() map[string]schema.Block {
	connectionAccount := func(who string) schema.StringAttribute {
		return optionalString("The account with which the " + who + " connects to the site database, as in `contoso.com\\\\svc-db`. Defaults to the computer " +
			"account.")
	}
	return map[string]schema.Block{
		"management_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a management point.",
			Attributes: map[string]schema.Attribute{
				"protocol":                    protocolAttribute(),
				"client_connections":          clientConnectionsAttribute(),
				"allow_mobile_devices":        optionalBool("Whether the management point serves mobile devices and Macs."),
				"allow_cmg_traffic":           cmgTrafficAttribute(),
				"database_connection_account": connectionAccount("management point"),
				"boundary_groups":             boundaryGroupsAttribute("Enables the check that boundary groups with PXE have a management point."),
				"clients": optionalCount("The number of clients that this management point is to serve, of all kinds. Enables the check of its " +
					"capacity."),
				"macos": optionalCount("The number of Macs among `clients`. Enables the check of its capacity."),
				"mobile_devices": optionalCount("The number of devices of on-premises mobile device management among `clients`. Enables the check of " +
					"its capacity."),
				"trusts_user_forest": optionalBool("Whether the forest of the server is that of the users, or trusts it. Enables the check that users on " +
					"the internet get their policy."),
			},
			Blocks: map[string]schema.Block{
				"database_replica": schema.SingleNestedBlock{
					MarkdownDescription: "The replica of the site database that the management point reads instead of the site database.",
					Attributes: map[string]schema.Attribute{
						"server":        optionalString("The fully qualified name of the computer that holds the replica.", hostName()),
						"instance":      optionalString("The SQL Server instance of the replica. Defaults to the default instance."),
						"database_name": optionalString("The name of the replica database."),
					},
				},
			},
		},
		"distribution_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a distribution point. With `pull_sources` it is a pull-distribution point.",
			Attributes: map[string]schema.Attribute{
				"protocol":           protocolAttribute(),
				"client_connections": clientConnectionsAttribute(),
				"pull_sources": schema.MapAttribute{
					MarkdownDescription: "The source distribution points of a pull-distribution point: their fully qualified names with a priority from 1 to 100, or " +
						"null for none, as in `{ \"dp01.contoso.com\" = 1 }`.",
					ElementType: types.Int64Type,
					Optional:    true,
					Validators:  []validator.Map{hostNameKeys{}},
				},
				"install_iis": optionalBool("Whether the site installs and configures Internet Information Services on the computer where they are " +
					"missing. With `false` the features are compared with the `inventory` of the server."),
				"pxe":                     enumeration("The service that answers PXE requests; none when not given", model.PXEServices()),
				"pxe_response_delay":      optionalNumber("The delay before a PXE request is answered, in seconds."),
				"listen_on_dhcp_port":     optionalBool("Whether the PXE service listens on the DHCP port, UDP 67. It must not where the computer is a DHCP server."),
				"minimum_free_space":      optionalNumber("The free space to keep on each drive, in megabytes."),
				"primary_content_drive":   optionalString("The drive of the content library: a letter, or `Automatic`."),
				"secondary_content_drive": optionalString("The drive of the content library when the primary one is full."),
				"primary_package_drive":   optionalString("The drive of the package share: a letter, or `Automatic`."),
				"secondary_package_drive": optionalString("The drive of the package share when the primary one is full."),
				"allow_prestaged_content": optionalBool("Whether content can be copied to the computer beforehand."),
				"rate_limits":             enumeration("How transfers to the distribution point are limited", model.RateLimits()),
				"certificate":             enumeration("The certificate of the distribution point", model.Certificates()),
				"certificate_expiration":  optionalString("The day on which a self-signed certificate expires, `YYYY-MM-DD`.", dateValidator{}),
				"boundary_groups":         boundaryGroupsAttribute("An empty list says that it is in none. Enables the check that clients find the distribution point."),
				"clients":                 optionalCount("The number of clients that this distribution point is to serve. Enables the check of its capacity."),
				"package_count":           optionalCount("The number of packages and applications on this distribution point. Enables the check of its capacity."),
				"allow_anonymous": optionalBool("Whether clients may connect anonymously. Enables the check that they do not where the site has certificates " +
					"for them."),
				"connected_cache": optionalBool("Whether the distribution point is a Microsoft Connected Cache server too."),
			},
			Blocks: map[string]schema.Block{
				"multicast": schema.SingleNestedBlock{
					MarkdownDescription: "Multicast, for the deployment of operating systems.",
					Attributes: map[string]schema.Attribute{
						"maximum_clients":      optionalNumber("The largest number of clients."),
						"minimum_session_size": optionalNumber("The number of clients that starts a session."),
						"session_start_delay":  optionalNumber("How long to wait before a session starts, in minutes."),
						"udp_port_start":       optionalNumber("The first UDP port. Defaults to 63000."),
						"udp_port_end":         optionalNumber("The last UDP port. Defaults to 64000."),
						"connection_account":   optionalString("The account with which multicast reads the site database. Defaults to the computer account."),
					},
				},
			},
		},
		"software_update_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a software update point.",
			Attributes: map[string]schema.Attribute{
				"protocol":                protocolAttribute(),
				"client_connections":      clientConnectionsAttribute(),
				"allow_cmg_traffic":       cmgTrafficAttribute(),
				"synchronization_source":  enumeration("What the software update point synchronizes with", model.SynchronizationSources()),
				"network_load_balanced":   optionalBool("Whether the software update point is behind Network Load Balancing."),
				"wsus_connection_account": optionalString("The account with which the site connects to WSUS, as in `contoso.com\\\\svc-wsus`."),
				"wsus_database_server":    optionalString("The fully qualified name of the computer with the WSUS database.", hostName()),
				"wsus_database_instance":  optionalString("The SQL Server instance of the WSUS database."),
				"wsus_website":            enumeration("The web site that WSUS uses", model.WSUSWebsites()),
				"use_proxy": optionalBool("Whether the synchronization of updates goes through the proxy of the server. Enables the " +
					"check that the server has one."),
				"use_proxy_for_automatic_deployment_rules": optionalBool("Whether automatic deployment rules download content through the proxy of the server. " +
					"Enables the check that the server has one."),
				"http_port": optionalNumber("The HTTP port of WSUS, such as 8530. It is used with HTTPS too. Enables the check of the "+
					"pair of ports.", portNumber{}),
				"https_port": optionalNumber("The HTTPS port of WSUS, such as 8531. Enables the check of the pair of ports.", portNumber{}),
				"existing_wsus": enumeration("What the WSUS on the server was used for before the role is added. Not looked at once the "+
					"role is installed", model.ExistingWSUSUses()),
			},
		},
		"fallback_status_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a fallback status point.",
			Attributes: map[string]schema.Attribute{
				"clients": optionalCount("The number of clients that are to use this fallback status point. Enables the check of its capacity."),
			},
		},
		"service_connection_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a service connection point.",
			Attributes: map[string]schema.Attribute{
				"mode": enumeration("Whether the service connection point is connected to the internet", model.ServiceConnectionModes()),
			},
		},
		"reporting_services_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a reporting services point.",
			Attributes: map[string]schema.Attribute{
				"database_server":        optionalString("The fully qualified name of the computer with the report server database.", hostName()),
				"report_server_instance": optionalString("The instance of SQL Server Reporting Services. Another instance means removing and adding the role."),
				"folder_name":            optionalString("The folder of the reports. Another folder means removing and adding the role."),
				"account": optionalString("The reporting services point account, with which reports read the site database, as in " +
					"`contoso.com\\\\svc-reports`. The product does not add the role without one, which is checked where the block is declared and the role is not " +
					"installed."),
			},
		},
		"data_warehouse_service_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a data warehouse service point.",
			Attributes: map[string]schema.Attribute{
				"database_server": optionalString("The fully qualified name of the computer with the data warehouse database.", hostName()),
				"retention_days": optionalNumber("How long data stays in the data warehouse, in days. The product proposes 1095, three years. Enables the check of " +
					"the range."),
				"account": optionalString("The account with which reports read the data warehouse, as in `contoso.com\\\\svc-warehouse`. The product does " +
					"not add the role without one, which is checked where the block is declared and the role is not installed."),
			},
		},
		"enrollment_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of an enrollment point.",
			Attributes: map[string]schema.Attribute{
				"database_connection_account": connectionAccount("enrollment point"),
			},
		},
		"enrollment_proxy_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of an enrollment proxy point.",
			Attributes: map[string]schema.Attribute{
				"enrollment_point": optionalString("The fully qualified name of the server with the enrollment point that it talks to. Enables the check that the "+
					"site has that enrollment point.", hostName()),
				"client_connections": clientConnectionsAttribute(),
			},
		},
		"certificate_registration_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a certificate registration point.",
			Attributes: map[string]schema.Attribute{
				"request_type": enumeration("The kind of certificates that are requested. Enables the check that `scep` names a server of the Network "+
					"Device Enrollment Service and `pfx` names none", model.CertificateRequests()),
				"ndes_server":                 optionalString("The fully qualified name of the Network Device Enrollment Service server.", hostName()),
				"database_connection_account": connectionAccount("certificate registration point"),
			},
		},
		"cloud_management_gateway_connection_point": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of a cloud management gateway connection point.",
			Attributes: map[string]schema.Attribute{
				"cloud_management_gateway": optionalString("The service name of the cloud management gateway that it connects to."),
				"client_authentication_certificate": optionalBool("Whether the server has a certificate for client authentication. Enables the check that it has one " +
					"where HTTPS management points ask for it."),
			},
		},
		"exchange_server_connector": schema.SingleNestedBlock{
			MarkdownDescription: "Settings of an Exchange Server connector.",
			Attributes: map[string]schema.Attribute{
				"organization": optionalString("The Exchange organization whose devices the connector finds."),
			},
		},
	}
}

func protocolAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "The protocol that clients use: " + oneOfText(model.Protocols()) + ".",
		Optional:            true,
		Validators:          []validator.String{oneOf(model.Protocols())},
	}
}

func clientConnectionsAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Where clients connect from: " + oneOfText(model.ClientConnections()) + ".",
		Optional:            true,
		Validators:          []validator.String{oneOf(model.ClientConnections())},
	}
}

func cmgTrafficAttribute() schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: "Whether the role accepts the traffic of a cloud management gateway.",
		Optional:            true,
	}
}

func boundaryGroupsAttribute(about string) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: "The names of the boundary groups that the role belongs to. " + about,
		ElementType:         types.StringType,
		Optional:            true,
	}
}
