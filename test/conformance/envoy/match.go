package envoy

import (
	"net"
	"strings"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

func matchRoute(match *routev3.RouteMatch, request *Request) (bool, error) {
	if match.GetRuntimeFraction() != nil || match.GetGrpc() != nil || match.GetTlsContext() != nil || len(match.GetFilterState()) > 0 {
		return false, unknown("route match", match)
	}
	matches, err := matchPath(match, request)
	if !matches || err != nil {
		return false, err
	}
	matches, err = allOf(match.GetHeaders(), func(header *routev3.HeaderMatcher) (bool, error) { return matchHeader(header, request) })
	if !matches || err != nil {
		return false, err
	}
	matches, err = allOf(match.GetQueryParameters(), func(one *routev3.QueryParameterMatcher) (bool, error) { return matchParameter(one, request) })
	if !matches || err != nil {
		return false, err
	}
	return allOf(match.GetDynamicMetadata(), func(one *matcherv3.MetadataMatcher) (bool, error) { return matchClaim(one, request.claims) })
}

func matchPath(match *routev3.RouteMatch, request *Request) (bool, error) {
	path, fold := pathOf(request), func(text string) string { return text }
	if match.GetCaseSensitive() != nil && !match.GetCaseSensitive().GetValue() {
		fold = strings.ToLower
	}
	switch specifier := match.GetPathSpecifier().(type) {
	case *routev3.RouteMatch_Prefix:
		return strings.HasPrefix(fold(path), fold(specifier.Prefix)), nil
	case *routev3.RouteMatch_Path:
		return fold(path) == fold(specifier.Path), nil
	case *routev3.RouteMatch_PathSeparatedPrefix:
		rest, found := strings.CutPrefix(fold(path), fold(specifier.PathSeparatedPrefix))
		return found && (rest == "" || rest[0] == '/'), nil
	case *routev3.RouteMatch_SafeRegex:
		return fullMatch(specifier.SafeRegex.GetRegex(), path)
	}
	return false, unknown("path match", match.GetPathSpecifier())
}

func matchParameter(matcher *routev3.QueryParameterMatcher, request *Request) (bool, error) {
	value, present := request.parameter(matcher.Name)
	switch specifier := matcher.GetQueryParameterMatchSpecifier().(type) {
	case nil:
		return present, nil
	case *routev3.QueryParameterMatcher_PresentMatch:
		return present == specifier.PresentMatch, nil
	case *routev3.QueryParameterMatcher_StringMatch:
		if !present {
			return false, nil
		}
		return matchText(specifier.StringMatch, value)
	}
	return false, unknown("query matcher", matcher)
}

// parameter is the first of its name in the query, as it is written there.
func (r *Request) parameter(name string) (string, bool) {
	_, query, _ := strings.Cut(r.Path, "?")
	for _, pair := range strings.Split(query, "&") {
		if key, value, _ := strings.Cut(pair, "="); key == name {
			return value, true
		}
	}
	return "", false
}

// virtualHost: the exact name, then the longest wildcard before, then behind, then the one for all.
func virtualHost(configuration *routev3.RouteConfiguration, name string) *routev3.VirtualHost {
	if host, _, err := net.SplitHostPort(name); err == nil && configuration.GetIgnorePortInHostMatching() {
		name = host
	}
	name = strings.ToLower(name)
	best, closest := (*routev3.VirtualHost)(nil), -1
	for _, host := range configuration.GetVirtualHosts() {
		for _, domain := range host.Domains {
			if rank := closeness(strings.ToLower(domain), name); rank > closest {
				best, closest = host, rank
			}
		}
	}
	return best
}

// closeness: a wildcard stands for something, never for nothing.
func closeness(domain, name string) int {
	switch {
	case domain == name:
		return 1 << 20
	case domain == "*":
		return 0
	case len(name) < len(domain):
		return -1
	case strings.HasPrefix(domain, "*") && strings.HasSuffix(name, domain[1:]):
		return 1<<10 + len(domain)
	case strings.HasSuffix(domain, "*") && strings.HasPrefix(name, strings.TrimSuffix(domain, "*")):
		return len(domain)
	}
	return -1
}
