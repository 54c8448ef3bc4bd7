package model

import (
	"strings"
	"testing"
)

func TestRules_sites(t *testing.T) { runCases(t, sitesChapter(), siteCases) }

var siteCases = map[string]cases{
	"SITE-CODE-FORMAT": {
		violated:  []string{`site PRI1 primary`, `site P- primary`, `site PÄ1 primary`, `site PS1 primary site_code=""`},
		satisfied: []string{`site PS1 primary`, `site 001 primary`, `site ps1 primary`, `site CAS primary`},
		undecided: []string{`site ? primary site_server=ps1.contoso.com`},
	},
	"SITE-CODE-RESERVED": {
		violated:  []string{`site AUX primary`, `site con primary`, `site ENV primary`, `site NUL primary`, `site PRN primary`, `site SMS primary`},
		satisfied: []string{`site CAS primary`},
		undecided: []string{`site ? primary site_server=ps1.contoso.com`},
	},
	"SITE-CODE-UNIQUE-HIER": {
		violated: []string{
			"site MCM central_administration\nsite mcm primary MCM site_server=cm02.contoso.com",
			"site CAS central_administration\nsite PS1 primary CAS\nsite PS1 primary CAS site_server=ps2.contoso.com",
			"site CAS central_administration\nsite PS1 primary CAS\nsite PS1 primary CAS",
		},
		satisfied: []string{"site CAS central_administration\nsite PS1 primary CAS"},
		undecided: []string{"site CAS central_administration\nsite ? primary CAS site_server=ps1.contoso.com"},
	},
	"SITE-CODE-UNIQUE-FOREST": {
		violated:  []string{"site PS1 primary\nhierarchy published_site_codes=[\"ps1\"]"},
		satisfied: []string{"site PS1 primary\nhierarchy published_site_codes=[\"PS2\"]"},
		undecided: []string{"site PS1 primary", "site PS1 primary\nhierarchy published_site_codes=[\"?\"]", "site PS1 primary\nhierarchy published_site_codes=?"},
	},
	"SITE-CODE-NO-REUSE-PRI": {
		violated:  []string{"site PS1 primary\nhierarchy retired_site_codes=[\"PS1\"]"},
		satisfied: []string{"site PS1 primary\nhierarchy retired_site_codes=[\"PS2\"]"},
		undecided: []string{"site PS1 primary"},
	},
	"SITE-NAME-REQUIRED": {
		violated:  []string{`site PS1 primary name=""`},
		satisfied: []string{`site PS1 primary`},
		undecided: []string{`site PS1 primary name=?`},
	},
	"SITE-NAME-CHARS": {
		violated:  []string{`site PS1 primary name=Zürich`, `site PS1 primary name=Contoso_Seattle`},
		satisfied: []string{`site PS1 primary name="Contoso\u0020Seattle"`, `site PS1 primary name=Contoso-1`},
		undecided: []string{`site PS1 primary name=?`},
	},
	"SITE-NAME-LEN": {
		violated:  []string{`site PS1 primary name=` + strings.Repeat("a", 128)},
		satisfied: []string{`site PS1 primary name=` + strings.Repeat("a", 127)},
		undecided: []string{`site PS1 primary name=?`},
	},
	"SITE-CODE-IMMUTABLE": {
		violated:  []string{"site PS2 primary\nprior\nsite PS1 primary installed=true"},
		satisfied: []string{"site PS2 primary\nprior\nsite PS1 primary", "site PS1 primary\nprior\nsite ps1 primary installed=true"},
		undecided: []string{"site ? primary site_server=ps1.contoso.com\nprior\nsite PS1 primary installed=true"},
	},
	"SITE-NAME-IMMUTABLE": {
		violated:  []string{"site PS1 primary name=Seattle\nprior\nsite PS1 primary name=Tacoma installed=true"},
		satisfied: []string{"site PS1 primary name=Seattle\nprior\nsite PS1 primary name=Tacoma", "site PS1 primary\nprior\nsite PS1 primary name=null installed=true"},
		undecided: []string{"site PS1 primary name=?\nprior\nsite PS1 primary installed=true"},
	},
	"SITE-DIR-IMMUTABLE": {
		violated:  []string{"site PS1 primary install_directory=E:\\CM\nprior\nsite PS1 primary install_directory=D:\\CM installed=true"},
		satisfied: []string{"site PS1 primary install_directory=D:\\cm\nprior\nsite PS1 primary install_directory=D:\\CM installed=true", "site PS1 primary install_directory=D:\\CM\nprior\nsite PS1 primary installed=true"},
		undecided: []string{"site PS1 primary\nprior\nsite PS1 primary install_directory=D:\\CM installed=true"},
	},
	"SITE-DIR-CHARS": {
		violated:  []string{`site PS1 primary install_directory=D:\Ω`, `site PS1 primary install_directory=D:\Ä`, `site PS1 primary install_directory="D:\\CM\u0020"`},
		satisfied: []string{`site PS1 primary install_directory=D:\ConfigMgr`},
		undecided: []string{`site PS1 primary`, `site PS1 primary install_directory=?`},
	},
	"SITE-DIR-NOT-OS-DRIVE": {
		violated:  []string{`site PS1 primary install_directory=c:\ConfigMgr`},
		satisfied: []string{`site PS1 primary install_directory=D:\ConfigMgr`, "lab\nsite PS1 primary install_directory=c:\\ConfigMgr"},
		undecided: []string{`site PS1 primary`},
	},
	"SITE-FQDN-HOST-MATCH": {
		violated:  []string{"site PS1 primary\nserver PS1 ps1 netbios_name=SCCM01", "site PS1 primary database.server=sql.contoso.com\nserver PS1 sql netbios_name=SQL01"},
		satisfied: []string{"site PS1 primary\nserver PS1 ps1 netbios_name=PS1", "site PS1 primary\nserver PS1 dp netbios_name=DP01"},
		undecided: []string{"site PS1 primary\nserver PS1 ps1", "site PS1 primary site_server=?\nserver PS1 ps1 netbios_name=X"},
	},
	"SITE-FQDN-LENGTH": {
		violated:  []string{"site PS1 primary site_server=ps1." + strings.Repeat("a.", 126)},
		satisfied: []string{"site PS1 primary site_server=ps1." + strings.Repeat("a.", 125)},
		undecided: []string{"site PS1 primary site_server=?"},
	},
	"SITE-NETBIOS-LEN": {
		violated:  []string{"site PS1 primary site_server=abcdefghijklmnop.contoso.com", "site PS1 primary\nserver PS1 abcdefghijklmnop", "site PS1 primary database.server=abcdefghijklmnop.contoso.com"},
		satisfied: []string{"site PS1 primary site_server=abcdefghijklmno.contoso.com"},
		undecided: []string{"site PS1 primary site_server=?"},
	},
	"SITE-DBNAME-LEN": {
		violated: []string{
			"site PS1 primary database.name=" + strings.Repeat("a", 64), "site PS1 primary database.name=\"\"",
			"site PS1 primary database.instance=ABCDEFGHIJKLMNOPQ", "site PS1 primary database.port=65536", "site PS1 primary database.service_broker_port=0",
		},
		satisfied: []string{"site PS1 primary", "site PS1 primary database.name=" + strings.Repeat("a", 63) + " database.instance=ABCDEFGHIJKLMNOP database.port=65535"},
		undecided: []string{"site PS1 primary database=?", "site PS1 primary database.port=?", "site PS1 primary database.name=?"},
	},
	"SITE-MEDIA-CURRENT": {
		violated:  []string{"site PS1 primary setup_media=cd_latest"},
		satisfied: []string{"site PS1 primary setup_media=baseline", "site CAS central_administration setup_media=baseline\nsite PS1 primary CAS setup_media=cd_latest"},
		undecided: []string{"site PS1 primary", "site PS1 primary ? setup_media=cd_latest", "site CAS central_administration setup_media=cd_latest"},
	},
}
