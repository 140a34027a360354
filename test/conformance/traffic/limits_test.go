package traffic

import (
	"slices"
	"strings"
	"testing"
)

const ten = `{name: ten, typed_config: {
	"@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit, stat_prefix: ten,
	token_bucket: {max_tokens: 10, tokens_per_fill: 10, fill_interval: 60s}, filter_enabled: {default_value: {numerator: 100}}}}`

// limited is an EnvoyFilter that lets ten requests pass.
func limited(place, context, chain string) string {
	return object("networking.istio.io/v1alpha3", "EnvoyFilter", "ten", ``, place+`, priority: 10, configPatches: [{applyTo: HTTP_FILTER,
		match: {context: `+context+`, listener: {filterChain: {`+chain+`filter: {
			name: envoy.filters.network.http_connection_manager, subFilter: {name: envoy.filters.http.router}}}}},
		patch: {operation: INSERT_BEFORE, value: `+ten+`}}]`)
}

func TestRequestsMeetTheLimitsOfProxiesOnTheirWay(t *testing.T) {
	const carts, inbound, port = `workloadSelector: {labels: {app: cart}}`, "SIDECAR_INBOUND", `destinationPort: 8080, `
	target := func(gateway string) string {
		return `targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: ` + gateway + `}]`
	}
	atGateway := strings.Replace(limited(target("gateway"), "GATEWAY", ``), "namespace: shop", "namespace: edge", 1)
	both := []string{"sidecar shop/cart-v1", "sidecar shop/cart-v2"}
	enter := Request{From: visitors, To: shopFront, Path: "/items/1"}
	for name, one := range map[string]struct {
		manifests []string
		request   Request
		want      []string
	}{
		"the callee's sidecar":               {shop(sidecars, limited(carts, inbound, port)), item(sidecarWeb, theCart), both},
		"the same at the end of a tunnel":    {shop(sidecars, limited(carts, inbound, port)), item(web, theCart), both},
		"another port":                       {shop(sidecars, limited(carts, inbound, `destinationPort: 9090, `)), item(sidecarWeb, theCart), nil},
		"pods in ambient mode":               {shop(ambient, limited(carts, inbound, port)), item(web, theCart), nil},
		"a gateway":                          {shop(sidecars, edge, exposed, atGateway), enter, []string{"gateway edge/gateway"}},
		"a gateway before ambient pods":      {shop(ambient, edge, exposed, atGateway), enter, []string{"gateway edge/gateway"}},
		"a waypoint by labels":               {shop(behindWaypoint, waypoint, limited(`workloadSelector: {labels: {gateway.networking.k8s.io/gateway-name: waypoint}}`, inbound, ``)), item(web, theCart), nil},
		"a waypoint by name, unsupported":    {shop(behindWaypoint, waypoint, limited(target("waypoint"), inbound, ``)), item(web, theCart), []string{"waypoint shop/waypoint"}},
		"a waypoint by port, as at sidecars": {shop(behindWaypoint, waypoint, limited(target("waypoint"), inbound, port)), item(web, theCart), nil},
	} {
		var at []string
		for _, limit := range asked(t, one.manifests, one.request)[0].Limits {
			at = append(at, limit.At)
		}
		slices.Sort(at)
		if !slices.Equal(at, one.want) {
			t.Errorf("%s: got %v, want %v", name, at, one.want)
		}
	}
}
