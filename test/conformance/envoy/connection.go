// Package envoy does with a proxy's configuration what Envoy does: it picks the filter chain, asks its authorization filters,
// picks the route and the endpoints. What it does not know it reports instead of passing over it.
package envoy

import (
	"fmt"
	"maps"
)

// Connection is what reaches a listener.
type Connection struct {
	// Source is the address of the other end.
	Source string
	// Principal is the proven identity, without its scheme; empty on plaintext.
	Principal string
	// Address and Port are the original destination.
	Address string
	Port    uint32
	// Tunnelled says that the connection comes out of a tunnel that ends in this very proxy: its direct peer is then the proxy itself, which has no address.
	Tunnelled bool
	// MTLS says that the connection is encrypted with mesh certificates on this very listener; a tunnel's inner connection is not.
	MTLS bool
	// TLS says that the bytes are the application's own TLS.
	TLS bool
	// ShowsCertificate says that a client outside the mesh has a certificate that a listener may ask for.
	ShowsCertificate bool
	// ALPN and SNI are what the outermost TLS offers, and the server that it names.
	ALPN, SNI string
	// HTTP is the request; what is sent is taken to be HTTP unless it is TLS.
	HTTP *Request
}

// Request is the part of a call that only readers of HTTP see.
type Request struct {
	Method, Path, Host string
	// Secure says that the request entered the mesh by HTTPS.
	Secure bool
	// Headers have names in lower case.
	Headers map[string]string
	Token   *Token
	// claims of a token that this proxy has checked before it chose a route.
	claims map[string]any
}

// Token is a JSON Web Token that is valid if somebody checks it.
type Token struct {
	Issuer    string         `json:"issuer"`
	Subject   string         `json:"subject,omitempty"`
	Audiences []string       `json:"audiences,omitempty"`
	Claims    map[string]any `json:"claims,omitempty"`
}

// header looks up what matchers call headers, the pseudo headers among them. Where only bytes are read there are none.
func (r *Request) header(name string) (string, bool) {
	if r == nil {
		return "", false
	}
	switch name {
	case ":method":
		return r.Method, true
	case ":path":
		return r.Path, true
	case ":authority", "host":
		return r.Host, true
	case ":scheme":
		if r.Secure {
			return "https", true
		}
		return "http", true
	}
	value, found := r.Headers[name]
	return value, found
}

// with is the request with one more header.
func (r *Request) with(name, value string) *Request {
	changed := *r
	changed.Headers = maps.Clone(r.Headers)
	if changed.Headers == nil {
		changed.Headers = map[string]string{}
	}
	changed.Headers[name] = value
	return &changed
}

func unknown(what string, got any) error {
	return fmt.Errorf("not modelled: %s %T: %v", what, got, got)
}
