// Package database is the chapter of the rule catalog about site database: SQL Server:
// location, versions, editions, availability groups and clusters, replicas.
package database

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "database",
		Title: "Site database",
		About: "SQL Server: location, versions, editions, availability groups and clusters, replicas.",
		Rules: slices.Concat(databaseRules, documented),
	}
}
