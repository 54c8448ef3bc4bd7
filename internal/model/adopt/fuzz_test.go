package adopt

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// FuzzRead reads anything. What is read can be written, read again as the same, judged and
// compared, and no error or note tells a secret.
func FuzzRead(f *testing.F) {
	f.Add(fabrikam(f))
	f.Add(adopttest.Text(adopttest.Generate(1, 1, 0, 1)))
	f.Add(minimal(`, {"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NALPath": "[\"Display=\\\\dp\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\dp\\", "Props": [{"PropertyName": "IsPullDP", "Value": 1}]}`))
	f.Add(`{"FirewallRuleDefinition": {"SystemAndRoleList": [{"FullQualifiedDomainName": "a.b.c", "SiteCode": "PS1", "RoleList": ["PullDistributionPoint", "DistributionPoint"]}]}}`)
	f.Add(`{"graph": {"nodes": [{"kinds": ["Computer"], "properties": {"dNSHostName": "a.b", "SCCMSiteSystemRoles": ["SMS Provider@PS1"]}}]}}`)
	f.Add("\xff\xfe{\x00}\x00")
	f.Add(base64.StdEncoding.EncodeToString([]byte(minimal(""))))
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Read(text, Options{})
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without a text")
			}
			return
		}
		written := Tree(e.Hierarchy)
		again := &model.Hierarchy{}
		if problems := model.Decode(again, written); len(problems) > 0 {
			t.Fatalf("what is read cannot be decoded: %v", problems)
		}
		if drift := Compare(again, e.Hierarchy); !drift.Empty() {
			t.Fatalf("it differs from itself: %v", drift)
		}
		for _, n := range e.Notes {
			if n.Kind == "" || strings.TrimSpace(n.Message) == "" {
				t.Fatalf("an empty note: %+v", n)
			}
		}
		if len(text) < 20_000 {
			rules.Catalog().Evaluate(model.ForHierarchy(again, true), rule.Options{})
		}
	})
}
