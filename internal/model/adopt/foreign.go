package adopt

import "strings"

// foreignProperties are properties that the files of other tools have, and the envelopes
// of rows.
var foreignProperties = []string{
	"Props", "PropLists", "__CLASS",
	// The firewall definition of jonasatgit/scriptrepo, written by New-ConfigMgrFirewallRuleDefinition.ps1.
	"FullQualifiedDomainName", "RoleList", "Role", "PullDistributionPointToSource", "PullDistributionPointToSourceList",
}

// foreignRows takes a list of what another tool wrote, or a single one.
func (r *reader) foreignRows(class string) error {
	return r.each(func() error { return r.foreignRow(class) })
}

func (r *reader) foreignRow(class string) error {
	r.foreign = true
	r.listed[classRole] = true
	if r.next() != '{' {
		return r.wrong("an object")
	}
	if class == classGraph {
		return r.graphNode()
	}
	taken, err := r.row(classFirewall, r.count(classFirewall))
	if err != nil {
		return err
	}
	r.firewallSystem(&taken)
	return nil
}

// count numbers the rows of another tool.
func (r *reader) count(class string) int {
	n := len(r.rows[class])
	r.rows[class] = append(r.rows[class], nil)
	return n
}

// firewallRoles are the names that the firewall definition has for roles, with those of
// the product. They were read from the script on 2026-11-28. What stands for a facet of
// another role, or for a computer that is not a site system, has none.
var firewallRoles = map[string]string{
	"siteserver":                "SMS Site Server",
	"sqlserverrole":             "SMS SQL Server",
	"smsprovider":               "SMS Provider",
	"softwareupdatepoint":       "SMS Software Update Point",
	"endpointprotectionpoint":   "SMS Endpoint Protection Point",
	"distributionpoint":         "SMS Distribution Point",
	"managementpoint":           "SMS Management Point",
	"reportingservicepoint":     "SMS SRS Reporting Point",
	"serviceconnectionpoint":    "SMS Dmp Connector",
	"datawarehouseservicepoint": "Data Warehouse Service Point",
	"cmgconnectionpoint":        "SMS Cloud Proxy Connector",
	"statemigrationpoint":       "SMS State Migration Point",
	"fallbackstatuspoint":       "SMS Fallback Status Point",

	"primarysite": "", "secondarysite": "", "centraladministrationsite": "", // beside siteserver
	"prisqlserverrole": "", "secsqlserverrole": "", "cassqlserverrole": "", // beside sqlserverrole
	"pulldistributionpoint": "", "distributionpointpxe": "", // beside distributionpoint
	"centralsoftwareupdatepoint": "", "primarysoftwareupdatepoint": "", "secondarysoftwareupdatepoint": "", // beside softwareupdatepoint
	"pulldistributionpointsource": "", "supsqlserverrole": "", // what other computers have the role for
}

// firewallSites are the names that say of which type the site is, with the numbers that
// the product has for the types.
var firewallSites = map[string]string{"secondarysite": "1", "primarysite": "2", "centraladministrationsite": "4"}

// firewallSystem turns a system of a firewall definition into rows of roles.
func (r *reader) firewallSystem(system *row) {
	at := func(name string) value { return system.get(propertyNames.must(name)) }
	host, code := at("FullQualifiedDomainName"), at("SiteCode")
	if !host.given() || !code.given() {
		r.note(NoteNotModelled, system.String(), "The system has no name or no site code, so that it is not known where it belongs.")
		return
	}
	roles := itemsOf(system, "RoleList")
	if single := at("Role"); len(roles) == 0 && single.given() {
		roles = []value{single}
	}
	site := []property{propertyOf("SiteCode", code)}
	if parent := at("ParentSiteCode"); parent.given() {
		if strings.EqualFold(parent.trimmed(), code.trimmed()) {
			parent = value{kind: kindString} // the script writes the site itself where there is none
		}
		site = append(site, propertyOf("ParentSiteCode", parent))
	}
	for _, role := range roles {
		if number := firewallSites[strings.ToLower(role.trimmed())]; number != "" {
			site = append(site, propertyOf("SiteType", value{kindNumber, number}))
			break
		}
	}
	r.addRow(classDefinition, site...)
	if len(roles) > 0 && strings.EqualFold(roles[0].trimmed(), "PullDistributionPointSource") {
		r.note(NoteUndecided, system.String(), "The first role of %s is to be a source of another site system, so that the site code %s may be that of the "+
			"other one.", host.trimmed(), code.trimmed())
	}
	pull, sources := false, append(itemsOf(system, "PullDistributionPointToSourceList"), itemsOf(system, "PullDistributionPointToSource")...)
	for _, role := range roles {
		name := strings.ToLower(role.trimmed())
		wmi, known := firewallRoles[name]
		switch {
		case name == "pulldistributionpoint":
			pull = true
		case !role.given():
			continue
		case !known:
			r.note(NoteUnknownRole, system.String(), "The firewall definition gives %s the role %q, which no role of the catalog stands for.", host.trimmed(), role.trimmed())
			continue
		case wmi == "":
			continue
		}
		if wmi != "" {
			r.addRow(classRole, propertyOf("SiteCode", code), propertyOf("RoleName", value{kindString, wmi}), propertyOf("NetworkOSPath", value{kindString, `\\` + host.trimmed()}))
		}
	}
	if !pull {
		return
	}
	rows := r.rows[classRole]
	for i := range rows {
		if last := rows[len(rows)-1-i]; strings.EqualFold(last.get(propertyRoleName).text, "SMS Distribution Point") {
			last.embedded = true
			last.props = append(last.props, prop{name: propIsPullDP, kinds: [3]valueKind{inValue: kindNumber}, texts: [3]string{inValue: "1"}})
			if len(sources) > 0 {
				last.hasLists = true
				last.lists = append(last.lists, list{name: listSources, values: sources})
			}
			return
		}
	}
}

func propertyOf(name string, v value) property {
	return property{name: propertyNames.must(name), kind: v.kind, text: v.text}
}

// itemsOf returns the scalars of a property that is a list or a single value.
func itemsOf(r *row, name string) []value {
	id := propertyNames.must(name)
	if items, ok := r.items(id); ok {
		return items
	}
	if v := r.get(id); v.given() {
		return []value{v}
	}
	return nil
}

func (r *reader) addRow(class string, properties ...property) {
	r.keep(class, row{class: class, index: len(r.rows[class]), properties: properties})
}

// graphNode turns a node of a ConfigManBearPig graph into rows: a computer has its roles
// as "SMS Management Point@PS1", a site its code, type and parent. The names of the
// properties were read from that tool on 2026-11-28.
func (r *reader) graphNode() error {
	index := r.count(classGraph)
	node := &row{class: classGraph, index: index}
	fields := map[string]value{}
	var kinds, roles []value
	r.place = node
	defer func() { r.place = nil }()
	err := r.object(func(name string) error {
		switch strings.ToLower(name) {
		case "kinds":
			return r.scalars(&kinds)
		case "properties":
			if r.next() != '{' {
				return r.skip()
			}
			return r.object(func(name string) error {
				switch lower := strings.ToLower(name); lower {
				case "sccmsitesystemroles", "sitesystemroles":
					return r.scalars(&roles)
				case "dnshostname", "name", "sitecode", "sitename", "sitetype", "siteservername", "parentsitecode", "sqlservername", "sqldatabasename", "siteserverdomain":
					v, err := r.optionalScalar()
					fields[lower] = v
					return err
				}
				return r.pass(name)
			})
		}
		return r.pass(name)
	})
	if err != nil {
		return err
	}
	kind := func(want string) bool {
		for _, k := range kinds {
			if strings.EqualFold(k.text, want) {
				return true
			}
		}
		return false
	}
	if kind("SCCM_Site") && fields["sitecode"].given() {
		properties := []property{propertyOf("SiteCode", fields["sitecode"])}
		for _, f := range []struct{ from, to string }{
			{"sitename", "SiteName"}, {"siteservername", "SiteServerName"}, {"parentsitecode", "ParentSiteCode"}, {"sqlservername", "SQLServerName"},
			{"sqldatabasename", "SQLDatabaseName"}, {"siteserverdomain", "SiteServerDomain"}, {"sitetype", "SiteType"},
		} {
			if v := fields[f.from]; v.given() || f.from == "parentsitecode" && v.kind == kindString {
				properties = append(properties, propertyOf(f.to, v))
			}
		}
		r.addRow(classDefinition, properties...)
	}
	host := fields["dnshostname"]
	if !host.given() {
		host = fields["name"]
	}
	for _, entry := range roles {
		text := entry.trimmed()
		if _, after, ok := strings.Cut(text, ": "); ok {
			text = after // some versions put the computer in front
		}
		role, code, ok := strings.Cut(text, "@")
		switch {
		case !host.given():
			r.note(NoteNotModelled, node.String(), "The computer has roles and no name.")
			return nil
		case !ok || strings.TrimSpace(code) == "":
			r.note(NoteNotModelled, node.String(), "The role %q of %s names no site, so that it is not known where it belongs.", text, host.trimmed())
		default:
			r.addRow(classRole, propertyOf("SiteCode", value{kindString, strings.TrimSpace(code)}), propertyOf("RoleName", value{kindString, strings.TrimSpace(role)}),
				propertyOf("NetworkOSPath", value{kindString, `\\` + strings.TrimSuffix(host.trimmed(), "$")}))
		}
	}
	return nil
}

// scalars takes a list of scalars, or a single one.
func (r *reader) scalars(into *[]value) error {
	return r.each(func() error {
		v, err := r.optionalScalar()
		if v.kind > kindNull {
			*into = append(*into, v)
		}
		return err
	})
}
