package judge

import (
	"fmt"
	"reflect"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// twins finds objects that would overwrite one another, so that one of them could not be judged.
func twins(objects []*object) []Finding {
	type identity struct {
		kind            schema.GroupKind
		namespace, name string
	}
	var findings []Finding
	first := make(map[identity]*object, len(objects))
	for _, o := range objects {
		id := identity{o.written.GroupVersionKind().GroupKind(), o.written.GetNamespace(), o.written.GetName()}
		other, known := first[id]
		if !known {
			first[id] = o
			continue
		}
		if id.name != "" && !reflect.DeepEqual(o.written.Object, other.written.Object) {
			text := fmt.Sprintf("differs from the object of the same name in %s", other.file)
			findings = append(findings, o.finding(CodeYAML, LevelError, text))
		}
	}
	return findings
}
