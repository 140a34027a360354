package envoy

import (
	"reflect"
	"testing"
)

func TestWhatBrowsersAreTold(t *testing.T) {
	policy := func(more string) string {
		return `{match: {prefix: /}, route: {cluster: a, timeout: 0s}, typedPerFilterConfig: {cors: {"@type": "` + extensions + `filters.http.cors.v3.CorsPolicy",
			allowOriginStringMatch: [{exact: "https://a.com"}], allowMethods: "PUT", allowHeaders: "x-a", exposeHeaders: "x-b", maxAge: "7", allowCredentials: true` +
			more + `}}}`
	}
	preflight := map[string]string{"origin": "https://a.com", "access-control-request-method": "PUT"}
	stranger := map[string]string{"origin": "https://b.com", "access-control-request-method": "PUT"}
	for _, c := range []struct {
		name, more, method string
		headers            map[string]string
		want               *CORS
	}{
		{"nothing where no page asks", "", "OPTIONS", map[string]string{"access-control-request-method": "PUT"}, nil},
		{"what its page may read", "", "GET", map[string]string{"origin": "https://a.com"},
			&CORS{Allowed: true, ExposeHeaders: "x-b", Credentials: true}},
		{"what its page may send", "", "OPTIONS", preflight,
			&CORS{Allowed: true, Answered: true, Methods: "PUT", Headers: "x-a", ExposeHeaders: "x-b", Credentials: true, MaxAge: "7"}},
		{"nothing of another site", "", "GET", map[string]string{"origin": "https://b.com"}, &CORS{}},
		{"whatever the service says of another site", "", "OPTIONS", stranger, &CORS{}},
		{"nothing of another site, without asking the service", `, forwardNotMatchingPreflights: false`, "OPTIONS", stranger, &CORS{Answered: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := routedFor(t, policy(c.more), &Request{Method: c.method, Path: "/", Headers: c.headers})
			if err != nil {
				t.Fatal(err)
			}
			var said *CORS
			if got.Shape != nil {
				said = got.Shape.CORS
			}
			if !reflect.DeepEqual(said, c.want) {
				t.Errorf("got %+v", said)
			}
			if isSent := len(got.Clusters) == 1; isSent == (c.want != nil && c.want.Answered) {
				t.Errorf("sent on: %v", isSent)
			}
		})
	}
}
