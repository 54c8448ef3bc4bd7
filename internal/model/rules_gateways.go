package model

import (
	"fmt"
	"regexp"
	"strings"
)

// Group 9: what a cloud management gateway needs in the hierarchy, and what it can be.

// Versions in which gateways changed.
var (
	scaleSetPreview    = milestone{2010, articleCMGPlan.At("Limitations with versions 2010 and 2103")}                                            // a virtual machine scale set, for some subscriptions
	scaleSetGeneral    = milestone{2107, articleCMGPlan.Source()}                                                                                 // for everybody
	scaleSetGovernment = milestone{2111, articleCMGPlan.Source()}                                                                                 // in the cloud for the US government too
	scaleSetOnly       = milestone{2403, articlePrerequisiteChecks.At("Check for a cloud management gateway (CMG) as a cloud service (classic)")} // nothing else is left
)

// limitPreviewManagementPoints is the largest number of management points with HTTPS
// beside a scale set in the first two versions.
var limitPreviewManagementPoints = limit{1, articleCMGPlan.At("Limitations with versions 2010 and 2103")}

// gatewayCapacity is how many clients a virtual machine of a gateway serves at a time.
type gatewayCapacity struct {
	deployment string
	size       string // empty: any
	from, to   Version
	clients    limit
}

// The sizes of version 2609 have no published numbers.
var gatewayCapacities = []gatewayCapacity{
	{DeploymentScaleSet, SizeB2s, scaleSetGeneral.version, 2609, limit{10, articleSizeAndScale.At("Cloud management gateway")}},
	{DeploymentScaleSet, SizeA2v2, scaleSetGeneral.version, 2609, limit{6_000, articleSizeAndScale.At("Cloud management gateway")}},
	{DeploymentScaleSet, SizeA4v2, scaleSetGeneral.version, 2609, limit{10_000, articleSizeAndScale.At("Cloud management gateway")}},
	{DeploymentScaleSet, "", scaleSetPreview.version, scaleSetGeneral.version, limit{2_000, articleSizeAndScale.At("Cloud management gateway")}},
	{DeploymentClassic, "", 0, 2203, limit{6_000, articleSizeAndScale.At("Cloud management gateway")}},
}

// gatewayName is a pattern for the first label of a service name, with the rule in words.
type gatewayName struct {
	format *regexp.Regexp
	words  string
	source Source
}

var (
	gatewayNames = gatewayName{regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`),
		"letters, digits and hyphens that begin with a letter, end with a letter or digit, and have no two hyphens in a row", articleCMGPlan.Source()}
	contentGatewayNames = gatewayName{regexp.MustCompile(`^[a-z][a-z0-9]*$`),
		"lower-case letters and digits that begin with a letter, because of content_enabled = true", articleCMGSetup.Source()}
)

// allows reports whether the first part of a service name keeps to the pattern and
// has a length that Azure takes.
func (g gatewayName) allows(label string) bool {
	return rangeGatewayName.holds(int64(len(label))) && g.format.MatchString(label) && !strings.Contains(label, "--")
}

var gatewayRules = []Rule{
	{
		ID: "CMG-SCP-ONLINE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:   "With a cloud management gateway, the service connection point is online",
		Why:     "The service connection point creates the service in Azure, watches it and updates it; offline it has no connection to do so.",
		Fix:     `Set mode = "online" in the service_connection_point block.`,
		Sources: []Source{articleCMGPlan.At("Requirements")},
		// A missing one is ROLE-CARD-SCP-MIN.
		hierarchy: func(c *check) {
			if !c.holds(c.hasGateway()) {
				return
			}
			c.openCount()
			for _, a := range c.topology.index.byRole[roleServiceConnectionPoint] {
				if c.holds(valueIs(settingOf(a.ServiceConnectionPoint, func(s *ServiceConnectionPoint) Value[string] { return s.Mode }), ModeOffline)) {
					c.violate(violation{
						on: a, at: At("service_connection_point", "mode"), site: a.site(),
						fact:  fmt.Sprintf("%s is offline in a hierarchy with a cloud management gateway", a.label()),
						found: fmt.Sprintf("mode = %q.", ModeOffline),
					})
				}
			}
		},
	},
	{
		ID: "CMG-MP", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "With a cloud management gateway, a management point of a primary site takes its traffic",
		Why:     "The gateway passes clients on to management points that allow it, over HTTPS or with the certificates of enhanced HTTP. Without one, clients reach the gateway and no further.",
		Fix:     `Set allow_cmg_traffic = true in the management_point block of a primary site, with protocol = "https" there or client_communication = "enhanced_http" on the site.`,
		Sources: []Source{articleCMGPlan.Source(), articleCMGAuthentication.Source(), articleCMGConfiguration.Source()},
		// The protocol is then wrong whether or not a gateway uses it.
		CoveredBy: atSite("ROLE-LIFE-HTTP-BLOCK"),
		hierarchy: func(c *check) {
			if c.holds(c.hasGateway()) {
				c.gatewayManagementPoint()
			}
		},
	},
	{
		ID: "CMG-MP-CONN", Severity: SeverityWarning, Basis: SecondarySource, Scope: ScopeRole,
		Title:   "A role that takes the traffic of a cloud management gateway accepts connections from the internet",
		Why:     "The wizard goes that way, and so does a tool that checks it; no article asks for it. A management point that serves the gateway with enhanced HTTP stays on the intranet.",
		Fix:     `Set client_connections = "internet_and_intranet" beside allow_cmg_traffic = true.`,
		Sources: []Source{articleConfigMgrCBDsc.Source()},
		roles:   []string{roleManagementPoint, roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			x := a.access()
			intranet := both(x.gateway, valueIs(x.connections, ConnectionsIntranet))
			role, _ := a.Role.Get()
			if role == roleManagementPoint {
				intranet = both(intranet, x.uses(ProtocolHTTPS))
			}
			if c.holds(intranet) {
				c.violate(violation{
					at:    At(role, "client_connections"),
					fact:  fmt.Sprintf("%s takes the traffic of a cloud management gateway, but no connections from the internet", a.label()),
					found: fmt.Sprintf("allow_cmg_traffic = true and client_connections = %q.", ConnectionsIntranet),
				})
			}
		},
	},
	{
		ID: "CMG-SUP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "With a cloud management gateway, a software update point of the primary site takes its traffic",
		Why:     "Clients on the internet scan for updates through the gateway at a software update point of their site that allows it.",
		Fix:     `Set allow_cmg_traffic = true in the software_update_point block of one software update point of the site. When the clients get their updates otherwise, say so on the site: software_update_source = "windows_update".`,
		Sources: []Source{articleCMGSetup.At("Configure client-facing roles"), articleSoftwareUpdatesPlan.At("Cloud management gateway")},
		hierarchy: func(c *check) {
			if !c.holds(c.hasGateway()) {
				return
			}
			for _, s := range sortedSites(c.topology.Sites) {
				if c.holds(s.is(Primary)) {
					c.gatewayUpdates(s)
				}
			}
		},
	},
	{
		ID: "CMG-ROLES", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:       "A cloud management gateway passes clients on to management points and software update points only",
		Why:         "The connection point knows no other role. Content comes from the gateway itself or from the cloud.",
		Fix:         "Nothing to correct: no other role has the setting.",
		Sources:     []Source{articleCMGSupport.Source(), articleCMGHierarchy.Source()},
		Enforcement: Inexpressible,
		Note:        "allow_cmg_traffic is a setting of the blocks management_point and software_update_point alone.",
	},
	{
		ID: "CMG-SITE", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeHierarchy,
		Title:     "A cloud management gateway belongs to the top-level site, and its traffic goes to roles of primary sites",
		Why:       "One gateway at the top-level site serves all primary sites, and is seen by all of them. Clients behind it are clients of a primary site: a role of a central administration site or a secondary site does not serve them.",
		Fix:       "Name the top-level site in site_code of the gateway; set allow_cmg_traffic = true for roles of primary sites only.",
		Sources:   []Source{articleCMGSetup.Source(), articleCMGHierarchy.Source()},
		CoveredBy: append(onElement("ROLE-SITE-MP"), atSite("ROLE-SITE-CMG", "CMG-VMSS-2010-LIMIT")...),
		roles:     []string{roleManagementPoint, roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			if c.holds(both(a.access().gateway, not(a.site().is(Primary)))) {
				role, _ := a.Role.Get()
				c.violate(violation{
					at:    At(role, "allow_cmg_traffic"),
					fact:  fmt.Sprintf("%s takes the traffic of a cloud management gateway at a %s", a.label(), siteTypeName(a.site())),
					found: fmt.Sprintf("allow_cmg_traffic = true at %s.", a.site().label()),
				})
			}
		},
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				if g.SiteCode.IsNull() {
					return // the top-level site
				}
				code, ok := decided(c, folded(g.SiteCode, foldCode))
				if !ok {
					return
				}
				site := c.topology.index.sites[code]
				if site == nil {
					c.undecideIf(c.topology.index.sitesOpen)
					return
				}
				if tier, ok := decided(c, site.TierOf()); ok && tier == TierChildPrimary {
					c.violate(violation{
						at: at.Attr("site_code"), site: site, related: []declared{site},
						fact:  fmt.Sprintf("%s is not at the top-level site", gatewayLabel(at, g)),
						found: fmt.Sprintf("%s = %q names a %s.", at.Attr("site_code"), code, tier.Name()),
					})
				}
			})
		},
	},
	{
		ID: "CMG-NAME", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:   "A cloud management gateway has a name that Azure accepts",
		Why:     "The first part of the service name becomes the name of resources in Azure. With content it is the name of a storage account too, which has lower-case letters and digits only.",
		Fix:     `Choose a name such as name = "contosocmg" or name = "contosocmg.contoso.com".`,
		Sources: []Source{gatewayNames.source, contentGatewayNames.source},
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				name, ok := decided(c, g.Name)
				if !ok {
					return
				}
				label, _, _ := strings.Cut(strings.TrimSpace(name), ".")
				names := gatewayNames
				if names.allows(label) {
					names = contentGatewayNames
					if names.allows(label) || !c.holds(g.Content) {
						return
					}
				}
				c.violate(violation{
					at:    at.Attr("name"),
					fact:  fmt.Sprintf("a cloud management gateway cannot be named %q", label),
					found: fmt.Sprintf("%s = %q; its first part has to be %d to %d %s.", at.Attr("name"), name, rangeGatewayName.min, rangeGatewayName.max, names.words),
				})
			})
		},
	},
	{
		ID: "CMG-IPV4", Severity: SeverityWarning, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:       "Clients of a cloud management gateway have IPv4",
		Why:         "The service has IPv4 addresses only; a client with IPv6 alone cannot reach it.",
		Fix:         "Give the clients IPv4, or a translation to it, in the networks they connect from.",
		Sources:     []Source{articleCMGSupport.At("Specifications"), articleCMGPlan.At("Requirements")},
		Enforcement: Undecidable,
		Note:        "The networks that clients connect from are not part of a topology.",
	},
	{
		ID: "CMG-CP-CERT", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "A connection point in front of HTTPS management points with PKI certificates has a certificate for client authentication",
		Why:     "Management points that authenticate clients by PKI certificates ask the connection point for one as well. With enhanced HTTP, or Microsoft Entra authentication, it needs none.",
		Fix:     "Issue a certificate for client authentication to the server and set client_authentication_certificate = true in the cloud_management_gateway_connection_point block.",
		Sources: []Source{articleCMGConfiguration.At("CMG connection point"), articleCMGSetup.At("Add the CMG connection point")},
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleGatewayConnection] {
				has := settingOf(a.GatewayConnection, func(g *GatewayConnection) Value[bool] { return g.ClientCertificate })
				if c.holds(both(not(has), a.site().PKICertificates)) {
					c.gatewayCertificate(a)
				}
			}
		},
	},
	{
		ID: "CMG-VMSS-2010-LIMIT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy, Versions: versionSpan(scaleSetPreview.version, scaleSetGeneral.version),
		Title:     "In versions 2010 and 2103, a gateway that is a virtual machine scale set belongs to a stand-alone primary site",
		Why:       "In these versions the deployment was meant for subscriptions through a Cloud Solution Provider. It serves no hierarchy with a central administration site, and with several HTTPS management points clients are not installed over the internet.",
		Fix:       `Update the site to version 2107 or later, or set deployment = "cloud_service_classic".`,
		Sources:   []Source{limitPreviewManagementPoints.source},
		CoveredBy: atSite("ROLE-SITE-CMG"),
		hierarchy: func(c *check) {
			c.eachScaleSet(func(at Path, g *Gateway, site *Site, v Version) {
				if spans(scaleSetPreview.version, scaleSetGeneral.version, v) {
					c.previewGateway(at, g, site, v)
				}
			})
		},
	},
	{
		ID: "CMG-GOV", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole, Versions: "before 2111",
		Title:   "Before version 2111, a gateway in the cloud for the US government is not a virtual machine scale set",
		Why:     "The deployment came to that cloud two versions later than to the public one.",
		Fix:     `Update the site to version 2111 or later, or set deployment = "cloud_service_classic".`,
		Sources: []Source{articleCMGPlan.Source()},
		hierarchy: func(c *check) {
			c.eachScaleSet(func(at Path, g *Gateway, site *Site, v Version) {
				if v >= scaleSetGovernment.version || !c.holds(valueIs(g.Azure, AzureUSGovernment)) {
					return
				}
				c.violate(violation{
					at: at.Attr("azure_environment"), site: site,
					fact:  fmt.Sprintf("%s cannot be a scale set in the cloud for the US government", gatewayLabel(at, g)),
					found: fmt.Sprintf("azure_environment = %q and deployment = %q at version %s.", AzureUSGovernment, DeploymentScaleSet, v),
				})
			})
		},
	},
	{
		ID: "CMG-SIZE-CLIENTS", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeRole,
		Title:     "A cloud management gateway has enough virtual machines for its clients",
		Why:       "Each virtual machine is rated for a number of clients that are connected at the same time; beyond it their requests are delayed.",
		Fix:       `Raise vm_instances (16 is the most), choose a larger vm_size such as "standard_a4_v2", or declare another gateway in cloud_management_gateways.`,
		Sources:   []Source{articleSizeAndScale.At("Cloud management gateway")},
		CoveredBy: onElement("ROLE-CARD-CMG-VM"),
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				clients, okClients := decided(c, g.Clients)
				most, okMost := decided(c, c.gatewayServes(g))
				if !okClients || !okMost || clients <= most {
					return
				}
				c.violate(violation{
					at:    at.Attr("clients"),
					fact:  fmt.Sprintf("%s is too small for its clients", gatewayLabel(at, g)),
					found: fmt.Sprintf("clients = %d; vm_instances = %s serves %d of them.", clients, g.VMInstances, most),
				})
			})
		},
	},
	{
		ID: "CMG-B2S-LAB", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeRole, Versions: versionSpan(scaleSetGeneral.version, 0),
		Title:   "A cloud management gateway in production has larger virtual machines than B2s",
		Why:     "The size is meant for tests and serves 10 clients.",
		Fix:     `Choose vm_size = "standard_a2_v2" or larger; for a lab set environment = "lab" on the provider.`,
		Sources: []Source{articleSizeAndScale.At("Cloud management gateway"), articleCMGPerformance.Source()},
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				if !c.holds(valueIs(g.VMSize, SizeB2s)) {
					return
				}
				site, ok := c.gatewaySite(g)
				if !ok {
					return
				}
				if v, ok := c.versionOf(site); !ok || v < scaleSetGeneral.version {
					return
				}
				// Of a gateway that is known to be too small, CMG-SIZE-CLIENTS says more.
				clients, _ := g.Clients.Get()
				if most, ok := c.gatewayServes(g).Get(); ok && clients > most {
					return
				}
				c.violate(violation{
					at: at.Attr("vm_size"), site: site,
					fact:  fmt.Sprintf("%s has virtual machines for a lab", gatewayLabel(at, g)),
					found: fmt.Sprintf("%s = %q.", at.Attr("vm_size"), SizeB2s),
				})
			})
		},
	},
}

// hasGateway reports whether the hierarchy has a cloud management gateway: one is
// declared, or a connection point that only a gateway has a use for.
func (c *check) hasGateway() Value[bool] {
	declared, x := c.topology.Hierarchy.Gateways, c.topology.index
	gateways, _ := declared.Get()
	switch {
	case len(gateways) > 0 || len(x.byRole[roleGatewayConnection]) > 0:
		return Known(true)
	case declared.IsUnknown() || x.open:
		return Unknown[bool]()
	default:
		return Known(false)
	}
}

// gatewayManagementPoint looks for a management point that serves the gateway.
func (c *check) gatewayManagementPoint() {
	x := c.topology.index
	open := x.open || len(x.external) > 0 // sites that are not listed may have one
	var insecure *Assignment
	var refused []*Assignment
	for _, a := range x.byRole[roleManagementPoint] {
		site := a.site()
		primary, ok := site.is(Primary).Get()
		if !ok {
			open = true
		}
		if !primary {
			continue
		}
		// A site that accepts HTTPS only is COMM-HTTPS-ONLY-ROLES where it gets none.
		traffic := a.access().gateway
		secured := either(a.access().uses(ProtocolHTTPS), not(valueIs(site.Communication, CommunicationHTTPSOrHTTP)))
		serves, ok := both(traffic, secured).Get()
		switch {
		case serves:
			return
		case !ok:
			open = true
		default:
			refused = append(refused, a)
			if knownTrue(traffic) && insecure == nil {
				insecure = a
			}
		}
	}
	if open {
		c.undecide()
		return
	}
	if len(refused) == 0 {
		return // ROLE-CARD-MP-PRI-MIN
	}
	v := violation{
		on: refused[0], at: At("management_point", "allow_cmg_traffic"), site: refused[0].site(), related: append(asDeclared(refused), c.topology.Hierarchy),
		fact:  "no management point takes the traffic of the cloud management gateway",
		found: fmt.Sprintf("allow_cmg_traffic = false for all management points of primary sites: %s.", labels(refused)),
	}
	if insecure != nil {
		v.on, v.at, v.site = insecure, At("management_point", "protocol"), insecure.site()
		v.fact = fmt.Sprintf("%s takes the traffic of the cloud management gateway over plain HTTP", insecure.label())
		v.found = fmt.Sprintf("protocol = %q, and client_communication of %s is %q; no other management point serves the gateway.", ProtocolHTTP, insecure.site().label(), CommunicationHTTPSOrHTTP)
		v.fix = `Set client_communication = "enhanced_http" on the site, or protocol = "https" in the management_point block.`
	}
	c.violate(v)
}

// servesGateway reports whether a cloud management gateway has its clients at a site:
// a connection point or a management point that takes its traffic.
func (c *check) servesGateway(s *Site) Value[bool] {
	x := c.topology.index
	if len(x.rolesAt(s, roleGatewayConnection)) > 0 {
		return Known(true)
	}
	serves := Known(false)
	if x.open {
		serves = Unknown[bool]()
	}
	for _, a := range x.rolesAt(s, roleManagementPoint) {
		serves = either(serves, a.access().gateway)
	}
	return serves
}

// gatewayUpdates judges the software update points of a primary site with clients
// behind a gateway. A site without any gets its updates otherwise.
func (c *check) gatewayUpdates(s *Site) {
	points := c.topology.index.rolesAt(s, roleSoftwareUpdatePoint)
	c.openCount()
	if len(points) == 0 || !c.holds(c.servesGateway(s)) {
		return
	}
	if source, ok := s.UpdateSource.OrDefault(UpdatesFromPoint).Get(); !ok || source != UpdatesFromPoint {
		c.undecideIf(!ok)
		return
	}
	takes := Known(false)
	for _, a := range points {
		takes = either(takes, a.access().gateway)
	}
	if c.topology.index.open || !c.fails(takes) {
		return
	}
	c.violate(violation{
		on: points[0], at: At("software_update_point", "allow_cmg_traffic"), site: s, related: append(asDeclared(points), s),
		fact:  fmt.Sprintf("no software update point of %s takes the traffic of the cloud management gateway", s.label()),
		found: fmt.Sprintf("allow_cmg_traffic = false for all of them: %s.", labels(points)),
	})
}

// gatewayCertificate reports a connection point without certificate when a management
// point of its site asks for one.
func (c *check) gatewayCertificate(a *Assignment) {
	for _, mp := range c.topology.index.rolesAt(a.site(), roleManagementPoint) {
		if !c.holds(both(mp.access().gateway, mp.access().uses(ProtocolHTTPS))) {
			continue
		}
		c.violate(violation{
			on: a, at: At("cloud_management_gateway_connection_point", "client_authentication_certificate"), site: a.site(), related: []declared{mp},
			fact:  fmt.Sprintf("%s lacks a certificate for client authentication", a.label()),
			found: fmt.Sprintf("client_authentication_certificate = false; %s takes the traffic of the gateway over HTTPS, and %s has use_pki_client_certificates = true.", mp.label(), a.site().label()),
		})
		return
	}
	c.openCount()
}

// eachScaleSet visits the gateways that are virtual machine scale sets, with the site
// that owns them and its version.
func (c *check) eachScaleSet(visit func(at Path, g *Gateway, site *Site, v Version)) {
	c.eachGateway(func(at Path, g *Gateway) {
		if !c.holds(valueIs(g.Deployment, DeploymentScaleSet)) {
			return
		}
		site, ok := c.gatewaySite(g)
		if !ok {
			return
		}
		if v, ok := c.versionOf(site); ok {
			visit(at, g, site, v)
		}
	})
}

// previewGateway judges a scale set in the versions that had it for some
// subscriptions only.
func (c *check) previewGateway(at Path, g *Gateway, site *Site, v Version) {
	tier, ok := decided(c, site.TierOf())
	if !ok {
		return
	}
	if tier != TierStandAlonePrimary {
		c.violate(violation{
			at: at.Attr("deployment"), site: site,
			fact:  fmt.Sprintf("%s cannot be a scale set in this hierarchy", gatewayLabel(at, g)),
			found: fmt.Sprintf("%s = %q at version %s, and %s is no stand-alone primary site.", at.Attr("deployment"), DeploymentScaleSet, v, site.label()),
		})
		return
	}
	var secure []*Assignment
	for _, a := range c.topology.index.rolesAt(site, roleManagementPoint) {
		if c.holds(a.access().uses(ProtocolHTTPS)) {
			secure = append(secure, a)
		}
	}
	if int64(len(secure)) <= limitPreviewManagementPoints.value {
		c.openCount()
		return
	}
	c.violate(violation{
		at: at.Attr("deployment"), site: site, severity: SeverityWarning, related: asDeclared(secure),
		fact:  fmt.Sprintf("%s does not install clients over the internet", gatewayLabel(at, g)),
		found: fmt.Sprintf("%s = %q at version %s, with more than one HTTPS management point: %s.", at.Attr("deployment"), DeploymentScaleSet, v, labels(secure)),
	})
}

// gatewayServes returns how many clients a gateway serves at a time, undecided where
// no number is published for its virtual machines.
func (c *check) gatewayServes(g *Gateway) Value[int64] {
	site, ok := c.gatewaySite(g)
	if !ok {
		return Unknown[int64]()
	}
	v, okVersion := site.EffectiveVersion(c.options.version()).Get()
	machines, okMachines := g.VMInstances.Get()
	deployment := g.Deployment
	if v >= scaleSetOnly.version {
		deployment = deployment.OrDefault(DeploymentScaleSet)
	}
	kind, okKind := deployment.Get()
	if !okVersion || !okMachines || !okKind {
		return Unknown[int64]()
	}
	for _, capacity := range gatewayCapacities {
		if capacity.deployment == kind && spans(capacity.from, capacity.to, v) && (capacity.size == "" || g.VMSize == Known(capacity.size)) {
			return Known(machines * capacity.clients.value)
		}
	}
	return Unknown[int64]()
}
