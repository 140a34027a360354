import { CORE, NETWORKING } from '../../istio/api-groups';
import type { FieldPath } from '../../model/declared';
import type { Cure } from '../../model/finding';
import type { MeshModel } from '../../model/mesh-model';
import { textsOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { MESH } from '../../cluster/routes/gateway-keys';
import { type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { clusterOf } from '../cluster-of';
import { NAME } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';
import { type WrongHost, wrongHost } from '../traffic/hosts/wrong-hosts';

export const unknownRoutedHost = rule({
  code: 'MESH357',
  level: 'warning',
  title: 'VirtualService for a host of the cluster that is not there',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec hosts', 'spec gateways'], made: false },
    { kinds: [`${CORE}/Service`], fields: NAME, sought: true },
  ],

  check(model, report) {
    for (const one of virtualServices(clusterOf(model)).filter((each) => isRaw(each) && each.gateways.includes(MESH))) {
      for (const { wrong, field, said } of wrongHosts(model, one)) {
        report({
          on: one.object,
          field,
          message: `${one.title} is for ${wrong.got}, ${wrong.why}: ${meaningOf(wrong)}`,
          got: said,
          fix: wrong.fix,
          cures: curesOf(one, wrong, field, said),
        });
      }
    }
  },
});

// Clients may ask for half a name on port 80, and the route then holds for them.
function meaningOf({ isHalf }: WrongHost): string {
  return isHalf ? 'requests that name it in full, or by its short name in its namespace, pass it by' : 'no request of the mesh asks for it';
}

interface Placed {
  readonly wrong: WrongHost;
  readonly field: FieldPath;
  /** As it is written. */
  readonly said: string;
}

function wrongHosts(model: MeshModel, { object, hosts }: VirtualService): Placed[] {
  const written = textsOf(specOf(object).hosts);
  return hosts.flatMap((host, index) => {
    const wrong = wrongHost(model, host);
    return wrong ? [{ wrong, field: ['spec', 'hosts', index], said: written[index] }] : [];
  });
}

function curesOf({ namespaceName }: VirtualService, { meant }: WrongHost, field: FieldPath, said: string): Cure[] {
  if (meant === undefined) return [];
  const [name, place] = meant.split('.');
  return [{ field, kind: 'set', was: said, to: said.includes('.') || place !== namespaceName ? meant : name }];
}
