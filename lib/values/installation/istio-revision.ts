import { listOf, optional, struct, TEXT } from '../../support/options/kind';
import { ISTIO_VERSION, type IstioVersion } from '../mesh/istio-version';

/**
 * One control plane of several, side by side while a mesh moves to a newer Istio.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 * @example
 * import { IstioInstallation, IstioVersion, Mesh } from 'istio-constructs';
 *
 * new Mesh(chart, 'mesh', { istioVersion: IstioVersion.V1_30 });
 * new IstioInstallation(chart, 'istio', {
 *   revisions: [
 *     { name: '1-30-5', tags: ['default'] },
 *     { name: '1-31-1', version: IstioVersion.V1_31, tags: ['prod-canary'] },
 *   ],
 * });
 */
export interface IstioRevision {
  /** Its name, as namespaces say it in `DataPlane.sidecar({ revision })`: small letters, digits and dashes. */
  readonly name: string;

  /**
   * Its version.
   * @default - as `istioVersion` of `Mesh` says; IstioVersion.V1_31 where that says nothing
   */
  readonly version?: IstioVersion;

  /**
   * Names under which namespaces find it, so that they move when the tag does. `default` is for those that say `istio-injection: enabled`.
   * @default - none
   */
  readonly tags?: string[];
}

export const ISTIO_REVISION = struct<IstioRevision>({
  name: TEXT,
  version: optional(ISTIO_VERSION),
  tags: optional(listOf(TEXT)),
});
