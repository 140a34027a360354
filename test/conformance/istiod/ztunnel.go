package istiod

import (
	"istio.io/istio/pkg/workloadapi"
	"istio.io/istio/pkg/workloadapi/security"

	"istio-constructs/test/conformance/ztunnel"
)

// Ztunnel is what every ztunnel is told: the same everywhere.
func (i *Istiod) Ztunnel() *ztunnel.State {
	if i.ztunnel != nil {
		return i.ztunnel
	}
	infos, _ := i.server.AmbientIndex.AddressInformation(nil)
	addresses := make([]*workloadapi.Address, len(infos))
	for index, info := range infos {
		addresses[index] = info.Address
	}
	sent := i.server.AmbientIndex.Policies(nil)
	policies := make([]*security.Authorization, len(sent))
	for index, policy := range sent {
		policies[index] = policy.Authorization
	}
	i.ztunnel = ztunnel.New(addresses, policies)
	return i.ztunnel
}
