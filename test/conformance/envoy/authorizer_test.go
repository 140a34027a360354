package envoy

import (
	"slices"
	"testing"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
)

const (
	marking = `shadowRulesStatPrefix: istio_ext_authz_, shadowRules: {action: DENY, policies: {"istio-ext-authz-auth-ns[shop]-policy[a]-rule[0]":
		{permissions: [{any: true}], principals: [{authenticated: {principalName: {suffix: /sa/web}}}]}}}`
	whenMarked = `filterEnabledMetadata: {filter: r, path: [{key: istio_ext_authz_shadow_effective_policy_id}],
		value: {stringMatch: {prefix: istio-ext-authz-auth}}}`
	byHTTP = `{name: a, typedConfig: {"@type": "` + extensions + `filters.http.ext_authz.v3.ExtAuthz",
		httpService: {serverUri: {uri: "http://a", cluster: auth, timeout: 1s}}, ` + whenMarked + `}}`
	byGRPC = `{name: a, typedConfig: {"@type": "` + extensions + `filters.network.ext_authz.v3.ExtAuthz",
		grpcService: {envoyGrpc: {clusterName: auth}}, ` + whenMarked + `}}`
)

func TestAnAuthorizerIsAskedAboutWhatARuleMarks(t *testing.T) {
	other := web()
	other.Principal = "cluster.local/ns/shop/sa/other"
	known := map[string]*clusterv3.Cluster{"auth": {Name: "auth"}}
	requests, bytes := manager(toOne, httpRBAC(marking)+`, `+byHTTP, ""), networkRBAC(marking)+`, `+byGRPC+`, `+tcpProxy
	for _, one := range []struct {
		name, filters string
		connection    Connection
		clusters      map[string]*clusterv3.Cluster
		asks          []string
		allowed       bool
	}{
		{"a request that is meant", requests, web(), known, []string{"auth"}, true},
		{"a request that is not", requests, other, known, nil, true},
		{"bytes that are meant", bytes, web(), known, []string{"auth"}, true},
		{"bytes that are not", bytes, other, known, nil, true},
		{"an authorizer that the proxy was not told of", requests, web(), nil, []string{"auth"}, false},
		{"one about bytes", bytes, web(), nil, []string{"auth"}, false},
	} {
		t.Run(one.name, func(t *testing.T) {
			listener := written(t, &listenerv3.Listener{}, `filterChains: [{name: only, filters: [`+one.filters+`]}]`)
			outcome, err := (&Proxy{Clusters: one.clusters}).Accept(listener, one.connection)
			if err != nil {
				t.Fatal(err)
			}
			if outcome.Allowed != one.allowed || !slices.Equal(outcome.Asks, one.asks) {
				t.Errorf("allowed %t, asks %v, by %v", outcome.Allowed, outcome.Asks, outcome.By)
			}
		})
	}
}

func TestAnAuthorizerThatIsAlwaysAskedIsReported(t *testing.T) {
	always := `{name: a, typedConfig: {"@type": "` + extensions + `filters.http.ext_authz.v3.ExtAuthz"}}`
	_, err := accepted(t, manager(toOne, always, ""), web())
	isUnknown(t, err)
}
