package envoy

import (
	corsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/cors/v3"
)

// CORS is what a proxy tells a browser whose page is of another site.
type CORS struct {
	// Allowed says that the site of the page may ask; without it the answer says nothing.
	Allowed bool `json:"allowed"`
	// Answered says that the proxy itself answers what a browser asks beforehand.
	Answered      bool   `json:"answered,omitempty"`
	Methods       string `json:"methods,omitempty"`
	Headers       string `json:"headers,omitempty"`
	ExposeHeaders string `json:"exposeHeaders,omitempty"`
	Credentials   bool   `json:"credentials,omitempty"`
	MaxAge        string `json:"maxAge,omitempty"`
}

// askedByBrowsers notes what a policy says to the page that a request is of; most requests are of none.
func (r *Route) askedByBrowsers(policy *corsv3.CorsPolicy, request *Request) error {
	origin, hasOrigin := request.header("origin")
	if !hasOrigin {
		return nil
	}
	if enabled := policy.GetFilterEnabled(); (enabled != nil && percentOf(enabled.GetDefaultValue()) != 100) || policy.GetShadowEnabled() != nil {
		return unknown("part of a policy for browsers", policy)
	}
	said := &CORS{}
	for _, matcher := range policy.GetAllowOriginStringMatch() {
		matches, err := matchText(matcher, origin)
		if err != nil {
			return err
		}
		said.Allowed = said.Allowed || matches
	}
	isPreflight := isPreflight(request)
	if said.Allowed {
		said.ExposeHeaders, said.Credentials = policy.GetExposeHeaders(), policy.GetAllowCredentials().GetValue()
	}
	if said.Allowed && isPreflight {
		said.Methods, said.Headers, said.MaxAge = policy.GetAllowMethods(), policy.GetAllowHeaders(), policy.GetMaxAge()
	}
	forwards := policy.GetForwardNotMatchingPreflights() == nil || policy.GetForwardNotMatchingPreflights().GetValue()
	said.Answered = isPreflight && (said.Allowed || !forwards)
	r.shape().CORS = said
	return nil
}

// answerPreflight: the filter answers before the router is asked.
func (r *Route) answerPreflight() {
	if r.Shape == nil || r.Shape.CORS == nil || !r.Shape.CORS.Answered {
		return
	}
	r.Clusters, r.Timeout, r.Retries = nil, "", nil
	r.Shape = &Shape{Status: 200, CORS: r.Shape.CORS}
}

func isPreflight(request *Request) bool {
	_, asks := request.header("access-control-request-method")
	return request.Method == "OPTIONS" && asks
}
