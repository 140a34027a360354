package judge

import (
	"errors"
	"fmt"
)

// collected is an error that holds several.
type collected interface{ WrappedErrors() []error }

// separate takes apart the errors that Istio's validation collects into one.
func separate(err error) []error {
	if err == nil {
		return nil
	}
	if several, holds := err.(collected); holds {
		return several.WrappedErrors()
	}
	return []error{err}
}

// cause is what an error that was wrapped again and again started with.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if several, holds := err.(collected); holds && len(several.WrappedErrors()) > 0 {
			inner = several.WrappedErrors()[0]
		}
		if inner == nil {
			return err
		}
		err = inner
	}
}

// guard turns a panic of Istio's code over an object nobody foresaw into an error.
func guard(do func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	return do()
}
