import type { Construct } from 'constructs';
import { CONTROLLERS, type ControllerFacts } from '../../../model/releases/release-controller';
import type { Port } from '../../../model/port';
import { sharedPortOf } from '../../../planes/routers/flagger';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';

/** Refuses a service whose releases the controller cannot make. */
export function requireController(at: Construct, facts: ControllerFacts, ports: readonly Port[], isOurs: boolean): void {
  const who = CONTROLLERS[facts.name];
  if (!isOurs)
    refuse(
      at,
      'MESH747',
      `${who} makes pods after a Deployment of this service`,
      'releaseController beside workload',
      'set image instead of workload',
    );
  const shared = sharedPortOf({ ports });
  if (shared) return facts.name === 'flagger' ? requireSeen(at, ports, shared) : undefined;
  refuse(at, 'MESH748', `${who} shares out requests`, 'a service without an HTTP port', 'declare a port with MeshPort.http, http2 or grpc');
}

// It finds the others among the ports of the containers.
function requireSeen(at: Construct, ports: readonly Port[], shared: Port): void {
  const hidden = ports.find((port) => port !== shared && (port.number !== port.targetPort || port.targetPort === shared.targetPort));
  if (!hidden) return;
  refuse(
    at,
    'MESH752',
    'Flagger gives its Services one port with a number of its own, and all others as the container has them',
    `port ${hidden.number} to ${hidden.targetPort}`,
    `drop targetPort of the port ${hidden.name}, or declare it before the others if its requests are to be shared out`,
  );
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
