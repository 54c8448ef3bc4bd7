package model

import "slices"

// gatewaysChapter is the chapter of the catalogue.
func gatewaysChapter() Chapter {
	return Chapter{
		Name:  "gateways",
		Title: "Cloud management gateways",
		About: "What a cloud management gateway needs in the hierarchy.",
		Rules: slices.Concat(gatewayRules, gatewaysDocumented),
	}
}
