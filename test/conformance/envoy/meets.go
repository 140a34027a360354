package envoy

import listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"

// Meets is the filter chain that a listener has for a connection.
func (p *Proxy) Meets(listener *listenerv3.Listener, connection Connection) (*listenerv3.FilterChain, error) {
	return p.chain(listener, connection)
}
