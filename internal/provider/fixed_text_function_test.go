package provider

import (
	"strings"
	"testing"
)

// TestFixedTexts_AreWhole looks for the beginning of each text, and for something of its
// last lines.
func TestFixedTexts_AreWhole(t *testing.T) {
	s := configure(t, nil)
	for name, parts := range map[string][2]string{
		"ansible_playbook":  {"# Prepares the servers of an inventory of ansible_inventory", "configmgr_local_administrators"},
		"dsc_configuration": {"<#\n.SYNOPSIS\nCompiles a configuration", "ConfigMgrHierarchy -ConfigurationData"},
		"export_script":     {"<#", "SMS_SCI_SysResUse"},
	} {
		v, funcErr := s.call(t, name)
		if funcErr != nil {
			t.Fatalf("%s: %s", name, funcErr.Text)
		}
		var text string
		if err := v.As(&text); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(text, parts[0]) || !strings.Contains(text, parts[1]) {
			t.Errorf("%s begins with %.80q, expected %q and later %q", name, text, parts[0], parts[1])
		}
	}
}
