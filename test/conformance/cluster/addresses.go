package cluster

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	api "istio.io/api/networking/v1alpha3"
	networking "istio.io/client-go/pkg/apis/networking/v1"
)

// addresses hands out what a cluster's network and istiod's allocation for ServiceEntries would.
type addresses struct {
	pods, services, entries int
}

func (a *addresses) pod() string     { return next("10.244", &a.pods) }
func (a *addresses) service() string { return next("10.96", &a.services) }
func (a *addresses) entry() string   { return next("240.240", &a.entries) }

func next(network string, counter *int) string {
	*counter++
	return fmt.Sprintf("%s.%d.%d", network, *counter/250, *counter%250+1)
}

func (c *Cluster) addressServices() {
	for _, service := range c.Services {
		completePorts(service)
		if service.Spec.ClusterIP == "" && service.Spec.Type != corev1.ServiceTypeExternalName {
			service.Spec.ClusterIP = c.addresses.service()
			service.Spec.ClusterIPs = []string{service.Spec.ClusterIP}
		}
	}
	for _, entry := range c.Entries {
		for _, host := range entry.Spec.Hosts {
			if isAllocated(entry, host) {
				entry.Status.Addresses = append(entry.Status.Addresses, &api.ServiceEntryAddress{Host: host, Value: c.addresses.entry()})
			}
		}
	}
}

// isAllocated: hosts get an address unless their ServiceEntry has some, wants none, or would not know what to do with it.
func isAllocated(entry *networking.ServiceEntry, host string) bool {
	switch {
	case len(entry.Spec.Addresses) > 0, entry.Spec.Resolution == api.ServiceEntry_NONE:
		return false
	case strings.EqualFold(entry.Labels["networking.istio.io/enable-autoallocate-ip"], "false"):
		return false
	}
	return !strings.HasPrefix(host, "*") || entry.Spec.Resolution == api.ServiceEntry_DYNAMIC_DNS
}

// completePorts fills in what the API server would.
func completePorts(service *corev1.Service) {
	for index := range service.Spec.Ports {
		port := &service.Spec.Ports[index]
		if port.Protocol == "" {
			port.Protocol = corev1.ProtocolTCP
		}
		if port.TargetPort == (intstr.IntOrString{}) {
			port.TargetPort = intstr.FromInt32(port.Port)
		}
	}
}
