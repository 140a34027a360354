package traffic

import (
	"fmt"
	"os"
	"testing"

	"istio-constructs/test/conformance/cluster"
)

// A shop with waypoints, a gateway and a host outside, and all that a suite wants to know of it.
func BenchmarkOnlineShop(b *testing.B) {
	text, err := os.ReadFile("../../golden/online-shop/ambient.yaml")
	if err != nil {
		b.Fatal(err)
	}
	manifests := stored(b, string(text))
	for _, count := range []int{1, 800} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			requests := manyRequests(count)
			for b.Loop() {
				if _, err := AskAll(manifests, requests, cluster.Settings{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func manyRequests(count int) []Request {
	callers := []cluster.Caller{
		{Workload: "shop/product-v1"}, {Workload: "shop/cart-v1"}, {Workload: "payments/payment-v1"},
		{Pod: &cluster.Stranger{Namespace: "elsewhere"}},
		{Pod: &cluster.Stranger{Namespace: "elsewhere", Proxy: cluster.Sidecar}},
		{Pod: &cluster.Stranger{Namespace: "elsewhere", Proxy: cluster.Ztunnel}},
	}
	targets := []Target{
		{Host: "cart.shop.svc.cluster.local", Port: 8080}, {Host: "product.shop.svc.cluster.local", Port: 8080},
		{Host: "payment.payments.svc.cluster.local", Port: 8080}, {PodOf: "shop/cart-v1", Port: 8080},
	}
	var requests []Request
	for index := range count {
		caller, target := callers[index%len(callers)], targets[index/len(callers)%len(targets)]
		requests = append(requests, Request{From: caller, To: target, Path: fmt.Sprintf("/cart/%d", index)})
	}
	return requests
}
