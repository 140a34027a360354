package traffic

import (
	"strings"

	gateway "sigs.k8s.io/gateway-api/apis/v1"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// objectOf names the object that a route was made from. Of rules that come from HTTPRoutes istiod notes the host that they are about and
// their own names: given ones, or <namespace>.<route>.<index>.
func objectOf(c *cluster.Cluster, route envoy.Route) string {
	if !strings.Contains(route.By, "~") {
		return route.By
	}
	var sharing []*gateway.HTTPRoute
	for _, object := range c.Objects {
		found, isRoute := object.(*gateway.HTTPRoute)
		if isRoute && isOf(found, route.Name) {
			return title(found)
		}
		if isRoute && hasRule(found, route.Name) {
			sharing = append(sharing, found)
		}
	}
	host := route.By[strings.LastIndex(route.By, "~")+1:]
	for _, found := range sharing {
		if len(sharing) == 1 || isAbout(found, host) {
			return title(found)
		}
	}
	return ""
}

func title(route *gateway.HTTPRoute) string { return "HTTPRoute " + route.Namespace + "/" + route.Name }

func isOf(route *gateway.HTTPRoute, rule string) bool {
	index, found := strings.CutPrefix(rule, route.Namespace+"."+route.Name+".")
	return found && !strings.Contains(index, ".")
}

func hasRule(route *gateway.HTTPRoute, name string) bool {
	for _, rule := range route.Spec.Rules {
		if rule.Name != nil && string(*rule.Name) == name {
			return true
		}
	}
	return false
}

// isAbout: a route for the mesh is about the Services that are its parents, one for a gateway about its hostnames.
func isAbout(route *gateway.HTTPRoute, host string) bool {
	for _, hostname := range route.Spec.Hostnames {
		if string(hostname) == host {
			return true
		}
	}
	for _, parent := range route.Spec.ParentRefs {
		namespace := route.Namespace
		if parent.Namespace != nil {
			namespace = string(*parent.Namespace)
		}
		if string(parent.Name)+"."+namespace+".svc."+cluster.Domain == host {
			return true
		}
	}
	return false
}
