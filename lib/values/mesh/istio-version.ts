import { MeshError } from '../../support/mesh-error';
import { made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/**
 * Which Istio a cluster has, with its patch.
 *
 * Said on the `Mesh`, it has MESH600 refuse what that version does not know, and MESH601 tell of what it does wrong.
 *
 * @see docs/istio-versions.md
 * @see https://istio.io/latest/docs/releases/supported-releases/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { IstioVersion, Mesh } from 'istio-constructs';
 *
 * const platform = new Chart(new App(), 'platform');
 * new Mesh(platform, 'mesh', { istioVersion: IstioVersion.of('1.30.5') });
 */
export class IstioVersion {
  /** 1.29.9, the last patch of 1.29. */
  public static readonly V1_29 = new IstioVersion('1.29.9');
  /** 1.30.5, the newest patch of 1.30 that this version of the library knows. */
  public static readonly V1_30 = new IstioVersion('1.30.5');
  /** 1.31.1, the newest patch of 1.31 that this version of the library knows. */
  public static readonly V1_31 = new IstioVersion('1.31.1');

  /**
   * A version with its patch.
   * @param version Three numbers: `1.30.5`
   */
  public static of(version: string): IstioVersion {
    requireArguments('IstioVersion', { version }, { version: TEXT });
    if (/^1\.(29|30|31)\.(0|[1-9]\d*)$/.test(version)) return new IstioVersion(version);
    throw new MeshError({
      code: 'MESH920',
      at: 'IstioVersion',
      what: 'a version of Istio is one of 1.29, 1.30 or 1.31, with its patch, in numbers',
      got: version,
      fix: "write it as in IstioVersion.of('1.30.5'), or take IstioVersion.V1_31",
    });
  }

  /** The version, with its patch: `1.30.5`. */
  public readonly version: string;

  private constructor(version: string) {
    this.version = version;
  }
}

export const ISTIO_VERSION = made(IstioVersion, 'IstioVersion', 'IstioVersion.V1_31');
