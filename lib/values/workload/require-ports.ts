import type { Port } from '../../model/port';
import type { Code } from '../../support/codes';
import { MeshError, type MeshErrorProps } from '../../support/mesh-error';
import type { MeshPort } from './mesh-port';

type Place = MeshErrorProps['at'];

const CURE = 'name the port that is called, for example MeshPort.http(8080)';

/** The same of a service that another program makes: what is said here of requests to it would be written nowhere. */
export function requireForeignPorts(scope: Place, ports: readonly MeshPort[]): Port[] {
  const facts = requirePorts(scope, ports);
  const fail = (code: Code, what: string, got: string): never => {
    throw new MeshError({ code, at: scope, what, got, fix: 'leave it out here, and say it where the service is declared' });
  };
  const timed = facts.find(({ timeoutMs }) => timeoutMs !== undefined);
  if (timed)
    fail('MESH715', 'the routes of a service are written by the program that makes it', `timeout or streams at port ${timed.name}`);
  const open = facts.find((port) => speechOf(port) !== '');
  if (open) {
    const got = `${open.mtls ? 'mtls' : 'plaintext'} at port ${open.name}`;
    fail('MESH793', 'whether pods take plaintext is said by the program that makes them', got);
  }
  return facts;
}

/** Ports of one Service: at least one, each with a number and a name of its own. `cure` says what to do where there is none. */
export function requirePorts(scope: Place, ports: readonly MeshPort[], cure = CURE): Port[] {
  const fail = (code: Code, what: string, got: unknown, fix: string): never => {
    throw new MeshError({ code, at: scope, what, got, fix });
  };
  if (ports.length === 0) fail('MESH022', 'a service has at least one port', 'ports: []', cure);
  const numbers = ports.map((port) => port.number);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined)
    fail('MESH050', 'each port of a service has a number of its own', twice, 'change one of them; two may share a targetPort');
  const names = ports.map((port) => port.name);
  const sameName = names.find((name, index) => names.indexOf(name) !== index);
  if (sameName !== undefined)
    fail('MESH051', 'each port of a service has a name of its own', sameName, `set a suffix: MeshPort.http(8081, { suffix: 'admin' })`);
  return requireClosedNeighbours(
    scope,
    ports.map((port) => port._facts),
  );
}

/** What is said of mutual TLS at a port; nothing where it is as all others are. */
function speechOf({ plaintext, mtls }: Port): string {
  return plaintext === undefined ? (mtls?.mode ?? '') : 'plaintext';
}

function requireClosedNeighbours(scope: Place, ports: Port[]): Port[] {
  const speeches = new Map(ports.filter((port) => speechOf(port) !== '').map((port) => [port.targetPort, speechOf(port)]));
  const other = ports.find((port) => (speeches.get(port.targetPort) ?? '') !== speechOf(port));
  if (!other) return ports;
  throw new MeshError({
    code: 'MESH792',
    at: scope,
    what: 'a port of the pods takes plaintext or it does not, whichever port of the Service leads there',
    got: `${other.name} leads to ${other.targetPort} as well, and ${speechOf(other) === '' ? 'has no reason' : 'says otherwise'}`,
    fix: 'let the container listen on a port of its own for callers without mutual TLS, or say the same on both',
  });
}
