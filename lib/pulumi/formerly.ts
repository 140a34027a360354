import type { IConstruct } from 'constructs';

const FORMER = Symbol.for('istio-constructs-pulumi.FormerIds');

type Renamed = IConstruct & { [FORMER]?: readonly string[] };

/**
 * Says which ids a construct had before, so that its resource and those below it keep their place in the stack's state.
 * An object whose own name changes is replaced all the same: Kubernetes renames nothing.
 */
export function formerly(construct: IConstruct, ...ids: readonly string[]): void {
  const renamed = construct as Renamed;
  Object.defineProperty(renamed, FORMER, { value: [...formerIdsOf(construct), ...ids], configurable: true });
}

export const formerIdsOf = (construct: IConstruct): readonly string[] => (construct as Renamed)[FORMER] ?? [];
