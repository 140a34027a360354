package envoy

import (
	"errors"
	"slices"
	"testing"

	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	"google.golang.org/protobuf/types/known/anypb"
)

const (
	policies = `{policies: {"ns[shop]-policy[web]-rule[0]":
		{permissions: [{any: true}], principals: [{authenticated: {principalName: {suffix: /sa/web}}}]}}}`
	readers = `{policies: {"ns[shop]-policy[read]-rule[0]":
		{permissions: [{header: {name: ":method", stringMatch: {exact: GET}}}], principals: [{any: true}]}}}`
	denyAll  = `{action: DENY, policies: {"ns[shop]-policy[deny]-rule[0]": {permissions: [{any: true}], principals: [{any: true}]}}}`
	toOne    = `routeConfig: {virtualHosts: [{name: cart, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: one}}]}]}`
	tcpProxy = `{name: p, typedConfig: {"@type": "` + extensions + `filters.network.tcp_proxy.v3.TcpProxy", cluster: one}}`
)

func networkRBAC(fields string) string {
	return `{name: r, typedConfig: {"@type": "` + extensions + `filters.network.rbac.v3.RBAC", ` + fields + `}}`
}

func httpRBAC(fields string) string {
	return `{name: r, typedConfig: {"@type": "` + extensions + `filters.http.rbac.v3.RBAC", ` + fields + `}}`
}

func manager(routes, filters, settings string) string {
	return `{name: m, typedConfig: {"@type": "` + extensions + `filters.network.http_connection_manager.v3.HttpConnectionManager", ` +
		routes + `, httpFilters: [` + filters + `]` + settings + `}}`
}

func accepted(tb testing.TB, filters string, connection Connection) (Outcome, error) {
	tb.Helper()
	listener := written(tb, &listenerv3.Listener{}, `filterChains: [{name: only, filters: [`+filters+`]}]`)
	named := `virtualHosts: [{name: cart, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: named}}]}]`
	proxy := &Proxy{Routes: map[string]*routev3.RouteConfiguration{"8080": written(tb, &routev3.RouteConfiguration{}, named)}}
	return proxy.Accept(listener, connection)
}

func TestFiltersDecideInTheirOrder(t *testing.T) {
	plaintext := web()
	plaintext.Principal = ""
	writer := web()
	writer.HTTP.Method = "POST"
	byWeb, byReaders, byDeny := "AuthorizationPolicy shop/web", "AuthorizationPolicy shop/read", "AuthorizationPolicy shop/deny"
	cases := []struct {
		name, filters string
		connection    Connection
		allowed       bool
		by            []string
		cluster       string
	}{
		{"nobody is asked", tcpProxy, plaintext, true, nil, "one"},
		{"filters that change nothing", `{name: istio.metadata_exchange}, ` + tcpProxy, plaintext, true, nil, "one"},
		{"bytes of a caller that is allowed", networkRBAC(`rules: `+policies) + `, ` + tcpProxy, web(), true, []string{byWeb}, "one"},
		{"bytes of nobody", networkRBAC(`rules: `+policies) + `, ` + tcpProxy, plaintext, false, []string{byWeb}, ""},
		{"bytes where a method is wanted", networkRBAC(`rules: `+readers) + `, ` + tcpProxy, web(), false, []string{byReaders}, ""},
		{"what is only tried out has no say", networkRBAC(`shadowRules: `+denyAll) + `, ` + tcpProxy, plaintext, true, nil, "one"},
		{"a request", manager(toOne, httpRBAC(`rules: `+readers), ""), web(), true, []string{byReaders}, "one"},
		{"a request of another kind", manager(toOne, httpRBAC(`rules: `+readers), ""), writer, false, []string{byReaders}, ""},
		{"what denies comes before what allows",
			manager(toOne, httpRBAC(`rules: `+denyAll)+`, `+httpRBAC(`rules: `+readers), ""), web(), false, []string{byDeny}, ""},
		{"a filter without rules", manager(toOne, httpRBAC(`shadowRules: `+denyAll), ""), web(), true, nil, "one"},
		{"bytes first, then the request",
			networkRBAC(`rules: `+policies) + `, ` + manager(toOne, httpRBAC(`rules: `+readers), ""), writer, false, []string{byReaders}, ""},
		{"routes by name", manager(`rds: {routeConfigName: "8080"}`, ``, ""), web(), true, nil, "named"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := accepted(t, c.filters, c.connection)
			if err != nil || got.Allowed != c.allowed || !slices.Equal(got.By, c.by) {
				t.Fatalf("got %+v, %v", got, err)
			}
			if c.cluster != "" && got.Route.Clusters[0].Name != c.cluster {
				t.Errorf("goes to %+v", got.Route)
			}
		})
	}
}

func TestWhatFiltersDoThatIsNotModelled(t *testing.T) {
	fault := `{name: f, typedConfig: {"@type": "` + extensions + `filters.http.fault.v3.HTTPFault", abort: {httpStatus: 503}}}`
	empty := func(kind string) string { return `{name: f, typedConfig: {"@type": "` + extensions + kind + `"}}` }
	for name, filters := range map[string]string{
		"a filter":                        empty("filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster") + `, ` + tcpProxy,
		"a filter without a type":         `{name: f}, ` + tcpProxy,
		"no end":                          networkRBAC(`rules: ` + policies),
		"a tree of policies":              networkRBAC(`matcher: {}`) + `, ` + tcpProxy,
		"a tree of policies for requests": manager(toOne, httpRBAC(`matcher: {}`), ""),
		"a filter for requests":           manager(toOne, empty("filters.http.jwt_authn.v3.JwtProvider"), ""),
		"a fault for all":                 manager(toOne, fault, ""),
		"routes that are missing":         manager(`rds: {routeConfigName: nowhere}`, ``, ""),
		"no routes":                       manager(`statPrefix: a`, ``, ""),
		"hops before an inner proxy":      manager(toOne, ``, `, xffNumTrustedHops: 1`),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := accepted(t, filters, web())
			isUnknown(t, err)
		})
	}
	encrypted := web()
	encrypted.TLS = true
	_, err := accepted(t, manager(toOne, ``, ""), encrypted)
	isUnknown(t, err)
	_, err = (&Proxy{}).decode(&anypb.Any{TypeUrl: "type.googleapis.com/nobody.Knows"})
	isUnknown(t, err)
}

func TestTheClientsAddressIsThePeersOrTheOneNotedLast(t *testing.T) {
	remote := `{policies: {a: {permissions: [{any: true}], principals: [{remoteIp: {addressPrefix: 203.0.113.0, prefixLen: 24}}]}}}`
	for name, c := range map[string]struct {
		settings, noted, onward string
		allowed                 bool
	}{
		"of the peer":                     {`, useRemoteAddress: false`, "", "", false},
		"as noted last":                   {`, useRemoteAddress: false`, "10.1.1.1, 203.0.113.9", "10.1.1.1, 203.0.113.9", true},
		"as somebody noted before":        {`, useRemoteAddress: false`, "203.0.113.9,10.1.1.1", "203.0.113.9,10.1.1.1", false},
		"noted nonsense":                  {`, useRemoteAddress: false`, "me", "me", false},
		"of the peer, whatever was noted": {`, useRemoteAddress: true`, "203.0.113.9", "203.0.113.9,10.244.0.9", false},
		"of the peer, and noted":          {`, useRemoteAddress: true`, "", "10.244.0.9", false},
		"as the one trusted proxy noted":  {`, useRemoteAddress: true, xffNumTrustedHops: 1`, "203.0.113.9", "203.0.113.9,10.244.0.9", true},
		"not as the client wrote":         {`, useRemoteAddress: true, xffNumTrustedHops: 1`, "203.0.113.9, 10.1.1.1", "203.0.113.9, 10.1.1.1,10.244.0.9", false},
		"as the first of two noted":       {`, useRemoteAddress: true, xffNumTrustedHops: 2`, "203.0.113.9, 10.1.1.1", "203.0.113.9, 10.1.1.1,10.244.0.9", true},
		"of the peer, past the proxies":   {`, useRemoteAddress: true, xffNumTrustedHops: 2`, "203.0.113.9", "203.0.113.9,10.244.0.9", false},
	} {
		t.Run(name, func(t *testing.T) {
			connection := web()
			if c.noted != "" {
				connection.HTTP = connection.HTTP.with(forwardedFor, c.noted)
			}
			got, err := accepted(t, manager(toOne, httpRBAC(`rules: `+remote), c.settings), connection)
			if err != nil || got.Allowed != c.allowed || got.Onward.HTTP.Headers[forwardedFor] != c.onward {
				t.Errorf("got %+v with %v, %v", got, got.Onward.HTTP, err)
			}
			if connection.HTTP.Headers[forwardedFor] != c.noted {
				t.Error("the caller's own request has changed")
			}
		})
	}
}

func TestTokensAreTakenOffUnlessForwarded(t *testing.T) {
	filter := `{name: j, typedConfig: {"@type": "` + extensions + `filters.http.jwt_authn.v3.JwtAuthentication", providers: {
		a: {issuer: a}, b: {issuer: b, forward: true}, c: {issuer: c, forwardPayloadHeader: x-payload}}}}`
	wanted := httpRBAC(`rules: {policies: {p: {permissions: [{any: true}], principals: [
		{metadata: {filter: envoy.filters.http.jwt_authn, path: [{key: payload}, {key: iss}], value: {stringMatch: {safeRegex: {regex: ".+"}}}}}]}}}`)
	asking := func(issuer string) (Outcome, error) {
		connection := web()
		if issuer != "" {
			connection.HTTP.Token = &Token{Issuer: issuer}
		}
		return accepted(t, manager(toOne, filter+`, `+wanted, ""), connection)
	}
	for issuer, want := range map[string]struct{ allowed, forwarded bool }{
		"a": {true, false}, "b": {true, true}, "d": {false, true}, "": {false, false},
	} {
		got, err := asking(issuer)
		if err != nil || got.Allowed != want.allowed || (got.Onward.HTTP.Token != nil) != want.forwarded {
			t.Errorf("issuer %q: %+v, %v", issuer, got, err)
		}
	}
	_, err := asking("c")
	isUnknown(t, err)
}

func TestEncryptionEndsWhereTheChainSaysSo(t *testing.T) {
	ends := func(socket string, connection Connection) (Outcome, error) {
		text := `filterChains: [{transportSocket: ` + socket + `, filters: [` + tcpProxy + `]}]`
		return (&Proxy{}).Accept(written(t, &listenerv3.Listener{}, text), connection)
	}
	visitor := web()
	visitor.TLS = true
	got, err := ends(ownTLS, visitor)
	if err != nil || got.Onward.TLS || !got.Onward.HTTP.Secure || visitor.HTTP.Secure {
		t.Errorf("of a visitor remains %+v, %v", got.Onward, err)
	}
	inner := web()
	inner.MTLS, inner.TLS = true, true
	got, err = ends(meshTLS, inner)
	if err != nil || got.Onward.MTLS || !got.Onward.TLS || got.Onward.HTTP.Secure {
		t.Errorf("of the application's own TLS in mutual TLS remains %+v, %v", got.Onward, err)
	}
	if _, err := ends(meshTLS, web()); !errors.Is(err, ErrNoChain) {
		t.Errorf("plaintext gives %v", err)
	}
}
