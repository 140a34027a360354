package cluster

import (
	"k8s.io/apimachinery/pkg/labels"

	security "istio.io/client-go/pkg/apis/security/v1"
)

// PeerAuthentication names the one that says whether a workload takes plaintext: its own, else its namespace's, else that of the mesh.
func (c *Cluster) PeerAuthentication(w *Workload) string {
	best, closest := (*security.PeerAuthentication)(nil), 0
	for _, object := range c.Objects {
		one, isOne := object.(*security.PeerAuthentication)
		if !isOne {
			continue
		}
		if rank := c.closeness(one, w); rank > closest || rank > 0 && rank == closest && one.Name < best.Name {
			best, closest = one, rank
		}
	}
	if best == nil {
		return ""
	}
	return "PeerAuthentication " + best.Namespace + "/" + best.Name
}

// closeness is 0 for one that has nothing to say.
func (c *Cluster) closeness(one *security.PeerAuthentication, w *Workload) int {
	selector := one.Spec.GetSelector().GetMatchLabels()
	saysSomething := one.Spec.GetMtls() != nil && one.Spec.Mtls.Mode != 0 || len(one.Spec.GetPortLevelMtls()) > 0
	switch {
	case !saysSomething:
		return 0
	case one.Namespace == w.Namespace && len(selector) > 0 && labels.SelectorFromSet(selector).Matches(labels.Set(w.Labels)):
		return 3
	case len(selector) > 0:
		return 0
	case one.Namespace == w.Namespace:
		return 2
	case one.Namespace == c.RootNamespace:
		return 1
	}
	return 0
}
