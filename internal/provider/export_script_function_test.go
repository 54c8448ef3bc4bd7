package provider

import (
	"strings"
	"testing"
)

func TestExportScript(t *testing.T) {
	v, funcErr := configure(t, nil).call(t, "export_script")
	var script string
	if funcErr != nil || v.As(&script) != nil || !strings.Contains(script, "SMS_SCI_SysResUse") {
		t.Errorf("%v, %v", v, funcErr)
	}
}
