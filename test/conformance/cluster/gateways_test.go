package cluster

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
)

const https = `listeners: [{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}, {name: cert, namespace: certs}]}},
	{name: also.https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}, {name: http, port: 80, protocol: HTTP}]`

func ofClass(class, metadata, spec string) string {
	return `{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge, namespace: shop, ` + metadata +
		`}, spec: {gatewayClassName: ` + class + `, ` + spec + `}}`
}

func TestDeploymentsOfGateways(t *testing.T) {
	const account, name = `gateway.istio.io/service-account: door`, `gateway.istio.io/name-override: front`
	cases := []struct {
		name, class, annotations string
		workload, service        string
		kind                     corev1.ServiceType
	}{
		{"the class is a part of a gateway's names", `istio`, ``, "gateway shop/edge cluster.local/ns/shop/sa/edge-istio", "edge-istio", "LoadBalancer"},
		{"and not of a waypoint's", `istio-waypoint`, ``, "waypoint shop/edge cluster.local/ns/shop/sa/edge", "edge", "ClusterIP"},
		{"a name of its own is not the account's", `istio`, name, "gateway shop/edge cluster.local/ns/shop/sa/edge-istio", "front", "LoadBalancer"},
		{"an account of its own is not the name", `istio`, account, "gateway shop/edge cluster.local/ns/shop/sa/door", "edge-istio", "LoadBalancer"},
		{"both", `istio-waypoint`, name + `, ` + account, "waypoint shop/edge cluster.local/ns/shop/sa/door", "front", "ClusterIP"},
		{"a Service of another type",
			`istio`, `networking.istio.io/service-type: NodePort`, "gateway shop/edge cluster.local/ns/shop/sa/edge-istio", "edge-istio", "NodePort"},
		{"a class by its controller", `ours`, ``, "gateway shop/edge cluster.local/ns/shop/sa/edge-ours", "edge-ours", "LoadBalancer"},
	}
	const ours = `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: ours}
spec: {controllerName: istio.io/gateway-controller}`
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			made := made(t, nil, ofClass(c.class, `annotations: {`+c.annotations+`}`, https), ours)
			w := made.Workload("shop/edge")
			if got := fmt.Sprintf("%s %s", w, w.Principal()); got != c.workload || made.At(w.Addresses[0]) != w {
				t.Errorf("got %s", got)
			}
			service := objectsOf[*corev1.Service](made)["shop/"+c.service]
			if service == nil || service.Spec.Type != c.kind || !slices.Equal(made.Behind(service), []*Workload{w}) {
				t.Errorf("its Service is %+v", service)
			}
			address := objectsOf[*gateway.Gateway](made)["shop/edge"].Status.Addresses[0].Value
			if address != c.service+".shop.svc.cluster.local" {
				t.Errorf("its address is %s", address)
			}
		})
	}
}

func TestPortsOfGateways(t *testing.T) {
	c := made(t, nil, ofClass("istio", ``, https))
	var got []string
	for _, port := range c.Services[0].Spec.Ports {
		got = append(got, fmt.Sprint(port.Name, " ", port.Port, " ", *port.AppProtocol))
	}
	if want := []string{"status-port 15021 tcp", "https 443 https", "http 80 http"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// Policies and Services find the pods of a Gateway by these.
func TestLabelsOfGateways(t *testing.T) {
	const ofName, ofClasses, mode = "gateway.networking.k8s.io/gateway-name", "gateway.networking.k8s.io/gateway-class-name", "istio.io/dataplane-mode"
	cases := []struct {
		name, class, metadata, spec string
		want                        map[string]string
	}{
		{"a gateway's",
			`istio`, ``, ``, map[string]string{ofName: "edge", ofClasses: "istio", mode: "none", "gateway.istio.io/managed": "istio.io-gateway-controller"}},
		{"a waypoint's",
			`istio-waypoint`, ``, ``,
			map[string]string{ofName: "edge", ofClasses: "istio-waypoint", mode: "none", "gateway.istio.io/managed": "istio.io-mesh-controller"}},
		{"its own are theirs", `istio`, `labels: {team: a}`, ``, map[string]string{"team": "a", mode: "none"}},
		{"unless it asks for others",
			`istio`, `labels: {team: a}`, `infrastructure: {labels: {app: b}}, `, map[string]string{"team": "", "app": "b", mode: "none"}},
		{"its revision is that of the control plane", `istio`, `labels: {istio.io/rev: canary}`, ``, map[string]string{"istio.io/rev": ""}},
		{"no sidecar beside the proxy", `istio`, ``, ``, map[string]string{"sidecar.istio.io/inject": "false"}},
		{"a plane that it asks for", `istio`, ``, `infrastructure: {labels: {istio.io/dataplane-mode: ambient}}, `, map[string]string{mode: "ambient"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			labels := made(t, nil, ofClass(c.class, c.metadata, c.spec+https)).Workload("shop/edge").Labels
			for name, want := range c.want {
				if labels[name] != want {
					t.Errorf("%s is %q", name, labels[name])
				}
			}
		})
	}
}

func TestGatewaysThatIstiodDoesNotDeploy(t *testing.T) {
	c := made(t, nil, ofClass("nginx", ``, https))
	if len(c.Workloads)+len(c.Services) > 0 {
		t.Errorf("somebody else's got %v and %v", c.Workloads, c.Services)
	}
	for _, manifest := range []string{
		ofClass("istio", ``, `addresses: [{type: Hostname, value: a.com}], `+https),
		ofClass("istio-east-west", ``, https), ofClass("istio-remote", ``, https),
	} {
		failsWith(t, "not modelled: Gateway shop/edge", manifest)
	}
}

func TestCertificatesOfListenersAreThere(t *testing.T) {
	const kept = `{apiVersion: v1, kind: Secret, metadata: {name: cert, namespace: certs}, data: {}}`
	secrets := objectsOf[*corev1.Secret](made(t, nil, ofClass("istio", ``, https), kept))
	if got := slices.Sorted(maps.Keys(secrets)); !slices.Equal(got, []string{"certs/cert", "shop/cert"}) {
		t.Errorf("got %v", got)
	}
	made := secrets["shop/cert"]
	if !strings.Contains(string(made.Data["tls.crt"]), "CERTIFICATE") || !strings.Contains(string(made.Data["tls.key"]), "KEY") {
		t.Errorf("got %s", made.Data)
	}
	if len(secrets["certs/cert"].Data) > 0 {
		t.Error("a Secret of the manifests is overwritten")
	}
}
