import { statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { YamlFile } from 'istio-constructs';
import { textIn } from '../inputs/text-in';
import { readFiles } from '../inputs/read-files';
import { type Outcome, UsageError } from '../outcome';
import { nowDoing } from '../progress';
import { several } from './several';

/** Takes what a command ends with. */
export type Done = (outcome: Outcome) => void;

/** What all commands are told about their inputs. */
export interface InputOptions {
  readonly namespace?: string;
  readonly exclude?: string[];
  readonly meshConfig?: string;
}

/** The same where inputs are named by an option. */
export interface FileOptions extends InputOptions {
  readonly file?: string[];
}

export const EXIT_CODES = `
Exit codes: 0 clean, 1 found (a refusal, a rule that does not hold, an error or a warning), 2 no way to judge.`;

/** Lets a command be told by `-f` what to read, and how. */
export function withFiles(command: Command): Command {
  return withInputs(
    command.option(
      '-f, --file <path>',
      'file, folder, pattern, or - for what is piped in; may be said several times (default: .)',
      several,
    ),
  );
}

/** Lets a command be told how to read what is named in another way. */
export function withInputs(command: Command): Command {
  return command
    .option('-n, --namespace <name>', 'namespace of the objects that name none (default: default)', namespaceName)
    .option('--exclude <pattern>', 'file, folder or pattern to pass over in folders; may be said several times', several)
    .option('--mesh-config <file>', "istiod's mesh config: its ConfigMap, the config itself, an IstioOperator, or values with meshConfig");
}

function namespaceName(text: string): string {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) throw new InvalidArgumentError('write for example shop');
  return text;
}

/** Inputs that a command is given by themselves, or as others are, by `-f`. */
export function allOf(paths: readonly string[], { file = [] }: FileOptions): string[] {
  return [...paths, ...file];
}

/** The texts that the inputs of a command name. */
export function textsOf(paths: readonly string[] | undefined, { namespace, exclude, meshConfig }: InputOptions): YamlFile[] {
  const files = readFiles(!paths || paths.length === 0 ? ['.'] : paths, { namespaceName: namespace, exclude });
  nowDoing(`looking at ${files.length} file${files.length === 1 ? '' : 's'}`);
  return meshConfig === undefined ? files : [...files, configFile(meshConfig)];
}

function configFile(name: string): YamlFile {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`--mesh-config wants a file, and ${name} is a folder`);
  return { name, text: textIn(name), isMeshConfig: true };
}
