// Package traffic follows requests from proxy to proxy, through the configuration of each.
package traffic

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
)

// Request is who sends what to whom.
type Request struct {
	From    cluster.Caller    `json:"from"`
	To      Target            `json:"to"`
	Method  string            `json:"method,omitempty"`
	Path    string            `json:"path,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	Token   *envoy.Token      `json:"token,omitempty"`
	// Addressed is how the client writes it, where that is another host than the one that it calls.
	Addressed Addressed `json:"addressed"`
}

// Addressed is the host that a client writes; empty for the one that it calls.
type Addressed struct {
	Host string `json:"host,omitempty"`
}

// Target is a host, the pod of a workload, or an address.
type Target struct {
	Host    string `json:"host,omitempty"`
	PodOf   string `json:"podOf,omitempty"`
	Address string `json:"address,omitempty"`
	Port    uint32 `json:"port"`
}

// Layer is what decided.
type Layer string

// Policies, the lack of an identity, a host that the caller's proxy was not told of, a route that leads nowhere, or nobody.
const (
	Authorization Layer = "authorization"
	MutualTLS     Layer = "mtls"
	Scope         Layer = "scope"
	Routing       Layer = "routing"
	Nobody        Layer = "none"
)

// Answer is what becomes of requests of one kind.
type Answer struct {
	Allowed bool   `json:"allowed"`
	By      string `json:"by"`
	Layer   Layer  `json:"layer"`
	Legs    []Leg  `json:"legs"`
	Ways    []Way  `json:"ways"`
	// Copies are the ways of copies that a proxy makes of the request.
	Copies []Way `json:"copies,omitempty"`
	Limits []Met `json:"limits"`
	// Asks are the authorizers that are asked, and the proxy that asks each.
	Asks []Asked `json:"asks"`
	// Would is what policies note that decide nothing.
	Would []Noted `json:"would"`
}

// Noted is what a policy notes, and the proxy at which it does.
type Noted struct {
	At string `json:"at"`
	envoy.Would
}

// Asked is an authorizer, by the name of its provider.
type Asked struct {
	At       string `json:"at"`
	Provider string `json:"provider"`
}

// Met is a limit that requests meet, and the proxy that holds it.
type Met struct {
	At string `json:"at"`
	envoy.Limit
}

// Leg is a proxy that routed.
type Leg struct {
	At      string         `json:"at"`
	By      string         `json:"by,omitempty"`
	Rule    string         `json:"rule,omitempty"`
	Timeout string         `json:"timeout,omitempty"`
	Retries *envoy.Retries `json:"retries,omitempty"`
	Fault   *envoy.Fault   `json:"fault,omitempty"`
	Upgrade string         `json:"upgrade,omitempty"`
	Shape   *envoy.Shape   `json:"shape,omitempty"`
	Hash    string         `json:"hash,omitempty"`
}

// Way is one of the ways that requests take, with its weight in percent.
type Way struct {
	Workload string          `json:"workload,omitempty"`
	Host     string          `json:"host"`
	Subset   string          `json:"subset,omitempty"`
	Weight   float64         `json:"weight"`
	Allowed  bool            `json:"allowed"`
	By       string          `json:"by"`
	Layer    Layer           `json:"layer"`
	Hops     []Hop           `json:"hops"`
	Cluster  *envoy.Settings `json:"cluster,omitempty"`
}

// Hop is one connection.
type Hop struct {
	At        string     `json:"at"`
	Transport envoy.Kind `json:"transport"`
	Principal string     `json:"principal,omitempty"`
	Allowed   bool       `json:"allowed"`
	By        string     `json:"by,omitempty"`
}

// summarize says of all ways what holds for the request: it is allowed where every way that is taken is.
func summarize(legs []Leg, ways []Way) Answer {
	answer := Answer{Allowed: true, Layer: Nobody, Legs: distinct(legs), Ways: merge(ways)}
	slices.SortFunc(answer.Ways, func(a, b Way) int { return strings.Compare(a.name(), b.name()) })
	for _, way := range answer.Ways {
		if way.Weight == 0 {
			continue
		}
		if !way.Allowed {
			answer.Allowed, answer.By, answer.Layer = false, way.By, way.Layer
			return answer
		}
		if answer.By == "" {
			answer.By, answer.Layer = way.By, way.Layer
		}
	}
	return answer
}

func (w Way) name() string {
	return strings.Join([]string{w.Workload, w.Host, w.Subset, w.By, string(w.Layer)}, " ")
}

// merge adds up ways that differ in nothing but the pod.
func merge(ways []Way) []Way {
	merged := []Way{}
	for _, way := range ways {
		index := slices.IndexFunc(merged, func(one Way) bool { return one.name() == way.name() && slices.Equal(one.Hops, way.Hops) })
		if index < 0 {
			merged = append(merged, way)
			continue
		}
		merged[index].Weight += way.Weight
	}
	for index := range merged {
		merged[index].Weight = math.Round(merged[index].Weight*100) / 100
	}
	return merged
}

func distinct[T any](items []T) []T {
	kept := []T{}
	for _, item := range items {
		if !slices.ContainsFunc(kept, func(one T) bool { return reflect.DeepEqual(one, item) }) {
			kept = append(kept, item)
		}
	}
	return kept
}
