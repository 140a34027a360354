package enrolment

import (
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"

	"istio.io/api/label"
	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/kube/inject"
)

const (
	defaultRevision = "default"
	discoveryChart  = "istio-control/istio-discovery"
)

var revisionLabel = label.IoIstioRev.Name

// injector is the webhooks of one revision and what stands behind them.
type injector struct {
	revision string
	hooks    []hook
	config   inject.Config
	values   inject.ValuesConfig
	mesh     *meshconfig.MeshConfig
}

// hook is what the API server compares before it asks.
type hook struct{ namespaces, pods labels.Selector }

func newInjector(revision string) (*injector, error) {
	objects, err := render(discoveryChart, map[string]any{"revision": revision})
	if err != nil {
		return nil, err
	}
	name := "istio-sidecar-injector"
	if revision != "" {
		name += "-" + revision
	}
	var webhooks admissionv1.MutatingWebhookConfiguration
	if err := object(objects, "MutatingWebhookConfiguration", name, &webhooks); err != nil {
		return nil, err
	}
	var settings corev1.ConfigMap
	if err := object(objects, "ConfigMap", name, &settings); err != nil {
		return nil, err
	}

	made := &injector{revision: revision, mesh: mesh.DefaultMeshConfig()}
	if made.config, err = inject.UnmarshalConfig([]byte(settings.Data["config"])); err != nil {
		return nil, err
	}
	if made.values, err = inject.NewValuesConfig(settings.Data["values"]); err != nil {
		return nil, err
	}
	made.hooks, err = hooksOf(webhooks)
	return made, err
}

func hooksOf(configuration admissionv1.MutatingWebhookConfiguration) ([]hook, error) {
	var hooks []hook
	for _, webhook := range configuration.Webhooks {
		namespaces, err := metav1.LabelSelectorAsSelector(webhook.NamespaceSelector)
		if err != nil {
			return nil, err
		}
		pods, err := metav1.LabelSelectorAsSelector(webhook.ObjectSelector)
		if err != nil {
			return nil, err
		}
		hooks = append(hooks, hook{namespaces, pods})
	}
	if len(hooks) == 0 {
		return nil, fmt.Errorf("%s has no webhooks", configuration.Name)
	}
	return hooks, nil
}

// admit is the pod as the injector leaves it, where a webhook brings it there.
func (i *injector) admit(namespace map[string]string, pod *corev1.Pod) (*corev1.Pod, error) {
	for _, one := range i.hooks {
		if one.namespaces.Matches(labels.Set(namespace)) && one.pods.Matches(labels.Set(pod.Labels)) {
			return i.inject(pod)
		}
	}
	return pod, nil
}

func (i *injector) inject(pod *corev1.Pod) (*corev1.Pod, error) {
	injected, err := inject.IntoObject(nil, i.config.Templates, i.values, i.revision, i.mesh, pod, func(string) {})
	if err != nil {
		return nil, fmt.Errorf("pod %s/%s: %w", pod.Namespace, pod.Name, err)
	}
	return injected.(*corev1.Pod), nil
}
