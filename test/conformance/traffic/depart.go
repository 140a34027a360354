package traffic

import (
	"errors"
	"fmt"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// depart sends the request to every address that its target has for the caller.
func (j *journey) depart(caller *cluster.Workload, to Target) error {
	if len(caller.Addresses) == 0 {
		return fmt.Errorf("%s has no pods", caller)
	}
	if caller.Proxy == cluster.Gateway {
		return j.throughGateway(caller, to)
	}
	addresses, err := j.addresses(caller, to)
	if err != nil {
		return err
	}
	if len(addresses) == 0 {
		j.refused(trip{share: 1, host: to.name()}, Routing, "no pod behind "+to.name())
	}
	for _, address := range addresses {
		if to.PodOf != "" && !j.writesHost {
			j.request.Host = address
		}
		connection := envoy.Connection{Source: caller.Addresses[0], Address: address, Port: to.Port, HTTP: &j.request}
		if j.cluster.SpeaksTLS(to.Host, to.Port) {
			connection.TLS, connection.SNI = true, to.Host
		}
		t := trip{share: 1 / float64(len(addresses)), host: to.name()}
		if err := j.leave(caller, connection, t); err != nil {
			return err
		}
	}
	return nil
}

// addresses is what the caller dials: where a name resolves to, for whom it asks.
func (j *journey) addresses(caller *cluster.Workload, to Target) ([]string, error) {
	if to.Address != "" {
		return []string{to.Address}, nil
	}
	if to.PodOf != "" {
		callee := j.cluster.Workload(to.PodOf)
		if callee == nil || len(callee.Addresses) == 0 {
			return nil, fmt.Errorf("no pod of a workload %s in the manifests", to.PodOf)
		}
		return callee.Addresses[:1], nil
	}
	if caller.Proxy == cluster.Ztunnel {
		if address, known := j.istiod.Ztunnel().Resolve(to.Host, caller.Namespace); known {
			return []string{address}, nil
		}
	}
	return j.cluster.Resolve(to.Host)
}

func (j *journey) leave(caller *cluster.Workload, connection envoy.Connection, t trip) error {
	switch caller.Proxy {
	case cluster.Sidecar:
		return j.leaveSidecar(caller, connection, t)
	case cluster.Ztunnel:
		return j.leaveZtunnel(caller, connection, t)
	case cluster.None:
		return j.arrive(caller, plain(connection.Address, connection.Port), connection, t)
	}
	return fmt.Errorf("%s sends no requests of its own", caller)
}

func plain(address string, port uint32) envoy.Endpoint {
	return envoy.Endpoint{Address: address, Port: port, Transport: envoy.Transport{Kind: envoy.Plaintext}}
}

// leaveSidecar: the caller's own proxy routes.
func (j *journey) leaveSidecar(caller *cluster.Workload, connection envoy.Connection, t trip) error {
	proxy := j.istiod.Proxy(caller)
	listener := proxy.Outbound(connection.Address, connection.Port)
	outcome, err := proxy.Accept(listener, connection)
	switch {
	case errors.Is(err, envoy.ErrNoChain):
		j.refused(t, Scope, caller.String()+" knows no such host")
		return nil
	case errors.Is(err, envoy.ErrUnread):
		j.refused(t, Routing, caller.String()+" reads requests there, and no TLS")
		return nil
	case err != nil:
		return err
	case !outcome.Allowed:
		j.refused(t, Authorization, named(outcome.By))
		return nil
	}
	return j.forward(proxy, outcome, t)
}

// leaveZtunnel: the node's proxy knows services and their waypoints, and reads no requests.
func (j *journey) leaveZtunnel(caller *cluster.Workload, connection envoy.Connection, t trip) error {
	targets, err := j.istiod.Ztunnel().Route(connection.Address, connection.Port, caller.Namespace)
	if err != nil {
		return err
	}
	if len(targets) == 0 {
		j.refused(t, Routing, "no healthy workload behind "+t.host)
	}
	for _, target := range targets {
		endpoint := plain(target.Address, target.Port)
		endpoint.Via = target.Waypoint
		if target.Tunnel {
			endpoint.Kind = envoy.HBONE
		}
		if err := j.arrive(caller, endpoint, connection, t.part(target.Share)); err != nil {
			return err
		}
	}
	return nil
}
