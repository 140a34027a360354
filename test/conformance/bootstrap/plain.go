package bootstrap

import (
	"encoding/json"
	"maps"
	"slices"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	proxyprotocolv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/proxy_protocol/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"istio-constructs/test/conformance/envoy"
)

// plain is the configuration of a proxy on its way to an Envoy that has no control plane, no certificates and no filters of Istio's own.
type plain struct {
	proxy      *envoy.Proxy
	connection envoy.Connection
	// addresses are those that the clusters name, once each.
	addresses []Address
	leftOut   map[string]bool
}

func (p *plain) listOfLeftOut() []string { return slices.Sorted(maps.Keys(p.leftOut)) }

// bootstrap has one listener, with the filter chain alone that the connection meets, and the clusters that the chain names.
func (p *plain) bootstrap(node, name string, chain *listenerv3.FilterChain) (json.RawMessage, error) {
	listener, err := p.listener(name, chain)
	if err != nil {
		return nil, err
	}
	clusters := []any{}
	for _, name := range p.clustersNamedIn(listener["filterChains"]) {
		cluster, err := p.cluster(p.proxy.Clusters[name])
		if err != nil {
			return nil, err
		}
		clusters = append(clusters, cluster)
	}
	return json.Marshal(map[string]any{
		"node":            map[string]any{"id": node, "cluster": node},
		"admin":           map[string]any{"address": map[string]any{"socketAddress": map[string]any{"address": loopback, "portValue": 0}}},
		"staticResources": map[string]any{"listeners": []any{listener}, "clusters": clusters},
	})
}

const loopback = "127.0.0.1"

// listener takes the two ends of a connection from the PROXY protocol, as a pod's takes them from its kernel.
func (p *plain) listener(name string, chain *listenerv3.FilterChain) (map[string]any, error) {
	ends, err := anypb.New(&proxyprotocolv3.ProxyProtocol{})
	if err != nil {
		return nil, err
	}
	filters, err := p.filters(chain)
	if err != nil {
		return nil, err
	}
	return p.adapted(&listenerv3.Listener{
		Name:    name,
		Address: socketAddress(loopback, 0),
		ListenerFilters: []*listenerv3.ListenerFilter{{
			Name: "envoy.filters.listener.proxy_protocol", ConfigType: &listenerv3.ListenerFilter_TypedConfig{TypedConfig: ends},
		}},
		FilterChains: []*listenerv3.FilterChain{{Name: chain.Name, Filters: filters}},
	})
}

// filters are those of the chain, with their routes; what certificates would have proven of the peer is said by one before them.
func (p *plain) filters(chain *listenerv3.FilterChain) ([]*listenerv3.Filter, error) {
	var filters []*listenerv3.Filter
	if p.connection.Principal != "" {
		said, err := peerIs("spiffe://" + p.connection.Principal)
		if err != nil {
			return nil, err
		}
		filters = append(filters, said)
	}
	for _, filter := range chain.Filters {
		filter = proto.Clone(filter).(*listenerv3.Filter)
		if filter.GetTypedConfig().MessageIs(&hcmv3.HttpConnectionManager{}) {
			if err := p.inlineRoutes(filter); err != nil {
				return nil, err
			}
		}
		filters = append(filters, filter)
	}
	return filters, nil
}

func (p *plain) inlineRoutes(filter *listenerv3.Filter) error {
	manager := &hcmv3.HttpConnectionManager{}
	if err := filter.GetTypedConfig().UnmarshalTo(manager); err != nil {
		return err
	}
	if name := manager.GetRds().GetRouteConfigName(); name != "" {
		manager.RouteSpecifier = &hcmv3.HttpConnectionManager_RouteConfig{RouteConfig: p.proxy.Routes[name]}
	}
	config, err := anypb.New(manager)
	filter.ConfigType = &listenerv3.Filter_TypedConfig{TypedConfig: config}
	return err
}

// clustersNamedIn is every cluster whose name the configuration has in it, wherever that is.
func (p *plain) clustersNamedIn(config any) []string {
	named := map[string]bool{}
	eachString(config, func(text string) {
		if p.proxy.Clusters[text] != nil {
			named[text] = true
		}
	})
	return slices.Sorted(maps.Keys(named))
}

// adapted is a message as JSON, without what only Istio's build of Envoy knows.
func (p *plain) adapted(message proto.Message) (map[string]any, error) {
	written, err := protojson.Marshal(message)
	if err != nil {
		return nil, err
	}
	var config map[string]any
	if err := json.Unmarshal(written, &config); err != nil {
		return nil, err
	}
	p.adapt(config)
	return config, checkTypes(config)
}

func socketAddress(address string, port uint32) *corev3.Address {
	return &corev3.Address{Address: &corev3.Address_SocketAddress{SocketAddress: &corev3.SocketAddress{
		Address: address, PortSpecifier: &corev3.SocketAddress_PortValue{PortValue: port},
	}}}
}
