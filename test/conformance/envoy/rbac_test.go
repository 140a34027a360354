package envoy

import (
	"slices"
	"testing"

	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

const template = `{name: t, typedConfig: {"@type": "` + extensions + `path.match.uri_template.v3.UriTemplateMatchConfig", pathTemplate: "/items/*"}}`

// Each is asked of a request of web, of bytes of web, and of bytes of nobody known.
var aboutRequests = []struct {
	rule                      string
	request, bytes, plaintext bool
}{
	{`{any: true}`, true, true, true},
	{`{any: false}`, false, false, false},
	{`{notRule: {any: true}}`, false, false, false},
	{`{andRules: {rules: [{any: true}, {destinationPort: 8080}]}}`, true, true, true},
	{`{andRules: {rules: [{any: true}, {destinationPort: 80}]}}`, false, false, false},
	{`{orRules: {rules: [{destinationPort: 80}, {destinationPort: 8080}]}}`, true, true, true},
	{`{orRules: {}}`, false, false, false},
	{`{destinationIp: {addressPrefix: 10.96.0.0, prefixLen: 16}}`, true, true, true},
	{`{destinationIp: {addressPrefix: 10.97.0.0, prefixLen: 16}}`, false, false, false},
	{`{requestedServerName: {exact: ""}}`, true, true, true},
	{`{header: {name: ":method", stringMatch: {exact: GET}}}`, true, false, false},
	{`{header: {name: ":method", stringMatch: {exact: POST}, invertMatch: true}}`, true, false, false},
	{`{notRule: {header: {name: ":method", stringMatch: {exact: POST}}}}`, true, true, true},
	{`{urlPath: {path: {exact: /items/1}}}`, true, false, false},
	{`{urlPath: {path: {prefix: ""}}}`, true, false, false},
	{`{uriTemplate: ` + template + `}`, true, false, false},
}

var aboutCallers = []struct {
	rule                      string
	request, bytes, plaintext bool
}{
	{`{any: true}`, true, true, true},
	{`{notId: {any: true}}`, false, false, false},
	{`{andIds: {ids: [{any: true}, {authenticated: {}}]}}`, true, true, false},
	{`{orIds: {ids: [{any: false}, {authenticated: {}}]}}`, true, true, false},
	{`{authenticated: {}}`, true, true, false},
	{`{authenticated: {principalName: {exact: "spiffe://cluster.local/ns/shop/sa/web"}}}`, true, true, false},
	{`{authenticated: {principalName: {exact: "cluster.local/ns/shop/sa/web"}}}`, false, false, false},
	{`{notId: {authenticated: {principalName: {exact: "spiffe://cluster.local/ns/shop/sa/web"}}}}`, false, false, true},
	{`{filterState: {key: io.istio.peer_principal, stringMatch: {safeRegex: {regex: ".*/ns/shop/.*"}}}}`, true, true, false},
	{`{filterState: {key: io.istio.peer_principal, stringMatch: {prefix: ""}}}`, true, true, false},
	// As Istio before 1.30 wrote the account w.b, and as later ones do.
	{`{authenticated: {principalName: {safeRegex: {regex: "spiffe://.+/ns/shop/(.+/|)sa/w.b(/.+)?"}}}}`, true, true, false},
	{`{authenticated: {principalName: {safeRegex: {regex: "spiffe://.+/ns/shop/(.+/|)sa/w\\\\.b(/.+)?"}}}}`, false, false, false},
	{`{directRemoteIp: {addressPrefix: 10.244.0.0, prefixLen: 16}}`, true, true, true},
	{`{remoteIp: {addressPrefix: 10.244.0.0, prefixLen: 16}}`, false, true, true},
	{`{remoteIp: {addressPrefix: 203.0.113.0, prefixLen: 24}}`, true, false, false},
	{`{header: {name: x-team, stringMatch: {exact: web}}}`, true, false, false},
	{`{metadata: {filter: envoy.filters.http.jwt_authn, path: [{key: payload}, {key: iss}], value: {stringMatch: {exact: me}}}}`, true, false, false},
}

func subjects() (request, bytes, plaintext subject) {
	request = subject{proxy: &Proxy{}, connection: web(), remote: "203.0.113.9", claims: map[string]any{"iss": "me"}}
	request.request = request.connection.HTTP
	bytes = subject{proxy: &Proxy{}, connection: web(), remote: web().Source}
	plaintext = bytes
	plaintext.connection.Principal = ""
	return request, bytes, plaintext
}

func TestPermissions(t *testing.T) {
	request, bytes, plaintext := subjects()
	for _, c := range aboutRequests {
		for _, one := range []struct {
			s    subject
			want bool
		}{{request, c.request}, {bytes, c.bytes}, {plaintext, c.plaintext}} {
			got, err := one.s.permission(written(t, &rbacv3.Permission{}, c.rule))
			if err != nil || got != one.want {
				t.Errorf("%s on %+v: %v, %v", c.rule, one.s.connection, got, err)
			}
		}
	}
}

func TestPrincipals(t *testing.T) {
	request, bytes, plaintext := subjects()
	for _, c := range aboutCallers {
		for _, one := range []struct {
			s    subject
			want bool
		}{{request, c.request}, {bytes, c.bytes}, {plaintext, c.plaintext}} {
			got, err := one.s.principal(written(t, &rbacv3.Principal{}, c.rule))
			if err != nil || got != one.want {
				t.Errorf("%s on %+v: %v, %v", c.rule, one.s.connection, got, err)
			}
		}
	}
}

// What Envoy can ask and nobody here answers must not look like an answer.
func TestEveryKindOfPermissionAndPrincipalIsAnsweredOrReported(t *testing.T) {
	handled := []protoreflect.Name{
		"any", "and_rules", "or_rules", "not_rule", "destination_port", "destination_ip", "requested_server_name", "header", "url_path",
		"and_ids", "or_ids", "not_id", "authenticated", "direct_remote_ip", "remote_ip",
	}
	request, _, _ := subjects()
	asks := map[proto.Message]func(proto.Message) (bool, error){
		&rbacv3.Permission{}: func(m proto.Message) (bool, error) { return request.permission(m.(*rbacv3.Permission)) },
		&rbacv3.Principal{}:  func(m proto.Message) (bool, error) { return request.principal(m.(*rbacv3.Principal)) },
	}
	for message, ask := range asks {
		kinds := message.ProtoReflect().Descriptor().Oneofs().Get(0).Fields()
		for index := range kinds.Len() {
			kind := kinds.Get(index)
			if slices.Contains(handled, kind.Name()) {
				continue
			}
			one := message.ProtoReflect().New()
			one.Set(kind, one.NewField(kind))
			if _, err := ask(one.Interface()); err == nil {
				t.Errorf("%s is passed over in silence", kind.FullName())
			}
		}
	}
}

func TestDecisions(t *testing.T) {
	policy := func(permission, principal string) string {
		return `{permissions: [` + permission + `], principals: [` + principal + `]}`
	}
	matching, failing := policy(`{any: true}`, `{any: true}`), policy(`{any: true}`, `{any: false}`)
	cases := []struct {
		name, rules string
		want        Verdict
	}{
		{"no policy allows nobody", `{}`, Verdict{Allowed: false}},
		{"one of the policies allows", `{policies: {"ns[a]-policy[x]-rule[0]": ` + failing + `, "ns[a]-policy[y]-rule[1]": ` + matching + `}}`,
			Verdict{Allowed: true, By: []string{"AuthorizationPolicy a/y"}}},
		{"none allows: all could have",
			`{policies: {"ns[a]-policy[x]-rule[0]": ` + failing + `, "ns[a]-policy[x]-rule[1]": ` + failing + `, b: ` + failing + `}}`,
			Verdict{Allowed: false, By: []string{"AuthorizationPolicy a/x", "b"}}},
		{"two rules of one policy allow once", `{policies: {"ns[a]-policy[x]-rule[0]": ` + matching + `, "ns[a]-policy[x]-rule[1]": ` + matching + `}}`,
			Verdict{Allowed: true, By: []string{"AuthorizationPolicy a/x"}}},
		{"one that denies", `{action: DENY, policies: {a: ` + failing + `, b: ` + matching + `}}`, Verdict{Allowed: false, By: []string{"b"}}},
		{"none denies", `{action: DENY, policies: {a: ` + failing + `}}`, Verdict{Allowed: true}},
		{"one that only logs has no say", `{action: LOG, policies: {a: ` + failing + `}}`, Verdict{Allowed: true}},
		{"a policy without principals holds for nobody", `{policies: {a: {permissions: [{any: true}]}}}`, Verdict{Allowed: false, By: []string{"a"}}},
		{"a policy without permissions allows nothing", `{policies: {a: {principals: [{any: true}]}}}`, Verdict{Allowed: false, By: []string{"a"}}},
	}
	request, _, _ := subjects()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := decide(written(t, &rbacv3.RBAC{}, c.rules), request)
			if err != nil || got.Allowed != c.want.Allowed || !slices.Equal(got.By, c.want.By) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	_, err := decide(written(t, &rbacv3.RBAC{}, `{policies: {a: {condition: {constExpr: {boolValue: false}}}}}`), request)
	isUnknown(t, err)
	_, err = request.principal(written(t, &rbacv3.Principal{}, `{filterState: {key: other, stringMatch: {exact: a}}}`))
	isUnknown(t, err)
}

func TestWhoComesOutOfATunnelHasNoAddressOfItsOwn(t *testing.T) {
	request, _, _ := subjects()
	direct := written(t, &rbacv3.Principal{}, `{directRemoteIp: {addressPrefix: 10.244.0.0, prefixLen: 16}}`)
	request.connection.Tunnelled = true
	if holds, err := request.principal(direct); holds || err != nil {
		t.Errorf("got %v, %v", holds, err)
	}
}
