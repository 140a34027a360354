package envoy

import (
	faultv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/fault/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
)

// Fault is what a proxy does to requests on purpose. A delay changes no answer.
type Fault struct {
	Delay string `json:"delay,omitempty"`
	// Delayed is in percent, as is Aborted.
	Delayed    float64 `json:"delayed,omitempty"`
	Status     uint32  `json:"status,omitempty"`
	GRPCStatus uint32  `json:"grpcStatus,omitempty"`
	Aborted    float64 `json:"aborted,omitempty"`
}

// AbortedShare is the part of the requests that are answered with a fault instead, also where there is none.
func (f *Fault) AbortedShare() float64 {
	if f == nil {
		return 0
	}
	return f.Aborted / 100
}

func faultOf(said *faultv3.HTTPFault) (*Fault, error) {
	abort, delay := said.GetAbort(), said.GetDelay()
	isForSome := len(said.GetHeaders())+len(said.GetDownstreamNodes()) > 0 || said.GetUpstreamCluster() != ""
	if isForSome || abort.GetHeaderAbort() != nil || delay.GetHeaderDelay() != nil {
		return nil, unknown("fault", said)
	}
	fault := Fault{
		Delayed: percentOf(delay.GetPercentage()), Aborted: percentOf(abort.GetPercentage()),
		Status: abort.GetHttpStatus(), GRPCStatus: abort.GetGrpcStatus(),
	}
	if delay != nil {
		fault.Delay = duration(delay.GetFixedDelay())
	}
	return &fault, nil
}

func percentOf(one *typev3.FractionalPercent) float64 {
	return min(100, float64(one.GetNumerator())/denominators[one.GetDenominator()])
}

// denominators is how many parts make a percent.
var denominators = map[typev3.FractionalPercent_DenominatorType]float64{
	typev3.FractionalPercent_HUNDRED: 1, typev3.FractionalPercent_TEN_THOUSAND: 100, typev3.FractionalPercent_MILLION: 10_000,
}
