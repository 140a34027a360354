package envoy

import (
	"reflect"
	"testing"

	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
)

const (
	everybody = `policies: {"ns[shop]-policy[all]-rule[0]": {permissions: [{any: true}], principals: [{any: true}]}}`
	nobody    = `policies: {"ns[shop]-policy[none]-rule[0]": {permissions: [{any: false}], principals: [{any: true}]}}`
)

// Each is what one filter enforces and what it tries.
var aboutNotes = []struct {
	rules, tried string
	would        []Would
}{
	{"", `{action: DENY, ` + everybody + `}`, []Would{{"deny", "AuthorizationPolicy shop/all"}}},
	{"", `{action: DENY, ` + nobody + `}`, nil},
	{"", `{action: ALLOW, ` + everybody + `}`, []Would{{"allow", "AuthorizationPolicy shop/all"}}},
	{"", `{action: ALLOW, ` + nobody + `}`, []Would{{"deny", "AuthorizationPolicy shop/none"}}},
	{`{action: ALLOW, ` + everybody + `}`, `{action: ALLOW, ` + nobody + `}`, nil},
	{`{action: ALLOW, ` + nobody + `}`, `{action: ALLOW, ` + nobody + `}`, []Would{{"deny", "AuthorizationPolicy shop/none"}}},
	{`{action: LOG, ` + everybody + `}`, "", []Would{{"audit", "AuthorizationPolicy shop/all"}}},
	{`{action: LOG, ` + nobody + `}`, "", nil},
	{"", `{action: LOG, ` + everybody + `}`, nil},
	{`{action: DENY, ` + everybody + `}`, "", nil},
}

func TestNotes(t *testing.T) {
	for _, one := range aboutNotes {
		outcome, s := Outcome{}, subject{connection: web(), request: web().HTTP}
		if err := outcome.notes(rulesIn(t, one.rules), rulesIn(t, one.tried), s); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(outcome.Would, one.would) {
			t.Errorf("%s, %s: %v", one.rules, one.tried, outcome.Would)
		}
	}
}

func rulesIn(t *testing.T, text string) *rbacv3.RBAC {
	if text == "" {
		return nil
	}
	return written(t, &rbacv3.RBAC{}, text)
}
