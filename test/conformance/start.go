package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"istio-constructs/test/conformance/bootstrap"
	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/judge"
)

// bootstrapCommand writes the file from which a plain Envoy starts as one proxy of the manifests.
func bootstrapCommand(answers io.Writer, crds *string) *cobra.Command {
	return &cobra.Command{
		Use: "bootstrap QUESTION FILE...", Short: "Writes what a plain Envoy starts from to be a proxy, of a JSON object that names it", Args: cobra.MinimumNArgs(2),
		RunE: func(command *cobra.Command, args []string) error {
			return bootstrapFiles(command.Context(), answers, *crds, args[0], args[1:])
		},
	}
}

func bootstrapFiles(ctx context.Context, answers io.Writer, crds, asked string, files []string) error {
	written, err := os.ReadFile(asked)
	if err != nil {
		return err
	}
	var question bootstrap.Question
	if err := json.Unmarshal(written, &question); err != nil {
		return fmt.Errorf("%s: %w", asked, err)
	}
	manifests, err := storedIn(ctx, crds, files)
	if err != nil {
		return err
	}
	answered, err := bootstrap.Of(manifests, question, cluster.Settings{})
	if err != nil {
		return err
	}
	return json.NewEncoder(answers).Encode(answered)
}

func bootstrapOf(ctx context.Context, bench *judge.Judge, asked question) (*bootstrap.Answer, error) {
	stored, err := bench.Stored(ctx, asked.Manifests)
	if err != nil {
		return nil, err
	}
	answered, err := bootstrap.Of(stored, *asked.Bootstrap, asked.Settings)
	return &answered, err
}
