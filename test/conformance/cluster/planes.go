package cluster

import "encoding/json"

// Plane is who handles the traffic of a workload.
type Plane struct {
	Workload string `json:"workload"`
	Proxy    Proxy  `json:"proxy"`
	// Start is when its sidecar comes up.
	Start string `json:"start,omitempty"`
}

// PlanesOf is one answer for each workload and each Gateway of the manifests.
func PlanesOf(manifests []json.RawMessage) ([]Plane, error) {
	objects, err := Read(manifests)
	if err != nil {
		return nil, err
	}
	made, err := New(objects, nil, Settings{})
	if err != nil {
		return nil, err
	}
	var planes []Plane
	for _, one := range made.Workloads {
		start, err := made.startOf(one)
		if err != nil {
			return nil, err
		}
		planes = append(planes, Plane{one.Key, one.Proxy, start})
	}
	return planes, nil
}
