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
      facts.name === 'flagger'
        ? 'set image instead of workload'
        : 'set image instead of workload, or mesh the Rollout itself by MeshedService.fromWorkload',
    );
  const shared = sharedPortOf({ ports });
  if (!shared)
    return refuse(
      at,
      'MESH748',
      `${who} shares out requests`,
      'a service without an HTTP port',
      'declare a port with MeshPort.http, http2 or grpc',
    );
  if (facts.name !== 'flagger') return;
  const hidden = ports.find((port) => port !== shared && (port.number !== port.targetPort || port.targetPort === shared.targetPort));
  if (hidden)
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
