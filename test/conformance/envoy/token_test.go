package envoy

import (
	"testing"

	jwtv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/jwt_authn/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

const issuers = `
providers:
  origins-0: {issuer: "https://a", audiences: [shop, bank], normalizePayloadInMetadata: {spaceDelimitedClaims: [scope]}}
  origins-1: {issuer: "https://b", forward: true}
rules:
- match: {prefix: /}
  requires: {requiresAny: {requirements: [{providerName: origins-0}, {requiresAll: {requirements: [
    {requiresAny: {requirements: [{providerName: origins-0}, {allowMissing: {}}]}},
    {requiresAny: {requirements: [{providerName: origins-1}, {allowMissing: {}}]}}]}}]}}
`

func TestTokensOfStrangersAreRefused(t *testing.T) {
	cases := []struct {
		name  string
		token *Token
		valid bool
	}{
		{"of an issuer, for one of its audiences", &Token{Issuer: "https://a", Audiences: []string{"x", "bank"}}, true},
		{"of an issuer, for somebody else", &Token{Issuer: "https://a", Audiences: []string{"x"}}, false},
		{"of an issuer, for nobody", &Token{Issuer: "https://a"}, false},
		{"of an issuer that does not ask for audiences", &Token{Issuer: "https://b"}, true},
		{"of somebody else", &Token{Issuer: "https://c"}, false},
		{"none at all is nobody's", nil, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			provider, err := providerOf(written(t, &jwtv3.JwtAuthentication{}, issuers), c.token)
			if err != nil || (provider != nil) != c.valid {
				t.Errorf("got %v, %v", provider, err)
			}
		})
	}
}

func TestRulesForTokensThatAreNotModelled(t *testing.T) {
	for _, rules := range []string{
		`{rules: [{match: {prefix: /}, requires: {providerName: a}}]}`,
		`{rules: [{match: {prefix: /}, requires: {requiresAll: {requirements: [{allowMissing: {}}, {providerName: a}]}}}]}`,
		`{rules: [{match: {prefix: /admin}, requires: {allowMissing: {}}}]}`,
	} {
		_, err := providerOf(written(t, &jwtv3.JwtAuthentication{}, rules), nil)
		isUnknown(t, err)
	}
}

func TestClaims(t *testing.T) {
	token := Token{Issuer: "me", Subject: "ann", Audiences: []string{"shop"}, Claims: map[string]any{
		"role": "clerk", "groups": []any{"a", "b"}, "deep": map[string]any{"er": "x"}, "scope": "read write", "age": 7.0,
	}}
	text := func(value string) string { return `{stringMatch: {exact: "` + value + `"}}` }
	item := func(value string) string { return `{listMatch: {oneOf: ` + text(value) + `}}` }
	either := func(value string) string {
		return `{orMatch: {valueMatchers: [` + item(value) + `, ` + text(value) + `]}}`
	}
	cases := []struct {
		path, value string
		want        bool
	}{
		{`{key: iss}`, text("me"), true}, {`{key: sub}`, text("ann"), true}, {`{key: sub}`, text("bob"), false},
		{`{key: aud}`, either("shop"), true}, {`{key: aud}`, either("bank"), false},
		{`{key: role}`, either("clerk"), true}, {`{key: role}`, item("clerk"), false},
		{`{key: groups}`, either("b"), true}, {`{key: groups}`, text("b"), false},
		{`{key: deep}, {key: er}`, either("x"), true}, {`{key: role}, {key: er}`, either("x"), false},
		{`{key: scope}`, either("write"), true}, {`{key: scope}`, either("read write"), false},
		{`{key: age}`, either("7"), false}, {`{key: missing}`, either("x"), false},
	}
	s := subject{claims: token.claims([]string{"scope"})}
	for _, c := range cases {
		asked := `{filter: envoy.filters.http.jwt_authn, path: [{key: payload}, ` + c.path + `], value: ` + c.value + `}`
		matcher := written(t, &matcherv3.MetadataMatcher{}, asked)
		if got, err := s.metadata(matcher); err != nil || got != c.want {
			t.Errorf("%s %s: %v, %v", c.path, c.value, got, err)
		}
		if got, err := (subject{}).metadata(matcher); err != nil || got {
			t.Errorf("%s %s without a token: %v, %v", c.path, c.value, got, err)
		}
	}
	if (&Token{}).claims(nil)["sub"] != nil {
		t.Error("a subject of nobody")
	}
}

func TestMetadataThatIsNotModelled(t *testing.T) {
	for _, matcher := range []string{
		`{filter: other, path: [{key: payload}]}`, `{filter: envoy.filters.http.jwt_authn}`, `{filter: envoy.filters.http.jwt_authn, path: [{key: other}]}`,
		`{filter: envoy.filters.http.jwt_authn, path: [{key: payload}], invert: true}`,
		`{filter: envoy.filters.http.jwt_authn, path: [{key: payload}, {key: a}], value: {boolMatch: true}}`,
	} {
		_, err := subject{}.metadata(written(t, &matcherv3.MetadataMatcher{}, matcher))
		isUnknown(t, err)
	}
}

func TestClaimsInHeaders(t *testing.T) {
	filter := written(t, &jwtv3.JwtAuthentication{}, `
providers:
  one: {issuer: me, claimToHeaders: [{headerName: X-User, claimName: sub}, {headerName: x-age, claimName: age}]}
`)
	asked := &Request{Headers: map[string]string{"x-user": "root", "x-age": "9", "x-own": "yes"}}
	cleaned := clean(filter, asked)
	if len(cleaned.Headers) != 1 || cleaned.Headers["x-own"] != "yes" || asked.Headers["x-user"] != "root" {
		t.Errorf("got %v of %v", cleaned.Headers, asked.Headers)
	}
	got := told(filter.Providers["one"], cleaned, &Token{Issuer: "me", Subject: "ann", Claims: map[string]any{"age": 7.0}})
	if len(got.Headers) != 2 || got.Headers["x-user"] != "ann" {
		t.Errorf("got %v", got.Headers)
	}
}
