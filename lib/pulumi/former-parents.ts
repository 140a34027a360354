import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Under it each construct of the library carries the name of its class. */
const KIND = Symbol.for('istio-constructs.Kind');

type Named = IConstruct & { readonly [KIND]?: string };

/** The types of the components that older stacks have between a program and an object: one for each construct around it. */
export function formerParents(object: IConstruct, root: IConstruct): string[] {
  const around = object.node.scopes.slice(root.node.scopes.length);
  return around.flatMap((construct) => kindOf(construct) ?? []).map((kind) => `istio-constructs:index:${kind}`);
}

/** What a construct is called there; undefined for the inner parts of another, which have no place of their own. */
function kindOf(construct: IConstruct): string | undefined {
  const { [KIND]: className } = construct as Named;
  if (className !== undefined) return className;
  if (ApiObject.isApiObject(construct) || construct.node.scopes.some((scope) => KIND in scope)) return undefined;
  return Chart.isChart(construct) ? 'Chart' : 'Construct';
}
