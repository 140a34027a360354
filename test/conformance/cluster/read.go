package cluster

import (
	"encoding/json"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/pkg/kube"
)

// unreadKinds are those that would be passed over without a word.
var unreadKinds = []string{"BackendTLSPolicy"}

// Read makes typed objects of manifests, which must say all that the API server would fill in.
func Read(manifests []json.RawMessage) ([]runtime.Object, error) {
	decode := kube.IstioCodec.UniversalDeserializer().Decode
	objects := make([]runtime.Object, 0, len(manifests))
	for _, manifest := range manifests {
		object, kind, err := decode(manifest, nil, nil)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", kind, err)
		}
		if slices.Contains(unreadKinds, kind.Kind) {
			return nil, fmt.Errorf("not modelled: %s", kind.Kind)
		}
		objects = append(objects, object)
	}
	return objects, nil
}
