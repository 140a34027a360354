package judge

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metavalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// customKind is one served version of a CRD.
type customKind struct {
	namespaced bool
	deprecated string
	compile    func() (*compiledSchema, error)
}

// newCustomKind leaves compiling to the first object of the kind, since most kinds never see one.
func newCustomKind(version apiextensionsv1.CustomResourceDefinitionVersion, namespaced bool) *customKind {
	kind := &customKind{namespaced: namespaced}
	if version.Deprecated {
		written := cmp.Or(version.DeprecationWarning, new(string))
		kind.deprecated = cmp.Or(*written, "version "+version.Name+" is deprecated")
	}
	kind.compile = sync.OnceValues(func() (*compiledSchema, error) {
		return compileSchema(version.Schema.OpenAPIV3Schema)
	})
	return kind
}

// admit does to an object what the API server does in the same order: decode, prune, fill in defaults, validate.
func (k *customKind) admit(ctx context.Context, o *object) []Finding {
	compiled, err := k.compile()
	if err != nil {
		return []Finding{o.finding(CodeCRD, LevelError, err.Error())}
	}
	o.keep(k.namespaced)

	var findings []Finding
	if k.deprecated != "" {
		findings = append(findings, o.finding(CodeCRD, LevelWarning, k.deprecated))
	}
	unknown, err := compiled.prune(o)
	for _, path := range unknown {
		findings = append(findings, o.finding(CodeField, LevelError, fmt.Sprintf("unknown field %q", path)))
	}
	if err != nil {
		return append(findings, o.finding(CodeCRD, LevelError, err.Error()))
	}
	compiled.complete(o)

	against := compiled.validate(o)
	against = append(against, metavalidation.ValidateObjectMetaAccessor(
		o.stored, k.namespaced, metavalidation.NameIsDNSSubdomain, field.NewPath("metadata"))...)
	findings = append(findings, findingsOf(o, CodeCRD, against)...)
	if slices.ContainsFunc(against, keepsRulesUnchecked) {
		return findings
	}
	return append(findings, findingsOf(o, CodeCEL, compiled.broken(ctx, o))...)
}

// keepsRulesUnchecked tells the errors after which the API server does not look at the rules any more.
func keepsRulesUnchecked(err *field.Error) bool {
	switch err.Type {
	case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTypeInvalid,
		field.ErrorTypeTooLong, field.ErrorTypeTooMany:
		return true
	}
	return false
}

func findingsOf(o *object, code string, errors field.ErrorList) []Finding {
	findings := make([]Finding, len(errors))
	for i, err := range errors {
		findings[i] = o.finding(code, LevelError, err.Error())
	}
	return findings
}
