package judge

import (
	"encoding/json"
	"fmt"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
)

// clusterDomain is the suffix of service hosts that istiod validates with.
const clusterDomain = "cluster.local"

// webhook finds what istiod's validation webhook answers, an error or warnings, to an object of a kind it looks at.
func webhook(o *object) []Finding {
	if o.stored == nil {
		return nil
	}
	kind := o.stored.GroupVersionKind()
	schema, exists := collections.PilotGatewayAPI().FindByGroupKind(resource.FromKubernetesGVK(&kind))
	if !exists {
		return nil
	}

	var warnings []error
	err := guard(func() (err error) {
		warnings, err = validate(o, schema)
		return err
	})
	var findings []Finding
	for _, err := range separate(err) {
		findings = append(findings, o.finding(CodeWebhook, LevelError, err.Error()))
	}
	for _, warning := range warnings {
		findings = append(findings, o.finding(CodeWebhook, LevelWarning, warning.Error()))
	}
	return findings
}

func validate(o *object, schema resource.Schema) ([]error, error) {
	text, err := o.stored.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var raw crd.IstioKind
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("cannot decode configuration: %w", err)
	}
	config, err := crd.ConvertObject(schema, &raw, clusterDomain)
	if err != nil {
		return nil, fmt.Errorf("error decoding configuration: %w", err)
	}
	warnings, err := schema.ValidateConfig(*config)
	return separate(warnings), err
}
