package cluster

import (
	"encoding/json"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestProxiesOfPods(t *testing.T) {
	const enabled, ambient, revision = `istio-injection: enabled`, `istio.io/dataplane-mode: ambient`, `istio.io/rev: canary`
	const on, off = `sidecar.istio.io/inject: "true"`, `sidecar.istio.io/inject: "false"`
	labels := func(pairs string) string { return `labels: {` + pairs + `}` }
	cases := []struct {
		name, namespace, metadata, spec string
		want                            Proxy
	}{
		{"outside the mesh", ``, ``, ``, None},
		{"a namespace with sidecars", enabled, ``, ``, Sidecar},
		{"a namespace of a revision", revision, ``, ``, Sidecar},
		{"a namespace in ambient", ambient, ``, ``, Ztunnel},
		{"a namespace of both: the sidecar wins", enabled + `, ` + ambient, ``, ``, Sidecar},
		{"a pod of its own sidecar", ``, labels(on), ``, Sidecar},
		{"a pod of its own sidecar in ambient", ambient, labels(on), ``, Sidecar},
		{"a pod of a revision", ``, labels(revision), ``, Sidecar},
		{"a pod of a revision in a namespace with sidecars", enabled, labels(revision), ``, Sidecar},
		{"a pod in ambient", ``, labels(ambient), ``, Ztunnel},
		{"a pod that leaves ambient", ambient, labels(`istio.io/dataplane-mode: none`), ``, None},
		{"a pod that leaves its sidecar", enabled, labels(off), ``, None},
		{"a pod that leaves the sidecar of a revision", revision, labels(off), ``, None},
		{"a pod that leaves its sidecar for ambient", enabled, labels(off + `, ` + ambient), ``, Ztunnel},
		{"a pod that leaves its sidecar by annotation", enabled, `annotations: {` + off + `}`, ``, None},
		{"a label that gainsays an annotation", enabled, labels(on) + `, annotations: {` + off + `}`, ``, Sidecar},
		{"a namespace that forbids sidecars", `istio-injection: disabled`, labels(on), ``, None},
		{"a namespace that forbids sidecars, whatever its revision", `istio-injection: disabled, ` + revision, labels(revision), ``, None},
		{"the network of the host", enabled, ``, `hostNetwork: true`, None},
		{"the network of the host in ambient", ambient, ``, `hostNetwork: true`, None},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			made := made(t, nil, namespace("shop", c.namespace), workload("Deployment", "cart", c.metadata, c.spec, ``))
			if got := made.Workload("shop/cart").Proxy; got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestAPodForEveryReplica(t *testing.T) {
	pod := `{apiVersion: v1, kind: Pod, metadata: {name: alone, namespace: shop, labels: {app: alone}}, spec: {serviceAccountName: hermit}}`
	job := func(kind, name, spec string) string {
		return `{apiVersion: batch/v1, kind: ` + kind + `, metadata: {name: ` + name + `, namespace: shop}, spec: {` + spec + `}}`
	}
	c := made(t, nil, pod, job("Job", "job", `template: {}`), job("CronJob", "cron", `jobTemplate: {spec: {template: {}}}`),
		workload("Deployment", "said", ``, ``, `replicas: 3, `), workload("Deployment", "unsaid", ``, ``, ``),
		workload("StatefulSet", "none", ``, ``, `replicas: 0, `),
		workload("ReplicaSet", "set", ``, ``, `replicas: 2, `), workload("DaemonSet", "daemon", ``, ``, ``))
	pods := objectsOf[*corev1.Pod](c)
	total := 0
	for name, want := range map[string]int{"alone": 1, "job": 1, "cron": 1, "said": 3, "unsaid": 1, "none": 0, "set": 2, "daemon": 1} {
		w := c.Workload("shop/" + name)
		if len(w.Addresses) != want {
			t.Errorf("%s has pods at %v", name, w.Addresses)
		}
		for _, address := range w.Addresses {
			if c.At(address) != w {
				t.Errorf("%s belongs to %v", address, c.At(address))
			}
		}
		total += want
	}
	if len(pods) != total {
		t.Errorf("%d pods run", len(pods))
	}
	if c.At("10.0.0.1") != nil {
		t.Error("somebody is at an address of nobody")
	}
	for name, want := range map[string]string{"alone": "hermit", "job": "default"} {
		if got := c.Workload("shop/" + name).Principal(); got != "cluster.local/ns/shop/sa/"+want {
			t.Errorf("%s is %s", name, got)
		}
	}
}

func TestNoTwoPodsOfAMeshHaveOneAddress(t *testing.T) {
	here := made(t, nil, cart)
	there, err := New(read(t, cart), nil, Settings{PodsElsewhere: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range there.Workloads {
		for _, address := range w.Addresses {
			if here.At(address) != nil {
				t.Errorf("%s of %s is taken", address, w.Key)
			}
		}
	}
}

func TestPlanesOfManifests(t *testing.T) {
	manifests := []json.RawMessage{
		json.RawMessage(`{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"istio.io/dataplane-mode": "ambient"}}}`),
		json.RawMessage(`{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "cart", "namespace": "shop"}}`),
		json.RawMessage(`{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "waypoint", "namespace": "shop"},
			"spec": {"gatewayClassName": "istio-waypoint"}}`),
	}
	got, err := PlanesOf(manifests)
	if err != nil || !slices.Equal(got, []Plane{{Workload: "shop/cart", Proxy: Ztunnel}, {Workload: "shop/waypoint", Proxy: Waypoint}}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := PlanesOf([]json.RawMessage{json.RawMessage(`{}`)}); err == nil {
		t.Error("nothing at all is read")
	}
}

// By these istiod tells pods in the mesh from others.
func TestRunningPodsShowTheirProxies(t *testing.T) {
	c := made(t, nil, namespace("shop", ``),
		workload("Deployment", "sidecar", `labels: {sidecar.istio.io/inject: "true"}, annotations: {own: note}`, ``, ``),
		workload("Deployment", "ambient", `labels: {istio.io/dataplane-mode: ambient}`, ``, ``), workload("Deployment", "none", ``, ``, ``))
	pods := objectsOf[*corev1.Pod](c)
	shown := func(name string) [4]string {
		pod := pods["shop/"+name+"-0"]
		return [4]string{
			pod.Labels["security.istio.io/tlsMode"], pod.Labels["networking.istio.io/tunnel"],
			pod.Annotations["ambient.istio.io/redirection"], pod.Annotations["own"],
		}
	}
	for name, want := range map[string][4]string{"sidecar": {"istio", "http", "", "note"}, "ambient": {"", "", "enabled", ""}, "none": {}} {
		if got := shown(name); got != want {
			t.Errorf("%s shows %q", name, got)
		}
	}
	if c.Workload("shop/sidecar").Labels["security.istio.io/tlsMode"] != "" {
		t.Error("the template has changed")
	}
}

func TestProxiesOfAnotherKindAreNotModelled(t *testing.T) {
	for _, annotation := range []string{
		`inject.istio.io/templates: grpc-agent`,
		`traffic.sidecar.istio.io/excludeInboundPorts: "80"`, `sidecar.istio.io/interceptionMode: NONE`, `ambient.istio.io/bypass-inbound-capture: "true"`,
	} {
		pod := workload("Deployment", "cart", `annotations: {`+annotation+`}`, ``, ``)
		failsWith(t, "not modelled: annotation", namespace("shop", `istio-injection: enabled`), pod)
		made(t, nil, namespace("shop", ``), pod)
	}
}

// Helm's chart for gateways writes them so.
func TestPodsOfInstalledGateways(t *testing.T) {
	const pods = `labels: {sidecar.istio.io/inject: "true", istio: door}, annotations: {inject.istio.io/templates: gateway}`
	c := made(t, nil, namespace("shop", ``), workload("Deployment", "door", pods, ``, ``))
	if got := c.Workload("shop/door"); got.Proxy != Gateway || got.Labels["istio"] != "door" {
		t.Errorf("got %v", got)
	}
}

func TestNamesAreThereOnce(t *testing.T) {
	failsWith(t, "two workloads are called shop/cart", workload("Deployment", "cart", ``, ``, ``), workload("StatefulSet", "cart", ``, ``, ``))
	failsWith(t, "there are two of", service("cart", ``), service("cart", ``))
}

func TestSettings(t *testing.T) {
	c, err := New(read(t, workload("Deployment", "cart", ``, ``, ``)), nil, Settings{TrustDomain: "td.org"})
	if err != nil || c.Workload("shop/cart").Principal() != "td.org/ns/shop/sa/default" || c.RootNamespace != "istio-system" {
		t.Errorf("got %+v, %v", c, err)
	}
	if _, err := New(nil, nil, Settings{ClusterDomain: "example.org"}); err == nil {
		t.Error("another domain is passed over in silence")
	}
}

func TestKindsThatIstiodsServerForTestsDoesNotRead(t *testing.T) {
	for _, manifest := range []string{
		`{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "BackendTLSPolicy"}`,
		`{"apiVersion": "example.com/v1", "kind": "Widget"}`, `{}`,
	} {
		if _, err := Read([]json.RawMessage{json.RawMessage(manifest)}); err == nil {
			t.Errorf("%s is passed over in silence", manifest)
		}
	}
}
