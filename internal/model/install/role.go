package install

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Role is what one role on one server needs.
type Role struct {
	// WMIName is the role name in the product's WMI classes, empty where the role is no
	// resource of a server.
	WMIName string
	// Command adds the role, or gives it its settings where the setup of a secondary
	// site adds it. It is nil where there is nothing to run.
	Command *Command
	// DSC is the resource of the module ConfigMgrCBDsc, nil where it has none.
	DSC *DSC
	// Features are the Windows features to install, sorted.
	Features []string
	// Ports are the inbound ports of the role, sorted.
	Ports []Port
	// Unknown says what depends on values that are not known yet.
	Unknown Unknown
}

// Unknown says which parts of a [Role] are not decided at all. A command or a resource
// that is there may still have values that are not known yet.
type Unknown struct{ Command, DSC, Features, Ports bool }

// DSC is a resource of the module ConfigMgrCBDsc with its properties, in a fixed order.
type DSC struct {
	Resource   string
	Properties []Parameter
	// Open says that there may be further properties, which depend on values that are
	// not known yet.
	Open bool
	// Further are resources that add to the first one: what the module keeps apart of a
	// distribution point.
	Further []DSC
}

// Keys of roles that something beyond the tables is about.
const (
	managementPoint         = "management_point"
	distributionPoint       = "distribution_point"
	softwareUpdatePoint     = "software_update_point"
	reportingServicesPoint  = "reporting_services_point"
	dataWarehouse           = "data_warehouse_service_point"
	serviceConnectionPoint  = "service_connection_point"
	gatewayConnection       = "cloud_management_gateway_connection_point"
	endpointProtection      = "endpoint_protection_point"
	assetIntelligence       = "asset_intelligence_synchronization_point"
	enrollmentPoint         = "enrollment_point"
	enrollmentProxyPoint    = "enrollment_proxy_point"
	stateMigrationPoint     = "state_migration_point"
	fallbackStatusPoint     = "fallback_status_point"
	certificateRegistration = "certificate_registration_point"
	exchangeConnector       = "exchange_server_connector"

	// pullDistributionPoint is a distribution point that pulls its content.
	pullDistributionPoint = "pull_distribution_point"

	// Roles that are no assignments: attributes of a site.
	siteServer         = product.PartSiteServer
	passiveSiteServer  = product.PartPassiveSiteServer
	smsProvider        = product.PartSMSProvider
	siteDatabaseServer = product.PartSiteDatabaseServer
)

// ForAssignment returns what a role assignment needs. What depends on a value that is
// not known yet is not decided, and nothing else.
func ForAssignment(a *model.Assignment) Role {
	key, ok := a.Role.Get()
	if !ok {
		all := a.Role.IsUnknown()
		return Role{Unknown: Unknown{all, all, all, all}}
	}
	var role Role
	if entry, ok := product.RoleByKey(key); ok {
		role.WMIName = entry.WMIRoleName
	}
	role.Command, role.Unknown.Command = commandOf(key, a)
	role.DSC = dscOf(key, a)
	role.Features, role.Unknown.Features = featuresOf(key, a)
	role.Ports, role.Unknown.Ports = portsOf(key, a)
	return role
}

// commandOf returns the command of a role, and whether it is not decided that there is
// one.
func commandOf(key string, a *model.Assignment) (*Command, bool) {
	r, ok := recipes[key]
	if !ok {
		return nil, false
	}
	p := &parameters{}
	if r.change == nil {
		r.place(p, a)
		r.settings(p, a)
		return p.command(r.cmdlet), false
	}
	comes := comesWithSite(a)
	if comes.IsUnknown() {
		return nil, true
	}
	if with, _ := comes.Get(); !with {
		r.place(p, a)
		r.settings(p, a)
		return p.command(r.cmdlet), false
	}
	r.place(p, a)
	named := len(p.list)
	r.change(p, a)
	if len(p.list) == named && !p.open {
		return nil, false
	}
	return p.command(r.changeCmdlet), p.open && len(p.list) == named
}

// comesWithSite reports whether the server is a secondary site server, which the setup
// of the site gives a management point and a distribution point.
func comesWithSite(a *model.Assignment) model.Value[bool] {
	site := a.DeclaredSite()
	siteType, ok := site.Type.Get()
	switch {
	case !ok && site.Type.IsUnknown():
		return model.Unknown[bool]()
	case siteType != product.Secondary:
		return model.Known(false)
	}
	host, okHost := a.DeclaredServer().Host().Get()
	server, okServer := site.ServerHost().Get()
	if !okHost || !okServer {
		if a.DeclaredServer().FQDN.IsUnknown() || site.Server.IsUnknown() {
			return model.Unknown[bool]()
		}
		return model.Known(false)
	}
	return model.Known(host == server)
}

// place adds the parameters that say where the role goes.
func (r *recipe) place(p *parameters, a *model.Assignment) {
	if r.anywhere {
		p.required("SiteCode", a.DeclaredSite().NormalizedCode(), placeholderSiteCode)
		return
	}
	p.required("SiteSystemServerName", a.DeclaredServer().Host(), placeholderServer)
	if !r.noSiteCode {
		p.required("SiteCode", a.DeclaredSite().NormalizedCode(), placeholderSiteCode)
	}
}
