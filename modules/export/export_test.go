package export_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
	"github.com/terraform-configmgr/terraform-provider-configmgr/modules/export"
)

// whitelist reads the list of the script: the classes with what is written of each.
func whitelist(t *testing.T) (classes []adopt.Class, rest string) {
	t.Helper()
	before, after, ok := strings.Cut(export.Script, "$whitelist = @(\n")
	list, end, closed := strings.Cut(after, "\n)\n")
	if !ok || !closed {
		t.Fatal("the script has no list of what it writes")
	}
	entries := regexp.MustCompile(`(?s)    @\{\n(.*?)\n    \}`).FindAllStringSubmatch(list, -1)
	for _, entry := range entries {
		class := regexp.MustCompile(`Class\s+= '([^']+)'`).FindStringSubmatch(entry[1])
		if class == nil {
			t.Fatalf("an entry without a class: %s", entry[1])
		}
		names := func(part string) []string {
			found := regexp.MustCompile(`(?s)\b` + part + `\s+= @\((.*?)\)`).FindStringSubmatch(entry[1])
			if found == nil {
				t.Fatalf("%s has no %s", class[1], part)
			}
			var all []string
			for _, name := range regexp.MustCompile(`'([^']+)'`).FindAllStringSubmatch(found[1], -1) {
				all = append(all, name[1])
			}
			return all
		}
		classes = append(classes, adopt.Class{Name: class[1], Properties: names("Properties"), Props: names("Props"), PropLists: names("PropLists")})
	}
	return classes, before + end
}

// What is written is what is read, and nothing else.
func TestScript_WritesWhatIsRead(t *testing.T) {
	got, _ := whitelist(t)
	want := adopt.Classes()
	if len(got) != len(want) {
		t.Fatalf("the script writes %d classes, %d are read", len(got), len(want))
	}
	for i, class := range want {
		if got[i].Name != class.Name || !slices.Equal(got[i].Properties, class.Properties) || !slices.Equal(got[i].Props, class.Props) || !slices.Equal(got[i].PropLists, class.PropLists) {
			t.Errorf("the script writes %+v, read is %+v", got[i], class)
		}
	}
}

// secretNames are the properties that hold secrets in real rows, and parts that only
// names of secrets have.
var secretNames = []string{
	"reserved2", "pxepassword", "certificatepfxdata", "certificatecontextdata", "sqlaccountpassword", "serviceaccountpassword", "siteexchangecertificate",
	"trustedrootkey", "sitemasterkeyhash", "servicecertificate", "proxycertificateconfig", "password'", "pfx", "privatekey",
}

func TestScript_NamesNoSecret(t *testing.T) {
	script := strings.ToLower(export.Script)
	for _, name := range secretNames {
		if strings.Contains(script, name) {
			t.Errorf("the script names %s", name)
		}
	}
	for _, class := range []string{"SMS_SCI_Reserved", "SMS_DistributionPointInfo"} {
		if strings.Contains(export.Script, class) {
			t.Errorf("the script reads %s, whose rows hold secrets", class)
		}
	}
}

// Beyond its list the script takes from a row only what it needs to find its way: the
// members of embedded objects, and the names that it looks rows up by.
func TestScript_TakesNothingBesides(t *testing.T) {
	_, rest := whitelist(t)
	allowed := []string{"Props", "PropLists", "RoleName", "NetworkOSPath"}
	for _, name := range regexp.MustCompile(`-Name '([^']+)'|\$_\['([^']+)'\]`).FindAllStringSubmatch(rest, -1) {
		if !slices.Contains(allowed, name[1]+name[2]) {
			t.Errorf("the script takes %s, which is not in its list", name[0])
		}
	}
	members := []string{"PropertyName", "PropertyListName", "Value", "Value1", "Value2", "Values"}
	for _, member := range regexp.MustCompile(`\$item\.(\w+)`).FindAllStringSubmatch(rest, -1) {
		if !slices.Contains(members, member[1]) {
			t.Errorf("the script takes %s of an embedded object", member[1])
		}
	}
	if n := strings.Count(rest, "CimInstanceProperties["); n != 2 {
		t.Errorf("properties are taken in %d places, not in the two that look at the list", n)
	}
}

// Only what reads, and what a script itself is made of.
func TestScript_OnlyReads(t *testing.T) {
	allowed := []string{
		"Get-CimInstance", "New-CimSession", "New-CimSessionOption", "Remove-CimSession", "New-Object", "Write-Warning", "Write-Verbose", "ForEach-Object", "Where-Object",
		"Sort-Object", "Test-Path", "ConvertTo-Json", "Set-StrictMode", "Add-Gap", "Get-Value", "ConvertTo-Row", "Get-FullInstance", "Read-Class",
	}
	_, code, _ := strings.Cut(export.Script, "#>")
	code = regexp.MustCompile(`(?m)^\s*#.*$`).ReplaceAllString(code, "")
	for _, name := range regexp.MustCompile(`\b[A-Z][a-z]+-[A-Z]\w+`).FindAllString(code, -1) {
		if !slices.Contains(allowed, name) {
			t.Errorf("the script calls %s", name)
		}
	}
	for _, call := range []string{"Invoke-", "Set-CimInstance", ".Put(", "Remove-CimInstance", "New-CimInstance"} {
		if strings.Contains(code, call) {
			t.Errorf("the script has %s", call)
		}
	}
}

// PowerShell 5.1 takes a file without a byte order mark for one of its code page.
func TestScript_IsASCII(t *testing.T) {
	for i, r := range export.Script {
		if r > unicode.MaxASCII || r < ' ' && r != '\n' {
			t.Fatalf("a %q at %d", r, i)
		}
	}
	if !strings.Contains(export.Script, "System.Text.UTF8Encoding -ArgumentList $false") {
		t.Error("the file is not written as UTF-8 without a byte order mark")
	}
}

// The language itself is checked with its grammar, see tools/powershell; this finds what a
// slip of an edit leaves behind without it.
func TestScript_IsBalanced(t *testing.T) {
	_, code, _ := strings.Cut(export.Script, "#>")
	code = regexp.MustCompile(`(?m)^\s*#.*$`).ReplaceAllString(code, "")
	var open []rune
	inString := rune(0)
	for i, r := range code {
		switch {
		case inString != 0:
			if r == inString {
				inString = 0
			}
		case r == '\'' || r == '"':
			inString = r
		case strings.ContainsRune("({[", r):
			open = append(open, r)
		case strings.ContainsRune(")}]", r):
			if len(open) == 0 || strings.IndexRune("({[", open[len(open)-1]) != strings.IndexRune(")}]", r) {
				t.Fatalf("a %q that closes nothing in %q", r, code[max(0, i-60):i+1])
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 || inString != 0 {
		t.Errorf("left open: %q %q", open, inString)
	}
}
