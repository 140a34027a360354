package judge

import (
	"encoding/json"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// manifestsOf writes an object and the pods and the Service it leads to, for analyzers look at these, not at what makes them.
func (m mesh) manifestsOf(o *object) (string, error) {
	var all []string
	if _, isPod := o.typed.(*corev1.Pod); !isPod {
		text, err := o.stored.MarshalJSON()
		if err != nil {
			return "", err
		}
		all = append(all, string(text))
	}
	for _, pod := range podsOf(o) {
		if err := m.enrol(pod); err != nil {
			return "", err
		}
		text, err := json.Marshal(pod)
		if err != nil {
			return "", err
		}
		all = append(all, string(text))
	}
	if service := gatewayServiceOf(o); service != nil {
		text, err := json.Marshal(service)
		if err != nil {
			return "", err
		}
		all = append(all, string(text))
	}
	return strings.Join(all, "\n---\n"), nil
}

// podsOf makes up the pods that the controllers of Kubernetes and Istio would create for an object, one of each sort.
func podsOf(o *object) []*corev1.Pod {
	if pod, isPod := o.typed.(*corev1.Pod); isPod {
		return []*corev1.Pod{pod.DeepCopy()}
	}
	template := templateOf(o.typed)
	if template == nil {
		template = gatewayTemplateOf(o)
	}
	if template == nil {
		return nil
	}
	pod := &corev1.Pod{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: *template.ObjectMeta.DeepCopy(),
		Spec:       *template.Spec.DeepCopy(),
	}
	pod.Name = o.stored.GetName() + "-" + strings.ToLower(o.stored.GetKind())
	pod.Namespace = o.stored.GetNamespace()
	return []*corev1.Pod{pod}
}

// templateOf is how the pods of a workload look; a workload scaled to zero has none.
func templateOf(workload runtime.Object) *corev1.PodTemplateSpec {
	switch workload := workload.(type) {
	case *appsv1.Deployment:
		return scaled(&workload.Spec.Template, workload.Spec.Replicas)
	case *appsv1.StatefulSet:
		return scaled(&workload.Spec.Template, workload.Spec.Replicas)
	case *appsv1.ReplicaSet:
		return scaled(&workload.Spec.Template, workload.Spec.Replicas)
	case *appsv1.DaemonSet:
		return &workload.Spec.Template
	case *batchv1.Job:
		return &workload.Spec.Template
	case *batchv1.CronJob:
		return &workload.Spec.JobTemplate.Spec.Template
	}
	return nil
}

func scaled(template *corev1.PodTemplateSpec, replicas *int32) *corev1.PodTemplateSpec {
	if replicas != nil && *replicas == 0 {
		return nil
	}
	return template
}
