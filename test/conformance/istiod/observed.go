package istiod

import (
	"encoding/json"
	"fmt"

	accesslogv3 "github.com/envoyproxy/go-control-plane/envoy/config/accesslog/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	tcpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"istio-constructs/test/conformance/cluster"
)

// Observed is what one filter chain of a proxy tells of the requests or connections that it takes.
type Observed struct {
	Listener string `json:"listener"`
	Chain    string `json:"chain"`
	// Tracing is absent where nothing is traced.
	Tracing    json.RawMessage   `json:"tracing,omitempty"`
	AccessLogs []json.RawMessage `json:"accessLogs,omitempty"`
	// Stats are the filters that count.
	Stats []json.RawMessage `json:"stats,omitempty"`
}

// stats is how istiod calls the filter that counts, for requests and for bytes.
const stats = "istio.stats"

// ObservedAt is what the proxy of a workload traces, logs and counts.
func ObservedAt(c *cluster.Cluster, key string) ([]Observed, error) {
	w := c.Workload(key)
	if w == nil || proxyTypes[w.Proxy] == "" {
		return nil, fmt.Errorf("no Envoy stands at %s", key)
	}
	var found []Observed
	return found, Run(c, func(control *Istiod) error {
		for _, one := range control.Proxy(w).Listeners {
			for _, chain := range append(one.FilterChains, one.GetDefaultFilterChain()) {
				seen, err := observedIn(one.Name, chain)
				if err != nil {
					return err
				}
				if seen != nil {
					found = append(found, *seen)
				}
			}
		}
		return nil
	})
}

func observedIn(listener string, chain *listenerv3.FilterChain) (*Observed, error) {
	seen := &Observed{Listener: listener, Chain: chain.GetName()}
	for _, filter := range chain.GetFilters() {
		message, err := filter.GetTypedConfig().UnmarshalNew()
		if err != nil {
			return nil, fmt.Errorf("%s of %s: %w", filter.GetName(), listener, err)
		}
		if err := seen.add(filter.GetName(), message); err != nil {
			return nil, err
		}
	}
	if seen.Tracing == nil && seen.AccessLogs == nil && seen.Stats == nil {
		return nil, nil
	}
	return seen, nil
}

func (o *Observed) add(name string, message proto.Message) error {
	switch filter := message.(type) {
	case *hcmv3.HttpConnectionManager:
		for _, inner := range filter.GetHttpFilters() {
			if inner.GetName() == stats {
				if err := written(&o.Stats, inner.GetTypedConfig()); err != nil {
					return err
				}
			}
		}
		if filter.GetTracing() != nil {
			text, err := protojson.Marshal(filter.GetTracing())
			if err != nil {
				return err
			}
			o.Tracing = text
		}
		return o.log(filter.GetAccessLog())
	case *tcpv3.TcpProxy:
		return o.log(filter.GetAccessLog())
	}
	if name == stats {
		return written(&o.Stats, message)
	}
	return nil
}

func (o *Observed) log(logs []*accesslogv3.AccessLog) error {
	for _, one := range logs {
		if err := written(&o.AccessLogs, one); err != nil {
			return err
		}
	}
	return nil
}

func written(list *[]json.RawMessage, message proto.Message) error {
	text, err := protojson.Marshal(message)
	*list = append(*list, text)
	return err
}
