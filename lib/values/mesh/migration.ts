import type { MigrationFacts } from '../../model/namespace-facts';
import { MeshError } from '../../support/mesh-error';
import { made, NUMBER } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/**
 * How far a namespace is on its way from sidecars to ambient, with all its calls kept.
 *
 * At every stage both forms of each grant are there, so that pods of either plane may call each other while they restart. What moves, wave by wave, are the pods:
 * callers before those whose calls are granted by method or path. When the last wave has restarted, take the option out.
 *
 * @see docs/sidecar-to-ambient.md
 * @example
 * import { DataPlane, Migration, ZeroTrustNamespace } from 'istio-constructs';
 *
 * // was DataPlane.sidecar(); next are Migration.wave(1) and so on, and DataPlane.ambient() in the end
 * new ZeroTrustNamespace(chart, 'search', { dataPlane: DataPlane.ambient({ migration: Migration.PREPARE }) });
 */
export class Migration {
  /** All pods keep their sidecars, made anew so that they take HBONE. The waypoint comes, and everybody lets it in. */
  public static readonly PREPARE = new Migration(0);

  /**
   * The workloads of this wave and of those before it are in ambient mode, the others still have sidecars. The finding MESH135 lists who moves in which.
   * @param number 1 for the first
   */
  public static wave(number: number): Migration {
    requireArguments('Migration', { number }, { number: NUMBER });
    if (Number.isInteger(number) && number >= 1) return new Migration(number);
    throw new MeshError({
      code: 'MESH866',
      at: 'Migration',
      what: 'waves of a migration are counted from 1',
      got: number,
      fix: 'write Migration.wave(1), or Migration.PREPARE for what comes before',
    });
  }

  /** @internal */
  public readonly _facts: MigrationFacts;

  private constructor(wave: number) {
    this._facts = { wave };
  }
}

export const MIGRATION = made(Migration, 'Migration', 'Migration.PREPARE');
