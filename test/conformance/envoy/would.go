package envoy

import (
	"strings"

	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
)

// Would is what a policy notes of a request and decides nothing by: one that only logs, or a dry run.
type Would struct {
	// Effect is `audit`, `deny` or `allow`.
	Effect string `json:"effect"`
	// By is the policy that matched, or, where none that would allow did, all of them.
	By string `json:"by"`
}

// notes what the rules of one filter note, those that are tried among them.
func (o *Outcome) notes(rules, tried *rbacv3.RBAC, s subject) error {
	if rules != nil && rules.GetAction() == rbacv3.RBAC_LOG {
		return o.logs(rules, s)
	}
	if tried == nil || tried.GetAction() == rbacv3.RBAC_LOG {
		return nil
	}
	said, err := decide(tried, s)
	isAllow := tried.GetAction() == rbacv3.RBAC_ALLOW
	switch {
	case err != nil:
		return err
	case isAllow && said.Allowed:
		o.noted("allow", said.By)
	case !isAllow && !said.Allowed:
		o.noted("deny", said.By)
	case isAllow:
		return o.unlessAllowed(rules, said, s)
	}
	return nil
}

// unlessAllowed: a request that another policy allows would be allowed still.
func (o *Outcome) unlessAllowed(rules *rbacv3.RBAC, said Verdict, s subject) error {
	enforced := Verdict{}
	if rules != nil {
		decided, err := decide(rules, s)
		if err != nil {
			return err
		}
		enforced = decided
	}
	if !enforced.Allowed {
		o.Would = append(o.Would, Would{Effect: "deny", By: strings.Join(said.By, ", ")})
	}
	return nil
}

func (o *Outcome) logs(rules *rbacv3.RBAC, s subject) error {
	said, err := decide(&rbacv3.RBAC{Action: rbacv3.RBAC_DENY, Policies: rules.GetPolicies()}, s)
	o.noted("audit", said.By)
	return err
}

func (o *Outcome) noted(effect string, names []string) {
	for _, name := range names {
		o.Would = append(o.Would, Would{Effect: effect, By: name})
	}
}
