package install

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Actions of an unattended setup.
const (
	ActionInstallCAS     = "InstallCAS"
	ActionInstallPrimary = "InstallPrimarySite"
)

// SetupScript is what an unattended setup reads: sections with keys, in a fixed order.
// The six sections that Setup looks for are always there. The source is
// [product.SetupScript].
type SetupScript struct {
	Action   string // the value of the key Action
	Sections []Section
	// Open says that there may be further keys, which depend on values that are not
	// known yet.
	Open bool
}

// Section is a section of a [SetupScript].
type Section struct {
	Name string
	Keys []Key
}

// Key is a key of a [Section]. Its value is known, is a placeholder, or is not decided
// yet.
type Key struct {
	Name        string
	Value       string
	Placeholder *Placeholder
	Unknown     bool
}

// Names of the sections.
const (
	sectionIdentification = "Identification"
	sectionOptions        = "Options"
	sectionSQL            = "SQLConfigOptions"
	sectionCloud          = "CloudConnectorOptions"
	sectionSoftware       = "SABranchOptions"
	sectionExpansion      = "HierarchyExpansionOption"
)

// What Setup asks for and a topology does not say.
var (
	placeholderProductID     = Placeholder{Name: "ProductID", Purpose: "the product key, or Eval"}
	placeholderPrerequisites = Placeholder{Name: "PrerequisiteComp", Purpose: "1 when the prerequisite files are downloaded already, else 0"}
	placeholderPrerequisite  = Placeholder{Name: "PrerequisitePath", Purpose: "the local folder of the prerequisite files"}
	placeholderConsole       = Placeholder{Name: "AdminConsole", Purpose: "1 to install the console on the site server, else 0"}
	placeholderDevices       = Placeholder{Name: "MobileDeviceLanguage", Purpose: "1 to install the languages of mobile devices, else 0"}
	placeholderAssurance     = Placeholder{Name: "SAActive", Purpose: "1 with an active Software Assurance agreement, else 0"}
	placeholderProtocol      = Placeholder{Name: "RoleCommunicationProtocol", Purpose: "EnforceHTTPS or HTTPorHTTPS"}
	placeholderPKI           = Placeholder{Name: "ClientsUsePKICertificate", Purpose: "1 when clients use their PKI certificate, else 0"}
	placeholderParentServer  = Placeholder{Name: "ParentSiteServer", Purpose: "the fully qualified name of the site server of the parent site"}
)

// setup builds a script.
type setup struct {
	reading
	sections map[string][]Key
}

func (s *setup) add(section, name, value string) {
	s.sections[section] = append(s.sections[section], Key{Name: name, Value: value})
}

func (s *setup) fill(section, name string, p Placeholder) {
	s.sections[section] = append(s.sections[section], Key{Name: name, Placeholder: &p})
}

// required adds a key that is always there; the placeholder takes the place of null.
func (s *setup) required(section, name string, v model.Value[string], otherwise Placeholder) {
	switch text, ok := v.Get(); {
	case ok:
		s.add(section, name, text)
	case v.IsUnknown():
		s.sections[section] = append(s.sections[section], Key{Name: name, Unknown: true})
	default:
		s.fill(section, name, otherwise)
	}
}

func (s *setup) optional(section, name string, v model.Value[string]) {
	if text, ok := read(&s.reading, v); ok {
		s.add(section, name, text)
	}
}

func (s *setup) script(action string) SetupScript {
	script := SetupScript{Action: action, Open: s.open}
	for _, name := range []string{sectionIdentification, sectionOptions, sectionSQL, sectionCloud, sectionSoftware, sectionExpansion} {
		script.Sections = append(script.Sections, Section{Name: name, Keys: s.sections[name]})
	}
	return script
}

// Known returns the keys whose value is known, by their names, and whether these are all
// that the topology decides: not while a value is not known yet.
func (s SetupScript) Known() (map[string]string, bool) {
	known, all := map[string]string{}, !s.Open
	for _, section := range s.Sections {
		for _, key := range section.Keys {
			switch {
			case key.Unknown:
				all = false
			case key.Placeholder == nil:
				known[key.Name] = key.Value
			}
		}
	}
	return known, all
}

// SetupAction returns the action of an unattended setup for a site. It is null for a
// secondary site, which its parent installs, and unknown while the type is not known.
func SetupAction(s *model.Site) model.Value[string] {
	siteType, ok := s.Type.Get()
	switch {
	case !ok && s.Type.IsUnknown():
		return model.Unknown[string]()
	case siteType == product.CentralAdministration:
		return model.Known(ActionInstallCAS)
	case siteType == product.Primary:
		return model.Known(ActionInstallPrimary)
	default:
		return model.Null[string]()
	}
}

// SetupOfSite returns the part of the script that a site decides alone. What needs the
// rest of the hierarchy is left out: the service connection point, and what a
// central administration site is installed above.
func SetupOfSite(s *model.Site) (SetupScript, bool) {
	action, ok := SetupAction(s).Get()
	if !ok {
		return SetupScript{}, false
	}
	b := newSetup(s, action)
	return b.script(action), true
}

// Setup returns the script for a site of a hierarchy. The error says, in a sentence for
// the user, why Setup cannot install the site from a script and what does.
func (d *Design) Setup(siteCode string) (SetupScript, error) {
	s := d.siteOf(siteCode)
	if s == nil {
		return SetupScript{}, fmt.Errorf("The hierarchy has no site %q. Its sites: %s.", siteCode, quotedList(d.codes))
	}
	action, ok := SetupAction(s).Get()
	if !ok {
		return SetupScript{}, fmt.Errorf("Setup does not install secondary site %s from a script. Its parent site installs it: use New-CMSecondarySite, which "+
			"install_steps has with its parameters, or the console.", code(s))
	}
	b := newSetup(s, action)
	expanded := d.expandedBy(s)
	if expanded != nil {
		b.sections[sectionIdentification] = replaceKey(b.sections[sectionIdentification], Key{Name: "CDLatest", Value: "1"})
		b.required(sectionExpansion, "JoinPrimarySiteName", expanded.ServerHost(), placeholderSiteServer)
	}
	if s.Parent.IsNull() {
		d.cloudConnector(b, s)
	} else if slices.Contains(d.distributedViews, code(s)) {
		b.add(sectionExpansion, "UseDistributionView", "1")
	}
	return b.script(action), nil
}

// replaceKey returns the keys with one added, in the place of one of its name.
func replaceKey(keys []Key, key Key) []Key {
	rest := slices.DeleteFunc(slices.Clone(keys), func(k Key) bool { return k.Name == key.Name })
	return append(rest, key)
}

// newSetup starts a script with what the site decides alone.
func newSetup(s *model.Site, action string) *setup {
	b := &setup{sections: map[string][]Key{}}
	child := action == ActionInstallPrimary && !s.Parent.IsNull()
	b.identification(s, action, child)
	b.options(s, action)
	b.database(s)
	b.software()
	if s.Parent.IsUnknown() {
		b.open = true
	}
	if child {
		b.parent(s)
	}
	return b
}

func (s *setup) identification(site *model.Site, action string, child bool) {
	s.add(sectionIdentification, "Action", action)
	// Only the media of the parent, or of an updated site, are CD.Latest.
	if child || orDefault(&s.reading, site.SetupMedia, model.MediaBaseline) == model.MediaCDLatest {
		s.add(sectionIdentification, "CDLatest", "1")
	}
	if orDefault(&s.reading, site.Branch, model.BranchCurrent) == model.BranchTechnicalPreview {
		s.add(sectionIdentification, "Preview", "1")
	}
}

func (s *setup) options(site *model.Site, action string) {
	s.fill(sectionOptions, "ProductID", placeholderProductID)
	s.required(sectionOptions, "SiteCode", site.NormalizedCode(), placeholderSiteCode)
	s.required(sectionOptions, "SiteName", site.Name, placeholderSiteName)
	s.required(sectionOptions, "SMSInstallDir", site.InstallDirectory, placeholderInstallDirectory)
	s.required(sectionOptions, "SDKServer", firstProvider(site), placeholderSiteServer)
	s.fill(sectionOptions, "PrerequisiteComp", placeholderPrerequisites)
	s.fill(sectionOptions, "PrerequisitePath", placeholderPrerequisite)
	s.fill(sectionOptions, "AdminConsole", placeholderConsole)
	s.add(sectionOptions, "JoinCEIP", "0") // the program has ended, the key is still asked for
	s.fill(sectionOptions, "MobileDeviceLanguage", placeholderDevices)
	if action == ActionInstallPrimary {
		s.communication(site)
	}
	if languages, ok := texts(&s.reading, site.ClientLanguages); ok && len(languages) > 0 {
		s.add(sectionOptions, "AddClientLanguages", strings.Join(languages, ","))
	}
}

// communication adds how the clients of a primary site talk to it. A central
// administration site has no clients.
func (s *setup) communication(site *model.Site) {
	mode := site.Communication
	protocol := mode
	if word, ok := mode.Get(); ok {
		protocol = model.Known("HTTPorHTTPS")
		if word == model.CommunicationHTTPSOnly {
			protocol = model.Known("EnforceHTTPS")
		}
	}
	s.required(sectionOptions, "RoleCommunicationProtocol", protocol, placeholderProtocol)
	pki := model.Null[string]()
	if uses, ok := site.PKICertificates.Get(); ok {
		pki = model.Known(bit(uses))
	} else if site.PKICertificates.IsUnknown() {
		pki = model.Unknown[string]()
	}
	s.required(sectionOptions, "ClientsUsePKICertificate", pki, placeholderPKI)
}

func (s *setup) database(site *model.Site) {
	db := block(&s.reading, site.DeclaredDatabase())
	s.required(sectionSQL, "SQLServerName", site.DatabaseHost(), placeholderSiteServer)
	s.required(sectionSQL, "DatabaseName", databaseName(site), placeholderSiteCode)
	s.number(sectionSQL, "SQLServerPort", db.Port, model.DefaultSQLPort)
	s.number(sectionSQL, "SQLSSBPort", db.ServiceBrokerPort, model.DefaultServiceBrokerPort)
	s.optional(sectionSQL, "SQLDataFilePath", db.DataFilePath)
	s.optional(sectionSQL, "SQLLogFilePath", db.LogFilePath)
}

func (s *setup) number(section, name string, v model.Value[int64], def int64) {
	text := model.Unknown[string]()
	if n, ok := v.OrDefault(def).Get(); ok {
		text = model.Known(strconv.FormatInt(n, 10))
	}
	s.required(section, name, text, Placeholder{})
}

func (s *setup) software() {
	s.fill(sectionSoftware, "SAActive", placeholderAssurance)
	s.add(sectionSoftware, "CurrentBranch", "1")
}

// parent adds what a child primary site needs to know of its parent. Only the top of a
// hierarchy has a service connection point.
func (s *setup) parent(site *model.Site) {
	s.add(sectionCloud, "CloudConnector", "0")
	server, parentCode := model.Unknown[string](), model.Unknown[string]()
	if parent, ok := site.Parent.Get(); ok {
		server, parentCode = parent.ServerHost(), parent.NormalizedCode()
	}
	s.required(sectionOptions, "ParentSiteCode", parentCode, placeholderSiteCode)
	s.required(sectionOptions, "ParentSiteServer", server, placeholderParentServer)
	s.required(sectionExpansion, "CCARSiteServer", server, placeholderParentServer)
}

// databaseName is CM_PS1, with the instance in front of it where it is a named one.
func databaseName(s *model.Site) model.Value[string] {
	db, ok := s.DeclaredDatabase().Get()
	siteCode, okCode := s.NormalizedCode().Get()
	instance, okInstance := s.DatabaseInstance().Get()
	name, named := "", false
	if ok {
		name, named = db.Name.Get()
	}
	if !ok || !okInstance || db.Name.IsUnknown() || !named && !okCode {
		return model.Unknown[string]()
	}
	if !named {
		name = "CM_" + siteCode
	}
	if instance != model.DefaultInstance {
		name = instance + `\` + name
	}
	return model.Known(name)
}

// firstProvider returns the computer that Setup puts the SMS Provider on: the site
// server where it is to have one, else the first one that the design lists. Further ones
// are added when the site is there.
func firstProvider(s *model.Site) model.Value[string] {
	var r reading
	hosts, ok := texts(&r, s.ProviderHosts())
	server, okServer := s.ServerHost().Get()
	switch {
	case s.Server.IsNull():
		return model.Null[string]()
	case !ok || r.open || !okServer:
		return model.Unknown[string]()
	}
	for i, host := range hosts {
		hosts[i] = model.FoldHost(host)
	}
	if len(hosts) == 0 || slices.Contains(hosts, server) {
		return model.Known(server)
	}
	return model.Known(hosts[0])
}

func bit(set bool) string {
	if set {
		return "1"
	}
	return "0"
}
