package istiod

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/pkg/serviceregistry/ambient"
	"istio.io/istio/pilot/pkg/serviceregistry/util/xdsfake"
	"istio.io/istio/pkg/activenotifier"
	id "istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/config/schema/gvr"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/kube/krt"
	"istio.io/istio/pkg/kube/multicluster"
	"istio.io/istio/pkg/test"
	"istio.io/istio/pkg/workloadapi"

	"istio-constructs/test/conformance/cluster"
)

// Told is what istiod tells the ztunnels of a cluster of one service of the mesh.
type Told struct {
	// Known says that they know the service at all.
	Known bool `json:"known"`
	// Waypoint is the host that stands before it.
	Waypoint string `json:"waypoint,omitempty"`
	// Preferences are how a ztunnel chooses among its pods: what has to be alike, the most important first.
	Preferences []string `json:"preferences,omitempty"`
	Behind      []Behind `json:"behind,omitempty"`
}

// Behind is a pod, or all pods of another network behind its gateway.
type Behind struct {
	Address string `json:"address,omitempty"`
	Network string `json:"network"`
	// Gateway is where the tunnel to another network goes.
	Gateway string `json:"gateway,omitempty"`
	// Pods is how many there are behind a gateway.
	Pods uint32 `json:"pods,omitempty"`
	// Tunnel says that it is reached by HBONE.
	Tunnel bool `json:"tunnel"`
}

// TellsZtunnels is what the istiod of a cluster, which looks into all others, tells its ztunnels of a host.
func TellsZtunnels(members []Member, home int, host string) (Told, error) {
	config, err := meshConfig(members[home].Cluster)
	if err != nil {
		return Told{}, err
	}
	told := Told{}
	return told, test.Wrap(func(t test.Failer) {
		test.SetForTest(t, &features.EnableAmbientMultiNetwork, true)
		told = toldOf(indexOf(t, members, home, config), host)
	})
}

// needed is the kinds that the index of ambient mode looks at.
var needed = []schema.GroupVersionResource{
	gvr.AuthorizationPolicy, gvr.PeerAuthentication, gvr.KubernetesGateway, gvr.GatewayClass, gvr.WorkloadEntry, gvr.ServiceEntry,
}

// indexOf reads all clusters as Istio's own tests of it do: those beside the one of istiod by remote secrets.
func indexOf(t test.Failer, members []Member, home int, config *meshconfig.MeshConfig) ambient.Index {
	clients := map[id.ID]kube.Client{}
	objects := slices.Clone(members[home].Objects)
	for position, one := range members {
		if position != home {
			objects = append(objects, remoteSecret(one))
		}
	}
	for position, one := range members {
		of := one.Objects
		if position == home {
			of = objects
		}
		client := kubeClient(of...)
		for _, kind := range needed {
			clienttest.MakeCRD(t, client, kind)
		}
		clients[id.ID(one.Name)] = client
	}
	own, stop, mesh := id.ID(members[home].Name), test.NewStop(t), meshwatcher.NewTestWatcher(config)
	controller := multicluster.NewController(multicluster.ControllerOptions{
		Client: clients[own], ClusterID: own, SystemNamespace: config.RootNamespace, MeshConfig: mesh, Debugger: krt.GlobalDebugHandler,
		ClientBuilder: func(_ []byte, of id.ID, _ ...func(*rest.Config)) (kube.Client, error) { return clients[of], nil },
	})
	index := ambient.New(ambient.Options{
		SystemNamespace: config.RootNamespace, DomainSuffix: cluster.Domain, ClusterID: own, XDSUpdater: xdsfake.NewFakeXDS(),
		MeshConfig: mesh, StatusNotifier: activenotifier.New(false), Debugger: krt.GlobalDebugHandler, MultiClusterController: controller,
		Flags: ambient.FeatureFlags{DefaultAllowFromWaypoint: features.DefaultAllowFromWaypoint},
	})
	if err := controller.Run(stop); err != nil {
		t.Fatal(err)
	}
	clients[own].RunAndWait(stop)
	go index.Run(stop)
	kube.WaitForCacheSync("ambient index", stop, index.HasSynced)
	time.Sleep(settles)
	return index
}

func remoteSecret(one Member) runtime.Object {
	secret := &corev1.Secret{Data: map[string][]byte{one.Name: []byte(one.Name)}}
	secret.Name, secret.Namespace = "istio-remote-secret-"+one.Name, one.RootNamespace
	secret.Labels = map[string]string{multicluster.MultiClusterSecretLabel: "true"}
	return secret
}

func toldOf(index ambient.Index, host string) Told {
	told := Told{}
	infos, _ := index.AddressInformation(nil)
	for _, info := range infos {
		if service := info.GetService(); service != nil && service.Hostname == host {
			told.Known, told.Waypoint = true, service.GetWaypoint().GetHostname().GetHostname()
			for _, scope := range service.GetLoadBalancing().GetRoutingPreference() {
				told.Preferences = append(told.Preferences, scope.String())
			}
		}
		if workload := info.GetWorkload(); workload != nil && isBehind(workload, host) {
			told.Behind = append(told.Behind, behind(workload))
		}
	}
	slices.SortFunc(told.Behind, func(a, b Behind) int { return strings.Compare(a.Address+a.Gateway, b.Address+b.Gateway) })
	return told
}

func isBehind(workload *workloadapi.Workload, host string) bool {
	for key := range workload.GetServices() {
		if strings.HasSuffix(key, "/"+host) {
			return true
		}
	}
	return false
}

func behind(workload *workloadapi.Workload) Behind {
	found := Behind{Network: workload.Network, Tunnel: workload.TunnelProtocol == workloadapi.TunnelProtocol_HBONE}
	if gateway := workload.GetNetworkGateway(); gateway != nil {
		address, _ := netip.AddrFromSlice(gateway.GetAddress().GetAddress())
		found.Gateway = fmt.Sprintf("%s:%d", address, gateway.HboneMtlsPort)
		found.Pods = workload.GetCapacity().GetValue()
	}
	for _, one := range workload.Addresses {
		address, _ := netip.AddrFromSlice(one)
		found.Address = address.String()
	}
	return found
}
