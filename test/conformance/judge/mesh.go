package judge

import (
	"slices"

	"istio.io/api/annotation"
	"istio.io/api/label"
	"istio.io/istio/pkg/config/constants"
	corev1 "k8s.io/api/core/v1"
)

const (
	injectionLabel = "istio-injection"
	proxyName      = "istio-proxy"
)

// proxy stands for the container that istiod injects.
var proxy = corev1.Container{Name: proxyName, Image: "istio/proxyv2"}

// mesh knows the labels of namespaces, which bring pods into the mesh.
type mesh map[string]map[string]string

func meshOf(objects []*object) mesh {
	m := mesh{}
	for _, o := range objects {
		if namespace, isNamespace := o.typed.(*corev1.Namespace); isNamespace {
			m[namespace.Name] = namespace.Labels
		}
	}
	return m
}

// enrol marks a pod the way istiod and the CNI plugin would, which is how analyzers tell pods of the mesh.
func (m mesh) enrol(pod *corev1.Pod) {
	if pod.Spec.HostNetwork {
		return
	}
	if m.injects(pod) {
		others := slices.DeleteFunc(pod.Spec.Containers, func(c corev1.Container) bool { return c.Name == proxyName })
		pod.Spec.Containers = append(others, proxy)
		return
	}
	if m.redirects(pod) {
		annotations := map[string]string{annotation.AmbientRedirection.Name: constants.AmbientRedirectionEnabled}
		for name, value := range pod.Annotations {
			annotations[name] = value
		}
		pod.Annotations = annotations
	}
}

// injects tells whether the pod gets a sidecar: the namespace may forbid it, then the pod decides, then the namespace.
func (m mesh) injects(pod *corev1.Pod) bool {
	namespace := m[pod.Namespace]
	if namespace[injectionLabel] == "disabled" {
		return false
	}
	if wish, stated := pod.Labels[label.SidecarInject.Name]; stated {
		return wish == "true"
	}
	if namespace[injectionLabel] == "enabled" {
		return true
	}
	revision := namespace[label.IoIstioRev.Name] + pod.Labels[label.IoIstioRev.Name]
	return revision != "" && !m.redirects(pod)
}

// redirects tells whether the traffic of the pod goes through ztunnel.
func (m mesh) redirects(pod *corev1.Pod) bool {
	mode, stated := pod.Labels[label.IoIstioDataplaneMode.Name]
	if !stated {
		mode = m[pod.Namespace][label.IoIstioDataplaneMode.Name]
	}
	return mode == constants.DataplaneModeAmbient
}
