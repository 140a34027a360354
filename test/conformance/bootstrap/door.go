package bootstrap

import (
	"fmt"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// door is where requests enter a proxy, and the connection by which they come.
type door struct {
	proxy      *envoy.Proxy
	listener   *listenerv3.Listener
	connection envoy.Connection
}

func doorOf(c *cluster.Cluster, proxy *envoy.Proxy, at, caller *cluster.Workload, asked Question) (door, error) {
	addresses, err := c.Resolve(asked.Host)
	if err != nil {
		return door{}, err
	}
	if len(caller.Addresses) == 0 || len(addresses) == 0 {
		return door{}, fmt.Errorf("nobody is at one end of %s to %s", caller, asked.Host)
	}
	d := door{proxy: proxy, connection: envoy.Connection{
		Source: caller.Addresses[0], Address: addresses[0], Port: asked.Port,
		HTTP: &envoy.Request{Method: "GET", Path: "/", Host: asked.Host},
	}}
	switch {
	case at.Proxy == cluster.Gateway:
		return d.ofGateway(at, asked)
	case at == caller:
		d.listener = proxy.Outbound(d.connection.Address, d.connection.Port)
		return d, nil
	case at.Proxy == cluster.Waypoint:
		d.listener, d.connection.Principal = proxy.Listener(envoy.MainInternal), caller.Principal()
		return d, nil
	}
	return d.ofPod(c, at, caller)
}

// ofPod: past the caller's proxy, which chose this pod and speaks mutual TLS with it.
func (d door) ofPod(c *cluster.Cluster, at, caller *cluster.Workload) (door, error) {
	backends, _ := c.Backends(d.connection.Address, d.connection.Port)
	for _, backend := range backends {
		if c.At(backend.Address) != at {
			continue
		}
		d.listener = d.proxy.Listener(envoy.VirtualInbound)
		d.connection.Address, d.connection.Port = backend.Address, backend.Port
		d.connection.Principal, d.connection.MTLS, d.connection.ALPN = caller.Principal(), true, "istio-http/1.1"
		return d, nil
	}
	return d, fmt.Errorf("no pod of %s is behind %s:%d", at, d.connection.Address, d.connection.Port)
}

// ofGateway: from outside, by TLS where the listener takes it.
func (d door) ofGateway(at *cluster.Workload, asked Question) (door, error) {
	d.connection.Source, d.connection.Address = cluster.Visitor, at.Addresses[0]
	for _, one := range d.proxy.Listeners {
		if one.GetAddress().GetSocketAddress().GetPortValue() == asked.Port && one.TrafficDirection == corev3.TrafficDirection_OUTBOUND {
			d.listener = one
		}
	}
	for _, chain := range d.listener.GetFilterChains() {
		if chain.TransportSocket != nil {
			d.connection.TLS, d.connection.SNI, d.connection.ALPN = true, asked.Host, "http/1.1"
		}
	}
	return d, nil
}
