import type { Duration } from 'cdk8s';
import type { MtlsFacts } from '../../model/mtls/weakening';
import type { Port } from '../../model/port';
import { requireMilliseconds } from '../../support/bounds/milliseconds';
import { MeshError } from '../../support/mesh-error';
import { BOOLEAN, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { timespan } from '../../support/options/timespan';
import { MTLS, type MTls } from './mtls';

/** What may differ from the port's defaults. */
export interface MeshPortOptions {
  /**
   * Port that the container listens on, 1 to 65535.
   * @default - the same as the Service's port
   */
  readonly targetPort?: number;

  /**
   * What follows the protocol in the port's name: `web` gives `http-web`. Needed when two ports speak one protocol.
   * @default - the name is the protocol alone
   */
  readonly suffix?: string;

  /**
   * How long a request to this port may take, whatever the service's own `timeout` says; for ports that speak HTTP.
   * @default - as the service says
   */
  readonly timeout?: Duration;

  /**
   * Requests to this port are streams that stay open: the service's timeout does not hold here.
   * @default false
   */
  readonly streams?: boolean;

  /**
   * Why this port takes callers without mutual TLS: the API server that calls a webhook, a kubelet, an old client. They have no identity, so that everybody
   * gets in here, and nowhere else. The report repeats the reason.
   * @default - callers prove who they are, as on all other ports
   */
  readonly plaintext?: string;

  /**
   * What this port asks of callers otherwise than the others: mutual TLS only, both until a day (`MTls.migrating`), or none (`MTls.disabled`, in sidecar mode).
   * Callers without an identity still get nowhere that a grant closes; for those who never have one there is `plaintext`.
   * @default - as the workload, its namespace or the mesh says
   */
  readonly mtls?: MTls;
}

export const MESH_PORT_OPTIONS = struct<MeshPortOptions>({
  targetPort: optional(NUMBER),
  suffix: optional(TEXT),
  timeout: optional(timespan<Duration>()),
  streams: optional(BOOLEAN),
  plaintext: optional(TEXT),
  mtls: optional(MTLS),
});

const STREAMS = 0;

type Named = Pick<Port, 'name' | 'readsHttp'>;

export function timeoutOf({ name, readsHttp }: Named, { timeout, streams = false }: MeshPortOptions): number | undefined {
  if (!timeout && !streams) return undefined;
  if (!readsHttp) {
    throw new MeshError({
      code: 'MESH712',
      at: 'MeshPort',
      what: 'only a port that speaks HTTP has requests, and a time for them',
      got: `${timeout ? 'timeout' : 'streams'} at port ${name}`,
      fix: 'leave it out here; connections of other protocols are limited by idleTimeout of circuitBreaker',
    });
  }
  if (!timeout) return STREAMS;
  if (!streams) return requireMilliseconds('MeshPort', 'timeout', timeout);
  throw new MeshError({
    code: 'MESH713',
    at: 'MeshPort',
    what: 'requests of a port take a limited time, or are streams that stay open',
    got: 'both timeout and streams',
    fix: 'drop one of them',
  });
}

export function plaintextOf({ plaintext }: MeshPortOptions): string | undefined {
  if (plaintext?.trim() !== '') return plaintext;
  throw new MeshError({
    code: 'MESH791',
    at: 'MeshPort',
    what: 'a port that takes callers without mutual TLS says why',
    got: plaintext,
    fix: 'say who calls it and cannot have mutual TLS, or leave plaintext out',
  });
}

export function mtlsOf({ mtls, plaintext }: MeshPortOptions): MtlsFacts | undefined {
  if (!mtls || plaintext === undefined) return mtls?._facts;
  throw new MeshError({
    code: 'MESH837',
    at: 'MeshPort',
    what: 'a port takes callers without mutual TLS for good, or says itself what it asks of them',
    got: 'both plaintext and mtls',
    fix: 'drop mtls, for plaintext takes mutual TLS as well; or drop plaintext',
  });
}
