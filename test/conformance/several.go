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

// several is a question about a mesh of several clusters: where a sidecar of one sends what goes to a host; or, where no workload is named,
// what its ztunnels know of the host, and what its gateway between networks does with what comes in for it.
type several struct {
	Clusters []member `json:"clusters"`
	// Cluster is the name of the one in which the workload is.
	Cluster  string `json:"cluster"`
	Workload string `json:"workload"`
	Host     string `json:"host"`
	Port     uint32 `json:"port"`
}

type member struct {
	Name    string `json:"name"`
	Network string `json:"network"`
	// Gateway is where other networks reach the gateway of this one.
	Gateway   string          `json:"gateway"`
	Manifests json.RawMessage `json:"manifests"`
}

func endpointsOf(ctx context.Context, bench *judge.Judge, asked *several) ([]istiod.Endpoint, error) {
	members, home, err := membersOf(ctx, bench, asked)
	if err != nil {
		return nil, err
	}
	return istiod.EndpointsAt(members, home, asked.Workload, asked.Host, asked.Port)
}

// tunnels is how pods in ambient mode reach a host in a mesh of several networks.
type tunnels struct {
	Told istiod.Told  `json:"told"`
	Ways []istiod.Way `json:"ways"`
}

func tunnelsOf(ctx context.Context, bench *judge.Judge, asked *several) (*tunnels, error) {
	members, home, err := membersOf(ctx, bench, asked)
	if err != nil {
		return nil, err
	}
	told, err := istiod.TellsZtunnels(members, home, asked.Host)
	if err != nil {
		return nil, err
	}
	ways, err := istiod.WaysIn(members[home], asked.Host, asked.Port)
	return &tunnels{told, ways}, err
}

func membersOf(ctx context.Context, bench *judge.Judge, asked *several) ([]istiod.Member, int, error) {
	home := slices.IndexFunc(asked.Clusters, func(one member) bool { return one.Name == asked.Cluster })
	if home < 0 {
		return nil, home, fmt.Errorf("no cluster is called %s", asked.Cluster)
	}
	var members []istiod.Member
	pods := 0
	for _, one := range asked.Clusters {
		made, err := one.read(ctx, bench, pods)
		if err != nil {
			return nil, home, fmt.Errorf("%s: %w", one.Name, err)
		}
		for _, w := range made.Workloads {
			pods += len(w.Addresses)
		}
		members = append(members, istiod.Member{Cluster: made, Name: one.Name, Network: one.Network})
	}
	return members, home, nil
}

func (m member) read(ctx context.Context, bench *judge.Judge, before int) (*cluster.Cluster, error) {
	stored, err := bench.Stored(ctx, m.Manifests)
	if err != nil {
		return nil, err
	}
	objects, err := cluster.Read(stored)
	if err != nil {
		return nil, err
	}
	return cluster.New(objects, nil, cluster.Settings{PodsElsewhere: before, Networks: m.Gateway != "", GatewayAddress: m.Gateway})
}
