package ztunnel

import (
	"fmt"

	"istio.io/istio/pkg/workloadapi"
)

// Target is one of the ends that a connection may have.
type Target struct {
	Address string
	Port    uint32
	// Waypoint is the pod that ends the tunnel instead.
	Waypoint string
	Tunnel   bool
	Share    float64
}

// Route finds the ends of a connection from a namespace to an address: a service's waypoint, its workloads, a workload, or whatever is there.
func (s *State) Route(address string, port uint32, namespace string) ([]Target, error) {
	workload, service := s.byAddress[address], s.at(address, namespace)
	switch {
	case workload == nil && service == nil:
		return []Target{{Address: address, Port: port, Share: 1}}, nil
	case service != nil && workload != nil:
		return nil, fmt.Errorf("not modelled: %s is the address of a service and of a workload", address)
	case service != nil:
		return s.toService(service, address, port)
	case workload.Waypoint != nil:
		return s.through(workload.Waypoint, address, port)
	}
	return []Target{{Address: address, Port: port, Tunnel: tunnels(workload), Share: 1}}, nil
}

func (s *State) toService(service *workloadapi.Service, address string, port uint32) ([]Target, error) {
	switch {
	case len(service.WeightedWaypoints) > 0:
		return s.throughAny(service.WeightedWaypoints, address, port)
	case service.Waypoint != nil:
		return s.through(service.Waypoint, address, port)
	case service.GetLoadBalancing().GetMode() == workloadapi.LoadBalancing_PASSTHROUGH:
		return []Target{{Address: address, Port: port, Share: 1}}, nil
	}
	return s.endpoints(service, port)
}

func tunnels(workload *workloadapi.Workload) bool {
	return workload.TunnelProtocol == workloadapi.TunnelProtocol_HBONE
}

// throughAny of several waypoints, each with its share of the connections; one of weight 0 is there for none.
func (s *State) throughAny(waypoints []*workloadapi.WeightedWaypoint, address string, port uint32) ([]Target, error) {
	total := uint32(0)
	for _, one := range waypoints {
		total += one.Weight
	}
	var targets []Target
	for _, one := range waypoints {
		if one.Weight == 0 {
			continue
		}
		found, err := s.through(one.Destination, address, port)
		if err != nil {
			return nil, err
		}
		for _, target := range found {
			target.Share *= float64(one.Weight) / float64(total)
			targets = append(targets, target)
		}
	}
	return targets, nil
}

// through a waypoint the original address is kept.
func (s *State) through(waypoint *workloadapi.GatewayAddress, address string, port uint32) ([]Target, error) {
	service := s.waypoint(waypoint)
	if service == nil {
		return nil, nil
	}
	pods, err := s.endpoints(service, waypoint.GetHboneMtlsPort())
	var targets []Target
	for _, pod := range pods {
		targets = append(targets, Target{Address: address, Port: port, Waypoint: pod.Address, Tunnel: true, Share: pod.Share})
	}
	return targets, err
}

// waypoint is the service of a waypoint's pods.
func (s *State) waypoint(waypoint *workloadapi.GatewayAddress) *workloadapi.Service {
	if address := waypoint.GetAddress(); address != nil {
		return s.at(text(address.Address), "")
	}
	for _, service := range s.byHost[waypoint.GetHostname().GetHostname()] {
		if service.Namespace == waypoint.GetHostname().GetNamespace() {
			return service
		}
	}
	return nil
}

// endpoints are the healthy workloads behind a service, each with its share of the connections.
func (s *State) endpoints(service *workloadapi.Service, port uint32) ([]Target, error) {
	var targets []Target
	total := 0.0
	for _, workload := range s.workloads {
		ports := workload.Services[service.Namespace+"/"+service.Hostname]
		if ports == nil || !takes(service, workload) {
			continue
		}
		if prefersPlaces(service) && workload.Locality != nil {
			return nil, fmt.Errorf("not modelled: locality of %s", workload.Name)
		}
		if target, found := targetPort(ports, service, port); found {
			share := capacity(workload)
			total += share
			targets = append(targets, Target{Address: place(workload), Port: target, Tunnel: tunnels(workload), Share: share})
		}
	}
	for index := range targets {
		targets[index].Share /= total
	}
	return targets, nil
}

func takes(service *workloadapi.Service, workload *workloadapi.Workload) bool {
	return workload.Status == workloadapi.WorkloadStatus_HEALTHY ||
		service.GetLoadBalancing().GetHealthPolicy() == workloadapi.LoadBalancing_ALLOW_ALL
}

// prefersPlaces: without any locality all workloads are in one place.
func prefersPlaces(service *workloadapi.Service) bool {
	mode := service.GetLoadBalancing().GetMode()
	return mode == workloadapi.LoadBalancing_STRICT || mode == workloadapi.LoadBalancing_FAILOVER
}

func capacity(workload *workloadapi.Workload) float64 {
	if workload.Capacity == nil {
		return 1
	}
	return float64(workload.Capacity.Value)
}

// place is where a workload is: its address, or the name under which it is found outside.
func place(workload *workloadapi.Workload) string {
	if len(workload.Addresses) > 0 {
		return text(workload.Addresses[0])
	}
	return workload.Hostname
}

// targetPort is what the workload says of a port of the service, else what the service says.
func targetPort(ports *workloadapi.PortList, service *workloadapi.Service, port uint32) (uint32, bool) {
	own, isOwn := find(ports.Ports, port)
	general, isKnown := find(service.Ports, port)
	if isKnown && isOwn {
		return own, true
	}
	return general, isKnown && general != 0
}

func find(ports []*workloadapi.Port, port uint32) (uint32, bool) {
	for _, one := range ports {
		if one.ServicePort == port {
			return one.TargetPort, true
		}
	}
	return 0, false
}
