import { isNode, LineCounter, parseAllDocuments } from 'yaml';
import { type Cluster, type ClusterSettings, readCluster } from '../lib/cluster/cluster';
import { objectsIn } from '../lib/cluster/objects/parsed-manifests';
import type { ManifestObject } from '../lib/model/mesh-model';
import type { Position } from '../lib/model/declared';

/** The objects of a text in YAML, each with the place where it begins. */
export function readYaml(text: string, file = 'manifests.yaml'): ManifestObject[] {
  const lines = new LineCounter();
  return parseAllDocuments(text, { lineCounter: lines }).flatMap((document) => {
    const position = (keys: readonly (string | number)[]): Position | undefined => {
      const node: unknown = keys.length === 0 ? document.contents : document.getIn(keys, true);
      if (!isNode(node) || !node.range) return undefined;
      const { line, col } = lines.linePos(node.range[0]);
      return { file, line, column: col };
    };
    return objectsIn(document.toJS(), { position });
  });
}

/** The cluster of parsed manifests. */
export function clusterOf(manifests: readonly object[], settings?: ClusterSettings): Cluster {
  return readCluster(
    manifests.flatMap((manifest) => objectsIn(manifest)),
    settings,
  );
}

/** The cluster of pieces of YAML. */
export function clusterFrom(...pieces: readonly string[]): Cluster {
  return readCluster(readYaml(pieces.join('\n---\n')));
}
