package istiod

import (
	"fmt"
	"slices"
	"strings"

	xdsmatcher "github.com/cncf/xds/go/xds/type/matcher/v3"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/network"
	"istio.io/istio/pkg/test"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// Way is where a gateway between networks sends what comes in for a service.
type Way struct {
	// From is the kind of proxy that has asked policies before; empty for all others.
	From string `json:"from,omitempty"`
	// To is the host whose pods get it: the service, or its waypoint.
	To string `json:"to"`
	// Pods are their addresses, with the port behind the tunnel.
	Pods []string `json:"pods"`
}

// WaysIn is what the gateway between networks of a cluster does with what comes in for a port of a host; nothing where it does not take that.
func WaysIn(member Member, host string, port uint32) ([]Way, error) {
	at := slices.IndexFunc(member.Workloads, func(w *cluster.Workload) bool { return w.Proxy == cluster.EastWest })
	if at < 0 {
		return nil, fmt.Errorf("no gateway between networks stands in %s", member.Name)
	}
	configs, err := configsOf(member.Objects)
	if err != nil {
		return nil, err
	}
	config, err := meshConfig(member.Cluster)
	if err != nil {
		return nil, err
	}
	var ways []Way
	return ways, test.Wrap(func(t test.Failer) {
		test.SetForTest(t, &features.EnableAmbientMultiNetwork, true)
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			KubernetesObjects: member.Objects, KubeClientBuilder: kubeClient, Configs: configs, MeshConfig: config,
			NetworksWatcher:    meshwatcher.NewFixedNetworksWatcher(ownNetwork(member)),
			KubeClientModifier: func(client kube.Client) { prepare(t, client) },
		})
		control := &Istiod{cluster: member.Cluster, server: server}
		ways = control.waysIn(member.Workloads[at], member.Network, fmt.Sprintf("%s:%d", host, port))
	})
}

// ownNetwork says of the only cluster that a server for tests has what the label of its root namespace does.
func ownNetwork(member Member) *meshconfig.MeshNetworks {
	pods := &meshconfig.Network_NetworkEndpoints{Ne: &meshconfig.Network_NetworkEndpoints_FromRegistry{FromRegistry: constants.DefaultClusterName}}
	return &meshconfig.MeshNetworks{
		Networks: map[string]*meshconfig.Network{member.Network: {Endpoints: []*meshconfig.Network_NetworkEndpoints{pods}}},
	}
}

func (i *Istiod) waysIn(w *cluster.Workload, of, authority string) []Way {
	node := i.nodeOf(w)
	node.Metadata.Network = network.ID(of)
	node = i.server.SetupProxy(node)
	var ways []Way
	for _, listener := range i.server.Listeners(node) {
		if listener.Name == envoy.MainInternal {
			ways = append(ways, chainsFor(listener.FilterChainMatcher, authority)...)
		}
	}
	for index := range ways {
		name := ways[index].To
		ways[index].To = name[strings.LastIndex(name, "|")+1:]
		for _, assignment := range i.server.Endpoints(node) {
			if assignment.ClusterName != name {
				continue
			}
			for _, locality := range assignment.Endpoints {
				for _, one := range locality.LbEndpoints {
					ways[index].Pods = append(ways[index].Pods, one.GetEndpoint().GetAddress().GetEnvoyInternalAddress().GetEndpointId())
				}
			}
		}
		slices.Sort(ways[index].Pods)
	}
	return ways
}

// chainsFor follows what decides among filter chains down to the name that a tunnel asks for.
func chainsFor(matcher *xdsmatcher.Matcher, authority string) []Way {
	if matcher == nil {
		return nil
	}
	byKey := matcher.GetMatcherTree().GetExactMatchMap().GetMap()
	if found := byKey[authority]; found != nil {
		return chosen(found)
	}
	var ways []Way
	for _, key := range sorted(byKey) {
		ways = append(ways, chainsFor(byKey[key].GetMatcher(), authority)...)
	}
	return append(ways, chainsFor(matcher.GetOnNoMatch().GetMatcher(), authority)...)
}

func chosen(on *xdsmatcher.Matcher_OnMatch) []Way {
	if action := on.GetAction(); action != nil {
		return []Way{{To: action.Name}}
	}
	bySource := on.GetMatcher().GetMatcherTree().GetExactMatchMap().GetMap()
	var ways []Way
	for _, source := range sorted(bySource) {
		ways = append(ways, Way{From: source, To: bySource[source].GetAction().GetName()})
	}
	return append(ways, Way{To: on.GetMatcher().GetOnNoMatch().GetAction().GetName()})
}

func sorted[T any](byKey map[string]T) []string {
	var keys []string
	for key := range byKey {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
