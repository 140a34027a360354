import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { MeshError } from '../../support/mesh-error';

/** The Service of a service that this program makes; Flagger makes the others itself. */
export function ownServiceObject(at: IConstruct, service: kplus.Service | undefined): kplus.Service {
  if (service) return service;
  throw new MeshError({
    code: 'MESH753',
    at,
    what: 'there is a Service where no controller makes it',
    got: 'a service that Flagger releases',
    fix: 'say it of the service, or of the Canary among its objects; tryService is undefined where there is none',
  });
}
