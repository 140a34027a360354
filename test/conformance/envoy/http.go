package envoy

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	bufferv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/buffer/v3"
	corsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/cors/v3"
	extauthv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ext_authz/v3"
	faultv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/fault/v3"
	jwtv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/jwt_authn/v3"
	localv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/local_ratelimit/v3"
	globalv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ratelimit/v3"
	httprbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
)

// ErrUnread means that a proxy which reads requests gets bytes of TLS, and answers them with an error.
var ErrUnread = errors.New("TLS where requests are read")

// requests runs a request through the filters for HTTP, and to its route.
func (p *Proxy) requests(manager *hcmv3.HttpConnectionManager, o *Outcome) error {
	if o.Onward.TLS {
		return fmt.Errorf("not modelled: %w: %s", ErrUnread, manager.GetStatPrefix())
	}
	request, err := normalize(manager, o.Onward.HTTP)
	if err != nil {
		return err
	}
	o.Onward.HTTP = request
	remote, err := clientOf(manager, &o.Onward)
	if err != nil {
		return err
	}
	s := subject{proxy: p, connection: o.Onward, request: o.Onward.HTTP, remote: remote}
	for _, filter := range manager.HttpFilters {
		if slices.Contains(bystanders, filter.Name) {
			continue
		}
		if err := p.httpFilter(filter, o, &s); err != nil || !o.Allowed {
			return err
		}
	}
	routes, err := p.routesOf(manager)
	if err != nil {
		return err
	}
	if o.Route, err = p.httpRoute(routes, s.request); err == nil {
		o.Route.Upgrade = upgradeOf(manager, s.request)
		o.Onward.HTTP = o.Route.Shape.applied(o.Onward.HTTP)
	}
	return err
}

func (p *Proxy) httpFilter(filter *hcmv3.HttpFilter, o *Outcome, s *subject) error {
	config, err := p.decode(filter.GetTypedConfig())
	if err != nil {
		return err
	}
	switch config := config.(type) {
	case *httprbacv3.RBAC:
		if config.GetMatcher() != nil {
			return unknown("policy matcher", config)
		}
		if err := o.shadowOfRequest(config, *s); err != nil {
			return err
		}
		return o.ask(config.GetRules(), *s)
	case *extauthv3.ExtAuthz:
		return p.authorizer(config, o)
	case *jwtv3.JwtAuthentication:
		return o.authenticate(config, s)
	case *faultv3.HTTPFault:
		if config.GetAbort() != nil {
			return unknown("fault for all routes", config)
		}
		return nil
	case *corsv3.Cors:
		return nil
	case *bufferv3.Buffer:
		return o.size(filter.Name, config)
	case *localv3.LocalRateLimit:
		return o.localLimit(filter.Name, config, *s)
	case *globalv3.RateLimit:
		return p.globalLimit(filter.Name, config, o, *s)
	}
	return unknown("HTTP filter", filter.Name)
}

// authenticate looks at the token, and takes it off the request where nobody said that it be forwarded.
func (o *Outcome) authenticate(config *jwtv3.JwtAuthentication, s *subject) error {
	provider, err := providerOf(config, s.request.Token)
	o.Onward.HTTP = clean(config, o.Onward.HTTP)
	s.request = clean(config, s.request)
	switch {
	case err != nil:
		return err
	case s.request.Token == nil:
		return nil
	case provider == nil:
		o.Allowed, o.By = false, []string{"RequestAuthentication"}
		return nil
	}
	if provider.ForwardPayloadHeader != "" {
		return unknown("payload in a header", provider)
	}
	o.Onward.HTTP = told(provider, o.Onward.HTTP, s.request.Token)
	s.request = told(provider, s.request, s.request.Token)
	s.claims = s.request.Token.claims(provider.GetNormalizePayloadInMetadata().GetSpaceDelimitedClaims())
	if provider.GetClearRouteCache() {
		request := *s.request
		request.claims = s.claims
		s.request = &request
	}
	if !provider.Forward {
		request := *o.Onward.HTTP
		request.Token = nil
		o.Onward.HTTP = &request
	}
	return nil
}

func (p *Proxy) routesOf(manager *hcmv3.HttpConnectionManager) (*routev3.RouteConfiguration, error) {
	routes := manager.GetRouteConfig()
	if routes == nil {
		routes = p.Routes[manager.GetRds().GetRouteConfigName()]
	}
	if routes == nil {
		return nil, unknown("routes", manager.GetRouteSpecifier())
	}
	return routes, nil
}

const forwardedFor = "x-forwarded-for"

// clientOf is the address that a proxy takes for the client's. Where it believes its peer, that is the one noted by the first of the proxies
// before it that it trusts, else the peer's, which it then notes for the next; everybody else takes the one noted last.
func clientOf(manager *hcmv3.HttpConnectionManager, connection *Connection) (string, error) {
	trusted, isFirst := int(manager.GetXffNumTrustedHops()), manager.GetUseRemoteAddress().GetValue()
	if len(manager.GetOriginalIpDetectionExtensions()) > 0 || (trusted > 0 && !isFirst) {
		return "", unknown("detection of the client's address", manager.GetStatPrefix())
	}
	noted := connection.HTTP.Headers[forwardedFor]
	if !isFirst {
		return cmp.Or(notedAt(noted, 1), connection.Source), nil
	}
	client := connection.Source
	if trusted > 0 {
		client = cmp.Or(notedAt(noted, trusted), client)
	}
	if noted != "" {
		noted += ","
	}
	connection.HTTP = connection.HTTP.with(forwardedFor, noted+connection.Source)
	return client, nil
}

// notedAt is the address in a place from the right; empty where none is.
func notedAt(noted string, place int) string {
	entries := strings.Split(noted, ",")
	if place > len(entries) {
		return ""
	}
	entry := strings.TrimSpace(entries[len(entries)-place])
	if _, err := netip.ParseAddr(entry); err != nil {
		return ""
	}
	return entry
}
