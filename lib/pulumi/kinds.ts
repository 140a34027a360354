import type { IConstruct } from 'constructs';

/** Under it each construct of the library carries the name of its class. */
const KIND = Symbol.for('istio-constructs.Kind');

type Named = IConstruct & { readonly [KIND]?: string };

/** The class of the library that a construct is of. */
export const kindOf = (construct: IConstruct): string | undefined => (construct as Named)[KIND];

/** The innermost construct of the library around something; undefined for what stands beside. */
export function ownerOf(construct: IConstruct): IConstruct | undefined {
  return construct.node.scopes.reverse().find((scope) => KIND in scope);
}
