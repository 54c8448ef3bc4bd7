// Package designfile reads a design from one YAML file, for people who know no HCL.
//
// The file says what the resources of the provider say, under the same names, with
// three short forms: the key of a site is its code, the key of a server is its name,
// and the roles of a server stand with the server:
//
//	sites:
//	  PS1:
//	    site_type: primary
//	    name: Contoso
//	    site_server: cm01.contoso.com
//	servers:
//	  mp01: { site: PS1, roles: [management_point] }
//	hierarchy:
//	  features: [software_updates]
//	defaults:
//	  dns_suffix: contoso.com
//	  servers:
//	    every: { operating_system: windows_server_2022 }
//	  roles:
//	    management_point: { protocol: https }
//
// What may be written where is not listed here: a [Schema] says it, which the provider
// derives from its resources. [Read] gives the topology that the function check_topology
// takes, [JSONSchema] what editors need.
//
// A value is read from the text of its YAML node and not from what YAML makes of it, so
// that the site codes 001, 1E5 and OFF stay what they are.
package designfile
