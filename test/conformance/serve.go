package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"

	"istio-constructs/test/conformance/bootstrap"
	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/istiod"
	"istio-constructs/test/conformance/judge"
	"istio-constructs/test/conformance/traffic"
)

// question is about the manifests of one cluster: what is wrong with them, who handles whose traffic, what a proxy is told, or what becomes
// of requests.
type question struct {
	ID        int                 `json:"id"`
	Judge     bool                `json:"judge"`
	Planes    bool                `json:"planes"`
	Manifests json.RawMessage     `json:"manifests"`
	Requests  []traffic.Request   `json:"requests"`
	Settings  cluster.Settings    `json:"settings"`
	Bootstrap *bootstrap.Question `json:"bootstrap"`
	// Observed is the workload about which it is asked what its proxy traces, logs and counts.
	Observed string `json:"observed"`
	// Several is asked about more than one cluster, and brings their manifests.
	Several *several `json:"several"`
}

type reply struct {
	ID        int               `json:"id"`
	Error     string            `json:"error,omitempty"`
	Findings  []judge.Finding   `json:"findings,omitempty"`
	Answers   []traffic.Answer  `json:"answers,omitempty"`
	Planes    []cluster.Plane   `json:"planes,omitempty"`
	Bootstrap *bootstrap.Answer `json:"bootstrap,omitempty"`
	Observed  []istiod.Observed `json:"observed,omitempty"`
	Endpoints []istiod.Endpoint `json:"endpoints,omitempty"`
	Tunnels   *tunnels          `json:"tunnels,omitempty"`
}

// serve answers until there are no more questions.
func serve(ctx context.Context, questions io.Reader, answers io.Writer, crds string) error {
	bench, err := judge.New(crds)
	if err != nil {
		return err
	}
	lines, replies := bufio.NewReader(questions), json.NewEncoder(answers)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var asked question
		if err := json.Unmarshal(line, &asked); err != nil {
			return err
		}
		if err := replies.Encode(answer(ctx, bench, asked)); err != nil {
			return err
		}
	}
}

func answer(ctx context.Context, bench *judge.Judge, asked question) reply {
	result := reply{ID: asked.ID}
	err := error(nil)
	switch {
	case asked.Judge:
		result.Findings, err = bench.Documents(ctx, map[string][]byte{"manifests": asked.Manifests})
	case asked.Planes:
		result.Planes, err = planesOf(ctx, bench, asked.Manifests)
	case asked.Bootstrap != nil:
		result.Bootstrap, err = bootstrapOf(ctx, bench, asked)
	case asked.Observed != "":
		result.Observed, err = observedAt(ctx, bench, asked)
	case asked.Several != nil && asked.Several.Workload == "":
		result.Tunnels, err = tunnelsOf(ctx, bench, asked.Several)
	case asked.Several != nil:
		result.Endpoints, err = endpointsOf(ctx, bench, asked.Several)
	default:
		result.Answers, err = answerOne(ctx, bench, asked)
	}
	if err != nil {
		result.Error = err.Error()
	}
	return result
}

func answerOne(ctx context.Context, bench *judge.Judge, asked question) ([]traffic.Answer, error) {
	stored, err := bench.Stored(ctx, asked.Manifests)
	if err != nil {
		return nil, err
	}
	return traffic.AskAll(stored, asked.Requests, asked.Settings)
}

func planesOf(ctx context.Context, bench *judge.Judge, manifests json.RawMessage) ([]cluster.Plane, error) {
	stored, err := bench.Stored(ctx, manifests)
	if err != nil {
		return nil, err
	}
	return cluster.PlanesOf(stored)
}

func observedAt(ctx context.Context, bench *judge.Judge, asked question) ([]istiod.Observed, error) {
	stored, err := bench.Stored(ctx, asked.Manifests)
	if err != nil {
		return nil, err
	}
	objects, err := cluster.Read(stored)
	if err != nil {
		return nil, err
	}
	made, err := cluster.New(objects, nil, asked.Settings)
	if err != nil {
		return nil, err
	}
	return istiod.ObservedAt(made, asked.Observed)
}
