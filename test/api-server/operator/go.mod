// No program is built of it: it has the CRDs of PodMonitor, ServiceMonitor and PrometheusRule, in the release that this names.
module istio-constructs/test/api-server/operator

go 1.26.0

require github.com/prometheus-operator/prometheus-operator v0.93.0
