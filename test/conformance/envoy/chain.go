package envoy

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
)

// ErrNoChain means that a listener has nothing for such a connection, and closes it.
var ErrNoChain = errors.New("no filter chain matches")

// ErrNoCertificate means that the chain which matches wants a certificate of the client, and closes the connection without one.
var ErrNoCertificate = fmt.Errorf("%w without a certificate", ErrNoChain)

// chain picks the filter chain for a connection.
func (p *Proxy) chain(listener *listenerv3.Listener, connection Connection) (*listenerv3.FilterChain, error) {
	if listener == nil {
		return nil, errors.New("the proxy has no such listener")
	}
	found, err := p.matchingChain(listener, connection)
	if err != nil {
		return nil, err
	}
	if found == nil {
		found = listener.DefaultFilterChain
	}
	if found == nil {
		return nil, ErrNoChain
	}
	return found, p.handshake(found, connection)
}

// matchingChain is nil where none matches.
func (p *Proxy) matchingChain(listener *listenerv3.Listener, connection Connection) (*listenerv3.FilterChain, error) {
	seen := inspect(listener, connection)
	if matcher := listener.GetFilterChainMatcher(); matcher != nil {
		return p.matchedChain(listener, matcher, seen)
	}
	chains := listener.FilterChains
	for _, chain := range chains {
		if asksForSource(chain.FilterChainMatch) {
			return nil, unknown("filter chain match", chain.FilterChainMatch)
		}
	}
	for _, rank := range criteria {
		chains = closest(chains, func(chain *listenerv3.FilterChain) int { return rank(chain.GetFilterChainMatch(), seen) })
	}
	switch len(chains) {
	case 0:
		return nil, nil
	case 1:
		return chains[0], nil
	}
	return nil, unknown("filter chains for one connection", len(chains))
}

func asksForSource(match *listenerv3.FilterChainMatch) bool {
	return match.GetSourceType() != listenerv3.FilterChainMatch_ANY || match.GetAddressSuffix() != "" ||
		len(match.GetSourcePrefixRanges())+len(match.GetSourcePorts())+len(match.GetDirectSourcePrefixRanges()) > 0
}

// hello is what a listener knows of a connection before it picks a filter chain.
type hello struct {
	address, alpn, sni string
	port               uint32
	isTLS              bool
}

// inspect: TLS is noticed by one inspector, HTTP by another, and each may be switched off for a port.
func inspect(listener *listenerv3.Listener, connection Connection) hello {
	seen := hello{address: connection.Address, port: connection.Port}
	isTLS := connection.MTLS || connection.TLS
	if isTLS && inspects(listener, "envoy.filters.listener.tls_inspector", connection.Port) {
		seen.isTLS, seen.alpn, seen.sni = true, connection.ALPN, connection.SNI
	}
	if !isTLS && inspects(listener, "envoy.filters.listener.http_inspector", connection.Port) {
		seen.alpn = "http/1.1"
	}
	return seen
}

func inspects(listener *listenerv3.Listener, name string, port uint32) bool {
	return slices.ContainsFunc(listener.ListenerFilters, func(filter *listenerv3.ListenerFilter) bool {
		return filter.Name == name && !disabledOn(filter.FilterDisabled, port)
	})
}

func disabledOn(predicate *listenerv3.ListenerFilterChainMatchPredicate, port uint32) bool {
	isDisabled := func(one *listenerv3.ListenerFilterChainMatchPredicate) bool { return disabledOn(one, port) }
	switch rule := predicate.GetRule().(type) {
	case *listenerv3.ListenerFilterChainMatchPredicate_OrMatch:
		return slices.ContainsFunc(rule.OrMatch.Rules, isDisabled)
	case *listenerv3.ListenerFilterChainMatchPredicate_AndMatch:
		return !slices.ContainsFunc(rule.AndMatch.Rules, func(one *listenerv3.ListenerFilterChainMatchPredicate) bool { return !isDisabled(one) })
	case *listenerv3.ListenerFilterChainMatchPredicate_NotMatch:
		return !isDisabled(rule.NotMatch)
	case *listenerv3.ListenerFilterChainMatchPredicate_DestinationPortRange:
		span := rule.DestinationPortRange
		return int32(port) >= span.Start && int32(port) < span.End
	case *listenerv3.ListenerFilterChainMatchPredicate_AnyMatch:
		return rule.AnyMatch
	}
	return false
}

// handshake refuses plaintext where a certificate is wanted, and mesh certificates where nobody looks at them.
func (p *Proxy) handshake(chain *listenerv3.FilterChain, connection Connection) error {
	if chain.TransportSocket == nil {
		if connection.MTLS {
			return ErrNoChain
		}
		return nil
	}
	context, err := decodeAs[*tlsv3.DownstreamTlsContext](p, chain.TransportSocket.GetTypedConfig())
	if err != nil {
		return err
	}
	if connection.MTLS {
		// A proxy of the mesh goes on with nobody but one whose certificate is of the mesh too.
		if !isOfMesh(context.GetCommonTlsContext()) {
			return ErrNoChain
		}
		return nil
	}
	if !connection.TLS {
		return ErrNoChain
	}
	if context.GetRequireClientCertificate().GetValue() && !connection.ShowsCertificate {
		return ErrNoCertificate
	}
	return nil
}

// criteria are the steps by which Envoy narrows filter chains, in its order. Each ranks a chain: 0 where it does not ask, more the closer
// it matches, and negative where it asks for something else.
var criteria = []func(*listenerv3.FilterChainMatch, hello) int{
	func(match *listenerv3.FilterChainMatch, seen hello) int {
		return oneOf(match.GetDestinationPort() != nil, match.GetDestinationPort().GetValue() == seen.port)
	},
	func(match *listenerv3.FilterChainMatch, seen hello) int {
		return closestRange(match.GetPrefixRanges(), seen.address)
	},
	func(match *listenerv3.FilterChainMatch, seen hello) int {
		return closestName(match.GetServerNames(), seen.sni)
	},
	func(match *listenerv3.FilterChainMatch, seen hello) int {
		return oneOf(match.GetTransportProtocol() != "", (match.GetTransportProtocol() == "tls") == seen.isTLS)
	},
	func(match *listenerv3.FilterChainMatch, seen hello) int {
		return oneOf(len(match.GetApplicationProtocols()) > 0, slices.Contains(match.GetApplicationProtocols(), seen.alpn))
	},
}

// closest keeps the items of the highest rank, and none whose rank is negative.
func closest[T any](items []T, rankOf func(T) int) []T {
	best, kept := 0, []T(nil)
	for _, item := range items {
		rank := rankOf(item)
		if rank > best {
			best, kept = rank, nil
		}
		if rank == best {
			kept = append(kept, item)
		}
	}
	return kept
}

func oneOf(asks, matches bool) int {
	switch {
	case !asks:
		return 0
	case matches:
		return 1
	}
	return -1
}

func closestRange(ranges []*corev3.CidrRange, address string) int {
	best := oneOf(len(ranges) > 0, false)
	for _, one := range ranges {
		if contains(one.AddressPrefix, one.GetPrefixLen().GetValue(), address) {
			best = max(best, int(one.GetPrefixLen().GetValue())+1)
		}
	}
	return best
}

func inRange(cidr *corev3.CidrRange, address string) bool {
	return contains(cidr.AddressPrefix, cidr.GetPrefixLen().GetValue(), address)
}

func contains(network string, length uint32, address string) bool {
	start, err := netip.ParseAddr(network)
	target, failed := netip.ParseAddr(address)
	return err == nil && failed == nil && netip.PrefixFrom(start, int(length)).Contains(target)
}

func closestName(names []string, sni string) int {
	best := oneOf(len(names) > 0, false)
	for _, name := range names {
		suffix, isWildcard := strings.CutPrefix(name, "*")
		switch {
		case name == sni:
			return 1000
		case isWildcard && strings.HasSuffix(sni, suffix):
			best = max(best, len(name))
		}
	}
	return best
}
