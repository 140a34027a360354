import type { CallModel, MeshModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { rule } from '../rule';
import { bytesPorts, hasOwnListeners, isSeenBySidecar } from './reach/bytes';
import { knownTo } from './reach/known-to';

export const bytesBesideHttp = rule({
  code: 'MESH425',
  level: 'warning',
  title: 'bytes on a port where a sidecar also knows HTTP',

  check(model, report) {
    for (const call of model.calls.filter((each) => isSeenBySidecar(each) && !hasOwnListeners(each.callee))) {
      const { caller, callee } = call;
      const met = bytesPorts(call).map((port) => ({ port, names: speakersOfHttp(model, call, port) }));
      for (const { port, names } of met.filter((each) => each.names.length > 0)) {
        report({
          on: call,
          message: `the sidecar of ${partyText(caller)} knows HTTP on port ${port}, on which ${callee.host ?? callee.name} is sent bytes: to tell them apart it waits for what the client says, so a server that greets first is never heard, and what reads as HTTP goes elsewhere`,
          got: `HTTP on port ${port} of ${names.join(', ')}`,
          fix: `declare ${callee.name} by single addresses, as an ExternalNetwork: they have listeners of their own; or let the ports differ`,
        });
      }
    }
  },
});

function speakersOfHttp(model: MeshModel, { caller }: CallModel, port: number): string[] {
  const speakers = knownTo(model, caller).filter(({ ports }) => ports.some(({ number, readsHttp }) => readsHttp && number === port));
  return [...new Set(speakers.map(({ host, name }) => host ?? name))].sort();
}
