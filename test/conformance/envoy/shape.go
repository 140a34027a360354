package envoy

import (
	"fmt"
	"maps"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
)

// Shape is what becomes of a request and its answer besides where it goes.
type Shape struct {
	// Path, with its query, and Authority are those of the request that is sent on, where they are others.
	Path      string `json:"path,omitempty"`
	Authority string `json:"authority,omitempty"`
	// Changes of headers in the order in which they are made: `set a: b`, `add a: b`, `remove a`.
	RequestHeaders  []string `json:"requestHeaders,omitempty"`
	ResponseHeaders []string `json:"responseHeaders,omitempty"`
	// Status is that of the proxy's own answer.
	Status   uint32 `json:"status,omitempty"`
	Location string `json:"location,omitempty"`
	Body     string `json:"body,omitempty"`
	CORS     *CORS  `json:"cors,omitempty"`
}

func (r *Route) shape() *Shape {
	if r.Shape == nil {
		r.Shape = &Shape{}
	}
	return r.Shape
}

// applied is the request as it is sent on.
func (s *Shape) applied(request *Request) *Request {
	if s == nil || request == nil {
		return request
	}
	changed := *request
	if s.Path != "" {
		changed.Path = s.Path
	}
	if s.Authority != "" {
		changed.Host = s.Authority
	}
	changed.Headers = maps.Clone(request.Headers)
	if changed.Headers == nil {
		changed.Headers = map[string]string{}
	}
	for _, change := range s.RequestHeaders {
		changeHeader(changed.Headers, change)
	}
	return &changed
}

func changeHeader(headers map[string]string, change string) {
	verb, rest, _ := strings.Cut(change, " ")
	name, value, _ := strings.Cut(rest, ": ")
	before, present := headers[name]
	switch {
	case verb == "remove":
		delete(headers, name)
	case verb == "add" && present:
		headers[name] = before + "," + value
	default:
		headers[name] = value
	}
}

// changeHeaders notes what a level changes. Envoy takes headers away after it has set others, and the closest level comes first.
func (r *Route) changeHeaders(one headerChange) error {
	if !changesHeaders(one) {
		return nil
	}
	request, err := changesOf(one.GetRequestHeadersToAdd(), one.GetRequestHeadersToRemove())
	if err != nil {
		return err
	}
	response, err := changesOf(one.GetResponseHeadersToAdd(), one.GetResponseHeadersToRemove())
	if err != nil {
		return err
	}
	shape := r.shape()
	shape.RequestHeaders = append(request, shape.RequestHeaders...)
	shape.ResponseHeaders = append(response, shape.ResponseHeaders...)
	return nil
}

func changesOf(added []*corev3.HeaderValueOption, removed []string) ([]string, error) {
	var changes []string
	for _, one := range added {
		verb := map[corev3.HeaderValueOption_HeaderAppendAction]string{
			corev3.HeaderValueOption_APPEND_IF_EXISTS_OR_ADD:    "add",
			corev3.HeaderValueOption_OVERWRITE_IF_EXISTS_OR_ADD: "set",
		}[one.GetAppendAction()]
		if verb == "" || one.GetAppend() != nil || one.GetKeepEmptyValue() || len(one.GetHeader().GetRawValue()) > 0 {
			return nil, unknown("change of a header", one)
		}
		changes = append(changes, fmt.Sprintf("%s %s: %s", verb, strings.ToLower(one.GetHeader().GetKey()), one.GetHeader().GetValue()))
	}
	for _, name := range removed {
		changes = append(changes, "remove "+strings.ToLower(name))
	}
	return changes, nil
}

// rewrite notes the words in which a request is sent on.
func (r *Route) rewrite(match *routev3.RouteMatch, forward *routev3.RouteAction, request *Request) error {
	if forward.GetPathRewritePolicy() != nil || forward.GetPathRewrite() != "" {
		return unknown("rewrite", forward)
	}
	path, err := newPath(match, forward.GetPrefixRewrite(), forward.GetRegexRewrite().GetPattern().GetRegex(), forward.GetRegexRewrite().GetSubstitution(), request)
	if err != nil {
		return err
	}
	if path != request.Path {
		r.shape().Path = path
	}
	switch specifier := forward.GetHostRewriteSpecifier().(type) {
	case nil:
		return nil
	case *routev3.RouteAction_HostRewriteLiteral:
		r.shape().Authority = specifier.HostRewriteLiteral
		return nil
	}
	return unknown("rewrite of the host", forward.GetHostRewriteSpecifier())
}

// newPath: what was matched is swapped for the prefix, or whatever the expression finds for the substitution; queries stay.
func newPath(match *routev3.RouteMatch, prefix, expression, substitution string, request *Request) (string, error) {
	path, query := pathOf(request), strings.TrimPrefix(request.Path, pathOf(request))
	switch {
	case expression != "":
		compiled, err := regexp.Compile(expression)
		if err != nil {
			return "", unknown("regular expression", expression)
		}
		groups := regexp.MustCompile(`\\(\d)`).ReplaceAllString(strings.ReplaceAll(substitution, "$", "$$"), "$${$1}")
		return compiled.ReplaceAllString(path, groups) + query, nil
	case prefix == "":
		return request.Path, nil
	}
	switch specifier := match.GetPathSpecifier().(type) {
	case *routev3.RouteMatch_Prefix:
		return prefix + path[len(specifier.Prefix):] + query, nil
	case *routev3.RouteMatch_PathSeparatedPrefix:
		return prefix + path[len(specifier.PathSeparatedPrefix):] + query, nil
	case *routev3.RouteMatch_Path:
		return prefix + query, nil
	}
	return "", unknown("prefix of what was matched", match)
}

// answer notes what the proxy says by itself.
func (r *Route) answer(rule *routev3.Route, request *Request) error {
	if direct := rule.GetDirectResponse(); direct != nil {
		body := direct.GetBody()
		if body.GetFilename() != "" || body.GetEnvironmentVariable() != "" {
			return unknown("body", body)
		}
		r.shape().Status, r.shape().Body = direct.Status, body.GetInlineString()+string(body.GetInlineBytes())
	}
	redirect := rule.GetRedirect()
	if redirect == nil {
		return nil
	}
	location, err := locationOf(rule.GetMatch(), redirect, request)
	statuses := map[routev3.RedirectAction_RedirectResponseCode]uint32{0: 301, 1: 302, 2: 303, 3: 307, 4: 308}
	r.shape().Status, r.shape().Location = statuses[redirect.GetResponseCode()], location
	return err
}

func locationOf(match *routev3.RouteMatch, redirect *routev3.RedirectAction, request *Request) (string, error) {
	if redirect.GetHttpsRedirect() || redirect.GetRegexRewrite() != nil || redirect.GetStripQuery() {
		return "", unknown("redirect", redirect)
	}
	scheme, _ := request.header(":scheme")
	host, port := request.Host, ""
	if name, given, err := net.SplitHostPort(host); err == nil {
		host, port = name, given
	}
	if redirect.GetSchemeRedirect() != "" {
		scheme = redirect.GetSchemeRedirect()
	}
	if redirect.GetHostRedirect() != "" {
		host, port = redirect.GetHostRedirect(), ""
	}
	if redirect.GetPortRedirect() > 0 {
		port = strconv.Itoa(int(redirect.GetPortRedirect()))
	}
	path, err := newPath(match, redirect.GetPrefixRewrite(), "", "", request)
	if redirect.GetPathRedirect() != "" {
		path = redirect.GetPathRedirect() + strings.TrimPrefix(request.Path, pathOf(request))
	}
	if port != "" && !slices.Contains([]string{"http 80", "https 443"}, scheme+" "+port) {
		host += ":" + port
	}
	return scheme + "://" + host + path, err
}
