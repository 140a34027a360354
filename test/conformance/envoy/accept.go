package envoy

import (
	"slices"

	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	extauthv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/ext_authz/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	rbacnetworkv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	tcpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
)

// Outcome is what a proxy does with a connection.
type Outcome struct {
	Allowed bool
	// By is who had a say: policies, or the filter for tokens.
	By []string
	// HTTP says that the proxy read requests.
	HTTP bool
	// Route is where the connection or request goes on to.
	Route Route
	// Onward is what goes on.
	Onward Connection
	// Asks is whom the proxy asks whether the request may pass.
	Asks []string
	// Would is what policies note that decide nothing.
	Would []Would
	// Limits are those that the request meets, in their order.
	Limits []Limit

	// marked is the rule by which an authorizer has to be asked.
	marked string
}

// What these filters do changes neither where a request goes nor whether it may.
var bystanders = []string{
	"istio.metadata_exchange", "connect_authority", "set_dst_address", "istio.stats", "waypoint_upstream_peer_metadata",
	"waypoint_downstream_peer_metadata", "envoy.filters.network.metadata_exchange", "envoy.filters.network.mongo_proxy",
	"envoy.filters.http.grpc_stats", "envoy.filters.http.grpc_web", "envoy.filters.http.router",
	"istio.alpn", "envoy.filters.http.alpn", "istio_authn", "istio.metadata_exchange.http", "istio.waypoint.xfcc_client_identity",
}

// Accept runs a connection through the filter chain that a listener has for it.
func (p *Proxy) Accept(listener *listenerv3.Listener, connection Connection) (Outcome, error) {
	outcome := Outcome{Allowed: true, Onward: connection}
	chain, err := p.chain(listener, connection)
	if err != nil {
		return outcome, err
	}
	outcome.decrypt(chain)
	for _, filter := range chain.Filters {
		if slices.Contains(bystanders, filter.Name) {
			continue
		}
		isLast, err := p.filter(filter, &outcome)
		if isLast || err != nil {
			return outcome, err
		}
	}
	return outcome, unknown("filter chain that leads nowhere", chain.Name)
}

// decrypt takes off the outermost encryption, where the chain ends it.
func (o *Outcome) decrypt(chain *listenerv3.FilterChain) {
	switch {
	case chain.TransportSocket == nil:
	case o.Onward.MTLS:
		o.Onward.MTLS = false
	default:
		o.Onward.TLS = false
		request := *o.Onward.HTTP
		request.Secure = true
		o.Onward.HTTP = &request
	}
}

// filter says whether the filter was the last one.
func (p *Proxy) filter(filter *listenerv3.Filter, o *Outcome) (bool, error) {
	config, err := p.decode(filter.GetTypedConfig())
	if err != nil {
		return true, err
	}
	switch config := config.(type) {
	case *rbacnetworkv3.RBAC:
		if config.GetMatcher() != nil {
			return true, unknown("policy matcher", config)
		}
		about := subject{proxy: p, connection: o.Onward, remote: o.Onward.Source}
		if err := o.shadowOfBytes(config, about); err != nil {
			return true, err
		}
		err := o.ask(config.GetRules(), about)
		return !o.Allowed, err
	case *extauthv3.ExtAuthz:
		err := p.authorizerOfBytes(config, o)
		return !o.Allowed, err
	case *hcmv3.HttpConnectionManager:
		o.HTTP = true
		return true, p.requests(config, o)
	case *tcpv3.TcpProxy:
		o.Route, err = tcpRoute(config)
		return true, err
	}
	return true, unknown("network filter", filter.Name)
}

// ask puts a question to one filter.
func (o *Outcome) ask(rules *rbacv3.RBAC, s subject) error {
	if rules == nil {
		return nil
	}
	verdict, err := decide(rules, s)
	if err != nil {
		return err
	}
	if len(verdict.By) > 0 || !verdict.Allowed {
		o.By = verdict.By
	}
	o.Allowed = verdict.Allowed
	return nil
}
