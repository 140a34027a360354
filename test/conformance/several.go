package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/istiod"
	"istio-constructs/test/conformance/judge"
)

// several is a question about a mesh of several clusters: where a sidecar of one sends what goes to a host.
type several struct {
	Clusters []member `json:"clusters"`
	// Cluster is the name of the one in which the workload is.
	Cluster  string `json:"cluster"`
	Workload string `json:"workload"`
	Host     string `json:"host"`
	Port     uint32 `json:"port"`
}

type member struct {
	Name      string          `json:"name"`
	Network   string          `json:"network"`
	Manifests json.RawMessage `json:"manifests"`
}

func endpointsOf(ctx context.Context, bench *judge.Judge, asked *several) ([]istiod.Endpoint, error) {
	home := slices.IndexFunc(asked.Clusters, func(one member) bool { return one.Name == asked.Cluster })
	if home < 0 {
		return nil, fmt.Errorf("no cluster is called %s", asked.Cluster)
	}
	var members []istiod.Member
	pods := 0
	for _, one := range asked.Clusters {
		stored, err := bench.Stored(ctx, one.Manifests)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.Name, err)
		}
		objects, err := cluster.Read(stored)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.Name, err)
		}
		made, err := cluster.New(objects, nil, cluster.Settings{PodsElsewhere: pods})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.Name, err)
		}
		for _, w := range made.Workloads {
			pods += len(w.Addresses)
		}
		members = append(members, istiod.Member{Cluster: made, Name: one.Name, Network: one.Network})
	}
	return istiod.EndpointsAt(members, home, asked.Workload, asked.Host, asked.Port)
}
