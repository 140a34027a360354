package cluster

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	discoveryv1 "k8s.io/api/discovery/v1"
)

func TestEndpointsHaveThePortsOfTheirOwnPods(t *testing.T) {
	c := made(t, nil, cart, workload("Deployment", "order", `labels: {app: order}`, ``, ``), service("manual", `ports: [{name: http, port: 80}]`))
	slices := objectsOf[*discoveryv1.EndpointSlice](c)
	if len(slices) != 2 {
		t.Fatalf("got %v", slices)
	}
	for name, want := range map[string]string{
		"shop/cart.cart-v1": "10.244.0.2 cart-v1-0, 10.244.0.3 cart-v1-1: http 8080, tcp 81",
		"shop/cart.cart-v2": "10.244.0.4 cart-v2-0: http 9090, tcp 81",
	} {
		if got := describe(slices[name]); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

func describe(slice *discoveryv1.EndpointSlice) string {
	var endpoints, ports []string
	for _, one := range slice.Endpoints {
		endpoints = append(endpoints, one.Addresses[0]+" "+one.TargetRef.Name)
	}
	for _, port := range slice.Ports {
		ports = append(ports, fmt.Sprint(*port.Name, " ", *port.Port))
	}
	return strings.Join(endpoints, ", ") + ": " + strings.Join(ports, ", ")
}

func TestNetwork(t *testing.T) {
	c := made(t, nil, cart)
	vip := c.Services[0].Spec.ClusterIP
	cases := []struct {
		address   string
		port      uint32
		want      []Backend
		isService bool
	}{
		{vip, 80, []Backend{{"10.244.0.2", 8080}, {"10.244.0.3", 8080}, {"10.244.0.4", 9090}}, true},
		{vip, 81, []Backend{{"10.244.0.2", 81}, {"10.244.0.3", 81}, {"10.244.0.4", 81}}, true},
		{vip, 82, nil, true}, {vip, 8080, nil, true}, {"10.244.0.2", 8080, nil, false},
	}
	for _, one := range cases {
		if got, isService := c.Backends(one.address, one.port); !slices.Equal(got, one.want) || isService != one.isService {
			t.Errorf("%s:%d leads to %v, %v", one.address, one.port, got, isService)
		}
	}
}

func TestDNS(t *testing.T) {
	c := made(t, nil, cart, service("pods", `clusterIP: None, selector: {app: cart}`), service("empty", `clusterIP: None, selector: {app: nobody}`),
		service("own", `clusterIP: 10.96.7.7`), service("alias", `type: ExternalName, externalName: cart.shop.svc.cluster.local`),
		service("outside", `type: ExternalName, externalName: api.example.com`))
	for name, want := range map[string][]string{
		"cart.shop.svc.cluster.local": {"10.96.0.2"}, "own.shop.svc.cluster.local": {"10.96.7.7"}, "alias.shop.svc.cluster.local": {"10.96.0.2"},
		"pods.shop.svc.cluster.local": {"10.244.0.2", "10.244.0.3", "10.244.0.4"}, "empty.shop.svc.cluster.local": nil,
		"api.example.com": {internet}, "outside.shop.svc.cluster.local": {internet},
	} {
		if got, err := c.Resolve(name); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is %v, %v", name, got, err)
		}
	}
	for _, name := range []string{"cart", "cart.shop", "cart.shop.svc", ""} {
		if got, err := c.Resolve(name); err == nil {
			t.Errorf("%q is %v", name, got)
		}
	}
}

func entry(name, hosts, labels, spec string) string {
	return `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: ` + name + `, namespace: shop, labels: {` + labels +
		`}}, spec: {hosts: [` +
		hosts + `], ` + spec + `}}`
}

func TestHostsOutsideGetAddressesAsIstiodGivesThem(t *testing.T) {
	c := made(t, nil, entry("two", `a.com, b.com`, ``, `resolution: DNS`), entry("own", `c.com`, ``, `resolution: DNS, addresses: [1.2.3.4]`),
		entry("none", `d.com`, ``, `resolution: NONE`),
		entry("unwanted", `e.com`, `networking.istio.io/enable-autoallocate-ip: "False"`, `resolution: DNS`),
		entry("wild", `"*.f.com"`, ``, `resolution: NONE`), entry("wild-dns", `"*.g.com"`, ``, `resolution: DYNAMIC_DNS`),
		entry("wilder", `"*.h.com"`, ``, `resolution: DNS`))
	got := map[string]string{}
	for _, one := range c.Entries {
		for _, address := range one.Status.Addresses {
			got[address.Host] = address.Value
		}
	}
	if want := map[string]string{"a.com": "240.240.0.2", "b.com": "240.240.0.3", "*.g.com": "240.240.0.4"}; !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestWhatIsDeclaredOfHosts(t *testing.T) {
	c := made(t, nil,
		service("web", `ports: [{name: http, port: 80}, {name: https-web, port: 8443}, {name: a, port: 9, appProtocol: tls},
			{name: https-b, port: 10, appProtocol: http}, {port: 443}]`),
		entry("api", `api.com`, ``, `ports: [{number: 443, name: a, protocol: HTTP}, {number: 8443, name: b, protocol: HTTPS}]`),
		entry("wild", `"*.wild.com"`, ``, `ports: [{number: 8443, name: b, protocol: TLS}]`),
		entry("exact", `exact.wild.com`, ``, `ports: [{number: 8443, name: b, protocol: TCP}]`))
	const web = "web.shop.svc.cluster.local"
	cases := []struct {
		host   string
		port   uint32
		isTLS  bool
		inMesh bool
	}{
		{web, 80, false, true}, {web, 8443, true, true}, {web, 9, true, true}, {web, 10, false, true}, {web, 443, false, true}, {web, 1, false, true},
		{"api.com", 443, false, true}, {"api.com", 8443, true, true}, {"a.wild.com", 8443, true, true}, {"exact.wild.com", 8443, false, true},
		{"wild.com", 8443, false, false}, {"other.com", 443, true, false}, {"other.com", 80, false, false}, {"", 443, false, false},
	}
	for _, one := range cases {
		if got := c.SpeaksTLS(one.host, one.port); got != one.isTLS {
			t.Errorf("%s:%d speaks TLS: %v", one.host, one.port, got)
		}
		if got := c.IsOfMesh(one.host); got != one.inMesh {
			t.Errorf("%s is of the mesh: %v", one.host, got)
		}
	}
}
