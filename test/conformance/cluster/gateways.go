package cluster

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"istio.io/istio/pilot/pkg/config/kube/gatewaycommon"
	corev1 "k8s.io/api/core/v1"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
)

const (
	gatewayNameLabel  = "gateway.networking.k8s.io/gateway-name"
	gatewayClassLabel = "gateway.networking.k8s.io/gateway-class-name"
	managedLabel      = "gateway.istio.io/managed"
)

// class is a kind of Gateway that istiod deploys.
type class struct {
	proxy   Proxy
	manager string
	// named says that the class is a part of the names.
	named       bool
	serviceType corev1.ServiceType
}

// classes are by the controllers that a GatewayClass may name.
var classes = map[gateway.GatewayController]class{
	"istio.io/gateway-controller": {Gateway, "istio.io-gateway-controller", true, corev1.ServiceTypeLoadBalancer},
	"istio.io/mesh-controller":    {Waypoint, "istio.io-mesh-controller", false, corev1.ServiceTypeClusterIP},
}

// eastWest is the controller of gateways between networks, where istiod has them.
const eastWest gateway.GatewayController = "istio.io/eastwest-controller"

func (c *Cluster) class(controller gateway.GatewayController) (class, bool) {
	if controller == eastWest && c.Networks {
		return class{EastWest, "istio.io-eastwest-controller", false, corev1.ServiceTypeLoadBalancer}, true
	}
	kind, isDeployed := classes[controller]
	return kind, isDeployed
}

// builtinClasses are there without a GatewayClass.
var builtinClasses = map[gateway.ObjectName]gateway.GatewayController{
	"istio": "istio.io/gateway-controller", "istio-remote": "istio.io/unmanaged-gateway",
	"istio-waypoint": "istio.io/mesh-controller", "istio-east-west": eastWest,
}

// addGateway makes what istiod's deployment controller makes of a Gateway: an account, pods and a Service, all of one name.
// What belongs to somebody else is left alone.
func (c *Cluster) addGateway(g *gateway.Gateway) error {
	controller := c.controllerOf(g.Spec.GatewayClassName)
	kind, isDeployed := c.class(controller)
	switch {
	case !isDeployed && strings.HasPrefix(string(controller), "istio.io/"):
		return fmt.Errorf("not modelled: Gateway %s/%s of class %s", g.Namespace, g.Name, g.Spec.GatewayClassName)
	case !isDeployed:
		return nil
	case !gatewaycommon.IsManaged(&g.Spec):
		return fmt.Errorf("not modelled: Gateway %s/%s with a deployment of its own", g.Namespace, g.Name)
	}
	// The control plane is the one of every revision that a manifest names.
	delete(g.Labels, revisionLabel)
	name := g.Name
	if kind.named {
		name += "-" + string(g.Spec.GatewayClassName)
	}
	account := cmp.Or(g.Annotations["gateway.istio.io/service-account"], name)
	name = cmp.Or(g.Annotations["gateway.istio.io/name-override"], name)
	c.join(&Workload{
		Key: g.Namespace + "/" + g.Name, Namespace: g.Namespace, ServiceAccount: account, Labels: podLabels(g, kind, name), Proxy: kind.proxy, replicas: 1,
		GatewayAnnotations: podAnnotations(g),
	})
	listeners := c.listenersOf(g)
	service := gatewayService(g, kind, name, listeners)
	c.add(service)
	kindOfAddress, address := gateway.HostnameAddressType, name+"."+g.Namespace+serviceSuffix
	if kind.proxy == EastWest {
		kindOfAddress, address = gateway.IPAddressType, c.GatewayAddress
		service.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: address}}
	}
	g.Status.Addresses = []gateway.GatewayStatusAddress{{Type: &kindOfAddress, Value: address}}
	return c.addSecrets(listeners)
}

// podAnnotations are those of the Gateway itself, unless it names others for what is made of it.
func podAnnotations(g *gateway.Gateway) map[string]string {
	if g.Spec.Infrastructure == nil || g.Spec.Infrastructure.Annotations == nil {
		return g.Annotations
	}
	annotations := map[string]string{}
	for name, value := range g.Spec.Infrastructure.Annotations {
		annotations[string(name)] = string(value)
	}
	return annotations
}

// owned is a listener with the namespace of the object that it stands in.
type owned struct {
	gateway.Listener
	namespace string
}

// listenersOf are the listeners of a Gateway, and those of the ListenerSets that it takes.
func (c *Cluster) listenersOf(g *gateway.Gateway) []owned {
	var listeners []owned
	for _, listener := range g.Spec.Listeners {
		listeners = append(listeners, owned{listener, g.Namespace})
	}
	for _, object := range c.Objects {
		set, isSet := object.(*gateway.ListenerSet)
		if !isSet || string(set.Spec.ParentRef.Name) != g.Name || parentNamespace(set) != g.Namespace {
			continue
		}
		if !gatewaycommon.NamespaceAcceptedByAllowListeners(set.Namespace, g, c.namespace) {
			continue
		}
		for _, listener := range set.Spec.Listeners {
			listeners = append(listeners, owned{gatewaycommon.ConvertListenerSetToListener(listener), set.Namespace})
		}
	}
	return listeners
}

func parentNamespace(set *gateway.ListenerSet) string {
	if set.Spec.ParentRef.Namespace != nil {
		return string(*set.Spec.ParentRef.Namespace)
	}
	return set.Namespace
}

func (c *Cluster) namespace(name string) *corev1.Namespace {
	for _, object := range c.Objects {
		if one, isNamespace := object.(*corev1.Namespace); isNamespace && one.Name == name {
			// The API server gives each this label.
			labelled := one.DeepCopy()
			if labelled.Labels == nil {
				labelled.Labels = map[string]string{}
			}
			labelled.Labels[corev1.LabelMetadataName] = name
			return labelled
		}
	}
	return nil
}

func (c *Cluster) controllerOf(name gateway.ObjectName) gateway.GatewayController {
	for _, object := range c.Objects {
		if one, isClass := object.(*gateway.GatewayClass); isClass && one.Name == string(name) {
			return one.Spec.ControllerName
		}
	}
	return builtinClasses[name]
}

// sharedLabels are those of everything that is made of a Gateway: the ones it asks for, else its own.
func sharedLabels(g *gateway.Gateway, kind class) map[string]string {
	labels := maps.Clone(g.Labels)
	if labels == nil {
		labels = map[string]string{}
	}
	if g.Spec.Infrastructure != nil && g.Spec.Infrastructure.Labels != nil {
		labels = map[string]string{}
		for name, value := range g.Spec.Infrastructure.Labels {
			labels[string(name)] = string(value)
		}
	}
	_, isSaid := g.Labels[ambientLabel]
	if _, isAsked := labels[ambientLabel]; kind.proxy == Gateway && !isSaid && !isAsked {
		labels[ambientLabel] = "none"
	}
	labels[gatewayNameLabel], labels[gatewayClassLabel] = g.Name, string(g.Spec.GatewayClassName)
	return labels
}

func podLabels(g *gateway.Gateway, kind class, name string) map[string]string {
	labels := map[string]string{
		podInjectLabel: "false", "service.istio.io/canonical-name": name, "service.istio.io/canonical-revision": "latest",
	}
	if kind.proxy != Gateway {
		labels[ambientLabel] = "none"
	}
	maps.Copy(labels, sharedLabels(g, kind))
	labels[managedLabel] = kind.manager
	return labels
}

func gatewayService(g *gateway.Gateway, kind class, name string, listeners []owned) *corev1.Service {
	service := &corev1.Service{}
	service.Name, service.Namespace = name, g.Namespace
	service.Labels = sharedLabels(g, kind)
	service.Spec.Type = cmp.Or(corev1.ServiceType(g.Annotations["networking.istio.io/service-type"]), kind.serviceType)
	service.Spec.Selector = map[string]string{gatewayNameLabel: g.Name}
	add := func(name, protocol string, port int32) {
		service.Spec.Ports = append(service.Spec.Ports, corev1.ServicePort{Name: name, Port: port, Protocol: corev1.ProtocolTCP, AppProtocol: &protocol})
	}
	add("status-port", "tcp", 15021)
	seen := map[gateway.PortNumber]bool{}
	for _, listener := range listeners {
		if !seen[listener.Port] {
			seen[listener.Port] = true
			add(strings.ReplaceAll(string(listener.Name), ".", "-"), strings.ToLower(string(listener.Protocol)), int32(listener.Port))
		}
	}
	return service
}
