package judge

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

// defaultNamespace is where an object that names no namespace goes.
const defaultNamespace = "default"

// object is one manifest: as written, and as the API server would keep it.
type object struct {
	file    string
	written *unstructured.Unstructured
	stored  *unstructured.Unstructured // defaults filled in, unknown fields gone; nil if the kind is not served
	typed   runtime.Object             // stored as the Go type of a built-in kind; nil for others
}

func (o *object) String() string {
	if namespace := o.written.GetNamespace(); namespace != "" {
		return o.written.GetKind() + " " + namespace + "/" + o.written.GetName()
	}
	return o.written.GetKind() + " " + o.written.GetName()
}

// finding says something about the object.
func (o *object) finding(code, level, text string) Finding {
	return Finding{File: o.file, Object: o.String(), Code: code, Level: level, Text: text}
}

// keep makes the copy that the API server would go on with, in a namespace if the kind has them.
func (o *object) keep(namespaced bool) {
	o.stored = o.written.DeepCopy()
	if namespaced && o.stored.GetNamespace() == "" {
		o.stored.SetNamespace(defaultNamespace)
	}
}
