package istiod

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/runtime"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/serviceregistry/util/label"
	"istio.io/istio/pilot/test/xds"
	id "istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/network"
	"istio.io/istio/pkg/test"

	"istio-constructs/test/conformance/cluster"
)

// Member is one of the clusters of a mesh.
type Member struct {
	*cluster.Cluster
	Name string
	// Network is that of all its pods.
	Network string
}

// Endpoint is where a sidecar sends what goes to a host: a pod, or a gateway before pods of another network.
type Endpoint struct {
	Address string `json:"address"`
	Port    uint32 `json:"port"`
	Network string `json:"network,omitempty"`
	// Priority is that of the place where it is: the next one gets what is left when all of one fail.
	Priority uint32 `json:"priority,omitempty"`
}

// settles is how long istiod is asked anew: it may hear of one cluster later than of another.
const settles = 300 * time.Millisecond

// EndpointsAt is what istiod of a cluster, which reads the configuration there and the pods everywhere, tells the sidecar of a workload, or a waypoint.
func EndpointsAt(members []Member, home int, workload, host string, port uint32) ([]Endpoint, error) {
	w := members[home].Workload(workload)
	if w == nil || w.Proxy != cluster.Sidecar && w.Proxy != cluster.Waypoint {
		return nil, fmt.Errorf("no sidecar and no waypoint stands at %s of %s", workload, members[home].Name)
	}
	configs, err := configsOf(members[home].Objects)
	if err != nil {
		return nil, err
	}
	config, err := meshConfig(members[home].Cluster)
	if err != nil {
		return nil, err
	}
	var found []Endpoint
	return found, test.Wrap(func(t test.Failer) {
		name, index := fmt.Sprintf("outbound|%d||%s", port, host), model.AmbientIndexes(nil)
		if w.Proxy == cluster.Waypoint {
			test.SetForTest(t, &features.EnableAmbientMultiNetwork, true)
			name, index = fmt.Sprintf("inbound-vip|%d|http|%s", port, host), indexOf(t, members, home, config)
		}
		// As in istiod's own tests no cluster has the name of the default one: of two, the other one's informers might never start.
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			KubernetesObjectsByCluster: objectsByCluster(members), KubeClientBuilder: kubeClient, Configs: configs, MeshConfig: config,
			NetworksWatcher:    meshwatcher.NewFixedNetworksWatcher(networksOf(members)),
			KubeClientModifier: func(client kube.Client) { prepare(t, client) }, AmbientIndex: index,
		})
		control := &Istiod{cluster: members[home].Cluster, server: server}
		time.Sleep(settles)
		server.EnsureSynced(t)
		found = control.endpointsOf(members, home, w, name)
	})
}

func (i *Istiod) endpointsOf(members []Member, home int, w *cluster.Workload, name string) []Endpoint {
	node := i.nodeOf(w)
	node.Metadata.ClusterID, node.Metadata.Network = id.ID(members[home].Name), network.ID(members[home].Network)
	// What istiod adds itself when a proxy connects, and its server for tests does not.
	node.Labels = label.AugmentLabels(node.Labels, node.Metadata.ClusterID, "", "", node.Metadata.Network)
	// Where all have sidecars, none opens tunnels.
	node.Metadata.EnableHBONE = w.Proxy == cluster.Waypoint
	var found []Endpoint
	for _, assignment := range i.server.Endpoints(i.server.SetupProxy(node)) {
		if assignment.ClusterName != name {
			continue
		}
		for _, locality := range assignment.Endpoints {
			for _, one := range locality.LbEndpoints {
				next := i.endpoint(members, one.GetEndpoint().GetAddress())
				next.Priority = locality.Priority
				found = append(found, next)
			}
		}
	}
	slices.SortFunc(found, func(a, b Endpoint) int { return strings.Compare(a.Address, b.Address) })
	return found
}

// endpoint says the network of an address too: that of the gateway or of the pod. Of a tunnel it is the other end.
func (i *Istiod) endpoint(members []Member, at *corev3.Address) Endpoint {
	found := Endpoint{Address: at.GetSocketAddress().GetAddress(), Port: at.GetSocketAddress().GetPortValue()}
	if tunnel, err := netip.ParseAddrPort(at.GetEnvoyInternalAddress().GetEndpointId()); err == nil {
		found.Address, found.Port = tunnel.Addr().String(), uint32(tunnel.Port())
	}
	for _, one := range i.server.PushContext().NetworkManager().AllGateways() {
		if one.Addr == found.Address && (one.Port == found.Port || one.HBONEPort == found.Port) {
			found.Network = string(one.Network)
		}
	}
	for _, one := range members {
		if one.At(found.Address) != nil {
			found.Network = one.Network
		}
	}
	return found
}

func objectsByCluster(members []Member) map[id.ID][]runtime.Object {
	objects := map[id.ID][]runtime.Object{}
	for _, one := range members {
		objects[id.ID(one.Name)] = one.Objects
	}
	return objects
}

// networksOf says of whole clusters what the label of their root namespaces does: the server for tests does not read that.
func networksOf(members []Member) *meshconfig.MeshNetworks {
	networks := map[string]*meshconfig.Network{}
	for _, one := range members {
		if one.Network == "" {
			continue
		}
		if networks[one.Network] == nil {
			networks[one.Network] = &meshconfig.Network{}
		}
		pods := &meshconfig.Network_NetworkEndpoints{Ne: &meshconfig.Network_NetworkEndpoints_FromRegistry{FromRegistry: one.Name}}
		networks[one.Network].Endpoints = append(networks[one.Network].Endpoints, pods)
	}
	return &meshconfig.MeshNetworks{Networks: networks}
}
