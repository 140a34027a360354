package envoy

import (
	"testing"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
)

func TestVirtualHosts(t *testing.T) {
	configuration := written(t, &routev3.RouteConfiguration{}, `
ignorePortInHostMatching: true
virtualHosts:
- {name: all, domains: ["*"]}
- {name: behind, domains: ["shop.*"]}
- {name: before, domains: ["*.example.com", "*-eu.org"]}
- {name: longer, domains: ["*.eu.example.com"]}
- {name: exact, domains: [shop.example.com, Shop.Org]}
`)
	for host, want := range map[string]string{
		"shop.example.com": "exact", "SHOP.example.com": "exact", "shop.org": "exact", "shop.example.com:443": "exact",
		"cart.example.com": "before", "a.eu.example.com": "longer", "shop.net": "behind", "other.net": "all",
		"example.com": "all", "a-eu.org": "before", "-eu.org": "all", "shop.": "all",
	} {
		if got := virtualHost(configuration, host).GetName(); got != want {
			t.Errorf("%s goes to %s, not to %s", host, got, want)
		}
	}
	if got := virtualHost(&routev3.RouteConfiguration{VirtualHosts: configuration.VirtualHosts[1:]}, "a.net"); got != nil {
		t.Errorf("a host of nobody goes to %s", got.Name)
	}
	configuration.IgnorePortInHostMatching = false
	if got := virtualHost(configuration, "shop.example.com:443").GetName(); got != "behind" {
		t.Errorf("with its port a host goes to %s", got)
	}
}

// Before any route is asked.
func TestHostsThatRequireTLS(t *testing.T) {
	configuration := written(t, &routev3.RouteConfiguration{}, `
virtualHosts:
- {name: "*:80", domains: ["*"], requireTls: ALL, routes: [{match: {prefix: /}, route: {cluster: a}}]}
`)
	route, err := (&Proxy{}).httpRoute(configuration, &Request{Host: "shop.example.com", Path: "/a?b=c"})
	if err != nil || route.Shape == nil || route.Shape.Location != "https://shop.example.com/a?b=c" || len(route.Clusters) > 0 {
		t.Errorf("got %+v, %v", route, err)
	}
	route, err = (&Proxy{}).httpRoute(configuration, &Request{Host: "shop.example.com", Path: "/a", Secure: true})
	if err != nil || route.Shape != nil || len(route.Clusters) != 1 {
		t.Errorf("got %+v, %v", route, err)
	}
}

func TestRouteMatches(t *testing.T) {
	cases := []struct {
		match, path string
		want        bool
	}{
		{`{prefix: /}`, "/any/where", true},
		{`{prefix: /cart}`, "/carts", true},
		{`{prefix: /Cart}`, "/cart", false},
		{`{prefix: /Cart, caseSensitive: false}`, "/cart/1", true},
		{`{prefix: /Cart, caseSensitive: true}`, "/cart/1", false},
		{`{path: /cart}`, "/cart?a=b", true},
		{`{path: /cart}`, "/cart/", false},
		{`{path: /Cart, caseSensitive: false}`, "/cART", true},
		{`{pathSeparatedPrefix: /cart}`, "/cart", true},
		{`{pathSeparatedPrefix: /cart}`, "/cart/1", true},
		{`{pathSeparatedPrefix: /cart}`, "/carts", false},
		{`{pathSeparatedPrefix: /cart}`, "/cart?x", true},
		{`{safeRegex: {regex: "/cart/[0-9]+"}}`, "/cart/12?x=y", true},
		{`{safeRegex: {regex: "/cart/[0-9]+"}}`, "/cart/12/x", false},
		{`{prefix: /, headers: [{name: x-team, stringMatch: {exact: web}}, {name: ":method", stringMatch: {exact: GET}}]}`, "/", true},
		{`{prefix: /, headers: [{name: x-team, stringMatch: {exact: web}}, {name: ":method", stringMatch: {exact: POST}}]}`, "/", false},
		{`{prefix: /, queryParameters: [{name: a, stringMatch: {exact: b}}]}`, "/?c=d&a=b", true},
		{`{prefix: /, queryParameters: [{name: a, stringMatch: {exact: b}}]}`, "/?a=c&a=b", false},
		{`{prefix: /, queryParameters: [{name: a, stringMatch: {exact: b}}]}`, "/", false},
		{`{prefix: /, queryParameters: [{name: a, presentMatch: true}]}`, "/?a", true},
		{`{prefix: /, queryParameters: [{name: a, presentMatch: false}]}`, "/?a=1", false},
		{`{prefix: /, queryParameters: [{name: a}]}`, "/?b", false},
	}
	for _, c := range cases {
		request := &Request{Method: "GET", Path: c.path, Headers: map[string]string{"x-team": "web"}}
		if got, err := matchRoute(written(t, &routev3.RouteMatch{}, c.match), request); err != nil || got != c.want {
			t.Errorf("%s on %s: %v, %v", c.match, c.path, got, err)
		}
	}
}

func TestRouteMatchesByClaims(t *testing.T) {
	claim := func(rest string) string {
		return `{prefix: /, dynamicMetadata: [{filter: envoy.filters.http.jwt_authn, path: [{key: payload}, {key: group}, {key: id}], ` + rest + `}]}`
	}
	beta := `value: {orMatch: {valueMatchers: [{listMatch: {oneOf: {stringMatch: {exact: beta}}}}, {stringMatch: {exact: beta}}]}}`
	for _, c := range []struct {
		match string
		id    any
		want  bool
	}{
		{claim(beta), "beta", true},
		{claim(beta), []any{"old", "beta"}, true},
		{claim(beta), "old", false},
		{claim(beta), nil, false},
		{claim(beta + ", invert: true"), "beta", false},
		{claim(beta + ", invert: true"), nil, true},
	} {
		request := &Request{Path: "/", Headers: map[string]string{"@request.auth.claims.group.id": "beta"}}
		if c.id != nil {
			request.claims = map[string]any{"group": map[string]any{"id": c.id}}
		}
		if got, err := matchRoute(written(t, &routev3.RouteMatch{}, c.match), request); err != nil || got != c.want {
			t.Errorf("%s of %v: %v, %v", c.match, c.id, got, err)
		}
	}
}

func TestRouteMatchesThatAreNotModelled(t *testing.T) {
	for _, match := range []string{
		`{}`, `{connectMatcher: {}}`, `{prefix: /, grpc: {}}`, `{prefix: /, runtimeFraction: {}}`, `{prefix: /, tlsContext: {}}`,
		`{prefix: /, dynamicMetadata: [{}]}`, `{prefix: /, filterState: [{}]}`, `{pathMatchPolicy: {}}`,
	} {
		_, err := matchRoute(written(t, &routev3.RouteMatch{}, match), &Request{Path: "/"})
		isUnknown(t, err)
	}
}
