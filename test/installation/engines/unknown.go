package main

import (
	"fmt"
	"io/fs"
	"sort"

	"istio.io/istio/manifests"
	"istio.io/istio/operator/pkg/values"
)

// What a chart keeps its defaults under, so that a profile may come between them and what users say.
const defaultsKey = "_internal_defaults_do_not_set"

// Values that the charts read and that stand in no defaults.
var readBeside = map[string]bool{"profile": true, "compatibilityVersion": true, "platform": true}

// Parts whose keys are somebody else's: the mesh configuration is parsed by istiod's code, and the rest is written into pods as it is.
var foreign = map[string]bool{"meshConfig": true, "resources": true, "labels": true, "podAnnotations": true, "targetMemoryUtilizationPercentage": true}

// unknownValues tells the paths of values that a chart has no default for: its templates read none of them.
func unknownValues(folder string, said values.Map) ([]string, error) {
	text, err := fs.ReadFile(manifests.BuiltinOrDir(""), "charts/"+folder+"/values.yaml")
	if err != nil {
		return nil, err
	}
	all, err := values.MapFromYaml(text)
	if err != nil {
		return nil, err
	}
	defaults, ok := values.CastAsMap(all[defaultsKey])
	if !ok {
		return nil, fmt.Errorf("the chart in %s keeps its defaults elsewhere", folder)
	}
	unknown := unknownIn("", defaults, said)
	sort.Strings(unknown)
	return unknown, nil
}

func unknownIn(at string, known values.Map, said map[string]any) []string {
	var unknown []string
	for key, value := range said {
		usual, isKnown := known[key]
		if !isKnown && !(at == "" && readBeside[key]) {
			unknown = append(unknown, at+key)
			continue
		}
		inner, isMap := values.CastAsMap(value)
		within, isOpen := values.CastAsMap(usual)
		// A map that is empty by default takes any keys.
		if !isMap || foreign[key] || (isOpen && len(within) == 0) {
			continue
		}
		unknown = append(unknown, unknownIn(at+key+".", within, inner)...)
	}
	return unknown
}
