package istiod

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"

	"istio.io/istio/pkg/kube"
)

// builtinGroups are those of Kubernetes that istiod looks at.
var builtinGroups = []string{"", "discovery.k8s.io", "networking.k8s.io"}

// kubeClient stands for the API server. Istio's own client for tests takes milliseconds for each object of Kubernetes, so that these are put
// into its store behind its back.
func kubeClient(objects ...runtime.Object) kube.Client {
	var custom, builtin []runtime.Object
	for _, object := range objects {
		group := groupOf(object)
		switch {
		case strings.HasSuffix(group, "istio.io"), strings.HasPrefix(group, "gateway.networking."):
			custom = append(custom, object)
		case slices.Contains(builtinGroups, group):
			builtin = append(builtin, object)
		}
	}
	client := kube.NewFakeClientWithVersion("", custom...)
	store := client.Kube().(*fake.Clientset).Tracker()
	for _, object := range builtin {
		if err := store.Add(object); err != nil {
			panic(err)
		}
	}
	return client
}

func groupOf(object runtime.Object) string {
	kinds, _, err := kube.IstioScheme.ObjectKinds(object)
	if err != nil {
		panic(err)
	}
	return kinds[0].Group
}
