import type { IConstruct } from 'constructs';
import type { FindingLevel } from '../model/finding';

const ACKNOWLEDGED = Symbol.for('istio-constructs.Acknowledged');

/** Reasons by construct path, then by code. */
export type Reasons = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Acknowledging extends IConstruct {
  [ACKNOWLEDGED]?: Map<string, string>;
}

/** Keeps, on a construct, why a code does not matter in it and below it. */
export function acknowledge(scope: Acknowledging, code: string, reason: string): void {
  if (!scope[ACKNOWLEDGED]) Object.defineProperty(scope, ACKNOWLEDGED, { value: new Map() });
  scope[ACKNOWLEDGED]!.set(code, reason);
}

/** The reason of the nearest acknowledgement that covers a finding. Errors are never covered. */
export function reasonFor(level: FindingLevel, code: string, path: string, reasons: Reasons): string | undefined {
  if (level === 'error' || reasons.size === 0) return undefined;
  const parts = path.split('/');
  for (let length = parts.length; length >= 0; length--) {
    const reason = reasons.get(parts.slice(0, length).join('/'))?.get(code);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

export function acknowledgements(root: IConstruct): Reasons {
  const kept = root.node.findAll().filter((node: Acknowledging) => node[ACKNOWLEDGED]) as Acknowledging[];
  return new Map(kept.map((node) => [node.node.path, node[ACKNOWLEDGED]!]));
}
