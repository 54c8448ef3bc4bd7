package render

import (
	"regexp"
	"strings"
	"testing"
)

func verificationOf(t testing.TB, object tree) (string, error) {
	return VerificationScript(hierarchy(t, object))
}

// TestVerificationScript_ChangesNothing looks for commands that do.
func TestVerificationScript_ChangesNothing(t *testing.T) {
	changes := regexp.MustCompile(`^(?:Set|New|Add|Remove|Install|Move|Start|Stop|Restart|Enable|Disable|Clear)-`)
	for _, tok := range tokens(t, text(verificationOf)(t, complete(t))) {
		// What it makes is in memory, a drive of its own, or the file of the result.
		if tok.kind == "word" && changes.MatchString(tok.text) && tok.text != "New-Object" && tok.text != "New-PSDrive" && tok.text != "Set-Content" {
			t.Errorf("the script has %s", tok.text)
		}
	}
}

// TestVerificationScript_ChecksEveryPart looks for the sites, roles and computers of the
// design.
func TestVerificationScript_ChecksEveryPart(t *testing.T) {
	script := text(verificationOf)(t, complete(t))
	d, err := newDesign(hierarchy(t, complete(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range d.Sites {
		if !strings.Contains(script, "Test-Site -Site '"+s.Code+"'") || !strings.Contains(script, "Test-Roles -Site '"+s.Code+"'") {
			t.Errorf("site %s is not checked", s.Code)
		}
	}
	for _, server := range d.Plan().Servers {
		if len(server.Features) > 0 && !strings.Contains(script, "Test-Feature -Server '"+server.FQDN+"'") {
			t.Errorf("the features of %s are not checked", server.FQDN)
		}
		if !strings.Contains(script, "-To '"+server.FQDN+"'") {
			t.Errorf("the ports of %s are not checked", server.FQDN)
		}
	}
	for _, account := range []string{`contoso.com\svc-reports`, `contoso.com\svc-warehouse`} {
		if !strings.Contains(script, "'"+account+"'") {
			t.Errorf("the account %s is not checked", account)
		}
	}
}

// TestVerificationScript_ComparesWhatRowsSay has the numbers and words that rows hold for
// what a design declares.
func TestVerificationScript_ComparesWhatRowsSay(t *testing.T) {
	object := complete(t)
	site := object["sites"].(tree)["SEA"].(tree)
	site["client_communication"], site["client_ports"] = "enhanced_http", tree{"http": int64(8080), "https": int64(8443)}
	script := text(verificationOf)(t, object)
	for _, want := range []string{
		"Test-SiteSetting -Site 'SEA' -Provider 'sea-cm01.contoso.com' -Expected @{ 'Communication' = 'enhanced_http'; 'Ports' = @{ 'IISPortsList' = 8080; 'IISSSLPortsList' = 8443 } }",
		"Test-SiteSetting -Site 'LON' -Provider 'lon-cm01.contoso.com' -Expected @{ 'Communication' = 'https_only'; 'Ports' = @{  } }",
		"-Server 'lon-dp01.contoso.com' -Role 'SMS Distribution Point' -Expected @{ 'IsMulticast' = 0; 'IsPXE' = 0; 'IsPullDP' = 0; 'MinFreeSpace' = 500; 'protocol' = 'https' }",
	} {
		if !strings.Contains(script, want) {
			t.Errorf("the script has no %s", want)
		}
	}
	if strings.Contains(script, "Test-SiteSetting -Site 'CAS'") || strings.Contains(script, "Test-SiteSetting -Site 'EDI'") {
		t.Error("a site without clients of its own has settings for them")
	}
}

func FuzzVerificationScript(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) { checkHarmless(t, s, anywhere, text(verificationOf)) })
}
