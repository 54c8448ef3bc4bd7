package render

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"

	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// the functions of the script

//go:embed verification_script.ps1
var verificationFunctions string

// VerificationScript writes a PowerShell script that compares what runs with the design
// and changes nothing: sites, roles with their settings, Windows features, local
// administrators, accounts, and TCP ports between the computers.
func VerificationScript(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	providers, err := d.providerOfSites()
	if err != nil {
		return "", err
	}
	v := &verification{design: d, providers: providers}
	v.text.WriteString(verificationFunctions)
	v.text.WriteString("# The roles that a design holds. Those that the product adds by itself are left alone.\n")
	fmt.Fprintf(&v.text, "$known = %s\n", install.PowerShell(v.knownRoles()))
	for _, s := range d.Sites {
		fmt.Fprintf(&v.text, "\n# site %s\n", s.Code)
		v.site(s)
	}
	v.text.WriteString("\n# computers\n")
	for _, server := range d.Plan().Servers {
		if len(server.Features) > 0 {
			v.call("Test-Feature", "Server", server.FQDN, "Feature", server.Features)
		}
		if len(server.LocalAdministrators) > 0 {
			v.call("Test-Administrator", "Server", server.FQDN, "Account", server.LocalAdministrators)
		}
	}
	v.accounts()
	v.text.WriteString("\n# ports\n")
	v.ports()
	v.text.WriteString("\nComplete-Verification\n" + pesterForm)
	return v.text.String(), nil
}

// pesterForm describes the checks to Pester.
const pesterForm = `if ($Pester) {
    Describe -Name 'Configuration Manager' -Fixture {
        It -Name '<kind>: <subject>' -TestCases @($results | ForEach-Object -Process { @{ kind = $_.kind; subject = $_.subject; state = $_.state; found = $_.found } }) -Test {
            param($kind, $subject, $state, $found)

            $state | Should -Be 'holds' -Because ($found -join '; ')
        }
    }
}
`

// verification collects the text of a script.
type verification struct {
	*design
	providers map[string]string
	text      strings.Builder
}

// call writes a call of a function of the script. A table of strings and lists becomes a
// hash table.
func (v *verification) call(function string, arguments ...any) {
	v.text.WriteString(function)
	for i := 0; i < len(arguments); i += 2 {
		fmt.Fprintf(&v.text, " -%s %s", arguments[i], literal(arguments[i+1]))
	}
	v.text.WriteByte('\n')
}

func literal(value any) string {
	table, ok := value.(map[string]any)
	if !ok {
		return install.PowerShell(value)
	}
	entries := make([]string, 0, len(table))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		entries = append(entries, install.PowerShell(key)+" = "+literal(table[key]))
	}
	return "@{ " + strings.Join(entries, "; ") + " }"
}

// knownRoles are the role names of the roles of the catalog.
func (v *verification) knownRoles() []string {
	var names []string
	for _, r := range product.Roles() {
		if r.Assignable() && r.WMIRoleName != "" {
			names = append(names, r.WMIRoleName)
		}
	}
	return distinct(names)
}

// siteTypes are the numbers of the property Type of SMS_Site.
var siteTypes = map[product.Tier]int64{
	product.TierSecondary: 1, product.TierChildPrimary: 2, product.TierStandAlonePrimary: 2, product.TierCentralAdministration: 4,
}

func (v *verification) site(s *install.Site) {
	drive := s.Code
	if s.Tier == product.TierSecondary {
		drive = s.Parent
	}
	expected := map[string]any{"Drive": drive, "Server": s.Server, "Parent": s.Parent, "Type": siteTypes[s.Tier]}
	if name, ok := s.Declared.Name.Get(); ok {
		expected["Name"] = name
	}
	build, _ := strconv.ParseInt(buildOf(s), 10, 64) // numbers of the table of releases
	v.call("Test-Site", "Site", s.Code, "Provider", v.providers[drive], "Expected", expected, "Build", build)
	if settings := siteSettings(s); settings != nil {
		v.call("Test-SiteSetting", "Site", s.Code, "Provider", v.providers[s.Code], "Expected", settings)
	}
	roles := map[string]any{}
	add := func(host, name string) {
		list, _ := roles[host].([]string)
		roles[host] = distinct(append(list, name))
	}
	for _, on := range s.Hosts {
		for _, a := range on.Roles {
			if role, ok := product.RoleByKey(install.RoleOf(a)); ok && role.WMIRoleName != "" {
				add(on.FQDN, role.WMIRoleName)
			}
		}
	}
	if s.Tier == product.TierSecondary {
		add(s.Server, "SMS Management Point")
		add(s.Server, "SMS Distribution Point")
	}
	v.call("Test-Roles", "Site", s.Code, "Drive", drive, "Provider", v.providers[drive], "Expected", roles)
	for _, on := range s.Hosts {
		for _, a := range on.Roles {
			role, ok := product.RoleByKey(install.RoleOf(a))
			if settings := settingsOf(a); ok && len(settings) > 0 {
				v.call("Test-RoleSetting", "Site", s.Code, "Drive", drive, "Provider", v.providers[drive], "Server", on.FQDN, "Role", role.WMIRoleName, "Expected", settings)
			}
		}
	}
}

// siteSettings are declared settings of a primary site that its components hold, nil where
// there are none.
func siteSettings(s *install.Site) map[string]any {
	if s.Tier != product.TierChildPrimary && s.Tier != product.TierStandAlonePrimary {
		return nil
	}
	ports := map[string]any{}
	if declared, ok := s.Declared.ClientPorts.Get(); ok {
		for name, port := range map[string]model.Value[int64]{"IISPortsList": declared.HTTP, "IISSSLPortsList": declared.HTTPS} {
			if number, known := port.Get(); known {
				ports[name] = number
			}
		}
	}
	settings := map[string]any{"Ports": ports}
	if mode, ok := s.Declared.Communication.Get(); ok {
		settings["Communication"] = mode
	}
	if len(ports) == 0 && len(settings) == 1 {
		return nil
	}
	return settings
}

// settingsOf are declared settings of a role by the names of their properties in
// SMS_SCI_SysResUse.
func settingsOf(a *model.Assignment) map[string]any {
	settings := map[string]any{}
	bit := func(name string, v model.Value[bool]) {
		if set, ok := v.Get(); ok {
			settings[name] = map[bool]int64{true: 1}[set]
		}
	}
	number := func(name string, v model.Value[int64]) {
		if set, ok := v.Get(); ok {
			settings[name] = set
		}
	}
	text := func(name string, v model.Value[string]) {
		if set, ok := v.Get(); ok {
			settings[name] = set
		}
	}
	connections := func(internet, intranet string, v model.Value[string]) {
		if from, ok := v.Get(); ok {
			bit(internet, model.Known(from != model.ConnectionsIntranet))
			bit(intranet, model.Known(from != model.ConnectionsInternet))
		}
	}
	if m, ok := a.ManagementPoint.Get(); ok {
		text("protocol", m.Protocol) // of which a row says more than one number
		connections("MPInternetFacing", "MPIntranetFacing", m.ClientConnections)
		bit("AllowProxyTraffic", m.AllowCMGTraffic)
		bit("UseSiteDatabase", model.Known(!m.DatabaseReplica.IsKnown()))
	}
	if dp, ok := a.DistributionPoint.Get(); ok {
		text("protocol", dp.Protocol)
		bit("IsPullDP", model.Known(dp.PullSources.IsKnown()))
		bit("IsPXE", model.Known(dp.PXE.IsKnown()))
		if pxe, known := dp.PXE.Get(); known {
			bit("SccmPXE", model.Known(pxe == model.PXEResponder))
		}
		bit("IsMulticast", model.Known(dp.Multicast.IsKnown()))
		bit("IsAnonymousEnabled", dp.AllowAnonymous)
		bit("PreStagingAllowed", dp.AllowPrestagedContent)
		number("MinFreeSpace", dp.MinimumFreeSpace)
	}
	if sup, ok := a.SoftwareUpdatePoint.Get(); ok {
		if protocol, known := sup.Protocol.Get(); known {
			bit("SSLWSUS", model.Known(protocol == model.ProtocolHTTPS))
		}
		number("WSUSIISPort", sup.HTTPPort)
		number("WSUSIISSSLPort", sup.HTTPSPort)
		connections("IsINF", "IsIntranet", sup.ClientConnections)
		bit("AllowProxyTraffic", sup.AllowCMGTraffic)
	}
	if scp, ok := a.ServiceConnectionPoint.Get(); ok {
		if mode, known := scp.Mode.Get(); known {
			bit("OfflineMode", model.Known(mode == model.ModeOffline))
		}
	}
	if reports, ok := a.ReportingServicesPoint.Get(); ok {
		text("RootFolder", reports.FolderName)
	}
	return settings
}

// accounts compares what the sites register. Accounts that the design does not name are
// not looked for.
func (v *verification) accounts() {
	resources, _ := v.StateOf()
	names := map[string][]string{}
	for _, r := range resources {
		if r.Resource != "CMAccounts" {
			continue
		}
		for _, p := range r.Properties {
			if account, ok := p.Value.(string); ok && p.Name == "Account" {
				names[r.SiteCode] = append(names[r.SiteCode], account)
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(names)) {
		v.call("Test-Account", "Site", code, "Provider", v.providers[code], "Account", distinct(names[code]))
	}
}

// ports are the TCP ports that one computer of the hierarchy reaches on another, and those
// that a console and the scripts reach from here. Dynamic ports answer only while
// something listens there.
func (v *verification) ports() {
	type pair struct{ from, to string }
	numbers := map[pair][]int64{}
	var pairs []pair
	for _, c := range v.Connections() {
		here := c.Source == "console" || c.Source == "automation"
		if c.Protocol != "tcp" || c.First != c.Last || c.DestinationHost == "" || c.SourceHost == "" && !here {
			continue
		}
		p := pair{c.SourceHost, c.DestinationHost}
		if numbers[p] == nil {
			pairs = append(pairs, p)
		}
		if !slices.Contains(numbers[p], c.First) {
			numbers[p] = append(numbers[p], c.First)
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.to+" "+a.from, b.to+" "+b.from) })
	for _, p := range pairs {
		slices.Sort(numbers[p])
		v.call("Test-Port", "From", p.from, "To", p.to, "Port", numbers[p])
	}
}
