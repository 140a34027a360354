// Renders what installs Istio, with Istio's own code and charts: values of Helm, and the file of istioctl.
//
// It reads a question from its input and writes an answer. Nothing is asked of a cluster or of the network.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/operator/pkg/helm"
	"istio.io/istio/operator/pkg/manifest"
	"istio.io/istio/operator/pkg/render"
	"istio.io/istio/operator/pkg/values"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/util/protomarshal"
)

type question struct {
	Releases []release `json:"releases"`
	Files    []string  `json:"files"`
}

type release struct {
	Name      string     `json:"name"`
	Chart     string     `json:"chart"`
	Namespace string     `json:"namespaceName"`
	Values    values.Map `json:"values"`
}

type answer struct {
	Releases []rendered `json:"releases"`
	Files    []rendered `json:"files"`
}

type rendered struct {
	Objects []any    `json:"objects"`
	Unknown []string `json:"unknown"`
	Error   string   `json:"error,omitempty"`
	// Mesh configurations among the objects as istiod reads them, by the name of their ConfigMap.
	MeshConfigs map[string]any `json:"meshConfigs"`
}

// Folders of the charts, by the names under which they are published.
var folders = map[string]string{
	"base":    "base",
	"istiod":  "istio-control/istio-discovery",
	"cni":     "istio-cni",
	"ztunnel": "ztunnel",
	"gateway": "gateway",
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var told answer
	for _, one := range asked.Releases {
		told.Releases = append(told.Releases, renderRelease(one))
	}
	for _, text := range asked.Files {
		told.Files = append(told.Files, renderFile(text))
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func renderRelease(one release) rendered {
	folder, ok := folders[one.Chart]
	if !ok {
		return rendered{Error: "no chart " + one.Chart}
	}
	unknown, err := unknownValues(folder, one.Values)
	if err != nil {
		return rendered{Error: err.Error()}
	}
	objects, _, err := helm.Render(one.Name, one.Namespace, folder, values.MakeMap(one.Values.DeepClone(), "spec", "values"), nil)
	if err != nil {
		return rendered{Error: err.Error(), Unknown: unknown}
	}
	told := withObjects(objects)
	told.Unknown = unknown
	return told
}

// As `istioctl manifest generate -f` does.
func renderFile(text string) rendered {
	file, err := os.CreateTemp("", "istio-operator-*.yaml")
	if err != nil {
		return rendered{Error: err.Error()}
	}
	defer os.Remove(file.Name())
	if err := os.WriteFile(file.Name(), []byte(text), 0o600); err != nil {
		return rendered{Error: err.Error()}
	}
	sets, _, err := render.GenerateManifest([]string{file.Name()}, nil, false, nil, nil)
	if err != nil {
		return rendered{Error: err.Error()}
	}
	var objects []manifest.Manifest
	for _, set := range sets {
		objects = append(objects, set.Manifests...)
	}
	return withObjects(objects)
}

func withObjects(objects []manifest.Manifest) rendered {
	told := rendered{MeshConfigs: map[string]any{}}
	for _, one := range objects {
		told.Objects = append(told.Objects, one.UnstructuredContent())
		data := nestedText(one.UnstructuredContent(), "data", "mesh")
		if one.GetKind() != "ConfigMap" || data == "" {
			continue
		}
		config, err := mesh.ApplyMeshConfigDefaults(data)
		if err != nil {
			told.Error = fmt.Sprintf("ConfigMap %s: %v", one.GetName(), err)
			continue
		}
		// istiod passes over what it does not know, and so would a mistake of ours.
		if err := protomarshal.ApplyYAMLStrict(data, &meshconfig.MeshConfig{}); err != nil {
			told.Error = fmt.Sprintf("ConfigMap %s: %v", one.GetName(), err)
		}
		read, err := protomarshal.ToJSONMap(config)
		if err != nil {
			told.Error = err.Error()
			continue
		}
		told.MeshConfigs[one.GetName()] = read
	}
	return told
}

// The text at some keys, empty where there is none.
func nestedText(object map[string]any, keys ...string) string {
	var at any = object
	for _, key := range keys {
		inner, _ := at.(map[string]any)
		at = inner[key]
	}
	text, _ := at.(string)
	return text
}
