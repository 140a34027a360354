package traffic

import (
	"testing"

	"istio-constructs/test/conformance/cluster"
)

const api = "api.example.com"

func external(labels, ports string) string {
	return object("networking.istio.io/v1", "ServiceEntry", "api", `, labels: {`+labels+`}`,
		`hosts: [`+api+`], location: MESH_EXTERNAL, resolution: DNS, ports: [`+ports+`]`)
}

func TestHostsOutside(t *testing.T) {
	const tls, http = `{number: 443, name: tls, protocol: TLS}`, `{number: 80, name: http, protocol: HTTP}`
	const byEntry = `targetRefs: [{kind: ServiceEntry, group: networking.istio.io, name: api}], `
	of := func(rule string) string { return policy("api", byEntry+`rules: [`+rule+`]`) }
	webMay := `{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}`
	tlsTo, httpTo := Target{Host: api, Port: 443}, Target{Host: api, Port: 80}
	past := Target{Address: "203.0.113.10", Port: 443}
	const atWaypoint = " at waypoint shop/waypoint (authorization)"
	inWorld(t, "without a waypoint anybody passes", shop(ambient, external(``, tls), of(webMay)), []question{
		{"web", Request{From: web, To: tlsTo}, "in"}, {"somebody else", Request{From: other, To: tlsTo}, "in"},
		{"a host that nobody declared", Request{From: web, To: Target{Host: "unknown.com", Port: 443}}, "in"},
	})
	inWorld(t, "with a waypoint callers are told apart", shop(behindWaypoint, waypoint, external(``, tls+`, `+http), of(webMay)), []question{
		{"web", Request{From: web, To: tlsTo}, "in shop/api"}, {"somebody else", Request{From: other, To: tlsTo}, "out shop/api" + atWaypoint},
		{"web, in the clear", Request{From: web, To: httpTo}, "in shop/api"}, {"somebody else, past the name", Request{From: other, To: past}, "in"},
		{"plaintext knows no waypoint", Request{From: nobody, To: tlsTo}, "in"}, {"nor does a sidecar", Request{From: sidecarWeb, To: tlsTo}, "in"},
	})
	readable := shop(behindWaypoint, waypoint, external(``, http), of(`{to: [{operation: {paths: [/v1]}}]}`))
	inWorld(t, "what the waypoint reads it decides on", readable, []question{
		{"a path", get(web, httpTo, "/v1"), "in shop/api"}, {"another", get(web, httpTo, "/v2"), "out shop/api" + atWaypoint},
	})
	inWorld(t, "a waypoint that denies closes what it inherits", shop(behindWaypoint, waypoint, waypointDenies, external(``, tls)), []question{
		{"web", Request{From: web, To: tlsTo}, "out shop/waypoint-deny-all" + atWaypoint},
	})
	inWorld(t, "unless it is kept out of it", shop(behindWaypoint, waypoint, waypointDenies, external(`istio.io/use-waypoint: none`, tls)), []question{
		{"web", Request{From: web, To: tlsTo}, "in"},
	})
	originate := destinationRule(api, `trafficPolicy: {tls: {mode: SIMPLE}}`)
	answer := asked(t, shop(behindWaypoint, waypoint, external(``, http), originate), Request{From: web, To: httpTo})[0]
	if got := path(answer); got != "waypoint shop/waypoint HBONE shop/sa/web, api.example.com TLS" {
		t.Errorf("the waypoint originates %s", got)
	}
}

func TestScopesOfSidecars(t *testing.T) {
	scope := func(mode, hosts string) string {
		return object("networking.istio.io/v1", "Sidecar", "default", ``, `outboundTrafficPolicy: {mode: `+mode+`}, egress: [{hosts: [`+hosts+`]}]`)
	}
	front := service("other", ``, `selector: {app: cart}, ports: [{name: http, port: 8080}]`)
	own := cluster.Caller{Workload: "shop/web"}
	const unknown = "out sidecar shop/web knows no such host (scope)"
	inWorld(t, "the registry alone", shop(sidecars, front, scope("REGISTRY_ONLY", `./cart.shop.svc.cluster.local`)), []question{
		{"a host of the scope", item(own, theCart), "in"}, {"one beyond it", item(own, at("other")), unknown},
		{"one outside",
			Request{From: own, To: Target{Host: api, Port: 443}}, unknown},
		{"an address", Request{From: own, To: Target{Address: "1.2.3.4", Port: 80}}, unknown},
		{"a pod", item(own, aPod), unknown},
	})
	inWorld(t, "anything", shop(sidecars, front, scope("ALLOW_ANY", `./cart.shop.svc.cluster.local`)), []question{
		{"a host of the scope", item(own, theCart), "in"}, {"one beyond it", item(own, at("other")), "in"},
		{"one outside", Request{From: own, To: Target{Host: api, Port: 443}}, "in"},
	})
	refused := "out PeerAuthentication shop/default at sidecar shop/cart-v1 (mtls)"
	inWorld(t, "anything, but without certificates", shop(sidecars, strict, front, scope("ALLOW_ANY", `./cart.shop.svc.cluster.local`)), []question{
		{"a host of the scope", item(own, theCart), "in"}, {"one beyond it goes by the network's address", item(own, at("other")), refused},
	})
}
