package cluster

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestCallers(t *testing.T) {
	const web = `{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}`
	cases := []struct {
		name        string
		caller      Caller
		want, fails string
	}{
		{"a workload", Caller{Workload: "shop/web"}, "pod shop/web as cluster.local/ns/shop/sa/default", ""},
		{"a gateway", Caller{Gateway: "shop/edge"}, "gateway shop/edge as cluster.local/ns/shop/sa/edge-istio", ""},
		{"a workload that is not there", Caller{Workload: "shop/webb"}, "", "no workload or gateway shop/webb"},
		{"a gateway that is a workload", Caller{Gateway: "shop/web"}, "", "shop/web is a none"},
		{"a workload that is a gateway", Caller{Workload: "shop/edge"}, "", "shop/edge is a gateway"},
		{"a pod outside the mesh", Caller{Pod: &Stranger{Namespace: "far"}}, "pod far/stranger-default-none as cluster.local/ns/far/sa/default", ""},
		{"a pod with a proxy", Caller{Pod: &Stranger{Namespace: "far", Proxy: Ztunnel, ServiceAccount: "me"}},
			"ztunnel far/stranger-me-ztunnel as cluster.local/ns/far/sa/me", ""},
		{"an identity, wherever it is", Caller{Identity: &Stranger{Namespace: "shop", ServiceAccount: "web", Proxy: Sidecar}},
			"sidecar nowhere/identity-shop-web-sidecar as cluster.local/ns/shop/sa/web", ""},
		{"an identity of another trust domain", Caller{Identity: &Stranger{Namespace: "shop", ServiceAccount: "web", Proxy: Ztunnel, TrustDomain: "far.example"}},
			"ztunnel nowhere/identity-shop-web-ztunnel-of-far.example as far.example/ns/shop/sa/web", ""},
		{"a pod at an address", Caller{Pod: &Stranger{Namespace: "far", Address: "10.9.0.7"}},
			"pod far/stranger-default-none-at-10-9-0-7 as cluster.local/ns/far/sa/default", ""},
		{"nobody", Caller{}, "", "no workload or gateway"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			made := made(t, []Call{{Caller: c.caller}, {Caller: c.caller}}, web, ofClass("istio", ``, https))
			w, err := made.CallerOf(c.caller)
			if err != nil {
				if c.fails == "" || !strings.Contains(err.Error(), c.fails) {
					t.Error(err)
				}
				return
			}
			if got := w.String() + " as " + w.Principal(); got != c.want || len(w.Addresses) != 1 {
				t.Errorf("got %s at %v", got, w.Addresses)
			}
		})
	}
}

func TestStrangersWithDifferentLabelsAreDifferentPods(t *testing.T) {
	labelled := func(name, value string) Caller {
		return Caller{Pod: &Stranger{Namespace: "far", Labels: map[string]string{name: value}}}
	}
	a, b := labelled("app", "web"), labelled("team", "web")
	c := made(t, []Call{{Caller: a}, {Caller: b}}, namespace("far", ``))
	first, _ := c.CallerOf(a)
	second, _ := c.CallerOf(b)
	if first == second || first.Labels["app"] != "web" || second.Labels["team"] != "web" {
		t.Errorf("got %+v and %+v", first, second)
	}
}

func TestHostsThatTheManifestsDoNotHave(t *testing.T) {
	call := func(host string, port uint32) Call { return Call{Host: host, Port: port} }
	c := made(t, []Call{
		call("db.legacy.svc.cluster.local", 5432), call("db.legacy.svc.cluster.local", 5433), call("db.legacy.svc.cluster.local", 5432),
		call("cart.shop.svc.cluster.local", 1234), call("api.example.com", 443), call("", 80), call("a.b.c.svc.cluster.local", 80),
	}, cart)
	services := objectsOf[*corev1.Service](c)
	if len(services) != 2 || len(services["shop/cart"].Spec.Ports) != 3 {
		t.Errorf("got %v", services)
	}
	backends, _ := c.Backends(services["legacy/db"].Spec.ClusterIP, 5433)
	if len(backends) != 1 || c.At(backends[0].Address).String() != "pod legacy/db" || len(services["legacy/db"].Spec.Ports) != 2 {
		t.Errorf("got %v behind %+v", backends, services["legacy/db"].Spec)
	}
	if objectsOf[*corev1.Namespace](c)["/legacy"] == nil {
		t.Error("their namespace is not there")
	}
}

func TestPeerAuthenticationThatDecides(t *testing.T) {
	of := func(namespace, name, spec string) string {
		return `{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: ` + name + `, namespace: ` + namespace + `}, spec: {` +
			spec + `}}`
	}
	const strict, unset = `mtls: {mode: STRICT}`, `mtls: {mode: UNSET}`
	mesh, elsewhere := of("istio-system", "mesh", strict), of("other", "default", strict)
	cases := []struct {
		name  string
		extra []string
		want  string
	}{
		{"none", []string{elsewhere}, ""},
		{"of the mesh", []string{elsewhere, mesh}, "PeerAuthentication istio-system/mesh"},
		{"of the namespace", []string{mesh, of("shop", "default", strict)}, "PeerAuthentication shop/default"},
		{"of the namespace, saying nothing", []string{mesh, of("shop", "default", unset)}, "PeerAuthentication istio-system/mesh"},
		{"of the workload",
			[]string{of("shop", "own", `selector: {matchLabels: {app: cart}}, `+strict), mesh, of("shop", "default", strict)}, "PeerAuthentication shop/own"},
		{"of another workload",
			[]string{mesh, of("shop", "own", `selector: {matchLabels: {app: order}}, `+strict)}, "PeerAuthentication istio-system/mesh"},
		{"of the mesh's own workloads", []string{of("istio-system", "own", `selector: {matchLabels: {app: cart}}, `+strict)}, ""},
		{"of a port",
			[]string{mesh, of("shop", "port", `selector: {matchLabels: {app: cart}}, portLevelMtls: {"80": {mode: STRICT}}`)}, "PeerAuthentication shop/port"},
		{"the first of two", []string{of("shop", "b", strict), of("shop", "a", strict)}, "PeerAuthentication shop/a"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			made := made(t, nil, append([]string{cart}, c.extra...)...)
			if got := made.PeerAuthentication(made.Workload("shop/cart-v1")); got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}
