package ztunnel

import (
	"encoding/base64"
	"net/netip"
	"regexp"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"sigs.k8s.io/yaml"

	"istio.io/istio/pkg/workloadapi"
	"istio.io/istio/pkg/workloadapi/security"
)

var ip = regexp.MustCompile(`\bip:[0-9.]+`)

// written reads what istiod sends from YAML, in which addresses are written as ip:10.0.0.1.
func written[M proto.Message](tb testing.TB, into M, text string) M {
	tb.Helper()
	text = ip.ReplaceAllStringFunc(text, func(address string) string {
		return `"` + base64.StdEncoding.EncodeToString(netip.MustParseAddr(address[3:]).AsSlice()) + `"`
	})
	asJSON, err := yaml.YAMLToJSON([]byte(text))
	if err == nil {
		err = protojson.Unmarshal(asJSON, into)
	}
	if err != nil {
		tb.Fatalf("%v in:\n%s", err, text)
	}
	return into
}

func stateOf(tb testing.TB, addresses, policies []string) *State {
	tb.Helper()
	var known []*workloadapi.Address
	for _, one := range addresses {
		known = append(known, written(tb, &workloadapi.Address{}, one))
	}
	var sent []*security.Authorization
	for _, one := range policies {
		sent = append(sent, written(tb, &security.Authorization{}, one))
	}
	return New(known, sent)
}
