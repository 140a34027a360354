package judge

import (
	"sync"

	"istio.io/istio/pkg/kube/krt"
	"istio.io/istio/pkg/log"
)

// prepareProcess makes a program of Istio's code that can judge for long: standard output belongs to the caller,
// so the log goes to standard error, errors only; and the handler for debugging would hold every cluster ever analyzed.
var prepareProcess = sync.OnceValue(func() error {
	krt.GlobalDebugHandler = nil
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.ErrorLevel)
	return log.Configure(options)
})
