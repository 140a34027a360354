package envoy

import (
	"strings"

	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	httpauthv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ext_authz/v3"
	httprbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	authv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/ext_authz/v3"
	networkrbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

const (
	// askedBy begins the name of a policy by which somebody outside the proxy is asked: its provider follows.
	askedBy       = "istio-ext-authz-"
	askedWhen     = "istio_ext_authz_"
	effectiveRule = "shadow_effective_policy_id"
)

// marks notes of the rules by which an authorizer is asked which one a request fulfils: the filter behind reads it.
func (o *Outcome) marks(prefix string, decided Verdict) {
	if prefix == askedWhen && len(decided.Names) > 0 {
		o.marked = decided.Names[0]
	}
}

// shadow is of rules that do not decide: those by which an authorizer is asked, and those that are tried.
func (o *Outcome) shadow(rules, shadow *rbacv3.RBAC, prefix string, s subject) error {
	if prefix != askedWhen {
		return o.notes(rules, shadow, s)
	}
	decided, err := decide(shadow, s)
	o.marks(prefix, decided)
	return err
}

func (o *Outcome) shadowOfRequest(config *httprbacv3.RBAC, s subject) error {
	return o.shadow(config.GetRules(), config.GetShadowRules(), config.GetShadowRulesStatPrefix(), s)
}

func (o *Outcome) shadowOfBytes(config *networkrbacv3.RBAC, s subject) error {
	return o.shadow(config.GetRules(), config.GetShadowRules(), config.GetShadowRulesStatPrefix(), s)
}

// authorizer is asked about a request that a rule has marked. It is taken to agree; where the proxy does not know it, it refuses.
func (p *Proxy) authorizer(config *httpauthv3.ExtAuthz, o *Outcome) error {
	cluster := config.GetHttpService().GetServerUri().GetCluster()
	if grpc := config.GetGrpcService().GetEnvoyGrpc(); grpc != nil {
		cluster = grpc.GetClusterName()
	}
	return p.asks(config.GetFilterEnabledMetadata(), cluster, config.GetFailureModeAllow(), o)
}

func (p *Proxy) authorizerOfBytes(config *authv3.ExtAuthz, o *Outcome) error {
	cluster := config.GetGrpcService().GetEnvoyGrpc().GetClusterName()
	return p.asks(config.GetFilterEnabledMetadata(), cluster, config.GetFailureModeAllow(), o)
}

func (p *Proxy) asks(enabled *matcherv3.MetadataMatcher, cluster string, failsOpen bool, o *Outcome) error {
	path := enabled.GetPath()
	if len(path) != 1 || path[0].GetKey() != askedWhen+effectiveRule || enabled.GetValue().GetStringMatch() == nil {
		return unknown("authorizer", enabled)
	}
	isMeant, err := matchText(enabled.GetValue().GetStringMatch(), o.marked)
	if !isMeant || err != nil {
		return err
	}
	provider := strings.TrimPrefix(enabled.GetValue().GetStringMatch().GetPrefix(), askedBy)
	o.Asks = append(o.Asks, provider)
	if p.Clusters[cluster] == nil && !failsOpen {
		o.Allowed, o.By = false, []string{"authorizer " + provider + ", which the proxy was not told of"}
	}
	return nil
}
