package cluster

import (
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

// slicesOf are the EndpointSlices of the manifests for a Service. Nobody follows names in place of addresses.
func (c *Cluster) slicesOf(service *corev1.Service) []*discoveryv1.EndpointSlice {
	var found []*discoveryv1.EndpointSlice
	for _, one := range c.slices {
		isFor := one.Namespace == service.Namespace && one.Labels[discoveryv1.LabelServiceName] == service.Name
		if isFor && one.AddressType != discoveryv1.AddressTypeFQDN {
			found = append(found, one)
		}
	}
	return found
}

func readyAddresses(slice *discoveryv1.EndpointSlice) []string {
	var found []string
	for _, one := range slice.Endpoints {
		if one.Conditions.Ready == nil || *one.Conditions.Ready {
			found = append(found, one.Addresses...)
		}
	}
	return found
}

// writtenAddresses is what DNS says of a headless Service besides its pods.
func (c *Cluster) writtenAddresses(service *corev1.Service) []string {
	var found []string
	for _, one := range c.slicesOf(service) {
		found = append(found, readyAddresses(one)...)
	}
	return found
}

// writtenBackends is where the network of the cluster sends what is sent to a port of a Service, besides its pods.
func (c *Cluster) writtenBackends(service *corev1.Service, port corev1.ServicePort) []Backend {
	var found []Backend
	for _, slice := range c.slicesOf(service) {
		for _, one := range slice.Ports {
			if one.Port == nil || nameOf(one) != port.Name {
				continue
			}
			for _, address := range readyAddresses(slice) {
				found = append(found, Backend{address, uint32(*one.Port)})
			}
		}
	}
	return found
}

func nameOf(port discoveryv1.EndpointPort) string {
	if port.Name == nil {
		return ""
	}
	return *port.Name
}
