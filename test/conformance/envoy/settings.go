package envoy

import (
	"math"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	upstreamhttpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// Settings is how a proxy treats the endpoints of a cluster. What is not limited, or is as istiod has it by itself, is left out.
type Settings struct {
	Name                     string            `json:"name"`
	ConnectTimeout           string            `json:"connectTimeout,omitempty"`
	MaxConnections           *uint32           `json:"maxConnections,omitempty"`
	MaxPendingRequests       *uint32           `json:"maxPendingRequests,omitempty"`
	MaxRequests              *uint32           `json:"maxRequests,omitempty"`
	MaxRequestsPerConnection *uint32           `json:"maxRequestsPerConnection,omitempty"`
	MaxRetries               *uint32           `json:"maxRetries,omitempty"`
	RetryBudget              *RetryBudget      `json:"retryBudget,omitempty"`
	IdleTimeout              string            `json:"idleTimeout,omitempty"`
	MaxConnectionDuration    string            `json:"maxConnectionDuration,omitempty"`
	TCPKeepalive             *TCPKeepalive     `json:"tcpKeepalive,omitempty"`
	HTTP2                    *HTTP2            `json:"http2,omitempty"`
	UsesClientProtocol       bool              `json:"usesClientProtocol,omitempty"`
	OutlierDetection         *OutlierDetection `json:"outlierDetection,omitempty"`
	MinHealthPercent         float64           `json:"minHealthPercent,omitempty"`
	LoadBalancer             string            `json:"loadBalancer,omitempty"`
	SlowStart                *SlowStart        `json:"slowStart,omitempty"`
	ByLocality               bool              `json:"byLocality,omitempty"`
}

// OutlierDetection is when an endpoint is left out for a while.
type OutlierDetection struct {
	Consecutive5xxErrors           *uint32 `json:"consecutive5xxErrors,omitempty"`
	ConsecutiveGatewayErrors       *uint32 `json:"consecutiveGatewayErrors,omitempty"`
	ConsecutiveLocalOriginFailures *uint32 `json:"consecutiveLocalOriginFailures,omitempty"`
	Interval                       string  `json:"interval,omitempty"`
	BaseEjectionTime               string  `json:"baseEjectionTime,omitempty"`
	MaxEjectionPercent             *uint32 `json:"maxEjectionPercent,omitempty"`
}

// RetryBudget is which share of the requests may be retries.
type RetryBudget struct {
	Percent        float64 `json:"percent"`
	MinConcurrency uint32  `json:"minConcurrency"`
	Interval       string  `json:"interval,omitempty"`
}

// TCPKeepalive is when an idle connection is asked whether it is still there.
type TCPKeepalive struct {
	Probes   *uint32 `json:"probes,omitempty"`
	Time     *uint32 `json:"time,omitempty"`
	Interval *uint32 `json:"interval,omitempty"`
}

// HTTP2 is spoken to the endpoints, whatever the client speaks.
type HTTP2 struct {
	MaxConcurrentStreams *uint32 `json:"maxConcurrentStreams,omitempty"`
	PingInterval         string  `json:"pingInterval,omitempty"`
	PingTimeout          string  `json:"pingTimeout,omitempty"`
}

// SlowStart is how the load of a new endpoint grows.
type SlowStart struct {
	Window           string  `json:"window"`
	Aggression       float64 `json:"aggression"`
	MinWeightPercent float64 `json:"minWeightPercent"`
}

// Settings reads the limits of a cluster.
func (p *Proxy) Settings(name string) (*Settings, error) {
	cluster := p.Clusters[name]
	settings := &Settings{
		Name:             cluster.Name,
		ConnectTimeout:   duration(cluster.GetConnectTimeout()),
		TCPKeepalive:     keepalive(cluster.GetUpstreamConnectionOptions().GetTcpKeepalive()),
		OutlierDetection: outliers(cluster.GetOutlierDetection()),
		MinHealthPercent: cluster.GetCommonLbConfig().GetHealthyPanicThreshold().GetValue(),
		SlowStart:        slowStart(cluster),
		ByLocality:       cluster.GetCommonLbConfig().GetLocalityWeightedLbConfig() != nil,
	}
	if cluster.LbPolicy != clusterv3.Cluster_LEAST_REQUEST {
		settings.LoadBalancer = cluster.LbPolicy.String()
	}
	settings.limits(cluster)
	return settings, p.connections(settings, cluster)
}

func (s *Settings) limits(cluster *clusterv3.Cluster) {
	for _, threshold := range cluster.GetCircuitBreakers().GetThresholds() {
		if threshold.Priority != corev3.RoutingPriority_DEFAULT {
			continue
		}
		s.MaxConnections = limit(threshold.GetMaxConnections())
		s.MaxPendingRequests = limit(threshold.GetMaxPendingRequests())
		s.MaxRequests = limit(threshold.GetMaxRequests())
		s.MaxRetries = limit(threshold.GetMaxRetries())
		if budget := threshold.GetRetryBudget(); budget != nil {
			s.RetryBudget = &RetryBudget{
				Percent:        budget.GetBudgetPercent().GetValue(),
				MinConcurrency: budget.GetMinRetryConcurrency().GetValue(),
				Interval:       duration(budget.GetBudgetInterval()),
			}
		}
	}
}

func (p *Proxy) connections(settings *Settings, cluster *clusterv3.Cluster) error {
	protocol := cluster.GetTypedExtensionProtocolOptions()["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"]
	if protocol == nil {
		return nil
	}
	options, err := decodeAs[*upstreamhttpv3.HttpProtocolOptions](p, protocol)
	if err != nil {
		return err
	}
	common := options.GetCommonHttpProtocolOptions()
	settings.MaxRequestsPerConnection = limit(common.GetMaxRequestsPerConnection())
	settings.IdleTimeout = duration(common.GetIdleTimeout())
	settings.MaxConnectionDuration = duration(common.GetMaxConnectionDuration())
	settings.UsesClientProtocol = options.GetUseDownstreamProtocolConfig() != nil
	if http2 := options.GetExplicitHttpConfig().GetHttp2ProtocolOptions(); http2 != nil {
		settings.HTTP2 = &HTTP2{
			MaxConcurrentStreams: limit(http2.GetMaxConcurrentStreams()),
			PingInterval:         duration(http2.GetConnectionKeepalive().GetInterval()),
			PingTimeout:          duration(http2.GetConnectionKeepalive().GetTimeout()),
		}
	}
	return nil
}

func outliers(outlier *clusterv3.OutlierDetection) *OutlierDetection {
	if outlier == nil {
		return nil
	}
	return &OutlierDetection{
		Consecutive5xxErrors:           limit(outlier.GetConsecutive_5Xx()),
		ConsecutiveGatewayErrors:       limit(outlier.GetConsecutiveGatewayFailure()),
		ConsecutiveLocalOriginFailures: limit(outlier.GetConsecutiveLocalOriginFailure()),
		Interval:                       duration(outlier.GetInterval()),
		BaseEjectionTime:               duration(outlier.GetBaseEjectionTime()),
		MaxEjectionPercent:             limit(outlier.GetMaxEjectionPercent()),
	}
}

func keepalive(options *corev3.TcpKeepalive) *TCPKeepalive {
	if options == nil {
		return nil
	}
	return &TCPKeepalive{
		Probes:   limit(options.GetKeepaliveProbes()),
		Time:     limit(options.GetKeepaliveTime()),
		Interval: limit(options.GetKeepaliveInterval()),
	}
}

func slowStart(cluster *clusterv3.Cluster) *SlowStart {
	config := cluster.GetRoundRobinLbConfig().GetSlowStartConfig()
	if config == nil {
		config = cluster.GetLeastRequestLbConfig().GetSlowStartConfig()
	}
	if config == nil {
		return nil
	}
	return &SlowStart{
		Window:           duration(config.GetSlowStartWindow()),
		Aggression:       config.GetAggression().GetDefaultValue(),
		MinWeightPercent: config.GetMinWeightPercent().GetValue(),
	}
}

// limit leaves out what istiod writes for "as many as you like".
func limit(value *wrapperspb.UInt32Value) *uint32 {
	if value == nil || value.Value == math.MaxUint32 {
		return nil
	}
	return &value.Value
}
