package render

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// Error says what cannot be rendered, and where it is declared.
type Error = install.Problem

// cannot returns an Error about a place of the hierarchy.
func cannot(at model.Path, format string, args ...any) error {
	return install.Problemf(at, format, args...)
}

// design is a hierarchy as the texts describe it.
type design struct{ *install.Design }

// newTransition reads a hierarchy whose plan begins with another one that runs, nil for
// nothing.
func newTransition(h, existing *model.Hierarchy) (*design, error) {
	if existing == nil {
		return newDesign(h)
	}
	d := install.Transition(existing, h)
	if err := d.Problem(); err != nil {
		return nil, err
	}
	if err := d.Existing().Problem(); err != nil {
		return nil, cannot(model.At("options", "existing"), "%v", err)
	}
	return &design{d}, nil
}

// newDesign reads a hierarchy. A value that is needed and missing is an error.
func newDesign(h *model.Hierarchy) (*design, error) {
	d := install.Read(h)
	if err := d.Problem(); err != nil {
		return nil, err
	}
	return &design{d}, nil
}
