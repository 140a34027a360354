import { NETWORKING } from '../../istio/api-groups';
import { textOf } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import type { ManifestObject } from '../../model/mesh-model';
import { canonicalAddress } from '../../support/addresses';
import { groupedBy } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { byOwner } from '../owners';
import { rule } from '../rule';

export const machineOfTwo = rule({
  code: 'MESH630',
  level: 'error',
  title: 'one machine under two identities',
  compares: [{ kinds: [`${NETWORKING}/WorkloadEntry`], fields: ['spec address', 'spec network', 'spec serviceAccount'], pairs: true }],

  check(model, report) {
    const entries = objectsOf(clusterOf(model), NETWORKING, 'WorkloadEntry').filter((entry) => identityOf(entry) && placeOf(entry));
    for (const [, same] of groupedBy(entries, placeOf)) {
      const [first, ...others] = byOwner(same);
      const other = others.find((entry) => identityOf(entry) !== identityOf(first));
      if (!other) continue;
      report({
        on: other,
        field: ['spec', 'serviceAccount'],
        message: `${nameOf(other)} and ${nameOf(first)} are one machine, whose proxy has one certificate: who calls it under the other identity takes it for somebody else, and hangs up`,
        got: `${identityOf(other)} and ${identityOf(first)} at ${textOf(specOf(other).address)}`,
        fix: 'give the entries of the machine one account, in one namespace; or write the address of another machine',
      });
    }
  },
});

/** Nobody asks who it is where nothing is said. */
function identityOf(entry: ManifestObject): string | undefined {
  const account = textOf(specOf(entry).serviceAccount);
  return account ? `${namespaceOf(entry)}/${account}` : undefined;
}

/** Networks may have the same addresses; of a name nobody knows where it leads. */
function placeOf(entry: ManifestObject): string {
  const { address, network } = specOf(entry);
  const said = textOf(address) ?? '';
  return /^[\d.]+$|:/.test(said) && !said.startsWith('unix:') ? `${canonicalAddress(said)} ${textOf(network) ?? ''}` : '';
}
