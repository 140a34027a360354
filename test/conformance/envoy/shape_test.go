package envoy

import (
	"reflect"
	"testing"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
)

func TestShapes(t *testing.T) {
	const items, always = `match: {pathSeparatedPrefix: /items}, `, `match: {prefix: /}, `
	for _, c := range []struct {
		name, route string
		want        Shape
	}{
		{"another start of a path", items + `route: {cluster: a, prefixRewrite: /goods}`, Shape{Path: "/goods/1?sort=up"}},
		{"a start that is text", `match: {prefix: /items/}, route: {cluster: a, prefixRewrite: /}`, Shape{Path: "/1?sort=up"}},
		{"a path that is named as a whole", `match: {path: /items/1}, route: {cluster: a, prefixRewrite: /one}`, Shape{Path: "/one?sort=up"}},
		{"a start that is taken away", items + `route: {cluster: a, regexRewrite: {pattern: {regex: "^/items(/?)(.*)"}, substitution: "/\\2"}}`,
			Shape{Path: "/1?sort=up"}},
		{"another path altogether", items + `route: {cluster: a, regexRewrite: {pattern: {regex: "/.*"}, substitution: /closed}}`,
			Shape{Path: "/closed?sort=up"}},
		{"another host", always + `route: {cluster: a, hostRewriteLiteral: b}`, Shape{Authority: "b"}},
		{"headers", always + `route: {cluster: a},
			requestHeadersToAdd: [{header: {key: A, value: b}, appendAction: OVERWRITE_IF_EXISTS_OR_ADD}, {header: {key: c, value: d}}],
			requestHeadersToRemove: [E], responseHeadersToAdd: [{header: {key: f, value: g}}], responseHeadersToRemove: [h]`,
			Shape{RequestHeaders: []string{"set a: b", "add c: d", "remove e"}, ResponseHeaders: []string{"add f: g", "remove h"}}},
		{"an answer with a body", always + `directResponse: {status: 503, body: {inlineString: closed}}`, Shape{Status: 503, Body: "closed"}},
		{"a redirect to HTTPS and another port", always + `redirect: {schemeRedirect: https, portRedirect: 8443, responseCode: FOUND}`,
			Shape{Status: 302, Location: "https://cart.shop.svc.cluster.local:8443/items/1?sort=up"}},
		{"a redirect to another path", always + `redirect: {pathRedirect: /new, responseCode: PERMANENT_REDIRECT}`,
			Shape{Status: 308, Location: "http://cart.shop.svc.cluster.local/new?sort=up"}},
		{"a redirect to another start of a path", items + `redirect: {prefixRewrite: /goods}`,
			Shape{Status: 301, Location: "http://cart.shop.svc.cluster.local/goods/1?sort=up"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := routed(t, `{`+c.route+`}`)
			if err != nil || got.Shape == nil || !reflect.DeepEqual(*got.Shape, c.want) {
				t.Errorf("got %+v, %v", got.Shape, err)
			}
		})
	}
}

func TestTheClosestLevelChangesHeadersFirst(t *testing.T) {
	add := func(value string) string { return `requestHeadersToAdd: [{header: {key: a, value: ` + value + `}}]` }
	configuration := `{` + add("all") + `, virtualHosts: [{name: a, domains: ["*"], ` + add("host") +
		`, routes: [{match: {prefix: /}, route: {cluster: a}, ` + add("route") + `}]}]}`
	got, err := (&Proxy{}).httpRoute(written(t, &routev3.RouteConfiguration{}, configuration), web().HTTP)
	want := []string{"add a: route", "add a: host", "add a: all"}
	if err != nil || !reflect.DeepEqual(got.Shape.RequestHeaders, want) {
		t.Errorf("got %+v, %v", got.Shape, err)
	}
}

func TestRequestsAreSentOnAsTheyWereShaped(t *testing.T) {
	shape := &Shape{Path: "/b", Authority: "b", RequestHeaders: []string{"set a: 1", "add x-team: too", "add c: d", "remove e"}}
	request := web().HTTP.with("e", "f")
	got := shape.applied(request)
	want := &Request{Method: "GET", Path: "/b", Host: "b", Headers: map[string]string{"a": "1", "x-team": "web,too", "c": "d"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if request.Path != web().HTTP.Path || request.Headers["x-team"] != "web" {
		t.Errorf("the request itself has changed: %+v", request)
	}
}
