package envoy

import (
	"net/url"
	"regexp"
	"strings"

	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
)

var (
	escapedSlashes = strings.NewReplacer("%2F", "/", "%2f", "/", "%5C", "/", "%5c", "/")
	manySlashes    = regexp.MustCompile("/{2,}")
	escaped        = regexp.MustCompile("%[0-9A-Fa-f]{2}")
	unreserved     = regexp.MustCompile("^[-.~_0-9A-Za-z]$")
	unescaped      = regexp.MustCompile("[\"<>^`{|}]")
	// A plain Envoy takes parameters behind dots for none, where the dots are not escaped.
	dotted = regexp.MustCompile(`^(\.\.?)(;.*)?$`)
)

// normalize puts a request's path in order before a proxy looks at it, as Envoy 1.40 was seen to. What has no path is reported.
func normalize(manager *hcmv3.HttpConnectionManager, request *Request) (*Request, error) {
	path, query, hasQuery := strings.Cut(request.Path, "?")
	switch manager.GetPathWithEscapedSlashesAction() {
	case hcmv3.HttpConnectionManager_IMPLEMENTATION_SPECIFIC_DEFAULT, hcmv3.HttpConnectionManager_KEEP_UNCHANGED:
	case hcmv3.HttpConnectionManager_UNESCAPE_AND_FORWARD:
		path = escapedSlashes.Replace(path)
	default:
		return nil, unknown("answer to escaped slashes", manager.GetPathWithEscapedSlashesAction())
	}
	if manager.GetNormalizePath().GetValue() {
		if strings.Contains(path, "%00") || strings.Contains(path, "#") {
			return nil, unknown("path that no proxy takes", request.Path)
		}
		path = resolved(path)
	}
	if manager.GetMergeSlashes() {
		path = manySlashes.ReplaceAllString(path, "/")
	}
	if hasQuery {
		path += "?" + query
	}
	changed := *request
	changed.Path = path
	return &changed, nil
}

func resolved(path string) string {
	path = unescaped.ReplaceAllStringFunc(strings.ReplaceAll(path, `\`, "/"), url.PathEscape)
	kept := []string{}
	parts := strings.Split(path, "/")[1:]
	for index, part := range parts {
		plain := escaped.ReplaceAllStringFunc(part, withoutNeed)
		switch dotsIn(part, plain) {
		case "..":
			kept = kept[:max(0, len(kept)-1)]
		case ".":
		default:
			kept = append(kept, plain)
			continue
		}
		if index == len(parts)-1 {
			kept = append(kept, "")
		}
	}
	return "/" + strings.Join(kept, "/")
}

func dotsIn(part, plain string) string {
	if found := dotted.FindStringSubmatch(part); found != nil {
		return found[1]
	}
	if plain == "." || plain == ".." {
		return plain
	}
	return ""
}

// withoutNeed is a character that nothing has to stand for.
func withoutNeed(code string) string {
	if plain, err := url.PathUnescape(code); err == nil && unreserved.MatchString(plain) {
		return plain
	}
	return code
}
