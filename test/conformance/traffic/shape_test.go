package traffic

import (
	"reflect"
	"testing"

	"istio-constructs/test/conformance/envoy"
)

func TestShapesAreOnTheLegsOfARequest(t *testing.T) {
	shaped := `http: [
		{match: [{uri: {prefix: /old}}], redirect: {uri: /new, authority: a.com}},
		{match: [{uri: {prefix: /closed}}], directResponse: {status: 503, body: {string: closed}}},
		{match: [{uri: {prefix: /cart}}], rewrite: {uri: /basket, authority: a.com}, headers: {request: {set: {x-a: b}}}, route: [{destination: {host: cart}}]},
		{corsPolicy: {allowOrigins: [{exact: "https://a.com"}]}, route: [{destination: {host: cart}}]}]`
	manifests := shop(behindWaypoint, waypoint, virtualService(`cart`, shaped))
	browser := get(web, theCart, "/")
	browser.Headers = map[string]string{"origin": "https://a.com"}
	answers := asked(t, manifests, get(web, theCart, "/old"), get(web, theCart, "/closed"), get(web, theCart, "/cart/1"), browser)
	for index, want := range []envoy.Shape{
		{Status: 301, Location: "http://a.com/new"},
		{Status: 503, Body: "closed"},
		{Path: "/basket/1", Authority: "a.com", RequestHeaders: []string{"set x-a: b"}},
		{CORS: &envoy.CORS{Allowed: true}},
	} {
		if legs := answers[index].Legs; len(legs) != 1 || legs[0].Shape == nil || !reflect.DeepEqual(*legs[0].Shape, want) {
			t.Errorf("got %+v, want %+v", legs, want)
		}
		if isAnswered := want.Status > 0; answers[index].Allowed == isAnswered {
			t.Errorf("%+v: sent on: %v", want, answers[index].Allowed)
		}
	}
}

func TestAPolicyOfTheCalleeReadsThePathThatIsSentOn(t *testing.T) {
	rewrite := virtualService(`cart`, `http: [{match: [{uri: {prefix: /cart}}], rewrite: {uri: /basket}, route: [{destination: {host: cart}}]}]`)
	policy := `{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: cart, namespace: shop},
		spec: {selector: {matchLabels: {app: cart}}, rules: [{to: [{operation: {paths: [/basket/*]}}]}]}}`
	answers := asked(t, shop(sidecars, rewrite, policy), get(sidecarWeb, theCart, "/cart/1"), get(web, theCart, "/cart/1"))
	if !answers[0].Allowed || answers[1].Allowed {
		t.Errorf("through the rewrite: %v, past it: %v", answers[0].Allowed, answers[1].Allowed)
	}
}
