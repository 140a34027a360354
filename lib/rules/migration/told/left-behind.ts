import { groupOf } from '../../../cluster/objects/manifest-object';
import { CORE } from '../../../istio/api-groups';
import type { MeshModel, ObjectKey } from '../../../model/mesh-model';
import { groupedBy } from '../../../support/grouping';
import { perModel } from '../../per-model';

const keysNow = perModel((model): ReadonlySet<string> => new Set(model.objects.map(keyOf)));

/** Objects of a namespace that an earlier synth had and this one has not. */
export function leftBehind(model: MeshModel, namespaceName: string, before: readonly ObjectKey[]): ObjectKey[] {
  return before.filter((object) => object.namespaceName === namespaceName && !keysNow(model).has(keyOf(object)));
}

function keyOf({ apiVersion, kind, name, namespaceName }: ObjectKey): string {
  return `${groupOf({ apiVersion })}/${kind} ${namespaceName}/${name}`;
}

/** `Sidecar cart, product; VirtualService cart`. */
export function listed(objects: readonly ObjectKey[]): string {
  const byKind = groupedBy(objects, ({ kind }) => kind);
  return [...byKind].map(([kind, ofKind]) => `${kind} ${ofKind.map(({ name }) => name).join(', ')}`).join('; ');
}

export function command(verb: string, namespaceName: string, objects: readonly ObjectKey[]): string[] {
  return objects.length === 0 ? [] : [`kubectl ${verb} --namespace ${namespaceName} ${objects.map(argumentOf).join(' ')}`];
}

/** As kubectl takes it, with the group, for two of them have a Gateway. */
function argumentOf({ apiVersion, kind, name }: ObjectKey): string {
  const group = groupOf({ apiVersion });
  const type = group === CORE || group === 'apps' ? kind : `${kind}.${group}`;
  return `${type.toLowerCase()}/${name}`;
}
