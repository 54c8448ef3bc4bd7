package gateways

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What a cloud management gateway needs in the hierarchy, and what it can be.

// Versions in which gateways changed.
var (
	scaleSetPreview    = product.Milestone{Version: 2010, Source: product.CMGPlan.At("Limitations with versions 2010 and 2103")} // a virtual machine scale set, for some subscriptions
	scaleSetGeneral    = product.Milestone{Version: 2107, Source: product.CMGPlan.Source()}                                      // for everybody
	scaleSetGovernment = product.Milestone{Version: 2111, Source: product.CMGPlan.Source()}                                      // in the cloud for the US government too
	scaleSetOnly       = product.Milestone{Version: 2403, Source: product.PrerequisiteChecks.At("Check for a cloud management gateway (CMG) as a cloud " +
		"service (classic)")} // nothing else is left
)

// LimitPreviewManagementPoints is the largest number of management points with HTTPS
// beside a scale set in the first two versions.
var LimitPreviewManagementPoints = product.Limit{Value: 1, Source: product.CMGPlan.At("Limitations with versions 2010 and 2103")}

// gatewayCapacity is how many clients a virtual machine of a gateway serves at a time.
type gatewayCapacity struct {
	deployment string
	size       string // empty: any
	from, to   product.Version
	Clients    product.Limit
}

// GatewayCapacities are the clients that a size of virtual machine carries. The sizes of
// version 2609 have no published numbers. Exported for the test of documented numbers.
var GatewayCapacities = []gatewayCapacity{
	{model.DeploymentScaleSet, model.SizeB2s, scaleSetGeneral.Version, product.GatewaySizeUntil(model.SizeB2s), product.Limit{Value: 10, Source: product.SizeAndScale.At("Cloud management gateway")}},
	{model.DeploymentScaleSet, model.SizeA2v2, scaleSetGeneral.Version, product.GatewaySizeUntil(model.SizeA2v2), product.Limit{Value: 6_000, Source: product.SizeAndScale.At("Cloud management gateway")}},
	{model.DeploymentScaleSet, model.SizeA4v2, scaleSetGeneral.Version, product.GatewaySizeUntil(model.SizeA4v2), product.Limit{Value: 10_000, Source: product.SizeAndScale.At("Cloud management gateway")}},
	{model.DeploymentScaleSet, "", scaleSetPreview.Version, scaleSetGeneral.Version, product.Limit{Value: 2_000, Source: product.SizeAndScale.At("Cloud management gateway")}},
	{model.DeploymentClassic, "", 0, 2203, product.Limit{Value: 6_000, Source: product.SizeAndScale.At("Cloud management gateway")}},
}

// gatewayName is a pattern for the first label of a service name, with the rule in words.
type gatewayName struct {
	format *regexp.Regexp
	words  string
	source product.Source
}

var (
	gatewayNames = gatewayName{regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`),
		"letters, digits and hyphens that begin with a letter, end with a letter or digit, and have no two hyphens in a row", product.CMGPlan.Source()}
	contentGatewayNames = gatewayName{regexp.MustCompile(`^[a-z][a-z0-9]*$`),
		"lower-case letters and digits that begin with a letter, because of content_enabled = true", product.CMGSetup.Source()}
)

// allows reports whether the first part of a service name keeps to the pattern and
// has a length that Azure takes.
func (g gatewayName) allows(label string) bool {
	return product.RangeGatewayName.Holds(int64(len(label))) && g.format.MatchString(label) && !strings.Contains(label, "--")
}

var gatewayRules = []rule.Rule{
	{
		ID: "CMG-SCP-ONLINE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title:   "With a cloud management gateway, the service connection point is online",
		Why:     "The service connection point creates the service in Azure, watches it and updates it; offline it has no connection to do so.",
		Fix:     `Set mode = "online" in the service_connection_point block.`,
		Sources: []product.Source{product.CMGPlan.At("Requirements")},
		// A missing one is ROLE-CARD-SCP-MIN.
		Hierarchy: func(c *rule.Check) {
			if !c.Holds(hasGateway(c)) {
				return
			}
			c.OpenCount()
			for _, a := range c.Topology.Index.ByRole[product.RoleServiceConnectionPoint] {
				if c.Holds(model.ValueIs(model.SettingOf(a.ServiceConnectionPoint, func(s *model.ServiceConnectionPoint) model.Value[string] { return s.Mode }), model.ModeOffline)) {
					c.Violate(rule.Violation{
						On: a, At: model.At("service_connection_point", "mode"), Site: a.DeclaredSite(),
						Fact:  fmt.Sprintf("%s is offline in a hierarchy with a cloud management gateway", a.Label()),
						Found: fmt.Sprintf("mode = %q.", model.ModeOffline),
					})
				}
			}
		},
	},
	{
		ID: "CMG-MP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "With a cloud management gateway, a management point of a primary site takes its traffic",
		Why: "The gateway passes clients on to management points that allow it, over HTTPS or with the certificates of enhanced HTTP. Without one, clients " +
			"reach the gateway and no further.",
		Fix: `Set allow_cmg_traffic = true in the management_point block of a primary site, with protocol = "https" there or client_communication = ` +
			`"enhanced_http" on the site.`,
		Sources: []product.Source{product.CMGPlan.Source(), product.CMGAuthentication.Source(), product.CMGConfiguration.Source()},
		// The protocol is then wrong whether or not a gateway uses it.
		CoveredBy: rule.AtSite("ROLE-LIFE-HTTP-BLOCK"),
		Hierarchy: func(c *rule.Check) {
			if c.Holds(hasGateway(c)) {
				gatewayManagementPoint(c)
			}
		},
	},
	{
		ID: "CMG-CP-PRIMARY", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Each primary site with clients behind a cloud management gateway has a connection point, and a management point for it",
		Why: "The gateway hands a client over to a connection point of the primary site that the client is assigned to, and that one to a management " +
			"point of the site. A connection point at another primary site does not serve it.",
		Fix: `Assign "cloud_management_gateway_connection_point" to a server of each primary site whose roles have allow_cmg_traffic = true. A site ` +
			`whose clients never come through the gateway has neither.`,
		Sources:   []product.Source{product.CMGHierarchyDesign.Source()},
		CoveredBy: append(rule.InHierarchy("CMG-MP", "ROLE-CARD-CMGCP-MIN", "REQ-CMGCP"), rule.AtSite("ROLE-SITE-CMGCP", "ROLE-LIFE-HTTP-BLOCK")...),
		Hierarchy: func(c *rule.Check) {
			if !c.Holds(hasGateway(c)) {
				return
			}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if c.Holds(s.Is(product.Primary)) {
					gatewayOfPrimary(c, s)
				}
			}
			c.OpenCount()
		},
	},
	{
		ID: "CMG-MP-CONN", Severity: rule.SeverityWarning, Basis: rule.SecondarySource, Scope: rule.ScopeRole,
		Title: "A role that takes the traffic of a cloud management gateway accepts connections from the internet",
		Why: "The wizard goes that way, and so does a tool that checks it; no article asks for it. A management point that serves the gateway with " +
			"enhanced HTTP stays on the intranet.",
		Fix:     `Set client_connections = "internet_and_intranet" beside allow_cmg_traffic = true.`,
		Sources: []product.Source{product.ConfigMgrCBDsc.Source()},
		Roles:   []string{product.RoleManagementPoint, product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			x := a.Access()
			intranet := model.Both(x.Gateway, model.ValueIs(x.Connections, model.ConnectionsIntranet))
			role, _ := a.Role.Get()
			if role == product.RoleManagementPoint {
				intranet = model.Both(intranet, x.Uses(model.ProtocolHTTPS))
			}
			if c.Holds(intranet) {
				c.Violate(rule.Violation{
					At:    model.At(role, "client_connections"),
					Fact:  fmt.Sprintf("%s takes the traffic of a cloud management gateway, but no connections from the internet", a.Label()),
					Found: fmt.Sprintf("allow_cmg_traffic = true and client_connections = %q.", model.ConnectionsIntranet),
				})
			}
		},
	},
	{
		ID: "CMG-SUP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "With a cloud management gateway, a software update point of the primary site takes its traffic",
		Why:   "Clients on the internet scan for updates through the gateway at a software update point of their site that allows it.",
		Fix: `Set allow_cmg_traffic = true in the software_update_point block of one software update point of the site. When the clients get their updates ` +
			`otherwise, say so on the site: software_update_source = "windows_update".`,
		Sources: []product.Source{product.CMGSetup.At("Configure client-facing roles"), product.SoftwareUpdatesPlan.At("Cloud management gateway")},
		Hierarchy: func(c *rule.Check) {
			if !c.Holds(hasGateway(c)) {
				return
			}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if c.Holds(s.Is(product.Primary)) {
					gatewayUpdates(c, s)
				}
			}
		},
	},
	{
		ID: "CMG-ROLES", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:       "A cloud management gateway passes clients on to management points and software update points only",
		Why:         "The connection point knows no other role. Content comes from the gateway itself or from the cloud.",
		Fix:         "Nothing to correct: no other role has the setting.",
		Sources:     []product.Source{product.CMGSupport.Source(), product.CMGHierarchy.Source()},
		Enforcement: rule.Inexpressible,
		Note:        "allow_cmg_traffic is a setting of the blocks management_point and software_update_point alone.",
	},
	{
		ID: "CMG-SITE", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeHierarchy,
		Title: "A cloud management gateway belongs to the top-level site, and its traffic goes to roles of primary sites",
		Why: "One gateway at the top-level site serves all primary sites, and is seen by all of them. Clients behind it are clients of a primary site: a " +
			"role of a central administration site or a secondary site does not serve them.",
		Fix:       "Name the top-level site in site_code of the gateway; set allow_cmg_traffic = true for roles of primary sites only.",
		Sources:   []product.Source{product.CMGSetup.Source(), product.CMGHierarchy.Source()},
		CoveredBy: append(rule.OnElement("ROLE-SITE-MP"), rule.AtSite("ROLE-SITE-CMG", "CMG-VMSS-2010-LIMIT")...),
		Roles:     []string{product.RoleManagementPoint, product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if c.Holds(model.Both(a.Access().Gateway, model.Not(a.DeclaredSite().Is(product.Primary)))) {
				role, _ := a.Role.Get()
				c.Violate(rule.Violation{
					At:    model.At(role, "allow_cmg_traffic"),
					Fact:  fmt.Sprintf("%s takes the traffic of a cloud management gateway at a %s", a.Label(), model.SiteTypeName(a.DeclaredSite())),
					Found: fmt.Sprintf("allow_cmg_traffic = true at %s.", a.DeclaredSite().Label()),
				})
			}
		},
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				if g.SiteCode.IsNull() {
					return // the top-level site
				}
				code, ok := rule.Decided(c, model.Folded(g.SiteCode, model.FoldCode))
				if !ok {
					return
				}
				site := c.Topology.Index.Sites[code]
				if site == nil {
					c.UndecideIf(c.Topology.Index.SitesOpen)
					return
				}
				if tier, ok := rule.Decided(c, site.TierOf()); ok && tier == product.TierChildPrimary {
					c.Violate(rule.Violation{
						At: at.Attr("site_code"), Site: site, Related: []model.Declared{site},
						Fact:  fmt.Sprintf("%s is not at the top-level site", rule.GatewayLabel(at, g)),
						Found: fmt.Sprintf("%s = %q names a %s.", at.Attr("site_code"), g.SiteCode, tier.Name()),
					})
				}
			})
		},
	},
	{
		ID: "CMG-NAME", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A cloud management gateway has a name that Azure accepts",
		Why: "The first part of the service name becomes the name of resources in Azure. With content it is the name of a storage account too, which has " +
			"lower-case letters and digits only.",
		Fix:     `Choose a name such as name = "contosocmg" or name = "contosocmg.contoso.com".`,
		Sources: []product.Source{gatewayNames.source, contentGatewayNames.source},
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				name, ok := rule.Decided(c, g.Name)
				if !ok {
					return
				}
				label, _, _ := strings.Cut(strings.TrimSpace(name), ".")
				names := gatewayNames
				if names.allows(label) {
					names = contentGatewayNames
					if names.allows(label) || !c.Holds(g.Content) {
						return
					}
				}
				c.Violate(rule.Violation{
					At:    at.Attr("name"),
					Fact:  fmt.Sprintf("a cloud management gateway cannot be named %q", label),
					Found: fmt.Sprintf("%s = %q; its first part has to be %d to %d %s.", at.Attr("name"), name, product.RangeGatewayName.Min, product.RangeGatewayName.Max, names.words),
				})
			})
		},
	},
	{
		ID: "CMG-IPV4", Severity: rule.SeverityWarning, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title:       "Clients of a cloud management gateway have IPv4",
		Why:         "The service has IPv4 addresses only; a client with IPv6 alone cannot reach it.",
		Fix:         "Give the clients IPv4, or a translation to it, in the networks they connect from.",
		Sources:     []product.Source{product.CMGSupport.At("Specifications"), product.CMGPlan.At("Requirements")},
		Enforcement: rule.Undecidable,
		Note:        "The networks that clients connect from are not part of a topology.",
	},
	{
		ID: "CMG-CP-CERT", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A connection point in front of HTTPS management points with PKI certificates has a certificate for client authentication",
		Why: "Management points that authenticate clients by PKI certificates ask the connection point for one as well. With enhanced HTTP, or Microsoft " +
			"Entra authentication, it needs none.",
		Fix: "Issue a certificate for client authentication to the server and set client_authentication_certificate = true in the " +
			"cloud_management_gateway_connection_point block.",
		Sources: []product.Source{product.CMGConfiguration.At("CMG connection point"), product.CMGSetup.At("Add the CMG connection point")},
		Hierarchy: func(c *rule.Check) {
			for _, a := range c.Topology.Index.ByRole[product.RoleGatewayConnection] {
				has := model.SettingOf(a.GatewayConnection, func(g *model.GatewayConnection) model.Value[bool] { return g.ClientCertificate })
				if c.Holds(model.Both(model.Not(has), a.DeclaredSite().PKICertificates)) {
					gatewayCertificate(c, a)
				}
			}
		},
	},
	{
		ID: "CMG-VMSS-2010-LIMIT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy, Versions: "before " + scaleSetGeneral.Version.String(),
		Title: "Before version 2107, a gateway that is a virtual machine scale set belongs to a stand-alone primary site of version 2010 or 2103",
		Why: "In these two versions the deployment was meant for subscriptions through a Cloud Solution Provider; older ones do not have it. It serves no " +
			"hierarchy with a central administration site, and with several HTTPS management points clients are not installed over the internet.",
		Fix:       `Update the site to version 2107 or later, or set deployment = "cloud_service_classic".`,
		Sources:   []product.Source{LimitPreviewManagementPoints.Source},
		CoveredBy: rule.AtSite("ROLE-SITE-CMG"),
		Hierarchy: func(c *rule.Check) {
			eachScaleSet(c, func(at model.Path, g *model.Gateway, site *model.Site, v product.Version) {
				switch {
				case v < scaleSetPreview.Version:
					if model.KnownTrue(model.ValueIs(g.Azure, model.AzureUSGovernment)) {
						return // CMG-GOV, which asks for a later version
					}
					c.Violate(rule.Violation{
						At: at.Attr("deployment"), Site: site,
						Fact:  fmt.Sprintf("%s cannot be a scale set at version %s", rule.GatewayLabel(at, g), v),
						Found: fmt.Sprintf("%s = %q; version %s is the first that has it.", at.Attr("deployment"), model.DeploymentScaleSet, scaleSetPreview.Version),
					})
				case v < scaleSetGeneral.Version:
					previewGateway(c, at, g, site, v)
				}
			})
		},
	},
	{
		ID: "CMG-GOV", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole, Versions: "before 2111",
		Title:   "Before version 2111, a gateway in the cloud for the US government is not a virtual machine scale set",
		Why:     "The deployment came to that cloud two versions later than to the public one.",
		Fix:     `Update the site to version 2111 or later, or set deployment = "cloud_service_classic".`,
		Sources: []product.Source{product.CMGPlan.Source()},
		Hierarchy: func(c *rule.Check) {
			eachScaleSet(c, func(at model.Path, g *model.Gateway, site *model.Site, v product.Version) {
				if v >= scaleSetGovernment.Version || !c.Holds(model.ValueIs(g.Azure, model.AzureUSGovernment)) {
					return
				}
				c.Violate(rule.Violation{
					At: at.Attr("azure_environment"), Site: site,
					Fact:  fmt.Sprintf("%s cannot be a scale set in the cloud for the US government", rule.GatewayLabel(at, g)),
					Found: fmt.Sprintf("azure_environment = %q and deployment = %q at version %s.", model.AzureUSGovernment, model.DeploymentScaleSet, v),
				})
			})
		},
	},
	{
		ID: "CMG-SIZE-CLIENTS", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeRole,
		Title:     "A cloud management gateway has enough virtual machines for its clients",
		Why:       "Each virtual machine is rated for a number of clients that are connected at the same time; beyond it their requests are delayed.",
		Fix:       `Raise vm_instances (16 is the most), choose a larger vm_size such as "standard_a4_v2", or declare another gateway in cloud_management_gateways.`,
		Sources:   []product.Source{product.SizeAndScale.At("Cloud management gateway")},
		CoveredBy: rule.OnElement("ROLE-CARD-CMG-VM"),
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				clients, okClients := rule.Decided(c, g.Clients)
				most, okMost := rule.Decided(c, gatewayServes(c, g))
				if !okClients || !okMost || clients <= most {
					return
				}
				c.Violate(rule.Violation{
					At:    at.Attr("clients"),
					Fact:  fmt.Sprintf("%s is too small for its clients", rule.GatewayLabel(at, g)),
					Found: fmt.Sprintf("clients = %d; vm_instances = %s serves %d of them.", clients, g.VMInstances, most),
				})
			})
		},
	},
	{
		ID: "CMG-B2S-LAB", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeRole, Versions: rule.VersionSpan(scaleSetGeneral.Version, product.GatewaySizeUntil(model.SizeB2s)),
		Title:   "A cloud management gateway in production has larger virtual machines than B2s",
		Why:     "The size is meant for tests and serves 10 clients. From version 2609 on there is another one in its place: CMG-SIZE-VERSION.",
		Fix:     `Choose vm_size = "standard_a2_v2" or larger; for a lab set environment = "lab" on the provider.`,
		Sources: []product.Source{product.SizeAndScale.At("Cloud management gateway"), product.CMGPerformance.Source()},
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				if !c.Holds(model.ValueIs(g.VMSize, model.SizeB2s)) {
					return
				}
				site, ok := c.GatewaySite(g)
				if !ok {
					return
				}
				if v, ok := c.VersionOf(site); !ok || !rule.Spans(scaleSetGeneral.Version, product.GatewaySizeUntil(model.SizeB2s), v) {
					return
				}
				// Of a gateway that is known to be too small, CMG-SIZE-CLIENTS says more.
				clients, _ := g.Clients.Get()
				if most, ok := gatewayServes(c, g).Get(); ok && clients > most {
					return
				}
				c.Violate(rule.Violation{
					At: at.Attr("vm_size"), Site: site,
					Fact:  fmt.Sprintf("%s has virtual machines for a lab", rule.GatewayLabel(at, g)),
					Found: fmt.Sprintf("%s = %q.", at.Attr("vm_size"), model.SizeB2s),
				})
			})
		},
	},
}

// hasGateway reports whether the hierarchy has a cloud management gateway: one is
// declared, or a connection point that only a gateway has a use for.
func hasGateway(c *rule.Check) model.Value[bool] {
	declared, x := c.Topology.Hierarchy.Gateways, c.Topology.Index
	gateways, _ := declared.Get()
	switch {
	case len(gateways) > 0 || len(x.ByRole[product.RoleGatewayConnection]) > 0:
		return model.Known(true)
	case declared.IsUnknown() || x.Open:
		return model.Unknown[bool]()
	default:
		return model.Known(false)
	}
}

// gatewayManagementPoint looks for a management point that serves the gateway.
func gatewayManagementPoint(c *rule.Check) {
	x := c.Topology.Index
	open := x.Open || x.IsPartial() // sites that are not listed may have one
	var insecure *model.Assignment
	var refused []*model.Assignment
	for _, a := range x.ByRole[product.RoleManagementPoint] {
		site := a.DeclaredSite()
		primary, ok := site.Is(product.Primary).Get()
		if !ok {
			open = true
		}
		if !primary {
			continue
		}
		serves, ok := servesClients(a).Get()
		switch {
		case serves:
			return
		case !ok:
			open = true
		default:
			refused = append(refused, a)
			if model.KnownTrue(a.Access().Gateway) && insecure == nil {
				insecure = a
			}
		}
	}
	if open {
		c.Undecide()
		return
	}
	if len(refused) == 0 {
		return // ROLE-CARD-MP-PRI-MIN
	}
	v := rule.Violation{
		On: refused[0], At: model.At("management_point", "allow_cmg_traffic"), Site: refused[0].DeclaredSite(), Related: append(model.AsDeclared(refused), c.Topology.Hierarchy),
		Fact:  "no management point takes the traffic of the cloud management gateway",
		Found: fmt.Sprintf("allow_cmg_traffic = false for all management points of primary sites: %s.", model.Labels(refused)),
	}
	if insecure != nil {
		v.On, v.At, v.Site = insecure, model.At("management_point", "protocol"), insecure.DeclaredSite()
		v.Fact = fmt.Sprintf("%s takes the traffic of the cloud management gateway over plain HTTP", insecure.Label())
		v.Found = fmt.Sprintf("protocol = %q, and client_communication of %s is %q; no other management point serves the gateway.", model.ProtocolHTTP, insecure.DeclaredSite().Label(), model.CommunicationHTTPSOrHTTP)
		v.Fix = `Set client_communication = "enhanced_http" on the site, or protocol = "https" in the management_point block.`
	}
	c.Violate(v)
}

// servesClients reports whether a management point serves the clients that come through a
// gateway: it takes the traffic, and has HTTPS or the certificates of enhanced HTTP. A site
// that accepts HTTPS only is COMM-HTTPS-ONLY-ROLES where it gets none.
func servesClients(a *model.Assignment) model.Value[bool] {
	plain := model.ValueIs(a.DeclaredSite().Communication, model.CommunicationHTTPSOrHTTP)
	return model.Both(a.Access().Gateway, model.Either(a.Access().Uses(model.ProtocolHTTPS), model.Not(plain)))
}

// gatewayOfPrimary judges whether a primary site has both a connection point and a
// management point that takes the traffic, or neither.
func gatewayOfPrimary(c *rule.Check, s *model.Site) {
	x := c.Topology.Index
	connections, points := x.RolesAt(s, product.RoleGatewayConnection), x.RolesAt(s, product.RoleManagementPoint)
	taking, refusing := model.Known(false), true
	var taker, insecure *model.Assignment
	for _, a := range slices.Concat(points, x.RolesAt(s, product.RoleSoftwareUpdatePoint)) {
		traffic := a.Access().Gateway
		taking = model.Either(taking, traffic)
		if taker == nil && model.KnownTrue(traffic) {
			taker = a
		}
	}
	for _, a := range points {
		if serves, ok := servesClients(a).Get(); ok && !serves && model.KnownTrue(a.Access().Gateway) {
			insecure = a
		} else {
			refusing = refusing && c.Fails(a.Access().Gateway)
		}
	}
	switch {
	case len(connections) == 0:
		if !c.Holds(taking) || x.Open {
			return
		}
		role, _ := taker.Role.Get()
		c.Violate(rule.Violation{
			On: taker, At: model.At(role, "allow_cmg_traffic"), Site: s, Related: []model.Declared{s},
			Fact:  fmt.Sprintf("%s takes the traffic of a cloud management gateway, and %s has no connection point", taker.Label(), s.Label()),
			Found: fmt.Sprintf("allow_cmg_traffic = true, and no role assignment puts a cloud management gateway connection point at %s.", s.Label()),
		})
	case len(points) > 0 && refusing && !x.Open && insecure != nil:
		c.Violate(rule.Violation{
			On: insecure, At: model.At("management_point", "protocol"), Site: s, Related: append(model.AsDeclared(points), s),
			Fact: fmt.Sprintf("%s takes the traffic of the cloud management gateway over plain HTTP", insecure.Label()),
			Found: fmt.Sprintf("protocol = %q, and client_communication of %s is %q; no other management point there serves the gateway.", model.ProtocolHTTP, s.Label(),
				model.CommunicationHTTPSOrHTTP),
			Fix: `Set client_communication = "enhanced_http" on the site, or protocol = "https" in the management_point block.`,
		})
	case len(points) > 0 && refusing && !x.Open:
		c.Violate(rule.Violation{
			On: connections[0], At: model.At("role"), Site: s, Related: append(model.AsDeclared(points), s),
			Fact:  fmt.Sprintf("%s has no management point to hand clients over to", connections[0].Label()),
			Found: fmt.Sprintf("allow_cmg_traffic = false for all management points of %s: %s.", s.Label(), model.Labels(points)),
			Fix:   `Set allow_cmg_traffic = true in the management_point block of a management point of the site, or remove the connection point.`,
		})
	}
}

// servesGateway reports whether a cloud management gateway has its clients at a site:
// a connection point or a management point that takes its traffic.
func servesGateway(c *rule.Check, s *model.Site) model.Value[bool] {
	x := c.Topology.Index
	if len(x.RolesAt(s, product.RoleGatewayConnection)) > 0 {
		return model.Known(true)
	}
	serves := model.Known(false)
	if x.Open {
		serves = model.Unknown[bool]()
	}
	for _, a := range x.RolesAt(s, product.RoleManagementPoint) {
		serves = model.Either(serves, a.Access().Gateway)
	}
	return serves
}

// gatewayUpdates judges the software update points of a primary site with clients
// behind a gateway. A site without any gets its updates otherwise.
func gatewayUpdates(c *rule.Check, s *model.Site) {
	points := c.Topology.Index.RolesAt(s, product.RoleSoftwareUpdatePoint)
	c.OpenCount()
	if len(points) == 0 || !c.Holds(servesGateway(c, s)) {
		return
	}
	if source, ok := s.UpdateSource.OrDefault(model.UpdatesFromPoint).Get(); !ok || source != model.UpdatesFromPoint {
		c.UndecideIf(!ok)
		return
	}
	takes := model.Known(false)
	for _, a := range points {
		takes = model.Either(takes, a.Access().Gateway)
	}
	if c.Topology.Index.Open || !c.Fails(takes) {
		return
	}
	c.Violate(rule.Violation{
		On: points[0], At: model.At("software_update_point", "allow_cmg_traffic"), Site: s, Related: append(model.AsDeclared(points), s),
		Fact:  fmt.Sprintf("no software update point of %s takes the traffic of the cloud management gateway", s.Label()),
		Found: fmt.Sprintf("allow_cmg_traffic = false for all of them: %s.", model.Labels(points)),
	})
}

// gatewayCertificate reports a connection point without certificate when a management
// point of its site asks for one.
func gatewayCertificate(c *rule.Check, a *model.Assignment) {
	for _, mp := range c.Topology.Index.RolesAt(a.DeclaredSite(), product.RoleManagementPoint) {
		if !c.Holds(model.Both(mp.Access().Gateway, mp.Access().Uses(model.ProtocolHTTPS))) {
			continue
		}
		c.Violate(rule.Violation{
			On: a, At: model.At("cloud_management_gateway_connection_point", "client_authentication_certificate"), Site: a.DeclaredSite(), Related: []model.Declared{mp},
			Fact: fmt.Sprintf("%s lacks a certificate for client authentication", a.Label()),
			Found: fmt.Sprintf("client_authentication_certificate = false; %s takes the traffic of the gateway over HTTPS, and %s has use_pki_client_certificates "+
				"= true.", mp.Label(), a.DeclaredSite().Label()),
		})
		return
	}
	c.OpenCount()
}

// eachScaleSet visits the gateways that are virtual machine scale sets, with the site
// that owns them and its version.
func eachScaleSet(c *rule.Check, visit func(at model.Path, g *model.Gateway, site *model.Site, v product.Version)) {
	c.EachGateway(func(at model.Path, g *model.Gateway) {
		if !c.Holds(model.ValueIs(g.Deployment, model.DeploymentScaleSet)) {
			return
		}
		site, ok := c.GatewaySite(g)
		if !ok {
			return
		}
		if v, ok := c.VersionOf(site); ok {
			visit(at, g, site, v)
		}
	})
}

// previewGateway judges a scale set in the versions that had it for some
// subscriptions only.
func previewGateway(c *rule.Check, at model.Path, g *model.Gateway, site *model.Site, v product.Version) {
	tier, ok := rule.Decided(c, site.TierOf())
	if !ok {
		return
	}
	if tier != product.TierStandAlonePrimary {
		c.Violate(rule.Violation{
			At: at.Attr("deployment"), Site: site,
			Fact:  fmt.Sprintf("%s cannot be a scale set in this hierarchy", rule.GatewayLabel(at, g)),
			Found: fmt.Sprintf("%s = %q at version %s, and %s is not a stand-alone primary site.", at.Attr("deployment"), model.DeploymentScaleSet, v, site.Label()),
		})
		return
	}
	var secure []*model.Assignment
	for _, a := range c.Topology.Index.RolesAt(site, product.RoleManagementPoint) {
		if c.Holds(a.Access().Uses(model.ProtocolHTTPS)) {
			secure = append(secure, a)
		}
	}
	if int64(len(secure)) <= LimitPreviewManagementPoints.Value {
		c.OpenCount()
		return
	}
	c.Violate(rule.Violation{
		At: at.Attr("deployment"), Site: site, Severity: rule.SeverityWarning, Related: model.AsDeclared(secure),
		Fact:  fmt.Sprintf("%s does not install clients over the internet", rule.GatewayLabel(at, g)),
		Found: fmt.Sprintf("%s = %q at version %s, with more than one HTTPS management point: %s.", at.Attr("deployment"), model.DeploymentScaleSet, v, model.Labels(secure)),
	})
}

// gatewayServes returns how many clients a gateway serves at a time, undecided where
// no number is published for its virtual machines.
func gatewayServes(c *rule.Check, g *model.Gateway) model.Value[int64] {
	site, ok := c.GatewaySite(g)
	if !ok {
		return model.Unknown[int64]()
	}
	v, okVersion := site.EffectiveVersion(c.Options.SiteVersion()).Get()
	machines, okMachines := g.VMInstances.Get()
	deployment := g.Deployment
	if v >= scaleSetOnly.Version {
		deployment = deployment.OrDefault(model.DeploymentScaleSet)
	}
	kind, okKind := deployment.Get()
	if !okVersion || !okMachines || !okKind {
		return model.Unknown[int64]()
	}
	for _, capacity := range GatewayCapacities {
		if capacity.deployment == kind && rule.Spans(capacity.from, capacity.to, v) && (capacity.size == "" || g.VMSize == model.Known(capacity.size)) {
			return model.Known(machines * capacity.Clients.Value)
		}
	}
	return model.Unknown[int64]()
}
