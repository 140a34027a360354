import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { kindOf, ownerOf } from './kinds';

/** The types of the components that older stacks have between a program and an object: one for each construct around it. */
export function formerParents(object: IConstruct, root: IConstruct): string[] {
  const around = object.node.scopes.slice(root.node.scopes.length);
  return around.flatMap((construct) => calledThere(construct) ?? []).map((kind) => `istio-constructs:index:${kind}`);
}

/** What a construct is called there; undefined for the inner parts of another, which have no place of their own. */
function calledThere(construct: IConstruct): string | undefined {
  const className = kindOf(construct);
  if (className !== undefined) return className;
  if (ApiObject.isApiObject(construct) || ownerOf(construct)) return undefined;
  return Chart.isChart(construct) ? 'Chart' : 'Construct';
}
