package envoy

import (
	"reflect"
	"testing"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
)

const (
	raw    = `{name: raw, typedConfig: {"@type": "` + extensions + `transport_sockets.raw_buffer.v3.RawBuffer"}}`
	tunnel = `{name: t, typedConfig: {"@type": "` + extensions +
		`transport_sockets.internal_upstream.v3.InternalUpstreamTransport", transportSocket: ` + raw + `}}`
	mutualTLS = `{name: c, typedConfig: {"@type": "` + extensions +
		`transport_sockets.tls.v3.UpstreamTlsContext", sni: outbound_.8080_._.cart, commonTlsContext: {
		tlsCertificateSdsSecretConfigs: [{name: default}],
		combinedValidationContext: {defaultValidationContext: {matchSubjectAltNames: [{exact: "spiffe://b"}, {exact: "spiffe://a"}]}}}}}`
	originated = `{name: c, typedConfig: {"@type": "` + extensions + `transport_sockets.tls.v3.UpstreamTlsContext", sni: a.com, commonTlsContext: {}}}`
	auto       = `transportSocketMatches: [{match: {tunnel: http}, transportSocket: ` + tunnel + `}, {match: {tlsMode: istio}, transportSocket: ` +
		mutualTLS + `}, {match: {}, transportSocket: ` + raw + `}]`
)

func pod(address, more string) string {
	return `{endpoint: {address: {socketAddress: {address: ` + address + `, portValue: 8080}}}` + more + `}`
}

func hbone(metadata string) string {
	return `{endpoint: {address: {envoyInternalAddress: {serverListenerName: connect_originate, endpointId: a}}}, metadata: {filterMetadata: {` +
		`envoy.transport_socket_match: {tunnel: http}` + metadata + `}}}`
}

func labelled(labels string) string {
	return `, metadata: {filterMetadata: {envoy.transport_socket_match: {` + labels + `}}}`
}

func endpointsOf(tb testing.TB, cluster, localities string) ([]Endpoint, error) {
	tb.Helper()
	proxy := &Proxy{Clusters: map[string]*clusterv3.Cluster{"cart": written(tb, &clusterv3.Cluster{}, `{`+cluster+`}`)}}
	if localities != "" {
		assignment := written(tb, &endpointv3.ClusterLoadAssignment{}, `{endpoints: [`+localities+`]}`)
		proxy.Assignments = map[string]*endpointv3.ClusterLoadAssignment{"cart": assignment}
	}
	return proxy.Endpoints("cart", web())
}

func TestEndpoints(t *testing.T) {
	plaintext := Transport{Kind: Plaintext}
	mutual := Transport{Kind: MTLS, Names: []string{"spiffe://a", "spiffe://b"}, SNI: "outbound_.8080_._.cart"}
	cases := []struct {
		name, cluster, localities string
		want                      []Endpoint
	}{
		{"none", `type: EDS`, `{}`, nil},
		{"none that anybody was told of", `type: EDS`, ``, nil},
		{"shares of weights, over all localities",
			``, `{lbEndpoints: [` + pod("a", `, loadBalancingWeight: 3`) + `]}, {lbEndpoints: [` + pod("b", ``) + `]}`,
			[]Endpoint{{Address: "a", Port: 8080, Share: 0.75, Transport: plaintext}, {Address: "b", Port: 8080, Share: 0.25, Transport: plaintext}}},
		{"the first priority alone",
			``, `{priority: 1, lbEndpoints: [` + pod("a", ``) + `]}, {lbEndpoints: [` + pod("b", ``) + `]}, {priority: 2, lbEndpoints: [` + pod("c", ``) +
				`]}, {lbEndpoints: [` + pod("d", ``) + `]}`,
			[]Endpoint{{Address: "b", Port: 8080, Share: 0.5, Transport: plaintext}, {Address: "d", Port: 8080, Share: 0.5, Transport: plaintext}}},
		{"all of the one locality, whatever its weight",
			`commonLbConfig: {localityWeightedLbConfig: {}}`, `{loadBalancingWeight: 7, lbEndpoints: [` + pod("a", ``) + `]}`,
			[]Endpoint{{Address: "a", Port: 8080, Share: 1, Transport: plaintext}}},
		{"those that are up",
			``, `{lbEndpoints: [` + pod("a", `, healthStatus: DRAINING`) + `, ` + pod("b", ``) + `]}`,
			[]Endpoint{{Address: "b", Port: 8080, Share: 1, Transport: plaintext}}},
		{"the first priority that has anybody",
			``, `{lbEndpoints: [` + pod("a", `, healthStatus: UNHEALTHY`) + `]}, {priority: 1, lbEndpoints: [` + pod("b", `, healthStatus: HEALTHY`) + `]}`,
			[]Endpoint{{Address: "b", Port: 8080, Share: 1, Transport: plaintext}}},
		{"of the cluster itself",
			`loadAssignment: {endpoints: [{lbEndpoints: [` + pod("a.com", ``) +
				`]}]}`, ``, []Endpoint{{Address: "a.com", Port: 8080, Share: 1, Transport: plaintext}}},
		{"with certificates of the mesh",
			auto, `{lbEndpoints: [` + pod("a", labelled(`tlsMode: istio`)) + `]}`, []Endpoint{{Address: "a", Port: 8080, Share: 1, Transport: mutual}}},
		{"without",
			auto, `{lbEndpoints: [` + pod("a", labelled(`tlsMode: disabled`)) + `]}`, []Endpoint{{Address: "a", Port: 8080, Share: 1, Transport: plaintext}}},
		{"with certificates of others", `transportSocket: ` + originated, `{lbEndpoints: [` + pod("a", ``) + `]}`,
			[]Endpoint{{Address: "a", Port: 8080, Share: 1, Transport: Transport{Kind: TLS, SNI: "a.com"}}}},
		{"past a tunnel",
			`transportSocket: ` + tunnel, `{lbEndpoints: [` + pod("a", ``) +
				`]}`, []Endpoint{{Address: "a", Port: 8080, Share: 1, Transport: Transport{Kind: Plaintext, toTunnel: true}}}},
		{"in a tunnel", auto, `{lbEndpoints: [` + hbone(`, envoy.filters.listener.original_dst: {local: "10.244.0.1:80"}`) + `]}`,
			[]Endpoint{{Address: "10.244.0.1", Port: 80, Share: 1, Transport: Transport{Kind: HBONE}}}},
		{"behind a waypoint",
			auto, `{lbEndpoints: [` + hbone(`, envoy.filters.listener.original_dst: {local: "10.96.0.1:80", waypoint: "10.244.0.7:15008"}`) + `]}`,
			[]Endpoint{{Address: "10.96.0.1", Port: 80, Via: "10.244.0.7", Share: 1, Transport: Transport{Kind: HBONE}}}},
		{"in a tunnel to where the caller wanted", `transportSocket: ` + tunnel, `{lbEndpoints: [` + hbone(``) + `]}`,
			[]Endpoint{{Address: "10.96.0.1", Port: 8080, Share: 1, Transport: Transport{Kind: HBONE}}}},
		{"where the caller wanted", `type: ORIGINAL_DST`, ``, []Endpoint{{Address: "10.96.0.1", Port: 8080, Share: 1, Transport: plaintext}}},
		{"where the caller wanted, with certificates of the mesh", `type: ORIGINAL_DST, transportSocket: ` + mutualTLS, ``,
			[]Endpoint{{Address: "10.96.0.1", Port: 8080, Share: 1, Transport: mutual}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := endpointsOf(t, c.cluster, c.localities); err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestEndpointsThatAreNotModelled(t *testing.T) {
	one := `{lbEndpoints: [` + pod("a", ``) + `]}`
	other := `{lbEndpoints: [{endpoint: {address: {envoyInternalAddress: {serverListenerName: inner_connect_originate}}}}]}`
	tlsWith := func(context string) string {
		return `transportSocket: {name: c, typedConfig: {"@type": "` + extensions + `transport_sockets.tls.v3.UpstreamTlsContext", commonTlsContext: {
			tlsCertificateSdsSecretConfigs: [{name: default}], combinedValidationContext: {defaultValidationContext: {` + context + `}}}}}`
	}
	for name, c := range map[string][2]string{
		"another kind of cluster":      {`clusterType: {name: dynamic}`, one},
		"weights of localities":        {`commonLbConfig: {localityWeightedLbConfig: {}}`, one + `, ` + one},
		"a tunnel in a tunnel":         {`transportSocket: ` + tunnel, other},
		"a tunnel that nobody is told": {`transportSocket: ` + raw, `{lbEndpoints: [` + hbone(``) + `]}`},
		"an address without a port":    {auto, `{lbEndpoints: [` + hbone(`, envoy.filters.listener.original_dst: {local: "10.244.0.1"}`) + `]}`},
		"a transport":                  {`transportSocket: ` + meshTLS, one},
		"a part of a name":             {tlsWith(`matchSubjectAltNames: [{prefix: a}]`), one},
		"a kind of name":               {tlsWith(`matchTypedSubjectAltNames: [{sanType: DNS, matcher: {exact: a}}]`), one},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := endpointsOf(t, c[0], c[1])
			isUnknown(t, err)
		})
	}
}
