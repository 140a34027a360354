import type { ControlPlaneFacts, UnsetFlag } from '../../model/installation/control-plane';
import type { MeshModel } from '../../model/mesh-model';
import { neededFlags } from './needed-flags';

/** Environment variables that istiod needs for the program, and that its installation does not set. */
export function unsetFlags({ env, path, site }: ControlPlaneFacts, model: MeshModel): UnsetFlag[] {
  return neededFlags(model).flatMap(({ what, because, objects }) => {
    const [name, value] = what.split('=');
    return env[name] === value ? [] : [{ name, value, because, objects, got: env[name], path, site }];
  });
}
