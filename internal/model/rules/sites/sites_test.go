package sites_test

import (
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/sites"
)

func TestRules(t *testing.T) { ruletest.Run(t, sites.Chapter(), siteCases) }

var siteCases = map[string]ruletest.Cases{
	"SITE-CODE-FORMAT": {
		Violated:  []string{`site PRI1 primary`, `site P- primary`, `site PÄ1 primary`, `site PS1 primary site_code=""`},
		Satisfied: []string{`site PS1 primary`, `site 001 primary`, `site ps1 primary`, `site CAS primary`},
		Undecided: []string{`site ? primary site_server=ps1.contoso.com`},
	},
	"SITE-CODE-RESERVED": {
		Violated:  []string{`site AUX primary`, `site con primary`, `site ENV primary`, `site NUL primary`, `site PRN primary`, `site SMS primary`},
		Satisfied: []string{`site CAS primary`},
		Undecided: []string{`site ? primary site_server=ps1.contoso.com`},
	},
	"SITE-CODE-UNIQUE-HIER": {
		Violated: []string{
			"site MCM central_administration\nsite mcm primary MCM site_server=cm02.contoso.com",
			// The site above is not listed.
			"site mcm primary parent.site_code=MCM parent.site_type=central_administration",
			"site CAS central_administration\nsite PS1 primary CAS\nsite PS1 primary CAS site_server=ps2.contoso.com",
			"site CAS central_administration\nsite PS1 primary CAS\nsite PS1 primary CAS",
		},
		Satisfied: []string{"site CAS central_administration\nsite PS1 primary CAS"},
		Undecided: []string{"site CAS central_administration\nsite ? primary CAS site_server=ps1.contoso.com"},
	},
	"SITE-CODE-UNIQUE-FOREST": {
		Violated:  []string{"site PS1 primary\nhierarchy published_site_codes=[\"ps1\"]"},
		Satisfied: []string{"site PS1 primary\nhierarchy published_site_codes=[\"PS2\"]"},
		Undecided: []string{"site PS1 primary", "site PS1 primary\nhierarchy published_site_codes=[\"?\"]", "site PS1 primary\nhierarchy published_site_codes=?"},
	},
	"SITE-CODE-NO-REUSE-PRI": {
		Violated:  []string{"site PS1 primary\nhierarchy retired_site_codes=[\"PS1\"]"},
		Satisfied: []string{"site PS1 primary\nhierarchy retired_site_codes=[\"PS2\"]"},
		Undecided: []string{"site PS1 primary"},
	},
	"SITE-NAME-REQUIRED": {
		Violated:  []string{`site PS1 primary name=""`},
		Satisfied: []string{`site PS1 primary`},
		Undecided: []string{`site PS1 primary name=?`},
	},
	"SITE-NAME-CHARS": {
		Violated:  []string{`site PS1 primary name=Zürich`, `site PS1 primary name=Contoso_Seattle`},
		Satisfied: []string{`site PS1 primary name="Contoso\u0020Seattle"`, `site PS1 primary name=Contoso-1`},
		Undecided: []string{`site PS1 primary name=?`},
	},
	"SITE-NAME-LEN": {
		Violated:  []string{`site PS1 primary name=` + strings.Repeat("a", 128)},
		Satisfied: []string{`site PS1 primary name=` + strings.Repeat("a", 127)},
		Undecided: []string{`site PS1 primary name=?`},
	},
	"SITE-CODE-IMMUTABLE": {
		Violated:  []string{"site PS2 primary name=Contoso site_server=ps1.contoso.com\nprior\nsite PS1 primary name=Contoso installed=true"},
		Satisfied: []string{"site PS2 primary\nprior\nsite PS1 primary", "site PS1 primary\nprior\nsite ps1 primary installed=true"},
		Undecided: []string{"site ? primary site_server=ps1.contoso.com\nprior\nsite PS1 primary installed=true"},
	},
	"SITE-NAME-IMMUTABLE": {
		Violated:  []string{"site PS1 primary name=Seattle\nprior\nsite PS1 primary name=Tacoma installed=true"},
		Satisfied: []string{"site PS1 primary name=Seattle\nprior\nsite PS1 primary name=Tacoma", "site PS1 primary\nprior\nsite PS1 primary name=null installed=true"},
		Undecided: []string{"site PS1 primary name=?\nprior\nsite PS1 primary installed=true"},
	},
	"SITE-DIR-IMMUTABLE": {
		Violated:  []string{"site PS1 primary install_directory=E:\\CM\nprior\nsite PS1 primary install_directory=D:\\CM installed=true"},
		Satisfied: []string{"site PS1 primary install_directory=D:\\cm\nprior\nsite PS1 primary install_directory=D:\\CM installed=true", "site PS1 primary install_directory=D:\\CM\nprior\nsite PS1 primary installed=true"},
		Undecided: []string{"site PS1 primary\nprior\nsite PS1 primary install_directory=D:\\CM installed=true"},
	},
	"SITE-TYPE-IMMUTABLE": {
		Violated: []string{
			"site PS1 central_administration\nprior\nsite PS1 primary installed=true",
			"site PS1 primary installed=true\nprior\nsite PS1 central_administration installed=true",
			"site TOP primary\nsite SS1 secondary TOP installed=true\nprior\nsite TOP primary\nsite SS1 primary installed=true",
		},
		Satisfied: []string{"site PS1 central_administration\nprior\nsite PS1 primary", "site PS1 primary installed=true\nprior\nsite PS1 primary installed=true"},
		Undecided: []string{"site PS1 ?\nprior\nsite PS1 primary installed=true"},
	},
	"SITE-VERSION-UPDATE": {
		Violated: []string{
			versioned("2409") + "prior\n" + versioned("2503"), versioned("2603") + "prior\n" + versioned("2403"),
			// Through the provider's default.
			"version 2409\nsite PS1 primary installed=true\nprior\n" + versioned("2503"),
			"version 2603\nsite PS1 primary installed=true\nprior\n" + versioned("2403"), "site PS1 primary installed=true\nprior\n" + versioned("2403"),
			"version 2503\nsite PS1 primary\nprior\n" + versioned("2509"),
		},
		Satisfied: []string{
			versioned("2509") + "prior\n" + versioned("2403"), versioned("2503") + "prior\n" + versioned("2503"),
			"version 2503\nsite PS1 primary installed=true\nprior\n" + versioned("2503"), "version 2509\nsite PS1 primary installed=true\nprior\n" + versioned("2503"),
			// On paper, and after an import.
			"site PS1 primary version=\"2409\"\nprior\nsite PS1 primary version=\"2503\"", versioned("2409") + "prior\nsite PS1 primary installed=true",
			"site PS1 primary",
		},
		Undecided: []string{"site PS1 primary installed=true version=?\nprior\n" + versioned("2503")},
	},
	"SITE-DIR-CHARS": {
		Violated:  []string{`site PS1 primary install_directory=D:\Ω`, `site PS1 primary install_directory=D:\Ä`, `site PS1 primary install_directory="D:\\CM\u0020"`},
		Satisfied: []string{`site PS1 primary install_directory=D:\ConfigMgr`},
		Undecided: []string{`site PS1 primary`, `site PS1 primary install_directory=?`},
	},
	"SITE-DIR-NOT-OS-DRIVE": {
		Violated:  []string{`site PS1 primary install_directory=c:\ConfigMgr`},
		Satisfied: []string{`site PS1 primary install_directory=D:\ConfigMgr`, "lab\nsite PS1 primary install_directory=c:\\ConfigMgr"},
		Undecided: []string{`site PS1 primary`},
	},
	"SITE-FQDN-HOST-MATCH": {
		Violated:  []string{"site PS1 primary\nserver PS1 ps1 netbios_name=SCCM01", "site PS1 primary database.server=sql.contoso.com\nserver PS1 sql netbios_name=SQL01"},
		Satisfied: []string{"site PS1 primary\nserver PS1 ps1 netbios_name=PS1", "site PS1 primary\nserver PS1 dp netbios_name=DP01"},
		Undecided: []string{"site PS1 primary\nserver PS1 ps1", "site PS1 primary site_server=?\nserver PS1 ps1 netbios_name=X"},
	},
	"SITE-FQDN-LENGTH": {
		Violated: []string{
			"site PS1 primary site_server=ps1." + strings.Repeat("a.", 126),
			"site PS1 primary content_library_path=\\\\fs.contoso.com\\lib passive_site_server=ps2." + strings.Repeat("a.", 126),
		},
		Satisfied: []string{
			"site PS1 primary site_server=ps1." + strings.Repeat("a.", 125),
			"site PS1 primary content_library_path=\\\\fs.contoso.com\\lib passive_site_server=ps2." + strings.Repeat("a.", 125),
		},
		Undecided: []string{"site PS1 primary site_server=?", "site PS1 primary passive_site_server=?"},
	},
	"SITE-NETBIOS-LEN": {
		Violated:  []string{"site PS1 primary site_server=abcdefghijklmnop.contoso.com", "site PS1 primary\nserver PS1 abcdefghijklmnop", "site PS1 primary database.server=abcdefghijklmnop.contoso.com"},
		Satisfied: []string{"site PS1 primary site_server=abcdefghijklmno.contoso.com"},
		Undecided: []string{"site PS1 primary site_server=?"},
	},
	"SITE-DBNAME-LEN": {
		Violated: []string{
			"site PS1 primary database.name=" + strings.Repeat("a", 64), "site PS1 primary database.name=\"\"",
			"site PS1 primary database.instance=ABCDEFGHIJKLMNOPQ",
		},
		Satisfied: []string{"site PS1 primary", "site PS1 primary database.name=" + strings.Repeat("a", 63) + " database.instance=ABCDEFGHIJKLMNOP database.port=65535"},
		Undecided: []string{"site PS1 primary database=?", "site PS1 primary database.instance=?", "site PS1 primary database.name=?"},
	},
	"SITE-DB-PORT": {
		Violated: []string{
			"site PS1 primary database.port=65536", "site PS1 primary database.port=99999", "site PS1 primary database.port=-1", "site PS1 primary database.service_broker_port=0",
		},
		Satisfied: []string{"site PS1 primary", "site PS1 primary database.port=65535 database.service_broker_port=1"},
		Undecided: []string{"site PS1 primary database=?", "site PS1 primary database.port=?", "site PS1 primary database.service_broker_port=?"},
	},
	"SITE-MEDIA-CURRENT": {
		Violated:  []string{"site PS1 primary setup_media=cd_latest"},
		Satisfied: []string{"site PS1 primary setup_media=baseline", "site CAS central_administration setup_media=baseline\nsite PS1 primary CAS setup_media=cd_latest"},
		Undecided: []string{"site PS1 primary", "site PS1 primary ? setup_media=cd_latest", "site CAS central_administration setup_media=cd_latest"},
	},
}

// versioned is an installed site that names its version.
func versioned(version string) string {
	return "site PS1 primary installed=true version=\"" + version + "\"\n"
}
