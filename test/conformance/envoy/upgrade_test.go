package envoy

import (
	"testing"

	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
)

func TestUpgrades(t *testing.T) {
	for _, c := range []struct{ name, configs, asked, want string }{
		{"none that is not asked for", `{upgradeType: websocket}`, "", ""},
		{"one that the proxy takes", `{upgradeType: websocket}`, "WebSocket", "websocket"},
		{"none of another protocol", `{upgradeType: websocket}`, "h2c", ""},
		{"none that is off", `{upgradeType: websocket, enabled: false}`, "websocket", ""},
		{"none where none is taken", ``, "websocket", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			manager := written(t, &hcmv3.HttpConnectionManager{}, `{upgradeConfigs: [`+c.configs+`]}`)
			request := &Request{Headers: map[string]string{}}
			if c.asked != "" {
				request = request.with("upgrade", c.asked)
			}
			if got := upgradeOf(manager, request); got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}
