// Package ztunnel does with what istiod sends to ztunnels what ztunnel does: it finds where a call goes and decides who is let in.
package ztunnel

import (
	"net/netip"
	"strings"

	"istio.io/istio/pkg/workloadapi"
	"istio.io/istio/pkg/workloadapi/security"
)

// State is the workloads, services and policies of the mesh.
type State struct {
	workloads []*workloadapi.Workload
	byAddress map[string]*workloadapi.Workload
	services  []*workloadapi.Service
	byHost    map[string][]*workloadapi.Service
	policies  map[string]*security.Authorization
}

// New indexes what istiod sent.
func New(addresses []*workloadapi.Address, policies []*security.Authorization) *State {
	state := &State{
		byAddress: map[string]*workloadapi.Workload{},
		byHost:    map[string][]*workloadapi.Service{},
		policies:  map[string]*security.Authorization{},
	}
	for _, one := range addresses {
		if workload := one.GetWorkload(); workload != nil {
			state.workloads = append(state.workloads, workload)
			if workload.NetworkMode == workloadapi.NetworkMode_HOST_NETWORK {
				// It may share its address with others: nobody finds it by that.
				continue
			}
			for _, address := range workload.Addresses {
				state.byAddress[text(address)] = workload
			}
		}
		if service := one.GetService(); service != nil {
			state.services = append(state.services, service)
			state.byHost[service.Hostname] = append(state.byHost[service.Hostname], service)
		}
	}
	for _, policy := range policies {
		state.policies[policy.Namespace+"/"+policy.Name] = policy
	}
	return state
}

func text(address []byte) string {
	parsed, _ := netip.AddrFromSlice(address)
	return parsed.String()
}

// Resolve is the address that ztunnel's DNS proxy answers with, where it knows the host or a wildcard for it.
func (s *State) Resolve(host, namespace string) (string, bool) {
	for _, name := range wildcards(host) {
		var known []*workloadapi.Service
		for _, service := range s.byHost[name] {
			if len(service.Addresses) > 0 {
				known = append(known, service)
			}
		}
		if service := bestOf(known, namespace); service != nil {
			return text(service.Addresses[0].Address), true
		}
	}
	return "", false
}

// wildcards are a host and the names that stand for it, the closest first.
func wildcards(host string) []string {
	names := []string{host}
	for {
		_, rest, found := strings.Cut(host, ".")
		if !found {
			return names
		}
		names, host = append(names, "*."+rest), rest
	}
}

// at finds the service that has an address for callers of a namespace: as its own, else in the narrowest of ranges.
func (s *State) at(address, namespace string) *workloadapi.Service {
	target, err := netip.ParseAddr(address)
	if err != nil {
		return nil
	}
	narrowest, found := -1, []*workloadapi.Service(nil)
	for _, service := range s.services {
		for _, one := range service.Addresses {
			network, length := rangeOf(one)
			if length < narrowest || !netip.PrefixFrom(network, length).Contains(target) {
				continue
			}
			if length > narrowest {
				narrowest, found = length, nil
			}
			found = append(found, service)
		}
	}
	return bestOf(found, namespace)
}

func rangeOf(address *workloadapi.NetworkAddress) (netip.Addr, int) {
	network, _ := netip.AddrFromSlice(address.Address)
	if address.Length != nil {
		return network, int(*address.Length)
	}
	return network, network.BitLen()
}

// bestOf services of one name or address: the caller's own namespace comes first, then the one that istiod prefers; some are for their own
// namespace alone.
func bestOf(services []*workloadapi.Service, namespace string) *workloadapi.Service {
	var best *workloadapi.Service
	rank := func(service *workloadapi.Service) int {
		switch {
		case service.Namespace == namespace:
			return 2
		case service.Canonical:
			return 1
		}
		return 0
	}
	for _, service := range services {
		isHidden := service.Visibility == workloadapi.Service_NAMESPACE && service.Namespace != namespace
		if !isHidden && (best == nil || rank(service) > rank(best)) {
			best = service
		}
	}
	return best
}
