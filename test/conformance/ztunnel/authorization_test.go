package ztunnel

import (
	"reflect"
	"testing"

	"istio.io/istio/pkg/workloadapi/security"
)

var (
	web       = Connection{Source: "10.244.0.9", Principal: "cluster.local/ns/shop/sa/web", Address: "10.244.0.1", Port: 8080}
	other     = Connection{Source: "10.244.1.9", Principal: "td.org/ns/bank/sa/clerk", Address: "10.244.0.1", Port: 9090}
	plaintext = Connection{Source: "10.244.0.9", Address: "10.244.0.1", Port: 8080}
)

// Each match is asked of all three.
func TestMatches(t *testing.T) {
	cases := []struct {
		match                 string
		web, other, plaintext bool
	}{
		{`{}`, false, false, false},
		{`{principals: [{exact: cluster.local/ns/shop/sa/web}]}`, true, false, false},
		{`{principals: [{exact: "spiffe://cluster.local/ns/shop/sa/web"}]}`, false, false, false},
		{`{principals: [{prefix: cluster.local/}, {suffix: /clerk}]}`, true, true, false},
		{`{principals: [{presence: {}}]}`, true, true, false},
		{`{principals: [{prefix: ""}]}`, true, true, false},
		{`{notPrincipals: [{exact: cluster.local/ns/shop/sa/web}]}`, false, true, true},
		{`{notPrincipals: [{presence: {}}]}`, false, false, true},
		{`{namespaces: [{exact: shop}]}`, true, false, false},
		{`{namespaces: [{prefix: ""}]}`, true, true, true},
		{`{namespaces: [{}]}`, false, false, false},
		{`{namespaces: [{presence: {}}]}`, true, true, false},
		{`{notNamespaces: [{exact: shop}]}`, false, true, true},
		{`{serviceAccounts: [{namespace: shop, serviceAccount: web}]}`, true, false, false},
		{`{serviceAccounts: [{namespace: shop, serviceAccount: clerk}]}`, false, false, false},
		{`{serviceAccounts: [{}]}`, false, false, false},
		{`{notServiceAccounts: [{namespace: bank, serviceAccount: clerk}]}`, true, false, true},
		{`{sourceIps: [{address: ip:10.244.0.0, length: 24}]}`, true, false, true},
		{`{notSourceIps: [{address: ip:10.244.0.0, length: 24}]}`, false, true, false},
		{`{destinationIps: [{address: ip:10.244.0.1, length: 32}]}`, true, true, true},
		{`{notDestinationIps: [{address: ip:0.0.0.0, length: 0}]}`, false, false, false},
		{`{destinationPorts: [8080]}`, true, false, true},
		{`{notDestinationPorts: [8080, 80]}`, false, true, false},
		{`{principals: [{presence: {}}], destinationPorts: [8080]}`, true, false, false},
		{`{namespaces: [{presence: {}}], notNamespaces: [{exact: bank}]}`, true, false, false},
	}
	for _, c := range cases {
		match := written(t, &security.Match{}, c.match)
		for connection, want := range map[Connection]bool{web: c.web, other: c.other, plaintext: c.plaintext} {
			if got := connection.holds(match); got != want {
				t.Errorf("%s on %+v: %v", c.match, connection, got)
			}
		}
	}
}

func TestRules(t *testing.T) {
	const holds, fails = `{namespaces: [{exact: shop}]}`, `{namespaces: [{exact: bank}]}`
	cases := []struct {
		name, groups string
		want         bool
	}{
		{"no rules match nobody", `[]`, false},
		{"a rule without clauses matches everybody", `[{}]`, true},
		{"a clause without matches, too", `[{rules: [{}]}]`, true},
		{"an empty match matches nobody", `[{rules: [{matches: [{}]}]}]`, false},
		{"an empty match beside another does no harm", `[{rules: [{matches: [{}, ` + holds + `]}]}]`, true},
		{"one of the matches", `[{rules: [{matches: [` + fails + `, ` + holds + `]}]}]`, true},
		{"all of the clauses", `[{rules: [{matches: [` + holds + `]}, {matches: [` + fails + `]}]}]`, false},
		{"one of the rules", `[{rules: [{matches: [` + fails + `]}]}, {rules: [{matches: [` + holds + `]}]}]`, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := web.matches(written(t, &security.Authorization{}, `{groups: `+c.groups+`}`)); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func policy(name, fields string) string {
	return `{name: "` + name + `", namespace: shop, scope: NAMESPACE, ` + fields + `}`
}

func TestDecisions(t *testing.T) {
	const anybody, bankers = `groups: [{}]`, `groups: [{rules: [{matches: [{namespaces: [{exact: bank}]}]}]}]`
	cases := []struct {
		name     string
		policies []string
		want     Verdict
	}{
		{"no policy lets everybody in", nil, Verdict{Allowed: true}},
		{"one allows", []string{policy("x", bankers), policy("y", anybody)}, Verdict{Allowed: true, By: []string{"shop/y"}}},
		{"none allows: all could have",
			[]string{policy("x", bankers), policy("y", `groups: []`)}, Verdict{Allowed: false, By: []string{"shop/x", "shop/y"}}},
		{"one that denies comes first",
			[]string{policy("a", anybody), policy("z", `action: DENY, `+anybody)}, Verdict{Allowed: false, By: []string{"shop/z"}}},
		{"none denies", []string{policy("z", `action: DENY, `+bankers)}, Verdict{Allowed: true}},
		{"one that denies nobody does not allow",
			[]string{policy("z", `action: DENY, `+bankers), policy("x", bankers)}, Verdict{Allowed: false, By: []string{"shop/x"}}},
		{"what is only tried out has no say",
			[]string{policy("z", `dryRun: true, action: DENY, `+anybody), policy("y", `dryRun: true, `+bankers)}, Verdict{Allowed: true}},
		{"of the mesh",
			[]string{`{name: g, namespace: istio-system, scope: GLOBAL, ` + bankers + `}`}, Verdict{Allowed: false, By: []string{"istio-system/g"}}},
		{"of another namespace", []string{`{name: theirs, namespace: bank, scope: NAMESPACE, ` + bankers + `}`}, Verdict{Allowed: true}},
		{"of the workload",
			[]string{`{name: selects, namespace: shop, scope: WORKLOAD_SELECTOR, ` + bankers + `}`}, Verdict{Allowed: false, By: []string{"shop/selects"}}},
		{"of another workload", []string{`{name: other, namespace: shop, scope: WORKLOAD_SELECTOR, ` + bankers + `}`}, Verdict{Allowed: true}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cart := `{workload: {uid: a, name: cart, namespace: shop, addresses: [ip:10.244.0.1], authorizationPolicies: [shop/selects, shop/gone]}}`
			if got, err := stateOf(t, []string{cart}, c.policies).Decide(web); err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestAWorkloadThatNobodyKnowsIsNotLetIn(t *testing.T) {
	if got, err := stateOf(t, nil, nil).Decide(web); err == nil || got.Allowed {
		t.Errorf("got %+v, %v", got, err)
	}
}
