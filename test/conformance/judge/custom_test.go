package judge

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestSchemasOfCRDs(t *testing.T) {
	inShop(t, []judgement{
		{"fails at a value that is not one of an enumeration", `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICTEST}}`,
			[]string{
				"CRD error PeerAuthentication shop/default",
				"WEBHOOK error PeerAuthentication shop/default",
				"YAML error PeerAuthentication shop/default",
			}, `supported values: "UNSET"`},
		{"fails at a missing field", `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {listeners: [{name: http, port: 80, protocol: HTTP}]}`,
			[]string{"CRD error Gateway shop/edge"}, "gatewayClassName: Required value"},
		{"fails at two list elements of one key", `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  gatewayClassName: istio
  listeners: [{name: http, port: 80, protocol: HTTP}, {name: http, port: 81, protocol: HTTP}]`,
			[]string{"CEL error Gateway shop/edge", "CRD error Gateway shop/edge"}, "Duplicate value"},
		{"fails at an impossible label", `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: open, namespace: shop, labels: {team: a b}}`,
			[]string{"CRD error AuthorizationPolicy shop/open"}, "metadata.labels"},
		{"fails at metadata of the wrong type", `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: open, namespace: shop, labels: {priority: 1}}`,
			[]string{
				"CRD error AuthorizationPolicy shop/open",
				"WEBHOOK error AuthorizationPolicy shop/open",
				"YAML error AuthorizationPolicy shop/open",
			}, "cannot unmarshal number"},
		{"fails at a version that is not served", `
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TLSRoute
metadata: {name: cart, namespace: shop}`,
			[]string{"CRD error TLSRoute shop/cart"}, `no kind "TLSRoute" in version "gateway.networking.k8s.io/v1alpha2"`},
		{"fails at a kind that nobody serves", `
apiVersion: networking.istio.io/v1
kind: VirtualServices
metadata: {name: cart, namespace: shop}`,
			[]string{"CRD error VirtualServices shop/cart"}, "no kind"},
	})
}

func TestFieldsThatCRDsDoNotHave(t *testing.T) {
	inShop(t, []judgement{
		{"fails at an unknown field", `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, trafficPolicy: {loadBalancer: {simple: RANDOM, sticky: true}}}`,
			[]string{"FIELD error DestinationRule shop/cart"}, `unknown field "spec.trafficPolicy.loadBalancer.sticky"`},
		{"fails at an unknown field of metadata", `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop, label: {a: b}}
spec: {host: cart}`,
			[]string{"FIELD error DestinationRule shop/cart"}, `unknown field "metadata.label"`},
		{"fails at an unknown field beside spec", `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
specs: {}`,
			[]string{"CRD error HTTPRoute shop/cart", "FIELD error HTTPRoute shop/cart"}, `unknown field "specs"`},
	})
}

func TestRulesOfCRDs(t *testing.T) {
	inShop(t, []judgement{
		{"fails at a VirtualService", `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart], http: [{timeout: 0.1ms, route: [{destination: {host: cart}}]}]}`,
			[]string{
				"CEL error VirtualService shop/cart",
				"IST0106 error VirtualService shop/cart",
				"WEBHOOK error VirtualService shop/cart",
			}, "must be a valid duration greater than 1ms"},
		{"fails at an AuthorizationPolicy", `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  targetRefs: [{group: "", kind: Service, name: cart}]`,
			[]string{
				"CEL error AuthorizationPolicy shop/cart",
				"IST0106 error AuthorizationPolicy shop/cart",
				"WEBHOOK error AuthorizationPolicy shop/cart",
				"WEBHOOK error AuthorizationPolicy shop/cart",
			}, "only one of targetRefs or selector can be set"},
		{"fails at an HTTPRoute for what its defaults say", `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec: {rules: [{backendRefs: [{name: cart}]}]}`,
			[]string{"CEL error HTTPRoute shop/cart"}, "Must have port for Service reference"},
		{"fails at a Gateway", `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: https, port: 443, protocol: HTTP, tls: {certificateRefs: [{name: a}]}}]}`,
			[]string{"CEL error Gateway shop/edge"}, "tls must not be specified for protocols"},
	})
}

func TestCRDsOfTheFolderAreServed(t *testing.T) {
	const widgets = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Cluster
  versions:
    - {name: v1, served: true, storage: true, deprecated: true, schema: {openAPIV3Schema: {type: object}}}
    - {name: v2, served: true, deprecated: true, deprecationWarning: use v3, schema: {openAPIV3Schema: {type: object}}}
    - {name: v3, served: true, schema: {openAPIV3Schema: {type: object}}}
`
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "widgets.yaml"), []byte(widgets), 0o600); err != nil {
		t.Fatal(err)
	}
	judge, err := New(folder)
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{"v1": "version v1 is deprecated", "v2": "use v3", "v3": ""} {
		text := "apiVersion: example.com/" + version + "\nkind: Widget\nmetadata: {name: a}"
		findings, err := judge.Documents(context.Background(), map[string][]byte{"a.yaml": []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		var wanted []Finding
		if want != "" {
			wanted = []Finding{{File: "a.yaml", Object: "Widget a", Code: CodeCRD, Level: LevelWarning, Text: want}}
		}
		if !slices.Equal(findings, wanted) {
			t.Errorf("%s: %s", version, listed(findings))
		}
	}
}
