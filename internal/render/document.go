package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Judgment is what the rules say about a design, for its document.
type Judgment struct {
	Findings []DocumentFinding // in their order
	Accepted []DocumentFinding
	Required []DocumentNeed
}

// DocumentFinding is a finding of a rule.
type DocumentFinding struct {
	Rule, Severity string // such as SITE-CODE-RESERVED and error
	Fact, Found    string
	Fix            string
	Reference      string // address of the article
	Reason         string // for which it is accepted, empty unless it is
}

// DocumentNeed is a role that a site needs for its clients.
type DocumentNeed struct {
	SiteCode, Role, Requirement string
	Minimum                     int64
	Reasons                     []string
}

// DesignDocument writes what a design is about as a page in Markdown: the verdict, the
// diagram, tables of sites, computers, roles, accounts and connections, the findings, the
// required roles with what covers them, and the runbook, which begins with the hierarchy
// that runs, nil for nothing.
func DesignDocument(h, existing *model.Hierarchy, judgment *Judgment) (string, error) {
	diagram, err := MermaidDiagram(h)
	if err != nil {
		return "", err
	}
	rules, err := FirewallRules(h)
	if err != nil {
		return "", err
	}
	d, err := newTransition(h, existing)
	if err != nil {
		return "", err
	}
	if judgment == nil {
		judgment = &Judgment{}
	}
	p := &page{design: d}
	p.line("# Configuration Manager hierarchy")
	p.verdict(judgment)
	p.heading("Diagram")
	p.line("```mermaid\n%s```", diagram)
	p.sites()
	p.servers()
	p.roles()
	p.accounts()
	p.required(judgment.Required)
	p.findings("Findings", judgment.Findings)
	p.findings("Accepted findings", judgment.Accepted)
	p.runbook()
	p.connections(rules)
	return strings.TrimRight(p.text.String(), "\n") + "\n", nil
}

// page collects the text of a document.
type page struct {
	*design
	text strings.Builder
}

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(&p.text, format, args...)
	p.text.WriteString("\n\n")
}

func (p *page) heading(title string) { p.line("## %s", title) }

// table writes rows below headings. Where there are none, it writes a sentence instead.
func (p *page) table(none string, headings []string, rows [][]string) {
	if len(rows) == 0 {
		p.line("%s", none)
		return
	}
	p.text.WriteString("| " + strings.Join(headings, " | ") + " |\n|" + strings.Repeat("---|", len(headings)) + "\n")
	for _, row := range rows {
		p.text.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	p.text.WriteByte('\n')
}

// markdownText writes a text that a user declared: everything that Markdown or HTML could
// take for something else is an entity with the number of the character.
func markdownText(s string) string {
	var b strings.Builder
	for at, c := range s {
		switch {
		case c == '_' && at > 0 && at+1 < len(s) && isAlphanumeric(rune(s[at-1])) && isAlphanumeric(rune(s[at+1])):
			b.WriteRune(c) // within a word it stands for nothing
		case isAlphanumeric(c), strings.ContainsRune(" .,;:()/'-$", c), c > 0x7f && c != '\u2028' && c != '\u2029' && c != '\u0085':
			b.WriteRune(c)
		case c < ' ':
			b.WriteRune(' ')
		default:
			fmt.Fprintf(&b, "&#%d;", c)
		}
	}
	// At the beginning of a cell or a line, a hyphen would begin a list.
	if text := strings.TrimSpace(b.String()); strings.HasPrefix(text, "-") {
		return "&#45;" + text[1:]
	}
	return strings.TrimSpace(b.String())
}

func markdownList(list []string, separator string) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = markdownText(s)
	}
	return strings.Join(texts, separator)
}

func (p *page) verdict(j *Judgment) {
	count := map[string]int{}
	for _, f := range j.Findings {
		count[f.Severity]++
	}
	switch {
	case count["error"] > 0:
		p.line("**Verdict: not to be built as it is.** %s, %s.", counted(count["error"], "error"), counted(count["warning"], "warning"))
	case count["warning"] > 0:
		p.line("**Verdict: can be built.** %s to look at.", counted(count["warning"], "warning"))
	default:
		p.line("**Verdict: can be built.** No rule finds anything.")
	}
	plan := p.Plan()
	p.line("%s, %s, %s; %s with a reason.", counted(len(p.Sites), "site"), counted(len(plan.Servers), "computer"),
		counted(len(plan.Steps), "step")+" to build it", counted(len(j.Accepted), "finding")+" accepted")
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (p *page) sites() {
	p.heading("Sites")
	var rows [][]string
	for _, s := range p.Sites {
		name, _ := s.Declared.Name.Get()
		passive, _ := s.Declared.PassiveServer.Get()
		mode, _ := s.Declared.Communication.Get()
		version, _ := s.Declared.EffectiveVersion(product.DefaultVersion).Get()
		state := "to be installed"
		if is, _ := s.Declared.Installed.Get(); is {
			state = "installed"
		}
		servers := markdownText(s.Server)
		if passive != "" {
			servers += "<br>" + markdownText(passive) + " (passive)"
		}
		rows = append(rows, []string{
			markdownText(s.Code), markdownText(name), s.Tier.Name(), markdownText(s.Parent), servers,
			markdownText(s.DatabaseServer()), markdownText(mode), version.String(), state,
		})
	}
	p.table("There are no sites.", []string{"Code", "Name", "Tier", "Parent", "Site server", "Site database", "Client communication", "Version", "State"}, rows)
}

func (p *page) servers() {
	p.heading("Computers")
	var rows, installed [][]string
	same := map[string]int{} // the rows of what is installed, by what it is
	for _, s := range p.Plan().Servers {
		rows = append(rows, []string{
			markdownText(s.FQDN), markdownList(s.SiteCodes, ", "), markdownList(roleTitles(s.Roles), "<br>"),
			markdownList(s.LocalAdministrators, "<br>"), certificateTexts(s.Certificates), sizeText(s.Sizing),
		})
		if len(s.Features)+len(s.Programs) == 0 {
			continue
		}
		features, programs := markdownList(s.Features, ", "), markdownList(programTexts(s.Programs), "<br>")
		if i, ok := same[features+"|"+programs]; ok {
			installed[i][0] += "<br>" + markdownText(s.FQDN)
			continue
		}
		same[features+"|"+programs] = len(installed)
		installed = append(installed, []string{markdownText(s.FQDN), features, programs})
	}
	p.table("There are no computers.", []string{"Computer", "Sites", "Parts", "Local administrators", "Certificates", "Size"}, rows)
	p.line("### What is installed on them")
	p.table("Nothing is.", []string{"Computers", "Windows features", "Further programs"}, installed)
}

func programTexts(list []install.Program) []string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = strings.TrimSpace(p.Name + " " + p.Version)
	}
	return texts
}

func certificateTexts(list []install.Certificate) string {
	texts := make([]string, len(list))
	for i, c := range list {
		texts[i] = strings.ReplaceAll(c.Kind, "_", " ") + ": " + c.Purpose
	}
	return markdownList(texts, "<br>")
}

// sizeText writes what a computer should have. Zero is what no article says.
func sizeText(s install.Sizing) string {
	var parts []string
	for _, part := range []struct {
		number int64
		unit   string
	}{{s.Cores, "cores"}, {s.MemoryGB, "GB of memory"}, {s.DiskGB, "GB of disk"}, {s.SQLMemoryPercent, "percent of the memory for SQL Server"}} {
		if part.number > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.number, part.unit))
		}
	}
	return strings.Join(parts, ", ")
}

// roleTitles are roles and parts in words.
func roleTitles(keys []string) []string {
	titles := make([]string, len(keys))
	for i, key := range keys {
		titles[i] = strings.ReplaceAll(key, "_", " ")
		if name, ok := dutyNames[key]; ok {
			titles[i] = name
		} else if role, ok := product.RoleByKey(key); ok {
			titles[i] = product.RoleName(role.Key)
		}
	}
	return titles
}

func (p *page) roles() {
	p.heading("Roles")
	var rows [][]string
	p.EachAssignment(func(s *install.Site, on *install.Host, a *model.Assignment) {
		role := install.ForAssignment(a)
		command := ""
		if role.Command != nil && role.Command.Known() {
			for _, parameter := range role.Command.Parameters {
				if parameter.Name != "SiteSystemServerName" && parameter.Name != "SiteCode" {
					command += parameter.Name + " " + parameter.Text() + "; "
				}
			}
		}
		rows = append(rows, []string{markdownText(s.Code), markdownText(on.FQDN), product.RoleName(install.RoleOf(a)), markdownText(strings.TrimSuffix(command, "; "))})
	})
	p.table("There are no roles.", []string{"Site", "Server", "Role", "Settings"}, rows)
}

func (p *page) accounts() {
	p.heading("Accounts")
	resources, _ := p.StateOf()
	var rows [][]string
	for _, r := range resources {
		if r.Resource != "CMAccounts" {
			continue
		}
		for _, property := range r.Properties {
			if property.Name != "Account" {
				continue
			}
			account := property.Text()
			if placeholder, ok := property.Value.(install.Placeholder); ok {
				account = "not named yet: " + placeholder.Purpose
			}
			rows = append(rows, []string{markdownText(r.SiteCode), markdownText(account), markdownList(p.usesOf(r.SiteCode, account), "<br>")})
		}
	}
	p.table("No account is named. Computer accounts do everything.", []string{"Site", "Account", "Used by"}, rows)
}

// usesOf are the steps that name an account.
func (p *page) usesOf(siteCode, account string) []string {
	var uses []string
	for _, step := range p.Plan().Steps {
		if step.Command == nil || step.Action == install.DoAddAccount || step.SiteCode != siteCode {
			continue
		}
		for _, parameter := range step.Command.Parameters {
			if text, ok := parameter.Value.(string); ok && strings.EqualFold(text, account) {
				uses = append(uses, step.ID)
			}
		}
	}
	return uses
}

func (p *page) required(needs []DocumentNeed) {
	p.heading("Required roles")
	var rows [][]string
	for _, n := range needs {
		var covers []string
		if s := p.Site(n.SiteCode); s != nil {
			for _, on := range s.Hosts {
				brought := s.Tier == product.TierSecondary && on.SiteServer && (n.Role == product.RoleManagementPoint || n.Role == product.RoleDistributionPoint)
				if brought || slices.ContainsFunc(on.Roles, func(a *model.Assignment) bool { return install.RoleOf(a) == n.Role }) {
					covers = append(covers, on.FQDN)
				}
			}
		}
		cover := markdownList(covers, "<br>")
		if len(covers) == 0 {
			cover = "nothing"
		}
		minimum := ""
		if n.Minimum > 0 {
			minimum = fmt.Sprint(n.Minimum)
		}
		rows = append(rows, []string{markdownText(n.SiteCode), product.RoleName(n.Role), markdownText(n.Requirement), minimum, cover, markdownList(n.Reasons, "<br>")})
	}
	p.table("No clients are declared that would need roles.", []string{"Site", "Role", "Requirement", "At least", "Covered by", "Why"}, rows)
}

func (p *page) findings(title string, findings []DocumentFinding) {
	p.heading(title)
	var rows [][]string
	for _, f := range findings {
		last := f.Fix
		if f.Reason != "" {
			last = f.Reason
		}
		rule := markdownText(f.Rule)
		if strings.HasPrefix(f.Reference, "https://") && !strings.ContainsAny(f.Reference, " ()<>\n|") {
			rule = "[" + rule + "](" + f.Reference + ")"
		}
		rows = append(rows, []string{markdownText(f.Severity), rule, markdownText(f.Fact), markdownText(f.Found), markdownText(last)})
	}
	headings := []string{"Severity", "Rule", "Fact", "Found", "What to do"}
	if title != "Findings" {
		headings[4] = "Reason"
	}
	p.table("There are none.", headings, rows)
}

func (p *page) runbook() {
	p.heading("Runbook")
	for _, refusal := range p.Refusals() {
		p.line("> **The product refuses this:** %s", markdownText(refusal.Error()))
	}
	phase, number := "", 0
	for _, step := range p.Plan().Steps {
		if step.Phase != phase {
			phase = step.Phase
			if number > 0 {
				p.text.WriteByte('\n')
			}
			title := strings.ReplaceAll(phase, "_", " ")
			title = strings.ReplaceAll(strings.ToUpper(title[:1])+title[1:], "Sms", "SMS")
			p.line("### %s", title)
		}
		number++
		about := about[step.Action]
		if step.Action == install.DoRemove {
			about = "**" + removalOf(step) + "**"
		}
		subject := step.ID
		// Every line has the number 1: Markdown counts, and a step more changes no other line.
		fmt.Fprintf(&p.text, "1. %s: %s", markdownText(subject), about)
		if len(step.Requires) > 0 {
			p.text.WriteString(" (after " + markdownList(step.Requires, ", ") + ")")
		}
		p.text.WriteByte('\n')
	}
	if number == 0 {
		p.text.WriteString("Everything is there.\n")
	}
	p.text.WriteByte('\n')
}

// removalOf says what a step removes.
func removalOf(step install.Step) string {
	switch step.Role {
	case "":
		return "Remove the site"
	case "site_system":
		return "Remove the site system server from the site"
	case install.BoundaryGroup:
		return "Take the site systems out of the boundary group"
	default:
		return "Remove the " + roleTitles([]string{step.Role})[0]
	}
}

func (p *page) connections(rules []FirewallRule) {
	p.heading("Connections")
	titles := map[string]string{
		install.KindInbound: "Between computers, and from clients and consoles", install.KindOutbound: "Out of the hierarchy",
		install.KindInternet: "To services on the internet", install.KindDomainController: "To domain controllers",
		install.KindWinRM: "Of installation scripts", install.KindAvailability: "Between replicas",
	}
	for _, kind := range install.Kinds() {
		var rows [][]string
		for _, r := range rules {
			if r.Kind != kind {
				continue
			}
			source := markdownList(roleTitles([]string{r.Source}), "")
			if len(r.SourceServers) > 0 {
				source += "<br>" + markdownList(r.SourceServers, "<br>")
			}
			rows = append(rows, []string{source, markdownText(r.Destination), strings.ToUpper(r.Protocol) + " " + r.Ports, markdownText(r.Purpose)})
		}
		if len(rows) > 0 {
			p.line("### %s", titles[kind])
			p.table("", []string{"From", "To", "Port", "What for"}, rows)
		}
	}
}
