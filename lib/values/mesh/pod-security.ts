import type { PodSecurityFacts, PodSecurityLevel } from '../../model/namespace-facts';
import { MeshError } from '../../support/mesh-error';
import { made, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';

/** What it takes to let pods do more than they need. */
export interface OpenPodSecurityOptions {
  /** Why; `mesh.json` keeps it. */
  readonly reason: string;
}

/**
 * What Kubernetes refuses of the pods of a namespace, by the label `pod-security.kubernetes.io/enforce`.
 *
 * All pods that this library makes are as `restricted()` wants them, and so are those that Istio makes for gateways and waypoints of a namespace that says so: a ConfigMap
 * adds the seccomp profile that they lack.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @example
 * import { DataPlane, PodSecurity, ZeroTrustNamespace } from 'istio-constructs';
 *
 * new ZeroTrustNamespace(chart, 'search', { dataPlane: DataPlane.ambient() });
 * new ZeroTrustNamespace(chart, 'scans', {
 *   dataPlane: DataPlane.ambient(),
 *   podSecurity: PodSecurity.baseline({ reason: 'the scanner of the vendor runs as root' }),
 * });
 */
export class PodSecurity {
  /** Nothing but what an application needs: no root, no capability, no way to more rights, the seccomp profile of the runtime. */
  public static restricted(): PodSecurity {
    return new PodSecurity('restricted');
  }

  /**
   * Root and the capabilities that runtimes give, and nothing that leads out of the pod.
   * @param options Why
   */
  public static baseline(options: OpenPodSecurityOptions): PodSecurity {
    return new PodSecurity('baseline', requireReason('baseline', options));
  }

  /**
   * Everything, also what leads out of the pod.
   * @param options Why
   */
  public static privileged(options: OpenPodSecurityOptions): PodSecurity {
    return new PodSecurity('privileged', requireReason('privileged', options));
  }

  /** @internal */
  public readonly _facts: PodSecurityFacts;

  private constructor(level: PodSecurityLevel, reason?: string) {
    this._facts = { level, reason };
  }
}

const OPEN_POD_SECURITY_OPTIONS = struct<OpenPodSecurityOptions>({ reason: TEXT });

export const POD_SECURITY = made(PodSecurity, 'PodSecurity', 'PodSecurity.restricted()');

function requireReason(level: PodSecurityLevel, options: OpenPodSecurityOptions): string {
  requireOptions('PodSecurity', options, OPEN_POD_SECURITY_OPTIONS);
  if (options.reason.trim() !== '') return options.reason;
  throw new MeshError({
    code: 'MESH873',
    at: 'PodSecurity',
    what: 'pods that may do more than an application needs have a reason',
    got: `PodSecurity.${level} with an empty reason`,
    fix: 'write why, for those who review it, or take PodSecurity.restricted()',
  });
}
