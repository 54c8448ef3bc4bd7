// Package model is the Configuration Manager domain: sites, site system servers,
// role assignments, the role catalogue and the rules a topology has to satisfy.
//
// It knows nothing about Terraform and uses the standard library only. A caller
// decodes declared objects with [Decode], puts them into a [Topology] and asks
// [Evaluate] for the findings. Everything here is a pure function of its input:
// the same topology gives the same findings in the same order.
package model
