import type * as pulumi from '@pulumi/pulumi';
import { ApiObject, type Chart } from 'cdk8s';
import { aliasesOf, nameOf, type Owner } from './identity';
import { type KubernetesManifest, KubernetesObject } from './kubernetes-object';
import { lentLists, tellOfLending } from './lent-lists';
import { type Rendered, ordered } from './ordering';
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
  readonly inherited: ObjectsOptions & { readonly dependsOn: pulumi.Input<pulumi.Input<pulumi.Resource>[]> };
}

/** Registers every object of a chart, each right below its program and after what it needs. */
export function register(chart: Chart, { awaitReady, inherited, ...owner }: RegisterOptions): KubernetesObject[] {
  const made = new Map<ApiObject, KubernetesObject>();
  for (const { object, manifest, needs, isAwaited } of ordered(rendered(chart), chart)) {
    const before = needs.map((need) => made.get(need.object)!);
    const lists = lentLists(object);
    const told = awaitReady ? awaited(manifest) : isAwaited ? manifest : notAwaited(manifest);
    const resolved = resolve(told, object.node.path) as KubernetesManifest;
    const resource = new KubernetesObject(nameOf(owner.name, manifest), manifest, resolved, {
      ...inherited,
      parent: owner.program,
      dependsOn: after(inherited.dependsOn, before),
      ignoreChanges: [...(inherited.ignoreChanges ?? []), ...lists],
      aliases: aliasesOf(owner, manifest, object, chart),
    });
    if (awaitReady) tellOfWaiting(resource, before);
    tellOfLending(resource, lists);
    made.set(object, resource);
  }
  return [...made.values()];
}

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
