package judge

import (
	"cmp"
	"slices"
	"strings"
)

// The codes of findings that are not messages of an analyzer; those carry Istio's own, as in IST0101.
const (
	CodeYAML    = "YAML"    // the text is no object, or cannot be one of its kind
	CodeCRD     = "CRD"     // no served kind, or an object against the schema of its kind
	CodeCEL     = "CEL"     // an object against a rule of its kind
	CodeField   = "FIELD"   // a field that the kind does not have or that cannot hold the value
	CodeWebhook = "WEBHOOK" // what istiod answers when the object is created
)

// The levels of findings. Only LevelInfo leaves a set of manifests clean.
const (
	LevelError   = "error"
	LevelWarning = "warning"
	LevelInfo    = "info"
)

// Finding is one thing that Istio or the API server has to say about an object.
type Finding struct {
	File   string `json:"file"`
	Object string `json:"object"` // kind namespace/name, as written
	Code   string `json:"code"`
	Level  string `json:"level"`
	Text   string `json:"text"`
}

// Clean tells whether nothing worse than an information was found.
func Clean(findings []Finding) bool {
	return !slices.ContainsFunc(findings, func(f Finding) bool { return f.Level != LevelInfo })
}

// adviceOnEnvoyFilters is said of every EnvoyFilter, whatever is in it.
const adviceOnEnvoyFilters = "EnvoyFilter exposes internal implementation details"

// tidy sorts findings and drops those that say the same, and what is advice about a whole kind.
func tidy(findings []Finding) []Finding {
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return strings.Contains(f.Text, adviceOnEnvoyFilters) })
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Object, b.Object),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Text, b.Text),
			cmp.Compare(a.Level, b.Level),
		)
	})
	return slices.Compact(findings)
}
