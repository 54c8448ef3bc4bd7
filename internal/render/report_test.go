package render

import (
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
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
	object := complete(t)
	picture := diagramSVG(t, object)
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

// A browser runs the page: all rows are there, and a filter leaves those with its words.
func TestReport_InABrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			browser = path
			break
		}
	}
	if browser == "" || testing.Short() {
		t.Skip("needs Chromium on PATH, or its path in CHROMIUM")
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, []byte(reportOf(t, complete(t), ReportFinding{Severity: "warning", Rule: "COLO-FSP-DEDICATED", Summary: "a finding"})), 0o600); err != nil {
		t.Fatal(err)
	}
	load := func(filter string) string {
		address := url.URL{Scheme: "file", Path: file, Fragment: "filter=" + filter}
		output, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--dump-dom", address.String()).Output()
		if err != nil {
			t.Fatalf("%s: %v", browser, err)
		}
		return string(output)
	}
	shown := regexp.MustCompile(`(\d+) of (\d+) rows`)
	row := regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	all := shown.FindStringSubmatch(load(""))
	if all == nil || all[1] != all[2] || all[1] == "0" {
		t.Fatalf("without a filter the page shows %v rows", all)
	}
	page := load("sea-mp01")
	some := shown.FindStringSubmatch(page)
	if some == nil || some[1] == "0" || some[1] == some[2] || some[2] != all[2] {
		t.Fatalf("with a filter the page shows %v rows of %s", some, all[2])
	}
	visible := row.FindAllStringSubmatch(page, -1) // a hidden row has an attribute
	visible = slices.DeleteFunc(visible, func(r []string) bool { return strings.Contains(r[1], "<th>") })
	if len(visible) == 0 || slices.ContainsFunc(visible, func(r []string) bool { return !strings.Contains(r[1], "sea-mp01") }) {
		t.Errorf("a row without the word stays: %v", visible)
	}
}
