import type * as pulumi from '@pulumi/pulumi';
import { ApiObject, type Chart } from 'cdk8s';
import type { HelmRelease, IstioInstallation } from 'istio-constructs';
import { aliasesOf, nameOf, type Owner } from './identity';
import { install } from './installation/install';
import { type KubernetesManifest, KubernetesObject } from './kubernetes-object';
import { lentLists, tellOfLending } from './lent-lists';
import { type Ordered, ordered, type Rendered } from './ordering';
import { awaited, notAwaited, tellOfWaiting } from './readiness';
import { resolve } from './resolve';

/** Options of a program that are options of each of its objects. */
export type ObjectsOptions = Pick<
  pulumi.ComponentResourceOptions,
  | 'customTimeouts'
  | 'deletedWith'
  | 'hideDiffs'
  | 'ignoreChanges'
  | 'replaceOnChanges'
  | 'replaceWith'
  | 'replacementTrigger'
  | 'retainOnDelete'
>;

/** What holds for all objects of a program. */
export interface RegisterOptions extends Owner {
  readonly awaitReady: boolean;
  /** What is installed before all else. */
  readonly installation?: IstioInstallation;
  readonly inherited: ObjectsOptions & { readonly dependsOn: pulumi.Input<pulumi.Input<pulumi.Resource>[]> };
}

/** Registers every object of a chart, each right below its program and after what it needs. */
export function register(chart: Chart, { awaitReady, installation, inherited, ...owner }: RegisterOptions): KubernetesObject[] {
  const made = new Map<ApiObject, KubernetesObject>();
  const add = ({ object, manifest, needs, isAwaited }: Ordered, first: readonly pulumi.Resource[]): void => {
    const before = needs.map((need) => made.get(need.object)!);
    const lists = lentLists(object);
    const told = awaitReady ? awaited(manifest) : isAwaited ? manifest : notAwaited(manifest);
    const resolved = resolve(told, object.node.path) as KubernetesManifest;
    const resource = new KubernetesObject(nameOf(owner.name, manifest), manifest, resolved, {
      ...inherited,
      parent: owner.program,
      dependsOn: after(inherited.dependsOn, [...first, ...before]),
      ignoreChanges: [...(inherited.ignoreChanges ?? []), ...lists],
      aliases: aliasesOf(owner, manifest, object, chart),
    });
    if (awaitReady) tellOfWaiting(resource, before);
    tellOfLending(resource, lists);
    made.set(object, resource);
  };

  const objects = ordered(rendered(chart), chart);
  const places = installation ? placesOf(installation, objects) : [];
  for (const one of places) add(one, []);
  const istio = installation ? installed(installation, [...made.values()], { inherited, ...owner }) : [];
  for (const one of objects.filter((other) => !places.includes(other))) add(one, istio);
  return [...made.values()];
}

/** The namespaces of the program into which Istio is installed, and all that they need: Helm would make them, and then they would be there already. */
function placesOf({ helmReleases }: IstioInstallation, objects: readonly Ordered[]): Ordered[] {
  const names = new Set(helmReleases.map(({ namespaceName }) => namespaceName));
  const needed = new Set<ApiObject>();
  for (const { object, manifest, needs } of [...objects].reverse()) {
    if (manifest.kind === 'Namespace' && names.has(manifest.metadata.name)) needed.add(object);
    if (needed.has(object)) for (const need of needs) needed.add(need.object);
  }
  return objects.filter(({ object }) => needed.has(object));
}

function installed(
  installation: IstioInstallation,
  first: readonly pulumi.Resource[],
  { inherited, program, name, formerNames }: Omit<RegisterOptions, 'awaitReady' | 'installation'>,
): pulumi.Resource[] {
  const called = (owner: string, release: Pick<HelmRelease, 'name' | 'namespaceName'>): string =>
    [owner, release.namespaceName, release.name].join('/');
  const optionsAfter = (before: readonly pulumi.Resource[]): pulumi.CustomResourceOptions => ({
    ...inherited,
    parent: program,
    dependsOn: after(inherited.dependsOn, before),
  });
  return install(installation, first, {
    nameOf: (release) => called(name, release),
    aliasesOf: (release) => formerNames.map((former) => ({ name: called(former, release) })),
    valuesOf: ({ name: chart, values }) => resolve(said(values), `${installation.node.path}.${chart}`) as pulumi.Inputs,
    objectOf: (object, before) => {
      const manifest = object as KubernetesManifest;
      const aliases = formerNames.map((former) => ({ name: nameOf(former, manifest) }));
      return new KubernetesObject(nameOf(name, manifest), manifest, resolve(said(manifest), installation.node.path) as pulumi.Inputs, {
        ...optionsAfter(before),
        aliases,
      });
    },
    optionsAfter,
  });
}

/** Values without those that are not said. */
const said = (values: object): unknown => JSON.parse(JSON.stringify(values));

function rendered(chart: Chart): Rendered[] {
  const objects = chart.node.findAll().filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
  return objects.map((object) => ({ object, manifest: object.toJson() as KubernetesManifest }));
}

function after(
  before: RegisterOptions['inherited']['dependsOn'],
  needs: readonly pulumi.Resource[],
): pulumi.Input<pulumi.Input<pulumi.Resource>[]> {
  return Array.isArray(before)
    ? [...before, ...needs]
    : (before as pulumi.Output<pulumi.Input<pulumi.Resource>[]>).apply((all) => [...all, ...needs]);
}
