package cluster

import "encoding/json"

// Plane is who handles the traffic of a workload.
type Plane struct {
	Workload string `json:"workload"`
	Proxy    Proxy  `json:"proxy"`
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
		planes = append(planes, Plane{one.Key, one.Proxy})
	}
	return planes, nil
}
