package bootstrap

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"istio-constructs/test/conformance/cluster"
)

func deployment(name string) string {
	return `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"` + name + `","namespace":"shop"},"spec":{"replicas":2,
		"template":{"metadata":{"labels":{"app":"` + name + `"}},"spec":{"serviceAccountName":"` + name + `","containers":[{"name":"a","image":"a"}]}}}}`
}

// shop is two services with sidecars: web calls cart, which tells who may.
var shop = []string{
	`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","labels":{"istio-injection":"enabled"}}}`,
	deployment("cart"), deployment("web"),
	`{"apiVersion":"v1","kind":"Service","metadata":{"name":"cart","namespace":"shop"},
		"spec":{"selector":{"app":"cart"},"ports":[{"name":"http","port":80,"targetPort":8080,"protocol":"TCP"}]}}`,
	`{"apiVersion":"security.istio.io/v1","kind":"AuthorizationPolicy","metadata":{"name":"cart","namespace":"shop"},
		"spec":{"rules":[{"from":[{"source":{"principals":["cluster.local/ns/shop/sa/web"]}}]}]}}`,
}

func asked(t *testing.T, proxy string) (Answer, error) {
	t.Helper()
	manifests := make([]json.RawMessage, len(shop))
	for index, text := range shop {
		manifests[index] = json.RawMessage(text)
	}
	question := Question{Proxy: proxy, From: cluster.Caller{Workload: "shop/web"}, Host: "cart.shop.svc.cluster.local", Port: 80}
	return Of(manifests, question, cluster.Settings{})
}

func answered(t *testing.T, proxy string) Answer {
	t.Helper()
	answer, err := asked(t, proxy)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// ends is where the pods are that the proxy sends to.
func ends(answer Answer) string {
	var found []string
	for _, pod := range answer.Pods {
		found = append(found, fmt.Sprintf("%s:%d", pod.Workload, pod.Port))
	}
	return strings.Join(found, " ")
}

func TestACallersSidecarSendsToEveryPod(t *testing.T) {
	answer := answered(t, "shop/web")
	if got := ends(answer); got != "shop/cart:8080 shop/cart:8080" {
		t.Errorf("got %s", got)
	}
	if answer.To.Port != 80 || answer.From.Address == answer.To.Address {
		t.Errorf("from %v to %v", answer.From, answer.To)
	}
	holds(t, answer, `"outbound|80||cart.shop.svc.cluster.local"`, `"type":"STATIC"`)
	lacks(t, answer, "transportSocket", "edsClusterConfig", "rds", peerPrincipal)
}

func TestACalleesSidecarSendsToItsOwnPodAndAsksForThePeer(t *testing.T) {
	answer := answered(t, "shop/cart")
	if got := ends(answer); got != "shop/cart:8080" {
		t.Errorf("got %s", got)
	}
	if answer.To.Port != 8080 {
		t.Errorf("to %v", answer.To)
	}
	holds(t, answer, `"inlineString":"spiffe://cluster.local/ns/shop/sa/web"`, `"ns[shop]-policy[cart]-rule[0]"`, peerPrincipal)
	lacks(t, answer, "transportSocket", `"authenticated"`, "upstreamBindConfig")
}

func TestNoEnvoyIsWhereNoneStands(t *testing.T) {
	if _, err := asked(t, "shop/nobody"); err == nil || !strings.Contains(err.Error(), "no Envoy stands at shop/nobody") {
		t.Errorf("got %v", err)
	}
}

func holds(t *testing.T, answer Answer, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(string(answer.Config), part) {
			t.Errorf("lacks %s: %s", part, answer.Config)
		}
	}
}

func lacks(t *testing.T, answer Answer, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(string(answer.Config), part) {
			t.Errorf("has %s: %s", part, answer.Config)
		}
	}
}
