package judge

import "testing"

func TestWebhook(t *testing.T) {
	inShop(t, []judgement{
		{"fails at weights without sense", `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http: [{route: [{destination: {host: cart}, weight: 0}, {destination: {host: cart}, weight: 0}]}]`,
			[]string{"IST0106 error VirtualService shop/cart", "WEBHOOK error VirtualService shop/cart"}, "total destination weight = 0"},
		{"fails at an empty match", `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http: [{match: [{headers: {"": {exact: a}}}], route: [{destination: {host: cart}}]}]`,
			[]string{"IST0106 error VirtualService shop/cart", "WEBHOOK error VirtualService shop/cart"}, "header name cannot be empty"},
		{"says each error of an object", `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, trafficPolicy: {}, subsets: [{name: "a b", labels: {version: v1}}]}`,
			[]string{
				"IST0106 error DestinationRule shop/cart",
				"IST0106 error DestinationRule shop/cart",
				"WEBHOOK error DestinationRule shop/cart",
				"WEBHOOK error DestinationRule shop/cart",
			}, "subset name is invalid"},
		{"warns", `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  action: DENY
  rules: [{to: [{operation: {methods: [GET]}}]}]`,
			[]string{"IST0133 warning AuthorizationPolicy shop/cart", "WEBHOOK warning AuthorizationPolicy shop/cart"}, "TCP ports"},
		{"says what is wrong with an EnvoyFilter, and not what it says of all", `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: cart, namespace: shop}
spec:
  configPatches:
  - {applyTo: HTTP_FILTER, match: {context: GATEWAY}, patch: {operation: INSERT_FIRST, value: {name: a}}}`,
			[]string{"IST0133 warning EnvoyFilter shop/cart", "WEBHOOK warning EnvoyFilter shop/cart"}, "without typed_config; a"},
	})
}
