import type { ControlPlaneFacts, UnsetFlag } from '../../model/installation/control-plane';
import type { MeshModel } from '../../model/mesh-model';
import { usesZtunnel } from '../../planes/plane-of';
import { MULTI_NETWORK, neededFlags } from './needed-flags';

/** Environment variables that istiod needs for the program, and that its installation does not set. */
export function unsetFlags(controlPlane: ControlPlaneFacts, model: MeshModel): UnsetFlag[] {
  const { env, path, site } = controlPlane;
  const set: Readonly<Record<string, string>> = { ...(bringsZtunnel(controlPlane, model) && { [MULTI_NETWORK]: 'true' }), ...env };
  return neededFlags(model).flatMap(({ what, because, objects }) => {
    const [name, value] = what.split('=');
    return set[name] === value ? [] : [{ name, value, because, objects, got: set[name], path, site }];
  });
}

function bringsZtunnel({ hasZtunnel }: ControlPlaneFacts, { namespaces }: MeshModel): boolean {
  return hasZtunnel || namespaces.some((one) => one.enrolled && usesZtunnel(one));
}
