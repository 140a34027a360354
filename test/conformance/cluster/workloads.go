package cluster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	networking "istio.io/client-go/pkg/apis/networking/v1"

	"istio-constructs/test/conformance/enrolment"
)

const (
	podInjectLabel = "sidecar.istio.io/inject"
	revisionLabel  = "istio.io/rev"
	ambientLabel   = "istio.io/dataplane-mode"
	tlsModeLabel   = "security.istio.io/tlsMode"
)

// addWorkload gives a workload of the manifests its pods' template.
func (c *Cluster) addWorkload(object runtime.Object) error {
	switch o := object.(type) {
	case *appsv1.Deployment:
		return c.addTemplate(&o.ObjectMeta, &o.Spec.Template, o.Spec.Replicas)
	case *appsv1.StatefulSet:
		return c.addTemplate(&o.ObjectMeta, &o.Spec.Template, o.Spec.Replicas)
	case *appsv1.ReplicaSet:
		return c.addTemplate(&o.ObjectMeta, &o.Spec.Template, o.Spec.Replicas)
	case *appsv1.DaemonSet:
		return c.addTemplate(&o.ObjectMeta, &o.Spec.Template, nil)
	case *batchv1.Job:
		return c.addTemplate(&o.ObjectMeta, &o.Spec.Template, nil)
	case *batchv1.CronJob:
		return c.addTemplate(&o.ObjectMeta, &o.Spec.JobTemplate.Spec.Template, nil)
	case *corev1.Pod:
		if err := c.addTemplate(&o.ObjectMeta, &corev1.PodTemplateSpec{ObjectMeta: o.ObjectMeta, Spec: o.Spec}, nil); err != nil {
			return err
		}
		made := c.Workloads[len(c.Workloads)-1]
		made.isPod, made.at = true, o.Status.PodIP
	case *networking.WorkloadEntry:
		c.addMachine(o)
	case *networking.WorkloadGroup:
		c.addGroup(o)
	}
	return nil
}

func (c *Cluster) addTemplate(meta *metav1.ObjectMeta, template *corev1.PodTemplateSpec, replicas *int32) error {
	proxy, err := c.proxyOf(meta, template)
	if err != nil {
		return err
	}
	w := &Workload{
		Key:            meta.Namespace + "/" + meta.Name,
		Namespace:      meta.Namespace,
		ServiceAccount: orDefault(template.Spec.ServiceAccountName),
		Labels:         maps.Clone(template.Labels),
		Proxy:          proxy,
		template:       template,
		annotations:    maps.Clone(template.Annotations),
		ports:          map[string]int32{},
		replicas:       1,
	}
	if replicas != nil {
		w.replicas = int(*replicas)
	}
	for _, container := range template.Spec.Containers {
		for _, port := range container.Ports {
			w.ports[port.Name] = port.ContainerPort
		}
	}
	c.join(w)
	return w.checkAnnotations()
}

// templatesAnnotation gives a pod another proxy than a sidecar.
const templatesAnnotation = "inject.istio.io/templates"

// Annotations that begin so give a pod a proxy that is not known here, or let a part of its traffic pass by it.
var unreadAnnotations = []string{
	"traffic.sidecar.istio.io/", "sidecar.istio.io/interceptionMode", "ambient.istio.io/bypass-inbound-capture",
}

func (w *Workload) checkAnnotations() error {
	for name := range w.annotations {
		if name == templatesAnnotation && w.Proxy == Sidecar {
			return fmt.Errorf("not modelled: annotation %s of %s", name, w.Key)
		}
		if w.Proxy != None && slices.ContainsFunc(unreadAnnotations, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			return fmt.Errorf("not modelled: annotation %s of %s", name, w.Key)
		}
	}
	return nil
}

// proxies are by what the injector and the CNI agent make of a pod.
var proxies = map[enrolment.Plane]Proxy{enrolment.Outside: None, enrolment.Sidecar: Sidecar, enrolment.Ztunnel: Ztunnel}

func (c *Cluster) proxyOf(meta *metav1.ObjectMeta, template *corev1.PodTemplateSpec) (Proxy, error) {
	pod, labels := c.podOf(meta.Namespace, meta.Name, template)
	plane, err := enrolment.PlaneOf(labels, pod)
	if plane == enrolment.Sidecar && template.Annotations[templatesAnnotation] == "gateway" {
		return Gateway, err
	}
	return proxies[plane], err
}

// startOf is when the sidecar of a workload's pods comes up.
func (c *Cluster) startOf(w *Workload) (string, error) {
	if w.template == nil {
		return "", nil
	}
	pod, labels := c.podOf(w.Namespace, podName(w.Key), w.template)
	return enrolment.Start(labels, pod)
}

// podOf has a pod of the template come into being, with the labels of its namespace.
func (c *Cluster) podOf(namespace, name string, template *corev1.PodTemplateSpec) (*corev1.Pod, map[string]string) {
	pod := &corev1.Pod{ObjectMeta: *template.ObjectMeta.DeepCopy(), Spec: *template.Spec.DeepCopy()}
	pod.Name, pod.Namespace = name, namespace
	labels := map[string]string{}
	if found := c.namespaces[namespace]; found != nil {
		labels = found.Labels
	}
	return pod, labels
}

func orDefault(serviceAccount string) string {
	if serviceAccount == "" {
		return "default"
	}
	return serviceAccount
}

// addPods makes running pods, as the injector and the CNI agent leave them.
func (c *Cluster) addPods() {
	for _, w := range c.Workloads {
		if w.isMachine {
			continue
		}
		labels, annotations := maps.Clone(w.Labels), maps.Clone(w.annotations)
		if labels == nil {
			labels = map[string]string{}
		}
		if annotations == nil {
			annotations = map[string]string{}
		}
		switch w.Proxy {
		case Ztunnel:
			annotations["ambient.istio.io/redirection"] = "enabled"
		case Sidecar:
			annotations["sidecar.istio.io/status"] = "{}"
			labels[tlsModeLabel] = cmp.Or(labels[tlsModeLabel], "istio")
			labels["networking.istio.io/tunnel"] = "http"
		}
		for replica := range w.replicas {
			address := cmp.Or(w.at, c.addresses.pod())
			w.Addresses = append(w.Addresses, address)
			c.byAddress[address] = w
			c.add(pod(w, podNameAt(w, replica), address, labels, annotations))
		}
	}
}

// containers have the ports by whose names Services find them, as the API server keeps them.
func (w *Workload) containers() []corev1.Container {
	if w.template == nil {
		return nil
	}
	containers := w.template.DeepCopy().Spec.Containers
	for _, one := range containers {
		for index := range one.Ports {
			one.Ports[index].Protocol = cmp.Or(one.Ports[index].Protocol, corev1.ProtocolTCP)
		}
	}
	return containers
}

func podName(key string) string {
	_, name, _ := strings.Cut(key, "/")
	return name
}

// FirstPod is how the proxy beside the first of its pods calls itself.
func (w *Workload) FirstPod() string { return podNameAt(w, 0) + "." + w.Namespace }

func podNameAt(w *Workload, replica int) string {
	if w.isPod {
		return podName(w.Key)
	}
	return fmt.Sprintf("%s-%d", podName(w.Key), replica)
}

func pod(w *Workload, name, address string, labels, annotations map[string]string) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: w.Namespace, Labels: labels, Annotations: annotations},
		Spec:       corev1.PodSpec{ServiceAccountName: w.ServiceAccount, Containers: w.containers()},
		Status: corev1.PodStatus{
			Phase:      corev1.PodRunning,
			PodIP:      address,
			PodIPs:     []corev1.PodIP{{IP: address}},
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
		},
	}
}
