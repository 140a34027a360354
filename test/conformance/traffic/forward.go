package traffic

import (
	"cmp"
	"fmt"
	"strings"

	"istio-constructs/test/conformance/envoy"
	"istio-constructs/test/conformance/istiod"
)

const (
	blackHole   = "BlackHoleCluster"
	passthrough = "PassthroughCluster"
	encap       = "encap"
)

func clusterName(port uint32, host string) string {
	return fmt.Sprintf("outbound|%d||%s", port, host)
}

// forward goes on where a proxy's route leads, and notes what the route says.
func (j *journey) forward(proxy istiod.Proxy, outcome envoy.Outcome, t trip) error {
	route, at := outcome.Route, proxy.Workload.String()
	if route.Blocked {
		j.refused(t, Scope, at+" knows no such host")
		return nil
	}
	by := objectOf(j.cluster, route)
	if len(route.Clusters) == 0 {
		if route.Shape != nil {
			j.legs = append(j.legs, Leg{At: at, By: by, Rule: route.Name, Shape: route.Shape})
		}
		j.refused(t, Routing, cmp.Or(by, at+" answers by itself"))
		return nil
	}
	if outcome.HTTP {
		j.legs = append(j.legs, Leg{
			At: at, By: by, Rule: route.Name, Timeout: route.Timeout, Retries: route.Retries, Fault: route.Fault,
			Hash: route.Hash, Upgrade: route.Upgrade, Shape: route.Shape,
		})
	}
	aborted := route.Fault.AbortedShare()
	if aborted > 0 {
		j.refused(t.part(aborted), Routing, cmp.Or(by, at+" aborts"))
	}
	if aborted == 1 {
		return nil
	}
	if err := j.mirrored(proxy, outcome, t); err != nil {
		return err
	}
	return j.onward(proxy, outcome, t.part(1-aborted))
}

// mirrored follows the copies that a route makes.
func (j *journey) mirrored(proxy istiod.Proxy, outcome envoy.Outcome, t trip) error {
	for _, mirror := range outcome.Route.Mirrors {
		copied := &journey{istiod: j.istiod, cluster: j.cluster, request: j.request}
		outcome.Route.Clusters = []envoy.WeightedCluster{{Name: mirror.Name, Share: 1}}
		if err := copied.onward(proxy, outcome, t.part(mirror.Share)); err != nil {
			return err
		}
		j.copies = append(j.copies, copied.ways...)
	}
	return nil
}

func (j *journey) onward(proxy istiod.Proxy, outcome envoy.Outcome, t trip) error {
	connection := outcome.Onward
	connection.ALPN = "istio"
	if outcome.HTTP {
		connection.ALPN = "istio-http/1.1"
	}
	for _, cluster := range outcome.Route.Clusters {
		if err := j.choose(proxy, cluster.Name, connection, t.part(cluster.Share)); err != nil {
			return err
		}
	}
	return nil
}

// choose picks among the endpoints of a cluster.
func (j *journey) choose(proxy istiod.Proxy, name string, connection envoy.Connection, t trip) error {
	if name == blackHole {
		j.refused(t, Scope, proxy.Workload.String()+" knows no such host")
		return nil
	}
	if name != passthrough && name != encap {
		t.host, t.subset = parseCluster(name)
	}
	if proxy.Clusters[name] == nil {
		j.refused(t, Routing, "no cluster "+name)
		return nil
	}
	settings, err := proxy.Settings(name)
	if err != nil {
		return err
	}
	t.cluster = settings
	endpoints, err := proxy.Endpoints(name, connection)
	if err != nil {
		return err
	}
	if len(endpoints) == 0 {
		j.refused(t, Routing, "no endpoint in "+name)
	}
	for _, endpoint := range endpoints {
		if err := j.arrive(proxy.Workload, endpoint, connection, t.part(endpoint.Share)); err != nil {
			return err
		}
	}
	return nil
}

// parseCluster reads host and subset out of a cluster's name; a waypoint's has the protocol before the subset.
func parseCluster(name string) (host, subset string) {
	parts := strings.Split(name, "|")
	if len(parts) != 4 {
		return name, ""
	}
	subset = parts[2]
	if parts[0] == "inbound-vip" {
		_, subset, _ = strings.Cut(subset, "/")
	}
	return parts[3], subset
}
