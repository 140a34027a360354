package traffic

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/envoy"
	"istio-constructs/test/conformance/istiod"
)

// AskAll answers requests about the cluster that manifests make.
func AskAll(manifests []json.RawMessage, requests []Request, settings cluster.Settings) ([]Answer, error) {
	objects, err := cluster.Read(manifests)
	if err != nil {
		return nil, err
	}
	calls := make([]cluster.Call, len(requests))
	requests = slices.Clone(requests)
	for index := range requests {
		request := &requests[index]
		// DNS and proxies read the names that clients write in small letters.
		request.To.Host = strings.ToLower(request.To.Host)
		calls[index] = cluster.Call{Caller: request.From, Host: request.To.Host, Port: request.To.Port}
	}
	c, err := cluster.New(objects, calls, settings)
	if err != nil {
		return nil, err
	}
	answers := make([]Answer, len(requests))
	err = istiod.Run(c, func(control *istiod.Istiod) error {
		for index, request := range requests {
			if answers[index], err = ask(control, c, request); err != nil {
				return err
			}
		}
		return nil
	})
	return answers, err
}

func ask(control *istiod.Istiod, c *cluster.Cluster, request Request) (Answer, error) {
	caller, err := c.CallerOf(request.From)
	if err != nil {
		return Answer{}, err
	}
	j := &journey{
		istiod: control, cluster: c, request: request.line(),
		writesHost: request.Addressed.Host != "", showsCertificate: request.From.ShowsCertificate,
	}
	if err := j.depart(caller, request.To); err != nil {
		return Answer{}, fmt.Errorf("%s to %s: %w", caller.Key, request.To, err)
	}
	answer := summarize(j.legs, j.ways)
	if len(j.copies) > 0 {
		answer.Copies = summarize(nil, j.copies).Ways
	}
	answer.Limits, answer.Asks, answer.Would = distinct(j.limits), distinct(j.asks), distinct(j.would)
	return answer, nil
}

func (r Request) line() envoy.Request {
	return envoy.Request{
		Method: cmp.Or(r.Method, "GET"), Path: cmp.Or(r.Path, "/"), Host: cmp.Or(r.Addressed.Host, r.To.name()), Headers: r.Headers, Token: r.Token,
	}
}

func (t Target) name() string { return cmp.Or(t.Host, t.Address, t.PodOf) }

// String is for messages.
func (t Target) String() string { return fmt.Sprintf("%s:%d", t.name(), t.Port) }
