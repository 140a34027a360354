import type { IConstruct } from 'constructs';
import { requireDay } from './day';

/** Context of the App by which a test says which day it is. */
const CONTEXT = 'istio-constructs:today';
/** Variable by which a pipeline says it. */
const VARIABLE = 'ISTIO_CONSTRUCTS_TODAY';

/** The day of synth, `2026-11-29`: what the App's context says, or the environment, or the clock in UTC. */
export function today(root: IConstruct): string {
  const said: unknown = root.node.tryGetContext(CONTEXT);
  if (said !== undefined) return requireDay(root, `context ${CONTEXT}`, String(said));
  const variable = process.env[VARIABLE];
  return variable ? requireDay(root, VARIABLE, variable) : new Date().toISOString().slice(0, 10);
}
