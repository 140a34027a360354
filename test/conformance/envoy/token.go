package envoy

import (
	"maps"
	"slices"
	"strings"

	jwtv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/jwt_authn/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

const (
	jwtFilter  = "envoy.filters.http.jwt_authn"
	jwtPayload = "payload"
)

// providerOf is who vouches for a token; requests without one pass, as istiod writes its rules.
func providerOf(filter *jwtv3.JwtAuthentication, token *Token) (*jwtv3.JwtProvider, error) {
	for _, rule := range filter.GetRules() {
		if rule.GetMatch().GetPrefix() != "/" || !allowsMissing(rule.GetRequires()) {
			return nil, unknown("rule for tokens", rule)
		}
	}
	if token == nil {
		return nil, nil
	}
	for _, provider := range filter.GetProviders() {
		if provider.Issuer == token.Issuer && heard(provider.Audiences, token.Audiences) {
			return provider, nil
		}
	}
	return nil, nil
}

func allowsMissing(requirement *jwtv3.JwtRequirement) bool {
	switch one := requirement.GetRequiresType().(type) {
	case *jwtv3.JwtRequirement_AllowMissing:
		return true
	case *jwtv3.JwtRequirement_RequiresAny:
		return slices.ContainsFunc(one.RequiresAny.Requirements, allowsMissing)
	case *jwtv3.JwtRequirement_RequiresAll:
		return !slices.ContainsFunc(one.RequiresAll.Requirements, func(one *jwtv3.JwtRequirement) bool { return !allowsMissing(one) })
	}
	return false
}

func heard(wanted, audiences []string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(one string) bool { return slices.Contains(audiences, one) })
}

// claims are what policies see of a token: some texts as the list of their words.
func (t *Token) claims(spaceDelimited []string) map[string]any {
	claims := maps.Clone(t.Claims)
	if claims == nil {
		claims = map[string]any{}
	}
	claims["iss"] = t.Issuer
	if t.Subject != "" {
		claims["sub"] = t.Subject
	}
	if len(t.Audiences) > 0 {
		claims["aud"] = list(t.Audiences)
	}
	for _, name := range spaceDelimited {
		if text, isText := claims[name].(string); isText {
			claims[name] = list(strings.Fields(text))
		}
	}
	return claims
}

// clean takes out the headers that claims go into, whether there is a token or not.
func clean(filter *jwtv3.JwtAuthentication, request *Request) *Request {
	for _, provider := range filter.GetProviders() {
		for _, one := range provider.ClaimToHeaders {
			request = request.with(strings.ToLower(one.HeaderName), "")
			delete(request.Headers, strings.ToLower(one.HeaderName))
		}
	}
	return request
}

// told writes claims that are texts into headers; there is no word here of others.
func told(provider *jwtv3.JwtProvider, request *Request, token *Token) *Request {
	claims := token.claims(nil)
	for _, one := range provider.ClaimToHeaders {
		if text, isText := claims[one.ClaimName].(string); isText {
			request = request.with(strings.ToLower(one.HeaderName), text)
		}
	}
	return request
}

func list(texts []string) []any {
	items := make([]any, len(texts))
	for index, text := range texts {
		items[index] = text
	}
	return items
}

// metadata asks for a claim of the token.
func (s subject) metadata(matcher *matcherv3.MetadataMatcher) (bool, error) {
	return matchClaim(matcher, s.claims)
}

// matchClaim asks for a claim of a token that was checked. What is not there has no text, and an inverted matcher takes it.
func matchClaim(matcher *matcherv3.MetadataMatcher, claims map[string]any) (bool, error) {
	path := matcher.GetPath()
	if matcher.Filter != jwtFilter || len(path) == 0 || path[0].GetKey() != jwtPayload {
		return false, unknown("metadata", matcher)
	}
	var value any = claims
	for _, segment := range path[1:] {
		fields, isMap := value.(map[string]any)
		if !isMap {
			return matcher.Invert, nil
		}
		value = fields[segment.GetKey()]
	}
	matches, err := matchValue(matcher.GetValue(), value)
	return matches != matcher.Invert, err
}

func matchValue(matcher *matcherv3.ValueMatcher, value any) (bool, error) {
	switch pattern := matcher.GetMatchPattern().(type) {
	case *matcherv3.ValueMatcher_StringMatch:
		text, isText := value.(string)
		if !isText {
			return false, nil
		}
		return matchText(pattern.StringMatch, text)
	case *matcherv3.ValueMatcher_OrMatch:
		return anyOf(pattern.OrMatch.ValueMatchers, func(one *matcherv3.ValueMatcher) (bool, error) { return matchValue(one, value) })
	case *matcherv3.ValueMatcher_ListMatch:
		items, _ := value.([]any)
		return anyOf(items, func(item any) (bool, error) { return matchValue(pattern.ListMatch.GetOneOf(), item) })
	}
	return false, unknown("value matcher", matcher.GetMatchPattern())
}
