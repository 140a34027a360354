package judge

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// parse reads the objects of all files, in the order of their names.
func parse(files map[string][]byte) ([]*object, []Finding) {
	var objects []*object
	var findings []Finding
	for _, file := range slices.Sorted(maps.Keys(files)) {
		// A last line without its end is lost by the reader when it fills its buffer.
		text := io.MultiReader(bytes.NewReader(files[file]), strings.NewReader("\n"))
		reader := utilyaml.NewYAMLReader(bufio.NewReader(text))
		for number := 1; ; number++ {
			document, err := reader.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			manifests, err := manifestsOf(document, err)
			for _, manifest := range manifests {
				objects = append(objects, &object{file: file, written: manifest})
			}
			if err != nil {
				text := fmt.Sprintf("document %d: %v", number, err)
				findings = append(findings, Finding{File: file, Code: CodeYAML, Level: LevelError, Text: text})
			}
			if document == nil {
				break
			}
		}
	}
	return objects, findings
}

// manifestsOf reads the objects of a document: one, none, a sequence of them or a List.
func manifestsOf(document []byte, err error) ([]*unstructured.Unstructured, error) {
	if err != nil {
		return nil, err
	}
	value, err := valueOf(document)
	if err != nil {
		return nil, err
	}
	return flatten(value)
}

// valueOf reads JSON as such, for that is much quicker than as YAML.
func valueOf(document []byte) (any, error) {
	var value any
	if err := utiljson.Unmarshal(document, &value); err == nil {
		return value, nil
	}
	asJSON, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return nil, err
	}
	err = utiljson.Unmarshal(asJSON, &value)
	return value, err
}

func flatten(value any) ([]*unstructured.Unstructured, error) {
	switch value := value.(type) {
	case nil:
		return nil, nil
	case []any:
		return flattenAll(value)
	case map[string]any:
		manifest := &unstructured.Unstructured{Object: value}
		if manifest.GetAPIVersion() == "" || manifest.GetKind() == "" {
			return nil, errors.New("an object needs apiVersion and kind")
		}
		if items, isList := value["items"].([]any); isList && manifest.GetKind() == "List" {
			return flattenAll(items)
		}
		return []*unstructured.Unstructured{manifest}, nil
	}
	return nil, fmt.Errorf("%v is no object", value)
}

func flattenAll(values []any) ([]*unstructured.Unstructured, error) {
	var all []*unstructured.Unstructured
	for _, value := range values {
		manifests, err := flatten(value)
		if err != nil {
			return all, err
		}
		all = append(all, manifests...)
	}
	return all, nil
}
