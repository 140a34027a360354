package traffic

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	gateway "sigs.k8s.io/gateway-api/apis/v1"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// requestRoute is an HTTPRoute or a GRPCRoute.
type requestRoute struct {
	kind, namespace, name string
	parents               []gateway.ParentReference
	hostnames             []gateway.Hostname
	rules                 []*gateway.SectionName
}

func requestRouteOf(object runtime.Object) (requestRoute, bool) {
	switch o := object.(type) {
	case *gateway.HTTPRoute:
		route := requestRoute{"HTTPRoute", o.Namespace, o.Name, o.Spec.ParentRefs, o.Spec.Hostnames, nil}
		for _, rule := range o.Spec.Rules {
			route.rules = append(route.rules, rule.Name)
		}
		return route, true
	case *gateway.GRPCRoute:
		route := requestRoute{"GRPCRoute", o.Namespace, o.Name, o.Spec.ParentRefs, o.Spec.Hostnames, nil}
		for _, rule := range o.Spec.Rules {
			route.rules = append(route.rules, rule.Name)
		}
		return route, true
	}
	return requestRoute{}, false
}

// objectOf names the object that a route was made from. Of rules that come from routes of the Gateway API istiod notes the host that they are
// about and their own names: given ones, or <namespace>.<route>.<index>.
func objectOf(c *cluster.Cluster, route envoy.Route) string {
	if !strings.Contains(route.By, "~") {
		return route.By
	}
	var sharing []requestRoute
	for _, object := range c.Objects {
		found, isRoute := requestRouteOf(object)
		if isRoute && found.isOf(route.Name) {
			return found.title()
		}
		if isRoute && found.hasRule(route.Name) {
			sharing = append(sharing, found)
		}
	}
	host := route.By[strings.LastIndex(route.By, "~")+1:]
	for _, found := range sharing {
		if len(sharing) == 1 || found.isAbout(host) {
			return found.title()
		}
	}
	return ""
}

func (r requestRoute) title() string { return r.kind + " " + r.namespace + "/" + r.name }

func (r requestRoute) isOf(rule string) bool {
	index, found := strings.CutPrefix(rule, r.namespace+"."+r.name+".")
	return found && !strings.Contains(index, ".")
}

func (r requestRoute) hasRule(name string) bool {
	return slices.ContainsFunc(r.rules, func(rule *gateway.SectionName) bool { return rule != nil && string(*rule) == name })
}

// isAbout: a route for the mesh is about the Services that are its parents, one for a gateway about its hostnames.
func (r requestRoute) isAbout(host string) bool {
	if slices.Contains(r.hostnames, gateway.Hostname(host)) {
		return true
	}
	return slices.ContainsFunc(r.parents, func(parent gateway.ParentReference) bool {
		namespace := r.namespace
		if parent.Namespace != nil {
			namespace = string(*parent.Namespace)
		}
		return string(parent.Name)+"."+namespace+".svc."+cluster.Domain == host
	})
}
