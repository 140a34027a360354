package traffic

import (
	"errors"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
	"istio-constructs/test/conformance/istiod"
)

// throughGateway: from outside through a listener; a port that the gateway does not listen on is taken as its own proxy calling the host.
func (j *journey) throughGateway(gateway *cluster.Workload, to Target) error {
	t := trip{share: 1, host: to.name()}
	connection := envoy.Connection{Source: cluster.Visitor, Address: gateway.Addresses[0], Port: to.Port, HTTP: &j.request}
	listener := listening(j.istiod.Proxy(gateway), to.Port)
	if listener == nil || j.cluster.IsOfMesh(to.Host) {
		return j.asGateway(gateway, connection, to, t)
	}
	hop := Hop{At: gateway.String(), Transport: envoy.Plaintext}
	if takesTLS(listener) {
		hop.Transport = envoy.TLS
		connection.TLS, connection.SNI, connection.ALPN = true, to.Host, "http/1.1"
		connection.ShowsCertificate = j.showsCertificate
	}
	return j.passGateway(gateway, connection, hop, t)
}

// passGateway: it lets in what one of its listeners has a route for.
func (j *journey) passGateway(gateway *cluster.Workload, connection envoy.Connection, hop Hop, t trip) error {
	proxy := j.istiod.Proxy(gateway)
	listener := listening(proxy, connection.Port)
	if listener == nil {
		j.refused(t, Routing, "Gateway "+gateway.Key)
		return nil
	}
	outcome, err := proxy.Accept(listener, connection)
	if errors.Is(err, envoy.ErrNoCertificate) {
		j.refused(t, MutualTLS, "Gateway "+gateway.Key)
		return nil
	}
	if errors.Is(err, envoy.ErrNoChain) || errors.Is(err, envoy.ErrUnread) {
		j.refused(t, Routing, "Gateway "+gateway.Key)
		return nil
	}
	if err != nil {
		return err
	}
	j.meets(gateway, outcome)
	hop.By = named(outcome.By)
	if !outcome.Allowed {
		j.refused(t, Authorization, hop.By, hop)
		return nil
	}
	if outcome.Route.Blocked || len(outcome.Route.Clusters) == 0 && outcome.Route.By == "" {
		j.refused(t, Routing, "Gateway "+gateway.Key)
		return nil
	}
	t.passed(hop)
	return j.forward(proxy, outcome, t)
}

// asGateway sends a request to a host of the mesh as the gateway's own proxy would, had it a route there.
func (j *journey) asGateway(gateway *cluster.Workload, connection envoy.Connection, to Target, t trip) error {
	proxy, name := j.istiod.Proxy(gateway), clusterName(to.Port, to.Host)
	if proxy.Clusters[name] == nil {
		j.refused(t, Routing, "Gateway "+gateway.Key)
		return nil
	}
	if j.cluster.SpeaksTLS(to.Host, to.Port) {
		connection.TLS, connection.SNI = true, to.Host
	}
	route := envoy.Route{Clusters: []envoy.WeightedCluster{{Name: name, Share: 1}}}
	return j.onward(proxy, envoy.Outcome{Onward: connection, HTTP: !connection.TLS, Route: route}, t)
}

func listening(proxy istiod.Proxy, port uint32) *listenerv3.Listener {
	for _, one := range proxy.Listeners {
		if one.GetAddress().GetSocketAddress().GetPortValue() == port && one.TrafficDirection == corev3.TrafficDirection_OUTBOUND {
			return one
		}
	}
	return nil
}

// takesTLS: it ends TLS, or asks for the server that TLS names and passes it through.
func takesTLS(listener *listenerv3.Listener) bool {
	for _, chain := range listener.FilterChains {
		if chain.TransportSocket != nil || len(chain.GetFilterChainMatch().GetServerNames()) > 0 {
			return true
		}
	}
	return false
}
