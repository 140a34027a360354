// Package istiod computes with istiod's own code what the proxies of a cluster would be told.
package istiod

import (
	"fmt"
	"reflect"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/config/kube/crdclient"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/gvr"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/test"
	"istio.io/istio/pkg/util/protomarshal"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
	"istio-constructs/test/conformance/ztunnel"
)

// Istiod is a control plane that has read a cluster.
type Istiod struct {
	cluster *cluster.Cluster
	server  *xds.FakeDiscoveryServer
	proxies map[*cluster.Workload]*envoy.Proxy
	ztunnel *ztunnel.State
}

// Run starts a control plane for a cluster, asks what is to be asked, and stops it.
func Run(c *cluster.Cluster, ask func(*Istiod) error) error {
	var failed error
	configs, err := configsOf(c.Objects)
	if err != nil {
		return err
	}
	config, err := meshConfig(c)
	if err != nil {
		return err
	}
	if err := test.Wrap(func(t test.Failer) {
		test.SetForTest(t, &features.EnableMultipleCustomAuthzProviders, c.SeveralAuthorizers)
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			KubernetesObjects: c.Objects, KubeClientBuilder: kubeClient, Configs: configs, MeshConfig: config,
			KubeClientModifier: func(client kube.Client) { prepare(t, client) },
		})
		failed = ask(&Istiod{cluster: c, server: server, proxies: map[*cluster.Workload]*envoy.Proxy{}})
	}); err != nil {
		return err
	}
	return failed
}

// prepare has a client know what a cluster has.
func prepare(t test.Failer, client kube.Client) {
	sayBundle(client)
	// The server for tests knows all kinds of the Gateway API but this one.
	clienttest.MakeCRD(t, client, gvr.ListenerSet)
}

// configsOf is the objects that istiod takes from its configuration store; the ambient index and the Gateway API read theirs from Kubernetes.
func configsOf(objects []runtime.Object) ([]config.Config, error) {
	var configs []config.Config
	created := time.Now()
	for _, object := range objects {
		kinds, _, err := kube.IstioScheme.ObjectKinds(object)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", reflect.TypeOf(object), err)
		}
		kind := config.FromKubernetesGVK(kinds[0])
		if _, known := collections.Pilot.FindByGroupVersionAliasesKind(kind); !known {
			continue
		}
		object.(v1.Object).SetCreationTimestamp(v1.NewTime(created))
		configs = append(configs, crdclient.TranslateObject(object, kind, cluster.Domain))
	}
	return configs, nil
}

// ambientScope is what Istio's profile for ambient mode says of services that several clusters have.
var ambientScope = &meshconfig.MeshConfig_ServiceScopeConfigs{
	ServicesSelector: &meshconfig.LabelSelector{
		MatchExpressions: []*meshconfig.LabelSelectorRequirement{{Key: "istio.io/global", Operator: "In", Values: []string{"true"}}},
	},
	Scope: meshconfig.MeshConfig_ServiceScopeConfigs_GLOBAL,
}

func meshConfig(c *cluster.Cluster) (*meshconfig.MeshConfig, error) {
	config := mesh.DefaultMeshConfig()
	config.TrustDomain = c.TrustDomain
	config.TrustDomainAliases = c.TrustDomainAliases
	config.RootNamespace = c.RootNamespace
	if c.PathNormalization != "" {
		normalization := meshconfig.MeshConfig_ProxyPathNormalization_NormalizationType_value[c.PathNormalization]
		config.PathNormalization = &meshconfig.MeshConfig_ProxyPathNormalization{
			Normalization: meshconfig.MeshConfig_ProxyPathNormalization_NormalizationType(normalization),
		}
	}
	if c.DropsUnknown {
		config.OutboundTrafficPolicy = &meshconfig.MeshConfig_OutboundTrafficPolicy{Mode: meshconfig.MeshConfig_OutboundTrafficPolicy_REGISTRY_ONLY}
	}
	config.ServiceScopeConfigs = []*meshconfig.MeshConfig_ServiceScopeConfigs{ambientScope}
	for _, one := range c.Authorizers {
		config.ExtensionProviders = append(config.ExtensionProviders, provider(one))
	}
	for _, text := range c.Providers {
		one := &meshconfig.MeshConfig_ExtensionProvider{}
		if err := protomarshal.Unmarshal(text, one); err != nil {
			return nil, fmt.Errorf("extension provider %s: %w", text, err)
		}
		config.ExtensionProviders = append(config.ExtensionProviders, one)
	}
	return config, nil
}

func provider(a cluster.Authorizer) *meshconfig.MeshConfig_ExtensionProvider {
	if a.HTTP {
		asked := &meshconfig.MeshConfig_ExtensionProvider_EnvoyExternalAuthorizationHttpProvider{Service: a.Service, Port: a.Port}
		return &meshconfig.MeshConfig_ExtensionProvider{
			Name: a.Name, Provider: &meshconfig.MeshConfig_ExtensionProvider_EnvoyExtAuthzHttp{EnvoyExtAuthzHttp: asked},
		}
	}
	asked := &meshconfig.MeshConfig_ExtensionProvider_EnvoyExternalAuthorizationGrpcProvider{Service: a.Service, Port: a.Port}
	return &meshconfig.MeshConfig_ExtensionProvider{
		Name: a.Name, Provider: &meshconfig.MeshConfig_ExtensionProvider_EnvoyExtAuthzGrpc{EnvoyExtAuthzGrpc: asked},
	}
}
