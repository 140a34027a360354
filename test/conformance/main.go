// Conformance judges manifests with Istio's own code, and says where it would let requests go.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"istio-constructs/test/conformance/cluster"
	"istio-constructs/test/conformance/judge"
	"istio-constructs/test/conformance/traffic"
)

// The settings of the ambient profile that istiod reads from its environment, before main begins.
var ambientProfile = map[string]string{"PILOT_ENABLE_AMBIENT": "true"}

// errUnclean ends a run that found something.
var errUnclean = errors.New("the manifests are not clean")

func main() {
	answers, err := prepare()
	if err == nil {
		err = commands(answers).ExecuteContext(context.Background())
	}
	switch {
	case errors.Is(err, errUnclean):
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// prepare keeps standard output for answers alone, whatever Istio's code may write.
func prepare() (*os.File, error) {
	answers := os.Stdout
	os.Stdout = os.Stderr
	return answers, underAmbientProfile()
}

// underAmbientProfile starts the program anew where its environment is not the one to be judged under.
func underAmbientProfile() error {
	environment, isComplete := os.Environ(), true
	for name, value := range ambientProfile {
		if os.Getenv(name) != value {
			isComplete, environment = false, append(environment, name+"="+value)
		}
	}
	if isComplete {
		return nil
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(program, os.Args, environment)
}

func commands(answers io.Writer) *cobra.Command {
	root := &cobra.Command{Use: "conformance", Short: "Judges manifests with Istio's own code", SilenceUsage: true, SilenceErrors: true}
	crds := root.PersistentFlags().String("crds", besideProgram("crds"), "folder with the CRDs of the Gateway API")
	root.AddCommand(
		&cobra.Command{
			Use: "judge FILE...", Short: "Writes a line for each finding; fails if one is an error or a warning", Args: cobra.MinimumNArgs(1),
			RunE: func(command *cobra.Command, files []string) error {
				return judgeFiles(command.Context(), answers, *crds, files)
			},
		},
		&cobra.Command{
			Use: "answer REQUESTS FILE...", Short: "Writes a line for each request of a JSON list", Args: cobra.MinimumNArgs(2),
			RunE: func(command *cobra.Command, args []string) error {
				return answerFiles(command.Context(), answers, *crds, args[0], args[1:])
			},
		},
		&cobra.Command{
			Use: "planes FILE...", Short: "Writes a line for each workload: who handles its traffic", Args: cobra.MinimumNArgs(1),
			RunE: func(command *cobra.Command, files []string) error {
				return planesOfFiles(command.Context(), answers, *crds, files)
			},
		},
		&cobra.Command{
			Use: "serve", Short: "Answers questions from standard input, one a line", Args: cobra.NoArgs,
			RunE: func(command *cobra.Command, _ []string) error {
				return serve(command.Context(), os.Stdin, answers, *crds)
			},
		},
		bootstrapCommand(answers, crds),
	)
	return root
}

func besideProgram(name string) string {
	program, err := os.Executable()
	if err != nil {
		return name
	}
	return filepath.Join(filepath.Dir(program), name)
}

func judgeFiles(ctx context.Context, answers io.Writer, crds string, files []string) error {
	findings, err := judge.Files(ctx, files, crds)
	if err != nil {
		return err
	}
	if err := encodeAll(answers, findings); err != nil {
		return err
	}
	if !judge.Clean(findings) {
		return errUnclean
	}
	return nil
}

func answerFiles(ctx context.Context, answers io.Writer, crds, asked string, files []string) error {
	written, err := os.ReadFile(asked)
	if err != nil {
		return err
	}
	var requests []traffic.Request
	if err := json.Unmarshal(written, &requests); err != nil {
		return fmt.Errorf("%s: %w", asked, err)
	}
	manifests, err := storedIn(ctx, crds, files)
	if err != nil {
		return err
	}
	answered, err := traffic.AskAll(manifests, requests, cluster.Settings{})
	if err != nil {
		return err
	}
	return encodeAll(answers, answered)
}

func planesOfFiles(ctx context.Context, answers io.Writer, crds string, files []string) error {
	manifests, err := storedIn(ctx, crds, files)
	if err != nil {
		return err
	}
	planes, err := cluster.PlanesOf(manifests)
	if err != nil {
		return err
	}
	return encodeAll(answers, planes)
}

// storedIn is the objects of all files as the API server would keep them.
func storedIn(ctx context.Context, crds string, files []string) ([]json.RawMessage, error) {
	bench, err := judge.New(crds)
	if err != nil {
		return nil, err
	}
	var manifests []json.RawMessage
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		stored, err := bench.Stored(ctx, text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		manifests = append(manifests, stored...)
	}
	return manifests, nil
}

func encodeAll[T any](answers io.Writer, all []T) error {
	for _, one := range all {
		if err := json.NewEncoder(answers).Encode(one); err != nil {
			return err
		}
	}
	return nil
}
