package istiod

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/runtime"

	meshconfig "istio.io/api/mesh/v1alpha1"
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
}

// settles is how long istiod is asked anew: it may hear of one cluster later than of another.
const settles = 300 * time.Millisecond

// EndpointsAt is what istiod of a cluster, which reads the configuration there and the pods everywhere, tells the sidecar of a workload.
func EndpointsAt(members []Member, home int, workload, host string, port uint32) ([]Endpoint, error) {
	w := members[home].Workload(workload)
	if w == nil || w.Proxy != cluster.Sidecar {
		return nil, fmt.Errorf("no sidecar stands at %s of %s", workload, members[home].Name)
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
		// As in istiod's own tests no cluster has the name of the default one: of two, the other one's informers might never start.
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			KubernetesObjectsByCluster: objectsByCluster(members), KubeClientBuilder: kubeClient, Configs: configs, MeshConfig: config,
			NetworksWatcher:    meshwatcher.NewFixedNetworksWatcher(networksOf(members)),
			KubeClientModifier: func(client kube.Client) { prepare(t, client) },
		})
		control := &Istiod{cluster: members[home].Cluster, server: server}
		time.Sleep(settles)
		server.EnsureSynced(t)
		found = control.endpointsOf(members, home, w, fmt.Sprintf("outbound|%d||%s", port, host))
	})
}

func (i *Istiod) endpointsOf(members []Member, home int, w *cluster.Workload, name string) []Endpoint {
	node := i.nodeOf(w)
	node.Metadata.ClusterID, node.Metadata.Network = id.ID(members[home].Name), network.ID(members[home].Network)
	// Where all have sidecars, none opens tunnels.
	node.Metadata.EnableHBONE = false
	var found []Endpoint
	for _, assignment := range i.server.Endpoints(i.server.SetupProxy(node)) {
		if assignment.ClusterName != name {
			continue
		}
		for _, locality := range assignment.Endpoints {
			for _, one := range locality.LbEndpoints {
				at := one.GetEndpoint().GetAddress().GetSocketAddress()
				found = append(found, i.endpoint(members, at.GetAddress(), at.GetPortValue()))
			}
		}
	}
	slices.SortFunc(found, func(a, b Endpoint) int { return strings.Compare(a.Address, b.Address) })
	return found
}

// endpoint says the network of an address too: that of the gateway or of the pod.
func (i *Istiod) endpoint(members []Member, address string, port uint32) Endpoint {
	found := Endpoint{Address: address, Port: port}
	for _, one := range i.server.PushContext().NetworkManager().AllGateways() {
		if one.Addr == address && one.Port == port {
			found.Network = string(one.Network)
		}
	}
	for _, one := range members {
		if one.At(address) != nil {
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
