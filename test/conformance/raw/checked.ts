import fc from 'fast-check';
import { engine } from '../engine';
import { compare, type Difference, told } from './differences';
import { rawMeshes } from './mesh';
import type { Written } from './pools';
import { diceOf, questionsAbout } from './questions';
import { smallest } from './smallest';

/** How a run of many meshes came out. */
export interface Run {
  readonly asked: number;
  /** Requests of which the evaluator says that it cannot tell. */
  readonly untold: number;
  /** Meshes that the judge has no model for, in its words. */
  readonly unjudged: readonly string[];
  /** Each mesh on which the two do not agree: the smallest that is left of it, as YAML, with the request and both answers. */
  readonly differences: readonly string[];
}

// More than a few cost a reader's time, and shrinking costs the machine's: of those that are told in the same words the first.
const SHOWN = 3;

/** What the judge has no model for, and what istiod itself falls over. */
const UNJUDGED = /not modelled|conformance ended with /;

/** So many meshes about something, of each so many requests. */
export async function checkMeshes(about: string, meshes: number, requests: number, seed: number): Promise<Run> {
  const run = { asked: 0, untold: 0, unjudged: [] as string[], differences: [] as string[] };
  const shown = new Set<string>();
  for (const mesh of fc.sample(rawMeshes[about], { numRuns: meshes, seed })) {
    const questions = diceOf(JSON.stringify([seed, mesh]));
    const { asked, untold, differences } = await compare(mesh, (cluster) => questionsAbout(cluster, questions, requests)).catch(
      (error: Error) => {
        if (!UNJUDGED.test(error.message)) throw error;
        run.unjudged.push(error.message);
        return { asked: 0, untold: [], differences: [] };
      },
    );
    run.asked += asked;
    run.untold += untold.length;
    const other = differences.find(({ said }) => !shown.has(kindOf(said)));
    if (!other || shown.size >= SHOWN || !(await isValid(mesh))) continue;
    shown.add(kindOf(other.said));
    run.differences.push(await shrunk(mesh, other));
  }
  return run;
}

async function shrunk(mesh: readonly Written[], difference: Difference): Promise<string> {
  const kind = kindOf(difference.said);
  const holds = async (manifests: readonly object[]): Promise<boolean> => {
    // istiod trusts what its webhook has let in, and falls over the rest.
    if (!(await isValid(manifests))) return false;
    const { differences } = await compare(manifests, () => [difference.request]).catch(() => ({ differences: [] }));
    return differences.length > 0 && kindOf(differences[0].said) === kind;
  };
  return told(await smallest(mesh, holds), difference);
}

/** The same words about other objects are the same difference. */
const kindOf = (said: string): string => said.replace(/[\w.-]*[./][\w./-]*/g, '').replace(/\d+/g, '');

/** What no API server would take is no difference: the judge reads it as it comes. */
async function isValid(manifests: readonly object[]): Promise<boolean> {
  const findings = await engine().judge(manifests);
  return findings.every(({ level, code }) => level !== 'error' || code.startsWith('IST'));
}
