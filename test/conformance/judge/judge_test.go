package judge

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const golden = "../../golden/online-shop"

func TestTheShopOfTheTestsIsClean(t *testing.T) {
	if findings := judged(t, shop); len(findings) > 0 {
		t.Error(listed(findings))
	}
}

func TestGoldenManifestsAreClean(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(golden, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no golden manifests", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			findings, err := theJudge(t).Files(context.Background(), []string{file})
			if err != nil {
				t.Fatal(err)
			}
			if !Clean(findings) {
				t.Error(listed(findings))
			}
		})
	}
}

func TestFilesTogetherAreOneCluster(t *testing.T) {
	route := `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart], http: [{route: [{destination: {host: cart}}]}]}
`
	if got := troubles(judged(t, route)); !slices.Equal(got, []string{"IST0101 error VirtualService shop/cart"}) {
		t.Errorf("alone: %q", got)
	}
	if got := troubles(judged(t, route, shop)); got != nil {
		t.Errorf("with the shop: %q", got)
	}
}

func TestFindingsAreSortedAndSaidOnce(t *testing.T) {
	broken := `
apiVersion: v1
kind: ServiceAccount
metadata: {name: b, nonsense: 1}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: a, nonsense: 1}
`
	findings := judged(t, broken, broken)
	want := []string{"a.yaml ServiceAccount a", "a.yaml ServiceAccount b", "b.yaml ServiceAccount a", "b.yaml ServiceAccount b"}
	var got []string
	for _, f := range findings {
		got = append(got, f.File+" "+f.Object)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestFindingIsWrittenAsJSON(t *testing.T) {
	text, err := json.Marshal(Finding{File: "f", Object: "o", Code: CodeCEL, Level: LevelError, Text: "t"})
	if want := `{"file":"f","object":"o","code":"CEL","level":"error","text":"t"}`; err != nil || string(text) != want {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestCleanAllowsInformation(t *testing.T) {
	for level, want := range map[string]bool{LevelInfo: true, LevelWarning: false, LevelError: false} {
		if got := Clean([]Finding{{Level: LevelInfo}, {Level: level}}); got != want {
			t.Errorf("%s: got %v", level, got)
		}
	}
}

// The log keeps the standard output it was given at first, so only another process shows what goes there.
func TestNothingIsWrittenToStandardOutput(t *testing.T) {
	const alone = "JUDGE_ALONE"
	if os.Getenv(alone) != "" {
		judged(t, shop, "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: a}\nspec: {mtls: {mode: NO}}")
		os.Exit(0)
	}
	process := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	process.Env = append(os.Environ(), alone+"=yes")
	written, err := process.Output()
	if err != nil || len(written) > 0 {
		t.Errorf("wrote %q, %v", written, err)
	}
}

func TestStopsWhenTheContextEnds(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := theJudge(t).Documents(ended, map[string][]byte{"a.yaml": []byte(shop)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestFailsWithoutFilesOrCRDs(t *testing.T) {
	if _, err := theJudge(t).Files(context.Background(), []string{"nowhere.yaml"}); err == nil {
		t.Error("a missing file is no error")
	}
	if _, err := Files(context.Background(), nil, t.TempDir()); err == nil || !strings.Contains(err.Error(), "no CRDs") {
		t.Errorf("a folder without CRDs gives %v", err)
	}
}

func BenchmarkGoldenManifests(b *testing.B) {
	judge := theJudge(b)
	for _, plane := range []string{"ambient.yaml", "sidecar.yaml"} {
		b.Run(plane, func(b *testing.B) {
			for b.Loop() {
				if _, err := judge.Files(context.Background(), []string{filepath.Join(golden, plane)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
