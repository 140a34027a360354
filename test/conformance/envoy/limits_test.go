package envoy

import (
	"reflect"
	"testing"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
)

const all = `{default_value: {numerator: 100}}`

func filtered(name, kind, config string) string {
	return `{name: ` + name + `, typed_config: {"@type": ` + extensions + `filters.http.` + kind + `, ` + config + `}}`
}

func sorted(how string) string {
	return `{query_parameter_value_match: {descriptor_key: query, descriptor_value: "yes", query_parameters: [{name: sort, string_match: {exact: ` + how + `}}]}}`
}

// limitsOf are those that the request of web meets in a manager with one filter.
func limitsOf(t *testing.T, filter string, headers map[string]string) ([]Limit, error) {
	t.Helper()
	proxy := &Proxy{Clusters: map[string]*clusterv3.Cluster{"outbound|8081||counter": {}}}
	connection := web()
	connection.HTTP.Headers = headers
	outcome := Outcome{Allowed: true, Onward: connection}
	err := proxy.requests(written(t, &hcmv3.HttpConnectionManager{}, `{stat_prefix: a, http_filters: [`+filter+`],
		route_config: {virtual_hosts: [{name: a, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: b}}]}]}}`), &outcome)
	return outcome.Limits, err
}

func TestLimitsThatARequestMeets(t *testing.T) {
	const bucket = `token_bucket: {max_tokens: 20, tokens_per_fill: 10, fill_interval: 60s}`
	const local = `stat_prefix: a, filter_enabled: ` + all + `, filter_enforced: ` + all
	const items = `{header_value_match: {descriptor_key: match, descriptor_value: "yes", expect_match: true,
		headers: [{name: ":path", string_match: {safe_regex: {regex: "/items([/?#].*)?"}}}]}}`
	const user = `{request_headers: {header_name: x-user, descriptor_key: x-user}}`
	const nobody = `{header_value_match: {descriptor_key: without, descriptor_value: x-user, expect_match: false,
		headers: [{name: x-user, string_match: {safe_regex: {regex: ".+"}}}]}}`
	perUser := filtered("user", "local_ratelimit.v3.LocalRateLimit", local+`, status: {code: 503},
		rate_limits: [{actions: [`+items+`, `+user+`]}, {actions: [`+items+`, `+nobody+`]}],
		descriptors: [{entries: [{key: match, value: "yes"}, {key: x-user}], `+bucket+`},
			{entries: [{key: match, value: "yes"}, {key: without, value: x-user}], `+bucket+`}]`)
	filled := Limit{Name: "user", Requests: 10, Per: "1m", Burst: 20, Enforced: 100, Status: 503}
	alice, nameless := filled, filled
	alice.Of, nameless.Of = "match=yes, x-user=alice", "match=yes, without=x-user"
	global := filtered("all", "ratelimit.v3.RateLimit", `domain: shop, failure_mode_deny: true, filter_enabled: `+all+`, filter_enforced: `+all+`,
		rate_limits: [{actions: [{generic_key: {descriptor_key: limit, descriptor_value: all}}, {remote_address: {}}]}],
		rate_limit_service: {transport_api_version: V3, grpc_service: {envoy_grpc: {cluster_name: "outbound|8081||counter"}}}`)
	for name, one := range map[string]struct {
		filter  string
		headers map[string]string
		want    []Limit
	}{
		"one for all": {filtered("all", "local_ratelimit.v3.LocalRateLimit", local+`, `+bucket), nil,
			[]Limit{{Name: "all", Requests: 10, Per: "1m", Burst: 20, Enforced: 100, Status: 429}}},
		"one that is tried": {filtered("all", "local_ratelimit.v3.LocalRateLimit", `stat_prefix: a, filter_enabled: `+all+`, `+bucket), nil,
			[]Limit{{Name: "all", Requests: 10, Per: "1m", Burst: 20, Status: 429}}},
		"one of a user":          {perUser, map[string]string{"x-user": "alice"}, []Limit{alice}},
		"one of the nameless":    {perUser, nil, []Limit{nameless}},
		"an empty name is none":  {perUser, map[string]string{"x-user": ""}, []Limit{nameless}},
		"one that others count":  {global, nil, []Limit{{Name: "all", Of: "limit=all, remote_address=10.244.0.9", Enforced: 100, Status: 429, Limiter: "outbound|8081||counter", Domain: "shop", FailsClosed: true}}},
		"a body's length":        {filtered("size", "buffer.v3.Buffer", `max_request_bytes: 1000`), nil, []Limit{{Name: "size", MaxBytes: 1000}}},
		"what is about sorting":  {filtered("other", "local_ratelimit.v3.LocalRateLimit", local+`, rate_limits: [{actions: [`+sorted("up")+`]}], descriptors: [{entries: [{key: query, value: "yes"}], `+bucket+`}]`), nil, []Limit{{Name: "other", Of: "query=yes", Requests: 10, Per: "1m", Burst: 20, Enforced: 100, Status: 429}}},
		"what is about no items": {filtered("other", "local_ratelimit.v3.LocalRateLimit", local+`, rate_limits: [{actions: [`+sorted("down")+`]}]`), nil, nil},
	} {
		if got, err := limitsOf(t, one.filter, one.headers); err != nil || !reflect.DeepEqual(got, one.want) {
			t.Errorf("%s: got %+v, %v, want %+v", name, got, err, one.want)
		}
	}
}

func TestLimitsThatEnvoyRefusesOrThatAreNotModelled(t *testing.T) {
	if _, err := limitsOf(t, filtered("size", "buffer.v3.Buffer", `max_request_bytes: 0`), nil); err == nil {
		t.Error("Envoy takes no buffer of nothing")
	}
	if _, err := limitsOf(t, filtered("all", "local_ratelimit.v3.LocalRateLimit", `stat_prefix: ""`), nil); err == nil {
		t.Error("Envoy takes no limit without a prefix for its statistics")
	}
	for _, filter := range []string{
		filtered("all", "local_ratelimit.v3.LocalRateLimit", `stat_prefix: a`),
		filtered("all", "local_ratelimit.v3.LocalRateLimit", `stat_prefix: a, filter_enabled: `+all+`, rate_limits: [{actions: [{source_cluster: {}}]}]`),
		filtered("all", "ratelimit.v3.RateLimit", `domain: shop, filter_enabled: `+all+`,
			rate_limit_service: {grpc_service: {envoy_grpc: {cluster_name: "outbound|8081||elsewhere"}}}`),
	} {
		_, err := limitsOf(t, filter, nil)
		isUnknown(t, err)
	}
}
