package judge

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"istio.io/istio/manifests"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// istioCRDs is where Istio keeps its CRDs among the files of its charts.
const istioCRDs = "charts/base/files/crd-all.gen.yaml"

// catalog holds the custom kinds that the cluster serves.
type catalog struct {
	custom map[schema.GroupVersionKind]*customKind
}

func newCatalog(folder string) (*catalog, error) {
	c := &catalog{custom: map[schema.GroupVersionKind]*customKind{}}
	text, err := manifests.FS.ReadFile(istioCRDs)
	if err != nil {
		return nil, err
	}
	if err := c.add(istioCRDs, text); err != nil {
		return nil, err
	}

	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no CRDs in %q", folder)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err := c.add(file, text); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// add serves the CRDs of a file; objects of other kinds are left alone.
func (c *catalog) add(file string, text []byte) error {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		var crd apiextensions.CustomResourceDefinition
		if err := yaml.Unmarshal(document, &crd); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if crd.Kind == "CustomResourceDefinition" {
			c.serve(&crd)
		}
	}
}

func (c *catalog) serve(crd *apiextensions.CustomResourceDefinition) {
	for _, version := range crd.Spec.Versions {
		if version.Served && version.Schema != nil {
			kind := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
			c.custom[kind] = newCustomKind(version, crd.Spec.Scope == apiextensions.NamespaceScoped)
		}
	}
}

// admit finds what the API server has against an object, and fills in what it would keep.
func (c *catalog) admit(ctx context.Context, o *object) []Finding {
	kind := o.written.GroupVersionKind()
	if custom, served := c.custom[kind]; served {
		return custom.admit(ctx, o)
	}
	if builtinTypes.Recognizes(kind) {
		return admitBuiltin(o, kind)
	}
	text := fmt.Sprintf("no kind %q in version %q", kind.Kind, kind.GroupVersion())
	return []Finding{o.finding(CodeCRD, LevelError, text)}
}
