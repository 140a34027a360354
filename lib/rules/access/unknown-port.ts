import type { Port } from '../../model/port';
import { partyText, portText } from '../call-words';
import { rule } from '../rule';

export const unknownPort = rule({
  code: 'MESH203',
  level: 'error',
  title: 'call to a port that does not exist',

  check(model, report) {
    for (const call of model.calls) {
      if (call.unknownPort === undefined) continue;
      const { ports } = call.callee;
      report({
        on: call,
        message: `${partyText(call.callee)} has no port ${call.unknownPort}`,
        got: String(call.unknownPort),
        fix: fixOf(call.unknownPort, ports),
      });
    }
  },
});

function fixOf(asked: number, ports: readonly Port[]): string {
  const behind = ports.find(({ targetPort }) => targetPort === asked);
  if (behind) return `${asked} is the port of the pods; call the port of the Service: ${portText([behind])}`;
  return ports.length > 0 ? `call one of its ports: ${portText(ports)}` : 'declare the port on the callee';
}
