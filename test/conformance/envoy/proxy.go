package envoy

import (
	"fmt"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// Names of listeners that istiod gives every proxy of a kind.
const (
	VirtualOutbound  = "virtualOutbound"
	VirtualInbound   = "virtualInbound"
	ConnectTerminate = "connect_terminate"
	MainInternal     = "main_internal"
)

// Proxy is the whole configuration of one Envoy.
type Proxy struct {
	Listeners []*listenerv3.Listener
	Routes    map[string]*routev3.RouteConfiguration
	Clusters  map[string]*clusterv3.Cluster
	// Assignments are the endpoints of clusters that do not have their own.
	Assignments map[string]*endpointv3.ClusterLoadAssignment

	decoded map[*anypb.Any]proto.Message
}

// Listener finds a listener by its name.
func (p *Proxy) Listener(name string) *listenerv3.Listener {
	for _, one := range p.Listeners {
		if one.Name == name {
			return one
		}
	}
	return nil
}

// Outbound finds the listener that takes what an application sends to an address: its own, else that of the port, else the one for all.
func (p *Proxy) Outbound(address string, port uint32) *listenerv3.Listener {
	for _, candidate := range []string{address, "0.0.0.0"} {
		for _, one := range p.Listeners {
			socket := one.GetAddress().GetSocketAddress()
			if one.Name != VirtualInbound && one.Name != ConnectTerminate && socket.GetAddress() == candidate && socket.GetPortValue() == port {
				return one
			}
		}
	}
	return p.Listener(VirtualOutbound)
}

// decode reads a part of the configuration that says its own type, once for all requests.
func (p *Proxy) decode(part *anypb.Any) (proto.Message, error) {
	if known := p.decoded[part]; known != nil {
		return known, nil
	}
	message, err := part.UnmarshalNew()
	if err != nil {
		return nil, fmt.Errorf("not modelled: %q: %w", part.GetTypeUrl(), err)
	}
	if p.decoded == nil {
		p.decoded = map[*anypb.Any]proto.Message{}
	}
	p.decoded[part] = message
	return message, nil
}

// decodeAs expects a type.
func decodeAs[M proto.Message](p *Proxy, part *anypb.Any) (M, error) {
	message, err := p.decode(part)
	expected, is := message.(M)
	if err == nil && !is {
		err = unknown("configuration", message)
	}
	return expected, err
}
