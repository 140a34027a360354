package cluster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Caller is who sends a request: a workload or a gateway of the manifests, a pod that they do not have, or an identity.
type Caller struct {
	Workload string    `json:"workload,omitempty"`
	Gateway  string    `json:"gateway,omitempty"`
	Pod      *Stranger `json:"pod,omitempty"`
	Identity *Stranger `json:"identity,omitempty"`
	// ShowsCertificate is about somebody outside, before a gateway that asks for one.
	ShowsCertificate bool `json:"showsCertificate,omitempty"`
}

// Stranger is a pod beside the manifests, by default outside the mesh.
type Stranger struct {
	Namespace      string            `json:"namespace"`
	Labels         map[string]string `json:"labels,omitempty"`
	Proxy          Proxy             `json:"proxy,omitempty"`
	ServiceAccount string            `json:"serviceAccount,omitempty"`
	// TrustDomain of an identity is the mesh's own unless it says another.
	TrustDomain string `json:"trustDomain,omitempty"`
	// Address of its pod is the next of the cluster's network unless it says another.
	Address string `json:"address,omitempty"`
}

// Visitor is the address of somebody on the internet.
const Visitor = "203.0.113.50"

// nowhere holds the pods of identities: no policy and no scope is about their place.
const nowhere = "nowhere"

// addCaller adds the pod of a stranger, once for all requests that it sends.
func (c *Cluster) addCaller(caller Caller) {
	stranger, namespace, identity := caller.Pod, "", ""
	switch {
	case caller.Pod != nil:
		namespace = stranger.Namespace
	case caller.Identity != nil:
		stranger, namespace = caller.Identity, nowhere
		identity = principal(cmp.Or(stranger.TrustDomain, c.TrustDomain), stranger.Namespace, orDefault(stranger.ServiceAccount))
	default:
		return
	}
	key := caller.key()
	if c.Workload(key) != nil {
		return
	}
	c.addNamespace(namespace, nil)
	c.join(&Workload{
		Key: key, Namespace: namespace, ServiceAccount: orDefault(stranger.ServiceAccount), Labels: stranger.Labels, identity: identity,
		Proxy: stranger.proxy(), replicas: 1, at: stranger.Address,
	})
}

func (s *Stranger) proxy() Proxy {
	if s.Proxy == "" {
		return None
	}
	return s.Proxy
}

// CallerOf finds the workload that sends a request.
func (c *Cluster) CallerOf(caller Caller) (*Workload, error) {
	found := c.Workload(caller.key())
	if found == nil {
		return nil, fmt.Errorf("no workload or gateway %s in the manifests", caller.key())
	}
	if (caller.Gateway != "") != (found.Proxy == Gateway) {
		return nil, fmt.Errorf("%s is a %s", found.Key, found.Proxy)
	}
	return found, nil
}

func (c Caller) key() string {
	switch {
	case c.Workload != "":
		return c.Workload
	case c.Gateway != "":
		return c.Gateway
	case c.Pod != nil:
		return c.Pod.key(c.Pod.Namespace, "stranger")
	case c.Identity != nil:
		return c.Identity.key(nowhere, "identity-"+c.Identity.Namespace)
	}
	return ""
}

func (s *Stranger) key(namespace, prefix string) string {
	parts := []string{prefix, orDefault(s.ServiceAccount), string(s.proxy())}
	if s.TrustDomain != "" {
		parts = append(parts, "of-"+s.TrustDomain)
	}
	if s.Address != "" {
		parts = append(parts, "at-"+strings.NewReplacer(".", "-", ":", "-").Replace(s.Address))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Labels)) {
		parts = append(parts, name+"-"+s.Labels[name])
	}
	return namespace + "/" + strings.Join(parts, "-")
}

// addHost adds the Service that a caller names and the manifests do not have, with one pod that nobody knows anything of.
func (c *Cluster) addHost(name string, port uint32) {
	parts := strings.Split(strings.TrimSuffix(name, serviceSuffix), ".")
	if !strings.HasSuffix(name, serviceSuffix) || len(parts) != 2 {
		return
	}
	service := c.serviceNamed(name)
	if service == nil {
		service = &corev1.Service{}
		service.Name, service.Namespace = parts[0], parts[1]
		service.Spec.Selector = map[string]string{"stranger": parts[0]}
		c.addNamespace(service.Namespace, nil)
		c.add(service)
		c.join(&Workload{
			Key: parts[1] + "/" + parts[0], Namespace: parts[1], ServiceAccount: "default", Labels: service.Spec.Selector, Proxy: None, replicas: 1,
		})
	} else if service.Spec.Selector["stranger"] == "" {
		return
	}
	if !slices.ContainsFunc(service.Spec.Ports, func(one corev1.ServicePort) bool { return uint32(one.Port) == port }) {
		added := corev1.ServicePort{Name: fmt.Sprintf("port-%d", port), Port: int32(port), Protocol: corev1.ProtocolTCP}
		service.Spec.Ports = append(service.Spec.Ports, added)
	}
}
