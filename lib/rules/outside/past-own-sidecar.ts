import type { Labels } from '../../cluster/objects/fields';
import { type Workload, workloadsWith } from '../../cluster/workloads/workloads';
import { EXCLUDED_OUTBOUND_PORTS, EXCLUDED_OUTBOUND_RANGES, INCLUDED_OUTBOUND_RANGES } from '../../istio/labels';
import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { fieldPaths, WORKLOADS } from '../comparison';
import { ownWorkloads } from '../owners';
import { perModel } from '../per-model';
import { rule } from '../rule';

const KEYS = [EXCLUDED_OUTBOUND_PORTS, EXCLUDED_OUTBOUND_RANGES, INCLUDED_OUTBOUND_RANGES];
const EVERYTHING = ['0.0.0.0/0', '*'];

export const pastOwnSidecar = rule({
  code: 'MESH246',
  level: 'warning',
  title: 'connections that leave past the sidecar',
  compares: [{ kinds: WORKLOADS, fields: fieldPaths(['spec template metadata annotations'], KEYS) }],

  check(model, report) {
    for (const party of ownWorkloads(model)) {
      const { pods, said } = exclusionsOf(model, party);
      if (!pods || said.length === 0) continue;
      const lost = lostCalls(model, party, pods.annotations);
      if (lost.length === 0 && !party.namespace.zeroTrust) continue;
      report({
        on: pods.object,
        message:
          lost.length > 0
            ? `calls of ${partyText(party)} to ${lost.join(', ')} leave past its sidecar, so without an identity: who asks for one refuses them`
            : `the sidecar of ${partyText(party)} is not asked about some connections, so it does not refuse those that nobody declared: the network layer alone does`,
        got: said.join('; '),
        fix: 'remove the annotation; what lies outside the mesh is an ExternalService, an ExternalNetwork or an UnmeshedService, which sidecars let pass',
        yamlFix: 'remove the annotation; what lies outside the mesh gets a ServiceEntry, and sidecars let it pass',
      });
    }
  },
});

interface Exclusions {
  readonly pods?: Workload;
  readonly said: readonly string[];
}

/** Of pods without a sidecar nobody reads them. */
function exclusionsOf(model: MeshModel, { namespaceName, podLabels = {} }: Party): Exclusions {
  const all = workloadsWith(clusterOf(model), namespaceName, podLabels).filter(({ proxy }) => proxy.routesForPods);
  const pods = all.find(({ annotations }) => saidOf(annotations).length > 0);
  return { pods, said: pods ? saidOf(pods.annotations) : [] };
}

function saidOf(annotations: Labels): string[] {
  const said = KEYS.filter((key) => annotations[key] !== undefined && isExclusion(key, annotations[key].trim()));
  return said.map((key) => `${key}: ${annotations[key] === '' ? "''" : annotations[key]}`);
}

function isExclusion(key: string, value: string): boolean {
  return key === INCLUDED_OUTBOUND_RANGES ? value !== '*' : value !== '';
}

/** Declared calls to services of the mesh on ports that are left out, or by no address that is taken. */
function lostCalls(model: MeshModel, { key }: Party, annotations: Labels): string[] {
  const list = (word: string): string[] => (annotations[word] ?? '').split(',').map((one) => one.trim());
  const ports = list(EXCLUDED_OUTBOUND_PORTS);
  const isAll =
    list(EXCLUDED_OUTBOUND_RANGES).some((one) => EVERYTHING.includes(one)) || annotations[INCLUDED_OUTBOUND_RANGES]?.trim() === '';
  const lost = (callsByCaller(model).get(key) ?? []).filter(
    (call) => isAll || call.ports.some(({ number }) => ports.includes(`${number}`)),
  );
  return [...new Set(lost.map(({ callee }) => partyText(callee)))].sort();
}

const callsByCaller = perModel(({ calls }) => {
  const meshed = calls.filter(({ action, callee }) => action === 'ALLOW' && callee.kind === 'service');
  return groupedBy(meshed, ({ caller }) => caller.key);
});
