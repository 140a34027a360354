package judge

import (
	"fmt"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metavalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/client-go/kubernetes/scheme"
)

// kubernetesMinor is the 1.x that the pinned k8s.io/api belongs to.
const kubernetesMinor = 36

var (
	builtinTypes   = newBuiltinTypes()
	builtinDecoder = json.NewSerializerWithOptions(
		json.DefaultMetaFactory, builtinTypes, builtinTypes, json.SerializerOptions{Strict: true})

	clusterScoped = sets.New(
		"APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "ClusterTrustBundle",
		"CSIDriver", "CSINode", "CustomResourceDefinition", "FlowSchema", "IngressClass", "IPAddress",
		"MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration", "Namespace",
		"Node", "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration", "RuntimeClass", "ServiceCIDR",
		"StorageClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
		"VolumeAttachment", "VolumeAttributesClass")
)

func newBuiltinTypes() *runtime.Scheme {
	types := runtime.NewScheme()
	utilruntime.Must(scheme.AddToScheme(types))
	utilruntime.Must(apiextensions.AddToScheme(types))
	return types
}

// admitBuiltin finds fields that a built-in kind does not have, values of the wrong type and impossible metadata.
// The rest of the API server's validation is not in a library, so values are not looked at.
func admitBuiltin(o *object, kind schema.GroupVersionKind) []Finding {
	o.keep(!clusterScoped.Has(kind.Kind))
	text, err := o.stored.MarshalJSON()
	if err != nil {
		return []Finding{o.finding(CodeField, LevelError, err.Error())}
	}
	typed, _, err := builtinDecoder.Decode(text, &kind, nil)
	var findings []Finding
	for _, err := range strictErrors(err) {
		findings = append(findings, o.finding(CodeField, LevelError, err.Error()))
	}
	if typed == nil {
		return findings
	}
	o.typed = typed
	if gone, isOld := typed.(interface{ APILifecycleRemoved() (int, int) }); isOld {
		if major, minor := gone.APILifecycleRemoved(); major == 1 && minor <= kubernetesMinor {
			text := fmt.Sprintf("version %q is gone since Kubernetes %d.%d", kind.GroupVersion(), major, minor)
			findings = append(findings, o.finding(CodeCRD, LevelError, text))
		}
	}
	return append(findings, findingsOf(o, CodeField, metadataErrors(typed, kind))...)
}

func strictErrors(err error) []error {
	if strict, isStrict := runtime.AsStrictDecodingError(err); isStrict {
		return strict.Errors()
	}
	if err != nil {
		return []error{err}
	}
	return nil
}

func metadataErrors(typed runtime.Object, kind schema.GroupVersionKind) field.ErrorList {
	metadata, err := meta.Accessor(typed)
	if err != nil {
		return nil
	}
	rule := nameRule(kind)
	return metavalidation.ValidateObjectMetaAccessor(
		metadata, !clusterScoped.Has(kind.Kind), rule, field.NewPath("metadata"))
}

func nameRule(kind schema.GroupVersionKind) metavalidation.ValidateNameFunc {
	switch {
	case kind.Group == "rbac.authorization.k8s.io":
		return path.ValidatePathSegmentName
	case kind.Group == "" && kind.Kind == "Namespace":
		return metavalidation.NameIsDNSLabel
	case kind.Group == "" && kind.Kind == "Service":
		return metavalidation.NameIsDNS1035Label
	}
	return metavalidation.NameIsDNSSubdomain
}
