package enrolment

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
)

type marks map[string]string

func TestPlanesOfPods(t *testing.T) {
	const injection, revision, inject, mode = "istio-injection", "istio.io/rev", "sidecar.istio.io/inject", "istio.io/dataplane-mode"
	ambient := marks{mode: "ambient"}
	cases := map[string]struct {
		in                             string
		namespace, labels, annotations marks
		want                           Plane
	}{
		"no word at all":                              {want: Outside},
		"an annotation alone brings no webhook":       {annotations: marks{inject: "true"}, want: Outside},
		"an annotation can refuse":                    {namespace: marks{injection: "enabled"}, annotations: marks{inject: "false"}, want: Outside},
		"an annotation that refuses, then ztunnel":    {namespace: marks{injection: "enabled", mode: "ambient"}, annotations: marks{inject: "false"}, want: Ztunnel},
		"an empty label is heard before it":           {namespace: marks{injection: "enabled"}, labels: marks{inject: ""}, annotations: marks{inject: "false"}, want: Sidecar},
		"a revision of a pod":                         {labels: marks{revision: "canary"}, want: Sidecar},
		"a revision of a pod in ambient":              {namespace: ambient, labels: marks{revision: "canary"}, want: Sidecar},
		"a revision without a name":                   {namespace: marks{revision: ""}, want: Outside},
		"the default revision by its name":            {namespace: marks{revision: "default"}, want: Sidecar},
		"two revisions, one pod":                      {namespace: marks{revision: "stable"}, labels: marks{revision: "canary"}, want: Sidecar},
		"a namespace that forbids it":                 {namespace: marks{injection: "disabled"}, labels: marks{revision: "canary"}, want: Outside},
		"a namespace that forbids it, pod in ambient": {namespace: marks{injection: "disabled"}, labels: marks{inject: "true", mode: "ambient"}, want: Ztunnel},
		"a word that nobody knows keeps webhooks out": {namespace: marks{injection: "yes", revision: "stable"}, want: Outside},
		"a system namespace":                          {in: "kube-public", namespace: marks{injection: "enabled"}, want: Outside},
		"a system namespace in ambient":               {in: "kube-public", namespace: ambient, want: Ztunnel},
		"the namespace of the nodes' agents":          {in: "kube-system", namespace: ambient, want: Outside},
		"any word but none stays in ambient":          {namespace: ambient, labels: marks{mode: "sidecar"}, want: Ztunnel},
		"a pod that leaves ambient":                   {namespace: ambient, labels: marks{mode: "none"}, want: Outside},
		"a template that has its sidecar already":     {namespace: ambient, annotations: marks{"sidecar.istio.io/status": "{}"}, want: Sidecar},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			pod := &corev1.Pod{}
			pod.Labels, pod.Annotations = c.labels, c.annotations
			pod.Name, pod.Namespace = "cart", "shop"
			if c.in != "" {
				pod.Namespace = c.in
			}
			if got, err := PlaneOf(c.namespace, pod); err != nil || got != c.want {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

func TestPodsOfTheHostAreLeftAlone(t *testing.T) {
	for _, labels := range []marks{{"istio-injection": "enabled"}, {"istio.io/dataplane-mode": "ambient"}} {
		pod := &corev1.Pod{}
		pod.Name, pod.Namespace, pod.Spec.HostNetwork = "cart", "shop", true
		if got, err := PlaneOf(labels, pod); err != nil || got != Outside {
			t.Errorf("%v: got %v, %v", labels, got, err)
		}
	}
}

func TestWhatAChartDoesNotHave(t *testing.T) {
	if err := object(nil, "ConfigMap", "istio-cni-config", &corev1.ConfigMap{}); err == nil {
		t.Error("passed over in silence")
	}
	if _, err := render("no-such-chart", map[string]any{}); err == nil {
		t.Error("passed over in silence")
	}
}

func TestStartsOfSidecars(t *testing.T) {
	const native, config = "sidecar.istio.io/nativeSidecar", "proxy.istio.io/config"
	cases := map[string]struct {
		namespace, annotations marks
		want                   string
	}{
		"no word":                       {namespace: marks{"istio-injection": "enabled"}, want: "last"},
		"a sidecar container":           {namespace: marks{"istio-injection": "enabled"}, annotations: marks{native: "true"}, want: "native"},
		"an application that waits":     {namespace: marks{"istio-injection": "enabled"}, annotations: marks{config: "holdApplicationUntilProxyStarts: true"}, want: "first"},
		"no sidecar to be started":      {namespace: marks{"istio.io/dataplane-mode": "ambient"}, annotations: marks{native: "true"}, want: ""},
		"a word that takes native back": {namespace: marks{"istio-injection": "enabled"}, annotations: marks{native: "false"}, want: "last"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			pod := &corev1.Pod{}
			pod.Name, pod.Namespace, pod.Annotations = "job", "shop", c.annotations
			pod.Spec.Containers = []corev1.Container{{Name: "job", Image: "job:1"}}
			if got, err := Start(c.namespace, pod); err != nil || got != c.want {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
