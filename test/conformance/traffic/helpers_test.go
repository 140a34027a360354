package traffic

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/judge"
)

// Istio's packages read their settings when the process starts, so that it has to start with them.
func TestMain(m *testing.M) {
	const name, value = "PILOT_ENABLE_AMBIENT", "true"
	if os.Getenv(name) == value {
		os.Exit(m.Run())
	}
	program, err := os.Executable()
	if err == nil {
		err = syscall.Exec(program, os.Args, append(os.Environ(), name+"="+value))
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

// apiServer fills in what an API server would.
var apiServer = sync.OnceValues(func() (*judge.Judge, error) {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api").Output()
	if err != nil {
		return nil, err
	}
	return judge.New(filepath.Join(strings.TrimSpace(string(module)), "config/crd/standard"))
})

func stored(tb testing.TB, pieces ...string) []json.RawMessage {
	tb.Helper()
	server, err := apiServer()
	if err != nil {
		tb.Fatal(err)
	}
	objects, err := server.Stored(context.Background(), []byte(strings.Join(pieces, "\n---\n")))
	if err != nil {
		tb.Fatal(err)
	}
	return objects
}

func asked(tb testing.TB, manifests []string, requests ...Request) []Answer {
	tb.Helper()
	answers, err := AskAll(stored(tb, manifests...), requests, cluster.Settings{})
	if err != nil {
		tb.Fatal(err)
	}
	return answers
}
