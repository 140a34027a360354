package envoy

import (
	"errors"
	"testing"

	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
)

const inspectors = `
listenerFilters:
- {name: envoy.filters.listener.tls_inspector, filterDisabled: {destinationPortRange: {start: 5432, end: 5433}}}
- name: envoy.filters.listener.http_inspector
  filterDisabled: {orMatch: {rules: [{destinationPortRange: {start: 8080, end: 8081}}, {destinationPortRange: {start: 8443, end: 8444}}]}}
`

const meshTLS = `{name: tls, typedConfig: {"@type": "` + extensions +
	`transport_sockets.tls.v3.DownstreamTlsContext", requireClientCertificate: true,
	commonTlsContext: {tlsCertificateSdsSecretConfigs: [{name: default}]}}}`
const ownTLS = `{name: tls, typedConfig: {"@type": "` + extensions + `transport_sockets.tls.v3.DownstreamTlsContext"}}`

type choice struct {
	name       string
	connection Connection
	// want is the name of a chain; none if it is empty.
	want string
}

func inListener(t *testing.T, text string, cases []choice) {
	t.Helper()
	listener := written(t, &listenerv3.Listener{}, text)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			chain, err := (&Proxy{}).chain(listener, c.connection)
			if errors.Is(err, ErrNoChain) {
				chain, err = nil, nil
			}
			if got := chain.GetName(); err != nil || got != c.want {
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func mtls(port uint32, alpn string) Connection {
	return Connection{Address: "10.244.0.1", Port: port, MTLS: true, ALPN: alpn, SNI: "outbound_.8080_._.cart"}
}

func TestSidecarTakesWhatItsPeerAuthenticationAllows(t *testing.T) {
	plaintext := func(port uint32) Connection { return Connection{Address: "10.244.0.1", Port: port} }
	own := func(port uint32) Connection {
		return Connection{Address: "10.244.0.1", Port: port, TLS: true, SNI: "a.com"}
	}
	inListener(t, inspectors+`
filterChains:
- {name: blackhole, filterChainMatch: {destinationPort: 15006}}
- name: http-mtls
  filterChainMatch: {destinationPort: 8080, transportProtocol: tls, applicationProtocols: [istio, istio-http/1.1]}
  transportSocket: `+meshTLS+`
- {name: http-plain, filterChainMatch: {destinationPort: 8080, transportProtocol: raw_buffer}}
- {name: strict, filterChainMatch: {destinationPort: 9090, transportProtocol: tls}, transportSocket: `+meshTLS+`}
- {name: sniffed, filterChainMatch: {destinationPort: 7777, transportProtocol: raw_buffer, applicationProtocols: [http/1.1, h2c]}}
- {name: bytes, filterChainMatch: {destinationPort: 7777, transportProtocol: raw_buffer}}
- {name: disabled, filterChainMatch: {destinationPort: 6666}}
- {name: unseen, filterChainMatch: {destinationPort: 5432, transportProtocol: raw_buffer}}
- {name: others-mtls, filterChainMatch: {transportProtocol: tls, applicationProtocols: [istio-http/1.1]}, transportSocket: `+meshTLS+`}
- {name: others-own, filterChainMatch: {transportProtocol: tls}}
- {name: others-http, filterChainMatch: {transportProtocol: raw_buffer, applicationProtocols: [http/1.1]}}
`, []choice{
		{"the port comes before everything else", own(15006), "blackhole"},
		{"mutual TLS goes where it ends", mtls(8080, "istio"), "http-mtls"},
		{"plaintext goes beside it", plaintext(8080), "http-plain"},
		{"plaintext is refused where only TLS is taken", plaintext(9090), ""},
		{"the application's own TLS is no certificate of the mesh", own(9090), ""},
		{"HTTP is recognized", plaintext(7777), "sniffed"},
		{"mutual TLS is refused where nobody ends it", mtls(6666, "istio"), ""},
		{"TLS is not noticed where its inspector is off", own(5432), "unseen"},
		{"and noticed on the next port", own(5433), "others-own"},
		{"a port without chains falls to the rest", mtls(1234, "istio-http/1.1"), "others-mtls"},
		{"the application's own TLS passes", own(1234), "others-own"},
		{"HTTP of an unknown port passes", plaintext(1234), "others-http"},
		{"bytes on a port without HTTP inspection find no chain for HTTP", plaintext(8443), ""},
	})
}

func TestGatewayPicksTheCertificateByServerName(t *testing.T) {
	visitor := func(sni string) Connection {
		return Connection{Address: "10.244.0.1", Port: 443, TLS: true, ALPN: "http/1.1", SNI: sni}
	}
	inListener(t, inspectors+`
filterChains:
- {name: exact, filterChainMatch: {serverNames: [shop.example.com]}, transportSocket: `+ownTLS+`}
- {name: wide, filterChainMatch: {serverNames: ["*.example.com"]}, transportSocket: `+ownTLS+`}
- {name: narrow, filterChainMatch: {serverNames: ["*.eu.example.com", other.com]}, transportSocket: `+ownTLS+`}
- {name: mutual, filterChainMatch: {serverNames: [mutual.org]}, transportSocket: `+meshTLS+`}
`, []choice{
		{"an exact name wins", visitor("shop.example.com"), "exact"},
		{"a wildcard takes the rest", visitor("cart.example.com"), "wide"},
		{"the longer wildcard wins", visitor("shop.eu.example.com"), "narrow"},
		{"one of several names", visitor("other.com"), "narrow"},
		{"a wildcard stands for a part of the name", visitor("example.com"), ""},
		{"a server that nobody is", visitor("a.org"), ""},
		{"a visitor without a certificate, where one is wanted", visitor("mutual.org"), ""},
		{"plaintext", Connection{Address: "10.244.0.1", Port: 443}, ""},
		{"mutual TLS of the mesh, which trusts no certificate of another issuer", Connection{Port: 443, MTLS: true, SNI: "shop.example.com"}, ""},
	})
}

func TestRangesAndDefaults(t *testing.T) {
	inListener(t, `
filterChains:
- {name: pod, filterChainMatch: {prefixRanges: [{addressPrefix: 10.244.0.1, prefixLen: 32}]}}
- {name: net, filterChainMatch: {prefixRanges: [{addressPrefix: 10.0.0.0, prefixLen: 8}]}}
- {name: unmatched, filterChainMatch: {destinationPort: 1, prefixRanges: [{addressPrefix: 192.168.0.0, prefixLen: 16}]}}
defaultFilterChain: {name: default}
`, []choice{
		{"the narrowest range wins", Connection{Address: "10.244.0.1", Port: 80}, "pod"},
		{"a range around it", Connection{Address: "10.0.0.1", Port: 80}, "net"},
		{"nothing else matches", Connection{Address: "1.1.1.1", Port: 80}, "default"},
		{"Envoy does not come back from a port whose address does not match", Connection{Address: "10.244.0.1", Port: 1}, "default"},
		{"mutual TLS is refused by a default that does not end it", Connection{Address: "1.1.1.1", Port: 80, MTLS: true}, ""},
	})
}

func TestChainsThatAreNotModelled(t *testing.T) {
	for name, text := range map[string]string{
		"the source's address":  `filterChains: [{filterChainMatch: {sourcePrefixRanges: [{addressPrefix: 10.0.0.0, prefixLen: 8}]}}]`,
		"the source's port":     `filterChains: [{filterChainMatch: {sourcePorts: [80]}}]`,
		"the kind of source":    `filterChains: [{filterChainMatch: {sourceType: EXTERNAL}}]`,
		"chains that are alike": `filterChains: [{name: a}, {name: b}]`,
		"another handshake": `filterChains: [{transportSocket: {name: a, typedConfig: {"@type": "` + extensions +
			`transport_sockets.raw_buffer.v3.RawBuffer"}}}]`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := (&Proxy{}).chain(written(t, &listenerv3.Listener{}, text), web())
			isUnknown(t, err)
		})
	}
	if _, err := (&Proxy{}).chain((&Proxy{}).Listener("nowhere"), web()); err == nil || errors.Is(err, ErrNoChain) {
		t.Errorf("a listener that is not there gives %v", err)
	}
}

func TestOutboundFindsTheListenerOfAnAddress(t *testing.T) {
	proxy := &Proxy{}
	for _, text := range []string{
		`{name: virtualOutbound, address: {socketAddress: {address: 0.0.0.0, portValue: 15001}}}`,
		`{name: virtualInbound, address: {socketAddress: {address: 0.0.0.0, portValue: 15006}}}`,
		`{name: connect_terminate, address: {socketAddress: {address: 0.0.0.0, portValue: 15008}}}`,
		`{name: of all, address: {socketAddress: {address: 0.0.0.0, portValue: 8080}}}`,
		`{name: of one, address: {socketAddress: {address: 10.96.0.1, portValue: 8080}}}`,
	} {
		proxy.Listeners = append(proxy.Listeners, written(t, &listenerv3.Listener{}, text))
	}
	cases := []struct {
		address string
		port    uint32
		want    string
	}{
		{"10.96.0.1", 8080, "of one"}, {"10.96.0.2", 8080, "of all"}, {"10.96.0.1", 9090, VirtualOutbound},
		{"10.96.0.1", 15006, VirtualOutbound}, {"10.96.0.1", 15008, VirtualOutbound},
	}
	for _, c := range cases {
		if got := proxy.Outbound(c.address, c.port).Name; got != c.want {
			t.Errorf("%s:%d is taken by %s", c.address, c.port, got)
		}
	}
}
