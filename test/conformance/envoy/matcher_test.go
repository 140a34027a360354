package envoy

import (
	"strings"
	"testing"

	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
)

func to(chain string) string {
	return `{action: {name: a, typedConfig: {"@type": type.googleapis.com/google.protobuf.StringValue, value: ` + chain + `}}}`
}

func byPort(branches string) string {
	return `{matcher: {matcherTree: {input: {name: port}, exactMatchMap: {map: {` + branches + `}}}}}`
}

func byProtocol(http, tcp string) string {
	return `{matcher: {matcherTree: {input: {name: application-protocol}, exactMatchMap: {map: {"'http/1.1'": ` + to(http) + `}}}, onNoMatch: ` +
		to(tcp) + `}}`
}

func byAddress(ranges string) string {
	return `
filterChains: [{name: cart}, {name: orders-http}, {name: orders-tcp}, {name: net}, {name: direct}]
listenerFilters: [{name: envoy.filters.listener.http_inspector}, {name: envoy.filters.listener.tls_inspector}]
filterChainMatcher:
  matcherTree:
    input: {name: ip}
    customMatch: {name: ip, typedConfig: {"@type": type.googleapis.com/xds.type.matcher.v3.IPMatcher, rangeMatchers: [` + ranges + `]}}
`
}

func TestWaypointFindsTheServiceOfAnAddress(t *testing.T) {
	orders := byPort(`"80": ` + byProtocol("orders-http", "orders-tcp"))
	dialled := func(address string, port uint32) Connection { return Connection{Address: address, Port: port} }
	inListener(t, byAddress(`
      {ranges: [{addressPrefix: 10.96.0.0, prefixLen: 16}], onMatch: `+to("net")+`},
      {ranges: [{addressPrefix: 10.96.0.1, prefixLen: 32}], onMatch: `+byPort(`"8080": `+to("cart")+`, "9": `+to("missing"))+`},
      {ranges: [{addressPrefix: 10.96.0.2, prefixLen: 32}, {addressPrefix: 10.96.0.3, prefixLen: 32}], onMatch: `+orders+`}`), []choice{
		{"by address and port", dialled("10.96.0.1", 8080), "cart"},
		{"a port that the service does not have", dialled("10.96.0.1", 8081), ""},
		{"a chain that is not there", dialled("10.96.0.1", 9), ""},
		{"the narrowest of ranges, wherever it is written", dialled("10.96.0.3", 80), "orders-http"},
		{"bytes that are no HTTP", Connection{Address: "10.96.0.2", Port: 80, TLS: true}, "orders-tcp"},
		{"the range around", dialled("10.96.7.7", 80), "net"},
		{"an address of nobody", dialled("10.97.0.1", 80), ""},
	})
}

func TestMatchersFallBack(t *testing.T) {
	cart := `{ranges: [{addressPrefix: 10.96.0.1, prefixLen: 32}], onMatch: ` + byPort(`"8080": `+to("cart")) + `}`
	stranger := Connection{Address: "10.97.0.1", Port: 80}
	inListener(t, byAddress(cart)+"  onNoMatch: "+to("direct"), []choice{
		{"to what is said for no match", stranger, "direct"},
		{"also out of a branch", Connection{Address: "10.96.0.1", Port: 1}, "direct"},
	})
	inListener(t, byAddress(cart)+"defaultFilterChain: {name: default}", []choice{{"to the default chain", stranger, "default"}})
}

func TestMatchersThatAreNotModelled(t *testing.T) {
	bytes := strings.ReplaceAll(to("eWVz"), "StringValue", "BytesValue")
	for name, matcher := range map[string]string{
		"a list":                    `{matcherList: {matchers: []}}`,
		"an address without ranges": `{matcherTree: {input: {name: ip}, exactMatchMap: {map: {}}}}`,
		"another input":             `{matcherTree: {input: {name: source-ip}, exactMatchMap: {map: {}}}}`,
		"a prefix tree":             `{matcherTree: {input: {name: port}, prefixMatchMap: {map: {}}}}`,
		"another action":            `{matcherTree: {input: {name: port}, exactMatchMap: {map: {"8080": ` + bytes + `}}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := (&Proxy{}).chain(written(t, &listenerv3.Listener{}, "filterChainMatcher: "+matcher), web())
			isUnknown(t, err)
		})
	}
}
