package envoy

import (
	"strconv"

	xdsmatcher "github.com/cncf/xds/go/xds/type/matcher/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// matchedChain walks the tree by which a waypoint finds the chain of the service that is called.
func (p *Proxy) matchedChain(listener *listenerv3.Listener, matcher *xdsmatcher.Matcher, seen hello) (*listenerv3.FilterChain, error) {
	name, err := p.walk(matcher, seen)
	if err != nil || name == "" {
		return nil, err
	}
	for _, chain := range listener.FilterChains {
		if chain.Name == name {
			return chain, nil
		}
	}
	return nil, ErrNoChain
}

// walk is the name of a chain, empty where nothing matches.
func (p *Proxy) walk(matcher *xdsmatcher.Matcher, seen hello) (string, error) {
	tree := matcher.GetMatcherTree()
	if tree == nil {
		return "", unknown("matcher", matcher.GetMatcherType())
	}
	found, err := p.branch(tree, seen)
	if err != nil {
		return "", err
	}
	name, err := p.follow(found, seen)
	if name != "" || err != nil {
		return name, err
	}
	return p.follow(matcher.OnNoMatch, seen)
}

func (p *Proxy) branch(tree *xdsmatcher.Matcher_MatcherTree, seen hello) (*xdsmatcher.Matcher_OnMatch, error) {
	input, exact := tree.GetInput().GetName(), tree.GetExactMatchMap()
	switch {
	case input == "ip" && tree.GetCustomMatch() != nil:
		ranges, err := decodeAs[*xdsmatcher.IPMatcher](p, tree.GetCustomMatch().GetTypedConfig())
		if err != nil {
			return nil, err
		}
		return inRanges(ranges, seen.address), nil
	case input == "port" && exact != nil:
		return exact.Map[strconv.Itoa(int(seen.port))], nil
	case input == "application-protocol" && exact != nil:
		return exact.Map["'"+seen.alpn+"'"], nil
	}
	return nil, unknown("matcher tree", tree)
}

// inRanges: of ranges that overlap, the narrowest.
func inRanges(matcher *xdsmatcher.IPMatcher, address string) *xdsmatcher.Matcher_OnMatch {
	found, narrowest := (*xdsmatcher.Matcher_OnMatch)(nil), -1
	for _, one := range matcher.RangeMatchers {
		for _, cidr := range one.Ranges {
			length := cidr.GetPrefixLen().GetValue()
			if int(length) > narrowest && contains(cidr.AddressPrefix, length, address) {
				found, narrowest = one.OnMatch, int(length)
			}
		}
	}
	return found
}

func (p *Proxy) follow(found *xdsmatcher.Matcher_OnMatch, seen hello) (string, error) {
	if found == nil {
		return "", nil
	}
	if inner := found.GetMatcher(); inner != nil {
		return p.walk(inner, seen)
	}
	name, err := decodeAs[*wrapperspb.StringValue](p, found.GetAction().GetTypedConfig())
	return name.GetValue(), err
}
