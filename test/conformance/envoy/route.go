package envoy

import (
	"slices"
	"strings"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	tcpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	"google.golang.org/protobuf/types/known/durationpb"
)

// Route is where a proxy sends a request on to, and on what terms.
type Route struct {
	// Clusters is empty where the proxy answers by itself.
	Clusters []WeightedCluster
	// Blocked says that the proxy knows no such host.
	Blocked bool
	// Name is the rule's; By is the object that it was made from, where `~` is in the names of those that istiod makes of others.
	Name, By string
	Timeout  string
	Retries  *Retries
	Fault    *Fault
	// Upgrade is the protocol that a request asks for in place of HTTP, where the proxy lets it go over to that.
	Upgrade string
	// Shape is nil where requests and answers stay as they are.
	Shape *Shape
	// Mirrors are where copies go, each with its share of the requests.
	Mirrors []WeightedCluster
	// Hash is what requests that go to one endpoint have in common, such as `header x-user`.
	Hash string
}

// WeightedCluster takes its share of the whole.
type WeightedCluster struct {
	Name  string
	Share float64
}

// Retries is when and how often a proxy tries again.
type Retries struct {
	Attempts      uint32   `json:"attempts"`
	PerTryTimeout string   `json:"perTryTimeout,omitempty"`
	On            []string `json:"on"`
	Codes         []uint32 `json:"codes,omitempty"`
	Backoff       string   `json:"backoff,omitempty"`
	// OtherHosts: each try goes to an endpoint that was not tried before; OtherLocalities: to a locality that was not.
	OtherHosts      bool `json:"otherHosts,omitempty"`
	OtherLocalities bool `json:"otherLocalities,omitempty"`
}

// defaultTimeout is Envoy's, where a route says nothing.
const defaultTimeout = "15s"

func tcpRoute(proxy *tcpv3.TcpProxy) (Route, error) {
	weighted := proxy.GetWeightedClusters()
	if weighted == nil {
		return Route{Clusters: []WeightedCluster{{proxy.GetCluster(), 1}}}, nil
	}
	clusters := make([]WeightedCluster, len(weighted.Clusters))
	for index, one := range weighted.Clusters {
		clusters[index] = WeightedCluster{one.Name, float64(one.Weight)}
	}
	clusters, err := shares(clusters)
	return Route{Clusters: clusters}, err
}

// shares makes parts of weights, which Envoy wants to add up to something.
func shares(clusters []WeightedCluster) ([]WeightedCluster, error) {
	total := 0.0
	for _, one := range clusters {
		total += one.Share
	}
	if total == 0 {
		return nil, unknown("clusters without weight", clusters)
	}
	for index := range clusters {
		clusters[index].Share /= total
	}
	return clusters, nil
}

// httpRoute: the virtual host closest to the host, then the first rule that matches.
func (p *Proxy) httpRoute(configuration *routev3.RouteConfiguration, request *Request) (Route, error) {
	host := virtualHost(configuration, request.Host)
	if host == nil {
		return Route{Blocked: true}, nil
	}
	if host.GetMatcher() != nil || host.GetRequireTls() == routev3.VirtualHost_EXTERNAL_ONLY {
		return Route{}, unknown("virtual host", host)
	}
	if host.GetRequireTls() == routev3.VirtualHost_ALL && !request.Secure {
		location := "https://" + request.Host + request.Path
		return Route{By: "virtual host " + host.Name, Shape: &Shape{Status: 301, Location: location}}, nil
	}
	for _, rule := range host.Routes {
		matches, err := matchRoute(rule.GetMatch(), request)
		if err != nil {
			return Route{}, err
		}
		if !matches {
			continue
		}
		route, err := action(rule, request)
		route.Blocked = host.Name == "block_all"
		for _, one := range []level{configuration, host, rule} {
			if err == nil {
				err = p.adjust(&route, one, request)
			}
		}
		route.answerPreflight()
		return route, err
	}
	return Route{Blocked: host.Name == "block_all"}, nil
}

func action(rule *routev3.Route, request *Request) (Route, error) {
	route := Route{Name: rule.Name, By: origin(rule)}
	forward := rule.GetRoute()
	if forward == nil {
		return route, route.answer(rule, request)
	}
	if forward.GetInternalRedirectPolicy() != nil {
		return route, unknown("internal redirect", forward)
	}
	if err := route.rewrite(rule.GetMatch(), forward, request); err != nil {
		return route, err
	}
	mirrors, err := mirrorsOf(forward)
	if err != nil {
		return route, err
	}
	route.Mirrors = mirrors
	route.Timeout = defaultTimeout
	if forward.Timeout != nil {
		route.Timeout = duration(forward.Timeout)
	}
	route.Retries = retries(forward.GetRetryPolicy())
	route.Hash = hashOf(forward.GetHashPolicy())
	switch specifier := forward.GetClusterSpecifier().(type) {
	case *routev3.RouteAction_Cluster:
		route.Clusters = []WeightedCluster{{specifier.Cluster, 1}}
		return route, nil
	case *routev3.RouteAction_WeightedClusters:
		clusters, err := weightedClusters(specifier.WeightedClusters)
		route.Clusters = clusters
		return route, err
	}
	return route, unknown("cluster specifier", forward.GetClusterSpecifier())
}

func weightedClusters(weighted *routev3.WeightedCluster) ([]WeightedCluster, error) {
	if weighted.GetRandomValueSpecifier() != nil {
		return nil, unknown("weights", weighted)
	}
	clusters := make([]WeightedCluster, len(weighted.Clusters))
	for index, one := range weighted.Clusters {
		if one.GetHostRewriteSpecifier() != nil || one.GetClusterHeader() != "" || len(one.GetTypedPerFilterConfig()) > 0 || changesRequest(one) {
			return nil, unknown("weighted cluster", one)
		}
		clusters[index] = WeightedCluster{one.Name, float64(one.GetWeight().GetValue())}
	}
	return shares(clusters)
}

func retries(policy *routev3.RetryPolicy) *Retries {
	if policy == nil {
		return nil
	}
	on := strings.FieldsFunc(policy.RetryOn, func(r rune) bool { return r == ',' })
	slices.Sort(on)
	attempts := uint32(1)
	if policy.NumRetries != nil {
		attempts = policy.NumRetries.Value
	}
	return &Retries{
		Attempts:        attempts,
		PerTryTimeout:   duration(policy.GetPerTryTimeout()),
		On:              on,
		Codes:           policy.GetRetriableStatusCodes(),
		Backoff:         duration(policy.GetRetryBackOff().GetBaseInterval()),
		OtherHosts:      len(policy.GetRetryHostPredicate()) > 0,
		OtherLocalities: policy.GetRetryPriority() != nil,
	}
}

// hashOf is of the first policy: istiod writes one.
func hashOf(policies []*routev3.RouteAction_HashPolicy) string {
	for _, policy := range policies {
		switch specifier := policy.GetPolicySpecifier().(type) {
		case *routev3.RouteAction_HashPolicy_Header_:
			return "header " + specifier.Header.HeaderName
		case *routev3.RouteAction_HashPolicy_Cookie_:
			cookie := specifier.Cookie
			return strings.Join(strings.Fields("cookie "+cookie.Name+" "+duration(cookie.Ttl)+" "+cookie.Path), " ")
		case *routev3.RouteAction_HashPolicy_QueryParameter_:
			return "query " + specifier.QueryParameter.Name
		case *routev3.RouteAction_HashPolicy_ConnectionProperties_:
			return "source address"
		}
	}
	return ""
}

// duration is as users write it; nothing for none.
func duration(value *durationpb.Duration) string {
	if value.AsDuration() == 0 {
		return ""
	}
	text := value.AsDuration().String()
	for _, unit := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, unit) {
			text = strings.TrimSuffix(text, unit[1:])
		}
	}
	return text
}

// origin reads the object out of what istiod notes on every route that it makes from one.
func origin(rule *routev3.Route) string {
	note := rule.GetMetadata().GetFilterMetadata()["istio"].GetFields()["config"].GetStringValue()
	parts := strings.Split(note, "/")
	if len(parts) < 3 || parts[len(parts)-2] != "virtual-service" {
		return ""
	}
	return "VirtualService " + parts[len(parts)-3] + "/" + parts[len(parts)-1]
}
