package judge

import (
	"strings"
	"testing"
)

func TestInfrastructureOfGateways(t *testing.T) {
	const gateway = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  gatewayClassName: istio
  infrastructure: {parametersRef: {group: "", kind: ConfigMap, name: pods}}
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: pods, namespace: shop}
data:
`
	for _, c := range []struct{ name, data, want string }{
		{"all that istiod knows", "  deployment: '{spec: {replicas: 2}}'\n  horizontalPodAutoscaler: '{spec: {maxReplicas: 5}}'\n", ""},
		{"a key that it does not know", "  pods: '{spec: {replicas: 2}}'\n", `unsupported overlay "pods"`},
		{"a field that no Deployment has", "  deployment: '{spec: {pods: 2}}'\n", `unknown field "pods"`},
		{"another name", "  service: '{metadata: {name: b}}'\n", "illegal metadata change"},
	} {
		t.Run(c.name, func(t *testing.T) {
			objects, _ := parse(map[string][]byte{"a.yaml": []byte(gateway + c.data)})
			for _, o := range objects {
				o.keep(true)
			}
			findings := infrastructure(objects)
			if c.want == "" && len(findings) > 0 || c.want != "" && (len(findings) != 1 || !strings.Contains(findings[0].Text, c.want)) {
				t.Errorf("got %v", findings)
			}
		})
	}
}
