package enrolment

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	cni "istio.io/istio/cni/pkg/util"
)

// agent is Istio's CNI plugin, as far as it chooses whose traffic ztunnel takes.
type agent struct {
	selectors *cni.CompiledEnablementSelectors
	excluded  []string
}

func newAgent() (*agent, error) {
	objects, err := render("istio-cni", map[string]any{})
	if err != nil {
		return nil, err
	}
	var settings corev1.ConfigMap
	if err := object(objects, "ConfigMap", "istio-cni-config", &settings); err != nil {
		return nil, err
	}
	var selectors []cni.EnablementSelector
	if err := yaml.Unmarshal([]byte(settings.Data["AMBIENT_ENABLEMENT_SELECTOR"]), &selectors); err != nil {
		return nil, err
	}
	compiled, err := cni.NewCompiledEnablementSelectors(selectors)
	return &agent{compiled, cni.SplitExcludeNamespaces(settings.Data["EXCLUDE_NAMESPACES"])}, err
}

func (a *agent) captures(namespace map[string]string, pod *corev1.Pod) bool {
	return !slices.Contains(a.excluded, pod.Namespace) && a.selectors.Matches(pod, namespace)
}
