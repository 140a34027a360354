import { nameOf } from '../../cluster/objects/manifest-object';
import { isEmpty } from '../../cluster/objects/fields';
import { type MtlsSettings, mtlsSettings } from '../../cluster/policies/mtls-settings';
import { workloadsWith } from '../../cluster/workloads/workloads';
import { SECURITY } from '../../istio/api-groups';
import type { MeshModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { MTLS_MODES } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

interface Pair {
  readonly later: MtlsSettings;
  readonly other: MtlsSettings;
}

export const twoModes = rule({
  code: 'MESH245',
  level: 'error',
  title: 'two PeerAuthentications for the same pods',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: ['spec selector matchLabels', ...MTLS_MODES] }],

  check(model, report) {
    for (const { later, other } of pairsIn(model)) {
      const whom = isEmpty(later.selector)
        ? `all pods of namespace ${later.namespaceName}`
        : `the same pods of namespace ${later.namespaceName}`;
      report({
        on: later.object,
        message: `${nameOf(later.object)} and ${nameOf(other.object)} say different modes for ${whom}: Istio follows the one that is older in the cluster, which no manifest tells`,
        got: `${wordsOf(later)}, and ${wordsOf(other)}`,
        fix: other.object.made
          ? 'remove it; the mode is said by mtls of the namespace or the mesh, and a port in plaintext by plaintext of its MeshPort'
          : 'keep one of them',
      });
    }
  },
});

/** Each raw one beside another of its level that says something else; ours goes before others. */
function pairsIn(model: MeshModel): Pair[] {
  const byNamespace = groupedBy(mtlsSettings(clusterOf(model)), ({ namespaceName }) => namespaceName);
  return [...byNamespace.values()].flatMap((all) => {
    const ordered = [...all.filter((one) => !isRaw(one)), ...all.filter(isRaw)];
    return ordered.flatMap((later, index) => {
      const other = isRaw(later) ? ordered.slice(0, index).find((one) => isRival(model, one, later)) : undefined;
      return other ? [{ later, other }] : [];
    });
  });
}

function isRival(model: MeshModel, one: MtlsSettings, other: MtlsSettings): boolean {
  if (isEmpty(one.selector) !== isEmpty(other.selector) || wordsOf(one) === wordsOf(other)) return false;
  return isEmpty(one.selector) || pickTogether(model, one, other);
}

function pickTogether(model: MeshModel, one: MtlsSettings, other: MtlsSettings): boolean {
  const picked = new Set(workloadsWith(clusterOf(model), one.namespaceName, one.selector));
  return workloadsWith(clusterOf(model), other.namespaceName, other.selector).some((pods) => picked.has(pods));
}

/** Of a whole namespace the ports are not read. */
function wordsOf({ mode, ports, selector }: MtlsSettings): string {
  const said = isEmpty(selector) ? [] : [...ports].sort().map(([port, each]) => `port ${port}: ${each}`);
  return [mode ? `mode: ${mode}` : 'no mode', ...said].join(', ');
}
