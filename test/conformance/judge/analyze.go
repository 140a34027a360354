package judge

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"istio.io/api/label"
	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/diag"
	"istio.io/istio/pkg/config/analysis/legacy/source/kube"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/analysis/msg"
	"istio.io/istio/pkg/config/constants"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// everyCluster is what each cluster with Istio has without anybody writing it down.
const everyCluster = `
{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default"}}
---
{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "istio-system"}}
`

// analyzing is held by the one analysis that runs, as analyzers share variables.
var analyzing sync.Mutex

// analyze finds what istioctl analyze says about a cluster that holds the objects and the pods they lead to.
func analyze(ctx context.Context, objects []*object) ([]Finding, error) {
	analyzing.Lock()
	defer analyzing.Unlock()

	analyzer := local.NewIstiodAnalyzer(analyzers.AllCombined(), "", constants.IstioSystemNamespace, nil)
	// Only the reader for tests takes Services, Namespaces and Pods, as a running cluster would give them;
	// without them istioctl skips half of its analyzers. The first reader decides.
	if err := analyzer.AddTestReaderKubeSource(reader("cluster", everyCluster)); err != nil {
		return nil, err
	}
	if err := analyzer.AddDefaultResources(); err != nil {
		return nil, err
	}
	findings := fill(analyzer, objects)

	var result local.AnalysisResult
	err := guard(func() (err error) {
		done := make(chan struct{})
		defer close(done)
		result, err = analyzer.Analyze(done)
		return err
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return append(findings, Finding{Code: msg.InternalError.Code(), Level: LevelError, Text: err.Error()}), nil
	}
	for _, message := range result.Messages {
		findings = append(findings, about(message, objects)...)
	}
	return findings, nil
}

// fill gives the objects and their pods to the analyzer, each under its number to find it again.
func fill(analyzer *local.IstiodAnalyzer, objects []*object) []Finding {
	var findings []Finding
	mesh := meshOf(objects)
	for number, o := range objects {
		if o.stored == nil {
			continue
		}
		err := guard(func() error {
			text, err := mesh.manifestsOf(o)
			if err != nil {
				return err
			}
			return analyzer.AddTestReaderKubeSource(reader(strconv.Itoa(number), text))
		})
		if err != nil {
			text := fmt.Sprintf("cannot be analyzed: %v", cause(err))
			findings = append(findings, o.finding(CodeYAML, LevelError, text))
		}
	}
	return findings
}

func reader(name, text string) []local.ReaderSource {
	return []local.ReaderSource{{Name: name, Reader: strings.NewReader(text)}}
}

// about turns a message into a finding, unless it is about what every cluster has.
func about(message diag.Message, objects []*object) []Finding {
	text := fmt.Sprintf(message.Type.Template(), message.Parameters...)
	level := strings.ToLower(message.Type.Level().String())
	if message.Resource == nil {
		return []Finding{{Code: message.Type.Code(), Level: level, Text: text}}
	}
	origin := message.Resource.Origin
	position, isPosition := origin.Reference().(*kube.Position)
	if !isPosition {
		return []Finding{{Object: origin.FriendlyName(), Code: message.Type.Code(), Level: level, Text: text}}
	}
	number, err := strconv.Atoi(position.Filename)
	if err != nil {
		return nil
	}
	if message.Type.Code() == msg.ServiceEntryAddressesRequired.Code() && getsAddresses(objects[number]) {
		return nil
	}
	if message.Type.Code() == msg.NoServerCertificateVerificationPortLevel.Code() && verifiesBySecrets(objects[number]) {
		return nil
	}
	return []Finding{objects[number].finding(message.Type.Code(), level, text)}
}

// verifiesBySecrets: a Secret brings the authorities, for a gateway as for a sidecar; the analyzer knows the latter alone, by its selector.
func verifiesBySecrets(o *object) bool {
	settings, _, _ := unstructured.NestedSlice(o.stored.Object, "spec", "trafficPolicy", "portLevelSettings")
	return !slices.ContainsFunc(settings, func(setting any) bool {
		tls, _, _ := unstructured.NestedMap(setting.(map[string]any), "tls")
		return tls["caCertificates"] == nil && tls["credentialName"] == nil
	})
}

// getsAddresses: istiod gives hosts addresses and writes them into the status of their ServiceEntry, where the analyzer looks; no manifest has one.
func getsAddresses(o *object) bool {
	resolution, _, _ := unstructured.NestedString(o.stored.Object, "spec", "resolution")
	return resolution == "DNS" && o.stored.GetLabels()[label.NetworkingEnableAutoallocateIp.Name] != "false"
}
