package judge

import (
	"maps"
	"slices"

	"istio.io/api/annotation"
	"istio.io/istio/pkg/config/constants"
	corev1 "k8s.io/api/core/v1"

	"istio-constructs/test/conformance/enrolment"
)

const proxyName = "istio-proxy"

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
func (m mesh) enrol(pod *corev1.Pod) error {
	plane, err := enrolment.PlaneOf(m[pod.Namespace], pod)
	if err != nil {
		return err
	}
	switch plane {
	case enrolment.Sidecar:
		others := slices.DeleteFunc(pod.Spec.Containers, func(c corev1.Container) bool { return c.Name == proxyName })
		pod.Spec.Containers = append(others, proxy)
	case enrolment.Ztunnel:
		annotations := map[string]string{annotation.AmbientRedirection.Name: constants.AmbientRedirectionEnabled}
		maps.Copy(annotations, pod.Annotations)
		pod.Annotations = annotations
	case enrolment.Outside:
	}
	return nil
}
