package ztunnel

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

const (
	cartV1 = `{workload: {uid: "1", namespace: shop, addresses: [ip:10.244.0.1], tunnelProtocol: HBONE,
		services: {shop/cart: {ports: [{servicePort: 80, targetPort: 8080}]}}}}`
	cartV2     = `{workload: {uid: "2", namespace: shop, addresses: [ip:10.244.0.2], services: {shop/cart: {ports: []}}}}`
	sick       = `{workload: {uid: "3", namespace: shop, addresses: [ip:10.244.0.3], status: UNHEALTHY, services: {shop/cart: {}}}}`
	waypoint   = `{workload: {uid: "4", namespace: shop, addresses: [ip:10.244.0.4], services: {shop/waypoint: {}}}}`
	door       = `{service: {hostname: waypoint, namespace: shop, addresses: [{address: ip:10.96.0.9}], ports: [{servicePort: 15008, targetPort: 15008}]}}`
	canary     = `{workload: {uid: "9", namespace: shop, addresses: [ip:10.244.0.9], services: {shop/canary: {}}}}`
	canaryDoor = `{service: {hostname: canary, namespace: shop, addresses: [{address: ip:10.96.0.8}], ports: [{servicePort: 15008, targetPort: 15008}]}}`
	byName     = `waypoint: {hostname: {namespace: shop, hostname: waypoint}, hboneMtlsPort: 15008}`
)

func service(fields string) string {
	return `{service: {hostname: cart, namespace: shop, addresses: [{address: ip:10.96.0.1}], ports: [{servicePort: 80, targetPort: 9090}], ` +
		fields + `}}`
}

func twoByWeight(first, second int) string {
	const one = `{destination: {hostname: {namespace: shop, hostname: %s}, hboneMtlsPort: 15008}, weight: %d}`
	return fmt.Sprintf(byName+`, weightedWaypoints: [`+one+`, `+one+`]`, "waypoint", first, "canary", second)
}

type journey struct {
	name      string
	addresses []string
	address   string
	port      uint32
	want      []Target
}

func TestRoutes(t *testing.T) {
	through := func(share float64) []Target {
		return []Target{{Address: "10.96.0.1", Port: 80, Waypoint: "10.244.0.4", Tunnel: true, Share: share}}
	}
	const workloads = `{workload: {uid: "5", namespace: shop, addresses: [ip:10.244.0.5], ` + byName + `}}`
	for _, c := range []journey{
		{"an address that nobody knows", nil, "203.0.113.9", 443, []Target{{Address: "203.0.113.9", Port: 443, Share: 1}}},
		{"a pod", []string{cartV1}, "10.244.0.1", 8080, []Target{{Address: "10.244.0.1", Port: 8080, Tunnel: true, Share: 1}}},
		{"a pod outside the mesh", []string{cartV2}, "10.244.0.2", 8080, []Target{{Address: "10.244.0.2", Port: 8080, Share: 1}}},
		{"a pod with a waypoint",
			[]string{waypoint, door, workloads}, "10.244.0.5", 80,
			[]Target{{Address: "10.244.0.5", Port: 80, Waypoint: "10.244.0.4", Tunnel: true, Share: 1}}},
		{"a service: ports of the pod's own before the service's", []string{cartV1, cartV2, sick, service(``)}, "10.96.0.1", 80,
			[]Target{{Address: "10.244.0.1", Port: 8080, Tunnel: true, Share: 0.5}, {Address: "10.244.0.2", Port: 9090, Share: 0.5}}},
		{"a port that the service does not have", []string{cartV1, service(``)}, "10.96.0.1", 8080, nil},
		{"a service that takes the sick, too", []string{cartV2, sick, service(`loadBalancing: {healthPolicy: ALLOW_ALL}`)}, "10.96.0.1", 80,
			[]Target{{Address: "10.244.0.2", Port: 9090, Share: 0.5}, {Address: "10.244.0.3", Port: 9090, Share: 0.5}}},
		{"a port that only some pods name", []string{cartV1, cartV2,
			`{service: {hostname: cart, namespace: shop, addresses: [{address: ip:10.96.0.1}], ports: [{servicePort: 80}]}}`}, "10.96.0.1", 80,
			[]Target{{Address: "10.244.0.1", Port: 8080, Tunnel: true, Share: 1}}},
		{"a service without pods", []string{sick, service(``)}, "10.96.0.1", 80, nil},
		{"a service that is passed by",
			[]string{cartV1, service(`loadBalancing: {mode: PASSTHROUGH}`)}, "10.96.0.1", 80, []Target{{Address: "10.96.0.1", Port: 80, Share: 1}}},
		{"pods that prefer their own place, where there is but one", []string{cartV1, service(`loadBalancing: {mode: FAILOVER}`)}, "10.96.0.1", 80,
			[]Target{{Address: "10.244.0.1", Port: 8080, Tunnel: true, Share: 1}}},
		{"a service with a waypoint, on whichever port", []string{cartV1, waypoint, door, service(byName)}, "10.96.0.1", 80, through(1)},
		{"a service with a waypoint by address",
			[]string{cartV1, waypoint, door, service(`waypoint: {address: {address: ip:10.96.0.9}, hboneMtlsPort: 15008}`)}, "10.96.0.1", 80, through(1)},
		{"a service with two waypoints, by weight", []string{cartV1, waypoint, door, canary, canaryDoor, service(twoByWeight(90, 10))}, "10.96.0.1", 80,
			append(through(0.9), Target{Address: "10.96.0.1", Port: 80, Waypoint: "10.244.0.9", Tunnel: true, Share: 0.1})},
		{"a service whose second waypoint takes nothing",
			[]string{cartV1, waypoint, door, canary, canaryDoor, service(twoByWeight(100, 0))}, "10.96.0.1", 80, through(1)},
		{"a service whose waypoint is not there", []string{cartV1, service(byName)}, "10.96.0.1", 80, nil},
		{"a service whose waypoint has no pods", []string{cartV1, door, service(byName)}, "10.96.0.1", 80, nil},
		{"a host outside, by its name", []string{`{workload: {uid: "6", hostname: api.com, services: {shop/cart: {}}}}`, service(``)}, "10.96.0.1", 80,
			[]Target{{Address: "api.com", Port: 9090, Share: 1}}},
		{"shares by capacity",
			[]string{`{workload: {uid: "7", addresses: [ip:10.0.0.7], capacity: 3, services: {shop/cart: {}}}}`, cartV2, service(``)}, "10.96.0.1", 80,
			[]Target{{Address: "10.0.0.7", Port: 9090, Share: 0.75}, {Address: "10.244.0.2", Port: 9090, Share: 0.25}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := stateOf(t, c.addresses, nil).Route(c.address, c.port, "shop"); err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestRoutesThatAreNotModelled(t *testing.T) {
	placed := `{workload: {uid: "8", addresses: [ip:10.0.0.8], locality: {region: eu}, services: {shop/cart: {}}}}`
	for name, addresses := range map[string][]string{
		"an address of two":      {service(``), `{workload: {uid: "1", addresses: [ip:10.96.0.1]}}`},
		"pods in several places": {placed, service(`loadBalancing: {mode: STRICT}`)},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := stateOf(t, addresses, nil).Route("10.96.0.1", 80, "shop"); err == nil || !strings.Contains(err.Error(), "not modelled") {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func named(host, namespace, fields string) string {
	return `{service: {hostname: "` + host + `", namespace: ` + namespace + `, ` + fields + `}}`
}

func TestNames(t *testing.T) {
	state := stateOf(t, []string{
		named("cart.shop.svc.cluster.local", "shop", `addresses: [{address: ip:10.96.0.1}]`),
		named("pods.shop.svc.cluster.local", "shop", ``),
		named("api.com", "bank", `addresses: [{address: ip:240.240.0.1}]`), named("api.com", "shop", `addresses: [{address: ip:240.240.0.2}]`),
		named("api.com", "edge", `canonical: true, addresses: [{address: ip:240.240.0.3}]`),
		named("*.example.com", "shop", `addresses: [{address: ip:240.240.0.4}]`),
		named("*.eu.example.com", "shop", `addresses: [{address: ip:240.240.0.5}]`),
		named("hidden.com", "shop", `visibility: NAMESPACE, addresses: [{address: ip:240.240.0.6}]`),
	}, nil)
	for _, c := range [][3]string{
		{"cart.shop.svc.cluster.local", "bank", "10.96.0.1"}, {"pods.shop.svc.cluster.local", "shop", ""}, {"nobody.com", "shop", ""},
		{"api.com", "shop", "240.240.0.2"}, {"api.com", "bank", "240.240.0.1"}, {"api.com", "elsewhere", "240.240.0.3"},
		{"a.example.com", "shop", "240.240.0.4"}, {"a.b.example.com", "shop", "240.240.0.4"}, {"a.eu.example.com", "shop", "240.240.0.5"},
		{"example.com", "shop", ""}, {"hidden.com", "shop", "240.240.0.6"}, {"hidden.com", "bank", ""},
	} {
		if got, found := state.Resolve(c[0], c[1]); got != c[2] || found != (c[2] != "") {
			t.Errorf("%s for %s is %q", c[0], c[1], got)
		}
	}
}

func TestAddressesOfSeveralServices(t *testing.T) {
	state := stateOf(t, []string{
		named("own", "shop", `addresses: [{address: ip:10.1.0.1}]`), named("theirs", "bank", `addresses: [{address: ip:10.1.0.1}]`),
		named("wide", "shop", `addresses: [{address: ip:12.0.0.0, length: 8}, {address: ip:10.0.0.0, length: 8}, {address: ip:10.3.0.1}]`),
		named("narrow", "shop", `addresses: [{address: ip:10.1.0.0, length: 16}]`),
	}, nil)
	for _, c := range [][3]string{
		{"10.1.0.1", "shop", "own"}, {"10.1.0.1", "bank", "theirs"}, {"10.1.0.2", "shop", "narrow"}, {"10.2.0.1", "bank", "wide"}, {"11.0.0.1", "shop", ""},
		{"10.3.0.1", "shop", "wide"},
	} {
		if got := state.at(c[0], c[1]).GetHostname(); got != c[2] {
			t.Errorf("%s for %s is %q", c[0], c[1], got)
		}
	}
}
