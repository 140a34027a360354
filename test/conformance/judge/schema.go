package judge

import (
	"context"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// compiledSchema is what the API server makes of the schema of a CRD.
type compiledSchema struct {
	structural *structuralschema.Structural
	values     validation.SchemaValidator
	rules      *cel.Validator
}

func compileSchema(written *apiextensionsv1.JSONSchemaProps) (*compiledSchema, error) {
	var props apiextensions.JSONSchemaProps
	err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(written, &props, nil)
	if err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(&props)
	if err != nil {
		return nil, err
	}
	values, _, err := validation.NewSchemaValidator(&props)
	if err != nil {
		return nil, err
	}
	return &compiledSchema{structural, values, cel.NewValidator(structural, true, celconfig.PerCallLimit)}, nil
}

// prune takes out the fields that the schema does not know, and returns their paths.
func (s *compiledSchema) prune(o *object) ([]string, error) {
	content := o.stored.Object
	strict := objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true}
	_, _, unknown, err := objectmeta.GetObjectMetaWithOptions(content, strict)
	if err != nil {
		return nil, err
	}
	track := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	unknown = append(unknown, pruning.PruneWithOptions(content, s.structural, true, track)...)
	defaulting.PruneNonNullableNullsWithoutDefaults(content, s.structural)

	options := objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true}
	malformed, embedded := objectmeta.CoerceWithOptions(nil, content, s.structural, false, options)
	if malformed != nil {
		return unknown, malformed
	}
	return append(unknown, embedded...), nil
}

// complete fills in the defaults of the schema.
func (s *compiledSchema) complete(o *object) {
	defaulting.Default(o.stored.Object, s.structural)
}

// validate returns what is against the schema, rules aside.
func (s *compiledSchema) validate(o *object) field.ErrorList {
	content := o.stored.Object
	against := validation.ValidateCustomResource(nil, content, s.values)
	against = append(against, objectmeta.Validate(nil, content, s.structural, false)...)
	return append(against, listtype.ValidateListSetsAndMaps(nil, s.structural, content)...)
}

// broken returns the rules that the object breaks.
func (s *compiledSchema) broken(ctx context.Context, o *object) field.ErrorList {
	errors, _ := s.rules.Validate(ctx, nil, s.structural, o.stored.Object, nil, celconfig.RuntimeCELCostBudget)
	return errors
}
