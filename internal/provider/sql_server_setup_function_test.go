package provider

import (
	"testing"
)

func TestSQLServerSetup_OfTheCompleteExample(t *testing.T) {
	s := configure(t, nil)
	v, funcErr := s.call(t, "sql_server_setup", completeTopology(t), "sea")
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	node, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"answer_file": "sql.ini", "script": "sql.ps1"} {
		text, _ := node.(tree)[name].(string)
		expectText(t, text, file)
	}
}

func TestSQLServerSetup_WhatIsRefused(t *testing.T) {
	s := configure(t, nil)
	s.expectArgumentError(t, "sql_server_setup", 1, `The hierarchy lists no site "PS2". Its sites: "PS1"`, smallTopology(), "PS2")
	s.expectArgumentError(t, "sql_server_setup", 1, `The hierarchy lists no site ""`, smallTopology(), "")
	s.expectArgumentError(t, "sql_server_setup", 0, "sites: The topology needs it", tree{}, "PS1")
	express := plainHierarchy()
	s.expectArgumentError(t, "sql_server_setup", 1, `Site "S01" uses SQL Server Express`, express, "S01")
}
