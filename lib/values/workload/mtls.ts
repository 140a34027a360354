import type { MtlsFacts } from '../../model/mtls/weakening';
import { requireDay } from '../../support/dates/day';
import { MeshError } from '../../support/mesh-error';
import { made, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';

/** How long plaintext is taken beside mutual TLS. */
export interface MtlsMigration {
  /** The last day of the migration, `2026-12-31`: until then a finding names it (MESH254), from the next day on synth fails (MESH255). */
  readonly until: string;

  /**
   * Whose callers are not in the mesh yet.
   * @default - not said
   */
  readonly reason?: string;
}

/**
 * Whether pods ask their callers for mutual TLS, and so for an identity: the word of a mesh, a namespace, a workload or a port.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode
 * @example
 * import { DataPlane, MeshNamespace, MTls } from 'istio-constructs';
 *
 * new MeshNamespace(chart, 'search', {
 *   dataPlane: DataPlane.sidecar(),
 *   mtls: MTls.migrating({ until: '2099-12-31', reason: 'the importer has no sidecar yet' }),
 * });
 */
export class MTls {
  /** Mutual TLS only. */
  public static readonly STRICT = new MTls({ mode: 'STRICT' });
  /** Both, without an end. A finding reports it (MESH108); `migrating` says until when. */
  public static readonly PERMISSIVE = new MTls({ mode: 'PERMISSIVE' });

  /**
   * Both, until a day: from the next day on synth fails, and nothing closes by itself.
   * @param options Until when, and why
   */
  public static migrating(options: MtlsMigration): MTls {
    requireOptions('MTls', options, MTLS_MIGRATION);
    const { until, reason } = options;
    return new MTls({ mode: 'PERMISSIVE', until: requireDay('MTls', 'until', until), reason });
  }

  /**
   * Plaintext only, in sidecar mode: traffic can be read on the network, and callers have no identity. A finding reports it with its reason (MESH110), and
   * grants, which name callers, let nobody in there (MESH256). ztunnel
   * always offers mutual TLS, so that in ambient mode it is an error (MESH109).
   * @param reason Why, for those who read the report
   */
  public static disabled(reason: string): MTls {
    requireArguments('MTls', { reason }, { reason: TEXT });
    if (reason.trim() !== '') return new MTls({ mode: 'DISABLE', reason });
    throw new MeshError({
      code: 'MESH836',
      at: 'MTls',
      what: 'who switches mutual TLS off says why',
      got: reason,
      fix: 'say what cannot work with mutual TLS; where callers alone cannot, take MTls.migrating or plaintext of a port',
    });
  }

  /** @internal */
  public readonly _facts: MtlsFacts;

  private constructor(facts: MtlsFacts) {
    this._facts = Object.freeze(facts);
  }
}

const MTLS_MIGRATION = struct<MtlsMigration>({ until: TEXT, reason: optional(TEXT) });

export const MTLS = made(MTls, 'MTls', 'MTls.STRICT', MTLS_MIGRATION);
