package judge

import (
	"maps"

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

// gatewayTemplateOf is how the pods look that istiod runs for a Gateway of the Gateway API.
func gatewayTemplateOf(o *object) *corev1.PodTemplateSpec {
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
