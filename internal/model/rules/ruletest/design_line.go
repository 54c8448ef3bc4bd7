package ruletest

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// designReadsBack tests the design of what was read from a design: nothing that a line
// says is lost.
func designReadsBack(t *testing.T, all map[string]Cases) {
	t.Helper()
	for id, c := range all {
		for _, text := range slices.Concat(c.Violated, c.Satisfied) {
			written := Parse(t, text).Planned.Build(t, true).Design()
			lines, ok := written.Get()
			if !ok {
				continue
			}
			wholly := true
			for _, v := range lines {
				wholly = wholly && v.IsKnown()
			}
			if !wholly {
				continue
			}
			again := model.ForHierarchy(model.PriorDesign(&model.Hierarchy{Design: written}), false).Design()
			read, _ := again.Get()
			for key, line := range lines {
				first, _ := line.Get()
				second, _ := read[key].Get()
				if strings.Contains(key, "/") {
					first = rolesAlone(first)
				}
				if first != second {
					t.Errorf("%s: %s is %q and read back as %q", id, key, first, second)
				}
				if len(read) != len(lines) {
					t.Errorf("%s: %d lines, %d read back", id, len(lines), len(read))
				}
			}
		}
	}
}

// rolesAlone leaves out the settings of roles, which no rule about changes reads.
func rolesAlone(line string) string {
	parts := strings.Split(line, ", ")
	for i, part := range parts {
		role, settings, _ := strings.Cut(part, " ")
		parts[i] = role
		if slices.Contains(strings.Fields(settings), "replica") {
			parts[i] += " replica"
		}
		if strings.HasSuffix(settings, "installed") {
			parts[i] += " installed"
		}
	}
	return strings.Join(parts, ", ")
}
