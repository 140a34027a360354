// Package cluster makes of manifests what a cluster would hold once its controllers are done: pods, endpoints, addresses,
// and what istiod itself makes of Gateways.
package cluster

import (
	"cmp"
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"

	networking "istio.io/client-go/pkg/apis/networking/v1"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
)

// Domain is that of every Service: the one that istiod's server for tests knows.
const Domain = "cluster.local"

// Settings is what the installation of Istio says and no manifest.
type Settings struct {
	TrustDomain string `json:"trustDomain"`
	// TrustDomainAliases mean the same identities as TrustDomain.
	TrustDomainAliases []string `json:"trustDomainAliases"`

	RootNamespace string `json:"rootNamespace"`
	ClusterDomain string `json:"clusterDomain"`
	// PathNormalization is how proxies put paths in order: Istio's word for it, empty for Istio's own default.
	PathNormalization string `json:"pathNormalization"`
	// DropsUnknown says that sidecars drop what no registry knows, unless a Sidecar says otherwise.
	DropsUnknown bool `json:"dropsUnknown"`
	// Authorizers are those that policies may ask by name.
	Authorizers []Authorizer `json:"authorizers"`
	// SeveralAuthorizers says that istiod has one proxy ask several: PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS.
	SeveralAuthorizers bool `json:"severalAuthorizers"`
	// Providers are further extension providers, as the mesh configuration has them: backends of traces, logs and metrics.
	Providers []json.RawMessage `json:"providers"`
	// Networks says that istiod has gateways between networks of ambient mode: AMBIENT_ENABLE_MULTI_NETWORK.
	Networks bool `json:"-"`
	// GatewayAddress is where other networks reach them.
	GatewayAddress string `json:"-"`
	// PodsElsewhere is how many pods other clusters of the mesh have: no two have one address.
	PodsElsewhere int `json:"-"`
}

// Authorizer is somebody outside the proxies who decides: an extension provider of the mesh configuration.
type Authorizer struct {
	Name string `json:"name"`
	// Service is its host.
	Service string `json:"service"`
	Port    uint32 `json:"port"`
	// HTTP: it is asked by HTTP, and not by gRPC.
	HTTP bool `json:"http"`
}

// completed has Istio's own defaults for what is not said.
func (s Settings) completed() (Settings, error) {
	s.TrustDomain = cmp.Or(s.TrustDomain, "cluster.local")
	s.RootNamespace = cmp.Or(s.RootNamespace, "istio-system")
	s.ClusterDomain = cmp.Or(s.ClusterDomain, Domain)
	if s.ClusterDomain != Domain {
		return s, fmt.Errorf("istiod's server for tests knows no cluster domain but %s", Domain)
	}
	return s, nil
}

// Proxy is who handles the traffic of a workload.
type Proxy string

// A pod has a sidecar, is captured by the ztunnel of its node, is itself a gateway, a waypoint or a gateway between networks, or is outside the mesh.
const (
	Sidecar  Proxy = "sidecar"
	Ztunnel  Proxy = "ztunnel"
	Gateway  Proxy = "gateway"
	Waypoint Proxy = "waypoint"
	EastWest Proxy = "east-west gateway"
	None     Proxy = "none"
)

// Workload is a set of pods with one template.
type Workload struct {
	// Key is namespace/name, as the manifest has it: for a Gateway the Gateway's own.
	Key            string
	Namespace      string
	ServiceAccount string
	Labels         map[string]string
	Proxy          Proxy
	Addresses      []string
	// GatewayAnnotations are those of the pods that istiod makes for a Gateway, as far as the Gateway names them.
	GatewayAnnotations map[string]string
	ports              map[string]int32
	annotations        map[string]string
	template           *corev1.PodTemplateSpec
	replicas           int
	identity           string
	// at is the address of its pod, where somebody has said it.
	at string
	// isPod: the manifests have it under the name under which it runs.
	isPod bool
	// isMachine: it is beside the cluster, and a WorkloadEntry tells of it.
	isMachine bool
}

// Principal is the identity that the pods prove, without its scheme.
func (w *Workload) Principal() string { return w.identity }

// String names the workload as answers do: by its proxy and its key.
func (w *Workload) String() string {
	if w.Proxy == None {
		return "pod " + w.Key
	}
	return string(w.Proxy) + " " + w.Key
}

// join adds a workload, under the identity of its place unless it has another.
func (c *Cluster) join(w *Workload) {
	if w.identity == "" {
		w.identity = principal(c.TrustDomain, w.Namespace, w.ServiceAccount)
	}
	c.Workloads = append(c.Workloads, w)
}

func principal(trustDomain, namespace, serviceAccount string) string {
	return fmt.Sprintf("%s/ns/%s/sa/%s", trustDomain, namespace, serviceAccount)
}

// Cluster is the manifests with what follows from them.
type Cluster struct {
	Settings
	// Objects are of every kind, with those that controllers add.
	Objects   []runtime.Object
	Workloads []*Workload
	Services  []*corev1.Service
	Entries   []*networking.ServiceEntry

	namespaces map[string]*corev1.Namespace
	gateways   []*gateway.Gateway
	slices     []*discoveryv1.EndpointSlice
	addresses  addresses
	byAddress  map[string]*Workload
}

// Call is who calls which host, as far as that adds to a cluster; no host where an address is dialled.
type Call struct {
	Caller Caller
	Host   string
	Port   uint32
}

// New reads manifests and completes them, with a pod for every caller and a Service for every host that they do not have.
func New(manifests []runtime.Object, calls []Call, settings Settings) (*Cluster, error) {
	settings, err := settings.completed()
	if err != nil {
		return nil, err
	}
	c := &Cluster{Settings: settings, namespaces: map[string]*corev1.Namespace{}, byAddress: map[string]*Workload{}}
	c.addresses.pods = settings.PodsElsewhere
	for _, object := range manifests {
		// A pod is added when it runs, as all others.
		if _, isPod := object.(*corev1.Pod); !isPod {
			c.add(object)
		}
	}
	for _, object := range manifests {
		if err := c.addWorkload(object); err != nil {
			return nil, err
		}
	}
	for _, one := range c.gateways {
		if err := c.addGateway(one); err != nil {
			return nil, err
		}
	}
	for _, call := range calls {
		c.addCaller(call.Caller)
		c.addHost(call.Host, call.Port)
	}
	c.addressServices()
	c.addPods()
	c.addEndpoints()
	return c, c.check()
}

// check wants every workload and every object to be there once.
func (c *Cluster) check() error {
	seen := map[string]bool{}
	for _, w := range c.Workloads {
		if seen[w.Key] {
			return fmt.Errorf("two workloads are called %s", w.Key)
		}
		seen[w.Key] = true
	}
	for _, object := range c.Objects {
		named, err := meta.Accessor(object)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%T %s/%s", object, named.GetNamespace(), named.GetName())
		if seen[name] {
			return fmt.Errorf("there are two of %s", name)
		}
		seen[name] = true
	}
	return nil
}

func (c *Cluster) add(object runtime.Object) {
	switch o := object.(type) {
	case *corev1.Namespace:
		c.namespaces[o.Name] = o
	case *corev1.Service:
		c.Services = append(c.Services, o)
	case *networking.ServiceEntry:
		c.Entries = append(c.Entries, o)
	case *gateway.Gateway:
		c.gateways = append(c.gateways, o)
	case *discoveryv1.EndpointSlice:
		c.slices = append(c.slices, o)
	}
	c.Objects = append(c.Objects, object)
}

func (c *Cluster) addNamespace(name string, labels map[string]string) {
	if c.namespaces[name] != nil {
		return
	}
	namespace := &corev1.Namespace{}
	namespace.Name = name
	namespace.Labels = labels
	c.add(namespace)
}

// Workload finds a workload by its key.
func (c *Cluster) Workload(key string) *Workload {
	for _, one := range c.Workloads {
		if one.Key == key {
			return one
		}
	}
	return nil
}

// At finds the workload that has a pod at this address.
func (c *Cluster) At(address string) *Workload {
	return c.byAddress[address]
}
