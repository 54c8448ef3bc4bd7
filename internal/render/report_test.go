package render

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func reportOf(t testing.TB, object tree, findings ...ReportFinding) string {
	t.Helper()
	page, err := Report(hierarchy(t, object), "No findings. 200 rules decided, 0 undecided.", findings)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func diagramSVG(t testing.TB, object tree) string {
	t.Helper()
	picture, err := DiagramSVG(hierarchy(t, object))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// The picture of the complete example stands in the README. With -update it is written.
func TestDiagramSVG_OfTheCompleteExample(t *testing.T) {
	const file = "../../examples/complete/diagram.svg"
	picture := diagramSVG(t, complete(t))
	if *update {
		if err := os.WriteFile(file, []byte(picture), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(stored), "\r\n", "\n") != picture {
		t.Errorf("%s is not what is drawn: run make diagram and commit the result", file)
	}
}

// rectangle is a box or a card of a picture.
type rectangle struct {
	Class string `xml:"class,attr"`
	X     int    `xml:"x,attr"`
	Y     int    `xml:"y,attr"`
	W     int    `xml:"width,attr"`
	H     int    `xml:"height,attr"`
}

// Every computer is in the picture once for each of its sites, boxes do not overlap, and
// nothing is outside of the frame.
func TestDiagramSVG_ShowsEverythingOnce(t *testing.T) {
	t.Run("complete example", func(t *testing.T) { checkPicture(t, complete(t), 0) })
	t.Run("many sites", func(t *testing.T) { checkPicture(t, manySites(24, 22), 2) })
	t.Run("many computers", func(t *testing.T) {
		object := complete(t)
		roles := object["role_assignments"].(tree)
		for i := range 60 {
			host := fmt.Sprintf("dp%02d.contoso.com", i)
			roles[host] = tree{"role": "distribution_point", "server": tree{"fqdn": host, "site": tree{"site_code": "LON"}}}
		}
		checkPicture(t, object, 0)
	})
}

// checkPicture also holds the picture to a form that a page or a screen has, and counts
// the frames around sites.
func checkPicture(t *testing.T, object tree, frames int) {
	t.Helper()
	picture := diagramSVG(t, object)
	if got := strings.Count(picture, `class="frame"`); got != frames {
		t.Errorf("%d frames, want %d", got, frames)
	}
	var svg struct {
		Width  int         `xml:"width,attr"`
		Height int         `xml:"height,attr"`
		Rects  []rectangle `xml:"rect"`
		Texts  []string    `xml:"text"`
	}
	if err := xml.Unmarshal([]byte(picture), &svg); err != nil {
		t.Fatal(err)
	}
	d, err := newDesign(hierarchy(t, object))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, s := range d.Sites {
		for _, n := range d.nodesOf(s) {
			count[n.FQDN]++
		}
	}
	for name, want := range count {
		got := 0
		for _, text := range svg.Texts {
			if text == name {
				got++
			}
		}
		if got != want {
			t.Errorf("%s is drawn %d times, want %d", name, got, want)
		}
	}
	if svg.Width > 3*svg.Height || svg.Height > 2*svg.Width {
		t.Errorf("the picture is %d wide and %d high", svg.Width, svg.Height)
	}
	svg.Rects = slices.DeleteFunc(svg.Rects, func(r rectangle) bool { return r.Class == "frame" })
	for i, a := range svg.Rects {
		if a.X < 0 || a.Y < 0 || a.X+a.W > svg.Width || a.Y+a.H > svg.Height {
			t.Errorf("%+v is outside of %d by %d", a, svg.Width, svg.Height)
		}
		for _, b := range svg.Rects[i+1:] {
			if (a.Class == "site") == (b.Class == "site") && a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("%+v and %+v overlap", a, b)
			}
		}
	}
}

// No name or text of a design becomes markup or code.
func TestReport_EscapesNames(t *testing.T) {
	const attack = `</text></script><script>alert("x")</script><img src=x onerror=alert(1)>&`
	object := complete(t)
	for _, site := range object["sites"].(tree) {
		site.(tree)["name"] = attack
	}
	page := reportOf(t, object, ReportFinding{Severity: "error", Rule: "X", Guide: "javascript:alert(1)", Path: attack, Summary: attack, Found: attack, Why: attack, Fix: attack})
	if n := strings.Count(page, "<script"); n != 1 {
		t.Errorf("the page has %d scripts", n)
	}
	if strings.Contains(page, "<img") || strings.Contains(page, "javascript:") {
		t.Error("a name is markup or code")
	}
	decoder := xml.NewDecoder(strings.NewReader(diagramSVG(t, object)))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the picture is not well-formed: %v", err)
		}
	}
	if outside := regexp.MustCompile(`(?:src|href)="?(?:https?:)?//[^l]`).FindString(page); outside != "" {
		t.Errorf("the page loads something: %s", outside)
	}
}

// markup is what a page or a picture consists of: its elements with their attributes, and
// the texts in between.
func markup(t testing.TB, picture string) (elements, texts []string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(picture))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return elements, texts
		}
		if err != nil {
			t.Fatalf("the picture is not well-formed: %v\n%s", err, picture)
		}
		switch token := token.(type) {
		case xml.StartElement:
			names := token.Name.Local
			for _, a := range token.Attr {
				names += " " + a.Name.Local
			}
			elements = append(elements, names)
		case xml.CharData:
			texts = append(texts, string(token))
		}
	}
}

// FuzzDiagramSVG puts a text into every place: the picture has the same elements, and shows
// the text as one.
func FuzzDiagramSVG(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) {
		design := func(s string) tree { return designWith("x"+s+"x", "q01.contoso.com") }
		elements, texts := markup(t, diagramSVG(t, design(marker)))
		got, shown := markup(t, diagramSVG(t, design(s)))
		if !slices.Equal(got, elements) || len(shown) != len(texts) {
			t.Fatalf("%q makes other elements: %q, expected %q", s, got, elements)
		}
		markup(t, diagramSVG(t, anywhere(s)))
	})
}

// FuzzReport puts a text into every place, and into a finding: no element of the page
// comes or goes.
func FuzzReport(f *testing.F) {
	parts := func(t *testing.T, s string) []string {
		page := reportOf(t, designWith("x"+s+"x", "q01.contoso.com"), ReportFinding{
			Severity: "error", Rule: "X", Guide: cmp.Or(s, marker), Path: s, Summary: "x" + s, Found: "x" + s, Why: "x" + s, Fix: "x" + s,
		})
		var names []string
		for tokens := html.NewTokenizer(strings.NewReader(page)); ; {
			switch kind := tokens.Next(); kind {
			case html.ErrorToken:
				return names
			case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken, html.CommentToken:
				token := tokens.Token()
				for _, a := range token.Attr {
					token.Data += " " + a.Key
					if strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
						t.Fatalf("%q is code in %s", s, a.Key)
					}
				}
				names = append(names, token.Data)
			}
		}
	}
	fuzzText(f, func(t *testing.T, s string) {
		if want, got := parts(t, marker), parts(t, s); !slices.Equal(want, got) {
			t.Fatalf("%q makes other elements: %d, expected %d", s, len(got), len(want))
		}
	})
}

// probe adds to a page what it looks like where it is shown: how far it is wider than the
// window, and the least contrast of its texts with what is behind them.
const probe = `<script>
const channels = (color) => color.match(/[\d.]+/g).slice(0, 3).map(Number);
const light = (color) => {
  const [r, g, b] = channels(color).map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const color = getComputedStyle(e).backgroundColor;
    if (!color.endsWith(", 0)")) return color;
  }
  return "rgb(255, 255, 255)";
};
let contrast = 21;
for (const e of document.querySelectorAll("h1, h2, p, td, th, a, input, code")) {
  const [a, b] = [light(getComputedStyle(e).color), light(behind(e))];
  contrast = Math.min(contrast, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
}
document.body.dataset.seen = [document.documentElement.scrollWidth - innerWidth, contrast.toFixed(2), behind(document.body)].join("|");
</script>`

// A browser shows the page: all rows are there, a filter leaves those with its words, a
// narrow window has nothing outside of it, and texts can be read in the light and in the
// dark. The contrast is that of WCAG 2.2, success criterion 1.4.3.
func TestReport_InABrowser(t *testing.T) {
	browser := os.Getenv("CHROMIUM")
	if browser == "" {
		t.Skip("needs the path of Chromium in CHROMIUM, as make browser sets it")
	}
	file := filepath.Join(t.TempDir(), "report.html")
	page := reportOf(t, complete(t),
		ReportFinding{Severity: "accepted", Rule: "COLO-IIS-GROUPING", Summary: "a finding", Reason: "agreed"},
		ReportFinding{Severity: "warning", Rule: "COLO-FSP-DEDICATED", Summary: "a finding", Path: strings.Repeat("site_system_server", 20)},
		ReportFinding{Severity: "error", Rule: "HA-SSP-REMOTE-RCL", Guide: "https://example.com/", Summary: strings.Repeat("long", 100)})
	if first, last := strings.Index(page, "HA-SSP-REMOTE-RCL"), strings.Index(page, "COLO-IIS-GROUPING"); first < 0 || last < first {
		t.Error("errors do not stand first")
	}
	if err := os.WriteFile(file, []byte(strings.Replace(page, "</body>", probe+"</body>", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	seen := regexp.MustCompile(`data-seen="(-?\d+)\|([\d.]+)\|([^"]+)"`)
	load := func(filter, scheme, width string) (content, ground string) {
		address := url.URL{Scheme: "file", Path: file, Fragment: "filter=" + filter}
		// A browser that does not do what is asked of it may wait forever.
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		command := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir="+t.TempDir(),
			"--blink-settings=preferredColorScheme="+scheme, "--window-size="+width+",900", "--dump-dom", address.String())
		command.WaitDelay = time.Second // its children may hold the output open
		output, err := command.Output()
		if err != nil {
			t.Fatalf("%s: %v", browser, err)
		}
		look := seen.FindStringSubmatch(string(output))
		if look == nil {
			t.Fatalf("the page does not say what it looks like:\n%s", output)
		}
		if look[1] != "0" {
			t.Errorf("in a window %s wide the page is %s wider", width, look[1])
		}
		if contrast, err := strconv.ParseFloat(look[2], 64); err != nil || contrast < 4.5 {
			t.Errorf("a text has a contrast of %s (%v) on %s", look[2], err, look[3])
		}
		return string(output), look[3]
	}
	const dark, light = "0", "1"
	shown := regexp.MustCompile(`(\d+) of (\d+) rows`)
	row := regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	content, day := load("", light, "500")
	all := shown.FindStringSubmatch(content)
	if all == nil || all[1] != all[2] || all[1] == "0" {
		t.Fatalf("without a filter the page shows %v rows", all)
	}
	content, night := load("sea-mp01", dark, "1200")
	if day == night {
		t.Errorf("the ground is %s in the light and in the dark", day)
	}
	some := shown.FindStringSubmatch(content)
	if some == nil || some[1] == "0" || some[1] == some[2] || some[2] != all[2] {
		t.Fatalf("with a filter the page shows %v rows of %s", some, all[2])
	}
	visible := row.FindAllStringSubmatch(content, -1) // a hidden row has an attribute
	visible = slices.DeleteFunc(visible, func(r []string) bool { return strings.Contains(r[1], "<th>") })
	if len(visible) == 0 || slices.ContainsFunc(visible, func(r []string) bool { return !strings.Contains(r[1], "sea-mp01") }) {
		t.Errorf("a row without the word stays: %v", visible)
	}
	if !strings.Contains(content, `<table id="findings" hidden="">`) {
		t.Error("the head of a table stays whose rows are all filtered out")
	}
}
