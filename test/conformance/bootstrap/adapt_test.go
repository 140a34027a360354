package bootstrap

import (
	"encoding/json"
	"strings"
	"testing"
)

// changed is a configuration after adapt, in one line, and what was left out of it.
func changed(t *testing.T, config string) (string, []string) {
	t.Helper()
	var parsed any
	if err := json.Unmarshal([]byte(config), &parsed); err != nil {
		t.Fatal(err)
	}
	p := &plain{leftOut: map[string]bool{}}
	written, err := json.Marshal(p.adapt(parsed))
	if err != nil {
		t.Fatal(err)
	}
	return string(written), p.listOfLeftOut()
}

func filter(name string) string {
	return `{"name":"a","typedConfig":{"@type":"type.googleapis.com/` + name + `"}}`
}

func TestFiltersOfIstiosOwnAreLeftOut(t *testing.T) {
	router := filter("envoy.extensions.filters.http.router.v3.Router")
	got, leftOut := changed(t, `{"httpFilters":[`+filter("io.istio.http.peer_metadata.Config")+`,`+router+`]}`)
	if got != `{"httpFilters":[`+router+`]}` {
		t.Errorf("got %s", got)
	}
	if strings.Join(leftOut, " ") != "io.istio.http.peer_metadata.Config" {
		t.Errorf("left out %v", leftOut)
	}
}

func TestFiltersInStructsAreLeftOutByTheTypeInThem(t *testing.T) {
	inStruct := func(inner string) string {
		return `{"typedConfig":{"@type":"type.googleapis.com/udpa.type.v1.TypedStruct","typeUrl":"type.googleapis.com/` + inner + `"}}`
	}
	limit := inStruct("envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit")
	got, _ := changed(t, `[`+inStruct("stats.PluginConfig")+`,`+limit+`]`)
	if got != `[`+limit+`]` {
		t.Errorf("got %s", got)
	}
}

func TestWhatDecidesIsNeverLeftOut(t *testing.T) {
	for _, name := range []string{"router", "fault", "cors", "rbac", "jwt_authn", "local_ratelimit", "ratelimit", "ext_authz", "lua", "buffer"} {
		for own := range istiosOwn {
			if strings.Contains(own, "."+name+".") {
				t.Errorf("%s is left out", own)
			}
		}
	}
}

func TestAuthenticatedPeersAreAskedForByName(t *testing.T) {
	got, _ := changed(t, `{"ids":[{"authenticated":{"principalName":{"exact":"spiffe://a"}}}]}`)
	if got != `{"ids":[{"filterState":{"key":"io.istio.peer_principal","stringMatch":{"exact":"spiffe://a"}}}]}` {
		t.Errorf("got %s", got)
	}
	got, _ = changed(t, `{"authenticated":{}}`)
	if got != `{"filterState":{"key":"io.istio.peer_principal","stringMatch":{"safeRegex":{"regex":".+"}}}}` {
		t.Errorf("got %s", got)
	}
}

func TestWhatNobodyKnowsIsAnError(t *testing.T) {
	for config, fails := range map[string]bool{
		filter("envoy.extensions.filters.http.cors.v3.Cors"):                                false,
		filter("google.protobuf.Struct"):                                                    false,
		filter("istio.envoy.config.filter.http.something.new"):                              true,
		`{"typedPerFilterConfig":{"a":{"@type":"type.googleapis.com/stats.PluginConfig"}}}`: true,
	} {
		var parsed any
		if err := json.Unmarshal([]byte(config), &parsed); err != nil {
			t.Fatal(err)
		}
		if err := checkTypes(parsed); (err != nil) != fails {
			t.Errorf("%s: got %v", config, err)
		}
	}
}
