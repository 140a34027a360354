package envoy

import (
	"math"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	upstreamhttpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// Settings is how a proxy treats the endpoints of a cluster. What is not limited is left out.
type Settings struct {
	Name                     string            `json:"name"`
	ConnectTimeout           string            `json:"connectTimeout,omitempty"`
	MaxConnections           *uint32           `json:"maxConnections,omitempty"`
	MaxPendingRequests       *uint32           `json:"maxPendingRequests,omitempty"`
	MaxRequests              *uint32           `json:"maxRequests,omitempty"`
	MaxRequestsPerConnection *uint32           `json:"maxRequestsPerConnection,omitempty"`
	MaxRetries               *uint32           `json:"maxRetries,omitempty"`
	OutlierDetection         *OutlierDetection `json:"outlierDetection,omitempty"`
}

// OutlierDetection is when an endpoint is left out for a while.
type OutlierDetection struct {
	Consecutive5xxErrors     *uint32 `json:"consecutive5xxErrors,omitempty"`
	ConsecutiveGatewayErrors *uint32 `json:"consecutiveGatewayErrors,omitempty"`
	Interval                 string  `json:"interval,omitempty"`
	BaseEjectionTime         string  `json:"baseEjectionTime,omitempty"`
	MaxEjectionPercent       *uint32 `json:"maxEjectionPercent,omitempty"`
}

// Settings reads the limits of a cluster.
func (p *Proxy) Settings(name string) (*Settings, error) {
	cluster := p.Clusters[name]
	settings := &Settings{Name: cluster.Name, ConnectTimeout: duration(cluster.GetConnectTimeout())}
	for _, threshold := range cluster.GetCircuitBreakers().GetThresholds() {
		if threshold.Priority != corev3.RoutingPriority_DEFAULT {
			continue
		}
		settings.MaxConnections = limit(threshold.GetMaxConnections())
		settings.MaxPendingRequests = limit(threshold.GetMaxPendingRequests())
		settings.MaxRequests = limit(threshold.GetMaxRequests())
		settings.MaxRetries = limit(threshold.GetMaxRetries())
	}
	if protocol := cluster.GetTypedExtensionProtocolOptions()["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"]; protocol != nil {
		options, err := decodeAs[*upstreamhttpv3.HttpProtocolOptions](p, protocol)
		if err != nil {
			return nil, err
		}
		settings.MaxRequestsPerConnection = limit(options.GetCommonHttpProtocolOptions().GetMaxRequestsPerConnection())
	}
	if outlier := cluster.GetOutlierDetection(); outlier != nil {
		settings.OutlierDetection = &OutlierDetection{
			Consecutive5xxErrors:     limit(outlier.GetConsecutive_5Xx()),
			ConsecutiveGatewayErrors: limit(outlier.GetConsecutiveGatewayFailure()),
			Interval:                 duration(outlier.GetInterval()),
			BaseEjectionTime:         duration(outlier.GetBaseEjectionTime()),
			MaxEjectionPercent:       limit(outlier.GetMaxEjectionPercent()),
		}
	}
	return settings, nil
}

// limit leaves out what istiod writes for "as many as you like".
func limit(value *wrapperspb.UInt32Value) *uint32 {
	if value == nil || value.Value == math.MaxUint32 {
		return nil
	}
	return &value.Value
}
