// Package judge says about Kubernetes manifests what a cluster with Istio and the Gateway API would: the API server's
// schemas and rules, istiod's validation webhook, and every analyzer of istioctl analyze, all of it Istio's own code.
package judge

import (
	"context"
	"os"
)

// Judge judges manifests. It may be used by several goroutines.
type Judge struct {
	kinds *catalog
}

// New prepares a judge. Each CRD in the YAML files of the folder is served beside those of Istio.
// From then on the process logs to standard error and keeps nothing for debugging, so call it before other Istio code.
func New(crdFolder string) (*Judge, error) {
	if err := prepareProcess(); err != nil {
		return nil, err
	}
	kinds, err := newCatalog(crdFolder)
	if err != nil {
		return nil, err
	}
	return &Judge{kinds: kinds}, nil
}

// Files judges the objects of YAML files, which together are one cluster.
func Files(ctx context.Context, paths []string, crdFolder string) ([]Finding, error) {
	judge, err := New(crdFolder)
	if err != nil {
		return nil, err
	}
	return judge.Files(ctx, paths)
}

// Files judges the objects of YAML files, which together are one cluster.
func (j *Judge) Files(ctx context.Context, paths []string) ([]Finding, error) {
	documents := make(map[string][]byte, len(paths))
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		documents[path] = content
	}
	return j.Documents(ctx, documents)
}

// Documents judges the objects of named texts, which together are one cluster. A text is a stream of YAML or JSON
// documents; each is an object, a List or a sequence of objects.
func (j *Judge) Documents(ctx context.Context, texts map[string][]byte) ([]Finding, error) {
	objects, findings := parse(texts)
	findings = append(findings, twins(objects)...)
	for _, o := range objects {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		findings = append(findings, j.kinds.admit(ctx, o)...)
		findings = append(findings, webhook(o)...)
	}

	findings = append(findings, infrastructure(objects)...)

	messages, err := analyze(ctx, objects)
	if err != nil {
		return nil, err
	}
	return tidy(append(findings, messages...)), nil
}
