package envoy

import (
	"reflect"
	"testing"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
)

func TestSettings(t *testing.T) {
	three := uint32(3)
	cases := []struct {
		name, cluster string
		want          Settings
	}{
		{"nothing is limited", `circuitBreakers: {thresholds: [{maxConnections: 4294967295, maxRequests: 4294967295}]}`, Settings{LoadBalancer: "ROUND_ROBIN"}},
		{"nothing but what istiod writes by itself", `lbPolicy: LEAST_REQUEST`, Settings{}},
		{"limits",
			`connectTimeout: 2s, circuitBreakers: {thresholds: [
				{priority: HIGH, maxConnections: 9}, {maxConnections: 3, maxPendingRequests: 3, maxRequests: 3, maxRetries: 3}, {priority: HIGH}]}`,
			Settings{LoadBalancer: "ROUND_ROBIN", ConnectTimeout: "2s", MaxConnections: &three, MaxPendingRequests: &three, MaxRequests: &three, MaxRetries: &three}},
		{"requests of a connection",
			`typedExtensionProtocolOptions: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": "` + extensions +
				`upstreams.http.v3.HttpProtocolOptions", commonHttpProtocolOptions: {maxRequestsPerConnection: 3}}}`,
			Settings{LoadBalancer: "ROUND_ROBIN", MaxRequestsPerConnection: &three}},
		{"outliers", `outlierDetection: {consecutive5xx: 3, consecutiveGatewayFailure: 3, interval: 10s, baseEjectionTime: 60s, maxEjectionPercent: 3,
				consecutiveLocalOriginFailure: 3}, lbPolicy: LEAST_REQUEST, commonLbConfig: {healthyPanicThreshold: {value: 30}}`,
			Settings{OutlierDetection: &OutlierDetection{&three, &three, &three, "10s", "1m", &three}, MinHealthPercent: 30}},
		{"a budget of retries",
			`lbPolicy: RANDOM, circuitBreakers: {thresholds: [{retryBudget: {budgetPercent: {value: 25}, minRetryConcurrency: 3, budgetInterval: 5s}}]}`,
			Settings{LoadBalancer: "RANDOM", RetryBudget: &RetryBudget{25, 3, "5s"}}},
		{"connections",
			`lbPolicy: LEAST_REQUEST, upstreamConnectionOptions: {tcpKeepalive: {keepaliveProbes: 3, keepaliveTime: 3, keepaliveInterval: 3}},
				typedExtensionProtocolOptions: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": "` + extensions +
				`upstreams.http.v3.HttpProtocolOptions", commonHttpProtocolOptions: {idleTimeout: 5s, maxConnectionDuration: 60s},
				explicitHttpConfig: {http2ProtocolOptions: {maxConcurrentStreams: 3, connectionKeepalive: {interval: 5s, timeout: 1s}}}}}`,
			Settings{
				IdleTimeout: "5s", MaxConnectionDuration: "1m", TCPKeepalive: &TCPKeepalive{&three, &three, &three}, HTTP2: &HTTP2{&three, "5s", "1s"},
			}},
		{"the protocol of the client",
			`lbPolicy: LEAST_REQUEST, typedExtensionProtocolOptions: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": "` + extensions +
				`upstreams.http.v3.HttpProtocolOptions", useDownstreamProtocolConfig: {}}}`,
			Settings{UsesClientProtocol: true}},
		{"endpoints that grow warm, by locality",
			`lbPolicy: ROUND_ROBIN, commonLbConfig: {localityWeightedLbConfig: {}}, roundRobinLbConfig: {slowStartConfig: ` +
				`{slowStartWindow: 60s, aggression: {defaultValue: 2}, minWeightPercent: {value: 20}}}`,
			Settings{LoadBalancer: "ROUND_ROBIN", ByLocality: true, SlowStart: &SlowStart{"1m", 2, 20}}},
		{"endpoints that grow warm",
			`lbPolicy: LEAST_REQUEST, leastRequestLbConfig: {slowStartConfig: {slowStartWindow: 60s}}`, Settings{SlowStart: &SlowStart{"1m", 0, 0}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			proxy := &Proxy{Clusters: map[string]*clusterv3.Cluster{"cart": written(t, &clusterv3.Cluster{}, `{name: cart, `+c.cluster+`}`)}}
			c.want.Name = "cart"
			if got, err := proxy.Settings("cart"); err != nil || !reflect.DeepEqual(*got, c.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}
