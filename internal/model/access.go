package model

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// RoleAccess is what the settings of client-facing roles have in common.
type RoleAccess struct {
	Protocol    Value[string]
	Connections Value[string]
	Gateway     Value[bool] // cloud management gateway traffic
}

// undecidedAccess stands for settings that are not known or not declared.
var undecidedAccess = RoleAccess{Unknown[string](), Unknown[string](), Unknown[bool]()}

// Access returns how clients reach the role.
func (a *Assignment) Access() RoleAccess {
	key, _ := a.Role.Get()
	switch key {
	case product.RoleManagementPoint:
		if m, ok := a.ManagementPoint.Get(); ok {
			return RoleAccess{m.Protocol, m.ClientConnections, m.AllowCMGTraffic}
		}
	case product.RoleSoftwareUpdatePoint:
		if s, ok := a.SoftwareUpdatePoint.Get(); ok {
			return RoleAccess{s.Protocol, s.ClientConnections, s.AllowCMGTraffic}
		}
	case product.RoleDistributionPoint:
		if d, ok := a.DistributionPoint.Get(); ok {
			return RoleAccess{d.Protocol, d.ClientConnections, Known(false)}
		}
	case product.RoleEnrollmentProxyPoint:
		if e, ok := a.EnrollmentProxyPoint.Get(); ok {
			return RoleAccess{Known(ProtocolHTTPS), e.ClientConnections, Known(false)}
		}
	}
	return undecidedAccess
}

// Uses reports whether the role uses a protocol.
func (x RoleAccess) Uses(protocol string) Value[bool] { return ValueIs(x.Protocol, protocol) }

// Internet reports whether the role accepts connections from the internet.
func (x RoleAccess) Internet() Value[bool] { return Not(ValueIs(x.Connections, ConnectionsIntranet)) }

// Direct reports whether clients on the internet connect to the role itself. Where it
// takes the traffic of a cloud management gateway too, they may or may not.
func (x RoleAccess) Direct() Value[bool] {
	traffic, ok := x.Gateway.OrDefault(false).Get()
	if ok && !traffic {
		return x.Internet()
	}
	return Both(x.Internet(), Unknown[bool]())
}
