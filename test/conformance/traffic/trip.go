package traffic

import (
	"strings"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
	"istio-constructs/test/conformance/istiod"
)

// journey collects what is found out about one request.
type journey struct {
	istiod  *istiod.Istiod
	cluster *cluster.Cluster
	request envoy.Request
	legs    []Leg
	ways    []Way
	// copies are the ways of copies, whose answers nobody waits for.
	copies []Way
	limits []Met
	asks   []Asked
	would  []Noted
	// writesHost: the client writes a host of its own, whatever it calls.
	writesHost bool
	// showsCertificate: whoever sends the request from outside has one.
	showsCertificate bool
}

// meets notes the limits that a proxy holds requests to, whom it asks about them, and what policies note that decide nothing.
func (j *journey) meets(at *cluster.Workload, outcome envoy.Outcome) {
	for _, limit := range outcome.Limits {
		j.limits = append(j.limits, Met{At: at.String(), Limit: limit})
	}
	for _, provider := range outcome.Asks {
		j.asks = append(j.asks, Asked{At: at.String(), Provider: provider})
	}
	for _, one := range outcome.Would {
		j.would = append(j.would, Noted{At: at.String(), Would: one})
	}
}

// trip is a part of the requests on their way.
type trip struct {
	share   float64
	hops    []Hop
	host    string
	subset  string
	by      string
	layer   Layer
	cluster *envoy.Settings
}

// part is a share of a trip's share.
func (t trip) part(share float64) trip {
	t.share *= share
	t.hops = append([]Hop(nil), t.hops...)
	return t
}

// passed notes a hop that let the trip through; who first had a say is who decided.
func (t *trip) passed(hop Hop) {
	hop.Allowed = true
	t.hops = append(t.hops, hop)
	if t.by == "" && hop.By != "" {
		t.by, t.layer = hop.By, Authorization
	}
}

// ends notes where a trip arrives.
func (j *journey) ends(t trip, workload string) {
	if t.layer == "" {
		t.layer = Nobody
	}
	j.ways = append(j.ways, t.way(workload, true))
}

// refused notes where a trip is stopped, at a hop if a connection was made at all.
func (j *journey) refused(t trip, layer Layer, by string, at ...Hop) {
	t.by, t.layer = by, layer
	workload := ""
	for _, hop := range at {
		hop.By = by
		t.hops = append(t.hops, hop)
		_, workload, _ = strings.Cut(hop.At, " ")
	}
	j.ways = append(j.ways, t.way(workload, false))
}

func (t trip) way(workload string, allowed bool) Way {
	hops := t.hops
	if hops == nil {
		hops = []Hop{}
	}
	return Way{
		Workload: workload, Host: t.host, Subset: t.subset, Weight: t.share * 100, Allowed: allowed,
		By: t.by, Layer: t.layer, Hops: hops, Cluster: t.cluster,
	}
}

func named(names []string) string {
	return strings.Join(names, ", ")
}
