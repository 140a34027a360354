import type { MeshModel } from '../model/mesh-model';
import { perModel } from './per-model';
import { isAmbient } from './planes';

const told = perModel((model): ReadonlySet<string> => {
  const without = model.namespaces.filter((namespace) => isAmbient(namespace) && !namespace.waypoint);
  const needs = [
    ...without.map(({ name, httpNeeds }) => ({ name, httpNeeds })),
    ...model.services.map(({ namespaceName, vainNeeds }) => ({ name: namespaceName, httpNeeds: vainNeeds })),
  ];
  return new Set(needs.flatMap(({ name, httpNeeds }) => httpNeeds.map(({ path }) => `${name} ${path}`)));
});

/** Whether it is told where the namespace is judged that what stands at a path needs the waypoint which is not there. */
export function isToldByNamespace(model: MeshModel, namespaceName: string, path: string): boolean {
  return told(model).has(`${namespaceName} ${path}`);
}
