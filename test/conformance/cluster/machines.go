package cluster

import (
	"maps"

	networking "istio.io/client-go/pkg/apis/networking/v1"
)

const redirectionAnnotation = "ambient.istio.io/redirection"

// addMachine: istiod itself finds it behind Services; there is no pod. Its labels are those of both places, its own metadata first.
func (c *Cluster) addMachine(entry *networking.WorkloadEntry) {
	labels := maps.Clone(entry.Spec.Labels)
	if labels == nil {
		labels = map[string]string{}
	}
	maps.Copy(labels, entry.Labels)
	w := &Workload{
		Key: entry.Namespace + "/" + entry.Name, Namespace: entry.Namespace, ServiceAccount: orDefault(entry.Spec.ServiceAccount),
		Labels: labels, Proxy: Sidecar, Addresses: []string{entry.Spec.Address}, isMachine: true,
	}
	if entry.Annotations[redirectionAnnotation] == "enabled" {
		w.Proxy = Ztunnel
	}
	c.join(w)
	c.byAddress[entry.Spec.Address] = w
}

// addGroup registers one machine of a group, as istiod does when its proxy connects.
func (c *Cluster) addGroup(group *networking.WorkloadGroup) {
	entry := &networking.WorkloadEntry{}
	entry.Name, entry.Namespace, entry.Annotations = group.Name, group.Namespace, map[string]string{"istio.io/autoRegistrationGroup": group.Name}
	if group.Spec.Template != nil {
		group.Spec.Template.DeepCopyInto(&entry.Spec)
	}
	entry.Spec.Address = c.addresses.pod()
	if entry.Spec.Labels == nil {
		entry.Spec.Labels = map[string]string{}
	}
	maps.Copy(entry.Spec.Labels, group.Spec.GetMetadata().GetLabels())
	entry.Labels = entry.Spec.Labels
	c.add(entry)
	c.addMachine(entry)
}
