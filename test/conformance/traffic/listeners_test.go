package traffic

import "testing"

func TestListeners(t *testing.T) {
	const from = `allowedRoutes: {namespaces: {from: All}}`
	listeners := `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: doors, namespace: edge}
spec:
  gatewayClassName: istio
  listeners:
  - {name: own, port: 443, protocol: TLS, hostname: own.example.com, tls: {mode: Passthrough}, ` + from + `}
  - {name: shown, port: 443, protocol: HTTPS, hostname: shown.example.com, ` + from + `,
     tls: {mode: Terminate, certificateRefs: [{name: shown}], options: {gateway.istio.io/tls-terminate-mode: MUTUAL}}}
  - {name: bytes, port: 9000, protocol: TCP, ` + from + `}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: own, namespace: shop}
spec:
  parentRefs: [{name: doors, namespace: edge, sectionName: own}]
  hostnames: [own.example.com]
  rules: [{backendRefs: [{name: secret, port: 8443}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: bytes, namespace: shop}
spec: {parentRefs: [{name: doors, namespace: edge, sectionName: bytes}], rules: [{backendRefs: [{name: secret, port: 9000}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shown, namespace: shop}
spec: {parentRefs: [{name: doors, namespace: edge, sectionName: shown}], rules: [{matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name: cart, port: 8080}]}]}`
	secret := service("secret", ``, `selector: {app: cart}, ports: [{name: tls, port: 8443, targetPort: 8443}, {name: tcp, port: 9000, targetPort: 9000}]`)
	doors := visitors
	doors.Gateway = "edge/doors"
	at := func(host string, port uint32) Request {
		return Request{From: doors, To: Target{Host: host, Port: port}, Path: "/"}
	}
	const nothing = "out Gateway edge/doors (routing)"
	shown := at("shown.example.com", 443)
	shown.From.ShowsCertificate = true
	inWorld(t, "listeners", shop(sidecars, listeners, secret), []question{
		{"passed through", at("own.example.com", 443), "in"},
		{"ended, with a certificate of the client", shown, "in"},
		{"and without one", at("shown.example.com", 443), "out Gateway edge/doors (mtls)"},
		{"another server", at("other.example.com", 443), nothing},
		{"bytes", at("whoever.example.com", 9000), "in"},
	})
}
