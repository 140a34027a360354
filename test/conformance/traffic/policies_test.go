package traffic

import (
	"testing"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// What ztunnel makes of rules about requests, which it cannot read.
func TestRulesAboutRequestsInZtunnel(t *testing.T) {
	const refused = "out shop/p at ztunnel shop/cart-v1 (authorization)"
	const paths, elsewhere = `to: [{operation: {paths: ["/items/*"]}}]`, `from: [{source: {namespaces: [elsewhere]}}]`
	const fromWeb = `from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]`
	for _, one := range []struct{ name, spec, web, other, plaintext string }{
		{"ALLOW denies everybody", webReadsItems, refused, refused, refused},
		{"DENY by paths denies nobody", `action: DENY, rules: [{` + paths + `}]`, "in", "in", "in"},
		{"DENY by caller and paths denies nobody", `action: DENY, rules: [{` + fromWeb + `, ` + paths + `}]`, "in", "in", "in"},
		{"DENY by headers denies nobody", `action: DENY, rules: [{when: [{key: "request.headers[x]", values: [a]}]}]`, "in", "in", "in"},
		{"DENY by paths and port denies the port",
			`action: DENY, rules: [{to: [{operation: {paths: [/admin], ports: ["8080"]}}]}]`, refused, refused, refused},
		{"DENY by another port", `action: DENY, rules: [{to: [{operation: {ports: ["9090"]}}]}]`, "in", "in", "in"},
		{"DENY by caller", `action: DENY, rules: [{` + fromWeb + `}]`, refused, "in", "in"},
		{"DENY by namespace", `action: DENY, rules: [{` + elsewhere + `}]`, "in", "in", "in"},
		{"ALLOW for whoever proves an identity", `rules: [{from: [{source: {principals: ["*"]}}]}]`, "in shop/p", "in shop/p", refused},
		{"ALLOW for everybody", `rules: [{}]`, "in shop/p", "in shop/p", "in shop/p"},
		{"ALLOW by address", `rules: [{from: [{source: {notIpBlocks: [10.244.0.0/16]}}]}]`, refused, refused, refused},
	} {
		inWorld(t, one.name, shop(ambient, policy("p", onPods+one.spec)), []question{
			{"web", item(web, theCart), one.web}, {"somebody else", item(other, theCart), one.other}, {"plaintext", item(nobody, theCart), one.plaintext},
		})
	}
	everybody := []question{{"somebody else", item(other, theCart), "in"}}
	inWorld(t, "a policy for a service is nobody's business without a waypoint", shop(ambient, p1), everybody)
	dryRun := object("security.istio.io/v1", "AuthorizationPolicy", "p", `, annotations: {istio.io/dry-run: "true"}`, onPods)
	inWorld(t, "what is only tried out", shop(ambient, dryRun), everybody)
}

// The same rules where requests are read.
func TestRulesAboutRequestsInSidecars(t *testing.T) {
	const refused = "out shop/p at sidecar shop/cart-v1 (authorization)"
	admin := get(sidecarWeb, theCart, "/admin")
	for _, one := range []struct{ name, spec, items, admin string }{
		{"ALLOW", webReadsItems, "in shop/p", refused},
		{"DENY by paths", `action: DENY, rules: [{to: [{operation: {paths: ["/items/*"]}}]}]`, refused, "in"},
		{"from and to as two items",
			`rules: [{to: [{operation: {paths: ["/items/*"]}}]}, {from: [{source: {namespaces: [shop]}}]}]`, "in shop/p", "in shop/p"},
		{"AUDIT has no say", `action: AUDIT, rules: [{to: [{operation: {paths: ["/items/*"]}}]}]`, "in", "in"},
		{"path templates", `rules: [{to: [{operation: {paths: ["/{*}/1"]}}]}]`, "in shop/p", refused},
		{"a header that must not be", `action: DENY, rules: [{when: [{key: "request.headers[x-a]", notValues: [b]}]}]`, refused, refused},
		{"the address of the caller",
			`rules: [{from: [{source: {ipBlocks: [10.244.0.0/16], remoteIpBlocks: [10.244.0.0/16]}}]}]`, "in shop/p", "in shop/p"},
	} {
		questions := []question{{"items", item(sidecarWeb, theCart), one.items}, {"admin", admin, one.admin}}
		inWorld(t, one.name, shop(sidecars, policy("p", onPods+one.spec)), questions)
	}
}

func TestMutualTLS(t *testing.T) {
	const refused = "out PeerAuthentication shop/default at sidecar shop/cart-v1 (mtls)"
	clients := func(service, pod, plaintext, tunnel string) []question {
		return []question{
			{"a sidecar", item(sidecarWeb, theCart), service}, {"a sidecar to the pod", item(sidecarWeb, aPod), pod},
			{"plaintext", item(nobody, theCart), plaintext}, {"ztunnel", item(web, theCart), tunnel}, {"ztunnel to the pod", item(web, aPod), tunnel},
		}
	}
	inWorld(t, "by default sidecars take everything", shop(sidecars), clients("in", "in", "in", "in"))
	inWorld(t, "STRICT", shop(sidecars, strict), clients("in", refused, refused, "in"))
	ofMesh := "out PeerAuthentication istio-system/default at sidecar shop/cart-v1 (mtls)"
	inWorld(t, "STRICT of the mesh", shop(sidecars, inRoot(strict)), clients("in", ofMesh, ofMesh, "in"))
	disabled := object("security.istio.io/v1", "PeerAuthentication", "default", ``, `mtls: {mode: DISABLE}`)
	forced := destinationRule("cart", `trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}`)
	plain := destinationRule("cart", `trafficPolicy: {tls: {mode: DISABLE}}`)
	inWorld(t, "without it", shop(sidecars, disabled), []question{{"a sidecar", item(sidecarWeb, theCart), "in"}})
	inWorld(t, "without it, and a client that insists", shop(sidecars, disabled, forced), []question{{"a sidecar", item(sidecarWeb, theCart), refused}})
	inWorld(t, "outside the mesh, and a client that insists", shop(``, forced), []question{
		{"a sidecar", item(sidecarWeb, theCart), "out pod shop/cart-v1 is outside the mesh at pod shop/cart-v1 (mtls)"},
	})
	inWorld(t, "ztunnel, and a client that insists", shop(ambient, forced), []question{{"a sidecar", item(sidecarWeb, theCart), "in"}})
	inWorld(t, "a client that insists on plaintext", shop(sidecars, strict, plain), []question{{"a sidecar", item(sidecarWeb, theCart), refused}})
	headless := service("pods", ``, `clusterIP: None, selector: {app: cart}, ports: [{name: http, port: 8080}]`)
	fromWeb := policy("p", onPods+`rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]`)
	inWorld(t, "a headless Service", shop(sidecars, strict, headless, fromWeb), []question{
		{"web", item(sidecarWeb, at("pods")), "in shop/p"}, {"plaintext", item(nobody, at("pods")), refused},
		{"web to one pod by its name", item(sidecarWeb, at("cart-v1-0.pods")), "in shop/p"},
	})
}

const tokens = `jwtRules: [{issuer: me, jwks: '{"keys": []}'}]`

func TestTokens(t *testing.T) {
	authentication := object("security.istio.io/v1", "RequestAuthentication", "jwt", ``, onPods+tokens)
	clerks := policy("p", onPods+`rules: [
		{from: [{source: {requestPrincipals: ["me/*"]}}], when: [{key: "request.auth.claims[role]", values: [clerk]}]}]`)
	with := func(token *envoy.Token) Request {
		request := item(sidecarWeb, theCart)
		request.Token = token
		return request
	}
	role := func(issuer string, claims ...any) *envoy.Token {
		return &envoy.Token{Issuer: issuer, Subject: "ann", Claims: map[string]any{"role": claims}}
	}
	const refused = "out shop/p at sidecar shop/cart-v1 (authorization)"
	inWorld(t, "who checks them", shop(sidecars, authentication, clerks), []question{
		{"a clerk", with(role("me", "clerk", "boss")), "in shop/p"}, {"a guest", with(role("me", "guest")), refused}, {"nobody", with(nil), refused},
		{"of a stranger", with(role("you", "clerk")), "out RequestAuthentication at sidecar shop/cart-v1 (authorization)"},
	})
	inWorld(t, "nobody checks them", shop(sidecars, clerks), []question{{"a clerk", with(role("me", "clerk")), refused}})
}

func TestTokensAndAddressesPastAGateway(t *testing.T) {
	entering := func(token *envoy.Token) Request {
		return Request{From: cluster.Caller{Gateway: "edge/gateway"}, To: shopFront, Path: "/items/1", Token: token}
	}
	me := &envoy.Token{Issuer: "me", Subject: "ann"}
	edgeChecks := func(forward string) string {
		return `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: jwt, namespace: edge}
spec:
  targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: gateway}]
  jwtRules: [{issuer: me, jwks: '{"keys": []}', forwardOriginalToken: ` + forward + `}]`
	}
	cartChecks := object("security.istio.io/v1", "RequestAuthentication", "jwt", ``, onPods+tokens)
	wanted := policy("p", onPods+`rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]`)
	const refused = "out shop/p at sidecar shop/cart-v1 (authorization)"
	checked := func(forward string) []string {
		return shop(sidecars, edge, exposed, edgeChecks(forward), cartChecks, wanted)
	}
	inWorld(t, "the gateway keeps the token for itself", checked("false"), []question{{"ann", entering(me), refused}})
	inWorld(t, "the gateway passes the token on", checked("true"), []question{{"ann", entering(me), "in shop/p"}, {"nobody", entering(nil), refused}})
	from := func(kind, block string) string {
		return policy("p", onPods+`rules: [{from: [{source: {`+kind+`: [`+block+`]}}]}]`)
	}
	for name, one := range map[string][2]string{
		"the visitor is who is far away":   {from("remoteIpBlocks", "203.0.113.0/24"), "in shop/p"},
		"the gateway is who is next":       {from("ipBlocks", "10.244.0.0/16"), "in shop/p"},
		"the gateway is not who is remote": {from("remoteIpBlocks", "10.244.0.0/16"), refused},
	} {
		inWorld(t, name, shop(sidecars, edge, exposed, one[0]), []question{{"a visitor", entering(nil), one[1]}})
	}
}
