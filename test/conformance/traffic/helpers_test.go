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

// question is a request and what is to become of it, as said writes it.
type question struct {
	name    string
	request Request
	want    string
}

// inWorld asks all questions about one cluster.
func inWorld(t *testing.T, world string, manifests []string, questions []question) {
	t.Helper()
	t.Run(world, func(t *testing.T) {
		requests := make([]Request, len(questions))
		for index, one := range questions {
			requests[index] = one.request
		}
		for index, answer := range asked(t, manifests, requests...) {
			if got := said(answer); got != questions[index].want {
				t.Errorf("%s: got %q, want %q", questions[index].name, got, questions[index].want)
			}
		}
	})
}

// said is who let a request in, or who kept it out and where; titles of policies without their kind.
func said(answer Answer) string {
	by := strings.ReplaceAll(answer.By, "AuthorizationPolicy ", "")
	if answer.Allowed {
		return strings.TrimSpace("in " + by)
	}
	for _, way := range answer.Ways {
		if !way.Allowed && len(way.Hops) > 0 {
			by += " at " + way.Hops[len(way.Hops)-1].At
			break
		}
	}
	return "out " + by + " (" + string(answer.Layer) + ")"
}

// split is where requests end, each with its share.
func split(answer Answer) string {
	var ends []string
	for _, way := range answer.Ways {
		ends = append(ends, fmt.Sprintf("%s %v", strings.TrimSpace(way.Workload+" "+way.Subset), way.Weight))
	}
	return strings.Join(ends, ", ")
}

// path is the hops of the first way, with the identity that each sees.
func path(answer Answer) string {
	var hops []string
	for _, hop := range answer.Ways[0].Hops {
		_, account, _ := strings.Cut(hop.Principal, "/ns/")
		hops = append(hops, strings.TrimSpace(fmt.Sprintf("%s %s %s", hop.At, hop.Transport, account)))
	}
	return strings.Join(hops, ", ")
}
