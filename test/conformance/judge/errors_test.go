package judge

import (
	"strings"
	"testing"
)

func TestAPanicIsAnError(t *testing.T) {
	if err := guard(func() error { panic("nobody foresaw this") }); err == nil || !strings.Contains(err.Error(), "foresaw") {
		t.Errorf("got %v", err)
	}
}

func TestAnObjectThatCannotBeAnalyzedSaysWhyOnOneLine(t *testing.T) {
	inShop(t, []judgement{{"fails at a text for a list", `
apiVersion: apps/v1
kind: Deployment
metadata: {name: order, namespace: shop}
spec: {template: {spec: {containers: order}}}`,
		[]string{"FIELD error Deployment shop/order", "YAML error Deployment shop/order"},
		"cannot be analyzed: json: cannot unmarshal string into Go struct field"}})
}
