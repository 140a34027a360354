package judge

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// shop is a namespace with sidecars where one service runs. Nothing is wrong with it.
const shop = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart, version: v1}}
    spec: {containers: [{name: cart, image: cart}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80, protocol: TCP}]
`

var sharedJudge = sync.OnceValues(func() (*Judge, error) {
	folder, err := gatewayCRDs()
	if err != nil {
		return nil, err
	}
	return New(folder)
})

// gatewayCRDs is the folder of the standard channel in the module of the Gateway API.
func gatewayCRDs() (string, error) {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api").Output()
	return filepath.Join(strings.TrimSpace(string(module)), "config/crd/standard"), err
}

func theJudge(tb testing.TB) *Judge {
	tb.Helper()
	judge, err := sharedJudge()
	if err != nil {
		tb.Fatal(err)
	}
	return judge
}

// judged is what the judge finds in texts that are one cluster, each a file.
func judged(tb testing.TB, texts ...string) []Finding {
	tb.Helper()
	files := map[string][]byte{}
	for i, text := range texts {
		files[string(rune('a'+i))+".yaml"] = []byte(text)
	}
	findings, err := theJudge(tb).Documents(context.Background(), files)
	if err != nil {
		tb.Fatal(err)
	}
	return findings
}

// judgement is an object added to the shop and what is found then.
type judgement struct {
	name   string
	object string
	want   []string // code, level and object of each finding that is no information
	says   string   // part of the text of one of them
}

// inShop judges each case together with the shop.
func inShop(t *testing.T, cases []judgement) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			findings := judged(t, shop, c.object)
			if got := troubles(findings); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q:\n%s", got, c.want, listed(findings))
			}
			if !strings.Contains(listed(findings), c.says) {
				t.Errorf("no text has %q:\n%s", c.says, listed(findings))
			}
		})
	}
}

func troubles(findings []Finding) []string {
	var all []string
	for _, f := range findings {
		if f.Level != LevelInfo {
			all = append(all, strings.TrimSpace(f.Code+" "+f.Level+" "+f.Object))
		}
	}
	return all
}

func listed(findings []Finding) string {
	lines := make([]string, len(findings))
	for i, f := range findings {
		lines[i] = strings.Join([]string{f.File, f.Object, f.Code, f.Level, f.Text}, " | ")
	}
	return strings.Join(lines, "\n")
}
