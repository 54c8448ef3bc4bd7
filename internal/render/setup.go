package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// SetupOptions are what Setup asks for and a topology does not hold. What is null stays a
// placeholder in the script. There is none for the product key: the script would carry it
// into the state.
type SetupOptions struct {
	// Evaluation installs a site for evaluation, which needs no product key.
	Evaluation model.Value[bool] `attr:"evaluation"`
	// InstallDirectory is for sites that declare none.
	InstallDirectory        model.Value[string]                `attr:"install_directory"`
	PrerequisitePath        model.Value[string]                `attr:"prerequisite_path"` // local folder
	PrerequisitesDownloaded model.Value[bool]                  `attr:"prerequisites_downloaded"`
	AdminConsole            model.Value[bool]                  `attr:"admin_console"`
	MobileDeviceLanguage    model.Value[bool]                  `attr:"mobile_device_language"`
	ServerLanguages         model.Value[[]model.Value[string]] `attr:"server_languages"` // three-letter codes of Setup
	SoftwareAssurance       model.Value[bool]                  `attr:"software_assurance"`
	SoftwareAssuranceEnds   model.Value[string]                `attr:"software_assurance_expiration"` // YYYY-MM-DD
	PKICertificates         model.Value[bool]                  `attr:"use_pki_client_certificates"`
}

// SetupLanguages are the language packs that Setup knows. English is always installed.
// The source is the key AddServerLanguages in [product.SetupScript].
var SetupLanguages = []string{
	"CHS", "CHT", "CSY", "DEU", "ESN", "FRA", "HUN", "ITA", "JPN", "KOR", "NLD", "PLK", "PTB", "PTG", "RUS", "SVE", "TRK", "ZHH",
}

// SetupScript writes the script with which Setup installs a site unattended. What is
// neither declared nor among the options is a placeholder: the name of the key in angle
// brackets, which Setup does not accept.
func SetupScript(h *model.Hierarchy, siteCode string, options *SetupOptions) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	s, err := d.installedBySetup(siteCode)
	if err != nil {
		return "", err
	}
	script, err := d.Setup(s.Code)
	if err != nil {
		return "", err
	}
	chosen, err := options.keys()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i, section := range script.Sections {
		if i > 0 {
			b.WriteString("\r\n")
		}
		fmt.Fprintf(&b, "[%s]\r\n", section.Name)
		written := map[string]bool{}
		for _, key := range section.Keys {
			value, at := key.Value, setupPath(s, key.Name)
			if option, ok := chosen[key.Name]; ok && key.Placeholder != nil {
				value, at = option.value, option.at
			} else if key.Placeholder != nil {
				value = "<" + key.Name + ">"
			}
			text, err := iniValue(at, value)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&b, "%s=%s\r\n", key.Name, text)
			written[key.Name] = true
		}
		for _, further := range furtherSetupKeys {
			if option, ok := chosen[further.key]; ok && further.section == section.Name && !written[further.key] {
				text, err := iniValue(option.at, option.value)
				if err != nil {
					return "", err
				}
				fmt.Fprintf(&b, "%s=%s\r\n", further.key, text)
			}
		}
	}
	return b.String(), nil
}

// furtherSetupKeys are optional keys that only the options have, with their sections.
var furtherSetupKeys = []struct{ section, key string }{
	{"Options", "AddServerLanguages"},
	{"SABranchOptions", "SAExpiration"},
}

var setupCode = regexp.MustCompile(`^[A-Z0-9]{3}$`)

// installedBySetup returns the site that Setup can install by a script, or says what
// installs it.
func (d *design) installedBySetup(code string) (*install.Site, error) {
	wanted := d.Site(code)
	var codes []string
	for _, s := range d.Sites {
		passive, hasPassive := s.Declared.PassiveServer.Get()
		switch {
		case s == wanted && s.Tier == product.TierSecondary:
			return nil, fmt.Errorf("Site %q is a secondary site, and Setup installs none from a script. Its parent site does: use New-CMSecondarySite, which "+
				"install_script runs, or the console.", s.Code)
		case s == wanted:
			if is, _ := s.Declared.Installed.Get(); is {
				return nil, cannot(s.At.Attr("installed"), "Site %q is installed, and Setup would install it again. Leave it out, or set installed = false where it "+
					"is not there yet.", s.Code)
			}
			if !setupCode.MatchString(s.Code) {
				return nil, cannot(s.At.Attr("site_code"), "Setup takes no site code %q: three letters or digits are needed, such as %q.", s.Code, "PS1")
			}
			return s, d.checkParent(s)
		case hasPassive && model.FoldHost(passive) == model.FoldHost(code):
			return nil, fmt.Errorf("%q is the passive site server of site %q, and Setup installs none from a script. Use Add-CMPassiveSite, which install_script "+
				"runs, or the console.", code, s.Code)
		}
		codes = append(codes, fmt.Sprintf("%q", s.Code))
	}
	slices.Sort(codes)
	return nil, fmt.Errorf("The hierarchy lists no site %q. Its sites: %s.", code, strings.Join(codes, ", "))
}

// checkParent reports what a child primary site needs to know of its parent.
func (d *design) checkParent(s *install.Site) error {
	parent, ok := d.External[s.Parent]
	if !ok {
		return nil
	}
	_, err := install.Needed(s.At.Attr("parent"), "site_server", parent.Server, "cas01.contoso.com")
	return err
}

// setupPaths are the attributes of a site that keys come from.
var setupPaths = map[string]model.Path{
	"SiteCode":           model.At("site_code"),
	"SiteName":           model.At("name"),
	"SMSInstallDir":      model.At("install_directory"),
	"SDKServer":          model.At("sms_providers"),
	"AddClientLanguages": model.At("client_languages"),
	"SQLServerName":      model.At("database", "server"),
	"DatabaseName":       model.At("database", "name"),
	"SQLDataFilePath":    model.At("database", "data_file_path"),
	"SQLLogFilePath":     model.At("database", "log_file_path"),
	"ParentSiteCode":     model.At("parent", "site_code"),
	"ParentSiteServer":   model.At("parent", "site_server"),
	"CCARSiteServer":     model.At("parent", "site_server"),
}

func setupPath(s *install.Site, key string) model.Path { return s.At.Join(setupPaths[key]) }

// setupOption is the value of a key with its place among the options.
type setupOption struct {
	value string
	at    model.Path
}

// keys returns the options as keys of Setup.
func (o *SetupOptions) keys() (map[string]setupOption, error) {
	keys := map[string]setupOption{}
	if o == nil {
		return keys, nil
	}
	add := func(key, name, value string) { keys[key] = setupOption{value, model.At("options", name)} }
	bit := func(key, name string, v model.Value[bool]) {
		if set, ok := v.Get(); ok {
			add(key, name, map[bool]string{false: "0", true: "1"}[set])
		}
	}
	text := func(key, name string, v model.Value[string]) {
		if s, ok := v.Get(); ok {
			add(key, name, s)
		}
	}
	if evaluation, _ := o.Evaluation.Get(); evaluation {
		add("ProductID", "evaluation", "Eval")
	}
	text("SMSInstallDir", "install_directory", o.InstallDirectory)
	text("PrerequisitePath", "prerequisite_path", o.PrerequisitePath)
	bit("PrerequisiteComp", "prerequisites_downloaded", o.PrerequisitesDownloaded)
	bit("AdminConsole", "admin_console", o.AdminConsole)
	bit("MobileDeviceLanguage", "mobile_device_language", o.MobileDeviceLanguage)
	bit("SAActive", "software_assurance", o.SoftwareAssurance)
	text("SAExpiration", "software_assurance_expiration", o.SoftwareAssuranceEnds)
	bit("ClientsUsePKICertificate", "use_pki_client_certificates", o.PKICertificates)
	if err := o.addLanguages(add); err != nil {
		return nil, err
	}
	if day, ok := o.SoftwareAssuranceEnds.Get(); ok {
		if _, err := product.ParseDate(day); err != nil {
			return nil, cannot(model.At("options", "software_assurance_expiration"), "%s", err)
		}
	}
	return keys, nil
}

func (o *SetupOptions) addLanguages(add func(key, name, value string)) error {
	declared, _ := o.ServerLanguages.Get()
	var languages []string
	for i, v := range declared {
		language, ok := v.Get()
		if !ok {
			continue
		}
		language = strings.ToUpper(language)
		if !slices.Contains(SetupLanguages, language) {
			return cannot(model.At("options", "server_languages").Index(i), "Setup has no language pack %q. English is always installed; the others are %s.", language, strings.Join(SetupLanguages, ", "))
		}
		languages = append(languages, language)
	}
	if len(languages) > 0 {
		slices.Sort(languages)
		add("AddServerLanguages", "server_languages", strings.Join(slices.Compact(languages), ","))
	}
	return nil
}

// iniValue writes a value of an .ini file, which Windows reads up to the end of the line:
// blanks around it and a pair of quotes around all of it are not part of the value, and
// there is no way to write a line break.
func iniValue(at model.Path, value string) (string, error) {
	switch {
	case strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }):
		return "", cannot(at, "%q holds a line break or another control character, which a script of Setup cannot express.", value)
	case strings.TrimSpace(value) != value:
		return "", cannot(at, "%q begins or ends with a blank, which Setup does not read. Leave it out.", value)
	case len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0]:
		return "", cannot(at, "%q is between quotes, which Setup takes away. Leave them out.", value)
	}
	return value, nil
}
