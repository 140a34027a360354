package enrolment

import (
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/operator/pkg/helm"
	"istio.io/istio/operator/pkg/values"
)

const systemNamespace = "istio-system"

// render is a chart of Istio's release as Helm would install it under the ambient profile.
func render(chart string, settings map[string]any) ([]runtime.Unstructured, error) {
	settings["profile"] = "ambient"
	installed, warnings, err := helm.Render("istio", systemNamespace, chart, values.Map{"spec": values.Map{"values": values.Map(settings)}}, nil)
	if err != nil {
		return nil, fmt.Errorf("chart %s: %w", chart, err)
	}
	if len(warnings) > 0 {
		return nil, fmt.Errorf("chart %s: %w", chart, warnings.ToError())
	}
	var objects []runtime.Unstructured
	for _, one := range installed {
		objects = append(objects, one.Unstructured)
	}
	return objects, nil
}

// object reads the one object of a kind and name that a chart has into its type.
func object(objects []runtime.Unstructured, kind, name string, into any) error {
	for _, one := range objects {
		content := one.UnstructuredContent()
		metadata, _ := content["metadata"].(map[string]any)
		if content["kind"] == kind && metadata["name"] == name {
			return runtime.DefaultUnstructuredConverter.FromUnstructured(content, into)
		}
	}
	return fmt.Errorf("no %s %s in the chart", kind, name)
}
