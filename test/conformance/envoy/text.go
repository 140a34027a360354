package envoy

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

var expressions sync.Map

// fullMatch is Envoy's reading of a regular expression: the whole text or nothing.
func fullMatch(expression, text string) (bool, error) {
	compiled, known := expressions.Load(expression)
	if !known {
		fresh, err := regexp.Compile("^(?:" + expression + ")$")
		if err != nil {
			return false, fmt.Errorf("regular expression %q: %w", expression, err)
		}
		compiled, _ = expressions.LoadOrStore(expression, fresh)
	}
	return compiled.(*regexp.Regexp).MatchString(text), nil
}

func matchText(matcher *matcherv3.StringMatcher, text string) (bool, error) {
	fold := func(one string) string {
		if matcher.GetIgnoreCase() {
			return strings.ToLower(one)
		}
		return one
	}
	switch pattern := matcher.GetMatchPattern().(type) {
	case *matcherv3.StringMatcher_Exact:
		return fold(text) == fold(pattern.Exact), nil
	case *matcherv3.StringMatcher_Prefix:
		return strings.HasPrefix(fold(text), fold(pattern.Prefix)), nil
	case *matcherv3.StringMatcher_Suffix:
		return strings.HasSuffix(fold(text), fold(pattern.Suffix)), nil
	case *matcherv3.StringMatcher_Contains:
		return strings.Contains(fold(text), fold(pattern.Contains)), nil
	case *matcherv3.StringMatcher_SafeRegex:
		return fullMatch(pattern.SafeRegex.GetRegex(), text)
	}
	return false, unknown("text matcher", matcher.GetMatchPattern())
}

// matchHeader: a header that is missing fulfils nothing that is asked of its value, and not the opposite either.
func matchHeader(matcher *routev3.HeaderMatcher, request *Request) (bool, error) {
	value, present := request.header(strings.ToLower(matcher.Name))
	present = present || matcher.TreatMissingHeaderAsEmpty
	switch specifier := matcher.GetHeaderMatchSpecifier().(type) {
	case nil:
		return present != matcher.InvertMatch, nil
	case *routev3.HeaderMatcher_PresentMatch:
		return (present == specifier.PresentMatch) != matcher.InvertMatch, nil
	case *routev3.HeaderMatcher_StringMatch:
		if !present {
			return false, nil
		}
		matches, err := matchText(specifier.StringMatch, value)
		return matches != matcher.InvertMatch, err
	}
	return false, unknown("header matcher", matcher)
}

// pathOf is a request's path without its query.
func pathOf(request *Request) string {
	path, _, _ := strings.Cut(request.Path, "?")
	return path
}
