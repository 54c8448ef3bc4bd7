// Designschema writes what follows from the provider's schema for designs in one file:
// the JSON Schema that editors complete and check a design.yaml with, and the resources
// of the module that plans one.
//
//	go run ./internal/designschema SCHEMA MODULE
//
// SCHEMA is the file of the JSON Schema, MODULE the folder of the module.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: designschema SCHEMA MODULE")
	}
	schema := provider.DesignSchema()
	text, err := jsonSchema(schema)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], text, 0o644); err != nil {
		log.Fatal(err)
	}
	for name, content := range module(schema) {
		if err := os.WriteFile(filepath.Join(os.Args[2], name), content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// jsonSchema returns the text of the JSON Schema.
func jsonSchema(s *designfile.Schema) ([]byte, error) {
	schema := designfile.JSONSchema(s)
	schema["$id"] = "https://raw.githubusercontent.com/terraform-configmgr/terraform-provider-configmgr/main/schema/design.schema.json"
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(schema)
	return b.Bytes(), err
}
