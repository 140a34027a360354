package envoy

import (
	"fmt"
	"math"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	commonv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/common/ratelimit/v3"
	bufferv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/buffer/v3"
	localv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/local_ratelimit/v3"
	globalv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ratelimit/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// Limit is one that a request meets at a proxy; requests that it is not about do not meet it.
type Limit struct {
	Name string `json:"name"`
	// Of is whose count it is: entries of a descriptor, each as `key=value`.
	Of       string `json:"of,omitempty"`
	Requests uint32 `json:"requests,omitempty"`
	Per      string `json:"per,omitempty"`
	Burst    uint32 `json:"burst,omitempty"`
	// Enforced is the percent of the requests too many that are refused.
	Enforced float64 `json:"enforced,omitempty"`
	Status   int32   `json:"status,omitempty"`
	// Limiter is the cluster of the service that counts, Domain its set of rules.
	Limiter     string `json:"limiter,omitempty"`
	Domain      string `json:"domain,omitempty"`
	FailsClosed bool   `json:"failsClosed,omitempty"`
	MaxBytes    uint32 `json:"maxBytes,omitempty"`
}

// validated asks what Envoy asks of a part of its configuration before it takes the whole.
func validated(config interface{ ValidateAll() error }) error {
	if err := config.ValidateAll(); err != nil {
		return fmt.Errorf("Envoy refuses the configuration: %w", err)
	}
	return nil
}

func (o *Outcome) size(name string, config *bufferv3.Buffer) error {
	o.Limits = append(o.Limits, Limit{Name: name, MaxBytes: config.GetMaxRequestBytes().GetValue()})
	return validated(config)
}

// localLimit: the buckets of all descriptors that fit, and the one of the filter.
func (o *Outcome) localLimit(name string, config *localv3.LocalRateLimit, s subject) error {
	if err := validated(config); err != nil {
		return err
	}
	if config.GetStage() != 0 || config.GetLocalRateLimitPerDownstreamConnection() || percent(config.GetFilterEnabled()) != 100 {
		return unknown("local rate limit", config)
	}
	limit := Limit{Name: name, Enforced: percent(config.GetFilterEnforced()), Status: statusOf(config.GetStatus())}
	described, err := descriptors(config.GetRateLimits(), s)
	if err != nil {
		return err
	}
	for _, entries := range described {
		for _, rule := range config.GetDescriptors() {
			if fits(rule.GetEntries(), entries) {
				o.Limits = append(o.Limits, limit.filled(rule.GetTokenBucket()).of(entries))
				break
			}
		}
	}
	if config.GetTokenBucket() != nil {
		o.Limits = append(o.Limits, limit.filled(config.GetTokenBucket()))
	}
	return nil
}

// globalLimit: one question for each descriptor, to a service that the proxy has to know.
func (p *Proxy) globalLimit(name string, config *globalv3.RateLimit, o *Outcome, s subject) error {
	if err := validated(config); err != nil {
		return err
	}
	limiter := config.GetRateLimitService().GetGrpcService().GetEnvoyGrpc().GetClusterName()
	if config.GetStage() != 0 || percent(config.GetFilterEnabled()) != 100 || p.Clusters[limiter] == nil {
		return unknown("rate limit of "+limiter, config)
	}
	described, err := descriptors(config.GetRateLimits(), s)
	for _, entries := range described {
		o.Limits = append(o.Limits, Limit{
			Name: name, Enforced: percent(config.GetFilterEnforced()), Status: statusOf(config.GetRateLimitedStatus()),
			Limiter: limiter, Domain: config.Domain, FailsClosed: config.FailureModeDeny,
		}.of(entries))
	}
	return err
}

func (l Limit) filled(bucket *typev3.TokenBucket) Limit {
	l.Burst, l.Requests, l.Per = bucket.GetMaxTokens(), bucket.GetTokensPerFill().GetValue(), duration(bucket.GetFillInterval())
	return l
}

func (l Limit) of(entries []entry) Limit {
	said := make([]string, len(entries))
	for index, one := range entries {
		said[index] = one.key + "=" + one.value
	}
	l.Of = strings.Join(said, ", ")
	return l
}

func percent(share *corev3.RuntimeFractionalPercent) float64 {
	return math.Min(100, percentOf(share.GetDefaultValue()))
}

// statusOf: Envoy's own where nothing is said, or no error.
func statusOf(status *typev3.HttpStatus) int32 {
	if status.GetCode() < 400 {
		return 429
	}
	return int32(status.GetCode())
}

// entry is one thing that a proxy says of a request.
type entry struct{ key, value string }

// fits: a rule without a value is for every value.
func fits(rule []*commonv3.RateLimitDescriptor_Entry, entries []entry) bool {
	if len(rule) != len(entries) {
		return false
	}
	for index, one := range rule {
		if one.GetKey() != entries[index].key || (one.GetValue() != "" && one.GetValue() != entries[index].value) {
			return false
		}
	}
	return true
}

func descriptors(limits []*routev3.RateLimit, s subject) ([][]entry, error) {
	var described [][]entry
	for _, limit := range limits {
		var entries []entry
		for _, action := range limit.GetActions() {
			said, err := describe(action, s)
			if err != nil {
				return nil, err
			}
			if said == nil {
				entries = nil
				break
			}
			entries = append(entries, *said)
		}
		if entries != nil {
			described = append(described, entries)
		}
	}
	return described, nil
}

// describe is nil where an action says nothing of a request, so that the whole descriptor goes.
func describe(action *routev3.RateLimit_Action, s subject) (*entry, error) {
	switch specifier := action.GetActionSpecifier().(type) {
	case *routev3.RateLimit_Action_GenericKey_:
		return &entry{specifier.GenericKey.GetDescriptorKey(), specifier.GenericKey.GetDescriptorValue()}, nil
	case *routev3.RateLimit_Action_RemoteAddress_:
		return &entry{"remote_address", s.remote}, nil
	case *routev3.RateLimit_Action_RequestHeaders_:
		value, present := s.request.header(specifier.RequestHeaders.GetHeaderName())
		if !present || value == "" {
			return nil, nil
		}
		return &entry{specifier.RequestHeaders.GetDescriptorKey(), value}, nil
	case *routev3.RateLimit_Action_HeaderValueMatch_:
		match := specifier.HeaderValueMatch
		matches, err := allOf(match.GetHeaders(), func(one *routev3.HeaderMatcher) (bool, error) { return matchHeader(one, s.request) })
		return expected(matches == expects(match.GetExpectMatch()), match.GetDescriptorKey(), match.GetDescriptorValue()), err
	case *routev3.RateLimit_Action_QueryParameterValueMatch_:
		match := specifier.QueryParameterValueMatch
		matches, err := allOf(match.GetQueryParameters(), func(one *routev3.QueryParameterMatcher) (bool, error) { return matchParameter(one, s.request) })
		return expected(matches == expects(match.GetExpectMatch()), match.GetDescriptorKey(), match.GetDescriptorValue()), err
	}
	return nil, unknown("action of a rate limit", action)
}

// expects: a match, where nothing is said.
func expects(said *wrapperspb.BoolValue) bool { return said == nil || said.GetValue() }

func expected(is bool, key, value string) *entry {
	if !is {
		return nil
	}
	return &entry{key, value}
}
