package istiod

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	metadatafake "k8s.io/client-go/metadata/fake"
	clienttesting "k8s.io/client-go/testing"
	"sigs.k8s.io/gateway-api/pkg/consts"

	"istio.io/istio/pkg/kube"
)

// bundleVersion is that of the Gateway API whose schemas are in imports/crds.
const bundleVersion = "v1.6.3"

// sayBundle has each kind say which version of the Gateway API it comes from: istiod reads no TCPRoute, TLSRoute or GRPCRoute that does not.
func sayBundle(client kube.Client) {
	say := func(action clienttesting.Action) (bool, runtime.Object, error) {
		if written, ok := action.(interface{ GetObject() runtime.Object }); ok {
			if kind, ok := written.GetObject().(metav1.Object); ok {
				kind.SetAnnotations(map[string]string{consts.BundleVersionAnnotation: bundleVersion})
			}
		}
		return false, nil, nil
	}
	client.Metadata().(*metadatafake.FakeMetadataClient).PrependReactor("*", "customresourcedefinitions", say)
}
