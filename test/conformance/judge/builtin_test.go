package judge

import "testing"

func TestBuiltinKinds(t *testing.T) {
	inShop(t, []judgement{
		{"fails at an unknown field", `
apiVersion: apps/v1
kind: Deployment
metadata: {name: order, namespace: shop}
spec:
  selector: {matchLabels: {app: order}}
  replica: 2
  template:
    metadata: {labels: {app: order}}
    spec: {containers: [{name: order, image: order, imagePolicy: Always}]}`,
			[]string{"FIELD error Deployment shop/order", "FIELD error Deployment shop/order"},
			`unknown field "spec.template.spec.containers[0].imagePolicy"`},
		{"fails at a value of the wrong type", `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: cart, namespace: shop}
spec: {selector: cart}`,
			[]string{"FIELD error PodDisruptionBudget shop/cart"}, "cannot unmarshal string"},
		{"fails at a name that the kind cannot have", `
apiVersion: v1
kind: Service
metadata: {name: cart.v2, namespace: shop}
spec: {ports: [{name: http, port: 80}]}`,
			[]string{"FIELD error Service shop/cart.v2"}, "metadata.name"},
		{"fails at a namespace where there can be none", `
apiVersion: v1
kind: Namespace
metadata: {name: other, namespace: shop, labels: {istio-injection: enabled}}`,
			[]string{"FIELD error Namespace shop/other"}, "not allowed on this type"},
		{"fails at a version that is gone", `
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: cart, namespace: shop}`,
			[]string{"CRD error PodDisruptionBudget shop/cart"}, "gone since Kubernetes 1.25"},
		{"fails at an unknown kind", `
apiVersion: apps/v1
kind: Deploiment
metadata: {name: cart, namespace: shop}`,
			[]string{"CRD error Deploiment shop/cart"}, `no kind "Deploiment" in version "apps/v1"`},
		{"fails at an unknown group", `
apiVersion: apps.k8s.io/v1
kind: Deployment
metadata: {name: cart, namespace: shop}`,
			[]string{"CRD error Deployment shop/cart"}, "apps.k8s.io/v1"},
		{"allows what is there", `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: cart, namespace: shop}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "shop:reader"}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}}`, nil, ""},
	})
}
