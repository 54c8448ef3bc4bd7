// release checks the files of a release against what the registries of Terraform and
// OpenTofu take, and against the commit that they are built from:
//
//	release DIST VERSION COMMIT TIME MANIFEST
//
// DIST is the folder that goreleaser wrote, TIME that of the commit in seconds since 1970.
//
// What the registries take: https://developer.hashicorp.com/terraform/registry/providers/publishing,
// "Manually Preparing a Release" (2026-11-29).
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

const name = "terraform-provider-configmgr"

func main() {
	if len(os.Args) != 6 {
		fail("release DIST VERSION COMMIT TIME MANIFEST")
	}
	seconds, err := strconv.ParseInt(os.Args[4], 10, 64)
	if err != nil {
		fail("%v", err)
	}
	r := release{dist: os.Args[1], version: os.Args[2], commit: os.Args[3], time: time.Unix(seconds, 0).UTC(), manifest: os.Args[5]}
	archives := r.checksums()
	for _, archive := range archives {
		if err := r.archive(archive); err != nil {
			fail("%s: %v", archive, err)
		}
	}
	fmt.Printf("%d archives and the manifest are as the registries take them, of version %s and commit %s\n", len(archives), r.version, r.commit)
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

type release struct {
	dist, version, commit, manifest string
	time                            time.Time
}

// checksums compares the file of checksums with the files beside it, and returns the archives.
func (r *release) checksums() []string {
	sums, err := os.ReadFile(filepath.Join(r.dist, fmt.Sprintf("%s_%s_SHA256SUMS", name, r.version)))
	if err != nil {
		fail("%v", err)
	}
	manifest := fmt.Sprintf("%s_%s_manifest.json", name, r.version)
	archive := regexp.MustCompile(`^` + name + `_` + regexp.QuoteMeta(r.version) + `_[a-z]+_[a-z0-9]+\.zip$`)
	var archives []string
	found := false
	for line := range strings.Lines(string(sums)) {
		sum, file, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		path := filepath.Join(r.dist, file)
		switch {
		case !ok:
			fail("a line of the checksums has another form: %q", line)
		case file == manifest:
			path, found = r.manifest, true
		case archive.MatchString(file):
			archives = append(archives, file)
		default:
			fail("the checksums name %s, which is no archive and not the manifest", file)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			fail("%v", err)
		}
		if got := sha256.Sum256(content); hex.EncodeToString(got[:]) != sum {
			fail("the checksum of %s is not that of the file", file)
		}
	}
	written, err := filepath.Glob(filepath.Join(r.dist, "*.zip"))
	if err != nil || len(written) != len(archives) || len(archives) == 0 || !found {
		fail("%d archives were written, the checksums name %d of them and the manifest: %t", len(written), len(archives), found)
	}
	return archives
}

// archive checks the executable in an archive.
func (r *release) archive(file string) error {
	system, architecture, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(file, name+"_"+r.version+"_"), ".zip"), "_")
	executable := name + "_v" + r.version
	if system == "windows" {
		executable += ".exe"
	}
	reader, err := zip.OpenReader(filepath.Join(r.dist, file))
	if err != nil {
		return err
	}
	defer reader.Close()
	var names []string
	var content []byte
	for _, f := range reader.File {
		names = append(names, f.Name)
		// The same commit gives the same archive, whenever and wherever it is built.
		if !f.Modified.Equal(r.time) {
			return fmt.Errorf("%s is of %v, the commit of %v", f.Name, f.Modified.UTC(), r.time)
		}
		want := os.FileMode(0o644)
		if f.Name == executable {
			want = 0o755
		}
		if f.Mode() != want {
			return fmt.Errorf("%s has the mode %v, not %v", f.Name, f.Mode(), want)
		}
		if f.Name != executable {
			continue
		}
		opened, err := f.Open()
		if err != nil {
			return err
		}
		if content, err = io.ReadAll(opened); err != nil {
			return err
		}
	}
	slices.Sort(names)
	if want := []string{"CHANGELOG.md", "LICENSE", "README.md", executable}; !slices.Equal(names, want) {
		return fmt.Errorf("it holds %q, not %q", names, want)
	}
	return r.executable(content, system, architecture)
}

func (r *release) executable(content []byte, system, architecture string) error {
	info, err := buildinfo.Read(bytes.NewReader(content))
	if err != nil {
		return err
	}
	built := map[string]string{}
	for _, s := range info.Settings {
		built[s.Key] = s.Value
	}
	for key, want := range map[string]string{"GOOS": system, "GOARCH": architecture, "CGO_ENABLED": "0", "-trimpath": "true"} {
		if built[key] != want {
			return fmt.Errorf("the executable is built with %s=%s, not %s", key, built[key], want)
		}
	}
	if !bytes.Contains(content, []byte(r.commit)) {
		return fmt.Errorf("the executable does not name the commit %s", r.commit)
	}
	if system != runtime.GOOS || architecture != runtime.GOARCH {
		return nil
	}
	folder, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "provider")
	if err := os.WriteFile(path, content, 0o700); err != nil {
		return err
	}
	said, err := exec.Command(path, "-version").Output()
	if want := fmt.Sprintf("%s %s of commit %s (", name, r.version, r.commit); err != nil || !strings.HasPrefix(string(said), want) {
		return fmt.Errorf("the executable says %q (%v), not %q", said, err, want)
	}
	return nil
}
