package envoy

import (
	"reflect"
	"testing"
	"time"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	tcpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	"google.golang.org/protobuf/types/known/durationpb"
)

// routed is what becomes of a request for an item where these are the routes of its host.
func routed(tb testing.TB, routes string) (Route, error) {
	tb.Helper()
	return routedFor(tb, routes, web().HTTP)
}

func routedFor(tb testing.TB, routes string, request *Request) (Route, error) {
	tb.Helper()
	configuration := written(tb, &routev3.RouteConfiguration{}, `virtualHosts: [{name: cart, domains: ["*"], routes: [`+routes+`]}]`)
	return (&Proxy{}).httpRoute(configuration, request)
}

func TestRoutes(t *testing.T) {
	const always = `match: {prefix: /}`
	one := []WeightedCluster{{"one", 1}}
	note := `metadata: {filterMetadata: {istio: {config: /apis/networking.istio.io/v1/namespaces/shop/virtual-service/cart}}}`
	cases := []struct {
		name, routes string
		want         Route
	}{
		{"the first that matches",
			`{match: {prefix: /other}, route: {cluster: two}}, {` + always + `, route: {cluster: one, timeout: 0s}}, {` + always + `}`, Route{Clusters: one}},
		{"none matches", `{match: {prefix: /other}, route: {cluster: two}}`, Route{}},
		{"where it is from", `{name: r, ` + always + `, ` + note + `, route: {cluster: one, timeout: 5s}}`,
			Route{Clusters: one, Name: "r", By: "VirtualService shop/cart", Timeout: "5s"}},
		{"Envoy's own timeout", `{` + always + `, route: {cluster: one}}`, Route{Clusters: one, Timeout: "15s"}},
		{"shares of weights",
			`{` + always +
				`, route: {timeout: 0s, weightedClusters: {clusters: [{name: a, weight: 3}, {name: b, weight: 1}, {name: c, weight: 0}, {name: d}]}}}`,
			Route{Clusters: []WeightedCluster{{"a", 0.75}, {"b", 0.25}, {"c", 0}, {"d", 0}}}},
		{"retries",
			`{` + always + `, route: {cluster: one, timeout: 0s, retryPolicy: {retryOn: "unavailable,cancelled", numRetries: 0, perTryTimeout: 2s}}}`,
			Route{Clusters: one, Retries: &Retries{Attempts: 0, PerTryTimeout: "2s", On: []string{"cancelled", "unavailable"}}}},
		{"retries of which little is said",
			`{` + always + `, route: {cluster: one, timeout: 0s, retryPolicy: {}}}`, Route{Clusters: one, Retries: &Retries{Attempts: 1, On: []string{}}}},
		{"retries of which all is said",
			`{` + always + `, route: {cluster: one, timeout: 0s, retryPolicy: {retryOn: reset, retriableStatusCodes: [503], ` +
				`retryBackOff: {baseInterval: 0.1s}, retryHostPredicate: [{name: x}], retryPriority: {name: other}}}}`,
			Route{Clusters: one, Retries: &Retries{
				Attempts: 1, On: []string{"reset"}, Codes: []uint32{503}, Backoff: "100ms", OtherHosts: true, OtherLocalities: true,
			}}},
		{"a hash of a header", `{` + always + `, route: {cluster: one, timeout: 0s, hashPolicy: [{header: {headerName: x-user}}]}}`,
			Route{Clusters: one, Hash: "header x-user"}},
		{"a hash of a cookie",
			`{` + always + `, route: {cluster: one, timeout: 0s, hashPolicy: [{cookie: {name: user, ttl: 60s, path: /}}]}}`,
			Route{Clusters: one, Hash: "cookie user 1m /"}},
		{"a hash of a query parameter",
			`{` + always + `, route: {cluster: one, timeout: 0s, hashPolicy: [{queryParameter: {name: user}}]}}`,
			Route{Clusters: one, Hash: "query user"}},
		{"a hash of the caller's address",
			`{` + always + `, route: {cluster: one, timeout: 0s, hashPolicy: [{connectionProperties: {sourceIp: true}}]}}`,
			Route{Clusters: one, Hash: "source address"}},
		{"an answer of its own", `{name: r, ` + always + `, directResponse: {status: 403}}`, Route{Name: "r", Shape: &Shape{Status: 403}}},
		{"a redirect", `{name: r, ` + always + `, redirect: {hostRedirect: a.com}}`,
			Route{Name: "r", Shape: &Shape{Status: 301, Location: "http://a.com/items/1?sort=up"}}},
		{"a fault",
			`{` + always + `, route: {cluster: one, timeout: 0s}, ` + faulty(`abort: {httpStatus: 503, percentage: {numerator: 25}}`) +
				`}`, Route{Clusters: one, Fault: &Fault{Status: 503, Aborted: 25}}},
		{"a fault of another unit",
			`{` + always + `, route: {cluster: one, timeout: 0s}, ` +
				faulty(`abort: {httpStatus: 503, percentage: {numerator: 1000000, denominator: MILLION}}`) + `}`,
			Route{Clusters: one, Fault: &Fault{Status: 503, Aborted: 100}}},
		{"a delay changes no answer",
			`{` + always + `, route: {cluster: one, timeout: 0s}, ` + faulty(`delay: {fixedDelay: 1s, percentage: {numerator: 100}}`) +
				`}`, Route{Clusters: one, Fault: &Fault{Delay: "1s", Delayed: 100}}},
		{"a fault beside timeout and retries",
			`{` + always + `, route: {cluster: one, timeout: 3s, retryPolicy: {numRetries: 2}}, ` + faulty(`abort: {grpcStatus: 14, percentage: {numerator: 50}}`) +
				`}`, Route{Clusters: one, Timeout: "3s", Retries: &Retries{Attempts: 2, On: []string{}}, Fault: &Fault{GRPCStatus: 14, Aborted: 50}}},
		{"a policy for browsers", `{` + always + `, route: {cluster: one, timeout: 0s}, typedPerFilterConfig: {cors: ` + cors + `}}`, Route{Clusters: one}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := routed(t, c.routes); err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

const cors = `{"@type": "` + extensions + `filters.http.cors.v3.CorsPolicy"}`

func faulty(fault string) string {
	return `typedPerFilterConfig: {fault: {"@type": "` + extensions + `filters.http.fault.v3.HTTPFault", ` + fault + `}}`
}

func TestRoutesThatAreNotModelled(t *testing.T) {
	const always, rbac = `{match: {prefix: /}, `, `{"@type": "` + extensions + `filters.http.rbac.v3.RBACPerRoute"}`
	const add = `requestHeadersToAdd: [{header: {key: a, value: b}}]`
	for name, routes := range map[string]string{
		"another path by pattern":    always + `route: {cluster: a, pathRewritePolicy: {}}}`,
		"another host by header":     always + `route: {cluster: a, hostRewriteHeader: b}}`,
		"a new start of expressions": `{match: {safeRegex: {regex: .*}}, route: {cluster: a, prefixRewrite: /b}}`,
		"a mirror by header":         always + `route: {cluster: a, requestMirrorPolicies: [{clusterHeader: b}]}}`,
		"a redirect that it follows": always + `route: {cluster: a, internalRedirectPolicy: {}}}`,
		"a cluster by header":        always + `route: {clusterHeader: b}}`,
		"no weight at all":           always + `route: {weightedClusters: {clusters: [{name: a, weight: 0}]}}}`,
		"a weight by header":         always + `route: {weightedClusters: {headerName: b, clusters: [{name: a, weight: 1}]}}}`,
		"a host by weight":           always + `route: {weightedClusters: {clusters: [{name: a, weight: 1, hostRewriteLiteral: b}]}}}`,
		"a header by weight":         always + `route: {weightedClusters: {clusters: [{name: a, weight: 1, ` + add + `}]}}}`,
		"a policy by weight":         always + `route: {weightedClusters: {clusters: [{name: a, weight: 1, typedPerFilterConfig: {rbac: ` + rbac + `}}]}}}`,
		"a header where none is":     always + `route: {cluster: a}, requestHeadersToAdd: [{header: {key: a}, appendAction: ADD_IF_ABSENT}]}`,
		"a redirect by expression":   always + `redirect: {regexRewrite: {}}}`,
		"a policy of its own":        always + `route: {cluster: a}, typedPerFilterConfig: {rbac: ` + rbac + `}}`,
		"a fault for one cluster":    always + `route: {cluster: a}, ` + faulty(`upstreamCluster: b`) + `}`,
		"a fault by header":          always + `route: {cluster: a}, ` + faulty(`abort: {headerAbort: {}}`) + `}`,
		"a delay by header":          always + `route: {cluster: a}, ` + faulty(`delay: {headerDelay: {}}`) + `}`,
		"a fault for some callers":   always + `route: {cluster: a}, ` + faulty(`downstreamNodes: [b]`) + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := routed(t, routes)
			isUnknown(t, err)
		})
	}
	const rarely = `{"@type": "` + extensions + `filters.http.cors.v3.CorsPolicy", filterEnabled: {defaultValue: {numerator: 1}}}`
	const host = `{name: a, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: a}}]`
	for name, configuration := range map[string]string{
		"a policy of a host":       `{virtualHosts: [` + host + `, typedPerFilterConfig: {rbac: ` + rbac + `}}]}`,
		"HTTPS of some alone":      `{virtualHosts: [` + host + `, requireTls: EXTERNAL_ONLY}]}`,
		"a tree instead of a list": `{virtualHosts: [` + host + `, matcher: {}}]}`,
		"browsers at times":        `{virtualHosts: [` + host + `, typedPerFilterConfig: {cors: ` + rarely + `}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			preflight := &Request{Method: "OPTIONS", Path: "/", Headers: map[string]string{"origin": "a", "access-control-request-method": "PUT"}}
			_, err := (&Proxy{}).httpRoute(written(t, &routev3.RouteConfiguration{}, configuration), preflight)
			isUnknown(t, err)
		})
	}
}

func TestHostsThatAProxyWasNotToldOf(t *testing.T) {
	for name, hosts := range map[string]string{
		"of nobody":             `{name: cart, domains: [other]}`,
		"answered with a 502":   `{name: block_all, domains: ["*"], routes: [{match: {prefix: /}, directResponse: {status: 502}}]}`,
		"without any such path": `{name: block_all, domains: ["*"]}`,
	} {
		got, err := (&Proxy{}).httpRoute(written(t, &routev3.RouteConfiguration{}, `virtualHosts: [`+hosts+`]`), web().HTTP)
		if err != nil || !got.Blocked {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestRoutesOfBytes(t *testing.T) {
	got, err := tcpRoute(written(t, &tcpv3.TcpProxy{}, `{cluster: a}`))
	if err != nil || !reflect.DeepEqual(got, Route{Clusters: []WeightedCluster{{"a", 1}}}) {
		t.Errorf("got %+v, %v", got, err)
	}
	got, err = tcpRoute(written(t, &tcpv3.TcpProxy{}, `{weightedClusters: {clusters: [{name: a, weight: 90}, {name: b, weight: 10}]}}`))
	if err != nil || !reflect.DeepEqual(got, Route{Clusters: []WeightedCluster{{"a", 0.9}, {"b", 0.1}}}) {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err = tcpRoute(written(t, &tcpv3.TcpProxy{}, `{weightedClusters: {clusters: [{name: a}]}}`))
	isUnknown(t, err)
}

func TestDurationsAreWrittenAsUsersDo(t *testing.T) {
	for value, want := range map[time.Duration]string{
		0: "", time.Millisecond: "1ms", 1500 * time.Millisecond: "1.5s", 5 * time.Second: "5s", time.Minute: "1m", 90 * time.Second: "1m30s",
		time.Hour: "1h", 90 * time.Minute: "1h30m", 20 * time.Hour: "20h", time.Hour + time.Second: "1h0m1s", 10 * time.Minute: "10m",
	} {
		if got := duration(durationpb.New(value)); got != want {
			t.Errorf("%d is written as %q, not as %q", value, got, want)
		}
	}
	if got := duration(nil); got != "" {
		t.Errorf("none is written as %q", got)
	}
}
