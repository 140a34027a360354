package traffic

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"istio.io/istio/pkg/config/constants"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
	"istio-constructs/test/conformance/ztunnel"
)

// arrive makes the connection to an endpoint, and asks whoever stands there.
func (j *journey) arrive(source *cluster.Workload, endpoint envoy.Endpoint, connection envoy.Connection, t trip) error {
	connection.Source, connection.Address, connection.Port = source.Addresses[0], endpoint.Address, endpoint.Port
	connection.Principal, connection.MTLS, connection.Tunnelled = "", endpoint.Kind == envoy.MTLS, false
	if isMesh(endpoint.Kind) {
		connection.Principal = source.Principal()
	}
	if connection.MTLS {
		connection.SNI = endpoint.SNI
	} else {
		connection.ALPN = ""
	}
	if endpoint.Via != "" {
		return j.passWaypoint(endpoint.Via, connection, t)
	}
	if endpoint.Address == constants.UnspecifiedIP {
		// What istiod calls the address of a Service that has none: the proxy that dials it finds itself.
		j.refused(t, Routing, t.host+" has no address")
		return nil
	}
	callee := j.cluster.At(endpoint.Address)
	if callee == nil {
		return j.beyond(source, endpoint, connection, t)
	}
	hop := Hop{At: callee.String(), Transport: endpoint.Kind, Principal: connection.Principal}
	if len(endpoint.Names) > 0 && !slices.Contains(endpoint.Names, "spiffe://"+callee.Principal()) {
		j.refused(t, MutualTLS, "expected "+strings.Join(endpoint.Names, ", ")+", met "+callee.Principal(), hop)
		return nil
	}
	switch callee.Proxy {
	case cluster.Ztunnel:
		return j.atZtunnel(callee, connection, hop, t)
	case cluster.Sidecar:
		return j.atSidecar(callee, connection, hop, t)
	case cluster.Gateway:
		return j.passGateway(callee, connection, hop, t)
	case cluster.None:
		j.atPod(callee, hop, t)
		return nil
	}
	j.refused(t, Routing, callee.String(), hop)
	return nil
}

func isMesh(kind envoy.Kind) bool { return kind == envoy.HBONE || kind == envoy.MTLS }

// beyond is where no pod is: a Service's address, for which the network of the cluster picks a pod, or somewhere outside.
func (j *journey) beyond(source *cluster.Workload, endpoint envoy.Endpoint, connection envoy.Connection, t trip) error {
	hop := Hop{At: endpoint.Address, Transport: endpoint.Kind}
	backends, isService := j.cluster.Backends(endpoint.Address, endpoint.Port)
	// A tunnel is for the pod that is named in it; mutual TLS on the port itself goes wherever the network picks.
	if endpoint.Kind == envoy.HBONE || endpoint.Kind == envoy.MTLS && !isService {
		hop.Principal = connection.Principal
		j.refused(t, MutualTLS, endpoint.Address+" is outside the mesh", hop)
		return nil
	}
	if !isService {
		t.passed(hop)
		j.ends(t, "")
		return nil
	}
	if len(backends) == 0 {
		j.refused(t, Routing, "no endpoint behind "+t.host)
	}
	for _, backend := range backends {
		endpoint.Address, endpoint.Port = backend.Address, backend.Port
		if err := j.arrive(source, endpoint, connection, t.part(1/float64(len(backends)))); err != nil {
			return err
		}
	}
	return nil
}

// atPod: nobody there, and so nobody who could end a tunnel.
func (j *journey) atPod(callee *cluster.Workload, hop Hop, t trip) {
	if isMesh(hop.Transport) {
		j.refused(t, MutualTLS, callee.String()+" is outside the mesh", hop)
		return
	}
	t.passed(hop)
	j.ends(t, callee.Key)
}

// Parts of the names of policies by which istiod tells ztunnel of a PeerAuthentication.
var strictPolicies = []string{"istio_converted_static_strict", "converted_peer_authentication"}

func (j *journey) atZtunnel(callee *cluster.Workload, connection envoy.Connection, hop Hop, t trip) error {
	if hop.Transport == envoy.MTLS {
		j.refused(t, MutualTLS, callee.String()+" ends no mutual TLS but in a tunnel", hop)
		return nil
	}
	verdict, err := j.istiod.Ztunnel().Decide(ztunnel.Connection{
		Source: connection.Source, Principal: connection.Principal, Address: connection.Address, Port: connection.Port,
	})
	if err != nil {
		return err
	}
	names, layer := make([]string, len(verdict.By)), Authorization
	for index, name := range verdict.By {
		names[index] = "AuthorizationPolicy " + name
		if slices.ContainsFunc(strictPolicies, func(strict string) bool { return strings.Contains(name, strict) }) {
			names[index], layer = j.cluster.PeerAuthentication(callee), MutualTLS
		}
	}
	hop.By = named(names)
	if !verdict.Allowed {
		j.refused(t, layer, hop.By, hop)
		return nil
	}
	t.passed(hop)
	j.ends(t, callee.Key)
	return nil
}

// atSidecar: a tunnel ends in a listener of its own, everything else in the one for what comes in.
func (j *journey) atSidecar(callee *cluster.Workload, connection envoy.Connection, hop Hop, t trip) error {
	proxy, name := j.istiod.Proxy(callee), envoy.VirtualInbound
	// The configuration is that of the first pod, and all of them are alike.
	connection.Address = callee.Addresses[0]
	if hop.Transport == envoy.HBONE {
		name, connection.Tunnelled = envoy.MainInternal, true
	}
	outcome, err := proxy.Accept(proxy.Listener(name), connection)
	if errors.Is(err, envoy.ErrNoChain) {
		j.refused(t, MutualTLS, cmp.Or(j.cluster.PeerAuthentication(callee), callee.String()), hop)
		return nil
	}
	if err != nil {
		return err
	}
	j.meets(callee, outcome)
	hop.By = named(outcome.By)
	if !outcome.Allowed {
		j.refused(t, Authorization, hop.By, hop)
		return nil
	}
	if outcome.Route.Blocked || len(outcome.Route.Clusters) == 0 || outcome.Route.Clusters[0].Name == blackHole {
		j.refused(t, Routing, callee.String(), hop)
		return nil
	}
	t.passed(hop)
	j.ends(t, callee.Key)
	return nil
}

// passWaypoint: it decides and routes for the service, and goes on under its own identity.
func (j *journey) passWaypoint(address string, connection envoy.Connection, t trip) error {
	waypoint := j.cluster.At(address)
	if waypoint == nil || waypoint.Proxy != cluster.Waypoint {
		return fmt.Errorf("no waypoint at %s", address)
	}
	hop := Hop{At: waypoint.String(), Transport: envoy.HBONE, Principal: connection.Principal}
	proxy := j.istiod.Proxy(waypoint)
	connection.Tunnelled = true
	outcome, err := proxy.Accept(proxy.Listener(envoy.MainInternal), connection)
	if errors.Is(err, envoy.ErrNoChain) {
		j.refused(t, Routing, waypoint.String()+" knows no such service", hop)
		return nil
	}
	if err != nil {
		return err
	}
	j.meets(waypoint, outcome)
	hop.By = named(outcome.By)
	if !outcome.Allowed {
		j.refused(t, Authorization, hop.By, hop)
		return nil
	}
	t.passed(hop)
	return j.forward(proxy, outcome, t)
}
