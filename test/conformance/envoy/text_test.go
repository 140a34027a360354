package envoy

import (
	"testing"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

func TestTexts(t *testing.T) {
	cases := []struct {
		matcher, text string
		want          bool
	}{
		{`{exact: a}`, "a", true}, {`{exact: a}`, "A", false}, {`{exact: a, ignoreCase: true}`, "A", true},
		{`{prefix: /a}`, "/ab", true}, {`{prefix: /a}`, "b/a", false}, {`{prefix: /A, ignoreCase: true}`, "/ab", true},
		{`{suffix: .com}`, "a.com", true}, {`{suffix: .com}`, "a.com.org", false},
		{`{contains: bc}`, "abcd", true}, {`{contains: bc}`, "acbd", false},
		{`{safeRegex: {regex: "a|b"}}`, "a", true}, {`{safeRegex: {regex: "a|b"}}`, "ab", false},
		{`{safeRegex: {regex: ".+"}}`, "", false}, {`{safeRegex: {regex: b}}`, "abc", false},
	}
	for _, c := range cases {
		got, err := matchText(written(t, &matcherv3.StringMatcher{}, c.matcher), c.text)
		if err != nil || got != c.want {
			t.Errorf("%s on %q: %v, %v", c.matcher, c.text, got, err)
		}
	}
	_, err := matchText(&matcherv3.StringMatcher{}, "")
	isUnknown(t, err)
	if _, err := matchText(written(t, &matcherv3.StringMatcher{}, `{safeRegex: {regex: "("}}`), ""); err == nil {
		t.Error("a broken expression is no error")
	}
}

// Each matcher is asked of a request that has the header, one that has it with another value, and one that does not have it.
func TestHeaders(t *testing.T) {
	cases := []struct {
		matcher                 string
		present, other, missing bool
	}{
		{`{name: x}`, true, true, false},
		{`{name: x, invertMatch: true}`, false, false, true},
		{`{name: x, presentMatch: true}`, true, true, false},
		{`{name: x, presentMatch: true, invertMatch: true}`, false, false, true},
		{`{name: x, presentMatch: false}`, false, false, true},
		{`{name: x, presentMatch: false, invertMatch: true}`, true, true, false},
		{`{name: X, stringMatch: {exact: a}}`, true, false, false},
		{`{name: x, stringMatch: {exact: a}, invertMatch: true}`, false, true, false},
		{`{name: x, stringMatch: {exact: a}, treatMissingHeaderAsEmpty: true}`, true, false, false},
		{`{name: x, stringMatch: {exact: a}, treatMissingHeaderAsEmpty: true, invertMatch: true}`, false, true, true},
		{`{name: x, stringMatch: {safeRegex: {regex: "a?"}}}`, true, false, false},
		{`{name: x, stringMatch: {safeRegex: {regex: "a?"}}, treatMissingHeaderAsEmpty: true}`, true, false, true},
		{`{name: x, presentMatch: true, treatMissingHeaderAsEmpty: true}`, true, true, true},
	}
	for _, c := range cases {
		for value, want := range map[string]bool{"a": c.present, "b": c.other, "": c.missing} {
			request := &Request{Headers: map[string]string{}}
			if value != "" {
				request.Headers["x"] = value
			}
			got, err := matchHeader(written(t, &routev3.HeaderMatcher{}, c.matcher), request)
			if err != nil || got != want {
				t.Errorf("%s on %q: %v, %v", c.matcher, value, got, err)
			}
		}
	}
	_, err := matchHeader(written(t, &routev3.HeaderMatcher{}, `{name: x, rangeMatch: {start: 1, end: 2}}`), &Request{})
	isUnknown(t, err)
}

func TestPseudoHeaders(t *testing.T) {
	request := &Request{Method: "GET", Path: "/a?b", Host: "a.com", Headers: map[string]string{"x": "y"}}
	secure := *request
	secure.Secure = true
	cases := []struct {
		request    *Request
		name, want string
	}{
		{request, ":method", "GET"}, {request, ":path", "/a?b"}, {request, ":authority", "a.com"}, {request, "host", "a.com"},
		{request, ":scheme", "http"}, {&secure, ":scheme", "https"}, {request, "x", "y"},
	}
	for _, c := range cases {
		if got, found := c.request.header(c.name); got != c.want || !found {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	if _, found := (*Request)(nil).header(":method"); found {
		t.Error("bytes have a method")
	}
}

func TestPathTemplates(t *testing.T) {
	cases := []struct {
		template, path string
		want           bool
	}{
		{"/a/*/b", "/a/1/b", true}, {"/a/*/b", "/a/1/2/b", false}, {"/a/*/b", "/a//b", false}, {"/a/*", "/a/", false},
		{"/x/**", "/x/1/2", true}, {"/x/**", "/x/", true}, {"/x/**", "/x", false}, {"/a.b", "/acb", false}, {"/**/end", "/1/2/end", true},
	}
	for _, c := range cases {
		if got, err := matchTemplate(c.template, c.path); err != nil || got != c.want {
			t.Errorf("%s on %s: %v, %v", c.template, c.path, got, err)
		}
	}
	_, err := matchTemplate("/a/{name}", "/a/1")
	isUnknown(t, err)
}
