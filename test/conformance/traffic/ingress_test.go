package traffic

import (
	"testing"

	"istio-constructs/test/conformance/cluster"
)

func TestIngressPastTheWaypoint(t *testing.T) {
	const label = `istio.io/ingress-use-waypoint: "true"`
	const served = `selector: {app: cart}, ports: [{name: http, port: 8080}]`
	headless := service("cart", label, `clusterIP: None, `+served)
	behind := func(namespaceLabels, serviceLabels string, more ...string) []string {
		return replaced(shop(behindWaypoint+namespaceLabels, append(more, waypoint, edge, exposed, versions, httpRoute("split", toCart, ninetyTen))...),
			service("cart", serviceLabels, served))
	}
	gatewayMayRead := policy("p1", onCart+`rules: [
		{from: [{source: {principals: [cluster.local/ns/edge/sa/gateway-istio]}}], to: [{operation: {methods: [GET]}}]}]`)
	enter := Request{From: visitors, To: shopFront, Path: "/items/1"}
	write := Request{From: visitors, To: shopFront, Method: "POST", Path: "/items/1"}
	const ninety, half = "shop/cart-v1 90, shop/cart-v2 10", "shop/cart-v1 50, shop/cart-v2 50"
	inWorlds(t, []shares{
		{"without the label: no split, no P1", behind(``, ``, gatewayMayRead), write, half, "in", "gateway edge/gateway by HTTPRoute shop/edge; "},
		{"without the label P2 refuses the gateway",
			behind(``, ``, gatewayMayRead, p2), enter, half, "out shop/p2 at ztunnel shop/cart-v1 (authorization)", ""},
		{"with the label on the Service", behind(``, label, gatewayMayRead, p2), enter, ninety, "in shop/p1",
			"gateway edge/gateway by HTTPRoute shop/edge; waypoint shop/waypoint by HTTPRoute shop/split; "},
		{"with the label on the Namespace", behind(`, `+label, ``, gatewayMayRead, p2), enter, ninety, "in shop/p1", ""},
		{"with the label P1 is asked",
			behind(``, label, gatewayMayRead, p2), write, "shop/waypoint 100", "out shop/p1 at waypoint shop/waypoint (authorization)", ""},
		{"with the label and without an address it goes where a route leads", replaced(behind(``, label), headless), enter, ninety, "in", ""},
		{"and without a route nowhere", replaced(shop(behindWaypoint, waypoint, edge, exposed), headless), enter, " 100",
			"out cart.shop.svc.cluster.local has no address at waypoint shop/waypoint (routing)", ""},
		{"with the label P1 has to name the gateway",
			behind(``, label, p1, p2), enter, "shop/waypoint 100", "out shop/p1 at waypoint shop/waypoint (authorization)", ""},
	})
	answer := asked(t, behind(``, label), enter)[0]
	want := "gateway edge/gateway TLS, waypoint shop/waypoint HBONE edge/sa/gateway-istio, ztunnel shop/cart-v1 HBONE shop/sa/waypoint"
	if got := path(answer); got != want {
		t.Errorf("got %s", got)
	}
}

func TestIngressAndTheSplitOfTheMesh(t *testing.T) {
	rule, route := destinationRule("cart", subsets), virtualService(`cart`, `http: [{`+seventyThirty+`}]`)
	enter := Request{From: visitors, To: shopFront, Path: "/items/1"}
	const seventy, half, ninety = "shop/cart-v1 v1 70, shop/cart-v2 v2 30", "shop/cart-v1 50, shop/cart-v2 50", "shop/cart-v1 90, shop/cart-v2 10"
	bothParents := httpRoute("both", toGateway+`, `+toCart, ninetyTen)
	prefixed := httpRoute("prefixed", toGateway+`, `+toCart, `{matches: [{path: {value: /shop}}], backendRefs: [{name: cart, port: 8080}]}`)
	inWorlds(t, []shares{
		{"a VirtualService of the mesh is none of the gateway's business",
			shop(sidecars, edge, exposed, rule, route), enter, half, "in", "gateway edge/gateway by HTTPRoute shop/edge; "},
		{"nor is an HTTPRoute", shop(sidecars, edge, exposed, versions, httpRoute("split", toCart, ninetyTen)), enter, half, "in", ""},
		{"the mesh keeps it", shop(sidecars, edge, exposed, rule, route), item(sidecarWeb, theCart), seventy, "in", ""},
		{"a route with both parents splits for the gateway", shop(sidecars, edge, versions, bothParents), enter, ninety, "in", ""},
		{"and for the mesh", shop(sidecars, edge, versions, bothParents), item(sidecarWeb, theCart), ninety, "in", ""},
		{"a prefix for the gateway is one for the mesh, too", shop(sidecars, edge, prefixed), item(sidecarWeb, theCart), " 100",
			"out sidecar shop/stranger-web-sidecar answers by itself (routing)", ""},
	})
}

func TestDoors(t *testing.T) {
	named := `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: named, namespace: shop}
spec: {parentRefs: [` + toGateway +
		`], hostnames: [shop.example.com], rules: [{name: main, matches: [{path: {value: /cart}}], backendRefs: [{name: cart, port: 8080}]}]}`
	at := func(from cluster.Caller, host string, port uint32, path string) Request {
		return Request{From: from, To: Target{Host: host, Port: port}, Path: path}
	}
	const nothing = "out Gateway edge/gateway (routing)"
	allow := `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: door, namespace: edge}
spec: {targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: gateway}], rules: [{to: [{operation: {methods: [GET]}}]}]}`
	write := at(visitors, "shop.example.com", 443, "/cart")
	write.Method = "POST"
	inWorld(t, "what is open", shop(sidecars, edge, named, allow), []question{
		{"the path", at(visitors, "shop.example.com", 443, "/cart/1"), "in edge/door"},
		{"in the clear", at(visitors, "shop.example.com", 80, "/cart/1"), "in edge/door"},
		{"a method that the door does not let in", write, "out edge/door at gateway edge/gateway (authorization)"},
		{"another path", at(visitors, "shop.example.com", 443, "/carts"), nothing},
		{"another host", at(visitors, "other.example.com", 443, "/cart"), nothing},
		{"another port", at(visitors, "shop.example.com", 8443, "/cart"), nothing},
		{"the gateway's own calls", at(visitors, "cart.shop.svc.cluster.local", 8080, "/"), "in"},
		{"from within", at(sidecarWeb, "gateway-istio.edge.svc.cluster.local", 80, "/cart"), nothing},
	})
	answer := asked(t, shop(sidecars, edge, named), at(visitors, "shop.example.com", 443, "/cart/1"))[0]
	if got := legs(answer); got != "gateway edge/gateway by HTTPRoute shop/named; " || answer.Legs[0].Rule != "main" {
		t.Errorf("got %+v", answer.Legs)
	}
	inside := httpRoute("inside", toGateway, `{backendRefs: [{name: cart, port: 8080}]}`)
	inWorld(t, "a gateway that the mesh calls", shop(sidecars, edge, inside), []question{
		{"a sidecar", at(sidecarWeb, "gateway-istio.edge.svc.cluster.local", 80, "/"), "in"},
		{"ztunnel", at(web, "gateway-istio.edge.svc.cluster.local", 80, "/"), "in"},
		{"plaintext", at(nobody, "gateway-istio.edge.svc.cluster.local", 80, "/"), "in"},
	})
}
