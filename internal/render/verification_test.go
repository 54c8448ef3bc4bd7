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

func FuzzVerificationScript(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) { checkHarmless(t, s, anywhere, text(verificationOf)) })
}
