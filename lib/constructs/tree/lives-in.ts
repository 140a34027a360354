import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { SETTLE } from '../../graph/settle';
import { isClusterScoped } from '../../istio/cluster-scoped';

const LIVES_IN = Symbol.for('istio-constructs.LivesIn');

type Around = IConstruct & { readonly [LIVES_IN]?: string };

/** Says that whatever is declared below a construct lives in a namespace, whatever class it is of. */
export function setLivesIn(construct: IConstruct, namespaceName: string): void {
  Object.defineProperty(construct, LIVES_IN, { value: namespaceName });
  Object.defineProperty(construct, SETTLE, { value: () => objectsBelow(construct).forEach(giveNamespace) });
}

/** The construct of a namespace, or something else that much is declared below. */
export function isPlace(construct: IConstruct): boolean {
  return LIVES_IN in construct;
}

/** The namespace that an object ends up in: its own word, else that of the nearest namespace construct or chart around it. */
export function namespaceNameOf(object: ApiObject): string | undefined {
  const own = ownNamespace(object);
  if (own !== undefined || isClusterScoped(object.kind)) return own;
  const around = object.node.scopes.reverse().find((scope: Around) => scope[LIVES_IN] !== undefined || chartNamespace(scope) !== undefined);
  return around && ((around as Around)[LIVES_IN] ?? chartNamespace(around));
}

/** Writes it into the object, as a settled tree has it. */
export function giveNamespace(object: ApiObject): void {
  const namespace = namespaceNameOf(object);
  // What cdk8s took from the chart when the object was made is no word of its own.
  if (namespace !== undefined) Object.defineProperty(object.metadata, 'namespace', { value: namespace, configurable: true });
}

function objectsBelow(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
}

function ownNamespace(object: ApiObject): string | undefined {
  const { props } = object as unknown as { readonly props: { readonly metadata?: { readonly namespace?: string } } };
  return props.metadata?.namespace;
}

function chartNamespace(scope: IConstruct): string | undefined {
  return Chart.isChart(scope) ? scope.namespace : undefined;
}
