// Package enrolment asks Istio's injector and its CNI agent what becomes of a pod: both as their charts install them under the ambient
// profile, with a control plane for every revision that is named.
package enrolment

import (
	"maps"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"

	"istio.io/api/annotation"
	"istio.io/istio/pkg/kube/inject"
)

// Plane is who handles the traffic of a pod.
type Plane int

// A pod is outside the mesh, has a sidecar, or is captured by the ztunnel of its node.
const (
	Outside Plane = iota
	Sidecar
	Ztunnel
)

// Charts are rendered once for all questions of the process.
var (
	lock      sync.Mutex
	injectors = map[string]*injector{}
	captor    = sync.OnceValues(newAgent)
)

// PlaneOf sends a pod past the webhooks of all revisions that its labels or those of its namespace name, and then to the agent of its node.
func PlaneOf(namespace map[string]string, pod *corev1.Pod) (Plane, error) {
	namespace = withName(namespace, pod.Namespace)
	pod, err := injected(namespace, pod)
	if err != nil {
		return Outside, err
	}
	if _, hasSidecar := pod.Annotations[annotation.SidecarStatus.Name]; hasSidecar {
		return Sidecar, nil
	}
	agent, err := captor()
	if err != nil {
		return Outside, err
	}
	if agent.captures(namespace, pod) {
		return Ztunnel, nil
	}
	return Outside, nil
}

// Start is when the sidecar of a pod comes up: `native` as a sidecar container of Kubernetes, `first` or `last` among the pod's containers; empty without one.
// The nodes of the cluster are taken for older ones, on which a sidecar is native only if its pod says so.
func Start(namespace map[string]string, pod *corev1.Pod) (string, error) {
	pod, err := injected(withName(namespace, pod.Namespace), pod)
	if err != nil {
		return "", err
	}
	isProxy := func(container corev1.Container) bool { return container.Name == inject.ProxyContainerName }
	if slices.ContainsFunc(pod.Spec.InitContainers, isProxy) {
		return "native", nil
	}
	switch place := slices.IndexFunc(pod.Spec.Containers, isProxy); place {
	case -1:
		return "", nil
	case 0:
		return "first", nil
	default:
		return "last", nil
	}
}

// injected is a pod as the webhooks leave it.
func injected(namespace map[string]string, pod *corev1.Pod) (*corev1.Pod, error) {
	for _, revision := range revisionsOf(namespace, pod.Labels) {
		webhook, err := injectorOf(revision)
		if err != nil {
			return nil, err
		}
		if pod, err = webhook.admit(namespace, pod); err != nil {
			return nil, err
		}
	}
	return pod, nil
}

// withName is the labels of a namespace as Kubernetes completes them.
func withName(labels map[string]string, name string) map[string]string {
	completed := map[string]string{corev1.LabelMetadataName: name}
	maps.Copy(completed, labels)
	return completed
}

// revisionsOf begins with the default one, whose name in labels is not the one that its chart is told.
func revisionsOf(namespace, pod map[string]string) []string {
	revisions := []string{""}
	for _, labels := range []map[string]string{namespace, pod} {
		if name := labels[revisionLabel]; name != "" && name != defaultRevision && !slices.Contains(revisions, name) {
			revisions = append(revisions, name)
		}
	}
	return revisions
}

func injectorOf(revision string) (*injector, error) {
	lock.Lock()
	defer lock.Unlock()
	if known := injectors[revision]; known != nil {
		return known, nil
	}
	made, err := newInjector(revision)
	if err != nil {
		return nil, err
	}
	injectors[revision] = made
	return made, nil
}
