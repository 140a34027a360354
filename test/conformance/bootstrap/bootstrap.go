// Package bootstrap writes what istiod tells one proxy as a file that a plain Envoy starts from, alone on a machine and without certificates.
package bootstrap

import (
	"encoding/json"
	"fmt"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/istiod"
)

// Question is whose Envoy is to run, and for which requests: it sends them where it is the caller's own, else it receives them.
type Question struct {
	// Proxy is the workload that it stands beside, or the Gateway that it is.
	Proxy string         `json:"proxy"`
	From  cluster.Caller `json:"from"`
	Host  string         `json:"host"`
	Port  uint32         `json:"port"`
}

// Answer is the configuration, and what has to be known to make use of it.
type Answer struct {
	// Config is an Envoy bootstrap in JSON. Its one listener wants the header of the PROXY protocol, and its clusters name pods by their addresses.
	Config json.RawMessage `json:"config"`
	// From and To are the two ends that the connection would have.
	From Address `json:"from"`
	To   Address `json:"to"`
	// Pods are those that the clusters name.
	Pods []Pod `json:"pods"`
	// LeftOut is what the configuration had and a plain Envoy has not, sorted.
	LeftOut []string `json:"leftOut"`
}

// Address is one end of a connection.
type Address struct {
	Address string `json:"address"`
	Port    uint32 `json:"port"`
}

// Pod is one that may be sent requests.
type Pod struct {
	Address
	Workload string `json:"workload"`
}

// Of answers a question about the cluster that manifests make.
func Of(manifests []json.RawMessage, asked Question, settings cluster.Settings) (Answer, error) {
	objects, err := cluster.Read(manifests)
	if err != nil {
		return Answer{}, err
	}
	c, err := cluster.New(objects, []cluster.Call{{Caller: asked.From, Host: asked.Host, Port: asked.Port}}, settings)
	if err != nil {
		return Answer{}, err
	}
	var answer Answer
	err = istiod.Run(c, func(control *istiod.Istiod) error {
		answer, err = of(control, c, asked)
		return err
	})
	return answer, err
}

func of(control *istiod.Istiod, c *cluster.Cluster, asked Question) (Answer, error) {
	workload := c.Workload(asked.Proxy)
	if workload == nil || workload.Proxy == cluster.None || workload.Proxy == cluster.Ztunnel {
		return Answer{}, fmt.Errorf("no Envoy stands at %s", asked.Proxy)
	}
	caller, err := c.CallerOf(asked.From)
	if err != nil {
		return Answer{}, err
	}
	d, err := doorOf(c, control.Proxy(workload).Proxy, workload, caller, asked)
	if err != nil {
		return Answer{}, err
	}
	chain, err := d.proxy.Meets(d.listener, d.connection)
	if err != nil {
		return Answer{}, fmt.Errorf("%s, %s: %w", workload, d.listener.GetName(), err)
	}
	p := &plain{proxy: d.proxy, connection: d.connection, leftOut: map[string]bool{}}
	config, err := p.bootstrap(workload.Key, d.listener.Name, chain)
	if err != nil {
		return Answer{}, fmt.Errorf("%s: %w", workload, err)
	}
	return Answer{
		Config: config, Pods: podsOf(c, p.addresses), LeftOut: p.listOfLeftOut(),
		From: Address{d.connection.Source, sourcePort}, To: Address{d.connection.Address, d.connection.Port},
	}, nil
}

// sourcePort is that of whoever calls: any would do.
const sourcePort = 40000

func podsOf(c *cluster.Cluster, addresses []Address) []Pod {
	pods := []Pod{}
	for _, one := range addresses {
		if w := c.At(one.Address); w != nil {
			pods = append(pods, Pod{Address: one, Workload: w.Key})
		}
	}
	return pods
}
