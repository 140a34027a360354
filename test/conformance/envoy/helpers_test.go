package envoy

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"sigs.k8s.io/yaml"
)

// written reads a part of a configuration as Envoy's documents write it.
func written[M proto.Message](tb testing.TB, into M, text string) M {
	tb.Helper()
	asJSON, err := yaml.YAMLToJSON([]byte(text))
	if err == nil {
		err = protojson.Unmarshal(asJSON, into)
	}
	if err != nil {
		tb.Fatalf("%v in:\n%s", err, text)
	}
	return into
}

// isUnknown wants what is not modelled to be said.
func isUnknown(tb testing.TB, err error) {
	tb.Helper()
	if err == nil || !strings.Contains(err.Error(), "not modelled") {
		tb.Errorf("passed over in silence: %v", err)
	}
}

// web is a caller of the cart with mesh certificates in a tunnel.
func web() Connection {
	return Connection{
		Source: "10.244.0.9", Principal: "cluster.local/ns/shop/sa/web", Address: "10.96.0.1", Port: 8080,
		HTTP: &Request{Method: "GET", Path: "/items/1?sort=up", Host: "cart.shop.svc.cluster.local", Headers: map[string]string{"x-team": "web"}},
	}
}

const extensions = "type.googleapis.com/envoy.extensions."
