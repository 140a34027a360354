package judge

import (
	"strings"
	"testing"
)

func TestTextsThatAreNoObjects(t *testing.T) {
	inShop(t, []judgement{
		{"fails at text that is no YAML", "a: b: c", []string{"YAML error"}, "document 1"},
		{"fails at a key given twice", "apiVersion: v1\nkind: Secret\nkind: Secret\nmetadata: {name: a}", []string{"YAML error"}, "already set"},
		{"fails at a value", "--- \njust words", []string{"YAML error"}, "is no object"},
		{"fails at an object without a kind", "apiVersion: v1", []string{"YAML error"}, "needs apiVersion and kind"},
		{"fails at a bad separator", "--- a: b", []string{"YAML error"}, "separator"},
		{"fails at two objects of one name", serviceAccount + "---\n" + serviceAccount + "automountServiceAccountToken: true\n",
			[]string{"YAML error ServiceAccount shop/cart"}, "differs"},
		{"allows one object twice", serviceAccount + "---\n" + serviceAccount, nil, ""},
		{"allows nothing", "---\n# a comment\n---\n", nil, ""},
		{"reads on after a bad document", "a: b: c\n---\napiVersion: v9\nkind: Secret\nmetadata: {name: a}",
			[]string{"YAML error", "CRD error Secret a"}, ""},
		{"reads a List", "apiVersion: v1\nkind: List\nitems: [{apiVersion: v9, kind: Secret, metadata: {name: a}}]",
			[]string{"CRD error Secret a"}, ""},
		{"reads a sequence in JSON", `[{"apiVersion": "v9", "kind": "Secret", "metadata": {"name": "a"}}]`,
			[]string{"CRD error Secret a"}, ""},
	})
}

func TestTextsOfEveryLengthAreRead(t *testing.T) {
	text := `{"apiVersion": "v9", "kind": "Secret", "metadata": {"name": "a"}}`
	for _, length := range []int{4095, 4096, 4097, 8192} {
		padded := text + strings.Repeat(" ", length-len(text))
		if objects, _ := parse(map[string][]byte{"file": []byte(padded)}); len(objects) != 1 {
			t.Errorf("read %d objects of a text of %d bytes", len(objects), length)
		}
	}
}

const serviceAccount = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: cart, namespace: shop}
`
