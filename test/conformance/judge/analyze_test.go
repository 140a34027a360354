package judge

import (
	"slices"
	"testing"
)

func TestAnalyzers(t *testing.T) {
	inShop(t, []judgement{
		{"fails at a subset that no rule has", `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart], http: [{route: [{destination: {host: cart, subset: v9}}]}]}`,
			[]string{"IST0101 error VirtualService shop/cart"}, "host+subset in destinationrule"},
		{"fails at a host that no service has", `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart], http: [{route: [{destination: {host: card}}]}]}`,
			[]string{"IST0101 error VirtualService shop/cart"}, `host not found: "card"`},
		{"fails at a subset without pods", `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}`,
			[]string{"IST0173 error DestinationRule shop/cart"}, "v2"},
		{"warns of a selector without pods", `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec: {selector: {matchLabels: {app: card}}}`,
			[]string{"IST0127 warning AuthorizationPolicy shop/cart"}, "app=card"},
		{"asks for addresses of bytes where istiod gives none", `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: db, namespace: shop, labels: {networking.istio.io/enable-autoallocate-ip: "false"}}
spec: {hosts: [db.example.com], resolution: DNS, ports: [{number: 5432, name: tcp, protocol: TCP}]}`,
			[]string{"IST0134 warning ServiceEntry shop/db"}, "addresses"},
		{"takes bytes of a host to which istiod gives an address", `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: db, namespace: shop}
spec: {hosts: [db.example.com], resolution: DNS, ports: [{number: 5432, name: tcp, protocol: TCP}]}`, nil, ""},
		{"fails at a namespace that is not there", `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec: {rules: [{from: [{source: {namespaces: [istio-system, stop]}}]}]}`,
			[]string{"IST0101 error AuthorizationPolicy shop/cart"}, `namespace not found: "stop"`},
		{"warns of a reserved user once, at the workload", `
apiVersion: apps/v1
kind: Deployment
metadata: {name: order, namespace: shop}
spec:
  selector: {matchLabels: {app: order}}
  template:
    metadata: {labels: {app: order}}
    spec: {securityContext: {runAsUser: 1337}, containers: [{name: order, image: order}]}`,
			[]string{"IST0144 warning Deployment shop/order"}, "1337"},
		{"takes an object without a namespace for one of the default namespace", `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: twice}
spec: {mtls: {mode: STRICT}}`, nil, ""},
		{"allows a gateway to select what Istio deploys by itself", `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}]}`,
			nil, ""},
	})
}

func TestInformationLeavesManifestsClean(t *testing.T) {
	findings := judged(t, `{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "other"}}`)
	if len(findings) != 1 || findings[0].Code != "IST0102" || findings[0].Object != "Namespace other" || !Clean(findings) {
		t.Error(listed(findings))
	}
}

func TestPlacementOfPods(t *testing.T) {
	const policy = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: market}
spec: {selector: {matchLabels: {app: cart}}}
---
`
	workload := func(namespaceLabels, podLabels, podSpec string) string {
		return policy + `
apiVersion: v1
kind: Namespace
metadata: {name: market, labels: {` + namespaceLabels + `}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cart, namespace: market}
spec:
  serviceName: cart
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart, ` + podLabels + `}}
    spec: {containers: [{name: cart, image: cart}], ` + podSpec + `}`
	}
	cases := []struct {
		name, text string
		inMesh     bool
	}{
		{"a namespace with sidecars", workload("istio-injection: enabled", "", ""), true},
		{"a namespace of a revision", workload("istio.io/rev: canary", "", ""), true},
		{"a namespace in ambient", workload("istio.io/dataplane-mode: ambient", "", ""), true},
		{"a pod with a sidecar", workload("", `sidecar.istio.io/inject: "true"`, ""), true},
		{"a pod in ambient", workload("", "istio.io/dataplane-mode: ambient", ""), true},
		{"a namespace outside", workload("", "", ""), false},
		{"a pod without its sidecar", workload("istio-injection: enabled", `sidecar.istio.io/inject: "false"`, ""), false},
		{"a namespace that forbids sidecars", workload("istio-injection: disabled", "istio.io/rev: canary", ""), false},
		{"a pod that leaves ambient", workload("istio.io/dataplane-mode: ambient", "istio.io/dataplane-mode: none", ""), false},
		{"a pod on the host's network", workload("istio.io/dataplane-mode: ambient", "", "hostNetwork: true"), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var want []string
			if !c.inMesh {
				want = []string{"IST0127 warning AuthorizationPolicy market/cart"}
			}
			if got := troubles(judged(t, c.text)); !slices.Equal(got, want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestPodsOfGateways(t *testing.T) {
	inShop(t, []judgement{
		{"warns of a policy that selects the pods of a waypoint", `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: waypoint, namespace: shop}
spec: {selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: waypoint}}}`,
			[]string{"IST0166 warning AuthorizationPolicy shop/waypoint"}, "waypoint"},
		{"knows no pods of a gateway that someone else runs", `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: other, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: edge, namespace: shop}
spec: {selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: edge}}}`,
			[]string{"IST0127 warning AuthorizationPolicy shop/edge"}, ""},
	})
}
