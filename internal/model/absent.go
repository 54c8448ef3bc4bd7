package model

import "reflect"

// AbsentAttributes returns the attributes that some element of a topology leaves out, each
// by the kind of its element: site.client_communication,
// site_system_server.operating_system, role_assignment.management_point.protocol,
// hierarchy.features. Those of a block that is left out are absent with it; the settings
// of a role are looked for in assignments of that role only.
func AbsentAttributes(t *Topology) map[string]bool {
	absent := map[string]bool{}
	for _, s := range t.Sites {
		addAbsent(absent, "site.", reflect.ValueOf(s).Elem(), "")
	}
	for _, s := range t.Servers {
		addAbsent(absent, "site_system_server.", reflect.ValueOf(s).Elem(), "")
	}
	for _, a := range t.Assignments {
		role, _ := a.Role.Get()
		addAbsent(absent, "role_assignment.", reflect.ValueOf(a).Elem(), role)
	}
	if t.Hierarchy != nil {
		addAbsent(absent, "hierarchy.", reflect.ValueOf(t.Hierarchy).Elem(), "")
	}
	return absent
}

// reading is what every Value can say of itself.
type reading interface{ IsNull() bool }

// addAbsent adds the names of the null values of an object and of its blocks. With a role,
// of the blocks only that of the role is looked at.
func addAbsent(absent map[string]bool, prefix string, object reflect.Value, role string) {
	for i := range object.NumField() {
		name, ok := object.Type().Field(i).Tag.Lookup("attr")
		if !ok {
			continue
		}
		value, isValue := object.Field(i).Interface().(reading)
		if !isValue {
			continue
		}
		get, _ := object.Field(i).Type().MethodByName("Get")
		block := get.Type.Out(0)
		isBlock := block.Kind() == reflect.Pointer && block.Elem().Kind() == reflect.Struct
		switch {
		case isBlock && (name == "site" || name == "server" || name == "parent"):
			continue // another element
		case isBlock && role != "" && name != role:
			continue
		}
		if value.IsNull() {
			absent[prefix+name] = true
		}
		if !isBlock {
			continue
		}
		if held := object.Field(i).MethodByName("Get").Call(nil); held[1].Bool() {
			addAbsent(absent, prefix+name+".", held[0].Elem(), "")
		} else if value.IsNull() {
			addAbsent(absent, prefix+name+".", reflect.New(block.Elem()).Elem(), "")
		}
	}
}
