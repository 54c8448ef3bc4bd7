package render

import (
	_ "embed"
	"encoding/xml"
	"fmt"
	"html/template"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// ReportFinding is a finding as a report shows it. Severity is error, warning or accepted;
// an accepted one has a Reason in place of a Fix.
type ReportFinding struct {
	Severity, Rule, Guide, Path, Summary, Found, Why, Fix, Reason string
}

//go:embed report.html
var reportPage string

// html/template escapes each value for its place, so that no name becomes markup or code.
var reportTemplate = template.Must(template.New("report").Parse(reportPage))

// reportRow is a computer of a site, or a role on one.
type reportRow struct{ Site, Computer, What string }

// Report writes one HTML page about a hierarchy that needs nothing else: the verdict in
// one line, the diagram as SVG, the findings, errors first, and tables of computers and
// steps with a filter.
func Report(h *model.Hierarchy, verdict string, findings []ReportFinding) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	diagram, err := DiagramSVG(h)
	if err != nil {
		return "", err
	}
	var rows []reportRow
	for _, s := range d.Sites {
		for _, n := range d.nodesOf(s) {
			rows = append(rows, reportRow{s.Code, n.FQDN, strings.Join(n.tasks, ", ")})
		}
	}
	title := "Configuration Manager design"
	if len(d.Sites) > 0 {
		title = siteTitle(d.Sites[0])
	}
	worst := "clean"
	for _, f := range findings {
		if f.Severity == "error" || f.Severity == "warning" && worst == "clean" {
			worst = f.Severity
		}
	}
	// What has to be mended stands first.
	findings = slices.Clone(findings)
	rank := map[string]int{"error": 1, "warning": 2, "accepted": 3}
	slices.SortStableFunc(findings, func(a, b ReportFinding) int { return rank[a.Severity] - rank[b.Severity] })
	var b strings.Builder
	err = reportTemplate.Execute(&b, map[string]any{
		"Title": title, "Verdict": verdict, "Worst": worst, "Findings": findings, "Computers": rows, "Steps": d.Plan().Steps,
		"Diagram": template.HTML(diagram), //nolint:gosec // DiagramSVG escapes every name
	})
	return b.String(), err
}

// Sizes of the diagram in pixels.
const (
	svgCard   = 300 // width of a computer
	svgLine   = 15
	svgMargin = 12
	svgGap    = 70  // between a site and its children
	svgText   = 46  // characters that fit a line of a card
	svgRows   = 500 // least height at which the computers of a site go on in the next column
	svgMany   = 6   // sites below one, above which these stand in a frame of several columns
	svgHead   = 2*svgMargin + svgLine
	svgAspect = 1.6 // of what is in several columns
)

// svgBox is a site with the place of its computers.
type svgBox struct {
	site                *install.Site
	code, title         string
	x, y, width, height int
	cards               []svgPlaced
	children            []*svgBox
	inner               []*svgBox // the sites within a frame, placed from its corner
	span                int       // height of the box with all that is below it
}

type svgPlaced struct {
	x, y, height int
	class        string
	lines        []string
}

// DiagramSVG draws a hierarchy as an SVG picture that needs nothing else: a box for each
// site, parents left of their children, and in it a card for each computer with what it
// does there.
func DiagramSVG(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	boxes := map[string]*svgBox{}
	for _, s := range d.Sites {
		boxes[s.Code] = d.svgBox(s)
	}
	for _, code := range slices.Sorted(maps.Keys(d.External)) {
		title := code + " · not part of this hierarchy"
		boxes[code] = &svgBox{title: title, code: code, width: max(svgCard+2*svgMargin, svgTitle(title)), height: svgHead}
	}
	var tops []*svgBox
	for _, code := range slices.Sorted(maps.Keys(boxes)) {
		box := boxes[code]
		if box.site != nil && boxes[box.site.Parent] != nil && box.site.Parent != code {
			parent := boxes[box.site.Parent]
			parent.children = append(parent.children, box)
		} else {
			tops = append(tops, box)
		}
	}
	// Sites that are each other's parents hang below nothing.
	for _, code := range slices.Sorted(maps.Keys(boxes)) {
		if box := boxes[code]; !slices.ContainsFunc(tops, func(top *svgBox) bool { return top.holds(box, len(boxes)) }) {
			box.children = nil
			tops = append(tops, box)
		}
	}
	width, height := 0, svgMargin
	for _, top := range tops {
		top.gather()
		height += top.place(svgMargin, height) + svgMargin
	}
	var b strings.Builder
	for _, top := range tops {
		width = max(width, top.draw(&b))
	}
	const look = `.frame{fill:#fff;stroke:#1f5fa8;stroke-dasharray:2 3}.site{fill:#f7f9fb;stroke:#5b7083}.title{font-weight:600}.link{fill:none;stroke:#1f5fa8;stroke-width:2}text{font:12px sans-serif;fill:#1b2733}` +
		`.siteServer{fill:#d7e8fa;stroke:#1f5fa8}.passive{fill:#eef5fc;stroke:#1f5fa8;stroke-dasharray:5 4}.database{fill:#f3e9d2;stroke:#97722a}.server{fill:#fff;stroke:#5b7083}`
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n<title>Sites and computers</title>\n<style>%s</style>\n%s</svg>\n",
		width+svgMargin, height, width+svgMargin, height, look, b.String()), nil
}

// holds reports whether a box is this one or below it, down to a depth.
func (box *svgBox) holds(other *svgBox, depth int) bool {
	return box == other || depth > 0 && slices.ContainsFunc(box.children, func(child *svgBox) bool { return child.holds(other, depth-1) })
}

// svgBox lays out the computers of a site: in columns, and in longer ones where there are
// many, so that a picture is not much wider than high.
func (d *design) svgBox(s *install.Site) *svgBox {
	box := &svgBox{site: s, code: s.Code, title: siteTitle(s), height: svgMargin}
	var cards []svgPlaced
	total := 0
	for _, n := range d.nodesOf(s) {
		card := svgPlaced{class: "server"}
		switch {
		case n.SiteServer:
			card.class = "siteServer"
		case n.Passive:
			card.class = "passive"
		case n.Database:
			card.class = "database"
		}
		for _, text := range append([]string{n.FQDN}, append(slices.Clone(n.tasks), d.upstream(s, n.Host)...)...) {
			card.lines = append(card.lines, clipped(text, svgText))
		}
		card.height = svgMargin + svgLine*len(card.lines)
		total += card.height + svgMargin
		cards = append(cards, card)
	}
	x, y := svgMargin, svgHead
	rows := max(svgRows, int(math.Sqrt(float64(total*svgCard)/svgAspect)))
	for _, card := range cards {
		if y > svgHead && y+card.height > rows {
			x, y = x+svgCard+svgMargin, svgHead
		}
		card.x, card.y = x, y
		y += card.height + svgMargin
		box.cards = append(box.cards, card)
		box.height = max(box.height, y)
	}
	box.height = max(box.height, svgHead)
	box.width = max(x+svgCard+svgMargin, svgTitle(box.title))
	return box
}

// svgTitle is the width of a box that has a title in it.
func svgTitle(title string) int { return 2*svgMargin + 7*utf8.RuneCountInString(title) }

// clipped cuts a text that is longer than a number of characters.
func clipped(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return string(runes[:limit-1]) + "…"
}

// place puts a box and those below it, and returns the height that they take.
func (box *svgBox) place(x, y int) int {
	box.x = x
	below := 0
	for _, child := range box.children {
		below += child.place(x+box.width+svgGap, y+below) + svgMargin
	}
	box.span = max(box.height, below-svgMargin)
	box.y = y + (box.span-box.height)/2
	if len(box.children) > 0 && box.height > below {
		for _, child := range box.children {
			child.shift((box.height - below + svgMargin) / 2)
		}
	}
	return box.span
}

// gather puts the sites below a site that have none below themselves into a frame, where
// they are many.
func (box *svgBox) gather() {
	var leaves, others []*svgBox
	for _, child := range box.children {
		if len(child.children) == 0 {
			leaves = append(leaves, child)
		} else {
			child.gather()
			others = append(others, child)
		}
	}
	if len(leaves) <= svgMany {
		return
	}
	frame := &svgBox{title: fmt.Sprintf("%d sites below %s", len(leaves), box.code), inner: leaves}
	frame.arrange()
	others = append(others, frame)
	box.children = others
}

// arrange puts the sites of a frame in columns.
func (box *svgBox) arrange() {
	area := 0
	for _, site := range box.inner {
		area += (site.width + svgMargin) * (site.height + svgMargin)
	}
	rows := int(math.Sqrt(float64(area) / svgAspect))
	x, y, wide := svgMargin, svgHead, 0
	for _, site := range box.inner {
		if y > svgHead && y+site.height > svgHead+rows {
			x, y, wide = x+wide+svgMargin, svgHead, 0
		}
		site.x, site.y = x, y
		y += site.height + svgMargin
		wide = max(wide, site.width)
		box.height = max(box.height, y)
	}
	box.width = max(x+wide+svgMargin, svgTitle(box.title))
}

func (box *svgBox) shift(by int) {
	box.y += by
	for _, child := range box.children {
		child.shift(by)
	}
}

// draw writes a box and those below it, and returns where the last one ends.
func (box *svgBox) draw(b *strings.Builder) int {
	right := box.x + box.width
	for _, child := range box.children {
		from, to := box.y+box.height/2, child.y+child.height/2
		middle := right + svgGap/2
		fmt.Fprintf(b, "<path class=\"link\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n", right, from, middle, from, middle, to, child.x, to)
	}
	class := "site"
	if box.inner != nil {
		class = "frame"
	}
	fmt.Fprintf(b, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n", class, box.x, box.y, box.width, box.height)
	svgLineOf(b, "title", box.x+svgMargin, box.y+svgMargin+svgLine-3, box.title)
	for _, card := range box.cards {
		fmt.Fprintf(b, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n", card.class, box.x+card.x, box.y+card.y, svgCard, card.height)
		for i, line := range card.lines {
			name := ""
			if i == 0 {
				name = "title"
			}
			svgLineOf(b, name, box.x+card.x+svgMargin/2, box.y+card.y+svgLine*(i+1), line)
		}
	}
	for _, site := range box.inner {
		site.x, site.y = box.x+site.x, box.y+site.y
		site.draw(b)
	}
	for _, child := range box.children {
		right = max(right, child.draw(b))
	}
	return right
}

func svgLineOf(b *strings.Builder, class string, x, y int, text string) {
	fmt.Fprintf(b, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y)
	_ = xml.EscapeText(b, []byte(text)) // also replaces control characters, which XML does not allow; writing to a builder does not fail
	b.WriteString("</text>\n")
}
