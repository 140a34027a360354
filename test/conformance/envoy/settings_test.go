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
		{"nothing is limited", `circuitBreakers: {thresholds: [{maxConnections: 4294967295, maxRequests: 4294967295}]}`, Settings{}},
		{"limits",
			`connectTimeout: 2s, circuitBreakers: {thresholds: [
				{priority: HIGH, maxConnections: 9}, {maxConnections: 3, maxPendingRequests: 3, maxRequests: 3, maxRetries: 3}, {priority: HIGH}]}`,
			Settings{ConnectTimeout: "2s", MaxConnections: &three, MaxPendingRequests: &three, MaxRequests: &three, MaxRetries: &three}},
		{"requests of a connection",
			`typedExtensionProtocolOptions: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": "` + extensions +
				`upstreams.http.v3.HttpProtocolOptions", commonHttpProtocolOptions: {maxRequestsPerConnection: 3}}}`,
			Settings{MaxRequestsPerConnection: &three}},
		{"outliers", `outlierDetection: {consecutive5xx: 3, consecutiveGatewayFailure: 3, interval: 10s, baseEjectionTime: 60s, maxEjectionPercent: 3}`,
			Settings{OutlierDetection: &OutlierDetection{&three, &three, "10s", "1m", &three}}},
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
