import { Command, CommanderError } from 'commander';
import { version } from './package.json';
import { complaintsOf } from './complaint';
import { NO_JUDGEMENT, type Outcome } from './outcome';
import { beginProgress, endProgress } from './progress';
import { addCheck } from './usage/check';
import { addCompletion } from './usage/completion';
import { addDiff } from './usage/diff';
import { addDoors } from './usage/doors';
import { addExplain } from './usage/explain';
import { addGraph } from './usage/graph';
import type { Done } from './usage/inputs';
import { addLint } from './usage/lint';
import { addReach } from './usage/reach';
import { addReport } from './usage/report';

/** Runs a command line, and says with which code it ends. */
export async function run(args: readonly string[]): Promise<number> {
  let outcome: Outcome | undefined;
  const program = await programFor((made) => (outcome = made));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    endProgress();
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : NO_JUDGEMENT;
    const complaints = complaintsOf(error);
    if (complaints.length === 0) throw error;
    process.stderr.write(complaints.map((line) => `${line}\n`).join(''));
    return NO_JUDGEMENT;
  }
  endProgress();
  process.stderr.write((outcome?.notes ?? []).map((note) => `note: ${note}\n`).join(''));
  process.stdout.write(outcome?.text ?? '');
  return outcome?.code ?? 0;
}

async function programFor(done: Done): Promise<Command> {
  const program = new Command('istio-constructs')
    .description('Says what an Istio mesh does, from its manifests alone.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(withHint(text)) });
  for (const add of [addExplain, addCheck, addLint, addReach, addDoors, addDiff, addGraph, addReport]) add(program, done);
  for (const command of program.commands) command.hook('preAction', () => beginProgress('reading'));
  await addCompletion(program);
  return program;
}

/** Files stand behind -f where a command asks about something; written as they are for lint, they are one word too many. */
function withHint(text: string): string {
  return text.startsWith('error: too many arguments') ? text.replace(/\.?\n$/, ' (files are named by -f: -f k8s)\n') : text;
}
