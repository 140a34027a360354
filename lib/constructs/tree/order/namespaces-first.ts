import { ApiObject, type App, Chart, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { LateNamespace } from '../../../model/mesh-model';
import { addTo } from '../../../support/grouping';
import { sortedBy } from '../../../support/ordering';
import { namespaceNameOf } from '../lives-in';
import { ChartOrder } from './chart-order';

/** Files that tools sort themselves. */
const BY_ALPHABET: readonly unknown[] = [YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];

type Inhabitants = ReadonlyMap<Chart, readonly ApiObject[]>;

/**
 * Has every Namespace written before what lives in it, whoever made it and in whichever chart it stands: an API server refuses an object whose
 * namespace is not there yet, and the first `kubectl apply` would have to be said twice.
 */
export function putNamespacesFirst(root: IConstruct): void {
  const nodes = root.node.findAll();
  const lived = inhabited(nodes);
  if (lived.length === 0) return;
  const [order, places] = [new ChartOrder(root), new Places(nodes)];
  for (const { namespace, charts } of lived) {
    const neighbours = charts.get(Chart.of(namespace)) ?? [];
    if (places.mayComeBefore(namespace, neighbours)) putFirst(namespace, neighbours);
    othersOf(namespace, charts).forEach((chart) => order.put(charts.get(chart)![0], namespace));
  }
}

/** Those of which the order of charts does not allow it. */
export function lateNamespaces(root: IConstruct): readonly LateNamespace[] {
  const nodes = root.node.findAll();
  const hasOrder = !BY_ALPHABET.includes((root as Partial<App>).yamlOutputType) && nodes.filter((node) => Chart.isChart(node)).length > 1;
  if (!hasOrder) return [];
  const order = new ChartOrder(root);
  return inhabited(nodes).flatMap(({ namespace, charts }) =>
    othersOf(namespace, charts)
      .filter((chart) => !order.mayPut(charts.get(chart)![0], namespace))
      .map((chart) => lateNamespace(namespace, chart)),
  );
}

interface Inhabited {
  readonly namespace: ApiObject;
  readonly charts: Inhabitants;
}

/** The Namespaces in which something lives, by name. */
function inhabited(nodes: readonly IConstruct[]): Inhabited[] {
  const objects = nodes.filter((node): node is ApiObject => ApiObject.isApiObject(node));
  const namespaces = new Map(objects.filter(isNamespace).map((one) => [one.name, one]));
  if (namespaces.size === 0) return [];
  return sortedBy(inhabitantsOf(objects, namespaces), ([{ name }]) => name).map(([namespace, charts]) => ({ namespace, charts }));
}

function othersOf(namespace: ApiObject, charts: Inhabitants): Chart[] {
  return [...charts.keys()].filter((chart) => chart !== Chart.of(namespace));
}

function lateNamespace(namespace: ApiObject, before: Chart): LateNamespace {
  return { name: namespace.name, path: namespace.node.path, chart: Chart.of(namespace).node.path, before: before.node.path };
}

function isNamespace({ kind, apiVersion }: ApiObject): boolean {
  return kind === 'Namespace' && apiVersion === 'v1';
}

/** Of each Namespace what lives in it, by chart and in the order of the tree. */
function inhabitantsOf(objects: readonly ApiObject[], namespaces: ReadonlyMap<string, ApiObject>): Map<ApiObject, Inhabitants> {
  const found = new Map<ApiObject, Map<Chart, ApiObject[]>>();
  for (const object of objects) {
    const namespace = namespaces.get(namespaceNameOf(object) ?? '');
    if (!namespace || isNamespace(object)) continue;
    if (!found.has(namespace)) found.set(namespace, new Map());
    addTo(found.get(namespace)!, Chart.of(object), object);
  }
  return found;
}

/** Where constructs come out within their chart. */
class Places {
  private readonly index: ReadonlyMap<IConstruct, number>;
  private readonly waiting: readonly IConstruct[];

  constructor(nodes: readonly IConstruct[]) {
    this.index = new Map(nodes.map((node, index) => [node, index]));
    this.waiting = nodes.filter(({ node }) => node.dependencies.length > 0);
  }

  // cdk8s writes a construct where the tree has it, but one that another needs right before that one, wherever it stands itself.
  mayComeBefore(namespace: ApiObject, [first]: readonly ApiObject[]): boolean {
    if (!first) return false;
    if (this.isBefore(first, namespace)) return true;
    const chart = Chart.of(namespace);
    const waiting = this.waiting.filter((one) => one !== chart && one.node.scopes.includes(chart));
    const around = new Set<IConstruct>(namespace.node.scopes);
    return waiting.some((one) => this.isBefore(one, namespace) || one.node.dependencies.some((needed) => around.has(needed)));
  }

  private isBefore(one: IConstruct, other: IConstruct): boolean {
    return this.index.get(one)! < this.index.get(other)!;
  }
}

function putFirst(namespace: ApiObject, living: readonly ApiObject[]): void {
  const earlier = neededBy(namespace);
  for (const object of living) if (!earlier.has(object)) object.node.addDependency(namespace);
}

/** What a user has put before a construct: it stays there. */
function neededBy(construct: IConstruct, found = new Set<IConstruct>()): Set<IConstruct> {
  const needed = construct.node.scopes.flatMap(({ node }) => node.dependencies).flatMap(({ node }) => node.findAll());
  for (const one of needed) {
    if (found.has(one)) continue;
    found.add(one);
    neededBy(one, found);
  }
  return found;
}
