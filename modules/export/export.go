// Package export holds the PowerShell script that reads the topology of a running
// hierarchy from an SMS Provider.
package export

import _ "embed" // the script

// Script is the text of Export-ConfigMgrTopology.ps1: plain ASCII, for Windows
// PowerShell 5.1 and PowerShell 7. It only reads, and writes the properties of its
// own list and no others.
//
//go:embed Export-ConfigMgrTopology.ps1
var Script string
