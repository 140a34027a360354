package cluster

import (
	"encoding/json"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// read reads pieces of YAML, each of one object or several.
func read(tb testing.TB, pieces ...string) []runtime.Object {
	tb.Helper()
	var manifests []json.RawMessage
	for _, text := range strings.Split(strings.Join(pieces, "\n---\n"), "\n---\n") {
		manifest, err := yaml.YAMLToJSON([]byte(text))
		if err != nil {
			tb.Fatalf("%v in:\n%s", err, text)
		}
		manifests = append(manifests, manifest)
	}
	objects, err := Read(manifests)
	if err != nil {
		tb.Fatal(err)
	}
	return objects
}

func made(tb testing.TB, calls []Call, pieces ...string) *Cluster {
	tb.Helper()
	c, err := New(read(tb, pieces...), calls, Settings{})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// failsWith wants a cluster to be refused for a reason.
func failsWith(tb testing.TB, reason string, pieces ...string) {
	tb.Helper()
	if _, err := New(read(tb, pieces...), nil, Settings{}); err == nil || !strings.Contains(err.Error(), reason) {
		tb.Errorf("got %v, not %q", err, reason)
	}
}

// objectsOf are those of a type, by namespace and name.
func objectsOf[T interface {
	runtime.Object
	GetNamespace() string
	GetName() string
}](c *Cluster) map[string]T {
	found := map[string]T{}
	for _, object := range c.Objects {
		if one, is := object.(T); is {
			found[one.GetNamespace()+"/"+one.GetName()] = one
		}
	}
	return found
}

func namespace(name, labels string) string {
	return `{apiVersion: v1, kind: Namespace, metadata: {name: ` + name + `, labels: {` + labels + `}}}`
}

// workload is one of the pods that its spec and its metadata say.
func workload(kind, name, metadata, spec, more string) string {
	return `{apiVersion: apps/v1, kind: ` + kind + `, metadata: {name: ` + name + `, namespace: shop}, spec: {` + more +
		`template: {metadata: {` + metadata + `}, spec: {` + spec + `}}}}`
}

func service(name, spec string) string {
	return `{apiVersion: v1, kind: Service, metadata: {name: ` + name + `, namespace: shop}, spec: {` + spec + `}}`
}

// cart is two versions behind one Service, whose pods have their ports in different places.
var cart = strings.Join([]string{
	workload("Deployment", "cart-v1", `labels: {app: cart, version: v1}`,
		`containers: [{name: a, ports: [{name: main, containerPort: 8080}]}]`, `replicas: 2, `),
	workload("Deployment", "cart-v2", `labels: {app: cart, version: v2}`,
		`containers: [{name: a}, {name: b, ports: [{name: main, containerPort: 9090}]}]`, ``),
	service("cart", `selector: {app: cart}, ports: [
		{name: http, port: 80, targetPort: main}, {name: tcp, port: 81}, {port: 82, name: c, targetPort: nowhere}]`),
}, "\n---\n")
