import { parse } from 'yaml';
import type { MeshGrant, MeshQuestion, Verdict } from 'istio-constructs';
import { answerTo, grantFor } from '../../asking/answers';
import { assumedOf } from '../../asking/assumed';
import { bareModel } from '../../asking/bare-model';
import type { Cluster } from '../../cluster/cluster';
import { objectsIn } from '../../cluster/objects/parsed-manifests';
import { clusterOf } from '../../rules/cluster-of';
import type { GraphObject, MeshSource } from './mesh-graph';

/** All that there is to say about a question. */
export interface Answer {
  readonly verdict: Verdict;
  readonly grant?: MeshGrant;
  readonly assumptions: readonly string[];
}

/** What answers questions about the manifests of a page, by the code by which the command line does. They are read when somebody first asks. */
export class Engine {
  private cluster: Cluster | undefined;

  constructor(private readonly source: MeshSource) {}

  ask(question: MeshQuestion): Answer {
    this.cluster ??= clusterIn(this.source);
    const verdict = answerTo(this.cluster, question);
    const grant = verdict.allowed || verdict.unknown !== undefined ? undefined : grantFor(this.cluster, question);
    return { verdict, grant, assumptions: assumedOf(this.cluster) };
  }
}

function clusterIn({ objects, namespaceLabels, pathNormalization, ...words }: MeshSource): Cluster {
  const said = { ...words, pathNormalization: pathNormalization as Cluster['pathNormalization'], namespacesElsewhere: namespaceLabels };
  return clusterOf(bareModel(objects.flatMap(manifestOf), said));
}

function manifestOf({ file, line, column, yaml }: GraphObject): ReturnType<typeof objectsIn> {
  if (file === undefined) return objectsIn(parse(yaml));
  const position = { file, line: line ?? 1, column: column ?? 1 };
  return objectsIn(parse(yaml), { position: () => position, path: () => `${file}:${position.line}:${position.column}` });
}
