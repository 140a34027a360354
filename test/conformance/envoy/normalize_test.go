package envoy

import "testing"

// What a plain Envoy 1.40 was seen to make of paths: as they are, resolved, with slashes merged, and with escaped slashes decoded before.
func TestPathsArePutInOrder(t *testing.T) {
	const base, merging = `, normalizePath: true`, `, normalizePath: true, mergeSlashes: true`
	settings := []string{`, normalizePath: false`, base, merging, merging + `, pathWithEscapedSlashesAction: UNESCAPE_AND_FORWARD`}
	for _, one := range [][5]string{
		{"/admin/", "/admin/", "/admin/", "/admin/", "/admin/"},
		{"//admin", "//admin", "//admin", "/admin", "/admin"},
		{"/%61dm%69n", "/%61dm%69n", "/admin", "/admin", "/admin"},
		{"/a/../admin", "/a/../admin", "/admin", "/admin", "/admin"},
		{"/a/.%2E/./admin", "/a/.%2E/./admin", "/admin", "/admin", "/admin"},
		{"/a/..%2fadmin", "/a/..%2fadmin", "/a/..%2fadmin", "/a/..%2fadmin", "/admin"},
		{`/\admin`, `/\admin`, "//admin", "/admin", "/admin"},
		{"/a%5C..%5cadmin", "/a%5C..%5cadmin", "/a%5C..%5cadmin", "/a%5C..%5cadmin", "/admin"},
		{"/admin;x", "/admin;x", "/admin;x", "/admin;x", "/admin;x"},
		{"/a/..;x/admin", "/a/..;x/admin", "/admin", "/admin", "/admin"},
		{"/a/%2e%2e;/b", "/a/%2e%2e;/b", "/a/..;/b", "/a/..;/b", "/a/..;/b"},
		{"/a/b/..", "/a/b/..", "/a/", "/a/", "/a/"},
		{"/a//../b", "/a//../b", "/a/b", "/a/b", "/a/b"},
		{"/..", "/..", "/", "/", "/"},
		{"/a?b=../c//d%2F", "/a?b=../c//d%2F", "/a?b=../c//d%2F", "/a?b=../c//d%2F", "/a?b=../c//d%2F"},
		{"/a|b%3Bc%7e", "/a|b%3Bc%7e", "/a%7Cb%3Bc~", "/a%7Cb%3Bc~", "/a%7Cb%3Bc~"},
		{"/a%252Fb", "/a%252Fb", "/a%252Fb", "/a%252Fb", "/a%252Fb"},
	} {
		for index, setting := range settings {
			connection := web()
			connection.HTTP.Path = one[0]
			outcome, err := accepted(t, manager(toOne, ``, setting), connection)
			if err != nil {
				t.Fatalf("%s: %v", one[0], err)
			}
			if outcome.Onward.HTTP.Path != one[index+1] {
				t.Errorf("%s with %s: %s", one[0], setting, outcome.Onward.HTTP.Path)
			}
		}
	}
	for _, path := range []string{"/a%00", "/a#b"} {
		connection := web()
		connection.HTTP.Path = path
		_, err := accepted(t, manager(toOne, ``, base), connection)
		isUnknown(t, err)
	}
	_, err := accepted(t, manager(toOne, ``, `, pathWithEscapedSlashesAction: REJECT_REQUEST`), web())
	isUnknown(t, err)
}
