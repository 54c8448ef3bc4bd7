package needs

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// answered answers a question that has to be right.
func answered(t testing.TB, tree map[string]any, version model.Value[product.Version]) *model.RequiredRoles {
	t.Helper()
	r := modeltest.MustDecode[model.RequiredRoles](t, tree)
	if problems := r.Problems(); len(problems) > 0 {
		t.Fatalf("%v\n%v", problems, tree)
	}
	Answer(r, version)
	return r
}

// roleAt returns the answer for a role of a site.
func roleAt(t testing.TB, r *model.RequiredRoles, code, role string) *model.RequiredRole {
	t.Helper()
	sites, _ := r.Sites.Get()
	site, ok := sites[code].Get()
	if !ok {
		t.Fatalf("there is no answer for site %s", code)
	}
	return roleOf(site, role)
}

// matrixAxes are the populations and features of the matrix. Of each axis one entry is
// taken, the first of which adds nothing.
var (
	matrixPopulations = [][]string{
		{"", "windows=10 windows_installation=distribution_point", "windows=10 windows_installation=management_point", "windows=10 windows_installation=alternative_source",
			"windows=10 windows_installation=operating_system_deployment", "windows=10 internet=true", "windows=10 workgroup=true"},
		{"", "macos=10", "macos=10 macos_certificates=independent"},
		{"", "mobile_enrolled=10"}, {"", "on_premises_mdm=10"}, {"", "mobile_exchange=10"}, {"", "mobile_legacy=10"}, {"", "linux_unix=10"},
	}
	matrixSites = []string{"CAS central_administration", "PS1 primary", "PS1 primary<CAS", "SS1 secondary<PS1"}
)

// matrixFeatures are each feature alone, a few together, and the conditions.
func matrixFeatures() [][]string {
	list := [][]string{nil}
	all := []string{}
	for _, f := range model.FeaturesToRequest() {
		list = append(list, []string{f.Key})
		all = append(all, f.Key)
	}
	conditions := []string{"fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server", "fsp.benefits_outweigh_risks"}
	return append(list, all, conditions, append(slices.Clone(all), conditions...), []string{"fsp.benefits_outweigh_risks=false"})
}

// eachPopulation visits every combination of the axes.
func eachPopulation(visit func(words []string)) {
	var next func(axis int, words []string)
	next = func(axis int, words []string) {
		if axis == len(matrixPopulations) {
			visit(slices.Clone(words))
			return
		}
		for _, choice := range matrixPopulations[axis] {
			next(axis+1, append(words, choice))
		}
	}
	next(0, nil)
}

func strength(t testing.TB, r *model.RequiredRole) int {
	t.Helper()
	requirement, ok := r.Requirement.Get()
	if !ok {
		t.Fatal("a requirement is not known although every input is")
	}
	return slices.Index(append(slices.Clone(requirementOrder), model.RoleForbidden), model.Requirement(requirement))
}

// lowers are the additions that may lower a requirement, with the role: what the
// articles themselves name.
var lowers = map[[2]string]string{
	{"cloud_management_gateway_content", product.RoleDistributionPoint}: "a gateway with content serves clients instead",
}

// TestRequiredRoles_Matrix answers for every combination of populations, features and
// tiers: nothing forbidden is required, and whatever is added lowers nothing.
func TestRequiredRoles_Matrix(t *testing.T) {
	known := catalogdIDs(t)
	features := matrixFeatures()
	count := 0
	for _, site := range matrixSites {
		code := strings.Fields(site)[0]
		answers := map[string]map[string]int{}
		tier := possibleTiers(modeltest.MustDecode[model.Site](t, modeltest.RequestTree(site)["population"].([]any)[0].(map[string]any)["site"].(map[string]any)))[0]
		answer := func(words, features []string) map[string]int {
			key := strings.Join(words, " ") + "|" + strings.Join(features, " ")
			if given, ok := answers[key]; ok {
				return given
			}
			count++
			r := answered(t, modeltest.RequestTree(site+" "+strings.Join(words, " "), features...), model.Known(product.DefaultVersion))
			strengths := map[string]int{}
			for _, role := range RequestableRoles() {
				got := roleAt(t, r, code, role)
				strengths[role] = strength(t, got)
				minimum, ok := got.Minimum.Get()
				needed := got.Requirement == model.Known(string(model.RoleRequired)) || got.Requirement == model.Known(string(model.RoleRecommended))
				if !ok || needed != (minimum > 0) {
					t.Errorf("%s: %s is %s with at least %s", key, role, got.Requirement, got.Minimum)
				}
				if got.Requirement != model.Known(string(model.RoleForbidden)) && !product.RoleOf(role).Supports(tier) {
					t.Errorf("%s at a %s: %s is %s, not forbidden", key, tier.Name(), role, got.Requirement)
				}
				reasons, _ := got.Reasons.Get()
				ids, _ := got.RuleIDs.Get()
				if len(reasons) == 0 || len(reasons) != len(ids) {
					t.Errorf("%s: %s has the reasons %v of %v", key, role, reasons, ids)
				}
				for _, id := range ids {
					if !known[model.First(id.Get())] {
						t.Errorf("%s: %s names the rule %s", key, role, id)
					}
				}
				if !needed && *got.DeclaredSettings() != (model.RoleSettings{}) {
					t.Errorf("%s: %s is %s and has settings", key, role, got.Requirement)
				}
			}
			answers[key] = strengths
			return strengths
		}
		compare := func(what string, less, more map[string]int, added string) {
			for role, before := range less {
				if more[role] < before && lowers[[2]string{added, role}] == "" {
					t.Errorf("%s: adding %s lowers %s from %d to %d", what, added, role, before, more[role])
				}
			}
		}
		eachPopulation(func(words []string) {
			base := answer(words, nil)
			// Each population alone against the same without one of its kinds.
			for i, word := range words {
				if word != "" {
					without := slices.Clone(words)
					without[i] = ""
					compare(site+" "+strings.Join(without, " "), answer(without, nil), base, word)
				}
			}
			if len(strings.Fields(strings.Join(words, " "))) > 4 {
				return
			}
			for _, f := range features[1:] {
				with := answer(words, f)
				if len(f) == 1 && !strings.HasPrefix(f[0], "fsp.") {
					compare(site+" "+strings.Join(words, " "), base, with, f[0])
				}
				for i, word := range words {
					if word != "" {
						without := slices.Clone(words)
						without[i] = ""
						compare(site+" "+strings.Join(without, " ")+" with "+strings.Join(f, " "), answer(without, f), with, word)
					}
				}
			}
			// A feature added to another.
			for _, pair := range [][2]string{{"application_management", "cloud_management_gateway_content"}, {"software_updates", "endpoint_protection"}, {"pxe", "multicast"}, {"software_updates", "software_updates_without_packages"}} {
				compare(strings.Join(words, " ")+" with "+pair[0], answer(words, []string{pair[0]}), answer(words, pair[:]), pair[1])
			}
		})
	}
	if count < 2000 {
		t.Errorf("the matrix has %d combinations", count)
	}
	t.Logf("%d combinations", count)
}

// TestRequiredRoles_CountsAreMonotone holds counts against their limits, from below and
// from above.
func TestRequiredRoles_CountsAreMonotone(t *testing.T) {
	minimum := func(words, role string, features ...string) int64 {
		r := roleAt(t, answered(t, modeltest.RequestTree("PS1 primary "+words, features...), model.Known(product.DefaultVersion)), "PS1", role)
		n, ok := r.Minimum.Get()
		if !ok {
			t.Fatalf("%s: the number is not known", words)
		}
		return n
	}
	for _, test := range []struct {
		kind, role string
		per        int64
		features   []string
	}{
		{"windows", product.RoleManagementPoint, 25_000, nil},
		{"linux_unix", product.RoleManagementPoint, 25_000, nil},
		{"macos", product.RoleManagementPoint, 10_000, nil},
		{"mobile_enrolled", product.RoleManagementPoint, 10_000, nil},
		{"on_premises_mdm", product.RoleManagementPoint, 10_000, nil},
		{"windows", product.RoleDistributionPoint, 4_000, []string{"application_management"}},
		{"macos", product.RoleDistributionPoint, 4_000, []string{"application_management"}},
		{"windows", product.RoleSoftwareUpdatePoint, 150_000, []string{"software_updates"}},
		{"windows", product.RoleFallbackStatusPoint, 100_000, []string{"fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server", "fsp.benefits_outweigh_risks"}},
	} {
		last := int64(0)
		for n := int64(1); n <= 3; n++ {
			for clients, want := range map[int64]int64{n*test.per - 1: n, n * test.per: n, n*test.per + 1: n + 1} {
				if got := minimum(fmt.Sprintf("%s=%d", test.kind, clients), test.role, test.features...); got != want {
					t.Errorf("%d %s need %d of the role %s, want %d", clients, test.kind, got, test.role, want)
				}
			}
			if got := minimum(fmt.Sprintf("%s=%d", test.kind, n*test.per), test.role, test.features...); got < last {
				t.Errorf("%s: fewer %s for more clients", test.kind, test.role)
			} else {
				last = got
			}
		}
	}
	// All clients of a management point together, and Macs beside mobile devices.
	for words, want := range map[string]int64{
		"windows=24000 linux_unix=1000": 1, "windows=24000 linux_unix=1001": 2, "windows=15000 macos=10000": 1, "windows=15001 macos=10000": 2,
		"macos=10000 on_premises_mdm=1": 2, "macos=10001 on_premises_mdm=10001": 4, "macos=1 mobile_enrolled=1": 2, "mobile_enrolled=5000 on_premises_mdm=5000": 1,
	} {
		if got := minimum(words, product.RoleManagementPoint); got != want {
			t.Errorf("%s need %d management points, want %d", words, got, want)
		}
	}
	// A software update point of more clients has a server of its own.
	for words, want := range map[string]model.Value[bool]{"windows=25000": model.Null[bool](), "windows=25001": model.Known(true)} {
		r := roleAt(t, answered(t, modeltest.RequestTree("PS1 primary "+words, "software_updates"), model.Known(product.DefaultVersion)), "PS1", product.RoleSoftwareUpdatePoint)
		if r.DeclaredSettings().DedicatedServer != want {
			t.Errorf("%s: dedicated_server is %s, want %s", words, r.DeclaredSettings().DedicatedServer, want)
		}
	}
}

// TestRequiredRoles_MoreClientsNeedNoLess adds clients to questions at random: no number
// of instances falls.
func TestRequiredRoles_MoreClientsNeedNoLess(t *testing.T) {
	random := rand.New(rand.NewPCG(25, 1))
	for range modeltest.Samples(150) {
		tree := randomQuestion(random)
		for _, kind := range model.EveryKind {
			last := map[string]int64{}
			for _, clients := range []int64{0, 1, 4_000, 4_001, 10_000, 10_001, 25_000, 25_001, 99_999, 100_001, 150_001, 700_000} {
				one := requestCopy(tree)
				populations := one["population"].([]any)
				populations[len(populations)-1].(map[string]any)[kind.Name] = clients
				for path, v := range flatAnswer(t, one, model.Known(product.DefaultVersion)) {
					if n, ok := v.(int64); ok && strings.Contains(path, "/minimum") {
						if n < last[path] {
							t.Fatalf("%d %s: %s falls from %d to %d\n%v", clients, kind.Words, path, last[path], n, tree)
						}
						last[path] = n
					}
				}
			}
		}
	}
}

// flat writes an answer as values by path. What is unknown as a whole is one entry.
func flat(at string, node any, into map[string]any) {
	switch node := node.(type) {
	case map[string]any:
		if len(node) == 0 {
			into[at] = "{}"
		}
		for key, v := range node {
			flat(at+"/"+key, v, into)
		}
	case []any:
		// A list has no fields of its own that users refer to.
		if slices.Contains(node, any(model.UnknownValue{})) {
			into[at] = model.UnknownValue{}
			return
		}
		into[at] = fmt.Sprint(node)
	default:
		into[at] = node
	}
}

func flatAnswer(t testing.TB, tree map[string]any, version model.Value[product.Version]) map[string]any {
	t.Helper()
	r := modeltest.MustDecode[model.RequiredRoles](t, tree)
	if len(r.Problems()) > 0 {
		return nil
	}
	Answer(r, version)
	encoded, values := model.Encode(r), map[string]any{}
	for _, name := range model.AnswerAttributes {
		flat(name, encoded[name], values)
	}
	return values
}

// leaf is one place of a question, with values that it can take.
type leaf struct {
	name    string
	set     func(tree map[string]any, value any)
	samples []any
}

func leaves(tree map[string]any) []leaf {
	var list []leaf
	object := func(name string, within func(map[string]any) map[string]any, attribute string, samples ...any) {
		list = append(list, leaf{name + "." + attribute, func(tree map[string]any, v any) { within(tree)[attribute] = v }, samples})
	}
	for i := range tree["population"].([]any) {
		within := func(tree map[string]any) map[string]any { return tree["population"].([]any)[i].(map[string]any) }
		for _, kind := range model.EveryKind {
			object(fmt.Sprintf("population[%d]", i), within, kind.Name, nil, int64(0), int64(1), int64(4_001), int64(10_001), int64(25_001), int64(160_001), int64(400_000))
		}
		name := fmt.Sprintf("population[%d]", i)
		object(name, within, "windows_installation", nil, model.InstallFromDistributionPoint, model.InstallFromManagementPoint, model.InstallFromAlternative, model.InstallWithOSDeployment)
		object(name, within, "macos_certificates", nil, model.CertificatesEnrolled, model.CertificatesIndependent)
		object(name, within, "internet", nil, true, false)
		object(name, within, "workgroup", nil, true, false)
		site := func(tree map[string]any) map[string]any { return within(tree)["site"].(map[string]any) }
		object(name+".site", site, "site_type", string(product.CentralAdministration), string(product.Primary), string(product.Secondary))
		object(name+".site", site, "version", nil, "1902", "1910", "2002", "2010", "2103", "2203", "2403", "2603")
		object(name+".site", site, "parent", nil, map[string]any{"site_code": "CAS", "site_type": string(product.CentralAdministration)}, map[string]any{"site_code": "PS1", "site_type": string(product.Primary)})
	}
	for _, name := range model.AttributesOf(new(model.RequestedFeatures)) {
		object("features", func(tree map[string]any) map[string]any { return tree["features"].(map[string]any) }, name, nil, true, false)
	}
	for _, name := range model.AttributesOf(new(model.FallbackConditions)) {
		object("fallback_status_point", func(tree map[string]any) map[string]any { return tree["fallback_status_point"].(map[string]any) }, name, nil, true, false)
	}
	slices.SortFunc(list, func(a, b leaf) int { return strings.Compare(a.name, b.name) })
	return list
}

// randomQuestion makes a question about one or two sites of a hierarchy.
func randomQuestion(random *rand.Rand) map[string]any {
	hierarchies := []string{"PS1 primary", "PS1 primary<CAS", "CAS central_administration; PS1 primary<CAS", "PS1 primary; SS1 secondary<PS1", "PS1 primary; PS1 primary", "SS1 secondary<PS1"}
	var populations []string
	for _, site := range strings.Split(hierarchies[random.IntN(len(hierarchies))], ";") {
		for _, axis := range matrixPopulations {
			if random.IntN(3) == 0 {
				site += " " + axis[random.IntN(len(axis))]
			}
		}
		populations = append(populations, site)
	}
	var features []string
	for _, f := range model.FeaturesToRequest() {
		if random.IntN(4) == 0 {
			features = append(features, f.Key)
		}
	}
	for _, f := range fallbackConditions {
		if n := random.IntN(4); n > 0 {
			features = append(features, fmt.Sprintf("fsp.%s=%t", f.name, n > 1))
		}
	}
	return modeltest.RequestTree(strings.Join(populations, ";"), features...)
}

// TestRequiredRoles_UnknownInputs leaves each field of many questions unknown, one at a
// time. What is then known in the answer is the same for all values of the field, and
// what is the same for all values is known.
func TestRequiredRoles_UnknownInputs(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 4))
	version := model.Known(product.DefaultVersion)
	compared, stillKnown, lost := 0, 0, 0
	questions := 50 // fewer would not do for the share of what is lost
	if testing.Short() {
		questions = 5
	}
	for range questions {
		tree := randomQuestion(random)
		for _, l := range leaves(tree) {
			original := requestCopy(tree)
			l.set(original, model.UnknownValue{})
			unknown := flatAnswer(t, original, version)
			var all []map[string]any
			for _, sample := range l.samples {
				one := requestCopy(tree)
				l.set(one, sample)
				if values := flatAnswer(t, one, version); values != nil {
					all = append(all, values)
				}
			}
			if len(all) < 2 || unknown == nil {
				continue
			}
			for path, v := range unknown {
				if v == any(model.UnknownValue{}) {
					continue
				}
				compared++
				for i, values := range all {
					if values[path] != v {
						t.Fatalf("%s unknown: %s is %v, but %v with sample %d\n%v", l.name, path, v, values[path], i, tree)
					}
				}
			}
			if len(all) < len(l.samples) {
				continue // some values of the field make no valid question
			}
			for path, v := range all[0] {
				if strings.Contains(path, "instances") || varies(all, path) {
					continue // a map whose keys are not all known is not known
				}
				if unknown[path] == v {
					stillKnown++
					continue
				}
				lost++
				role := path[:max(0, strings.LastIndex(path, "/"))]
				if strings.HasSuffix(path, "/requirement") && !slices.ContainsFunc(slices.Collect(maps.Keys(all[0])), func(other string) bool {
					return strings.HasPrefix(other, role) && varies(all, other)
				}) {
					t.Errorf("%s unknown: %s is %v, although nothing about the role depends on it\n%v", l.name, path, unknown[path], tree)
				}
			}
		}
	}
	t.Logf("%d known fields hold for every value of the unknown one; %d of those that never vary stay known, %d do not", compared, stillKnown, lost)
	// Two inputs that exclude each other are not seen through, which all eight settings of
	// a role that may not be needed share.
	if lost*500 > stillKnown && !testing.Short() {
		t.Errorf("%d fields are not known although they do not vary, %d are", lost, stillKnown)
	}
}

// varies reports whether a field differs between answers, or is not in all of them.
func varies(answers []map[string]any, path string) bool {
	return slices.ContainsFunc(answers[1:], func(values map[string]any) bool {
		v, ok := values[path]
		return !ok || v != answers[0][path]
	})
}

// requestCopy copies a question so that one place can be changed.
func requestCopy(tree map[string]any) map[string]any {
	var copyOf func(any) any
	copyOf = func(node any) any {
		switch node := node.(type) {
		case map[string]any:
			m := make(map[string]any, len(node))
			for k, v := range node {
				m[k] = copyOf(v)
			}
			return m
		case []any:
			l := make([]any, len(node))
			for i, v := range node {
				l[i] = copyOf(v)
			}
			return l
		default:
			return node
		}
	}
	return copyOf(tree).(map[string]any)
}

// FuzzRequiredRoles asks anything that can be written: either something is said to be
// wrong with it, or it is answered in full, and the answer reads back as it was written.
func FuzzRequiredRoles(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		text, err := json.Marshal(modeltest.Marked(randomQuestion(random)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(`{"population":[{"site":"?","windows":"?"},"?",null]}`)
	f.Add(`{"population":"?","features":"?","fallback_status_point":"?"}`)
	f.Fuzz(func(t *testing.T, text string) {
		var node any
		if json.Unmarshal([]byte(text), &node) != nil {
			return
		}
		tree, ok := modeltest.Unknowns(node).(map[string]any)
		if !ok {
			return
		}
		r := &model.RequiredRoles{}
		if len(model.Decode(r, tree)) > 0 || len(r.Problems()) > 0 {
			return
		}
		Answer(r, model.Known(product.DefaultVersion))
		if r.Sites.IsNull() || r.Totals.IsNull() || r.Instances.IsNull() || r.RecommendedInstances.IsNull() || r.Notices.IsNull() {
			t.Fatalf("a part of the answer is missing: %s", text)
		}
		written := model.Encode(r)
		again := &model.RequiredRoles{}
		if errs := model.Decode(again, written); len(errs) > 0 || !reflect.DeepEqual(model.Encode(again), written) {
			t.Fatalf("the answer reads back differently: %v", errs)
		}
	})
}

// catalogdIDs reads the ids of the rule catalog from the list that it is held to.
func catalogdIDs(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile("../rules/testdata/ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, id := range strings.Fields(string(data)) {
		ids[id] = true
	}
	return ids
}
