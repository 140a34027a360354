package judge

import (
	"maps"
	"slices"
	"strings"
	_ "unsafe" // for the name of a function of istiod's that it keeps to itself

	"istio.io/istio/pkg/config/schema/gvk"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/yaml"
)

// CodeInfrastructure is about what istiod is told to lay over the objects that it makes for a Gateway.
const CodeInfrastructure = "INFRASTRUCTURE"

//go:linkname applyOverlay istio.io/istio/pilot/pkg/config/kube/gatewaycommon.applyOverlay
func applyOverlay(object string, overlays []map[string]string) (string, error)

// made are the objects that istiod makes, as far as overlays meet them, and the Go types of what comes out.
var made = []struct {
	text  string
	typed func() any
}{
	{`{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {containers: [
		{name: istio-proxy, resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: 2000m, memory: 1024Mi}}}]}}}}`,
		func() any { return &appsv1.Deployment{} }},
	{`{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer, ports: [{name: https, port: 443}]}}`,
		func() any { return &corev1.Service{} }},
	{`{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 1,
		scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}`, func() any { return &autoscalingv2.HorizontalPodAutoscaler{} }},
	{`{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}}}`,
		func() any { return &policyv1.PodDisruptionBudget{} }},
}

// infrastructure lays the ConfigMaps that Gateways name over what istiod makes for them, with istiod's own code. What comes out has to be an object of its kind.
func infrastructure(objects []*object) []Finding {
	var findings []Finding
	for _, o := range objects {
		name, isNamed := parametersOf(o)
		if !isNamed {
			continue
		}
		index := slices.IndexFunc(objects, func(one *object) bool {
			return one.written.GetKind() == "ConfigMap" && one.written.GetName() == name && one.written.GetNamespace() == o.written.GetNamespace()
		})
		if index < 0 {
			findings = append(findings, o.finding(CodeInfrastructure, LevelError, "no ConfigMap "+name))
			continue
		}
		findings = append(findings, laidOver(objects[index])...)
	}
	return findings
}

func parametersOf(o *object) (string, bool) {
	if o.stored == nil || o.stored.GroupVersionKind().GroupKind() != gvk.KubernetesGateway.Kubernetes().GroupKind() {
		return "", false
	}
	var gateway gatewayv1.Gateway
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(o.stored.Object, &gateway); err != nil {
		return "", false
	}
	if gateway.Spec.Infrastructure == nil || gateway.Spec.Infrastructure.ParametersRef == nil {
		return "", false
	}
	return gateway.Spec.Infrastructure.ParametersRef.Name, true
}

func laidOver(parameters *object) []Finding {
	data := map[string]string{}
	written, _ := parameters.written.Object["data"].(map[string]any)
	for key, value := range written {
		data[key], _ = value.(string)
	}
	for _, key := range slices.Sorted(maps.Keys(data)) {
		if strings.TrimSpace(data[key]) == "" {
			return []Finding{parameters.finding(CodeInfrastructure, LevelError, key+" says nothing")}
		}
	}
	for _, one := range made {
		out, err := applyOverlay(one.text, []map[string]string{data})
		if err == nil {
			err = yaml.UnmarshalStrict([]byte(out), one.typed())
		}
		if err != nil {
			return []Finding{parameters.finding(CodeInfrastructure, LevelError, err.Error())}
		}
	}
	return nil
}
