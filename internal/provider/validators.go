package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// The validators report malformed values only: what no design can mean. They run
// where the provider is not configured, and their errors hide those of the plan, so
// that everything a rule can say better is left to the rules.

// oneOfText lists the values of an enumeration for a description.
func oneOfText(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = "`" + v + "`"
	}
	return strings.Join(quoted, ", ")
}

// stringCheck is a validator that says in a sentence why a known string is not valid.
type stringCheck struct {
	summary     string
	description string
	check       func(string) error
}

var _ validator.String = stringCheck{}

func (v stringCheck) Description(context.Context) string         { return v.description }
func (v stringCheck) MarkdownDescription(context.Context) string { return v.description }

func (v stringCheck) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, v.summary, placed(req.Path, err))
	}
}

// placed is the text of an error, with its place when that is inside an object: what
// Terraform shows is the line of the whole object.
func placed(at path.Path, err error) string {
	if len(at.Steps()) > 1 {
		return at.String() + ": " + err.Error()
	}
	return err.Error()
}

// oneOf accepts the values of an enumeration and names the nearest ones otherwise.
func oneOf(values []string) validator.String {
	return stringCheck{
		summary:     "Invalid value",
		description: "one of " + strings.Join(values, ", "),
		check: func(s string) error {
			for _, v := range values {
				if s == v {
					return nil
				}
			}
			return fmt.Errorf("%q is not a valid value.%s Valid values: %s.", s, meant(product.Nearest(s, values)), quotedList(values))
		},
	}
}

// roleValidator accepts the roles that can be assigned.
func roleValidator() validator.String {
	return stringCheck{
		summary:     "Invalid role",
		description: "the key of an assignable role",
		check: func(s string) error {
			role, ok := product.RoleByKey(s)
			switch {
			case !ok:
				near := product.NearestRoles(s)
				if len(near) > 0 {
					return fmt.Errorf("There is no role %q.%s The data source configmgr_roles and the documentation list all roles.", s, meant(near))
				}
				return fmt.Errorf("There is no role %q. Valid roles: %s.", s, quotedList(product.AssignableRoles()))
			case !role.Assignable():
				prefix := ""
				if role.SetupRule != "" {
					prefix = role.SetupRule + ": "
				}
				return fmt.Errorf("%sThe role %q (%s) cannot be assigned. %s", prefix, s, role.Name, role.Instead)
			default:
				return nil
			}
		},
	}
}

// isHostLabel reports whether a text is a part of a host name: up to 63 letters, digits,
// underscores and inner hyphens. It is asked for every name of a design, which would be
// slow with a regular expression.
func isHostLabel(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_':
		case c == '-' && i > 0 && i < len(s)-1:
		default:
			return false
		}
	}
	return s != "" && len(s) <= 63
}

// hostName accepts what names a computer. A name of a single label, an IP address, a name
// with an instance, a port or a scheme are let through: SRV-FQDN says what to type, and all
// that else is wrong with the computer shows beside it.
func hostName() validator.String {
	return stringCheck{
		summary:     "Invalid host name",
		description: "a fully qualified host name",
		check:       checkHostName,
	}
}

func checkHostName(s string) error {
	if strings.TrimSpace(s) == "" {
		return fmt.Errorf("The host name is empty. Give the fully qualified name of the computer, such as \"cm01.contoso.com\".")
	}
	name := model.ParseHost(s).Name
	for label := range strings.SplitSeq(name, ".") {
		if isHostLabel(label) {
			continue
		}
		if _, err := netip.ParseAddr(name); err == nil {
			return nil
		}
		return fmt.Errorf("%q is not a host name: the part %q is empty, longer than 63 characters or holds other characters than letters, digits and inner "+
			"hyphens. Give the fully qualified name of the computer, such as \"cm01.contoso.com\".", s, label)
	}
	return nil
}

// domainName accepts the DNS name of a domain or forest.
func domainName() validator.String {
	return stringCheck{
		summary:     "Invalid domain name",
		description: "the DNS name of a domain",
		check: func(s string) error {
			if checkHostName(s) != nil || model.ParseHost(s).Name != strings.TrimSuffix(s, ".") {
				return fmt.Errorf("%q is not the DNS name of a domain. Write it as in \"contoso.com\", not as a NetBIOS name with special characters.", s)
			}
			return nil
		},
	}
}

var uncPath = regexp.MustCompile(`^\\\\[^\\/:*?"<>|]+\\[^\\/:*?"<>|]+(\\[^\\/:*?"<>|]+)*\\?$`)

// unc accepts a UNC path of a server and a share.
func unc() validator.String {
	return stringCheck{
		summary:     "Invalid network path",
		description: "a UNC path",
		check: func(s string) error {
			if !uncPath.MatchString(s) {
				return fmt.Errorf("%q is not a network path. Write server and share as in \"\\\\\\\\fs01.contoso.com\\\\ContentLibrary\" (two backslashes, each "+
					"written twice in a quoted string).", s)
			}
			return nil
		},
	}
}

var localPath = regexp.MustCompile(`^[A-Za-z]:\\`)

// localDirectory accepts a path on a local drive.
func localDirectory() validator.String {
	return stringCheck{
		summary:     "Invalid directory",
		description: "a path on a local drive",
		check: func(s string) error {
			if !localPath.MatchString(s) {
				return fmt.Errorf("%q is not a path on a local drive. Write drive and directory as in \"D:\\\\ConfigMgr\" (each backslash written twice in a quoted "+
					"string).", s)
			}
			return nil
		},
	}
}

// versionValidator accepts a Configuration Manager version.
type versionValidator struct{}

func (versionValidator) Description(context.Context) string { return "a version such as 2503" }
func (versionValidator) MarkdownDescription(context.Context) string {
	return "a version such as `2503`"
}

func (versionValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := product.ParseVersion(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Configuration Manager version", err.Error())
	}
}

// dateValidator accepts a day.
type dateValidator struct{}

func (dateValidator) Description(context.Context) string         { return "a day, YYYY-MM-DD" }
func (dateValidator) MarkdownDescription(context.Context) string { return "a day, `YYYY-MM-DD`" }

func (dateValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := product.ParseDate(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid date", err.Error())
	}
}

// mapCheck is a validator of a map of strings that judges entry by entry.
type mapCheck struct {
	summary     string
	description string
	check       func(key string, value model.Value[string]) error
}

func (v mapCheck) Description(context.Context) string         { return v.description }
func (v mapCheck) MarkdownDescription(context.Context) string { return v.description }

func (v mapCheck) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	elements := req.ConfigValue.Elements()
	problems := several{diags: &resp.Diagnostics, at: req.Path, summary: v.summary}
	for _, key := range slices.Sorted(maps.Keys(elements)) {
		element := elements[key]
		value := model.Unknown[string]()
		if s, ok := element.(types.String); ok {
			switch {
			case s.IsNull():
				value = model.Null[string]()
			case !s.IsUnknown():
				value = model.Known(s.ValueString())
			}
		}
		if err := v.check(key, value); err != nil {
			if !problems.add(req.Path.AtMapKey(key), err) {
				return
			}
		}
	}
}

// several reports the first malformed elements of a map or list: nobody reads thousands,
// the framework compares each with all others, and to look for what each may have meant
// takes its time.
type several struct {
	diags   *diag.Diagnostics
	at      path.Path
	summary string
	found   int
}

const mostMalformed = 20

// add reports a malformed element, and whether to look at the next one.
func (s *several) add(at path.Path, err error) bool {
	if s.found++; s.found <= mostMalformed {
		s.diags.AddAttributeError(at, s.summary, err.Error())
		return true
	}
	s.diags.AddAttributeError(s.at, s.summary, placed(s.at, fmt.Errorf("More than %d elements are malformed. Mend those that are reported first; the others "+
		"were not looked at.", mostMalformed)))
	return false
}

// acceptedFindings checks the ids and reasons of accepted_findings.
func acceptedFindings() validator.Map {
	return mapCheck{summary: "Invalid accepted finding", description: "reasons by rule id", check: rules.Catalog().ValidateAcceptance}
}

// severitiesValidator checks the ids and severities of rule_severities.
type severitiesValidator struct{}

func (severitiesValidator) Description(context.Context) string { return "severities by rule id" }
func (severitiesValidator) MarkdownDescription(context.Context) string {
	return "severities by rule id"
}

func (severitiesValidator) ValidateMap(ctx context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	mapCheck{summary: "Invalid rule severity", check: func(id string, value model.Value[string]) error {
		text, ok := value.Get()
		if !ok {
			return nil
		}
		severity, err := rule.ParseSeverity(text)
		if err != nil {
			return err
		}
		return rules.Catalog().ValidateSeverity(id, severity)
	}}.ValidateMap(ctx, req, resp)
}

// hostNameKeys checks that the keys of a map are host names.
type hostNameKeys struct{}

func (hostNameKeys) Description(context.Context) string         { return "host names as keys" }
func (hostNameKeys) MarkdownDescription(context.Context) string { return "host names as keys" }

func (hostNameKeys) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	problems := several{diags: &resp.Diagnostics, at: req.Path, summary: "Invalid host name"}
	for _, key := range slices.Sorted(maps.Keys(req.ConfigValue.Elements())) {
		if err := checkHostName(key); err != nil {
			if !problems.add(req.Path.AtMapKey(key), err) {
				return
			}
		}
	}
}

// meant turns near names into a question, with a leading blank.
func meant(near []string) string {
	if len(near) == 0 {
		return ""
	}
	return " Did you mean " + strings.ReplaceAll(quotedList(near), ", ", " or ") + "?"
}

func quotedList(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(quoted, ", ")
}

// hostNameElements checks that the elements of a list are host names.
type hostNameElements struct{}

func (hostNameElements) Description(context.Context) string         { return "host names" }
func (hostNameElements) MarkdownDescription(context.Context) string { return "host names" }

func (hostNameElements) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	problems := several{diags: &resp.Diagnostics, at: req.Path, summary: "Invalid host name"}
	for i, element := range req.ConfigValue.Elements() {
		s, ok := element.(types.String)
		if !ok || s.IsUnknown() {
			continue
		}
		if err := checkHostName(s.ValueString()); err != nil {
			if !problems.add(req.Path.AtListIndex(i), err) {
				return
			}
		}
	}
}

// elements applies a check of strings to the elements of a list.
func elements(check validator.String) validator.List { return elementCheck{check} }

type elementCheck struct{ element validator.String }

func (v elementCheck) Description(ctx context.Context) string { return v.element.Description(ctx) }
func (v elementCheck) MarkdownDescription(ctx context.Context) string {
	return v.element.MarkdownDescription(ctx)
}

func (v elementCheck) ValidateList(ctx context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	problems := several{diags: &resp.Diagnostics, at: req.Path}
	for i, element := range req.ConfigValue.Elements() {
		s, ok := element.(types.String)
		if !ok {
			continue
		}
		judged := validator.StringResponse{}
		v.element.ValidateString(ctx, validator.StringRequest{Path: req.Path.AtListIndex(i), ConfigValue: s}, &judged)
		if len(judged.Diagnostics) > 0 {
			problems.summary = judged.Diagnostics[0].Summary()
			if !problems.add(req.Path.AtListIndex(i), errors.New(judged.Diagnostics[0].Detail())) {
				return
			}
		}
	}
}

var featureName = regexp.MustCompile(`^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$`)

// windowsFeature accepts the name of a Windows feature, which holds no blanks: what
// Server Manager shows is another one.
func windowsFeature() validator.String {
	return stringCheck{
		summary:     "Invalid name of a Windows feature",
		description: "the name of a Windows feature, as Install-WindowsFeature takes it",
		check: func(s string) error {
			if !featureName.MatchString(s) {
				return fmt.Errorf("%q is not the name of a Windows feature. Give the name that Install-WindowsFeature takes, such as \"Web-Metabase\", and not the "+
					"one that Server Manager shows.", s)
			}
			return nil
		},
	}
}

var versionNumber = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,9}){1,3}$`)

// dottedVersion accepts the version of a program, and none where it may be missing.
func dottedVersion(example string, orNone bool) validator.String {
	return stringCheck{
		summary:     "Invalid version",
		description: "a version such as " + example,
		check: func(s string) error {
			if versionNumber.MatchString(s) || orNone && s == model.NotInstalled {
				return nil
			}
			return fmt.Errorf("%q is not a version. Give the numbers with dots between them, such as %q.", s, example)
		},
	}
}

// notNegative accepts numbers from zero upwards.
type notNegative struct{}

func (notNegative) Description(context.Context) string         { return "zero or more" }
func (notNegative) MarkdownDescription(context.Context) string { return "zero or more" }

func (notNegative) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if n := req.ConfigValue.ValueInt64(); n < 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid number", fmt.Sprintf("%d is negative. Give zero or a positive number.", n))
	}
}

// portNumber accepts a number that a TCP port can have.
type portNumber struct{}

func (portNumber) Description(context.Context) string         { return "a port number" }
func (portNumber) MarkdownDescription(context.Context) string { return "a port number" }

func (portNumber) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if n := req.ConfigValue.ValueInt64(); n < 1 || n > product.LargestPort() {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid port", placed(req.Path, fmt.Errorf("%d is not a port number. Give a number from 1 to %d, such as "+
			"8530.", n, product.LargestPort())))
	}
}
