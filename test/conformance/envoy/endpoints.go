package envoy

import (
	"net"
	"strconv"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
)

// Endpoint is one address that a cluster may choose.
type Endpoint struct {
	// Address and Port are what is meant: behind a tunnel, its inner end.
	Address string
	Port    uint32
	// Via is the proxy that ends the tunnel, where that is not the endpoint's own.
	Via   string
	Share float64
	Transport
}

// Endpoints lists what a cluster can choose from, each with its share. Where a cluster has no list, the original destination is meant.
func (p *Proxy) Endpoints(name string, original Connection) ([]Endpoint, error) {
	cluster := p.Clusters[name]
	if cluster.GetClusterType() != nil {
		return nil, unknown("kind of cluster", cluster.GetClusterType())
	}
	if cluster.GetType() == clusterv3.Cluster_ORIGINAL_DST {
		transport, err := p.transportOf(cluster, nil)
		return []Endpoint{{Address: original.Address, Port: original.Port, Share: 1, Transport: transport}}, err
	}
	assignment := p.Assignments[name]
	if assignment == nil {
		assignment = cluster.GetLoadAssignment()
	}
	// Where all are in one place its weight says nothing.
	if cluster.GetCommonLbConfig().GetLocalityWeightedLbConfig() != nil && len(assignment.GetEndpoints()) > 1 {
		return nil, unknown("weights of localities", name)
	}
	var endpoints []Endpoint
	total := 0.0
	for _, one := range firstOf(assignment) {
		endpoint, err := p.endpointOf(cluster, one, original)
		if err != nil {
			return nil, err
		}
		total += endpoint.Share
		endpoints = append(endpoints, endpoint)
	}
	for index := range endpoints {
		endpoints[index].Share /= total
	}
	return endpoints, nil
}

// firstOf is the endpoints that are up, of the priority that all of the traffic goes to.
func firstOf(assignment *endpointv3.ClusterLoadAssignment) []*endpointv3.LbEndpoint {
	var found []*endpointv3.LbEndpoint
	first := ^uint32(0)
	for _, locality := range assignment.GetEndpoints() {
		if locality.Priority > first {
			continue
		}
		for _, one := range locality.LbEndpoints {
			if one.HealthStatus != corev3.HealthStatus_HEALTHY && one.HealthStatus != corev3.HealthStatus_UNKNOWN {
				continue
			}
			if locality.Priority < first {
				first, found = locality.Priority, nil
			}
			found = append(found, one)
		}
	}
	return found
}

// tunnelListener is where every proxy's own tunnels begin.
const tunnelListener = "connect_originate"

func (p *Proxy) endpointOf(cluster *clusterv3.Cluster, one *endpointv3.LbEndpoint, original Connection) (Endpoint, error) {
	endpoint := Endpoint{Share: max(1, float64(one.GetLoadBalancingWeight().GetValue()))}
	transport, err := p.transportOf(cluster, one)
	if err != nil {
		return endpoint, err
	}
	address := one.GetEndpoint().GetAddress()
	internal := address.GetEnvoyInternalAddress()
	if internal == nil {
		endpoint.Transport = transport
		endpoint.Address, endpoint.Port = address.GetSocketAddress().GetAddress(), address.GetSocketAddress().GetPortValue()
		return endpoint, nil
	}
	if internal.GetServerListenerName() != tunnelListener || !transport.toTunnel || transport.Kind != Plaintext {
		return endpoint, unknown("internal endpoint", one)
	}
	endpoint.Kind = HBONE
	tunnel := one.GetMetadata().GetFilterMetadata()["envoy.filters.listener.original_dst"].GetFields()
	if tunnel == nil {
		endpoint.Address, endpoint.Port = original.Address, original.Port
		return endpoint, nil
	}
	if waypoint := tunnel["waypoint"].GetStringValue(); waypoint != "" {
		if endpoint.Via, _, err = addressAndPort(waypoint); err != nil {
			return endpoint, err
		}
	}
	endpoint.Address, endpoint.Port, err = addressAndPort(tunnel["local"].GetStringValue())
	return endpoint, err
}

func addressAndPort(text string) (string, uint32, error) {
	address, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", 0, unknown("address", text)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	return address, uint32(number), err
}
