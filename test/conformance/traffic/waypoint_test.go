package traffic

import "testing"

func TestDenyAllAndTheWaypoint(t *testing.T) {
	pick := []question{{"web", item(web, theCart), ""}, {"web past the Service", item(web, aPod), ""}}
	asking := func(service, pod string) []question {
		pick[0].want, pick[1].want = service, pod
		return pick
	}
	const byAll = "out shop/deny-all at ztunnel shop/cart-v1 (authorization)"
	const ofMesh = "out istio-system/deny-all at ztunnel shop/cart-v1 (authorization)"
	class := inRoot(policy("of-class", `targetRefs: [{kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint}]`))
	inWorld(t, "the waypoint does not see it, ztunnel denies", shop(behindWaypoint, waypoint, denyAll), asking(byAll, byAll))
	inWorld(t, "nor that of the mesh", shop(behindWaypoint, waypoint, inRoot(denyAll)), asking(ofMesh, ofMesh))
	inWorld(t, "an ALLOW for the waypoint opens the workload again", shop(behindWaypoint, waypoint, denyAll, p2),
		asking("in shop/p2", "out shop/deny-all, shop/p2 at ztunnel shop/cart-v1 (authorization)"))
	inWorld(t, "without rules on the waypoint it shuts every service, and no pod", shop(behindWaypoint, waypoint, waypointDenies),
		asking("out shop/waypoint-deny-all at waypoint shop/waypoint (authorization)", "in"))
	inWorld(t, "without rules on the class, too", shop(behindWaypoint, waypoint, class),
		asking("out istio-system/of-class at waypoint shop/waypoint (authorization)", "in"))
	inWorld(t, "P1 opens one of the services", shop(behindWaypoint, waypoint, waypointDenies, p1, versions), []question{
		{"the service with P1", item(web, theCart), "in shop/p1"},
		{"what P1 does not say", get(web, theCart, "/admin"), "out shop/p1, shop/waypoint-deny-all at waypoint shop/waypoint (authorization)"},
		{"a service without a policy", item(web, at("cart-v1")), "out shop/waypoint-deny-all at waypoint shop/waypoint (authorization)"},
	})
	inWorld(t, "the sound set", shop(behindWaypoint, waypoint, waypointDenies, denyAll, strict, p1, p2, versions), []question{
		{"what P1 says", item(web, theCart), "in shop/p1"},
		{"past the Service", item(web, aPod), "out shop/deny-all, shop/p2 at ztunnel shop/cart-v1 (authorization)"},
		{"a service without a policy", item(web, at("cart-v1")), "out shop/waypoint-deny-all at waypoint shop/waypoint (authorization)"},
	})
}

// What P2 and STRICT are worth, for each kind of client.
func TestP1NeedsP2(t *testing.T) {
	const p1Refuses, p2Refuses = "out shop/p1 at waypoint shop/waypoint (authorization)", "out shop/p2 at ztunnel shop/cart-v1 (authorization)"
	const strictRefuses = "out PeerAuthentication shop/default at ztunnel shop/cart-v1 (mtls)"
	clients := []question{
		{"web reads an item", item(web, theCart), ""}, {"web writes", Request{From: web, To: theCart, Method: "POST", Path: "/items/1"}, ""},
		{"web reads what P1 does not say", get(web, theCart, "/admin"), ""}, {"somebody else", item(other, theCart), ""},
		{"web past the Service", item(web, aPod), ""}, {"somebody else past the Service", item(other, aPod), ""},
		{"plaintext to the Service", item(nobody, theCart), ""}, {"plaintext to the pod", item(nobody, aPod), ""},
		{"a sidecar", item(sidecarWeb, theCart), ""}, {"a sidecar to a path of its own", get(sidecarWeb, theCart, "/admin"), ""},
	}
	worlds := []struct {
		name  string
		extra []string
		want  [10]string
	}{
		{"with both", []string{p1, p2, strict}, [10]string{
			"in shop/p1", p1Refuses, p1Refuses, p1Refuses, p2Refuses, p2Refuses, strictRefuses, strictRefuses, p2Refuses, p2Refuses}},
		{"without P2 there are ways round", []string{p1, strict}, [10]string{
			"in shop/p1", p1Refuses, p1Refuses, p1Refuses, "in", "in", strictRefuses, strictRefuses, "in", "in"}},
		{"P2 refuses plaintext, too", []string{p1, p2}, [10]string{
			"in shop/p1", p1Refuses, p1Refuses, p1Refuses, p2Refuses, p2Refuses, p2Refuses, p2Refuses, p2Refuses, p2Refuses}},
		{"without either plaintext passes", []string{p1}, [10]string{"in shop/p1", p1Refuses, p1Refuses, p1Refuses, "in", "in", "in", "in", "in", "in"}},
	}
	for _, world := range worlds {
		for index := range clients {
			clients[index].want = world.want[index]
		}
		inWorld(t, world.name, shop(behindWaypoint, append(world.extra, waypoint)...), clients)
	}
}

func TestTheWaypointGoesOnUnderItsOwnName(t *testing.T) {
	answers := asked(t, shop(behindWaypoint, waypoint, p1, p2), item(web, theCart), item(sidecarWeb, theCart), item(nobody, theCart))
	for index, want := range []string{
		"waypoint shop/waypoint HBONE shop/sa/web, ztunnel shop/cart-v1 HBONE shop/sa/waypoint",
		"ztunnel shop/cart-v1 HBONE shop/sa/web",
		"ztunnel shop/cart-v1 plaintext",
	} {
		if got := path(answers[index]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestWaysRoundP1ThatP2LeavesOpen(t *testing.T) {
	const p1Refuses, p2Refuses = "out shop/p1 at waypoint shop/waypoint (authorization)", "out shop/p2 at ztunnel shop/cart-v1 (authorization)"
	inWorld(t, "another Service over the same pods", shop(behindWaypoint, waypoint, p1, p2, versions), []question{
		{"with a policy", item(other, theCart), p1Refuses}, {"without", item(other, at("cart-v1")), "in shop/p2"},
	})
	alias := service("alias", `istio.io/use-waypoint: none`, `selector: {app: cart}, ports: [{name: http, port: 8080}]`)
	inWorld(t, "another Service without a waypoint", shop(behindWaypoint, waypoint, p1, p2, alias), []question{
		{"somebody else", item(other, at("alias")), p2Refuses},
	})
	for _, kinds := range []string{"all", "workload"} {
		inWorld(t, "a waypoint for "+kinds, shop(behindWaypoint, waypointFor(kinds), p1, p2), []question{
			{"past the Service", item(other, aPod), "in shop/p2"},
		})
	}
	inWorld(t, "a waypoint for all that denies", shop(behindWaypoint, waypointFor("all"), p1, p2, waypointDenies), []question{
		{"past the Service", item(other, aPod), "out shop/waypoint-deny-all at waypoint shop/waypoint (authorization)"},
	})
	headless := service("pods", ``, `clusterIP: None, selector: {app: cart}, ports: [{name: http, port: 8080}]`)
	inWorld(t, "a headless Service is never behind it", shop(behindWaypoint, waypoint, p1, p2, headless), []question{
		{"web", item(web, at("pods")), p2Refuses},
	})
	inWorld(t, "a waypoint that nobody made is none", shop(behindWaypoint, p1), []question{{"other", item(other, theCart), "in"}})
}

// A waypoint knows the Service's port, a sidecar the pod's.
func TestPortsOfPolicies(t *testing.T) {
	front := service("front", ``, `selector: {app: cart}, ports: [{name: http, port: 80, targetPort: 8080}]`)
	of := func(port string) string { return `rules: [{to: [{operation: {ports: ["` + port + `"]}}]}]` }
	onFront := `targetRefs: [{kind: Service, group: "", name: front}], `
	to := Target{Host: at("front").Host, Port: 80}
	const byWaypoint, bySidecar = "out shop/p at waypoint shop/waypoint (authorization)", "out shop/p at sidecar shop/cart-v1 (authorization)"
	for _, one := range []struct {
		name      string
		manifests []string
		want      string
	}{
		{"the Service's at a waypoint", shop(behindWaypoint, waypoint, front, policy("p", onFront+of("80"))), "in shop/p"},
		{"the pod's at a waypoint", shop(behindWaypoint, waypoint, front, policy("p", onFront+of("8080"))), byWaypoint},
		{"the Service's at a sidecar", shop(sidecars, front, policy("p", onPods+of("80"))), bySidecar},
		{"the pod's at a sidecar", shop(sidecars, front, policy("p", onPods+of("8080"))), "in shop/p"},
		{"the pod's at ztunnel", shop(ambient, front, policy("p", onPods+of("8080"))), "in shop/p"},
	} {
		inWorld(t, one.name, one.manifests, []question{{"web", item(web, to), one.want}})
	}
}
