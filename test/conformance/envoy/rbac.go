package envoy

import (
	"regexp"
	"slices"
	"strings"

	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	uritemplatev3 "github.com/envoyproxy/go-control-plane/envoy/extensions/path/match/uri_template/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

const peerPrincipal = "io.istio.peer_principal"

// Verdict is what authorization says of a connection or a request.
type Verdict struct {
	Allowed bool
	// By is the policy that matched, or, where none that allows did, all that could have.
	By []string
	// Names are those of the rules that matched, as istiod made them.
	Names []string
}

// subject is what policies are asked about.
type subject struct {
	proxy      *Proxy
	connection Connection
	// remote is the address of the client, as far as the proxy can tell.
	remote string
	// request is absent where only bytes are read.
	request *Request
	// claims of a token that this proxy has checked.
	claims map[string]any
}

// decide evaluates the rules of one filter; one that only logs has no say.
func decide(rules *rbacv3.RBAC, s subject) (Verdict, error) {
	if rules.GetAction() == rbacv3.RBAC_LOG {
		return Verdict{Allowed: true}, nil
	}
	var matched, all, names []string
	for name, policy := range rules.GetPolicies() {
		matches, err := s.policy(policy)
		if err != nil {
			return Verdict{}, err
		}
		all = append(all, policyName(name))
		if matches {
			matched, names = append(matched, policyName(name)), append(names, name)
		}
	}
	isAllow := rules.GetAction() == rbacv3.RBAC_ALLOW
	if isAllow && len(matched) == 0 {
		return Verdict{Allowed: false, By: distinct(all)}, nil
	}
	return Verdict{Allowed: isAllow || len(matched) == 0, By: distinct(matched), Names: distinct(names)}, nil
}

func distinct(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

var generatedName = regexp.MustCompile(`^ns\[(.*)\]-policy\[(.*)\]-rule\[\d+\]$|^istio-ext-authz-.*ns\[(.*)\]-policy\[(.*)\]-rule\[\d+\]-deny-due-to-bad-CUSTOM-action$`)

func policyName(generated string) string {
	parts := generatedName.FindStringSubmatch(generated)
	if parts == nil {
		return generated
	}
	return "AuthorizationPolicy " + parts[1] + parts[3] + "/" + parts[2] + parts[4]
}

// policy: one of the permissions and one of the principals.
func (s subject) policy(policy *rbacv3.Policy) (bool, error) {
	if policy.GetCondition() != nil || policy.GetCheckedCondition() != nil {
		return false, unknown("condition", policy.GetCondition())
	}
	permitted, err := anyOf(policy.Permissions, s.permission)
	if !permitted || err != nil {
		return false, err
	}
	return anyOf(policy.Principals, s.principal)
}

func anyOf[T any](items []T, holds func(T) (bool, error)) (bool, error) {
	for _, item := range items {
		if found, err := holds(item); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

func allOf[T any](items []T, holds func(T) (bool, error)) (bool, error) {
	for _, item := range items {
		if found, err := holds(item); !found || err != nil {
			return false, err
		}
	}
	return true, nil
}

func not(holds bool, err error) (bool, error) { return !holds && err == nil, err }

func (s subject) permission(permission *rbacv3.Permission) (bool, error) {
	switch rule := permission.GetRule().(type) {
	case *rbacv3.Permission_Any:
		return rule.Any, nil
	case *rbacv3.Permission_AndRules:
		return allOf(rule.AndRules.Rules, s.permission)
	case *rbacv3.Permission_OrRules:
		return anyOf(rule.OrRules.Rules, s.permission)
	case *rbacv3.Permission_NotRule:
		return not(s.permission(rule.NotRule))
	case *rbacv3.Permission_DestinationPort:
		return rule.DestinationPort == s.connection.Port, nil
	case *rbacv3.Permission_DestinationIp:
		return inRange(rule.DestinationIp, s.connection.Address), nil
	case *rbacv3.Permission_RequestedServerName:
		return matchText(rule.RequestedServerName, s.connection.SNI)
	case *rbacv3.Permission_Header:
		return matchHeader(rule.Header, s.request)
	case *rbacv3.Permission_UrlPath:
		if s.request == nil {
			return false, nil
		}
		return matchText(rule.UrlPath.GetPath(), pathOf(s.request))
	case *rbacv3.Permission_UriTemplate:
		template, err := decodeAs[*uritemplatev3.UriTemplateMatchConfig](s.proxy, rule.UriTemplate.GetTypedConfig())
		if s.request == nil || err != nil {
			return false, err
		}
		return matchTemplate(template.PathTemplate, pathOf(s.request))
	}
	return false, unknown("permission", permission.GetRule())
}

func (s subject) principal(principal *rbacv3.Principal) (bool, error) {
	switch id := principal.GetIdentifier().(type) {
	case *rbacv3.Principal_Any:
		return id.Any, nil
	case *rbacv3.Principal_AndIds:
		return allOf(id.AndIds.Ids, s.principal)
	case *rbacv3.Principal_OrIds:
		return anyOf(id.OrIds.Ids, s.principal)
	case *rbacv3.Principal_NotId:
		return not(s.principal(id.NotId))
	case *rbacv3.Principal_Authenticated_:
		return s.identity(id.Authenticated.GetPrincipalName())
	case *rbacv3.Principal_FilterState:
		if id.FilterState.GetKey() != peerPrincipal {
			return false, unknown("filter state", id.FilterState)
		}
		return s.identity(id.FilterState.GetStringMatch())
	case *rbacv3.Principal_DirectRemoteIp:
		return !s.connection.Tunnelled && inRange(id.DirectRemoteIp, s.connection.Source), nil
	case *rbacv3.Principal_RemoteIp:
		return inRange(id.RemoteIp, s.remote), nil
	case *rbacv3.Principal_Header:
		return matchHeader(id.Header, s.request)
	case *rbacv3.Principal_Metadata:
		return s.metadata(id.Metadata)
	}
	return false, unknown("principal", principal.GetIdentifier())
}

// identity: without a matcher, any that is proven.
func (s subject) identity(matcher *matcherv3.StringMatcher) (bool, error) {
	if s.connection.Principal == "" {
		return false, nil
	}
	if matcher == nil {
		return true, nil
	}
	return matchText(matcher, "spiffe://"+s.connection.Principal)
}

// matchTemplate: `*` is one part of a path, `**` any number of them.
func matchTemplate(template, path string) (bool, error) {
	if strings.Contains(template, "{") {
		return false, unknown("path template", template)
	}
	expression := strings.ReplaceAll(regexp.QuoteMeta(template), `\*\*`, ".*")
	return fullMatch(strings.ReplaceAll(expression, `\*`, "[^/]+"), path)
}
