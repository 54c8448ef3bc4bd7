// Package model holds what is declared: sites, site system servers, role assignments and
// hierarchies, with the readings that rules and outputs share. What is known of the
// product itself is in package product, what is judged in rule and rules, which roles
// clients need in needs, and what automation is given in install.
//
// It knows nothing of Terraform. A caller decodes declared objects with [Decode] and puts
// them into a [Topology], which the catalog of package rules judges. Everything here is
// a pure function of its input.
package model
