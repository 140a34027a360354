package envoy

import routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"

// mirrorsOf is where a route sends copies of its requests. Without a share all are copied.
func mirrorsOf(forward *routev3.RouteAction) ([]WeightedCluster, error) {
	var mirrors []WeightedCluster
	for _, policy := range forward.GetRequestMirrorPolicies() {
		fraction := policy.GetRuntimeFraction()
		if policy.GetClusterHeader() != "" || fraction.GetRuntimeKey() != "" || len(policy.GetRequestHeadersMutations()) > 0 {
			return nil, unknown("mirror", policy)
		}
		share := 1.0
		if fraction != nil {
			share = percentOf(fraction.GetDefaultValue()) / 100
		}
		mirrors = append(mirrors, WeightedCluster{policy.GetCluster(), share})
	}
	return mirrors, nil
}
