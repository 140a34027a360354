package cluster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	networking "istio.io/client-go/pkg/apis/networking/v1"
)

// internet is where a host that nobody in the cluster has is found.
const internet = "203.0.113.10"

const serviceSuffix = ".svc." + Domain

// Backend is a pod's address and port.
type Backend struct {
	Address string
	Port    uint32
}

func host(service *corev1.Service) string {
	return service.Name + "." + service.Namespace + serviceSuffix
}

func (c *Cluster) serviceNamed(name string) *corev1.Service {
	for _, service := range c.Services {
		if host(service) == name {
			return service
		}
	}
	return nil
}

// entryNamed prefers a ServiceEntry that has the very name to one with a wildcard.
func (c *Cluster) entryNamed(name string) *networking.ServiceEntry {
	covers := func(pattern string) bool {
		suffix, isWildcard := strings.CutPrefix(pattern, "*")
		return isWildcard && strings.HasSuffix(name, suffix)
	}
	for _, matches := range []func(string) bool{func(host string) bool { return host == name }, covers} {
		for _, entry := range c.Entries {
			if slices.ContainsFunc(entry.Spec.Hosts, matches) {
				return entry
			}
		}
	}
	return nil
}

// IsOfMesh says whether a host is a Service's or a ServiceEntry's.
func (c *Cluster) IsOfMesh(name string) bool {
	return c.serviceNamed(name) != nil || c.entryNamed(name) != nil
}

// podNamed is the address of a StatefulSet's pod, such as db-0.db.shop.svc.cluster.local: its Service is a headless one.
func (c *Cluster) podNamed(name string) []string {
	pod, parent, _ := strings.Cut(name, ".")
	service, dash := c.serviceNamed(parent), strings.LastIndex(pod, "-")
	if service == nil || dash < 0 || service.Spec.ClusterIP != corev1.ClusterIPNone {
		return nil
	}
	for _, w := range c.Behind(service) {
		ordinal, err := strconv.Atoi(pod[dash+1:])
		if err == nil && w.Key == service.Namespace+"/"+pod[:dash] && ordinal < len(w.Addresses) {
			return w.Addresses[ordinal : ordinal+1]
		}
	}
	return nil
}

// Resolve is what the cluster's DNS answers: a Service's address, the pods of a headless one or one of them, or somewhere on the internet.
func (c *Cluster) Resolve(name string) ([]string, error) {
	if pod := c.podNamed(name); pod != nil {
		return pod, nil
	}
	service := c.serviceNamed(name)
	switch {
	case service == nil && (!strings.Contains(name, ".") || c.serviceNamed(name+serviceSuffix) != nil || c.serviceNamed(name+"."+Domain) != nil):
		return nil, fmt.Errorf("%q is no full name of a host", name)
	case service == nil:
		return []string{c.outside(name)}, nil
	case service.Spec.Type == corev1.ServiceTypeExternalName:
		return c.Resolve(service.Spec.ExternalName)
	case service.Spec.ClusterIP != corev1.ClusterIPNone:
		return []string{service.Spec.ClusterIP}, nil
	}
	var pods []string
	for _, w := range c.Behind(service) {
		pods = append(pods, w.Addresses...)
	}
	return append(pods, c.writtenAddresses(service)...), nil
}

// outside is where a host outside is found: where its ServiceEntry says, or anywhere.
func (c *Cluster) outside(name string) string {
	entry := c.entryNamed(name)
	if entry == nil || len(entry.Spec.Addresses) == 0 {
		return internet
	}
	address, _, _ := strings.Cut(entry.Spec.Addresses[0], "/")
	return address
}

// Backends is where the network of the cluster sends what is sent to a Service's address, if it is one.
func (c *Cluster) Backends(address string, port uint32) (backends []Backend, isService bool) {
	index := slices.IndexFunc(c.Services, func(one *corev1.Service) bool { return one.Spec.ClusterIP == address })
	if index < 0 {
		return nil, false
	}
	service := c.Services[index]
	for _, one := range service.Spec.Ports {
		if uint32(one.Port) != port {
			continue
		}
		for _, w := range c.Behind(service) {
			target := w.target(one)
			for _, pod := range w.Addresses {
				if target != 0 {
					backends = append(backends, Backend{pod, uint32(target)})
				}
			}
		}
		backends = append(backends, c.writtenBackends(service, one)...)
	}
	return backends, true
}

// SpeaksTLS says whether an application sends its own TLS to a port: as declared, else by custom.
func (c *Cluster) SpeaksTLS(name string, port uint32) bool {
	if service := c.serviceNamed(name); service != nil {
		for _, one := range service.Spec.Ports {
			if uint32(one.Port) == port {
				return isTLS(protocolOf(one))
			}
		}
		return false
	}
	if entry := c.entryNamed(name); entry != nil {
		for _, one := range entry.Spec.Ports {
			if one.Number == port {
				return isTLS(one.Protocol)
			}
		}
	}
	return name != "" && port == 443
}

func isTLS(protocol string) bool {
	return slices.Contains([]string{"https", "tls"}, strings.ToLower(protocol))
}

func protocolOf(port corev1.ServicePort) string {
	if port.AppProtocol != nil {
		return *port.AppProtocol
	}
	protocol, _, _ := strings.Cut(port.Name, "-")
	return protocol
}
