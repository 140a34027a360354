package cluster

import (
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// addEndpoints makes one EndpointSlice for each workload behind a Service: pods of different templates may name their ports differently.
func (c *Cluster) addEndpoints() {
	for _, service := range c.Services {
		for _, w := range c.Behind(service) {
			c.Objects = append(c.Objects, sliceOf(service, w))
		}
	}
}

// Behind is the workloads whose pods a Service selects. The network of the cluster knows no machine.
func (c *Cluster) Behind(service *corev1.Service) []*Workload {
	var found []*Workload
	if len(service.Spec.Selector) == 0 {
		return nil
	}
	selector := labels.SelectorFromSet(service.Spec.Selector)
	for _, w := range c.Workloads {
		if !w.isMachine && w.Namespace == service.Namespace && selector.Matches(labels.Set(w.Labels)) {
			found = append(found, w)
		}
	}
	return found
}

func sliceOf(service *corev1.Service, w *Workload) *discoveryv1.EndpointSlice {
	result := &discoveryv1.EndpointSlice{
		ObjectMeta: metav1.ObjectMeta{
			Name:      service.Name + "." + podName(w.Key),
			Namespace: service.Namespace,
			Labels:    map[string]string{discoveryv1.LabelServiceName: service.Name},
		},
		AddressType: discoveryv1.AddressTypeIPv4,
	}
	for _, port := range service.Spec.Ports {
		if number := w.target(port); number != 0 {
			result.Ports = append(result.Ports, discoveryv1.EndpointPort{Name: &port.Name, Port: &number, Protocol: &port.Protocol})
		}
	}
	ready := true
	for index, address := range w.Addresses {
		result.Endpoints = append(result.Endpoints, discoveryv1.Endpoint{
			Addresses:  []string{address},
			Conditions: discoveryv1.EndpointConditions{Ready: &ready},
			TargetRef:  &corev1.ObjectReference{Kind: "Pod", Namespace: w.Namespace, Name: podNameAt(w, index)},
		})
	}
	return result
}

// target is the pod's port behind a Service's; 0 where the pod has no port of that name.
func (w *Workload) target(port corev1.ServicePort) int32 {
	if port.TargetPort.Type == intstr.String {
		return w.ports[port.TargetPort.StrVal]
	}
	return port.TargetPort.IntVal
}
