package traffic

import (
	"fmt"
	"strings"

	"istio-constructs/test/conformance/cluster"
)

const (
	sidecars       = `istio-injection: enabled`
	ambient        = `istio.io/dataplane-mode: ambient`
	behindWaypoint = ambient + `, istio.io/use-waypoint: waypoint`
)

func object(version, kind, name, metadata, spec string) string {
	return `{apiVersion: ` + version + `, kind: ` + kind + `, metadata: {name: ` + name + `, namespace: shop` + metadata + `}, spec: {` + spec + `}}`
}

func namespace(name, labels string) string {
	return `{apiVersion: v1, kind: Namespace, metadata: {name: ` + name + `, labels: {` + labels + `}}}`
}

func deployment(name, app, version string) string {
	return object("apps/v1", "Deployment", name, ``, fmt.Sprintf(`selector: {matchLabels: {app: %s}},
		template: {metadata: {labels: {app: %s, version: %s}},
			spec: {serviceAccountName: %s, containers: [{name: a, image: a, ports: [{name: main, containerPort: 8080}]}]}}`, app, app, version, app))
}

func service(name, labels, spec string) string {
	return object("v1", "Service", name, `, labels: {`+labels+`}`, spec)
}

// shop is a namespace where two versions of a cart are, under one Service, and web, which calls it.
func shop(labels string, more ...string) []string {
	return append([]string{
		namespace("shop", labels), deployment("cart-v1", "cart", "v1"), deployment("cart-v2", "cart", "v2"), deployment("web", "web", "v1"),
		service("cart", ``, `selector: {app: cart}, ports: [{name: http, port: 8080}]`),
	}, more...)
}

func waypointFor(kinds string) string {
	return object("gateway.networking.k8s.io/v1", "Gateway", "waypoint", `, labels: {istio.io/waypoint-for: `+kinds+`}`,
		`gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]`)
}

func policy(name, spec string) string {
	return object("security.istio.io/v1", "AuthorizationPolicy", name, ``, spec)
}

// inRoot moves an object of the shop into the root namespace.
func inRoot(manifest string) string {
	return strings.Replace(manifest, "namespace: shop", "namespace: istio-system", 1)
}

func httpRoute(name, parents, rules string) string {
	return object("gateway.networking.k8s.io/v1", "HTTPRoute", name, ``, `parentRefs: [`+parents+`], rules: [`+rules+`]`)
}

func virtualService(hosts, rest string) string {
	return object("networking.istio.io/v1", "VirtualService", "cart", ``, `hosts: [`+hosts+`], `+rest)
}

func destinationRule(name, spec string) string {
	return object("networking.istio.io/v1", "DestinationRule", name, ``, `host: `+name+`, `+spec)
}

const (
	webReadsItems = `rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}], to: [{operation: {methods: [GET], paths: ["/items/*"]}}]}]`
	onCart        = `targetRefs: [{kind: Service, group: "", name: cart}], `
	onPods        = `selector: {matchLabels: {app: cart}}, `
	toCart        = `{kind: Service, group: "", name: cart}`
	toGateway     = `{kind: Gateway, group: gateway.networking.k8s.io, name: gateway, namespace: edge}`
	ninetyTen     = `{backendRefs: [{name: cart-v1, port: 8080, weight: 90}, {name: cart-v2, port: 8080, weight: 10}]}`
	subsets       = `subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]`
	seventyThirty = `route: [{destination: {host: cart, subset: v1}, weight: 70}, {destination: {host: cart, subset: v2}, weight: 30}]`
)

var (
	waypoint = waypointFor("service")
	strict   = object("security.istio.io/v1", "PeerAuthentication", "default", ``, `mtls: {mode: STRICT}`)
	denyAll  = policy("deny-all", ``)
	// P1 is what the waypoint is told, P2 what ztunnel is told then.
	p1             = policy("p1", onCart+`action: ALLOW, `+webReadsItems)
	p2             = policy("p2", onPods+`action: ALLOW, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/waypoint]}}]}]`)
	waypointDenies = policy("waypoint-deny-all", `targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}], action: ALLOW`)
	versions       = service("cart-v1", ``, `selector: {app: cart, version: v1}, ports: [{name: http, port: 8080}]`) + "\n---\n" +
		service("cart-v2", ``, `selector: {app: cart, version: v2}, ports: [{name: http, port: 8080}]`)
	edge = namespace("edge", ambient) + `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec:
  gatewayClassName: istio
  listeners:
  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}, allowedRoutes: {namespaces: {from: All}}}
  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}`
	exposed = httpRoute("edge", toGateway, `{backendRefs: [{name: cart, port: 8080}]}`)
)

var (
	web        = pod("web", cluster.Ztunnel)
	other      = pod("other", cluster.Ztunnel)
	nobody     = pod("web", cluster.None)
	sidecarWeb = pod("web", cluster.Sidecar)
	visitors   = cluster.Caller{Gateway: "edge/gateway"}
	theCart    = at("cart")
	aPod       = Target{PodOf: "shop/cart-v1", Port: 8080}
	shopFront  = Target{Host: "cart.example.com", Port: 443}
)

func pod(account string, proxy cluster.Proxy) cluster.Caller {
	return cluster.Caller{Pod: &cluster.Stranger{Namespace: "shop", ServiceAccount: account, Proxy: proxy}}
}

func at(name string) Target { return Target{Host: name + ".shop.svc.cluster.local", Port: 8080} }

func get(from cluster.Caller, to Target, path string) Request {
	return Request{From: from, To: to, Method: "GET", Path: path}
}

func item(from cluster.Caller, to Target) Request { return get(from, to, "/items/1") }
