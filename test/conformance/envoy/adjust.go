package envoy

import (
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	corsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/cors/v3"
	faultv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/fault/v3"
	"google.golang.org/protobuf/types/known/anypb"
)

// level is a part of the configuration that says more of its routes: all of them, those of a virtual host, or one.
type level interface {
	headerChange
	GetTypedPerFilterConfig() map[string]*anypb.Any
}

type headerChange interface {
	GetRequestHeadersToAdd() []*corev3.HeaderValueOption
	GetRequestHeadersToRemove() []string
	GetResponseHeadersToAdd() []*corev3.HeaderValueOption
	GetResponseHeadersToRemove() []string
}

func changesHeaders(one headerChange) bool {
	return changesRequest(one) || len(one.GetResponseHeadersToAdd())+len(one.GetResponseHeadersToRemove()) > 0
}

func changesRequest(one headerChange) bool {
	return len(one.GetRequestHeadersToAdd())+len(one.GetRequestHeadersToRemove()) > 0
}

// adjust notes what a level says for filters, the closest level last.
func (p *Proxy) adjust(route *Route, one level, request *Request) error {
	if err := route.changeHeaders(one); err != nil {
		return err
	}
	for name, part := range one.GetTypedPerFilterConfig() {
		config, err := p.decode(part)
		if err != nil {
			return err
		}
		switch config := config.(type) {
		case *faultv3.HTTPFault:
			route.Fault, err = faultOf(config)
		case *corsv3.CorsPolicy:
			err = route.askedByBrowsers(config, request)
		default:
			err = unknown("settings of a route for "+name, config)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
