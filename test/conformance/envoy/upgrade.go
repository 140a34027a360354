package envoy

import (
	"strings"

	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
)

// upgradeOf is the protocol that a request asks for, where its proxy takes that for all routes. Without it Envoy answers with 403.
func upgradeOf(manager *hcmv3.HttpConnectionManager, request *Request) string {
	asked, _ := request.header("upgrade")
	for _, one := range manager.GetUpgradeConfigs() {
		isOn := one.GetEnabled() == nil || one.GetEnabled().GetValue()
		if isOn && asked != "" && strings.EqualFold(asked, one.GetUpgradeType()) && len(one.GetFilters()) == 0 {
			return strings.ToLower(asked)
		}
	}
	return ""
}
