package traffic

import (
	"reflect"
	"testing"

	"istio-constructs/test/conformance/envoy"
)

// shares is what becomes of one request in a world: where it ends, who had a say, and which rule sent it there.
type shares struct {
	name      string
	manifests []string
	request   Request
	want      string
	// said and leg are not asked where they are empty.
	said string
	leg  string
}

func inWorlds(t *testing.T, cases []shares) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer := asked(t, c.manifests, c.request)[0]
			if got := split(answer); got != c.want {
				t.Errorf("split: got %q, want %q", got, c.want)
			}
			if got := said(answer); c.said != "" && got != c.said {
				t.Errorf("said: got %q, want %q", got, c.said)
			}
			if got := legs(answer); c.leg != "" && got != c.leg {
				t.Errorf("legs: got %q, want %q", got, c.leg)
			}
		})
	}
}

func legs(answer Answer) string {
	text := ""
	for _, leg := range answer.Legs {
		text += leg.At + " by " + leg.By + "; "
	}
	return text
}

func TestSplitByHTTPRoute(t *testing.T) {
	route := httpRoute("split", toCart, ninetyTen)
	inVersions := shop(ambient+`, istio.io/use-waypoint: none`, waypoint, versions, route, p2)
	labelled := service("cart", `istio.io/use-waypoint: waypoint`, `selector: {app: cart}, ports: [{name: http, port: 8080}]`)
	const ninety, half = "shop/cart-v1 90, shop/cart-v2 10", "shop/cart-v1 50, shop/cart-v2 50"
	both := shop(behindWaypoint, waypoint, versions, route, p1, p2)
	inWorlds(t, []shares{
		{"on a waypoint", both, item(web, theCart), ninety, "in shop/p1", "waypoint shop/waypoint by HTTPRoute shop/split; "},
		{"P1 of the parent holds", both, get(web, theCart, "/admin"), "shop/waypoint 100", "out shop/p1 at waypoint shop/waypoint (authorization)", ""},
		{"a version that is called itself meets no policy of the parent", both, item(other, at("cart-v1")), "shop/cart-v1 100", "in shop/p2", ""},
		{"only the parent needs a waypoint", replaced(inVersions, labelled), item(web, theCart), ninety, "in shop/p2", ""},
		{"a version without a waypoint is refused by P2", replaced(inVersions, labelled), item(web, at("cart-v1")), "shop/cart-v1 100",
			"out shop/p2 at ztunnel shop/cart-v1 (authorization)", ""},
		{"without a waypoint nobody reads it", shop(ambient, versions, route), item(web, theCart), half, "in", ""},
		{"a sidecar reads it itself", shop(behindWaypoint, waypoint, versions, route), item(sidecarWeb, theCart), ninety, "in",
			"sidecar shop/stranger-web-sidecar by HTTPRoute shop/split; "},
		{"between sidecars", shop(sidecars, versions, route), item(sidecarWeb, theCart), ninety, "in", ""},
		{"nothing for v2 is none", shop(behindWaypoint, waypoint, versions, httpRoute("split", toCart,
			`{backendRefs: [{name: cart-v1, port: 8080, weight: 1}, {name: cart-v2, port: 8080, weight: 0}]}`)), item(web, theCart),
			"shop/cart-v1 100", "in", ""},
	})
}

// replaced puts another Service in the place of the cart's.
func replaced(manifests []string, service string) []string {
	changed := append([]string(nil), manifests...)
	changed[4] = service
	return changed
}

func TestSplitBySubsets(t *testing.T) {
	rule, route := destinationRule("cart", subsets), virtualService(`cart`, `http: [{`+seventyThirty+`}]`)
	const seventy, half = "shop/cart-v1 v1 70, shop/cart-v2 v2 30", "shop/cart-v1 50, shop/cart-v2 50"
	inWorlds(t, []shares{
		{"on a waypoint",
			shop(behindWaypoint, waypoint, rule, route, p1, p2), item(web, theCart), seventy, "in shop/p1",
			"waypoint shop/waypoint by VirtualService shop/cart; "},
		{"between sidecars", shop(sidecars, rule, route), item(sidecarWeb, theCart), seventy, "in", ""},
		{"without a waypoint", shop(ambient, rule, route), item(web, theCart), half, "in", ""},
		{"of nobody",
			shop(sidecars, route), item(sidecarWeb, theCart), "v1 70, v2 30", "out no cluster outbound|8080|v1|cart.shop.svc.cluster.local (routing)", ""},
		{"without pods", shop(sidecars, destinationRule("cart", `subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v9}}]`), route),
			item(sidecarWeb, theCart), "v2 30, shop/cart-v1 v1 70", "out no endpoint in outbound|8080|v2|cart.shop.svc.cluster.local (routing)", ""},
	})
}

func TestTermsOfRoutes(t *testing.T) {
	said := &envoy.Retries{Attempts: 4, PerTryTimeout: "1s", On: []string{"5xx", "reset"}, OtherHosts: true}
	ours := []string{"cancelled", "connect-failure", "refused-stream", "retriable-status-codes", "unavailable"}
	terms := `http: [
		{name: slow, match: [{uri: {prefix: /items}}], timeout: 3s, retries: {attempts: 4, perTryTimeout: 1s, retryOn: "5xx,reset"},
			route: [{destination: {host: cart}}]},
		{name: once, match: [{uri: {prefix: /once}}], retries: {attempts: 0}, route: [{destination: {host: cart}}]},
		{name: rest, route: [{destination: {host: cart}}]}]`
	manifests := shop(behindWaypoint, waypoint, virtualService(`cart`, terms))
	answers := asked(t, manifests, item(web, theCart), get(web, theCart, "/once"), get(web, theCart, "/"), item(sidecarWeb, theCart))
	for index, want := range []Leg{
		{At: "waypoint shop/waypoint", By: "VirtualService shop/cart", Rule: "slow", Timeout: "3s", Retries: said},
		{At: "waypoint shop/waypoint", By: "VirtualService shop/cart", Rule: "once"},
		{At: "waypoint shop/waypoint", By: "VirtualService shop/cart", Rule: "rest", Retries: &envoy.Retries{Attempts: 2, On: ours, OtherHosts: true}},
		{At: "sidecar shop/stranger-web-sidecar", By: "VirtualService shop/cart", Rule: "slow", Timeout: "3s", Retries: said},
	} {
		if got := answers[index].Legs; len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	faulty := func(percent string) []string {
		fault := `fault: {abort: {httpStatus: 503, percentage: {value: ` + percent + `}}}`
		return shop(behindWaypoint, waypoint, virtualService(`cart`, `http: [{`+fault+`, route: [{destination: {host: cart}}]}]`))
	}
	inWorlds(t, []shares{
		{"always", faulty("100"), item(web, theCart), " 100", "out VirtualService shop/cart at waypoint shop/waypoint (routing)", ""},
		{"at times",
			faulty("12.5"), item(web, theCart), " 12.5, shop/cart-v1 43.75, shop/cart-v2 43.75",
			"out VirtualService shop/cart at waypoint shop/waypoint (routing)", ""},
		{"never", faulty("0"), item(web, theCart), "shop/cart-v1 50, shop/cart-v2 50", "in", ""},
	})
	inWorlds(t, []shares{
		{"an answer of its own",
			shop(sidecars, virtualService(`cart`, `http: [{directResponse: {status: 404}}]`)), item(sidecarWeb, theCart), " 100",
			"out VirtualService shop/cart (routing)", ""},
	})
}

func TestLimitsAreThoseOfTheHostThatIsChosen(t *testing.T) {
	rule := func(host string) string {
		return destinationRule(host, `trafficPolicy: {connectionPool: {tcp: {maxConnections: 7, connectTimeout: 2s}, http: {http1MaxPendingRequests: 8}}}`)
	}
	route := httpRoute("split", toCart, ninetyTen)
	limits := func(manifests []string) map[string]bool {
		found := map[string]bool{}
		for _, way := range asked(t, manifests, item(web, theCart))[0].Ways {
			limit := way.Cluster.MaxConnections
			found[way.Workload] = limit != nil && *limit == 7 && way.Cluster.ConnectTimeout == "2s" && *way.Cluster.MaxPendingRequests == 8
		}
		return found
	}
	for _, one := range []struct {
		name      string
		manifests []string
		v1, v2    bool
	}{
		{"the host itself", shop(behindWaypoint, waypoint, rule("cart")), true, true},
		{"a backend of a route", shop(behindWaypoint, waypoint, versions, route, rule("cart-v1")), true, false},
		{"the parent of a route", shop(behindWaypoint, waypoint, versions, route, rule("cart")), false, false},
	} {
		if got := limits(one.manifests); got["shop/cart-v1"] != one.v1 || got["shop/cart-v2"] != one.v2 {
			t.Errorf("%s: %v", one.name, got)
		}
	}
}
