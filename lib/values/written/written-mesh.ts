import { readFileSync, statSync } from 'node:fs';
import type { WrittenMeshFacts } from '../../model/written/written-mesh';
import { MeshError } from '../../support/mesh-error';
import { made, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { readWritten } from './read-written';

/** Which part of a `mesh.json` is meant: one App is one cluster. */
export interface WrittenMeshOptions {
  /**
   * Which cluster is meant, where the program has written several: its name, as its Mesh says it, or the id of a chart in it.
   * @default - the only one
   */
  readonly cluster?: string;
}

/**
 * What another program has written of its mesh: the `mesh.json` that `npm run synth` puts beside its manifests, or the text of a `MeshReport`.
 *
 * `MeshedService.fromMesh` and `MeshNamespace.fromMesh` take services and namespaces from it, with their ports, identities and data planes, in
 * place of names that somebody copies.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { MeshedService, MeshReport, WrittenMesh } from 'istio-constructs';
 *
 * // From a file: WrittenMesh.fromFile('../shop/manifests/mesh.json').
 * const mesh = WrittenMesh.fromJson(MeshReport.of(app).toJson());
 * const billing = new Chart(new App(), 'billing');
 * MeshedService.fromMesh(billing, 'cart', { mesh });
 */
export class WrittenMesh {
  /**
   * What a file says.
   * @param path Path of a `mesh.json`, from the folder in which the program runs
   * @param options Which part of it
   */
  public static fromFile(path: string, options: WrittenMeshOptions = {}): WrittenMesh {
    requireArguments('WrittenMesh', { path }, { path: TEXT });
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return new WrittenMesh(path, readFileSync(path, 'utf8'), options);
    throw new MeshError({
      code: 'MESH942',
      at: 'WrittenMesh',
      what: 'a mesh of another program is read from the mesh.json that its synth has written',
      got: `${path}, where there is no file`,
      fix: `run the synth of that program, or name the file from ${process.cwd()}, where this one runs`,
    });
  }

  /**
   * What a text says.
   * @param text Text of a `mesh.json`, or what `MeshReport.toJson` gives
   * @param options Which part of it
   */
  public static fromJson(text: string, options: WrittenMeshOptions = {}): WrittenMesh {
    requireArguments('WrittenMesh', { text }, { text: TEXT });
    return new WrittenMesh('mesh.json', text, options);
  }

  /** @internal */
  public readonly _facts: WrittenMeshFacts;

  private constructor(source: string, text: string, options: WrittenMeshOptions) {
    requireOptions('WrittenMesh', options, WRITTEN_MESH_OPTIONS);
    this._facts = Object.freeze(readWritten(source, text, options.cluster));
  }
}

const WRITTEN_MESH_OPTIONS = struct<WrittenMeshOptions>({ cluster: optional(TEXT) });

export const WRITTEN_MESH = made(
  WrittenMesh,
  'WrittenMesh',
  "WrittenMesh.fromFile('../billing/manifests/mesh.json')",
  WRITTEN_MESH_OPTIONS,
);
