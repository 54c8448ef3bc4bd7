// Package render writes a hierarchy in the languages of the tools that install and
// document it: answer files of Setup, PowerShell, PowerShell data files, Ansible
// inventories, firewall rules and Mermaid diagrams.
//
// Every function takes a hierarchy that is known altogether, and is pure: the same
// hierarchy gives the same text, whatever the order of its maps. Each language has a
// file with a function that quotes for it, and every value that a user declares goes
// through that function. What a language cannot express is refused with an [Error];
// nothing is left out or rewritten in silence.
package render
