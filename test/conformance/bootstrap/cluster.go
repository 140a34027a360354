package bootstrap

import (
	"cmp"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	"google.golang.org/protobuf/proto"
)

// inbound begins the names of the clusters that lead from a sidecar to its own pod.
const inbound = "inbound|"

// cluster keeps all that istiod says of how endpoints are chosen and watched; they are listed in it, and are spoken to in plaintext.
func (p *plain) cluster(told *clusterv3.Cluster) (map[string]any, error) {
	cluster := proto.Clone(told).(*clusterv3.Cluster)
	assignment := cluster.LoadAssignment
	switch {
	case cluster.GetClusterType() != nil:
		return nil, fmt.Errorf("not modelled: kind of cluster %s", cluster.GetClusterType())
	case cluster.GetType() == clusterv3.Cluster_EDS:
		assignment = p.proxy.Assignments[cluster.Name]
	case cluster.GetType() == clusterv3.Cluster_ORIGINAL_DST && strings.HasPrefix(cluster.Name, inbound):
		assignment, cluster.LbPolicy = assigned(p.connection.Address, p.connection.Port), clusterv3.Cluster_ROUND_ROBIN
	case cluster.GetType() == clusterv3.Cluster_ORIGINAL_DST, cluster.GetType() == clusterv3.Cluster_STATIC:
		return p.adapted(plaintext(cluster))
	default:
		return nil, fmt.Errorf("not modelled: cluster %s of type %s", cluster.Name, cluster.GetType())
	}
	endpoints, err := p.endpoints(cluster.Name, assignment)
	if err != nil {
		return nil, err
	}
	cluster.ClusterDiscoveryType = &clusterv3.Cluster_Type{Type: clusterv3.Cluster_STATIC}
	cluster.EdsClusterConfig, cluster.LoadAssignment = nil, endpoints
	return p.adapted(plaintext(cluster))
}

// plaintext: the pods of a test have no certificates, and are not at the addresses from which sidecars speak to their own pods.
func plaintext(cluster *clusterv3.Cluster) *clusterv3.Cluster {
	cluster.TransportSocket, cluster.TransportSocketMatches, cluster.UpstreamBindConfig = nil, nil, nil
	return cluster
}

func assigned(address string, port uint32) *endpointv3.ClusterLoadAssignment {
	endpoint := &endpointv3.Endpoint{Address: socketAddress(address, port)}
	return &endpointv3.ClusterLoadAssignment{Endpoints: []*endpointv3.LocalityLbEndpoints{{
		LbEndpoints: []*endpointv3.LbEndpoint{{HostIdentifier: &endpointv3.LbEndpoint_Endpoint{Endpoint: endpoint}}},
	}}}
}

// endpoints are pods; where istiod sends through a tunnel, those at its other end, be it a waypoint’s.
func (p *plain) endpoints(cluster string, told *endpointv3.ClusterLoadAssignment) (*endpointv3.ClusterLoadAssignment, error) {
	assignment := &endpointv3.ClusterLoadAssignment{}
	if told != nil {
		assignment = proto.Clone(told).(*endpointv3.ClusterLoadAssignment)
	}
	assignment.ClusterName = cluster
	for _, locality := range assignment.Endpoints {
		for _, one := range locality.LbEndpoints {
			if err := pastTunnel(one); err != nil {
				return nil, err
			}
			socket := one.GetEndpoint().GetAddress().GetSocketAddress()
			address := Address{socket.GetAddress(), socket.GetPortValue()}
			if !slices.Contains(p.addresses, address) {
				p.addresses = append(p.addresses, address)
			}
		}
	}
	return assignment, nil
}

// pastTunnel has requests sent to the pod of an application, or to that of the waypoint before it, in plaintext.
func pastTunnel(one *endpointv3.LbEndpoint) error {
	if one.GetEndpoint().GetAddress().GetEnvoyInternalAddress() == nil {
		return nil
	}
	tunnel := one.GetMetadata().GetFilterMetadata()["envoy.filters.listener.original_dst"].GetFields()
	end := cmp.Or(tunnel["waypoint"].GetStringValue(), tunnel["local"].GetStringValue())
	if end == "" {
		return fmt.Errorf("not modelled: a tunnel that ends nowhere: %v", one)
	}
	address, written, err := net.SplitHostPort(end)
	if err != nil {
		return err
	}
	port, err := strconv.ParseUint(written, 10, 16)
	one.GetEndpoint().Address = socketAddress(address, uint32(port))
	return err
}
