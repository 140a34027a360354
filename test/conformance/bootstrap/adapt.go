package bootstrap

import (
	"fmt"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	statev3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/common/set_filter_state/v3"
	setstatev3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/set_filter_state/v3"
	"google.golang.org/protobuf/types/known/anypb"
)

const (
	typeField  = "@type"
	typePrefix = "type.googleapis.com/"
	// peerPrincipal is where Istio keeps the identity of a peer whose certificate another listener has seen.
	peerPrincipal = "io.istio.peer_principal"
)

// istiosOwn are the types of what only Istio's build of Envoy has: they name protocols, exchange names and count, and decide nothing about a request.
var istiosOwn = map[string]bool{
	"stats.PluginConfig": true,
	"envoy.tcp.metadataexchange.config.MetadataExchange":        true,
	"io.istio.http.peer_metadata.Config":                        true,
	"istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig": true,
}

// adapt leaves out the filters of Istio's own, and has policies ask for a peer's name where peerIs puts it.
func (p *plain) adapt(config any) any {
	switch value := config.(type) {
	case []any:
		kept := []any{}
		for _, item := range value {
			if name := typeOf(item); istiosOwn[name] {
				p.leftOut[name] = true
				continue
			}
			kept = append(kept, p.adapt(item))
		}
		return kept
	case map[string]any:
		for field, part := range value {
			value[field] = p.adapt(part)
		}
		if peer, asks := value["authenticated"].(map[string]any); asks {
			delete(value, "authenticated")
			value["filterState"] = stateOf(peer)
		}
	}
	return config
}

// stateOf asks of a connection without a certificate what is asked of one that has it, as Istio itself does inside of tunnels.
func stateOf(authenticated map[string]any) map[string]any {
	name := authenticated["principalName"]
	if name == nil {
		name = map[string]any{"safeRegex": map[string]any{"regex": ".+"}}
	}
	return map[string]any{"key": peerPrincipal, "stringMatch": name}
}

// typeOf is the type of what a filter, or anything else that stands in a list under a name, is configured by.
func typeOf(item any) string {
	named, _ := item.(map[string]any)
	config, _ := named["typedConfig"].(map[string]any)
	return ownType(config)
}

// ownType is what a part of the configuration says that it is; a struct with a type in it is of that type.
func ownType(part map[string]any) string {
	name, _ := part[typeField].(string)
	if inner, isStruct := part["typeUrl"].(string); isStruct && strings.HasSuffix(name, ".TypedStruct") {
		name = inner
	}
	return strings.TrimPrefix(name, typePrefix)
}

// checkTypes reports what is neither Envoy's nor known to be left out: a configuration that lacks a part shows nothing.
func checkTypes(config any) error {
	switch value := config.(type) {
	case []any:
		for _, item := range value {
			if err := checkTypes(item); err != nil {
				return err
			}
		}
	case map[string]any:
		name := ownType(value)
		isKnown := strings.HasPrefix(name, "envoy.") || strings.HasPrefix(name, "google.protobuf.")
		if name != "" && (istiosOwn[name] || !isKnown) {
			return fmt.Errorf("not modelled: %s, which a plain Envoy may not have", name)
		}
		for _, part := range value {
			if err := checkTypes(part); err != nil {
				return err
			}
		}
	}
	return nil
}

func eachString(config any, visit func(string)) {
	switch value := config.(type) {
	case string:
		visit(value)
	case []any:
		for _, item := range value {
			eachString(item, visit)
		}
	case map[string]any:
		for _, part := range value {
			eachString(part, visit)
		}
	}
}

// peerIs says who is at the other end, as the certificate would.
func peerIs(name string) (*listenerv3.Filter, error) {
	said := &statev3.FilterStateValue{
		Key:        &statev3.FilterStateValue_ObjectKey{ObjectKey: peerPrincipal},
		FactoryKey: "envoy.string",
		Value: &statev3.FilterStateValue_FormatString{FormatString: &corev3.SubstitutionFormatString{
			Format: &corev3.SubstitutionFormatString_TextFormatSource{TextFormatSource: &corev3.DataSource{
				Specifier: &corev3.DataSource_InlineString{InlineString: name},
			}},
		}},
	}
	config, err := anypb.New(&setstatev3.Config{OnNewConnection: []*statev3.FilterStateValue{said}})
	if err != nil {
		return nil, err
	}
	return &listenerv3.Filter{Name: "peer", ConfigType: &listenerv3.Filter_TypedConfig{TypedConfig: config}}, nil
}
