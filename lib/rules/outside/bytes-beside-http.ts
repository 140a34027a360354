import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { CORE, NETWORKING } from '../../istio/api-groups';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { perModel } from '../per-model';
import { type Report, rule } from '../rule';
import { bytesPorts, hasOwnListeners, isSeenBySidecar } from './reach/bytes';
import { sharedPorts, speakersOfHttp } from './reach/bytes-entries';
import { knownTo } from './reach/known-to';
import { isToldOf, sidecarsOf } from './reach/sidecars';

const WHY =
  'to tell them apart it waits for what the client says, so a server that greets first is never heard, and what reads as HTTP goes elsewhere';

export const bytesBesideHttp = rule({
  code: 'MESH425',
  level: 'warning',
  title: 'bytes on a port where a sidecar also knows HTTP',
  compares: [
    { kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec hosts', 'spec addresses', 'spec ports', 'spec exportTo'], made: false },
    { kinds: [`${CORE}/Service`], fields: ['spec ports'], made: false },
  ],

  check(model, report) {
    for (const call of model.calls.filter((each) => isSeenBySidecar(each) && !hasOwnListeners(each.callee))) {
      const { caller, callee } = call;
      const met = bytesPorts(call).map((port) => ({ port, names: speakersFor(model, call, port) }));
      for (const { port, names } of met.filter((each) => each.names.length > 0)) {
        report({
          on: call,
          message: `the sidecar of ${partyText(caller)} knows HTTP on port ${port}, on which ${callee.host ?? callee.name} is sent bytes: ${WHY}`,
          got: `HTTP on port ${port} of ${names.join(', ')}`,
          fix: `declare ${callee.name} by single addresses, as an ExternalNetwork: they have listeners of their own; or let the ports differ`,
        });
      }
    }
    for (const entry of servicesOf(clusterOf(model))) for (const port of sharedPorts(entry)) checkEntry(model, entry, port, report);
  },
});

function speakersFor(model: MeshModel, { caller }: CallModel, port: number): string[] {
  const speakers = knownTo(model, caller).filter(({ ports }) => ports.some(({ number, readsHttp }) => readsHttp && number === port));
  return [...new Set(speakers.map(({ host, name }) => host ?? name))].sort();
}

/** What was said raw: the bytes, or the HTTP beside them. */
function checkEntry(model: MeshModel, entry: MeshService, port: number, report: Report): void {
  const cluster = clusterOf(model);
  const speakers =
    speakersOfHttp(cluster)
      .get(port)
      ?.filter((one) => isRaw(entry) || isUnsaid(model, one)) ?? [];
  const met = speakers.length > 0 ? firstMeeting(cluster, entry, port, speakers) : undefined;
  if (!met) return;
  const names = [...new Set(met.speakers.flatMap(({ hosts }) => hosts))].sort();
  report({
    on: isRaw(entry) ? entry.object : met.speakers[0].object,
    message: `the sidecar of ${met.sidecar.key} knows HTTP on port ${port}, on which ${nameOf(entry.object)} has bytes sent to ${entry.hosts.join(', ')}: ${WHY}`,
    got: `HTTP on port ${port} of ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
    fix: 'give the ServiceEntry single addresses: they have listeners of their own; or let the ports differ, or exportTo leave such sidecars out',
  });
}

/** Raw, and nobody whom a statement of the program names: of these a call tells. */
function isUnsaid(model: MeshModel, one: MeshService): boolean {
  return isRaw(one) && !one.hosts.some((host) => saidHosts(model).has(host));
}

const saidHosts = perModel(
  ({ services, others }): ReadonlySet<string> => new Set([...services, ...others].flatMap(({ host }) => host ?? [])),
);

function firstMeeting(cluster: Cluster, entry: MeshService, port: number, speakers: readonly MeshService[]) {
  for (const sidecar of sidecarsOf(cluster)) {
    const known = isToldOf(cluster, sidecar, entry, port) ? speakers.filter((one) => isToldOf(cluster, sidecar, one, port)) : [];
    if (known.length > 0) return { sidecar, speakers: known };
  }
  return undefined;
}
