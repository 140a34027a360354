package envoy

import (
	"reflect"
	"testing"
)

func TestMirrors(t *testing.T) {
	for name, c := range map[string]struct {
		policies string
		want     []WeightedCluster
	}{
		"none":                {`[]`, nil},
		"all without a share": {`[{cluster: b}]`, []WeightedCluster{{"b", 1}}},
		"a share": {`[{cluster: b, runtimeFraction: {defaultValue: {numerator: 5000, denominator: MILLION}}}]`,
			[]WeightedCluster{{"b", 0.005}}},
		"several": {`[{cluster: b}, {cluster: c}]`, []WeightedCluster{{"b", 1}, {"c", 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			route, err := routed(t, `{match: {prefix: /}, route: {cluster: a, requestMirrorPolicies: `+c.policies+`}}`)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(route.Mirrors, c.want) {
				t.Errorf("got %v, want %v", route.Mirrors, c.want)
			}
		})
	}
}
