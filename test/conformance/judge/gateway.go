package judge

import (
	"maps"
	"slices"
	"strings"

	"istio.io/api/label"
	"istio.io/istio/pilot/pkg/config/kube/gatewaycommon"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/schema/gvk"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/sets"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
)

// deployedClasses are the gateway classes whose gateways istiod deploys.
var deployedClasses = sets.New[gatewayv1.ObjectName](
	"istio", constants.WaypointGatewayClassName, constants.EastWestGatewayClassName)

// gatewayServiceOf is the Service that istiod makes for a gateway of class istio, to which routes of the mesh may lead.
func gatewayServiceOf(o *object) *corev1.Service {
	gateway := deployedGateway(o)
	if gateway == nil || gateway.Spec.GatewayClassName != "istio" {
		return nil
	}
	service := &corev1.Service{}
	service.APIVersion, service.Kind = "v1", "Service"
	service.Name, service.Namespace = gateway.Name+"-istio", gateway.Namespace
	service.Spec.Selector = map[string]string{label.IoK8sNetworkingGatewayGatewayName.Name: gateway.Name}
	for _, listener := range gateway.Spec.Listeners {
		protocol := strings.ToLower(string(listener.Protocol))
		port := corev1.ServicePort{Name: string(listener.Name), Port: listener.Port, Protocol: corev1.ProtocolTCP, AppProtocol: &protocol}
		if !slices.ContainsFunc(service.Spec.Ports, func(one corev1.ServicePort) bool { return one.Port == port.Port }) {
			service.Spec.Ports = append(service.Spec.Ports, port)
		}
	}
	return service
}

// gatewayTemplateOf is how the pods look that istiod runs for a Gateway of the Gateway API.
func gatewayTemplateOf(o *object) *corev1.PodTemplateSpec {
	gateway := deployedGateway(o)
	if gateway == nil {
		return nil
	}

	labels := map[string]string{
		label.SidecarInject.Name:        "false",
		label.IoIstioDataplaneMode.Name: constants.DataplaneModeNone,
	}
	if infrastructure := gateway.Spec.Infrastructure; infrastructure != nil {
		for name, value := range infrastructure.Labels {
			labels[string(name)] = string(value)
		}
	}
	maps.Copy(labels, map[string]string{
		label.IoK8sNetworkingGatewayGatewayName.Name:   gateway.Name,
		"gateway.networking.k8s.io/gateway-class-name": string(gateway.Spec.GatewayClassName),
	})
	template := &corev1.PodTemplateSpec{}
	template.Labels = labels
	template.Spec.Containers = []corev1.Container{proxy}
	return template
}

// deployedGateway is a Gateway of the Gateway API whose pods istiod runs.
func deployedGateway(o *object) *gatewayv1.Gateway {
	if o.stored.GroupVersionKind().GroupKind() != gvk.KubernetesGateway.Kubernetes().GroupKind() {
		return nil
	}
	var gateway gatewayv1.Gateway
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(o.stored.Object, &gateway); err != nil {
		return nil
	}
	if !deployedClasses.Has(gateway.Spec.GatewayClassName) || !gatewaycommon.IsManaged(&gateway.Spec) {
		return nil
	}
	return &gateway
}
