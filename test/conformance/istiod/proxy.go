package istiod

import (
	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"

	"istio.io/api/annotation"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pkg/config/mesh"
	meta "istio.io/istio/pkg/model"
	"istio.io/istio/pkg/spiffe"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// version is what the proxies say of themselves.
const version = "1.31.0"

// Proxy is the Envoy of a workload.
type Proxy struct {
	Workload *cluster.Workload
	*envoy.Proxy
}

var proxyTypes = map[cluster.Proxy]meta.NodeType{
	cluster.Sidecar: model.SidecarProxy, cluster.Gateway: model.Router, cluster.Waypoint: model.Waypoint,
	cluster.EastWest: model.Waypoint,
}

// Proxy asks for the configuration of a workload's Envoy, once.
func (i *Istiod) Proxy(w *cluster.Workload) Proxy {
	if i.proxies[w] == nil {
		i.proxies[w] = i.generate(w)
	}
	return Proxy{w, i.proxies[w]}
}

func (i *Istiod) generate(w *cluster.Workload) *envoy.Proxy {
	node := i.server.SetupProxy(i.nodeOf(w))
	proxy := &envoy.Proxy{
		Listeners:   i.server.Listeners(node),
		Routes:      map[string]*routev3.RouteConfiguration{},
		Clusters:    map[string]*clusterv3.Cluster{},
		Assignments: map[string]*endpointv3.ClusterLoadAssignment{},
	}
	// Asked for once more in one go, as no proxy does, istiod leaves out what it guesses: several pods of a headless Service ask by one name.
	for _, routes := range i.server.RoutesFromListeners(node, proxy.Listeners) {
		if proxy.Routes[routes.Name] == nil {
			proxy.Routes[routes.Name] = routes
		}
	}
	for _, one := range i.server.Clusters(node) {
		proxy.Clusters[one.Name] = one
	}
	for _, endpoints := range i.server.Endpoints(node) {
		proxy.Assignments[endpoints.ClusterName] = endpoints
	}
	return proxy
}

func (i *Istiod) nodeOf(w *cluster.Workload) *model.Proxy {
	return &model.Proxy{
		Type:            proxyTypes[w.Proxy],
		ID:              w.FirstPod(),
		ConfigNamespace: w.Namespace,
		IPAddresses:     w.Addresses[:1],
		Labels:          w.Labels,
		VerifiedIdentity: &spiffe.Identity{
			TrustDomain: i.cluster.TrustDomain, Namespace: w.Namespace, ServiceAccount: w.ServiceAccount,
		},
		Metadata: &model.NodeMetadata{
			Namespace: w.Namespace, Labels: w.Labels, ServiceAccount: w.ServiceAccount, IstioVersion: version,
			ClusterID: "Kubernetes", EnableHBONE: true, Annotations: w.GatewayAnnotations, ProxyConfig: proxyConfig(w),
		},
	}
}

// proxyConfig is what an agent reads off the annotation of its pod, and tells istiod; nil where there is none.
func proxyConfig(w *cluster.Workload) *meta.NodeMetaProxyConfig {
	written, isWritten := w.GatewayAnnotations[annotation.ProxyConfig.Name]
	if !isWritten {
		return nil
	}
	config, err := mesh.MergeProxyConfig(written, mesh.DefaultProxyConfig())
	if err != nil {
		// The agent would not start.
		panic(err)
	}
	return (*meta.NodeMetaProxyConfig)(config)
}
